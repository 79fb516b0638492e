//! Takes the value of an answer out of what services put around it.

use super::frame::is_page;
use super::single::SHAPE;
use crate::json::decode::{read, read_slot};
use crate::json::dynamic::Dynamic;
use crate::json::members::without_byte_order_mark;
use crate::json::{Additional, DecodeError, ObjectSlot, Shape, Slot, Structured, Value, View};
use crate::odata::service_error::ServiceError;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// Decodes the body of an answer; `None` is null.
///
/// A value that is not an object comes in the member `value` of one (JSON Format 4.01, sections 11 and
/// 13), and so do some objects, where a service does not follow the format. Both are unwrapped.
///
/// A list of items is an error if the collection continues at a next link. Where any JSON value was
/// requested, such a collection is not unwrapped, and neither is one with a delta link.
///
/// Where an object was requested, a collection in its place is an error, and so is an error object,
/// because neither has a member of the type. It is not an error if the type declares the member `value` or
/// `error`, or if the context URL specifies that this is an entity.
///
/// ```
/// use schemacrate_runtime::model::from_answer;
///
/// let name: Option<String> = from_answer(br#"{"@odata.context":"c","value":"Ada"}"#)?;
/// assert_eq!(name.as_deref(), Some("Ada"));
/// assert_eq!(from_answer::<i32>(br#"{"value":null}"#)?, None);
/// assert_eq!(from_answer::<Vec<bool>>(b"[true]")?, Some(vec![true]));
/// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
/// ```
///
/// # Errors
/// If the bytes are not JSON, or not of the type. Members of objects are kept as
/// [`from_json`](crate::model::from_json) keeps them.
pub fn from_answer<T: Value>(json: &[u8]) -> Result<Option<T>, DecodeError> {
    let mut place = None;
    read_answer(&mut place, json)?;
    Ok(place)
}

/// Decodes the body of an answer into an empty place, which stays empty for null.
///
/// # Errors
/// As for [`from_answer`].
pub(crate) fn read_answer(place: &mut dyn Dynamic, json: &[u8]) -> Result<(), DecodeError> {
    read_answer_with(place, json, &mut |_| ())
}

/// Does the same as [`into_place`], and calls `settle` with the object that was read, if the place is for
/// one type of objects.
///
/// # Errors
/// As for [`from_answer`].
pub(crate) fn read_answer_with(
    place: &mut dyn Dynamic,
    json: &[u8],
    settle: &mut dyn FnMut(&mut dyn Structured),
) -> Result<(), DecodeError> {
    let json = without_byte_order_mark(json);
    if json.trim_ascii() == b"null" {
        return Ok(());
    }
    let direct = read_whole(place, json, settle);
    let mut doubt = match (&direct, place.view()) {
        (_, View::Object(object, _)) if is_page(object.shape()) => return direct,
        (Ok(()), View::Object(object, _)) => match doubt(object) {
            Some(doubt) => doubt,
            None => return direct,
        },
        (Ok(()), View::Untyped(_)) => Doubt { refused: None },
        (Ok(()), _) => return direct,
        (Err(_), _) => Doubt { refused: error_object(json) },
    };
    if is_envelope(json) {
        place.clear();
        let mut envelope = Envelope { value: place, additional: Additional::default() };
        if read_slot(Slot::Object(&mut envelope), json).is_ok() {
            match envelope.rest() {
                None => return Ok(()),
                Some(rest) => doubt = rest,
            }
        }
    }
    place.clear();
    direct.map_err(|error| doubt.refused.clone().map_or(error, DecodeError::new))?;
    match doubt.refused {
        Some(why) => Err(DecodeError::new(why)),
        None => read_whole(place, json, settle),
    }
}

/// Decodes one JSON value, which is not null.
fn read_whole(
    place: &mut dyn Dynamic,
    json: &[u8],
    settle: &mut dyn FnMut(&mut dyn Structured),
) -> Result<(), DecodeError> {
    let Slot::Object(slot) = place.slot() else {
        return read(place, json);
    };
    let mut object = AtHand(slot.insert_default());
    read_slot(Slot::Object(&mut object), json)?;
    settle(object.0);
    Ok(())
}

