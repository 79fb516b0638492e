//! By which of its alternatives an operation is authorized.
//!
//! Enters: the formula of an operation, and what the client has for the schemes in it. Leaves: what its
//! request carries, and what the error of a refusal adds.
//!
//! It is the first alternative of which the client has every scheme. One without any scheme is the last
//! resort, wherever it is in the document: who has set a key means it to be sent. A certificate is shown by the
//! transport, so it is never missing, and alone it is not a reason to prefer an alternative.

use std::sync::Arc;

use super::authorization::{Authorizations, Held};
use super::service::{Described, SchemeKind};
use crate::json::Fault;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::keys::Keys;
use crate::web::token_cache::TokenCache;

/// What an alternative carries.
#[derive(Default)]
struct Carried {
    keys: Keys,
    tokens: Option<Arc<TokenCache>>,
}

/// Authorizes a call.
pub(super) fn secure(client: &ServiceClient, security: Option<&[&[&str]]>, call: &mut Call) {
    let all = client.extension::<Authorizations>();
    if let Some(fault) = all.and_then(Authorizations::fault) {
        call.fail(&Fault::new(fault));
    }
    // The credential of the client is enough where the document specifies nothing.
    let Some(alternatives) = security else { return };
    let carried = alternatives.iter().find_map(|schemes| carried(client, all, schemes));
    let settings = call.settings_mut();
    let Some(carried) = carried else {
        let hint = hint(client, alternatives);
        settings.keys = Some(Arc::new(Keys { hint, ..Keys::default() }));
        return;
    };
    settings.tokens = carried.tokens;
    if !(carried.keys.list.is_empty() && carried.keys.takes_token) {
        settings.keys = Some(Arc::new(carried.keys));
    }
}

/// What an alternative carries; `None` if the client lacks a scheme of it, or if it carries nothing.
fn carried(
    client: &ServiceClient,
    all: Option<&Authorizations>,
    schemes: &[&str],
) -> Option<Carried> {
    let mut carried = Carried::default();
    let mut carries = false;
    for scheme in schemes {
        match (all.and_then(|all| all.get(scheme)), kind(client, scheme)) {
            (Some(Held::Key(key)), _) => carried.keys.list.push(Arc::clone(key)),
            (Some(Held::Tokens(tokens)), _) => carried.tokens = Some(Arc::clone(tokens)),
            (None, Some(SchemeKind::Certificate)) => continue,
            (None, Some(SchemeKind::Bearer)) if client.tokens().is_some() => {
                carried.keys.takes_token = true;
            }
            (None, _) => return None,
        }
        carries = true;
    }
    carries.then_some(carried)
}

fn kind(client: &ServiceClient, name: &str) -> Option<SchemeKind> {
    client.extension::<Described>()?.scheme(name).map(|scheme| scheme.kind)
}

/// What the error of a refusal adds if nothing was sent.
fn hint(client: &ServiceClient, alternatives: &[&[&str]]) -> Option<String> {
    let named = |scheme: &&str| match kind(client, scheme) {
        Some(SchemeKind::Header(name)) => format!("`{scheme}` (header `{name}`)"),
        Some(SchemeKind::Query(name)) => format!("`{scheme}` (query parameter `{name}`)"),
        Some(SchemeKind::Cookie(name)) => format!("`{scheme}` (cookie `{name}`)"),
        Some(SchemeKind::Basic) => format!("`{scheme}` (user and password)"),
        Some(SchemeKind::Bearer) => format!("`{scheme}` (token)"),
        Some(SchemeKind::Custom(name)) => format!("`{scheme}` (`Authorization: {name}`)"),
        Some(SchemeKind::Certificate) => format!("`{scheme}` (certificate of the transport)"),
        None => format!("`{scheme}`"),
    };
    let schemes = alternatives.iter().filter(|schemes| !schemes.is_empty());
    let each: Vec<String> = schemes
        .map(|schemes| schemes.iter().map(named).collect::<Vec<_>>().join(" and "))
        .collect();
    let is_needed = !alternatives.iter().any(|schemes| schemes.is_empty());
    let needs = if is_needed { "needs" } else { "accepts" };
    (!each.is_empty()).then(|| {
        format!(
            "the request was sent without {}, which the operation {needs}: see `authorize`",
            each.join(", or ")
        )
    })
}
