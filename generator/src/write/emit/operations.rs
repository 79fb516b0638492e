//! Methods that call actions and functions.

use super::imports::Name;
use super::requests::{place, resource};
use super::{Imports, ident};
use crate::crate_plan::{Absence, Argument, Call, Method, Passing};
use crate::write::form::{self, Array, Each, Form, Literal, Prefixed, Steps, Tuple, Words};
use crate::write::wrap::{Line, Text};

/// The body of a method that calls an operation, or refers to the result of a function. `step` is
/// the method that goes one segment on.
pub(super) fn body(text: &mut Text, imports: &mut Imports, method: &Method, step: &str) {
    match &method.call {
        Call::Act { segment, accept } => resource(text, |steps| {
            steps.call(step, [Literal(segment)]);
            match method.signature.arguments.as_slice() {
                [] => steps.call("invoke", ()),
                [parameters, ..] => steps.call("invoke_as", [ident(&parameters.name)]),
            }
            self::accept(steps, accept.as_deref());
        }),
        Call::Compute { segment, arguments, accept } => {
            let literal = literal(imports, arguments);
            resource(text, |steps| {
                steps.call(step, [Literal(segment)]);
                pass(steps, arguments, &literal);
                steps.call("get", ());
                for one in arguments.iter().filter(|one| one.passing == Passing::Alias) {
                    alias(steps, one);
                }
                self::accept(steps, accept.as_deref());
            });
        }
        Call::Follow { segment, arguments } => {
            let literal = literal(imports, arguments);
            place(text, imports, method, |steps| {
                steps.call(step, [Literal(segment)]);
                pass(steps, arguments, &literal);
            });
        }
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Send(_) => {}
    }
}

/// The header that requests a media type.
fn accept(steps: &mut Steps<'_>, media_type: Option<&str>) {
    if let Some(media_type) = media_type {
        steps.call("header", [Literal("accept"), Literal(media_type)]);
    }
}

/// The call that converts arguments to literals, if there are any.
fn literal(imports: &mut Imports, arguments: &[Argument]) -> Option<Name> {
    (!arguments.is_empty()).then(|| imports.runtime(&["Literal"]))
}

/// The arguments as they are in the path.
fn pass(steps: &mut Steps<'_>, arguments: &[Argument], literal: &Option<Name>) {
    let passed = literal.iter().flat_map(|literal| {
        arguments.iter().map(move |argument| {
            Tuple((Literal(&argument.wire_name), Passed { argument, literal }))
        })
    });
    steps.call("arguments", [Prefixed("&", Array(Each(passed)))]);
}

/// The value of an argument in the path.
struct Passed<'a> {
    argument: &'a Argument,
    /// The function that converts to literals.
    literal: &'a Name,
}

impl Form for Passed<'_> {
    fn write(self, line: &mut Line) {
        let Self { argument, literal } = self;
        let name = ident(&argument.name);
        let wire_name = Literal(&argument.wire_name);
        let of = |function| Words([literal, function]);
        match (argument.passing, argument.absence) {
            (Passing::Literal, Absence::Omitted) => {
                form::Call(of("::optional"), [name]).write(line);
            }
            (Passing::Literal, Absence::Null) => {
                form::Call("Some", [form::Call(of("::nullable"), [name])]).write(line);
            }
            (Passing::Literal, Absence::Never) => {
                form::Call("Some", [form::Call(of("::of"), [name])]).write(line);
            }
            (Passing::Alias, Absence::Omitted) => {
                form::Call(of("::alias_if"), (wire_name, Prefixed("&", name))).write(line);
            }
            (Passing::Alias, _) => {
                form::Call("Some", [form::Call(of("::alias"), [wire_name])]).write(line);
            }
        }
    }
}

/// What an alias in the path refers to.
fn alias(steps: &mut Steps<'_>, argument: &Argument) {
    let name = ident(&argument.name);
    let wire_name = Literal(&argument.wire_name);
    match argument.absence {
        Absence::Never => steps.call("alias", (wire_name, form::Call("Some", [name]))),
        Absence::Null => steps.call("alias", (wire_name, name)),
        Absence::Omitted => steps.call("alias_if", (wire_name, name)),
    }
}
