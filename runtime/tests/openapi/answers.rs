//! How answers are read, by status and media type.

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::model::{Formatted, Untyped};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::types::Date;
use schemacrate_runtime::{Error, ErrorKind, http};

use crate::issues::{Client, CreateAnswer, CreateError, Issue, NewIssue};

/// Prepares an answer; no media type if it is empty.
fn respond(service: &Replay, status: u16, media_type: &str, body: impl Into<Bytes>) {
    let mut response = http::Response::builder().status(status);
    if !media_type.is_empty() {
        response = response.header("content-type", media_type);
    }
    service.respond(response.body(body.into()).expect("a response"));
}

async fn create(status: u16, media_type: &str, body: &'static [u8]) -> Result<CreateAnswer, Error> {
    let service = Replay::new();
    respond(&service, status, media_type, body);
    Client::of(&service).issues().create("octo", NewIssue::new("a")).await
}

async fn read(media_type: &str, body: &'static [u8]) -> Result<Issue, Error> {
    let service = Replay::new();
    respond(&service, 200, media_type, body);
    Client::of(&service).issues().get("octo", 7).await
}

async fn readme(media_type: &str, body: &'static [u8]) -> Result<String, Error> {
    let service = Replay::new();
    respond(&service, 200, media_type, body);
    Client::of(&service).issues().readme("octo").await
}

const ISSUE: &[u8] = br#"{"number":7,"title":"a"}"#;

