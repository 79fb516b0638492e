//! A document as a tree with places, whatever it describes.
//!
//! Enters: the text of one source. Leaves: a [`Document`]: the [`Tree`] of its values, each with
//! its bytes in the source, and what was found while reading.
//! Must not know: any format of a schema, any other document.

mod build;
mod compose;
mod equal;
pub mod json;
mod number;
pub mod peek;
pub mod pointer;
mod tree;
mod write;
pub mod yaml;

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap, Span};
pub use build::Repeated;
pub use compose::Composer;
pub use number::are_equal as equal_numbers;
pub(crate) use number::canonical as canonical_number;
pub(crate) use number::is_json as is_number;
pub use pointer::Pointer;
pub use tree::{Items, Kind, Member, Members, Node, NodeId, Tree, Written};

/// The deepest nesting of a document, in both formats and along aliases, so that a function that calls
/// itself for each level never runs out of stack.
pub const DEEPEST: usize = 200;

/// The most keys that are reported as written twice; the others are counted.
const REPORTED: usize = 1_000;

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// As JSON.
    Json,
    /// As YAML.
    Yaml,
}

impl Syntax {
    /// How a text is written, by its beginning.
    pub fn of(text: &str) -> Self {
        if text.trim_start().starts_with(['{', '[']) { Self::Json } else { Self::Yaml }
    }
}

/// Reads a source, JSON or YAML.
///
/// What begins with `{` or `[` is JSON, or else a flow of YAML, which begins so too.
///
/// # Errors
/// If it is neither: what was expected, and where.
pub fn read(sources: &SourceMap, source: SourceId) -> Result<Document, Diagnostic> {
    let text = sources.get(source).text.trim_start();
    if Syntax::of(text) == Syntax::Yaml {
        return yaml::read(sources, source);
    }
    let not_json = match json::read(sources, source) {
        Err(error) if error.code == "json" => error,
        done => return done,
    };
    // One who writes JSON quotes at least the first name.
    let is_meant_as_json = text[1..].trim_start().starts_with('"')
        || sources.get(source).name.to_ascii_lowercase().ends_with(".json");
    match yaml::read(sources, source) {
        Ok(document) => Ok(document),
        Err(_) if is_meant_as_json => Err(not_json),
        Err(not_yaml) => Err(not_yaml),
    }
}

/// What was read from one source.
#[derive(Clone, Debug)]
pub struct Document {
    /// The values.
    pub tree: Tree,
    /// How the document is written.
    pub syntax: Syntax,
    /// What was found while reading, except for keys that are written twice.
    pub findings: Vec<Diagnostic>,
    /// The keys that an object has twice.
    pub repeated: Vec<Repeated>,
}

impl Document {
    /// Hands over everything that was found while reading.
    pub fn report(&mut self, diagnostics: &mut Diagnostics) {
        self.findings.drain(..).for_each(|one| diagnostics.push(one));
        let more = self.repeated.len().saturating_sub(REPORTED);
        for one in self.repeated.drain(..).take(REPORTED) {
            diagnostics.push(one.diagnostic(&self.tree, self.syntax));
        }
        if more > 0 {
            let message = format!("{more} more keys are written twice in one object");
            diagnostics.push(
                Diagnostic::violation("duplicate-key", message)
                    .help("see the findings with the same code"),
            );
        }
    }
}

/// Where something was found that is reported once, however often it is there.
#[derive(Default)]
struct Occurrences {
    first: Option<Span>,
    more: usize,
}

impl Occurrences {
    fn add(&mut self, place: Span) {
        match self.first {
            Some(_) => self.more += 1,
            None => self.first = Some(place),
        }
    }

    /// The message, and the first place.
    fn finding(&self, message: &str) -> Option<(String, Span)> {
        let more = match self.more {
            0 => String::new(),
            1 => ", also at one more place".to_owned(),
            more => format!(", also at {more} more places"),
        };
        self.first.map(|first| (format!("{message}{more}"), first))
    }
}

/// The error for a document that is nested deeper than [`DEEPEST`].
fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("nesting", format!("expected less nesting: at most {DEEPEST} levels"))
        .at(span, "here")
        .help("name the inner parts and refer to them")
}

/// A range of bytes of a source.
fn span(source: SourceId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: offset(start), end: offset(end) }
}
