//! Builds the smaller model.

use super::pattern::Pattern;
use super::reach::{Reach, Walk};
use crate::odata::edm::service::{Node, Service};
use crate::odata::edm::{
    Container, EnumTypeId, ItemType, Model, NavigationBinding, OperationId, StructuredType,
    StructuredTypeId, TypeDefinitionId, TypeId, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};

/// The positions of the included patterns that reach nothing in the model.
pub type Unmatched = Vec<usize>;

/// The part of a model that some patterns reach, and which patterns reach nothing. Without any
/// included pattern everything is included.
///
/// It keeps the types along the paths with their structural properties, everything that these can
/// contain, the base types, and, at the end of a path, the derived types. It keeps navigation
/// properties, operations and members of the container if a path goes along them, and terms if
/// their types are kept. Then it removes what is excluded, and properties whose type is excluded.
pub fn slice(model: &Model, include: &[Pattern], exclude: &[Pattern]) -> (Model, Unmatched) {
    let mut walk = Walk::new(Service::new(model), exclude);
    let unmatched = (0..include.len()).filter(|&at| !walk.include(&include[at])).collect();
    if include.is_empty() {
        let namespaces: BTreeSet<&str> =
            model.schemas.iter().map(|schema| schema.namespace.as_str()).collect();
        for namespace in namespaces {
            walk.include(&Pattern::Name { namespace: namespace.to_owned(), name: None });
        }
        walk.include(&Pattern::Path(super::PathPattern {
            segments: vec![super::PatternSegment::Rest],
        }));
    }
    (Selection::new(model, &walk.reach).model(), unmatched)
}

/// What the paths of a pattern refer to: qualified names of types, in `Collection(…)` where the path
/// refers to a collection, and `value` for what is not an object.
pub fn ends(model: &Model, pattern: &super::PathPattern) -> BTreeSet<String> {
    let mut walk = Walk::new(Service::new(model), &[]);
    walk.include(&Pattern::Path(pattern.clone()));
    let name = |node: &Node| match node {
        Node::Resource { object, collection: true } => {
            format!("Collection({})", model.structured(*object).name)
        }
        Node::Resource { object, collection: false } => model.structured(*object).name.to_string(),
        Node::Root | Node::Value => "value".to_owned(),
    };
    walk.reach.ends.iter().map(name).collect()
}

/// A map from old ids to new ones.
struct Selection<'a> {
    model: &'a Model,
    reach: &'a Reach,
    structured: BTreeMap<StructuredTypeId, StructuredTypeId>,
    enums: BTreeMap<EnumTypeId, EnumTypeId>,
    definitions: BTreeMap<TypeDefinitionId, TypeDefinitionId>,
    operations: BTreeMap<OperationId, OperationId>,
    /// The names of the navigation properties that are kept, of any type.
    navigations: BTreeSet<&'a str>,
}

