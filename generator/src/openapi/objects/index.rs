//! The fields of an object by name, and those that a version requires.

use super::Object;
use super::field::{Choice, Field};
use crate::input::nearest::nearest;
use crate::openapi::description::Version;
use std::sync::LazyLock;

/// The tables in the order in which they are searched.
static INDEXES: LazyLock<Vec<Index>> =
    LazyLock::new(|| Object::ALL.into_iter().map(Index::of).collect());

/// The fields of one object.
struct Index {
    /// By length and text of the names.
    by_name: Vec<&'static Field>,
    /// The beginnings of the names, in the same order.
    heads: Vec<u64>,
    /// Where the names of each length begin in `by_name`. Most names have few others of their length.
    of_length: Vec<usize>,
    /// What a version requires, by version.
    required: [Vec<Required>; 4],
    /// The choices, each with its fields.
    choices: Vec<(&'static Choice, NameSet)>,
}

/// A field that is required, perhaps under a condition.
pub(super) struct Required {
    pub(super) field: &'static Field,
    pub(super) name: NameSet,
}

/// Some names of an object: a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NameSet(u128);

impl NameSet {
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Those that others are, too.
    pub(super) fn among(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    pub(super) fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// The fields that a name has in all versions.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// None, one, or one for each form of the value.
    pub(super) forms: &'static [&'static Field],
    /// The name, if there are any.
    pub(super) name: NameSet,
}

impl Index {
    fn of(object: Object) -> Self {
        let definition = object.definition();
        let mut by_name: Vec<&Field> = definition.fields.iter().collect();
        by_name.sort_by_key(|field| (field.name.len(), field.name)); // The forms stay in order.
        let longest = by_name.last().map_or(0, |field| field.name.len());
        let of_length = (0..=longest + 1)
            .map(|length| by_name.partition_point(|field| field.name.len() < length))
            .collect();
        let name = |name: &str| {
            let first = by_name.iter().position(|field| field.name == name);
            first.map_or_else(NameSet::default, |first| NameSet(1 << first))
        };
        let required = [Version::V20, Version::V30, Version::V31, Version::V32].map(|version| {
            let fields = definition.fields.iter();
            let fields = fields.filter(|field| field.required.versions.has(version));
            fields.map(|field| Required { field, name: name(field.name) }).collect()
        });
        let choices = definition.choices.iter().map(|choice| {
            let mut names = NameSet::default();
            choice.fields.iter().for_each(|field| names.add(name(field)));
            (choice, names)
        });
        let choices = choices.collect();
        let heads = by_name.iter().map(|field| head(field.name)).collect();
        Self { by_name, heads, of_length, required, choices }
    }

    fn find(&'static self, name: &str) -> Found {
        let nothing = Found { forms: &[], name: NameSet::default() };
        let length = name.len();
        let (Some(start), Some(end)) =
            (self.of_length.get(length), self.of_length.get(length.saturating_add(1)))
        else {
            return nothing;
        };
        let (head, same_length) = (head(name), &self.by_name[*start..*end]);
        let heads = self.heads[*start..*end].iter().zip(same_length);
        let is_found = |(one, field): (&u64, &&Field)| *one == head && field.name == name;
        let Some(first) = heads.map(is_found).position(|is_found| is_found) else {
            return nothing;
        };
        let forms = &same_length[first..];
        let count = forms.iter().take_while(|field| field.name == name).count();
        Found { forms: &forms[..count], name: NameSet(1 << (start + first)) }
    }
}

/// The first eight bytes of a name.
fn head(name: &str) -> u64 {
    match name.as_bytes().first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => name.bytes().fold(0, |head, byte| head << 8 | u64::from(byte)),
    }
}

impl Object {
    /// The fields that a name has.
    pub(super) fn find(self, name: &str) -> Found {
        INDEXES[self as usize].find(name)
    }

    /// The fields that a version requires, perhaps under a condition.
    pub(super) fn required(self, version: Version) -> &'static [Required] {
        &INDEXES[self as usize].required[version as usize]
    }

    /// The choices, each with its fields.
    pub(super) fn choices(self) -> &'static [(&'static Choice, NameSet)] {
        &INDEXES[self as usize].choices
    }

    /// The name of a field of a version that is most similar to a text.
    pub(super) fn similar(self, name: &str, version: Version) -> Option<&'static str> {
        let fields = self.definition().fields.iter();
        let names = fields.filter(|field| field.versions.has(version)).map(|field| field.name);
        nearest(name, names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_with_all_its_forms() {
        let forms = |object: Object, name| object.find(name).forms.len();
        assert_eq!(forms(Object::Schema, "discriminator"), 2);
        assert_eq!(forms(Object::Schema, "type"), 2);
        assert_eq!(forms(Object::Schema, "title"), 1);
        assert_eq!(forms(Object::Schema, "titles"), 0);
        assert_eq!(forms(Object::Paths, "/a"), 0);
        for object in Object::ALL {
            // Each has a bit.
            assert!(object.definition().fields.len() <= 128);
            for field in object.definition().fields {
                let forms = object.find(field.name).forms;
                assert!(forms.iter().any(|one| std::ptr::eq(*one, field)));
            }
        }
    }

    #[test]
    fn a_name_with_a_slip_is_similar() {
        let similar = |name| Object::Operation.similar(name, Version::V31);
        assert_eq!(similar("sumary"), Some("summary"));
        assert_eq!(similar("operationID"), Some("operationId"));
        assert_eq!(similar("Tags"), Some("tags"));
        assert_eq!(similar("response"), Some("responses"));
        assert_eq!(similar("requestbody"), Some("requestBody"));
        assert_eq!(similar("consume"), None, "3.1 has no such field");
        assert_eq!(similar("zzz"), None);
        assert_eq!(similar(""), None);
    }
}
