//! Walks patterns over the graph of a service and notes what they reach.

use super::pattern::{Matched, PathPattern, Pattern, References};
use super::trail::{Thing, Trail, Via};
use crate::odata::edm::service::{Edge, Follow, Label, Node, Service, Step};
use crate::odata::edm::{OperationId, QualifiedName, StructuredTypeId, TypeId, TypeRef};
use std::collections::{BTreeMap, BTreeSet};

/// What some patterns reach.
#[derive(Debug, Default)]
pub(super) struct Reach<'m> {
    /// Members of the container, by name.
    pub(super) members: BTreeSet<String>,
    /// Navigation properties by declaring type.
    pub(super) edges: BTreeSet<(StructuredTypeId, String)>,
    /// Overloads of operations.
    pub(super) operations: BTreeSet<OperationId>,
    /// All types.
    pub(super) types: BTreeSet<TypeId>,
    /// Members of types that are excluded, by declaring type.
    pub(super) excluded: BTreeSet<(StructuredTypeId, String)>,
    /// Where the paths end.
    pub(super) ends: BTreeSet<Node>,
    /// What brought what.
    pub(super) trail: Trail<'m>,
}

/// The positions in the excluded paths, by the number of the path.
type Excluded = BTreeSet<(usize, usize)>;

/// A state while a path is followed: the place, the position in the pattern, and the positions in the
/// excluded paths.
type State = (Node, usize, Excluded);

/// All that a pattern can do in a service.
pub(super) struct Explored<'m> {
    states: Vec<State>,
    ways: Vec<Way<'m>>,
    /// The navigation properties that leave the containment tree, each with the state that it leaves.
    leaving: Vec<(usize, Edge<'m>)>,
}

/// A segment from one state to another.
#[derive(Clone, Copy)]
struct Way<'m> {
    from: usize,
    to: usize,
    step: Step<'m>,
    /// Whether the pattern has no segment of its own for it.
    by_rest: bool,
}

/// Walks one model.
pub(super) struct Walk<'m> {
    pub(super) service: Service<'m>,
    excluded_paths: Vec<PathPattern>,
    excluded_types: BTreeSet<TypeId>,
    excluded_operations: BTreeSet<OperationId>,
    /// The positions of the included patterns that reach something.
    pub(super) matched: BTreeSet<usize>,
    /// The types whose derived types were visited.
    expanded: BTreeSet<StructuredTypeId>,
    /// The navigation properties that are kept if their types are.
    leaving: Vec<(StructuredTypeId, &'m str, Option<StructuredTypeId>)>,
    pub(super) reach: Reach<'m>,
}

