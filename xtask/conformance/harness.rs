//! Runs the examples of a documentation with a client whose requests are only recorded.

use client::runtime::transport::{Body, Transport, TransportError};
use client::runtime::{BoxFuture, http};
use std::error::Error;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// An example that runs.
pub type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// The outcome of an example.
pub struct Outcome {
    /// The type of its result.
    pub type_name: &'static str,
    /// Why it failed. The answers of the transport are empty, so most examples have no result.
    pub error: Option<String>,
}

/// Notes the type of a result.
pub fn outcome<T>(result: Result<T, Box<dyn Error>>) -> Outcome {
    let error = result.err().map(|error| error.to_string());
    Outcome { type_name: std::any::type_name::<T>(), error }
}

/// A request as it was sent.
pub struct Sent {
    pub method: String,
    pub uri: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// A transport that answers every request with an empty object and remembers it.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Sent>>>);

impl Recorder {
    /// Takes the requests recorded so far.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
                (name.to_string(), text(value.as_bytes()))
            };
            self.lock().push(Sent {
                method: head.method.to_string(),
                uri: head.uri.to_string(),
                headers: head.headers.iter().map(header).collect(),
                body: text(&body),
            });
            Ok(http::Response::new(Body::from(client::runtime::bytes::Bytes::from_static(b"{}"))))
        })
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        // The client races a request against its timeout, which must not win.
        Box::pin(std::future::pending())
    }
}

/// Runs a future that waits for nothing but the recorder.
pub fn finish<T>(future: impl Future<Output = T>) -> Option<T> {
    const MOST: usize = 10_000;
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..MOST {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    None
}
