//! Documents as trees with places.

#![allow(clippy::unwrap_used)] // A test may panic.

mod json;
mod random;
mod real;
mod speed;
mod tree;
mod yaml;

use schemacrate::diagnostic::{Diagnostic, Diagnostics};
use schemacrate::internals::node::{Document, Node};
use schemacrate::source::{SourceId, SourceMap, Span};

/// A text as the only source.
fn source(text: &str) -> (SourceMap, SourceId) {
    let mut sources = SourceMap::new();
    let source = sources.add("document", text.as_bytes()).unwrap();
    (sources, source)
}

/// The text at a place.
fn at(sources: &SourceMap, span: Span) -> &str {
    &sources.get(span.source).text[sources.range(span)]
}

/// The codes of what was found while reading.
fn codes(mut document: Document) -> Vec<&'static str> {
    let mut diagnostics = Diagnostics::default();
    document.report(&mut diagnostics);
    diagnostics.iter().map(|one| one.code).collect()
}

/// A finding with line and column, as `code 1:2 message`.
fn shown(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let (line, column) = sources.line_column(diagnostic.place.as_ref().unwrap().0);
    format!("{} {line}:{column} {}", diagnostic.code, diagnostic.message)
}

/// A node and all in it, an alias as often as it is there.
fn all<'t>(node: Node<'t>, found: &mut Vec<Node<'t>>) {
    found.push(node);
    node.items().for_each(|item| all(item, found));
    node.members().for_each(|member| all(member.value, found));
}
