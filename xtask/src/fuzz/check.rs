//! What must hold of a reader for every input.

use super::{Reader, generate};
use schemacrate::diagnostic::{Diagnostic, Diagnostics};
use schemacrate::internals::node::{self, Document, Node, json, yaml};
use schemacrate::source::{SourceId, SourceMap};
use serde_json::Value;

/// The most values of a document that is written again: aliases can have any number of them.
const EXPANDED: u64 = 50_000;

type Read = Result<Document, Diagnostic>;

/// Reads an input. `Ok(true)` if it is a document.
pub(super) fn check(reader: Reader, input: &[u8]) -> Result<bool, String> {
    let read = match reader {
        Reader::Json => json::read,
        Reader::Yaml => yaml::read,
        Reader::Generator => return generate::check(input),
    };
    let mut sources = SourceMap::new();
    let Ok(source) = sources.add("document", input) else { return Ok(false) };
    // The bytes may count as those of another encoding.
    let text = sources.get(source).text.clone();
    let read = read(&sources, source);
    if reader == Reader::Json {
        agrees(&read, &text)?;
    }
    match read {
        Ok(mut document) => {
            let mut diagnostics = Diagnostics::default();
            document.report(&mut diagnostics);
            diagnostics.render(&sources, false);
            is_within(&document, &text)?;
            is_stable(&document)?;
            Ok(true)
        }
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(error);
            diagnostics.render(&sources, false);
            Ok(false)
        }
    }
}

/// What `serde_json` accepts is accepted with the same value, and the reverse but for what is known.
fn agrees(read: &Read, text: &str) -> Result<(), String> {
    match (read, serde_json::from_str::<Value>(text)) {
        (Ok(document), Ok(expected)) => {
            let found = serde_json::from_str::<Value>(&document.tree.root().json());
            match found {
                Ok(found) if found == expected => Ok(()),
                _ => Err("serde_json reads another value".to_owned()),
            }
        }
        (Err(error), Ok(_)) => Err(format!("serde_json reads it: {}", error.message)),
        (Ok(document), Err(error)) => {
            let why = error.to_string();
            // Numbers are kept as they are written, half a surrogate pair is a violation, and the nesting
            // that is read is deeper.
            let is_known = why.starts_with("number out of range")
                || why.starts_with("recursion limit exceeded")
                || document.findings.iter().any(|one| one.code == "surrogate");
            if is_known { Ok(()) } else { Err(format!("serde_json does not read it: {why}")) }
        }
        (Err(_), Err(_)) => Ok(()),
    }
}

/// Each value is at a place in the text.
fn is_within(document: &Document, text: &str) -> Result<(), String> {
    fn walk(node: Node<'_>, text: &str, left: &mut u64) -> bool {
        let span = node.span();
        *left = left.saturating_sub(1);
        *left == 0
            || text.get(span.start as usize..span.end as usize).is_some()
                && node.items().all(|item| walk(item, text, left))
                && node.members().all(|member| walk(member.value, text, left))
    }
    match walk(document.tree.root(), text, &mut EXPANDED.clone()) {
        true => Ok(()),
        false => Err("the place of a value is not in the text".to_owned()),
    }
}

/// What is written as JSON is read again as the same value.
fn is_stable(document: &Document) -> Result<(), String> {
    if document.tree.expanded_size() > EXPANDED {
        return Ok(());
    }
    let root = document.tree.root();
    let written = root.json();
    let mut sources = SourceMap::new();
    let Ok(source) = sources.add("written", written.as_bytes()) else {
        return Err("what is written is not UTF-8".to_owned());
    };
    // What does not begin like JSON is read as YAML, which has fewer characters.
    let is_container = written.starts_with(['{', '[']);
    let readers: [fn(&SourceMap, SourceId) -> Read; 2] = [json::read, node::read];
    for read in readers.into_iter().take(1 + usize::from(is_container)) {
        let again = read(&sources, source)
            .map_err(|error| format!("what is written is not read again: {}", error.message))?;
        if !again.tree.root().equals(root) || again.tree.root().json() != written {
            return Err("what is written is read as another value".to_owned());
        }
    }
    Ok(())
}
