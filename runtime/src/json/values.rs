//! The types that a member can have, and their kinds.

use super::reader::{has_all_digits, integer, saturated};
use super::{
    BoxSlot, Held, InvalidText, JsonSlot, Kind, ListSlot, ListView, ObjectSlot, OpenEnum, Slot,
    Structured, TextSlot, TextView, Untyped, Value, View,
};
use std::any::Any;
use std::fmt::Display;
use std::str::FromStr;

/// A type that JSON writes as a string.
pub trait Text: FromStr<Err: Display> + Display + Clone + Any {}

impl<T: Text> TextView for T {}

impl<T: Text> TextSlot for Option<T> {
    fn set(&mut self, text: &str) -> Result<(), InvalidText> {
        *self = Some(text.parse().map_err(InvalidText::new)?);
        Ok(())
    }

    fn copy(&mut self, value: &dyn Any) -> bool {
        *self = value.downcast_ref().cloned();
        self.is_some()
    }
}

/// The kind of generated enumerations.
#[derive(Debug)]
pub struct Enumeration;

impl<T: OpenEnum + FromStr<Err: Display> + Display + Clone + Any> Text for T {}

impl<T: OpenEnum + Text> Kind<T> for Enumeration {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Text(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Str(value.name())
    }
}

/// The kind of generated structs.
#[derive(Debug)]
pub struct Object;

impl<T: Structured + Default> ObjectSlot for Option<T> {
    fn insert_default(&mut self) -> &mut dyn Structured {
        self.insert(T::default())
    }
}

impl<T: Structured + Default> Kind<T> for Object {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Object(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Object(value, false)
    }
}

/// The place of a member in a box.
#[inline]
pub fn boxed_slot<T: Value>(place: &mut Option<Box<T>>) -> Slot<'_> {
    Slot::Boxed(place)
}

/// The value of a member in a box.
#[inline]
pub fn boxed_view<T: Value>(place: &Option<Box<T>>) -> View<'_> {
    match place {
        Some(value) => value.view(),
        None => View::Absent,
    }
}

impl<T: Value> BoxSlot for Option<Box<T>> {
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>)) {
        let mut place = None;
        decode(T::slot(&mut place));
        *self = place.map(Box::new);
    }
}

/// The kind of boxes.
#[derive(Debug)]
pub struct InBox;

#[diagnostic::do_not_recommend]
impl<T: Value> Value for Box<T> {
    type Kind = InBox;
}

impl<T: Value> Kind<Box<T>> for InBox {
    #[inline]
    fn slot(place: &mut Option<Box<T>>) -> Slot<'_> {
        Slot::Boxed(place)
    }

    #[inline]
    fn view(value: &Box<T>) -> View<'_> {
        T::view(value)
    }
}

impl<T: Value> ListSlot for Vec<T> {
    fn start(&mut self, _is_there: bool) {
        self.clear();
    }

    fn push(&mut self, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut place = None;
        decode(T::slot(&mut place));
        match place {
            Some(item) => {
                self.push(item);
                true
            }
            None => false,
        }
    }
}

impl<L: ListSlot + Default> ListSlot for Option<L> {
    fn start(&mut self, is_there: bool) {
        *self = is_there.then(L::default);
    }

    fn push(&mut self, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        // A list is created before items are appended.
        self.as_mut().is_some_and(|items| items.push(decode))
    }
}

impl<T: Value> ListView for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

/// The kind of collections.
#[derive(Debug)]
pub struct Collection;

#[diagnostic::do_not_recommend]
impl<T: Value> Value for Vec<T> {
    type Kind = Collection;
}

impl<T: Value> Kind<Vec<T>> for Collection {
    #[inline]
    fn slot(place: &mut Option<Vec<T>>) -> Slot<'_> {
        Slot::List(place)
    }

    #[inline]
    fn view(value: &Vec<T>) -> View<'_> {
        View::List(value)
    }
}

/// Collections whose items may be null.
impl<T: Value> ListSlot for Vec<Option<T>> {
    fn start(&mut self, _is_there: bool) {
        self.clear();
    }

    fn push(&mut self, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut place = None;
        if decode(T::slot(&mut place)) {
            self.push(place);
        }
        true
    }
}

