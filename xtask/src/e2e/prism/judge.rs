//! What came of the exchanges.
//!
//! Enters: the outcomes of a program. Leaves: what is wrong with each exchange, by the report of Prism and by what
//! was read. Must not know: the document.

use super::super::outcome::{Answer, Exchanged, Outcome, is_same, shortened};
use super::asked;
use super::report::{Fault, Row};
use serde::Deserialize;

/// What Prism finds wrong.
#[derive(Deserialize)]
struct Violation {
    #[serde(default)]
    location: Vec<String>,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    message: String,
}

/// An error of Prism itself.
#[derive(Deserialize)]
struct Problem {
    r#type: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    validation: Vec<Violation>,
}

/// What begins the types of Prism's own errors.
const OWN: &str = "https://stoplight.io/prism/errors#";

/// Errors of Prism that are about the request.
const OF_REQUESTS: &[&str] = &[
    "UNPROCESSABLE_ENTITY",
    "UNAUTHORIZED",
    "INVALID_CONTENT_TYPE",
    "NO_PATH_MATCHED_ERROR",
    "NO_METHOD_MATCHED_ERROR",
    "NOT_ACCEPTABLE",
];

/// Notes what is wrong with the exchanges that were made.
pub(super) fn judge(rows: &mut [Row], outcomes: &[(usize, Outcome)]) {
    for row in rows {
        let made = outcomes.iter().find(|(number, _)| *number == row.number);
        if let Some((_, outcome)) = made {
            row.is_made = true;
            row.fault = fault(row, outcome);
        }
    }
}

fn fault(row: &Row, outcome: &Outcome) -> Option<Fault> {
    let (Some(exchanged), Some(answer)) = (&outcome.exchange, outcome.answer()) else {
        return Some(Fault::NotSent(shortened(&outcome.value)));
    };
    let problem = problem(outcome, answer);
    let header = outcome.header("sl-violations").unwrap_or_default();
    if let Some(found) = violations(header, problem.as_ref()) {
        return Some(Fault::Violation(format!("{found} · {}", shown(exchanged))));
    }
    if let Some(difference) = asked::difference(&row.request, exchanged) {
        return Some(Fault::NotAsAsked(difference));
    }
    if let Some(problem) = problem {
        return Some(Fault::OfPrism(format!("{}: {}", problem.title, problem.detail)));
    }
    if !header.is_empty() && header.contains("\"response\"") {
        return Some(Fault::OfPrism("its answer is not as declared".to_owned()));
    }
    match outcome.status {
        // An error that the document declares.
        Some(status) if status >= 400 => None,
        _ if outcome.kind == "error" => {
            let body = String::from_utf8_lossy(&answer.body);
            let media_type = outcome.header("content-type").unwrap_or("none");
            Some(Fault::NotRead(format!(
                "{} · {media_type} · {}",
                shortened(&outcome.value),
                shortened(&body)
            )))
        }
        _ => is_same(outcome).err().map(Fault::NotRead),
    }
}

/// The error of Prism itself that an answer is.
fn problem(outcome: &Outcome, answer: &Answer) -> Option<Problem> {
    let is_problem = outcome.header("content-type")?.starts_with("application/problem+json");
    let problem: Problem =
        is_problem.then(|| serde_json::from_slice(&answer.body).ok()).flatten()?;
    problem.r#type.starts_with(OWN).then_some(problem)
}

/// What Prism finds wrong with a request.
fn violations(header: &str, problem: Option<&Problem>) -> Option<String> {
    let is_of_request = |one: &&Violation| {
        one.severity == "Error" && one.location.first().is_some_and(|first| first == "request")
    };
    let listed: Option<Vec<Violation>> = serde_json::from_str(header).ok();
    let texts: Vec<String> = match &listed {
        Some(listed) => listed.iter().filter(is_of_request).map(Violation::text).collect(),
        // Too many for a header, of which the beginning is there.
        None if header.contains("[\"request\"") => vec![shortened(header)],
        None => Vec::new(),
    };
    if !texts.is_empty() {
        return Some(texts.join("; "));
    }
    let problem = problem?;
    let name = problem.r#type.trim_start_matches(OWN);
    OF_REQUESTS.contains(&name).then(|| {
        let texts: Vec<String> = problem.validation.iter().map(Violation::text).collect();
        format!("{name}: {} {}", problem.detail, texts.join("; "))
    })
}

impl Violation {
    fn text(&self) -> String {
        format!("{}: {}", self.location.join("."), self.message)
    }
}

/// What was sent.
fn shown(exchanged: &Exchanged) -> String {
    let body = exchanged.sent_body.as_deref().unwrap_or_default();
    let body = shortened(&String::from_utf8_lossy(body));
    format!("{} {} {body}", exchanged.method, exchanged.url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_of_requests_count() {
        let one = |place: &str, severity: &str| {
            format!(
                r#"[{{"location":["{place}","query","a"],"severity":"{severity}","code":"x","message":"no"}}]"#
            )
        };
        assert_eq!(
            violations(&one("request", "Error"), None).as_deref(),
            Some("request.query.a: no")
        );
        assert_eq!(violations(&one("request", "Warning"), None), None);
        assert_eq!(violations(&one("response", "Error"), None), None);
        assert!(violations("Too many violations! [{\"location\":[\"request\",", None).is_some());
        assert_eq!(violations("", None), None);
    }

    #[test]
    fn errors_of_prism_are_about_the_request_or_about_itself() {
        let problem = |name: &str| Problem {
            r#type: format!("{OWN}{name}"),
            title: String::new(),
            detail: "detail".to_owned(),
            validation: Vec::new(),
        };
        assert!(violations("", Some(&problem("UNAUTHORIZED"))).is_some());
        assert!(violations("", Some(&problem("SCHEMA_TOO_COMPLEX"))).is_none());
    }
}
