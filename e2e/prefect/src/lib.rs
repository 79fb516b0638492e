//! A client of Prefect's API that checks what it reads: written again, each value is the JSON that came.

use prefect_client::Client;
use prefect_client::runtime::transport::{Body, ReqwestTransport, Transport, TransportError};
use prefect_client::runtime::{BoxFuture, Error, http};
use serde::Serialize;
use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::future::IntoFuture;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often a request is tried again, and after how long. While another request changes the database, which is
/// `SQLite`, the service answers 503 and has done nothing; its own client tries again, whatever the method.
const TRIES: usize = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// A client, and the last answer that it got.
pub struct Service {
    pub client: Client,
    answer: Arc<Mutex<Vec<u8>>>,
}

impl Service {
    /// The service that `cargo xtask e2e --prefect` has started.
    pub fn connect() -> Self {
        let root =
            std::env::var("PREFECT_ROOT").expect("the chore sets the address of the service");
        let answer = Arc::default();
        let inner = ReqwestTransport::direct().expect("a transport without TLS needs nothing");
        let log =
            std::env::var("PREFECT_REQUESTS").expect("the chore names a file for the requests");
        let log = OpenOptions::new().create(true).append(true).open(log).expect("a file");
        let transport = Recorder { inner, answer: Arc::clone(&answer), log };
        let client = Client::builder().service_root(root).transport(transport).build();
        Self { client: client.expect("a client"), answer }
    }

    /// Sends a request, and compares what is read of the answer with the answer.
    pub async fn read<T: Serialize>(
        &self,
        request: impl IntoFuture<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let value = request.await?;
        let answer =
            std::mem::take(&mut *self.answer.lock().unwrap_or_else(PoisonError::into_inner));
        let text = String::from_utf8_lossy(&answer);
        let came: Value = serde_json::from_slice(&answer).unwrap_or_else(|_| text.as_ref().into());
        // An answer without a body is read as nothing.
        let written = serde_json::to_value(&value).expect("what was read is JSON");
        if !(answer.is_empty() && written.is_null()) {
            assert_eq!(written, came, "what was read is not what came");
        }
        Ok(value)
    }
}

/// A transport that keeps the last answer, and writes the method and the path of each request to a file.
struct Recorder {
    inner: ReqwestTransport,
    answer: Arc<Mutex<Vec<u8>>>,
    log: File,
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let line = format!("{} {}\n", request.method(), request.uri().path());
            // One write is one line, also where several processes write.
            (&self.log).write_all(line.as_bytes()).expect("the file takes a line");
            let (head, body) = request.into_parts();
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            let mut tries = 0;
            let (head, body) = loop {
                let request = http::Request::from_parts(head.clone(), Body::from(body.clone()));
                let (head, body) = self.inner.send(request).await?.into_parts();
                let is_busy = head.status == http::StatusCode::SERVICE_UNAVAILABLE;
                if !is_busy || tries == TRIES {
                    break (head, body);
                }
                tries += 1;
                self.inner.sleep(PAUSE).await;
            };
            let body = body.collect(usize::MAX).await?.unwrap_or_default();
            *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = body.to_vec();
            Ok(http::Response::from_parts(head, Body::from(body)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.inner.sleep(duration)
    }
}
