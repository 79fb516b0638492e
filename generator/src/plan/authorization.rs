//! What the Authorization vocabulary says of a service, as text.
//!
//! Enters: the annotations of the container. Leaves: paragraphs of Markdown. Must not know: how the
//! client gets a token; that is the credential's part.

use super::docs;
use crate::edm::{Annotations, Expression, Record};

const AUTHORIZATIONS: &str = "Org.OData.Authorization.V1.Authorizations";
const SCHEMES: &str = "Org.OData.Authorization.V1.SecuritySchemes";

/// How the service wants to be authorized: a sentence for each way, and for each set of scopes.
pub(super) fn paragraphs(annotations: &Annotations) -> Vec<String> {
    let ways = records(annotations.get(AUTHORIZATIONS)).into_iter().filter_map(way);
    let schemes = records(annotations.get(SCHEMES)).into_iter().filter_map(scheme);
    ways.chain(schemes).collect()
}

fn records(value: Option<&Expression>) -> Vec<&Record> {
    match value {
        Some(Expression::Collection(items)) => {
            items.iter().filter_map(Expression::as_record).collect()
        }
        _ => Vec::new(),
    }
}

fn text<'a>(record: &'a Record, property: &str) -> Option<&'a str> {
    match record.get(property)? {
        Expression::String(text) => Some(text),
        Expression::EnumMember(members) => members.first()?.rsplit('/').next(),
        _ => None,
    }
}

/// One way to be authorized, such as a flow of OAuth 2.0.
fn way(record: &Record) -> Option<String> {
    let name = docs::code(text(record, "Name")?);
    let kind = record.type_name.as_deref().and_then(|name| name.rsplit('.').next());
    let kind = match kind {
        Some("ApiKey") => "a key".to_owned(),
        Some("Http") => {
            format!("the HTTP scheme {}", docs::code(text(record, "Scheme").unwrap_or("Bearer")))
        }
        Some("OpenIDConnect") => "OpenID Connect".to_owned(),
        Some("OAuth2AuthCode") => "an authorization code of OAuth 2.0".to_owned(),
        Some("OAuth2ClientCredentials") => "client credentials of OAuth 2.0".to_owned(),
        Some("OAuth2Implicit") => "an implicit grant of OAuth 2.0".to_owned(),
        Some("OAuth2Password") => "a password by OAuth 2.0".to_owned(),
        Some(other) => docs::code(other),
        None => "a way of its own".to_owned(),
    };
    let mut says = format!("Requests can be authorized by {kind} (here called {name})");
    for (property, role) in [
        ("KeyName", "the key is"),
        ("Location", "it goes into the"),
        ("AuthorizationUrl", "codes come from"),
        ("TokenUrl", "tokens come from"),
        ("RefreshUrl", "they are refreshed at"),
        ("IssuerUrl", "the issuer is"),
    ] {
        if let Some(value) = text(record, property) {
            says.push_str(&format!("; {role} {}", docs::code(value)));
        }
    }
    let scopes = records(record.get("Scopes"));
    let scopes: Vec<String> =
        scopes.into_iter().filter_map(|scope| text(scope, "Scope")).map(docs::code).collect();
    if !scopes.is_empty() {
        says.push_str(&format!("; its scopes are {}", scopes.join(", ")));
    }
    says.push('.');
    Some(says)
}

/// A scheme that is enough for any request.
fn scheme(record: &Record) -> Option<String> {
    let name = docs::code(text(record, "Authorization")?);
    let scopes: Vec<String> = match record.get("RequiredScopes") {
        Some(Expression::Collection(scopes)) => scopes
            .iter()
            .filter_map(|scope| match scope {
                Expression::String(scope) => Some(docs::code(scope)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Some(if scopes.is_empty() {
        format!("Authorization by {name} is enough.")
    } else {
        format!("Authorization by {name} is enough with the scopes {}.", scopes.join(", "))
    })
}
