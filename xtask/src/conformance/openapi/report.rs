//! What came out: tables for people, a file for tools, and whether it is as it has to be.

use super::super::schemas::known;
use super::equality::are_equal;
use super::generate::Made;
use super::oracle::{Judging, Value};
use super::values::Cases;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// The documents that make no crate, and the values that no type can hold, each with its reason.
const KNOWN: &str = include_str!("../../../conformance-openapi.txt");

/// The most values that are shown.
const SHOWN: usize = 40;

/// Prints what became of documents.
pub(super) fn documents(made: &[Made]) {
    println!("| document | types | generate | lines | result |");
    println!("|---|--:|--:|--:|---|");
    for one in made {
        let result = match &one.result {
            Ok(()) if one.is_incomplete => "passes, without what it lacks",
            Ok(()) => "passes",
            Err(why) => why,
        };
        let Made { name, types, time, lines, .. } = one;
        println!("| {name} | {types} | {} ms | {lines} | {result} |", time.as_millis());
    }
    let passed = made.iter().filter(|one| one.result.is_ok()).count();
    println!("\n{passed} of {} documents make crates that pass", made.len());
}

/// Whether only documents failed that are known to be wrong.
pub(super) fn is_as_expected(made: &[Made]) -> bool {
    let known = known(KNOWN);
    let mut is_fine = true;
    for one in made {
        let is_expected_to_pass = !known.contains(one.name.as_str());
        if one.result.is_ok() != is_expected_to_pass {
            is_fine = false;
            let expected = if is_expected_to_pass { "pass" } else { "be refused" };
            eprintln!("error: {} was expected to {expected}", one.name);
        }
    }
    is_fine
}

/// What became of values.
#[derive(Default)]
pub(super) struct Judged {
    results: Vec<One>,
}

/// What became of a value.
#[derive(Serialize)]
struct One {
    document: String,
    pointer: String,
    name: String,
    /// `equal`, `changed`, `refused`, `untyped` or `failed`.
    result: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    why: String,
    json: String,
}

impl Judged {
    /// No value of a document could be judged.
    pub(super) fn document_failed(&mut self, judging: &Judging, why: &str) {
        judging.values.iter().for_each(|one| self.add(&judging.name, one, "failed", why));
    }

    /// No value could be judged.
    pub(super) fn all_failed(&mut self, cases: &Cases<'_>, why: &str) {
        cases.typed.iter().for_each(|one| self.add(cases.document, one, "failed", why));
        self.no_types(cases);
    }

    /// Reads what a program wrote about its values.
    pub(super) fn read(&mut self, cases: &Cases<'_>, output: &str) {
        let mut lines = output.lines();
        for value in &cases.typed {
            let (result, text) =
                lines.next().and_then(|line| line.split_once('\t')).unwrap_or_default();
            match result {
                "ok" if are_equal(&value.json, text) => {
                    self.add(cases.document, value, "equal", "")
                }
                "ok" => self.add(cases.document, value, "changed", text),
                "refused" => self.add(cases.document, value, "refused", text),
                _ => self.add(cases.document, value, "failed", "the program ended"),
            }
        }
        self.no_types(cases);
    }

    fn no_types(&mut self, cases: &Cases<'_>) {
        let why = "the schema has no type";
        cases.untyped.iter().for_each(|one| self.add(cases.document, one, "untyped", why));
    }

    fn add(&mut self, document: &str, value: &Value, result: &'static str, why: &str) {
        self.results.push(One {
            document: document.to_owned(),
            pointer: value.pointer.clone(),
            name: value.name.clone(),
            result,
            why: why.to_owned(),
            json: value.json.clone(),
        });
    }

    /// Writes all of it.
    pub(super) fn write(&self, path: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(&self.results).unwrap_or_default();
        fs::write(path, json).map_err(|error| format!("error: {}: {error}", path.display()))
    }

    /// Prints how many there are, and those that are not equal.
    pub(super) fn print(&self) {
        let others: Vec<&One> = self.results.iter().filter(|one| one.result != "equal").collect();
        for one in others.iter().take(SHOWN) {
            let json: String = one.json.chars().take(300).collect();
            let why: String = one.why.chars().take(300).collect();
            println!(
                "{}: {} {} {}\n    {json}\n    {why}",
                one.result, one.document, one.pointer, one.name
            );
        }
        if others.len() > SHOWN {
            println!("… and {} more", others.len() - SHOWN);
        }
        let count = |result| self.results.iter().filter(|one| one.result == result).count();
        let all = self.results.len();
        println!(
            "{} of {all} values are written as they were read; {} changed, {} refused, {} without a type, {} not judged",
            count("equal"),
            count("changed"),
            count("refused"),
            count("untyped"),
            count("failed")
        );
    }

    /// Whether all values are equal but for those that are known not to be.
    pub(super) fn is_as_expected(&self) -> bool {
        let known = known(KNOWN);
        let others = self.results.iter().filter(|one| one.result != "equal");
        let is_known =
            |one: &One| known.contains(format!("{}#{}", one.document, one.pointer).as_str());
        others.into_iter().all(is_known)
    }
}
