//! What a service sends to a program: webhooks and callbacks of a crate that is generated from an OpenAPI
//! description, read from the bytes that came.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(deprecated)] // The service deprecates one of them.

use golden_events::runtime::http::{HeaderMap, Request};
use golden_events::runtime::webhook::WebhookPart;
use golden_events::types::Kind;
use golden_events::webhooks::{
    AnimalArrived, AnimalLeft, AnimalLeftDelete, HooksSubscribeAdopted, Photo, Ready, Tick, Type,
};

fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
    all.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const CAT: &str = r#"{"id":7,"name":"Mia","kind":"cat","color":null,"chip":"x-1"}"#;

#[test]
fn a_webhook_has_its_body_and_its_headers() {
    let headers = headers(&[
        JSON,
        ("x-signature", "sha256=abc"),
        ("x-sent-at", "2026-11-30T10:00:00Z"),
        ("x-tags", "a, b"),
        ("x-tags", "c"),
        ("x-other", "1"),
    ]);
    let arrived = AnimalArrived::parse(&headers, CAT).unwrap();
    assert_eq!((arrived.body.id, arrived.body.name.as_str()), (Some(7), "Mia"));
    assert_eq!(arrived.body.kind, Kind::Cat);
    assert_eq!(arrived.body.additional.get("chip").unwrap().text(), r#""x-1""#);
    assert_eq!(arrived.headers.x_signature.as_deref(), Some("sha256=abc"));
    assert_eq!(arrived.headers.x_tags.unwrap(), ["a", "b", "c"]);
    let sent = arrived.headers.x_sent_at.unwrap().get().unwrap();
    assert_eq!(sent.to_string(), "2026-11-30T10:00:00Z");
    assert_eq!(arrived.headers.x_attempt, None);
}

#[test]
fn a_request_without_a_content_type_is_read_as_what_it_is() {
    let arrived = AnimalArrived::parse(&HeaderMap::new(), CAT.as_bytes()).unwrap();
    assert_eq!(arrived.body.name, "Mia");
    assert_eq!(
        AnimalLeftDelete::parse(&headers(&[("content-type", "text/plain")]), "7").unwrap().body,
        "7"
    );
    let latin = headers(&[("content-type", "text/plain; charset=latin1")]);
    assert_eq!(AnimalLeftDelete::parse(&latin, [0xE9]).unwrap().body, "é");
    assert_eq!(&Photo::parse(&HeaderMap::new(), [0xFF, 0]).unwrap().body[..], [0xFF, 0]);
    Tick::parse(&HeaderMap::new(), "whatever").unwrap();
    let receipt = Ready::parse(&headers(&[JSON]), r#"{"number":"1"}"#).unwrap().body;
    assert_eq!(receipt.number.as_deref(), Some("1"));
}

#[test]
fn an_optional_body_may_be_absent() {
    assert_eq!(AnimalLeft::parse(&headers(&[JSON]), "").unwrap().body, None);
    assert_eq!(AnimalLeft::parse(&headers(&[JSON]), CAT).unwrap().body.unwrap().name, "Mia");
    let error = AnimalArrived::parse(&headers(&[JSON]), "").unwrap_err();
    assert_eq!(error.to_string(), "the body is not what is declared: there is none");
}

#[test]
fn a_callback_has_its_query_by_styles() {
    let request = Request::post(
        "/hook?kinds=cat,d%2Bog&page%5Bnumber%5D=3&page[last]=true&q=a+b%26c&unknown=1&unknown=2",
    );
    let request = request.header("content-type", JSON.1).header("x-attempt", "2");
    let request = request.body(r#"{"animal":9,"names":["a","b"]}"#).unwrap();
    let adopted = HooksSubscribeAdopted::from_request(&request).unwrap();
    assert_eq!(adopted.headers.x_attempt, Some(2));
    assert_eq!(adopted.query.kinds.unwrap(), ["cat", "d+og"]);
    let page = adopted.query.page.unwrap();
    assert_eq!((page.number, page.last), (Some(3), Some(true)));
    assert_eq!(adopted.query.q.as_deref(), Some("a b&c"));
    let unknown = adopted.query.additional.get("unknown").unwrap();
    assert_eq!(unknown.text(), r#"["1","2"]"#);
    assert_eq!(adopted.body.animal, 9);
    let without = HooksSubscribeAdopted::parse(&headers(&[JSON]), r#"{"animal":9}"#).unwrap();
    assert_eq!(without.query, Default::default());
}

#[test]
fn a_form_is_read_by_the_types_of_its_fields() {
    let body = "animal=9&names=a&names=b%20c&paid=true&at=2026-11-30T10%3A00%3A00Z&more=1";
    let adopted = HooksSubscribeAdopted::parse(&headers(&[FORM]), body).unwrap().body;
    assert_eq!((adopted.animal, adopted.paid), (9, Some(true)));
    assert_eq!(adopted.names.as_deref().unwrap(), ["a", "b c"]);
    assert!(adopted.at.unwrap().get().is_ok());
    assert_eq!(adopted.additional.get("more").unwrap().text(), r#""1""#);

    let body = "name=7&age=3&weight=4.5&tags[]=1&tags[]=2&born=2020-01-01&owner[name]=Ada&owner[since]=2021-01-01";
    let read = Type::parse(&headers(&[FORM]), body).unwrap().body;
    assert_eq!((read.name.as_str(), read.age, read.weight), ("7", 3, Some(4.5)));
    assert_eq!(read.tags.unwrap(), ["1", "2"]);
    assert_eq!(read.owner.unwrap().name.as_deref(), Some("Ada"));
    let json = Type::parse(&headers(&[FORM]), "name=a&age=1&owner=%7B%22name%22%3A%22Bo%22%7D");
    assert_eq!(json.unwrap().body.owner.unwrap().name.as_deref(), Some("Bo"));
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    for (headers_of, body, part, expected) in [
        (
            &[JSON][..],
            r#"{"id":7,"kind":"cat"}"#,
            WebhookPart::Body,
            "the body is not what is declared: ",
        ),
        (&[JSON], r#"{"name":7,"kind":"cat"}"#, WebhookPart::Body, "at `name`"),
        (&[JSON], "null", WebhookPart::Body, "null"),
        (&[JSON], "[]", WebhookPart::Body, "object"),
        (&[JSON], "{", WebhookPart::Body, "line 1"),
        (
            &[("content-type", "text/html")],
            "<p>no</p>",
            WebhookPart::Body,
            "it is `text/html`, and not JSON",
        ),
        (&[("content-type", "application/json; charset=utf-16")], CAT, WebhookPart::Body, "utf-16"),
        (&[FORM], "name=a&kind=%FF", WebhookPart::Body, "not UTF-8"),
        (&[FORM], "kind=cat", WebhookPart::Body, "name"),
    ] {
        let error = AnimalArrived::parse(&headers(headers_of), body).unwrap_err();
        assert_eq!(error.part(), part, "{body}");
        assert!(error.to_string().contains(expected), "{body}: {error}");
    }
    let error = AnimalArrived::parse(&headers(&[JSON]), [b'"', 0xFF, b'"']).unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[test]
fn hostile_bodies_are_errors_or_values_and_end_soon() {
    let deep = "[".repeat(1_000_000);
    assert!(AnimalArrived::parse(&headers(&[JSON]), &deep).is_err());
    let nested = format!("name=a&age=1&{}", format!("owner{}=x&", "[a]".repeat(10_000)).repeat(20));
    assert!(Type::parse(&headers(&[FORM]), &nested).is_ok());
    let many: String = (0..100_000).map(|at| format!("x{at}=1&")).collect();
    let read = Type::parse(&headers(&[FORM]), format!("name=a&age=1&{many}")).unwrap();
    assert_eq!(read.body.additional.iter().count(), 100_000);
    let twice = format!("name=a&age=1&{}", "tags=1&".repeat(100_000));
    assert_eq!(Type::parse(&headers(&[FORM]), twice).unwrap().body.tags.unwrap().len(), 100_000);
    for body in
        ["", "&&&", "=", "===", "[", "a[", "a]b[c]=1", "[a]=1", "name", "%", "name=%zz&age=1"]
    {
        // None of them may be anything but a value or an error.
        let _ = Type::parse(&headers(&[FORM]), body);
    }
}
