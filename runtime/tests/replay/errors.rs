//! What an error shows of the answer, and what it hides.

use std::error::Error as _;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::transport::{Replay, TransportError, TransportFailure};
use schemacrate_runtime::{Error, ErrorKind, Handle, Page, Request, RetryPolicy, ServiceClient};

use crate::{client, respond, sent};

fn read(client: &ServiceClient) -> Request<String> {
    client.resource("a").get()
}

#[tokio::test]
async fn the_headers_of_a_failed_answer_can_be_read() {
    let service = Replay::new();
    let client = client(&service);
    let headers = [
        ("location", "https://example.com/v1/a/delta?token=fresh"),
        ("www-authenticate", "Bearer realm=\"x\""),
        ("set-cookie", "session=private"),
        ("x-deprecated", "soon"),
    ];
    respond(&service, 410, &headers, r#"{"error":{"code":"resyncRequired","message":"m"}}"#);
    let error = read(&client).await.expect_err("410");
    assert!(error.is_gone());
    for (name, value) in headers {
        assert_eq!(error.headers()[name], value);
    }
    assert_eq!(error.location(), Some("https://example.com/v1/a/delta?token=fresh"));
    let shown = format!("{error:?}");
    assert!(shown.contains("token=fresh"), "{shown}");
    for hidden in ["private", "realm", "soon"] {
        assert!(!shown.contains(hidden) && !error.to_string().contains(hidden), "{shown}");
    }
}

#[tokio::test]
async fn every_error_of_an_answer_has_its_headers() {
    let service = Replay::new();
    let small = ServiceClient::builder("https://example.com/v1").max_response_size(8);
    let client = small.transport(service.clone()).build().expect("a client");
    for (status, body, kind) in [
        (200, "7", ErrorKind::Decode),
        (200, "123456789", ErrorKind::TooLarge),
        (404, "", ErrorKind::Service),
        (302, "", ErrorKind::Redirect),
    ] {
        let target = if status == 302 { "ftp://example.com/x" } else { "x?sig=private" };
        respond(&service, status, &[("location", target), ("request-id", "r-1")], body);
        let error = read(&client).await.expect_err("an error");
        assert_eq!(error.kind(), kind);
        assert_eq!(error.headers()["location"], target);
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(format!("{error:?}").contains("private"), status == 404, "{error:?}");
    }
    let error = read(&client).await.expect_err("no answer");
    assert!(error.headers().is_empty() && error.location().is_none());
}

#[tokio::test]
async fn a_location_is_absolute_and_its_bytes_beyond_ascii_are_encoded() {
    let service = Replay::new();
    let client = client(&service);
    respond(&service, 404, &[("location", "Gr\u{fc}n?x=\u{fc}")], "");
    let error = read(&client).await.expect_err("404");
    assert_eq!(error.location(), Some("https://example.com/v1/Gr%C3%BCn?x=%C3%BC"));

    respond(&service, 302, &[("location", "/v1/Gr\u{fc}n")], "");
    service.answer(200, r#""text""#);
    assert_eq!(read(&client).await.expect("200"), "text");
    respond(&service, 202, &[("location", "/v1/\u{fc}berwacht")], "");
    service.answer(200, r#""text""#);
    assert_eq!(read(&client).start().await.expect("202").finish().await.expect("200"), "text");
    respond(&service, 201, &[("location", "B\u{fc}cher(1)")], "");
    let made = client.resource("a").create::<()>(&1_i32).send_full().await.expect("201");
    assert_eq!(made.entity_id(), Some("https://example.com/v1/B%C3%BCcher(1)"));
    assert_eq!(
        sent(&service)[2..],
        [
            "GET https://example.com/v1/Gr%C3%BCn +",
            "GET https://example.com/v1/a +",
            "GET https://example.com/v1/%C3%BCberwacht +",
            "POST https://example.com/v1/a +",
        ]
    );
}

#[tokio::test]
async fn the_error_of_a_redirected_part_of_a_batch_names_the_target() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(
        200,
        r#"{"responses":[{"id":"1","status":302,"headers":{"Location":"b/Gr\u00fcn"}},
        {"Id":"2","Status":301,"Headers":{"location":"https://files.example/?sig=private"}}]}"#,
    );
    let mut batch = client.batch();
    let [first, second]: [Handle<String>; 2] = [0, 1].map(|_| batch.add(read(&client)));
    let mut answers = batch.send().await.expect("200");
    for (handle, location) in [
        (first, "https://example.com/v1/b/Gr%C3%BCn"),
        (second, "https://files.example/?sig=private"),
    ] {
        let error = answers.take(handle).expect_err("a redirect");
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(error.location(), Some(location));
        assert!(!format!("{error} {error:?}").contains("private"), "{error:?}");
    }
}

