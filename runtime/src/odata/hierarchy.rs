//! Values whose type may be derived from the one that holds them.
//!
//! Enters: a value of a base, which keeps the members that only derived types declare as they came. Leaves:
//! the value as one of the derived type that it names, one of its members, or a value of the base again.
//! Must not know: any particular type. What is derived from what is constant data, [`Lineage`].
//!
//! A generated struct with derived types has these functions as methods.

use crate::json::{DecodeError, Maybe, Structured, Value, View, copy, read_slot, text, transfer};
use crate::odata::annotations::{ODATA, TYPE};
use crate::odata::query::DerivedFrom;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The names of a type, and the types that are derived from it.
#[derive(Debug)]
pub struct Lineage {
    names: &'static [&'static str],
    derived: &'static [&'static Lineage],
}

impl Lineage {
    /// A type by its qualified name, the names that it may have instead, and the types whose base it is.
    #[must_use]
    pub const fn new(names: &'static [&'static str], derived: &'static [&'static Lineage]) -> Self {
        Self { names, derived }
    }

    /// The qualified name of the type.
    pub(crate) fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// The type with this qualified name, or one that is derived from this one.
    fn find(&self, name: &str) -> Option<&Self> {
        if self.name() == name {
            return Some(self);
        }
        self.derived.iter().find_map(|one| one.find(name))
    }

    /// Whether a name is that of the type or of one that is derived from it.
    fn contains(&self, name: &str) -> bool {
        self.names.contains(&name) || self.derived.iter().any(|one| one.contains(name))
    }

    /// The latest version of which a name is another one that is not known: that of a service which is newer
    /// than the schema, or of one that has never been published.
    fn version(&self, name: &str) -> Option<&'static str> {
        let wanted = Version::of(name)?;
        if self.contains(name) {
            return None;
        }
        self.latest(&wanted).map(|(_, name)| name)
    }

    fn latest(&self, wanted: &Version<'_>) -> Option<(Version<'static>, &'static str)> {
        let is_of = |one: &Version<'_>| (one.of, one.simple) == (wanted.of, wanted.simple);
        let own = self.names.iter().filter_map(|name| Some((Version::of(name)?, *name)));
        let derived = self.derived.iter().filter_map(|one| one.latest(wanted));
        own.filter(|(one, _)| is_of(one)).chain(derived).max_by(|one, other| one.0.cmp(&other.0))
    }
}

/// The parts of the name of a version, such as `Chassis.v1_2_0.Chassis`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version<'n> {
    of: &'n str,
    simple: &'n str,
    numbers: Vec<u32>,
}

impl<'n> Version<'n> {
    fn of(name: &'n str) -> Option<Self> {
        let (namespace, simple) = name.rsplit_once('.')?;
        let (of, last) = namespace.rsplit_once('.')?;
        let numbers = last.strip_prefix('v')?.split('_').map(|number| number.parse().ok());
        Some(Self { of, simple, numbers: numbers.collect::<Option<_>>()? })
    }
}

/// A struct whose type has derived types.
pub trait Inherits: Structured + Default {
    /// The type and what is derived from it.
    const LINEAGE: &'static Lineage;
}

/// A generated enum over a type and those derived from it.
pub trait Hierarchy: Sized {
    /// The struct of the type.
    type Base: Inherits;

    /// A value of the type with this name; of the base if the name is not known.
    fn named(type_name: &str, value: Self::Base) -> Self;

    /// The value.
    fn structured(&self) -> &dyn Structured;

    /// Whether the value is of a derived type, which its `@odata.type` must name.
    fn is_derived(&self) -> bool {
        self.structured().shape().name != Self::Base::LINEAGE.name()
    }
}

/// The kind of generated enums over a type and those derived from it.
#[derive(Debug)]
pub struct Polymorphic;

/// The qualified name of the type of a value: the one in its `@odata.type`, otherwise its declared type.
pub fn type_name(value: &dyn Structured) -> Cow<'_, str> {
    value.additional().named_type().unwrap_or(Cow::Borrowed(value.shape().name))
}