impl<T: Value> ListView for Vec<Option<T>> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> View<'_> {
        self[index].as_ref().map_or(View::Null, T::view)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Value> Value for Vec<Option<T>> {
    type Kind = Collection;
}

impl<T: Value> Kind<Vec<Option<T>>> for Collection {
    #[inline]
    fn slot(place: &mut Option<Vec<Option<T>>>) -> Slot<'_> {
        Slot::List(place)
    }

    #[inline]
    fn view(value: &Vec<Option<T>>) -> View<'_> {
        View::List(value)
    }
}

/// The kind of primitive types, each of which is read and written in its own way.
#[derive(Debug)]
pub struct Primitive;

macro_rules! scalar {
    ($type:ty, $slot:ident, $value:ident => $view:expr) => {
        impl Value for $type {
            type Kind = Primitive;
        }

        impl Kind<$type> for Primitive {
            #[inline]
            fn slot(place: &mut Option<$type>) -> Slot<'_> {
                Slot::$slot(place)
            }

            #[inline]
            fn view($value: &$type) -> View<'_> {
                $view
            }
        }
    };
}

pub(crate) use scalar;

scalar!(bool, Bool, value => View::Bool(*value));
scalar!(i32, Int32, value => View::Int((*value).into()));
scalar!(i64, Int64, value => View::Int(*value));
scalar!(f64, Double, value => View::Double(*value));
scalar!(String, String, value => View::Str(value));
scalar!(Untyped, Untyped, value => View::Untyped(value));
scalar!(u8, Json, value => View::Int((*value).into()));
scalar!(i8, Json, value => View::Int((*value).into()));
scalar!(i16, Json, value => View::Int((*value).into()));
scalar!(u16, Json, value => View::Int((*value).into()));
scalar!(u32, Json, value => View::Int((*value).into()));
scalar!(u64, Json, value => View::Unsigned(*value));
scalar!(f32, Json, value => View::Single(*value));

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl JsonSlot for Option<$type> {
            fn set(&mut self, json: &str, is_strict: bool) -> Result<Held, InvalidText> {
                let read = match json.parse() {
                    Ok(value) => Some((value, Held::All)),
                    Err(_) if is_strict => saturated(json).map(|(value, is_in_range)| {
                        (value, if is_in_range { Held::Otherwise } else { Held::Nearest })
                    }),
                    Err(_) => integer(json)
                        .and_then(|value| value.try_into().ok())
                        .map(|value| (value, Held::Otherwise)),
                };
                let (value, held) = read.ok_or_else(|| no_number(json))?;
                *self = Some(value);
                Ok(held)
            }

            fn clear(&mut self) {
                *self = None;
            }
        }
    )*};
}

integer!(u8, i8, i16, u16, u32, u64);

impl JsonSlot for Option<f32> {
    fn set(&mut self, json: &str, is_strict: bool) -> Result<Held, InvalidText> {
        let text = if is_strict { json } else { unquoted(json) };
        let value = match text {
            _ if json == text => text.parse().ok(),
            "INF" => Some(f32::INFINITY),
            "-INF" => Some(f32::NEG_INFINITY),
            "NaN" => Some(f32::NAN),
            _ => text.parse().ok(),
        };
        let value: f32 = value.ok_or_else(|| no_number(json))?;
        // A number with digits that becomes infinite is out of range.
        if value.is_infinite() && text.contains(is_digit) {
            *self = is_strict.then(|| f32::MAX.copysign(value));
            return self.map(|_| Held::Nearest).ok_or_else(|| no_number(json));
        }
        *self = Some(value);
        Ok(Held::all(match text {
            "INF" | "-INF" | "NaN" => true,
            _ => json == text && has_all_digits(text, &format!("{value:e}")),
        }))
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// The text of a JSON string without escapes; of any other value, its JSON.
pub(crate) fn unquoted(json: &str) -> &str {
    json.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(json)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

fn no_number(json: &str) -> InvalidText {
    /// How many characters of what came are shown.
    const SHOWN: usize = 40;
    let shown: String = json.chars().take(SHOWN).collect();
    InvalidText::new(format_args!("{shown} is not a number of the declared type"))
}
