//! Types with members of each kind, for the tests of code that walks them.

#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use super::structure::structure;
use crate::json as codegen;
use crate::json::Flags;
use crate::json::{Additional, OpenEnum, Untyped};
use crate::types::{DateTimeOffset, Decimal, GeoJson};

structure! {
    /// An object with a member of each kind.
    pub struct Thing is "test.thing" {
        flag: bool = "flag",
        small: i32 = "small",
        large: i64 = "large",
        byte: u8 = "byte",
        double: f64 = "double",
        single: f32 = "single",
        name: String = "name",
        anything: Untyped = "anything",
        time: DateTimeOffset = "time",
        amount: Decimal = "amount",
        place: GeoJson = "place",
        day: Day = "day",
        days: Flags<Day> = "days",
        next: Box<Thing> = "next" in Box,
        parts: Vec<Thing> = "parts",
        names: Vec<Option<String>> = "names",
        sizes: Vec<i32> = "sizes",
        ratios: Vec<f32> = "ratios",
        things: Vec<Thing> = "things",
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
