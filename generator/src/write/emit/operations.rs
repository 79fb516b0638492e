//! Methods that call actions and functions.

use super::requests::{behind, leads};
use super::{Imports, docs, ident};
use crate::crate_plan::{Absence, Answer, Argument, Call, Foreign, Method, Passing, Type};
use crate::write::wrap::{Text, literal};

/// A method that calls an operation, or leads to the result of a function. `lead` is what leads one
/// segment on.
pub(super) fn method(text: &mut Text, imports: &mut Imports, method: &Method, lead: &str) {
    match &method.call {
        Call::Act { segment, parameters, answer } => {
            let result = result(imports, answer);
            let (argument, invoke) = match parameters {
                Some(path) => {
                    let parameters = imports.item(path);
                    (["parameters: &", &*parameters].concat(), ".invoke_with(parameters)")
                }
                None => (String::new(), ".invoke()"),
            };
            let call = [lead, "(", &literal(segment), ")", invoke].concat();
            calls(text, method, &behind(argument), &result, &call, accept(answer));
        }
        Call::Compute { segment, arguments, answer } => {
            let result = result(imports, answer);
            let declared = declared(imports, arguments);
            let passed = passed(imports, arguments);
            let aliases: String =
                arguments.iter().filter(|one| one.passing == Passing::Alias).map(alias).collect();
            let segment = literal(segment);
            let call = [lead, "(", &segment, ").arguments(", &passed, ").get()", &aliases].concat();
            calls(text, method, &declared, &result, &call, accept(answer));
        }
        Call::Follow { segment, arguments, target } => {
            let target = imports.item(target);
            let declared = declared(imports, arguments);
            let passed = passed(imports, arguments);
            let segment = literal(segment);
            let place =
                [&*target, "(self.0.", lead, "(", &segment, ").arguments(", &passed, "))"].concat();
            leads(text, method, &declared, &target, &place);
        }
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Send { .. } => {}
    }
}

/// A method that makes a request.
fn calls(
    text: &mut Text,
    method: &Method,
    arguments: &str,
    result: &str,
    call: &str,
    accept: &str,
) {
    docs(text, &method.docs);
    text.line(&["#[inline]"]);
    text.open(&["pub fn ", ident(&method.name), "(&self", arguments, ") -> ", result, " {"]);
    text.line(&["self.0.", call, accept]);
    text.close();
}

/// The arguments as they stand in the path.
fn passed(imports: &mut Imports, arguments: &[Argument]) -> String {
    if arguments.is_empty() {
        return "&[]".to_owned();
    }
    let from = imports.runtime(&["Literal"]);
    let value = |argument: &Argument| {
        let name = ident(&argument.name);
        let wire = literal(&argument.wire_name);
        let value = match (argument.passing, argument.absence) {
            (Passing::Literal, Absence::Omitted) => [name, ".map(", &from, "::from)"].concat(),
            (Passing::Literal, _) => ["Some(", &from, "::from(", name, "))"].concat(),
            (Passing::Alias, Absence::Omitted) => {
                [name, ".map(|_| ", &from, "::alias(", &wire, "))"].concat()
            }
            (Passing::Alias, _) => ["Some(", &from, "::alias(", &wire, "))"].concat(),
        };
        ["(", &wire, ", ", &value, ")"].concat()
    };
    let values: Vec<String> = arguments.iter().map(value).collect();
    ["&[", &values.join(", "), "]"].concat()
}

fn alias(argument: &Argument) -> String {
    let name = ident(&argument.name);
    let wire = literal(&argument.wire_name);
    match argument.absence {
        Absence::Never => [".alias(", &wire, ", Some(", name, "))"].concat(),
        Absence::Null => [".alias(", &wire, ", ", name, ")"].concat(),
        Absence::Omitted => [".alias_if(", &wire, ", ", name, ")"].concat(),
    }
}

/// The arguments of a method, each behind a comma: texts, and what is written as JSON, by
/// reference.
fn declared(imports: &mut Imports, arguments: &[Argument]) -> String {
    let mut declared = String::new();
    for argument in arguments {
        let value = match (&argument.value, argument.passing) {
            (Type::Foreign(Foreign::String), Passing::Literal) => "&str".to_owned(),
            (value, Passing::Alias) => ["&", &*imports.value(value)].concat(),
            (value, Passing::Literal) => imports.value(value).to_string(),
        };
        let name = ident(&argument.name);
        if argument.absence == Absence::Never {
            declared.push_str(&[", ", name, ": ", &value].concat());
        } else {
            let option = imports.option();
            declared.push_str(&[", ", name, ": ", &option, "<", &value, ">"].concat());
        }
    }
    declared
}

fn result(imports: &mut Imports, answer: &Answer) -> String {
    let request = imports.runtime(&["Request"]);
    [&*request, "<", &answer_type(imports, answer), ">"].concat()
}

fn answer_type(imports: &mut Imports, answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Value(value) => imports.value(value).to_string(),
        Answer::Page(value) => {
            let page = imports.runtime(&["Page"]);
            [&*page, "<", &imports.value(value), ">"].concat()
        }
        Answer::Stream => imports.runtime(&["bytes", "Bytes"]).to_string(),
        Answer::Nullable(inner) => {
            let option = imports.option();
            [&*option, "<", &answer_type(imports, inner), ">"].concat()
        }
    }
}

/// Bytes may be of any media type.
fn accept(answer: &Answer) -> &'static str {
    match answer {
        Answer::Stream => ".header(\"accept\", \"*/*\")",
        _ => "",
    }
}
