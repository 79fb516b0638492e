//! The parts of an API and their requests.

use super::requests::function;
use super::xml::node as xml_node;
use super::{Imports, docs, example, ident};
use crate::crate_plan::{
    BodyKind, Carried, Group, Operation, OperationMethod, Paging, PagingRule, Part, Type,
};
use crate::write::form::{
    Array, Call, Constant, Each, Form, Listed, Literal, Prefixed, Steps, Tokens, Tuple, Words,
    chain, with,
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
    let names = part.names().into_iter().map(|name| Line::of(Literal(name)));
    let all: Vec<Line> = names.chain([Line::of(value)]).collect();
    steps.call(function, Each(&all));
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
        if !one.headers.is_empty() {
            let headers = one.headers.iter();
            let headers =
                headers.map(|(name, value)| Line::of(Tuple((Literal(name), Literal(value)))));
            steps.call("with_headers", [Prefixed("&", Array(Each(headers)))]);
        }
        if !one.given.is_empty() {
            let given = one.given.iter().map(|one| Line::of(carried(parameter, style, one)));
            steps.call("with_given_headers", [Prefixed("&", Array(Each(given)))]);
        }
        if one.is_styled {
            let styled = Carried {
                content_type: None,
                is_styled: false,
                headers: Vec::new(),
                given: Vec::new(),
                ..one.clone()
            };
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
    let final_state = imports.runtime(&["codegen", "FinalState"]);
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
        if let Some(xml) = &operation.xml {
            steps.call("with_xml", [xml_node(imports, xml)]);
        }
        if let Some(xml) = &operation.xml_answer {
            steps.call("with_xml_answer", [xml_node(imports, xml)]);
        }
        if let Some(security) = &operation.security {
            let alternatives = security.iter().map(|all| {
                Line::of(Prefixed("&", Array(Each(all.iter().map(|one| Literal(one))))))
            });
            steps.call("with_security", [Prefixed("&", Array(Each(alternatives)))]);
        }
        if let Some(header) = &operation.idempotency {
            steps.call("with_idempotency_key", [Literal(header)]);
        }
        if let Some(state) = operation.final_state {
            steps.call("with_final_state", [Words([&*final_state, "::", state.name()])]);
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
        PagingRule::OnePage => Call(Words([name, "::one_page"]), ()).write(line),
        PagingRule::LinkHeader => Call(Words([name, "::link_header"]), ()).write(line),
        PagingRule::NextLink(pointer) => {
            Call(Words([name, "::next_link"]), [Literal(pointer)]).write(line);
        }
        PagingRule::NextPath(pointer) => {
            Call(Words([name, "::next_path"]), [Literal(pointer)]).write(line);
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
    let further =
        [("with_limit", &paging.limit), ("with_more", &paging.more), ("with_pages", &paging.pages)];
    if further.iter().all(|(_, value)| value.is_none()) && !paging.in_body {
        return rule;
    }
    Line::of(chain(&rule, |steps| {
        for (function, value) in further {
            value.iter().for_each(|value| steps.call(function, [Literal(value)]));
        }
        if paging.in_body {
            steps.call("in_body", ());
        }
    }))
}

/// A value that the request has, and how it is written.
pub(super) fn carried<'a>(parameter: &'a str, style: &'a str, one: &'a Carried) -> impl Form + 'a {
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
