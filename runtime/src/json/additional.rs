//! What an object holds besides its declared members.

use super::dialect::Dialect;
use super::notes::Notes;
use super::{Unread, Untyped, View};
use std::borrow::Cow;
use std::fmt;

/// Members that the schema does not declare, and annotations, in the order in which they came.
///
/// A declared member whose value is not of its type is here as well, by its own name, and
/// [`unread`](Self::unread) lists it: one bad value does not lose the object, or the page that it is on.
/// It is written again as it came, until the member of the struct is set, or this one is removed.
///
/// ```
/// use schemacrate_runtime::model::Additional;
///
/// let mut additional = Additional::default();
/// additional.insert("color", "red");
/// assert_eq!(additional.get("color").map(|value| value.text()), Some("\"red\""));
/// ```
#[derive(Default)]
pub struct Additional {
    /// The values, each with its name.
    members: Vec<Untyped>,
    /// What is known about declared members besides their values, if there is anything.
    notes: Option<Box<Notes>>,
}

impl Additional {
    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        self.members.iter().rev().find(|member| member.name() == name)
    }

    /// Sets a member and returns its previous value.
    pub fn insert(
        &mut self,
        name: impl Into<String>,
        value: impl Into<Untyped>,
    ) -> Option<Untyped> {
        let name = name.into();
        let member = Untyped::named(&name, value.into().text());
        self.forget(&name);
        let Some(at) = self.last(&name) else {
            self.members.push(member);
            return None;
        };
        let old = std::mem::replace(&mut self.members[at], member);
        self.drop_before(at, &name);
        Some(old.clone())
    }

    /// Removes a member.
    pub fn remove(&mut self, name: &str) -> Option<Untyped> {
        self.forget(name);
        let at = self.last(name)?;
        let old = self.members.remove(at);
        self.drop_before(at, name);
        Some(old.clone())
    }

    /// All members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Untyped)> {
        self.members.iter().map(|member| (member.name(), member))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The declared members of the object itself whose values are not of their types, and why.
    /// [`model::unread`](super::unread()) finds them at any depth.
    ///
    /// ```
    /// use schemacrate_runtime::Page;
    /// use schemacrate_runtime::model::from_json;
    ///
    /// let page: Page<i32> = from_json(br#"{"@odata.count":"many","value":[1]}"#)?;
    /// assert_eq!((page.count, page.value.len()), (None, 1));
    /// let unread: Vec<_> = page.additional.unread().collect();
    /// assert_eq!((unread[0].path(), unread[0].value().text()), ("@odata.count", "\"many\""));
    /// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
    /// ```
    pub fn unread(&self) -> impl Iterator<Item = Unread<'_>> {
        let notes = self.notes.iter().flat_map(|notes| notes.unread());
        let declared =
            notes.filter_map(|(member, why)| Some(Unread::new(member, self.get(member)?, why)));
        declared.chain(self.unread_entries()).chain(self.unread_whole())
    }

    /// The members that are not declared by name, and whose values are not of their types.
    fn unread_entries(&self) -> impl Iterator<Item = Unread<'_>> {
        let notes = self.notes.iter();
        notes.flat_map(|notes| {
            self.iter().filter_map(|(name, json)| {
                notes.why_no_entry(name).map(|why| Unread::new(name, json, why))
            })
        })
    }

    /// An array whose items are not of their types.
    fn unread_whole(&self) -> Option<Unread<'_>> {
        match self.notes.as_ref()?.whole()? {
            (json, Some(why)) => Some(Unread::new("", json, why)),
            (_, None) => None,
        }
    }

    /// What came in place of an object, where the schema allows values of other kinds as well, or in place of
    /// an array, if an item is not of its type. It is written again, as long as no member is set.
    pub fn whole(&self) -> Option<&Untyped> {
        self.notes.as_ref()?.whole().map(|(json, _)| json)
    }

    /// The JSON of a declared member as it came, where its value does not hold all of it or is written in
    /// another way: more digits than a number has, half a surrogate pair in a string, an integer as `5.0`
    /// or `"5"`. This JSON is written again, as long as the value is the one that was read.
    pub fn received(&self, member: &str) -> Option<&Untyped> {
        self.notes.as_ref()?.json(member)
    }

    /// The member that names the object's type in a dialect. If there are several, the last one counts.
    #[inline]
    pub(crate) fn type_member(&self, dialect: &Dialect) -> Option<(&str, &Untyped)> {
        let first = dialect.annotations?;
        // Most members are not annotations.
        let names_type = |member: &&Untyped| {
            member.first_byte() == Some(first) && (dialect.names_type)(member.name())
        };
        self.members.iter().rfind(names_type).map(|member| (member.name(), member))
    }

    /// Appends a member that was read.
    pub(crate) fn push(&mut self, name: &str, json: &str) {
        self.members.push(Untyped::named(name, json));
    }

    /// Appends members that were read from a text.
    pub(crate) fn extend(&mut self, text: &str, members: &[(Cow<'_, str>, &str)]) {
        self.members.reserve(members.len());
        if !Untyped::all_within(text, members, &mut self.members) {
            let members = members.iter().map(|(name, json)| (name.as_ref(), *json));
            Untyped::all_named(members, &mut self.members);
        }
    }

    /// Keeps a declared member that could not be read.
    pub(crate) fn push_unread(&mut self, member: &'static str, json: &str, why: String) {
        // A repeated one moves to the end, so that it is found quickly.
        if self.notes.as_ref().is_some_and(|notes| notes.is_unread(member))
            && let Some(at) = self.last(member)
        {
            self.members.remove(at);
        }
        self.push(member, json);
        self.notes.get_or_insert_default().not_read(member, why);
    }

    /// Keeps the JSON that a declared member was read from, and its name there.
    pub(crate) fn note_received(
        &mut self,
        member: &'static str,
        name: &'static str,
        json: &str,
        view: &View<'_>,
    ) {
        self.notes.get_or_insert_default().received(member, name, json, view);
    }

    /// What is known about declared members besides their values.
    #[inline]
    pub(crate) fn notes(&self) -> Option<&Notes> {
        self.notes.as_deref()
    }

    /// The members, and what is known about declared ones.
    pub(crate) fn into_parts(self) -> (Vec<Untyped>, Option<Box<Notes>>) {
        (self.members, self.notes)
    }

    /// Sets what is known about declared members.
    pub(crate) fn set_notes(&mut self, notes: Option<Box<Notes>>) {
        self.notes = notes;
    }

    /// Whether there are neither members nor notes.
    pub(crate) fn holds_nothing(&self) -> bool {
        self.members.is_empty() && self.notes.is_none()
    }

    /// The index of a member. If it came twice, the last one counts.
    fn last(&self, name: &str) -> Option<usize> {
        self.members.iter().rposition(|member| member.name() == name)
    }

    /// Drops the members of a name that are before the one that counts.
    fn drop_before(&mut self, at: usize, name: &str) {
        let mut index = 0;
        self.members.retain(|member| {
            index += 1;
            index > at || member.name() != name
        });
    }

    /// Keeps what came in place of the members or the items.
    pub(crate) fn set_whole(&mut self, json: &str, why: Option<String>, read_as: String) {
        self.notes.get_or_insert_default().set_whole(json, why, read_as);
    }

    /// Forgets a declared member that came before.
    pub(crate) fn forget_member(&mut self, name: &str) {
        let Some(notes) = &mut self.notes else { return };
        let is_unread = notes.is_unread(name);
        notes.forget_all(name);
        if is_unread && let Some(at) = self.last(name) {
            self.members.remove(at);
        }
    }

    /// Keeps a member that is not declared by name and could not be read.
    pub(crate) fn push_unread_entry(&mut self, name: &str, json: &str, why: String) {
        self.forget_entry(name);
        self.push(name, json);
        self.notes.get_or_insert_default().entry_not_read(name, why);
    }

    /// Keeps the JSON that a member was read from that is not declared by name.
    pub(crate) fn note_entry(&mut self, name: &str, json: &str, view: &View<'_>) {
        self.forget_entry(name);
        self.notes.get_or_insert_default().entry_received(name, json, view);
    }

    /// Forgets what is known about a member that is not declared by name, if anything is.
    #[inline]
    pub(crate) fn forget_entry(&mut self, name: &str) {
        if let Some(notes) = &mut self.notes
            && notes.forget_entry(name)
            && let Some(at) = self.last(name)
        {
            self.members.remove(at);
        }
    }

    /// Forgets why a member could not be read.
    pub(crate) fn forget(&mut self, name: &str) {
        if let Some(notes) = &mut self.notes {
            notes.forget(name);
        }
    }
}

impl Clone for Additional {
    fn clone(&self) -> Self {
        let mut members = Vec::new();
        let held = self.members.iter().map(|member| (member.name(), member.text()));
        Untyped::all_named(held, &mut members);
        Self { members, notes: self.notes.clone() }
    }
}

impl fmt::Debug for Additional {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for Additional {
    /// The order of the members does not matter, nor the form in which the values of declared members came.
    fn eq(&self, other: &Self) -> bool {
        // If a member came twice, the last one counts.
        let holds = |one: &Self, other: &Self| {
            one.iter()
                .all(|(name, _)| other.get(name).is_some_and(|found| one.get(name) == Some(found)))
        };
        holds(self, other) && holds(other, self) && self.whole() == other.whole()
    }
}

impl FromIterator<(String, Untyped)> for Additional {
    fn from_iter<I: IntoIterator<Item = (String, Untyped)>>(members: I) -> Self {
        let members = members.into_iter();
        let members = members.map(|(name, value)| Untyped::named(&name, value.text())).collect();
        Self { members, notes: None }
    }
}
