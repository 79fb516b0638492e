//! The program that reads and writes values by generated types.
//!
//! Enters: values, and the crate of their document. Leaves: Rust text, and what the program reads.
//! Must not know: whether a value is written as it was read.

use super::oracle::{Judging, Value};
use schemacrate::Build;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The values of a document, and their types.
pub(super) struct Cases<'o> {
    /// The package.
    pub(super) package: String,
    /// The name of the document.
    pub(super) document: &'o str,
    /// The values that have types.
    pub(super) typed: Vec<&'o Value>,
    /// The values whose schemas have none.
    pub(super) untyped: Vec<&'o Value>,
    /// The types, and which of them the values have.
    types: Vec<String>,
    of: Vec<usize>,
}

impl<'o> Cases<'o> {
    pub(super) fn new(judging: &'o Judging, build: &Build, package: String) -> Self {
        let known = types(build);
        let mut cases = Self {
            package,
            document: &judging.name,
            typed: Vec::new(),
            untyped: Vec::new(),
            types: Vec::new(),
            of: Vec::new(),
        };
        for value in &judging.values {
            match known.get(&value.pointer) {
                Some(found) => {
                    let at = cases.types.iter().position(|one| one == found);
                    cases.of.push(at.unwrap_or(cases.types.len()));
                    if at.is_none() {
                        cases.types.push(found.clone());
                    }
                    cases.typed.push(value);
                }
                None => cases.untyped.push(value),
            }
        }
        cases
    }

    /// The name of the program.
    pub(super) fn program(&self) -> String {
        format!("values-{}", self.package)
    }

    /// What the program reads: a line for each value, its type and its JSON.
    pub(super) fn input(&self) -> String {
        let mut input = String::new();
        for (value, of) in self.typed.iter().zip(&self.of) {
            let json = value.json.replace(['\n', '\r'], " ");
            let _ = writeln!(input, "{of}\t{json}");
        }
        input
    }
}

/// The program: each line is read as a value of its type, and answered by what is written for it.
pub(super) fn program(cases: &Cases<'_>) -> String {
    let mut arms = String::new();
    for (at, one) in cases.types.iter().enumerate() {
        let (of, function) = match one.strip_prefix("Option<").and_then(|one| one.strip_suffix('>'))
        {
            Some(inner) => (inner, "nullable"),
            None => (one.as_str(), "value"),
        };
        let _ = writeln!(arms, "        {at} => {function}::<{of}>(json),");
    }
    let package = cases.package.replace('-', "_");
    format!(
        "//! Reads values by their types and writes them again.\n#![allow(unused, clippy::all)]\n\nuse {package}::types;\n{PROGRAM}\n\
         fn judge(of: usize, json: &str) -> Result<String, String> {{\n    match of {{\n{arms}        _ => Err(\"no type\".to_owned()),\n    }}\n}}\n"
    )
}

const PROGRAM: &str = r#"use schemacrate_runtime as runtime;
use runtime::codegen;

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    for line in std::fs::read_to_string(path).expect("lines").lines() {
        let (of, json) = line.split_once('\t').expect("two columns");
        let of = of.parse().expect("a number");
        // What a type makes of its value must not end the program.
        let judged = std::panic::catch_unwind(|| judge(of, json));
        match judged {
            Ok(Ok(written)) => println!("ok\t{}", written.replace('\n', " ")),
            Ok(Err(why)) => println!("refused\t{}", why.replace('\n', " ")),
            Err(_) => println!("refused\tpanicked"),
        }
    }
}

fn value<T: codegen::Value>(json: &str) -> Result<String, String> {
    match codegen::received::<T>(json.as_bytes()) {
        Ok(received) => Ok(String::from_utf8_lossy(&received.to_json()).into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn nullable<T: codegen::Value>(json: &str) -> Result<String, String> {
    if json.trim() == "null" { Ok("null".to_owned()) } else { value::<T>(json) }
}
"#;

/// The Rust types of the first document by the pointers of their schemas, as a program names them that knows
/// `runtime` and `types`.
pub(super) fn types(build: &Build) -> BTreeMap<String, String> {
    let Some(schema) = build.generated.schema.openapi() else { return BTreeMap::new() };
    let types = schema.typed();
    let first = types.first().map(|one| one.document.clone()).unwrap_or_default();
    let of_first = types.into_iter().filter(|one| one.document == first);
    of_first.map(|one| (one.pointer, one.value.whole())).collect()
}
