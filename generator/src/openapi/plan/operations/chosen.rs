//! Operations that the configuration names.
//!
//! Enters: a pattern, as slices have them, or `*`. Leaves: whether it is about an operation, and a report if it is
//! about none. Must not know: what is configured.

use super::groups::Requested;
use crate::input::diagnostic::Diagnostic;
use crate::input::nearest::nearest;
use crate::openapi::model::Model;
use crate::openapi::slice::{PATTERNS, Pattern};

/// Operations by a pattern.
#[derive(Debug)]
pub(super) enum Chosen {
    All,
    Of(Pattern),
}

impl Chosen {
    pub(super) fn parse(text: &str) -> Result<Self, Diagnostic> {
        match text {
            "*" => Ok(Self::All),
            _ => Pattern::parse(text)
                .map(Self::Of)
                .map_err(|error| Diagnostic::error("bad-path", error.to_string()).help(PATTERNS)),
        }
    }

    pub(super) fn has(&self, requested: Requested<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Of(pattern) => pattern.has_operation(requested.path, requested.operation),
        }
    }
}

/// All operations of the API.
pub(super) fn requested(model: &Model) -> impl Iterator<Item = Requested<'_>> {
    model.paths.iter().flat_map(move |path| {
        let operations = model.items[path.item].operations.iter();
        operations.map(move |id| Requested { path, operation: &model.operations[*id] })
    })
}

/// What to say of a pattern that matches nothing.
pub(super) fn unmatched(model: &Model, text: &str) -> Diagnostic {
    let elements: Vec<String> = requested(model).map(|one| one.element()).collect();
    let operations = || requested(model).map(|one| one.operation);
    let ids = operations().filter_map(|one| one.id.as_ref().map(|id| id.text.as_str()));
    let tags = operations().flat_map(|one| one.tags.iter().map(|tag| tag.text.as_str()));
    let names: Vec<String> = match text.split_once(':') {
        Some(("tag", _)) => tags.map(|tag| ["tag:", tag].concat()).collect(),
        Some(("operation", _)) => ids.map(|id| ["operation:", id].concat()).collect(),
        _ if text.starts_with('/') => {
            model.paths.iter().map(|path| path.template.text.clone()).collect()
        }
        _ if text.contains(" /") => elements,
        _ => ids.map(str::to_owned).collect(),
    };
    let message = format!("no operation matches `{text}`");
    let help = match nearest(text, names.iter().map(String::as_str)) {
        Some(near) => format!("the API has `{near}`"),
        None => PATTERNS.to_owned(),
    };
    Diagnostic::error("unmatched-element", message).help(help)
}
