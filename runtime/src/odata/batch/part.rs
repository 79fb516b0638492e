//! How a part of a batch is written.
//!
//! Enters: a call. Leaves: a JSON object of the batch. It knows nothing of when the part is sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::types::Binary;
use crate::web::call::{Call, has_body};
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};

/// A request of a batch, and what it waits for.
pub(super) struct Part {
    pub(super) call: Call,
    /// The parts that have to succeed first; all of them come before this one.
    pub(super) after: Vec<usize>,
    /// The atomicity group.
    pub(super) group: Option<usize>,
}

/// The content of a part, whichever batch it travels in.
pub(super) struct Written {
    method: String,
    url: String,
    headers: BTreeMap<String, String>,
    body: Option<Box<RawValue>>,
}

/// A part in one batch.
pub(super) struct Entry<'a> {
    id: String,
    group: Option<String>,
    after: Vec<String>,
    written: &'a Written,
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written { method, url, headers, body } = self.written;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("method", method)?;
        map.serialize_entry("url", url)?;
        if let Some(group) = &self.group {
            map.serialize_entry("atomicityGroup", group)?;
        }
        if !self.after.is_empty() {
            map.serialize_entry("dependsOn", &self.after)?;
        }
        if !headers.is_empty() {
            map.serialize_entry("headers", headers)?;
        }
        if let Some(body) = body {
            map.serialize_entry("body", body)?;
        }
        map.end()
    }
}

impl Written {
    /// Writes a call for a batch.
    ///
    /// # Errors
    ///
    /// The call is not valid, or cannot be a part of a batch.
    pub(super) fn new(client: &ServiceClient, call: &Call) -> Result<Self, Error> {
        let fault = |why: &str| call.described(Error::new(ErrorKind::Request, why));
        let request = call.to_http(client.root(), client.user_agent())?;
        if request.headers().contains_key(header::AUTHORIZATION) {
            return Err(fault(
                "a part of a batch cannot have its own `Authorization`; send it alone",
            ));
        }
        if call.tokens().is_some() {
            return Err(fault(
                "a part of a batch cannot have its own credential; set that of the batch, or send it \
                 alone",
            ));
        }
        let url = request.uri().to_string();
        let url = relative(&url, client.service_root());
        let url = url.ok_or_else(|| fault("the request is outside of the service root"))?;
        let mut headers = headers(request.headers());
        let body = match body(request.headers(), request.body()).map_err(fault)? {
            None if has_body(request.method()) => {
                headers
                    .entry(header::CONTENT_TYPE.to_string())
                    .or_insert_with(|| "application/json".to_owned());
                Some(nothing(request.headers()))
            }
            body => body,
        };
        Ok(Self { method: request.method().to_string(), url, headers, body })
    }
}

impl<'a> Entry<'a> {
    /// A part in a batch with the parts for which `travels` is true.
    pub(super) fn new(
        parts: &[Part],
        index: usize,
        written: &'a Written,
        travels: impl Fn(usize) -> bool,
    ) -> Self {
        let group = parts[index].group;
        let mut after: Vec<String> = Vec::new();
        // Parts that travelled before have succeeded, or this one would not travel.
        for other in parts[index].after.iter().copied().filter(|other| travels(*other)) {
            // From outside of a group, the group is named and not its parts.
            let name = match parts[other].group {
                Some(foreign) if Some(foreign) != group => group_name(foreign),
                _ => part_name(other),
            };
            if !after.contains(&name) {
                after.push(name);
            }
        }
        Self { id: part_name(index), group: group.map(group_name), after, written }
    }
}

/// The id of a part, which counts from one.
pub(super) fn part_name(index: usize) -> String {
    (index + 1).to_string()
}

/// The id of an atomicity group, which is never that of a part.
fn group_name(group: usize) -> String {
    format!("g{}", group + 1)
}

