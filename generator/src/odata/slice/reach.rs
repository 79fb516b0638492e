//! Walks patterns over the graph of a service and notes what they reach.

use super::pattern::{PathPattern, Pattern};
use crate::odata::edm::service::{Edge, Follow, Node, Service, Step};
use crate::odata::edm::{OperationId, QualifiedName, StructuredTypeId, TypeId, TypeRef};
use std::collections::{BTreeMap, BTreeSet};

/// What some patterns reach.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Members of the container, by name.
    pub(super) members: BTreeSet<String>,
    /// Navigation properties by declaring type.
    pub(super) edges: BTreeSet<(StructuredTypeId, String)>,
    /// Overloads of operations.
    pub(super) operations: BTreeSet<OperationId>,
    /// All types.
    pub(super) types: BTreeSet<TypeId>,
    /// Where the paths end.
    pub(super) ends: BTreeSet<Node>,
}

/// A state while a path is followed: the place, the position in the pattern, and the position in
/// each excluded path.
type State = (Node, usize, BTreeSet<(usize, usize)>);

/// Walks one model.
pub(super) struct Walk<'model> {
    service: Service<'model>,
    excluded_paths: Vec<PathPattern>,
    excluded_types: BTreeSet<TypeId>,
    excluded_operations: BTreeSet<OperationId>,
    pub(super) reach: Reach,
}

impl<'model> Walk<'model> {
    pub(super) fn new(service: Service<'model>, exclude: &[Pattern]) -> Self {
        let mut walk = Self {
            service,
            excluded_paths: Vec::new(),
            excluded_types: BTreeSet::new(),
            excluded_operations: BTreeSet::new(),
            reach: Reach::default(),
        };
        for pattern in exclude {
            match pattern {
                Pattern::Path(path) => walk.excluded_paths.push(path.clone()),
                Pattern::Name { namespace, name } => {
                    let (types, operations) = walk.named(namespace, name.as_deref());
                    // Without its base a derived type would lose members.
                    for id in &types {
                        if let TypeId::Structured(id) = id {
                            let derived = &walk.service.descendants[id];
                            walk.excluded_types
                                .extend(derived.iter().copied().map(TypeId::Structured));
                        }
                    }
                    walk.excluded_types.extend(types);
                    walk.excluded_operations.extend(operations);
                }
            }
        }
        walk
    }

    /// The types and operations with a name, or all of a namespace.
    pub(super) fn named(
        &self,
        namespace: &str,
        name: Option<&str>,
    ) -> (Vec<TypeId>, Vec<OperationId>) {
        let model = self.service.model;
        let fits = |found: &QualifiedName| {
            found.namespace == namespace && name.is_none_or(|name| found.name == name)
        };
        let types = model.types_by_name.iter().filter(|(name, _)| fits(name)).map(|(_, id)| *id);
        let operations = (0..)
            .map(OperationId)
            .zip(&model.operations)
            .filter(|(_, operation)| fits(&operation.name))
            .map(|(id, _)| id);
        (types.collect(), operations.collect())
    }

    /// Records what an included pattern reaches. Returns whether it reached anything.
    pub(super) fn include(&mut self, pattern: &Pattern) -> bool {
        match pattern {
            Pattern::Path(path) => self.follow(path),
            Pattern::Name { namespace, name } => {
                let (types, operations) = self.named(namespace, name.as_deref());
                let found = !types.is_empty() || !operations.is_empty();
                for id in types {
                    self.visit_type(id, true);
                }
                for id in operations {
                    self.visit_operation(id);
                }
                found
            }
        }
    }

