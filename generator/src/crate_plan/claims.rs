//! The names of elements: those of the configuration, and those that could not be kept.
//!
//! Enters: elements, with the names that they would have. Leaves: the names that they have in their
//! [`Scope`], and a [`Rename`] for each that met another one. Must not know: what the elements are.

use super::Rename;
use super::naming::Scope;
use crate::input::config::Config;
use crate::input::source::Span;
use std::sync::{Mutex, PoisonError};

/// Assigns names, also to several elements at the same time.
pub(crate) struct Claims<'c> {
    config: &'c Config,
    /// The names that could not be kept, in any order.
    renames: Mutex<Vec<Rename>>,
}

impl<'c> Claims<'c> {
    pub(crate) fn new(config: &'c Config) -> Self {
        Self { config, renames: Mutex::default() }
    }

    /// Assigns the name of an element of the schema in a scope: the configured one if there is one.
    pub(crate) fn claim(
        &self,
        scope: &mut Scope,
        (element, span): (&str, Span),
        wanted: &str,
    ) -> String {
        let configured = self.config.names.get(element);
        let wanted = configured.map_or(wanted, |name| name.get_ref().as_str());
        let claim = scope.claim(wanted, element);
        if let Some(rival) = claim.rival {
            let rename = Rename {
                element: element.to_owned(),
                wanted: wanted.to_owned(),
                given: claim.name.clone(),
                reason: format!("the name belongs to {rival}"),
                span,
            };
            self.renames.lock().unwrap_or_else(PoisonError::into_inner).push(rename);
        }
        claim.name
    }

    /// The names that could not be kept, in order.
    pub(crate) fn into_renames(self) -> Vec<Rename> {
        let mut renames = self.renames.into_inner().unwrap_or_else(PoisonError::into_inner);
        renames.sort();
        renames.dedup();
        renames
    }
}