#[tokio::test]
async fn no_error_holds_the_token() {
    let service = Replay::new();
    let client = client(&service);
    let echo = [("location", "/x?token=s3cret-token"), ("request-id", "s3cret-token")];
    for (status, body) in [
        (200, r#"{"name":"s3cret-token"}"#),
        (200, "s3cret-token"),
        (
            400,
            r#"{"error":{"code":"s3cret-token","message":"Bearer s3cret\u002dtoken",
            "target":"s3cret-token","details":[{"code":"s3cret-token"}],
            "innererror":{"request-id":"s3cret-token","date":"s3cret-token"}}}"#,
        ),
        (400, "xs3cret-tokenx"),
        (302, ""),
    ] {
        respond(&service, status, &echo, body);
        if status == 302 {
            service.fail(TransportError::new(TransportFailure::Timeout, "no luck"));
        }
        let read: Request<i32> = client.resource("a").get();
        let error = read.await.expect_err("an error");
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        let service_error = format!("{:?}", error.service_error());
        let shown = format!("{error} {error:?} {source} {service_error} {:?}", error.headers());
        assert!(!shown.contains("s3cret-token"), "{shown}");
    }
}

#[tokio::test]
async fn a_short_token_does_not_tear_words_to_pieces() {
    let service = Replay::new();
    let client = ServiceClient::builder("https://example.com/v1").credential("t");
    let client = client.transport(service.clone()).build().expect("a client");
    service.answer(400, r#"{"error":{"code":"c","message":"The token t is not right."}}"#);
    let error = read(&client).await.expect_err("400");
    assert!(error.to_string().ends_with("c: The token [token] is not right."), "{error}");
}

#[tokio::test]
async fn an_error_is_one_line_and_not_as_long_as_the_answer() {
    let service = Replay::new();
    let client = client(&service);
    let long = "PERSONAL ".repeat(100_000);
    for (status, body) in [
        (200, format!("\"{long}\"")),
        (200, format!("{{\"{long}\":1}}")),
        (400, format!(r#"{{"error":{{"code":"{long}","message":"{long}","target":"{long}"}}}}"#)),
        (
            400,
            format!(
                r#"{{"error":{{"code":"c","details":[{}{{}}],
                "innererror":{{"a":"{long}"}}}}}}"#,
                format!(r#"{{"code":"{long}","message":"{long}","target":"{long}"}},"#).repeat(20),
            ),
        ),
        (
            400,
            r#"{"error":{"code":"c","innererror":{"request-id":"r\n2026 forged\u001b[31m"}}}"#
                .to_owned(),
        ),
    ] {
        service.answer(status, body);
        let read: Request<i32> = client.resource("a").get();
        let error = read.await.expect_err("an error");
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        assert!(source.len() < 10_000, "{} characters in the source", source.len());
        let debug = format!("{error:?}");
        assert!(debug.len() < 40_000, "{} characters", debug.len());
        assert!(!debug.chars().any(char::is_control), "{debug}");
        let shown = error.to_string();
        assert!(shown.len() < 10_000, "{} characters", shown.len());
        assert!(!shown.chars().any(char::is_control), "{shown}");
    }
}

#[tokio::test]
async fn a_bad_gateway_is_tried_again_where_that_is_safe() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(502, "");
    service.answer(200, r#""text""#);
    assert_eq!(read(&client).await.expect("the second try"), "text");
    respond(&service, 502, &[("retry-after", "1")], "");
    let created: Result<String, _> = client.resource("a").create(&1_i32).await;
    assert!(created.expect_err("it may have acted").is_unavailable());
    assert_eq!(service.requests().len(), 3);

    let once = ServiceClient::builder("https://example.com/v1").retry(RetryPolicy::none());
    let once = once.transport(service.clone()).build().expect("a client");
    service.answer(502, "");
    let error = read(&once).await.expect_err("502");
    assert!(error.is_unavailable() && error.is_server_error());
}

