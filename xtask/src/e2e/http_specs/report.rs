//! What came of the exchanges, and whether that is as expected.
//!
//! Enters: rows and the coverage that the service reports. Leaves: a table, and the differences from the list of
//! known exceptions. Must not know: how exchanges are made.

use super::exchanges::Exchange;
use crate::workplace::entries;
use std::collections::{BTreeMap, BTreeSet};

/// The exceptions: version, or `all`; scenario; reason.
const KNOWN: &str = include_str!("../../../e2e-http-specs.txt");

/// An exchange and what came of it.
pub(super) struct Row<'e> {
    pub(super) exchange: &'e Exchange,
    /// What is wrong with it.
    pub(super) fault: Option<String>,
    /// Whether a part of the request is JSON in place of values of types.
    pub(super) reads_json: bool,
    /// Whether the answer was read.
    pub(super) is_read: bool,
    /// Whether the answer was compared with what was received.
    pub(super) is_compared: bool,
}

impl<'e> Row<'e> {
    pub(super) fn new(exchange: &'e Exchange) -> Self {
        Self { exchange, fault: None, reads_json: false, is_read: false, is_compared: false }
    }
}

/// Notes which scenarios the service does not accept.
pub(super) fn covered(rows: &mut [Row<'_>], coverage: &BTreeMap<String, String>) {
    for row in rows {
        let status = coverage.get(&row.exchange.scenario).map_or("unknown", String::as_str);
        if status != "pass" {
            let rest = row.fault.take().map(|fault| format!("; {fault}")).unwrap_or_default();
            row.fault = Some(format!("service: {status}{rest}"));
        }
    }
}

/// Prints the figures of a version and what is not as expected. Returns whether all is.
pub(super) fn print(version: &str, rows: &[Row<'_>], is_whole: bool) -> bool {
    let mut scenarios: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        scenarios.entry(&row.exchange.scenario).or_default().push(row);
    }
    let is_accepted =
        |row: &&Row<'_>| !row.fault.as_ref().is_some_and(|fault| fault.starts_with("service: "));
    let accepted = scenarios.values().filter(|rows| rows.iter().all(is_accepted)).count();
    let count = |is: &dyn Fn(&Row<'_>) -> bool| rows.iter().filter(|row| is(row)).count();
    println!(
        "OpenAPI {version}: the service accepts {accepted} of {} scenarios that have a document ({:.1} %)",
        scenarios.len(),
        percent(accepted, scenarios.len()),
    );
    println!(
        "  {} exchanges: {} answers read, of which {} equal what was received; {} requests with JSON in place of types",
        rows.len(),
        count(&|row| row.is_read),
        count(&|row| row.is_read && row.is_compared),
        count(&|row| row.reads_json),
    );
    let known = known(version);
    let mut is_fine = true;
    let mut failing = BTreeSet::new();
    for (scenario, rows) in &scenarios {
        let faults: Vec<&str> = rows.iter().filter_map(|row| row.fault.as_deref()).collect();
        if faults.is_empty() {
            continue;
        }
        failing.insert(*scenario);
        match known.get(scenario) {
            Some(reason) => println!("  exception {scenario}: {reason}"),
            None => {
                is_fine = false;
                println!("  FAILED    {scenario}: {}", faults.join(" | "));
            }
        }
    }
    for scenario in known.keys().filter(|scenario| is_whole && !failing.contains(*scenario)) {
        is_fine = false;
        println!("  PASSED    {scenario}, which is a known exception");
    }
    is_fine
}

fn percent(part: usize, whole: usize) -> f64 {
    let part = u32::try_from(part).unwrap_or(u32::MAX);
    let whole = u32::try_from(whole.max(1)).unwrap_or(u32::MAX);
    100.0 * f64::from(part) / f64::from(whole)
}

/// The exceptions of a version, and why.
fn known(version: &str) -> BTreeMap<&'static str, &'static str> {
    let entry = |line: &'static str| {
        let (versions, rest) = line.split_once(' ')?;
        let (scenario, reason) = rest.trim_start().split_once(' ')?;
        let is_meant = versions == "all" || versions.split(',').any(|one| one == version);
        is_meant.then_some((scenario, reason.trim_start()))
    };
    entries(KNOWN).filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_exception_has_a_version_a_scenario_and_a_reason() {
        for line in entries(KNOWN) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert!(words.len() > 4, "{line}");
            let is_version = |one: &str| one == "all" || super::super::VERSIONS.contains(&one);
            assert!(words[0].split(',').all(is_version), "{line}");
        }
    }
}
