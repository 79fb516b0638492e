//! Typed queries and paths, as programs write them with generated crates.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_inheritance::zoo::{Animal, Bird, Cat};
use golden_service::Client;
use golden_service::runtime::bytes::Bytes;
use golden_service::runtime::edm::{Date, Duration};
use golden_service::runtime::query::{Filter, Property, now};
use golden_service::runtime::{Count, Page, Request};
use golden_service::shop::{
    Address, AddressUpdate, Customer, CustomerPath, CustomerUpdate, Line, Order, OrderUpdate,
    Photo, PhotoPath, Size,
};
use golden_values::values::{Colour, Days, Everything};
use percent_encoding::percent_decode_str;
use schemacrate_runtime::model::{Null, from_answer};
use schemacrate_runtime::transport::Replay;

fn shop() -> Client {
    Client::with_service_root("https://example.com/shop", "token").unwrap()
}

/// The query options of a request, decoded.
fn query<T>(request: &Request<T>) -> Vec<String> {
    let http = request.to_http().unwrap();
    let decode = |option: &str| percent_decode_str(option).decode_utf8().unwrap().into_owned();
    http.uri().query().unwrap_or_default().split('&').map(decode).collect()
}

#[test]
fn what_is_a_list_is_given_in_one_call_or_in_several() {
    let list = || shop().orders().list();
    let lines = || Order::LINES.with(|lines| lines.top(3).expand(Vec::<&str>::new()));
    let expected = ["$expand=customer,lines($top=3)"];
    assert_eq!(query(&list().expand(Order::CUSTOMER).expand(lines())), expected);
    assert_eq!(query(&list().expand((Order::CUSTOMER, lines()))), expected);
    assert_eq!(query(&list().expand(["customer", "lines($top=3)"])), expected);
    assert_eq!(query(&list().expand(vec![lines(), lines()]))[0].matches("lines").count(), 2);

    let expected = ["$orderby=note,placed desc,number,length(note)"];
    let last = (Order::PLACED.descending(), Order::NUMBER, Order::NOTE.length());
    assert_eq!(query(&list().order_by(Order::NOTE).order_by(last)), expected);
    let four = (Order::NOTE, Order::PLACED.descending(), Order::NUMBER, Order::NOTE.length());
    assert_eq!(query(&list().order_by(four)), expected);
    let two = [Order::NOTE.ascending(), Order::PLACED.descending()];
    assert_eq!(query(&list().order_by(two)), ["$orderby=note asc,placed desc"]);

    // An empty list asks for nothing.
    let empty = list().select(Vec::<&str>::new()).expand(Vec::<&str>::new());
    assert_eq!(query(&empty.order_by(Vec::<&str>::new())), [""]);
    // So does text without a condition, which programs put together.
    let nothing = list().filter("").expand(Order::LINES.with(|lines| lines.filter("")));
    assert_eq!(query(&nothing), ["$expand=lines"]);
    assert_eq!(query(&list().filter("").filter("a or b").filter("")), ["$filter=a or b"]);
}

#[test]
fn a_list_takes_all_options() {
    let orders: Request<Page<Order>> = shop().orders().list();
    let request = orders
        .select((Order::NUMBER, Order::PLACED))
        .select(Order::NOTE)
        .expand(Order::CUSTOMER)
        .expand(Order::LINES.with(|lines| lines.select("count").top(3).count()))
        .filter(Order::NOTE.starts_with("50% & more; O'Neil").or(Order::PLACED.lt(now())))
        .order_by((Order::PLACED.descending(), Order::NUMBER))
        .top(20)
        .skip(40)
        .search("\"red shoes\"")
        .count()
        .max_page_size(10)
        .eventual();
    assert_eq!(
        query(&request),
        [
            "$select=number,placed,note",
            "$expand=customer,lines($select=count;$top=3;$count=true)",
            "$filter=startswith(note,'50% & more; O''Neil') or placed lt now()",
            "$orderby=placed desc,number",
            "$top=20",
            "$skip=40",
            "$search=\"red shoes\"",
            "$count=true",
        ]
    );
    assert_eq!(request.headers()["prefer"], "odata.maxpagesize=10");
    assert_eq!(request.headers()["consistencylevel"], "eventual");
    let again = request.top(5).skip(7);
    assert_eq!(query(&again)[4..6], ["$top=5", "$skip=7"]);
}

