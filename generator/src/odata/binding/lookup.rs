//! Looks up names at a place of a URL.
//!
//! Enters: a name as it is in a URL. Leaves: the element with this name. Must not know: segments
//! and options.

use super::{Item, Target};
use crate::odata::edm::service::{Edge, Follow, Node, Service, Step};
use crate::odata::edm::{
    self, ItemType, Model, Operation, OperationId, OperationKind, StructuredTypeId, TypeId, TypeRef,
};
use std::collections::BTreeSet;

/// A model, and the namespaces whose names a URL may leave unqualified.
#[derive(Clone, Debug)]
pub struct Lookup<'m> {
    /// The model.
    pub model: &'m Model,
    pub(super) service: Service<'m>,
    namespaces: Vec<&'m str>,
}

/// The kind of member of a type that a name refers to.
pub(super) enum Member {
    Property(StructuredTypeId, Target),
    Navigation(StructuredTypeId, Target),
    Dynamic,
}

impl<'m> Lookup<'m> {
    /// Looks names up in a model. Unqualified names are those of the given namespaces, and of those
    /// that are annotated with Core.DefaultNamespace.
    pub fn new(model: &'m Model, default_namespaces: &'m [String]) -> Self {
        let namespaces = model.default_namespaces(default_namespaces);
        Self { model, service: Service::new(model), namespaces }
    }

