//! Lists page by page.

#![allow(unreachable_pub)] // The structs are as in a crate of their own.

use futures_util::StreamExt;
use schemacrate_runtime::codegen::{self, Invocation, Operation, Paged, Paging, Parameter};
use schemacrate_runtime::model::Additional;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, ErrorKind, Request, ServiceClient, bytes::Bytes, http};

use crate::declare::object;
use crate::guarded;
use crate::service::Service;

object! {
    TagList = codegen::Shape::json("TagList", &["data", "next"]).with_required(&[0]);
    required data: Vec<String>,
    nullable next: Option<String>,
}

impl Paged for TagList {
    type Item = String;

    fn items(&self) -> &[String] {
        &self.data
    }

    fn into_items(self) -> Vec<String> {
        self.data
    }
}

const TAGS: Operation = Operation::new("GET", "/tags?kind=x")
    .with_parameters(&[Parameter::query("first item"), Parameter::query("limit")])
    .with_security(&[&["inQuery", "inHeader"]]);
const LINKED: Operation = TAGS.with_paging(&Paging::link_header());
const NEXT: Operation = TAGS.with_paging(&Paging::next_link("/next"));
const CURSOR: Operation = TAGS.with_paging(&Paging::cursor("first item", "/next"));
const OFFSET: Operation = TAGS.with_paging(&Paging::offset("first item").with_limit("limit"));
const PATH: Operation = TAGS.with_paging(&Paging::next_path("/next"));
const ALL: Operation = TAGS.with_paging(&Paging::one_page());
const COUNTED: Operation = TAGS.with_paging(&Paging::page("first item", 1).with_pages("/pages"));
const MORE: Operation = TAGS.with_paging(&Paging::offset("first item").with_more("/has more"));
const SEARCH: Operation = Operation::new("POST", "/tags")
    .with_security(&[&["inHeader"]])
    .with_paging(&Paging::cursor("/page/after", "/data/-1").with_more("/more").in_body());
const SEARCH_AT: Operation =
    SEARCH.with_paging(&Paging::offset("/from").with_limit("/size").in_body());
const PAGE: Operation = TAGS.with_paging(&Paging::page("first item", 0));

fn client(service: &Replay) -> ServiceClient {
    guarded::client(service).authorize("inQuery", "q").authorize("inHeader", "h")
}

/// Prepares a page with a header `Link`; none if it is empty.
fn answer(service: &Replay, link: &str, body: &'static str) {
    let mut response = http::Response::builder();
    if !link.is_empty() {
        response = response.header("link", link);
    }
    service.respond(response.body(Bytes::from(body)).expect("a response"));
}

fn targets(service: &Replay) -> Vec<String> {
    let requests = service.requests();
    let target = |request: &http::Request<Bytes>| {
        assert_eq!(request.headers()["x-key"], "h");
        request.uri().to_string().replace("https://api.example.com/v1", "")
    };
    requests.iter().map(target).collect()
}

async fn all<T: Paged<Item = String> + Send + 'static>(
    request: Request<T>,
) -> Result<String, Error> {
    let items: Vec<_> = request.items().collect().await;
    items.into_iter().collect()
}

