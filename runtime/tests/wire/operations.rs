//! Long-running operations over the wire: monitors of each kind, and where the token goes.

use std::time::Duration;

use schemacrate_runtime::{ErrorKind, LongRunning, Progress, Request, RetryPolicy};

use crate::service::Service;

fn accept(service: &Service, headers: &[&str]) {
    service.answer_with("202 Accepted", headers, "");
}

fn located(url: &str) -> String {
    format!("location: {url}")
}

async fn start(service: &Service) -> LongRunning<String> {
    let request: Request<String> = service.client().resource("reports").create(&"x".to_owned());
    request.respond_async().start().await.expect("202")
}

#[tokio::test]
async fn a_monitor_of_odata_is_asked_as_often_as_it_requests() {
    let service = Service::start().await;
    accept(&service, &["location: monitor/1", "retry-after: 5"]);
    accept(&service, &["location: 2", "retry-after: 7"]);
    accept(&service, &[]);
    service.answer_with("200 OK", &["asyncresult: 201"], r#""report""#);
    let mut report = start(&service).await;
    assert_eq!(report.monitor_url(), Some(service.url("/beta/monitor/1").as_str()));
    assert_eq!(report.finish().await.expect("201"), "report");
    assert_eq!(report.monitor_url(), None);
    assert_eq!(service.sleeps(), [5, 7, 1].map(Duration::from_secs));
    let sent = service.recorded();
    assert_eq!(sent[0].header("prefer"), Some("respond-async"));
    let targets: Vec<_> = sent[1..].iter().map(|sent| sent.target.as_str()).collect();
    assert_eq!(targets, ["/beta/monitor/1", "/beta/monitor/2", "/beta/monitor/2"]);
    for sent in &sent {
        assert_eq!(sent.header("authorization"), Some("Bearer token"));
    }
    let error = report.poll().await.expect_err("it is over");
    assert_eq!(error.kind(), ErrorKind::Request);
}

#[tokio::test]
async fn an_answer_within_the_answer_is_the_result() {
    let service = Service::start().await;
    let http = ["content-type: application/http"];
    for (inner, expected) in [
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\"report\"", Ok("report")),
        (
            "HTTP/1.1 404 Not Found\r\nrequest-id: r-1\r\n\r\n{\"error\":{\"code\":\"Gone\"}}",
            Err(404),
        ),
        ("nonsense", Err(200)),
    ] {
        accept(&service, &["location: /beta/monitor"]);
        service.answer_with("200 OK", &http, inner);
        match (start(&service).await.finish().await, expected) {
            (Ok(result), Ok(expected)) => assert_eq!(result, expected),
            (Err(error), Err(status)) => {
                assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
                assert!(error.to_string().starts_with("POST /reports: "), "{error}");
                if status == 404 {
                    assert_eq!(error.request_id(), Some("r-1"));
                }
            }
            (other, _) => panic!("{inner}: {other:?}"),
        }
    }
    accept(&service, &["location: /beta/monitor"]);
    service.answer_with(
        "200 OK",
        &["asyncresult: 409"],
        r#"{"error":{"code":"Taken Bearer token"}}"#,
    );
    let error = start(&service).await.finish().await.expect_err("409");
    assert!(error.is_conflict());
    assert_eq!(error.service_error().map(|error| error.code()), Some("Taken Bearer [token]"));
}

