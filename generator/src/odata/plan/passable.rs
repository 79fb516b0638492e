//! Complex types that a path passes through.
//!
//! Enters: a model. Leaves: the complex types whose values have resources below them, so that they
//! need a path type. Must not know: names, code.
//!
//! The properties of a complex value are segments of a path (OData URL conventions 4.01, section 4.6),
//! and so are its navigation properties and the operations that are bound to it. A complex type has a
//! path type only if such a path does not end with a property: all other properties are read and
//! written by their constants.

use crate::odata::edm::service::{Follow, Navigations, Node, Properties, Service, Step};
use crate::odata::edm::{StructuredKind, StructuredTypeId};
use std::collections::{BTreeMap, BTreeSet};

/// The segments with which a path continues from a complex value.
const CONTINUED: Follow = Follow {
    navigations: Navigations::All,
    properties: Properties::Objects,
    casts: true,
    operations: true,
};

/// The complex types from whose values a path gets to a navigation property or a bound operation,
/// through their properties and derived types.
pub(super) fn complex_types(service: &Service<'_>) -> BTreeSet<StructuredTypeId> {
    let is_complex =
        |id: &StructuredTypeId| service.model.structured(*id).kind == StructuredKind::Complex;
    // The types from which one segment goes to a value of each type.
    let mut before: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for id in service.model.structured_ids().filter(is_complex) {
        for edge in service.edges(Node::Resource { object: id, collection: false }, CONTINUED) {
            match (edge.step, edge.to) {
                (Step::Navigation(..), Node::Resource { .. }) | (Step::Operation(..), _) => {
                    open.push(id);
                }
                // The items of a collection of complex values have no keys, so only a single value
                // is a place on a path.
                (
                    Step::Property(..) | Step::Cast(_),
                    Node::Resource { object, collection: false },
                ) => before.entry(object).or_default().push(id),
                _ => {}
            }
        }
    }
    let mut passable = BTreeSet::new();
    while let Some(id) = open.pop() {
        if passable.insert(id) {
            open.extend(before.get(&id).into_iter().flatten());
        }
    }
    passable
}
