//! Types as a generated crate of an OpenAPI description has them, written by hand.

#![allow(missing_docs, unreachable_pub, dead_code)] // They are as in a crate of their own.

use super::declare::{alternatives, object};
use schemacrate_runtime::model::{Additional, Formatted, Maybe, Untyped};
use schemacrate_runtime::types::{Date, Decimal};
use schemacrate_runtime::{IndexMap, codegen};

/// A member in each state, and members by patterns.
pub struct Pet {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub born: Formatted<Date>,
    pub tag: Option<String>,
    pub note: Option<String>,
    pub owner: Maybe<Owner>,
    pub parent: Option<Box<Pet>>,
    pub toys: Vec<Option<String>>,
    pub price: Option<Decimal>,
    pub anything: Untyped,
    pub something: Option<Untyped>,
    pub weight: Option<f64>,
    pub legs: Option<u8>,
    pub small: Option<i32>,
    pub large: Option<u64>,
    pub level: Option<Level>,
    pub grid: Option<Vec<Vec<i32>>>,
    pub scores: Option<IndexMap<String, Option<i64>>>,
    pub x_members: IndexMap<String, i32>,
    pub others: IndexMap<String, Owner>,
    pub additional: Additional,
}

impl codegen::Blank for Pet {
    #[inline]
    fn blank() -> Self {
        Self {
            id: codegen::blank(),
            name: codegen::blank(),
            kind: codegen::blank(),
            born: codegen::blank(),
            tag: None,
            note: None,
            owner: Maybe::Absent,
            parent: None,
            toys: codegen::blank(),
            price: None,
            anything: codegen::blank(),
            something: None,
            weight: None,
            legs: None,
            small: None,
            large: None,
            level: None,
            grid: None,
            scores: None,
            x_members: IndexMap::default(),
            others: IndexMap::default(),
            additional: Additional::default(),
        }
    }
}

impl Pet {
    /// A pet with what every pet has.
    pub fn new(id: i64, name: impl Into<String>, born: impl Into<Formatted<Date>>) -> Self {
        Self {
            id,
            name: name.into(),
            kind: "pet".to_owned(),
            born: born.into(),
            ..codegen::blank()
        }
    }
}

impl codegen::Structured for Pet {
    #[inline]
    fn shape(&self) -> &'static codegen::Shape {
        const {
            &codegen::Shape::json(
                "Pet",
                &[
                    "id",
                    "name",
                    "kind",
                    "born",
                    "tag",
                    "note",
                    "owner",
                    "parent",
                    "toys",
                    "price",
                    "anything",
                    "something",
                    "weight",
                    "legs",
                    "small",
                    "large",
                    "level",
                    "grid",
                    "scores",
                ],
            )
            .with_required(&[0, 1, 2, 3, 5, 8, 10])
            .with_patterns(&[codegen::Names::Prefix("x-")])
            .with_others()
        }
    }

    #[inline]
    fn slot(&mut self, index: usize) -> codegen::Slot<'_> {
        match index {
            0 => codegen::required_slot(&mut self.id),
            1 => codegen::required_slot(&mut self.name),
            2 => codegen::required_slot(&mut self.kind),
            3 => codegen::required_slot(&mut self.born),
            4 => codegen::slot(&mut self.tag),
            5 => codegen::nullable_slot(&mut self.note),
            6 => codegen::maybe_slot(&mut self.owner),
            7 => codegen::slot(&mut self.parent),
            8 => codegen::required_slot(&mut self.toys),
            9 => codegen::slot(&mut self.price),
            10 => codegen::required_slot(&mut self.anything),
            11 => codegen::slot(&mut self.something),
            12 => codegen::slot(&mut self.weight),
            13 => codegen::slot(&mut self.legs),
            14 => codegen::slot(&mut self.small),
            15 => codegen::slot(&mut self.large),
            16 => codegen::slot(&mut self.level),
            17 => codegen::slot(&mut self.grid),
            18 => codegen::slot(&mut self.scores),
            19 => codegen::entries_slot(&mut self.x_members),
            20 => codegen::entries_slot(&mut self.others),
            _ => codegen::Slot::Additional(&mut self.additional),
        }
    }

    #[inline]
    fn view(&self, index: usize) -> codegen::View<'_> {
        match index {
            0 => codegen::required_view(&self.id),
            1 => codegen::required_view(&self.name),
            2 => codegen::required_view(&self.kind),
            3 => codegen::required_view(&self.born),
            4 => codegen::view(&self.tag),
            5 => codegen::nullable_view(&self.note),
            6 => codegen::maybe_view(&self.owner),
            7 => codegen::view(&self.parent),
            8 => codegen::required_view(&self.toys),
            9 => codegen::view(&self.price),
            10 => codegen::required_view(&self.anything),
            11 => codegen::view(&self.something),
            12 => codegen::view(&self.weight),
            13 => codegen::view(&self.legs),
            14 => codegen::view(&self.small),
            15 => codegen::view(&self.large),
            16 => codegen::view(&self.level),
            17 => codegen::view(&self.grid),
            18 => codegen::view(&self.scores),
            19 => codegen::entries_view(&self.x_members),
            20 => codegen::entries_view(&self.others),
            _ => codegen::View::Additional(&self.additional),
        }
    }
}

