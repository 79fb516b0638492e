//! Reads CSDL XML.

use super::{Attribute, Document, EDM, EDMX, Element, grammar, json, scope, structure};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap, Span};
use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::borrow::Cow;

/// Deeper nesting than this is not a schema.
const DEEPEST: usize = 128;

/// Reads one document, XML or JSON. Findings go to `diagnostics`; what could be read is returned.
pub fn parse(sources: &SourceMap, source: SourceId, diagnostics: &mut Diagnostics) -> Document {
    let text = sources.get(source).text.as_str();
    if json::is_json(text) {
        let document = json::parse(sources, source, diagnostics);
        scope::check(&document, diagnostics);
        return document;
    }
    let mut reader = XmlReader::new(text, source, sources.get(source).is_utf16);
    let root = reader.characters().and_then(|()| reader.root());
    reader.passed_over.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    let root = match root {
        Ok(root) => root,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    };
    let empty =
        Document { is_401: false, is_json: false, schemas: Vec::new(), references: Vec::new() };
    let Some(root) = root else { return empty };
    let document = document(root, diagnostics).unwrap_or_else(|diagnostic| {
        diagnostics.push(diagnostic);
        empty
    });
    scope::check(&document, diagnostics);
    document
}

fn document(root: Element, diagnostics: &mut Diagnostics) -> Result<Document, Diagnostic> {
    if root.name == "Schema" && !root.packaging {
        return Ok(bare(root, diagnostics));
    }
    if root.name != "Edmx" || !root.packaging {
        let message = format!("the root element is `{}`, not `edmx:Edmx`", root.name);
        return Err(Diagnostic::error("root", message)
            .at(root.span, "this is not a CSDL document")
            .help("save the service's $metadata, not a page that shows it"));
    }
    version(&root, diagnostics)?;
    structure::check(&root, diagnostics);
    let is_401 = root.value("Version").is_some_and(|one| !matches!(one.trim(), "4.0" | "4"));
    let mut document =
        Document { is_401, is_json: false, schemas: Vec::new(), references: Vec::new() };
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
        return Err(Diagnostic::error("structure", message)
            .at(span, "this element holds the schemas of the service")
            .help("put all schemas into one `edmx:DataServices`"));
    }
    if document.schemas.is_empty() {
        return Err(Diagnostic::error("structure", "the document has no schema")
            .at(span, "nothing to generate from")
            .help("put a `Schema` of the namespace of OData 4.0 into `edmx:DataServices`"));
    }
    Ok(document)
}

/// Tools pass single schemas around without the packaging, which have no version.
fn bare(root: Element, diagnostics: &mut Diagnostics) -> Document {
    structure::check(&root, diagnostics);
    diagnostics.push(
        Diagnostic::violation("root", "the root element is `Schema`, not `edmx:Edmx`")
            .at(root.span, "read as a document of version 4.0")
            .help("put the schema into `edmx:Edmx` and `edmx:DataServices`"),
    );
    Document { is_401: false, is_json: false, schemas: vec![root], references: Vec::new() }
}

fn version(root: &Element, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
    let place = root.place("Version");
    let Some(version) = root.value("Version") else {
        return Err(Diagnostic::error("version", "the attribute `Version` is missing")
            .at(root.span, "expected Version=\"4.0\" or \"4.01\"")
            .help("state which version of OData the document follows"));
    };
    let written = version;
    let version = written.trim();
    let is_number = version.split('.').count() == 2
        && version.split('.').all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    match version.split_once('.') {
        _ if matches!(written, "4.0" | "4.01") => {}
        _ if matches!(version, "4" | "4.0" | "4.01") => diagnostics.push(
            Diagnostic::violation("version", format!("the version is written as `{written}`"))
                .at(place, format!("read as {}", if version == "4" { "4.0" } else { version }))
                .help("write 4.0 or 4.01"),
        ),
        Some(("1" | "2" | "3", _)) if is_number => {
            let message = format!("OData version {version} is not supported");
            return Err(Diagnostic::error("version", message)
                .at(place, "expected 4.0 or 4.01")
                .help("ask the service for its V4 metadata"));
        }
        Some(("4", minor)) if is_number && !minor.is_empty() => diagnostics.push(
            Diagnostic::violation("version", format!("the version `{version}` is not known"))
                .at(place, "read as 4.01")
                .help("write 4.0 or 4.01"),
        ),
        _ => {
            return Err(Diagnostic::error(
                "version",
                format!("`{version}` is not a version of OData"),
            )
            .at(place, "expected 4.0 or 4.01")
            .help("ask the service for its V4 metadata"));
        }
    }
    Ok(())
}

