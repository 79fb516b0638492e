//! The annotations of the Capabilities vocabulary on both sides: does the service allow more or
//! less?

use super::text;
use crate::odata::edm::Expression;
use crate::review::change::Change;
use crate::review::rule::rule;
use std::collections::BTreeSet;

/// Compares the values of one term. Returns nothing if the change is neither in a limit nor in a
/// permission.
pub(super) fn compare(
    target: &str,
    term: &str,
    old: Option<&Expression>,
    new: Option<&Expression>,
) -> Option<Change> {
    let (was, is) = (Restricted::of(term, old), Restricted::of(term, new));
    let more: Vec<&String> = is.limits.difference(&was.limits).collect();
    let less: Vec<&String> = was.limits.difference(&is.limits).collect();
    let rule = match (more.is_empty(), less.is_empty()) {
        (false, _) => rule!("capability-tightened"),
        (true, false) => rule!("capability-relaxed"),
        (true, true) if was.permissions == is.permissions => return None,
        (true, true) => {
            let change = Change::new(rule!("permissions-changed"), target);
            return Some(change.values(joined(&was.permissions), joined(&is.permissions)));
        }
    };
    let change = Change::new(rule, target).values(listed(&less), listed(&more));
    Some(change.detail(format!("The term is `{term}`.")))
}

fn joined(texts: &BTreeSet<String>) -> String {
    texts.iter().map(String::as_str).collect::<Vec<_>>().join("; ")
}

fn listed(limits: &[&String]) -> String {
    if limits.is_empty() {
        return "no such limit".to_owned();
    }
    limits.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ")
}

/// The value of a term, as limits that apply to a client and permissions that it needs.
#[derive(Default)]
struct Restricted {
    limits: BTreeSet<String>,
    permissions: BTreeSet<String>,
}

impl Restricted {
    fn of(term: &str, value: Option<&Expression>) -> Self {
        let mut restricted = Self::default();
        if let Some(value) = value {
            restricted.read(term, value);
        }
        restricted
    }

    fn read(&mut self, path: &str, value: &Expression) {
        let name = path.rsplit(['.', '/']).next().unwrap_or(path);
        match value {
            // A property whose name means required or not supported is a limit if it is true.
            Expression::Bool(value) if *value == demands(name) => {
                self.limits.insert(format!("{path}={value}"));
            }
            Expression::Int(value) if name.starts_with("Max") && *value >= 0 => {
                self.limits.insert(format!("{path}={value}"));
            }
            Expression::Collection(_) if name == "Permissions" => {
                self.permissions.insert(format!("{path}: {}", text::expression(value)));
            }
            Expression::Collection(items) if demands(name) => {
                self.limits
                    .extend(items.iter().map(|one| format!("{path} {}", text::expression(one))));
            }
            Expression::Collection(items) => {
                for item in items {
                    let subject = item
                        .as_record()
                        .and_then(|record| {
                            record.get("NavigationProperty").or_else(|| record.get("Property"))
                        })
                        .map_or_else(String::new, |subject| {
                            format!("({})", text::expression(subject))
                        });
                    self.read(&format!("{path}{subject}"), item);
                }
            }
            Expression::Record(record) => {
                for property in &record.properties {
                    self.read(&format!("{path}.{}", property.property), &property.value);
                }
            }
            _ => {}
        }
    }
}

/// Whether a property of the vocabulary is a restriction when it is true, or by the items that it
/// lists.
fn demands(name: &str) -> bool {
    ["Requires", "Required", "Non", "AscendingOnly", "DescendingOnly"]
        .iter()
        .any(|beginning| name.starts_with(beginning))
}
