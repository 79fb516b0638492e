//! Services of tower as transports, against doubles of the service.
#![cfg(feature = "tower")]

use std::cell::Cell;
use std::future::{pending, ready};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use schemacrate_runtime::transport::{
    Body, Replay, TowerTransport, Transport, TransportError, TransportFailure, TransportService,
};
use schemacrate_runtime::{
    BoxError, Error, ErrorKind, Request, RetryPolicy, ServiceClient, bytes::Bytes, http,
};
use tower::timeout::error::Elapsed;
use tower::{Service, ServiceBuilder, service_fn};
use tower_http::set_header::SetRequestHeaderLayer;
use tower_http::trace::TraceLayer;

fn client(transport: impl Transport) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").credential("token");
    builder.transport(transport).retry(RetryPolicy::none()).build().expect("a client")
}

async fn read(transport: impl Transport) -> Result<String, Error> {
    let request: Request<String> = client(transport).resource("a").get();
    request.await
}

fn found() -> Full<Bytes> {
    Full::new(Bytes::from_static(br#""x""#))
}

#[tokio::test]
async fn any_service_of_http_is_a_transport() {
    let service = service_fn(|request: http::Request<Body>| async move {
        assert_eq!(request.uri(), "https://example.com/v1/a");
        assert_eq!(request.headers()["authorization"], "Bearer token");
        Ok::<_, BoxError>(http::Response::new(found()))
    });
    assert_eq!(read(TowerTransport::new(service)).await.expect("200"), "x");
}

/// A service and a body that can move between threads, but not be shared by them.
#[tokio::test]
async fn neither_service_nor_body_need_be_sync() {
    let calls = Cell::new(0);
    let service = service_fn(move |_request: http::Request<Body>| {
        calls.set(calls.get() + 1);
        let body = UnsyncBoxBody::new(found().map_err(BoxError::from));
        ready(Ok::<_, BoxError>(http::Response::new(body)))
    });
    assert_eq!(read(TowerTransport::new(service)).await.expect("200"), "x");
}

#[tokio::test]
async fn layers_of_tower_http_wrap_a_transport() {
    let replay = Replay::new();
    replay.answer(200, r#""x""#);
    let value = http::HeaderValue::from_static("eventual");
    let name = http::HeaderName::from_static("consistencylevel");
    let service = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestHeaderLayer::overriding(name, value))
        .service(TransportService::new(replay.clone()));
    assert_eq!(read(TowerTransport::new(service)).await.expect("200"), "x");
    assert_eq!(replay.requests()[0].headers()["consistencylevel"], "eventual");
}

#[tokio::test]
async fn errors_of_a_transport_go_through_layers() {
    for (failure, kind) in [
        (TransportFailure::Connect, ErrorKind::Connect),
        (TransportFailure::Timeout, ErrorKind::Timeout),
        (TransportFailure::Broken, ErrorKind::Transport),
    ] {
        let replay = Replay::new();
        replay.fail(TransportError::new(failure, "no luck"));
        // The layer turns the error into a box.
        let service = ServiceBuilder::new()
            .timeout(Duration::from_secs(60))
            .service(TransportService::new(replay));
        let error = read(TowerTransport::new(service)).await.expect_err("no answer");
        assert_eq!(error.kind(), kind);
        assert_eq!(error.to_string(), format!("GET /a: {failure}: no luck"));
    }
}

#[tokio::test]
async fn errors_of_the_standard_library_are_understood() {
    for (fault, kind) in [
        (io::ErrorKind::ConnectionRefused, ErrorKind::Connect),
        (io::ErrorKind::TimedOut, ErrorKind::Timeout),
        (io::ErrorKind::UnexpectedEof, ErrorKind::Transport),
    ] {
        let service = service_fn(move |_request: http::Request<Body>| {
            ready(Err::<http::Response<Body>, _>(io::Error::from(fault)))
        });
        let error = read(TowerTransport::new(service)).await.expect_err("no answer");
        assert_eq!(error.kind(), kind, "{fault}");
    }
}

#[tokio::test]
async fn the_caller_defines_what_an_error_of_a_layer_means() {
    let silent = service_fn(|_request: http::Request<Body>| {
        pending::<Result<http::Response<Body>, BoxError>>()
    });
    let service = ServiceBuilder::new().timeout(Duration::from_millis(5)).service(silent);
    let transport = TowerTransport::new(service);
    let error = read(transport.clone()).await.expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::Transport);

    let transport =
        transport.classify(|error| error.is::<Elapsed>().then_some(TransportFailure::Timeout));
    let error = read(transport).await.expect_err("no answer");
    assert!(error.is_timeout());
    assert!(error.to_string().contains("request timed out"), "{error}");
}

#[tokio::test]
async fn the_timeout_of_the_client_holds_for_a_service() {
    let silent = service_fn(|_request: http::Request<Body>| {
        pending::<Result<http::Response<Body>, BoxError>>()
    });
    let builder =
        ServiceClient::builder("https://example.com/v1").transport(TowerTransport::new(silent));
    let client = builder.timeout(Duration::from_millis(5)).build().expect("a client");
    let request: Request<String> = client.resource("a").get();
    assert!(request.await.expect_err("no answer").is_timeout());
}

#[tokio::test]
async fn delays_are_waited_for_as_the_caller_chooses() {
    let sleeps = Arc::new(Mutex::new(Vec::new()));
    let replay = Replay::new();
    replay.answer(503, "");
    replay.answer(200, r#""x""#);
    let transport = TowerTransport::new(TransportService::new(replay)).sleep_with({
        let sleeps = Arc::clone(&sleeps);
        move |duration| {
            sleeps.lock().expect("a lock").push(duration);
            ready(())
        }
    });
    let builder =
        ServiceClient::builder("https://example.com/v1").transport(transport).no_timeout();
    let client = builder.build().expect("a client");
    let request: Request<String> = client.resource("a").get();
    assert_eq!(request.await.expect("200"), "x");
    assert_eq!(sleeps.lock().expect("a lock").len(), 1);
}

/// A service that panics if it is called before it was ready.
struct Careful {
    ready: bool,
    inner: TransportService<Replay>,
}

impl Clone for Careful {
    fn clone(&self) -> Self {
        Self { ready: false, inner: self.inner.clone() }
    }
}

impl Service<http::Request<Body>> for Careful {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = <TransportService<Replay> as Service<http::Request<Body>>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        if !std::mem::replace(&mut self.ready, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert!(std::mem::take(&mut self.ready), "called before it was ready");
        self.inner.call(request)
    }
}

#[tokio::test]
async fn a_service_is_called_when_it_is_ready() {
    let replay = Replay::new();
    replay.answer(200, r#""x""#);
    let service = Careful { ready: false, inner: TransportService::new(replay) };
    assert_eq!(read(TowerTransport::new(service)).await.expect("200"), "x");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_holds_for_all_requests_of_a_client() {
    let (under_way, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let service = service_fn({
        let most = Arc::clone(&most);
        move |_request: http::Request<Body>| {
            let (under_way, most) = (Arc::clone(&under_way), Arc::clone(&most));
            async move {
                most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(2)).await;
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok::<_, BoxError>(http::Response::new(found()))
            }
        }
    });
    let service = ServiceBuilder::new().concurrency_limit(3).service(service);
    let client = client(TowerTransport::new(service));
    let send = |_| {
        let request: Request<String> = client.resource("a").get();
        tokio::spawn(request.send())
    };
    for sending in (0..30).map(send).collect::<Vec<_>>() {
        assert_eq!(sending.await.expect("no panic").expect("200"), "x");
    }
    assert_eq!(most.load(Ordering::SeqCst), 3);
}
