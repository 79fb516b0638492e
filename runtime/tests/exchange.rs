//! How tries follow each other, against a double of the service: what needs a clock, TLS or
//! another transport.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::Frame;
use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError, TransportFailure};
use schemacrate_runtime::{
    BoxFuture, ErrorKind, Request, RetryPolicy, ServiceClient, bytes::Bytes, http,
};

fn client(service: &Replay) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").credential("token");
    builder.transport(service.clone()).build().expect("a client")
}

fn respond(service: &Replay, status: u16, header: (&str, &str), body: &'static str) {
    let response = http::Response::builder().status(status).header(header.0, header.1);
    service.respond(response.body(Bytes::from_static(body.as_bytes())).expect("a response"));
}

#[tokio::test]
async fn the_time_of_all_tries_is_bounded() {
    let service = Replay::new();
    for _ in 0..9 {
        respond(&service, 429, ("retry-after", "40"), "");
    }
    let policy = RetryPolicy::default().max_retries(9).max_elapsed(Duration::from_secs(100));
    let builder = ServiceClient::builder("https://example.com/v1").retry(policy);
    let client = builder.transport(service.clone()).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    assert!(read.await.expect_err("throttled").is_throttled());
    assert_eq!(service.sleeps(), [Duration::from_secs(40); 2]);
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn failures_of_the_transport_are_tried_again_where_that_is_safe() {
    for (failure, kind) in [
        (TransportFailure::Connect, ErrorKind::Connect),
        (TransportFailure::Broken, ErrorKind::Transport),
        (TransportFailure::Timeout, ErrorKind::Timeout),
    ] {
        let service = Replay::new();
        let resource = client(&service).resource("a");
        service.fail(TransportError::new(failure, "no luck"));
        let created: Request<String> = resource.create(&"x".to_owned());
        let error = created.await.expect_err("not sent twice");
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().ends_with(": no luck"), "{error}");

        service.fail(TransportError::new(failure, "no luck"));
        service.answer(200, r#""x""#);
        let read: Request<String> = resource.get();
        assert_eq!(read.await.is_ok(), kind != ErrorKind::Timeout, "{kind:?}");
    }
}

#[tokio::test]
async fn a_redirect_does_not_leave_tls() {
    let service = Replay::new();
    respond(&service, 302, ("location", "http://example.com/v1/a"), "");
    let read: Request<String> = client(&service).resource("a").get();
    let error = read.await.expect_err("plain http");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains("plain http"), "{error}");
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_refreshed_token_does_not_follow_a_redirect() {
    let service = Replay::new();
    let credential = schemacrate_runtime::credential_fn(|request| async move {
        Ok(if request.is_refresh() { "new" } else { "old" }.into())
    });
    let builder = ServiceClient::builder("https://example.com/v1").credential(credential);
    let client = builder.transport(service.clone()).build().expect("a client");
    service.answer(401, "");
    respond(&service, 302, ("location", "https://elsewhere.example/"), "");
    service.answer(200, r#""x""#);
    let read: Request<String> = client.resource("a").get();
    read.await.expect("200");
    let tokens: Vec<_> = service
        .requests()
        .iter()
        .map(|sent| sent.headers().get("authorization").cloned())
        .collect();
    assert_eq!(tokens[0].as_ref().expect("a token"), "Bearer old");
    assert_eq!(tokens[1].as_ref().expect("a token"), "Bearer new");
    assert_eq!(tokens[2], None);
}

#[test]
fn the_error_of_a_client_without_a_transport_explains_how_to_get_one() {
    let built = ServiceClient::builder("https://example.com").build();
    if cfg!(feature = "reqwest") {
        built.expect("the default transport");
    } else {
        assert!(built.expect_err("none").to_string().contains("`transport`"));
    }
}

/// A body that comes in parts, and then breaks or ends.
struct Parts {
    parts: VecDeque<&'static str>,
    breaks: bool,
}

impl http_body::Body for Parts {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(match self.parts.pop_front() {
            Some(part) => Some(Ok(Frame::data(Bytes::from_static(part.as_bytes())))),
            None if self.breaks => Some(Err(std::io::Error::other("cut"))),
            None => None,
        })
    }
}

/// A transport that answers in parts.
struct Streaming {
    breaks: bool,
}

impl Transport for Streaming {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let parts = VecDeque::from(["\"a", "", "b", "c\""]);
        let body = Body::new(Parts { parts, breaks: self.breaks });
        Box::pin(async move { Ok(http::Response::new(body)) })
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_body_in_parts_is_put_together() {
    for (limit, breaks) in [(5, false), (4, false), (5, true)] {
        let builder = ServiceClient::builder("https://example.com").max_response_size(limit);
        let client = builder.transport(Streaming { breaks }).build().expect("a client");
        let read: Request<String> = client.resource("a").get();
        let read = read.await.map_err(|error| (error.kind(), error.to_string()));
        match (limit, breaks) {
            (5, false) => assert_eq!(read, Ok("abc".to_owned())),
            (4, false) => assert_eq!(read.expect_err("too large").0, ErrorKind::TooLarge),
            _ => {
                let (kind, message) = read.expect_err("cut");
                assert_eq!(kind, ErrorKind::Transport);
                assert!(
                    message.ends_with("the connection broke before the answer was complete: cut"),
                    "{message}"
                );
            }
        }
    }
}
