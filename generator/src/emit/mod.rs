//! Tokens for the items of a plan, without decisions.
//!
//! Enters: [`plan`](crate::plan) items. Leaves: one `TokenStream` for each item, and the `use`
//! declarations of each file. Must not know: the schema, the layout of files.

mod imports;
mod items;
mod operations;
mod program;
mod registry;
mod requests;
mod root;

pub(crate) use imports::Imports;
pub(crate) use items::item;
pub(crate) use program::{COMMENT, function, main};
pub(crate) use registry::{registry, table};
pub(crate) use root::{client, functions};

use crate::plan::Docs;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// An identifier of the plan, raw or not.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Documentation as attributes, one line each, and the deprecation.
fn docs(docs: &Docs) -> TokenStream {
    let lines = doc_lines(&docs.paragraphs);
    let deprecated = docs.deprecated.as_ref().map(|note| quote!(#[deprecated(note = #note)]));
    quote!(#(#[doc = #lines])* #deprecated)
}

/// The widest line of documentation, without the slashes.
const WIDTH: usize = 90;

/// Paragraphs as lines of documentation: wrapped, with an empty line between paragraphs, and each
/// with the blank that stands behind the slashes.
fn doc_lines(paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push(' ');
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
