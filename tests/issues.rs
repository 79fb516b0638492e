//! The steps of the example `issues`, the requests that they send, and what they return.

#[path = "../examples/issues.rs"]
#[allow(dead_code, reason = "the test calls the steps and not `main`")]
mod issues;

use expect_test::{Expect, expect};
use golden_issues::Client;
use issues::service::{Recorded, Service};
use serde_json::Value;

/// A service and a client of it.
fn start() -> (Service, Client) {
    let service = Service::start().expect("a port");
    let client = issues::loopback(&service.root()).expect("a client");
    (service, client)
}

/// Compares the requests that came with what is expected.
fn assert_sent(service: &Service, expected: &Expect) {
    let requests: String = service.requests().iter().map(shown).collect();
    expected.assert_eq(&requests.replace(&service.root(), "{root}"));
}

/// A request as text: method, path, query, the media type of a body that is not JSON, and the body. What each
/// request has is checked here.
fn shown(request: &Recorded) -> String {
    assert_eq!(request.header("authorization"), Some("Bearer a-token-for-loopback"));
    let accept = request.header("accept").unwrap_or_default();
    assert!(accept.starts_with("application/json"), "{accept}");
    let mut text = format!("{} {}", request.method, request.path);
    if !request.query.is_empty() {
        text.push_str(&format!("\n  ?{}", request.query.replace('&', "\n  &")));
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(body) => {
            assert_eq!(request.header("content-type"), Some("application/json"));
            text.push_str(&format!("\n{body:#}"));
        }
        Err(_) if request.body.is_empty() => {}
        Err(_) => {
            let content_type = request.header("content-type").unwrap_or_default();
            text.push_str(&format!(
                "\n  {content_type}: {}",
                String::from_utf8_lossy(&request.body)
            ));
        }
    }
    text + "\n"
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let (service, client) = start();
    let found = issues::open_issues(&client, "octo", "shop").await.expect("a list");
    let numbers: Vec<i64> = found.iter().map(|issue| issue.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_sent(
        &service,
        &expect![[r#"
        GET /repos/octo/shop/issues
          ?state=open
          &sort=updated
          &per_page=2
        GET /repos/octo/shop/issues
          ?per_page=2
          &page=2
        GET /repos/octo/shop/issues
          ?per_page=2
          &page=3
    "#]],
    );
}

#[tokio::test]
async fn what_is_not_there_is_none() {
    let (service, client) = start();
    assert!(issues::find(&client, 404).await.expect("an answer").is_none());
    let found = issues::find(&client, 2).await.expect("an answer").expect("an issue");
    assert_eq!(found.title, "Issue 2");
    assert_sent(
        &service,
        &expect![[r#"
        GET /repos/octo/shop/issues/404
        GET /repos/octo/shop/issues/2
    "#]],
    );
}

#[tokio::test]
async fn errors_have_the_types_of_their_statuses() {
    let (service, client) = start();
    let report = async |repo, title| issues::report(&client, repo, title).await.expect("a report");
    assert_eq!(report("shop", " ").await, "Validation Failed: title");
    assert_eq!(report("gone", "Broken").await, "Issues are disabled for this repo");
    assert_eq!(report("shop", "Broken").await, "#6");
    let error = issues::report(&client, "other", "Broken").await.expect_err("another repository");
    assert!(error.is_not_found(), "{error}");
    assert!(error.to_string().contains("Not Found"), "{error}");
    assert_sent(
        &service,
        &expect![[r#"
        POST /repos/octo/shop/issues
        {
          "body": "Seen on a Monday.",
          "labels": [
            "bug"
          ],
          "milestone": null,
          "title": " "
        }
        POST /repos/octo/gone/issues
        {
          "body": "Seen on a Monday.",
          "labels": [
            "bug"
          ],
          "milestone": null,
          "title": "Broken"
        }
        POST /repos/octo/shop/issues
        {
          "body": "Seen on a Monday.",
          "labels": [
            "bug"
          ],
          "milestone": null,
          "title": "Broken"
        }
        POST /repos/octo/other/issues
        {
          "body": "Seen on a Monday.",
          "labels": [
            "bug"
          ],
          "milestone": null,
          "title": "Broken"
        }
    "#]],
    );
}

#[tokio::test]
async fn issues_are_changed() {
    let (service, client) = start();
    assert_eq!(issues::comment(&client, 3, "It breaks.").await.expect("a comment"), 1);
    assert_eq!(issues::label(&client, 3, "urgent").await.expect("labels"), ["urgent"]);
    assert!(issues::unlabel(&client, 3, "to do/later").await.expect("an answer"));
    assert!(!issues::unlabel(&client, 3, "absent").await.expect("an answer"));
    assert_eq!(issues::close(&client, 3).await.expect("an issue"), "closed");
    assert_sent(
        &service,
        &expect![[r#"
        POST /repos/octo/shop/issues/3/comments
        {
          "body": "It breaks."
        }
        GET /repos/octo/shop/issues/3/comments
          ?since=2026-01-01T00:00:00Z
        POST /repos/octo/shop/issues/3/labels
        {
          "labels": [
            "urgent"
          ]
        }
        DELETE /repos/octo/shop/issues/3/labels/to%20do%2Flater
        DELETE /repos/octo/shop/issues/3/labels/absent
        PATCH /repos/octo/shop/issues/3
        {
          "assignee": null,
          "state": "closed",
          "state_reason": "completed"
        }
    "#]],
    );
}

#[tokio::test]
async fn a_file_is_uploaded_to_the_server_of_the_client() {
    let (service, client) = start();
    let file = std::env::temp_dir().join(format!("issues-test-{}.txt", std::process::id()));
    std::fs::write(&file, "all of it").expect("a file");
    assert_eq!(issues::upload(&client, 1, &file).await.expect("an upload"), 9);
    std::fs::remove_file(&file).expect("the file");
    assert_sent(
        &service,
        &expect![[r#"
        POST /repos/octo/shop/releases/1/assets
          ?name=notes.txt
          &label=Notes 
          & more
          text/plain: all of it
    "#]],
    );
}

#[tokio::test]
async fn all_steps_run_one_after_the_other() {
    let (_service, client) = start();
    let file = std::env::temp_dir().join(format!("issues-run-{}.txt", std::process::id()));
    std::fs::write(&file, "all of it").expect("a file");
    issues::run(&client, &file).await.expect("all steps");
    std::fs::remove_file(&file).expect("the file");
}
