//! The primitive types as members of objects.

use super::{
    Binary, Date, DateTimeOffset, Decimal, Duration, GeoJson, Geometry, Guid, TimeOfDay, Uuid,
};
use crate::json::values::{scalar, unquoted};
use crate::json::{
    Fault, Formatted, Given, Held, IntoValue, InvalidText, JsonSlot, Kind, Present, Primitive,
    Slot, Text, Value, View, from_text, sent_as, sent_as_itself,
};
use std::time::SystemTime;

macro_rules! text {
    ($type:ty) => {
        impl Text for $type {}

        scalar!($type, Text, value => View::Text(value));
    };
}

text!(Binary);
text!(Date);
text!(DateTimeOffset);
text!(Duration);
text!(Guid);
text!(TimeOfDay);

/// A decimal may come as a string, as in OData (JSON Format 4.01, section 3.2), and is written as a number.
impl JsonSlot for Option<Decimal> {
    fn set(&mut self, json: &str, is_strict: bool) -> Result<Held, InvalidText> {
        let text = if is_strict { json } else { unquoted(json) };
        let value: Decimal = text.parse().map_err(InvalidText::new)?;
        let held = Held::all(value.as_str() == text);
        *self = Some(value);
        Ok(held)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

scalar!(Decimal, Json, value => View::Untyped(value.json()));
scalar!(GeoJson, Json, value => View::Untyped(value.as_untyped()));

sent_as_itself!(Binary, Date, DateTimeOffset, Decimal, Duration, GeoJson, Guid, TimeOfDay);

// Not bytes: a text is easily taken for the bytes themselves.
from_text!(Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay);

sent_as!(Binary: Vec<u8>, &[u8], bytes::Bytes);
sent_as!(Date: time::Date);
sent_as!(DateTimeOffset: time::OffsetDateTime);
sent_as!(Decimal: i64);
sent_as!(Duration: time::Duration);
sent_as!(GeoJson: Geometry);
sent_as!(Guid: Uuid);
sent_as!(TimeOfDay: time::Time);

/// Implements [`IntoValue`] for strings with a format, for the values that have it.
macro_rules! sent_as_formatted {
    ($($declared:ty: $($type:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl IntoValue<Formatted<$declared>> for $type {
            fn into_value(sent: Self) -> Given<Formatted<$declared>> {
                let value: $declared = sent.into();
                Given::value(Formatted::from(value))
            }
        }
    )*)*};
}

sent_as_formatted!(
    Binary: Binary, Vec<u8>, &[u8], bytes::Bytes;
    Date: Date, time::Date;
    DateTimeOffset: DateTimeOffset, time::OffsetDateTime;
    Decimal: Decimal, i64;
    Duration: Duration, time::Duration;
    Guid: Guid, Uuid;
    TimeOfDay: TimeOfDay, time::Time;
);

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoValue<Binary> for &[u8; N] {
    fn into_value(sent: Self) -> Given<Binary> {
        Given::value(sent.as_slice().into())
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Binary> for &Vec<u8> {
    fn into_value(sent: Self) -> Given<Binary> {
        Given::value(sent.as_slice().into())
    }
}

/// A moment of the clock, in UTC.
impl IntoValue<DateTimeOffset> for SystemTime {
    fn into_value(sent: Self) -> Given<DateTimeOffset> {
        match DateTimeOffset::of_clock(sent) {
            Some(moment) => Given::value(moment),
            None => Given::fault(Fault::new("the moment is beyond the years of the calendar")),
        }
    }
}

/// A span of the standard library, which is never negative.
impl IntoValue<Duration> for std::time::Duration {
    fn into_value(sent: Self) -> Given<Duration> {
        match time::Duration::try_from(sent) {
            Ok(span) => Given::value(span.into()),
            Err(_) => Given::fault(Fault::new("the span is longer than a duration can be")),
        }
    }
}

impl Present for SystemTime {}
impl Present for std::time::Duration {}
impl Present for bytes::Bytes {}
impl Present for time::Date {}
impl Present for time::OffsetDateTime {}
impl Present for time::Duration {}
impl Present for Geometry {}
impl Present for Uuid {}
impl Present for time::Time {}
