//! Types with members of each kind, for the tests of code that walks them.

#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use crate::json::{
    Additional, OpenEnum, Shape, Slot, Structured, Untyped, View, boxed_slot, boxed_view, slot,
    view,
};
use crate::odata::flags::Flags;
use crate::types::{DateTimeOffset, Decimal, GeoJson};

/// An object with a member of each kind.
#[derive(Default)]
pub struct Thing {
    pub flag: Option<bool>,
    pub small: Option<i32>,
    pub large: Option<i64>,
    pub byte: Option<u8>,
    pub double: Option<f64>,
    pub single: Option<f32>,
    pub name: Option<String>,
    pub anything: Option<Untyped>,
    pub time: Option<DateTimeOffset>,
    pub amount: Option<Decimal>,
    pub place: Option<GeoJson>,
    pub day: Option<Day>,
    pub days: Option<Flags<Day>>,
    pub next: Option<Box<Thing>>,
    pub parts: Option<Vec<Thing>>,
    pub names: Option<Vec<Option<String>>>,
    pub sizes: Option<Vec<i32>>,
    pub ratios: Option<Vec<f32>>,
    pub things: Option<Vec<Thing>>,
    pub additional: Additional,
}

impl Structured for Thing {
    fn shape(&self) -> &'static Shape {
        const {
            &Shape::odata(
                "test.thing",
                &[
                    "flag", "small", "large", "byte", "double", "single", "name", "anything",
                    "time", "amount", "place", "day", "days", "next", "parts", "names", "sizes",
                    "ratios", "things",
                ],
            )
        }
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => slot(&mut self.flag),
            1 => slot(&mut self.small),
            2 => slot(&mut self.large),
            3 => slot(&mut self.byte),
            4 => slot(&mut self.double),
            5 => slot(&mut self.single),
            6 => slot(&mut self.name),
            7 => slot(&mut self.anything),
            8 => slot(&mut self.time),
            9 => slot(&mut self.amount),
            10 => slot(&mut self.place),
            11 => slot(&mut self.day),
            12 => slot(&mut self.days),
            13 => boxed_slot(&mut self.next),
            14 => slot(&mut self.parts),
            15 => slot(&mut self.names),
            16 => slot(&mut self.sizes),
            17 => slot(&mut self.ratios),
            18 => slot(&mut self.things),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => view(&self.flag),
            1 => view(&self.small),
            2 => view(&self.large),
            3 => view(&self.byte),
            4 => view(&self.double),
            5 => view(&self.single),
            6 => view(&self.name),
            7 => view(&self.anything),
            8 => view(&self.time),
            9 => view(&self.amount),
            10 => view(&self.place),
            11 => view(&self.day),
            12 => view(&self.days),
            13 => boxed_view(&self.next),
            14 => view(&self.parts),
            15 => view(&self.names),
            16 => view(&self.sizes),
            17 => view(&self.ratios),
            18 => view(&self.things),
            _ => View::Additional(&self.additional),
        }
    }
}

crate::structured!(Thing);

#[derive(Clone, Debug)]
pub enum Day {
    Monday,
    Unrecognized(String),
}

impl OpenEnum for Day {
    const NAME: &'static str = "test.day";

    fn from_name(name: &str) -> Self {
        match name {
            "monday" => Self::Monday,
            other => Self::Unrecognized(other.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Monday => "monday",
            Self::Unrecognized(name) => name,
        }
    }
}

crate::open_enum!(Day);
