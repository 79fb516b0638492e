//! What is remembered about declared members whose values do not hold all of their JSON.
//!
//! Enters: the JSON text of a member, and why it could not be read, or the value that was read. Leaves:
//! what is written in place of the value, as long as it has not been changed.
//! Must not know: the types of members.

use super::{Untyped, View, writer};

/// The notes on the members of an object. Most objects have none.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    unread: Vec<NotRead>,
    received: Vec<Received>,
}

/// A member that could not be read.
#[derive(Clone)]
struct NotRead {
    member: &'static str,
    why: Box<str>,
}

/// A member that was read, but came in another form than its value is written.
#[derive(Clone)]
struct Received {
    member: &'static str,
    /// The name that it came by.
    name: &'static str,
    json: Untyped,
    /// How the value was written when it had been read.
    read_as: Box<str>,
}

impl Notes {
    /// Notes why a member could not be read.
    pub(crate) fn not_read(&mut self, member: &'static str, why: String) {
        self.forget(member);
        self.unread.push(NotRead { member, why: why.into() });
    }

    /// Notes the JSON and the name that a member came with, and the value that was read.
    pub(crate) fn received(
        &mut self,
        member: &'static str,
        name: &'static str,
        json: &str,
        view: &View<'_>,
    ) {
        let read_as = writer::text(view).into();
        self.received.retain(|note| note.member != member);
        self.received.push(Received { member, name, json: Untyped::from_value(json), read_as });
    }

    /// A member was set by hand.
    pub(crate) fn forget(&mut self, member: &str) {
        self.unread.retain(|note| note.member != member);
    }

    /// Forgets everything about other members than these.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.unread.retain(|note| is_kept(note.member));
        self.received.retain(|note| is_kept(note.member));
    }

    /// The members that could not be read, and why.
    pub(crate) fn unread(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.unread.iter().map(|note| (note.member, &*note.why))
    }

    /// Whether a member could not be read.
    pub(crate) fn is_unread(&self, member: &str) -> bool {
        self.unread.iter().any(|note| note.member == member)
    }

    /// The JSON that a member came as.
    pub(crate) fn json(&self, member: &str) -> Option<&Untyped> {
        self.received.iter().find(|note| note.member == member).map(|note| &note.json)
    }

    /// The name and the JSON that a member came by, unless its value has been changed since.
    pub(crate) fn as_received(&self, member: &str, view: &View<'_>) -> Option<(&str, &Untyped)> {
        let note = self.received.iter().find(|note| note.member == member)?;
        (*note.read_as == *writer::text(view)).then_some((note.name, &note.json))
    }
}
