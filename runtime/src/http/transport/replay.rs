//! A double of a service, for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;

use super::{Body, Transport, TransportError, TransportFailure};
use crate::web::credential::BoxFuture;

/// A transport that returns prepared answers, one for each request and in order, and records what
/// is sent. It opens no connection, and it never waits: its clock jumps instead.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(204, "");
/// let client = ServiceClient::builder("https://example.com/v1")
///     .credential("token")
///     .transport(service.clone())
///     .build()?;
///
/// client.resource("devices").key_segment("7").delete().await?;
///
/// let sent = service.requests();
/// assert_eq!(sent.len(), 1);
/// assert_eq!(sent[0].method(), "DELETE");
/// assert_eq!(sent[0].uri(), "https://example.com/v1/devices/7");
/// assert_eq!(sent[0].headers()["authorization"], "Bearer token");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Replay(Arc<Mutex<Record>>);

#[derive(Debug)]
struct Record {
    answers: VecDeque<Result<http::Response<Bytes>, TransportError>>,
    requests: Vec<http::Request<Bytes>>,
    sleeps: Vec<Duration>,
    now: SystemTime,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            answers: VecDeque::new(),
            requests: Vec::new(),
            sleeps: Vec::new(),
            now: SystemTime::UNIX_EPOCH,
        }
    }
}

impl Replay {
    /// A service that has no answer yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer with a JSON body, or with none if `body` is empty.
    ///
    /// # Panics
    ///
    /// `status` is not an HTTP status, which is a fault of the test.
    pub fn answer(&self, status: u16, body: impl Into<Bytes>) {
        let mut response = http::Response::new(body.into());
        *response.status_mut() = StatusCode::from_u16(status).expect("a status from 100 to 999");
        self.respond(response);
    }

    /// Adds an answer with its own headers.
    pub fn respond(&self, response: http::Response<Bytes>) {
        self.record().answers.push_back(Ok(response));
    }

    /// Adds a failure in place of an answer.
    pub fn fail(&self, error: TransportError) {
        self.record().answers.push_back(Err(error));
    }

    /// The requests that were sent so far, with their tokens.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.record().requests.clone()
    }

    /// How long the client asked to wait between tries.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.record().sleeps.clone()
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            let mut record = self.record();
            record.requests.push(http::Request::from_parts(head, body));
            let answer = record.answers.pop_front().unwrap_or_else(|| {
                let why = "the test prepared no answer for this request";
                Err(TransportError::new(TransportFailure::Broken, why))
            });
            answer.map(|response| response.map(Body::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut record = self.record();
            record.sleeps.push(duration);
            record.now = record.now.checked_add(duration).unwrap_or(record.now);
        })
    }

    fn now(&self) -> SystemTime {
        self.record().now
    }
}
