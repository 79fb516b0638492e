//! The fields of an object by name, and those that a version requires.

use super::Object;
use super::field::Field;
use crate::openapi::description::Version;
use crate::openapi::nearest::nearest;
use std::sync::LazyLock;

/// The tables in the order in which they are searched.
static INDEXES: LazyLock<Vec<Index>> =
    LazyLock::new(|| Object::ALL.into_iter().map(Index::of).collect());

/// The fields of one object.
struct Index {
    /// By length and text of the names: most names have a length of their own.
    by_name: Vec<&'static Field>,
    /// Those that a version may require, by version.
    required: [Vec<&'static Field>; 4],
}

impl Index {
    fn of(object: Object) -> Self {
        let fields = object.definition().fields;
        let mut by_name: Vec<&Field> = fields.iter().collect();
        by_name.sort_by_key(|field| key(field.name)); // Fields of one name stay in order.
        let required = [Version::V20, Version::V30, Version::V31, Version::V32].map(|version| {
            let is_required = |field: &&Field| field.required.versions.has(version);
            fields.iter().filter(is_required).collect()
        });
        Self { by_name, required }
    }
}

fn key(name: &str) -> (usize, &str) {
    (name.len(), name)
}

impl Object {
    /// The fields that a name has in all versions: none, one, or one for each form of its value.
    pub(super) fn fields(self, name: &str) -> &'static [&'static Field] {
        let by_name = &INDEXES[self as usize].by_name;
        let first = by_name.partition_point(|field| key(field.name) < key(name));
        let rest = &by_name[first..];
        let count = rest.iter().take_while(|field| field.name == name).count();
        &rest[..count]
    }

    /// The fields that a version requires, perhaps under a condition.
    pub(super) fn required(self, version: Version) -> &'static [&'static Field] {
        &INDEXES[self as usize].required[version as usize]
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
        let forms = |object: Object, name| object.fields(name).len();
        assert_eq!(forms(Object::Schema, "discriminator"), 2);
        assert_eq!(forms(Object::Schema, "type"), 2);
        assert_eq!(forms(Object::Schema, "title"), 1);
        assert_eq!(forms(Object::Schema, "titles"), 0);
        assert_eq!(forms(Object::Paths, "/a"), 0);
        for object in Object::ALL {
            for field in object.definition().fields {
                assert!(object.fields(field.name).iter().any(|one| std::ptr::eq(*one, field)));
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
