//! The rules themselves, as a list.

use super::Format;
use super::words;
use crate::diff::rule::Rule;
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
            text.push_str("| rule | reading | writing | crate | severity | meaning |\n");
            text.push_str("|---|---|---|---|---|---|\n");
            for rule in rules {
                let _ = writeln!(
                    text,
                    "| `{}` | {} | {} | {} | {} | {} |",
                    rule.id,
                    words::effect(rule.read),
                    words::effect(rule.write),
                    words::bump(rule.rust),
                    words::severity(rule.severity),
                    rule.consequence
                );
            }
        }
        Format::Text | Format::Github => {
            for rule in rules {
                let _ = writeln!(
                    text,
                    "{:36} read {:5} write {:5} crate {:5} {:7} {}",
                    rule.id,
                    words::effect(rule.read),
                    words::effect(rule.write),
                    words::bump(rule.rust),
                    words::severity(rule.severity),
                    rule.consequence
                );
            }
        }
    }
    text
}
