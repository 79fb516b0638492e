//! What the golden crates of the generator do at run time.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(clippy::needless_borrows_for_generic_args)] // References are what is tested.

use golden_inheritance::keepers::{PlaceUpdate, RoomUpdate};
use golden_inheritance::zoo::{
    Animal, AnimalUpdate, AnyAnimal, AnyBird, Bird, Cat, CatUpdate, Parrot, ParrotUpdate,
};
use golden_service::Client;
use golden_service::runtime::bytes::Bytes;
use golden_service::runtime::{Page, Request};
use golden_service::shop::{
    AddressUpdate, CustomerUpdate, Line, LineUpdate, OpenParameters, Order,
    OrderCollectionArchiveParameters, OrderShipParameters, OrderUpdate, Size,
};
use golden_values::values::{Colour, Days, Everything, EverythingUpdate, Weight};
use schemacrate_runtime::model::{Maybe, Null};
use schemacrate_runtime::transport::Replay;
use serde_json::{Value, json};

/// Every member of `Everything` that can be distinguished from its absence.
fn everything() -> Value {
    json!({
        "binary": "T0RhdGE", "boolean": false, "byte": 255, "date": "2026-02-28",
        "dateTimeOffset": "2017-01-01T00:00:17.7769392-08:00", "decimal": 34.95,
        "double": "-INF", "duration": "P1DT2H3.5S", "guid": "01234567-89ab-cdef-0123-456789abcdef",
        "int16": -32768, "int32": 2147483647, "int64": 9_007_199_254_740_993_i64, "sbyte": -128,
        "single": "NaN", "stream": "aGVsbG8", "string": "x", "timeOfDay": "23:59:59.999999999999",
        "point": {"type": "Point", "coordinates": [142.1, 64.1]},
        "shape": {"type": "Polygon", "coordinates": [[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [1.0, 2.0]]]},
        "untyped": {"any": [1, null]}, "primitive": "text", "weight": 1.5, "colour": "mauve",
        "days": "monday,holiday", "strings": ["a", ""], "holes": [1, null, 3],
        "colours": ["red", "unknownFutureValue"], "schedules": ["monday,tuesday", "none"],
        "weights": [0.25], "inner": {"int32": 1}, "all": [{}, {"string": "y"}],
        "empty": [["any", 1]], "dictionary": {"a": 1},
        "dynamic": {"kept": true}, "string@odata.type": "#String",
    })
}

#[test]
fn every_value_survives_a_round_trip() {
    let text = everything().to_string();
    let value: Everything = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), everything());
    assert_eq!(value.additional.len(), 2, "{:?}", value.additional);
    assert_eq!(value.colour, Some(Colour::Unrecognized("mauve".to_owned())));
    let days = value.days.unwrap();
    assert!(days.contains(&Days::Monday) && !days.contains(&Days::Tuesday));
    assert_eq!(value.holes, Some(vec![Some(1), None, Some(3)]));
    assert_eq!(value.double, Some(f64::NEG_INFINITY));
    // A type definition is another name of the type that members have.
    let weight: Option<Weight> = value.weight;
    assert_eq!(weight.map(|one| one.to_string()).as_deref(), Some("1.5"));
}

#[test]
fn a_value_of_the_wrong_type_in_any_member_loses_nothing_else() {
    let all = everything();
    let other = [json!(true), json!(7.25), json!("?"), json!(["?", null]), json!({"?": [1]})];
    for (name, right) in all.as_object().unwrap() {
        for wrong in &other {
            let mut members = all.as_object().unwrap().clone();
            members.insert(name.clone(), wrong.clone());
            let text = Value::Object(members.clone()).to_string();
            let value: Everything = serde_json::from_str(&text).unwrap();
            let written = serde_json::to_value(&value).unwrap();
            assert_eq!(written, Value::Object(members), "{name}");
            let unread: Vec<_> = value.additional.unread().collect();
            assert!(unread.iter().all(|one| one.path() == name), "{unread:?}");
            if right.is_number() && !wrong.is_number() {
                assert_eq!(unread[0].value().value(), *wrong);
            }
        }
    }
}

#[test]
fn large_numbers_may_come_as_strings() {
    let value: Everything = serde_json::from_str(
        r#"{"int64":"9223372036854775807","decimal":"0.1234567890123456789012345678"}"#,
    )
    .unwrap();
    assert_eq!(value.int64, Some(i64::MAX));
    assert_eq!(value.decimal.unwrap().to_string(), "0.1234567890123456789012345678");
}

