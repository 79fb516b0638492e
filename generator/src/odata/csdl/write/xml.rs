//! Documents as CSDL XML.

use crate::odata::csdl::{Document, EDM, EDMX, Element};
use quick_xml::escape::escape;

/// A document as CSDL XML: two blanks for each level, one element a line.
pub fn xml(document: &Document) -> String {
    let version = if document.is_401 { "4.01" } else { "4.0" };
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<edmx:Edmx Version=\"{version}\" xmlns:edmx=\"{EDMX}\">\n"
    );
    for reference in &document.references {
        push(reference, "edmx:", 1, &mut text);
    }
    text.push_str("  <edmx:DataServices>\n");
    for schema in &document.schemas {
        push(schema, "", 2, &mut text);
    }
    text.push_str("  </edmx:DataServices>\n</edmx:Edmx>\n");
    text
}

fn push(element: &Element, prefix: &str, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    // Annotations of a reference are model elements, so they declare the namespace themselves.
    let begins_model =
        element.name == "Schema" || (element.name == "Annotation" && !prefix.is_empty());
    let prefix = if begins_model { "" } else { prefix };
    let name = format!("{prefix}{}", element.name);
    text.push_str(&format!("{indent}<{name}"));
    for attribute in &element.attributes {
        text.push_str(&format!(" {}=\"{}\"", attribute.name, value(&attribute.value)));
    }
    if begins_model {
        text.push_str(&format!(" xmlns=\"{EDM}\""));
    }
    match (element.children.as_slice(), element.text.as_str()) {
        ([], "") => text.push_str("/>\n"),
        ([], content) => text.push_str(&format!(">{}</{name}>\n", self::content(content))),
        (children, _) => {
            text.push_str(">\n");
            for child in children {
                push(child, prefix, depth + 1, text);
            }
            text.push_str(&format!("{indent}</{name}>\n"));
        }
    }
}

/// Text, escaped for XML. Blanks at its ends are part of it; a parser would make a line feed of a
/// carriage return; control characters cannot be written in XML at all.
fn content(text: &str) -> String {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    let text = text.replace(|c| !allowed(c), "\u{fffd}");
    escape(text.as_str()).replace('\r', "&#13;")
}

/// The value of an attribute. A parser would replace line ends and tabs by blanks.
fn value(text: &str) -> String {
    content(text).replace('\n', "&#10;").replace('\t', "&#9;")
}
