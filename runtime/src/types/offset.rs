//! Offsets from UTC, as they are written after a time.

use super::{digits, write_pairs};
use std::fmt;
use time::UtcOffset;

/// An offset, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    value: UtcOffset,
    zone: Zone,
}

/// How an offset of zero was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Zulu,
    SmallZulu,
    Positive,
    Negative,
}

impl Offset {
    /// The offset itself.
    pub(super) fn value(self) -> UtcOffset {
        self.value
    }

    /// Takes the offset from the end of a text.
    pub(super) fn split(text: &str) -> Option<(&str, Self)> {
        if let Some(time) = text.strip_suffix(['Z', 'z']) {
            let zone = if text.ends_with('z') { Zone::SmallZulu } else { Zone::Zulu };
            return Some((time, Self { value: UtcOffset::UTC, zone }));
        }
        let at = text.rfind(['+', '-'])?;
        let (time, offset) = text.split_at(at);
        let (hours, minutes) = digits(&offset[1..], 2)?;
        let (minutes, end) = digits(minutes.strip_prefix(':')?, 2)?;
        let valid = end.is_empty() && minutes < 60;
        valid.then_some(())?;
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        let negative = offset.starts_with('-');
        let zone = if negative { Zone::Negative } else { Zone::Positive };
        let seconds = if negative { -seconds } else { seconds };
        Some((time, Self { value: UtcOffset::from_whole_seconds(seconds).ok()?, zone }))
    }
}

impl From<UtcOffset> for Offset {
    fn from(value: UtcOffset) -> Self {
        let zone = if value.is_utc() {
            Zone::Zulu
        } else if value.is_negative() {
            Zone::Negative
        } else {
            Zone::Positive
        };
        Self { value, zone }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, _) = self.value.as_hms();
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
