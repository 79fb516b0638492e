//! Methods that call actions and functions.

use super::imports::{Name, TypeName};
use super::requests::{self, Signature, function, place};
use super::{Imports, ident};
use crate::crate_plan::{Absence, Answer, Argument, Call, Foreign, Method, Passing, Type};
use crate::write::form::{
    self, Array, Closure, Each, Form, Literal, Prefixed, Steps, Tuple, Words, chain,
};
use crate::write::wrap::{Line, Text};

/// A method that calls an operation, or returns the path of the result of a function. `step` is the
/// method that goes one segment on.
pub(super) fn method(text: &mut Text, imports: &mut Imports, method: &Method, step: &str) {
    match &method.call {
        Call::Act { segment, parameters, answer } => {
            let result = result(imports, answer);
            let argument = parameters.as_ref().map(|path| requests::Argument {
                name: "parameters".to_owned(),
                value: TypeName::from(imports.item(path)).after("&"),
            });
            let body = chain("self", |steps| {
                steps.field("0");
                steps.call(step, [Literal(segment)]);
                match parameters {
                    Some(_) => steps.call("invoke_with", ["parameters"]),
                    None => steps.call("invoke", ()),
                }
                accept(steps, answer);
            });
            function(text, &method.docs, &Signature::of(method, argument, result), body);
        }
        Call::Compute { segment, arguments, answer } => {
            let result = result(imports, answer);
            let declared = declared(imports, arguments);
            let literal = literal(imports, arguments);
            let body = chain("self", |steps| {
                steps.field("0");
                steps.call(step, [Literal(segment)]);
                pass(steps, arguments, literal.as_ref());
                steps.call("get", ());
                for one in arguments.iter().filter(|one| one.passing == Passing::Alias) {
                    alias(steps, one);
                }
                accept(steps, answer);
            });
            function(text, &method.docs, &Signature::of(method, declared, result), body);
        }
        Call::Follow { segment, arguments, target } => {
            let target = imports.item(target);
            let declared = declared(imports, arguments);
            let literal = literal(imports, arguments);
            place(text, method, declared, target, |steps| {
                steps.call(step, [form::Literal(segment)]);
                pass(steps, arguments, literal.as_ref());
            });
        }
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Send { .. } => {}
    }
}

/// What makes a literal of an argument, if there are any.
fn literal(imports: &mut Imports, arguments: &[Argument]) -> Option<Name> {
    (!arguments.is_empty()).then(|| imports.runtime(&["Literal"]))
}

/// The arguments as they are in the path.
fn pass(steps: &mut Steps<'_>, arguments: &[Argument], literal: Option<&Name>) {
    let literal = literal.map_or("", |name| name);
    let passed = arguments
        .iter()
        .map(|argument| Tuple((Literal(&argument.wire_name), Passed { argument, literal })));
    steps.call("arguments", [Prefixed("&", Array(Each(passed)))]);
}

/// The value of an argument in the path.
struct Passed<'a> {
    argument: &'a Argument,
    /// What makes a literal.
    literal: &'a str,
}

impl Form for Passed<'_> {
    fn write(self, line: &mut Line) {
        let Self { argument, literal } = self;
        let name = ident(&argument.name);
        let from = Words([literal, "::from"]);
        let alias = form::Call(Words([literal, "::alias"]), [Literal(&argument.wire_name)]);
        match (argument.passing, argument.absence) {
            (Passing::Literal, Absence::Omitted) => {
                chain(name, |steps| steps.call("map", [from])).write(line);
            }
            (Passing::Literal, _) => {
                form::Call("Some", [form::Call(from, [name])]).write(line);
            }
            (Passing::Alias, Absence::Omitted) => {
                let made = Closure("_", alias);
                chain(name, |steps| steps.call("map", [made])).write(line);
            }
            (Passing::Alias, _) => form::Call("Some", [alias]).write(line),
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

/// The arguments of a method: texts, and what is written as JSON, by reference.
fn declared(imports: &mut Imports, arguments: &[Argument]) -> Vec<requests::Argument> {
    let declared = |argument: &Argument| {
        let value = match (&argument.value, argument.passing) {
            (Type::Foreign(Foreign::String), Passing::Literal) => {
                TypeName::primitive("str").after("&")
            }
            (value, Passing::Alias) => imports.value(value).after("&"),
            (value, Passing::Literal) => imports.value(value),
        };
        let value = match argument.absence {
            Absence::Never => value,
            Absence::Null | Absence::Omitted => TypeName::generic(imports.option(), value),
        };
        requests::Argument { name: argument.name.clone(), value }
    };
    arguments.iter().map(declared).collect()
}

fn result(imports: &mut Imports, answer: &Answer) -> TypeName {
    let request = imports.runtime(&["Request"]);
    TypeName::generic(request, answer_type(imports, answer))
}

fn answer_type(imports: &mut Imports, answer: &Answer) -> TypeName {
    match answer {
        Answer::Nothing => TypeName::primitive("()"),
        Answer::Value(value) => imports.value(value),
        Answer::Page(value) => {
            let page = imports.runtime(&["Page"]);
            TypeName::generic(page, imports.value(value))
        }
        Answer::Stream => imports.runtime(&["bytes", "Bytes"]).into(),
        Answer::Nullable(inner) => {
            let option = imports.option();
            TypeName::generic(option, answer_type(imports, inner))
        }
    }
}

/// Bytes may be of any media type.
fn accept(steps: &mut Steps<'_>, answer: &Answer) {
    if *answer == Answer::Stream {
        steps.call("header", [Literal("accept"), Literal("*/*")]);
    }
}
