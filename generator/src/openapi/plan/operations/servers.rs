//! Where requests are sent.
//!
//! Enters: the servers of a model. Leaves: their addresses. Must not know: requests.

use super::groups::Requested;
use crate::openapi::model::{Model, Server, first_variable};

/// The address of a server, in which each variable has its default value.
pub(super) fn address(server: &Server) -> String {
    let mut address = String::new();
    let mut rest = server.url.text.trim();
    while let Some((before, name, after)) = first_variable(rest) {
        address.push_str(before);
        let variable = server.variables.iter().find(|one| one.name.text == name);
        let value = variable.and_then(|one| one.default.as_ref().or(one.values.first()));
        address.push_str(value.map_or("", |value| &value.text));
        rest = after;
    }
    address.push_str(rest);
    address.trim_end_matches('/').to_owned()
}

/// The address of the API: that of its first server, if it is not relative.
pub(super) fn root(model: &Model) -> Option<String> {
    let address = address(model.servers.first()?);
    let scheme = address.split_once("://")?.0;
    let is_http = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let has_rest = address.contains(['?', '#']) || address.chars().any(char::is_whitespace);
    (is_http && !has_rest).then_some(address)
}

/// The address of the server that an operation or its path has for itself.
pub(super) fn own(model: &Model, requested: Requested<'_>) -> Option<String> {
    let own = requested.operation.servers.first();
    let server = own.or_else(|| model.items[requested.operation.item].servers.first())?;
    let own = address(server);
    (model.servers.first().map(address).as_deref() != Some(own.as_str())).then_some(own)
}
