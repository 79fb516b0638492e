//! The part of a model that the configuration includes.

use super::{Pattern, Unmatched, slice};
use crate::input::config::Config;
use crate::input::patterns::{Reading, patterns, report_unmatched};
use crate::input::session::{BuildError, Session};
use crate::odata::Schema;
use crate::odata::edm::Model;

/// How a pattern is read, and written.
const READING: Reading<Pattern> = Reading {
    parse: Pattern::parse,
    help: "write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`",
};

/// The part of a model that the configuration includes, with the whole model unless it is all of it.
///
/// # Errors
/// If a pattern is wrong, or an included one reaches nothing.
pub(crate) fn asked(
    whole: Model,
    config: &Config,
    session: &mut Session,
) -> Result<Schema, BuildError> {
    let Part { model, unmatched } = part(&whole, config, session)?;
    let help = "segments are the names of the schema; `{…}` is a key";
    report_unmatched(&unmatched, ("service", help), (config, session));
    session.check()?;
    Ok(match model {
        Some(model) => Schema { model, whole: Some(whole) },
        None => Schema { model: whole, whole: None },
    })
}

/// The result of the configured patterns.
pub(crate) struct Part {
    /// The smaller model, unless everything is included.
    pub(crate) model: Option<Model>,
    /// The positions of the included patterns that reach nothing.
    pub(crate) unmatched: Unmatched,
}

/// The part of a model that the configuration includes, whether every pattern reaches something or
/// not.
///
/// # Errors
/// If a pattern is wrong.
pub(crate) fn part(
    whole: &Model,
    config: &Config,
    session: &mut Session,
) -> Result<Part, BuildError> {
    let include = patterns(&config.slice.include, &READING, (config, session));
    let exclude = patterns(&config.slice.exclude, &READING, (config, session));
    session.check()?;
    if include.is_empty() && exclude.is_empty() {
        return Ok(Part { model: None, unmatched: Vec::new() });
    }
    let (model, unmatched) = slice(whole, &include, &exclude);
    Ok(Part { model: Some(model), unmatched })
}
