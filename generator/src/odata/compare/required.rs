//! Whether a new member has to be sent.
//!
//! Both policies call every new member that is never null a break, but services add such members to
//! objects that only they create. So a member counts as required only where a request carries the
//! object.

use super::{Member, Revision};
use crate::odata::edm::{ItemType, Model, StructuredTypeId};
use std::collections::BTreeSet;

/// Whether objects that are sent without a new member are refused.
pub(super) fn is_required(
    revision: &Revision<'_>,
    owner: StructuredTypeId,
    member: Member<'_>,
) -> bool {
    let demanded = match member {
        Member::Property(one) => one.value.is_never_null() && one.default.is_none(),
        Member::Navigation(one) => one.is_never_null(),
    };
    demanded
        && !member.annotations().is_computed()
        && !member.annotations().is_read_only()
        && revision.inputs.contains(&owner)
}

/// The structured types that requests carry.
pub(super) fn inputs(model: &Model) -> BTreeSet<StructuredTypeId> {
    let mut open: Vec<StructuredTypeId> = Vec::new();
    for set in model.container.iter().flat_map(|container| &container.entity_sets) {
        if set.annotations.is_insertable() {
            open.push(set.entity_type);
        }
    }
    for one in model.structured_types.iter().flat_map(|one| &one.navigation_properties) {
        if one.contains_target && one.collection && one.annotations.is_insertable() {
            open.extend(one.target);
        }
    }
    open.retain(|id| model.structured(*id).annotations.is_insertable());
    for operation in &model.operations {
        for parameter in operation.own_parameters() {
            if let ItemType::Structured(id) = parameter.value.item {
                open.push(id);
            }
        }
    }
    let descendants = model.descendants();
    let mut inputs = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !inputs.insert(id) {
            continue;
        }
        open.extend(descendants.get(&id).into_iter().flatten());
        for base in model.bases(id) {
            inputs.insert(base);
            for property in &model.structured(base).properties {
                if let ItemType::Structured(held) = property.value.item {
                    open.push(held);
                }
            }
        }
    }
    inputs
}
