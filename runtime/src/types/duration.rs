//! Spans of time.

use super::ParseLiteralError;
use std::fmt;
use std::str::FromStr;

/// A span of time in days, hours, minutes and seconds, such as `P1DT2H3M4.5S` (`Edm.Duration`).
///
/// It keeps the text that was read. Comparison is by length.
///
/// ```
/// use schemacrate_runtime::edm::Duration;
///
/// let span: Duration = "PT90M".parse()?;
/// assert_eq!(span, "PT1H30M".parse()?);
/// assert_eq!(span.to_string(), "PT90M");
/// assert_eq!(time::Duration::from(span), time::Duration::minutes(90));
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Duration {
    text: String,
    picoseconds: i128,
}

const SECOND: i128 = 1_000_000_000_000;

impl From<time::Duration> for Duration {
    fn from(span: time::Duration) -> Self {
        let sign = if span.is_negative() { "-" } else { "" };
        let (seconds, nanoseconds) =
            (span.whole_seconds().unsigned_abs(), span.subsec_nanoseconds().unsigned_abs());
        let fraction = format!(".{nanoseconds:09}");
        let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
        Self {
            text: format!("{sign}PT{seconds}{fraction}S"),
            picoseconds: span.whole_nanoseconds() * 1000,
        }
    }
}

impl From<Duration> for time::Duration {
    /// Drops what is smaller than a nanosecond; a span beyond the range of the type becomes its largest
    /// value.
    fn from(span: Duration) -> Self {
        let nanoseconds = span.picoseconds / 1000;
        let seconds = nanoseconds / 1_000_000_000;
        let rest = i32::try_from(nanoseconds % 1_000_000_000).unwrap_or_default();
        match i64::try_from(seconds) {
            Ok(seconds) => Self::new(seconds, rest),
            Err(_) if seconds < 0 => Self::MIN,
            Err(_) => Self::MAX,
        }
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.picoseconds == other.picoseconds
    }
}

impl Eq for Duration {}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.picoseconds.cmp(&other.picoseconds)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for Duration {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let picoseconds = parse(text)
            .ok_or_else(|| ParseLiteralError::new("a duration such as P1DT2H3M4.5S", text))?;
        Ok(Self { text: text.to_owned(), picoseconds })
    }
}

/// Reads `[sign]P[nD][T[nH][nM][n[.f]S]]`, at least one part.
fn parse(text: &str) -> Option<i128> {
    let negative = text.starts_with('-');
    let span = text.strip_prefix('-').unwrap_or(text).strip_prefix('P')?;
    let (days, time) = match span.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None if span.is_empty() => return None,
        None => (span, ""),
    };
    let mut total = 0_i128;
    if !days.is_empty() {
        total = count(days.strip_suffix('D')?)?.checked_mul(86_400 * SECOND)?;
    }
    let mut rest = time;
    for (unit, length) in [('H', 3_600 * SECOND), ('M', 60 * SECOND)] {
        if let Some((number, after)) = rest.split_once(unit) {
            total = total.checked_add(count(number)?.checked_mul(length)?)?;
            rest = after;
        }
    }
    if !rest.is_empty() {
        total = total.checked_add(seconds(rest.strip_suffix('S')?)?)?;
    }
    Some(if negative { -total } else { total })
}

fn count(text: &str) -> Option<i128> {
    let valid = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| text.parse().ok())?
}

fn seconds(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let valid = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    valid.then_some(())?;
    // Digits beyond a picosecond are kept in the text only.
    let padded = format!("{fraction:0<12}");
    count(whole)?.checked_mul(SECOND)?.checked_add(count(&padded[..12])?)
}
