//! Successes without a body, to requests whose answer is an object.

use schemacrate_runtime::codegen;
use schemacrate_runtime::model::{Additional, Untyped, Update};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, Handle, LongRunning, Page, Request};

use crate::structure::structure;
use crate::{client, respond};

const ID: &str = "https://example.com/v1/things('a')";

structure! {
    struct Thing is "depot.thing" {
        id: String = "id",
    }
}

schemacrate_runtime::structured!(Thing);

fn assert_acted(error: &Error, status: u16) {
    let shown = error.to_string();
    assert!(error.is_decode(), "{shown}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    assert!(shown.contains("has done what was asked"), "{shown}");
    assert!(shown.contains("must not be repeated"), "{shown}");
}

#[tokio::test]
async fn an_object_is_a_reference_to_what_was_made() {
    let service = Replay::new();
    let things = client(&service).resource("things");
    for (status, headers) in [
        (204, &[("OData-EntityId", ID), ("Location", "https://example.com/other")][..]),
        (204, &[("Location", ID)]),
        (201, &[("location", "things('a')")]),
        (200, &[("odata-entityid", "/v1/things('a')")]),
    ] {
        for _ in 0..5 {
            respond(&service, status, headers, "");
        }
        let value = "x".to_owned();
        let created: Thing = things.create(&value).await.expect("a success");
        assert_eq!(
            (created.id.as_deref(), created.additional.entity_id().as_deref()),
            (None, Some(ID))
        );
        let replaced: Thing = things.replace(&value).await.expect("a success");
        assert_eq!(replaced.additional.entity_id().as_deref(), Some(ID));
        let updated: Untyped = things.update(&Update::default()).await.expect("a success");
        assert_eq!(updated.text(), format!(r#"{{"@odata.id":"{ID}"}}"#));
        let invoked: Thing = things.invoke().await.expect("a success");
        assert_eq!(invoked.additional.entity_id().as_deref(), Some(ID));
        let optional: Request<Option<Thing>> = things.create(&value);
        let optional = optional.send_full().await.expect("a success");
        assert_eq!((optional.value(), optional.entity_id()), (&None, Some(ID)));
        assert_eq!(optional.status().as_u16(), status);
    }
}

#[tokio::test]
async fn without_an_id_nobody_is_to_repeat_the_request() {
    let service = Replay::new();
    let things = client(&service).resource("things");
    for status in [200, 201, 204] {
        for _ in 0..3 {
            service.answer(status, "");
        }
        let created: Result<Thing, _> = things.create(&1_i32).await;
        assert_acted(&created.expect_err("no id"), status);
        let created: Result<String, _> = things.create(&1_i32).await;
        assert_acted(&created.expect_err("no id"), status);
        things.create::<Thing>(&1_i32).minimal().await.expect("a success");
    }
}

#[tokio::test]
async fn a_value_that_is_not_an_object_is_not_a_reference() {
    let service = Replay::new();
    let things = client(&service).resource("things");
    for _ in 0..3 {
        respond(&service, 204, &[("odata-entityid", ID)], "");
    }
    let text: Result<String, _> = things.create(&1_i32).await;
    assert_acted(&text.expect_err("no text"), 204);
    let list: Result<Vec<Thing>, _> = things.create(&1_i32).await;
    assert_acted(&list.expect_err("no list"), 204);
    let page: Result<Page<Thing>, _> = things.create(&1_i32).await;
    assert_acted(&page.expect_err("no page"), 204);
}

#[tokio::test]
async fn a_read_without_a_body_is_an_error_as_before() {
    let service = Replay::new();
    let things = client(&service).resource("things");
    for _ in 0..2 {
        respond(&service, 200, &[("odata-entityid", ID), ("location", ID)], "");
    }
    let read: Result<Thing, _> = things.get().await;
    assert!(read.expect_err("no body").to_string().ends_with("it has no body"));
    let read: Result<Option<Thing>, _> = things.get().await;
    assert_eq!(read.expect("none"), None);
}

#[tokio::test]
async fn what_is_only_accepted_is_not_done() {
    let service = Replay::new();
    respond(&service, 202, &[("location", "/v1/monitor")], "");
    let created: Result<Thing, _> = client(&service).resource("things").create(&1_i32).await;
    let error = created.expect_err("accepted");
    assert!(error.to_string().contains("accepted the request"), "{error}");
}

#[tokio::test]
async fn an_object_is_a_reference_in_a_batch_and_at_the_end_of_an_operation() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(
        200,
        format!(
            r#"{{"responses":[{{"id":"1","status":204,"headers":{{"OData-EntityId":"{ID}"}}}},
            {{"id":"2","status":204}},{{"id":"3","status":201,"headers":{{"Location":"things('a')"}}}}]}}"#
        ),
    );
    let mut batch = client.batch();
    let things = client.resource("things");
    let [first, second, third]: [Handle<Thing>; 3] =
        [1, 2, 3].map(|number: i32| batch.add(things.create(&number)));
    let mut answers = batch.send().await.expect("200");
    assert_eq!(answers.take(first).expect("204").additional.entity_id().as_deref(), Some(ID));
    assert_acted(&answers.take(second).expect_err("no id"), 204);
    assert_eq!(answers.take(third).expect("201").additional.entity_id().as_deref(), Some(ID));

    respond(&service, 202, &[("location", "/v1/monitor")], "");
    respond(&service, 200, &[("asyncresult", "204"), ("odata-entityid", ID)], "");
    let copy: Request<Thing> = things.create(&1_i32);
    let mut copy: LongRunning<Thing> = copy.start().await.expect("202");
    assert_eq!(copy.finish().await.expect("204").additional.entity_id().as_deref(), Some(ID));
}