#[tokio::test]
async fn an_answer_is_the_variant_of_its_status_and_media_type() {
    for (status, media_type, body, expected) in [
        (201, "application/json", ISSUE, "Created"),
        (201, "application/vnd.issue+json; charset=utf-8", ISSUE, "Created"),
        (201, "", ISSUE, "Created"),
        (201, "application/octet-stream", ISSUE, "Created"),
        (201, "text/plain", ISSUE, "Created"),
        (201, "image/png", b"\x89PNG", "Undocumented"),
        (201, "application/json", b"", "Undocumented"),
        (202, "application/json", b"[1]", "Accepted("),
        (202, "text/plain", b"soon", "AcceptedText"),
        (202, "TEXT/HTML;charset=ascii", b"<p>", "AcceptedText"),
        (202, "", b"soon", "AcceptedText"),
        (204, "", b"", "NoContent"),
        (204, "application/json", b"", "NoContent"),
        (204, "application/json", b"{}", "NoContent"),
        (200, "application/json", ISSUE, "Undocumented"),
    ] {
        let answer = create(status, media_type, body).await.expect("a success");
        let shown = format!("{answer:?}");
        assert!(shown.starts_with(expected), "{status} {media_type}: {shown}");
    }
    let error = create(201, "application/json", br#"{"number":"7","title":"a"}"#).await;
    let error = error.expect_err("a string is not a number");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.answer().expect("an answer").text(), r#"{"number":"7","title":"a"}"#);
    assert!(!format!("{error:?}").contains(r#""7""#), "{error:?}");
    assert_eq!(error.typed::<CreateError>(), None);
}

#[tokio::test]
async fn json_is_read_where_it_plausibly_is_json() {
    for media_type in ["application/json", "text/json", "a/b+json", "", "text/html", "x"] {
        assert_eq!(read(media_type, ISSUE).await.expect(media_type).number, 7);
    }
    let latin = b"{\"number\":7,\"title\":\"\xe4\"}";
    let issue = read("application/json; charset=ISO-8859-1", latin).await.expect("Latin 1");
    assert_eq!(issue.title, "ä");
    let issue = read("application/json", b"\xef\xbb\xbf{\"number\":7,\"title\":\"\"}").await;
    assert_eq!(issue.expect("a byte order mark").number, 7);
    for (media_type, body, why) in [
        ("text/html", &b"<html>"[..], "it is `text/html`, and not JSON"),
        (
            "application/json; charset=utf-16",
            ISSUE,
            "`utf-16`, which is not an encoding that is read",
        ),
        ("application/json", b"\xff", "its text is not UTF-8"),
        ("application/json", b"null", "it is null"),
        ("application/json", b"", "it has no body"),
    ] {
        let error = read(media_type, body).await.expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[tokio::test]
async fn text_is_read_as_it_is() {
    for (media_type, body, expected) in [
        ("text/plain", &b"a \"b\""[..], "a \"b\""),
        ("text/plain", b"\"a\"", "\"a\""),
        ("text/plain; charset=\"latin1\"", b"\xe4", "ä"),
        ("", b"\"a\" or b", "\"a\" or b"),
        ("application/json", b"\"a\"", "a"),
        ("application/json", b"a", "a"),
        ("text/plain", b"", ""),
    ] {
        assert_eq!(readme(media_type, body).await.expect(media_type), expected, "{media_type}");
    }
}

#[tokio::test]
async fn a_success_without_a_body_must_not_be_repeated() {
    let service = Replay::new();
    service.answer(200, "");
    let client = Client::of(&service);
    let set = client.issues().set_readme("octo", "a").expect::<Issue>();
    let error = set.await.expect_err("no body");
    assert!(error.to_string().contains("must not be repeated"), "{error}");
}

async fn failed(status: u16, media_type: &str, body: impl Into<Bytes>) -> Error {
    let service = Replay::new();
    respond(&service, status, media_type, body);
    let create = Client::of(&service).issues().create("octo", NewIssue::new("a"));
    create.request().retry(schemacrate_runtime::RetryPolicy::none()).await.expect_err("a failure")
}

#[tokio::test]
async fn an_error_is_the_variant_of_its_status() {
    let problem = r#"{"title":"Gone","detail":"It was deleted."}"#;
    for (status, media_type, body, expected) in [
        (404, "application/problem+json", problem, "NotFound"),
        (404, "application/json", problem, "NotFound"),
        (404, "text/plain", "nothing", "Undocumented"),
        (404, "application/problem+json", "{}", "Undocumented"),
        (404, "application/problem+json", "", "Undocumented"),
        (409, "text/plain", "changed", "ClientError"),
        (500, "application/json", problem, "Default"),
        (500, "application/json", "[]", "Undocumented"),
        (502, "text/html", "<html>", "Undocumented"),
    ] {
        let error = failed(status, media_type, body).await;
        let typed = error.typed::<CreateError>().expect("an answer");
        assert!(format!("{typed:?}").starts_with(expected), "{status} {media_type}: {typed:?}");
        if let CreateError::Undocumented(answer) = typed {
            assert_eq!(answer.status(), status);
            assert_eq!(answer.text(), body);
        }
    }
    let client = Client::of(&Replay::new());
    let error = client.issues().get("..", 1).await.expect_err("not sent");
    assert_eq!(error.typed::<CreateError>(), None);
    assert_eq!(error.answer(), None);
}

#[tokio::test]
async fn an_error_shows_what_the_service_reports() {
    for (body, expected) in [
        (r#"{"type":"about:blank","title":"Gone","status":404}"#, "Gone"),
        (r#"{"title":"Gone","detail":"It was\n deleted."}"#, "Gone: It was deleted."),
        (r#"{"message":"Not here","code":17}"#, "17: Not here"),
        (r#"{"error":"invalid_grant","error_description":"Expired"}"#, "invalid_grant: Expired"),
        (r#"{"error":{"code":"X","message":"Not here"}}"#, "X: Not here"),
        (r#"{"errors":[{"message":"a"},{"message":"b"},"c"]}"#, "a; b; c"),
        (
            r#"{"detail":[{"loc":["body","name"],"msg":"required","type":"missing"}]}"#,
            "body.name: required",
        ),
        (r#"{"fault":{"faultstring":"Not here"}}"#, "Not here"),
        (r#"{"error":"not here"}"#, "not here"),
        (r#""not here""#, "not here"),
        ("[]", "the body is not an error in a form that is known, it starts with `[]`"),
        ("", "the answer has no body"),
    ] {
        let error = failed(404, "application/json", body).await;
        let shown = error.to_string();
        assert_eq!(shown, format!("POST /repos/{{owner}}/issues: 404 Not Found: {expected}"));
    }
    let error = failed(404, "text/plain", "not  here\n").await;
    assert!(error.to_string().ends_with("404 Not Found: not here"), "{error}");
    let error = failed(502, "text/html", "<html>\n</html>").await;
    assert!(error.to_string().ends_with("it starts with `<html> </html>`"), "{error}");
}

#[tokio::test]
async fn the_body_of_an_error_is_bounded() {
    let error = failed(500, "text/plain", vec![b'a'; 3 << 20]).await;
    let kept = error.answer().expect("an answer");
    assert_eq!(kept.body().len(), 1 << 20);
    assert!(error.to_string().len() < 2000);
}

#[tokio::test]
async fn text_is_what_json_writes_as_a_string() {
    let service = Replay::new();
    let client = Client::of(&service);
    let read = || client.issues().readme("octo");
    respond(&service, 200, "text/plain", "2026-11-30");
    let day = read().expect::<Formatted<Date>>().await.expect("a day");
    assert_eq!(day.get().expect("a day").to_string(), "2026-11-30");
    respond(&service, 200, "text/plain", "7");
    assert_eq!(read().expect::<i64>().await.expect("a number"), 7);
    respond(&service, 200, "text/plain", "seven");
    assert_eq!(read().expect::<Untyped>().await.expect("any JSON").text(), r#""seven""#);
    respond(&service, 200, "text/plain", "seven");
    read().expect::<i64>().await.expect_err("a text is not a number");
    respond(&service, 204, "", "");
    assert_eq!(read().expect::<Option<String>>().await.expect("204"), None);
}
