//! How the answers of a service that an OpenAPI document describes are read.
//!
//! Leaves: the protocol that each call of an operation carries. It sends nothing.

use super::{answers, failure};
use crate::web::link;
use crate::web::protocol::{Protocol, Watch, Way};

/// The protocol of all calls that are made here.
pub(super) static OPENAPI: Protocol = Protocol {
    link_headers: &[],
    read: answers::read,
    subject: |answered| link::location(answered.response().headers(), || answered.url()),
    read_error: failure::read,
    error_name: "an error in a form that is known",
    watch: Watch {
        addresses: &ADDRESSES,
        may_follow_any: true,
        has_own_paths: false,
        enclosed: |_| None,
    },
};

/// The headers with the address of an operation that continues.
const ADDRESSES: [(&str, Way); 3] = [
    ("operation-location", Way::Status),
    ("azure-asyncoperation", Way::Status),
    ("location", Way::Result),
];
