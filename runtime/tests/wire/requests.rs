//! What goes over the wire, and how answers are read.

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::http::Method;
use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::paths::MediaPath;
use schemacrate_runtime::transport::Body;
use schemacrate_runtime::{Literal, Page, Request, Response, ServiceClient};

use crate::model::{ComplianceStatus, TIME, UserStatus, update, user_status, user_statuses};
use crate::service::Service;

const BODY: &str =
    r##"{"status":"notApplicable","lastReportedDateTime":"2017-01-01T00:00:17.7769392-08:00"}"##;

const ANSWER: &str = r##"{"@odata.type":"#microsoft.graph.deviceConfigurationUserStatus","id":"7e323db2-3db2-7e32-b23d-327eb23d327e","status":"notApplicable","lastReportedDateTime":"2017-01-01T00:00:17.7769392-08:00"}"##;

#[tokio::test]
async fn the_update_of_the_seed_document() {
    let service = Service::start().await;
    service.answer("200 OK", ANSWER);
    let resource = user_status(&service.client(), "dc-1", "7e323db2-3db2-7e32-b23d-327eb23d327e");

    let updated: UserStatus = resource.update(&update()).await.expect("200 OK");

    let sent = service.only();
    assert_eq!(sent.method, "PATCH");
    assert_eq!(
        sent.target,
        "/beta/deviceManagement/deviceConfigurations/dc-1/userStatuses/7e323db2-3db2-7e32-b23d-327eb23d327e"
    );
    assert_eq!(sent.header("authorization"), Some("Bearer token"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("content-length"), Some(BODY.len().to_string().as_str()));
    assert_eq!(sent.body, BODY);

    assert_eq!(updated.id.as_deref(), Some("7e323db2-3db2-7e32-b23d-327eb23d327e"));
    assert_eq!(updated.status, Some(ComplianceStatus::NotApplicable));
    let time = updated.last_reported_date_time.expect("a time");
    assert_eq!(time.to_string(), TIME);
}

#[tokio::test]
async fn a_read_has_no_body() {
    let service = Service::start().await;
    service.answer("200 OK", ANSWER);

    let read: Request<UserStatus> = user_status(&service.client(), "a", "b").get();
    read.await.expect("200 OK");

    let sent = service.only();
    assert_eq!(sent.method, "GET");
    assert_eq!(sent.header("content-type"), None);
    assert_eq!(sent.header("content-length"), None);
    assert_eq!(sent.body, "");
}

#[tokio::test]
async fn a_write_without_a_body_has_a_length_of_zero() {
    let service = Service::start().await;
    let resource = service.client().resource("a");
    let media = MediaPath::of_entity(&resource);
    for _ in 0..5 {
        service.answer("204 No Content", "");
    }
    resource.invoke::<()>().await.expect("204");
    media.upload("image/png", &b""[..]).await.expect("204");
    media.upload_stream("image/png", Body::default()).await.expect("204");
    resource.request::<()>(Method::PATCH).await.expect("204");
    resource.delete().await.expect("204");
    let sent = service.recorded();
    let shown: Vec<_> =
        sent.iter().map(|sent| (sent.method.as_str(), sent.header("content-length"))).collect();
    let nought = Some("0");
    assert_eq!(
        shown,
        [("POST", nought), ("PUT", nought), ("PUT", nought), ("PATCH", nought), ("DELETE", None)]
    );
    assert!(sent.iter().all(|sent| sent.header("transfer-encoding").is_none()));
}

#[tokio::test]
async fn an_item_is_created_and_deleted() {
    let service = Service::start().await;
    let client = service.client();
    service.answer("201 Created", ANSWER);
    service.answer("204 No Content", "");
    let status = UserStatus { id: Some("x".to_owned()), ..UserStatus::default() };

    let created: UserStatus = user_statuses(&client, "a").create(&status).await.expect("201");
    user_status(&client, "a", "b").delete().await.expect("204");

    assert_eq!(created.status, Some(ComplianceStatus::NotApplicable));
    let sent = service.recorded();
    assert_eq!((sent[0].method.as_str(), sent[0].body.as_str()), ("POST", r#"{"id":"x"}"#));
    assert_eq!(sent[0].header("content-type"), Some("application/json"));
    assert_eq!((sent[1].method.as_str(), sent[1].body.as_str()), ("DELETE", ""));
}

#[tokio::test]
async fn an_answer_without_content_is_none_or_an_error() {
    let service = Service::start().await;
    let resource = user_status(&service.client(), "a", "b");

    service.answer("204 No Content", "");
    let none: Option<UserStatus> = resource.update(&update()).await.expect("204");
    assert_eq!(none, None);

    service.answer("200 OK", ANSWER);
    let some: Option<UserStatus> = resource.update(&update()).await.expect("200");
    assert!(some.is_some());

    service.answer("204 No Content", "");
    let request: Request<UserStatus> = resource.update(&update());
    let error = request.await.expect_err("no content where an object is expected");
    assert!(error.is_decode());
    assert!(error.to_string().contains("204 No Content"), "{error}");
}

#[tokio::test]
async fn keys_reach_the_service_as_one_segment() {
    let service = Service::start().await;
    let client = service.client();
    for (key, target) in [
        ("a/b?c#d", "/beta/deviceManagement/deviceConfigurations/a%2Fb%3Fc%23d/userStatuses"),
        ("..", "/beta/deviceManagement/deviceConfigurations('..')/userStatuses"),
        ("", "/beta/deviceManagement/deviceConfigurations('')/userStatuses"),
        ("%2e%2e", "/beta/deviceManagement/deviceConfigurations/%252e%252e/userStatuses"),
        (
            "O'Neil ä|^{}\\",
            "/beta/deviceManagement/deviceConfigurations/O%27Neil%20%C3%A4%7C%5E%7B%7D%5C/userStatuses",
        ),
    ] {
        service.answer("200 OK", r#"{"value":[]}"#);
        let request: Request<Page<UserStatus>> = user_statuses(&client, key).list();
        let http = request.to_http().expect("a request");
        assert_eq!(http.uri().path(), target);
        request.await.expect(key);
        let sent = service.recorded();
        assert_eq!(sent.last().map(|sent| sent.target.as_str()), Some(target));
    }
}

#[tokio::test]
async fn keys_in_parentheses_reach_the_service_quoted() {
    let service = Service::start().await;
    service.answer("200 OK", "{}");
    let parts = [("Name", Literal::from("O'Neil/ä")), ("Line", 7.into())];
    let lines = service.client().resource("Lines");
    let read: Request<Untyped> = lines.compound_key(&parts).child("Note").get();
    read.await.expect("200");
    assert_eq!(service.only().target, "/beta/Lines(Name='O''Neil%2F%C3%A4',Line=7)/Note");
}

#[tokio::test]
async fn headers_and_query_options_are_sent_as_given() {
    let service = Service::start().await;
    service.answer("200 OK", r#"{"value":[]}"#);
    let request = user_statuses(&service.client(), "a")
        .list::<UserStatus>()
        .query("$filter", "displayName eq 'R&D #1+1=2' and (x in (1,2))")
        .query("$top", "5")
        .prefer("odata.maxpagesize=50")
        .prefer("include-unknown-enum-members")
        .if_none_match("W/\"1\"")
        .header("ConsistencyLevel", "eventual")
        .header("Accept", "application/json;odata.metadata=full");
    request.await.expect("200");

    let sent = service.only();
    assert_eq!(
        sent.target.split_once('?').map(|(_, query)| query),
        Some(
            "$filter=displayName%20eq%20%27R%26D%20%231%2B1%3D2%27%20and%20(x%20in%20(1,2))&$top=5"
        ),
    );
    assert_eq!(sent.header("prefer"), Some("odata.maxpagesize=50, include-unknown-enum-members"));
    assert_eq!(sent.header("if-none-match"), Some("W/\"1\""));
    assert_eq!(sent.header("consistencylevel"), Some("eventual"));
    assert_eq!(sent.header("accept"), Some("application/json;odata.metadata=full"));
}

#[tokio::test]
async fn a_full_answer_has_status_headers_and_request_id() {
    let service = Service::start().await;
    service.answer_with("201 Created", &["request-id: r-7", "etag: W/\"2\""], ANSWER);
    let request: Request<UserStatus> = user_status(&service.client(), "a", "b").get();
    let response: Response<UserStatus> = request.send_full().await.expect("201");
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("r-7"));
    assert_eq!(response.headers()["etag"], "W/\"2\"");
    assert_eq!(response.into_value().status, Some(ComplianceStatus::NotApplicable));
}

#[tokio::test]
async fn a_body_is_taken_as_it_is() {
    let service = Service::start().await;
    service.answer_with("200 OK", &["content-type: image/png"], "\u{1}PNG");
    let photo = service.client().resource("me").child("photo").child("$value");
    let bytes: Bytes = photo.get().await.expect("200");
    assert_eq!(bytes, "\u{1}PNG".as_bytes());
    assert_eq!(service.only().target, "/beta/me/photo/$value");
}

#[tokio::test]
async fn a_byte_order_mark_is_not_part_of_the_json() {
    let service = Service::start().await;
    service.answer("200 OK", "\u{feff}\"text\"");
    let text: String = service.client().resource("text").get().await.expect("200");
    assert_eq!(text, "text");
}

#[tokio::test]
async fn a_page_requests_the_next_one() {
    let service = Service::start().await;
    let client = service.client();
    let next = service.url("/beta/tags?$skiptoken=a%2Fb&x='y'");
    service.answer(
        "200 OK",
        &format!(r#"{{"@odata.count":3,"value":["a","b"],"@odata.nextLink":"{next}"}}"#),
    );
    service.answer("200 OK", r#"{"value":["c"],"@odata.deltaLink":"tags?$deltatoken=d"}"#);
    service.answer("200 OK", r#"{"value":[]}"#);

    let first: Page<String> = client.resource("tags").list().await.expect("200");
    assert_eq!(
        (first.count, first.value.as_slice()),
        (Some(3), ["a".to_owned(), "b".to_owned()].as_slice())
    );
    let second = first.next(&client).expect("a next page").await.expect("200");
    assert_eq!(second.value, ["c"]);
    assert!(second.next(&client).is_none());
    let changes = second.delta(&client).expect("a delta link").await.expect("200");
    assert!(changes.value.is_empty());

    let sent = service.recorded();
    let targets: Vec<_> = sent.iter().map(|sent| sent.target.as_str()).collect();
    let [_, second, third] = targets.as_slice() else { panic!("{targets:?}") };
    assert_eq!(*second, "/beta/tags?$skiptoken=a%2Fb&x=%27y%27");
    assert_eq!(*third, "/beta/tags?$deltatoken=d");
    assert_eq!(sent[1].header("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn a_request_can_be_sent_by_hand() {
    let service = Service::start().await;
    let request: Request<UserStatus> = user_status(&service.client(), "a", "b").update(&update());
    let http = request.to_http().expect("a request");
    assert_eq!(http.method(), "PATCH");
    assert_eq!(
        http.uri().to_string(),
        service.url("/beta/deviceManagement/deviceConfigurations/a/userStatuses/b")
    );
    assert_eq!(http.body(), BODY);
    assert!(!http.headers().contains_key("authorization"));
    assert!(service.recorded().is_empty(), "a request does nothing until it is sent");
}

#[test]
fn futures_move_between_threads() {
    fn assert_send<T: Send>(_: T) {}
    fn assert_shared<T: Send + Sync + Clone>(_: &T) {}
    let client = ServiceClient::new("http://localhost/", "token").expect("a client");
    let resource = client.resource("a");
    let request: Request<UserStatus> = resource.get();
    assert_shared(&client);
    assert_shared(&resource);
    assert_shared(&request);
    assert_send(request.clone().send_full());
    assert_send(request.into_future());
}
