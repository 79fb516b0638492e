//! Bodies of several parts, and files.

#![allow(unreachable_pub)] // The types are as in a crate of their own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::codegen::{self, Invocation, Operation, Part};
use schemacrate_runtime::model::{Additional, File};
use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError, TransportFailure};
use schemacrate_runtime::{BoxFuture, Request, RetryPolicy, ServiceClient, http};

use crate::declare::object;

object! {
    Upload = codegen::Shape::json("Upload", &["title", "image"]).with_required(&[0, 1]);
    required title: String,
    required image: File,
}

const UPLOAD: Operation = Operation::new("PUT", "/uploads/{name}")
    .with_parameters(&[codegen::Parameter::path("name")])
    .with_content_type("multipart/form-data");
const RAW: Operation = Operation::new("PUT", "/raw");
const PARTS: &[Part] = &[Part::new("image").with_content_type("image/png, image/gif")];

fn client(transport: impl Transport) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").transport(transport);
    builder.build().expect("a client")
}

fn upload(client: &ServiceClient, image: File) -> Request<()> {
    let body = Upload { title: "a".to_owned(), image, ..codegen::blank() };
    Invocation::new(client, &UPLOAD).path::<String>("name", "x").multipart(PARTS, &body).request()
}

/// A file of zeros that is never in memory, and how often it was opened.
fn zeros(length: u64) -> (File, Arc<AtomicU64>) {
    static CHUNK: [u8; 32 * 1024] = [0; 32 * 1024];
    let opened = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&opened);
    let file = File::opened(Some(length), move || {
        count.fetch_add(1, Ordering::Relaxed);
        let whole = length / CHUNK.len() as u64;
        let rest = usize::try_from(length % CHUNK.len() as u64).expect("a part of a chunk");
        let chunks = (0..whole).map(|_| &CHUNK[..]).chain([&CHUNK[..rest]]);
        let chunks = chunks.map(|chunk| Ok::<_, TransportError>(Bytes::from_static(chunk)));
        Body::from_stream(futures_util::stream::iter(chunks))
    });
    (file, opened)
}

#[tokio::test]
async fn a_form_in_memory_is_a_request_like_any_other() {
    let service = Replay::new();
    service.answer(204, "");
    let client = client(service.clone());
    let image = File::new("GIF").with_name("d.gif").with_media_type("image/gif");
    let request = upload(&client, image.clone());
    let http = request.to_http().expect("all of it is in memory");
    request.await.expect("204");
    let sent = &service.requests()[0];
    assert_eq!(sent.body(), http.body());
    let content_type = sent.headers()["content-type"].to_str().expect("text");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let text = String::from_utf8(sent.body().to_vec()).expect("text");
    assert_eq!(text.matches(boundary).count(), 3, "{text}");
    assert!(
        text.contains(
            "name=\"image\"; filename=\"d.gif\"\r\nContent-Type: image/gif\r\n\r\nGIF\r\n"
        )
    );

    let other = upload(&client, image).to_http().expect("a request");
    assert_ne!(other.headers()["content-type"], content_type, "nobody can guess a boundary");
}

#[tokio::test]
async fn an_opened_file_is_opened_again_for_each_try() {
    let service = Replay::new();
    service.fail(TransportError::new(TransportFailure::Broken, "the connection was reset"));
    service.answer(503, "");
    service.answer(204, "");
    let client = client(service.clone());
    let (file, opened) = zeros(100_000);
    let request = upload(&client, file);
    let error = request.to_http().expect_err("it is not in memory").to_string();
    assert_eq!(
        error,
        "PUT /uploads/{name}: its body is opened when it is sent, so it is not at hand"
    );
    request.await.expect("204");
    let sent = service.requests();
    assert_eq!((sent.len(), opened.load(Ordering::Relaxed)), (3, 3));
    assert!(sent.iter().all(|request| request.body() == sent[0].body()));
    assert!(sent[0].body().len() > 100_000);
}

#[tokio::test]
async fn a_file_of_the_disk_is_a_body() {
    let service = Replay::new();
    service.answer(204, "");
    service.answer(204, "");
    let path = std::env::temp_dir().join(format!("schemacrate-bodies-{}.txt", std::process::id()));
    std::fs::write(&path, "the content").expect("a file");
    let file = File::at(&path).await.expect("a file").with_media_type("text/plain");
    let client = client(Patient(service.clone()));
    let send = |file: &File| {
        Invocation::<()>::new(&client, &RAW)
            .bytes(file.clone())
            .request()
            .retry(RetryPolicy::none())
    };
    send(&file).await.expect("204");
    assert_eq!(service.requests()[0].body(), "the content");
    assert_eq!(service.requests()[0].headers()["content-type"], "text/plain");

    std::fs::write(&path, "less").expect("a file");
    let error = send(&file).await.expect_err("it has become shorter").to_string();
    assert!(error.contains("shorter than its stated length"), "{error}");
    std::fs::remove_file(&path).expect("the file");
    let error = send(&file).await.expect_err("it is not there").to_string();
    assert!(error.contains("os error"), "{error}");
    let missing = File::at(&path).await;
    assert!(missing.is_err());
    assert!(File::at(std::env::temp_dir()).await.is_err());
}

#[tokio::test]
async fn what_a_part_cannot_have_is_an_error_before_anything_is_sent() {
    let service = Replay::new();
    let client = client(service.clone());
    let error = upload(&client, File::new("1").with_header("X-A", "a\r\nb")).await;
    let error = error.expect_err("two lines").to_string();
    assert!(
        error.starts_with("PUT /uploads/{name}: the value of `image` cannot be sent"),
        "{error}"
    );
    assert!(service.requests().is_empty());
}

/// A double whose limits of time are never reached: reading a file takes time.
struct Patient(Replay);

impl Transport for Patient {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// What a request was: its stated length, how many bytes came, and the longest part of them.
type Seen = (Option<u64>, u64, usize);

/// Reads what is sent and keeps none of it.
struct Counting(Arc<Mutex<Seen>>);

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut body = request.into_body();
        Box::pin(async move {
            let mut seen = (http_body::Body::size_hint(&body).exact(), 0, 0);
            while let Some(part) = body.chunk().await? {
                seen.1 += part.len() as u64;
                seen.2 = seen.2.max(part.len());
            }
            *self.0.lock().expect("one thread") = seen;
            Ok(http::Response::new(Body::default()))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_gigabyte_is_sent_in_bounded_memory() {
    const GIGABYTE: u64 = 1 << 30;
    let seen = Arc::new(Mutex::new(Seen::default()));
    let client = client(Counting(Arc::clone(&seen)));
    let (file, opened) = zeros(GIGABYTE);
    upload(&client, file).await.expect("200");
    let (stated, sent, longest) = *seen.lock().expect("one thread");
    assert_eq!(stated, Some(sent));
    assert!(sent > GIGABYTE && sent < GIGABYTE + 1000, "{sent}");
    assert_eq!((longest, opened.load(Ordering::Relaxed)), (32 * 1024, 1));
}
