//! Values of a base, and the same values as those of derived types.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use super::keep::{difference, members, value};
use super::specimen::Thing;
use crate::json::{
    Additional, Maybe, Shape, Slot, Structured, Untyped, View, boxed_slot, boxed_view, from_json,
    slot, to_json, unread, view,
};
use crate::odata::hierarchy::{Hierarchy, Inherits, Lineage, narrowed};
use crate::odata::query::{DerivedFrom, Property};
use proptest::prelude::*;

/// The base of a [`Thing`], which declares some of its members. Two of them have a wider type here.
#[derive(Default)]
struct Base {
    flag: Option<bool>,
    byte: Option<u8>,
    name: Option<String>,
    large: Option<Untyped>,
    time: Option<crate::types::DateTimeOffset>,
    next: Option<Box<Thing>>,
    parts: Option<Vec<Thing>>,
    names: Option<Vec<Option<String>>>,
    sizes: Option<Vec<Untyped>>,
    additional: Additional,
}

impl Structured for Base {
    fn shape(&self) -> &'static Shape {
        const NAMES: &[&str] =
            &["flag", "byte", "name", "large", "time", "next", "parts", "names", "sizes"];
        const { &Shape::odata("test.base", NAMES) }
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => slot(&mut self.flag),
            1 => slot(&mut self.byte),
            2 => slot(&mut self.name),
            3 => slot(&mut self.large),
            4 => slot(&mut self.time),
            5 => boxed_slot(&mut self.next),
            6 => slot(&mut self.parts),
            7 => slot(&mut self.names),
            8 => slot(&mut self.sizes),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => view(&self.flag),
            1 => view(&self.byte),
            2 => view(&self.name),
            3 => view(&self.large),
            4 => view(&self.time),
            5 => boxed_view(&self.next),
            6 => view(&self.parts),
            7 => view(&self.names),
            8 => view(&self.sizes),
            _ => View::Additional(&self.additional),
        }
    }
}

crate::base!(Base, AnyBase);

impl Inherits for Base {
    const LINEAGE: &'static Lineage = &Lineage::new(
        &["test.base"],
        &[<Thing as Inherits>::LINEAGE, &Lineage::new(&["test.other"], &[])],
    );
}

impl Inherits for Thing {
    const LINEAGE: &'static Lineage =
        &Lineage::new(&["test.thing", "t.thing"], &[&Lineage::new(&["test.part", "t.part"], &[])]);
}

impl DerivedFrom<Base> for Thing {
    const NAME: &'static str = "test.thing";
}

/// Another derived type, without members of its own.
#[derive(Default)]
struct Other(Base);

impl Structured for Other {
    fn shape(&self) -> &'static Shape {
        const { &Shape::odata("test.other", &["flag"]) }
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        self.0.slot(if index == 0 { 0 } else { usize::MAX })
    }

    fn view(&self, index: usize) -> View<'_> {
        self.0.view(if index == 0 { 0 } else { usize::MAX })
    }
}

crate::structured!(Other);

impl DerivedFrom<Base> for Other {
    const NAME: &'static str = "test.other";
}

enum AnyBase {
    Base(Box<Base>),
    Thing(Box<Thing>),
}

impl Hierarchy for AnyBase {
    type Base = Base;

    fn named(type_name: &str, value: Base) -> Self {
        match type_name {
            "test.thing" | "t.thing" => Self::Thing(narrowed(value)),
            _ => Self::Base(Box::new(value)),
        }
    }

    fn structured(&self) -> &dyn Structured {
        match self {
            Self::Base(value) => &**value,
            Self::Thing(value) => &**value,
        }
    }
}

crate::hierarchy!(AnyBase);

fn base(json: &str) -> Base {
    from_json(json.as_bytes()).unwrap()
}

fn text(value: &impl crate::json::Value) -> String {
    String::from_utf8(to_json(value)).unwrap()
}

