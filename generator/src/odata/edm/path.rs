//! Paths from an element of the model to what it refers to.

use super::{ItemType, Member, Model, StructuredTypeId, TypeId};

impl Model {
    /// Whether a path refers to something: from a type, or from a member of the container, along
    /// properties, navigation properties and casts.
    pub fn has_path(&self, path: &[String]) -> bool {
        let Some((mut at, rest)) = self.beginning(path).filter(|(_, rest)| !rest.is_empty()) else {
            return false;
        };
        for (index, name) in rest.iter().enumerate() {
            match self.step(at, name) {
                Some(Some(next)) => at = next,
                // A value that is not an object can only be the end.
                Some(None) => return index + 1 == rest.len(),
                None => return false,
            }
        }
        true
    }

    fn beginning<'p>(&self, path: &'p [String]) -> Option<(StructuredTypeId, &'p [String])> {
        let (first, rest) = path.split_first()?;
        let Some(container) = self.container.as_ref().filter(|one| one.is_called(first)) else {
            return Some((self.structured_named(first)?, rest));
        };
        let (member, rest) = rest.split_first()?;
        let set = container.entity_sets.iter().find(|one| one.name == *member);
        let singleton = container.singletons.iter().find(|one| one.name == *member);
        let id = set.map(|one| one.entity_type).or(singleton.map(|one| one.entity_type))?;
        Some((id, rest))
    }

    /// What a name refers to from a type, if there is such a name; the inner `None` is a value that
    /// is not an object.
    fn step(&self, at: StructuredTypeId, name: &str) -> Option<Option<StructuredTypeId>> {
        if name.contains('.') {
            let cast = self.structured_named(name)?;
            let related = self.bases(cast).contains(&at) || self.bases(at).contains(&cast);
            return related.then_some(Some(cast));
        }
        let (_, member) = self.member(at, name)?;
        Some(match member {
            Member::Property(property) => match property.value.item {
                ItemType::Structured(id) => Some(id),
                _ => None,
            },
            Member::Navigation(navigation) => navigation.target,
        })
    }

    fn structured_named(&self, qualified: &str) -> Option<StructuredTypeId> {
        match self.type_named(qualified)? {
            TypeId::Structured(id) => Some(id),
            TypeId::Enum(_) | TypeId::Definition(_) => None,
        }
    }
}
