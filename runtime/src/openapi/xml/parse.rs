//! A text of XML as a tree.
//!
//! There are the five entities of XML and no others: documents with a DTD are refused, so nothing that is small
//! becomes large, and nothing else is read. Elements are nested only so far.

use std::fmt;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{LocalName, Prefix, QName, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::tree::{Content, Element, Name, XSI, is_blank, is_character};
use crate::web::error::BoxError;

/// Elements that are nested deeper are refused.
const DEEPEST: usize = 200;

/// The root of a document.
///
/// # Errors
///
/// It is not well-formed, has a DTD, or is nested too deep.
pub(super) fn document(text: &str) -> Result<Element, BoxError> {
    let mut reader = NsReader::from_str(text.trim_start());
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    loop {
        match reader.read_event().map_err(malformed)? {
            Event::Start(tag) => {
                if open.is_empty() && root.is_some() {
                    return Err(malformed("it has two roots"));
                }
                if open.len() >= DEEPEST {
                    return Err("its elements are nested too deep".into());
                }
                open.push(element(&reader, &tag)?);
            }
            Event::End(_) => match (open.pop(), open.last_mut()) {
                (Some(done), Some(around)) => around.content.push(Content::Element(done)),
                (done, _) => root = done,
            },
            Event::Text(text) => add_text(&mut open, &text.xml10_content())?,
            Event::CData(text) => {
                let text = text.xml10_content().into_owned();
                let around =
                    open.last_mut().ok_or_else(|| malformed("text is outside of its root"))?;
                around.content.push(Content::Cdata(text));
            }
            Event::GeneralRef(reference) => add_text(&mut open, &resolved(&reference)?)?,
            Event::DocType(_) => return Err("it has a DTD, and none is read".into()),
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
    match (root, open.is_empty()) {
        (Some(root), true) => Ok(root),
        (None, true) => Err(malformed("it has no element")),
        (_, false) => Err(malformed("it ends within an element")),
    }
}

fn malformed(why: impl fmt::Display) -> BoxError {
    format!("it is not well-formed XML: {why}").into()
}

/// Text, in one piece with the text before it.
fn add_text(open: &mut [Element], text: &str) -> Result<(), BoxError> {
    match open.last_mut() {
        Some(around) => match around.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => around.content.push(Content::Text(text.to_owned())),
        },
        None if is_blank(text) => {}
        None => return Err(malformed("text is outside of its root")),
    }
    Ok(())
}

/// The text that a reference stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, BoxError> {
    match reference.resolve_char_ref().map_err(malformed)? {
        Some(character) if is_character(character) => Ok(character.to_string()),
        Some(character) => Err(malformed(format_args!(
            "the character {} is not allowed",
            character.escape_unicode()
        ))),
        None => match resolve_predefined_entity(reference) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let name = reference.escape_debug();
                Err(malformed(format_args!("the entity `{name}` is not one of XML")))
            }
        },
    }
}

/// An element without its content.
fn element(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<Element, BoxError> {
    let resolver = reader.resolver();
    let mut made = Element::new(name(tag.name(), resolver.resolve_element(tag.name()))?);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(malformed)?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let name = name(attribute.key, resolver.resolve_attribute(attribute.key))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?;
        match (name.namespace.as_str(), name.local.as_str()) {
            (XSI, "nil") => made.is_nil = matches!(value.trim(), "true" | "1"),
            (XSI, "schemaLocation" | "noNamespaceSchemaLocation") => {}
            _ => made.attributes.push((name, value.into_owned())),
        }
    }
    Ok(made)
}

fn name(
    written: QName<'_>,
    (namespace, local): (ResolveResult<'_>, LocalName<'_>),
) -> Result<Name, BoxError> {
    let prefix = written.prefix().map(Prefix::into_inner).unwrap_or_default().to_owned();
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
        // Services leave declarations out, and their clients read the names all the same.
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    };
    Ok(Name { prefix, namespace, local: local.into_inner().to_owned() })
}
