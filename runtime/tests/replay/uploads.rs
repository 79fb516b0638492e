//! Uploads to services whose ranges cannot be right, or that never end.

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, ErrorKind, Upload};

use crate::{client, respond};

const UNIT: usize = 320 * 1024;

fn session(service: &Replay) -> Upload {
    let session = Upload::new(&client(service), "https://files.example/up?sig=x");
    session.expect("a session").chunk_size(UNIT as u64).expect("a size")
}

fn expects(service: &Replay, status: u16, ranges: &str) {
    service.answer(status, format!(r#"{{"nextExpectedRanges":{ranges}}}"#));
}

fn chunks(service: &Replay) -> Vec<String> {
    let shown = |request: &schemacrate_runtime::http::Request<Bytes>| {
        let range = request.headers().get("content-range");
        let range =
            range.and_then(|range| range.to_str().ok()).unwrap_or(request.method().as_str());
        range.trim_start_matches("bytes ").to_owned()
    };
    service.requests().iter().map(shown).collect()
}

/// Sends three chunks.
async fn send(service: &Replay) -> Result<Untyped, Error> {
    session(service).send(Bytes::from(vec![0; 3 * UNIT])).await
}

#[tokio::test]
async fn ranges_that_are_invalid_are_an_error_that_shows_them() {
    for ranges in [
        r#"["50-20"]"#,
        r#"["983041-"]"#,
        r#"["3-4", "99999999-"]"#,
        r#"["-"]"#,
        r#"["x"]"#,
        r#"[7]"#,
        r#""327680-""#,
        "null",
    ] {
        for status in [200, 202] {
            let service = Replay::new();
            expects(&service, status, ranges);
            let error = send(&service).await.expect_err(ranges);
            assert_eq!(error.kind(), ErrorKind::Decode, "{ranges}");
            assert!(error.to_string().contains("it has 0 of 983040 bytes"), "{error}");
            assert_eq!(service.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn what_was_never_sent_is_sent_whatever_the_service_reports() {
    for ranges in [r#"["983040-"]"#, "[]", r#"["983039-"]"#, r#"["655360-983039"]"#] {
        let service = Replay::new();
        expects(&service, 202, ranges);
        expects(&service, 202, ranges);
        service.answer(201, r#"{"id":"item"}"#);
        let item = send(&service).await.expect("an item");
        assert_eq!(item.text(), r#"{"id":"item"}"#);
        let all = ["0-327679/983040", "327680-655359/983040", "655360-983039/983040"];
        assert_eq!(chunks(&service), all, "{ranges}");
    }
}

#[tokio::test]
async fn a_success_before_the_end_is_an_error() {
    for status in [200, 201, 204] {
        let service = Replay::new();
        expects(&service, 202, r#"["327680-"]"#);
        service.answer(status, if status == 204 { "" } else { r#"{"id":"item"}"# });
        let error = send(&service).await.expect_err("too early");
        assert_eq!(error.kind(), ErrorKind::Decode);
        let shown = error.to_string();
        assert!(shown.contains("while 327680 bytes are missing"), "{shown}");
        assert!(shown.contains("it has 655360 of 983040 bytes"), "{shown}");
    }
}

#[tokio::test]
async fn answers_without_ranges_count_as_taken() {
    let service = Replay::new();
    service.answer(202, "");
    service.answer(202, "{}");
    service.answer(201, r#""item""#);
    assert_eq!(send(&service).await.expect("an item").text(), r#""item""#);
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn alternating_ranges_are_not_progress() {
    for swing in [
        &[r#"["327680-"]"#, r#"["0-"]"#][..],
        &[r#"["0-"]"#],
        &[r#"["327680-"]"#, r#"["655360-"]"#, r#"["0-"]"#],
        &[r#"["327680-"]"#, r#"["0-327679", "655360-"]"#],
        &[r#"["0-5", "327680-"]"#],
    ] {
        let service = Replay::new();
        for _ in 0..200 {
            swing.iter().for_each(|ranges| expects(&service, 202, ranges));
        }
        let error = send(&service).await.expect_err("for ever");
        assert!(error.to_string().contains("of 983040 bytes"), "{error}");
        assert!(service.requests().len() < 20, "{:?}", chunks(&service));
    }
}

#[tokio::test]
async fn alternating_failures_are_not_progress_either() {
    let service = Replay::new();
    for _ in 0..200 {
        for ranges in [r#"["327680-"]"#, r#"["0-"]"#] {
            service.answer(500, "");
            expects(&service, 200, ranges);
        }
    }
    send(&service).await.expect_err("for ever");
    assert!(service.requests().len() < 20, "{:?}", chunks(&service));
}

#[tokio::test]
async fn a_service_that_lost_everything_once_gets_it_again() {
    let service = Replay::new();
    for ranges in
        [r#"["327680-"]"#, r#"["655360-"]"#, r#"["0-"]"#, r#"["327680-"]"#, r#"["655360-"]"#]
    {
        expects(&service, 202, ranges);
    }
    service.answer(201, r#""item""#);
    send(&service).await.expect("an item");
    assert_eq!(service.requests().len(), 6);
}

#[tokio::test]
async fn what_an_earlier_upload_left_is_passed_over() {
    let service = Replay::new();
    for _ in 0..2 {
        service.answer(416, "");
        expects(&service, 200, r#"["655360-"]"#);
    }
    service.answer(201, r#""item""#);
    send(&service).await.expect("an item");
    let all = ["0-327679/983040", "GET", "327680-655359/983040", "GET", "655360-983039/983040"];
    assert_eq!(chunks(&service), all);
}

#[tokio::test]
async fn a_session_is_not_an_item() {
    for (status, body) in [
        (202, r#"{"nextExpectedRanges":[]}"#),
        (200, r#"{"NextExpectedRanges":[]}"#),
        (202, ""),
        (202, "{}"),
    ] {
        let service = Replay::new();
        let mut session = session(&service);
        for _ in 0..3 {
            service.answer(status, body);
        }
        let four = || Bytes::from_static(b"four");
        let error = session.send::<Untyped>(four()).await.expect_err("no item so far");
        assert!(error.to_string().contains("`commit` makes the item"), "{error}");
        assert_eq!(session.send::<Option<Untyped>>(four()).await.expect("none"), None);
        session.send::<()>(four()).await.expect("all bytes");
        service.answer(201, r#"{"id":"item"}"#);
        assert_eq!(session.commit::<Untyped>().await.expect("201").text(), r#"{"id":"item"}"#);
    }
}

#[tokio::test]
async fn an_item_without_a_body_is_a_reference() {
    let service = Replay::new();
    respond(&service, 201, &[("location", "/items/7")], "");
    let item: Untyped = session(&service).send(Bytes::from_static(b"x")).await.expect("201");
    assert_eq!(item.text(), r#"{"@odata.id":"https://files.example/items/7"}"#);
}

#[tokio::test]
async fn sessions_are_read_in_either_case() {
    let service = Replay::new();
    let mut session = session(&service);
    let pascal = r#"{"ExpirationDateTime":"2030-01-01T00:00:00Z","NextExpectedRanges":["2"]}"#;
    service.answer(200, pascal);
    service.answer(200, pascal);
    service.answer(201, "");
    let status = session.status().await.expect("a status");
    assert_eq!(status.next_offset(), Some(2));
    assert_eq!(status.expires().expect("a date").to_string(), "2030-01-01T00:00:00Z");
    session.resume::<()>(Bytes::from_static(b"four")).await.expect("201");
    assert_eq!(chunks(&service), ["GET", "GET", "2-3/4"]);
}

#[tokio::test]
async fn a_status_that_makes_no_sense_is_an_error() {
    for ranges in [r#"["50-20"]"#, r#"["5-"]"#] {
        let service = Replay::new();
        expects(&service, 200, ranges);
        let resumed = session(&service).resume::<()>(Bytes::from_static(b"four")).await;
        assert_eq!(resumed.expect_err(ranges).kind(), ErrorKind::Decode);
        assert_eq!(service.requests().len(), 1);

        let service = Replay::new();
        service.answer(500, "");
        expects(&service, 200, ranges);
        let sent = session(&service).send::<()>(Bytes::from_static(b"four")).await;
        assert_eq!(sent.expect_err(ranges).kind(), ErrorKind::Decode);
    }
}
