//! A value that a caller gave for a member of a declared type, ready to be sent.
//!
//! Enters: values, JSON text, or why a text is not a value. Leaves: JSON text, or the value itself for what
//! writes it in another way. Must not know: what the value is for.

use super::{JoinedArray, JoinedObject, Untyped, Value, writer};
use std::fmt;

/// What a conversion made of a caller's value, for a place of type `T`: see
/// [`IntoValue`](super::IntoValue).
///
/// What is not a value of the type is not an error yet: it is kept, and the request that would send it
/// fails before anything is sent.
pub struct Given<T>(Content<T>);

enum Content<T> {
    /// A value, and how it is written.
    Value(T, fn(&T) -> String),
    /// JSON text.
    Json(String),
    /// Objects of which at least one is only referred to.
    Related(Related),
    /// Not a value.
    Fault(Fault),
}

/// Objects that a navigation property will refer to: existing ones, by their addresses, and perhaps new
/// ones.
#[derive(Clone)]
pub(crate) struct Related {
    /// All of them as one JSON value, in order.
    pub(crate) all: String,
    /// The new ones, if there are any.
    pub(crate) new: Option<String>,
    /// The addresses of the existing ones.
    pub(crate) addresses: String,
}

/// Why something that a caller gave cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fault {
    /// The member, or the path to it; empty as long as it is not known.
    path: String,
    /// What is wrong.
    reason: String,
}

impl Fault {
    pub(crate) fn new(reason: impl fmt::Display) -> Self {
        Self { path: String::new(), reason: reason.to_string() }
    }

    /// The same fault of a member.
    pub(crate) fn within(mut self, member: &str) -> Self {
        let between = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = [member, between, &self.path].concat();
        self
    }

    /// The same fault, of a path if it has none yet.
    pub(crate) fn of(self, path: &str) -> Self {
        if self.path.is_empty() { self.within(path) } else { self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, reason } = self;
        if path.is_empty() {
            return formatter.write_str(reason);
        }
        write!(formatter, "the value of `{path}` cannot be sent: {reason}")
    }
}

impl<T> Given<T> {
    /// A value of the declared type.
    pub fn value(value: T) -> Self
    where
        T: Value,
    {
        Self(Content::Value(value, |value| writer::text(&value.view())))
    }

    /// Any JSON value, which the service has to accept.
    pub fn json(value: &Untyped) -> Self {
        Self(Content::Json(value.text().to_owned()))
    }

    /// Something that is not a value of the type, and why. The request that would send it fails, and its
    /// error has this text.
    pub fn invalid(reason: impl fmt::Display) -> Self {
        Self::fault(Fault::new(reason))
    }

    /// JSON text that is known to be a value.
    pub(crate) fn text(json: String) -> Self {
        Self(Content::Json(json))
    }

    pub(crate) fn fault(fault: Fault) -> Self {
        Self(Content::Fault(fault))
    }

    pub(crate) fn related(related: Related) -> Self {
        Self(Content::Related(related))
    }

    /// The JSON text.
    pub(crate) fn into_json(self) -> Result<String, Fault> {
        match self.0 {
            Content::Value(value, write) => Ok(write(&value)),
            Content::Json(json) => Ok(json),
            Content::Related(related) => Ok(related.all),
            Content::Fault(fault) => Err(fault),
        }
    }

    /// The value itself.
    pub(crate) fn into_typed(self) -> Result<T, Fault> {
        match self.0 {
            Content::Value(value, _) => Ok(value),
            Content::Fault(fault) => Err(fault),
            Content::Json(_) | Content::Related(_) => Err(Fault::new("JSON cannot be in a URL")),
        }
    }

    /// The objects that a navigation property will refer to, if at least one exists already; otherwise the
    /// JSON text of new ones.
    pub(crate) fn into_related(self) -> Result<Result<Related, String>, Fault> {
        match self.0 {
            Content::Related(related) => Ok(Ok(related)),
            other => Self(other).into_json().map(Err),
        }
    }
}

/// All items as one value, or the first that is not one.
pub(crate) fn list<T, L>(items: impl Iterator<Item = Option<Given<T>>>) -> Given<L> {
    let mut all = JoinedArray::default();
    let mut new = JoinedArray::default();
    let mut addresses: Option<JoinedArray> = None;
    for (index, item) in items.enumerate() {
        let item = item.unwrap_or_else(|| Given::text("null".to_owned())).into_related();
        match item {
            Ok(Err(json)) => {
                all.push(&json);
                new.push(&json);
            }
            Ok(Ok(related)) => {
                all.push(&related.all);
                addresses.get_or_insert_default().push(&related.addresses);
            }
            Err(fault) => return Given::fault(fault.within(&format!("[{index}]"))),
        }
    }
    match addresses {
        None => Given::text(all.end()),
        Some(addresses) => Given::related(Related {
            all: all.end(),
            new: (!new.is_empty()).then(|| new.end()),
            addresses: addresses.end(),
        }),
    }
}

/// All entries as one object, or the first that is not a value.
pub(crate) fn object<T, L>(entries: impl Iterator<Item = (String, Option<Given<T>>)>) -> Given<L> {
    let mut object = JoinedObject::default();
    for (name, value) in entries {
        let value = value.unwrap_or_else(|| Given::text("null".to_owned()));
        match value.into_json() {
            Ok(json) => object.push(&name, &json),
            Err(fault) => return Given::fault(fault.within(&name)),
        }
    }
    Given::text(object.end())
}

/// Shows no value, which may be personal data.
impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Fault(fault) => write!(formatter, "Given({fault})"),
            _ => formatter.write_str("Given(…)"),
        }
    }
}
