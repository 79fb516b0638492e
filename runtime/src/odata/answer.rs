//! How the answers of an OData service are read.
//!
//! Enters: an answer to a call. Leaves: a value in its place, the id of an entity, or an error object. It
//! sends nothing.

use bytes::Bytes;
use http::{HeaderName, StatusCode, header};

use crate::json::{Dynamic, Structured, View};
use crate::odata::frame::is_page;
use crate::odata::service_error::ServiceError;
use crate::odata::{enclosed, envelope, link, paging};
use crate::web::answer::Answered;
use crate::web::call::has_body;
use crate::web::error::{BoxError, ErrorBody};
use crate::web::protocol::{Protocol, Watch, Way};

/// The headers with the address of an operation that continues; the first one is HTTP's.
const ADDRESSES: [(&str, Way); 2] = [("location", Way::Any), ("operation-location", Way::Any)];

/// The protocol of all calls that are made here.
pub(crate) static ODATA: Protocol = protocol(read);

/// The protocol of calls that write bytes, whose answer may have an object or anything else.
pub(crate) static MEDIA: Protocol = protocol(read_object);

const fn protocol(read: fn(&Answered<'_>, &mut dyn Dynamic) -> Result<(), BoxError>) -> Protocol {
    Protocol {
        link_headers: &LINK_HEADERS,
        read,
        subject: entity_id,
        read_error,
        error_name: "an OData error",
        watch: Watch {
            addresses: &ADDRESSES,
            may_follow_any: false,
            has_own_paths: true,
            enclosed: enclosed::read,
        },
    }
}

static LINK_HEADERS: [HeaderName; 1] = [link::ENTITY_ID];

fn read_error(response: &http::Response<Bytes>) -> Option<Box<dyn ErrorBody>> {
    Some(Box::new(ServiceError::read(response.body())?))
}

/// The id of the entity that an answer is about, from its headers.
fn entity_id(answered: &Answered<'_>) -> Option<String> {
    link::entity_id(answered.response().headers(), || answered.url())
}

/// Reads a body into an empty place, which stays empty for null.
fn read(answered: &Answered<'_>, place: &mut dyn Dynamic) -> Result<(), BoxError> {
    let body = answered.body();
    if body.is_empty() {
        return read_reference(answered, place);
    }
    let mut settle = |object: &mut dyn Structured| paging::settle(object, answered);
    if answered.is_foreign()
        && let Ok(text) = std::str::from_utf8(body)
    {
        let marked = link::mark_body(text, answered.client().root());
        return Ok(envelope::read_answer_with(place, marked.as_bytes(), &mut settle)?);
    }
    Ok(envelope::read_answer_with(place, body, &mut settle)?)
}

/// Reads a body into an empty place, if it is an object of JSON; otherwise the place stays empty. Services
/// answer bytes with the object that they are a part of, with the bytes, or with nothing.
fn read_object(answered: &Answered<'_>, place: &mut dyn Dynamic) -> Result<(), BoxError> {
    let media_type = answered.response().headers().get(header::CONTENT_TYPE);
    let is_json = media_type.is_none_or(|value| {
        let text = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        let essence = text.split(';').next().unwrap_or_default().trim();
        essence == "application/json" || essence.ends_with("+json")
    });
    let is_object = answered.body().trim_ascii_start().starts_with(b"{");
    if is_json && is_object { read(answered, place) } else { Ok(()) }
}

/// Reads the headers in place of a body: a success without a body, to a request that changes something, is
/// read as an entity reference (JSON Format 4.01, section 14) to what it created or changed.
fn read_reference(answered: &Answered<'_>, place: &mut dyn Dynamic) -> Result<(), BoxError> {
    if !has_body(answered.call().method()) {
        return Err("it has no body".into());
    }
    if answered.response().status() == StatusCode::ACCEPTED {
        let why = "it has no body, for the service has accepted the request and goes on with it; \
                   `start` waits for the result";
        return Err(why.into());
    }
    let reference = entity_id(answered).and_then(|id| serde_json::to_vec(&id).ok());
    if let Some(id) = reference {
        let reference = [br#"{"@odata.id":"#, &id[..], b"}"].concat();
        let read = envelope::read_answer(place, &reference);
        let is_page = matches!(place.view(), View::Object(object, _) if is_page(object.shape()));
        if read.is_ok() && !is_page {
            return Ok(());
        }
    }
    // A caller that takes this for a failure and repeats the request would execute it twice.
    let why = "it has no body, though the service has done what was asked, so the request must not be \
               repeated; `minimal` and `expect::<()>` read such an answer";
    Err(why.into())
}