#[test]
fn a_value_is_of_the_type_that_it_names() {
    for (name, is_thing) in [
        ("#test.thing", true),
        ("test.thing", true),
        ("#t.thing", true),
        ("#test.p\\u0061rt", true),
        ("#t.part", true),
        ("#test.base", false),
        ("#test.other", false),
        ("#test.unknown", false),
        ("", false),
    ] {
        for json in [
            format!(r#"{{"@odata.type":"{name}","small":5,"name":"a"}}"#),
            format!(r#"{{"small":5,"name":"a","@odata.type":"{name}"}}"#),
            format!(r#"{{"small":5,"@type":"{name}","name":"a"}}"#),
        ] {
            let kept = text(&base(&json));
            let found = base(&json).downcast::<Thing>();
            assert_eq!(found.is_ok(), is_thing, "{json}");
            match found {
                Ok(thing) => {
                    assert_eq!((thing.small, thing.name.as_deref()), (Some(5), Some("a")));
                    assert_eq!(text(&thing), text(&from_json::<Thing>(json.as_bytes()).unwrap()));
                }
                Err(base) => assert_eq!(text(&base), kept),
            }
            // A type is one of its own, whatever it names.
            assert_eq!(text(&base(&json).downcast::<Base>().unwrap()), kept);
        }
    }
    assert!(base(r#"{"name":"a"}"#).downcast::<Thing>().is_err());
    assert_eq!(base(r#"{"name":"a"}"#).type_name(), "test.base");
    assert_eq!(base(r##"{"@odata.type":"#x.y"}"##).type_name(), "x.y");
}

#[test]
fn the_enum_has_the_struct_of_the_type() {
    let any = base(r##"{"small":5,"@odata.type":"#t.thing"}"##).into_any();
    assert!(matches!(&any, AnyBase::Thing(thing) if thing.small == Some(5)));
    assert!(any.is_derived());
    assert!(format!("{any:?}").starts_with("thing {"), "{any:?}");
    let any = base(r##"{"small":5,"@odata.type":"#test.new"}"##).into_any();
    assert!(matches!(&any, AnyBase::Base(one) if one.additional.get("small").is_some()));
    assert!(!any.is_derived());
}

#[test]
fn one_member_is_read_without_the_others() {
    const SMALL: Property<Thing, i32> = Property::new("small");
    const NEXT: Property<Thing, Thing> = Property::new("next");
    const NAME: Property<Base, String> = Property::new("name");
    const LARGE: Property<Thing, i64> = Property::new("large");
    const AMOUNT: Property<Thing, bool> = Property::new("amount");
    let json =
        r#"{"small":5,"name":"a","next":{"small":6,"next":{"small":null}},"large":7,"amount":[]}"#;
    let base = base(json);
    assert_eq!(base.member(SMALL).unwrap(), Maybe::Value(5));
    assert_eq!(base.member(NAME).unwrap().value().as_deref(), Some("a"));
    assert_eq!(base.member(SMALL.of_base::<Base>()).unwrap(), Maybe::Value(5));
    // The base declares another type for it.
    assert_eq!(base.member(LARGE).unwrap(), Maybe::Value(7));
    assert_eq!(base.member(NEXT).unwrap().value().unwrap().small, Some(6));
    assert_eq!(base.member(NEXT.then(SMALL)).unwrap(), Maybe::Value(6));
    assert_eq!(base.member(NEXT.then(NEXT).then(SMALL)).unwrap(), Maybe::Absent);
    assert_eq!(base.member(NEXT.then(NEXT).then(NEXT)).unwrap(), Maybe::Absent);
    assert_eq!(base.member(AMOUNT).unwrap_err().path(), "amount");
    const FLAG: Property<Thing, bool> = Property::new("small");
    assert_eq!(base.member(NEXT.then(FLAG)).unwrap_err().path(), "next.small");
    let null = self::base(r#"{"small":null,"name":7}"#);
    assert_eq!(null.member(SMALL).unwrap(), Maybe::Null);
    assert!(null.member(NAME).is_err());
    assert_eq!(Base::default().member(SMALL).unwrap(), Maybe::Absent);
}

#[test]
fn what_was_set_since_wins_in_the_derived_type_as_well() {
    let mut one = base(r##"{"@odata.type":"#test.thing","byte":"5","time":"soon","small":"x"}"##);
    one.byte = Some(6);
    one.time = "2017-01-01T00:00:00Z".parse().ok();
    let thing = one.downcast::<Thing>().unwrap();
    assert_eq!((thing.byte, thing.small), (Some(6), None));
    let expected =
        r##"{"@odata.type":"#test.thing","byte":6,"time":"2017-01-01T00:00:00Z","small":"x"}"##;
    assert_eq!(text(&thing), expected);
    let mut unread: Vec<_> = unread(&thing).iter().map(|one| one.path().to_owned()).collect();
    unread.sort();
    assert_eq!(unread, ["small", "time"]);
}

#[test]
fn a_derived_value_is_one_of_its_base() {
    let json = r#"{"byte":"5","single":4.66666666666666,"small":"x","time":"soon","other":1}"#;
    let thing: Thing = from_json(json.as_bytes()).unwrap();
    let base = Base::from_derived(thing);
    assert_eq!((base.byte, base.type_name().as_str()), (Some(5), "test.thing"));
    let paths: Vec<_> = unread(&base).iter().map(|one| one.path().to_owned()).collect();
    assert_eq!(paths, ["time"]);
    let written = text(&base);
    let named = json.replace("{\"byte", "{\"@odata.type\":\"#test.thing\",\"byte");
    assert_eq!(difference("", &named, &written), None);
    assert!(written.starts_with(r##"{"@odata.type":"#test.thing","##), "{written}");
    assert_eq!(text(&base.downcast::<Thing>().unwrap()).len(), written.len());
}

fn sorted(value: &impl crate::json::Value) -> Vec<String> {
    let mut all: Vec<_> = unread(value).iter().map(|one| one.path().to_owned()).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_is_lost_on_the_way(json in members(value()), first: bool, late: bool) {
        const TYPE: &str = r##""@odata.type":"#test.thing""##;
        // The type is named once.
        let json = json.replace("@odata.type", "@odata.kind");
        let inner = json.strip_prefix('{').unwrap().strip_suffix('}').unwrap();
        let json = match (inner.is_empty(), first) {
            (true, _) => format!("{{{TYPE}}}"),
            (false, true) => format!("{{{TYPE},{inner}}}"),
            (false, false) => format!("{{{inner},{TYPE}}}"),
        };
        let held = base(&json);
        prop_assert_eq!(difference("", &json, &text(&held)), None);
        let direct: Thing = from_json(json.as_bytes()).unwrap();
        let thing = if late {
            match held.into_any() {
                AnyBase::Thing(thing) => *thing,
                AnyBase::Base(_) => panic!("not the derived type"),
            }
        } else {
            held.downcast::<Thing>().unwrap()
        };
        prop_assert_eq!(difference("", &text(&direct), &text(&thing)), None);
        prop_assert_eq!(difference("", &text(&thing), &text(&direct)), None);
        prop_assert_eq!(sorted(&thing), sorted(&direct));
        // And back.
        let again = Base::from_derived(thing);
        prop_assert_eq!(difference("", &json, &text(&again)), None);
        let thing = again.downcast::<Thing>().unwrap();
        prop_assert_eq!(difference("", &text(&direct), &text(&thing)), None);
        prop_assert_eq!(sorted(&thing), sorted(&direct));
    }
}