#[tokio::test]
async fn the_header_link_has_the_next_page() {
    let service = Replay::new();
    answer(&service, r#"<tags?page=2&api%20key=q>; rel="next", <x>; rel=last"#, r#"["a","b"]"#);
    answer(&service, r#"</v1/tags?page=3>; rel=NEXT"#, "[]");
    answer(&service, r#"<tags?page=1>; rel=prev"#, r#"["c"]"#);
    let tags: Request<Vec<String>> = Invocation::new(&client(&service), &LINKED).request();
    assert_eq!(all(tags.header("x-own", "1")).await.expect("all"), "abc");
    let expected =
        ["/tags?kind=x&api%20key=q", "/tags?page=2&api%20key=q", "/tags?page=3&api%20key=q"];
    assert_eq!(targets(&service), expected);
    assert!(service.requests().iter().all(|request| request.headers()["x-own"] == "1"));
}

#[tokio::test]
async fn the_body_has_the_next_page() {
    let service = Replay::new();
    service.answer(200, r#"{"data":["a"],"next":"/v1/tags?after=a"}"#);
    service.answer(200, r#"{"data":["b"],"next":null}"#);
    let tags: Request<TagList> = Invocation::new(&client(&service), &NEXT).request();
    assert_eq!(all(tags).await.expect("all"), "ab");
    assert_eq!(targets(&service), ["/tags?kind=x&api%20key=q", "/tags?after=a&api%20key=q"]);

    service.answer(200, r#"{"data":["a"],"next":"https://elsewhere.example.com/tags"}"#);
    let tags: Request<TagList> = Invocation::new(&client(&service), &NEXT).request();
    let mut pages = tags.pages();
    assert_eq!(pages.next().await.expect("a page").expect("200").data, ["a"]);
    let error = pages.next().await.expect("an error").expect_err("another origin");
    assert!(error.to_string().contains("links to another origin are not followed"), "{error}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_cursor_is_sent_back() {
    let service = Replay::new();
    service.answer(200, r#"{"data":["a"],"next":"&=ä"}"#);
    service.answer(200, r#"{"data":["b"],"next":"2"}"#);
    service.answer(200, r#"{"data":["c"],"next":""}"#);
    let tags = Invocation::<TagList>::new(&client(&service), &CURSOR);
    let tags = tags.query::<String>("first item", "0").request();
    assert_eq!(all(tags).await.expect("all"), "abc");
    let target = |cursor: &str| format!("/tags?kind=x&first%20item={cursor}&api%20key=q");
    assert_eq!(targets(&service), [target("0"), target("%26%3D%C3%A4"), target("2")]);
}

#[tokio::test]
async fn a_path_of_the_next_page_is_below_the_address_of_the_service() {
    let service = Replay::new();
    for next in ["/tags?after=a", "/v1/tags?after=b", "tags?after=c", "/v10", ""] {
        let body = format!(r#"{{"data":["a"],"next":"{next}"}}"#);
        service.answer(200, body);
    }
    let tags: Request<TagList> = Invocation::new(&client(&service), &PATH).request();
    assert_eq!(all(tags).await.expect("all"), "aaaaa");
    let paths = ["/tags?kind=x", "/tags?after=a", "/tags?after=b", "/tags?after=c", "/v10?"];
    for (target, path) in targets(&service).iter().zip(paths) {
        assert!(target.starts_with(path), "{target}");
    }
}

#[tokio::test]
async fn the_body_reports_the_last_page() {
    let service = Replay::new();
    service.answer(200, r#"{"data":[],"pages":2}"#);
    service.answer(200, r#"{"data":["a"],"pages":2}"#);
    let tags: Request<TagList> = Invocation::new(&client(&service), &COUNTED).request();
    assert_eq!(all(tags).await.expect("all"), "a");

    service.answer(200, r#"{"data":["a","b"],"has more":true}"#);
    service.answer(200, r#"{"data":["c"],"has more":false}"#);
    let tags: Request<TagList> = Invocation::new(&client(&service), &MORE).request();
    assert_eq!(all(tags).await.expect("all"), "abc");

    service.answer(200, r#"{"data":["a","b"]}"#);
    let tags: Request<TagList> = Invocation::new(&client(&service), &ALL).request();
    assert_eq!(all(tags).await.expect("all"), "ab");
    assert_eq!(service.requests().len(), 5);
    assert!(targets(&service)[3].contains("first%20item=2"));
}

#[tokio::test]
async fn inputs_are_members_of_the_body() {
    let service = Replay::new();
    service.answer(200, r#"{"data":["a","b"],"more":true}"#);
    service.answer(200, r#"{"data":["c"],"more":true}"#);
    service.answer(200, r#"{"data":["d"],"more":false}"#);
    service.answer(200, r#"{"data":["a","b"]}"#);
    service.answer(200, r#"{"data":["c"]}"#);
    let tags = Invocation::<TagList>::new(&client(&service), &SEARCH);
    let tags = tags.json::<schemacrate_runtime::model::Untyped>(serde_json::json!({"of": 1.5}));
    assert_eq!(all(tags.request()).await.expect("all"), "abcd");
    let tags = Invocation::<TagList>::new(&client(&service), &SEARCH_AT);
    let tags = tags.json::<schemacrate_runtime::model::Untyped>(serde_json::json!({"size": 2}));
    assert_eq!(all(tags.request()).await.expect("all"), "abc");

    let requests = service.requests();
    let bodies: Vec<&[u8]> = requests.iter().map(|request| &**request.body()).collect();
    assert_eq!(bodies[0], br#"{"of":1.5}"#);
    assert_eq!(bodies[1], br#"{"of":1.5,"page":{"after":"b"}}"#);
    assert_eq!(bodies[2], br#"{"of":1.5,"page":{"after":"c"}}"#);
    assert_eq!(bodies[4], br#"{"size":2,"from":2}"#);
    assert!(requests.iter().all(|request| request.headers()["content-type"] == "application/json"));
}

#[tokio::test]
async fn a_page_has_a_number_or_an_offset() {
    let service = Replay::new();
    for body in [r#"["a","b"]"#, r#"["c","d"]"#, r#"["e"]"#] {
        service.answer(200, body);
    }
    let tags = Invocation::<Vec<String>>::new(&client(&service), &OFFSET);
    let tags = tags.query::<i64>("limit", 2).query::<i64>("first item", 10).request();
    assert_eq!(all(tags).await.expect("all"), "abcde");
    let target = |offset: &str| format!("/tags?kind=x&{offset}&api%20key=q");
    let expected =
        ["first%20item=10&limit=2", "limit=2&first%20item=12", "limit=2&first%20item=14"];
    assert_eq!(targets(&service), expected.map(target));

    let service = Replay::new();
    for body in [r#"["a","b"]"#, r#"["c"]"#, "[]"] {
        service.answer(200, body);
    }
    let tags = Invocation::<Vec<String>>::new(&client(&service), &PAGE).request();
    assert_eq!(all(tags).await.expect("all"), "abc");
    let expected =
        ["/tags?kind=x&api%20key=q".to_owned(), target("first%20item=1"), target("first%20item=2")];
    assert_eq!(targets(&service), expected);
}

#[tokio::test]
async fn what_would_never_end_is_an_error() {
    let service = Replay::new();
    service.answer(200, r#"{"data":["a"],"next":"same"}"#);
    service.answer(200, r#"{"data":["b"],"next":"same"}"#);
    let tags = Invocation::<TagList>::new(&client(&service), &CURSOR).request();
    let mut items = tags.items();
    assert_eq!(items.next().await.expect("an item").expect("200"), "a");
    assert_eq!(items.next().await.expect("an item").expect("200"), "b");
    let error = items.next().await.expect("an error").expect_err("a circle");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_list_without_a_rule_has_no_pages() {
    let service = Replay::new();
    let tags = Invocation::<Vec<String>>::new(&client(&service), &TAGS).request();
    let error = all(tags).await.expect_err("no rule");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().starts_with("GET /tags?kind=x: how its pages"), "{error}");
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn the_first_items_need_no_more_pages() {
    let service = Replay::new();
    service.answer(200, r#"["a","b"]"#);
    let tags = Invocation::<Vec<String>>::new(&client(&service), &PAGE).request();
    let items: Vec<_> = tags.items().take(2).collect().await;
    assert_eq!(items.len(), 2);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_link_that_came_by_way_of_another_origin_is_not_followed() {
    let (service, other) = (Service::start().await, Service::start().await);
    service.answer_with("302 Found", &[&format!("location: {}", other.url("/tags"))], "");
    let link = format!("link: <{}>; rel=next", service.url("/beta/secret"));
    other.answer_with("200 OK", &[&link], r#"["a"]"#);
    let client = guarded::Client::from(service.builder().build().expect("a client")).0;
    let client = client.authorize("inQuery", "q").authorize("inHeader", "h");
    let tags: Request<Vec<String>> = Invocation::new(&client, &LINKED).request();
    let error = all(tags).await.expect_err("a link of another origin");
    assert!(error.to_string().contains("came by way of another origin"), "{error}");
    assert_eq!(service.recorded().len(), 1);
}
