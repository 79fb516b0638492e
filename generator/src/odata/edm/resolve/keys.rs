//! Keys of entity types.

use super::Resolver;
use super::names::Names;
use crate::input::diagnostic::Diagnostic;
use crate::odata::csdl::Element;
use crate::odata::edm::{
    Facets, ItemType, Key, KeyProperty, Member, StructuredTypeId, TypeId, TypeRef,
};

/// The label for a key that cannot be used.
const NO_KEY: &str = "the key is not used, so that entities are not addressed by it";

impl Resolver<'_> {
    /// Resolves keys, for which all properties must be known.
    pub(super) fn keys(&mut self, schemas: &[(&Element, &Names)]) {
        for (schema, names) in schemas {
            let Some(namespace) = schema.value("Namespace") else { continue };
            for element in schema.children("EntityType") {
                let Some(key) = element.children("Key").next() else { continue };
                let full = format!("{namespace}.{}", element.value("Name").unwrap_or_default());
                let Some(TypeId::Structured(id)) = self.model.type_named(&full) else { continue };
                let properties = self.key_properties(key, names, id);
                let properties = properties.filter(|properties| !properties.is_empty());
                let key = properties.map(|properties| Key { properties, span: key.span });
                self.model.structured_types[id.0 as usize].key = key;
            }
        }
    }

    /// The parts of a key. If one of them does not exist, no key predicate can be written, so the
    /// type has no key.
    fn key_properties(
        &mut self,
        key: &Element,
        names: &Names,
        id: StructuredTypeId,
    ) -> Option<Vec<KeyProperty>> {
        let mut properties: Vec<KeyProperty> = Vec::new();
        let mut is_whole = true;
        for part in key.children("PropertyRef") {
            let Some(found) = self.key_property(part, names, id) else {
                is_whole = false;
                continue;
            };
            let Some(first) = properties.iter().find(|one| one.name == found.name) else {
                properties.push(found);
                continue;
            };
            let is_same = first.path == found.path;
            is_whole &= is_same;
            let label = if is_same { "not used" } else { NO_KEY };
            self.diagnostics.push(
                Diagnostic::violation("key", format!("the key names `{}` twice", found.name))
                    .at(part.place("Name"), label)
                    .related(first.span, "first named here")
                    .help("remove one of them, or give it another alias"),
            );
        }
        is_whole.then_some(properties)
    }

    /// The type of a property or of a single navigation property.
    fn step(&self, owner: StructuredTypeId, segment: &str) -> Option<TypeRef> {
        match self.model.member(owner, segment)?.1 {
            Member::Property(found) => Some(found.value.clone()),
            Member::Navigation(found) => Some(TypeRef {
                item: ItemType::Structured(found.target?),
                collection: found.collection,
                nullable: found.nullable,
                facets: Facets::default(),
            }),
        }
    }

    fn key_property(
        &mut self,
        part: &Element,
        names: &Names,
        id: StructuredTypeId,
    ) -> Option<KeyProperty> {
        let path = names.path(&self.required(part, "Name")?);
        let shown = path.join("/");
        let mut owner = id;
        let mut value = None;
        let mut collection = false;
        for segment in &path {
            let next = match &value {
                None => Some(owner),
                Some(TypeRef { item: ItemType::Structured(next), .. }) => Some(*next),
                Some(_) => None,
            };
            value = next.and_then(|next| {
                owner = next;
                self.step(next, segment)
            });
            collection |= value.as_ref().is_some_and(|value| value.collection);
            if value.is_none() {
                break;
            }
        }
        let message = match value {
            None => format!("the key names `{shown}`, which is not a property"),
            Some(_) if collection => format!("the key property `{shown}` is a collection"),
            Some(value) => {
                let alias = part.value("Alias").map(str::to_owned);
                let has_alias = alias.is_some();
                let name = alias.or_else(|| path.last().cloned()).unwrap_or_default();
                let span = part.place("Name");
                return Some(KeyProperty { path, name, has_alias, value, span });
            }
        };
        self.diagnostics.push(
            Diagnostic::violation("key", message)
                .at(part.place("Name"), NO_KEY)
                .help("name a property of the type that has a single value"),
        );
        None
    }
}
