//! An answer that is not one of those that the document declares.
//!
//! Enters: status, headers and body of an answer. Leaves: the same, for a program to look at.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::reading;
use crate::json::decode::from_json_strictly;
use crate::json::{DecodeError, Value};

/// An answer that is not one of those that the document declares, or is not what it declares.
#[derive(Clone, PartialEq)]
pub struct Undocumented {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Undocumented {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body. Of an error it is the beginning, at most 1 MiB.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text. What is not text is replaced by U+FFFD.
    #[must_use]
    pub fn text(&self) -> String {
        let text = reading::text(&self.headers, &self.body);
        text.map_or_else(|_| String::from_utf8_lossy(&self.body).into(), Into::into)
    }

    /// The body as a value, whatever its media type.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or not a value of the type.
    pub fn json<T: Value>(&self) -> Result<T, DecodeError> {
        let text = reading::text(&self.headers, &self.body).map_err(DecodeError::new)?;
        from_json_strictly(text.as_bytes()).map(|(value, _)| value)
    }
}

/// Shows the status and the names of the headers. The rest may be personal data.
impl fmt::Debug for Undocumented {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Undocumented")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
