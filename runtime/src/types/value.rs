//! The primitive types as members of objects.

use super::{
    Binary, CalendarDuration, Date, DateTimeLocal, DateTimeOffset, Decimal, Duration, GeoJson,
    Geometry, Guid, HttpDate, ParseLiteralError, TimeOfDay, TimeOfDayOffset, Uuid,
};
use crate::json::values::{scalar, unquoted};
use crate::json::{
    Fault, Formatted, FromText, Given, Held, IntoValue, InvalidText, JsonSlot, Kind, Present,
    Primitive, Slot, Text, Value, View, from_text, sent_as, sent_as_itself,
};
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
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
from_text!(CalendarDuration, DateTimeLocal, TimeOfDayOffset);

/// Implements [`FromText`] for types of other crates, whose errors do not show the text.
macro_rules! from_text_of_others {
    ($($type:ty: $expected:literal;)*) => {$(
        impl FromText for $type {
            fn from_text(text: Cow<'_, str>) -> Result<Self, String> {
                text.parse().map_err(|_| ParseLiteralError::new($expected, &text).to_string())
            }
        }
    )*};
}

from_text_of_others!(
    HttpDate: "a date of HTTP such as Sun, 06 Nov 1994 08:49:37 GMT";
    Ipv4Addr: "an address such as 192.0.2.1";
    Ipv6Addr: "an address such as 2001:db8::1";
    Uuid: "a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8";
);

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
    CalendarDuration: CalendarDuration, Duration, time::Duration;
    Date: Date, time::Date;
    DateTimeLocal: DateTimeLocal;
    DateTimeOffset: DateTimeOffset, time::OffsetDateTime;
    Decimal: Decimal, i64;
    Duration: Duration, time::Duration;
    Guid: Guid, Uuid;
    HttpDate: HttpDate, SystemTime;
    Ipv4Addr: Ipv4Addr;
    Ipv6Addr: Ipv6Addr;
    TimeOfDay: TimeOfDay, time::Time;
    TimeOfDayOffset: TimeOfDayOffset;
    i64: i64;
    u64: u64;
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
impl Present for CalendarDuration {}
impl Present for DateTimeLocal {}
impl Present for HttpDate {}
impl Present for Ipv4Addr {}
impl Present for Ipv6Addr {}
impl Present for TimeOfDayOffset {}
impl Present for time::Time {}
