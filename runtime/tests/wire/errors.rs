//! How answers that are not a success are reported, and missing answers.

use std::error::Error as _;
use std::time::Duration;

use schemacrate_runtime::{Error, ErrorKind, Request, RetryPolicy, ServiceClient};

use crate::model::{UserStatus, update, user_status};
use crate::service::{Reaction, Service, http};

/// A question that an error answers about its status.
type Predicate = fn(&Error) -> bool;

/// Updates an object whose key and token must not show up in errors.
async fn failing_update(service: &Service) -> Error {
    let client = service.builder().credential("s3cret-token").build().expect("a client");
    let request: Request<UserStatus> = user_status(&client, "private-key", "b").update(&update());
    let error = request.await.expect_err("the update fails");
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains("s3cret-token"), "{shown}");
        assert!(!shown.contains("private-key"), "{shown}");
    }
    error
}

#[tokio::test]
async fn an_odata_error_is_typed() {
    let service = Service::start().await;
    service.answer_with(
        "404 Not Found",
        &["content-type: application/json", "request-id: r-1"],
        r#"{"error":{"code":"ResourceNotFound","message":"No such status.","innerError":{"request-id":"r-2","client-request-id":"c-1","date":"2017-01-01T00:00:17"}}}"#,
    );
    let error = failing_update(&service).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.is_not_found() && !error.is_conflict());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some("r-1"));
    let service_error = error.service_error().expect("an OData error");
    assert_eq!(service_error.code(), "ResourceNotFound");
    assert_eq!(service_error.client_request_id(), Some("c-1"));
    assert_eq!(
        error.to_string(),
        "PATCH /deviceManagement/deviceConfigurations/{key}/userStatuses/{key}: 404 Not Found: \
         ResourceNotFound: No such status. (request-id r-1)"
    );
}

#[tokio::test]
async fn each_predicate_knows_its_status() {
    let service = Service::start().await;
    let predicates: [(&str, Predicate); 14] = [
        ("304 Not Modified", Error::is_not_modified),
        ("400 Bad Request", Error::is_bad_request),
        ("401 Unauthorized", Error::is_unauthorized),
        ("403 Forbidden", Error::is_forbidden),
        ("404 Not Found", Error::is_not_found),
        ("409 Conflict", Error::is_conflict),
        ("410 Gone", Error::is_gone),
        ("412 Precondition Failed", Error::is_precondition_failed),
        ("423 Locked", Error::is_locked),
        ("428 Precondition Required", Error::is_precondition_required),
        ("429 Too Many Requests", Error::is_throttled),
        ("501 Not Implemented", Error::is_not_implemented),
        ("503 Service Unavailable", Error::is_unavailable),
        ("500 Internal Server Error", |_| false),
    ];
    let client = service.builder().retry(RetryPolicy::none()).build().expect("a client");
    for (status, _) in predicates {
        service.answer(status, "");
        let read: Request<String> = client.resource("a").get();
        let error = read.await.expect_err(status);
        let own: Vec<_> =
            predicates.iter().filter(|(_, is)| is(&error)).map(|(other, _)| *other).collect();
        let expected: &[&str] = if status.starts_with("500") { &[] } else { &[status] };
        assert_eq!(own, expected);
        assert_eq!(error.is_server_error(), status.starts_with('5'), "{status}");
        assert!(!error.is_credential() && !error.is_timeout() && !error.is_decode());
    }
}

#[tokio::test]
async fn a_body_that_is_not_an_odata_error_is_shown_shortened() {
    let service = Service::start().await;
    let page =
        format!("<html>\n<h1>Bad gateway</h1> Bearer s3cret-token {}</html>", "x".repeat(5000));
    service.answer_with("502 Bad Gateway", &["content-type: text/html"], &page);
    let error = failing_update(&service).await;
    assert!(error.service_error().is_none());
    let shown = error.to_string();
    assert!(shown.contains("502 Bad Gateway"), "{shown}");
    assert!(shown.contains("<html> <h1>Bad gateway</h1> Bearer [token] xxx"), "{shown}");
    assert!(shown.len() < 500 && !shown.contains('\n'), "{shown}");
}

