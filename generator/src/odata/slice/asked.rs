//! The part of a model that the configuration includes.

use super::{At, Pattern, Sliced, slice};
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::patterns::{Reading, patterns};
use crate::input::session::{BuildError, Session};
use crate::odata::Schema;
use crate::odata::edm::Model;

/// How an included pattern is read, and written.
const INCLUDED: Reading<Pattern> = Reading {
    parse: Pattern::parse_included,
    help: "write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`",
};

/// How an excluded pattern is read, and written.
const EXCLUDED: Reading<Pattern> = Reading {
    parse: Pattern::parse_excluded,
    help: "write a path like `/users/{id}/messages`, a qualified name like `microsoft.graph.user`, or a \
           member like `microsoft.graph.user/photo`",
};

/// The part of a model that the configuration includes, with the whole model unless it is all of it.
///
/// # Errors
/// If a pattern is wrong, or matches nothing.
pub(crate) fn asked(
    whole: Model,
    config: &Config,
    session: &mut Session,
) -> Result<Schema, BuildError> {
    let Some(Sliced { model, slips, brought }) = part(&whole, config, session)? else {
        return Ok(Schema { model: whole, whole: None, brought: Vec::new() });
    };
    let slice = &config.slice;
    for slip in slips {
        let pattern = match slip.pattern {
            At::Include(at) => &slice.include[at],
            At::Exclude(at) => &slice.exclude[at],
        };
        let message =
            format!("nothing in the service matches `{}`: {}", pattern.get_ref(), slip.message);
        let diagnostic = Diagnostic::error("unmatched-path", message);
        let diagnostic = match slip.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        session.report(config.point(diagnostic, pattern.span(), ""));
    }
    session.check()?;
    let brought = brought.lines(slice.include.iter().map(|one| one.get_ref().as_str()));
    Ok(Schema { model, whole: Some(whole), brought })
}

/// The part of a model that the configuration includes, whether every pattern matches something or not.
/// `None` is all of it.
///
/// # Errors
/// If a pattern is wrong.
pub(crate) fn part(
    whole: &Model,
    config: &Config,
    session: &mut Session,
) -> Result<Option<Sliced>, BuildError> {
    let include = patterns(&config.slice.include, &INCLUDED, (config, session));
    let exclude = patterns(&config.slice.exclude, &EXCLUDED, (config, session));
    session.check()?;
    if include.is_empty() && exclude.is_empty() {
        return Ok(None);
    }
    Ok(Some(slice(whole, &include, &exclude)))
}
