//! What the configuration changes for documents that do not describe what the service sends.
//!
//! Enters: the table `[openapi]`. Leaves: what is true of a member or a format instead. Must not know: shapes.

use super::elements;
use super::formats::Change;
use crate::crate_plan::hooks;
use crate::input::config::{Config, FormatChange, MemberChange, RequiredMembers};

/// The changes.
pub(super) struct Relaxed<'c> {
    config: &'c Config,
}

impl<'c> Relaxed<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        Self { config }
    }

    /// Whether what is required may be absent in what a service sends.
    pub(super) fn is_required_doubted(&self) -> bool {
        self.config.openapi.required == RequiredMembers::ReadOptional
    }

    /// What strings of a format are in place of the type that they have otherwise.
    pub(super) fn format(&self, name: &str) -> Option<Change> {
        match self.config.openapi.formats.get(name)?.get_ref() {
            FormatChange::Typed(true) => None,
            FormatChange::Typed(false) => Some(Change::Plain),
            FormatChange::External(path) => hooks::item(path).map(Change::External),
        }
    }

    /// Whether a member may be absent, although it is required.
    pub(super) fn is_optional(&self, element: &str, member: &str) -> bool {
        self.has(element, member, MemberChange::Optional)
    }

    /// Whether a member may be null, although the schema does not allow that.
    pub(super) fn is_nullable(&self, element: &str, member: &str) -> bool {
        self.has(element, member, MemberChange::Nullable)
    }

    fn has(&self, element: &str, member: &str, wanted: MemberChange) -> bool {
        let members = &self.config.openapi.members;
        members.iter().any(|(pattern, change)| {
            *change.get_ref() == wanted && elements::fits(pattern, element, Some(member))
        })
    }
}
