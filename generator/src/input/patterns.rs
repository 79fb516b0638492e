//! The patterns by which the configuration includes and excludes parts of a schema.
//!
//! Enters: the texts of the configuration, and how a front end reads one. Leaves: its patterns; what is wrong with
//! a text, or has no match, is reported at its place. Must not know: what patterns are about.

use super::config::Config;
use super::diagnostic::Diagnostic;
use super::session::Session;
use std::fmt;
use toml::Spanned;

/// Why a text is not a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError(String);

impl PatternError {
    pub(crate) fn new(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for PatternError {}

/// How the patterns of a front end are read.
pub(crate) struct Reading<P> {
    /// Reads one.
    pub(crate) parse: fn(&str) -> Result<P, PatternError>,
    /// How one is written.
    pub(crate) help: &'static str,
}

/// The patterns of some texts.
pub(crate) fn patterns<P>(
    texts: &[Spanned<String>],
    reading: &Reading<P>,
    (config, session): (&Config, &mut Session),
) -> Vec<P> {
    let mut patterns = Vec::new();
    for text in texts {
        match (reading.parse)(text.get_ref()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let diagnostic =
                    Diagnostic::error("bad-path", error.to_string()).help(reading.help);
                session.report(config.point(diagnostic, text.span(), ""));
            }
        }
    }
    patterns
}

/// Reports the included patterns that match nothing. `what` is what they are about.
pub(crate) fn report_unmatched(
    unmatched: &[usize],
    (what, help): (&str, &str),
    (config, session): (&Config, &mut Session),
) {
    for at in unmatched {
        let pattern = &config.slice.include[*at];
        let message = format!("nothing in the {what} matches `{}`", pattern.get_ref());
        let diagnostic = Diagnostic::error("unmatched-path", message).help(help);
        session.report(config.point(diagnostic, pattern.span(), ""));
    }
}