#[tokio::test]
async fn an_error_without_a_body_is_shown_as_such() {
    let service = Service::start().await;
    service.answer_with("500 Internal Server Error", &[], "");
    let shown = failing_update(&service).await.to_string();
    assert!(shown.ends_with("500 Internal Server Error: the answer has no body"), "{shown}");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_decode_error() {
    let service = Service::start().await;
    service.answer_with("200 OK", &["content-type: text/html"], "<html>Sign in</html>");
    let error = failing_update(&service).await;
    assert!(error.is_decode());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_value_that_is_not_json_is_named_and_one_of_another_type_is_kept() {
    let service = Service::start().await;
    service.answer("200 OK", r#"{"lastReportedDateTime":yesterday}"#);
    let error = failing_update(&service).await;
    assert!(error.is_decode());
    assert!(error.to_string().contains("lastReportedDateTime"), "{error}");
    service.answer("200 OK", r#"{"id":"1","lastReportedDateTime":"yesterday"}"#);
    let client = service.builder().credential("token").build().expect("a client");
    let status: UserStatus =
        user_status(&client, "a", "b").update(&update()).await.expect("the object is read");
    let unread: Vec<_> = status.additional.unread().collect();
    assert_eq!(unread[0].path(), "lastReportedDateTime");
}

#[tokio::test]
async fn a_dropped_connection_is_a_transport_error() {
    let service = Service::start().await;
    service.react(Reaction::SendAndClose(String::new()));
    let error = failing_update(&service).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status(), None);
    assert!(error.source().is_some());
    assert_eq!(service.recorded().len(), 1, "an update without an ETag is not sent twice");
}

#[tokio::test]
async fn a_cut_body_is_a_transport_error() {
    let service = Service::start().await;
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":\"x\"}";
    service.react(Reaction::SendAndClose(cut.to_owned()));
    let error = failing_update(&service).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn what_is_not_http_is_a_transport_error() {
    let service = Service::start().await;
    service.react(Reaction::SendAndClose("220 mail.example.com ESMTP\r\n".to_owned()));
    assert_eq!(failing_update(&service).await.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn a_closed_port_is_a_connect_error() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let builder = ServiceClient::builder(format!("http://{address}/beta")).transport(http());
    let client = builder.retry(RetryPolicy::none()).build().expect("a client");
    let read: Request<String> = client.resource("a").key_segment("private-key").get();
    let error = read.await.expect_err("nobody listens");
    assert!(error.is_connect(), "{error}");
    assert!(!format!("{error} {error:?}").contains("private-key"), "{error:?}");
}

#[tokio::test]
async fn silence_is_a_timeout() {
    let service = Service::start().await;
    service.react(Reaction::Silence);
    // The transport of the test does not wait, so that the time is over at once.
    let client = service.builder().timeout(Duration::from_secs(9)).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    let error = read.await.expect_err("no answer");
    assert!(error.is_timeout());
    assert!(error.to_string().contains("9s"), "{error}");
    assert_eq!(service.sleeps(), [Duration::from_secs(9)], "a timeout is not tried again");
}

#[tokio::test]
async fn a_request_may_have_a_timeout_of_its_own() {
    let service = Service::start().await;
    service.react(Reaction::Silence);
    let read: Request<String> =
        service.client().resource("devices").get().timeout(Duration::from_secs(7));
    assert!(read.await.expect_err("no answer").is_timeout());
    assert_eq!(service.sleeps(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_body_that_stalls_is_a_timeout() {
    let service = Service::start().await;
    service.react(Reaction::Send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"x".to_owned()));
    let builder = ServiceClient::builder(service.url("/beta")).transport(http());
    let client = builder.timeout(Duration::from_millis(200)).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    assert!(read.await.expect_err("half an answer").is_timeout());
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_refused() {
    let service = Service::start().await;
    let client = service.builder().max_response_size(10).build().expect("a client");
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\n\"aaaaa\r\n6\r\naaaaa\"\r\n0\r\n\r\n";
    service.answer("200 OK", r#""aaaaaaaaa""#);
    service.react(Reaction::Send(chunked.to_owned()));
    for _ in 0..2 {
        let read: Request<String> = client.resource("a").get();
        assert_eq!(read.await.expect_err("too large").kind(), ErrorKind::TooLarge);
    }
    service.answer("200 OK", r#""aaaaaaaa""#);
    let fitting: Request<String> = client.resource("a").get();
    assert_eq!(fitting.await.expect("ten bytes"), "aaaaaaaa");
}

#[tokio::test]
async fn what_no_request_can_hold_is_reported_before_sending() {
    let service = Service::start().await;
    let read = || service.client().resource("a").get::<String>();
    for request in [
        read().header("x y", "1"),
        read().header("x", "a\r\nhost: evil"),
        read().header("Content-Length", "5"),
        read().header("Host", "evil"),
        read().prefer("a\nb"),
        read().body("text/\nplain", "x"),
    ] {
        assert_eq!(request.to_http().expect_err("refused").kind(), ErrorKind::Request);
        assert_eq!(request.await.expect_err("refused").kind(), ErrorKind::Request);
    }
    assert!(service.recorded().is_empty());
}
