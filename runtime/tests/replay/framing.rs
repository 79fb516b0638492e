//! How a request without a body is written.

use schemacrate_runtime::Request;
use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::http::Method;
use schemacrate_runtime::paths::MediaPath;
use schemacrate_runtime::transport::{Body, Replay};
use serde_json::{Value, json};

use crate::client;

#[tokio::test]
async fn only_what_may_have_a_body_has_a_length_of_zero() {
    let service = Replay::new();
    let resource = client(&service).resource("a");
    for (method, length) in [
        (Method::POST, Some("0")),
        (Method::PUT, Some("0")),
        (Method::PATCH, Some("0")),
        (Method::GET, None),
        (Method::DELETE, None),
        (Method::HEAD, None),
    ] {
        service.answer(204, "");
        let request: Request<()> = resource.request(method.clone());
        let shown = request.to_http().expect("a request");
        request.await.expect("204");
        let sent = service.requests().pop().expect("a request");
        for request in [shown, sent] {
            let header = request.headers().get("content-length");
            assert_eq!(header.and_then(|value| value.to_str().ok()), length, "{method}");
        }
    }
}

#[tokio::test]
async fn a_body_is_measured_by_the_transport() {
    let service = Replay::new();
    let media = MediaPath::of_entity(&client(&service).resource("photo"));
    for _ in 0..3 {
        service.answer(204, "");
    }
    media.upload("image/png", &b"x"[..]).await.expect("204");
    media.upload_stream("image/png", Body::from(Bytes::from_static(b"x"))).await.expect("204");
    media.upload_stream("image/png", Body::default()).await.expect("204");
    let lengths: Vec<_> = service
        .requests()
        .iter()
        .map(|sent| sent.headers().get("content-length").cloned())
        .collect();
    assert_eq!(lengths, [None, None, Some("0".parse().expect("a value"))]);
}

#[tokio::test]
async fn a_part_that_writes_has_a_media_type_and_a_body() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(200, r#"{"responses":[]}"#);
    let resource = client.resource("a");
    let mut batch = client.batch();
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::GET, Method::DELETE] {
        let _ = batch.add::<()>(resource.request(method));
    }
    let _ = batch.add(resource.request::<()>(Method::PUT).body("image/png", Bytes::new()));
    let _ = batch.add(resource.request::<()>(Method::PUT).body("text/plain", Bytes::new()));
    let typed = resource.request::<()>(Method::POST).header("Content-Type", "application/json;x=y");
    let _ = batch.add(typed);
    let _ = batch.add(resource.invoke_with::<()>(&schemacrate_runtime::Update::default()));
    batch.send().await.expect("200");
    let sent: Value = serde_json::from_slice(service.requests()[0].body()).expect("JSON");
    let parts = sent["requests"].as_array().expect("parts");
    let shown: Vec<Value> = parts
        .iter()
        .map(|part| json!([part["method"], part["headers"]["content-type"], part["body"]]))
        .collect();
    assert_eq!(
        shown,
        [
            json!(["POST", "application/json", {}]),
            json!(["PUT", "application/json", {}]),
            json!(["PATCH", "application/json", {}]),
            json!(["GET", null, null]),
            json!(["DELETE", null, null]),
            json!(["PUT", "image/png", ""]),
            json!(["PUT", "text/plain", ""]),
            json!(["POST", "application/json;x=y", {}]),
            json!(["POST", "application/json", {}]),
        ]
    );
    assert!(parts.iter().all(|part| part["headers"].get("content-length").is_none()));
}
