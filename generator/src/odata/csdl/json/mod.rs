//! Reads CSDL JSON.
//!
//! Enters: the text of one document. Leaves: the same [`Document`] as from CSDL XML: each construct
//! becomes the element and the attributes that XML has for it, so the resolver serves both.

mod expression;
mod schema;

use super::{Attribute, Document, Element, structure};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap, Span};
use crate::node::{self, Node};

/// Whether a text is JSON rather than XML.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Reads one document. Findings go to `diagnostics`; what could be read is returned.
pub(super) fn parse(
    sources: &SourceMap,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Document {
    let empty =
        Document { is_401: true, is_json: true, schemas: Vec::new(), references: Vec::new() };
    let node::Document { tree, syntax, findings, repeated } =
        match node::json::read(sources, source) {
            Ok(read) => read,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return empty;
            }
        };
    findings.into_iter().for_each(|finding| diagnostics.push(finding));
    // The resolver compares what has a name of its own, also if one is declared twice.
    let of_system = repeated.into_iter().filter(|one| one.name(&tree).starts_with('$'));
    of_system.for_each(|one| diagnostics.push(one.diagnostic(&tree, syntax)));
    let root = tree.root();
    if let Err(diagnostic) = version(root) {
        let is_fatal = !diagnostic.is_violation;
        diagnostics.push(diagnostic);
        if is_fatal {
            return empty;
        }
    }
    let document = Converter { diagnostics }.document(root);
    for schema in &document.schemas {
        structure::check(schema, diagnostics);
    }
    document
}

fn version(root: Node<'_>) -> Result<(), Diagnostic> {
    match root.get("$Version") {
        Some(value) if matches!(value.text(), Some("4.0" | "4.01")) => Ok(()),
        Some(value) if matches!(value.scalar(), Some("4.0" | "4.01")) => {
            Err(Diagnostic::violation("version", "the version is a number, not a text")
                .at(value.span(), "read as a text")
                .help("write \"4.0\" or \"4.01\""))
        }
        Some(value) => Err(Diagnostic::error("version", "the version is not supported")
            .at(value.span(), "expected \"4.0\" or \"4.01\"")),
        None => Err(Diagnostic::error("version", "the member `$Version` is missing")
            .at(start(root.span()), "this is not CSDL JSON")
            .help("save the service's $metadata?$format=json, not another document")),
    }
}

/// The first byte of a span, because a whole document would be too long to show.
fn start(span: Span) -> Span {
    Span { end: span.start.saturating_add(1), ..span }
}

struct Converter<'a> {
    diagnostics: &'a mut Diagnostics,
}

impl Converter<'_> {
    fn document(&mut self, root: Node<'_>) -> Document {
        let is_401 = root.get("$Version").and_then(Node::scalar) == Some("4.01");
        let mut document =
            Document { is_401, is_json: true, schemas: Vec::new(), references: Vec::new() };
        for member in root.written() {
            match member.name {
                "$Version" | "$EntityContainer" => {}
                "$Reference" => document.references.extend(self.references(member.value)),
                name if name.starts_with('$') => self.unknown(name, member.value.span()),
                name if name.starts_with('@') => {}
                name => document.schemas.push(self.schema(name, member.value)),
            }
        }
        document
    }

    fn references(&mut self, references: Node<'_>) -> Vec<Element> {
        let mut found = Vec::new();
        for reference in references.written() {
            let mut element = element("Reference", reference.value.span());
            push(&mut element, "Uri", reference.name, reference.value.span());
            for (member, name, attributes) in [
                ("$Include", "Include", &["Namespace", "Alias"][..]),
                (
                    "$IncludeAnnotations",
                    "IncludeAnnotations",
                    &["TermNamespace", "Qualifier", "TargetNamespace"][..],
                ),
            ] {
                for item in reference.value.get(member).into_iter().flat_map(Node::items) {
                    let mut child = self::element(name, item.span());
                    for attribute in attributes {
                        copy(&mut child, item, attribute);
                    }
                    self.annotations(&mut child, item);
                    element.children.push(child);
                }
            }
            self.annotations(&mut element, reference.value);
            found.push(element);
        }
        found
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let message = format!("the member `{name}` is not part of CSDL JSON");
        self.diagnostics.push(
            Diagnostic::warning("unknown-element", message)
                .at(start(span), "ignored")
                .help("correct the name, or ask for support"),
        );
    }
}

fn element(name: &str, span: Span) -> Element {
    Element {
        name: name.to_owned(),
        packaging: matches!(name, "Reference" | "Include" | "IncludeAnnotations"),
        attributes: Vec::new(),
        children: Vec::new(),
        text: String::new(),
        span: start(span),
    }
}

fn push(element: &mut Element, name: &str, value: &str, span: Span) {
    element.attributes.push(Attribute { name: name.to_owned(), value: value.to_owned(), span });
}

/// Copies a scalar member `$Name` to an attribute `Name`.
fn copy(element: &mut Element, value: Node<'_>, name: &str) {
    let member = value.get(&format!("${name}"));
    if let Some((text, span)) = member.and_then(|value| Some((value.scalar()?, value.span()))) {
        push(element, name, text, span);
    }
}

/// Whether a member `$Name` is `true`.
fn is_true(value: Node<'_>, name: &str) -> bool {
    value.get(name).is_some_and(|value| value.bool() == Some(true))
}
