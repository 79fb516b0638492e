//! What became of an exchange.

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::model::{Events, Lines};
use schemacrate_runtime::transport::{Body, ReqwestTransport, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, http};
use serde::Serialize;
use std::cell::RefCell;
use std::error::Error;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The media type and the body of the last answer.
static ANSWER: Mutex<(String, Vec<u8>)> = Mutex::new((String::new(), Vec::new()));

/// A transport that keeps what was answered.
pub struct Recorder(ReqwestTransport);

impl Recorder {
    pub fn new() -> Self {
        Self(ReqwestTransport::direct().expect("a transport without TLS needs nothing"))
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = self.0.send(request).await?.into_parts();
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            let media_type = head.headers.get("content-type");
            let media_type = media_type.map(|one| String::from_utf8_lossy(one.as_bytes()));
            *ANSWER.lock().unwrap_or_else(PoisonError::into_inner) =
                (media_type.unwrap_or_default().into_owned(), body.to_vec());
            Ok(http::Response::from_parts(head, Body::from(body)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

/// What became of an exchange.
pub struct Outcome {
    kind: &'static str,
    value: String,
    status: Option<u16>,
}

impl Outcome {
    fn of(kind: &'static str, value: String) -> Self {
        Self { kind, value, status: None }
    }

    /// An exchange that failed.
    pub fn failed(error: &(dyn Error + 'static)) -> Self {
        let known = error.downcast_ref::<schemacrate_runtime::Error>();
        let status = known.and_then(|error| error.status()).map(|status| status.as_u16());
        let mut value = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            value = format!("{value}: {error}");
            source = error.source();
        }
        Self { kind: "error", value, status }
    }
}

/// Prints an outcome.
pub fn report(record: usize, outcome: Outcome) {
    let Outcome { kind, value, status } = outcome;
    let (media_type, body) =
        std::mem::take(&mut *ANSWER.lock().unwrap_or_else(PoisonError::into_inner));
    println!(
        "{}",
        serde_json::json!({
            "record": record,
            "kind": kind,
            "value": value,
            "status": status,
            "media_type": media_type,
            "body": body,
        })
    );
}

/// A value, of which the most that its type can do is found by the references around it: the method with the
/// most references is taken.
pub struct Probe<T>(RefCell<Option<T>>);

impl<T> Probe<T> {
    pub fn new(value: T) -> Self {
        Self(RefCell::new(Some(value)))
    }

    fn take(&self) -> T {
        self.0.borrow_mut().take().expect("a value is read once")
    }
}

/// What is no JSON value.
pub trait ReadStream {
    async fn read(&self) -> Outcome;
}

impl ReadStream for &&&Probe<Bytes> {
    async fn read(&self) -> Outcome {
        let bytes: Vec<u8> = self.take().to_vec();
        Outcome::of("bytes", serde_json::to_string(&bytes).expect("numbers are JSON"))
    }
}

macro_rules! streams {
    ($([$($more:ident: $bound:path)?] $stream:ty, $item:ident => $value:expr;)*) => {$(
        impl<T, $($more)?> ReadStream for &&&Probe<$stream>
        where
            T: schemacrate_runtime::codegen::Value + Serialize,
            $($more: $bound,)?
        {
            async fn read(&self) -> Outcome {
                let mut stream = self.take();
                let mut items = Vec::new();
                while let Some(item) = stream.next().await {
                    match item {
                        Ok($item) => items.push(json($value)),
                        Err(error) => return Outcome::failed(&error),
                    }
                }
                Outcome::of("items", format!("[{}]", items.join(",")))
            }
        }
    )*};
}

streams! {
    [F: schemacrate_runtime::model::EventForm] Events<T, F>, event => &event.data;
    [] Lines<T>, line => &line;
}

/// What JSON can be made of.
pub trait ReadJson {
    async fn read(&self) -> Outcome;
}

impl<T: Serialize> ReadJson for &&Probe<T> {
    async fn read(&self) -> Outcome {
        Outcome::of("json", json(&self.take()))
    }
}

/// Anything else.
pub trait ReadOther {
    async fn read(&self) -> Outcome;
}

impl<T: Debug> ReadOther for &Probe<T> {
    async fn read(&self) -> Outcome {
        Outcome::of("other", format!("{:?}", self.take()))
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| error.to_string())
}

/// The outcome of an example.
#[macro_export]
macro_rules! outcome {
    ($result:expr) => {{
        #[allow(unused_imports)]
        use $crate::harness::{ReadJson, ReadOther, ReadStream};
        match $result {
            Ok(value) => (&&&&$crate::harness::Probe::new(value)).read().await,
            Err(error) => $crate::harness::Outcome::failed(&*error),
        }
    }};
}
