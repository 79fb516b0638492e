//! The primitive types as members of objects.

use super::{Binary, Date, DateTimeOffset, Decimal, Duration, GeoJson, Guid, TimeOfDay};
use crate::json::values::{scalar, unquoted};
use crate::json::{InvalidText, JsonSlot, Kind, Primitive, Slot, Text, Value, View};

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
    fn set(&mut self, json: &str) -> Result<bool, InvalidText> {
        let text = unquoted(json);
        let value: Decimal = text.parse().map_err(InvalidText::new)?;
        let is_exact = value.as_str() == text;
        *self = Some(value);
        Ok(is_exact)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

scalar!(Decimal, Json, value => View::Untyped(value.json()));
scalar!(GeoJson, Json, value => View::Untyped(value.as_untyped()));