    /// Follows a path pattern from the service root. Only routes that reach the end of the pattern
    /// count: first all states are found, then those from which the end is reachable.
    fn follow(&mut self, pattern: &PathPattern) -> bool {
        let start: State =
            (Node::Root, 0, (0..self.excluded_paths.len()).map(|at| (at, 0)).collect());
        let mut numbers = BTreeMap::from([(start.clone(), 0_usize)]);
        let mut states = vec![start];
        let mut ways: Vec<(usize, usize, Step<'model>)> = Vec::new();
        let mut at = 0;
        while at < states.len() {
            let state = states[at].clone();
            for (next, step) in self.steps(pattern, &state) {
                let number = *numbers.entry(next.clone()).or_insert_with(|| {
                    states.push(next);
                    states.len() - 1
                });
                ways.push((at, number, step));
            }
            at += 1;
        }
        let ends = |state: &State| state.0 != Node::Root && pattern.ends(state.1);
        let reaches = reaching(&states, &ways, ends);
        for (from, to, step) in ways {
            if reaches[from] && reaches[to] {
                self.note(step);
            }
        }
        for (state, _) in states.iter().zip(&reaches).filter(|(_, reaches)| **reaches) {
            if ends(state) {
                self.reach.ends.insert(state.0);
            }
            if let Node::Resource { object, .. } = state.0 {
                self.visit(object, ends(state));
            }
        }
        reaches.first() == Some(&true)
    }

    /// The states after one more segment.
    fn steps(
        &self,
        pattern: &PathPattern,
        (node, position, excluded): &State,
    ) -> Vec<(State, Step<'model>)> {
        let mut found = Vec::new();
        for Edge { step, to } in self.service.edges(*node, Follow::EVERYTHING) {
            let label = step.label();
            let positions = pattern.after(*position, label);
            if positions.is_empty() || self.is_excluded(step, to) {
                continue;
            }
            let excluded: BTreeSet<(usize, usize)> = excluded
                .iter()
                .flat_map(|(which, at)| {
                    let next = self.excluded_paths[*which].after(*at, label);
                    next.into_iter().map(|next| (*which, next))
                })
                .collect();
            if excluded.iter().any(|(which, at)| self.excluded_paths[*which].ends(*at)) {
                continue;
            }
            found.extend(positions.into_iter().map(|next| ((to, next, excluded.clone()), step)));
        }
        found
    }

    fn is_excluded(&self, step: Step<'_>, to: Node) -> bool {
        let operation =
            matches!(step, Step::Operation(id, _) if self.excluded_operations.contains(&id));
        let object = matches!(to, Node::Resource { object, .. }
            if self.excluded_types.contains(&TypeId::Structured(object)));
        operation || object
    }

    fn note(&mut self, step: Step<'model>) {
        match step {
            // These cannot be removed.
            Step::Key | Step::Property(..) | Step::Cast(_) => {}
            Step::Set(set) => {
                self.reach.members.insert(set.name.clone());
            }
            Step::Singleton(one) => {
                self.reach.members.insert(one.name.clone());
            }
            Step::Import(import, id) => {
                self.reach.members.insert(import.name.clone());
                self.visit_operation(id);
            }
            Step::Navigation(owner, navigation) => {
                self.reach.edges.insert((owner, navigation.name.clone()));
            }
            Step::Operation(id, _) => self.visit_operation(id),
        }
    }

    /// Records an operation, unless a type that it needs is excluded.
    fn visit_operation(&mut self, id: OperationId) {
        let operation = self.service.model.operation(id);
        let values = || {
            let parameters = operation.parameters.iter().map(|one| &one.value);
            parameters.chain(operation.return_type.iter().map(|one| &one.value))
        };
        let needs = |value: &TypeRef| {
            value.item.declared().is_some_and(|id| self.excluded_types.contains(&id))
        };
        if self.excluded_operations.contains(&id) || values().any(needs) {
            return;
        }
        if self.reach.operations.insert(id) {
            let binding = usize::from(operation.is_bound);
            for (at, value) in values().enumerate() {
                match value.item.declared() {
                    // The binding parameter is only a place; its derived types are not sent.
                    Some(TypeId::Structured(id)) if at < binding => self.visit(id, false),
                    Some(id) => self.visit_type(id, true),
                    None => {}
                }
            }
        }
    }

    fn visit_type(&mut self, id: TypeId, with_derived: bool) {
        match id {
            TypeId::Structured(id) => self.visit(id, with_derived),
            other if !self.excluded_types.contains(&other) => {
                self.reach.types.insert(other);
            }
            _ => {}
        }
    }

    /// Records a type and everything that its values can contain.
    fn visit(&mut self, id: StructuredTypeId, with_derived: bool) {
        let mut open = vec![(id, with_derived)];
        while let Some((id, with_derived)) = open.pop() {
            if self.excluded_types.contains(&TypeId::Structured(id)) {
                continue;
            }
            if with_derived {
                open.extend(self.service.descendants[&id].iter().map(|derived| (*derived, false)));
            }
            if !self.reach.types.insert(TypeId::Structured(id)) {
                continue;
            }
            let declared = self.service.model.structured(id);
            open.extend(declared.base.map(|base| (base, false)));
            for property in &declared.properties {
                match property.value.item.declared() {
                    Some(TypeId::Structured(id)) => open.push((id, true)),
                    Some(other) => self.visit_type(other, false),
                    None => {}
                }
            }
        }
    }
}

/// The states from which a matching one is reachable.
fn reaching(
    states: &[State],
    ways: &[(usize, usize, Step<'_>)],
    fits: impl Fn(&State) -> bool,
) -> Vec<bool> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    for (from, to, _) in ways {
        before[*to].push(*from);
    }
    let mut reaches: Vec<bool> = states.iter().map(fits).collect();
    let mut open: Vec<usize> = (0..states.len()).filter(|at| reaches[*at]).collect();
    while let Some(at) = open.pop() {
        for &from in &before[at] {
            if !std::mem::replace(&mut reaches[from], true) {
                open.push(from);
            }
        }
    }
    reaches
}
