//! Merge patches of a crate that is generated from an OpenAPI description, as a service sees them.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_events::Client;
use golden_events::runtime::model::{Null, Update};
use golden_events::runtime::transport::Replay;
use golden_events::runtime::{Error, IndexMap};
use golden_events::types::{Animal, AnimalPatch, Home, HomePatch, Kind, Owner, WishesPatch};

const MIA: &str = r#"{"name":"Mia","kind":"cat"}"#;

fn client() -> (Client, Replay) {
    let service = Replay::new();
    for _ in 0..9 {
        service.answer(200, MIA);
    }
    (Client::builder().transport(service.clone()).build().unwrap(), service)
}

fn sent(service: &Replay) -> Vec<String> {
    let text = |one: &golden_events::runtime::http::Request<_>| {
        let body: &golden_events::runtime::bytes::Bytes = one.body();
        String::from_utf8(body.to_vec()).unwrap()
    };
    service.requests().iter().map(text).collect()
}

#[tokio::test]
async fn a_member_is_absent_null_or_has_a_value() -> Result<(), Error> {
    let (client, service) = client();
    let animals = client.animals();
    let color: Option<String> = None;
    let patch = AnimalPatch::new()
        .name("Mia")
        .kind(Kind::Cat)
        .nick_name(Null)
        .color(&color)
        .weight(Some(4.5))
        .home(HomePatch::new().number(Null).parent(HomePatch::new().street("Main Street")))
        .owners([Owner::default().name("Ada")])
        .tags([("chip", Some("1")), ("ring", None)])
        .rooms([("old", Null)])
        .secret("x")
        .additional("x-new", 1);
    assert_eq!(animals.update(7, &patch).await?.name, "Mia");
    animals.update(7, AnimalPatch::new()).await?;
    animals.update(7, AnimalPatch::new().home(Null).owners(())).await?;
    let rooms = IndexMap::from([("a", Some(HomePatch::new().number(1))), ("b", None)]);
    animals.update(7, AnimalPatch::new().rooms(&rooms).home(Home::new("Side Street"))).await?;
    let sent = sent(&service);
    assert_eq!(
        sent[0],
        r#"{"name":"Mia","kind":"cat","nick_name":null,"color":null,"weight":4.5,"home":{"number":null,"parent":{"street":"Main Street"}},"owners":[{"name":"Ada"}],"tags":{"chip":"1","ring":null},"rooms":{"old":null},"secret":"x","x-new":1}"#
    );
    assert_eq!(sent[1], "{}");
    assert_eq!(sent[2], r#"{"home":null,"owners":[]}"#);
    assert_eq!(sent[3], r#"{"rooms":{"a":{"number":1},"b":null},"home":{"street":"Side Street"}}"#);
    let types = service.requests();
    assert_eq!(types[0].headers()["content-type"], "application/merge-patch+json");
    Ok(())
}

#[tokio::test]
async fn the_struct_and_an_update_by_hand_are_patches_too() -> Result<(), Error> {
    let (client, service) = client();
    let animal = Animal::new("Mia", Kind::Cat).color("black".to_owned());
    client.animals().update(7, &animal).await?;
    client.animals().update(7, Update::default().with_nullable::<String>("born", Null)).await?;
    client.animals().wish(7).body(WishesPatch::default().garden(None).note("quiet")).await?;
    let sent = sent(&service);
    assert_eq!(sent[0], r#"{"name":"Mia","kind":"cat","color":"black"}"#);
    assert_eq!(sent[1], r#"{"born":null}"#);
    assert_eq!(sent[2], r#"{"garden":null,"note":"quiet"}"#);
    Ok(())
}

#[tokio::test]
async fn a_text_that_is_not_a_value_is_a_fault_before_anything_is_sent() {
    let (client, service) = client();
    let patch = AnimalPatch::new().born("tomorrow");
    let error = client.animals().update(7, patch).await.unwrap_err();
    assert!(error.to_string().contains("the value of `born` cannot be sent"), "{error}");
    let nested = AnimalPatch::new().rooms([("a", HomePatch::new().additional("b", "x"))]);
    client.animals().update(7, nested).await.unwrap();
    assert_eq!(sent(&service), [r#"{"rooms":{"a":{"b":"x"}}}"#]);
}
