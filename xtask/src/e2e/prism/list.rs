//! Which documents are called, and what is known to go wrong.
//!
//! Enters: the list in the repository, or a folder. Leaves: the names of documents, and the known exceptions.
//! Must not know: what is in the documents.

use super::super::workspace::failed;
use crate::workplace::entries;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// The documents, and the exceptions, each with a reason.
const LIST: &str = include_str!("../../../e2e-prism.txt");

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A document that is called.
    Document(&'static str),
    /// What is known to go wrong.
    Except(Exception),
}

/// What is known to go wrong with an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exception {
    /// The document.
    pub(super) document: &'static str,
    /// The verb and the path; `*` are all operations of the document.
    pub(super) operation: String,
    pub(super) reason: &'static str,
}

#[derive(Deserialize)]
struct Indexed {
    file: String,
}

/// The names of the documents in a folder: of all that its index names, or the listed ones.
pub(super) fn documents(folder: &Path, is_all: bool) -> Result<Vec<String>, String> {
    if !is_all {
        let named = lines().filter_map(|line| match line {
            Line::Document(name) => Some(name.to_owned()),
            Line::Except(_) => None,
        });
        return Ok(named.collect());
    }
    let index = folder.join("index.jsonl");
    let text = fs::read_to_string(&index).map_err(|error| failed(&index, &error))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let name = |line| {
        let Indexed { file } =
            serde_json::from_str(line).map_err(|error| failed(&index, &error))?;
        Ok(file)
    };
    lines.map(name).collect()
}

/// The known exceptions.
pub(super) fn exceptions() -> Vec<Exception> {
    let exceptions = lines().filter_map(|line| match line {
        Line::Document(_) => None,
        Line::Except(exception) => Some(exception),
    });
    exceptions.collect()
}

fn lines() -> impl Iterator<Item = Line> {
    entries(LIST).filter_map(read)
}

fn read(line: &'static str) -> Option<Line> {
    let (kind, rest) = line.split_once(' ')?;
    let (document, rest) = rest.trim_start().split_once(' ')?;
    if kind == "document" {
        return Some(Line::Document(document));
    }
    let (verb, rest) = rest.trim_start().split_once(' ')?;
    if verb == "*" {
        let reason = rest.trim_start();
        return Some(Line::Except(Exception { document, operation: "*".to_owned(), reason }));
    }
    let (path, reason) = rest.trim_start().split_once(' ')?;
    let (operation, reason) = (format!("{verb} {path}"), reason.trim_start());
    Some(Line::Except(Exception { document, operation, reason }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_document_or_an_exception_with_a_reason() {
        for line in LIST.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            assert!(line.starts_with("document ") || line.starts_with("except "), "{line}");
            match read(line) {
                Some(Line::Document(_)) => assert!(line.split_whitespace().count() > 4, "{line}"),
                Some(Line::Except(one)) => {
                    assert!(one.reason.split_whitespace().count() > 3, "{line}");
                }
                None => panic!("{line}"),
            }
        }
    }
}
