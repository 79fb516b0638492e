//! The rules themselves, as a list.

use super::Format;
use super::words;
use crate::review::rule::Rule;
use std::fmt::Write as _;

/// All rules: as JSON, as a Markdown table, or as text.
pub fn list_rules(format: Format) -> String {
    let rules = Rule::all();
    let mut text = String::new();
    match format {
        Format::Json | Format::Sarif => {
            text = serde_json::to_string_pretty(rules).unwrap_or_default();
            text.push('\n');
        }
        Format::Markdown | Format::FullMarkdown => {
            text.push_str(
                "| rule | subject | event | reading | writing | crate | severity | meaning |\n",
            );
            text.push_str("|---|---|---|---|---|---|---|---|\n");
            for rule in rules {
                let [read, write, bump, severity] = verdicts(rule);
                let (subject, event) = (word(rule.subject), word(rule.event));
                let (id, meaning) = (rule.id, rule.consequence);
                let _ = writeln!(
                    text,
                    "| `{id}` | {subject} | {event} | {read} | {write} | {bump} | {severity} | {meaning} |"
                );
            }
        }
        Format::Text | Format::Github => {
            for rule in rules {
                let [read, write, bump, severity] = verdicts(rule);
                let (subject, event) = (word(rule.subject), word(rule.event));
                let (id, meaning) = (rule.id, rule.consequence);
                let _ = writeln!(
                    text,
                    "{id:36} {subject:14} {event:16} read {read:5} write {write:5} crate {bump:5} {severity:7} {meaning}"
                );
            }
        }
    }
    text
}

/// The word for a subject or an event, as the JSON has it.
fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The words for reading, writing, the crate and the severity.
fn verdicts(rule: &Rule) -> [&'static str; 4] {
    [
        words::effect(rule.read),
        words::effect(rule.write),
        words::bump(rule.rust),
        words::severity(rule.severity),
    ]
}
