//! From one page to the next: which headers are sent, the base of relative links, and where a list ends.

use std::time::Duration;

use schemacrate_runtime::http::{self, HeaderMap};
use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, ErrorKind, Page, Request, ServiceClient};

use crate::{client, respond, sent};

fn list(client: &ServiceClient) -> Request<Page<String>> {
    client.resource("things").key("a").child("parts").list()
}

fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names: Vec<_> = headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    names
}

/// A request with headers of each kind.
fn asked(list: Request<Page<String>>) -> Request<Page<String>> {
    list.eventual()
        .time_zone("Europe/Berlin")
        .max_page_size(2)
        .ieee754_compatible()
        .header("Accept-Language", "de")
        .header("x-api-key", "k")
        .if_none_match("W/\"1\"")
        .if_match("W/\"1\"")
        .header("If-Modified-Since", "x")
        .header("Range", "items=0-1")
        .body("text/plain", "$top=2")
}

fn assert_goes_along(headers: &HeaderMap) {
    assert_eq!(
        names(headers),
        [
            "accept",
            "accept-language",
            "authorization",
            "consistencylevel",
            "prefer",
            "user-agent",
            "x-api-key"
        ]
    );
    assert_eq!(headers["prefer"], "outlook.timezone=\"Europe/Berlin\", odata.maxpagesize=2");
    assert_eq!(headers["accept"], "application/json;IEEE754Compatible=true");
    assert_eq!(headers["consistencylevel"], "eventual");
}

