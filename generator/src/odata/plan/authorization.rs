//! How a service is authorized by the Authorization vocabulary, as text.
//!
//! Enters: the annotations of the container. Leaves: paragraphs. Must not know: how the client gets
//! a token, which is the task of a credential.

use crate::crate_plan::Prose;
use crate::odata::edm::{Annotations, Expression, Record};

/// How requests are authorized: a sentence for each scheme, and for each set of scopes.
pub(super) fn paragraphs(annotations: &Annotations) -> Vec<Prose> {
    let ways = annotations.authorizations().into_iter().filter_map(way);
    let schemes = annotations.security_schemes().into_iter().filter_map(scheme);
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

/// One way to authorize, such as a flow of OAuth 2.0.
fn way(record: &Record) -> Option<Prose> {
    let name = text(record, "Name")?;
    let kind = record.type_name.as_deref().and_then(|name| name.rsplit('.').next());
    let sentence = Prose::new("Requests can be authorized by ");
    let sentence = match kind {
        Some("ApiKey") => sentence.words("a key"),
        Some("Http") => {
            sentence.words("the HTTP scheme ").code(text(record, "Scheme").unwrap_or("Bearer"))
        }
        Some("OpenIDConnect") => sentence.words("OpenID Connect"),
        Some("OAuth2AuthCode") => sentence.words("an authorization code of OAuth 2.0"),
        Some("OAuth2ClientCredentials") => sentence.words("client credentials of OAuth 2.0"),
        Some("OAuth2Implicit") => sentence.words("an implicit grant of OAuth 2.0"),
        Some("OAuth2Password") => sentence.words("a password by OAuth 2.0"),
        Some(other) => sentence.code(other),
        None => sentence.words("a scheme of an unspecified kind"),
    };
    let mut sentence = sentence.words(" (here called ").code(name).words(")");
    for (property, role) in [
        ("KeyName", "; the key is "),
        ("Location", "; it goes into the "),
        ("AuthorizationUrl", "; codes come from "),
        ("TokenUrl", "; tokens come from "),
        ("RefreshUrl", "; they are refreshed at "),
        ("IssuerUrl", "; the issuer is "),
    ] {
        if let Some(value) = text(record, property) {
            sentence = sentence.words(role).code(value);
        }
    }
    let scopes = records(record.get("Scopes"));
    let scopes: Vec<&str> = scopes.into_iter().filter_map(|scope| text(scope, "Scope")).collect();
    if !scopes.is_empty() {
        sentence = sentence.words("; its scopes are ").codes(scopes);
    }
    Some(sentence.words("."))
}

/// A scheme that is enough for any request.
fn scheme(record: &Record) -> Option<Prose> {
    let sentence = Prose::new("Authorization by ").code(text(record, "Authorization")?);
    let sentence = sentence.words(" is enough");
    let scopes: Vec<&str> = match record.get("RequiredScopes") {
        Some(Expression::Collection(scopes)) => scopes
            .iter()
            .filter_map(|scope| match scope {
                Expression::String(scope) => Some(scope.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Some(if scopes.is_empty() {
        sentence.words(".")
    } else {
        sentence.words(" with the scopes ").codes(scopes).words(".")
    })
}