#[test]
fn filters_are_combined_by_and() {
    let list = || shop().orders().list();
    let (one, two) = (Order::NUMBER.eq(1), Order::NUMBER.eq(2));
    let note = || Order::NOTE.is_null();
    for (request, expected) in [
        (list().filter(&one).filter(note()), "number eq 1 and note eq null"),
        (
            list().filter(one.or(&two)).filter(note()),
            "(number eq 1 or number eq 2) and note eq null",
        ),
        (
            list().filter(note()).filter(one.or(&two)),
            "note eq null and (number eq 1 or number eq 2)",
        ),
        (
            list().filter("a eq 1 or b eq 2").filter(one.and(note())).filter(two.not()),
            "(a eq 1 or b eq 2) and number eq 1 and note eq null and not (number eq 2)",
        ),
        (list().query("$filter", "a or b").filter(&one), "(a or b) and number eq 1"),
        (list().filter(one.or(&two)), "number eq 1 or number eq 2"),
    ] {
        assert_eq!(query(&request), [format!("$filter={expected}")]);
    }
    let count = shop().orders().count().filter(one.or(&two)).filter(note());
    assert_eq!(query(&count), ["$filter=(number eq 1 or number eq 2) and note eq null"]);
    let nested = list().expand(Order::LINES.with(|lines| {
        let large = Line::SIZE.eq(Size::Large).or(Line::SIZE.is_null());
        lines.filter(large).filter(Line::ARTICLE.eq("x")).filter("y or z")
    }));
    assert_eq!(
        query(&nested),
        [
            "$expand=lines($filter=(size eq shop.size'large' or size eq null) and article eq 'x' and (y or z))"
        ]
    );
}

#[test]
fn one_entity_can_be_selected_from() {
    let request = shop().orders().number(7).get().select(Order::NOTE).expand("lines,customer");
    assert_eq!(query(&request), ["$select=note", "$expand=lines,customer"]);
}

#[test]
fn every_type_of_property_has_its_literals() {
    type P<T> = Property<Everything, T>;
    let text = |filter: Filter<Everything>| filter.as_str().to_owned();
    let day: Date = "2026-02-28".parse().unwrap();
    assert_eq!(text(Everything::DATE.ge(day)), "date ge 2026-02-28");
    assert_eq!(text(Everything::DATE.ge("2026-02-28")), "date ge 2026-02-28");
    assert_eq!(text(Everything::INT64.eq(5)), "int64 eq 5");
    assert_eq!(text(Everything::INT16.lt(5)), "int16 lt 5");
    assert_eq!(text(Everything::DOUBLE.gt(1.5)), "double gt 1.5");
    assert_eq!(text(Everything::SINGLE.gt(f32::INFINITY)), "single gt INF");
    assert_eq!(text(Everything::BOOLEAN.ne(true)), "boolean ne true");
    assert_eq!(text(Everything::STRING.eq("O'Neil")), "string eq 'O''Neil'");
    assert_eq!(text(Everything::STRING.is_null()), "string eq null");
    assert_eq!(text(Everything::GUID.eq(Null)), "guid eq null");
    let duration: Duration = "PT1H".parse().unwrap();
    assert_eq!(text(Everything::DURATION.le(duration)), "duration le duration'PT1H'");
    assert_eq!(text(Everything::COLOUR.eq(Colour::Red)), "colour eq values.colour'red'");
    let both = Colour::Unrecognized("mauve".to_owned());
    assert_eq!(
        text(Everything::COLOUR.is_in([Colour::Red, both])),
        "colour in (values.colour'red',values.colour'mauve')"
    );
    assert_eq!(text(Everything::DAYS.has(Days::Monday)), "days has values.days'monday'");
    assert_eq!(text(Everything::DATE_TIME_OFFSET.year().eq(2026)), "year(dateTimeOffset) eq 2026");
    assert_eq!(text(Everything::STRINGS.any(|one| one.eq("a"))), "strings/any(x1:x1 eq 'a')");
    assert_eq!(
        text(Everything::COLOURS.all(|one| one.ne(Colour::Red))),
        "colours/all(x1:x1 ne values.colour'red')"
    );
    let inner: P<i32> = Everything::INNER.then(Everything::INT32);
    assert_eq!(text(inner.plus(1).gt(2)), "inner/int32 add 1 gt 2");
    assert_eq!(
        text(Everything::ALL.any(|one| one.then(Everything::BOOLEAN).not())),
        "all/any(x1:not x1/boolean)"
    );
}

