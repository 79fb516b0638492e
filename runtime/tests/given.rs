//! What callers give for declared types, and what is sent.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(clippy::needless_borrows_for_generic_args)] // References are what is tested.

use std::borrow::Cow;
use std::time::SystemTime;

use schemacrate_runtime::codegen::{Shape, Slot, Structured, View};
use schemacrate_runtime::edm::{
    Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay, Uuid,
};
use schemacrate_runtime::model::{
    Additional, Flags, IntoBody, IntoNullable, IntoValue, Null, OpenEnum, Untyped, Update,
};
use schemacrate_runtime::paths::{ReferencePath, ReferencesPath};
use schemacrate_runtime::query::{DerivedFrom, Navigation, Property};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{
    ErrorKind, Literal, Page, Request, Resource, ServiceClient, entity_path, open_enum, structured,
    update,
};

macro_rules! object {
    ($type:ident, $name:literal) => {
        #[derive(Default)]
        struct $type {
            name: Option<String>,
            additional: Additional,
        }

        impl Structured for $type {
            fn shape(&self) -> &'static Shape {
                const { &Shape::odata($name, &["name"]) }
            }

            fn slot(&mut self, index: usize) -> Slot<'_> {
                match index {
                    0 => Slot::String(&mut self.name),
                    _ => Slot::Additional(&mut self.additional),
                }
            }

            fn view(&self, index: usize) -> View<'_> {
                match (index, &self.name) {
                    (0, Some(name)) => View::Str(name),
                    (0, None) => View::Absent,
                    _ => View::Additional(&self.additional),
                }
            }
        }

        structured!($type);
    };
}

object!(Animal, "zoo.animal");
object!(Dog, "zoo.dog");

impl DerivedFrom<Animal> for Dog {
    const NAME: &'static str = "zoo.dog";
}

#[derive(Clone, Debug)]
enum Size {
    Small,
    Large,
    Other(String),
}

impl OpenEnum for Size {
    const NAME: &'static str = "zoo.size";

    fn from_name(name: &str) -> Self {
        match name {
            "small" => Self::Small,
            "large" => Self::Large,
            other => Self::Other(other.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
            Self::Other(name) => name,
        }
    }
}

open_enum!(Size);

/// Builders as a generated crate has them.
struct AnimalUpdate(Update);
struct DogUpdate(Update);
update!(AnimalUpdate, Animal);
update!(DogUpdate, Dog);

impl AnimalUpdate {
    fn new() -> Self {
        Self(Update::default())
    }

    fn name(self, value: impl IntoNullable<String>) -> Self {
        Self(self.0.with_nullable("name", value))
    }

    fn born(self, value: impl IntoNullable<Date>) -> Self {
        Self(self.0.with_nullable("born", value))
    }

    fn friend(self, value: impl IntoNullable<Animal>) -> Self {
        Self(self.0.with_nullable_related("friend", value))
    }

    fn children(self, value: impl IntoValue<Vec<Animal>>) -> Self {
        Self(self.0.with_related("children", value))
    }

