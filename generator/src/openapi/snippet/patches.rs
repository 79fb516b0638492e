//! JSON as the builder of a merge patch.
//!
//! Enters: JSON and the object that is changed. Leaves: the expression of its builder. Must not know: requests.

use super::runtime::{ADDITIONAL, NEW};
use super::values::Values;
use crate::crate_plan::program::Code;
use crate::crate_plan::{Named, Setter, Type};
use crate::input::json::Json;

/// The object whose changes are declared.
pub(super) fn patched(value: &Type) -> Option<&Type> {
    match value {
        Type::Named(named) if named.path == ["model", "Patch"] => named.arguments.first(),
        _ => None,
    }
}

/// Whether values are maps in which null removes an entry.
pub(super) fn is_map_of_options(named: &Named) -> bool {
    named.path == ["IndexMap"] && matches!(named.arguments.last(), Some(Type::Option(_)))
}

impl Values<'_, '_> {
    /// The changes to an object: its builder, if it has one.
    pub(super) fn patch(&mut self, json: &Json, object: &Type) -> Code {
        let index = self.index;
        let (Json::Object(members), Some((path, update))) = (json, index.patch(object)) else {
            return self.exact(json, object);
        };
        let mut code = Code::associated(path.into(), NEW, Vec::new());
        for (name, json) in members {
            let is_it = |setter: &&Setter| {
                setter.wire_name == *name && (setter.is_nullable() || *json != Json::Null)
            };
            code = match update.setters.iter().find(is_it) {
                Some(setter) => {
                    let value = self.given(json, &setter.takes);
                    code.method(&setter.name, vec![value])
                }
                None => {
                    let value = match json {
                        Json::Null => Code::Null,
                        json => self.sent(json, &Type::any_json()),
                    };
                    code.method(ADDITIONAL, vec![Code::Text(name.clone()), value])
                }
            };
        }
        code
    }

    /// The entries of a map, of which null removes some.
    pub(super) fn entries(&mut self, members: &[(String, Json)], named: &Named) -> Code {
        let Some(Type::Option(inner)) = named.arguments.last() else { return Code::Null };
        let has_null = members.iter().any(|(_, json)| *json == Json::Null);
        let has_value = members.iter().any(|(_, json)| *json != Json::Null);
        if members.is_empty() {
            let plain = patched(inner).unwrap_or(inner).clone();
            return Code::New(plain.optional().entries());
        }
        let pairs = members.iter().map(|(name, json)| {
            let value = match (json, has_value) {
                (Json::Null, true) => Code::None,
                (Json::Null, false) => Code::Null,
                (json, _) if has_null => Code::Some(Box::new(self.sent(json, inner))),
                (json, _) => self.sent(json, inner),
            };
            Code::Tuple(vec![Code::Text(name.clone()), value])
        });
        Code::Array(pairs.collect())
    }
}
