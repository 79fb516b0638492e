//! Numbers.

use super::{Fault, Reader};
use serde::de::{Error as _, Unexpected};

/// A number, in the form that keeps most of it.
#[derive(Clone, Copy)]
pub(super) enum Number {
    /// An integer without a sign.
    Positive(u64),
    /// An integer below zero.
    Negative(i64),
    /// Any other number. Zero with a sign is one, since no integer has its sign.
    Double(f64),
}

impl Number {
    pub(super) fn as_unexpected(self) -> Unexpected<'static> {
        match self {
            Self::Positive(value) => Unexpected::Unsigned(value),
            Self::Negative(value) => Unexpected::Signed(value),
            Self::Double(value) => Unexpected::Float(value),
        }
    }
}

impl Reader<'_> {
    /// Reads an `Edm.Int32`; `None` is null.
    #[inline]
    pub(in crate::model) fn int32(&mut self) -> Result<Option<i32>, Fault> {
        let number = match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'n') => return self.literal("null").map(|()| None),
            _ => return Err(self.unexpected("i32")),
        };
        let value = match number {
            Number::Positive(value) => i32::try_from(value).ok(),
            Number::Negative(value) => i32::try_from(value).ok(),
            Number::Double(_) => return Err(self.no_integer(number, "i32")),
        };
        match value {
            Some(value) => Ok(Some(value)),
            None => {
                let found = number.as_unexpected();
                Err(self.invalid(serde_json::Error::invalid_value(found, &"i32")))
            }
        }
    }

    /// Reads an `Edm.Int64`, which may come as a string (JSON Format 4.01, section 3.2); `None` is
    /// null.
    #[inline]
    pub(in crate::model) fn int64(&mut self) -> Result<Option<i64>, Fault> {
        const EXPECTED: &str = "a 64-bit integer";
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Positive(value) => {
                    i64::try_from(value).map(Some).map_err(|error| self.invalid(error))
                }
                Number::Negative(value) => Ok(Some(value)),
                number @ Number::Double(_) => Err(self.no_integer(number, EXPECTED)),
            },
            Some(b'"') => {
                let text = self.quoted()?;
                text.parse().map(Some).map_err(|error| self.invalid(error))
            }
            Some(b'n') => self.literal("null").map(|()| None),
            _ => Err(self.unexpected(EXPECTED)),
        }
    }

    /// Reads an `Edm.Double`, which comes as a string where it is no number; `None` is null.
    #[allow(clippy::cast_precision_loss)] // A double is what the schema asks for.
    pub(in crate::model) fn double(&mut self) -> Result<Option<f64>, Fault> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => Ok(Some(match self.number()? {
                Number::Positive(value) => value as f64,
                Number::Negative(value) => value as f64,
                Number::Double(value) => value,
            })),
            Some(b'"') => match &*self.quoted()? {
                "INF" => Ok(Some(f64::INFINITY)),
                "-INF" => Ok(Some(f64::NEG_INFINITY)),
                "NaN" => Ok(Some(f64::NAN)),
                text => text.parse().map(Some).map_err(|error| self.invalid(error)),
            },
            Some(b'n') => self.literal("null").map(|()| None),
            _ => Err(self.unexpected("a number, \"INF\", \"-INF\" or \"NaN\"")),
        }
    }

    #[cold]
    fn no_integer(&self, number: Number, expected: &str) -> Fault {
        self.invalid(serde_json::Error::invalid_type(number.as_unexpected(), &expected))
    }

    /// Reads the number that comes next.
    #[inline]
    pub(super) fn number(&mut self) -> Result<Number, Fault> {
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

    /// Passes over the number that comes next.
    #[inline]
    pub(super) fn skip_number(&mut self) -> Result<(), Fault> {
        self.at += usize::from(self.byte() == Some(b'-'));
        let digits = self.at;
        self.pass_digits();
        self.check_digits(digits)?;
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.skip_fraction(),
            _ => Ok(()),
        }
    }

    /// Reads a number that is no integer, or none of 64 bits, from its beginning. Its digits are read.
    #[cold]
    fn long(&mut self, start: usize) -> Result<Number, Fault> {
        self.skip_fraction()?;
        match self.since(start).parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Double(value)),
            _ => Err(self.invalid("number out of range")),
        }
    }

    /// Passes over the fraction and the exponent of a number.
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
