//! Which complex types may get or lose a path type by a change.
//!
//! Enters: one side of a comparison and the target of a change. Leaves: complex types. Must not know:
//! Rust items.
//!
//! A complex type has a path type if a path goes through its values. So a new navigation property
//! in one complex type may add a path type for others: its bases, which have a cast, its derived
//! types, and every type with a property of one of these.

use super::Revision;
use crate::odata::edm::{ItemType, StructuredKind, StructuredTypeId};
use std::collections::{BTreeMap, BTreeSet};

/// For each complex type of a model, the types whose paths go through its values.
pub(super) struct Passages<'e, 'a> {
    revision: &'e Revision<'a>,
    users: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
}

impl<'e, 'a> Passages<'e, 'a> {
    pub(super) fn of(revision: &'e Revision<'a>) -> Self {
        let mut users: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> = BTreeMap::new();
        for id in revision.descendants.keys().copied().filter(|id| is_complex(revision, *id)) {
            for property in &revision.model.structured(id).properties {
                if let ItemType::Structured(used) = property.value.item {
                    users.entry(used).or_default().push(id);
                }
            }
        }
        Self { revision, users }
    }

    /// The names of the complex types whose path types may depend on the target of a change: a member
    /// of a complex type, or an operation that is bound to one.
    pub(super) fn through(&self, target: &str) -> Vec<String> {
        let Some(start) = self.declaring(target).filter(|id| is_complex(self.revision, *id)) else {
            return Vec::new();
        };
        let mut found = BTreeSet::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.revision.model.bases(id));
                open.extend(&self.revision.descendants[&id]);
                open.extend(self.users.get(&id).into_iter().flatten());
            }
        }
        found.into_iter().map(|id| self.revision.name(id)).collect()
    }

    /// The type that declares a member, or to which an operation is bound.
    fn declaring(&self, target: &str) -> Option<StructuredTypeId> {
        let Some((operation, _)) = target.split_once('(') else {
            let (owner, _) = target.split_once('/')?;
            return self.revision.structured(owner);
        };
        let named = |name: &crate::odata::edm::QualifiedName| name.to_string() == operation;
        let mut operations = self.revision.model.operations.iter();
        let operation = operations.find(|one| named(&one.name))?;
        match operation.binding_parameter()?.value.item {
            ItemType::Structured(id) => Some(id),
            _ => None,
        }
    }
}

fn is_complex(revision: &Revision<'_>, id: StructuredTypeId) -> bool {
    revision.model.structured(id).kind == StructuredKind::Complex
}
