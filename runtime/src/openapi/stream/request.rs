//! How streams of values come from requests, and how such a request is sent again.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;

use super::events::{EventForm, Events};
use super::lines::Lines;
use super::unread;
use crate::json::Value;
use crate::openapi::reading::{Kind, essence, kind};
use crate::web::answer::Answered;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::credential::BoxFuture;
use crate::web::error::{BoxError, Error};
use crate::web::exchange;
use crate::web::response::FromResponse;
use crate::web::transport::Body;

/// The request that a stream is the answer of.
pub(super) struct Origin {
    client: ServiceClient,
    call: Call,
}

/// Ends with the body of another answer; `None` if the service has nothing more to send.
pub(super) type Reopening = BoxFuture<'static, Result<Option<Body>, Error>>;

impl Origin {
    fn of(answered: &Answered<'_>) -> Self {
        Self { client: answered.client().clone(), call: answered.call().clone() }
    }

    /// How long a value may be.
    pub(super) fn limit(&self) -> usize {
        self.client.max_response_size()
    }

    /// Sends the request again after a while, for what comes after an event.
    pub(super) fn reopen(&self, last_id: &str, after: Duration) -> Reopening {
        let (client, mut call) = (self.client.clone(), self.call.clone());
        if !last_id.is_empty() {
            call.set_header("last-event-id", last_id);
        }
        Box::pin(async move {
            client.transport().sleep(after).await;
            let (answer, body) = exchange::open(&client, &call).await?;
            if answer.status() == StatusCode::NO_CONTENT {
                return Ok(None);
            }
            match check(answer.headers()) {
                Ok(()) => Ok(Some(body)),
                Err(why) => Err(call.described(unread("what came next", &why))),
            }
        })
    }
}

/// Adds the request to an error, if it is known.
pub(super) fn described(origin: Option<&Origin>, error: Error) -> Error {
    match origin {
        Some(origin) => origin.call.described(error),
        None => error,
    }
}

/// Refuses an answer that is JSON as a whole.
fn check(headers: &HeaderMap) -> Result<(), String> {
    let media_type = essence(headers);
    match kind(&media_type) {
        Kind::Json => Err(format!("it is `{media_type}`, and not a stream of events")),
        _ => Ok(()),
    }
}

impl<T: Value, F: EventForm> FromResponse for Events<T, F> {
    const IS_STREAM: bool = true;

    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        check(response.headers())?;
        Ok(Self::new(response.body().clone().into()))
    }

    fn from_answer(answer: &Answered<'_>) -> Result<Self, BoxError> {
        check(answer.response().headers())?;
        Ok(Self::of(answer.answer().take_body(), Origin::of(answer)))
    }
}

impl<T: Value> FromResponse for Lines<T> {
    const IS_STREAM: bool = true;

    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        Ok(Self::new(response.body().clone().into()))
    }

    fn from_answer(answer: &Answered<'_>) -> Result<Self, BoxError> {
        Ok(Self::of(answer.answer().take_body(), Origin::of(answer)))
    }
}
