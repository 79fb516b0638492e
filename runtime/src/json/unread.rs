//! The values that could not be read, and where they are.
//!
//! Enters: a view. Leaves: the members below it that were kept as their JSON text.

use super::{Structured, Untyped, Value, View};
use std::borrow::Cow;
use std::fmt;

/// A declared member whose value is not of its type, and so was kept as its JSON text.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread<'a> {
    path: Cow<'a, str>,
    value: &'a Untyped,
    reason: &'a str,
}

impl<'a> Unread<'a> {
    pub(crate) fn new(member: &'a str, value: &'a Untyped, reason: &'a str) -> Self {
        Self { path: member.into(), value, reason }
    }

    /// The path of the member, such as `value[3].status`; within its own object, its name.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What came.
    pub fn value(&self) -> &'a Untyped {
        self.value
    }

    /// Why it could not be read.
    pub fn reason(&self) -> &'a str {
        self.reason
    }
}

impl fmt::Display for Unread<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "at `{}`: {}", self.path, self.reason)
    }
}

/// The declared members, at any depth, whose values are not of their types, and why.
///
/// They are `None` in their structs, and in [`Additional`](super::Additional) as they came. A program that
/// must not overlook such a value can check for them; there are none if all is as the schema declares it.
///
/// ```
/// use schemacrate_runtime::Page;
/// use schemacrate_runtime::model::{from_json, unread};
///
/// let page: Page<i32> = from_json(br#"{"@odata.count":"many","value":[1]}"#)?;
/// let unread = unread(&page);
/// assert_eq!(unread.len(), 1);
/// assert!(unread[0].to_string().starts_with("at `@odata.count`: invalid type: string \"many\""));
/// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
/// ```
pub fn unread<T: Value>(value: &T) -> Vec<Unread<'_>> {
    unread_below(&value.view())
}

/// The members below a view that could not be read.
pub(crate) fn unread_below<'a>(view: &View<'a>) -> Vec<Unread<'a>> {
    let mut found = Vec::new();
    collect(&mut String::new(), view, &mut found);
    found
}

fn collect<'a>(path: &mut String, view: &View<'a>, found: &mut Vec<Unread<'a>>) {
    match view {
        View::Object(object, _) => members(path, *object, found),
        View::List(items) => {
            for index in 0..items.len() {
                let end = path.len();
                path.push_str(&format!("[{index}]"));
                collect(path, &items.get(index), found);
                path.truncate(end);
            }
        }
        _ => {}
    }
}

fn members<'a>(path: &mut String, object: &'a dyn Structured, found: &mut Vec<Unread<'a>>) {
    let dot = if path.is_empty() { "" } else { "." };
    let unread = object.additional().unread();
    found.extend(unread.map(|member| Unread {
        path: [path.as_str(), dot, member.path()].concat().into(),
        ..member
    }));
    for (index, view) in object.present() {
        let end = path.len();
        path.push_str(dot);
        path.push_str(object.shape().member(index));
        collect(path, &view, found);
        path.truncate(end);
    }
}
