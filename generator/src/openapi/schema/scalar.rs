//! Scalars: from formats and bounds to the values that a type must hold.
//!
//! Enters: the names of the OpenAPI format registry, bounds. Leaves: [`Integer`], [`Number`], [`Text`].
//! A format is an annotation: it makes a type narrower only where the bounds allow it.

use crate::openapi::model::{Keywords, Limits};

/// The least integers that a type must hold without a detour. What an integer of a service does not fit into
/// is kept with its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Integer {
    /// 8 bits with a sign.
    I8,
    /// 16 bits with a sign.
    I16,
    /// 32 bits with a sign.
    I32,
    /// 64 bits with a sign, also without a format.
    I64,
    /// 8 bits.
    U8,
    /// 16 bits.
    U16,
    /// 32 bits.
    U32,
    /// 64 bits.
    U64,
    /// The bounds allow integers of more than 64 bits.
    Large,
}

/// How exactly a number is meant. All of them are written again with the digits that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// No format.
    Plain,
    /// 32 bits of IEEE 754.
    Float,
    /// 64 bits of IEEE 754.
    Double,
    /// Decimal digits, which no binary number has.
    Decimal,
}

/// What a string is. A string that is not that is valid nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names are those of the formats.
pub enum Text {
    /// No format, or one without a type of its own.
    Plain,
    DateTime,
    /// A date and a time without an offset.
    LocalDateTime,
    Date,
    Time,
    /// A time without an offset.
    LocalTime,
    /// A date and a time as HTTP writes them.
    HttpDate,
    /// The seconds since 1970, as a string.
    UnixTime,
    Duration,
    Uuid,
    Uri,
    Ipv4,
    Ipv6,
    /// An integer of 64 bits, as a string.
    Int64,
    /// An integer of 64 bits without a sign, as a string.
    Uint64,
    Decimal,
    /// Bytes in Base64: `byte`, or `contentEncoding: base64`.
    Base64,
    /// Bytes in Base64 with the alphabet for URLs.
    Base64Url,
    /// The bytes themselves, where the body or a part of it is not JSON.
    Binary,
    /// A secret that is not shown.
    Password,
}

impl Integer {
    /// The narrow ones first; those from the fifth on are what bounds can make of a format.
    const ALL: [Self; 9] = [
        Self::I8,
        Self::U8,
        Self::I16,
        Self::U16,
        Self::I32,
        Self::U32,
        Self::I64,
        Self::U64,
        Self::Large,
    ];

    /// The least and the greatest integer.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::Large => (i128::MIN, i128::MAX),
        }
    }

    /// The integers that some schemas allow.
    pub(super) fn of<'k>(parts: impl Iterator<Item = &'k Keywords>) -> Self {
        let mut format = None;
        // The bounds of all parts must hold, so the narrowest count.
        let (mut least, mut most) = (None::<i128>, None::<i128>);
        for part in parts {
            format = format.or_else(|| part.format.as_ref().and_then(|one| integer(&one.text)));
            let (from, to) = bounds(&part.limits);
            least = least.max(from);
            most = [most, to].into_iter().flatten().min();
        }
        let format = format.unwrap_or(Self::I64);
        let (low, high) = format.range();
        // Of a side without a bound the format is the bound.
        let allows_more = least.is_some_and(|one| one < low) || most.is_some_and(|one| one > high);
        if !allows_more {
            return format;
        }
        let (low, high) = (least.unwrap_or(low), most.unwrap_or(high));
        let holds = |one: &Self| one.range().0 <= low && one.range().1 >= high;
        Self::ALL[4..].iter().copied().find(holds).unwrap_or(Self::Large)
    }

    /// A type that holds the integers of both.
    pub(super) fn or(self, other: Self) -> Self {
        let (one, two) = (self.range(), other.range());
        let holds =
            |it: &Self| it.range().0 <= one.0.min(two.0) && it.range().1 >= one.1.max(two.1);
        Self::ALL.into_iter().find(holds).unwrap_or(Self::Large)
    }
}

fn integer(format: &str) -> Option<Integer> {
    Some(match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        _ => return None,
    })
}

