//! The values that could not be read, and where they are.
//!
//! Enters: a view. Leaves: the members below it that were kept as their JSON text.

use super::reader::push_name;
use super::{ListView, Structured, Untyped, Value, View};
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
        View::Union(value) => collect(path, &value.view(), found),
        View::List(items) => collect_items(path, *items, 0, found),
        View::Map(map) | View::Entries(map) => {
            for (name, view) in map.entries() {
                let end = path.len();
                push_name(path, name);
                collect(path, &view, found);
                path.truncate(end);
            }
        }
        _ => {}
    }
}

fn collect_items<'a>(
    path: &mut String,
    items: &'a dyn ListView,
    first: usize,
    found: &mut Vec<Unread<'a>>,
) {
    for index in 0..items.len() {
        let end = path.len();
        path.push_str(&format!("[{}]", first + index));
        collect(path, &items.get(index), found);
        path.truncate(end);
    }
}

fn members<'a>(path: &mut String, object: &'a dyn Structured, found: &mut Vec<Unread<'a>>) {
    for member in object.additional().unread() {
        let end = path.len();
        if !member.path().is_empty() {
            push_name(path, member.path());
        }
        found.push(Unread { path: path.clone().into(), ..member });
        path.truncate(end);
    }
    for (index, view) in object.present() {
        match view {
            View::Entries(_) => collect(path, &view, found),
            View::Rest(items) => collect_items(path, items, index, found),
            _ => {
                let end = path.len();
                push_name(path, object.shape().member(index));
                collect(path, &view, found);
                path.truncate(end);
            }
        }
    }
}
