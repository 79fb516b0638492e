//! What is remembered about declared members whose values do not hold all of their JSON.
//!
//! Enters: the JSON text of a member, and why it could not be read, or the value that was read. Leaves:
//! what is written in place of the value, as long as it has not been changed.
//! Must not know: the types of members.

use super::{Untyped, View, writer};
use std::collections::BTreeMap;

/// The notes on the members of an object. Most objects have none.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    unread: Vec<NotRead>,
    received: Vec<Received>,
    /// What is known about members that are not declared by name, by their names.
    entries: BTreeMap<Box<str>, Entry>,
    whole: Option<Whole>,
}

/// What is known about a member that is not declared by name, but has a type.
#[derive(Clone)]
enum Entry {
    /// Why it could not be read.
    NotRead(Box<str>),
    /// The JSON that it came with, and how the value was written when it had been read.
    Received(Untyped, Box<str>),
}

/// What came in place of an object that has its members, or of an array that has its items.
#[derive(Clone)]
struct Whole {
    json: Untyped,
    /// Why it could not be read; `None` if it is a value of the type.
    why: Option<Box<str>>,
    /// How the object was written without it when it had been read.
    read_as: Box<str>,
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
        self.entries.remove(member);
    }

    /// A declared member came again.
    pub(crate) fn forget_all(&mut self, member: &str) {
        self.forget(member);
        self.received.retain(|note| note.member != member);
    }

    /// Notes why a member could not be read that is not declared by name.
    pub(crate) fn entry_not_read(&mut self, name: &str, why: String) {
        self.entries.insert(name.into(), Entry::NotRead(why.into()));
    }

    /// Notes the JSON that a member came with that is not declared by name, and the value that was read.
    pub(crate) fn entry_received(&mut self, name: &str, json: &str, view: &View<'_>) {
        let read_as = writer::text(view).into();
        self.entries.insert(name.into(), Entry::Received(Untyped::from_value(json), read_as));
    }

    /// Forgets everything about a member that is not declared by name. Returns whether it could not be read.
    pub(crate) fn forget_entry(&mut self, name: &str) -> bool {
        matches!(self.entries.remove(name), Some(Entry::NotRead(_)))
    }

    /// Why a member could not be read that is not declared by name.
    pub(crate) fn why_no_entry(&self, name: &str) -> Option<&str> {
        match self.entries.get(name)? {
            Entry::NotRead(why) => Some(why),
            Entry::Received(..) => None,
        }
    }

    /// The JSON that a member came with that is not declared by name, unless its value has been changed since.
    pub(crate) fn entry_as_received(&self, name: &str, view: &View<'_>) -> Option<&Untyped> {
        match self.entries.get(name)? {
            Entry::Received(json, read_as) => (**read_as == *writer::text(view)).then_some(json),
            Entry::NotRead(_) => None,
        }
    }

    /// Notes what came in place of the members or the items, why it could not be read, and how the object is
    /// written without it.
    pub(crate) fn set_whole(&mut self, json: &str, why: Option<String>, read_as: String) {
        let json = Untyped::from_value(json);
        self.whole = Some(Whole { json, why: why.map(Into::into), read_as: read_as.into() });
    }

    /// What came in place of the members or the items, and why it could not be read.
    pub(crate) fn whole(&self) -> Option<(&Untyped, Option<&str>)> {
        self.whole.as_ref().map(|whole| (&whole.json, whole.why.as_deref()))
    }

    /// What came in place of the members or the items, unless they have been changed since.
    pub(crate) fn unchanged_whole(&self, written: impl FnOnce() -> String) -> Option<&Untyped> {
        let whole = self.whole.as_ref()?;
        (*whole.read_as == *written()).then_some(&whole.json)
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
        let declared = self.received.iter().find(|note| note.member == member);
        declared.map(|note| &note.json).or_else(|| match self.entries.get(member)? {
            Entry::Received(json, _) => Some(json),
            Entry::NotRead(_) => None,
        })
    }

    /// The name and the JSON that a member came by, unless its value has been changed since.
    pub(crate) fn as_received(&self, member: &str, view: &View<'_>) -> Option<(&str, &Untyped)> {
        let note = self.received.iter().find(|note| note.member == member)?;
        (*note.read_as == *writer::text(view)).then_some((note.name, &note.json))
    }
}
