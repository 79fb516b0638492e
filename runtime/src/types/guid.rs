//! Globally unique identifiers.

use super::ParseLiteralError;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use uuid::Uuid;

/// A globally unique identifier, such as `01234567-89ab-cdef-0123-456789abcdef` (`Edm.Guid`).
///
/// It keeps the case of each letter that was read. Comparison is by value, and it converts from and to a
/// [`Uuid`].
///
/// ```
/// use schemacrate_runtime::edm::Guid;
///
/// let guid: Guid = "01234567-89AB-CDEF-0123-456789abcdef".parse()?;
/// assert_eq!(guid.to_string(), "01234567-89AB-CDEF-0123-456789abcdef");
/// assert_eq!(guid, "01234567-89ab-cdef-0123-456789abcdef".parse()?);
/// assert_eq!(guid.as_u128() >> 96, 0x0123_4567);
/// assert!("0123456789abcdef0123456789abcdef".parse::<Guid>().is_err());
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Guid {
    value: Uuid,
    /// For each of the 32 digits whether it was written as a capital letter, the last one lowest.
    capitals: u32,
}

impl From<Uuid> for Guid {
    fn from(value: Uuid) -> Self {
        Self { value, capitals: 0 }
    }
}

impl From<Guid> for Uuid {
    fn from(guid: Guid) -> Self {
        guid.value
    }
}

impl Deref for Guid {
    type Target = Uuid;

    fn deref(&self) -> &Uuid {
        &self.value
    }
}

impl PartialEq for Guid {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Guid {}

impl std::hash::Hash for Guid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl PartialOrd for Guid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Guid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = Uuid::encode_buffer();
        let text = self.value.as_hyphenated().encode_lower(&mut buffer);
        if self.capitals != 0 {
            let digits = text.char_indices().filter(|(_, c)| *c != '-').map(|(at, _)| at);
            let is_capital = |place: &u32| self.capitals >> (31 - place) & 1 == 1;
            let capitals = digits.zip(0_u32..).filter(|(_, place)| is_capital(place));
            let capitals: Vec<usize> = capitals.map(|(at, _)| at).collect();
            for at in capitals {
                text[at..=at].make_ascii_uppercase();
            }
        }
        formatter.write_str(text)
    }
}

impl FromStr for Guid {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The form without hyphens and the one in braces are GUIDs elsewhere, but not here.
        const LENGTH: usize = 36;
        let value = text.parse().ok().filter(|_| text.len() == LENGTH);
        let value = value.ok_or_else(|| ParseLiteralError::new("a GUID", text))?;
        let digits = text.bytes().filter(|byte| *byte != b'-');
        let capitals =
            digits.fold(0, |bits: u32, digit| bits << 1 | u32::from(digit.is_ascii_uppercase()));
        Ok(Self { value, capitals })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_case_of_every_letter_is_kept(
            text in "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        ) {
            let guid: Guid = text.parse().unwrap();
            prop_assert_eq!(guid.to_string(), text.clone());
            prop_assert_eq!(guid, Guid::from(text.to_lowercase().parse::<Uuid>().unwrap()));
        }
    }

    #[test]
    fn other_forms_are_none() {
        for text in [
            "",
            "{01234567-89ab-cdef-0123-456789abcdef}",
            "urn:uuid:01234567-89ab-cdef-0123-456789abcdef",
        ] {
            assert!(text.parse::<Guid>().is_err(), "{text}");
        }
    }
}
