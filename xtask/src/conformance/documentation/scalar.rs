//! Values that can be written in several ways.
//!
//! Enters: two texts. Leaves: whether they are the same number, moment or duration. Must not know:
//! where they are.

use std::cmp::Ordering;

/// Whether two JSON numbers have the same value, exactly.
pub(super) fn same_number(one: &str, other: &str) -> bool {
    one == other
        || matches!((Decimal::read(one), Decimal::read(other)), (Some(a), Some(b)) if a == b)
}

/// Whether two texts are timestamps of the same moment with the same offset, or durations of the same
/// length.
pub(super) fn same_time(one: &str, other: &str) -> bool {
    let moments = (moment(one), moment(other));
    let durations = (duration(one), duration(other));
    matches!(moments, (Some(a), Some(b)) if a == b)
        || matches!(durations, (Some(a), Some(b)) if a == b)
}

/// A number: its digits without zeros at either end, and the power of ten of the last one.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: String,
    power: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let negative = mantissa.starts_with('-');
        let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if whole.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_end_matches('0');
        let dropped = i64::try_from(all.len() - digits.len()).ok()?;
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some(Self { negative: false, digits: String::new(), power: 0 });
        }
        let power =
            exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(dropped)?;
        Some(Self { negative, digits: digits.to_owned(), power })
    }
}

/// A timestamp: the local date, the local time, the fraction of the second without zeros at its end,
/// and the offset in minutes.
type Moment<'a> = (&'a str, [u32; 3], &'a str, i32);

fn moment(text: &str) -> Option<Moment<'_>> {
    let (date, rest) = text.split_once(['T', 't'])?;
    let year = date.strip_prefix('-').unwrap_or(date);
    let parts: Vec<&str> = year.split('-').collect();
    let is_date = matches!(parts.as_slice(), [year, month, day]
        if year.len() >= 4 && month.len() == 2 && day.len() == 2);
    if !is_date || !parts.iter().all(|part| is_number(part)) {
        return None;
    }
    let (time, offset) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let (time, offset) = rest.split_at(rest.rfind(['+', '-'])?);
            let (hours, minutes) = offset[1..].split_once(':')?;
            let minutes = i32::try_from(two(hours)? * 60 + two(minutes)?).ok()?;
            (time, if offset.starts_with('-') { -minutes } else { minutes })
        }
    };
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) if is_number(fraction) => (time, fraction),
        Some(_) => return None,
        None => (time, ""),
    };
    let parts: Vec<&str> = time.split(':').collect();
    let clock = match parts.as_slice() {
        [hour, minute, second] => [two(hour)?, two(minute)?, two(second)?],
        [hour, minute] if fraction.is_empty() => [two(hour)?, two(minute)?, 0],
        _ => return None,
    };
    Some((date, clock, fraction.trim_end_matches('0'), offset))
}

/// A duration: whether it is negative, its whole seconds, and the fraction without zeros at its end.
fn duration(text: &str) -> Option<(bool, u128, String)> {
    let negative = text.starts_with('-');
    let span = text.strip_prefix('-').unwrap_or(text).strip_prefix('P')?;
    let (days, time) = match span.split_once('T') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None if span.is_empty() => return None,
        None => (span, ""),
    };
    let mut seconds: u128 = 0;
    let mut fraction = "";
    let mut add = |count: &str, unit: u128| {
        let count = is_number(count).then(|| count.parse::<u128>().ok())??;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        Some(())
    };
    if !days.is_empty() {
        add(days.strip_suffix('D')?, 86_400)?;
    }
    let mut rest = time;
    for (letter, unit) in [('H', 3_600), ('M', 60)] {
        if let Some((count, after)) = rest.split_once(letter) {
            add(count, unit)?;
            rest = after;
        }
    }
    if !rest.is_empty() {
        let rest = rest.strip_suffix('S')?;
        let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
        add(whole, 1)?;
        fraction = is_number(part).then(|| part.trim_end_matches('0'))?;
    }
    let is_zero = seconds == 0 && fraction.is_empty();
    Some((negative && !is_zero, seconds, fraction.to_owned()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two digits.
fn two(text: &str) -> Option<u32> {
    (text.len().cmp(&2) == Ordering::Equal && is_number(text)).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_by_value() {
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("-0", "0"),
            ("0.0", "0e9"),
            ("12345678901234567890", "12345678901234567890.000"),
            ("0.5", "5E-1"),
        ] {
            assert!(same_number(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.10000000000000001"),
            ("1e2", "1e3"),
            ("10", "1"),
            ("1e99999999999999999999", "1e99999999999999999998"),
        ] {
            assert!(!same_number(one, other), "{one} {other}");
        }
    }

    #[test]
    fn timestamps_are_the_same_by_moment_and_offset() {
        for (one, other) in [
            ("2017-01-01T00:00:17.770Z", "2017-01-01T00:00:17.77+00:00"),
            ("2017-01-01T00:00:00Z", "2017-01-01T00:00Z"),
            ("2017-01-01t00:00:00z", "2017-01-01T00:00:00.0000000Z"),
        ] {
            assert!(same_time(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("2017-01-01T00:00:00Z", "2017-01-01T01:00:00+01:00"),
            ("2017-01-01T00:00:17.7769392Z", "2017-01-01T00:00:17.776939Z"),
            ("2017-01-01T00:00:00-08:00", "2017-01-01T00:00:00+08:00"),
            ("2017-01-01", "2017-01-01T00:00:00Z"),
            ("aT00:00:00Z", "aT00:00Z"),
            ("08:00:00", "08:00:00.0"),
        ] {
            assert!(!same_time(one, other), "{one} {other}");
        }
    }

    #[test]
    fn durations_are_the_same_by_length() {
        for (one, other) in [
            ("PT90M", "PT1H30M"),
            ("P1D", "PT24H"),
            ("PT0.50S", "PT0.5S"),
            ("-PT0S", "P0D"),
            ("-PT60S", "-PT1M"),
        ] {
            assert!(same_time(one, other), "{one} {other}");
        }
        for (one, other) in
            [("PT1M", "P1M"), ("PT1S", "-PT1S"), ("P", "PT0S"), ("P1DT", "P1D"), ("PT1", "PT1S")]
        {
            assert!(!same_time(one, other), "{one} {other}");
        }
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in ["T", "T+", "é-é-éTé+é:é", "2017-01-01T+é", "PTé", "1.", ".5", "", "-"]
        {
            assert!(!same_time(text, "P0D") && !same_number(text, "0"), "{text}");
        }
    }
}
