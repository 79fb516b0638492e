//! Operations that continue at the service after it has answered.

#![allow(unreachable_pub)] // The enums are as in a crate of their own.

use std::time::Duration;

use schemacrate_runtime::codegen::{Answers, Expected, FinalState, Invocation, Operation, Reading};
use schemacrate_runtime::model::{Undocumented, Untyped};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{
    BoxError, Error, ErrorKind, LongRunning, Progress, Request, ServiceClient, bytes::Bytes, http,
};

use crate::guarded;

/// The errors of an operation that declares one for all statuses.
#[derive(Debug)]
pub enum WriteError {
    Default(Untyped),
    Undocumented(Undocumented),
}

impl Answers for WriteError {
    const ANSWERS: &'static [Expected] = &[Expected::default("application/json")];

    fn read(answer: usize, read: &Reading<'_>) -> Result<Self, BoxError> {
        match answer {
            0 => read.value().map(Self::Default),
            _ => Ok(Self::Undocumented(read.undocumented())),
        }
    }
}
schemacrate_runtime::errors!(WriteError);

const PUT: Operation = Operation::new("PUT", "/things/7").with_security(&[&["inHeader"]]);
const POST: Operation = Operation { method: "POST", ..PUT };
const PLAIN: Operation = POST;
const USUAL: Operation = PUT.with_final_state(FinalState::Usual);
const USUAL_POST: Operation = POST.with_final_state(FinalState::Usual);
const BY_LOCATION: Operation = POST.with_final_state(FinalState::Location);
const BY_STATUS: Operation = POST.with_final_state(FinalState::Status);
const BY_RESULT: Operation = POST.with_final_state(FinalState::Result);
const BY_ORIGINAL: Operation = POST.with_final_state(FinalState::OriginalUri);

fn client(service: &Replay) -> ServiceClient {
    guarded::client(service).authorize("inHeader", "h")
}

/// Prepares an answer with headers.
fn answer(service: &Replay, status: u16, headers: &[(&str, &str)], body: &'static str) {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    service.respond(response.body(Bytes::from_static(body.as_bytes())).expect("a response"));
}

async fn start(
    service: &Replay,
    operation: &'static Operation,
) -> Result<LongRunning<Untyped>, Error> {
    let request: Request<Untyped> = Invocation::new(&client(service), operation).request();
    request.start().await
}

/// Methods and addresses of what was sent.
fn sent(service: &Replay) -> Vec<String> {
    let line = |request: &http::Request<Bytes>| {
        let url = request.uri().to_string().replace("https://api.example.com/v1", "");
        format!("{} {url}", request.method())
    };
    service.requests().iter().map(line).collect()
}

