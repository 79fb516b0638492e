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
    /// How operations that continue at the service are followed.
    pub(crate) watch: Watch,
}

/// How operations that continue at the service are followed.
pub(crate) struct Watch {
    /// The headers with the address of an operation, the one that counts most first, and what is there.
    pub(crate) addresses: &'static [(&'static str, Way)],
    /// Whether an operation may continue although the answer is not 202.
    pub(crate) may_follow_any: bool,
    /// Whether paths that start with a slash are perhaps below the path of the service root.
    pub(crate) has_own_paths: bool,
    /// The answer to the request that started an operation, within that of its monitor.
    pub(crate) enclosed: fn(&http::Response<Bytes>) -> Enclosed,
}

/// An answer within another one, if there is one, or why it cannot be read.
pub(crate) type Enclosed = Option<Result<http::Response<Bytes>, BoxError>>;

/// What the address of an operation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A report, or the result.
    Any,
    /// A report.
    Status,
    /// The result, once the answer is not 202.
    Result,
    /// The resource that is worked on, with its state.
    Resource,
}

/// The protocol of a client whose requests are all of one wing.
#[derive(Clone, Copy)]
pub(crate) struct OwnProtocol(pub(crate) &'static Protocol);

impl fmt::Debug for Protocol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Protocol({})", self.error_name)
    }
}
