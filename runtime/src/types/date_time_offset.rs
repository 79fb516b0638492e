//! Moments with an offset.

use super::offset::Offset;
use super::{ParseLiteralError, TimeOfDay, date, time_of_day};
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A moment with the offset in which it was written, such as
/// `2017-01-01T00:00:17.7769392-08:00` (`Edm.DateTimeOffset`).
///
/// It keeps the offset and every digit of the second (up to twelve), so what is read is written
/// again byte for byte. Comparison is by moment.
///
/// ```
/// use schemacrate_runtime::edm::DateTimeOffset;
///
/// let text = "2017-01-01T00:00:17.7769392-08:00";
/// let moment: DateTimeOffset = text.parse()?;
/// assert_eq!(moment.to_string(), text);
/// assert_eq!(time::OffsetDateTime::from(moment).offset().whole_hours(), -8);
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DateTimeOffset {
    time: TimeOfDay,
    date: time::Date,
    offset: Offset,
    /// Whether the `T` was written as a small letter.
    has_small_t: bool,
}

impl From<OffsetDateTime> for DateTimeOffset {
    fn from(moment: OffsetDateTime) -> Self {
        Self {
            time: moment.time().into(),
            date: moment.date(),
            offset: moment.offset().into(),
            has_small_t: false,
        }
    }
}

impl DateTimeOffset {
    /// A moment of the clock, in UTC; `None` if the calendar does not reach it.
    pub(crate) fn of_clock(moment: SystemTime) -> Option<Self> {
        let nanoseconds = match moment.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()).ok()?,
            Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
        };
        OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok().map(Self::from)
    }
}

impl From<DateTimeOffset> for OffsetDateTime {
    /// Drops what is smaller than a nanosecond.
    fn from(moment: DateTimeOffset) -> Self {
        PrimitiveDateTime::new(moment.date, moment.time.into()).assume_offset(moment.offset.value())
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        OffsetDateTime::from(*self)
            .cmp(&OffsetDateTime::from(*other))
            .then_with(|| self.time.beyond_time().cmp(&other.time.beyond_time()))
    }
}

impl std::hash::Hash for DateTimeOffset {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        OffsetDateTime::from(*self).hash(state);
        self.time.beyond_time().hash(state);
    }
}

impl fmt::Display for DateTimeOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::Date::from(self.date).fmt(formatter)?;
        formatter.write_str(if self.has_small_t { "t" } else { "T" })?;
        self.time.fmt(formatter)?;
        self.offset.fmt(formatter)
    }
}

impl FromStr for DateTimeOffset {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| {
            ParseLiteralError::new(
                "a date and time such as 2017-01-01T00:00:17.7769392-08:00",
                text,
            )
        })
    }
}

fn parse(text: &str) -> Option<DateTimeOffset> {
    let (day, rest) = text.split_once(['T', 't'])?;
    let has_small_t = text.as_bytes().get(day.len()) == Some(&b't');
    let date = date::parse(day)?;
    let (time, offset) = Offset::split(rest)?;
    let time = time_of_day::parse(time)?;
    // A moment outside UTC's calendar cannot be compared.
    PrimitiveDateTime::new(date, time.into())
        .assume_offset(offset.value())
        .checked_to_offset(UtcOffset::UTC)?;
    Some(DateTimeOffset { time, date, offset, has_small_t })
}
