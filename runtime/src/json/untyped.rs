//! Any JSON value, by its text.

use super::transcode::{RAW_VALUE, Transcript};
use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Any JSON value (in OData `Edm.Untyped`). It keeps its text, so no number loses a digit.
///
/// ```
/// use schemacrate_runtime::model::Untyped;
///
/// let value: Untyped = serde_json::from_str("1.10000000000000000001")?;
/// assert_eq!(value.text(), "1.10000000000000000001");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Untyped(Stored);

/// The JSON text, preceded by the name of the member that has the value, if it is kept with one.
enum Stored {
    /// A text of its own, and where the JSON begins.
    Own(Box<str>, usize),
    /// A part of a text with more members: an object with many undeclared ones is not many pieces of
    /// memory.
    Shared { text: Arc<str>, name: u32, length: u16, start: u32, end: u32 },
}

/// Up to so many members of an object have a text of their own.
const FEW: usize = 2;

impl Untyped {
    /// Takes JSON text.
    ///
    /// # Errors
    /// If the text is not a JSON value.
    pub fn from_text(json: String) -> Result<Self, serde_json::Error> {
        RawValue::from_string(json).map(Self::from)
    }

    /// Takes JSON text that is known to be a value and need not be read again.
    pub(crate) fn from_value(json: impl Into<Box<str>>) -> Self {
        Self(Stored::Own(json.into(), 0))
    }

    /// Takes a value with the name of its member, so that both are kept in one piece of memory.
    pub(crate) fn named(name: &str, json: &str) -> Self {
        let mut stored = String::with_capacity(name.len() + json.len());
        stored.push_str(name);
        stored.push_str(json);
        Self(Stored::Own(stored.into(), name.len()))
    }

    /// Takes several values with the names of their members.
    pub(crate) fn all_named<'a>(
        members: impl Iterator<Item = (&'a str, &'a str)> + Clone,
        add: &mut Vec<Self>,
    ) {
        let length = members.clone().map(|(name, json)| name.len() + json.len()).sum();
        let has_long_name = members.clone().any(|(name, _)| u16::try_from(name.len()).is_err());
        if members.clone().nth(FEW).is_none() || has_long_name || u32::try_from(length).is_err() {
            return add.extend(members.map(|(name, json)| Self::named(name, json)));
        }
        let mut text = String::with_capacity(length);
        members.clone().for_each(|(name, json)| text.extend([name, json]));
        let text: Arc<str> = text.into();
        let mut at = 0;
        add.extend(members.map(|(name, json)| {
            let part = Self::part(&text, at, name.len(), at + name.len(), json.len());
            at += name.len() + json.len();
            part
        }));
    }

    /// Takes the members of an object from a text. Returns whether it did: a name with escapes is not in the
    /// text, and a text with much else would be a waste.
    pub(crate) fn all_within(
        text: &str,
        members: &[(Cow<'_, str>, &str)],
        add: &mut Vec<Self>,
    ) -> bool {
        let (Some((first, _)), Some((_, last))) = (members.first(), members.last()) else {
            return false;
        };
        let base = text.as_ptr().addr();
        let begin = first.as_ptr().addr().wrapping_sub(base);
        let end = last.as_ptr().addr().wrapping_sub(base).wrapping_add(last.len());
        let is_within = |(name, json): &(Cow<'_, str>, &str)| {
            matches!(name, Cow::Borrowed(_))
                && u16::try_from(name.len()).is_ok()
                && !json.is_empty()
        };
        let length: usize = members.iter().map(|(name, json)| name.len() + json.len()).sum();
        if members.len() <= FEW || !members.iter().all(is_within) {
            return false;
        }
        let Some(all) = text.get(begin..end).filter(|all| all.len() <= 2 * length) else {
            return false;
        };
        if u32::try_from(all.len()).is_err() {
            return false;
        }
        let shared: Arc<str> = all.into();
        let base = all.as_ptr().addr();
        add.extend(members.iter().map(|(name, json)| {
            let at = |part: &str| part.as_ptr().addr().wrapping_sub(base);
            Self::part(&shared, at(name), name.len(), at(json), json.len())
        }));
        true
    }

    /// A part of a text that is short enough for the numbers.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // The callers have compared the lengths.
    fn part(text: &Arc<str>, name: usize, length: usize, start: usize, json: usize) -> Self {
        Self(Stored::Shared {
            text: Arc::clone(text),
            name: name as u32,
            length: length as u16,
            start: start as u32,
            end: (start + json) as u32,
        })
    }

    /// The name of the member, empty if the value has none, and the JSON text.
    #[inline]
    pub(crate) fn parts(&self) -> (&str, &str) {
        match &self.0 {
            Stored::Own(text, start) => text.split_at_checked(*start).unwrap_or_default(),
            Stored::Shared { text, name, length, start, end } => {
                let name = *name as usize;
                let name = text.get(name..name + usize::from(*length)).unwrap_or_default();
                (name, text.get(*start as usize..*end as usize).unwrap_or_default())
            }
        }
    }

    /// The first byte of the name; without a name, of the JSON text.
    #[inline]
    pub(crate) fn first_byte(&self) -> Option<u8> {
        match &self.0 {
            Stored::Own(text, _) => text.as_bytes().first(),
            Stored::Shared { text, name, .. } => text.as_bytes().get(*name as usize),
        }
        .copied()
    }

    /// The name of the member; empty if the value has none.
    #[inline]
    pub(crate) fn name(&self) -> &str {
        self.parts().0
    }

    /// The JSON text.
    pub fn text(&self) -> &str {
        self.parts().1
    }

    /// The value as a tree. It is null if a number in it is out of the range of a double.
    pub fn value(&self) -> serde_json::Value {
        self.to().unwrap_or_default()
    }

    /// Reads the value as another type.
    ///
    /// # Errors
    /// If the value is not of that type.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        let text = self.text();
        // `serde_json` does not accept half a surrogate pair.
        serde_json::from_str(text).or_else(|error| match with_whole_characters(text) {
            Cow::Borrowed(_) => Err(error),
            Cow::Owned(text) => serde_json::from_str(&text),
        })
    }

    fn of(value: impl Serialize) -> Self {
        serde_json::value::to_raw_value(&value).map(Self::from).unwrap_or_default()
    }
}

