//! The part of an API that the configuration includes.

use super::{Pattern, Selected, select};
use crate::input::config::Config;
use crate::input::patterns::{Reading, patterns, report_unmatched};
use crate::input::session::{BuildError, Session};
use crate::openapi::Api;

/// How a pattern is written.
pub(crate) const PATTERNS: &str = "write a path like `/pets/{id}/**` or `GET /pets`, or `tag:…`, `operation:…`, `component:…` or `webhook:…`";

/// How a pattern is read, and written.
const READING: Reading<Pattern> = Reading { parse: Pattern::parse, help: PATTERNS };

/// The part of an API that the configuration includes.
///
/// # Errors
/// If a pattern is wrong, or an included one selects nothing.
pub(crate) fn asked(whole: Api, config: &Config, session: &mut Session) -> Result<Api, BuildError> {
    let include = patterns(&config.slice.include, &READING, (config, session));
    let exclude = patterns(&config.slice.exclude, &READING, (config, session));
    session.check()?;
    if include.is_empty() && exclude.is_empty() {
        return Ok(whole);
    }
    let Selected { api, unmatched, .. } = select(whole, &include, &exclude);
    let help = "paths are those of the document, in which `{…}` is a variable; names are those of the document \
                as they are written, in which `*` is any text";
    report_unmatched(&unmatched, ("API", help), (config, session));
    session.check()?;
    Ok(api)
}
