//! Dates.

use super::{ParseLiteralError, digits, write_pairs};
use std::fmt;
use std::str::FromStr;

/// A day of the calendar, such as `2017-01-31` (`Edm.Date`).
///
/// ```
/// use schemacrate_runtime::edm::Date;
///
/// let day: Date = "2017-01-31".parse()?;
/// assert_eq!(time::Date::from(day).month(), time::Month::January);
/// assert!("2017-02-30".parse::<Date>().is_err());
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(time::Date);

impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        // Formatting with a width costs many times as much, and most objects have dates.
        if let Ok(year @ 0..=9999) = u16::try_from(year) {
            let [century, year] = [year / 100, year % 100].map(|pair| pair as u8);
            write_pairs([century], '-', formatter)?;
            return write_pairs([year, u8::from(month), day], '-', formatter);
        }
        let sign = if year < 0 { "-" } else { "" };
        write!(formatter, "{sign}{:04}-{:02}-{day:02}", year.unsigned_abs(), u8::from(month))
    }
}

impl FromStr for Date {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text)
            .map(Self)
            .ok_or_else(|| ParseLiteralError::new("a date such as 2017-01-31", text))
    }
}

/// Reads `[-]YYYY-MM-DD`.
pub(super) fn parse(text: &str) -> Option<time::Date> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    // Years beyond four digits are written without leading zeros.
    let length = text.find('-')?;
    let (year, text) = digits(text, length)?;
    let valid = length == 4
        || (length > 4 && year >= 10_000 && length <= 6 && year.to_string().len() == length);
    valid.then_some(())?;
    let (month, text) = digits(text.strip_prefix('-')?, 2)?;
    let (day, text) = digits(text.strip_prefix('-')?, 2)?;
    text.is_empty().then_some(())?;
    // Year zero with a sign would be written without the sign.
    (!negative || year > 0).then_some(())?;
    let year = i32::try_from(year).ok()?;
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let year = if negative { -year } else { year };
    time::Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
}
