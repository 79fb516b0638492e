//! Complex types that a path passes through.
//!
//! Enters: a model. Leaves: the complex types whose values have resources below them, so that they
//! need a path type. Must not know: names, code.
//!
//! The properties of a complex value are segments of a path (OData URL conventions 4.01, section 4.6),
//! and so are its navigation properties and the operations that are bound to it. A complex type has a
//! path type only if such a path does not end with a property: all other properties are read and
//! written by their constants.

use crate::odata::edm::service::Service;
use crate::odata::edm::{ItemType, StructuredKind, StructuredTypeId, TypeRef};
use std::collections::BTreeSet;

/// The complex types that have a navigation property, a bound operation, or a property of such a
/// type; declared by the type itself, by a base, or by a derived type.
pub(super) fn complex_types(service: &Service<'_>) -> BTreeSet<StructuredTypeId> {
    let Service { model, descendants, .. } = service;
    let complex: Vec<StructuredTypeId> = descendants
        .keys()
        .copied()
        .filter(|id| model.structured(*id).kind == StructuredKind::Complex)
        .collect();
    let mut passable = BTreeSet::new();
    // When a type becomes passable, so do the types with properties of this type.
    loop {
        let before = passable.len();
        let members: BTreeSet<StructuredTypeId> = complex
            .iter()
            .copied()
            .filter(|id| {
                let bases = model.bases(*id);
                bases.iter().any(|base| declares_way(service, &passable, *base))
            })
            .collect();
        // A path can continue from a base by a cast.
        let has_way = |id: &StructuredTypeId| {
            members.contains(id) || descendants[id].iter().any(|derived| members.contains(derived))
        };
        passable.extend(complex.iter().copied().filter(has_way));
        if passable.len() == before {
            return passable;
        }
    }
}

/// Whether a type itself declares something with which a path can continue.
fn declares_way(
    service: &Service<'_>,
    passable: &BTreeSet<StructuredTypeId>,
    id: StructuredTypeId,
) -> bool {
    let declared = service.model.structured(id);
    let navigates = declared.navigation_properties.iter().any(|one| one.target.is_some());
    let is_operated = !service.bound(id, false).is_empty();
    navigates
        || is_operated
        || declared.properties.iter().any(|one| passes(passable, &one.value).is_some())
}

/// The passable type of a property, if a path can go through its value. It must be a single value,
/// since the items of a collection of complex values have no keys.
pub(super) fn passes(
    passable: &BTreeSet<StructuredTypeId>,
    value: &TypeRef,
) -> Option<StructuredTypeId> {
    match value.item {
        ItemType::Structured(id) if !value.collection && passable.contains(&id) => Some(id),
        _ => None,
    }
}
