//! Times of the day.

use super::{ParseLiteralError, digits, write_pairs};
use std::fmt;
use std::str::FromStr;

/// A time of the day, such as `07:59:59.999`, with up to twelve digits of a second (`Edm.TimeOfDay`).
///
/// ```
/// use schemacrate_runtime::edm::TimeOfDay;
///
/// let noon: TimeOfDay = "12:00:00.000".parse()?;
/// assert_eq!(noon.to_string(), "12:00:00.000");
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay {
    pub(super) time: time::Time,
    pub(super) fraction: Fraction,
}

/// The digits after the seconds that were written, and what a nanosecond cannot hold of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Fraction {
    picoseconds: u16,
    digits: u8,
    /// Whether the seconds are not written at all.
    without_seconds: bool,
    /// Whether this is a leap second, written as 60 and counted as 59.
    leap: bool,
}

impl From<time::Time> for TimeOfDay {
    fn from(time: time::Time) -> Self {
        Self { time, fraction: Fraction::shortest(time.nanosecond()) }
    }
}

impl From<TimeOfDay> for time::Time {
    /// Drops what is smaller than a nanosecond.
    fn from(time: TimeOfDay) -> Self {
        time.time
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.time.as_hms();
        write_pairs([hour, minute], ':', formatter)?;
        if !self.fraction.without_seconds {
            formatter.write_str(":")?;
            write_pairs([if self.fraction.leap { 60 } else { second }], ':', formatter)?;
            self.fraction.write(self.time.nanosecond(), formatter)?;
        }
        Ok(())
    }
}

impl FromStr for TimeOfDay {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| ParseLiteralError::new("a time such as 07:59:59.999", text))
    }
}

/// Reads `hh:mm[:ss[.f]]`.
pub(super) fn parse(text: &str) -> Option<TimeOfDay> {
    let (hour, text) = digits(text, 2)?;
    let (minute, text) = digits(text.strip_prefix(':')?, 2)?;
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    if text.is_empty() {
        let fraction = Fraction { without_seconds: true, ..Fraction::default() };
        return Some(TimeOfDay { time: time::Time::from_hms(hour, minute, 0).ok()?, fraction });
    }
    let (second, text) = digits(text.strip_prefix(':')?, 2)?;
    let (nanosecond, mut fraction) = Fraction::parse(text)?;
    fraction.leap = second == 60;
    let second = if fraction.leap { 59 } else { u8::try_from(second).ok()? };
    let time = time::Time::from_hms_nano(hour, minute, second, nanosecond).ok()?;
    Some(TimeOfDay { time, fraction })
}

impl Fraction {
    /// As many digits as it takes.
    pub(super) fn shortest(nanosecond: u32) -> Self {
        let text = format!("{nanosecond:09}");
        let digits = u8::try_from(text.trim_end_matches('0').len()).unwrap_or(9);
        Self { digits, ..Self::default() }
    }

    /// Reads nothing, or a point and one to twelve digits.
    fn parse(text: &str) -> Option<(u32, Self)> {
        let Some(fraction) = text.strip_prefix('.') else {
            return text.is_empty().then(|| (0, Self::default()));
        };
        let valid = (1..=12).contains(&fraction.len());
        (valid && fraction.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
        let padded = format!("{fraction:0<12}");
        let digits = u8::try_from(fraction.len()).ok()?;
        let picoseconds = padded[9..].parse().ok()?;
        Some((padded[..9].parse().ok()?, Self { picoseconds, digits, ..Self::default() }))
    }

    fn write(self, nanosecond: u32, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits == 0 {
            return Ok(());
        }
        let text = format!("{nanosecond:09}{:03}", self.picoseconds);
        write!(formatter, ".{}", &text[..usize::from(self.digits).min(text.len())])
    }
}

impl TimeOfDay {
    /// What the crate `time` cannot represent: whether the second is a leap second, and the part of it
    /// that is smaller than a nanosecond.
    pub(super) fn beyond_time(self) -> (bool, u16) {
        (self.fraction.leap, self.fraction.picoseconds)
    }
}
