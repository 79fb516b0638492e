//! Reads CSDL XML.

use super::{Attribute, Document, EDM, EDMX, Element, json};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, SourceMap, Span};
use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// Deeper nesting than this is no schema.
const DEEPEST: usize = 128;

/// Reads one document, XML or JSON. What is wrong goes to `diagnostics`; what could be read is returned.
pub fn parse(sources: &SourceMap, source: SourceId, diagnostics: &mut Diagnostics) -> Document {
    let text = sources.get(source).text.as_str();
    if json::is_json(text) {
        return json::parse(sources, source, diagnostics);
    }
    let mut reader = Reader::new(text, source);
    let root = match reader.root(diagnostics) {
        Ok(root) => root,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    };
    let empty = Document { schemas: Vec::new(), references: Vec::new() };
    let Some(root) = root else { return empty };
    document(root, diagnostics).unwrap_or_else(|diagnostic| {
        diagnostics.push(diagnostic);
        empty
    })
}

fn document(root: Element, diagnostics: &mut Diagnostics) -> Result<Document, Diagnostic> {
    if root.name != "Edmx" {
        let message = format!("the root element is `{}`, not `edmx:Edmx`", root.name);
        return Err(Diagnostic::error("root", message)
            .at(root.span, "this is no CSDL document")
            .help("save the service's $metadata, not a page that shows it"));
    }
    match root.value("Version") {
        Some("4.0" | "4.01") => {}
        Some(version @ ("1.0" | "2.0" | "3.0")) => {
            return Err(Diagnostic::error(
                "version",
                format!("OData version {version} is not supported"),
            )
            .at(root.place("Version"), "expected 4.0 or 4.01")
            .help("ask the service for its V4 metadata"));
        }
        Some(other) => diagnostics.push(
            Diagnostic::warning("version", format!("the version `{other}` is not known"))
                .at(root.place("Version"), "read as 4.01"),
        ),
        None => {
            return Err(Diagnostic::error("version", "the attribute `Version` is missing")
                .at(root.span, "expected Version=\"4.0\" or \"4.01\""));
        }
    }
    let mut document = Document { schemas: Vec::new(), references: Vec::new() };
    let mut services = 0;
    let span = root.span;
    for child in root.children {
        match child.name.as_str() {
            "Reference" => document.references.push(child),
            "DataServices" => {
                services += 1;
                document
                    .schemas
                    .extend(child.children.into_iter().filter(|one| one.name == "Schema"));
            }
            _ => {}
        }
    }
    if services != 1 {
        let message = format!("expected one `edmx:DataServices`, found {services}");
        return Err(Diagnostic::error("structure", message).at(span, ""));
    }
    Ok(document)
}

struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    inner: NsReader<&'a [u8]>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, source: SourceId) -> Self {
        let mut inner = NsReader::from_str(text);
        inner.config_mut().expand_empty_elements = true;
        Self { text, source, inner }
    }

    fn span(&self, start: u64, end: u64) -> Span {
        let offset = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: offset(start), end: offset(end.max(start)) }
    }

    fn malformed(&self, start: u64, message: impl std::fmt::Display) -> Diagnostic {
        let start = start.min(self.text.len() as u64);
        let line_end = self.text.as_bytes()[usize::try_from(start).unwrap_or(0)..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.text.len() as u64, |length| start + length as u64);
        Diagnostic::error("xml", format!("the document is no well-formed XML: {message}"))
            .at(self.span(start, line_end.min(start + 80)), "here")
    }

    /// Reads the whole document; foreign elements are passed over.
    fn root(&mut self, diagnostics: &mut Diagnostics) -> Result<Option<Element>, Diagnostic> {
        let mut stack: Vec<Option<Element>> = Vec::new();
        let mut root = None;
        let mut rooted = false;
        loop {
            let start = self.inner.buffer_position();
            let (namespace, event) = match self.inner.read_resolved_event() {
                Ok((ResolveResult::Bound(namespace), event)) if is_odata(namespace.0) => {
                    (Ok(None), event)
                }
                Ok((ResolveResult::Bound(namespace), event)) => {
                    (Ok(Some(namespace.0.to_owned())), event)
                }
                Ok((ResolveResult::Unbound, event)) => (Ok(Some(String::new())), event),
                Ok((ResolveResult::Unknown(prefix), event)) => (Err(prefix.to_string()), event),
                Err(error) => {
                    let at = self.inner.error_position();
                    return Err(still_open(self.malformed(at, error), &stack));
                }
            };
            match event {
                Event::Start(tag) => {
                    if stack.is_empty() && rooted {
                        return Err(self.malformed(start, "a second root element"));
                    }
                    rooted = true;
                    let namespace = namespace.map_err(|prefix| {
                        Diagnostic::error(
                            "namespace",
                            format!("the prefix `{prefix}` is not declared"),
                        )
                        .at(self.span(start, start + tag.len() as u64 + 1), "")
                    })?;
                    let known = namespace.is_none();
                    if let (Some(namespace), true) = (namespace, stack.is_empty()) {
                        return Err(self.unknown_root(start, &tag, &namespace));
                    }
                    if stack.len() >= DEEPEST {
                        return Err(self.malformed(start, "elements are nested too deep"));
                    }
                    let inside_foreign = stack.last().is_some_and(Option::is_none);
                    let element = (known && !inside_foreign)
                        .then(|| self.element(start, &tag, diagnostics))
                        .transpose()?;
                    stack.push(element);
                }
                Event::End(_) => {
                    let closed = stack.pop().flatten();
                    match (closed, stack.last_mut()) {
                        (Some(element), Some(Some(parent))) => parent.children.push(element),
                        (Some(element), None) => root = Some(element),
                        _ => {}
                    }
                }
                Event::Text(text) => {
                    self.character_data(start, &mut stack, &text)?;
                }
                Event::CData(text) => {
                    self.character_data(start, &mut stack, &text)?;
                }
                Event::GeneralRef(reference) => {
                    let text = unescape(&format!("&{};", &*reference))
                        .map_err(|error| self.malformed(start, error))?
                        .into_owned();
                    self.character_data(start, &mut stack, &text)?;
                }
                Event::DocType(_) => {
                    return Err(self
                        .malformed(start, "a DOCTYPE is not allowed in CSDL")
                        .help("remove the DOCTYPE declaration"));
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
        if !stack.is_empty() || root.is_none() {
            let end = self.text.len() as u64;
            let error = self.malformed(end.saturating_sub(1), "the document ends too early");
            return Err(still_open(error, &stack));
        }
        Ok(root)
    }

    fn unknown_root(&self, start: u64, tag: &BytesStart<'_>, namespace: &str) -> Diagnostic {
        let span = self.span(start, start + tag.len() as u64 + 1);
        if namespace.contains("schemas.microsoft.com/ado") {
            return Diagnostic::error("version", "the document is of OData V1, V2 or V3")
                .at(span, "expected the namespace of OData 4.0")
                .help("ask the service for its V4 metadata");
        }
        let name = tag.name().0;
        Diagnostic::error("root", format!("the root element is `{name}`, not `edmx:Edmx`"))
            .at(span, "this is no CSDL document")
            .help("save the service's $metadata, not a page that shows it")
    }

    fn character_data(
        &self,
        start: u64,
        stack: &mut [Option<Element>],
        text: &str,
    ) -> Result<(), Diagnostic> {
        match stack.last_mut() {
            Some(Some(element)) => element.text.push_str(text),
            Some(None) => {}
            None if text.trim().is_empty() => {}
            None => return Err(self.malformed(start, "text outside the root element")),
        }
        Ok(())
    }

    fn element(
        &self,
        start: u64,
        tag: &BytesStart<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Element, Diagnostic> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(start, error))?;
            let key = attribute.key.0.to_owned();
            if key.contains(':') || key == "xmlns" {
                continue;
            }
            let raw = attribute.value.clone().into_owned();
            let value = unescape(&raw).map_err(|error| self.malformed(start, error))?.into_owned();
            let span = self.value_span(start, tag, &key, &raw);
            attributes.push(Attribute { name: key, value, span });
        }
        let name = tag.local_name().as_ref().to_owned();
        let span = self.span(start, start + tag.len() as u64 + 2);
        if !KNOWN_ELEMENTS.contains(&name.as_str()) {
            diagnostics.push(
                Diagnostic::warning(
                    "unknown-element",
                    format!("the element `{name}` is not part of CSDL"),
                )
                .at(span, "passed over"),
            );
        }
        Ok(Element { name, attributes, children: Vec::new(), text: String::new(), span })
    }

    /// Where the value of an attribute stands: behind its name and an equals sign in the tag.
    fn value_span(&self, start: u64, tag: &BytesStart<'_>, key: &str, raw: &str) -> Span {
        let tag_text: &str = tag;
        for (at, _) in tag_text.match_indices(key) {
            let rest = tag_text[at + key.len()..].trim_start();
            let value = rest.strip_prefix('=').map(str::trim_start);
            if let Some(value) = value.and_then(|value| value.strip_prefix(['"', '\'']))
                && value.starts_with(raw)
            {
                let offset = (tag_text.len() - value.len()) as u64;
                return self.span(start + 1 + offset, start + 1 + offset + raw.len() as u64);
            }
        }
        self.span(start, start + tag.len() as u64 + 2)
    }
}

/// Points to the innermost element that is not closed, which often is what is wrong.
fn still_open(diagnostic: Diagnostic, stack: &[Option<Element>]) -> Diagnostic {
    match stack.last() {
        Some(Some(element)) => diagnostic.related(element.span, "not closed yet"),
        _ => diagnostic,
    }
}

fn is_odata(namespace: &str) -> bool {
    namespace == EDMX || namespace == EDM
}

/// The elements of CSDL 4.01.
const KNOWN_ELEMENTS: &[&str] = &[
    "Edmx",
    "DataServices",
    "Reference",
    "Include",
    "IncludeAnnotations",
    "Schema",
    "EntityType",
    "ComplexType",
    "Key",
    "PropertyRef",
    "Property",
    "NavigationProperty",
    "ReferentialConstraint",
    "OnDelete",
    "EnumType",
    "Member",
    "TypeDefinition",
    "Action",
    "Function",
    "Parameter",
    "ReturnType",
    "EntityContainer",
    "EntitySet",
    "Singleton",
    "ActionImport",
    "FunctionImport",
    "NavigationPropertyBinding",
    "Term",
    "Annotations",
    "Annotation",
    "Binary",
    "Bool",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "Duration",
    "EnumMember",
    "Float",
    "Guid",
    "Int",
    "String",
    "TimeOfDay",
    "AnnotationPath",
    "AnyPropertyPath",
    "ModelElementPath",
    "NavigationPropertyPath",
    "PropertyPath",
    "Path",
    "Apply",
    "Cast",
    "Collection",
    "If",
    "IsOf",
    "LabeledElement",
    "LabeledElementReference",
    "Null",
    "Record",
    "PropertyValue",
    "UrlRef",
    "And",
    "Or",
    "Not",
    "Eq",
    "Ne",
    "Gt",
    "Ge",
    "Lt",
    "Le",
    "Has",
    "In",
    "Add",
    "Sub",
    "Neg",
    "Mul",
    "Div",
    "DivBy",
    "Mod",
];
