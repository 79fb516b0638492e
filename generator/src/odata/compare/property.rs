//! A property on both sides.

use super::{Comparison, Era, Member, annotations, facets};
use crate::input::source::Span;
use crate::odata::edm::{ItemType, Primitive, Property, TypeRef};
use crate::review::change::Change;
use crate::review::rule::Effect;

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &Property,
    is: &Property,
) {
    let spans = (was.span, is.span);
    match type_change(comparison, &was.value, &is.value) {
        Some(what) => {
            let change = Change::new(&format!("property-{what}"), target)
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
        let subject = if was.value.collection { "Its items" } else { "" };
        let nullable = (!was.value.denies_null(), !is.value.denies_null());
        nullability(comparison, "property", target, nullable, spans, subject);
    }
    if was.default != is.default {
        let shown = |default: &Option<String>| default.clone().unwrap_or_else(|| "none".to_owned());
        let change = Change::new("property-default-changed", target)
            .values(shown(&was.default), shown(&is.default))
            .between(spans.0, spans.1);
        comparison.changes.push(change);
    }
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, target, was, is);
}

/// The end of the name of the rule for another type, if it is another one.
pub(super) fn type_change(
    comparison: &Comparison<'_>,
    was: &TypeRef,
    is: &TypeRef,
) -> Option<&'static str> {
    if comparison.same_type(was, is) {
        return None;
    }
    if was.collection != is.collection {
        return Some("collection-changed");
    }
    let (old, new) = (comparison.old_item(was.item), comparison.new.model.item_name(is.item));
    let derives = |derived: &str, base: &str| {
        comparison.new.derives(derived, base) || comparison.old.derives(derived, base)
    };
    if derives(&new, &old) || is_wider(was.item, is.item) {
        return Some("type-narrowed");
    }
    if derives(&old, &new) || is_wider(is.item, was.item) {
        return Some("type-widened");
    }
    let same_json = json(&comparison.old, was.item).is_some_and(|form| {
        json(&comparison.new, is.item) == Some(form) && (is_named(was.item) != is_named(is.item))
    });
    Some(if same_json { "type-respelled" } else { "type-changed" })
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
fn json(era: &Era<'_>, item: ItemType) -> Option<Primitive> {
    match item {
        ItemType::Primitive(primitive) => Some(primitive),
        ItemType::Enum(_) => Some(Primitive::String),
        ItemType::Definition(id) => Some(era.model.definition(id).underlying),
        _ => None,
    }
}

/// Whether null is among the values on both sides.
pub(super) fn nullability(
    comparison: &mut Comparison<'_>,
    kind: &str,
    target: &str,
    (was, is): (bool, bool),
    spans: (Span, Span),
    subject: &str,
) {
    if was == is {
        return;
    }
    let shown = |nullable: bool| if nullable { "nullable" } else { "not null" };
    let id = format!("{kind}-nullability-{}", if is { "relaxed" } else { "tightened" });
    let mut change =
        Change::new(&id, target).values(shown(was), shown(is)).between(spans.0, spans.1);
    if !subject.is_empty() {
        change = change.detail(format!("{subject} are meant."));
        // Few send collections that hold null.
        change.write = change.write.min(Effect::Risk);
    }
    comparison.changes.push(change);
}

/// What a member is, in one line.
pub(super) fn shown(era: &Era<'_>, member: Member<'_>) -> String {
    let (mut shown, denies_null) = match member {
        Member::Property(one) => (era.model.type_name(&one.value), one.value.denies_null()),
        Member::Navigation(one) => {
            let target = one.target.map_or_else(|| "Edm.EntityType".to_owned(), |id| era.name(id));
            let shown = if one.collection { format!("Collection({target})") } else { target };
            (shown, one.denies_null())
        }
    };
    if denies_null {
        shown.push_str(", not null");
    }
    shown
}
