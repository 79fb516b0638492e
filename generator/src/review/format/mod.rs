//! A report as text, in several formats.
//!
//! Enters: a [`Report`]. Leaves: the same bytes for the same report.
//! The words of a schema are hostile: each format escapes them where it writes them.

mod comment;
mod github;
mod json;
mod markdown;
mod rules;
mod sarif;
mod text;
mod words;

pub use rules::list_rules;

use super::report::Report;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// A comment on a pull request, of at most 60,000 characters.
    Markdown,
    /// The same, however long.
    FullMarkdown,
    /// For programs; `docs/diff.schema.json` describes it.
    Json,
    /// Annotations as workflow commands of GitHub Actions, at most 50.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

/// Where the documents can be seen: addresses to which `#L12` is added.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The address of the old document.
    pub old: Option<String>,
    /// The address of the new document.
    pub new: Option<String>,
}

/// The names in a report, and the addresses of its documents.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The name of the schema, by which a comment is found again.
    pub name: String,
    /// The names of the sides.
    pub sides: (String, String),
    /// Where the documents can be seen.
    pub links: Links,
    /// Whether the text shows changes that a client does not see.
    pub notes: bool,
}

impl Report {
    /// The report in a format.
    pub fn show(&self, format: Format, style: &Style) -> String {
        match format {
            Format::Text => text::show(self, style),
            Format::Markdown => markdown::show(self, style, Some(markdown::BUDGET)),
            Format::FullMarkdown => markdown::show(self, style, None),
            Format::Json => json::show(self, style),
            Format::Github => github::show(self),
            Format::Sarif => sarif::show(self),
        }
    }
}
