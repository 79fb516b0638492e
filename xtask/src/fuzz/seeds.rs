//! The texts that are damaged: small ones, and parts of real documents.

use super::Reader;
use crate::random::Random;
use std::path::{Path, PathBuf};

const JSON: &[&str] = &[
    "null",
    "[1, -0.5e+7, \"\\u00e9\\ud83d\\ude00\"]",
    r#"{"a": {"b": [true, false, null, {}]}, "a": ""}"#,
];

const YAML: &[&str] = &[
    "a: &x [1, 2]\nb: *x\nc: !!str 1\n",
    "- |\n  a\n   b\n- >-\n  c\n\n  d\n- 'it''s'\n- \"\\x41\\n\"\n",
    "base: &b {a: 1}\nd:\n  <<: *b\n  e: .inf\n? k\n: v\n",
    "--- # c\n{a: [b, c], \"d\": ~}\n...\n",
];

const CRATES: &[&str] = &[
    r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="b"><Property Name="c" Type="Edm.String"/></ComplexType></Schema></edmx:DataServices></edmx:Edmx>"#,
    "openapi: 3.1.0\ninfo: {title: a, version: '1'}\ncomponents: {schemas: {A: {properties: {b: {$ref: '#/components/schemas/A'}}}}}\n",
];

/// The most bytes of a part.
const LONGEST: usize = 2_000;

/// The parts that are taken from one document.
const PARTS: usize = 4;

/// The most bytes of a document that is taken as a whole: a longer one takes too long to be of use.
const LONGEST_DOCUMENT: usize = 16_000;

pub(super) fn seeds(reader: Reader, folders: &[PathBuf], random: &mut Random) -> Vec<String> {
    let (small, endings): (_, &[&str]) = match reader {
        Reader::Json => (JSON, &["json"]),
        // Every document of JSON is one of YAML, but there are enough others.
        Reader::Yaml => (YAML, &["yaml", "yml"]),
        Reader::Generator => (CRATES, &["csdl", "json", "xml", "yaml", "yml"]),
    };
    let mut seeds: Vec<String> = small.iter().map(|text| (*text).to_owned()).collect();
    let mut files = Vec::new();
    folders.iter().for_each(|folder| documents(folder, endings, &mut files));
    files.sort();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        match reader {
            Reader::Json => seeds.extend((0..PARTS).filter_map(|_| value(&text, random))),
            Reader::Yaml => seeds.extend((0..PARTS).map(|_| block(&text, random))),
            Reader::Generator if text.len() > LONGEST_DOCUMENT => {}
            Reader::Generator => seeds.push(text),
        }
    }
    seeds
}

fn documents(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            documents(&path, endings, found);
        } else if path.extension().is_some_and(|one| endings.iter().any(|ending| one == *ending)) {
            found.push(path);
        }
    }
}

/// A value of a document of JSON that is not too long.
fn value(text: &str, random: &mut Random) -> Option<String> {
    use serde_json::Value;
    let mut value: Value = serde_json::from_str(text).ok()?;
    loop {
        let text = value.to_string();
        if text.len() <= LONGEST {
            return Some(text);
        }
        let mut inner: Vec<Value> = match value {
            Value::Array(items) => items,
            Value::Object(members) => members.into_iter().map(|(_, value)| value).collect(),
            _ => return None,
        };
        let at = random.below(inner.len());
        value = inner.swap_remove(at);
    }
}

/// Some lines of a document of YAML, as far as they are not indented less than the first one.
fn block(text: &str, random: &mut Random) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let start = random.below(lines.len());
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let Some(first) = lines.get(start).map(|line| indent(line)) else { return String::new() };
    let mut block = String::new();
    for line in &lines[start..] {
        let is_blank = line.trim().is_empty();
        if block.len() > LONGEST || !is_blank && indent(line) < first {
            break;
        }
        block.push_str(line.get(first..).unwrap_or_default());
        block.push('\n');
    }
    block
}
