//! What services put around the value of an answer.

use super::decode::{read, read_slot};
use super::dynamic::Dynamic;
use super::single::SHAPE;
use super::{Additional, DecodeError, ObjectSlot, Shape, Slot, Structured, Value, View};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// Decodes the body of an answer; `None` is null.
///
/// A value that is no object comes in the member `value` of one (JSON Format 4.01, sections 11 and
/// 13), and so do objects here and there, where the service does not keep to the format. Both are
/// taken out of what is around them.
///
/// ```
/// use odatagen_runtime::model::from_answer;
///
/// let name: Option<String> = from_answer(br#"{"@odata.context":"c","value":"Ada"}"#)?;
/// assert_eq!(name.as_deref(), Some("Ada"));
/// assert_eq!(from_answer::<i32>(br#"{"value":null}"#)?, None);
/// assert_eq!(from_answer::<Vec<bool>>(b"[true]")?, Some(vec![true]));
/// # Ok::<(), odatagen_runtime::model::DecodeError>(())
/// ```
///
/// # Errors
/// If the bytes are no JSON, or a value in it is not of its declared type.
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

/// Does the same, and calls `settle` with the object that was read, if the place is for one type of
/// objects.
///
/// # Errors
/// As for [`from_answer`].
pub(crate) fn read_answer_with(
    place: &mut dyn Dynamic,
    json: &[u8],
    settle: &mut dyn FnMut(&mut dyn Structured),
) -> Result<(), DecodeError> {
    if json.trim_ascii() == b"null" {
        return Ok(());
    }
    let direct = read_whole(place, json, settle);
    if (direct.is_ok() && !may_be_envelope(&place.view())) || !is_envelope(json) {
        return direct;
    }
    place.clear();
    let mut envelope = Envelope { value: place, additional: Additional::default() };
    if read_slot(Slot::Object(&mut envelope), json).is_ok() {
        return Ok(());
    }
    place.clear();
    direct.and_then(|()| read_whole(place, json, settle))
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

/// Whether what was read may be the envelope and not the value: any JSON at all, or an object that has
/// no member of its own but something in a member `value` that its type does not declare.
fn may_be_envelope(view: &View<'_>) -> bool {
    let object = match view {
        View::Untyped(_) => return true,
        View::Object(object, _) => object,
        _ => return false,
    };
    object.present().next().is_none() && object.additional().get("value").is_some()
}

/// A [`Single`](super::Single) around any place.
struct Envelope<'place> {
    value: &'place mut dyn Dynamic,
    additional: Additional,
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
