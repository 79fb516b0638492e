//! Answers with status 200 that are not what was requested, as services have sent them.

#![allow(clippy::unwrap_used)] // A test may panic.

#[path = "../src/odata/tests/structure.rs"]
mod structure;

use schemacrate_runtime::codegen;
use schemacrate_runtime::model::{Additional, Untyped};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, Page, ServiceClient};
use structure::structure;

structure! {
    /// An entity type.
    struct Thing is "depot.thing" {
        id: String = "id",
        tags: Vec<String> = "tags",
    }
}

schemacrate_runtime::structured!(Thing);

fn client(bodies: &[&str]) -> ServiceClient {
    let service = Replay::new();
    for body in bodies {
        service.answer(200, (*body).to_owned());
    }
    ServiceClient::builder("https://example.com/v1").transport(service).build().unwrap()
}

async fn all(bodies: &[&str]) -> Result<Vec<Untyped>, Error> {
    client(bodies).resource("things").list().all().await
}

#[tokio::test]
async fn a_list_without_value_is_not_a_list() {
    for body in [
        "{}",
        r#"{"error":{"code":"UnknownError","message":"m"}}"#,
        r#"{"id":"1"}"#,
        r#"{"value":null}"#,
        r#"{"value":{}}"#,
        r#"{"d":{"results":[1]}}"#,
    ] {
        let error = all(&[body]).await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
        let optional = client(&[body]).resource("things").get::<Option<Page<Untyped>>>().await;
        assert!(optional.is_err(), "{body}: {optional:?}");
    }
    assert!(all(&[r#"{"value":[]}"#]).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_error_object_is_an_error_whatever_the_status() {
    let body = r#"{"error":{"code":"UnknownError","message":"Later."}}"#;
    let list = all(&[body]).await.unwrap_err();
    let entity = client(&[body]).resource("things").get::<Thing>().await.unwrap_err();
    let number = client(&[body]).resource("things").get::<i32>().await.unwrap_err();
    for error in [list, entity, number] {
        assert!(error.to_string().contains("UnknownError: Later."), "{error}");
        assert_eq!(error.service_error().unwrap().code(), "UnknownError");
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn a_collection_is_not_an_entity() {
    let body = r#"{"@odata.context":"c","value":[{"id":"1"}]}"#;
    let error = client(&[body]).resource("things").get::<Thing>().await.unwrap_err();
    assert!(error.to_string().contains("a collection came"), "{error}");
    let body = r#"{"value":{"id":"1"}}"#;
    let thing: Thing = client(&[body]).resource("things").get().await.unwrap();
    assert_eq!(thing.id.as_deref(), Some("1"));
}

#[tokio::test]
async fn the_next_link_of_4_01_is_followed() {
    let first = r#"{"value":[{"id":"1"}],"@nextLink":"https://example.com/v1/things?2"}"#;
    assert_eq!(all(&[first, r#"{"value":[{"id":"2"}]}"#]).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_value_of_another_type_does_not_lose_the_page() {
    let body = r#"{"value":[{"id":"1"},{"id":"see you \ud83d","tags":["x",null]}]}"#;
    let page: Page<Thing> = client(&[body]).resource("things").list().await.unwrap();
    let unread = page.unread();
    let [tags] = unread.as_slice() else { panic!("{unread:?}") };
    assert_eq!((tags.path(), tags.value().text()), ("value[1].tags", r#"["x",null]"#));
    assert_eq!(page.value[1].id.as_deref(), Some("see you \u{fffd}"));
    assert_eq!(page.value[1].tags, None);
    assert_eq!(schemacrate_runtime::model::to_json(&page), body.as_bytes());
}