#[test]
fn filters_reach_derived_types_and_related_objects() {
    let lives = Cat::LIVES.of_base::<Animal>().gt(3);
    let young = Animal::YOUNG.any(|one| one.then(Animal::NAME).eq("Kit"));
    let wide = Bird::WINGSPAN.of_base::<Animal>().ge(1.5);
    let filter: Filter<Animal> = lives.and(young).or(wide.not());
    assert_eq!(
        filter.as_str(),
        "zoo.cat/lives gt 3 and young/any(x1:x1/name eq 'Kit') or not (zoo.bird/wingspan ge 1.5)"
    );
    assert_eq!(Animal::MOTHER.then(Animal::NAME).eq("a").as_str(), "mother/name eq 'a'");
    let client = golden_inheritance::Client::with_service_root("https://z.org", "t").unwrap();
    let list: Request<Page<Animal>> = client.animals().list();
    assert_eq!(query(&list.filter(Animal::ID.eq("1"))), ["$filter=id eq '1'"]);
    let count: Request<Count<Animal>> = client.animals().count().filter(Animal::YOUNG.has_items());
    assert_eq!(query(&count), ["$filter=young/any()"]);
    assert_eq!(count.to_http().unwrap().uri().path(), "/animals/$count");
}

#[tokio::test]
async fn a_count_is_a_plain_number() {
    let service = Replay::new();
    service.answer(200, "\u{feff}42");
    let client = Client::builder().transport(service).build().unwrap();
    assert_eq!(client.orders().count().await.unwrap().value, 42);
}

