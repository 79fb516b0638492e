//! Strings with a format.
//!
//! Enters: a string that should be the text of a value, such as a date. Leaves: the string as it came, and
//! the value when it is asked for.
//! Must not know: any particular format.

use super::values::Primitive;
use super::{FromText, Given, IntoValue, InvalidText, Kind, Present, Slot, TextSlot, Value, View};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::any::Any;
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// A string that has a format, such as a date or base64, and is read as a value when it is asked for.
///
/// Services often send strings that do not have the format that their descriptions specify. So reading such a
/// string never fails, and it is written again as it came. Two of them are equal if their texts are.
///
/// ```
/// use schemacrate_runtime::model::Formatted;
/// use schemacrate_runtime::types::Date;
///
/// let day: Formatted<Date> = "2017-01-31".parse()?;
/// assert_eq!(day, Formatted::from(day.get()?));
/// assert_eq!(day, "2017-01-31");
///
/// let unknown = Formatted::<Date>::from_text("0000-00-00");
/// assert!(unknown.get().is_err());
/// assert_eq!(unknown.as_str(), "0000-00-00");
/// # Ok::<(), schemacrate_runtime::types::ParseLiteralError>(())
/// ```
pub struct Formatted<T> {
    text: String,
    value: PhantomData<fn() -> T>,
}

impl<T> Formatted<T> {
    /// A text, whether it has the format or not.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: PhantomData }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<T: FromStr> Formatted<T> {
    /// The value.
    ///
    /// # Errors
    /// If the text does not have the format.
    pub fn get(&self) -> Result<T, T::Err> {
        self.text.parse()
    }
}

impl<T> Value for Formatted<T> {
    type Kind = Primitive;
}

impl<T> Kind<Formatted<T>> for Primitive {
    #[inline]
    fn slot(place: &mut Option<Formatted<T>>) -> Slot<'_> {
        Slot::Text(place)
    }

    #[inline]
    fn view(value: &Formatted<T>) -> View<'_> {
        View::Str(&value.text)
    }
}

impl<T> TextSlot for Option<Formatted<T>> {
    fn set(&mut self, text: &str) -> Result<(), InvalidText> {
        *self = Some(Formatted::from_text(text));
        Ok(())
    }

    /// The value is a string, and never copied as one of another type.
    fn copy(&mut self, _value: &dyn Any) -> bool {
        *self = None;
        false
    }
}

impl<T> Present for Formatted<T> {}
impl<T> Present for &Formatted<T> {}

/// What came from a service is sent as it came.
#[diagnostic::do_not_recommend]
impl<T> IntoValue<Self> for Formatted<T> {
    fn into_value(sent: Self) -> Given<Self> {
        Given::value(sent)
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoValue<Formatted<T>> for &Formatted<T> {
    fn into_value(sent: Self) -> Given<Formatted<T>> {
        Given::value(sent.clone())
    }
}

/// A text of a caller must have the format.
impl<T: FromText> FromText for Formatted<T> {
    fn from_text(text: Cow<'_, str>) -> Result<Self, String> {
        T::from_text(Cow::Borrowed(&text))?;
        Ok(Self::from_text(text))
    }
}

impl<T> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_text)
    }
}

impl<T: fmt::Display> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        Self::from_text(value.to_string())
    }
}

/// Reads a text that must have the format.
impl<T: FromStr> FromStr for Formatted<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<T>().map(|_| Self::from_text(text))
    }
}

impl<T> Default for Formatted<T> {
    fn default() -> Self {
        Self::from_text("")
    }
}

impl<T> Clone for Formatted<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.as_str())
    }
}

impl<T> fmt::Debug for Formatted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, formatter)
    }
}

impl<T> fmt::Display for Formatted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, formatter)
    }
}

impl<T> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Formatted<T> {}

impl<T> PartialOrd for Formatted<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Formatted<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for Formatted<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.text.hash(hasher);
    }
}

impl<T> Borrow<str> for Formatted<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<T> AsRef<str> for Formatted<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> PartialEq<str> for Formatted<T> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<T> PartialEq<&str> for Formatted<T> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}
