//! Builds the smaller model.

use super::pattern::PathPattern;
use super::reach::{Reach, Walk};
use crate::edm::{
    EnumTypeId, ItemType, Model, StructuredTypeId, TypeDefinitionId, TypeId, TypeRef,
};
use std::collections::BTreeMap;

/// The positions of the patterns that reach nothing in the model.
pub type Unmatched = Vec<usize>;

/// The part of a model that some patterns reach, and which patterns reach nothing.
///
/// Kept are the entity types along the paths with their structural properties, all that these
/// can hold, the base types, and, where a path ends, the derived types. Navigation properties
/// and members of the container are kept where a path leads along them.
pub fn slice(model: &Model, include: &[PathPattern]) -> (Model, Unmatched) {
    let mut walk = Walk::new(model);
    let unmatched = (0..include.len()).filter(|&at| !walk.follow(&include[at])).collect();
    (Selection::new(model, &walk.reach).model(), unmatched)
}

/// Old ids to new ones.
struct Selection<'a> {
    model: &'a Model,
    reach: &'a Reach,
    structured: BTreeMap<StructuredTypeId, StructuredTypeId>,
    enums: BTreeMap<EnumTypeId, EnumTypeId>,
    definitions: BTreeMap<TypeDefinitionId, TypeDefinitionId>,
}

impl<'a> Selection<'a> {
    fn new(model: &'a Model, reach: &'a Reach) -> Self {
        let mut selection = Self {
            model,
            reach,
            structured: BTreeMap::new(),
            enums: BTreeMap::new(),
            definitions: BTreeMap::new(),
        };
        for id in &reach.types {
            match id {
                TypeId::Structured(id) => number(&mut selection.structured, *id, StructuredTypeId),
                TypeId::Enum(id) => number(&mut selection.enums, *id, EnumTypeId),
                TypeId::Definition(id) => {
                    number(&mut selection.definitions, *id, TypeDefinitionId);
                }
            }
        }
        selection
    }

    fn model(&self) -> Model {
        let mut sliced = Model { schemas: self.model.schemas.clone(), ..Model::default() };
        self.types(&mut sliced);
        self.container(&mut sliced);
        for (name, id) in &self.model.types_by_name {
            if let Some(id) = self.type_id(*id) {
                sliced.types_by_name.insert(name.clone(), id);
            }
        }
        sliced
    }

    fn types(&self, sliced: &mut Model) {
        for id in self.structured.keys() {
            let mut kept = self.model.structured(*id).clone();
            kept.base = kept.base.and_then(|base| self.structured.get(&base).copied());
            for property in &mut kept.properties {
                self.renumber(&mut property.value);
            }
            for part in kept.key.iter_mut().flat_map(|key| &mut key.properties) {
                self.renumber(&mut part.value);
            }
            kept.navigation_properties
                .retain(|navigation| self.reach.edges.contains(&(*id, navigation.name.clone())));
            for navigation in &mut kept.navigation_properties {
                navigation.target =
                    navigation.target.and_then(|target| self.structured.get(&target).copied());
            }
            sliced.structured_types.push(kept);
        }
        sliced.enum_types = self.enums.keys().map(|id| self.model.enum_type(*id).clone()).collect();
        sliced.type_definitions =
            self.definitions.keys().map(|id| self.model.definition(*id).clone()).collect();
    }

    fn container(&self, sliced: &mut Model) {
        let Some(container) = &self.model.container else {
            return;
        };
        let mut kept = container.clone();
        kept.imports.clear();
        kept.entity_sets.retain(|set| self.reach.members.contains(&set.name));
        kept.singletons.retain(|singleton| self.reach.members.contains(&singleton.name));
        for set in &mut kept.entity_sets {
            set.entity_type = self.structured[&set.entity_type];
        }
        for singleton in &mut kept.singletons {
            singleton.entity_type = self.structured[&singleton.entity_type];
        }
        sliced.container = Some(kept);
    }

    fn type_id(&self, id: TypeId) -> Option<TypeId> {
        match id {
            TypeId::Structured(id) => self.structured.get(&id).copied().map(TypeId::Structured),
            TypeId::Enum(id) => self.enums.get(&id).copied().map(TypeId::Enum),
            TypeId::Definition(id) => self.definitions.get(&id).copied().map(TypeId::Definition),
        }
    }

    fn renumber(&self, value: &mut TypeRef) {
        value.item = match value.item {
            ItemType::Structured(id) => ItemType::Structured(self.structured[&id]),
            ItemType::Enum(id) => ItemType::Enum(self.enums[&id]),
            ItemType::Definition(id) => ItemType::Definition(self.definitions[&id]),
            other => other,
        };
    }
}

fn number<Id: Copy + Ord>(ids: &mut BTreeMap<Id, Id>, id: Id, make: fn(u32) -> Id) {
    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    ids.insert(id, make(next));
}
