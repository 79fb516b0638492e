//! Keys of entity types.

use super::Resolver;
use super::names::Names;
use crate::csdl::Element;
use crate::diagnostic::Diagnostic;
use crate::edm::{Facets, ItemType, Key, KeyProperty, StructuredTypeId, TypeId, TypeRef};

impl Resolver<'_> {
    /// Resolves keys, for which all properties must be known.
    pub(super) fn keys(&mut self, schemas: &[(&Element, &Names)]) {
        for (schema, names) in schemas {
            let Some(namespace) = schema.value("Namespace") else { continue };
            for element in schema.children("EntityType") {
                let Some(key) = element.children("Key").next() else { continue };
                let full = format!("{namespace}.{}", element.value("Name").unwrap_or_default());
                let Some(TypeId::Structured(id)) = self.model.type_named(&full) else { continue };
                let mut properties = Vec::new();
                for part in key.children("PropertyRef") {
                    properties.extend(self.key_property(part, names, id));
                }
                let key = (!properties.is_empty()).then_some(Key { properties, span: key.span });
                self.model.structured_types[id.0 as usize].key = key;
            }
        }
    }

    /// The type of a property or of a single navigation property.
    fn step(&self, owner: StructuredTypeId, segment: &str) -> Option<TypeRef> {
        let property =
            self.model.all_properties(owner).into_iter().find(|(_, one)| one.name == segment);
        property.map(|(_, one)| one.value.clone()).or_else(|| {
            let mut navigations = self.model.all_navigation_properties(owner).into_iter();
            let (_, found) = navigations.find(|(_, one)| one.name == segment)?;
            Some(TypeRef {
                item: ItemType::Structured(found.target?),
                collection: found.collection,
                nullable: found.nullable,
                facets: Facets::default(),
            })
        })
    }

    fn key_property(
        &mut self,
        part: &Element,
        names: &Names,
        id: StructuredTypeId,
    ) -> Option<KeyProperty> {
        let path = names.path(&self.required(part, "Name")?);
        let mut owner = id;
        let mut value = None;
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
            if value.is_none() {
                break;
            }
        }
        let Some(value) = value else {
            let message = format!("the key names `{}`, which is no property", path.join("/"));
            self.diagnostics.push(
                Diagnostic::error("key", message)
                    .at(part.place("Name"), "expected a property of the type")
                    .help("declare the property, or correct the path"),
            );
            return None;
        };
        let name = part.value("Alias").map_or_else(|| path.join("/"), str::to_owned);
        let has_alias = part.attribute("Alias").is_some();
        Some(KeyProperty { path, name, has_alias, value, span: part.place("Name") })
    }
}
