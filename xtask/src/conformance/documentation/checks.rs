//! The judgement on a record.
//!
//! Enters: a record and the outcomes of its cases. Leaves: a [`Verdict`] on each of the three checks. Must
//! not know: how anything was run.

use super::cases::Outcome;
use super::equality;
use super::json::Json;
use super::record::{Record, Resolution};
use super::result_type::Types;
use super::wire::Wire;

/// The verdict of a check on a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is nothing to check.
    None,
    /// Everything is correct; this part is only equal in meaning.
    Fine(Vec<String>),
    /// The page contradicts the schema.
    Skipped(Cause),
    /// Something is not correct.
    Failed(Cause),
}

/// Why a check did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    /// The kind of reason, which many records share.
    pub(super) kind: String,
    /// The whole reason.
    pub(super) why: String,
}

impl Verdict {
    fn failed(kind: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Failed(Cause { kind: kind.into(), why: why.into() })
    }

    /// Skipped for the reasons in the corpus.
    fn skipped(codes: &[String], reasons: &[String], otherwise: &str) -> Self {
        let joined = |all: &[String], separator| {
            if all.is_empty() { otherwise.to_owned() } else { all.join(separator) }
        };
        Self::Skipped(Cause { kind: joined(codes, ", "), why: joined(reasons, "; ") })
    }
}

/// What there is of an example.
#[derive(Clone, Debug)]
pub(super) enum Example {
    /// No snippet was written.
    Refused(String),
    /// The snippet does not compile.
    Broken(String),
    /// It was run.
    Ran(Outcome),
}

/// Judges whether an answer passes through the model unchanged.
pub(super) fn decode(record: &Record, outcome: Option<&Outcome>) -> Verdict {
    let response = record.response.as_ref().filter(|one| one.body_kind == "json");
    let body = response.and_then(|response| response.body.as_ref());
    let (Some(body), Some(_)) = (body, record.effective_type.as_ref()) else {
        return Verdict::None;
    };
    if record.lenient_consistent != Some(true) {
        let otherwise = "the corpus does not call the answer consistent";
        return Verdict::skipped(&record.reason_codes, &record.reasons, otherwise);
    }
    let value = match record.envelope.as_deref() {
        // What is around a value is not part of it.
        Some("value_wrapped_single" | "primitive") if is_envelope(body) => {
            body.get("value").unwrap_or(body)
        }
        _ => body,
    };
    match round_trip(outcome, value) {
        Ok(hidden) if hidden.is_empty() => Verdict::Fine(Vec::new()),
        Ok(hidden) => Verdict::failed("known members are not typed", hidden.join(", ")),
        Err(failed) => failed,
    }
}

/// Whether there are only annotations next to the value.
fn is_envelope(body: &Json) -> bool {
    let Json::Object(members) = body else { return false };
    members.iter().all(|(name, _)| name == "value" || name.contains('@'))
}

/// Judges whether the body of a request passes through its type unchanged.
pub(super) fn bodies(record: &Record, outcome: Option<&Outcome>) -> Verdict {
    let (Some(request), Some(consistent)) = (record.request.as_ref(), record.request_consistent)
    else {
        return Verdict::None;
    };
    let Some(body) = &request.body else { return Verdict::None };
    if !consistent {
        let otherwise = "the corpus does not call the body consistent";
        return Verdict::skipped(&record.request_reason_codes, &record.request_reasons, otherwise);
    }
    if record.request_type.as_deref() == Some("$ref") {
        // A reference is one string, for which there is no type.
        let is_reference = matches!(body, Json::Object(members)
            if matches!(members.as_slice(), [(name, Json::Text(_))] if name == "@odata.id"));
        return if is_reference {
            Verdict::Fine(Vec::new())
        } else {
            Verdict::failed("no reference", format!("{body} is not a reference"))
        };
    }
    match round_trip(outcome, body) {
        Ok(_) => Verdict::Fine(Vec::new()),
        Err(failed) => failed,
    }
}

/// Compares what was decoded and encoded with the original. Returns the members that were not typed.
fn round_trip(outcome: Option<&Outcome>, expected: &Json) -> Result<Vec<String>, Verdict> {
    let failed = |kind: &str, why: &str| Err(Verdict::failed(kind, why));
    let Some(outcome) = outcome else { return failed("not run", "there is no case for it") };
    if let Some(panic) = &outcome.panic {
        return failed("panics", panic);
    }
    if let Some(error) = &outcome.error {
        return failed("cannot be read", error);
    }
    // What is kept as it came is written as it came, but was not read.
    if !outcome.unread.is_empty() {
        return failed("cannot be read", &outcome.unread.join(", "));
    }
    let found = match outcome.json.as_deref().map(Json::parse) {
        Some(Ok(found)) => found,
        Some(Err(error)) => return failed("what is written is not JSON", &error),
        None => return failed("not run", "there is no result"),
    };
    match equality::difference(expected, &found) {
        Some(difference) => failed("changed", &difference),
        None => Ok(outcome.hidden.clone()),
    }
}

