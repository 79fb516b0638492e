//! Methods that call actions and functions.

use super::requests::place;
use super::{Imports, ident};
use crate::crate_plan::{Absence, Argument, Call, Method, Passing};
use crate::write::wrap::literal;

/// What a method does that calls an operation, or refers to the result of a function. `lead` is the
/// method that goes one segment on.
pub(super) fn body(imports: &mut Imports, method: &Method, lead: &str) -> String {
    match &method.call {
        Call::Act { segment, accept } => {
            let invoke = match method.signature.arguments.as_slice() {
                [] => ".invoke()".to_owned(),
                [parameters, ..] => [".invoke_with(", ident(&parameters.name), ")"].concat(),
            };
            let accept = self::accept(accept.as_deref());
            ["self.0.", lead, "(", &literal(segment), ")", &invoke, &accept].concat()
        }
        Call::Compute { segment, arguments, accept } => {
            let passed = passed(imports, arguments);
            let aliases: String =
                arguments.iter().filter(|one| one.passing == Passing::Alias).map(alias).collect();
            let segment = literal(segment);
            let accept = self::accept(accept.as_deref());
            let parts =
                ["self.0.", lead, "(", &segment, ").arguments(", &passed, ").get()", &aliases];
            [parts.concat(), accept].concat()
        }
        Call::Follow { segment, arguments } => {
            let passed = passed(imports, arguments);
            let call = [lead, "(", &literal(segment), ").arguments(", &passed, ")"].concat();
            place(imports, method, &call)
        }
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Send(_) => {
            String::new()
        }
    }
}

/// The header that asks for a media type.
fn accept(media_type: Option<&str>) -> String {
    media_type.map_or_else(String::new, |media_type| {
        [".header(\"accept\", ", &literal(media_type), ")"].concat()
    })
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
