//! Long-running operations: how they end, and that they do.

use std::time::Duration;

use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{LongRunning, Request};

use crate::{client, respond};

async fn start<T: schemacrate_runtime::FromResponse>(service: &Replay) -> LongRunning<T> {
    respond(service, 202, &[("location", "/v1/monitor/1")], "");
    let copy: Request<T> = client(service).resource("copy").create(&"a".to_owned());
    copy.start().await.expect("202")
}

#[tokio::test]
async fn a_monitor_that_moves_for_ever_is_given_up() {
    let service = Replay::new();
    let mut operation = start::<()>(&service).await.max_wait(Duration::from_secs(60));
    for number in 0..1000 {
        let next = format!("/v1/monitor/{}", number % 2);
        respond(&service, 202, &[("location", &next), ("retry-after", "0")], "");
    }
    let error = operation.finish().await.expect_err("for ever");
    assert!(error.is_timeout(), "{error}");
    assert!(service.requests().len() < 700, "{}", service.requests().len());
    assert_eq!(service.sleeps().iter().sum::<Duration>(), Duration::from_secs(60));
}

#[tokio::test]
async fn one_that_is_redirected_for_ever_is_given_up() {
    for status in [307, 303] {
        let service = Replay::new();
        let mut operation = start::<()>(&service).await;
        for number in 0..100 {
            let next = format!("/v1/monitor/{}", number % 2);
            respond(&service, status, &[("location", &next)], "");
        }
        let error = operation.finish().await.expect_err("for ever");
        assert!(error.to_string().contains("more than 10 redirects"), "{error}");
        assert!(service.requests().len() < 20);
    }
}

#[tokio::test]
async fn the_id_of_what_was_made_is_available() {
    let service = Replay::new();
    let mut operation = start::<Untyped>(&service).await;
    service.answer(200, r#"{"status":"running","resourceId":"early"}"#);
    operation.poll().await.expect("running");
    assert_eq!(operation.resource_id(), None);
    let end = r#"{"percentageComplete":100.0,"resourceId":"0123","status":"completed"}"#;
    service.answer(200, end);
    assert_eq!(operation.finish().await.expect("completed").text(), end);
    assert_eq!(operation.resource_id(), Some("0123"));
}
