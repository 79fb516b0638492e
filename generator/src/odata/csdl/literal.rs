//! The syntax of primitive values in attributes (CSDL 4.01, sections 7.3 and 14.3).

/// Whether a text is a value of a constant expression or of a primitive type, by its name without
/// the namespace. Types that are not known here take any text.
pub(crate) fn is_literal(kind: &str, text: &str) -> bool {
    match kind {
        "Bool" | "Boolean" => matches!(text, "true" | "false" | "1" | "0"),
        "Int" | "Int64" => integer::<i64>(text),
        "Int32" => integer::<i32>(text),
        "Int16" => integer::<i16>(text),
        "SByte" => integer::<i8>(text),
        "Byte" => integer::<u8>(text),
        "Decimal" => is_special(text) || is_number(text),
        "Float" | "Double" | "Single" => is_special(text) || is_number(text),
        "Guid" => is_guid(text),
        "Date" => is_date(text),
        "TimeOfDay" => is_time(text),
        "DateTimeOffset" => is_timestamp(text),
        "Duration" => is_duration(text),
        "Binary" => text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=+/".contains(&b)),
        _ => true,
    }
}

fn integer<T: std::str::FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

fn is_special(text: &str) -> bool {
    matches!(text, "INF" | "-INF" | "NaN")
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let fits = match unsigned(mantissa).split_once('.') {
        Some((whole, fraction)) => all_digits(&format!("{whole}{fraction}")),
        None => all_digits(unsigned(mantissa)),
    };
    fits && exponent.is_none_or(|exponent| all_digits(unsigned(exponent)))
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn two_digits(text: &str, least: u8, greatest: u8) -> bool {
    text.len() == 2
        && all_digits(text)
        && text.parse().is_ok_and(|number| (least..=greatest).contains(&number))
}

fn is_date(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let (Ok(number), Ok(month_number), Ok(day_number)) =
        (year.parse::<u64>(), month.parse::<u8>(), day.parse::<u8>())
    else {
        return false;
    };
    let leap = number % 4 == 0 && (number % 100 != 0 || number % 400 == 0);
    let longest = match month_number {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    year.len() >= 4
        && all_digits(year)
        && two_digits(month, 1, 12)
        && two_digits(day, 1, 31)
        && day_number <= longest
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let fits = match parts[..] {
        [hour, minute] => {
            fraction.is_none() && two_digits(hour, 0, 23) && two_digits(minute, 0, 59)
        }
        [hour, minute, second] => {
            two_digits(hour, 0, 23) && two_digits(minute, 0, 59) && two_digits(second, 0, 59)
        }
        _ => false,
    };
    fits && fraction.is_none_or(|part| all_digits(part) && part.len() <= 12)
}

fn is_timestamp(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let time = if let Some(time) = rest.strip_suffix(['Z', 'z']) {
        time
    } else if let Some(at) = rest.rfind(['+', '-']) {
        let Some((hour, minute)) = rest[at + 1..].split_once(':') else { return false };
        if !two_digits(hour, 0, 14) || !two_digits(minute, 0, 59) {
            return false;
        }
        &rest[..at]
    } else {
        return false;
    };
    is_date(date) && is_time(time)
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = unsigned(text).strip_prefix('P') else { return false };
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let days_fit = days.is_empty() || days.strip_suffix('D').is_some_and(all_digits);
    let Some(mut time) = time else { return days_fit && !days.is_empty() };
    let mut found = false;
    for unit in ['H', 'M', 'S'] {
        if let Some((number, rest)) = time.split_once(unit) {
            let fraction = unit == 'S'
                && number.split_once('.').is_some_and(|(a, b)| all_digits(a) && all_digits(b));
            if !all_digits(number) && !fraction {
                return false;
            }
            time = rest;
            found = true;
        }
    }
    days_fit && found && time.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_literal;

    #[test]
    fn literals_follow_the_grammar() {
        for (kind, good, bad) in [
            ("Bool", &["true", "0"][..], &["perhaps", "TRUE", ""][..]),
            ("Byte", &["255"], &["256", "-1"]),
            ("Int", &["-9223372036854775808"], &["9223372036854775808", "1.0"]),
            ("Decimal", &["1", "-1.5", ".5", "1e9"], &["one", "1,5", "", "e1"]),
            ("Double", &["INF", "NaN", "1E-5"], &["Infinity", "1e"]),
            ("Guid", &["21EC2020-3AEA-1069-A2DD-08002B30309D"], &["21EC2020", ""]),
            ("Date", &["2000-02-29", "-0001-12-31"], &["1900-02-29", "2000-13-01", "20-1-1"]),
            ("TimeOfDay", &["07:59", "07:59:59.999"], &["24:00", "7:59", "07:59:60"]),
            ("DateTimeOffset", &["2000-01-01T16:00:00.000-09:00"], &["2000-01-01T16:00:00"]),
            ("Duration", &["P7D", "PT1M", "-P1DT2H3M4.5S"], &["P", "PT", "1D", "P1Y"]),
            ("Binary", &["T0RhdGE", ""], &["T0 RhdGE", "?"]),
        ] {
            assert!(good.iter().all(|text| is_literal(kind, text)), "{kind} {good:?}");
            assert!(bad.iter().all(|text| !is_literal(kind, text)), "{kind} {bad:?}");
        }
    }
}
