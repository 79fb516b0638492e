//! Walks patterns over a model and notes what they reach.

use super::pattern::{PathPattern, Segment};
use crate::edm::{ItemType, Model, StructuredTypeId, TypeId, TypeRef};
use std::collections::{BTreeMap, BTreeSet};

/// What some patterns reach.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Names of entity sets and singletons.
    pub(super) members: BTreeSet<String>,
    /// Navigation properties by declaring type.
    pub(super) edges: BTreeSet<(StructuredTypeId, String)>,
    /// All types.
    pub(super) types: BTreeSet<TypeId>,
}

/// A place on the way along a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    entity: StructuredTypeId,
    collection: bool,
}

/// Walks one model.
pub(super) struct Walk<'model> {
    model: &'model Model,
    by_name: BTreeMap<String, StructuredTypeId>,
    pub(super) reach: Reach,
}

impl<'model> Walk<'model> {
    pub(super) fn new(model: &'model Model) -> Self {
        let by_name = model
            .types_by_name
            .iter()
            .filter_map(|(name, id)| match id {
                TypeId::Structured(id) => Some((name.to_string(), *id)),
                TypeId::Enum(_) | TypeId::Definition(_) => None,
            })
            .collect();
        Self { model, by_name, reach: Reach::default() }
    }

    /// Follows a pattern from the service root. Whether it reached anything.
    pub(super) fn follow(&mut self, pattern: &PathPattern) -> bool {
        let mut found = false;
        let mut open: Vec<(Node, usize)> = Vec::new();
        for (name, node) in self.roots() {
            for next in after(&pattern.segments, 0, &Step::Name(&name)) {
                if self.leads_to_end(node, &pattern.segments[next..]) {
                    self.reach.members.insert(name.clone());
                    open.push((node, next));
                }
            }
        }
        let mut seen = BTreeSet::new();
        while let Some((node, position)) = open.pop() {
            if !seen.insert((node, position)) {
                continue;
            }
            let rest = &pattern.segments[position..];
            found |= ends(rest);
            self.visit(node.entity, ends(rest));
            open.extend(self.steps(node, &pattern.segments, position));
        }
        found
    }

    /// Where one more segment leads, noting the edges that are followed.
    fn steps(&mut self, node: Node, segments: &[Segment], position: usize) -> Vec<(Node, usize)> {
        let mut found = Vec::new();
        for (edge, step, next) in self.neighbours(node) {
            for at in after(segments, position, &step.borrowed()) {
                if self.leads_to_end(next, &segments[at..]) {
                    if let Some((owner, name)) = &edge {
                        self.reach.edges.insert((*owner, name.clone()));
                    }
                    found.push((next, at));
                }
            }
        }
        found
    }

    /// Whether the rest of a pattern can be followed from a node: only then its edges count.
    fn leads_to_end(&self, node: Node, rest: &[Segment]) -> bool {
        let mut open = vec![(node, 0)];
        let mut seen = BTreeSet::new();
        while let Some((node, position)) = open.pop() {
            if ends(&rest[position..]) {
                return true;
            }
            if !seen.insert((node, position)) {
                continue;
            }
            for (_, step, next) in self.neighbours(node) {
                for at in after(rest, position, &step.borrowed()) {
                    open.push((next, at));
                }
            }
        }
        false
    }

    fn roots(&self) -> Vec<(String, Node)> {
        let Some(container) = &self.model.container else {
            return Vec::new();
        };
        let sets = container
            .entity_sets
            .iter()
            .map(|set| (set.name.clone(), Node { entity: set.entity_type, collection: true }));
        let singletons = container.singletons.iter().map(|singleton| {
            (singleton.name.clone(), Node { entity: singleton.entity_type, collection: false })
        });
        sets.chain(singletons).collect()
    }

    #[allow(clippy::type_complexity)] // An edge, the step along it, and where it leads.
    fn neighbours(&self, node: Node) -> Vec<(Option<(StructuredTypeId, String)>, OwnedStep, Node)> {
        let mut found = Vec::new();
        if node.collection {
            found.push((None, OwnedStep::Key, Node { collection: false, ..node }));
        } else {
            for (owner, navigation) in self.model.all_navigation_properties(node.entity) {
                if let Some(entity) = navigation.target {
                    let next = Node { entity, collection: navigation.collection };
                    let edge = Some((owner, navigation.name.clone()));
                    found.push((edge, OwnedStep::Name(navigation.name.clone()), next));
                }
            }
        }
        for derived in self.model.descendants(node.entity) {
            let name = self.model.structured(derived).name.to_string();
            debug_assert!(self.by_name.contains_key(&name));
            found.push((None, OwnedStep::Name(name), Node { entity: derived, ..node }));
        }
        found
    }

    /// Notes a type and everything that its values can hold.
    fn visit(&mut self, id: StructuredTypeId, with_derived: bool) {
        if with_derived {
            for derived in self.model.descendants(id) {
                self.visit(derived, false);
            }
        }
        if !self.reach.types.insert(TypeId::Structured(id)) {
            return;
        }
        if let Some(base) = self.model.structured(id).base {
            self.visit(base, false);
        }
        for property in &self.model.structured(id).properties {
            self.visit_value(&property.value);
        }
    }

    fn visit_value(&mut self, value: &TypeRef) {
        match value.item {
            ItemType::Structured(id) => self.visit(id, true),
            ItemType::Enum(id) => {
                self.reach.types.insert(TypeId::Enum(id));
            }
            ItemType::Definition(id) => {
                self.reach.types.insert(TypeId::Definition(id));
            }
            _ => {}
        }
    }
}

/// One segment of a real path.
enum Step<'a> {
    Name(&'a str),
    Key,
}

enum OwnedStep {
    Name(String),
    Key,
}

impl OwnedStep {
    fn borrowed(&self) -> Step<'_> {
        match self {
            Self::Name(name) => Step::Name(name),
            Self::Key => Step::Key,
        }
    }
}

/// Whether a pattern may end here.
fn ends(rest: &[Segment]) -> bool {
    rest.iter().all(|segment| *segment == Segment::Rest)
}

/// The positions in a pattern behind one step, if the pattern allows it.
fn after(segments: &[Segment], position: usize, step: &Step<'_>) -> Vec<usize> {
    let mut positions = Vec::new();
    let mut at = position;
    while let Some(segment) = segments.get(at) {
        let matches = match (segment, step) {
            (Segment::Rest, _) => {
                positions.push(at);
                at += 1;
                continue;
            }
            (Segment::Any, _) | (Segment::Key, Step::Key) => true,
            (Segment::Name(name), Step::Name(step)) => name == step,
            (Segment::Name(_), Step::Key) | (Segment::Key, Step::Name(_)) => false,
        };
        if matches {
            positions.push(at + 1);
        }
        break;
    }
    positions
}
