//! The values that types have to hold, each with its document and the schema that it is a value of.
//!
//! Enters: files with one JSON object a line. Leaves: values by document. Must not know: types.

use super::documents::read;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// All values, by document.
#[derive(Default)]
pub(super) struct Oracle {
    pub(super) documents: Vec<Judging>,
}

/// A document, and values of its schemas.
pub(super) struct Judging {
    /// Its name in tables.
    pub(super) name: String,
    /// Where it comes from.
    pub(super) origin: Origin,
    /// The values.
    pub(super) values: Vec<Value>,
}

/// Where a document comes from.
pub(super) enum Origin {
    /// A file.
    File(PathBuf),
    /// A text.
    Text(String),
}

/// A valid value of a schema.
pub(super) struct Value {
    /// What to call it.
    pub(super) name: String,
    /// The JSON pointer of the schema.
    pub(super) pointer: String,
    /// Whether it is a value of a request: what is only answered may be missing.
    pub(super) json: String,
}

#[derive(Deserialize)]
struct Example<'a> {
    document: String,
    pointer: String,
    #[serde(default)]
    example_pointer: String,
    #[serde(borrow)]
    example: &'a RawValue,
    valid: bool,
}

#[derive(Deserialize)]
struct Case<'a> {
    id: String,
    pointer: String,
    #[serde(borrow)]
    openapi: &'a RawValue,
    #[serde(borrow)]
    cases: Vec<Instance<'a>>,
}

#[derive(Deserialize)]
struct Instance<'a> {
    #[serde(borrow)]
    instance: &'a RawValue,
    valid: bool,
    #[serde(default)]
    note: String,
}

impl Oracle {
    /// Adds the valid ones of some examples.
    pub(super) fn add_examples(&mut self, file: &Path, folder: &Path) -> Result<(), String> {
        let text = read(file)?;
        let mut by_document: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (at, line) in lines(&text) {
            let one: Example<'_> = parsed(line, file, at)?;
            if one.valid {
                let Example { document, pointer, example_pointer: name, example, .. } = one;
                let value = Value { name, pointer, json: example.get().to_owned() };
                by_document.entry(document).or_default().push(value);
            }
        }
        self.documents.extend(by_document.into_iter().map(|(name, values)| {
            let origin = Origin::File(folder.join(&name));
            Judging { name, origin, values }
        }));
        Ok(())
    }

    /// Adds the valid instances of a suite.
    pub(super) fn add_suite(&mut self, file: &Path) -> Result<(), String> {
        let text = read(file)?;
        for (at, line) in lines(&text) {
            let case: Case<'_> = parsed(line, file, at)?;
            let instances = case.cases.iter().filter(|one| one.valid);
            let values = instances.map(|one| Value {
                name: one.note.clone(),
                pointer: case.pointer.clone(),
                json: one.instance.get().to_owned(),
            });
            let values = values.collect();
            let origin = Origin::Text(case.openapi.get().to_owned());
            self.documents.push(Judging { name: case.id, origin, values });
        }
        Ok(())
    }

    /// Keeps the documents with certain names.
    pub(super) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.documents.retain(|one| is_kept(&one.name) && !one.values.is_empty());
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
}

fn parsed<'a, T: Deserialize<'a>>(line: &'a str, file: &Path, at: usize) -> Result<T, String> {
    serde_json::from_str(line)
        .map_err(|error| format!("error: {}:{}: {error}", file.display(), at + 1))
}