#[test]
fn a_property_is_a_resource() {
    let order = shop().orders().number(7);
    let address: Request<Address> = order.property(Order::ADDRESS).get();
    assert_eq!(address.to_http().unwrap().uri().path(), "/shop/orders(7)/address");
    let street: Request<String> = order.property(Order::ADDRESS.then(Address::STREET)).get();
    assert_eq!(street.to_http().unwrap().uri().path(), "/shop/orders(7)/address/street");
    let note = order.property(Order::NOTE);
    assert_eq!(note.raw_value().to_http().unwrap().uri().path(), "/shop/orders(7)/note/$value");
    assert_eq!(note.set("x").to_http().unwrap().body().as_ref(), br#"{"value":"x"}"#);
    assert_eq!(note.clear().to_http().unwrap().method(), "DELETE");
    let update = order.property(Order::ADDRESS).update(AddressUpdate::new().street(Null));
    let http = update.to_http().unwrap();
    assert_eq!(
        (http.method().as_str(), http.body().as_ref()),
        ("PATCH", &br#"{"street":null}"#[..])
    );
}

#[test]
fn a_complex_value_is_changed_in_part() {
    let update = OrderUpdate::new()
        .note(Null)
        .address(AddressUpdate::new().street(Null))
        .origin(AddressUpdate::new().street("Main"));
    let request = shop().orders().number(7).update(update).to_http().unwrap();
    assert_eq!(
        request.body().as_ref(),
        br#"{"note":null,"address":{"street":null},"origin":{"street":"Main"}}"#
    );
}

#[test]
fn references_are_added_set_and_removed() {
    let shop = shop();
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    let customer = shop.customers().id(id);
    let url = format!("https://example.com/shop/customers({id})");
    let set = shop.orders().number(7).customer().reference().set(&customer);
    let http = set.to_http().unwrap();
    assert_eq!(
        (http.method().as_str(), http.uri().path()),
        ("PUT", "/shop/orders(7)/customer/$ref")
    );
    assert_eq!(http.body(), format!("{{\"@odata.id\":\"{url}\"}}").as_bytes());
    let friends = customer.friends().references();
    assert_eq!(friends.add(&customer).to_http().unwrap().method(), "POST");
    assert_eq!(query(&friends.remove(&customer)), [format!("$id={url}")]);
    let remove = customer.friends().id(id).reference().remove().to_http().unwrap();
    assert_eq!(
        (remove.method().as_str(), remove.uri().path()),
        ("DELETE", format!("/shop/customers({id})/friends({id})/$ref").as_str())
    );
}

#[test]
fn streams_have_their_own_addresses() {
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    let photo = shop().customers().id(id).photo();
    let download: Request<Bytes> = photo.media().download();
    let http = download.to_http().unwrap();
    assert_eq!(http.uri().path(), format!("/shop/customers({id})/photo/$value"));
    assert_eq!(http.headers()["accept"], "*/*");
    let upload = photo.stream(Photo::THUMBNAIL).upload("image/png", &b"PNG"[..]).to_http().unwrap();
    assert_eq!(upload.uri().path(), format!("/shop/customers({id})/photo/thumbnail"));
    assert_eq!(upload.headers()["content-type"], "image/png");
    let _: Request<Option<Photo>> = photo.media().upload("image/png", &b"PNG"[..]);
}

#[tokio::test]
async fn new_bytes_are_answered_with_the_object_that_has_them() {
    let service = Replay::new();
    service.answer(200, r#"{"width":7}"#);
    let client = Client::builder().transport(service).build().unwrap();
    let photo = client.customers().id("01234567-89ab-cdef-0123-456789abcdef").photo();
    let written = photo.stream(Photo::THUMBNAIL).upload("image/png", &b"PNG"[..]).await.unwrap();
    assert_eq!(written.and_then(|photo: Photo| photo.width), Some(7));
}

#[test]
fn every_entity_has_bytes_and_items_with_a_path() {
    use golden_service::runtime::paths::EntityPathExt;
    let order = shop().orders().number(7);
    let download: Request<Bytes> = order.media().download();
    let http = download.to_http().unwrap();
    assert_eq!((http.method().as_str(), http.uri().path()), ("GET", "/shop/orders(7)/$value"));
    let upload = order.customer().media().upload("text/plain", "MIME").to_http().unwrap();
    assert_eq!(upload.uri().path(), "/shop/orders(7)/customer/$value");
    let customer: CustomerPath = order.customer().item_with_path("Documents/a b#.txt");
    let address = "/shop/orders(7)/customer:/Documents/a%20b%23.txt";
    assert_eq!(customer.get().to_http().unwrap().uri().path(), address);
    let friends = customer.friends().list().to_http().unwrap();
    assert_eq!(friends.uri().path(), format!("{address}:/friends"));
    let of_another_type = PhotoPath::at(order.resource().item_with_path("a"));
    let thumbnail = of_another_type.stream(Photo::THUMBNAIL).download().to_http().unwrap();
    assert_eq!(thumbnail.uri().path(), "/shop/orders(7):/a:/thumbnail");
    // The method of a media entity takes precedence over that of the trait.
    assert_eq!(of_another_type.media().resource().path(), "/orders(7):/a:/$value");
}

#[test]
fn an_entity_can_be_replaced() {
    let customer = CustomerUpdate::new().name("Ada");
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    let http = shop().customers().id(id).replace(customer).to_http().unwrap();
    assert_eq!((http.method().as_str(), http.body().as_ref()), ("PUT", &br#"{"name":"Ada"}"#[..]));
}

#[test]
fn values_come_out_of_their_envelopes() {
    let in_envelope = br#"{"@odata.context":"c","value":{"name":"Ada"}}"#;
    let customer: Customer = from_answer(in_envelope).unwrap().unwrap();
    assert_eq!(customer.name.as_deref(), Some("Ada"));
    let plain: Customer =
        from_answer(br#"{"name":"Ada","value":{"name":"Eve"}}"#).unwrap().unwrap();
    assert_eq!(plain.name.as_deref(), Some("Ada"));
    let colour: Option<Colour> = from_answer(br#"{"value":"red"}"#).unwrap();
    assert_eq!(colour, Some(Colour::Red));
    assert!(from_answer::<i32>(br#"{"value":"red"}"#).is_err());
}

mod with_any_text {
    use super::*;
    use proptest::prelude::*;
    use schemacrate::internals::url::{ExpressionKind, OptionKind, StepKind, Url};

    /// The expression of `$filter`, as a service reads it from the URL.
    fn parsed(request: &Request<Page<Order>>) -> schemacrate::internals::url::Expression {
        let url = request.to_http().unwrap().uri().to_string();
        let url = Url::relative(url.strip_prefix("https://example.com/shop/").unwrap()).unwrap();
        assert_eq!((url.path.len(), url.options.len()), (1, 1));
        match &url.options[0].kind {
            OptionKind::Filter(filter) => filter.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// The operators and literals of an expression, in the form of a call.
    fn skeleton(expression: &schemacrate::internals::url::Expression) -> String {
        match &expression.kind {
            ExpressionKind::Binary { operator, left, right } => {
                format!("{operator}({},{})", skeleton(left), skeleton(right))
            }
            ExpressionKind::Literal(literal) => format!("{:?}", literal.text),
            ExpressionKind::Method { name, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(skeleton).collect();
                format!("{name}({})", arguments.join(","))
            }
            ExpressionKind::Path(steps) => match &steps.last().unwrap().kind {
                StepKind::Lambda(lambda) => {
                    format!("any({})", skeleton(&lambda.predicate.as_ref().unwrap().1))
                }
                StepKind::Name(name) => name.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        /// No text escapes from its literal, whatever is in it.
        #[test]
        fn a_filter_keeps_its_structure(a in any::<String>(), b in any::<String>()) {
            let filter = Order::NOTE.eq(&a).or(Order::TAGS.any(|tag| tag.contains(&b)));
            let filter = parsed(&shop().orders().list().filter(filter));
            let expected = format!("or(eq(note,{a:?}),any(contains(x1,{b:?})))");
            prop_assert_eq!(skeleton(&filter), expected);
        }
    }
}