#[test]
fn an_update_distinguishes_absent_from_null_and_from_a_value() {
    let update = EverythingUpdate::new()
        .string("never null")
        .int32(Null)
        .int64(7)
        .days([Days::Monday, Days::Tuesday])
        .colours([Colour::Green]);
    assert_eq!(
        serde_json::to_string(update.as_ref()).unwrap(),
        r#"{"string":"never null","int32":null,"int64":7,"days":"monday,tuesday","colours":["green"]}"#
    );
}

#[test]
fn a_value_keeps_the_derived_type_wherever_its_name_is() {
    let cat = json!({"@odata.type": "#zoo.cat", "id": "1", "lives": 9});
    for text in [
        r##"{"@odata.type":"#zoo.cat","id":"1","lives":9}"##,
        r##"{"id":"1","lives":9,"@odata.type":"#zoo.cat"}"##,
    ] {
        let animal: Animal = serde_json::from_str(text).unwrap();
        assert_eq!((animal.id.as_deref(), animal.type_name().as_str()), (Some("1"), "zoo.cat"));
        assert_eq!(animal.member(Cat::LIVES).unwrap(), Maybe::Value(9));
        assert_eq!(serde_json::to_value(&animal).unwrap(), cat);
        let AnyAnimal::Cat(found) = animal.clone().into_any() else { panic!("{animal:?}") };
        assert_eq!(found.lives, Some(9));
        assert_eq!(serde_json::to_value(&found).unwrap(), cat);
        // A parrot is a bird, and a cat is not.
        let animal = animal.downcast::<Bird>().unwrap_err();
        assert_eq!(animal.downcast::<Cat>().unwrap(), *found);
    }
    // The alias of the namespace names the type as well.
    let animal: Animal = serde_json::from_str(r##"{"@odata.type":"#z.cat","lives":9}"##).unwrap();
    assert!(matches!(animal.clone().into_any(), AnyAnimal::Cat(_)));
    assert!(animal.downcast::<Cat>().is_ok());
    let parrot = r##"{"@odata.type":"#z.parrot","wingspan":2.0,"words":["hi"]}"##;
    let animal: Animal = serde_json::from_str(parrot).unwrap();
    let bird = animal.downcast::<Bird>().unwrap();
    assert_eq!((bird.wingspan, bird.type_name().as_str()), (Some(2.0), "z.parrot"));
    assert!(matches!(bird.clone().into_any(), AnyBird::Parrot(_)));
    assert_eq!(bird.downcast::<Parrot>().unwrap().words, Some(vec!["hi".to_owned()]));
    // A type that the schema does not know is kept as the base.
    let text = r##"{"@odata.type":"#zoo.dragon","id":"2","fire":true}"##;
    let animal: Animal = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&animal).unwrap(), text);
    let AnyAnimal::Animal(animal) = animal.into_any() else { panic!("{text}") };
    assert_eq!(serde_json::to_string(&animal).unwrap(), text);
    assert!(animal.downcast::<Cat>().is_err());
}

