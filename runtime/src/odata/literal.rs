//! Primitive values as OData writes them in a URL.
//!
//! Enters: a value. Leaves: its text by the rule `primitiveLiteral` of the OData ABNF, not yet
//! percent-encoded: that depends on the part of the URL that it is put into.

use std::fmt::{self, Display};

use crate::json::Flags;
use crate::json::{Fault, Given, IntoKey, IntoNullable, IntoValue, OpenEnum};
use crate::types::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};

/// A primitive value in the form that keys, functions and filters take.
///
/// Strings are quoted, and a quote inside them is doubled; what a URL reserves is percent-encoded
/// where the literal is used. See [OData URL conventions, 5.1.1.14 Literals][literals].
///
/// ```
/// use schemacrate_runtime::Literal;
///
/// assert_eq!(Literal::from("O'Neil").as_str(), "'O''Neil'");
/// assert_eq!(Literal::from(42).as_str(), "42");
/// assert_eq!(Literal::enumeration("Sales.Color", "Red").as_str(), "Sales.Color'Red'");
/// ```
///
/// [literals]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_PrimitiveLiterals
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Literal(Result<String, Box<Fault>>);

impl Literal {
    /// The literal of what is given for a value of type `T`.
    ///
    /// A text that is not a value of the type makes the request fail that it is used in.
    ///
    /// ```
    /// use schemacrate_runtime::Literal;
    /// use schemacrate_runtime::edm::Guid;
    ///
    /// let guid = "01234567-89ab-cdef-0123-456789abcdef";
    /// assert_eq!(Literal::of::<Guid>(guid).as_str(), guid);
    /// assert_eq!(Literal::of::<String>(guid).as_str(), format!("'{guid}'"));
    /// assert_eq!(Literal::of::<Guid>("7").fault().unwrap(), "\"7\" is not a GUID");
    /// ```
    #[must_use]
    pub fn of<T: Into<Self>>(value: impl IntoValue<T>) -> Self {
        Self::given(IntoValue::into_value(value))
    }

    /// The literal of what is given for a key of type `T`.
    #[must_use]
    pub fn key<T: Into<Self>>(key: impl IntoKey<T>) -> Self {
        Self::given(IntoKey::into_key(key))
    }

    /// The literal of what is given for a value of type `T`, or null.
    #[must_use]
    pub fn nullable<T: Into<Self>>(value: impl IntoNullable<T>) -> Self {
        Self::optional(value).unwrap_or_else(Self::null)
    }

    /// The literal of what is given for a value of type `T`, if it is not null.
    #[must_use]
    pub fn optional<T: Into<Self>>(value: impl IntoNullable<T>) -> Option<Self> {
        IntoNullable::into_nullable(value).map(Self::given)
    }

    fn given<T: Into<Self>>(value: Given<T>) -> Self {
        value.into_typed().map_or_else(Self::invalid, Into::into)
    }

    pub(crate) fn invalid(fault: Fault) -> Self {
        Self(Err(Box::new(fault)))
    }

    fn new(text: String) -> Self {
        Self(Ok(text))
    }

    /// A member, or several joined by commas, of the enumeration with the qualified name
    /// `type_name`.
    #[must_use]
    pub fn enumeration(type_name: &str, member: &str) -> Self {
        let mut text = String::with_capacity(type_name.len() + member.len() + 2);
        text.push_str(type_name);
        push_quoted(&mut text, member);
        Self::new(text)
    }

    /// Null.
    #[must_use]
    pub fn null() -> Self {
        Self::new("null".to_owned())
    }

    /// A parameter alias, whose value is a query option of the same name.
    #[must_use]
    pub fn alias(name: &str) -> Self {
        Self::new(format!("@{name}"))
    }

    /// A parameter alias, if its value is not null.
    #[must_use]
    pub fn alias_if<T>(name: &str, value: &impl IntoNullable<T>) -> Option<Self> {
        (!value.is_null()).then(|| Self::alias(name))
    }

    /// The text of the literal, not percent-encoded; empty if there is a [`fault`](Self::fault).
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Why there is no literal, if a text is not a value of its type. The request that it is used in fails
    /// with this text.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.0.as_ref().err().map(ToString::to_string)
    }

    /// The text of the literal, or why there is none.
    pub(crate) fn text(&self) -> Result<&str, &Fault> {
        self.0.as_deref().map_err(|fault| &**fault)
    }

    pub(crate) fn into_text(self) -> Result<String, Box<Fault>> {
        self.0
    }

    /// A literal in the form that `Display` writes.
    fn plain(value: impl Display) -> Self {
        Self::new(value.to_string())
    }
}

/// Hides the value, which may be a key and so personal data.
impl fmt::Debug for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Literal(…)")
    }
}

impl From<&str> for Literal {
    fn from(value: &str) -> Self {
        let mut text = String::with_capacity(value.len() + 2);
        push_quoted(&mut text, value);
        Self::new(text)
    }
}