impl Default for Untyped {
    fn default() -> Self {
        Self::from_value("null")
    }
}

impl Clone for Untyped {
    /// The name of a member is not copied with its value.
    fn clone(&self) -> Self {
        Self::from_value(self.text())
    }
}

impl fmt::Debug for Untyped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl PartialEq for Untyped {
    fn eq(&self, other: &Self) -> bool {
        let tree = |value: &Self| value.to::<serde_json::Value>().ok();
        self.text() == other.text() || tree(self).is_some_and(|own| tree(other) == Some(own))
    }
}

impl From<serde_json::Value> for Untyped {
    fn from(value: serde_json::Value) -> Self {
        Self::of(value)
    }
}

impl From<&str> for Untyped {
    fn from(value: &str) -> Self {
        Self::of(value)
    }
}

impl From<String> for Untyped {
    fn from(value: String) -> Self {
        Self::of(value)
    }
}

impl From<bool> for Untyped {
    fn from(value: bool) -> Self {
        Self::of(value)
    }
}

impl From<i64> for Untyped {
    fn from(value: i64) -> Self {
        Self::of(value)
    }
}

impl From<f64> for Untyped {
    /// A value that is not a number becomes null.
    fn from(value: f64) -> Self {
        Self::of(value)
    }
}

/// Takes JSON text.
impl std::str::FromStr for Untyped {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        Self::from_text(json.to_owned())
    }
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // This name marks a text as JSON for `serde_json`.
        let mut value = serializer.serialize_struct(RAW_VALUE, 1)?;
        value.serialize_field(RAW_VALUE, self.text())?;
        value.end()
    }
}

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RawText::deserialize(deserializer).map(Self::from)
    }
}

/// JSON text in which U+FFFD is written for each half of a surrogate pair.
#[cold]
fn with_whole_characters(json: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut rest = json;
    while let Some((before, escape)) = rest.split_once('\\') {
        let is_half = matches!(unit(escape), Some(0xD800..0xE000));
        let second = || escape.get(5..)?.strip_prefix('\\').and_then(unit);
        let is_pair = matches!(unit(escape), Some(0xD800..0xDC00))
            && matches!(second(), Some(0xDC00..0xE000));
        let length = match (is_half, is_pair) {
            (_, true) => 11,
            (true, false) => 5,
            _ => escape.chars().next().map_or(0, char::len_utf8),
        };
        let (escape, after) = escape.split_at(length);
        whole.extend([before, "\\", if is_half && !is_pair { "ufffd" } else { escape }]);
        rest = after;
    }
    whole.push_str(rest);
    if whole == json { Cow::Borrowed(json) } else { Cow::Owned(whole) }
}

/// The number in an escape, after its backslash.
fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    let valid = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    valid.then(|| u32::from_str_radix(digits, 16).ok())?
}

/// JSON text that a deserialiser found to be a value, borrowed from its input where that is possible.
pub(crate) struct RawText<'de>(Cow<'de, str>);

impl RawText<'_> {
    /// The JSON text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Whether the text is a part of the input, and not made from a value of another format.
    pub(crate) fn is_of_input(&self) -> bool {
        matches!(self.0, Cow::Borrowed(_))
    }
}

impl From<RawText<'_>> for Untyped {
    fn from(RawText(text): RawText<'_>) -> Self {
        Self::from_value(text)
    }
}

impl From<Box<RawValue>> for Untyped {
    fn from(value: Box<RawValue>) -> Self {
        Self::from_value(value)
    }
}

impl<'de> Deserialize<'de> for RawText<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = Cow::Borrowed("");
        deserializer.deserialize_newtype_struct(RAW_VALUE, Transcript(&mut text))?;
        Ok(Self(text))
    }
}
