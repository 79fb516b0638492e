//! The part of a model that the configuration includes.

use super::{Pattern, Unmatched, slice};
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::session::{BuildError, Session};
use crate::odata::Schema;
use crate::odata::edm::Model;
use toml::Spanned;

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
    for at in unmatched {
        let pattern = &config.slice.include[at];
        let message = format!("nothing in the service matches `{}`", pattern.get_ref());
        let help = "segments are the names of the schema; `{…}` is a key";
        let diagnostic = Diagnostic::error("unmatched-path", message).help(help);
        session.report(config.point(diagnostic, pattern.span(), ""));
    }
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
    let include = patterns(&config.slice.include, config, session);
    let exclude = patterns(&config.slice.exclude, config, session);
    session.check()?;
    if include.is_empty() && exclude.is_empty() {
        return Ok(Part { model: None, unmatched: Vec::new() });
    }
    let (model, unmatched) = slice(whole, &include, &exclude);
    Ok(Part { model: Some(model), unmatched })
}

fn patterns(texts: &[Spanned<String>], config: &Config, session: &mut Session) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in texts {
        match Pattern::parse(text.get_ref()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let diagnostic = Diagnostic::error("bad-path", error.to_string()).help(
                    "write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`",
                );
                session.report(config.point(diagnostic, text.span(), ""));
            }
        }
    }
    patterns
}