schemacrate_runtime::json_structured!(Pet);

/// An enumeration of scalars of several kinds.
#[derive(Clone, Debug)]
pub enum Level {
    One,
    Half,
    Yes,
    High,
    Unrecognized(Untyped),
}

impl codegen::OpenLiteral for Level {
    const NAME: &'static str = "Level";

    fn from_json(json: &str) -> Self {
        match json {
            "1" => Self::One,
            "0.5" => Self::Half,
            "true" => Self::Yes,
            "\"hi\u{e9}\"" => Self::High,
            other => Self::Unrecognized(codegen::untyped(other)),
        }
    }

    fn json(&self) -> &str {
        match self {
            Self::One => "1",
            Self::Half => "0.5",
            Self::Yes => "true",
            Self::High => "\"hi\u{e9}\"",
            Self::Unrecognized(value) => value.text(),
        }
    }
}

schemacrate_runtime::open_literal!(Level);

/// An enumeration of strings.
#[derive(Clone, Debug)]
pub enum Color {
    Red,
    Unrecognized(String),
}

impl codegen::OpenEnum for Color {
    const NAME: &'static str = "Color";

    fn from_name(name: &str) -> Self {
        match name {
            "red" => Self::Red,
            other => Self::Unrecognized(other.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::Unrecognized(name) => name,
        }
    }
}

schemacrate_runtime::open_enum!(Color);

object! {
    Owner = codegen::Shape::json("Owner", &["name", "age"]).with_required(&[0]);
    required name: String,
    optional age: Option<i32>,
}

object! {
    Cat = codegen::Shape::json("Cat", &["type", "meow"]).with_required(&[0]);
    required kind: String,
    optional meow: Option<i32>,
}

object! {
    Dog = codegen::Shape::json("Dog", &["type", "bark"]).with_required(&[0, 1]);
    required kind: String,
    required bark: String,
}

alternatives! {
    /// Told by kind.
    Mixed by codegen::By::Kind;
    Cat(Box<Cat>) = codegen::Kinds::OBJECT,
    Text(String) = codegen::Kinds::STRING,
    Ids(Vec<i64>) = codegen::Kinds::ARRAY,
    Count(i32) = codegen::Kinds::INTEGER,
    Ratio(f64) = codegen::Kinds::FRACTION,
}

alternatives! {
    /// Told by a member.
    Animal by codegen::By::Tag {
        member: "type",
        values: &[
            (codegen::Literal::Text("cat"), 0),
            (codegen::Literal::Text("kitten\u{e9}"), 0),
            (codegen::Literal::Number("2"), 1),
            (codegen::Literal::Text("dog"), 1),
            (codegen::Literal::Boolean(true), 1),
        ],
        default: None,
    };
    Cat(Box<Cat>) = codegen::Kinds::OBJECT,
    Dog(Box<Dog>) = codegen::Kinds::OBJECT,
}

alternatives! {
    /// Told by a member, and a cat without it.
    Feline by codegen::By::Tag {
        member: "type",
        values: &[(codegen::Literal::Text("dog"), 1)],
        default: Some(0),
    };
    Cat(Box<Cat>) = codegen::Kinds::OBJECT,
    Dog(Box<Dog>) = codegen::Kinds::OBJECT,
}

object! {
    Rejected = codegen::Shape::json("Rejected", &["type", "reason"]);
    optional kind: Option<String>,
    optional reason: Option<String>,
}

object! {
    Waiting = codegen::Shape::json("Waiting", &["type", "delay", "reason"]).with_required(&[1]);
    optional kind: Option<String>,
    required delay: i64,
    optional reason: Option<String>,
}

alternatives! {
    /// Told by a member that may be absent.
    Verdict by codegen::By::tag_if_present(
        "type",
        &[
            (codegen::Literal::Text("wait"), 0),
            (codegen::Literal::Text("reject"), 1),
            (codegen::Literal::Text("abort"), 2),
        ],
    );
    Wait(Box<Waiting>) = codegen::Kinds::OBJECT,
    Reject(Box<Rejected>) = codegen::Kinds::OBJECT,
    Abort(Box<Rejected>) = codegen::Kinds::OBJECT,
    Number(i32) = codegen::Kinds::INTEGER,
}

alternatives! {
    /// Told by the members that are there.
    Known by codegen::By::Members(&[(1, &["type", "bark"]), (0, &["type"])]);
    Cat(Box<Cat>) = codegen::Kinds::OBJECT,
    Dog(Box<Dog>) = codegen::Kinds::OBJECT,
}

object! {
    CatFriend = codegen::Shape::json("CatFriend", &["type", "friend"]).with_required(&[0]);
    required kind: String,
    optional friend: Option<Friend>,
}

object! {
    DogFriend = codegen::Shape::json("DogFriend", &["type", "friend", "bark"]).with_required(&[2]);
    optional kind: Option<String>,
    optional friend: Option<Friend>,
    required bark: String,
}

alternatives! {
    /// Told by a member, and nested.
    Friend by codegen::By::Tag {
        member: "type",
        values: &[(codegen::Literal::Text("cat"), 0), (codegen::Literal::Text("dog"), 1)],
        default: None,
    };
    Cat(Box<CatFriend>) = codegen::Kinds::OBJECT,
    Dog(Box<DogFriend>) = codegen::Kinds::OBJECT,
}

object! {
    Numbers = codegen::Shape::json("Numbers", &["a", "b", "c", "d", "e", "f", "g", "h"])
        .with_required(&[0, 1, 2, 3, 4, 5, 6, 7]);
    required a: u8,
    required b: u16,
    required c: u32,
    required d: u64,
    required e: f32,
    required f: f64,
    required g: bool,
    required h: Box<IndexMap<String, i8>>,
}

/// More members than a machine word has bits, the last one of which must be there.
#[derive(Default)]
pub struct Wide {
    pub fields: Vec<Option<i32>>,
    pub last: i32,
    pub additional: Additional,
}

const WIDE: [&str; 131] = {
    let mut names = ["a"; 131];
    // Only some of them come.
    names[63] = "m63";
    names[64] = "m64";
    names[129] = "m129";
    names[130] = "last";
    names
};

impl codegen::Structured for Wide {
    fn shape(&self) -> &'static codegen::Shape {
        const { &codegen::Shape::json("Wide", &WIDE).with_required(&[130, 64]) }
    }

