//! Bytes of answers as streams and readers, bytes of requests from them, and what a service answers.

use futures_util::{StreamExt, TryStreamExt, stream};
use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::edm::Stream;
use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::paths::MediaPath;
use schemacrate_runtime::query::Property;
use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError, TransportFailure};
use schemacrate_runtime::{BoxFuture, Error, ErrorKind, ServiceClient};
use std::time::Duration;

use crate::{client, respond};

const CONTENT: Property<Untyped, Stream> = Property::new("content");

fn content(service: &Replay) -> MediaPath<Untyped> {
    MediaPath::of_property(&client(service).resource("item"), &CONTENT)
}

fn parts(texts: &'static [&'static str], end: Option<TransportFailure>) -> Body {
    let texts = texts.iter().map(|text| Ok(Bytes::from_static(text.as_bytes())));
    let end = end.map(|failure| Err(TransportError::new(failure, "no luck")));
    Body::from_stream(stream::iter(texts.chain(end).collect::<Vec<_>>()))
}

#[tokio::test]
async fn the_object_that_a_service_answers_is_returned() {
    let item = r#"{"id":"7"}"#;
    for (status, media_type, body, expected) in [
        (201, Some("application/json; charset=utf-8"), item, Some(item)),
        (200, Some("application/problem+json"), item, Some(item)),
        (200, None, item, Some(item)),
        (204, None, "", None),
        (200, Some("image/gif"), "GIF89a", None),
        (200, Some("text/plain"), item, None),
        (200, Some("application/json"), "[1]", None),
    ] {
        let service = Replay::new();
        let headers: Vec<_> = media_type.into_iter().map(|value| ("content-type", value)).collect();
        for _ in 0..2 {
            respond(&service, status, &headers, body);
        }
        let path = content(&service);
        let read = path.upload("text/plain", "x").await.expect(body);
        assert_eq!(read.as_ref().map(Untyped::text), expected, "{media_type:?} {body}");
        let streamed = path.upload_stream("text/plain", parts(&["x", "y"], None)).await;
        assert_eq!(streamed.expect(body).as_ref().map(Untyped::text), expected);
        assert_eq!(service.requests()[1].body(), "xy");
        assert_eq!(service.requests()[0].uri().path(), "/v1/item/content");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_an_error() {
    let service = Replay::new();
    service.answer(200, r#"{"id":"#);
    let error = content(&service).upload("text/plain", "x").await.expect_err("half an object");
    assert!(error.is_decode(), "{error}");
}

#[tokio::test]
async fn a_body_is_a_stream_and_a_reader() {
    let read: Vec<Bytes> =
        parts(&["ab", "", "c"], None).into_stream().try_collect().await.expect("parts");
    assert_eq!(read, ["ab", "", "c"]);
    let mut text = String::new();
    let mut reader = parts(&["ab", "", "cde"], None).into_reader();
    tokio::io::AsyncReadExt::read_to_string(&mut reader, &mut text).await.expect("text");
    assert_eq!(text, "abcde");
    let lines = parts(&["a\nb", "\nc"], None).into_reader();
    let mut lines = tokio::io::AsyncBufReadExt::lines(lines);
    let mut read = Vec::new();
    while let Some(line) = lines.next_line().await.expect("a line") {
        read.push(line);
    }
    assert_eq!(read, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_of_each_form_and_then_over() {
    for (failure, kind) in [
        (TransportFailure::Broken, ErrorKind::Transport),
        (TransportFailure::Timeout, ErrorKind::Timeout),
    ] {
        let mut stream = parts(&["ab"], Some(failure)).into_stream();
        assert_eq!(stream.next().await.expect("a part").expect("bytes"), "ab");
        let error = stream.next().await.expect("an error").expect_err("an error");
        assert_eq!(error.kind(), kind);
        assert!(stream.next().await.is_none());
        let mut bytes = Vec::new();
        let mut reader = parts(&["ab"], Some(failure)).into_reader();
        let error = tokio::io::copy(&mut reader, &mut bytes).await.expect_err("an error");
        let source = error.into_inner().expect("a source").downcast::<Error>().expect("ours");
        assert_eq!((source.kind(), &bytes[..]), (kind, &b"ab"[..]));
    }
}

/// A service whose answers come in parts, with a pause before each one, and never end.
struct Slow(Duration);

impl Transport for Slow {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let pause = self.0;
        let parts = stream::iter(0..8).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, TransportError>(Bytes::from_static(b"part"))
        });
        let body = Body::from_stream(parts.chain(stream::pending()));
        Box::pin(async move { Ok(http::Response::new(body)) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn each_part_of_an_answer_that_is_opened_has_the_time_of_a_try() {
    let limit = Duration::from_millis(200);
    let client = ServiceClient::builder("https://example.com/v1")
        .transport(Slow(limit / 4)) // All parts take twice the limit.
        .build()
        .expect("a client");
    let content = MediaPath::of_entity(&client.resource("item"));
    let mut body = content.download().timeout(limit).open().await.expect("a head").into_value();
    for _ in 0..8 {
        assert_eq!(body.chunk().await.expect("in time").expect("a part"), "part");
    }
    let silence = tokio::time::timeout(limit * 50, body.chunk()).await.expect("an end of it");
    let error = Error::from(silence.expect_err("silence"));
    assert!(error.is_timeout() && error.to_string().contains("200ms"), "{error}");
    assert!(body.chunk().await.expect("nothing").is_none());

    // Without a limit, a caller waits as long as it wants to.
    let client = ServiceClient::builder("https://example.com/v1")
        .transport(Slow(limit / 40))
        .no_timeout()
        .build()
        .expect("a client");
    let content = MediaPath::of_entity(&client.resource("item"));
    let all = content.open().await.expect("a head").into_value().collect(usize::MAX);
    assert!(tokio::time::timeout(limit, all).await.is_err());
}

#[tokio::test]
async fn a_reader_is_a_body() {
    let long: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
    let body = Body::from_reader(std::io::Cursor::new(long.clone()));
    assert_eq!(body.collect(usize::MAX).await.expect("bytes").expect("all of them"), long);
    let broken = tokio_error();
    let error = Body::from_reader(broken).collect(10).await.expect_err("broken");
    assert!(error.to_string().contains("no luck"), "{error}");
}

/// A reader that fails.
fn tokio_error() -> impl tokio::io::AsyncRead + Send + 'static {
    struct Broken;
    impl tokio::io::AsyncRead for Broken {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
            _buffer: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err(std::io::Error::other("no luck")))
        }
    }
    Broken
}
