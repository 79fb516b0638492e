//! How an answer becomes a value.

use bytes::Bytes;
use http::HeaderMap;
use http::header::HeaderName;

use crate::json::members::without_byte_order_mark;
use crate::json::{Value, read_slot};
use crate::web::answer::Answered;
use crate::web::error::BoxError;

/// Headers with the id of a request, the most common one first.
const REQUEST_IDS: [HeaderName; 3] = [
    HeaderName::from_static("request-id"),
    HeaderName::from_static("x-ms-request-id"),
    HeaderName::from_static("x-request-id"),
];

/// A type that an answer can be read as.
///
/// These are the models of generated crates and everything else that is a
/// [`Value`](crate::model::Value), `Option` of it (`None` for an answer without a body, such as
/// 204), a page, `()`, which takes any success, and `bytes::Bytes`, which takes the
/// body as it is.
///
/// Where an OData service answers a `POST`, `PUT` or `PATCH` without a body, but names the entity
/// in the header `OData-EntityId` or `Location`, an object is read as a reference to it: it
/// has no members, and `Additional::entity_id` is the id.
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read as `{Self}`",
    label = "not a type of answers",
    note = "it is read as a type of a generated crate, a primitive type, an `Option` or `Vec` of \
            one, a `Page`, `Bytes` or `()`",
    note = "for a type of your own, read `Untyped`, which is any JSON, and convert it: \
            `answer.to::<Report>()?`"
)]
pub trait FromResponse: Sized {
    /// Whether it reads the body as it comes, and not when all of it is there.
    #[doc(hidden)]
    const IS_STREAM: bool = false;

    /// Reads a value from an answer, whose status is a success.
    ///
    /// # Errors
    ///
    /// The body is not what was expected.
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError>;

    /// Reads a value from an answer with its call and the address that it came from: the links of a page
    /// depend on them, and so does the meaning of a success without a body.
    ///
    /// # Errors
    ///
    /// The body is not what was expected.
    #[doc(hidden)]
    fn from_answer(answer: &Answered<'_>) -> Result<Self, BoxError> {
        Self::from_response(answer.response())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Value> FromResponse for T {
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        plain(response)?.ok_or_else(|| "it is null".into())
    }

    fn from_answer(answer: &Answered<'_>) -> Result<Self, BoxError> {
        let mut place = None;
        answer.read(&mut place)?;
        place.ok_or_else(|| "it is null".into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Value> FromResponse for Option<T> {
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        if response.body().is_empty() {
            return Ok(None);
        }
        plain(response)
    }

    fn from_answer(answer: &Answered<'_>) -> Result<Self, BoxError> {
        let mut place = None;
        if !answer.response().body().is_empty() {
            answer.read(&mut place)?;
        }
        Ok(place)
    }
}

impl FromResponse for () {
    fn from_response(_response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        Ok(())
    }
}

impl FromResponse for Bytes {
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        Ok(response.body().clone())
    }
}

/// Reads the body as it is; `None` is null.
fn plain<T: Value>(response: &http::Response<Bytes>) -> Result<Option<T>, BoxError> {
    let mut place = None;
    read_slot(T::slot(&mut place), without_byte_order_mark(content(response)?))?;
    Ok(place)
}

/// The body, if there is one.
pub(crate) fn content(response: &http::Response<Bytes>) -> Result<&[u8], BoxError> {
    let body: &[u8] = response.body();
    if body.is_empty() {
        return Err("it has no body".into());
    }
    Ok(body)
}

/// The id that the service assigned to the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_IDS.iter().find_map(|name| headers.get(name)?.to_str().ok())
}