    fn names(self, value: impl IntoValue<Vec<Option<String>>>) -> Self {
        Self(self.0.with("names", value))
    }
}

impl DogUpdate {
    fn new() -> Self {
        Self(Update::default())
    }
}

/// A path as a generated crate has it.
struct DogPath(Resource);
entity_path!(DogPath, Dog);

fn client() -> (ServiceClient, Replay) {
    let service = Replay::new();
    let builder = ServiceClient::builder("https://example.com/v1").transport(service.clone());
    (builder.build().unwrap(), service)
}

fn body(value: impl IntoBody<Animal>) -> String {
    String::from_utf8(IntoBody::into_body(value).to_json().unwrap().to_vec()).unwrap()
}

fn json<T>(value: impl IntoNullable<T>) -> String {
    let update = Update::default().with_nullable("m", value);
    assert_eq!(update.fault(), None);
    update.get("m").unwrap().text().to_owned()
}

fn fault<T>(value: impl IntoNullable<T>) -> String {
    let update = Update::default().with_nullable("m", value);
    assert!(update.is_empty());
    update.fault().unwrap()
}

#[test]
fn a_number_has_the_declared_type() {
    assert_eq!(json::<u8>(3), "3");
    assert_eq!(json::<i8>(-3), "-3");
    assert_eq!(json::<i16>(Some(3)), "3");
    assert_eq!(json::<i32>(3), "3");
    assert_eq!(json::<i64>(&3), "3");
    assert_eq!(json::<i64>(9_007_199_254_740_993), "9007199254740993");
    assert_eq!(json::<f64>(1.5), "1.5");
    assert_eq!(json::<f32>(1.5), "1.5");
    assert_eq!(json::<Decimal>(3), "3");
    assert_eq!(json::<bool>(true), "true");
}

#[test]
fn text_is_a_value_of_what_json_writes_as_text() {
    let owned = "a\"b".to_owned();
    for json in [
        json::<String>("a\"b"),
        json::<String>(&owned),
        json::<String>(owned.clone()),
        json::<String>(Cow::Borrowed("a\"b")),
        json::<String>(&Some(owned.clone())),
        json::<String>(owned.as_str()),
    ] {
        assert_eq!(json, r#""a\"b""#);
    }
    assert_eq!(json::<Date>("2026-01-31"), "\"2026-01-31\"");
    assert_eq!(json::<DateTimeOffset>("2026-01-01T00:00:00Z"), "\"2026-01-01T00:00:00Z\"");
    assert_eq!(json::<Decimal>("1.10"), "1.10");
    assert_eq!(json::<Duration>("PT1H"), "\"PT1H\"");
    assert_eq!(json::<TimeOfDay>("07:59:59"), "\"07:59:59\"");
    assert_eq!(json::<Guid>(Uuid::nil()), json::<Guid>("00000000-0000-0000-0000-000000000000"));
    for json in [
        json::<Binary>(b"OData"),
        json::<Binary>(&b"OData"[..]),
        json::<Binary>(b"OData".to_vec()),
        json::<Binary>(&b"OData".to_vec()),
        json::<Binary>(bytes::Bytes::from("OData")),
    ] {
        assert_eq!(json, "\"T0RhdGE=\"");
    }
    assert_eq!(json::<Untyped>("[1]"), "\"[1]\"");
    assert_eq!(json::<Untyped>(3), "3");
    assert_eq!(json::<Untyped>("[1]".parse::<Untyped>().unwrap()), "[1]");
}

#[test]
fn moments_and_spans_of_the_standard_library_are_values() {
    let seconds = std::time::Duration::from_secs;
    let start = SystemTime::UNIX_EPOCH;
    let text = |moment: SystemTime| json::<DateTimeOffset>(moment);
    assert_eq!(text(start + seconds(86_400)), "\"1970-01-02T00:00:00Z\"");
    assert_eq!(text(start - std::time::Duration::from_millis(1)), "\"1969-12-31T23:59:59.999Z\"");
    let beyond = start.checked_add(seconds(1 << 50)).unwrap();
    let why = "the value of `m` cannot be sent: the moment is beyond the years of the calendar";
    assert_eq!(fault::<DateTimeOffset>(beyond), why);
    assert_eq!(json::<Duration>(seconds(90)), "\"PT90S\"");
    let why = "the value of `m` cannot be sent: the span is longer than a duration can be";
    assert_eq!(fault::<Duration>(std::time::Duration::MAX), why);
}

#[test]
fn null_is_a_unit_or_an_option() {
    assert_eq!(json::<String>(Null), "null");
    assert_eq!(json::<Date>(None::<&str>), "null");
    assert_eq!(json::<Animal>(None::<AnimalUpdate>), "null");
    assert_eq!(json::<Vec<Option<String>>>([Some("a"), None]), r#"["a",null]"#);
    assert_eq!(json::<Vec<String>>(Null), "null");
}

#[test]
fn a_list_holds_whatever_its_items_may_be() {
    assert_eq!(json::<Vec<String>>(["a", "b"]), r#"["a","b"]"#);
    assert_eq!(json::<Vec<String>>(&["a"]), r#"["a"]"#);
    assert_eq!(json::<Vec<String>>(vec!["a".to_owned()]), r#"["a"]"#);
    assert_eq!(json::<Vec<String>>(&["a".to_owned()][..]), r#"["a"]"#);
    assert_eq!(json::<Vec<String>>(Vec::<&str>::new()), "[]");
    assert_eq!(json::<Vec<Animal>>(()), "[]");
    assert_eq!(json::<Vec<i64>>([1, 2]), "[1,2]");
    assert_eq!(json::<Vec<Size>>([Size::Small]), r#"["small"]"#);
    assert_eq!(json::<Vec<Animal>>([DogUpdate::new()]), r##"[{"@odata.type":"#zoo.dog"}]"##);
}

#[test]
fn a_list_is_any_json() {
    assert_eq!(json::<Untyped>(["a", "b"]), r#"["a","b"]"#);
    assert_eq!(json::<Untyped>(Some(vec![vec![1], Vec::new()])), "[[1],[]]");
    assert_eq!(json::<Untyped>(&[AnimalUpdate::new().name("Rex")][..]), r#"[{"name":"Rex"}]"#);
    assert_eq!(
        fault::<Untyped>([AnimalUpdate::new().born("soon")]),
        "the value of `m[0].born` cannot be sent: \"soon\" is not a date such as 2017-01-31"
    );
}

#[test]
fn an_enumeration_takes_its_members() {
    assert_eq!(json::<Size>(Size::Large), "\"large\"");
    assert_eq!(json::<Size>(&Size::from("huge")), "\"huge\"");
    assert_eq!(json::<Flags<Size>>(Size::Large), "\"large\"");
    assert_eq!(json::<Flags<Size>>([Size::Large, Size::Small]), "\"large,small\"");
    assert_eq!(json::<Flags<Size>>(Flags::from(Size::Small) | Size::Large), "\"small,large\"");
}

#[test]
fn a_body_is_taken_in_every_form() {
    let dog = Dog { name: Some("Rex".to_owned()), ..Dog::default() };
    let animal = Animal { name: Some("Rex".to_owned()), ..Animal::default() };
    assert_eq!(body(&animal), r#"{"name":"Rex"}"#);
    assert_eq!(body(Box::new(animal.clone())), body(&animal));
    assert_eq!(body(AnimalUpdate::new().name("Rex")), body(animal));
    assert_eq!(body(&dog), r##"{"@odata.type":"#zoo.dog","name":"Rex"}"##);
    assert_eq!(body(dog), r##"{"@odata.type":"#zoo.dog","name":"Rex"}"##);
    assert_eq!(body(&DogUpdate::new()), r##"{"@odata.type":"#zoo.dog"}"##);
    let nested = AnimalUpdate::new().friend(AnimalUpdate::new().name(Null));
    assert_eq!(body(nested), r#"{"friend":{"name":null}}"#);
}

#[test]
fn an_object_that_exists_is_bound_by_its_address() {
    let (client, _) = client();
    let path = |id: &str| DogPath(client.resource("dogs").key_segment(id));
    assert_eq!(
        body(AnimalUpdate::new().friend(path("7"))),
        r#"{"friend@odata.bind":"https://example.com/v1/dogs/7"}"#
    );
    assert_eq!(
        body(AnimalUpdate::new().children([path("7"), path("a b")])),
        r#"{"children@odata.bind":["https://example.com/v1/dogs/7","https://example.com/v1/dogs/a%20b"]}"#
    );
    assert_eq!(
        body(AnimalUpdate::new().friend(path("7").resource())),
        body(AnimalUpdate::new().friend(&path("7")))
    );
    // Where no navigation property has a name for it, the reference is the object.
    assert_eq!(json::<Animal>(path("7")), r#"{"@odata.id":"https://example.com/v1/dogs/7"}"#);
}

#[test]
fn of_related_objects_that_are_set_twice_the_last_count() {
    let (client, _) = client();
    let path = |id: &str| DogPath(client.resource("dogs").key_segment(id));
    let bound = r#"{"friend@odata.bind":"https://example.com/v1/dogs/7"}"#;
    assert_eq!(body(AnimalUpdate::new().friend(AnimalUpdate::new()).friend(path("7"))), bound);
    assert_eq!(body(AnimalUpdate::new().friend(Null).friend(path("7"))), bound);
    let new = AnimalUpdate::new().friend(path("7"));
    assert_eq!(body(new.clone().friend(AnimalUpdate::new())), r#"{"friend":{}}"#);
    assert_eq!(body(new.friend(Null)), r#"{"friend":null}"#);

    let both = AnimalUpdate::new().children((AnimalUpdate::new(), path("7")));
    let bound = r#""children@odata.bind":["https://example.com/v1/dogs/7"]"#;
    assert_eq!(body(both.clone()), format!(r#"{{"children":[{{}}],{bound}}}"#));
    assert_eq!(body(both.clone().children([path("7")])), format!("{{{bound}}}"));
    assert_eq!(body(both.children(Vec::<AnimalUpdate>::new())), r#"{"children":[]}"#);
}

#[test]
fn what_is_not_a_value_is_named_by_its_path() {
    let date = "\"soon\" is not a date such as 2017-01-31";
    assert_eq!(fault::<Date>("soon"), format!("the value of `m` cannot be sent: {date}"));
    assert_eq!(
        fault::<Animal>(AnimalUpdate::new().name("Rex").born("soon")),
        format!("the value of `m.born` cannot be sent: {date}")
    );
    assert_eq!(
        fault::<Vec<Animal>>([AnimalUpdate::new(), AnimalUpdate::new().born("soon")]),
        format!("the value of `m[1].born` cannot be sent: {date}")
    );
    // The first one counts, and later steps do not undo it.
    let update = AnimalUpdate::new().born("soon").names(["a"]).born("2026-01-01");
    assert!(update.0.fault().unwrap().contains("soon"));
    assert!(serde_json::to_string(&update.0).unwrap_err().to_string().contains("soon"));
}

async fn refused<T: schemacrate_runtime::FromResponse + 'static>(
    request: Request<T>,
    service: &Replay,
) -> String {
    let before = request.to_http().unwrap_err().to_string();
    let error = request.await.err().unwrap();
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::Request, before.clone()));
    assert!(service.requests().is_empty(), "nothing is sent");
    before
}

#[tokio::test]
async fn nothing_is_sent_that_is_not_a_value() {
    const BORN: Property<Animal, Date> = Property::new("born");
    const PRICE: Property<Animal, Decimal> = Property::new("price");
    const FRIEND: Navigation<Animal, Animal> = Navigation::new("friend");
    let (client, service) = client();
    let animals = client.resource("animals");
    let soon = "\"soon\" is not a date such as 2017-01-31";

    let create: Request<Animal> = animals.create(AnimalUpdate::new().born("soon"));
    let expected = format!("POST /animals: the value of `born` cannot be sent: {soon}");
    assert_eq!(refused(create, &service).await, expected);

    let list = || -> Request<Page<Animal>> { animals.list() };
    let expected = format!("GET /animals: the value of `born` cannot be sent: {soon}");
    for filter in [
        BORN.ge("soon"),
        BORN.is_in(["2026-01-01", "soon"]),
        BORN.is_not_null().and(BORN.lt("soon").not()),
    ] {
        assert_eq!(refused(list().filter(&filter), &service).await, expected, "{filter:?}");
    }
    let friend = FRIEND.with(|friend| friend.filter(BORN.eq("soon")));
    assert_eq!(refused(list().expand(friend), &service).await, expected);
    let order = (PRICE.plus("1,5").descending(), BORN);
    assert!(refused(list().order_by(order), &service).await.contains("`price`"));

    let key: Request<Animal> = animals.key(Literal::of::<Guid>("7")).child("name").get();
    let expected = "GET /animals({key})/name: a key cannot be sent: \"7\" is not a GUID";
    assert_eq!(refused(key, &service).await, expected);
    let key: Request<Animal> = animals.key_segment(None::<&str>).child("name").get();
    let expected = "GET /animals/{key}/name: a key cannot be sent: it is null";
    assert_eq!(refused(key, &service).await, expected);
    let parts = [("Id", Literal::of::<Guid>("7")), ("Line", 1.into())];
    let key: Request<Animal> = animals.compound_key(&parts).get();
    assert!(refused(key, &service).await.contains("`Id` cannot be sent: \"7\" is not a GUID"));
    let alias: Request<Animal> = animals.get().alias::<Date>("since", "soon");
    assert!(refused(alias, &service).await.contains("`since`"));

    let nowhere = DogPath(animals.key(Literal::of::<Guid>("7")));
    let bound: Request<Animal> = animals.create(AnimalUpdate::new().friend(&nowhere));
    assert!(refused(bound, &service).await.contains("\"7\" is not a GUID"));
    let references: ReferencesPath<Animal> = ReferencesPath::new(&animals);
    assert!(refused(references.add(&nowhere), &service).await.contains("\"7\" is not a GUID"));
    assert!(refused(references.remove(&nowhere), &service).await.contains("\"7\" is not a GUID"));
    let expected = "`dogs(1)` is not an absolute URL";
    assert!(refused(references.add_url("dogs(1)"), &service).await.contains(expected));
    let reference: ReferencePath<Animal> = ReferencePath::new(&animals);
    assert!(refused(reference.set(nowhere), &service).await.contains("\"7\" is not a GUID"));
    assert!(refused(reference.set_url("dogs(1)"), &service).await.contains(expected));
}

#[tokio::test]
async fn a_batch_is_not_sent_either() {
    let (client, service) = client();
    let mut batch = client.batch();
    let create: Request<Animal> =
        client.resource("animals").create(AnimalUpdate::new().born("soon"));
    let _handle = batch.add(create);
    let error = batch.send().await.err().unwrap().to_string();
    assert!(error.contains("the value of `born` cannot be sent"), "{error}");
    assert!(service.requests().is_empty());
}

#[test]
fn filters_and_keys_take_the_same_as_setters() {
    const NAME: Property<Animal, String> = Property::new("name");
    const BORN: Property<Animal, Date> = Property::new("born");
    const AGE: Property<Animal, i64> = Property::new("age");
    const SIZE: Property<Animal, Size> = Property::new("size");
    let name = "x".to_owned();
    for filter in [NAME.eq("x"), NAME.eq(&name), NAME.eq(name.clone()), NAME.eq(&Some("x"))] {
        assert_eq!(filter.as_str(), "name eq 'x'");
    }
    assert_eq!(NAME.eq(None::<&str>).as_str(), "name eq null");
    assert_eq!(NAME.ne(Null).as_str(), "name ne null");
    assert_eq!(BORN.ge("2026-01-01").as_str(), "born ge 2026-01-01");
    assert_eq!(AGE.gt(3).and(AGE.is_in([1, 2])).as_str(), "age gt 3 and age in (1,2)");
    assert_eq!(SIZE.eq(Size::Small).as_str(), "size eq zoo.size'small'");
    assert_eq!(SIZE.is_in(&[Size::Small]).as_str(), "size in (zoo.size'small')");
    assert_eq!(Literal::of::<i64>(7).as_str(), "7");
    assert_eq!(Literal::nullable::<Date>(Null).as_str(), "null");
    assert_eq!(Literal::optional::<Date>(None::<&str>), None);
}
