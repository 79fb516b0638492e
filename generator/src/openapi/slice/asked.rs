//! The part of an API that the configuration includes.

use super::{Pattern, Selected, select};
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::session::{BuildError, Session};
use crate::openapi::Api;
use toml::Spanned;

/// The part of an API that the configuration includes.
///
/// # Errors
/// If a pattern is wrong, or an included one selects nothing.
pub(crate) fn asked(whole: Api, config: &Config, session: &mut Session) -> Result<Api, BuildError> {
    let include = patterns(&config.slice.include, config, session);
    let exclude = patterns(&config.slice.exclude, config, session);
    session.check()?;
    if include.is_empty() && exclude.is_empty() {
        return Ok(whole);
    }
    let Selected { api, unmatched } = select(whole, &include, &exclude);
    for at in unmatched {
        let pattern = &config.slice.include[at];
        let message = format!("nothing in the API matches `{}`", pattern.get_ref());
        let help = "paths are those of the document, in which `{…}` is a variable; names are those of the \
                    document as they are written, in which `*` is any text";
        let diagnostic = Diagnostic::error("unmatched-path", message).help(help);
        session.report(config.point(diagnostic, pattern.span(), ""));
    }
    session.check()?;
    Ok(api)
}

fn patterns(texts: &[Spanned<String>], config: &Config, session: &mut Session) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in texts {
        match Pattern::parse(text.get_ref()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let help = "write a path like `/pets/{id}/**` or `GET /pets`, or `tag:…`, `operation:…`, \
                            `component:…` or `webhook:…`";
                let diagnostic = Diagnostic::error("bad-path", error.to_string()).help(help);
                session.report(config.point(diagnostic, text.span(), ""));
            }
        }
    }
    patterns
}
