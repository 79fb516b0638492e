//! Numbers.

use super::decimal::Whole;
use super::{Decimal, Fault, Mark, Reader};
use serde::de::{Error as _, Unexpected};

/// All integers below it are doubles.
const EXACT: u64 = 1 << 53;

/// A number that is not longer than this has at most 15 digits besides its point, and a double holds as many.
const SHORT: usize = 16;

/// The integer that a number is, or that a string is the number of.
pub(crate) fn integer(json: &str) -> Option<i64> {
    let text = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(json);
    Decimal::read(text)?.integer()
}

/// Whether a number has no fraction.
pub(crate) fn is_integer(json: &str) -> bool {
    Decimal::read(json).is_some_and(|number| number.whole().is_some())
}

/// Whether two numbers are equal.
pub(crate) fn same_number(one: &str, other: &str) -> bool {
    let one = Decimal::read(one);
    one.is_some() && one == Decimal::read(other)
}

/// The one notation of a number: without an exponent, if it is not long.
pub(crate) fn canonical(number: &str) -> Option<String> {
    Decimal::read(number).map(|number| number.canonical())
}

/// The least and the greatest value of a type of integers.
pub(crate) trait Bounds {
    const LEAST: Self;
    const GREATEST: Self;
}

macro_rules! bounds {
    ($($type:ty),*) => {$(
        impl Bounds for $type {
            const LEAST: Self = Self::MIN;
            const GREATEST: Self = Self::MAX;
        }
    )*};
}

bounds!(i8, i16, i32, i64, u8, u16, u32, u64);

/// The integer that is nearest to a number without a fraction, and whether it is the number.
pub(crate) fn saturated<T: TryFrom<i128> + Bounds>(json: &str) -> Option<(T, bool)> {
    match Decimal::read(json)?.whole()? {
        Whole::Value(value) => Some(match T::try_from(value) {
            Ok(value) => (value, true),
            Err(_) if value < 0 => (T::LEAST, false),
            Err(_) => (T::GREATEST, false),
        }),
        Whole::Beyond { is_negative: true } => Some((T::LEAST, false)),
        Whole::Beyond { is_negative: false } => Some((T::GREATEST, false)),
    }
}

/// Whether a number that was read is written with the same value.
pub(crate) fn has_all_digits(came: &str, written: &str) -> bool {
    let written = Decimal::read(written);
    written.is_some() && Decimal::read(came) == written
}

/// A number, in the form that loses least.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    /// An integer without a sign.
    Positive(u64),
    /// An integer below zero.
    Negative(i64),
    /// Any other number, including zero with a sign, because no integer keeps its sign.
    Double(f64),
}

impl Number {
    pub(crate) fn as_unexpected(self) -> Unexpected<'static> {
        match self {
            Self::Positive(value) => Unexpected::Unsigned(value),
            Self::Negative(value) => Unexpected::Signed(value),
            Self::Double(value) => Unexpected::Float(value),
        }
    }
}