/// The bounds. One that is not an integer, or too large, allows no fewer integers than the result.
fn bounds(limits: &Limits) -> (Option<i128>, Option<i128>) {
    let value = |digits: &str| -> Option<f64> { digits.parse().ok() };
    let exact = |digits: &str, round: fn(f64) -> f64| -> Option<i128> {
        // A conversion of a number that is too large stops at the end of the range.
        digits.parse().ok().or_else(|| value(digits).map(|one| round(one) as i128))
    };
    let of = |one: &Option<crate::openapi::model::Words>, round| {
        one.as_ref().and_then(|one| exact(&one.text, round))
    };
    let least = [of(&limits.minimum, f64::floor), of(&limits.exclusive_minimum, f64::floor)];
    let most = [of(&limits.maximum, f64::ceil), of(&limits.exclusive_maximum, f64::ceil)];
    (least.into_iter().flatten().max(), most.into_iter().flatten().min())
}

impl Number {
    /// The numbers that some schemas allow.
    pub(super) fn of<'k>(parts: impl Iterator<Item = &'k Keywords>) -> Self {
        let format = |one: &Keywords| {
            Some(match one.format.as_ref()?.text.as_str() {
                "float" => Self::Float,
                "double" => Self::Double,
                // The type allows fractions, and the format all integers of 64 bits.
                "decimal" | "decimal128" | "sf-decimal" | "int64" | "uint64" => Self::Decimal,
                _ => return None,
            })
        };
        parts.filter_map(format).reduce(Self::or).unwrap_or(Self::Plain)
    }

    /// A type that holds the numbers of both.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Decimal, _) | (_, Self::Decimal) => Self::Decimal,
            (Self::Float, Self::Double) | (Self::Double, Self::Float) => Self::Double,
            _ => Self::Plain,
        }
    }
}

impl Text {
    /// The strings that some schemas mean.
    pub(super) fn of<'k>(parts: impl Iterator<Item = &'k Keywords>) -> Self {
        parts.filter_map(Self::of_one).reduce(Self::or).unwrap_or(Self::Plain)
    }

    fn of_one(keywords: &Keywords) -> Option<Self> {
        if let Some(encoding) = &keywords.content_encoding {
            match encoding.text.to_ascii_lowercase().as_str() {
                "base64" => return Some(Self::Base64),
                "base64url" => return Some(Self::Base64Url),
                // These leave every text as it is.
                "7bit" | "8bit" => {}
                _ => return None,
            }
        }
        if keywords.types.is_some_and(|types| types.has("file")) {
            return Some(Self::Binary);
        }
        Some(match keywords.format.as_ref()?.text.as_str() {
            "date-time" => Self::DateTime,
            "date-time-local" => Self::LocalDateTime,
            "date" => Self::Date,
            "time" => Self::Time,
            "time-local" => Self::LocalTime,
            "http-date" => Self::HttpDate,
            "unixtime" => Self::UnixTime,
            "duration" => Self::Duration,
            "uuid" => Self::Uuid,
            "uri" => Self::Uri,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "int64" => Self::Int64,
            "uint64" => Self::Uint64,
            "decimal" | "decimal128" => Self::Decimal,
            "byte" => Self::Base64,
            "base64url" => Self::Base64Url,
            "binary" => Self::Binary,
            "password" => Self::Password,
            _ => return None,
        })
    }

    /// A type that holds the strings of both.
    pub(super) fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Plain }
    }
}

/// Whether the digits of a JSON number have no fraction: `1.0` and `1e2` have none.
pub fn is_integral(digits: &str) -> bool {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('-');
    if fraction.is_empty() && whole.bytes().all(|one| one == b'0') {
        return true;
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    // An exponent of more than 18 digits moves the point past all digits.
    let is_negative = exponent.starts_with('-');
    let exponent = exponent.parse().unwrap_or(if is_negative { i64::MIN } else { i64::MAX });
    if !fraction.is_empty() {
        return exponent >= length(fraction);
    }
    exponent >= 0 || {
        let zeros = length(whole) - length(whole.trim_end_matches('0'));
        zeros.saturating_add(exponent) >= 0
    }
}

#[cfg(test)]
mod tests {
    use super::is_integral;

    #[test]
    fn integers_are_numbers_without_a_fraction() {
        for digits in
            ["0", "-0.0", "1.0", "10e-1", "1.50e1", "1e400", "0e-9", "1e99999999999999999999"]
        {
            assert!(is_integral(digits), "{digits}");
        }
        for digits in ["0.1", "1e-1", "10e-2", "1.55e1", "1e-99999999999999999999", "-2.5"] {
            assert!(!is_integral(digits), "{digits}");
        }
    }
}
