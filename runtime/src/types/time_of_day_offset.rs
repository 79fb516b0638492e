//! Times of the day with an offset.

use super::offset::Offset;
use super::{ParseLiteralError, TimeOfDay, time_of_day};
use std::fmt;
use std::str::FromStr;
use time::UtcOffset;

/// A time of the day with the offset in which it was written, such as `07:59:59.999+01:00`: the format `time`
/// of JSON Schema.
///
/// It keeps the offset and every digit of the second (up to twelve), so what is read is written again byte
/// for byte. Two of them are equal if they are written in the same way: without a day, times with different
/// offsets have no order.
///
/// ```
/// use schemacrate_runtime::primitive::{TimeOfDay, TimeOfDayOffset};
///
/// let opens: TimeOfDayOffset = "09:00:00+01:00".parse()?;
/// assert_eq!(opens.time(), "09:00:00".parse::<TimeOfDay>()?);
/// assert_eq!(opens.offset().whole_hours(), 1);
/// assert_eq!(opens.to_string(), "09:00:00+01:00");
/// assert!("09:00:00".parse::<TimeOfDayOffset>().is_err());
/// # Ok::<(), schemacrate_runtime::primitive::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDayOffset {
    time: TimeOfDay,
    offset: Offset,
}

impl TimeOfDayOffset {
    /// A time in an offset.
    #[must_use]
    pub fn new(time: impl Into<TimeOfDay>, offset: UtcOffset) -> Self {
        Self { time: time.into(), offset: offset.into() }
    }

    /// The time, in its offset.
    #[must_use]
    pub fn time(self) -> TimeOfDay {
        self.time
    }

    /// The offset.
    #[must_use]
    pub fn offset(self) -> UtcOffset {
        self.offset.value()
    }
}

impl fmt::Display for TimeOfDayOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.time.fmt(formatter)?;
        self.offset.fmt(formatter)
    }
}

impl FromStr for TimeOfDayOffset {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = Offset::split(text)
            .and_then(|(time, offset)| Some(Self { time: time_of_day::parse(time)?, offset }));
        parsed.ok_or_else(|| {
            ParseLiteralError::new("a time with an offset such as 07:59:59.999+01:00", text)
        })
    }
}
