//! Dates and times without an offset.

use super::{Date, ParseLiteralError, TimeOfDay, date, time_of_day};
use std::fmt;
use std::str::FromStr;
use time::PrimitiveDateTime;

/// A day and a time of it without an offset, such as `2017-01-01T00:00:17.7769392`: the format
/// `date-time-local`. It is a moment only together with a place.
///
/// It keeps every digit of the second (up to twelve), so what is read is written again byte for byte.
///
/// ```
/// use schemacrate_runtime::primitive::{Date, DateTimeLocal};
///
/// let departs: DateTimeLocal = "2017-01-31T23:05:00".parse()?;
/// assert_eq!(departs.date(), "2017-01-31".parse::<Date>()?);
/// assert_eq!(time::PrimitiveDateTime::from(departs).hour(), 23);
/// assert!("2017-01-31T23:05:00Z".parse::<DateTimeLocal>().is_err());
/// # Ok::<(), schemacrate_runtime::primitive::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateTimeLocal {
    date: Date,
    time: TimeOfDay,
    /// Whether the `T` was written as a small letter.
    has_small_t: bool,
}

impl DateTimeLocal {
    /// A time of a day.
    #[must_use]
    pub fn new(date: impl Into<Date>, time: impl Into<TimeOfDay>) -> Self {
        Self { date: date.into(), time: time.into(), has_small_t: false }
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// The time of the day.
    #[must_use]
    pub fn time(self) -> TimeOfDay {
        self.time
    }
}

impl From<PrimitiveDateTime> for DateTimeLocal {
    fn from(moment: PrimitiveDateTime) -> Self {
        Self::new(moment.date(), moment.time())
    }
}

impl From<DateTimeLocal> for PrimitiveDateTime {
    /// Drops what is smaller than a nanosecond.
    fn from(moment: DateTimeLocal) -> Self {
        Self::new(moment.date.into(), moment.time.into())
    }
}

impl fmt::Display for DateTimeLocal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(formatter)?;
        formatter.write_str(if self.has_small_t { "t" } else { "T" })?;
        self.time.fmt(formatter)
    }
}

impl FromStr for DateTimeLocal {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| {
            ParseLiteralError::new(
                "a date and time without an offset such as 2017-01-01T00:00:17.7769392",
                text,
            )
        })
    }
}

fn parse(text: &str) -> Option<DateTimeLocal> {
    let (day, time) = text.split_once(['T', 't'])?;
    let has_small_t = text.as_bytes().get(day.len()) == Some(&b't');
    let (date, time) = (date::parse(day)?.into(), time_of_day::parse(time)?);
    Some(DateTimeLocal { date, time, has_small_t })
}
