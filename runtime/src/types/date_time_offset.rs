//! Moments with an offset.

use super::{ParseLiteralError, TimeOfDay, date, digits, time_of_day, write_pairs};
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
    offset: UtcOffset,
    zone: Zone,
    /// Whether the `T` was written as a small letter.
    has_small_t: bool,
}

/// How an offset of zero was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Zulu,
    SmallZulu,
    Positive,
    Negative,
}

impl From<OffsetDateTime> for DateTimeOffset {
    fn from(moment: OffsetDateTime) -> Self {
        let zone = if moment.offset().is_utc() {
            Zone::Zulu
        } else if moment.offset().is_negative() {
            Zone::Negative
        } else {
            Zone::Positive
        };
        Self {
            time: moment.time().into(),
            date: moment.date(),
            offset: moment.offset(),
            zone,
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
        PrimitiveDateTime::new(moment.date, moment.time.into()).assume_offset(moment.offset)
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
        let (hours, minutes, _) = self.offset.as_hms();
        let sign = match self.zone {
            Zone::Zulu => return formatter.write_str("Z"),
            Zone::SmallZulu => return formatter.write_str("z"),
            Zone::Positive => "+",
            Zone::Negative => "-",
        };
        formatter.write_str(sign)?;
        write_pairs([hours.unsigned_abs(), minutes.unsigned_abs()], ':', formatter)
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
    let (time, zone, offset) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) if rest.ends_with('z') => (time, Zone::SmallZulu, UtcOffset::UTC),
        Some(time) => (time, Zone::Zulu, UtcOffset::UTC),
        None => {
            let at = rest.rfind(['+', '-'])?;
            let (time, offset) = rest.split_at(at);
            let (hours, minutes) = digits(&offset[1..], 2)?;
            let (minutes, end) = digits(minutes.strip_prefix(':')?, 2)?;
            let valid = end.is_empty() && minutes < 60;
            valid.then_some(())?;
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            let negative = offset.starts_with('-');
            let zone = if negative { Zone::Negative } else { Zone::Positive };
            let seconds = if negative { -seconds } else { seconds };
            (time, zone, UtcOffset::from_whole_seconds(seconds).ok()?)
        }
    };
    let time = time_of_day::parse(time)?;
    // A moment outside UTC's calendar cannot be compared.
    PrimitiveDateTime::new(date, time.into())
        .assume_offset(offset)
        .checked_to_offset(UtcOffset::UTC)?;
    Some(DateTimeOffset { time, date, offset, zone, has_small_t })
}