impl<'a> Selection<'a> {
    fn new(model: &'a Model, reach: &'a Reach) -> Self {
        let mut selection = Self {
            model,
            reach,
            structured: BTreeMap::new(),
            enums: BTreeMap::new(),
            definitions: BTreeMap::new(),
            operations: BTreeMap::new(),
            navigations: reach.edges.iter().map(|(_, name)| name.as_str()).collect(),
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
        for id in &reach.operations {
            number(&mut selection.operations, *id, OperationId);
        }
        selection
    }

    fn model(&self) -> Model {
        let mut sliced = Model {
            schemas: self.model.schemas.clone(),
            references: self.model.references.clone(),
            included: self.model.included.clone(),
            ..Model::default()
        };
        sliced.structured_types =
            self.structured.keys().map(|id| self.structured_type(*id)).collect();
        sliced.enum_types = self.enums.keys().map(|id| self.model.enum_type(*id).clone()).collect();
        sliced.type_definitions =
            self.definitions.keys().map(|id| self.model.definition(*id).clone()).collect();
        self.operations(&mut sliced);
        let terms = self.model.terms.iter().filter(|term| self.keeps(&term.value));
        sliced.terms = terms.cloned().collect();
        for term in &mut sliced.terms {
            self.renumber(&mut term.value);
        }
        for (name, id) in &self.model.types_by_name {
            if let Some(id) = self.type_id(*id) {
                sliced.types_by_name.insert(name.clone(), id);
            }
        }
        sliced.container = self.model.container.as_ref().map(|container| self.container(container));
        let on_paths = self.model.path_annotations.iter();
        sliced.path_annotations =
            on_paths.filter(|one| sliced.has_path(&one.target)).cloned().collect();
        let used = namespaces(&sliced);
        sliced.schemas.retain(|schema| used.contains(&schema.namespace));
        sliced
    }

    fn structured_type(&self, id: StructuredTypeId) -> StructuredType {
        let mut kept = self.model.structured(id).clone();
        kept.base = kept.base.and_then(|base| self.structured.get(&base).copied());
        kept.properties.retain(|property| self.keeps(&property.value));
        for property in &mut kept.properties {
            self.renumber(&mut property.value);
        }
        kept.key = kept.key.filter(|key| key.properties.iter().all(|part| self.keeps(&part.value)));
        for part in kept.key.iter_mut().flat_map(|key| &mut key.properties) {
            self.renumber(&mut part.value);
        }
        let reached = |name: &str| self.reach.edges.contains(&(id, name.to_owned()));
        kept.navigation_properties.retain(|navigation| reached(&navigation.name));
        for navigation in &mut kept.navigation_properties {
            navigation.target =
                navigation.target.and_then(|target| self.structured.get(&target).copied());
            // The partner may have been removed; without it the pair has no meaning.
            navigation.partner = navigation.partner.take().filter(|partner| {
                let [name] = partner.as_slice() else { return false };
                self.navigations.contains(name.as_str())
            });
        }
        kept
    }

    fn operations(&self, sliced: &mut Model) {
        for id in self.operations.keys() {
            let mut kept = self.model.operation(*id).clone();
            for parameter in &mut kept.parameters {
                self.renumber(&mut parameter.value);
            }
            if let Some(returned) = &mut kept.return_type {
                self.renumber(&mut returned.value);
            }
            sliced.operations.push(kept);
        }
    }

    fn container(&self, container: &Container) -> Container {
        let mut kept = container.clone();
        let reached = |name: &str| self.reach.members.contains(name);
        kept.entity_sets
            .retain(|set| reached(&set.name) && self.structured.contains_key(&set.entity_type));
        kept.singletons
            .retain(|one| reached(&one.name) && self.structured.contains_key(&one.entity_type));
        for set in &mut kept.entity_sets {
            set.entity_type = self.structured[&set.entity_type];
            set.bindings.retain(|binding| self.keeps_binding(binding));
        }
        for singleton in &mut kept.singletons {
            singleton.entity_type = self.structured[&singleton.entity_type];
            singleton.bindings.retain(|binding| self.keeps_binding(binding));
        }
        for import in &mut kept.imports {
            import.operations = import
                .operations
                .iter()
                .filter_map(|operation| self.operations.get(operation).copied())
                .collect();
        }
        kept.imports.retain(|import| reached(&import.name) && !import.operations.is_empty());
        kept
    }

    /// A binding is kept if the navigation property and the target are both kept.
    fn keeps_binding(&self, binding: &NavigationBinding) -> bool {
        let navigation = binding.path.last();
        let target = binding.target.first();
        navigation.is_some_and(|name| self.navigations.contains(name.as_str()))
            && target.is_some_and(|name| self.reach.members.contains(name))
    }

    fn keeps(&self, value: &TypeRef) -> bool {
        value.item.declared().is_none_or(|id| self.type_id(id).is_some())
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

fn namespaces(model: &Model) -> BTreeSet<String> {
    let types = model.types_by_name.keys().map(|name| name.namespace.clone());
    let operations = model.operations.iter().map(|one| one.name.namespace.clone());
    let container = model.container.iter().map(|one| one.name.namespace.clone());
    let terms = model.terms.iter().map(|one| one.name.namespace.clone());
    types.chain(operations).chain(container).chain(terms).collect()
}

fn number<Id: Copy + Ord>(ids: &mut BTreeMap<Id, Id>, id: Id, make: fn(u32) -> Id) {
    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    ids.insert(id, make(next));
}
