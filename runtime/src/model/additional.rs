//! What an object holds beside its declared members.

use super::{TYPE, Untyped};
use std::fmt;

/// Members that the schema does not declare, and annotations, in the order they came.
///
/// ```
/// use odatagen_runtime::model::Additional;
///
/// let mut additional = Additional::default();
/// additional.insert("@odata.etag", "W/\"1\"");
/// assert_eq!(additional.etag().as_deref(), Some("W/\"1\""));
/// ```
#[derive(Default)]
pub struct Additional {
    /// The values, each with its name.
    members: Vec<Untyped>,
}

impl Additional {
    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        self.members.iter().rev().find(|member| member.name() == name)
    }

    /// Sets a member; the value it had is returned.
    pub fn insert(
        &mut self,
        name: impl Into<String>,
        value: impl Into<Untyped>,
    ) -> Option<Untyped> {
        let name = name.into();
        let member = Untyped::named(&name, value.into().text());
        match self.members.iter_mut().find(|member| member.name() == name) {
            Some(old) => Some(std::mem::replace(old, member).clone()),
            None => {
                self.members.push(member);
                None
            }
        }
    }

    /// Removes a member.
    pub fn remove(&mut self, name: &str) -> Option<Untyped> {
        let at = self.members.iter().position(|member| member.name() == name)?;
        Some(self.members.remove(at).clone())
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

    /// The entity tag of the object, for conditional requests.
    pub fn etag(&self) -> Option<String> {
        self.get("@odata.etag").or_else(|| self.get("@etag"))?.to().ok()
    }

    /// The qualified name of the object's type, where the object says it.
    pub fn type_name(&self) -> Option<String> {
        let name: String = self.get(TYPE).or_else(|| self.get("@type"))?.to().ok()?;
        Some(name.strip_prefix('#').map(str::to_owned).unwrap_or(name))
    }

    /// The id of the object, which most often is its URL (`@odata.id`). After a create or a change that
    /// the service answered without a body, it is all that is known of the object.
    ///
    /// ```
    /// use odatagen_runtime::model::Additional;
    ///
    /// let mut additional = Additional::default();
    /// additional.insert("@odata.id", "https://example.com/v1/books(7)");
    /// assert_eq!(additional.entity_id().as_deref(), Some("https://example.com/v1/books(7)"));
    /// ```
    pub fn entity_id(&self) -> Option<String> {
        self.get("@odata.id").or_else(|| self.get("@id"))?.to().ok()
    }

    /// How many items an expanded collection has in all, where the service counted them.
    ///
    /// ```
    /// use odatagen_runtime::model::Additional;
    ///
    /// let mut additional = Additional::default();
    /// additional.insert("members@odata.count", 7_i64);
    /// assert_eq!(additional.count_of("members"), Some(7));
    /// ```
    pub fn count_of(&self, property: &str) -> Option<i64> {
        let value = self.annotation(property, "count")?;
        value.to().ok().or_else(|| value.to::<String>().ok()?.parse().ok())
    }

    /// Where the rest of an expanded collection is, if it was too long for one answer.
    pub fn next_link_of(&self, property: &str) -> Option<String> {
        self.annotation(property, "nextLink")?.to().ok()
    }

    /// A control annotation of a property, with or without the prefix that 4.01 leaves out.
    fn annotation(&self, property: &str, name: &str) -> Option<&Untyped> {
        self.get(&format!("{property}@odata.{name}"))
            .or_else(|| self.get(&format!("{property}@{name}")))
    }

    /// Appends a member that was read.
    pub(super) fn push(&mut self, name: &str, json: &str) {
        self.members.push(Untyped::named(name, json));
    }
}

impl Clone for Additional {
    fn clone(&self) -> Self {
        let members = self.iter().map(|(name, value)| Untyped::named(name, value.text()));
        Self { members: members.collect() }
    }
}

impl fmt::Debug for Additional {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for Additional {
    /// The order of the members is of no account.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.iter().all(|(name, value)| other.get(name).is_some_and(|found| found == value))
    }
}

impl FromIterator<(String, Untyped)> for Additional {
    fn from_iter<I: IntoIterator<Item = (String, Untyped)>>(members: I) -> Self {
        let members = members.into_iter();
        Self { members: members.map(|(name, value)| Untyped::named(&name, value.text())).collect() }
    }
}
