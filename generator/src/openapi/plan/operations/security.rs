//! How callers are authorized.
//!
//! Enters: the schemes of a model, and what operations need. Leaves: a method of the client for each scheme, and
//! the alternatives of a request. Must not know: how they are sent.

use super::super::table::Table;
use super::docs;
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{Access, Authorization, Prose, Reach, Scheme, Sent};
use crate::openapi::model::{KeyPlace, Model, Operation, Requirement, SchemeKind, SecurityScheme};

/// The methods for all schemes for which a caller sets something, and what the front page says about each scheme.
pub(super) fn accesses(
    table: &Table<'_>,
    model: &Model,
    scope: &mut Scope,
) -> (Vec<Access>, Vec<Prose>) {
    let mut said = Vec::new();
    let access = |scheme: &SecurityScheme| {
        let Some(with) = authorization(&scheme.kind) else {
            said.extend(docs::of_scheme_in_list(scheme, None));
            return None;
        };
        let wanted = ["with_", &naming::value_name(&scheme.name.text)].concat();
        let element = ["scheme:", &scheme.name.text].concat();
        let name = identifier(&table.claim(scope, (&element, scheme.name.span), &wanted));
        let docs = docs::of_scheme(scheme, &name);
        said.extend(docs::of_scheme_in_list(scheme, Some(&name)));
        let reach = Reach::Authorized { scheme: scheme.name.text.clone(), with };
        Some(Access { name, docs, reach })
    };
    let accesses = model.schemes.iter().map(|(_, scheme)| scheme).filter_map(access).collect();
    (accesses, said)
}

/// What all schemes send. One that is not described is not sent.
pub(super) fn schemes(model: &Model) -> Vec<Scheme> {
    let sent = |one: &SecurityScheme| {
        let sent = match &one.kind {
            SchemeKind::ApiKey { place: KeyPlace::Header, name } => {
                Sent::KeyInHeader(name.text.clone())
            }
            SchemeKind::ApiKey { place: KeyPlace::Query, name } => {
                Sent::KeyInQuery(name.text.clone())
            }
            SchemeKind::ApiKey { place: KeyPlace::Cookie, name } => {
                Sent::KeyInCookie(name.text.clone())
            }
            SchemeKind::Http { scheme, .. } => match authorization(&one.kind) {
                Some(Authorization::Basic) => Sent::Basic,
                Some(Authorization::Bearer) => Sent::Bearer,
                _ => Sent::Custom(scheme.text.clone()),
            },
            SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => Sent::Bearer,
            SchemeKind::MutualTls => Sent::Certificate,
            SchemeKind::Unknown { .. } => return None,
        };
        Some(Scheme { name: one.name.text.clone(), sent })
    };
    model.schemes.iter().filter_map(|(_, scheme)| sent(scheme)).collect()
}

/// What a caller sets for a scheme.
pub(super) fn authorization(kind: &SchemeKind) -> Option<Authorization> {
    Some(match kind {
        SchemeKind::ApiKey { .. } => Authorization::Key,
        SchemeKind::Http { scheme, .. } if scheme.text.eq_ignore_ascii_case("basic") => {
            Authorization::Basic
        }
        SchemeKind::Http { scheme, .. } if scheme.text.eq_ignore_ascii_case("bearer") => {
            Authorization::Bearer
        }
        SchemeKind::Http { .. } => Authorization::Custom,
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => Authorization::Bearer,
        // A certificate is a matter of the transport.
        SchemeKind::MutualTls | SchemeKind::Unknown { .. } => return None,
    })
}

/// Whether a client takes a token when it is made: if a scheme takes one, or if no scheme is declared.
pub(super) fn takes_credential(model: &Model) -> bool {
    let mut kinds = model.schemes.iter().map(|(_, scheme)| authorization(&scheme.kind));
    model.schemes.is_empty() || kinds.any(|kind| kind == Some(Authorization::Bearer))
}

/// What an operation needs; `None` if neither it nor the API specifies that.
pub(super) fn needed<'m>(model: &'m Model, operation: &'m Operation) -> Option<&'m [Requirement]> {
    match &operation.security {
        Some(own) => Some(own),
        None if model.security.is_empty() => None,
        None => Some(&model.security),
    }
}

/// The names of the schemes in each alternative.
pub(super) fn alternatives(model: &Model, needed: &[Requirement]) -> Vec<Vec<String>> {
    let names = |one: &Requirement| {
        let schemes = one.schemes.iter();
        schemes
            .map(|one| match one.scheme {
                Some(id) => model.schemes[id].name.text.clone(),
                None => one.name.text.clone(),
            })
            .collect()
    };
    needed.iter().map(names).collect()
}
