//! What a service reports about a failure.
//!
//! Enters: an answer whose status is not a success. Leaves: its body, bounded and without secrets, and a
//! message of one line that was found in it. It knows the problem details of RFC 9457, the errors of OAuth2, and
//! the forms that are most common besides these.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value as Json;

use super::reading::{self, Kind, kind};
use crate::web::error::ErrorBody;
use crate::web::mask::{Secrets, masked};
use crate::web::text::{excerpt, one_line};

/// At most so many bytes of a body are kept.
const BODY: usize = 1024 * 1024;

/// At most this many characters of a message are shown.
const MESSAGE: usize = 1000;

/// Members in which services report what went wrong, the most telling one first.
const MESSAGES: [&str; 12] = [
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "faultstring",
    "msg",
    "description",
    "reason",
    "title",
    "error",
    "errors",
];

/// Members with a name of what went wrong, which is shown before the message.
const NAMES: [&str; 5] = ["title", "code", "error", "type", "errorCode"];

/// The body of an answer whose status is not a success.
pub(super) struct Failure {
    body: Bytes,
    message: String,
}

/// Reads the body of an answer.
pub(super) fn read(response: &http::Response<Bytes>) -> Option<Box<dyn ErrorBody>> {
    let message = message(response);
    let body = response.body();
    let body = if body.len() > BODY { Bytes::copy_from_slice(&body[..BODY]) } else { body.clone() };
    Some(Box::new(Failure { body, message }))
}

impl Failure {
    pub(super) fn body(&self) -> &Bytes {
        &self.body
    }
}

impl ErrorBody for Failure {
    fn request_id(&self) -> Option<&str> {
        None
    }

    fn client_request_id(&self) -> Option<&str> {
        None
    }

    fn masked(self: Box<Self>, secrets: &Secrets<'_>) -> Arc<dyn ErrorBody> {
        let message = masked(&self.message, secrets).into_owned();
        let text = String::from_utf8_lossy(&self.body);
        let body = match masked(&text, secrets) {
            Cow::Owned(without) => without.into(),
            Cow::Borrowed(_) => self.body.clone(),
        };
        Arc::new(Self { body, message })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Shows the message alone: the rest of the body may be personal data.
impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message.is_empty() {
            true => write!(formatter, "{} bytes", self.body.len()),
            false => fmt::Debug::fmt(&self.message, formatter),
        }
    }
}

/// What a body reports, in one line.
fn message(response: &http::Response<Bytes>) -> String {
    let body = response.body();
    let text = match reading::text(response.headers(), &body[..body.len().min(BODY)]) {
        Ok(text) => text,
        Err(_) => String::from_utf8_lossy(&body[..body.len().min(BODY)]),
    };
    let json: Option<Json> = serde_json::from_str(&text).ok();
    let found = json.or_else(|| of_xml(response, &text)).and_then(|json| of_json(&json, 0));
    let found = found.map(|found| one_line(&found, MESSAGE)).filter(|found| !found.is_empty());
    found.unwrap_or_else(|| match kind(&reading::essence(response.headers())) {
        Kind::Text if !text.trim_start().starts_with('<') && !text.trim().is_empty() => {
            one_line(&text, MESSAGE)
        }
        _ => excerpt(&text, "an error in a form that is known"),
    })
}

/// A body in XML as JSON, with names as JSON has them: `<Message>` is `message`.
#[cfg(feature = "xml")]
fn of_xml(response: &http::Response<Bytes>, text: &str) -> Option<Json> {
    fn renamed(json: Json) -> Json {
        match json {
            Json::Object(members) => {
                let member = |(name, value): (String, Json)| {
                    let rest = name.get(1..).unwrap_or_default();
                    let first = name.get(..1).unwrap_or(&name).to_ascii_lowercase();
                    ([&first, rest].concat(), renamed(value))
                };
                Json::Object(members.into_iter().map(member).collect())
            }
            other => other,
        }
    }
    let is_xml = kind(&reading::essence(response.headers())) == Kind::Xml;
    let json = is_xml.then(|| super::xml::undescribed(text).ok()).flatten()?;
    serde_json::from_str(&json).ok().map(renamed)
}

#[cfg(not(feature = "xml"))]
fn of_xml(_: &http::Response<Bytes>, _: &str) -> Option<Json> {
    None
}

/// The message in JSON. Errors are nested in each other only so far.
fn of_json(json: &Json, depth: usize) -> Option<String> {
    match json {
        Json::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Json::Array(items) if depth < 4 => {
            let mut messages = items.iter().filter_map(|item| of_json(item, depth + 1));
            let first = messages.next()?;
            Some(messages.take(4).fold(first, |all, next| format!("{all}; {next}")))
        }
        Json::Object(members) if depth < 4 => of_object(members, depth),
        _ => None,
    }
}

fn of_object(members: &serde_json::Map<String, Json>, depth: usize) -> Option<String> {
    let text = |name: &'static str| Some((name, of_json(members.get(name)?, depth + 1)?));
    let Some((at, message)) = MESSAGES.into_iter().find_map(text) else {
        // One that wraps another, such as `{"fault": {"faultstring": "…"}}`.
        return match members.iter().next() {
            Some((_, inner @ Json::Object(_))) if members.len() == 1 => of_json(inner, depth + 1),
            _ => None,
        };
    };
    let names = NAMES.into_iter().filter(|name| *name != at);
    let name = names.filter_map(|name| members.get(name)).find_map(|name| match name {
        // A type is mostly an address, which says little.
        Json::String(text) if text.contains("://") || text == "about:blank" => None,
        Json::String(text) => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let place = members.get("loc").and_then(Json::as_array).map(|path| {
        let step = |step: &Json| step.as_str().map_or_else(|| step.to_string(), str::to_owned);
        path.iter().map(step).collect::<Vec<_>>().join(".")
    });
    let before = place.or(name).filter(|before| !before.is_empty() && *before != message);
    Some(before.map_or(message.clone(), |before| format!("{before}: {message}")))
}
