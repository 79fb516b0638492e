//! Upload sessions over the wire: chunks, failures on the way, and where no token goes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::{
    BoxError, BoxFuture, ErrorKind, RetryPolicy, ServiceClient, Upload, UploadSource,
};

use crate::service::{Recorded, Service};

const UNIT: u64 = 320 * 1024;

/// The client's service, and the other origin that takes uploads.
async fn services() -> (Service, Service) {
    (Service::start().await, Service::start().await)
}

fn session(service: &Service, other: &Service) -> Upload {
    session_of(&service.client(), other)
}

fn session_of(client: &ServiceClient, other: &Service) -> Upload {
    let session = Upload::new(client, other.url("/up/s3cret?sig=s3cret"));
    session.expect("a session").chunk_size(UNIT).expect("a size")
}

fn expects(other: &Service, status: &str, ranges: &str) {
    let body =
        format!(r#"{{"expirationDateTime":"2026-11-25T00:00:00Z","nextExpectedRanges":{ranges}}}"#);
    other.answer(status, &body);
}

/// Bytes that show where they come from.
fn bytes(length: u64) -> Bytes {
    (0..length).map(|index| b'a' + u8::try_from(index % 23).expect("small")).collect()
}

fn ranges(sent: &[Recorded]) -> Vec<&str> {
    sent.iter().map(|sent| sent.header("content-range").unwrap_or(&sent.method)).collect()
}

#[tokio::test]
async fn chunks_go_to_the_session_and_no_token_goes_along() {
    let (service, other) = services().await;
    let total = 2 * UNIT + 5;
    expects(&other, "202 Accepted", &format!(r#"["{UNIT}-"]"#));
    // Outlook answers 200 while bytes are missing, and reports only the offset.
    expects(&other, "200 OK", &format!(r#"["{}"]"#, 2 * UNIT));
    other.answer("201 Created", r#""item""#);
    let reported = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&reported);
    let mut session = session(&service, &other)
        .on_progress(move |progress| notes.lock().expect("no panic").push(progress.sent));
    let all = bytes(total);
    assert_eq!(session.send::<String>(all.clone()).await.expect("201"), "item");
    assert_eq!(*reported.lock().expect("no panic"), [UNIT, 2 * UNIT, total]);

    assert!(service.recorded().is_empty());
    let sent = other.recorded();
    assert_eq!(
        ranges(&sent),
        ["bytes 0-327679/655365", "bytes 327680-655359/655365", "bytes 655360-655364/655365"]
    );
    let body: String = sent.iter().map(|sent| sent.body.as_str()).collect();
    assert!(body.as_bytes() == all, "the bytes differ");
    for sent in &sent {
        assert_eq!((sent.method.as_str(), sent.target.as_str()), ("PUT", "/up/s3cret?sig=s3cret"));
        assert_eq!(sent.header("authorization"), None);
        assert_eq!(sent.header("content-length"), Some(sent.body.len().to_string().as_str()));
    }
    assert!(!format!("{session:?}").contains("s3cret"));
}

#[tokio::test]
async fn no_token_goes_to_a_session_on_the_origin_of_the_service_either() {
    let service = Service::start().await;
    service.answer("401 Unauthorized", "");
    let mut session = session(&service, &service);
    let error = session.send::<()>(bytes(1)).await.expect_err("401");
    assert!(error.is_unauthorized());
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    assert_eq!(service.only().header("authorization"), None);
}

#[tokio::test]
async fn a_chunk_that_fails_for_a_time_is_sent_again_from_where_the_service_is() {
    let (service, other) = services().await;
    // 503 is tried again as it is; after 500 the service is asked first.
    other.answer_with("503 Service Unavailable", &["retry-after: 2"], "");
    expects(&other, "202 Accepted", &format!(r#"["{UNIT}-"]"#));
    other.answer("500 Internal Server Error", "");
    other.answer("502 Bad Gateway", "");
    expects(&other, "200 OK", &format!(r#"["{}-"]"#, UNIT + 7));
    // The service has the rest, but reports it only with 416.
    other.answer("416 Range Not Satisfiable", "");
    expects(&other, "200 OK", &format!(r#"["{}-"]"#, UNIT + 9));
    other.answer("200 OK", r#""item""#);
    let mut session = session(&service, &other);
    assert_eq!(session.send::<String>(bytes(UNIT + 10)).await.expect("200"), "item");
    assert_eq!(
        ranges(&other.recorded()),
        [
            "bytes 0-327679/327690",
            "bytes 0-327679/327690",
            "bytes 327680-327689/327690",
            "GET",
            "GET",
            "bytes 327687-327689/327690",
            "GET",
            "bytes 327689-327689/327690",
        ]
    );
    assert!(other.recorded().iter().all(|sent| sent.header("authorization").is_none()));
    assert_eq!(service.sleeps()[0], Duration::from_secs(2));
}

#[tokio::test]
async fn gaps_are_filled() {
    let (service, other) = services().await;
    expects(&other, "202 Accepted", r#"["3-4", "8-"]"#);
    expects(&other, "202 Accepted", r#"["8-"]"#);
    other.answer("201 Created", "");
    session(&service, &other).send::<()>(bytes(10)).await.expect("201");
    assert_eq!(ranges(&other.recorded()), ["bytes 0-9/10", "bytes 3-4/10", "bytes 8-9/10"]);
}

#[tokio::test]
async fn a_service_that_never_takes_a_chunk_is_given_up() {
    for (status, ranges, body) in [
        ("202 Accepted", true, r#"{"nextExpectedRanges":["0-"]}"#),
        ("416 Range Not Satisfiable", false, ""),
        ("500 Internal Server Error", false, r#"{"error":{"code":"Broken"}}"#),
    ] {
        let (service, other) = services().await;
        for _ in 0..9 {
            other.answer(status, body);
            if !ranges {
                expects(&other, "200 OK", r#"["0-"]"#);
            }
        }
        let policy = RetryPolicy::default().max_retries(2);
        let client = service.builder().retry(policy).build().expect("a client");
        let error = session_of(&client, &other).send::<()>(bytes(4)).await.expect_err(status);
        let sent = other.recorded();
        assert_eq!(sent.iter().filter(|sent| sent.method == "PUT").count(), 3, "{status}");
        assert_eq!(service.sleeps().len(), 2, "{status}");
        assert_eq!(error.status().map(|code| code.to_string()).as_deref(), Some(status));
    }
}

#[tokio::test]
async fn a_session_that_has_ended_is_reported() {
    let (service, other) = services().await;
    other.answer("404 Not Found", r#"{"error":{"code":"itemNotFound"}}"#);
    let error = session(&service, &other).send::<()>(bytes(4)).await.expect_err("404");
    assert!(error.is_not_found());
    assert_eq!(other.recorded().len(), 1);
}

#[tokio::test]
async fn an_upload_is_resumed_committed_and_cancelled() {
    let (service, other) = services().await;
    let mut session = session(&service, &other);
    expects(&other, "200 OK", r#"["6-"]"#);
    expects(&other, "202 Accepted", "[]");
    let resumed: BoxFuture<'_, _> = Box::pin(session.resume::<()>(bytes(8)));
    resumed.await.expect("all bytes");
    other.answer("201 Created", r#""item""#);
    assert_eq!(session.commit::<String>().await.expect("201"), "item");
    expects(&other, "200 OK", "[]");
    let error = session.resume::<()>(bytes(8)).await.expect_err("nothing is missing");
    assert_eq!(error.kind(), ErrorKind::Decode);
    expects(&other, "200 OK", r#"["6-"]"#);
    let status = session.status().await.expect("a status");
    assert_eq!(status.next_offset(), Some(6));
    assert!(status.expires().is_some());
    other.answer("204 No Content", "");
    session.cancel().await.expect("204");

    let sent = other.recorded();
    assert_eq!(ranges(&sent), ["GET", "bytes 6-7/8", "POST", "GET", "GET", "DELETE"]);
    assert_eq!((sent[1].body.as_str(), sent[2].body.as_str()), ("gh", ""));
    assert!(sent.iter().all(|sent| sent.header("authorization").is_none()));
}

#[tokio::test]
async fn an_end_before_all_bytes_is_not_a_success() {
    let (service, other) = services().await;
    other.answer("201 Created", r#""item""#);
    let error = session(&service, &other).send::<String>(bytes(UNIT + 3)).await.expect_err("early");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("3 bytes are missing"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (service, other) = services().await;
    other.answer_with("307 Temporary Redirect", &["location: /elsewhere"], "");
    let error = session(&service, &other).send::<()>(bytes(3)).await.expect_err("307");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(other.recorded().len(), 1);
}

/// A source that returns too little, or fails.
struct Faulty(bool);

impl UploadSource for Faulty {
    fn size(&self) -> u64 {
        9
    }

    fn read(&mut self, _: u64, _: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
        let short = self.0.then(|| bytes(8)).ok_or_else(|| "the disk is gone".into());
        Box::pin(async move { short })
    }
}

#[tokio::test]
async fn faults_of_the_caller_send_nothing() {
    let (service, other) = services().await;
    let mut session = session(&service, &other);
    for (error, expected) in [
        (session.send::<()>(Bytes::new()).await, "empty"),
        (session.send::<()>(Faulty(true)).await, "8 bytes"),
        (session.send::<()>(&mut Faulty(false)).await, "the disk is gone"),
    ] {
        let error = error.expect_err(expected);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(expected), "{error}");
    }
    for size in [0, 1, UNIT - 1, UNIT + 1, 192 * UNIT, u64::MAX] {
        let session = Upload::new(&service.client(), other.url("/")).expect("a session");
        session.chunk_size(size).expect_err("no chunk");
    }
    let tls = ServiceClient::new("https://example.com", "token").expect("a client");
    for url in ["/up", "http://h/s3cret", "https://u:s3cret@h/", "ftp://h/s3cret", "https://"] {
        let error = Upload::new(&tls, url).expect_err(url);
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    let error = Upload::new(&tls, None::<String>).expect_err("no address");
    assert_eq!(error.to_string(), "the upload URL is not in the answer of the service");
    assert!(other.recorded().is_empty() && service.recorded().is_empty());
}

#[tokio::test]
async fn any_progress_resets_the_retries() {
    let (service, other) = services().await;
    for offset in [2, 4, 6] {
        other.answer("500 Internal Server Error", "");
        expects(&other, "200 OK", &format!(r#"["{offset}-"]"#));
    }
    other.answer("201 Created", "");
    let policy = RetryPolicy::default().max_retries(1);
    let client = service.builder().retry(policy).build().expect("a client");
    session_of(&client, &other).send::<()>(bytes(8)).await.expect("201");
    assert_eq!(other.recorded().len(), 7);
}
