//! The primitive types that Rust has no exact counterpart for.
//!
//! Each is read from and written as its literal (by the grammar of OData 4.01, which follows XML Schema and
//! RFC 3339), and what is read is written again without loss. Those of formats that OData does not have are
//! written as the registry of OpenAPI's formats defines them.

mod binary;
mod calendar_duration;
mod date;
mod date_time_local;
mod date_time_offset;
mod decimal;
mod duration;
mod geo_json;
mod guid;
mod offset;
mod time_of_day;
mod time_of_day_offset;
mod value;
mod wire;

pub use binary::Binary;
pub use calendar_duration::CalendarDuration;
pub use date::Date;
pub use date_time_local::DateTimeLocal;
pub use date_time_offset::DateTimeOffset;
pub use decimal::Decimal;
pub use duration::Duration;
pub use geo_json::{GeoJson, Geometry, Position};
pub use guid::Guid;
pub use httpdate::HttpDate;
pub use std::net::{Ipv4Addr, Ipv6Addr};
pub use time_of_day::TimeOfDay;
pub use time_of_day_offset::TimeOfDayOffset;
pub use uuid::Uuid;

use std::fmt::{self, Write as _};

/// A stream of bytes (`Edm.Stream`), as the type of a property. It has no values: the bytes are a
/// separate resource, which a path refers to.
#[derive(Clone, Copy, Debug)]
pub enum Stream {}

/// Why a text is not a literal of a primitive type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseLiteralError {
    expected: &'static str,
    found: String,
}

impl ParseLiteralError {
    pub(crate) fn new(expected: &'static str, found: &str) -> Self {
        const LONGEST: usize = 64;
        Self { expected, found: found.chars().take(LONGEST).collect() }
    }
}

impl fmt::Display for ParseLiteralError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is not {}", self.found, self.expected)
    }
}

impl std::error::Error for ParseLiteralError {}

/// Reads exactly `count` digits from the beginning of a text.
#[inline]
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (head, rest) = text.split_at_checked(count)?;
    head.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((head.parse().ok()?, rest))
}

/// Writes numbers below a hundred in two digits each, with a byte between them.
fn write_pairs<const COUNT: usize>(
    numbers: [u8; COUNT],
    between: char,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (at, number) in numbers.into_iter().enumerate() {
        if at > 0 {
            formatter.write_char(between)?;
        }
        let digits = [b'0' + number / 10 % 10, b'0' + number % 10];
        formatter.write_str(std::str::from_utf8(&digits).unwrap_or_default())?;
    }
    Ok(())
}
