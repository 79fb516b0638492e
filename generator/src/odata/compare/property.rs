//! A property on both sides.

use super::{Comparison, Member, Revision, annotations, facets};
use crate::input::source::Span;
use crate::odata::edm::{ItemType, Primitive, Property, TypeRef};
use crate::review::change::Change;
use crate::review::rule::{Effect, Rule, rule};

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &Property,
    is: &Property,
) {
    let spans = (was.span, is.span);
    match type_change(comparison, &was.value, &is.value) {
        Some(what) => {
            let rule = match what {
                TypeChange::Collection => rule!("property-collection-changed"),
                TypeChange::Narrowed => rule!("property-type-narrowed"),
                TypeChange::Widened => rule!("property-type-widened"),
                TypeChange::Respelled => rule!("property-type-respelled"),
                TypeChange::Other => rule!("property-type-changed"),
            };
            let change = Change::new(rule, target)
                .values(
                    comparison.old.model.type_name(&was.value),
                    comparison.new.model.type_name(&is.value),
                )
                .between(spans.0, spans.1);
            comparison.changes.push(change);
        }
        None => {
            let (old, new) = (&was.value.facets, &is.value.facets);
            facets::compare(comparison, target, old, new, spans);
        }
    }
    if was.value.collection == is.value.collection {
        let rules =
            [rule!("property-nullability-relaxed"), rule!("property-nullability-tightened")];
        let nullable = (!was.value.denies_null(), !is.value.denies_null());
        nullability(comparison, rules, target, nullable, spans, was.value.collection);
    }
    if was.default != is.default {
        let shown = |default: &Option<String>| default.clone().unwrap_or_else(|| "none".to_owned());
        let change = Change::new(rule!("property-default-changed"), target)
            .values(shown(&was.default), shown(&is.default))
            .between(spans.0, spans.1);
        comparison.changes.push(change);
    }
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, target, was, is);
}

/// How a type differs from another one.
pub(super) enum TypeChange {
    /// One is a collection, the other is not.
    Collection,
    /// Values are of a derived or of a narrower type.
    Narrowed,
    /// Values are of a base or of a wider type.
    Widened,
    /// Values have the same JSON form.
    Respelled,
    /// In any other way.
    Other,
}

/// How the type of a value changed, if it is another one.
pub(super) fn type_change(
    comparison: &Comparison<'_>,
    was: &TypeRef,
    is: &TypeRef,
) -> Option<TypeChange> {
    if comparison.same_type(was, is) {
        return None;
    }
    if was.collection != is.collection {
        return Some(TypeChange::Collection);
    }
    let (old, new) = (comparison.old_item(was.item), comparison.new.model.item_name(is.item));
    let derives = |derived: &str, base: &str| {
        comparison.new.derives(derived, base) || comparison.old.derives(derived, base)
    };
    if derives(&new, &old) || is_wider(was.item, is.item) {
        return Some(TypeChange::Narrowed);
    }
    if derives(&old, &new) || is_wider(is.item, was.item) {
        return Some(TypeChange::Widened);
    }
    let same_json = json(&comparison.old, was.item).is_some_and(|form| {
        json(&comparison.new, is.item) == Some(form) && (is_named(was.item) != is_named(is.item))
    });
    Some(if same_json { TypeChange::Respelled } else { TypeChange::Other })
}

/// Whether every value of the second numeric type is one of the first.
fn is_wider(wide: ItemType, narrow: ItemType) -> bool {
    use Primitive::{Byte, Double, Int16, Int32, Int64, SByte, Single};
    let (ItemType::Primitive(wide), ItemType::Primitive(narrow)) = (wide, narrow) else {
        return false;
    };
    match wide {
        Int64 => matches!(narrow, Int32 | Int16 | Byte | SByte),
        Int32 => matches!(narrow, Int16 | Byte | SByte),
        Int16 => matches!(narrow, Byte | SByte),
        Double => narrow == Single,
        _ => false,
    }
}

fn is_named(item: ItemType) -> bool {
    matches!(item, ItemType::Enum(_) | ItemType::Definition(_))
}

/// The primitive type as which JSON carries a value of a named type or of a primitive one.
fn json(revision: &Revision<'_>, item: ItemType) -> Option<Primitive> {
    match item {
        ItemType::Primitive(primitive) => Some(primitive),
        ItemType::Enum(_) => Some(Primitive::String),
        ItemType::Definition(id) => Some(revision.model.definition(id).underlying),
        _ => None,
    }
}

/// Whether null is among the values, or among the items of a collection; with a rule for a value
/// that may be null now, and another one for a value that may not.
pub(super) fn nullability(
    comparison: &mut Comparison<'_>,
    [relaxed, tightened]: [&'static Rule; 2],
    target: &str,
    (was, is): (bool, bool),
    spans: (Span, Span),
    is_collection: bool,
) {
    if was == is {
        return;
    }
    let shown = |nullable: bool| if nullable { "nullable" } else { "not null" };
    let rule = if is { relaxed } else { tightened };
    let mut change =
        Change::new(rule, target).values(shown(was), shown(is)).between(spans.0, spans.1);
    if is_collection {
        change = change.detail("This applies to the items of the collection.");
        // Few services send collections that contain null.
        change.write = change.write.min(Effect::Risk);
    }
    comparison.changes.push(change);
}

/// What a member is, in one line.
pub(super) fn shown(revision: &Revision<'_>, member: Member<'_>) -> String {
    let (mut shown, denies_null) = match member {
        Member::Property(one) => (revision.model.type_name(&one.value), one.value.denies_null()),
        Member::Navigation(one) => {
            let target =
                one.target.map_or_else(|| "Edm.EntityType".to_owned(), |id| revision.name(id));
            let shown = if one.collection { format!("Collection({target})") } else { target };
            (shown, one.denies_null())
        }
    };
    if denies_null {
        shown.push_str(", not null");
    }
    shown
}