/// Judges whether an example makes the request of the page.
pub(super) fn request(
    record: &Record,
    wire: &Wire<'_>,
    types: &Types,
    example: Option<&Example>,
) -> Verdict {
    let Some(request) = record.request.as_ref().filter(|_| !record.request_repeated) else {
        return Verdict::None;
    };
    let path = record.path.as_ref().filter(|_| record.resolution() != Resolution::None);
    let Some(path) = path else {
        let why = record.path.as_ref().and_then(|path| path.reason.clone());
        let why = why.unwrap_or_else(|| "the path does not resolve".to_owned());
        let kind = why.split(':').next().unwrap_or_default().to_owned();
        return Verdict::Skipped(Cause { kind, why });
    };
    if wire.root.below(&request.url).is_none() {
        let why = format!("{} is another service", request.url);
        return Verdict::Skipped(Cause { kind: "another service".to_owned(), why });
    }
    let outcome = match example {
        None => return Verdict::failed("not run", "there is no example"),
        Some(Example::Refused(why)) => return Verdict::failed("no snippet", why),
        Some(Example::Broken(why)) => {
            let code = why.split(':').next().filter(|code| code.starts_with('E'));
            let kind = code.map_or_else(String::new, |code| format!(": {code}"));
            return Verdict::failed(format!("does not compile{kind}"), why);
        }
        Some(Example::Ran(outcome)) => outcome,
    };
    if let Some(panic) = &outcome.panic {
        return Verdict::failed("panics", panic);
    }
    let sent = match outcome.sent.as_slice() {
        [only] => only,
        [] => {
            let why = outcome.error.as_deref().unwrap_or("it ends without a request");
            return Verdict::failed("sends nothing", why);
        }
        many => {
            let all: Vec<String> =
                many.iter().map(|sent| format!("{} {}", sent.method, sent.uri)).collect();
            return Verdict::failed("sends more than one request", all.join(", "));
        }
    };
    let declaring = wire.names.of_request(record);
    let comparison = wire.compare(request, declaring.as_ref(), sent);
    let minimal = request.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("Prefer") && value.contains("return=minimal")
    });
    let type_name = outcome.type_name.as_deref().unwrap_or_default();
    let result = types.difference(path, &request.method, minimal, type_name);
    let mut all: Vec<(&str, String)> =
        comparison.differences.into_iter().map(|one| (one.aspect, one.text)).collect();
    all.extend(result.map(|text| ("result type", text)));
    match all.first() {
        None => Verdict::Fine(comparison.by_meaning),
        Some((first, _)) => {
            let first = (*first).to_owned();
            let all: Vec<String> =
                all.into_iter().map(|(aspect, text)| format!("{aspect}: {text}")).collect();
            Verdict::failed(first, all.join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::of_example as record;
    use super::*;

    fn decoded(json: &str, hidden: &[&str]) -> Outcome {
        let hidden = hidden.iter().map(ToString::to_string).collect();
        Outcome { json: Some(json.to_owned()), hidden, ..Outcome::default() }
    }

    fn kind(verdict: &Verdict) -> &str {
        match verdict {
            Verdict::None => "none",
            Verdict::Fine(_) => "fine",
            Verdict::Skipped(_) => "skipped",
            Verdict::Failed(cause) => &cause.kind,
        }
    }

    #[test]
    fn an_answer_has_to_come_through() {
        let plain = r#""response":{"body":{"a":1.0},"body_kind":"json"},"effective_type":"n.t","envelope":"single""#;
        let good = record(&format!("{plain},\"lenient_consistent\":true"));
        let bad = record(&format!("{plain},\"lenient_consistent\":false,\"reason_codes\":[\"x\"]"));
        let wrapped = record(
            r#""response":{"body":{"@odata.context":"c","value":{"a":1}},"body_kind":"json"},"effective_type":"n.t","envelope":"value_wrapped_single","lenient_consistent":true"#,
        );
        let more = record(
            r#""response":{"body":{"b":2,"value":{"a":1}},"body_kind":"json"},"effective_type":"n.t","envelope":"value_wrapped_single","lenient_consistent":true"#,
        );
        let none = record(r#""response":{"body_kind":"none"},"effective_type":"n.t""#);
        let failed = Outcome { error: Some("no".to_owned()), ..Outcome::default() };
        let kept = Outcome { unread: vec!["n.t/a".to_owned()], ..decoded(r#"{"a":1}"#, &[]) };
        for (record, outcome, expected) in [
            (&good, Some(decoded(r#"{"a":1}"#, &[])), "fine"),
            (&good, Some(decoded(r#"{"a":2}"#, &[])), "changed"),
            (&good, Some(decoded(r#"{"a":1}"#, &["n.t/a"])), "known members are not typed"),
            (&good, Some(failed), "cannot be read"),
            (&good, Some(kept), "cannot be read"),
            (&good, None, "not run"),
            (&bad, Some(decoded(r#"{"a":1}"#, &[])), "skipped"),
            (&wrapped, Some(decoded(r#"{"a":1}"#, &[])), "fine"),
            (&wrapped, Some(decoded(r#"{}"#, &[])), "changed"),
            (&more, Some(decoded(r#"{"a":1}"#, &[])), "changed"),
            (&none, None, "none"),
        ] {
            assert_eq!(kind(&decode(record, outcome.as_ref())), expected);
        }
    }

    #[test]
    fn a_body_has_to_come_through() {
        let with = |body: &str, name: &str, consistent: bool| {
            record(&format!(
                r#""request":{{"method":"POST","url":"a","body":{body},"body_kind":"json"}},"request_type":"{name}","request_consistent":{consistent}"#
            ))
        };
        for (record, expected) in [
            (with("{\"a\":1}", "n.t", true), "fine"),
            (with("{\"a\":2}", "n.t", true), "changed"),
            (with("{\"a\":2}", "n.t", false), "skipped"),
            (with("{\"@odata.id\":\"x\"}", "$ref", true), "fine"),
            (with("{\"@odata.id\":\"x\",\"b\":1}", "$ref", true), "no reference"),
        ] {
            assert_eq!(kind(&bodies(&record, Some(&decoded("{\"a\":1}", &[])))), expected);
        }
        let kept = Outcome { unread: vec!["n.t/a".to_owned()], ..decoded("{\"a\":1}", &[]) };
        let record = with("{\"a\":1}", "n.t", true);
        assert_eq!(kind(&bodies(&record, Some(&kept))), "cannot be read");
    }
}
