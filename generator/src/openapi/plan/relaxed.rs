//! What the configuration changes for documents that do not describe what the service sends.
//!
//! Enters: the table `[openapi]`. Leaves: what is true of a member or a format instead. Must not know: shapes.

use super::elements;
use crate::input::config::{Config, MemberChange, RequiredMembers};

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

    /// Whether strings of a format have a type of their own.
    pub(super) fn has_format(&self, format: &str) -> bool {
        self.config.openapi.formats.get(format).copied().unwrap_or(true)
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