#[tokio::test]
async fn what_is_done_at_once_is_at_hand() {
    let service = Service::start().await;
    service.answer("200 OK", r#""failed""#);
    let mut report = start(&service).await;
    assert_eq!(report.poll().await.expect("200"), Progress::Done("failed".to_owned()));
    assert_eq!(service.recorded().len(), 1);
}

#[tokio::test]
async fn progress_is_shown_and_a_redirect_is_followed_to_the_result() {
    for redirect in ["302 Found", "303 See Other"] {
        let service = Service::start().await;
        accept(&service, &["location: /beta/monitor"]);
        service.answer("202 Accepted", r#"{"status":"inProgress","percentageComplete":27.8}"#);
        service.answer_with("307 Temporary Redirect", &["location: /beta/moved"], "");
        service.answer_with(
            "200 OK",
            &["retry-after: 4", "content-type: application/json"],
            r#"{"status":"running"}"#,
        );
        service.answer_with(redirect, &["location: /beta/items/1"], "");
        // The result has its own status, which is not that of the operation.
        service.answer("200 OK", r#""failed""#);
        let mut report = start(&service).await;
        let first = report.poll().await.expect("running");
        assert_eq!(first, Progress::Running { percent: Some(27.8), retry_after: None });
        let second = report.poll().await.expect("running");
        let retry_after = Some(Duration::from_secs(4));
        assert_eq!(second, Progress::Running { percent: None, retry_after });
        assert_eq!(report.poll().await.expect("done"), Progress::Done("failed".to_owned()));
        let sent = service.recorded();
        let targets: Vec<_> = sent[1..].iter().map(|sent| sent.target.as_str()).collect();
        assert_eq!(
            targets,
            ["/beta/monitor", "/beta/monitor", "/beta/moved", "/beta/moved", "/beta/items/1"]
        );
        assert!(sent.iter().all(|sent| sent.header("authorization") == Some("Bearer token")));
    }
}

#[tokio::test]
async fn no_token_goes_to_a_monitor_elsewhere_nor_back_from_there() {
    let (service, other) = (Service::start().await, Service::start().await);
    accept(&service, &[&located(&other.url("/monitor?sig=s3cret"))]);
    other.answer("202 Accepted", r#"{"status":"waiting"}"#);
    other.answer_with("303 See Other", &[&located(&service.url("/beta/items/1"))], "");
    service.answer("200 OK", r#""item""#);
    let mut report = start(&service).await;
    assert!(!format!("{report:?}").contains("s3cret"));
    assert_eq!(report.finish().await.expect("200"), "item");

    // The same by the JSON of the monitor, and by a redirect of one that is asked with the token.
    accept(&service, &[&located(&other.url("/monitor"))]);
    let result = service.url("/beta/items/2");
    other.answer("200 OK", &format!(r#"{{"status":"completed","resourceLocation":"{result}"}}"#));
    service.answer("200 OK", r#""item""#);
    start(&service).await.finish().await.expect("200");
    accept(&service, &["location: /beta/monitor"]);
    service.answer_with("308 Permanent Redirect", &[&located(&other.url("/monitor"))], "");
    accept(&other, &[&located(&service.url("/beta/back"))]);
    service.answer_with("303 See Other", &[&located(&other.url("/items/3"))], "");
    other.answer("200 OK", r#""item""#);
    start(&service).await.finish().await.expect("200");

    assert_eq!(other.recorded().len(), 5);
    for sent in other.recorded() {
        assert_eq!(sent.header("authorization"), None, "{sent:?}");
    }
    for sent in service.recorded() {
        let known = ["/beta/reports", "/beta/monitor"].contains(&sent.target.as_str());
        assert_eq!(sent.header("authorization").is_some(), known, "{sent:?}");
    }
}

#[tokio::test]
async fn a_path_that_starts_at_the_service_root_is_found() {
    let service = Service::start().await;
    accept(&service, &["location: /teams('1')/operations('2')"]);
    service.answer("404 Not Found", "");
    service.answer("200 OK", r#"{"status":"inProgress"}"#);
    service.answer("200 OK", r#"{"status":"succeeded","targetResourceLocation":"/teams('1')"}"#);
    service.answer("200 OK", r#""team""#);
    assert_eq!(start(&service).await.finish().await.expect("200"), "team");
    let targets: Vec<_> = service.recorded().into_iter().map(|sent| sent.target).collect();
    assert_eq!(
        targets,
        [
            "/beta/reports",
            "/teams('1')/operations('2')",
            "/beta/teams('1')/operations('2')",
            "/beta/teams('1')/operations('2')",
            "/beta/teams('1')",
        ]
    );
}

#[tokio::test]
async fn an_operation_that_fails_is_reported_and_so_is_one_that_is_gone() {
    let service = Service::start().await;
    for (body, expected) in [
        (
            r#"{"status":"failed","error":{"code":"Full","message":"No space."}}"#,
            "POST /reports: 200 OK: the operation failed: Full: No space.",
        ),
        (r#"{"status":"cancelled"}"#, "POST /reports: 200 OK: the operation was cancelled"),
    ] {
        accept(&service, &["location: /beta/monitor"]);
        service.answer("200 OK", body);
        let error = start(&service).await.finish().await.expect_err("it failed");
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Operation, expected));
    }
    accept(&service, &["location: /beta/monitor"]);
    service.answer("404 Not Found", "");
    let mut report = start(&service).await;
    assert!(report.poll().await.expect_err("404").is_not_found());
    // An error of a poll is not one of the operation, which can be polled again.
    service.answer("200 OK", r#""report""#);
    assert_eq!(report.poll().await.expect("200"), Progress::Done("report".to_owned()));
}

#[tokio::test]
async fn waiting_ends() {
    let service = Service::start().await;
    accept(&service, &["location: /beta/monitor"]);
    for _ in 0..99 {
        accept(&service, &["retry-after: 0"]);
    }
    let mut report = start(&service).await.max_wait(Duration::from_secs(1));
    let error = report.finish().await.expect_err("it runs on");
    assert!(error.is_timeout());
    assert_eq!(service.sleeps(), [Duration::from_millis(100); 10]);
    assert!(matches!(report.poll().await.expect("202"), Progress::Running { .. }));

    let service = Service::start().await;
    accept(&service, &["location: /beta/monitor", "retry-after: 86400"]);
    start(&service).await.finish().await.expect_err("a day is too long");
    assert_eq!(service.recorded().len(), 1);
}

#[tokio::test]
async fn a_monitor_is_followed_later_or_cancelled() {
    let service = Service::start().await;
    let client = service.client();
    service.answer("200 OK", r#"{"status":"completed","resourceId":"1"}"#);
    let mut copy = LongRunning::<()>::follow(&client, "monitor/1").expect("a URL");
    copy.finish().await.expect("completed");
    copy.cancel().await.expect_err("it is over");
    let report = LongRunning::<()>::follow(&client, &service.url("/beta/m")).expect("a URL");
    service.answer("204 No Content", "");
    report.cancel().await.expect("204");
    let sent = service.recorded();
    assert_eq!((sent[0].method.as_str(), sent[0].target.as_str()), ("GET", "/beta/monitor/1"));
    assert_eq!((sent[1].method.as_str(), sent[1].target.as_str()), ("DELETE", "/beta/m"));
    for url in ["ftp://h/", "https://u:p@h/", "https://"] {
        LongRunning::<()>::follow(&client, url).expect_err(url);
    }
}

#[tokio::test]
async fn what_cannot_be_followed_is_refused() {
    let service = Service::start().await;
    accept(&service, &[]);
    accept(&service, &["location: ftp://h/"]);
    for _ in 0..2 {
        let request: Request<String> = service.client().resource("reports").get();
        let error = request.start().await.expect_err("no monitor");
        assert!(error.is_decode());
    }
    accept(&service, &["location: /beta/monitor"]);
    for _ in 0..11 {
        service.answer_with("307 Temporary Redirect", &["location: /beta/monitor"], "");
    }
    let error = start(&service).await.poll().await.expect_err("a circle");
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn all_that_waits_can_move_between_threads() {
    fn movable<T: Send>(future: T) -> T {
        future
    }
    let service = Service::start().await;
    accept(&service, &["location: /beta/monitor"]);
    service.answer("200 OK", r#""report""#);
    let client = service.builder().retry(RetryPolicy::none()).build().expect("a client");
    let request: Request<String> = client.resource("reports").get();
    let mut report = movable(request.start()).await.expect("202");
    assert_eq!(movable(report.finish()).await.expect("200"), "report");

    service.answer("200 OK", r#"{"responses":[{"id":"1","status":204}]}"#);
    let mut batch = client.batch();
    let handle = batch.add(client.resource("a").delete());
    movable(batch.send()).await.expect("200").take(handle).expect("204");
}