impl<'m> Walk<'m> {
    pub(super) fn new<'p>(
        service: Service<'m>,
        exclude: impl IntoIterator<Item = &'p Pattern>,
    ) -> Self {
        let mut walk = Self {
            service,
            excluded_paths: Vec::new(),
            excluded_types: BTreeSet::new(),
            excluded_operations: BTreeSet::new(),
            matched: BTreeSet::new(),
            expanded: BTreeSet::new(),
            leaving: Vec::new(),
            reach: Reach::default(),
        };
        exclude.into_iter().for_each(|pattern| walk.exclude(pattern));
        walk
    }

    fn exclude(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Path(path) => self.excluded_paths.push(path.clone()),
            Pattern::Name { namespace, name } => {
                let (types, operations) = self.named(namespace, name.as_deref());
                // Without its base a derived type would lose members.
                for id in &types {
                    if let TypeId::Structured(id) = id {
                        let derived = &self.service.descendants[id];
                        self.excluded_types.extend(derived.iter().copied().map(TypeId::Structured));
                    }
                }
                self.excluded_types.extend(types);
                self.excluded_operations.extend(operations);
            }
            Pattern::Member { namespace, name, member } => {
                let members = self.members_named(namespace, name.as_deref(), member);
                // What a derived type declares again is the same member.
                for id in members {
                    let derived = self.service.descendants[&id].iter().copied();
                    let all = derived.chain([id]).map(|one| (one, member.clone()));
                    self.reach.excluded.extend(all);
                }
            }
        }
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
        let versions = model.versions.iter().filter(|(name, _)| fits(name));
        let types = types.chain(versions.map(|(_, id)| TypeId::Structured(*id)));
        let operations = (0..)
            .map(OperationId)
            .zip(&model.operations)
            .filter(|(_, operation)| fits(&operation.name))
            .map(|(id, _)| id);
        (types.collect(), operations.collect())
    }

    /// The types with a name, or of a namespace, that declare a member.
    pub(super) fn members_named(
        &self,
        namespace: &str,
        name: Option<&str>,
        member: &str,
    ) -> Vec<StructuredTypeId> {
        let model = self.service.model;
        let structured = self.named(namespace, name).0.into_iter().filter_map(|id| match id {
            TypeId::Structured(id) => Some(id),
            TypeId::Enum(_) | TypeId::Definition(_) => None,
        });
        let declares = |id: &StructuredTypeId| {
            let declared = model.structured(*id);
            declared.properties.iter().any(|one| one.name == member)
                || declared.navigation_properties.iter().any(|one| one.name == member)
        };
        structured.filter(declares).collect()
    }

    /// Records what an included pattern reaches. Returns whether it reached anything.
    pub(super) fn include(&mut self, at: usize, pattern: &Pattern) -> bool {
        let from = Thing::Pattern(at);
        self.reach.trail.note(Thing::Start, Via::Same, from);
        let is_matched = match pattern {
            Pattern::Path(path) => self.follow(at, path),
            Pattern::Name { namespace, name } => {
                let (types, operations) = self.named(namespace, name.as_deref());
                for &id in &types {
                    self.visit_type((from, Via::Value), id, true);
                }
                for &id in &operations {
                    self.visit_operation((from, Via::Same), id);
                }
                types.iter().any(|id| self.reach.types.contains(id))
                    || operations.iter().any(|id| self.reach.operations.contains(id))
            }
            Pattern::Member { .. } => false,
        };
        if is_matched {
            self.matched.insert(at);
        }
        is_matched
    }

    /// Keeps the navigation properties out of the containment tree whose types are kept, whatever brought
    /// these. Call it after the last pattern.
    pub(super) fn finish(&mut self) {
        for (owner, name, target) in std::mem::take(&mut self.leaving) {
            let is_kept = |id| self.reach.types.contains(&TypeId::Structured(id));
            if target.is_none_or(is_kept) {
                self.reach.edges.insert((owner, name.to_owned()));
            }
        }
    }

    /// Follows a path pattern from the service root. Only routes that reach the end of the pattern
    /// count: first all states are found, then those from which the end is reachable.
    fn follow(&mut self, at: usize, pattern: &PathPattern) -> bool {
        let Explored { states, ways, leaving } = self.explore(pattern);
        let ends = |state: &State| state.0 != Node::Root && pattern.ends(state.1);
        let reaches = reaching(&states, &ways, ends);
        let place = |state: usize| {
            let object = match states[state].0 {
                Node::Resource { object, .. } => Some(object),
                Node::Root | Node::Value => None,
            };
            Thing::Place { pattern: at, state, object }
        };
        self.reach.trail.note(Thing::Pattern(at), Via::Same, place(0));
        for way in ways.iter().filter(|way| reaches[way.from] && reaches[way.to]) {
            self.note(way, [place(way.from), place(way.to)]);
        }
        for (number, state) in states.iter().enumerate().filter(|(at, _)| reaches[*at]) {
            if ends(state) {
                self.reach.ends.insert(state.0);
            }
            if let Node::Resource { object, .. } = state.0 {
                self.visit((place(number), Via::Same), object, ends(state));
            }
        }
        for (from, edge) in leaving.into_iter().filter(|(from, _)| ends(&states[*from])) {
            self.leave(pattern, place(from), edge);
        }
        reaches.first() == Some(&true)
    }

    /// All states of a pattern in the service, whether they reach its end or not.
    pub(super) fn explore(&self, pattern: &PathPattern) -> Explored<'m> {
        let start: State =
            (Node::Root, 0, (0..self.excluded_paths.len()).map(|at| (at, 0)).collect());
        let mut numbers = BTreeMap::from([(start.clone(), 0_usize)]);
        let mut found = Explored { states: vec![start], ways: Vec::new(), leaving: Vec::new() };
        let mut at = 0;
        while at < found.states.len() {
            let (node, position, excluded) = found.states[at].clone();
            for edge in self.service.edges(node, Follow::EVERYTHING) {
                let label = edge.step.label();
                let positions = pattern.after(position, label);
                if positions.is_empty() || self.is_excluded(edge) {
                    continue;
                }
                let Some(excluded) = self.go_on(&excluded, label) else { continue };
                for Matched { position, by_rest } in positions {
                    if by_rest && leaves(pattern, edge.step) {
                        found.leaving.push((at, edge));
                        continue;
                    }
                    let next = (edge.to, position, excluded.clone());
                    let to = *numbers.entry(next.clone()).or_insert_with(|| {
                        found.states.push(next);
                        found.states.len() - 1
                    });
                    found.ways.push(Way { from: at, to, step: edge.step, by_rest });
                }
            }
            at += 1;
        }
        found
    }

    /// The positions in the excluded paths after one more segment; `None` if it ends one of them.
    fn go_on(&self, excluded: &Excluded, label: Label<'_>) -> Option<Excluded> {
        let after = |(which, at): &(usize, usize)| {
            let next = self.excluded_paths[*which].after(*at, label);
            let which = *which;
            next.into_iter().map(move |next| (which, next.position))
        };
        let next: Excluded = excluded.iter().flat_map(after).collect();
        let is_over = next.iter().any(|(which, at)| self.excluded_paths[*which].ends(*at));
        (!is_over).then_some(next)
    }

    fn is_excluded(&self, Edge { step, to }: Edge<'m>) -> bool {
        let operation = step.operation().is_some_and(|id| self.is_excluded_operation(id));
        let object = matches!(to, Node::Resource { object, .. }
            if self.excluded_types.contains(&TypeId::Structured(object)));
        let member = match step {
            Step::Navigation(owner, one) => self.is_excluded_member(owner, &one.name),
            Step::Property(owner, one) => self.is_excluded_member(owner, &one.name),
            _ => false,
        };
        operation || object || member
    }

    /// Whether an operation or a type that it needs is excluded.
    fn is_excluded_operation(&self, id: OperationId) -> bool {
        let operation = self.service.model.operation(id);
        let parameters = operation.parameters.iter().map(|one| &one.value);
        let mut values = parameters.chain(operation.return_type.iter().map(|one| &one.value));
        let is_excluded = |value: &TypeRef| {
            value.item.declared().is_some_and(|id| self.excluded_types.contains(&id))
        };
        self.excluded_operations.contains(&id) || values.any(is_excluded)
    }

    fn is_excluded_member(&self, owner: StructuredTypeId, name: &str) -> bool {
        let excluded = &self.reach.excluded;
        !excluded.is_empty() && excluded.contains(&(owner, name.to_owned()))
    }

    fn note(&mut self, way: &Way<'m>, [from, to]: [Thing<'m>; 2]) {
        let via = Via::Segment(way.step.label());
        match way.step {
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
                self.visit_operation((from, via), id);
            }
            Step::Navigation(owner, navigation) => {
                self.reach.edges.insert((owner, navigation.name.clone()));
            }
            Step::Operation(id, _) => self.visit_operation((from, via), id),
        }
        // What a pattern spells is not what `**` brought.
        let member = match way.step {
            Step::Navigation(owner, one) if way.by_rest => Some((owner, one.name.as_str())),
            Step::Property(owner, one) if way.by_rest => Some((owner, one.name.as_str())),
            _ => None,
        };
        match (member, way.step) {
            (Some(member), _) => self.reach.trail.note_member(from, member, via, to),
            // A path goes on from what the operation returns.
            (None, Step::Import(_, id) | Step::Operation(id, _)) => {
                self.reach.trail.note(Thing::Operation(id), Via::Result, to);
            }
            (None, _) => self.reach.trail.note(from, via, to),
        }
    }

    /// Keeps a navigation property that leaves the containment tree, as far as the pattern asks for it.
    fn leave(&mut self, pattern: &PathPattern, from: Thing<'m>, edge: Edge<'m>) {
        let Step::Navigation(owner, navigation) = edge.step else { return };
        let name = navigation.name.as_str();
        if let (References::Kept, Some(target)) = (pattern.references, navigation.target) {
            let via = Via::Segment(edge.step.label());
            self.reach.trail.note_member(from, (owner, name), via, Thing::Any(target));
            self.keep(target, true);
        }
        self.leaving.push((owner, name, navigation.target));
    }

    /// Records an operation, unless a type that it needs is excluded.
    fn visit_operation(&mut self, (from, via): (Thing<'m>, Via<'m>), id: OperationId) {
        if self.is_excluded_operation(id) {
            return;
        }
        let called = Thing::Operation(id);
        self.reach.trail.note(from, via, called);
        if self.reach.operations.insert(id) {
            let operation = self.service.model.operation(id);
            let binding = usize::from(operation.is_bound);
            let parameters = operation.parameters.iter().map(|one| (Via::Parameter, &one.value));
            let result = operation.return_type.iter().map(|one| (Via::Result, &one.value));
            for (at, (via, value)) in parameters.chain(result).enumerate() {
                match value.item.declared() {
                    // The binding parameter is only a place; its derived types are not sent.
                    Some(TypeId::Structured(id)) if at < binding => {
                        self.visit((called, via), id, false);
                    }
                    Some(id) => self.visit_type((called, via), id, true),
                    None => {}
                }
            }
        }
    }

    fn visit_type(&mut self, (from, via): (Thing<'m>, Via<'m>), id: TypeId, with_derived: bool) {
        match id {
            TypeId::Structured(id) => self.visit((from, via), id, with_derived),
            other if !self.excluded_types.contains(&other) => {
                self.reach.trail.note(from, via, Thing::Type(other));
                self.reach.types.insert(other);
            }
            _ => {}
        }
    }

    /// Records a type and everything that its values can contain.
    fn visit(
        &mut self,
        (from, via): (Thing<'m>, Via<'m>),
        id: StructuredTypeId,
        with_derived: bool,
    ) {
        if !self.excluded_types.contains(&TypeId::Structured(id)) {
            self.reach.trail.note(from, via, thing(id, with_derived));
            self.keep(id, with_derived);
        }
    }

    /// Records a type to which an arrow is noted, and everything that its values can contain.
    fn keep(&mut self, id: StructuredTypeId, with_derived: bool) {
        let mut open = vec![(id, with_derived)];
        while let Some((id, with_derived)) = open.pop() {
            let from = thing(id, false);
            if with_derived && self.expanded.insert(id) {
                self.reach.trail.note(Thing::Any(id), Via::Same, from);
                for derived in self.service.descendants[&id].clone() {
                    if !self.excluded_types.contains(&TypeId::Structured(derived)) {
                        self.reach.trail.note(Thing::Any(id), Via::Derived, thing(derived, false));
                        open.push((derived, false));
                    }
                }
            }
            if !self.reach.types.insert(TypeId::Structured(id)) {
                continue;
            }
            let declared = self.service.model.structured(id);
            // An excluded type excludes those that are derived from it.
            if let Some(base) = declared.base {
                self.reach.trail.note(from, Via::Base, thing(base, false));
                open.push((base, false));
            }
            for property in &declared.properties {
                let Some(to) = property.value.item.declared() else { continue };
                if self.excluded_types.contains(&to) || self.is_excluded_member(id, &property.name)
                {
                    continue;
                }
                let value = match to {
                    TypeId::Structured(to) => {
                        open.push((to, true));
                        thing(to, true)
                    }
                    other => {
                        self.reach.types.insert(other);
                        Thing::Type(other)
                    }
                };
                let member = (id, property.name.as_str());
                self.reach.trail.note_member(from, member, Via::Value, value);
            }
        }
    }
}

/// A type, alone or with those that are derived from it.
fn thing<'m>(id: StructuredTypeId, with_derived: bool) -> Thing<'m> {
    if with_derived { Thing::Any(id) } else { Thing::Type(TypeId::Structured(id)) }
}

/// Whether `**` does not follow a segment, since it leaves the containment tree.
fn leaves(pattern: &PathPattern, step: Step<'_>) -> bool {
    let is_out = matches!(step, Step::Navigation(_, one) if !one.contains_target);
    is_out && pattern.references != References::Followed
}

impl Explored<'_> {
    /// The greatest position that is reached in a pattern, and the places there.
    pub(super) fn furthest(&self) -> (usize, BTreeSet<Node>) {
        let furthest = self.states.iter().map(|state| state.1).max().unwrap_or_default();
        let there = self.states.iter().filter(|state| state.1 == furthest);
        (furthest, there.map(|state| state.0).collect())
    }
}

/// The states from which a matching one is reachable.
fn reaching(states: &[State], ways: &[Way<'_>], fits: impl Fn(&State) -> bool) -> Vec<bool> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    for way in ways {
        before[way.to].push(way.from);
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
