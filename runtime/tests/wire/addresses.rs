//! Items by their path in a hierarchy, and what no address can carry.

use schemacrate_runtime::model::Untyped;
use schemacrate_runtime::paths::{EntityPathExt, MediaPath, ReferencePath, ReferencesPath};
use schemacrate_runtime::query::Queryable;
use schemacrate_runtime::{Error, ErrorKind, Resource};

use crate::service::Service;

/// The object that it is the path of.
pub(crate) struct Item;

impl Queryable for Item {
    type Properties = Self;
}

/// A path type as a generated crate has it.
#[must_use]
pub(crate) struct ItemPath(Resource);

schemacrate_runtime::entity_path!(ItemPath, Item);

fn root(service: &Service) -> ItemPath {
    ItemPath::at(service.client().resource("drive").child("root"))
}

#[tokio::test]
async fn an_item_is_addressed_by_its_path_and_the_colon_ends_it_if_more_follows() {
    let service = Service::start().await;
    let root = root(&service);
    let item = |path| root.item_with_path(path).resource().clone();
    let cases = [
        (item("a.txt"), "a.txt"),
        (item("/a.txt"), "a.txt"),
        (item("Documents/a b#.txt"), "Documents/a%20b%23.txt"),
        (item("50%/a?b&c=d:e"), "50%25/a%3Fb%26c%3Dd%3Ae"),
        (item("%2e%2e/%2F"), "%252e%252e/%252F"),
        (item("Übersicht/日本.txt"), "%C3%9Cbersicht/%E6%97%A5%E6%9C%AC.txt"),
        (item(".../a\\b/.c"), ".../a%5Cb/.c"),
        (item("a").child("children"), "a:/children"),
        (item("a b").child("children").key_segment("7").child("name"), "a%20b:/children/7/name"),
        (item("a").raw("/workbook/range(address='A1')"), "a:/workbook/range(address='A1')"),
        (item("a").child("delta").arguments(&[("token", Some("t".into()))]), "a:/delta(token='t')"),
        (item("a").item_with_path("b/c").child("children"), "a/b/c:/children"),
        (item("a").child("parent").item_with_path("b"), "a:/parent:/b"),
    ];
    for (resource, expected) in cases {
        service.answer("200 OK", "{}");
        resource.get::<Untyped>().await.expect("200 OK");
        let sent = service.recorded().pop().expect("a request").target;
        assert_eq!(sent, format!("/beta/drive/root:/{expected}"));
        assert_eq!(resource.url(), service.url(&sent));
    }
}

#[tokio::test]
async fn what_every_entity_has_follows_an_item_too() {
    let service = Service::start().await;
    let item = root(&service).item_with_path("mail/a.eml");
    for answer in ["bytes", "{}"] {
        service.answer("200 OK", answer);
    }
    assert_eq!(&item.media().download().await.expect("200 OK")[..], b"bytes");
    item.reference().get().await.expect("200 OK");
    let sent: Vec<String> = service.recorded().into_iter().map(|one| one.target).collect();
    assert_eq!(
        sent,
        ["/beta/drive/root:/mail/a.eml:/$value", "/beta/drive/root:/mail/a.eml:/$ref"]
    );
    assert_eq!(format!("{item:?}"), "ItemPath(Resource(/drive/root:/{key}))");
}

/// The message of the error of a request that is not sent.
fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    let error = answer.expect_err("a refused address");
    assert_eq!(error.kind(), ErrorKind::Request, "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn what_no_address_can_carry_is_an_error_and_nothing_is_sent() {
    let service = Service::start().await;
    let (client, root) = (service.client(), root(&service));
    let item = |path| root.item_with_path(path).resource().clone();
    let cases = [
        (item("../a"), "segment 1 of the path is `..`"),
        (item("a/./b"), "segment 2 of the path is `.`"),
        (item("a/b/.."), "segment 3 of the path is `..`"),
        (item("a//b"), "segment 2 of the path is empty"),
        (item("//a"), "segment 1 of the path is empty"),
        (item("a/"), "segment 2 of the path is empty"),
        (item(""), "segment 1 of the path is empty"),
        (item("/"), "segment 1 of the path is empty"),
        (item("a").item_with_path(".."), "segment 1 of the path is `..`"),
        (item("..").item_with_path("a").child("children"), "segment 1 of the path is `..`"),
        (client.raw("../a"), "segment 1 of the path is `..`"),
        (client.raw("users/7/../8"), "segment 3 of the path is `..`"),
        (client.raw("users/."), "segment 2 of the path is `.`"),
        (client.raw("users/%2e%2E/8"), "segment 2 of the path is `%2e%2E`"),
        (client.raw("users/.%2e"), "segment 2 of the path is `.%2e`"),
        (client.raw("drive/root:/a/..:/children"), "segment 4 of the path is `..:`"),
        (client.raw("users//8"), "segment 2 of the path is empty"),
        (client.raw("//users"), "segment 1 of the path is empty"),
        (client.raw("//"), "segment 1 of the path is empty"),
        (client.raw("users//"), "segment 2 of the path is empty"),
        (root.resource().raw("../b").raw("c"), "segment 1 of the path is `..`"),
        (root.resource().raw("..").key_segment("c").child("d"), "segment 1 of the path is `..`"),
    ];
    for (resource, expected) in cases {
        let expected = format!("{expected}, which no address can carry");
        let read = refused(resource.get::<Untyped>().await);
        assert!(read.contains(&expected), "{read}");
        for message in [
            refused(resource.delete().await),
            refused(resource.get::<Untyped>().to_http()),
            refused(MediaPath::of_entity(&resource).open().await),
            refused(ReferencesPath::<Item>::new(root.resource()).add(&resource).await),
            refused(ReferencesPath::<Item>::new(root.resource()).remove(&resource).await),
            refused(ReferencePath::<Item>::new(root.resource()).set(&resource).await),
        ] {
            assert!(message.contains(&expected), "{message}");
        }
        assert!(!resource.template().is_empty());
    }
    let mut batch = client.batch();
    let _ = batch.add(client.raw("users/../8").get::<Untyped>());
    assert!(refused(batch.send().await).contains("segment 2 of the path is `..`"));
    assert!(service.recorded().is_empty());
}

#[tokio::test]
async fn a_slash_at_either_end_of_a_written_path_is_not_a_segment() {
    let service = Service::start().await;
    let client = service.client();
    let cases = [
        (client.raw("/users"), "/users"),
        (client.raw("users/"), "/users/"),
        (client.raw("users/").child("count"), "/users/count"),
        (client.raw("users/").raw("/7/").item_with_path("a"), "/users/7:/a"),
        (client.raw(""), "/"),
        (client.raw("").child("users"), "/users"),
        (client.raw("users/...").raw("..a/.b"), "/users/.../..a/.b"),
    ];
    for (resource, expected) in cases {
        service.answer("200 OK", "{}");
        resource.get::<Untyped>().await.expect("200 OK");
        let sent = service.recorded().pop().expect("a request").target;
        assert_eq!(sent, format!("/beta{expected}"));
    }
}
