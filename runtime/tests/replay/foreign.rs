//! A link that comes by way of another origin gets no token, even if it refers to the service.

use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{
    Change, Error, ErrorKind, Handle, LongRunning, Page, Progress, Request, ServiceClient,
    paths::Reference,
};

use crate::{client, respond, sent};

const AWAY: &str = "https://elsewhere.example/x";
const BACK: &str = "https://example.com/v1/back";
const MARKED: &str = "https://example.com/v1/back#from-another-origin";

/// Redirects the next request to another origin.
fn away(service: &Replay) {
    respond(service, 307, &[("location", AWAY)], "");
}

/// No request after the first one carries the token, and none carries what the caller added.
fn assert_nothing_leaves(service: &Replay) {
    let requests = service.requests();
    assert!(
        requests[0].headers().contains_key("authorization"),
        "the first one is for the service"
    );
    for request in &requests[1..] {
        for name in ["authorization", "x-api-key", "cookie"] {
            assert!(!request.headers().contains_key(name), "{name} to {}", request.uri());
        }
    }
}

fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>) {
    let error = result.expect_err("refused");
    assert!(error.to_string().contains("by way of another origin"), "{error}");
}

#[tokio::test]
async fn a_next_link_is_an_error_after_the_page() {
    for link in [BACK, "https://EXAMPLE.com:443/v1/back", "//example.com/v1/back#x"] {
        let service = Replay::new();
        away(&service);
        service.answer(200, format!(r#"{{"value":["a"],"@odata.nextLink":"{link}"}}"#));
        let list: Request<Page<String>> = client(&service).resource("list").list();
        let mut items = list.header("x-api-key", "k").header("cookie", "c").items();
        assert_eq!(items.next().await.expect("an item").expect("no error"), "a");
        assert_refused(items.next().await.expect("an error"));
        assert!(items.next().await.is_none());
        assert_eq!(service.requests().len(), 2);
        assert_nothing_leaves(&service);
    }
}

#[tokio::test]
async fn the_links_of_a_page_are_marked_wherever_they_are_kept() {
    let service = Replay::new();
    let client = client(&service);
    away(&service);
    let context = "https://example.com/v1/$metadata#list";
    service.answer(
        200,
        format!(r#"{{"@odata.context":"{context}","value":[],"@odata.nextLink":"back","@odata.deltaLink":"{BACK}"}}"#),
    );
    let list: Request<Page<String>> = client.resource("list").list();
    let page = list.clone().await.expect("200");
    assert_eq!(page.next_link.as_deref(), Some(MARKED));
    assert_eq!(page.delta_link.as_deref(), Some(MARKED));
    let kept = page.next_link.clone().expect("a link");
    for request in [
        page.next(&client).expect("a link"),
        page.delta(&client).expect("a link"),
        list.next_of(&page).expect("a link"),
        list.delta_of(&page).expect("a link"),
        client.follow(&kept),
    ] {
        assert_refused(request.await);
    }
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn a_relative_link_stays_at_the_origin_that_sent_it() {
    let service = Replay::new();
    away(&service);
    service.answer(200, r#"{"value":[],"@odata.nextLink":"?page=2"}"#);
    let page: Page<String> = client(&service).resource("list").list().await.expect("200");
    assert_eq!(page.next_link.as_deref(), Some("https://elsewhere.example/x?page=2"));
    let error = page.next(&client(&service)).expect("a link").await.expect_err("another origin");
    assert!(error.to_string().contains("links to another origin are not followed"), "{error}");
}

#[tokio::test]
async fn the_way_back_makes_an_answer_no_better() {
    let service = Replay::new();
    away(&service);
    respond(&service, 302, &[("location", BACK)], "");
    service.answer(200, format!(r#"{{"value":["a"],"@odata.nextLink":"{BACK}?2"}}"#));
    let list: Request<Page<String>> = client(&service).resource("list").list();
    assert_refused(list.all().await);
    assert_nothing_leaves(&service);
}

#[tokio::test]
async fn a_redirect_within_the_service_is_trusted() {
    let service = Replay::new();
    respond(&service, 302, &[("location", "/v2/list")], "");
    service.answer(200, r#"{"value":["a"],"@odata.nextLink":"?page=2"}"#);
    service.answer(200, r#"{"value":["b"]}"#);
    let list: Request<Page<String>> = client(&service).resource("list").list();
    assert_eq!(list.all().await.expect("two pages"), ["a", "b"]);
    assert_eq!(
        sent(&service),
        [
            "GET https://example.com/v1/list +",
            "GET https://example.com/v2/list +",
            "GET https://example.com/v2/list?page=2 +",
        ]
    );
}

#[tokio::test]
async fn a_delta_link_begins_no_round() {
    let service = Replay::new();
    let client = client(&service);
    away(&service);
    service.answer(200, format!(r#"{{"value":[{{}}],"@odata.deltaLink":"{BACK}"}}"#));
    let mut round = client.resource("delta").list::<Untyped>().changes();
    assert!(matches!(round.next().await, Some(Ok(Change::Present(_)))));
    assert!(round.next().await.is_none());
    assert_eq!(round.delta_link(), Some(MARKED));
    assert_refused(round.next_round(&client).expect("a link").all().await);
    assert_eq!(service.requests().len(), 2);
}

/// Starts an operation by a request that is redirected, so that its monitor comes from another origin.
async fn start(service: &Replay) -> LongRunning<Option<String>> {
    away(service);
    respond(service, 202, &[("operation-location", BACK)], "");
    let copy: Request<Option<String>> = client(service).resource("copy").create(&"a".to_owned());
    copy.start().await.expect("202")
}

#[tokio::test]
async fn a_monitor_gets_no_token_whatever_is_asked_of_it() {
    let service = Replay::new();
    let mut operation = start(&service).await;
    assert_eq!(operation.monitor_url(), Some(MARKED));
    service.answer(202, r#"{"status":"running"}"#);
    assert!(matches!(operation.poll().await, Ok(Progress::Running { .. })));
    respond(&service, 202, &[("location", "/v1/moved")], "");
    assert!(matches!(operation.poll().await, Ok(Progress::Running { .. })));
    respond(&service, 303, &[("location", "/v1/result")], "");
    service.answer(200, r#""done""#);
    assert_eq!(operation.finish().await.expect("200").as_deref(), Some("done"));
    assert_eq!(
        sent(&service)[2..],
        [
            format!("GET {BACK}"),
            format!("GET {BACK}"),
            "GET https://example.com/v1/moved".to_owned(),
            "GET https://example.com/v1/result".to_owned(),
        ]
    );
    assert_nothing_leaves(&service);
}

#[tokio::test]
async fn a_cancellation_carries_no_token() {
    let service = Replay::new();
    let operation = start(&service).await;
    service.answer(204, "");
    operation.cancel().await.expect("204");
    let sent = sent(&service);
    assert_eq!(sent[2], format!("DELETE {BACK}"));
    assert_nothing_leaves(&service);
}

#[tokio::test]
async fn a_monitor_that_is_kept_gets_no_token_later() {
    let service = Replay::new();
    let kept = start(&service).await.monitor_url().expect("an address").to_owned();
    let later = LongRunning::<()>::follow(&client(&service), &kept).expect("a URL");
    assert_eq!(later.monitor_url(), Some(MARKED));
    service.answer(204, "");
    later.cancel().await.expect("204");
    assert_nothing_leaves(&service);
}

#[tokio::test]
async fn the_result_of_a_foreign_monitor_is_foreign() {
    let service = Replay::new();
    let client = client(&service);
    respond(&service, 202, &[("location", AWAY)], "");
    let body = format!(r#"{{"value":[],"@odata.nextLink":"{BACK}"}}"#);
    let inner = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    for (headers, body) in [
        (("x", "y"), &body),
        (("asyncresult", "200"), &body),
        (("content-type", "application/http"), &inner),
    ] {
        let list: Request<Page<String>> = client.resource("list").list();
        let mut list = if service.requests().is_empty() {
            list.start().await.expect("202")
        } else {
            LongRunning::follow(&client, AWAY).expect("a URL")
        };
        respond(&service, 200, &[headers], body);
        let page = list.finish().await.expect("200");
        assert_eq!(page.next_link.as_deref(), Some(MARKED), "{headers:?}");
    }
}

#[tokio::test]
async fn the_parts_of_a_foreign_batch_are_foreign() {
    let service = Replay::new();
    let client = client(&service);
    let parts = format!(
        r#"{{"responses":[{{"id":"1","status":200,"body":{{"value":[],"@odata.nextLink":"{BACK}"}}}},
        {{"id":"2","status":410,"headers":{{"Location":"/v1/back"}}}},
        {{"id":"3","status":204,"headers":{{"OData-EntityId":"{BACK}"}}}}]}}"#
    );
    away(&service);
    service.answer(200, parts.clone());
    service.answer(200, parts);
    for link in [MARKED, BACK] {
        let mut batch = client.batch();
        let list: Handle<Page<String>> = batch.add(client.resource("list").list());
        let gone: Handle<String> = batch.add(client.resource("gone").get());
        let new: Handle<Untyped> = batch.add(client.resource("new").create(&1_i32));
        let mut answers = batch.send().await.expect("200");
        assert_eq!(answers.take(list).expect("200").next_link.as_deref(), Some(link));
        assert_eq!(answers.take(gone).expect_err("410").location(), Some(link));
        assert_eq!(answers.take(new).expect("204").text(), format!(r#"{{"@odata.id":"{link}"}}"#));
    }
}

#[tokio::test]
async fn locations_are_marked_of_successes_and_of_failures() {
    let service = Replay::new();
    let client = client(&service);
    for (status, body) in [(410, ""), (200, "7")] {
        away(&service);
        respond(
            &service,
            status,
            &[("location", "https://example.com/v1/back"), ("etag", "x")],
            body,
        );
    }
    let error = client.resource("a").get::<String>().await.expect_err("410");
    assert_eq!(error.location(), Some(MARKED));
    assert_eq!(error.headers()["location"], MARKED);
    assert_eq!(error.headers()["etag"], "x");
    let read = client.resource("a").get::<i32>().send_full().await.expect("200");
    assert_eq!(read.entity_id(), Some(MARKED));
    assert_eq!(read.headers()["location"], MARKED);
    assert_refused(client.follow::<String>(read.entity_id().expect("an id")).await);
}

#[tokio::test]
async fn a_context_that_nothing_is_relative_to_changes_no_origin() {
    for context in ["data:x", "mailto:a@b", "urn:x"] {
        for link in ["back", "/v1/back", "//example.com/v1/back", "?skip=2", "\\tback"] {
            let service = Replay::new();
            away(&service);
            service.answer(
                200,
                format!(
                    r#"{{"value":[],"@odata.context":"{context}","@odata.nextLink":"{link}"}}"#
                ),
            );
            let list: Request<Page<String>> = client(&service).resource("list").list();
            list.all().await.expect_err("another origin");
            assert_eq!(service.requests().len(), 2, "{context} {link}");
        }
    }
    // From the service itself, only the address of the request is left as a base.
    let service = Replay::new();
    service.answer(200, r#"{"value":[],"@odata.context":"urn:x","@odata.nextLink":"?skip=2"}"#);
    let list: Request<Page<String>> = client(&service).resource("list").list();
    let page = list.await.expect("200");
    assert_eq!(page.next_link.as_deref(), Some("https://example.com/v1/list?skip=2"));
}

#[tokio::test]
async fn links_below_the_page_are_marked() {
    let service = Replay::new();
    let client = client(&service);
    let body = format!(
        r#"{{"value":[{{"@odata.id":"/v1/back","parts@odata.nextLink":"{BACK}"}}],"@odata.nextLink":"{BACK}"}}"#
    );
    away(&service);
    service.answer(200, body.clone());
    let page: Page<Reference> = client.resource("list").list().await.expect("a page");
    let item = &page.value[0].additional;
    let next = item.next_link_of("parts").expect("a link");
    assert_eq!(next, MARKED);
    for link in [next, item.entity_id().expect("an id")] {
        assert_refused(client.follow::<String>(&link).await);
    }
    away(&service);
    service.answer(200, body);
    let page: Untyped = client.resource("list").get().await.expect("a value");
    assert_eq!(page.text().matches("#from-another-origin").count(), 3, "{}", page.text());
    assert_nothing_leaves_but_to(&service, 2);
}

/// So many requests went to the service, and all others have no token.
fn assert_nothing_leaves_but_to(service: &Replay, own: usize) {
    let sent = sent(service);
    assert_eq!(sent.iter().filter(|request| request.ends_with('+')).count(), own, "{sent:?}");
}

#[tokio::test]
async fn headers_are_marked_where_the_body_cannot_be_read() {
    let service = Replay::new();
    let builder = ServiceClient::builder("https://example.com/v1").credential("s3cret-token");
    let builder = builder.max_response_size(4).transport(service.clone());
    let client = builder.build().expect("a client");
    away(&service);
    respond(&service, 200, &[("location", BACK)], "too much");
    let error = client.resource("a").get::<i32>().await.expect_err("too large");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.headers()["location"], MARKED);
    assert_eq!(error.location(), Some(MARKED));
}

#[tokio::test]
async fn a_mark_is_seen_whatever_is_around_it() {
    let service = Replay::new();
    let client = client(&service);
    for (before, after) in [("", "\n"), (" ", "\r\n"), ("\t", " "), ("", "#x")] {
        let kept = format!("{before}{MARKED}{after}");
        assert_refused(client.follow::<String>(&kept).await);
        service.answer(202, "{}");
        let mut operation = LongRunning::<()>::follow(&client, &kept).expect("an operation");
        operation.poll().await.expect("it runs on");
    }
    assert_nothing_leaves_but_to(&service, 0);
}

/// Links of a service that tries to get the token: every form that a URL parser accepts.
const LINKS: [&str; 32] = [
    BACK,
    "/v1/back",
    "back",
    "?page=2",
    "#x",
    "x#from-another-origin#y",
    "../../back",
    "//example.com/v1/back",
    "/\\example.com/v1/back",
    "\\\\example.com\\v1\\back",
    "https:\\\\example.com/v1/back",
    "https:/v1/back",
    "https:///example.com/v1/back",
    "https:example.com/v1/back",
    "https:back",
    "https:",
    "https://EXAMPLE.com:443/v1/back",
    "https://example.com./v1/back",
    "https://example.com:444/v1/back",
    "http://example.com/v1/back",
    "https://user:password@example.com/v1/back",
    "https://example.com@elsewhere.example/",
    "https://example.com\\@elsewhere.example/",
    "https://exa%6dple.com/v1/back",
    "https://\u{ff45}xample.com/v1/back",
    "ht\ntps://exam\tple.com/v1/back",
    "  https://example.com/v1/back ",
    "https://example.com/v1/back#from-another-origin\n",
    "https://example.com/v1/back#from-another-originx",
    "https://[",
    "https://example.com:99999/",
    "data:x",
];

#[tokio::test]
async fn no_form_of_a_link_gets_the_token() {
    let contexts = ["https://example.com/v1/$metadata#x", "data:x", "", "https:", "//example.com"];
    for (link, context) in LINKS.iter().flat_map(|link| contexts.map(|context| (link, context))) {
        let service = Replay::new();
        let client = client(&service);
        let json = serde_json::to_string(link).expect("a string");
        let item =
            format!(r#"{{"@odata.id":{json},"parts@nextLink":{json},"@odata.editLink":{json}}}"#);
        let links = format!(r#""@odata.nextLink":{json},"@odata.deltaLink":{json}"#);
        let body = format!(r#"{{"@odata.context":"{context}","value":[{item}],{links}}}"#);
        away(&service);
        service.answer(200, body.clone());
        let list: Request<Page<Reference>> = client.resource("list").list();
        let page = list.clone().await.expect("a page");
        let part =
            format!(r#"{{"id":"1","status":410,"headers":{{"Location":{json}}},"body":{body}}}"#);
        away(&service);
        service.answer(200, format!(r#"{{"responses":[{part}]}}"#));
        let mut batch = client.batch();
        let handle = batch.add(list.clone());
        let gone = batch.send().await.expect("a batch").take(handle).expect_err("410");
        let own = sent(&service).len();
        let additional = &page.value[0].additional;
        let edit = additional.get("@odata.editLink").and_then(|link| link.to().ok());
        let found = [additional.entity_id(), additional.next_link_of("parts"), edit];
        let found = found.into_iter().flatten().chain(gone.location().map(str::to_owned));
        for link in found.chain(page.next_link.clone()).chain(page.delta_link.clone()) {
            service.answer(200, "{}");
            let _ = client.follow::<Untyped>(&link).await;
        }
        let requests = [page.next(&client), list.next_of(&page), list.delta_of(&page)];
        for request in requests.into_iter().flatten() {
            service.answer(200, r#"{"value":[]}"#);
            let _ = request.await;
        }
        let sent = sent(&service);
        let leaked: Vec<_> = sent[own..].iter().filter(|sent| sent.ends_with('+')).collect();
        assert!(leaked.is_empty(), "{link:?} {context:?}: {leaked:?}");
    }
}
