//! The parts of an API and their requests.

use super::requests::function;
use super::{Imports, docs, example, ident};
use crate::crate_plan::{
    BodyKind, Carried, Group, Operation, OperationMethod, Paging, PagingRule, Part, Type,
};
use crate::write::form::{
    Array, Call, Constant, Each, Form, Listed, Literal, Prefixed, Steps, Tokens, Words, chain, with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

pub(super) fn group(text: &mut Text, imports: &mut Imports, item: &Group) {
    let name = ident(&item.name);
    template!(
        text,
        "
        $docs
        $example
        pub struct $name($client);

        impl $name {
            $methods
        }

        schemacrate_runtime::group!($arguments);
        ",
        docs => docs(text, &item.docs),
        example => if let Some(one) = &item.example { example(text, "///", one, imports.package()) },
        name = name,
        client = Listed(["schemacrate_runtime::ServiceClient"]),
        methods => for (at, one) in item.methods.iter().enumerate() {
            if at > 0 {
                text.blank();
            }
            method(text, imports, one);
        },
        arguments = Tokens([name]),
    );
}

fn method(text: &mut Text, imports: &mut Imports, method: &OperationMethod) {
    let OperationMethod { name, docs, signature, operation } = method;
    function(text, imports, (name, docs, signature), |text, imports| {
        constant(text, imports, operation);
        operation.arguments.iter().for_each(|(_, part)| fields(text, imports, part));
        let invocation = imports.runtime(&["codegen", "Invocation"]);
        let new = Line::of(Call(Words([&invocation, "::new"]), ["&self.0", "&OPERATION"]));
        match &signature.result {
            Type::Applied(options, _) => {
                let options = imports.item(options);
                let made = Line::of(chain(&new, |steps| arguments(steps, method)));
                text.line(Call(&*options, [&made]));
            }
            _ => text.line(chain(&new, |steps| {
                arguments(steps, method);
                steps.call("request", ());
            })),
        }
    });
}

/// What becomes of the arguments.
fn arguments(steps: &mut Steps<'_>, method: &OperationMethod) {
    for (name, part) in &method.operation.arguments {
        if let Some(takes) = method.signature.argument(name) {
            set(steps, (part, takes), ident(name));
        }
    }
}

/// Sets a part of a request.
pub(super) fn set(steps: &mut Steps<'_>, (part, takes): (&Part, &Type), value: &str) {
    let function = part.function(takes);
    if let Part::Body(kind @ (BodyKind::Form | BodyKind::Multipart), fields) = part {
        let fields = if fields.is_empty() { "&[]" } else { FIELDS };
        return match kind {
            BodyKind::Multipart => {
                let value = Line::of(Call("std::borrow::Borrow::borrow", [Prefixed("&", value)]));
                steps.call(function, [Line::of(fields), value]);
            }
            _ => steps.call(function, [fields, value]),
        };
    }
    match part.name() {
        Some(name) => {
            let value = Line::of(value);
            steps.call(function, [Line::of(Literal(name)), value]);
        }
        None => steps.call(function, [value]),
    }
}

/// The constant with the fields of a form that are not written by the kinds of their values.
const FIELDS: &str = "FIELDS";

/// Declares what a body refers to.
pub(super) fn fields(text: &mut Text, imports: &mut Imports, part: &Part) {
    let Part::Body(kind, fields) = part else { return };
    if fields.is_empty() {
        return;
    }
    let parameter = imports.runtime(&["codegen", "Parameter"]);
    let style = imports.runtime(&["codegen", "Style"]);
    let (item, fields): (_, Vec<Line>) = match kind {
        BodyKind::Multipart => {
            let part = imports.runtime(&["codegen", "Part"]);
            let parts = fields.iter().map(|one| self::part(&part, (&parameter, &style), one));
            let parts = parts.collect();
            (part, parts)
        }
        _ => {
            let fields = fields.iter().map(|one| Line::of(carried(&parameter, &style, one)));
            let fields = fields.collect();
            (parameter, fields)
        }
    };
    text.line(Constant {
        head: Words(["const ", FIELDS]),
        kind: Words(["&[", &item, "]"]),
        value: Prefixed("&", Array(Each(&fields))),
    });
}

/// A part of a body, and how it is written.
fn part(part: &str, (parameter, style): (&str, &str), one: &Carried) -> Line {
    let new = Call(Words([part, "::new"]), [Literal(&one.name)]);
    Line::of(chain(Line::of(new), |steps| {
        if let Some(content_type) = &one.content_type {
            steps.call("with_content_type", [Literal(content_type)]);
        }
        if one.is_styled {
            let styled = Carried { content_type: None, is_styled: false, ..one.clone() };
            steps.call("with_style", [Line::of(Prefixed("&", carried(parameter, style, &styled)))]);
        }
    }))
}

/// What is known of the request before it is made.
fn constant(text: &mut Text, imports: &mut Imports, operation: &Operation) {
    let kind = imports.runtime(&["codegen", "Operation"]);
    let parameter = imports.runtime(&["codegen", "Parameter"]);
    let style = imports.runtime(&["codegen", "Style"]);
    let paging_name = imports.runtime(&["codegen", "Paging"]);
    let new =
        Call(Words([&kind, "::new"]), [&operation.verb, &operation.path].map(|one| Literal(one)));
    let parameters = operation.parameters.iter().map(|one| carried(&parameter, &style, one));
    let value = chain(Line::of(new), |steps| {
        if !operation.parameters.is_empty() {
            steps.call("with_parameters", [Prefixed("&", Array(Each(parameters)))]);
        }
        if let Some(accept) = &operation.accept {
            steps.call("with_accept", [Literal(accept)]);
        }
        if let Some(content_type) = &operation.content_type {
            steps.call("with_content_type", [Literal(content_type)]);
        }
        if let Some(security) = &operation.security {
            let alternatives = security.iter().map(|all| {
                Line::of(Prefixed("&", Array(Each(all.iter().map(|one| Literal(one))))))
            });
            steps.call("with_security", [Prefixed("&", Array(Each(alternatives)))]);
        }
        if let Some(paging) = &operation.paging {
            steps.call("with_paging", [Prefixed("&", &paging_rule(&paging_name, paging))]);
        }
        if let Some(server) = &operation.server {
            steps.call("with_server", [Literal(server)]);
        }
    });
    text.line(Constant { head: Words(["const ", "OPERATION"]), kind: &*kind, value });
}

/// How the pages follow one another.
fn paging_rule(name: &str, paging: &Paging) -> Line {
    let rule = Line::of(with(|line| match &paging.rule {
        PagingRule::NextLink(pointer) => {
            Call(Words([name, "::next_link"]), [Literal(pointer)]).write(line);
        }
        PagingRule::Cursor { parameter, pointer } => {
            let arguments = (Literal(parameter), Literal(pointer));
            Call(Words([name, "::cursor"]), arguments).write(line);
        }
        PagingRule::Offset(parameter) => {
            Call(Words([name, "::offset"]), [Literal(parameter)]).write(line);
        }
        PagingRule::Page(parameter, first) => {
            let first = first.to_string();
            Call(Words([name, "::page"]), (Literal(parameter), &first)).write(line);
        }
    }));
    match &paging.limit {
        None => rule,
        Some(limit) => Line::of(chain(&rule, |steps| steps.call("with_limit", [Literal(limit)]))),
    }
}

/// A value that the request has, and how it is written.
fn carried<'a>(parameter: &'a str, style: &'a str, one: &'a Carried) -> impl Form + 'a {
    with(move |line| {
        let new = Call(Words([parameter, "::", one.place.function()]), [Literal(&one.name)]);
        if one.is_usual() {
            return new.write(line);
        }
        chain(Line::of(new), |steps| {
            if let Some(name) = one.style {
                steps.call("with_style", [Words([style, "::", name])]);
            }
            if let Some(explode) = one.explode {
                steps.call("with_explode", [if explode { "true" } else { "false" }]);
            }
            if one.is_reserved {
                steps.call("with_reserved", ());
            }
            if one.is_json {
                steps.call("with_json", ());
            }
            if one.may_be_empty {
                steps.call("with_empty", ());
            }
            if !one.inner.is_empty() {
                let inner = one.inner.iter().map(|name| Words([style, "::", name]));
                steps.call("with_inner", [Prefixed("&", Array(Each(inner)))]);
            }
            if !one.fields.is_empty() {
                let fields = one.fields.iter();
                let fields = fields.map(|one| Line::of(carried(parameter, style, one)));
                steps.call("with_fields", [Prefixed("&", Array(Each(fields)))]);
            }
        })
        .write(line);
    })
}
