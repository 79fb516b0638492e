//! Context URLs.

use super::lookup::{Lookup, Member};
use super::{BindingError, Item, Target, refused};
use crate::odata::edm::StructuredTypeId;
use crate::odata::url::{self, Context, Span};

/// Checks that the members which a context URL lists exist.
///
/// Places within a context URL are not known: the error is at its beginning.
///
/// # Errors
/// The first name that cannot be resolved.
pub fn check_context(lookup: &Lookup<'_>, context: &Context) -> Result<(), BindingError> {
    match context {
        Context::Reference | Context::References => Ok(()),
        Context::Type { name, members, .. } => match lookup.cast(name, None) {
            Some(id) => all(lookup, id, members.as_deref()),
            None => Ok(()),
        },
        Context::Path { segments, members, .. } => {
            let Some((first, rest)) = segments.split_first() else { return Ok(()) };
            let Some(mut at) = root(lookup, &first.name) else { return Ok(()) };
            for segment in rest {
                match step(lookup, at, &segment.name)?.item {
                    Item::Structured(id) => at = id,
                    _ => return Ok(()),
                }
            }
            all(lookup, at, members.as_deref())
        }
    }
}

/// The type of an entity set or a singleton.
fn root(lookup: &Lookup<'_>, name: &str) -> Option<StructuredTypeId> {
    match lookup.root(name)?.1.item {
        Item::Structured(id) => Some(id),
        _ => None,
    }
}

fn all(
    lookup: &Lookup<'_>,
    id: StructuredTypeId,
    members: Option<&[url::Member]>,
) -> Result<(), BindingError> {
    members.unwrap_or_default().iter().try_for_each(|member| one(lookup, id, member))
}

fn one(
    lookup: &Lookup<'_>,
    id: StructuredTypeId,
    member: &url::Member,
) -> Result<(), BindingError> {
    let mut at = id;
    for name in &member.path {
        match step(lookup, at, name)?.item {
            Item::Structured(next) => at = next,
            _ => return Ok(()),
        }
    }
    all(lookup, at, member.members.as_deref())
}

/// Goes one name further. In a context URL, names of types are qualified.
fn step(lookup: &Lookup<'_>, at: StructuredTypeId, name: &str) -> Result<Target, BindingError> {
    let unknown = Target { item: Item::Unknown, many: false };
    if name == "*" || name.ends_with(".*") || name.starts_with('@') {
        return Ok(unknown);
    }
    match lookup.member(at, name) {
        Some(Member::Property(_, target) | Member::Navigation(_, target)) => Ok(target),
        Some(Member::Dynamic) | None if name.contains('.') => {
            let cast = lookup.cast(name, Some(at)).map(Item::Structured);
            Ok(cast.map_or(unknown, |item| Target { item, many: false }))
        }
        Some(Member::Dynamic) if !lookup.is_simple_type_name(name) => Ok(unknown),
        _ => {
            let what = lookup.model.structured(at).name.to_string();
            refused(Span { start: 0, end: 0 }, format!("`{what}` has no `{name}`"))
        }
    }
}
