//! How the answer of a batch is read.
//!
//! Enters: its JSON. Leaves: an answer for each part that is in it. What is wrong with one of them is an
//! error of that one only.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::value::RawValue;

use super::part::Media;
use crate::json::members::Members;
use crate::types::Binary;
use crate::web::error::BoxError;

/// The answers by the ids of their parts; if two have the same id, the first one.
pub(super) type Replies = BTreeMap<String, Result<http::Response<Bytes>, BoxError>>;

/// Reads the body of a batch's answer.
///
/// # Errors
///
/// It is not an object with a list of responses.
pub(super) fn read(body: &[u8]) -> Result<Replies, BoxError> {
    let document = Members::of_body(body)?;
    let responses = document.get("responses").ok_or("it has no `responses`")?;
    let responses: Vec<&RawValue> = serde_json::from_str(responses.get())?;
    let mut replies = Replies::new();
    for raw in responses {
        let Some(members) = Members::of(raw) else {
            continue;
        };
        // A response without an id is treated like one with an id that no part has.
        if let Some(id) = members.get("id") {
            replies.entry(text(id)).or_insert_with(|| response(&members));
        }
    }
    Ok(replies)
}

/// A string, or a number as text.
fn text(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

fn response(members: &Members<'_>) -> Result<http::Response<Bytes>, BoxError> {
    let status = text(members.get("status").ok_or("it has no status")?);
    let headers = members.get("headers").and_then(|raw| serde_json::from_str(raw.get()).ok());
    let headers = headers_of(headers.unwrap_or_default());
    let body = body(&headers, members.get("body"))?;
    let mut response = http::Response::new(body);
    *response.status_mut() = StatusCode::from_bytes(status.as_bytes())?;
    *response.headers_mut() = headers;
    Ok(response)
}

/// The headers. Some services write numbers as such; what cannot be a header is left out.
fn headers_of(members: BTreeMap<String, serde_json::Value>) -> HeaderMap {
    let header = |(name, value): (String, serde_json::Value)| {
        let value = match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    members.into_iter().filter_map(header).collect()
}

/// The bytes of a body, which is JSON, or a string with text or base64.
fn body(headers: &HeaderMap, raw: Option<&RawValue>) -> Result<Bytes, BoxError> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else {
        return Ok(Bytes::new());
    };
    let json = || Bytes::copy_from_slice(raw.get().as_bytes());
    // Only a string can be something other than JSON, whatever the headers specify: services send
    // an error object with the headers of an image.
    let Ok(text) = serde_json::from_str::<String>(raw.get()) else {
        return Ok(json());
    };
    Ok(match Media::of(headers) {
        Media::Json => json(),
        Media::Text => text.into(),
        Media::Other => text.parse::<Binary>()?.into_bytes().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_one_by_one() {
        let replies = read(
            br#"{"responses":[
            {"id":"json","status":200,"headers":{"ETag":"W/\"1\"","Retry-After":7,"a b":"x","n":null},"body":{"a":1.50}},
            {"id":"text","status":"200","headers":{"content-type":"text/plain;charset=utf-8"},"body":"a\nb"},
            {"id":"count","status":200,"headers":{"content-type":"text/plain"},"body":12},
            {"id":"image","status":200,"headers":{"Content-Type":"image/png"},"body":"+//+/w=="},
            {"id":"bad","status":200,"headers":{"Content-Type":"image/png"},"body":"*"},
            {"id":7,"status":204}, {"id":"7","status":500}, {"status":200}, 1,
            {"id":"null","status":204,"body":null}, {"id":"status","status":"x"}]}"#,
        )
        .expect("a batch");
        let body = |id: &str| {
            let response = replies[id].as_ref().expect(id);
            String::from_utf8_lossy(response.body()).into_owned()
        };
        assert_eq!(body("json"), r#"{"a":1.50}"#);
        assert_eq!(body("text"), "a\nb");
        assert_eq!(body("count"), "12");
        assert_eq!(body("null"), "");
        let json = replies["json"].as_ref().expect("json");
        assert_eq!(json.headers()["etag"], "W/\"1\"");
        assert_eq!(json.headers()["retry-after"], "7");
        assert_eq!(json.headers().len(), 2);
        replies["bad"].as_ref().expect_err("no base64");
        replies["status"].as_ref().expect_err("no status");
        assert_eq!(replies["7"].as_ref().expect("a number").status(), 204);
        assert_eq!(replies.len(), 8);
    }

    #[test]
    fn a_body_that_is_not_a_batch_is_refused() {
        for text in ["", "[]", "{}", r#"{"responses":{}}"#, "<html>"] {
            read(text.as_bytes()).expect_err(text);
        }
    }
}
