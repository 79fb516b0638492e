//! Text is accepted as `&str`, `String`, `&String` and `Cow`, and where a member may be null as an `Option`
//! of these, in setters, filters and keys.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::runtime::model::Null;
use golden_service::runtime::transport::Replay;
use golden_service::shop::{CustomerUpdate, Order, OrderUpdate, Size};
use std::borrow::Cow;

fn main() -> Result<(), Error> {
    let client = Client::builder().transport(Replay::new()).build()?;
    let note = "fragile".to_owned();

    let number = client.orders().number(7);
    for update in [
        OrderUpdate::new().note("fragile"),
        OrderUpdate::new().note(&note),
        OrderUpdate::new().note(note.clone()),
        OrderUpdate::new().note(Cow::Borrowed("fragile")),
        OrderUpdate::new().note(Some("fragile")),
        OrderUpdate::new().note(Some(&note)),
        OrderUpdate::new().note(&Some(note.clone())),
    ] {
        let request = number.update(update).to_http()?;
        assert_eq!(&request.body()[..], br#"{"note":"fragile"}"#);
    }
    for update in [
        OrderUpdate::new().note(None::<&str>),
        OrderUpdate::new().note(None::<String>),
        OrderUpdate::new().note(Null),
    ] {
        assert_eq!(&number.update(update).to_http()?.body()[..], br#"{"note":null}"#);
    }
    // What is never null takes the same texts.
    let customer = client.customers().by_name("Ada");
    for update in [CustomerUpdate::new().name(&note), CustomerUpdate::new().name("fragile")] {
        assert_eq!(&customer.update(update).to_http()?.body()[..], br#"{"name":"fragile"}"#);
    }

    for filter in [
        Order::NOTE.eq("fragile"),
        Order::NOTE.eq(&note),
        Order::NOTE.eq(note.clone()),
        Order::NOTE.eq(Some("fragile")),
        Order::NOTE.eq(&Some(note.clone())),
    ] {
        assert_eq!(filter.as_str(), "note eq 'fragile'");
    }
    assert_eq!(Order::NOTE.eq(None::<&String>).as_str(), "note eq null");
    assert_eq!(Order::TAGS.any(|tag| tag.eq(&note)).as_str(), "tags/any(x1:x1 eq 'fragile')");

    let lines = client.orders().number(7).lines();
    assert_eq!(
        lines.key(&note, Size::Large).resource().path(),
        lines.key("fragile", &Size::Large).resource().path()
    );
    Ok(())
}
