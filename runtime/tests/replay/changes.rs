//! Entries of delta responses, as OData 4.0 and 4.01 write them, in each type that they are read as.

use schemacrate_runtime::codegen;
use schemacrate_runtime::model::{Additional, Untyped, Value};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Change, Page, Request};

use crate::client;
use crate::structure::structure;

structure! {
    struct Thing is "depot.thing" {
        id: String = "id",
        source: String = "source",
    }
}

schemacrate_runtime::structured!(Thing);

/// The kind of change of each entry, with everything in it except the item.
async fn read<T: Value + Send + 'static>(entries: &str) -> Vec<String> {
    let service = Replay::new();
    service.answer(200, format!(r#"{{"value":[{entries}],"@odata.deltaLink":"x"}}"#));
    let mut round = client(&service).resource("things").list::<T>().changes();
    let changes = round.all().await.expect("a round");
    let shown = |change: Change<T>| match change {
        Change::Present(_) => "present".to_owned(),
        Change::Removed { id, reason, .. } => format!("removed {id:?} {reason:?}"),
        Change::LinkAdded { source, relationship, target } => {
            format!("link {source} {relationship} {target}")
        }
        Change::LinkRemoved { source, relationship, target } => {
            format!("no link {source} {relationship} {target}")
        }
        _ => "something new".to_owned(),
    };
    changes.into_iter().map(shown).collect()
}

#[tokio::test]
async fn entries_are_told_apart_in_either_version() {
    let deleted = |context: &str| format!(r#"{{{context},"id":"things('b')","reason":"deleted"}}"#);
    let link = |kind: &str| {
        format!(
            r##"{{"@odata.context":"https://example.com/v1/$metadata#people/{kind}",
            "source":"people(1)","relationship":"things","target":"things('a')"}}"##
        )
    };
    let entries = [
        r##"{"@odata.context":"#things/$entity","id":"a"}"##.to_owned(),
        r##"{"@odata.type":"#depot.crate","id":"a"}"##.to_owned(),
        deleted(r##""@odata.context":"https://example.com/v1/$metadata#things/$deletedEntity""##),
        deleted(r##""@odata.context":"#things/$deletedEntity""##),
        deleted(r##""@context":"$metadata#things/$deletedEntity""##),
        r#"{"@removed":{"reason":"changed"},"@id":"things('c')","id":"c"}"#.to_owned(),
        r#"{"@odata.removed":{},"@odata.id":"things('d')"}"#.to_owned(),
        r#"{"@removed":null,"id":"e"}"#.to_owned(),
        link("$link"),
        link("$deletedLink"),
        r##"{"@context":"#people/$deletedLink","source":"people(1)","relationship":"owner"}"##
            .to_owned(),
    ]
    .join(",");
    let expected = [
        "present",
        "present",
        r#"removed Some("things('b')") Some("deleted")"#,
        r#"removed Some("things('b')") Some("deleted")"#,
        r#"removed Some("things('b')") Some("deleted")"#,
        r#"removed Some("things('c')") Some("changed")"#,
        r#"removed Some("things('d')") None"#,
        "removed None None",
        "link people(1) things things('a')",
        "no link people(1) things things('a')",
        "no link people(1) owner ",
    ];
    assert_eq!(read::<Untyped>(&entries).await, expected);
    assert_eq!(read::<Thing>(&entries).await, expected);
}

#[tokio::test]
async fn a_value_that_is_not_an_object_is_present() {
    assert_eq!(read::<Untyped>(r#"1,"a""#).await, ["present", "present"]);
    assert_eq!(read::<i32>("1").await, ["present"]);
}

#[tokio::test]
async fn a_delta_link_before_the_last_page_begins_no_round() {
    let service = Replay::new();
    let client = client(&service);
    service.answer(200, r#"{"value":["a"],"@odata.nextLink":"?2","@odata.deltaLink":"?early"}"#);
    service.answer(400, "");
    let list: Request<Page<String>> = client.resource("list").list();
    let mut changes = list.changes();
    changes.next().await.expect("a change").expect("no error");
    assert_eq!(changes.delta_link(), None);
    changes.next().await.expect("an error").expect_err("400");
    assert_eq!(changes.delta_link(), None);
    assert!(changes.next_round(&client).is_none());
}