/// The URL relative to the service root, below which the batch itself is.
fn relative(url: &str, root: &str) -> Option<String> {
    let rest = url.strip_prefix(root)?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    // Otherwise the root ends within a name.
    let bounded = url.len() == root.len() + rest.len() + 1;
    if !bounded || rest.is_empty() || rest.starts_with(['?', '/']) {
        return None;
    }
    // A colon in the first segment would make it a scheme.
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    Some(format!("{}{}", rest[..end].replace(':', "%3A"), &rest[end..]))
}

fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let shown = headers.iter().filter(|(name, _)| **name != header::USER_AGENT);
    let text = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    shown.map(text).collect()
}

/// The body: JSON as it is, text as a string, and anything else as a string of base64url.
fn body(headers: &HeaderMap, body: &Bytes) -> Result<Option<Box<RawValue>>, &'static str> {
    if body.is_empty() {
        return Ok(None);
    }
    let written = match Media::of(headers) {
        Media::Json => serde_json::from_slice(body).map_err(|_| "the body is not JSON")?,
        Media::Text => {
            let text =
                std::str::from_utf8(body).map_err(|_| "the text of the body is not UTF-8")?;
            string(text)?
        }
        Media::Other => string(&Binary::from(body.to_vec()).base64url())?,
    };
    Ok(Some(written))
}

/// The body of a part without one, if a request with its method is expected to have a body. Microsoft Graph
/// refuses the whole batch if such a part has no body or no media type.
fn nothing(headers: &HeaderMap) -> Box<RawValue> {
    let written = match Media::of(headers) {
        Media::Json => "{}",
        Media::Text | Media::Other => r#""""#,
    };
    RawValue::from_string(written.to_owned()).unwrap_or_default()
}

fn string(text: &str) -> Result<Box<RawValue>, &'static str> {
    to_raw_value(text).map_err(|_| "the body cannot be written as a string")
}

/// The kind of a body, by its media type.
pub(super) enum Media {
    Json,
    Text,
    Other,
}

impl Media {
    /// The kind of the body by the headers; JSON if they do not specify it.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(header::CONTENT_TYPE) else {
            return Self::Json;
        };
        let value = String::from_utf8_lossy(value.as_bytes());
        let essence: Cow<'_, str> = value.split(';').next().unwrap_or_default().trim().into();
        let essence = essence.to_ascii_lowercase();
        let is_json = matches!(essence.as_str(), "application/json" | "text/json" | "");
        if is_json || (essence.starts_with("application/") && essence.ends_with("+json")) {
            Self::Json
        } else if essence.starts_with("text/") {
            Self::Text
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_relative_to_the_root() {
        for (url, expected) in [
            ("https://h/v1/users", Some("users")),
            ("https://h/v1/users/a:b?$top=1:2", Some("users/a:b?$top=1:2")),
            ("https://h/v1/users('a:b')", Some("users('a%3Ab')")),
            ("https://h/v1", None),
            ("https://h/v1/", None),
            ("https://h/v1?x=1", None),
            ("https://h/v1x/users", None),
            ("https://h/v1//other/users", None),
            ("https://h/beta/users", None),
        ] {
            assert_eq!(relative(url, "https://h/v1").as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn bodies_are_written_by_their_media_type() {
        for (media_type, content, expected) in [
            ("application/json; odata=x", &b"{\"a\":1.50}"[..], "{\"a\":1.50}"),
            ("application/merge-patch+json", b"[1]", "[1]"),
            ("text/plain", b"a\"b", r#""a\"b""#),
            ("image/png", b"\xfb\xff\xfe", r#""-__-""#),
        ] {
            let headers = HeaderMap::from_iter([(
                header::CONTENT_TYPE,
                header::HeaderValue::from_static(media_type),
            )]);
            let written = body(&headers, &Bytes::from_static(content));
            assert_eq!(written.expect(media_type).expect("a body").get(), expected);
        }
        let json = HeaderMap::new();
        body(&json, &Bytes::from_static(b"{")).expect_err("no JSON");
        assert!(body(&json, &Bytes::new()).expect("no body").is_none());
    }
}