/// The value as one of a derived type, if it is of that type or of one that is derived from it.
///
/// # Errors
/// The value, if it is not.
#[allow(clippy::result_large_err)] // Both are values of one size.
pub fn downcast<B, D>(value: B) -> Result<D, B>
where
    B: Inherits,
    D: Structured + Default + DerivedFrom<B>,
{
    let is_of = |name: &str| B::LINEAGE.find(D::NAME).is_some_and(|one| one.contains(name));
    let object: &dyn Structured = &value;
    let named = object.additional().named_type();
    let is_version = |name: &str| B::LINEAGE.version(name).is_some_and(is_of);
    let is_one = !D::IS_OTHER || named.is_some_and(|name| is_of(&name) || is_version(&name));
    if is_one { Ok(transferred(value)) } else { Err(value) }
}

/// The value as the variant of an enum for its type.
pub fn into_any<A: Hierarchy>(value: A::Base) -> A {
    let name = type_name(&value).into_owned();
    let version = <A::Base as Inherits>::LINEAGE.version(&name);
    A::named(version.unwrap_or(&name), value)
}

/// The value as one of a derived type, whatever it names.
pub fn narrowed<B: Structured, D: Structured + Default>(mut value: B) -> Box<D> {
    let mut derived = Box::<D>::default();
    transfer(&mut value, &mut *derived);
    derived
}

/// The value as one of a base. It names its type.
pub fn from_derived<B: Structured + Default, D: Structured + DerivedFrom<B>>(value: D) -> B {
    let mut base: B = transferred(value);
    let object: &mut dyn Structured = &mut base;
    if D::IS_OTHER && object.additional().type_member(&ODATA).is_none() {
        object.additional_mut().insert(TYPE, format!("#{}", D::NAME));
    }
    base
}

fn transferred<A: Structured, B: Structured + Default>(mut value: A) -> B {
    let mut other = B::default();
    transfer(&mut value, &mut other);
    other
}

/// The member of a value at the path of a property, whether its type declares the member or a derived one.
///
/// # Errors
/// If the member is not of its type.
pub fn member<V: Value>(value: &dyn Structured, path: &str) -> Result<Maybe<V>, DecodeError> {
    let names = path.split('/').filter(|name| !name.contains('.'));
    let mut found = Found::View(View::Object(value, false));
    for name in names.clone() {
        found = found.member(name);
    }
    let json = match found {
        Found::Nothing => return Ok(Maybe::Absent),
        Found::View(view) => {
            let mut place = None;
            if copy::value(view, V::slot(&mut place))
                && let Some(value) = place
            {
                return Ok(Maybe::Value(value));
            }
            // The property of the derived type has another type.
            Cow::Owned(text(&view))
        }
        Found::Json(json) => Cow::Borrowed(json),
    };
    let mut place = None;
    read_slot(V::slot(&mut place), json.as_bytes())
        .map_err(|error| names.rev().fold(error, DecodeError::within))?;
    Ok(place.map_or(Maybe::Null, Maybe::Value))
}

/// What is at a path.
enum Found<'a> {
    Nothing,
    View(View<'a>),
    Json(&'a str),
}

impl<'a> Found<'a> {
    /// A member of what is here, if it is an object.
    fn member(self, name: &str) -> Self {
        match self {
            Self::View(View::Object(object, _)) => {
                let index = object.shape().find(name);
                match index.map(|index| object.view(index)) {
                    Some(view) if !matches!(view, View::Absent) => Self::View(view),
                    _ => match object.additional().get(name) {
                        Some(json) => Self::Json(json.text()),
                        None => Self::Nothing,
                    },
                }
            }
            Self::View(View::Untyped(json)) => Self::Json(json.text()).member(name),
            Self::Json(json) => {
                let members: Option<BTreeMap<Cow<'a, str>, &'a RawValue>> =
                    serde_json::from_str(json).ok();
                let found = members.and_then(|members| members.get(name).copied());
                found.map_or(Self::Nothing, |found| Self::Json(found.get()))
            }
            Self::View(_) | Self::Nothing => Self::Nothing,
        }
    }
}
