//! Builds the smaller model.

use super::brought::Brought;
use super::pattern::{PathPattern, Pattern, PatternSegment, References};
use super::reach::{Reach, Walk};
use super::slip::{Slip, slips};
use crate::odata::edm::service::{Node, Service};
use crate::odata::edm::{
    Container, EnumTypeId, ItemType, KeyProperty, Model, NavigationBinding, OperationId,
    StructuredType, StructuredTypeId, TypeDefinitionId, TypeId, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};

/// A part of a model.
#[derive(Clone, Debug)]
pub struct Sliced {
    /// The part.
    pub model: Model,
    /// The patterns that match nothing.
    pub slips: Vec<Slip>,
    /// What the included patterns brought.
    pub brought: Brought,
}

/// The part of a model that some patterns reach. Without any included pattern everything is included.
///
/// It keeps the types along the paths with their structural properties, everything that these can
/// contain, the base types, and, at the end of a path, the derived types. It keeps navigation
/// properties, operations and members of the container if a path goes along them, and terms if
/// their types are kept. `**` goes along what contains what it refers to; where it ends, a navigation
/// property that refers to something else is kept if the type of that is kept anyway. Then it removes
/// what is excluded, and properties whose type is excluded.
pub fn slice(model: &Model, include: &[Pattern], exclude: &[Pattern]) -> Sliced {
    let walk = walked(model, include, exclude);
    Sliced {
        model: Selection::new(model, &walk.reach).model(),
        slips: slips(&walk, include, exclude),
        brought: Brought::new(&walk.reach.trail, model, include.len()),
    }
}

/// What the patterns reach in a model.
pub(super) fn walked<'m>(model: &'m Model, include: &[Pattern], exclude: &[Pattern]) -> Walk<'m> {
    let mut walk = Walk::new(Service::new(model), exclude);
    let everything = if include.is_empty() { everything(model) } else { Vec::new() };
    for (at, pattern) in include.iter().chain(&everything).enumerate() {
        walk.include(at, pattern);
    }
    walk.finish();
    walk
}

/// The patterns that include all of a model.
fn everything(model: &Model) -> Vec<Pattern> {
    let namespaces: BTreeSet<&String> =
        model.schemas.iter().map(|schema| &schema.namespace).collect();
    let all = |namespace: &String| Pattern::Name { namespace: namespace.clone(), name: None };
    std::iter::once(all_paths()).chain(namespaces.into_iter().map(all)).collect()
}

/// The pattern of all paths.
pub(super) fn all_paths() -> Pattern {
    let segments = vec![PatternSegment::Rest];
    Pattern::Path(PathPattern { segments, references: References::Followed })
}

/// What the paths of a pattern refer to: qualified names of types, in `Collection(…)` where the path
/// refers to a collection, and `value` for what is not an object.
pub fn ends(model: &Model, pattern: &PathPattern) -> BTreeSet<String> {
    let walk = walked(model, &[Pattern::Path(pattern.clone())], &[]);
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
    reach: &'a Reach<'a>,
    structured: BTreeMap<StructuredTypeId, StructuredTypeId>,
    enums: BTreeMap<EnumTypeId, EnumTypeId>,
    definitions: BTreeMap<TypeDefinitionId, TypeDefinitionId>,
    operations: BTreeMap<OperationId, OperationId>,
    /// The names of the navigation properties that are kept, of any type.
    navigations: BTreeSet<&'a str>,
}

impl<'a> Selection<'a> {
    fn new(model: &'a Model, reach: &'a Reach<'a>) -> Self {
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
        for (name, id) in &self.model.versions {
            if let Some(id) = self.structured.get(id) {
                sliced.versions.insert(name.clone(), *id);
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
        let is_excluded = |name: &str| self.reach.excluded.contains(&(id, name.to_owned()));
        kept.properties
            .retain(|property| self.keeps(&property.value) && !is_excluded(&property.name));
        for property in &mut kept.properties {
            self.renumber(&mut property.value);
        }
        let keeps_part = |part: &KeyProperty| {
            let is_there = part.path.first().is_some_and(|name| !self.is_excluded_of(id, name));
            is_there && self.keeps(&part.value)
        };
        kept.key = kept.key.filter(|key| key.properties.iter().all(keeps_part));
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

    /// Whether a member of a type, its own or inherited, is excluded.
    fn is_excluded_of(&self, id: StructuredTypeId, name: &str) -> bool {
        let excluded = &self.reach.excluded;
        let bases = || self.model.bases(id).into_iter();
        !excluded.is_empty() && bases().any(|base| excluded.contains(&(base, name.to_owned())))
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
    let types = model.types_by_name.keys().chain(model.versions.keys());
    let types = types.map(|name| name.namespace.clone());
    let operations = model.operations.iter().map(|one| one.name.namespace.clone());
    let container = model.container.iter().map(|one| one.name.namespace.clone());
    let terms = model.terms.iter().map(|one| one.name.namespace.clone());
    types.chain(operations).chain(container).chain(terms).collect()
}

fn number<Id: Copy + Ord>(ids: &mut BTreeMap<Id, Id>, id: Id, make: fn(u32) -> Id) {
    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    ids.insert(id, make(next));
}