impl Reader<'_> {
    /// Reads a 32-bit integer; `None` is null.
    #[inline]
    pub(crate) fn int32(&mut self) -> Result<Option<i32>, Fault> {
        let start = self.mark();
        let number = match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'n') => return self.literal("null").map(|()| None),
            Some(b'"') => return self.odd_int32(start),
            _ => return Err(self.unexpected("i32")),
        };
        let value = match number {
            Number::Positive(value) => i32::try_from(value).ok(),
            Number::Negative(value) => i32::try_from(value).ok(),
            Number::Double(_) => return self.odd_int32(start),
        };
        match value {
            Some(value) => Ok(Some(value)),
            None if self.is_strict => self.odd_int32(start),
            None => {
                let found = number.as_unexpected();
                Err(self.invalid(serde_json::Error::invalid_value(found, &"i32")))
            }
        }
    }

    #[cold]
    fn odd_int32(&mut self, start: Mark) -> Result<Option<i32>, Fault> {
        if self.is_strict {
            return self.strict_integer(start, "a 32-bit integer").map(Some);
        }
        let value = self.odd_integer(start, "i32")?;
        let found = Unexpected::Signed(value);
        let wrong = || self.invalid(serde_json::Error::invalid_value(found, &"i32"));
        i32::try_from(value).map(Some).map_err(|_| wrong())
    }

    /// Reads a 64-bit integer, which may come as a string, as in OData (JSON Format 4.01, section 3.2);
    /// `None` is null.
    #[inline]
    pub(crate) fn int64(&mut self) -> Result<Option<i64>, Fault> {
        const EXPECTED: &str = "a 64-bit integer";
        let start = self.mark();
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Positive(value) => match i64::try_from(value) {
                    Ok(value) => Ok(Some(value)),
                    Err(_) if self.is_strict => self.odd_integer(start, EXPECTED).map(Some),
                    Err(error) => Err(self.invalid(error)),
                },
                Number::Negative(value) => Ok(Some(value)),
                Number::Double(_) => self.odd_integer(start, EXPECTED).map(Some),
            },
            Some(b'"') if self.is_strict => Err(self.unexpected(EXPECTED)),
            Some(b'"') => match self.quoted()?.parse() {
                Ok(value) => Ok(Some(value)),
                Err(_) => self.odd_integer(start, EXPECTED).map(Some),
            },
            Some(b'n') => self.literal("null").map(|()| None),
            _ => Err(self.unexpected(EXPECTED)),
        }
    }

    /// Reads an integer again that is written as a string, or with a point or an exponent.
    #[cold]
    fn odd_integer(&mut self, start: Mark, expected: &str) -> Result<i64, Fault> {
        if self.is_strict {
            return self.strict_integer(start, expected);
        }
        self.return_to(start);
        let json = self.raw()?;
        if let Some(value) = integer(json) {
            self.note_inexact();
            return Ok(value);
        }
        self.return_to(start);
        Err(self.unexpected(expected))
    }

    /// Reads an integer again that is written with a point or an exponent, or is out of range: it is the
    /// nearest one that is not.
    fn strict_integer<T: TryFrom<i128> + Bounds>(
        &mut self,
        start: Mark,
        expected: &str,
    ) -> Result<T, Fault> {
        self.return_to(start);
        let json = self.raw()?;
        self.return_to(start);
        match saturated(json) {
            Some((value, is_in_range)) => {
                self.skip()?;
                self.note_held(!is_in_range);
                Ok(value)
            }
            None => Err(self.unexpected(expected)),
        }
    }

    /// Reads a double, which comes as a string where it is not a number; `None` is null.
    #[allow(clippy::cast_precision_loss)] // The schema declares a double.
    pub(crate) fn double(&mut self) -> Result<Option<f64>, Fault> {
        let start = self.mark();
        let value = match self.peek() {
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Positive(value) if value < EXACT => value as f64,
                Number::Negative(value) if value.unsigned_abs() < EXACT => value as f64,
                Number::Positive(value) => self.checked_double(start, value as f64),
                Number::Negative(value) => self.checked_double(start, value as f64),
                Number::Double(value) if self.at - start.at <= SHORT && value.is_normal() => value,
                Number::Double(value) => self.checked_double(start, value),
            },
            Some(b'"') if self.is_strict => return Err(self.unexpected("a number")),
            Some(b'"') => return self.quoted_double().map(Some),
            Some(b'n') => return self.literal("null").map(|()| None),
            _ if self.is_strict => return Err(self.unexpected("a number")),
            _ => return Err(self.unexpected("a number, \"INF\", \"-INF\" or \"NaN\"")),
        };
        Ok(Some(value))
    }

    /// A double that was read, and that may have fewer digits than came.
    #[cold]
    fn checked_double(&mut self, start: Mark, value: f64) -> f64 {
        if !has_all_digits(self.value_since(start), &format!("{value:e}")) {
            self.note_inexact();
        }
        value
    }

    #[cold]
    fn quoted_double(&mut self) -> Result<f64, Fault> {
        let text = self.quoted()?;
        match &*text {
            "INF" => return Ok(f64::INFINITY),
            "-INF" => return Ok(f64::NEG_INFINITY),
            "NaN" => return Ok(f64::NAN),
            _ => self.note_inexact(),
        }
        match text.parse::<f64>() {
            // A number with digits that becomes infinite is out of range.
            Ok(value) if value.is_finite() || !text.contains(|c: char| c.is_ascii_digit()) => {
                Ok(value)
            }
            Ok(_) => Err(self.invalid("number out of range")),
            Err(error) => Err(self.invalid(error)),
        }
    }

    /// Reads the number that comes next.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Number, Fault> {
        let start = self.at;
        let is_negative = self.byte() == Some(b'-');
        self.at += usize::from(is_negative);
        let digits = self.at;
        let mut value = Some(0_u64);
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            let digit = u64::from(digit - b'0');
            value = value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
            self.at += 1;
        }
        self.check_digits(digits)?;
        match (value, self.byte()) {
            (None, _) | (_, Some(b'.' | b'e' | b'E')) => self.long(start),
            (Some(value), _) if !is_negative => Ok(Number::Positive(value)),
            (Some(value), _) => match 0_i64.checked_sub_unsigned(value) {
                Some(value @ ..0) => Ok(Number::Negative(value)),
                _ => self.long(start),
            },
        }
    }

    /// Skips the number that comes next.
    #[inline]
    pub(crate) fn skip_number(&mut self) -> Result<(), Fault> {
        self.at += usize::from(self.byte() == Some(b'-'));
        let digits = self.at;
        self.pass_digits();
        self.check_digits(digits)?;
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.skip_fraction(),
            _ => Ok(()),
        }
    }

    /// Reads a number that is not an integer of 64 bits, from its beginning. Its digits are already read.
    #[cold]
    fn long(&mut self, start: usize) -> Result<Number, Fault> {
        self.skip_fraction()?;
        match self.since(start).parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Double(value)),
            Ok(value) if self.is_strict => {
                self.note_held(true);
                Ok(Number::Double(f64::MAX.copysign(value)))
            }
            _ => Err(self.invalid("number out of range")),
        }
    }

    /// Skips the fraction and the exponent of a number.
    fn skip_fraction(&mut self) -> Result<(), Fault> {
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.some_digits()?;
        }
        Ok(())
    }

    /// An integer has digits, and no zero before others.
    #[inline]
    fn check_digits(&self, start: usize) -> Result<(), Fault> {
        match (self.text.as_bytes().get(start), self.at - start) {
            (_, 0) => Err(self.fault()),
            (Some(b'0'), 2..) => Err(self.fault()),
            _ => Ok(()),
        }
    }

    fn some_digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.pass_digits();
        if self.at == start { Err(self.fault()) } else { Ok(()) }
    }

    fn pass_digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