#[tokio::test]
async fn an_accepted_request_is_followed_at_its_location() {
    let service = Replay::new();
    let location = [("location", "/v1/operations/1"), ("retry-after", "3")];
    answer(&service, 202, &location, "");
    answer(
        &service,
        202,
        &[("location", "operations/1?again"), ("retry-after", "5")],
        r#"{"status":"x"}"#,
    );
    answer(&service, 200, &[], r#"{"status":"running"}"#);
    let mut write = start(&service, &USUAL_POST).await.expect("202");
    let progress = write.poll().await.expect("202");
    let retry_after = Some(Duration::from_secs(5));
    assert_eq!(progress, Progress::Running { percent: None, retry_after });
    // The result may have a status of its own.
    let result = write.finish().await.expect("200");
    assert_eq!(result.text(), r#"{"status":"running"}"#);
    let expected = ["POST /things/7", "GET /operations/1", "GET /operations/operations/1?again"];
    assert_eq!(sent(&service), expected);
    assert!(service.requests().iter().all(|request| request.headers()["x-key"] == "h"));
    assert_eq!(service.sleeps(), [Duration::from_secs(5)]);
}

#[tokio::test]
async fn the_result_is_where_the_operation_specifies() {
    let status = [
        ("azure-asyncoperation", "https://api.example.com/v1/status/1"),
        ("location", "/v1/results/1"),
    ];
    let done = r#"{"status":"Succeeded","result":{"a":1},"properties":2}"#;
    for (operation, expected, end) in [
        (&USUAL, "\"end\"", Some("GET /things/7")),
        (&USUAL_POST, "\"end\"", Some("GET /results/1")),
        (&BY_LOCATION, "\"end\"", Some("GET /results/1")),
        (&BY_ORIGINAL, "\"end\"", Some("GET /things/7")),
        (&BY_STATUS, done, None),
        (&BY_RESULT, r#"{"a":1}"#, None),
        (&PLAIN, done, None),
    ] {
        let service = Replay::new();
        answer(&service, 201, &status, r#"{"properties":{"provisioningState":"Creating"}}"#);
        answer(&service, 200, &[], r#"{"status":"Validating"}"#);
        answer(&service, 200, &[], done);
        service.answer(200, "\"end\"");
        let result = start(&service, operation).await.expect("201").finish().await;
        assert_eq!(result.expect("a result").text(), expected, "{operation:?}");
        let mut lines = vec![format!("{} /things/7", operation.method)];
        lines.extend(["GET /status/1", "GET /status/1"].map(str::to_owned));
        lines.extend(end.map(str::to_owned));
        assert_eq!(sent(&service), lines, "{operation:?}");
    }
}

#[tokio::test]
async fn a_resource_is_read_until_its_state_is_final() {
    let service = Replay::new();
    service.answer(200, r#"{"properties":{"provisioningState":"Updating"}}"#);
    service.answer(200, r#"{"properties":{"provisioningState":"Updating"}}"#);
    service.answer(200, r#"{"properties":{"provisioningState":"Succeeded"}}"#);
    let mut write = start(&service, &USUAL).await.expect("200");
    let result = write.finish().await.expect("the resource");
    assert!(result.text().contains("Succeeded"));
    assert_eq!(sent(&service), ["PUT /things/7", "GET /things/7", "GET /things/7"]);

    // Without the extension, and with a final state, the answer is the result.
    for (operation, body) in [
        (&PLAIN, r#"{"properties":{"provisioningState":"Updating"}}"#),
        (&USUAL, r#"{"properties":{"provisioningState":"Succeeded"}}"#),
    ] {
        let service = Replay::new();
        service.answer(200, body);
        let mut write = start(&service, operation).await.expect("200");
        assert_eq!(write.monitor_url(), None);
        assert_eq!(write.finish().await.expect("the resource").text(), body);
    }
}

#[tokio::test]
async fn a_failure_has_what_the_service_reports() {
    let service = Replay::new();
    answer(&service, 202, &[("operation-location", "/v1/status/1")], "");
    let failed = r#"{"status":"Failed","error":{"code":"Full","message":"No space."}}"#;
    answer(&service, 200, &[], failed);
    let mut write = start(&service, &USUAL).await.expect("202");
    let error = write.finish().await.expect_err("it failed");
    assert_eq!(error.kind(), ErrorKind::Operation);
    assert_eq!(error.to_string(), "PUT /things/7: 200 OK: the operation failed: Full: No space.");
    match error.typed::<WriteError>() {
        Some(WriteError::Default(body)) => assert_eq!(body.text(), failed),
        Some(WriteError::Undocumented(answer)) => panic!("{answer:?}"),
        None => panic!("it is an answer"),
    }

    for (operation, first, last) in [
        (&USUAL, r#"{"provisioningState":"Accepted"}"#, r#"{"provisioningState":"Canceled"}"#),
        (&BY_LOCATION, "", r#"{"status":"Cancelled"}"#),
    ] {
        let service = Replay::new();
        let status = [("operation-location", "/v1/status/1")];
        answer(&service, 200, if first.is_empty() { &status } else { &[] }, first);
        service.answer(200, last);
        let error = start(&service, operation).await.expect("200").finish().await;
        let error = error.expect_err("it was cancelled");
        assert!(error.to_string().contains("the operation was cancelled"), "{error}");
    }
}

#[tokio::test]
async fn an_operation_is_cancelled_and_followed_later() {
    let service = Replay::new();
    answer(&service, 202, &[("operation-location", "/v1/status/1")], "");
    service.answer(202, "");
    service.answer(200, r#"{"status":"Succeeded"}"#);
    let write = start(&service, &USUAL).await.expect("202");
    let url = write.monitor_url().expect("it runs").to_owned();
    write.cancel().await.expect("202");
    let mut later = LongRunning::<()>::follow(&client(&service), &url).expect("a URL");
    later.finish().await.expect("it is done");
    assert_eq!(sent(&service), ["PUT /things/7", "DELETE /status/1", "GET /status/1"]);
}

#[tokio::test]
async fn no_key_goes_to_another_origin() {
    let service = Replay::new();
    let away = [
        ("operation-location", "https://elsewhere.example/status/1"),
        ("location", "/v1/results/1"),
    ];
    answer(&service, 202, &away, "");
    service.answer(200, r#"{"status":"Succeeded"}"#);
    service.answer(200, "\"end\"");
    let mut write = start(&service, &BY_LOCATION).await.expect("202");
    write.finish().await.expect("a result");
    let requests = service.requests();
    assert_eq!(requests[1].uri(), "https://elsewhere.example/status/1");
    assert!(!requests[1].headers().contains_key("x-key"));
    // The address of the result came from the service itself.
    assert_eq!(requests[2].headers()["x-key"], "h");

    let service = Replay::new();
    answer(&service, 202, &[("operation-location", "https://elsewhere.example/status/1")], "");
    answer(
        &service,
        200,
        &[("location", "https://api.example.com/v1/results/1")],
        r#"{"status":"Succeeded"}"#,
    );
    service.answer(200, "\"end\"");
    let mut write = start(&service, &BY_LOCATION).await.expect("202");
    write.finish().await.expect("a result");
    assert!(!service.requests()[2].headers().contains_key("x-key"));
}