/// The place of an object that is there already, and empty.
struct AtHand<'place>(&'place mut dyn Structured);

impl ObjectSlot for AtHand<'_> {
    fn insert_default(&mut self) -> &mut dyn Structured {
        self.0
    }
}

/// The object that was read may be what is around the value, and not the value.
struct Doubt {
    /// Why it is not the value, if it cannot be.
    refused: Option<String>,
}

/// Whether an object may not be of its type: it has no member of the type, but a `value` or an error.
fn doubt(object: &dyn Structured) -> Option<Doubt> {
    if object.present().next().is_some() {
        return None;
    }
    let (shape, additional) = (object.shape(), object.additional());
    let undeclared = |name| additional.get(name).filter(|_| shape.find(name).is_none());
    if additional.get("value").is_some() {
        let refused = undeclared("value").filter(|_| !is_entity(additional)).map(|value| {
            let what = match value.text().as_bytes().first() {
                Some(b'[') => "a collection",
                _ => "a value that is not an object",
            };
            format!("expected an object, but {what} came in the member `value`")
        });
        // Next to other members it is an ordinary member.
        let is_alone = additional.iter().all(|(name, _)| name == "value" || name.contains('@'));
        return is_alone.then_some(Doubt { refused });
    }
    let error = undeclared("error").and_then(|error| ServiceError::of(error.text()))?;
    Some(Doubt { refused: Some(format!("the answer is an error: {error}")) })
}

/// Whether the context URL specifies that this is an entity (OData protocol 4.01, section 10).
fn is_entity(additional: &Additional) -> bool {
    let context = additional.get("@odata.context").or_else(|| additional.get("@context"));
    context
        .and_then(|context| context.to::<String>().ok())
        .is_some_and(|context| context.ends_with("/$entity"))
}

/// The message about a body that is an error object.
fn error_object(json: &[u8]) -> Option<String> {
    ServiceError::read(json).map(|error| format!("the answer is an error: {error}"))
}

/// A [`Single`](crate::model::Single) around any place.
struct Envelope<'place> {
    value: &'place mut dyn Dynamic,
    additional: Additional,
}

impl Envelope<'_> {
    /// Whether unwrapping the value would lose something: the rest of a collection. Where any value is
    /// allowed, the whole object is the value; a list of items is refused.
    fn rest(&self) -> Option<Doubt> {
        let link = |name: &str| self.additional.get(name)?.to::<String>().ok();
        let is_there = |names: [&str; 2]| {
            let mut links = names.into_iter().filter_map(link);
            links.any(|link| !link.trim().is_empty())
        };
        let has_next = is_there(["@odata.nextLink", "@nextLink"]);
        match self.value.view() {
            View::List(_) if has_next => {
                let why = "the collection goes on at a next link, so a list of its items would not be \
                           all of it; read it as a `Page`";
                Some(Doubt { refused: Some(why.to_owned()) })
            }
            View::Untyped(_) if has_next || is_there(["@odata.deltaLink", "@deltaLink"]) => {
                Some(Doubt { refused: None })
            }
            _ => None,
        }
    }
}

impl ObjectSlot for Envelope<'_> {
    fn insert_default(&mut self) -> &mut dyn Structured {
        self
    }
}

impl Structured for Envelope<'_> {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => self.value.slot(),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => self.value.view(),
            _ => View::Additional(&self.additional),
        }
    }
}

/// Whether this is an object with the member `value` and nothing else but annotations.
fn is_envelope(json: &[u8]) -> bool {
    let members: Result<BTreeMap<String, IgnoredAny>, _> = serde_json::from_slice(json);
    let Ok(members) = members else { return false };
    members.contains_key("value")
        && members.keys().all(|name| name == "value" || name.contains('@'))
}
