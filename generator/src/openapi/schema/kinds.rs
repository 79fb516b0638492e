//! The kinds of JSON values that a schema allows.

use crate::node::{Kind, Node};
use crate::openapi::model::{Keywords, Types};
use std::ops::{BitAnd, BitOr, Sub};

/// A set of kinds of JSON values. Numbers are two kinds, so that every integer is a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Null.
    pub const NULL: Self = Self(1);
    /// True and false.
    pub const BOOLEAN: Self = Self(2);
    /// Numbers without a fraction, also when they are written with one: `1.0`.
    pub const INTEGER: Self = Self(4);
    /// All other numbers.
    pub const FRACTION: Self = Self(8);
    /// Numbers of both kinds.
    pub const NUMBER: Self = Self(12);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Every kind except null, which is a property of a use and not of a shape.
    pub const ALL: Self = Self(126);

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of some kinds are among them.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether one of some kinds is among them.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The kinds that have forms of their own.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        [Self::OBJECT, Self::ARRAY, Self::STRING, Self::NUMBER, Self::BOOLEAN]
            .into_iter()
            .map(move |one| one & self)
            .filter(|one| !one.is_empty())
    }

    /// What to call them in a message.
    pub fn names(self) -> String {
        let mut names = Vec::new();
        for (kind, name) in [
            (Self::OBJECT, "object"),
            (Self::ARRAY, "array"),
            (Self::STRING, "string"),
            (Self::NUMBER, "number"),
            (Self::BOOLEAN, "boolean"),
            (Self::NULL, "null"),
        ] {
            if self.has(kind) {
                names.push(name);
            } else if kind == Self::NUMBER && self.meets(kind) {
                names.push("integer");
            }
        }
        names.join(" or ")
    }

    /// The kinds that `type` allows, without null.
    pub(super) fn of_types(keywords: &Keywords) -> Self {
        keywords.types.map_or(Self::ALL, |types| Self::of(types) & Self::ALL)
    }

    fn of(types: Types) -> Self {
        types.names().fold(Self::NONE, |kinds, name| {
            kinds
                | match name {
                    "null" => Self::NULL,
                    "boolean" => Self::BOOLEAN,
                    "object" => Self::OBJECT,
                    "array" => Self::ARRAY,
                    "number" => Self::NUMBER,
                    "integer" => Self::INTEGER,
                    _ => Self::STRING,
                }
        })
    }

    /// The kind of a value.
    pub fn of_value(value: Node<'_>) -> Self {
        match value.kind() {
            Kind::Null => Self::NULL,
            Kind::Bool(_) => Self::BOOLEAN,
            Kind::Number(digits) if super::scalar::is_integral(digits) => Self::INTEGER,
            Kind::Number(_) => Self::FRACTION,
            Kind::String(_) => Self::STRING,
            Kind::Array(_) => Self::ARRAY,
            Kind::Object(_) => Self::OBJECT,
        }
    }
}

impl BitAnd for Kinds {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Sub for Kinds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}
