//! Equality and debugging output of objects, through their views.

use super::literal::same_literals;
use super::{Structured, View};
use std::fmt;

/// Whether two objects of one type are equal.
pub fn equal(a: &dyn Structured, b: &dyn Structured) -> bool {
    a.shape().name == b.shape().name && same_members(a, b) && a.additional() == b.additional()
}

fn same_members(a: &dyn Structured, b: &dyn Structured) -> bool {
    let (mut a, mut b) = (a.present(), b.present());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some((at, a)), Some((index, b))) if at == index && same(&a, &b) => {}
            _ => return false,
        }
    }
}

/// Whether two views are equal.
pub(crate) fn same(a: &View<'_>, b: &View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Int(a), View::Int(b)) => a == b,
        (View::Unsigned(a), View::Unsigned(b)) => a == b,
        (View::Double(a), View::Double(b)) => a == b,
        (View::Single(a), View::Single(b)) => a == b,
        (View::Str(a), View::Str(b)) => a == b,
        (View::Text(a), View::Text(b)) => a.to_string() == b.to_string(),
        (View::Untyped(a), View::Untyped(b)) => a == b,
        (View::Literal(a), View::Literal(b)) => same_literals(a, b),
        (View::Union(a), View::Union(b)) => same(&a.view(), &b.view()),
        (View::Object(a, _), View::Object(b, _)) => equal(*a, *b),
        (View::List(a), View::List(b)) | (View::Rest(a), View::Rest(b)) => {
            a.len() == b.len() && (0..a.len()).all(|index| same(&a.get(index), &b.get(index)))
        }
        // The order of the entries does not matter.
        (View::Map(a), View::Map(b)) | (View::Entries(a), View::Entries(b)) => {
            let is_same = |(name, a)| b.find(name).is_some_and(|b| same(&a, &b));
            a.len() == b.len() && a.entries().all(is_same)
        }
        (View::Update(a), View::Update(b)) => a == b,
        (View::Additional(a), View::Additional(b)) => a == b,
        _ => false,
    }
}

/// Writes an object with the members that are present, by their wire names.
///
/// # Errors
/// Those of the formatter.
pub fn debug(value: &dyn Structured, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = value.shape();
    let name = shape.name.rsplit('.').next().unwrap_or(shape.name);
    if let Some(json) = value.additional().whole() {
        return formatter.debug_tuple(name).field(json).finish();
    }
    let mut output = formatter.debug_struct(name);
    for (index, view) in value.present() {
        match view {
            View::Entries(map) => {
                for (entry, view) in map.entries() {
                    output.field(entry, &view);
                }
            }
            View::Rest(_) => {
                output.field("rest", &view);
            }
            _ => {
                output.field(shape.member(index), &view);
            }
        }
    }
    for (member, value) in value.additional().iter() {
        output.field(member, value);
    }
    output.finish()
}

/// Writes a struct around one value, like a derived implementation.
pub fn debug_around<T, V: fmt::Debug>(
    value: &V,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let path = std::any::type_name::<T>();
    let name = path.rsplit("::").next().unwrap_or(path);
    formatter.debug_tuple(name).field(value).finish()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            View::Absent | View::Null => formatter.write_str("null"),
            View::Bool(value) => value.fmt(formatter),
            View::Int(value) => value.fmt(formatter),
            View::Unsigned(value) => value.fmt(formatter),
            View::Double(value) => value.fmt(formatter),
            View::Single(value) => value.fmt(formatter),
            View::Str(value) => write!(formatter, "{value:?}"),
            View::Text(value) => write!(formatter, "{value}"),
            View::Untyped(value) => fmt::Debug::fmt(value, formatter),
            View::Literal(json) => formatter.write_str(json),
            View::Object(value, _) => debug(*value, formatter),
            View::Union(value) => value.view().fmt(formatter),
            View::Map(map) | View::Entries(map) => {
                formatter.debug_map().entries(map.entries()).finish()
            }
            View::List(items) | View::Rest(items) => {
                formatter.debug_list().entries((0..items.len()).map(|at| items.get(at))).finish()
            }
            View::Update(update) => fmt::Debug::fmt(update, formatter),
            View::Additional(additional) => fmt::Debug::fmt(additional, formatter),
        }
    }
}