    fn slot(&mut self, index: usize) -> codegen::Slot<'_> {
        self.fields.resize(130, None);
        match index {
            130 => codegen::required_slot(&mut self.last),
            131 => codegen::Slot::Additional(&mut self.additional),
            _ => codegen::slot(&mut self.fields[index]),
        }
    }

    fn view(&self, index: usize) -> codegen::View<'_> {
        match index {
            130 => codegen::required_view(&self.last),
            131 => codegen::View::Additional(&self.additional),
            _ => self.fields.get(index).map_or(codegen::View::Absent, codegen::view),
        }
    }
}

schemacrate_runtime::json_structured!(Wide);

object! {
    Leaf = codegen::Shape::json("Leaf", &["value", "size"]).with_required(&[0]);
    required value: i32,
    optional size: Option<i32>,
}

object! {
    Branch = codegen::Shape::json("Branch", &["left", "right", "size"]).with_required(&[0]);
    required left: Tree,
    optional right: Option<Tree>,
    optional size: Option<String>,
}

alternatives! {
    /// The first that fits.
    Tree by codegen::By::FirstFit;
    Leaf(Box<Leaf>) = codegen::Kinds::OBJECT,
    Branch(Box<Branch>) = codegen::Kinds::OBJECT,
    Number(i32) = codegen::Kinds::INTEGER,
    Big(f64) = codegen::Kinds::NUMBER,
    Many(Vec<Tree>) = codegen::Kinds::ARRAY,
    Names(Vec<String>) = codegen::Kinds::ARRAY,
}

object! {
    Point = codegen::Shape::tuple("Point", 3);
    optional item_0: Option<f64>,
    optional item_1: Option<String>,
    maybe item_2: Maybe<i32>,
}

object! {
    Line = codegen::Shape::tuple("Line", 1).with_others().with_required(&[0]);
    required item_0: String,
    rest rest: Vec<i32>,
}

object! {
    Gaps = codegen::Shape::tuple("Gaps", 1).with_others();
    optional item_0: Option<bool>,
    rest rest: Vec<Option<i32>>,
}

object! {
    Open = codegen::Shape::json("Open", &["id", "size"]).with_required(&[0]).with_open_kind();
    required id: String,
    optional size: Option<i32>,
}

