//! What the code that sends requests needs to know about their protocol.
//!
//! Enters: an answer to a call. Leaves: what is in its headers and its body. A protocol is a constant of a
//! wing of the runtime, and each call carries the protocol of the wing that made it.
//! Must not know: any protocol.

use std::fmt;

use bytes::Bytes;
use http::HeaderName;

use crate::json::Dynamic;
use crate::web::answer::Answered;
use crate::web::error::{BoxError, ErrorBody};

/// How the answers to a call are read.
pub(crate) struct Protocol {
    /// Headers of answers that hold a link, besides those of HTTP.
    pub(crate) link_headers: &'static [HeaderName],
    /// Reads the body of an answer that is a success into an empty place, which stays empty for null.
    pub(crate) read: fn(&Answered<'_>, &mut dyn Dynamic) -> Result<(), BoxError>,
    /// The address of the resource that an answer describes, from its headers.
    pub(crate) subject: fn(&Answered<'_>) -> Option<String>,
    /// Reads the error object in the body of an answer; `None` if there is none.
    pub(crate) read_error: fn(&http::Response<Bytes>) -> Option<Box<dyn ErrorBody>>,
    /// What an error object is called.
    pub(crate) error_name: &'static str,
}

impl fmt::Debug for Protocol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Protocol({})", self.error_name)
    }
}
