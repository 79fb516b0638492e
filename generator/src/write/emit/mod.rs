//! Text for the items of a plan, without decisions.
//!
//! Enters: [`plan`](crate::crate_plan) items. Leaves: the lines of each item, to [`Text`], and the `use`
//! declarations of each file. Must not know: the schema, the layout of files, where lines break.
//!
//! Code is made of the templates in here, of identifiers of the plan ([`ident`]), of string literals
//! ([`Literal`](crate::write::form::Literal)) and of documentation ([`Text::doc`]); nothing else of a
//! schema gets into it.

mod aliases;
mod answers;
mod examples;
mod families;
mod groups;
mod hierarchies;
mod imports;
mod items;
mod literals;
mod operations;
mod options;
mod registry;
mod requests;
mod root;
mod servers;
mod shapes;
mod tables;
mod unions;
mod updates;
mod values;
mod xml;

pub(crate) use examples::example;
pub(crate) use imports::{Imports, Mount, Name};
pub(crate) use items::item;
pub(crate) use registry::{registry, schemas, table};
pub(crate) use root::{client, functions};
pub(crate) use xml::forms as xml_forms;

use crate::crate_plan::{Docs, Prose};
use crate::write::form::Attribute;
use crate::write::wrap::Text;

/// An identifier of the plan, raw or not.
fn ident(name: &str) -> &str {
    debug_assert!(is_identifier(name), "`{name}` is an identifier");
    name
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.strip_prefix("r#").unwrap_or(name).chars();
    chars.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && chars.all(unicode_ident::is_xid_continue)
}

/// Documentation, and the deprecation.
fn docs(text: &mut Text, docs: &Docs) {
    paragraphs(text, &docs.paragraphs);
    for alias in &docs.aliases {
        text.line(Attribute { name: "doc", key: "alias", value: alias });
    }
    deprecation(text, docs);
}

fn deprecation(text: &mut Text, docs: &Docs) {
    if let Some(note) = &docs.deprecated {
        text.line(Attribute { name: "deprecated", key: "note", value: note.markdown() });
    }
}

/// The widest line of documentation, without the slashes.
const WIDTH: usize = 90;

/// Paragraphs as lines of documentation: wrapped, with an empty line between paragraphs, and each
/// with the blank that follows the slashes.
fn paragraphs(text: &mut Text, paragraphs: &[Prose]) {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            text.doc(&[]);
        }
        for line in paragraph.lines(WIDTH) {
            text.doc(&[" ", line]);
        }
    }
}