#[tokio::test]
async fn names_that_services_write_in_either_case_are_read() {
    let service = Replay::new();
    let client = client(&service);
    service
        .answer(400, r#"{"Error":{"Code":"Bad","Message":"m","InnerError":{"Request-Id":"r-1"}}}"#);
    let error = read(&client).await.expect_err("400");
    assert_eq!(error.service_error().map(|error| error.code()), Some("Bad"));
    assert_eq!(error.request_id(), Some("r-1"));

    service.answer(
        200,
        r#"{"Responses":[{"Id":"1","Status":200,"Headers":{"Content-Type":"text/plain"},"Body":"a"}]}"#,
    );
    let mut batch = client.batch();
    let handle = batch.add(client.resource("a").get::<schemacrate_runtime::bytes::Bytes>());
    assert_eq!(batch.send().await.expect("200").take(handle).expect("a part"), "a");

    respond(&service, 202, &[("location", "/v1/monitor")], "");
    service.answer(200, r#"{"Status":"Succeeded","ResourceLocation":"/v1/b","ResourceId":"7"}"#);
    service.answer(200, r#""text""#);
    let mut operation = read(&client).start().await.expect("202");
    assert_eq!(operation.resource_id(), None);
    assert_eq!(operation.finish().await.expect("200"), "text");
    assert_eq!(operation.resource_id(), Some("7"));
}

/// A token that JSON and URLs may escape, and that is longer than a quotation.
const LONG: &str = "eyJ0eXAiOiJKV1Qi/LCJhbGciOiJSUzI1NiJ9+eyJhdWQiOiJodHRwczovL2/dyYXBoIn0==";

fn assert_hidden(error: &Error) {
    let shown = format!("{error} {error:?} {:?} {:?}", error.headers(), error.location());
    assert!(!shown.contains("OiJKV1Qi"), "{shown}");
    assert!(shown.contains("[token]"), "{shown}");
}

#[tokio::test]
async fn no_error_holds_the_token_as_json_or_urls_write_it_or_a_part_of_it() {
    let service = Replay::new();
    let builder = ServiceClient::builder("https://example.com/v1").credential(LONG);
    let client = builder.transport(service.clone()).build().expect("a client");
    let escaped = LONG.replace('/', r"\/");
    let in_url = LONG.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    for (status, location, body) in [
        (400, "/x", format!(r#"{{"text":"{escaped}"}}"#)),
        (400, "/x", format!(r#"{{"error":{{"code":"c","innererror":{{"a":"{escaped}"}}}}}}"#)),
        (400, &*format!("/x?token={in_url}"), String::new()),
        (200, "/x", format!("[\"{LONG}\"]")),
        (200, "/x", format!(r#"{{"{LONG}":1}}"#)),
    ] {
        respond(&service, status, &[("location", location)], &body);
        let read: Request<Page<f32>> = client.resource("a").list();
        let error = match body.starts_with('[') {
            true => client.resource("a").get::<Vec<f32>>().await.expect_err("an error"),
            false => read.await.expect_err("an error"),
        };
        assert_hidden(&error);
    }
    let part =
        format!(r#"{{"id":"1","status":200,"headers":{{"content-type":"x/y"}},"body":"{LONG}*"}}"#);
    service.answer(200, format!(r#"{{"responses":[{part}]}}"#));
    let mut batch = client.batch();
    let handle = batch.add(client.resource("a").get::<Bytes>());
    assert_hidden(&batch.send().await.expect("a batch").take(handle).expect_err("no base64"));
}

#[tokio::test]
async fn no_error_holds_the_token_of_the_caller_or_of_a_try_before() {
    let service = Replay::new();
    let builder = ServiceClient::builder("https://example.com/v1").credential(LONG);
    let client = builder.transport(service.clone()).build().expect("a client");
    let body = format!(r#"{{"error":{{"code":"c","message":"{LONG}"}}}}"#);
    let read: Request<i32> = client.resource("a").get();
    service.answer(400, body.clone());
    let other = ServiceClient::builder("https://example.com/v1").transport(service.clone());
    let other = other.build().expect("a client");
    let own = other.resource("a").get::<i32>().header("authorization", format!("Bearer {LONG}"));
    assert_hidden(&own.await.expect_err("400"));
    let away = format!("https://elsewhere.example/x?token={LONG}");
    respond(&service, 302, &[("location", &away)], "");
    service.answer(400, body);
    assert_hidden(&read.await.expect_err("400"));
}

#[tokio::test]
async fn a_failure_of_a_transport_is_one_line_and_bounded() {
    let service = Replay::new();
    let client = client(&service);
    service
        .fail(TransportError::new(TransportFailure::Timeout, format!("a\n{}", "x".repeat(20_000))));
    let shown = read(&client).await.expect_err("no answer").to_string();
    assert!(shown.len() < 10_000 && !shown.contains('\n'), "{shown}");
}