object! {
    Patterns = codegen::Shape::json("Patterns", &["id"]).with_patterns(&[
        codegen::Names::Exactly("self"),
        codegen::Names::Suffix("_at"),
        codegen::Names::Containing("-x-"),
    ]);
    optional id: Option<i32>,
    entries own: IndexMap<String, bool>,
    entries times: IndexMap<String, Formatted<Date>>,
    entries inner: IndexMap<String, Option<String>>,
}

object! {
    All = codegen::Shape::json(
        "All",
        &["pets", "mixed", "animal", "tree", "point", "line", "open", "colors", "map", "maybe", "color"],
    );
    optional pets: Option<Vec<Pet>>,
    optional mixed: Option<Mixed>,
    optional animal: Option<Vec<Animal>>,
    optional tree: Option<Tree>,
    optional point: Option<Point>,
    optional line: Option<Line>,
    optional open: Option<Open>,
    optional colors: Option<Vec<Color>>,
    optional map: Option<IndexMap<String, Mixed>>,
    maybe maybe: Maybe<Box<All>>,
    optional color: Option<Color>,
}

object! {
    /// A base, whose tag it declares.
    Vehicle base of AnyVehicle =
        codegen::Shape::json("Vehicle", &["kind", "weight"]).with_required(&[0]);
    required kind: String,
    optional weight: Option<f64>,
}

object! {
    Car = codegen::Shape::json("Car", &["kind", "weight", "doors"]).with_required(&[0, 2]);
    required kind: String,
    optional weight: Option<f64>,
    required doors: i32,
}

object! {
    Truck = codegen::Shape::json("Truck", &["weight", "load"]).with_required(&[0]);
    required weight: f64,
    optional load: Option<i32>,
}

alternatives! {
    AnyVehicle by codegen::By::Tag {
        member: "kind",
        values: &[
            (codegen::Literal::Text("vehicle"), 0),
            (codegen::Literal::Text("car"), 1),
            (codegen::Literal::Text("limousine"), 1),
            (codegen::Literal::Text("truck"), 2),
        ],
        default: Some(0),
    };
    Vehicle(Box<Vehicle>) = codegen::Kinds::OBJECT,
    Car(Box<Car>) = codegen::Kinds::OBJECT,
    Truck(Box<Truck>) = codegen::Kinds::OBJECT,
}

impl codegen::Base for Vehicle {
    const TAG: &'static str = "kind";
    type Any = AnyVehicle;
}

impl codegen::Derived<Vehicle> for Car {
    const NAMES: &'static [&'static str] = &["car", "limousine"];
}

impl codegen::Derived<Vehicle> for Truck {
    const NAMES: &'static [&'static str] = &["truck"];
}

alternatives! {
    /// Integers of several sizes.
    Size by codegen::By::FirstFit;
    Small(u8) = codegen::Kinds::INTEGER,
    Medium(u16) = codegen::Kinds::INTEGER,
    Large(u64) = codegen::Kinds::INTEGER,
    Exact(Decimal) = codegen::Kinds::NUMBER,
}

alternatives! {
    /// A number, or anything.
    Anything by codegen::By::FirstFit;
    Number(i32) = codegen::Kinds::INTEGER,
    Any(Untyped) = codegen::Kinds::ANY,
}

alternatives! {
    /// A list, or any other value.
    Loose by codegen::By::Kind, with_any_other;
    Names(Vec<String>) = codegen::Kinds::ARRAY,
}

object! {
    Looser = codegen::Shape::json("Looser", &["one", "two", "three", "four", "five", "six"])
        .with_required(&[0, 5])
        .with_others();
    required one: Loose,
    optional two: Option<Loose>,
    maybe three: Maybe<Loose>,
    optional four: Option<Vec<Loose>>,
    optional five: Option<IndexMap<String, Loose>>,
    nullable six: Option<Loose>,
    entries others: IndexMap<String, Loose>,
}

object! {
    OfLoose = codegen::Shape::json("OfLoose", &["loose"]).with_required(&[0]);
    required loose: Loose,
}

object! {
    OfBoolean = codegen::Shape::json("OfBoolean", &["loose"]).with_required(&[0]);
    required loose: bool,
}

alternatives! {
    /// The first one has all that the second one has.
    Either by codegen::By::FirstFit;
    Loose(Box<OfLoose>) = codegen::Kinds::OBJECT,
    Boolean(Box<OfBoolean>) = codegen::Kinds::OBJECT,
}

object! {
    Holder = codegen::Shape::json("Holder", &["one", "two", "three", "four"]).with_required(&[0]);
    required one: Anything,
    optional two: Option<Anything>,
    maybe three: Maybe<Anything>,
    optional four: Option<Vec<Anything>>,
}
