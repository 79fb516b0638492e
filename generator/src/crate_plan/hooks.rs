//! What the configuration adds to items: attributes, and types of other crates that replace generated ones.
//!
//! Enters: the tables `[attributes]` and `[extern]`, and what a front end says about their patterns. Leaves:
//! the attributes of an element, the type that replaces it, and reports of patterns that match nothing. Must
//! not know: how a front end names its elements.

use super::ItemPath;
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::session::{BuildError, Session};
use std::ops::Range;

/// A pattern that matches nothing.
pub(crate) struct Unmatched<'a> {
    /// The table of the configuration.
    pub(crate) table: &'static str,
    /// The pattern.
    pub(crate) pattern: &'a str,
    /// Where it is in the configuration.
    pub(crate) span: Range<usize>,
}

/// The attributes of an element.
pub(crate) fn attributes(config: &Config, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let fitting = config.attributes.iter().filter(|(pattern, _)| fits(pattern));
    fitting.flat_map(|(_, texts)| texts).map(|text| text.get_ref().trim().to_owned()).collect()
}

/// The type of another crate that replaces an element.
pub(crate) fn external(config: &Config, element: &str) -> Option<ItemPath> {
    item(config.external.get(element)?.get_ref())
}

/// The item that a path of the configuration names.
pub(crate) fn item(path: &str) -> Option<ItemPath> {
    let mut segments: Vec<String> = path
        .trim_start_matches("::")
        .split("::")
        .map(|segment| segment.trim().to_owned())
        .collect();
    let name = segments.pop()?;
    Some(ItemPath::external(segments.into(), &name))
}

/// The patterns that match nothing: those of attributes are about any element, those of types about a type.
pub(crate) fn unmatched<'a>(
    config: &'a Config,
    is_there: impl Fn(&str) -> bool,
    is_type: impl Fn(&str) -> bool,
) -> Vec<Unmatched<'a>> {
    let attributes = config.attributes.iter().filter_map(|(pattern, texts)| {
        let span = texts.first().filter(|_| !is_there(pattern))?.span();
        Some(Unmatched { table: "attributes", pattern, span })
    });
    let external = config.external.iter().filter(|(name, _)| !is_type(name));
    let external =
        external.map(|(pattern, path)| Unmatched { table: "extern", pattern, span: path.span() });
    attributes.chain(external).collect()
}

/// Reports the patterns that match nothing. `names` is what the patterns are.
///
/// # Errors
/// If there are such patterns, or there was an error before.
pub(crate) fn report(
    unmatched: Vec<Unmatched<'_>>,
    names: &str,
    config: &Config,
    session: &mut Session,
) -> Result<(), BuildError> {
    for Unmatched { table, pattern, span } in unmatched {
        let message = format!("the pattern `{pattern}` matches nothing that is generated");
        let help = format!("[{table}] takes {names}");
        let diagnostic = Diagnostic::error("unmatched-element", message).help(help);
        session.report(config.point(diagnostic, span, ""));
    }
    session.check()
}