impl From<&String> for Literal {
    fn from(value: &String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<String> for Literal {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

/// `None` is null.
impl<T: Into<Literal>> From<Option<T>> for Literal {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Self::plain(value)
    }
}

impl From<u8> for Literal {
    fn from(value: u8) -> Self {
        Self::plain(value)
    }
}

impl From<i8> for Literal {
    fn from(value: i8) -> Self {
        Self::plain(value)
    }
}

impl From<i16> for Literal {
    fn from(value: i16) -> Self {
        Self::plain(value)
    }
}

impl From<i32> for Literal {
    fn from(value: i32) -> Self {
        Self::plain(value)
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Self::plain(value)
    }
}

impl From<f32> for Literal {
    fn from(value: f32) -> Self {
        Self::plain(Number(value.into(), value))
    }
}

impl From<f64> for Literal {
    fn from(value: f64) -> Self {
        Self::plain(Number(value, value))
    }
}

/// A floating-point number, with the special values as OData spells them.
struct Number<T>(f64, T);

impl<T: Display> Display for Number<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            value if value.is_nan() => formatter.write_str("NaN"),
            f64::INFINITY => formatter.write_str("INF"),
            f64::NEG_INFINITY => formatter.write_str("-INF"),
            _ => self.1.fmt(formatter),
        }
    }
}

impl From<Binary> for Literal {
    fn from(value: Binary) -> Self {
        Self::new(format!("binary'{}'", value.base64url()))
    }
}

impl<E: OpenEnum + PartialEq> From<Flags<E>> for Literal {
    fn from(value: Flags<E>) -> Self {
        Self::enumeration(E::NAME, &value.names())
    }
}

impl From<Guid> for Literal {
    fn from(value: Guid) -> Self {
        Self::plain(value)
    }
}

impl From<Date> for Literal {
    fn from(value: Date) -> Self {
        Self::plain(value)
    }
}

impl From<DateTimeOffset> for Literal {
    fn from(value: DateTimeOffset) -> Self {
        Self::plain(value)
    }
}

impl From<Decimal> for Literal {
    fn from(value: Decimal) -> Self {
        Self::plain(value)
    }
}

impl From<TimeOfDay> for Literal {
    fn from(value: TimeOfDay) -> Self {
        Self::plain(value)
    }
}

/// With the prefix that OData 4.0 requires and 4.01 allows.
impl From<Duration> for Literal {
    fn from(value: Duration) -> Self {
        Self::new(format!("duration'{value}'"))
    }
}

impl<E: OpenEnum> From<E> for Literal {
    fn from(value: E) -> Self {
        Self::enumeration(E::NAME, value.name())
    }
}

/// Appends a string in quotes, quotes inside of it doubled.
fn push_quoted(text: &mut String, value: &str) {
    text.push('\'');
    for (index, part) in value.split('\'').enumerate() {
        if index > 0 {
            text.push_str("''");
        }
        text.push_str(part);
    }
    text.push('\'');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_cannot_end_a_string() {
        assert_eq!(Literal::from("").as_str(), "''");
        assert_eq!(Literal::from("'").as_str(), "''''");
        assert_eq!(Literal::from("a' or '1").as_str(), "'a'' or ''1'");
        assert_eq!(Literal::enumeration("N.E", "x'y").as_str(), "N.E'x''y'");
    }

    #[test]
    fn numbers_booleans_and_guids_are_bare() {
        assert_eq!(Literal::from(i64::MIN).as_str(), "-9223372036854775808");
        assert_eq!(Literal::from(true).as_str(), "true");
        assert_eq!(
            Literal::from(Guid::from(crate::types::Uuid::from_u128(1))).as_str(),
            "00000000-0000-0000-0000-000000000001"
        );
    }

    #[test]
    fn special_numbers_and_bytes_have_their_spelling() {
        assert_eq!(Literal::from(1.5).as_str(), "1.5");
        assert_eq!(Literal::from(0.1_f32).as_str(), "0.1");
        assert_eq!(Literal::from(f64::NEG_INFINITY).as_str(), "-INF");
        assert_eq!(Literal::from(Binary::from(&b"OData"[..])).as_str(), "binary'T0RhdGE='");
        // JSON has the other alphabet: `+/8=`.
        assert_eq!(Literal::from(Binary::from(&[0xFB, 0xFF][..])).as_str(), "binary'-_8='");
    }

    #[test]
    fn times_are_bare_and_durations_have_their_prefix() {
        let time: DateTimeOffset = "2017-01-01T00:00:17.7769392-08:00".parse().expect("a time");
        assert_eq!(Literal::from(time).as_str(), "2017-01-01T00:00:17.7769392-08:00");
        let date: Date = "2017-01-01".parse().expect("a date");
        assert_eq!(Literal::from(date).as_str(), "2017-01-01");
        let duration: Duration = "PT1H".parse().expect("a duration");
        assert_eq!(Literal::from(duration).as_str(), "duration'PT1H'");
    }

    #[test]
    fn debug_hides_the_value() {
        assert!(!format!("{:?}", Literal::from("ada@example.com")).contains("ada"));
    }
}