#[tokio::test]
async fn what_holds_for_one_request_holds_for_each_page() {
    let service = Replay::new();
    let client = client(&service);
    for _ in 0..4 {
        service.answer(200, r#"{"value":["a"],"@odata.nextLink":"parts?$skiptoken=1"}"#);
        service.answer(200, r#"{"value":["b"],"@odata.nextLink":"parts?$skiptoken=2"}"#);
        service.answer(200, r#"{"value":["c"]}"#);
    }
    let request = asked(list(&client));
    assert_eq!(request.clone().all().await.expect("three pages").len(), 3);
    let mut pages = request.clone().pages();
    while let Some(page) = pages.next().await {
        page.expect("a page");
    }
    let mut items = request.clone().items();
    while let Some(item) = items.next().await {
        item.expect("an item");
    }
    let mut next = Some(request.clone());
    while let Some(by_hand) = next {
        let page = by_hand.clone().await.expect("a page");
        next = by_hand.next_of(&page);
    }
    let requests = service.requests();
    assert_eq!(requests.len(), 12);
    for (index, request) in requests.iter().enumerate().filter(|(index, _)| index % 3 > 0) {
        assert_goes_along(request.headers());
        assert!(request.body().is_empty());
        let expected = format!("https://example.com/v1/things('a')/parts?$skiptoken={}", index % 3);
        assert_eq!(request.uri(), expected.as_str());
    }
}

#[tokio::test]
async fn what_holds_for_one_request_holds_for_rounds_of_changes() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(200, r#"{"value":[],"@odata.nextLink":"parts?page=2"}"#);
    service.answer(200, r#"{"value":[],"@odata.deltaLink":"parts?delta=1"}"#);
    service.answer(200, r#"{"value":[],"@odata.deltaLink":"parts?delta=2"}"#);
    service.answer(200, r#"{"value":[],"@odata.deltaLink":"parts?delta=2"}"#);
    let request = asked(list(&client));
    let mut round = request.changes();
    for _ in 0..3 {
        round.all().await.expect("a round");
        round = round.next_round(&client).expect("a delta link");
    }
    let requests = service.requests();
    assert_eq!(requests.len(), 4);
    requests[1..].iter().for_each(|request| assert_goes_along(request.headers()));
    assert_eq!(requests[3].uri().query(), Some("delta=2"));

    // The headers for one service are not sent to another one.
    let other = Replay::new();
    let elsewhere = ServiceClient::builder("https://elsewhere.example/v1").transport(other.clone());
    let elsewhere = elsewhere.build().expect("a client");
    other.answer(200, r#"{"value":[]}"#);
    service.answer(200, r#"{"value":[],"@odata.deltaLink":"https://elsewhere.example/v1/x"}"#);
    let mut round = asked(list(&client)).changes();
    round.all().await.expect("a round");
    round.next_round(&elsewhere).expect("a link").all().await.expect("a round");
    assert_eq!(names(other.requests()[0].headers()), ["accept", "user-agent"]);
}

#[tokio::test]
async fn a_redirect_of_a_later_page_keeps_what_is_private() {
    let service = Replay::new();
    service.answer(200, r#"{"value":["a"],"@odata.nextLink":"parts?page=2"}"#);
    respond(&service, 302, &[("location", "https://elsewhere.example/")], "");
    service.answer(200, r#"{"value":["b"]}"#);
    let all = asked(list(&client(&service))).all().await.expect("two pages");
    assert_eq!(all, ["a", "b"]);
    let away = service.requests()[2].clone();
    assert_eq!(names(away.headers()), ["accept", "accept-language", "user-agent"]);
}

/// A service that answers once and then never again; its clock jumps to the end of each wait.
struct Silent(Replay);

impl Transport for Silent {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        if self.0.requests().is_empty() {
            return self.0.send(request);
        }
        Box::pin(std::future::pending())
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

#[tokio::test]
async fn a_timeout_holds_for_each_page() {
    let replay = Replay::new();
    replay.answer(200, r#"{"value":["a"],"@odata.nextLink":"parts?page=2"}"#);
    let client = ServiceClient::builder("https://example.com/v1").transport(Silent(replay));
    let client = client.timeout(Duration::from_secs(99)).build().expect("a client");
    let error = list(&client).timeout(Duration::from_secs(7)).all().await.expect_err("silence");
    assert!(error.is_timeout() && error.to_string().contains("7s"), "{error}");
}

#[tokio::test]
async fn an_empty_link_is_the_end() {
    for member in ["@odata.nextLink", "@odata.deltaLink"] {
        for link in ["\"\"", "\" \"", "null"] {
            let service = Replay::new();
            let client = client(&service);
            for _ in 0..3 {
                service.answer(200, format!(r#"{{"value":["a"],"{member}":{link}}}"#));
            }
            assert_eq!(list(&client).all().await.expect("one page"), ["a"]);
            let page = list(&client).await.expect("one page");
            assert_eq!((&page.next_link, &page.delta_link), (&None, &None));
            assert!(page.next(&client).is_none() && page.delta(&client).is_none());
            let mut round = client.resource("things").list::<Untyped>().changes();
            round.all().await.expect("one page");
            assert!(round.next_round(&client).is_none());
            assert_eq!(service.requests().len(), 3);
        }
    }
    let made = Page::<String> { next_link: Some(String::new()), ..Page::default() };
    let client = client(&Replay::new());
    assert!(made.next(&client).is_none() && list(&client).next_of(&made).is_none());
    let error = client.follow::<String>(" ").to_http().expect_err("no link");
    assert!(error.to_string().contains("empty"), "{error}");
}

#[tokio::test]
async fn a_relative_link_is_relative_to_the_context_or_to_the_request() {
    let parts = "https://example.com/v1/things('a')/parts?$skiptoken=5";
    for (context, link, expected) in [
        (None, "parts?$skiptoken=5", parts),
        (None, "?$skiptoken=5", parts),
        (None, "/v1/x?y", "https://example.com/v1/x?y"),
        (None, "//example.com/x", "https://example.com/x"),
        (None, parts, parts),
        (Some("https://example.com/v1/$metadata#things"), "x?y", "https://example.com/v1/x?y"),
        (Some("https://example.com/v1/$metadata#things"), "/x", "https://example.com/x"),
        (Some("../$metadata#things"), "x?y", "https://example.com/v1/x?y"),
        (Some("#things"), "x?y", "https://example.com/v1/things('a')/x?y"),
        (Some("https://["), "x?y", "https://example.com/v1/things('a')/x?y"),
    ] {
        for member in ["@odata.nextLink", "@odata.deltaLink"] {
            let service = Replay::new();
            let client = client(&service);
            let context =
                context.map(|url| format!(r#""@odata.context":"{url}","#)).unwrap_or_default();
            service.answer(200, format!(r#"{{{context}"value":[],"{member}":"{link}"}}"#));
            service.answer(200, r#"{"value":[]}"#);
            let page = list(&client).await.expect("a page");
            let next = page.next(&client).or_else(|| page.delta(&client)).expect("a link");
            next.await.expect("a page");
            assert_eq!(sent(&service)[1], format!("GET {expected} +"), "{context} {link}");
        }
    }
}

#[tokio::test]
async fn a_relative_link_in_a_batch_is_relative_to_the_request() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(
        200,
        r#"{"responses":[{"id":"1","status":200,"body":{"value":[],"@odata.nextLink":"parts?2"}}]}"#,
    );
    let mut batch = client.batch();
    let handle = batch.add(list(&client));
    let page = batch.send().await.expect("200").take(handle).expect("a page");
    assert_eq!(page.next_link.as_deref(), Some("https://example.com/v1/things('a')/parts?2"));
}

#[tokio::test]
async fn a_link_that_was_followed_before_is_an_error() {
    // Each list of links refers back to one before it, the request itself among them.
    for links in [
        &["https://example.com/v1/things('a')/parts"][..],
        &["parts"],
        &["?page=2", "?page=2"],
        &["?page=2", "?page=3", "?page=2#again"],
        &["?page=2", "?page=3", "https://EXAMPLE.com/v1/things('a')/parts"],
    ] {
        let service = Replay::new();
        let client = client(&service);
        for _ in 0..2 {
            for link in links {
                service.answer(200, format!(r#"{{"value":["a"],"@odata.nextLink":"{link}"}}"#));
            }
        }
        let error = list(&client).all().await.expect_err("a circle");
        assert!(error.is_decode() && error.to_string().contains("followed before"), "{error}");
        assert_eq!(service.requests().len(), links.len());

        let mut items = list(&client).items();
        for _ in links {
            items.next().await.expect("an item").expect("an item of a page before the circle");
        }
        items.next().await.expect("an error").expect_err("a circle");
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn a_circle_in_a_round_of_changes_is_an_error_and_the_next_round_is_none() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(200, r#"{"value":[{}],"@odata.nextLink":"?page=2"}"#);
    service.answer(200, r#"{"value":[{}],"@odata.nextLink":"?page=2"}"#);
    let mut round = client.resource("things").list::<Untyped>().changes();
    let error = round.all().await.expect_err("a circle");
    assert!(error.to_string().contains("followed before"), "{error}");
    assert!(round.next_round(&client).is_none());

    // A round in which nothing changed may begin where the one before it did.
    for _ in 0..3 {
        service.answer(200, r#"{"value":[],"@odata.deltaLink":"things?delta=1"}"#);
    }
    let mut round = client.resource("things").list::<Untyped>().changes();
    for _ in 0..2 {
        round.all().await.expect("a round");
        round = round.next_round(&client).expect("a delta link");
    }
    round.all().await.expect("a round");
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_find_the_circle_too() {
    let service = Replay::new();
    for _ in 0..9 {
        service.answer(200, r#"{"value":["a"],"@odata.nextLink":"?page=2"}"#);
    }
    let results: Vec<_> = list(&client(&service)).items().blocking().collect();
    assert_eq!(results.len(), 3);
    assert!(results[2].is_err());
    let error =
        schemacrate_runtime::blocking::run(list(&client(&service)).all()).expect_err("a circle");
    assert!(error.to_string().contains("followed before"), "{error}");
}

/// A service that has a page for each request.
fn endless(service: &Replay, pages: usize) {
    for page in 1..=pages {
        service
            .answer(200, format!(r#"{{"value":["a","b"],"@odata.nextLink":"tags?$skip={page}"}}"#));
    }
}

#[tokio::test]
async fn all_items_have_a_limit_that_is_an_error_and_never_cuts_off() {
    for (limit, requests) in [(5, 3), (4, 3), (3, 2), (1, 1), (0, 1)] {
        let service = Replay::new();
        endless(&service, 20);
        let error = list(&client(&service)).all().limit(limit).await.expect_err("too many");
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        let expected =
            format!("GET /things({{key}})/parts: the list has more than {limit} items, which");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(error.to_string().contains("`items()`"), "{error}");
        assert_eq!(service.requests().len(), requests, "{limit}");
    }
    let service = Replay::new();
    endless(&service, 2);
    service.answer(200, r#"{"value":[]}"#);
    assert_eq!(list(&client(&service)).all().limit(4).await.expect("four").len(), 4);
}

#[tokio::test]
async fn items_that_are_not_taken_are_not_requested() {
    for (take, requests) in [(0, 0), (1, 1), (2, 1), (3, 2)] {
        let service = Replay::new();
        endless(&service, 3);
        let mut items = list(&client(&service)).items().take(9).take(take);
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("an item");
            count += 1;
        }
        assert_eq!((count, service.requests().len()), (take, requests));
    }
}
