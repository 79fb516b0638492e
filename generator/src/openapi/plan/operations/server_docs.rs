//! The documentation of servers and their variables.
//!
//! Enters: what a document says about them. Leaves: [`Docs`]. Must not know: how documentation is written as code.

use super::docs::paragraphs;
use crate::crate_plan::{Docs, Prose};
use crate::openapi::model::{Server, ServerVariable};

/// The most requests that are named.
const MOST_NAMED: usize = 3;

/// The documentation of a server, with the requests that have it for themselves; none if it is one of the API.
pub(super) fn of_server(server: &Server, address: &str, requests: &[String]) -> Docs {
    let mut docs = Docs::new(paragraphs(server.description.as_ref()));
    let first = Prose::new("The server ").code(address);
    if requests.is_empty() {
        docs.paragraphs.push(first.words("."));
        return docs;
    }
    let named = requests.iter().take(MOST_NAMED).map(String::as_str);
    let first = first.words(", which only some requests have: ").codes(named);
    docs.paragraphs.push(first.words(match requests.len() > MOST_NAMED {
        true => " and others.",
        false => ".",
    }));
    docs.paragraphs.push(Prose::new(
        "`ClientBuilder::server_for` sets another address for them; it takes this type twice, first as it is.",
    ));
    docs
}

/// The documentation of the setter for a variable.
pub(super) fn of_variable(
    name: &str,
    variable: Option<&ServerVariable>,
    default: Option<&str>,
) -> Docs {
    let words = variable.and_then(|one| one.description.as_ref());
    let mut docs = Docs::new(paragraphs(words));
    let what = match docs.paragraphs.is_empty() {
        true => Prose::new("Sets ").code(name).words(" in the address"),
        false => Prose::default().code(name).words(" in the address"),
    };
    let default = default.filter(|default| !default.is_empty());
    let facts = [Some(what), default.map(|one| Prose::new("default ").code(one))];
    let facts: Vec<Prose> = facts.into_iter().flatten().collect();
    docs.paragraphs.push(Prose::sentence(&facts));
    docs
}

/// The documentation of the type of a variable with listed values.
pub(super) fn of_variable_type(variable: &ServerVariable) -> Docs {
    let mut docs = Docs::new(paragraphs(variable.description.as_ref()));
    let name = &variable.name.text;
    docs.paragraphs
        .push(Prose::new("The values of ").code(name).words(" in the address of a server."));
    docs
}

/// The documentation of the variant for a value of a variable.
pub(super) fn of_value(value: &str) -> Docs {
    Docs::new(vec![Prose::new("The value ").code(value).words(".")])
}
