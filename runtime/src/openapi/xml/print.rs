//! A tree as a text of XML.
//!
//! Namespaces are declared at the root, those that cannot be (two for one prefix) where they are used.

use quick_xml::escape::{escape, partial_escape};

use super::tree::{Content, Element, Name, XML, XSI, is_character};
use crate::json::Fault;

/// A document.
///
/// # Errors
///
/// A name or a character that XML does not have.
pub(super) fn document(root: &Element) -> Result<String, Fault> {
    let mut text = r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned();
    let mut scope = Vec::new();
    gather(root, &mut scope);
    let declared = scope.len();
    let scope = Scope { bound: &scope, declared };
    print(root, scope, &mut text)?;
    Ok(text)
}

/// Prefixes with their namespaces; the empty prefix is that of names without one.
type Bound = Vec<(String, String)>;

/// The prefixes that are declared, of which the last ones are declared at this element.
#[derive(Clone, Copy)]
struct Scope<'s> {
    bound: &'s [(String, String)],
    declared: usize,
}

impl Scope<'_> {
    fn namespace(&self, prefix: &str) -> Option<&str> {
        let found = self.bound.iter().rev().find(|(own, _)| own == prefix);
        found.map(|(_, namespace)| namespace.as_str())
    }
}

/// The prefixes of a tree, each with the first namespace that it has.
fn gather(element: &Element, scope: &mut Bound) {
    let mut add = |name: &Name| {
        let namespace = namespace(name);
        let is_new = !scope.iter().any(|(prefix, _)| *prefix == name.prefix);
        if is_new && !name.prefix.is_empty() && !namespace.is_empty() {
            scope.push((name.prefix.clone(), namespace.to_owned()));
        }
    };
    add(&element.name);
    element.attributes.iter().for_each(|(name, _)| add(name));
    element.elements().for_each(|(_, inner)| gather(inner, scope));
}

/// The namespace of a name. Those of two prefixes are known.
fn namespace(name: &Name) -> &str {
    match (name.prefix.as_str(), name.namespace.as_str()) {
        ("xsi", "") => XSI,
        (_, XML) => "",
        (_, namespace) => namespace,
    }
}

fn print(element: &Element, around: Scope<'_>, text: &mut String) -> Result<(), Fault> {
    let mut bound = around.bound.to_vec();
    let outer = bound.len() - around.declared;
    let name = declared(&element.name, &mut bound, false);
    let mut attributes = String::new();
    for (name, value) in &element.attributes {
        let name = checked(declared(name, &mut bound, true))?;
        attributes.push_str(&format!(" {name}=\"{}\"", of_attribute(value)?));
    }
    let name = checked(name)?;
    text.push('<');
    text.push_str(&name);
    for (prefix, namespace) in &bound[outer..] {
        let colon = if prefix.is_empty() { "" } else { ":" };
        text.push_str(&format!(" xmlns{colon}{prefix}=\"{}\"", of_attribute(namespace)?));
    }
    text.push_str(&attributes);
    if element.content.is_empty() {
        text.push_str("/>");
        return Ok(());
    }
    text.push('>');
    for content in &element.content {
        match content {
            Content::Element(inner) => print(inner, Scope { bound: &bound, declared: 0 }, text)?,
            Content::Text(own) => text.push_str(&of_text(own)?),
            Content::Cdata(own) => {
                // The end of a section cannot be in one.
                let own = characters(own)?.replace("]]>", "]]]]><![CDATA[>");
                text.push_str(&["<![CDATA[", &own, "]]>"].concat());
            }
        }
    }
    text.push_str(&["</", &name, ">"].concat());
    Ok(())
}

/// A name with its prefix, which is declared if it is not yet.
fn declared(name: &Name, bound: &mut Bound, is_attribute: bool) -> String {
    let namespace = namespace(name);
    let of = |prefix: &str, bound: &Bound| {
        Scope { bound, declared: 0 }.namespace(prefix).map(str::to_owned)
    };
    let local = name.local.as_str();
    match (name.prefix.as_str(), namespace) {
        (prefix @ "xml", _) => [prefix, ":", local].concat(),
        // What is not in a namespace is written without a prefix, unless the prefix has one.
        ("", "") => local.to_owned(),
        (prefix, "") => match of(prefix, bound) {
            Some(_) => [prefix, ":", local].concat(),
            None => local.to_owned(),
        },
        ("", namespace) if is_attribute => {
            // An attribute has no namespace without a prefix.
            let known = bound.iter().rev().find(|(own, of)| of == namespace && !own.is_empty());
            let prefix = known.map(|(prefix, _)| prefix.clone()).unwrap_or_else(|| {
                let prefix = format!("ns{}", bound.len() + 1);
                bound.push((prefix.clone(), namespace.to_owned()));
                prefix
            });
            [&prefix, ":", local].concat()
        }
        (prefix, namespace) => {
            if of(prefix, bound).as_deref() != Some(namespace) {
                bound.push((prefix.to_owned(), namespace.to_owned()));
            }
            match prefix {
                "" => local.to_owned(),
                prefix => [prefix, ":", local].concat(),
            }
        }
    }
}

/// A name, if XML has such names.
fn checked(name: String) -> Result<String, Fault> {
    let is_name = |part: &str| part.starts_with(begins_name) && part.chars().all(continues_name);
    match name.split(':').all(is_name) && name.matches(':').count() < 2 {
        true => Ok(name),
        false => Err(Fault::new(format_args!("`{}` is not a name of XML", name.escape_debug()))),
    }
}

/// `NameStartChar` of XML 1.0, without the colon.
fn begins_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// `NameChar` of XML 1.0, without the colon.
fn continues_name(character: char) -> bool {
    begins_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}

/// A text, if XML has its characters.
fn characters(text: &str) -> Result<&str, Fault> {
    match text.chars().find(|one| !is_character(*one)) {
        None => Ok(text),
        Some(one) => Err(Fault::new(format_args!("XML has no character {}", one.escape_unicode()))),
    }
}

/// A parser makes a line feed of a carriage return, unless it is written as a reference.
fn of_text(text: &str) -> Result<String, Fault> {
    Ok(partial_escape(characters(text)?).replace('\r', "&#13;"))
}

/// A parser makes blanks of what ends lines.
fn of_attribute(text: &str) -> Result<String, Fault> {
    let text = escape(characters(text)?).replace('\r', "&#13;");
    Ok(text.replace('\n', "&#10;").replace('\t', "&#9;"))
}
