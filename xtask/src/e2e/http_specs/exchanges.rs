//! The exchanges that the service expects.
//!
//! Enters: a file with one exchange a line. Leaves: each as a request. Must not know: the
//! documents, Rust.

use super::failed;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Where the service is thought to be until it has an address.
pub(super) const SERVICE: &str = "http://service.test";

/// What separates the parts of a multipart body.
const BOUNDARY: &str = "exchange-boundary";

/// What is not encoded in a query; `,` and `|` separate items.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',').remove(b'|');

/// An exchange.
pub(super) struct Exchange {
    /// The spec that it belongs to, such as `payload/xml`.
    pub(super) spec: String,
    pub(super) scenario: String,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Vec<u8>>,
    /// The body as text, where a header says that it is, although it is written as JSON.
    pub(super) text: Option<String>,
    pub(super) status: u16,
}

#[derive(Deserialize)]
struct Line {
    spec: String,
    scenario: String,
    method: String,
    uri: String,
    #[serde(default)]
    query: serde_json::Map<String, Value>,
    #[serde(default)]
    headers: serde_json::Map<String, Value>,
    body: Option<Sent>,
    status: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    content_type: String,
    raw: Option<Value>,
    kind: Option<String>,
    #[serde(default)]
    parts: serde_json::Map<String, Value>,
    #[serde(default)]
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    fieldname: String,
    #[serde(default)]
    originalname: Option<String>,
    #[serde(default)]
    mimetype: Option<String>,
    buffer: Buffer,
}

#[derive(Deserialize)]
struct Buffer {
    data: Vec<u8>,
}

/// Reads the exchanges, in order.
pub(super) fn read(path: &Path) -> Result<Vec<Exchange>, String> {
    let lines = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    let read = |line: &str| {
        let line: Line = serde_json::from_str(line).map_err(|error| failed(path, &error))?;
        Ok(exchange(line))
    };
    lines.lines().filter(|line| !line.is_empty()).map(read).collect()
}

fn exchange(line: Line) -> Exchange {
    // A colon is escaped for the router of the service.
    let mut url = format!("{SERVICE}{}", line.uri.replace("\\:", ":"));
    for (name, value) in &line.query {
        for value in values(value) {
            let first = if url.contains('?') { '&' } else { '?' };
            let encoded = |text: &str| utf8_percent_encode(text, QUERY).to_string();
            url = format!("{url}{first}{}={}", encoded(name), encoded(&value));
        }
    }
    let headers = line.headers.iter().flat_map(|(name, value)| {
        values(value).into_iter().map(move |value| (name.clone(), value))
    });
    let mut headers: Vec<(String, String)> = headers.collect();
    let mut text = None;
    let body = line.body.map(|sent| {
        let mut content_type = sent.content_type.clone();
        let body = match sent.kind.as_deref() {
            Some("multipart") => {
                content_type = format!("{content_type}; boundary={BOUNDARY}");
                multipart(&sent)
            }
            _ => sent.raw.as_ref().map(raw).unwrap_or_default(),
        };
        let is_type = |(name, _): &(String, String)| name.eq_ignore_ascii_case("content-type");
        if headers.iter().any(|one| is_type(one) && one.1 == "text/plain") {
            text = serde_json::from_slice::<String>(&body).ok();
        }
        headers.retain(|one| !is_type(one));
        headers.push(("Content-Type".to_owned(), content_type));
        body
    });
    Exchange {
        spec: line.spec,
        scenario: line.scenario,
        method: line.method.to_ascii_uppercase(),
        url,
        headers,
        body,
        text,
        status: line.status,
    }
}

/// The texts of a value or a list of them.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(values).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn raw(value: &Value) -> Vec<u8> {
    match (value, bytes(value)) {
        (_, Some(bytes)) => bytes,
        (Value::String(text), _) => text.clone().into_bytes(),
        (other, _) => other.to_string().into_bytes(),
    }
}

/// What Node writes for a buffer.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let is_buffer = value.get("type").is_some_and(|kind| kind == "Buffer");
    is_buffer.then(|| Buffer::deserialize(value).ok().map(|buffer| buffer.data)).flatten()
}

fn multipart(sent: &Sent) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes(),
        );
        body.extend(content);
        body.extend(b"\r\n");
    };
    for (name, value) in &sent.parts {
        let kind = match value {
            Value::Object(_) | Value::Array(_) => "\r\nContent-Type: application/json",
            _ => "",
        };
        part(&format!("name=\"{name}\"{kind}"), &raw(value));
    }
    for file in &sent.files {
        let name = file.originalname.as_ref();
        let name = name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let kind = file.mimetype.as_ref();
        let kind = kind.map(|kind| format!("\r\nContent-Type: {kind}")).unwrap_or_default();
        part(&format!("name=\"{}\"{name}{kind}", file.fieldname), &file.buffer.data);
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(line: &str) -> Exchange {
        exchange(serde_json::from_str(line).unwrap())
    }

    #[test]
    fn a_request_has_its_query_its_headers_and_its_body() {
        let one = read_one(
            r#"{"spec":"a","scenario":"A_b","method":"post","uri":"/a/v\\:1","query":{"q":["x y","z"],"n":1},
            "headers":{"Content-Type":"text/plain","h":2},"body":{"contentType":"application/json","raw":"\"{}\""},"status":204}"#,
        );
        assert_eq!(one.url, "http://service.test/a/v:1?n=1&q=x%20y&q=z");
        let headers = [("h", "2"), ("Content-Type", "application/json")];
        assert_eq!(one.headers, headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!((one.method.as_str(), one.body.as_deref()), ("POST", Some(&b"\"{}\""[..])));
        assert_eq!(one.text.as_deref(), Some("{}"));
    }

    #[test]
    fn parts_and_files_are_one_body() {
        let one = read_one(
            r#"{"spec":"a","scenario":"A_b","method":"post","uri":"/a","body":{"kind":"multipart",
            "contentType":"multipart/form-data","parts":{"id":1},"files":[{"fieldname":"f","originalname":"a.jpg",
            "mimetype":"image/jpg","buffer":{"type":"Buffer","data":[255,0]}}]},"status":204}"#,
        );
        let body = one.body.unwrap();
        let text = String::from_utf8_lossy(&body);
        assert!(text.starts_with(
            "--exchange-boundary\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n"
        ));
        assert!(text.contains("name=\"f\"; filename=\"a.jpg\"\r\nContent-Type: image/jpg\r\n\r\n"));
        assert!(body.windows(2).any(|two| two == [255, 0]));
        assert!(text.ends_with("--exchange-boundary--\r\n"));
    }
}
