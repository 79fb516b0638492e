//! How the answers of a service that an OpenAPI document describes are read.
//!
//! Leaves: the protocol that each call of an operation carries. It sends nothing.

use super::{answers, failure};
use crate::web::link;
use crate::web::protocol::Protocol;

/// The protocol of all calls that are made here.
pub(super) static OPENAPI: Protocol = Protocol {
    link_headers: &[],
    read: answers::read,
    subject: |answered| link::location(answered.response().headers(), || answered.url()),
    read_error: failure::read,
    error_name: "an error in a form that is known",
};
