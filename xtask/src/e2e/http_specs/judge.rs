//! Whether an answer was read as what was sent.
//!
//! Enters: what became of the exchanges. Leaves: what is wrong with each. Must not know: the service's own
//! opinion of the requests.

use super::crates::Outcome;
use super::exchanges::Exchange;
use super::report::Row;
use crate::conformance::openapi::equality::are_equal;
use serde_json::Value;

/// Notes what is wrong with the exchanges that were made.
pub(super) fn judge(rows: &mut [Row<'_>], outcomes: &[(usize, Outcome)]) {
    for (number, outcome) in outcomes {
        let Some(row) = rows.get_mut(*number) else { continue };
        match fault(row.exchange, outcome) {
            Ok(is_compared) => row.is_compared = is_compared,
            Err(fault) => row.fault = Some(fault),
        }
    }
    for row in rows.iter_mut().filter(|row| row.fault.is_none()) {
        row.is_read = true;
    }
}

/// Whether the answer was compared with what is declared, or what is wrong.
fn fault(exchange: &Exchange, outcome: &Outcome) -> Result<bool, String> {
    let message = || shortened(&outcome.value);
    match (outcome.kind.as_str(), exchange.status) {
        ("error", expected) if expected >= 400 => match outcome.status {
            Some(status) if status == expected => Ok(true),
            other => Err(format!("{other:?} in place of {expected}: {}", message())),
        },
        ("error", _) => Err(message()),
        (_, expected) if expected >= 400 => Err(format!("no error in place of {expected}")),
        _ => is_same(outcome),
    }
}

/// Whether the value could be compared with what was received, or how it differs.
fn is_same(outcome: &Outcome) -> Result<bool, String> {
    let Outcome { kind, value, media_type, body, .. } = outcome;
    let text = String::from_utf8_lossy(body);
    let is_same = match kind.as_str() {
        "other" => return Ok(false),
        // What is declared to be empty is not read.
        "json" if value == "null" => true,
        "json" if media_type.starts_with("text/") => {
            serde_json::from_str::<String>(value).is_ok_and(|read| read == text)
        }
        "json" if media_type.contains("xml") => leaves(value) == texts(&text),
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

fn shortened(text: &str) -> String {
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
        let (media_type, body) = (media_type.to_owned(), body.as_bytes().to_owned());
        Outcome { record: 0, kind, value, status: None, media_type, body }
    }

    #[test]
    fn a_value_is_compared_with_what_was_received() {
        for (kind, value, media_type, body, expected) in [
            ("json", r#"{"a":1.0}"#, "application/json", r#"{"a":1}"#, Some(true)),
            ("json", r#"{"a":2}"#, "application/json", r#"{"a":1}"#, None),
            ("json", "\"a\"", "text/plain", "a", Some(true)),
            ("json", "null", "application/json", "", Some(true)),
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
