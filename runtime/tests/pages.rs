//! Collections of many pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, ServiceClient};

const PAGE: usize = 1_000;
const PAGES: usize = 1_000;

/// A service with an endless collection, which is made page by page.
#[derive(Clone, Default)]
struct Endless(Arc<AtomicUsize>);

impl Transport for Endless {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let sent = self.0.fetch_add(1, Ordering::SeqCst);
        let query = request.uri().query().unwrap_or_default();
        let page: usize =
            query.strip_prefix("page=").map_or(0, |page| page.parse().expect("a page"));
        assert_eq!(page, sent, "pages are asked for in order, and once");
        let items: Vec<String> = (page * PAGE..(page + 1) * PAGE).map(|n| n.to_string()).collect();
        let next = match page + 1 {
            PAGES => String::new(),
            next => format!(r#","@odata.nextLink":"items?page={next}""#),
        };
        let body = format!(r#"{{"value":[{}]{next}}}"#, items.join(","));
        Box::pin(async move { Ok(http::Response::new(Body::from(Bytes::from(body)))) })
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

fn client(transport: impl Transport) -> ServiceClient {
    ServiceClient::builder("https://example.com/v1").transport(transport).build().expect("a client")
}

#[tokio::test]
async fn a_stream_of_a_million_items_holds_one_page() {
    let service = Endless::default();
    let mut items = client(service.clone()).resource("items").list::<i64>().items();
    let mut seen = 0_usize;
    while let Some(item) = items.next().await {
        assert_eq!(item.expect("an item"), i64::try_from(seen).expect("a small number"));
        seen += 1;
        let asked = service.0.load(Ordering::SeqCst);
        assert_eq!(asked, seen.div_ceil(PAGE), "no page is asked for before it is wanted");
    }
    assert_eq!(seen, PAGE * PAGES);
}

#[tokio::test]
async fn items_are_a_stream_of_the_ecosystem() {
    let service = Replay::new();
    service.answer(200, r#"{"value":[1,2],"@odata.nextLink":"items?page=1"}"#);
    service.answer(200, r#"{"value":[3]}"#);
    let items = client(service).resource("items").list::<i64>().items();
    let even: Vec<i64> = items
        .map(|item| item.expect("an item") * 2)
        .filter(|n| std::future::ready(n % 4 != 0))
        .collect()
        .await;
    assert_eq!(even, [2, 6]);
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let service = Replay::new();
    service.answer(200, r#"{"value":[1],"@odata.nextLink":"https://elsewhere.example/items"}"#);
    let client = client(service.clone());
    let mut items = client.resource("items").list::<i64>().items();
    assert_eq!(items.next().await.expect("an item").expect("no error"), 1);
    let error = items.next().await.expect("an error").expect_err("a foreign link");
    assert!(error.to_string().contains("elsewhere.example"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn all_items_come_at_once() {
    let service = Replay::new();
    service.answer(200, r#"{"value":[1,2],"@odata.nextLink":"items?page=1"}"#);
    service.answer(200, r#"{"value":[3]}"#);
    let all = client(service).resource("items").list::<i64>().all().await.expect("all pages");
    assert_eq!(all, [1, 2, 3]);
}