struct XmlReader<'a> {
    text: &'a str,
    source: SourceId,
    is_utf16: bool,
    inner: NsReader<&'a [u8]>,
    /// Reports elements of an unknown namespace, which have no meaning here.
    passed_over: Vec<Diagnostic>,
}

impl<'a> XmlReader<'a> {
    fn new(text: &'a str, source: SourceId, is_utf16: bool) -> Self {
        let mut inner = NsReader::from_str(text);
        inner.config_mut().expand_empty_elements = true;
        inner.config_mut().check_comments = true;
        Self { text, source, is_utf16, inner, passed_over: Vec::new() }
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
        Diagnostic::error("xml", format!("the document is not well-formed XML: {message}"))
            .at(self.span(start, line_end.min(start + 80)), "here")
            .help("save the document again from its service, whole and unchanged")
    }

    /// The text may hold only the characters of XML 1.0.
    fn characters(&self) -> Result<(), Diagnostic> {
        // Without a branch for each byte, checking an ordinary text takes almost no time.
        let odd =
            |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) | (byte == 0xEF);
        if !self.text.bytes().fold(false, |found, byte| found | odd(byte)) {
            return Ok(());
        }
        match self.text.char_indices().find(|(_, c)| !is_xml(*c)) {
            None => Ok(()),
            Some((at, c)) => {
                let message = format!("the character {} is not allowed", c.escape_unicode());
                Err(self.malformed(at as u64, message))
            }
        }
    }

    /// Checks that the declared encoding is the real one.
    fn declared(&self, start: u64, declaration: &BytesDecl<'_>) -> Result<(), Diagnostic> {
        let Some(encoding) = declaration.encoding() else { return Ok(()) };
        let encoding = encoding.map_err(|error| self.malformed(start, error))?;
        let name = encoding.to_ascii_lowercase();
        let is_declared_utf16 = name.starts_with("utf-16") || name.starts_with("ucs-2");
        let fits = match name.as_str() {
            "utf-8" | "utf8" => !self.is_utf16,
            _ if is_declared_utf16 => self.is_utf16,
            _ => !self.is_utf16 && self.text.is_ascii(),
        };
        if fits {
            return Ok(());
        }
        let end = start + declaration.len() as u64 + 4;
        let is = if self.is_utf16 { "UTF-16" } else { "UTF-8" };
        Err(Diagnostic::error("encoding", format!("the document declares the encoding {name}"))
            .at(self.span(start, end), format!("its bytes are {is}"))
            .help("correct the declaration, or save the document as UTF-8"))
    }

    /// Reads the whole document; elements of other vocabularies are ignored.
    fn root(&mut self) -> Result<Option<Element>, Diagnostic> {
        let mut stack: Vec<Option<Element>> = Vec::new();
        let mut root = None;
        let mut rooted = false;
        loop {
            let start = self.inner.buffer_position();
            let mut packaging = false;
            let (namespace, event) = match self.inner.read_resolved_event() {
                Ok((ResolveResult::Bound(namespace), event)) if is_odata(namespace.0) => {
                    packaging = namespace.0 == EDMX;
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
                    let namespace = match namespace {
                        Ok(namespace) => namespace,
                        Err(prefix) => self.undeclared(start, &tag, &prefix, stack.is_empty())?,
                    };
                    let known = namespace.is_none();
                    let v3 = namespace.clone().filter(|name| is_v3(name) && is_schema(&tag));
                    if let (Some(namespace), true) = (namespace, stack.is_empty()) {
                        return Err(self.unknown_root(start, &tag, &namespace));
                    }
                    if stack.len() >= DEEPEST {
                        return Err(self.malformed(start, "elements are nested too deep"));
                    }
                    if let (Some(namespace), true) =
                        (&v3, stack.last().is_some_and(Option::is_some))
                    {
                        return Err(self.unknown_root(start, &tag, namespace));
                    }
                    let inside_foreign = stack.last().is_some_and(Option::is_none);
                    let element = (known && !inside_foreign)
                        .then(|| self.element(start, &tag, packaging))
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
                    self.character_data(start, &mut stack, &line_ends(&text))?;
                }
                Event::CData(text) => {
                    self.character_data(start, &mut stack, &line_ends(&text))?;
                }
                Event::GeneralRef(reference) => {
                    let text = unescape(&format!("&{};", &*reference))
                        .map_err(|error| self.malformed(start, error))?
                        .into_owned();
                    if let Some(c) = text.chars().find(|c| !is_xml(*c)) {
                        let message =
                            format!("the character {} is not allowed", c.escape_unicode());
                        return Err(self.malformed(start, message));
                    }
                    self.character_data(start, &mut stack, &text)?;
                }
                Event::DocType(_) => {
                    return Err(self
                        .malformed(start, "a DOCTYPE is not allowed in CSDL")
                        .help("remove the DOCTYPE declaration"));
                }
                Event::Eof => break,
                Event::Decl(declaration) => {
                    let before = usize::try_from(start).ok().and_then(|at| self.text.get(..at));
                    let is_first = !rooted && before.is_some_and(is_blank);
                    if is_first && start != 0 {
                        self.passed_over.push(
                            Diagnostic::violation("xml", "the document begins with blanks")
                                .at(self.span(start, start + 5), "XML has its declaration first")
                                .help("remove the blanks; they are ignored"),
                        );
                    }
                    if !is_first {
                        return Err(self.malformed(start, "a declaration that is not at the start"));
                    }
                    self.declared(start, &declaration)?;
                }
                Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
        if !stack.is_empty() || root.is_none() {
            let end = self.text.len() as u64;
            let error = self.malformed(end.saturating_sub(1), "the document ends too early");
            return Err(still_open(error, &stack));
        }
        Ok(root)
    }

    /// The namespace of an element whose prefix is not declared: a foreign one, unless it is the
    /// root element or might be an element of CSDL.
    fn undeclared(
        &mut self,
        start: u64,
        tag: &BytesStart<'_>,
        prefix: &str,
        is_root: bool,
    ) -> Result<Option<String>, Diagnostic> {
        let span = self.span(start, start + tag.len() as u64 + 1);
        if is_root || grammar::rule_of(tag.local_name().as_ref()).is_some() {
            return Err(Diagnostic::error("namespace", undeclared_prefix(prefix))
                .at(span, "used here")
                .help(declare(prefix)));
        }
        self.passed_over.push(
            Diagnostic::violation("namespace", undeclared_prefix(prefix))
                .at(span, "the element is ignored, with its content")
                .help(declare(prefix)),
        );
        Ok(Some(String::new()))
    }

    fn unknown_root(&self, start: u64, tag: &BytesStart<'_>, namespace: &str) -> Diagnostic {
        let span = self.span(start, start + tag.len() as u64 + 1);
        if is_v3(namespace) {
            return Diagnostic::error("version", "the document is of OData V1, V2 or V3")
                .at(span, "expected the namespace of OData 4.0")
                .help("ask the service for its V4 metadata");
        }
        let name = tag.name().0;
        if matches!(tag.local_name().as_ref(), "Edmx" | "Schema") {
            let message = format!("the root element `{name}` is of the namespace `{namespace}`");
            return Diagnostic::error("root", message)
                .at(span, format!("expected `{EDMX}`"))
                .help("ask the service for its V4 metadata, or correct the namespace");
        }
        Diagnostic::error("root", format!("the root element is `{name}`, not `edmx:Edmx`"))
            .at(span, "this is not a CSDL document")
            .help("save the service's $metadata, not a page that shows it")
    }

    fn character_data(
        &self,
        start: u64,
        stack: &mut [Option<Element>],
        text: &str,
    ) -> Result<(), Diagnostic> {
        match stack.last_mut() {
            // Blanks between elements are not text.
            Some(Some(element)) if is_blank(text) && !grammar::holds_text(&element.name) => {}
            Some(Some(element)) => element.text.push_str(text),
            Some(None) => {}
            None if text.trim().is_empty() => {}
            None => return Err(self.malformed(start, "text outside the root element")),
        }
        Ok(())
    }

    fn element(
        &mut self,
        start: u64,
        tag: &BytesStart<'_>,
        packaging: bool,
    ) -> Result<Element, Diagnostic> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(start, error))?;
            let key = attribute.key.0;
            if attribute.value.contains('<') {
                return Err(self.malformed(start, "`<` is in the value of an attribute"));
            }
            if key.contains(':')
                && let (ResolveResult::Unknown(prefix), _) =
                    self.inner.resolver().resolve_attribute(attribute.key)
            {
                let prefix = prefix.to_string();
                let span = self.value_span(start, tag, &attribute.value);
                self.passed_over.push(
                    Diagnostic::violation("namespace", undeclared_prefix(&prefix))
                        .at(span, format!("`{key}` is ignored"))
                        .help(declare(&prefix)),
                );
            }
            if key.contains(':') || key == "xmlns" {
                continue;
            }
            let value = self.value(start, &attribute.value)?;
            let span = self.value_span(start, tag, &attribute.value);
            attributes.push(Attribute { name: key.to_owned(), value, span });
        }
        let name = tag.local_name().as_ref().to_owned();
        let span = self.span(start, start + tag.len() as u64 + 2);
        Ok(Element { name, packaging, attributes, children: Vec::new(), text: String::new(), span })
    }

    /// The value of an attribute, from the text between the quotes.
    fn value(&self, start: u64, raw: &str) -> Result<String, Diagnostic> {
        if !raw.contains(['&', '\r', '\n', '\t']) {
            return Ok(raw.to_owned());
        }
        let blank = blanks(raw);
        let value = unescape(&blank).map_err(|error| self.malformed(start, error))?.into_owned();
        // Literal characters were checked before; references can produce others.
        let referred = raw.contains('&').then(|| value.chars().find(|c| !is_xml(*c)));
        if let Some(c) = referred.flatten() {
            let message = format!("the character {} is not allowed", c.escape_unicode());
            return Err(self.malformed(start, message));
        }
        Ok(value)
    }

    /// The place of the value of an attribute, which is a part of the tag.
    fn value_span(&self, start: u64, tag: &BytesStart<'_>, raw: &str) -> Span {
        let address = |text: &str| text.as_ptr().addr();
        let offset = address(raw).wrapping_sub(address(tag));
        if tag.get(offset..offset.saturating_add(raw.len())).is_some_and(|found| found == raw) {
            let offset = start + 1 + offset as u64;
            return self.span(offset, offset + raw.len() as u64);
        }
        self.span(start, start + tag.len() as u64 + 2)
    }
}

fn undeclared_prefix(prefix: &str) -> String {
    format!("the prefix `{prefix}` is not declared")
}

fn declare(prefix: &str) -> String {
    format!("declare it with `xmlns:{prefix}=\"…\"`")
}

/// Points to the innermost element that is not closed, which is often the cause.
fn still_open(diagnostic: Diagnostic, stack: &[Option<Element>]) -> Diagnostic {
    match stack.last() {
        Some(Some(element)) => diagnostic.related(element.span, "not closed yet"),
        _ => diagnostic,
    }
}

/// Whether a namespace is one of the versions of OData before V4.
fn is_v3(namespace: &str) -> bool {
    namespace.contains("schemas.microsoft.com/ado")
}

fn is_schema(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref() == "Schema"
}

/// Whether a character may be in an XML 1.0 document.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// Line ends as XML has them (XML 1.0, section 2.11).
fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        return Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Cow::Borrowed(text)
}

/// Line ends and tabs of an attribute are blanks (XML 1.0, section 3.3.3).
fn blanks(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\n', '\t']) {
        return Cow::Owned(text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " "));
    }
    Cow::Borrowed(text)
}

fn is_odata(namespace: &str) -> bool {
    namespace == EDMX || namespace == EDM
}
