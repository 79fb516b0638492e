//! Bytes.

use super::ParseLiteralError;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// Bytes, in JSON as base64 text (`Edm.Binary`; OData JSON Format 4.01, section 7.1).
///
/// Both alphabets are read, with padding or without it, and the text that was read is written again. Bytes
/// of a program are written in the standard alphabet (`+` and `/`): the specification has base64url (`-` and
/// `_`), but many services refuse that, those on Microsoft's libraries among them, and none is known to
/// refuse the standard one. A literal in a URL is base64url, as the grammar of URLs has it.
///
/// ```
/// use schemacrate_runtime::edm::Binary;
///
/// let value: Binary = "T0RhdGE".parse()?;
/// assert_eq!(value.as_bytes(), b"OData");
/// assert_eq!((value.len(), value[0]), (5, b'O'));
/// assert_eq!(value.to_string(), "T0RhdGE");
/// assert_eq!(Binary::from(&[0xFB, 0xFF][..]).to_string(), "+/8=");
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Binary {
    bytes: Vec<u8>,
    text: String,
}

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);

impl Binary {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes as base64url text, as a URL has them.
    #[cfg(feature = "odata")]
    pub(crate) fn base64url(&self) -> String {
        self.text.replace('+', "-").replace('/', "_")
    }

    /// The bytes, owned.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The bytes: `len`, a range, an iterator and what else a slice has.
impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// For what takes bytes of any kind, such as `std::fs::write`.
impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        let text = STANDARD.encode(&bytes);
        Self { bytes, text }
    }
}

impl From<bytes::Bytes> for Binary {
    fn from(bytes: bytes::Bytes) -> Self {
        Vec::from(bytes).into()
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for Binary {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE
            .decode(text)
            .or_else(|_| STANDARD.decode(text))
            .map_err(|_| ParseLiteralError::new("a base64 text", text))?;
        Ok(Self { bytes, text: text.to_owned() })
    }
}