    /// What may be the first segment of a path. Each overload of an import is one.
    pub(super) fn roots(&self) -> Vec<Edge<'m>> {
        self.service.edges(Node::Root, Follow::EVERYTHING)
    }

    /// Whether a name is at the service root, in any case.
    pub(crate) fn is_at_root(&self, name: &str) -> bool {
        self.roots().iter().any(|one| one.step.label().to_string().eq_ignore_ascii_case(name))
    }

    /// The entity set or singleton with a name.
    pub(super) fn root(&self, name: &str) -> Option<(Step<'m>, Target)> {
        let place = |edge: Edge<'m>| match (edge.step, edge.to) {
            (Step::Set(_) | Step::Singleton(_), Node::Resource { object, collection }) => {
                Some((edge.step, Target { item: Item::Structured(object), many: collection }))
            }
            _ => None,
        };
        let found = self.roots().into_iter().filter(|edge| edge.step.label().is(name));
        found.filter_map(place).next()
    }

    /// The qualified names that a name may refer to: with the namespace in place of its alias, or
    /// with each default namespace.
    fn qualified(&self, name: &str) -> Vec<String> {
        if !name.contains('.') {
            return self.namespaces.iter().map(|space| format!("{space}.{name}")).collect();
        }
        std::iter::once(name.to_owned()).chain(self.model.unaliased(name)).collect()
    }

    /// Whether a name belongs to a namespace that a document refers to but no document declares.
    pub(super) fn is_beyond(&self, name: &str) -> bool {
        let beyond = |full: &String| {
            full.rsplit_once('.')
                .is_some_and(|(space, _)| self.model.included.iter().any(|one| one == space))
        };
        name.contains('.') && self.qualified(name).iter().any(beyond)
    }

    /// The structured type with a name, if it is one of a type's relatives.
    pub(super) fn cast(
        &self,
        name: &str,
        from: Option<StructuredTypeId>,
    ) -> Option<StructuredTypeId> {
        self.qualified(name).iter().find_map(|name| match self.model.type_named(name)? {
            TypeId::Structured(id) if from.is_none_or(|from| self.related(from, id)) => Some(id),
            _ => None,
        })
    }

    /// The relative of a type whose qualified name, with its namespace or alias, differs from a
    /// name only in case.
    pub(super) fn cast_like(&self, name: &str, from: StructuredTypeId) -> Option<StructuredTypeId> {
        let (space, simple) = name.rsplit_once('.')?;
        let is_space = |namespace: &str| {
            let aliased = |one: &&str| one.eq_ignore_ascii_case(space);
            let mut schemas = self.model.schemas.iter().filter(|one| one.namespace == namespace);
            namespace.eq_ignore_ascii_case(space)
                || schemas.any(|one| one.alias.as_deref().as_ref().is_some_and(aliased))
        };
        self.model.structured_ids().find(|id| {
            let known = &self.model.structured(*id).name;
            known.name.eq_ignore_ascii_case(simple)
                && is_space(&known.namespace)
                && self.related(from, *id)
        })
    }

    /// Whether one type is derived from the other.
    fn related(&self, one: StructuredTypeId, other: StructuredTypeId) -> bool {
        self.model.bases(one).contains(&other) || self.model.bases(other).contains(&one)
    }

    /// Whether some type has this simple name.
    pub(super) fn is_simple_type_name(&self, name: &str) -> bool {
        self.model.types_by_name.keys().any(|known| known.name == name)
    }

    /// The member of a type with a name.
    pub(super) fn member(&self, id: StructuredTypeId, name: &str) -> Option<Member> {
        match self.model.member(id, name) {
            Some((owner, edm::Member::Property(found))) => {
                return Some(Member::Property(owner, target(&found.value)));
            }
            Some((owner, edm::Member::Navigation(found))) => {
                let item = found.target.map_or(Item::Unknown, Item::Structured);
                return Some(Member::Navigation(owner, Target { item, many: found.collection }));
            }
            None => {}
        }
        // A qualified name is not the name of a member.
        let is_open = self.model.structured(id).is_open && !name.contains('.');
        is_open.then_some(Member::Dynamic)
    }

    /// The operations with a name that are bound to what a path refers to.
    pub(super) fn bound(&self, name: &str, to: Target) -> Vec<OperationId> {
        let names = self.qualified(name);
        self.operations(to, |operation| names.contains(&operation.name.to_string()))
    }

    /// The operations with a simple name, in any case and of any namespace, that are bound to what a
    /// path refers to.
    pub(super) fn bound_like(&self, simple: &str, to: Target) -> Vec<OperationId> {
        self.operations(to, |operation| operation.name.name.eq_ignore_ascii_case(simple))
    }

    /// The operations that may follow what a path refers to, in the order of the documents.
    fn operations(&self, to: Target, fits: impl Fn(&Operation) -> bool) -> Vec<OperationId> {
        let all = (0..).zip(&self.model.operations);
        let named: Vec<(OperationId, &Operation)> = all
            .filter(|(_, operation)| fits(operation))
            .map(|(at, operation)| (OperationId(at), operation))
            .collect();
        if named.is_empty() {
            return Vec::new();
        }
        let of_type = match to.item {
            Item::Structured(id) => self.service.bound(id, to.many),
            _ => Vec::new(),
        };
        let is_bound = |id: OperationId, operation: &Operation| {
            let binding = operation.binding_parameter();
            of_type.contains(&id) || binding.is_some_and(|one| binds_any(&one.value, to))
        };
        named.into_iter().filter(|(id, one)| is_bound(*id, one)).map(|(id, _)| id).collect()
    }

    /// The overload that has exactly the given parameters, or else the first that has them all:
    /// others may be optional, or come as query options. An action takes its parameters from the
    /// body.
    pub(super) fn overload(
        &self,
        overloads: &[OperationId],
        given: &[String],
    ) -> Option<OperationId> {
        let given: BTreeSet<&str> = given.iter().map(String::as_str).collect();
        let names = |id: &OperationId| -> BTreeSet<&str> {
            let operation = self.model.operation(*id);
            match operation.kind {
                OperationKind::Action => BTreeSet::new(),
                OperationKind::Function => {
                    operation.own_parameters().iter().map(|one| one.name.as_str()).collect()
                }
            }
        };
        let exact = overloads.iter().find(|id| names(id) == given);
        exact.or_else(|| overloads.iter().find(|id| given.is_subset(&names(id)))).copied()
    }

    /// What an operation returns.
    pub(super) fn result(&self, id: OperationId) -> Target {
        let returned = self.model.operation(id).return_type.as_ref();
        returned.map_or(Target { item: Item::Nothing, many: false }, |one| target(&one.value))
    }

    /// The names of the parts of each key that entities of a type have; empty if the type has no
    /// key, or the key is not known.
    pub(super) fn keys(&self, id: StructuredTypeId) -> Vec<Vec<String>> {
        let own = self.model.effective_key(id);
        let own = own.map(|key| key.properties.iter().map(|one| one.name.clone()).collect());
        let alternate = self.model.alternate_keys(id).into_iter();
        let alternate = alternate.map(|(_, key)| {
            key.parts.iter().map(|part| part.name.to_owned()).collect::<Vec<String>>()
        });
        own.into_iter().chain(alternate).collect()
    }

    /// The name of what a path refers to, for messages.
    pub fn describe(&self, target: Target) -> String {
        let item = match target.item {
            Item::Structured(id) => format!("`{}`", self.model.structured(id).name),
            Item::Value(item) => {
                format!("`{}`", self.model.item_name(item))
            }
            Item::Reference => "a reference".to_owned(),
            Item::Bytes => "bytes".to_owned(),
            Item::Nothing => "nothing".to_owned(),
            Item::Unknown => "something unknown".to_owned(),
        };
        if target.many { format!("a collection of {item}") } else { item }
    }
}

/// Whether an operation is bound to something that the graph of the service does not have: a value, or
/// any object.
fn binds_any(binding: &TypeRef, to: Target) -> bool {
    binding.collection == to.many
        && match (binding.item, to.item) {
            (_, Item::Unknown) => true,
            (ItemType::AnyEntity | ItemType::AnyComplex, Item::Structured(_)) => true,
            (wanted, Item::Value(found)) => wanted == found,
            _ => false,
        }
}

/// What a use of a type refers to.
pub(super) fn target(value: &TypeRef) -> Target {
    let item = match value.item {
        ItemType::Structured(id) => Item::Structured(id),
        ItemType::Untyped | ItemType::AnyComplex | ItemType::AnyEntity => Item::Unknown,
        item => Item::Value(item),
    };
    Target { item, many: value.collection }
}
