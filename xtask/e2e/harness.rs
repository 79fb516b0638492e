//! What became of an exchange.

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::model::{Events, Lines};
use schemacrate_runtime::transport::{Body, ReqwestTransport, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, http};
use serde::Serialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::error::Error;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long an exchange may take.
const LONGEST: Duration = Duration::from_secs(60);

/// What was sent last, and what was answered.
static LAST: Mutex<Option<Value>> = Mutex::new(None);

fn keep(exchange: &Value) {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(exchange.clone());
}

/// Headers as pairs of texts.
fn texts(headers: &http::HeaderMap) -> Value {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| json!([name.as_str(), text(value)])).collect()
}

/// A transport that keeps what was sent and what was answered.
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
        let mut exchange = json!({
            "method": request.method().as_str(),
            "url": request.uri().to_string(),
            "sent_headers": texts(request.headers()),
            "sent_body": request.body().as_bytes().map(|bytes| bytes.to_vec()),
        });
        Box::pin(async move {
            keep(&exchange);
            let (head, body) = self.0.send(request).await?.into_parts();
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            exchange["answer"] = json!({ "headers": texts(&head.headers), "body": body.to_vec() });
            keep(&exchange);
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

/// Makes an exchange, unless it is one of the first ones, and prints the outcome. Ends the program if the service
/// has ended, which another one may go on from.
pub async fn report(record: usize, first: usize, base: &str, run: impl Future<Output = Outcome>) {
    if record < first {
        return;
    }
    let outcome = tokio::time::timeout(LONGEST, run).await;
    let Outcome { kind, value, status } =
        outcome.unwrap_or_else(|_| Outcome::of("error", format!("no answer in {LONGEST:?}")));
    let exchange = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let is_answered = exchange.as_ref().is_some_and(|one| one.get("answer").is_some());
    let line = json!({
        "record": record,
        "kind": kind,
        "value": value,
        "status": status,
        "exchange": exchange,
    });
    println!("{line}");
    if is_answered {
        return;
    }
    // A service that ends takes a moment to do so.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let service = base.trim_start_matches("http://");
    if std::net::TcpStream::connect(service).is_err() {
        std::process::exit(0);
    }
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
                        Ok($item) => items.push(written($value)),
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
        Outcome::of("json", written(&self.take()))
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

fn written(value: &impl Serialize) -> String {
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
