//! Spans of the calendar.

use super::{Duration, ParseLiteralError};
use std::fmt;
use std::str::FromStr;

/// A span of time that may have years, months and weeks, such as `P1Y2M`, `P3W` or `P1DT12H`: the format
/// `duration` of JSON Schema (RFC 3339, appendix A).
///
/// A year and a month have no length of their own, so such a span is a number of months and a [`Duration`].
/// It keeps the text that was read. Two of them are equal if both parts are.
///
/// ```
/// use schemacrate_runtime::primitive::{CalendarDuration, Duration};
///
/// let term: CalendarDuration = "P1Y6M".parse()?;
/// assert_eq!((term.months(), term.length()), (18, None));
///
/// let span: CalendarDuration = "P2W".parse()?;
/// assert_eq!(span.length(), Some(time::Duration::weeks(2)));
/// assert_eq!(span, "P14D".parse()?);
/// assert_eq!(CalendarDuration::from(time::Duration::minutes(90)).to_string(), "PT5400S");
/// # Ok::<(), schemacrate_runtime::primitive::ParseLiteralError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CalendarDuration {
    text: String,
    months: i64,
    rest: Duration,
}

impl CalendarDuration {
    /// The years and months, in months. They are negative in a negative span.
    #[must_use]
    pub fn months(&self) -> i64 {
        self.months
    }

    /// The weeks, days, hours, minutes and seconds.
    #[must_use]
    pub fn without_months(&self) -> &Duration {
        &self.rest
    }

    /// The length, if the span has no years and no months. What is smaller than a nanosecond is dropped.
    #[must_use]
    pub fn length(&self) -> Option<time::Duration> {
        (self.months == 0).then(|| self.rest.clone().into())
    }
}

impl From<Duration> for CalendarDuration {
    fn from(span: Duration) -> Self {
        Self { text: span.to_string(), months: 0, rest: span }
    }
}

impl From<time::Duration> for CalendarDuration {
    fn from(span: time::Duration) -> Self {
        Duration::from(span).into()
    }
}

impl PartialEq for CalendarDuration {
    fn eq(&self, other: &Self) -> bool {
        (self.months, &self.rest) == (other.months, &other.rest)
    }
}

impl Eq for CalendarDuration {}

impl fmt::Display for CalendarDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for CalendarDuration {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (months, rest) = parse(text)
            .ok_or_else(|| ParseLiteralError::new("a duration such as P1Y2M or P1DT12H", text))?;
        Ok(Self { text: text.to_owned(), months, rest })
    }
}

/// Reads `[-]P[nY][nM][nW][nD][T[nH][nM][n[.f]S]]`, at least one part.
fn parse(text: &str) -> Option<(i64, Duration)> {
    let (sign, span) = match text.strip_prefix('-') {
        Some(span) => ("-", span),
        None => ("", text),
    };
    let mut rest = span.strip_prefix('P')?;
    let (mut months, mut days) = (0_i64, None);
    for (unit, factor) in [('Y', 12), ('M', 1)] {
        if let Some(count) = part(&mut rest, unit)? {
            months = months.checked_add(count.checked_mul(factor)?)?;
        }
    }
    for (unit, factor) in [('W', 7), ('D', 1)] {
        if let Some(count) = part(&mut rest, unit)? {
            days = Some(days.unwrap_or(0_i64).checked_add(count.checked_mul(factor)?)?);
        }
    }
    let has_date = span.len() - 1 > rest.len();
    (has_date || !rest.is_empty()).then_some(())?;
    let days = days.map(|days| format!("{days}D")).unwrap_or_default();
    let rest = match days.is_empty() && rest.is_empty() {
        true => "P0D".parse().ok()?,
        false => format!("{sign}P{days}{rest}").parse().ok()?,
    };
    Some((if sign.is_empty() { months } else { -months }, rest))
}

/// Takes a part with a unit from the beginning of the days of a span. The inner `None`: there is no such part.
fn part(text: &mut &str, unit: char) -> Option<Option<i64>> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = text.split_at(digits);
    let Some(after) = after.strip_prefix(unit) else { return Some(None) };
    *text = after;
    Some(Some(number.parse().ok()?))
}
