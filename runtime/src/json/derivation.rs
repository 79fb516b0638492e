//! Objects of a base that may be of a derived type, if the value of a member names the type.
//!
//! Enters: an object of a base, which keeps the members that only derived types declare as they came. Leaves:
//! the object as one of the derived type that it names, or an object of a derived type as one of the base.
//! Must not know: OData, where an annotation names the type of an object.
//!
//! The members of a derived type may have to be there, or have narrower types than in the base. So an object
//! is read again from its JSON, and what is not of the derived type remains one of the base.

use super::blank::Blank;
use super::decode::read_slot;
use super::{Structured, Untyped, Value, View, received, strict, writer};

/// A struct whose objects may be of derived types.
pub trait Base: Structured + Blank + Value {
    /// The member whose value names the type of an object.
    const TAG: &'static str;
    /// The union of this type and of those that are derived from it.
    type Any: Value<Kind: super::Blanks<Self::Any>>;
}

/// A struct whose type is derived from another one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not derived from `{B}`",
    label = "not derived from `{B}`",
    note = "only the types that the schema derives from `{B}` are accepted here"
)]
pub trait Derived<B>: Structured + Blank + Value {
    /// The values that name the type, and then those that name a type that is derived from it. The first
    /// one is written.
    const NAMES: &'static [&'static str];
}

/// The value of the member that names the type of an object, if the object has it.
#[must_use]
pub fn tag<B: Base>(object: &B) -> Option<String> {
    tag_of(object, B::TAG)
}

fn tag_of(object: &dyn Structured, tag: &str) -> Option<String> {
    let declared = object.shape().find(tag).map(|index| object.view(index));
    let json = match declared {
        Some(View::Str(text)) => return Some(text.to_owned()),
        Some(view) if !matches!(view, View::Absent) => writer::text(&view),
        _ => object.additional().get(tag)?.text().to_owned(),
    };
    Untyped::from_value(json).to().ok()
}

/// The object as one of a derived type, if it names that type or one that is derived from it, and is one.
///
/// # Errors
/// The object as it was, if it is not of the type.
#[allow(clippy::result_large_err)] // Both are values of one size.
pub fn as_derived<B: Base, D: Derived<B>>(value: B) -> Result<D, B> {
    let is_named = tag(&value).is_some_and(|name| D::NAMES.contains(&name.as_str()));
    match is_named.then(|| again(&value)).flatten() {
        Some(derived) => Ok(derived),
        None => Err(value),
    }
}

/// The object as one of the type that it names.
pub fn as_any<B: Base>(value: B) -> B::Any {
    again(&value).unwrap_or_else(super::blank)
}

/// The object as one of a base. It names its type.
pub fn as_base<B: Base, D: Derived<B>>(mut value: D) -> B {
    let is_named = tag_of(&value, B::TAG).is_some_and(|name| D::NAMES.contains(&name.as_str()));
    if let (false, Some(name)) = (is_named, D::NAMES.first()) {
        set_tag(&mut value, B::TAG, name);
    }
    again(&value).unwrap_or_else(|| {
        let mut base = B::blank();
        strict::keep_whole(&mut base, &writer::text(&Value::view(&value)), None);
        base
    })
}

/// Makes an object name its type.
fn set_tag(object: &mut dyn Structured, tag: &str, name: &str) {
    match object.shape().find(tag) {
        Some(index) => {
            let json = writer::text(&View::Str(name));
            // A member that has a text takes this one.
            let _ = read_slot(object.slot(index), json.as_bytes());
        }
        None => drop(object.additional_mut().insert(tag, name)),
    }
}

/// Reads the JSON of an object as one of another type.
fn again<T: Value>(value: &impl Value) -> Option<T> {
    let json = writer::text(&value.view());
    received(json.as_bytes()).ok().map(super::Received::into_value)
}
