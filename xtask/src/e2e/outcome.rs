//! What came of an exchange, and whether an answer was read as what came.
//!
//! Enters: what a program prints about an exchange. Leaves: whether the value that was read is what was received.
//! Must not know: what should have been sent or received.

use crate::conformance::openapi::equality::are_equal;
use serde::Deserialize;
use serde_json::Value;

/// What came of an exchange.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    pub(super) record: usize,
    /// What the value is: `json`, `bytes`, `items` or `other`; or `error`.
    pub(super) kind: String,
    /// The value, or the message of the error.
    pub(super) value: String,
    /// The status of an answer that is an error.
    pub(super) status: Option<u16>,
    /// What was sent last; nothing if nothing was.
    pub(super) exchange: Option<Exchanged>,
}

/// What was sent, and what was received.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Exchanged {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) sent_headers: Vec<(String, String)>,
    /// What was sent, unless it was a stream.
    pub(super) sent_body: Option<Vec<u8>>,
    pub(super) answer: Option<Answer>,
}

/// What was received.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Outcome {
    /// What was received, if anything was.
    pub(super) fn answer(&self) -> Option<&Answer> {
        self.exchange.as_ref()?.answer.as_ref()
    }

    /// A header of the answer.
    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        let headers = self.answer().into_iter().flat_map(|one| &one.headers);
        let mut named = headers.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.next().map(|(_, value)| value.as_str())
    }
}

/// Whether the value could be compared with what was received, or how it differs.
pub(super) fn is_same(outcome: &Outcome) -> Result<bool, String> {
    let Outcome { kind, value, .. } = outcome;
    let Some(Answer { body, .. }) = outcome.answer() else {
        return Err("nothing was received".to_owned());
    };
    let media_type = outcome.header("content-type").unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let is_same = match kind.as_str() {
        "other" => return Ok(false),
        // What is declared to be empty is not read.
        "json" if value == "null" => true,
        "json" if media_type.contains("xml") => leaves(value) == texts(&text),
        "json" if media_type.starts_with("text/") => {
            serde_json::from_str::<String>(value).is_ok_and(|read| read == text)
        }
        "json" => are_equal(value, &text),
        "bytes" => serde_json::from_str::<Vec<u8>>(value).is_ok_and(|bytes| bytes == *body),
        "items" if media_type.starts_with("text/event-stream") => are_events(value, &text),
        "items" => are_equal(value, &list(&text)),
        _ => false,
    };
    match is_same {
        true => Ok(true),
        false => {
            Err(format!("read as {kind} {} in place of {}", shortened(value), shortened(&text)))
        }
    }
}

/// The texts of elements and the values of attributes of a document of XML, in the order of the alphabet: names
/// and nesting are what the descriptions are about, and nothing else may get lost.
fn texts(xml: &str) -> Vec<String> {
    let mut all = Vec::new();
    for piece in xml.split('<').skip(1).filter(|piece| !piece.starts_with(['?', '!'])) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let attributes = tag.split('"').collect::<Vec<_>>();
        let attributes = attributes.chunks_exact(2);
        let values = attributes.filter(|pair| !pair[0].contains("xmlns")).map(|pair| pair[1]);
        all.extend(values.map(str::to_owned));
        // The text of an element that has others in it is white space.
        all.extend(Some(text).filter(|text| !text.trim().is_empty()).map(str::to_owned));
    }
    all.sort();
    all
}

/// The scalars of JSON as texts, in the order of the alphabet.
fn leaves(json: &str) -> Vec<String> {
    fn add(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::Null => {}
            Value::String(text) => all.push(text.clone()),
            Value::Bool(_) | Value::Number(_) => all.push(value.to_string()),
            Value::Array(items) => items.iter().for_each(|one| add(one, all)),
            Value::Object(members) => members.values().for_each(|one| add(one, all)),
        }
    }
    let mut all = Vec::new();
    if let Ok(value) = serde_json::from_str(json) {
        add(&value, &mut all);
    }
    all.sort();
    all
}

/// Lines of JSON as a list.
fn list(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    format!("[{}]", lines.join(","))
}

/// Whether values are the data of events, which are JSON or text.
fn are_events(value: &str, sent: &str) -> bool {
    let data = |event: &str| {
        let lines = event.lines().filter_map(|line| line.strip_prefix("data:"));
        let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let sent = sent.replace("\r\n", "\n");
    let sent: Vec<String> = sent.split("\n\n").filter_map(data).collect();
    let Ok(items) = serde_json::from_str::<Vec<Value>>(value) else { return false };
    let is_item = |item: &Value, data: &String| {
        // A whole event has its data as a member.
        let is_data =
            |item: &Value| are_equal(&item.to_string(), data) || item.as_str() == Some(data);
        is_data(item) || item.get("data").is_some_and(is_data)
    };
    // The runtime ends a stream of values there.
    let sent = match sent.split_last() {
        Some((last, others)) if last == "[DONE]" && items.len() == others.len() => others,
        _ => sent.as_slice(),
    };
    items.len() == sent.len() && items.iter().zip(sent).all(|(item, data)| is_item(item, data))
}

/// A text as a message has it.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(kind: &str, value: &str, media_type: &str, body: &str) -> Outcome {
        let (kind, value) = (kind.to_owned(), value.to_owned());
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        let body = body.as_bytes().to_owned();
        let answer = Some(Answer { headers, body });
        let exchange = Some(Exchanged { answer, ..Exchanged::default() });
        Outcome { record: 0, kind, value, status: None, exchange }
    }

    #[test]
    fn a_value_is_compared_with_what_was_received() {
        for (kind, value, media_type, body, expected) in [
            ("json", r#"{"a":1.0}"#, "application/json", r#"{"a":1}"#, Some(true)),
            ("json", r#"{"a":2}"#, "application/json", r#"{"a":1}"#, None),
            ("json", "\"a\"", "text/plain", "a", Some(true)),
            ("json", "null", "application/json", "", Some(true)),
            ("json", r#"{"a":"1","b":[2]}"#, "text/xml", "<x a=\"1\"> <b>2</b></x>", Some(true)),
            ("json", r#"{"a":"1","b":[]}"#, "text/xml", "<x a=\"1\"><b>2</b></x>", None),
            ("bytes", "[97]", "image/png", "a", Some(true)),
            ("bytes", "[98]", "image/png", "a", None),
            ("items", "[1,2]", "application/jsonl", "1\n2\n", Some(true)),
            ("items", "[1]", "application/jsonl", "1\n2\n", None),
            ("other", "Some(1)", "application/json", "1", Some(false)),
        ] {
            let outcome = outcome(kind, value, media_type, body);
            assert_eq!(is_same(&outcome).ok(), expected, "{kind} {value}");
        }
    }

    #[test]
    fn events_are_compared_by_their_data() {
        let sent = "event: a\ndata: {\"x\": 1}\n\ndata: b\ndata: c\n\n";
        assert!(are_events(r#"[{"x":1},"b\nc"]"#, sent));
        assert!(are_events(r#"[{"x":1},"b\nc"]"#, &format!("{sent}data: [DONE]\n\n")));
        assert!(are_events(r#"[{"data":{"x":1}},{"data":"b\nc"}]"#, sent));
        assert!(!are_events(r#"[{"x":1}]"#, sent));
        assert!(!are_events(r#"[{"x":2},"b\nc"]"#, sent));
    }
}