#[test]
fn a_new_object_of_a_derived_type_names_its_type() {
    let mut cat = Cat::default();
    cat.lives = Some(9);
    let mut animal = Animal::default();
    animal.mother = Some(Box::new(Animal::from_derived(cat)));
    let text = serde_json::to_string(&animal).unwrap();
    assert_eq!(text, r##"{"mother":{"@odata.type":"#zoo.cat","lives":9}}"##);
}

#[test]
fn a_crate_of_models_decodes_and_encodes() {
    use golden_models::zoo::{Animal, AnyAnimal};
    let text = r##"{"@odata.type":"#zoo.parrot","id":"3","words":["hello"],"x@y.z":[1]}"##;
    let animal: Animal = serde_json::from_str(text).unwrap();
    let AnyAnimal::Parrot(parrot) = animal.into_any() else { panic!("{text}") };
    assert_eq!(parrot.words, Some(vec!["hello".to_owned()]));
    assert_eq!(serde_json::to_string(&Animal::from_derived(*parrot)).unwrap(), text);
    assert!(golden_models::registry::REGISTRY.find("zoo.parrot").is_some());
}

#[test]
fn an_object_read_as_its_base_can_be_had_as_its_own_type() {
    let text = r##"{"@odata.type":"#zoo.parrot","id":"3","words":["hello"],"cage":{"label":"c"}}"##;
    let animal: Animal = serde_json::from_str(text).unwrap();
    assert_eq!(animal.type_name(), "zoo.parrot");
    let parrot: Parrot = animal.downcast().unwrap();
    assert_eq!(parrot.words, Some(vec!["hello".to_owned()]));
    assert_eq!(serde_json::to_string(&parrot).unwrap(), text);
}

#[test]
fn expanded_collections_keep_their_counts_and_links() {
    let text = r#"{"id":"1","young@odata.count":7,"young":[],"young@odata.nextLink":"https://example.com/next"}"#;
    let animal: Animal = serde_json::from_str(text).unwrap();
    assert_eq!(animal.young.as_ref().map(Vec::len), Some(0));
    assert_eq!(animal.additional.count_of("young"), Some(7));
    assert_eq!(
        animal.additional.next_link_of("young").as_deref(),
        Some("https://example.com/next")
    );
}

fn shop() -> Client {
    Client::builder().credential("token").transport(Replay::new()).build().unwrap()
}

#[test]
fn keys_are_written_by_their_types() {
    let shop = shop();
    let order = shop.orders().number(7);
    let line = order.lines().key("O'Neil/1", Size::Large).get().to_http().unwrap();
    assert_eq!(
        line.uri().path(),
        "/shop/orders(7)/lines(article='O''Neil%2F1',size=shop.size'large')"
    );
    let update = order.update(OrderUpdate::new().note(Null)).to_http().unwrap();
    assert_eq!(update.body().as_ref(), br#"{"note":null}"#);
    let guid = "01234567-89ab-cdef-0123-456789abcdef";
    let customer = shop.customers().id(guid).get_().resource_().get();
    assert_eq!(
        customer.to_http().unwrap().uri().path(),
        format!("/shop/customers({guid})/get/resource")
    );
    let line = golden_service::create_line(&shop, 7, LineUpdate::new()).to_http().unwrap();
    assert_eq!(line.uri().path(), "/shop/orders(7)/lines");
}

fn body<T>(request: Request<T>) -> String {
    String::from_utf8(request.to_http().unwrap().body().to_vec()).unwrap()
}

#[test]
fn a_builder_makes_new_objects_with_those_below_them() {
    let shop = shop();
    let create: Request<Order> = shop.orders().create(
        OrderUpdate::new()
            .number(7)
            .note(Some("quick"))
            .address(AddressUpdate::new().street("Main"))
            .tags(["a", "b"])
            .lines([
                LineUpdate::new().article("x").size(Size::Large),
                LineUpdate::new().article("y").count(2),
            ])
            .customer(shop.customers().id("01234567-89ab-cdef-0123-456789abcdef")),
    );
    assert_eq!(
        body(create),
        r#"{"number":7,"note":"quick","address":{"street":"Main"},"tags":["a","b"],"lines":[{"article":"x","size":"large"},{"article":"y","count":2}],"customer@odata.bind":"https://example.com/shop/customers(01234567-89ab-cdef-0123-456789abcdef)"}"#
    );
    let customers = shop.customers();
    let ada = customers.id("01234567-89ab-cdef-0123-456789abcdef");
    let friends = CustomerUpdate::new().friends((CustomerUpdate::new().name("Eve"), &ada));
    assert_eq!(
        body(customers.create(friends)),
        r#"{"friends":[{"name":"Eve"}],"friends@odata.bind":["https://example.com/shop/customers(01234567-89ab-cdef-0123-456789abcdef)"]}"#
    );
    let refused = customers.id("7").update(CustomerUpdate::new()).to_http().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "PATCH /customers({key}): a key cannot be sent: \"7\" is not a GUID"
    );
}

#[test]
fn whatever_is_of_a_derived_type_is_a_body_of_its_base() {
    let zoo = golden_inheritance::Client::with_service_root("https://z.org", "t").unwrap();
    let animals = zoo.animals();
    let mut cat = Cat::default();
    cat.lives = Some(9);
    let expected = r##"{"@odata.type":"#zoo.cat","lives":9}"##;
    for request in [
        animals.create(&cat),
        animals.create(CatUpdate::new().lives(9)),
        animals.create(&CatUpdate::new().lives(9)),
        animals.create(AnyAnimal::Cat(Box::new(cat.clone()))),
        animals.create(&AnyAnimal::Cat(Box::new(cat.clone()))),
        animals.create(cat),
    ] {
        assert_eq!(body(request), expected);
    }
    assert_eq!(body(animals.create(AnyAnimal::Animal(Box::default()))), "{}");
    assert_eq!(body(animals.create(AnimalUpdate::new().name("x"))), r#"{"name":"x"}"#);
    let young = AnimalUpdate::new().young((
        CatUpdate::new().lives(1),
        ParrotUpdate::new().cage(RoomUpdate::new().number(2)),
        AnimalUpdate::new().mother(animals.id("m")),
    ));
    assert_eq!(
        body(animals.create(young)),
        r##"{"young":[{"@odata.type":"#zoo.cat","lives":1},{"@odata.type":"#zoo.parrot","cage":{"@odata.type":"#keepers.room","number":2}},{"mother@odata.bind":"https://z.org/animals('m')"}]}"##
    );
    let cage = ParrotUpdate::new().cage(PlaceUpdate::new().label(Null));
    assert_eq!(
        body(animals.create(cage)),
        r##"{"@odata.type":"#zoo.parrot","cage":{"label":null}}"##
    );
}

#[test]
fn actions_send_their_parameters() {
    let order = shop().orders().number(7);
    let cancel: Request<()> = order.cancel();
    let http = cancel.to_http().unwrap();
    assert_eq!(
        (http.method().as_str(), http.uri().path()),
        ("POST", "/shop/orders(7)/shop.cancel")
    );
    assert!(http.body().is_empty());
    let address = AddressUpdate::new().street("Main");
    let ship = OrderShipParameters::new().to(address).comment(Null).parcels([1, 2]);
    let ship: Request<Order> = order.ship(ship);
    assert_eq!(
        ship.to_http().unwrap().body().as_ref(),
        br#"{"to":{"street":"Main"},"Comment":null,"parcels":[1,2]}"#
    );
    let before = OrderCollectionArchiveParameters::new().before("2026-01-01");
    let archive: Request<Option<i32>> = shop().orders().archive(before);
    assert_eq!(archive.to_http().unwrap().uri().path(), "/shop/orders/shop.archive");
    assert_eq!(shop().reset().to_http().unwrap().uri().path(), "/shop/reset");
    let open = OpenParameters::new().hours("PT8H");
    assert_eq!(shop().open(open).to_http().unwrap().body().as_ref(), br#"{"hours":"PT8H"}"#);
    // None of them is set.
    let archive: Request<Option<i32>> = shop().orders().archive(());
    assert_eq!(archive.required().to_http().unwrap().body().as_ref(), b"{}");
}

#[test]
fn functions_have_their_arguments_in_the_path() {
    let shop = shop();
    let path = |request: Request<Page<Order>>| request.to_http().unwrap().uri().path().to_owned();
    assert_eq!(path(shop.orders().recent().list()), "/shop/orders/shop.recent()");
    let recent = shop.orders().recent_with_days_and_size(3, Size::Small);
    assert_eq!(path(recent.list()), "/shop/orders/shop.recent(days=3,size=shop.size'small')");
    let recent = shop.orders().recent_with_days_and_size(3, Null);
    assert_eq!(
        path(recent.recent().list()),
        "/shop/orders/shop.recent(days=3,size=null)/shop.recent()"
    );
    let order = shop.orders().number(7);
    let line: Request<Line> = order.biggest().get();
    assert_eq!(line.to_http().unwrap().uri().path(), "/shop/orders(7)/shop.biggest()");
    let invoice: Request<Bytes> = order.invoice("O'Neil");
    let http = invoice.to_http().unwrap();
    assert_eq!(http.uri().path(), "/shop/orders(7)/shop.invoice(language='O''Neil')");
    assert_eq!(http.headers()["accept"], "*/*");
    let invoice = order.invoice(Null).to_http().unwrap();
    assert_eq!(invoice.uri().path(), "/shop/orders(7)/shop.invoice()");
    let best: Request<Page<String>> = shop.best("a/b");
    assert_eq!(best.to_http().unwrap().uri().path(), "/shop/best(name='a%2Fb')");
}

#[test]
fn what_no_path_can_carry_goes_by_an_alias() {
    let order = shop().orders().number(7);
    let matches: Request<bool> = order.matches([1, 2], Null);
    let http = matches.to_http().unwrap();
    assert_eq!(
        http.uri().path(),
        "/shop/orders(7)/shop.matches(numbers=@numbers,address=@address)"
    );
    assert_eq!(http.uri().query(), Some("@numbers=%5B1,2%5D&@address=null"));
}

#[test]
fn an_operation_of_a_derived_type_hides_that_of_its_base() {
    let zoo = golden_inheritance::Client::with_service_root("https://z.org", "t").unwrap();
    let all: Request<Page<Animal>> = zoo.animals().found();
    assert_eq!(all.to_http().unwrap().uri().path(), "/animals/zoo.found()");
    let cats: Request<Page<Cat>> = zoo.animals().as_cat().found();
    assert_eq!(cats.to_http().unwrap().uri().path(), "/animals/zoo.cat/zoo.found()");
}

#[test]
fn an_alternate_key_is_named() {
    let customer = shop().customers().by_name("Ada & Co").get().to_http().unwrap();
    assert_eq!(customer.uri().path(), "/shop/customers(name='Ada%20%26%20Co')");
}
