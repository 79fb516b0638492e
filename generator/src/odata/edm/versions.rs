//! The versions of a type as one type.
//!
//! Enters: a model. Leaves: the same model, in which the versions of a type are one type with the members
//! of all of them. Must not know: slices, Rust.
//!
//! Some services, those of Redfish first of all, declare each version of a type as a type of its own,
//! derived from the version before, in a namespace of its own: `Chassis.v1_1_0.Chassis` has the base
//! `Chassis.v1_0_0.Chassis`, and that `Chassis.Chassis`. No value is of two versions, every version has
//! all members of those before it, and paths name none. As types of their own, 25 versions would repeat
//! the members of the first one 25 times.
//!
//! A version from which anything else is derived ends a type, since what is derived from it has none of
//! the members that later versions add.

use super::{
    Annotations, ItemType, Model, Operation, OperationId, StructuredType, StructuredTypeId, TypeId,
    TypeRef,
};
use std::collections::BTreeMap;

/// A version, such as the numbers of `v1_2_0`.
type Version = Vec<u32>;

impl Model {
    /// The model in which the versions of each type are one type, which has the name of the first one. The
    /// names of the others are [versions](Model::versions) of it.
    #[must_use]
    pub fn with_merged_versions(self) -> Self {
        let has_versions = self.schemas.iter().any(|one| version(&one.namespace).is_some());
        let groups = if has_versions { groups(&self) } else { Vec::new() };
        if groups.iter().all(|group| group.len() == 1) { self } else { merged(self, &groups) }
    }
}

/// The namespace of which another one is a version, and the version.
fn version(namespace: &str) -> Option<(&str, Version)> {
    let (of, last) = namespace.rsplit_once('.')?;
    let numbers = last.strip_prefix('v')?.split('_').map(|number| number.parse().ok());
    Some((of, numbers.collect::<Option<_>>()?))
}

/// Whether a type is a later version of its base.
fn continues(base: &StructuredType, heir: &StructuredType) -> bool {
    let [before, after] = [base, heir].map(|one| one.name.namespace.as_str());
    let is_later = version(after).is_some_and(|(of, later)| {
        before == of || version(before).is_some_and(|(also, earlier)| also == of && earlier < later)
    });
    is_later && base.name.name == heir.name.name && base.kind == heir.kind
}

/// The types that are one, by version; the first one of each is the base of the others.
fn groups(model: &Model) -> Vec<Vec<StructuredTypeId>> {
    let types = || model.structured_ids().map(|id| (id, model.structured(id)));
    // Whether everything that is derived from a type is a version of it.
    let mut has_versions_only = vec![true; model.structured_types.len()];
    for (_, heir) in types() {
        if let Some(base) = heir.base {
            has_versions_only[base.0 as usize] &= continues(model.structured(base), heir);
        }
    }
    let first = |id| {
        let is_version = |id: &StructuredTypeId| {
            model.structured(*id).base.filter(|base| has_versions_only[base.0 as usize])
        };
        std::iter::successors(Some(id), is_version).last().unwrap_or(id)
    };
    let mut groups: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> = BTreeMap::new();
    for id in model.structured_ids() {
        groups.entry(first(id)).or_default().push(id);
    }
    let numbers = |id: &StructuredTypeId| version(&model.structured(*id).name.namespace);
    for (first, group) in &mut groups {
        group.sort_by_key(|id| (id != first, numbers(id).map(|(_, version)| version), *id));
    }
    groups.into_values().collect()
}

fn merged(mut model: Model, groups: &[Vec<StructuredTypeId>]) -> Model {
    let mut numbers = vec![StructuredTypeId(0); model.structured_types.len()];
    for (at, group) in (0..).map(StructuredTypeId).zip(groups) {
        for id in group {
            numbers[id.0 as usize] = at;
        }
    }
    let new = |id: StructuredTypeId| numbers[id.0 as usize];
    model.structured_types = groups.iter().map(|group| one_of(&model, group)).collect();
    renumber(&mut model, &new);
    let names = std::mem::take(&mut model.types_by_name);
    for (name, id) in names {
        match id {
            TypeId::Structured(id) if model.structured(new(id)).name != name => {
                model.versions.insert(name, new(id));
            }
            TypeId::Structured(id) => {
                _ = model.types_by_name.insert(name, TypeId::Structured(new(id)))
            }
            other => _ = model.types_by_name.insert(name, other),
        }
    }
    without_repeated_operations(model)
}

/// The type with the members of all versions. A member that a later version declares again is as that
/// version has it.
fn one_of(model: &Model, group: &[StructuredTypeId]) -> StructuredType {
    let versions: Vec<&StructuredType> = group.iter().map(|id| model.structured(*id)).collect();
    let mut one = versions[0].clone();
    for later in &versions[1..] {
        add(&mut one.properties, &later.properties, |property| &property.name);
        let navigations = &later.navigation_properties;
        add(&mut one.navigation_properties, navigations, |navigation| &navigation.name);
        one.key = one.key.or_else(|| later.key.clone());
        one.is_open |= later.is_open;
        one.has_stream |= later.has_stream;
        one.is_abstract &= later.is_abstract;
        one.annotations = newest(&later.annotations, one.annotations);
    }
    // Versions that do not follow each other may have a property and a navigation property of one name.
    let properties: Vec<&str> = one.properties.iter().map(|one| one.name.as_str()).collect();
    one.navigation_properties.retain(|navigation| !properties.contains(&navigation.name.as_str()));
    one.versions = versions[1..].iter().map(|one| one.name.clone()).collect();
    one
}

fn add<T: Clone>(members: &mut Vec<T>, later: &[T], name: impl Fn(&T) -> &str) {
    for member in later {
        match members.iter_mut().find(|one| name(one) == name(member)) {
            Some(one) => *one = member.clone(),
            None => members.push(member.clone()),
        }
    }
}

/// The annotations of a later version, and those of the earlier ones that it has not.
fn newest(later: &Annotations, earlier: Annotations) -> Annotations {
    let mut all = later.0.clone();
    let is_new = |one: &super::Annotation| {
        !later.0.iter().any(|other| other.term == one.term && other.qualifier == one.qualifier)
    };
    all.extend(earlier.0.into_iter().filter(is_new));
    Annotations(all)
}

/// Replaces the numbers of all structured types.
fn renumber(model: &mut Model, new: &impl Fn(StructuredTypeId) -> StructuredTypeId) {
    let value = |value: &mut TypeRef| {
        if let ItemType::Structured(id) = &mut value.item {
            *id = new(*id);
        }
    };
    for declared in &mut model.structured_types {
        declared.base = declared.base.map(new);
        declared.properties.iter_mut().for_each(|one| value(&mut one.value));
        let parts = declared.key.iter_mut().flat_map(|key| &mut key.properties);
        parts.for_each(|part| value(&mut part.value));
        for navigation in &mut declared.navigation_properties {
            navigation.target = navigation.target.map(new);
        }
    }
    for operation in &mut model.operations {
        operation.parameters.iter_mut().for_each(|one| value(&mut one.value));
        operation.return_type.iter_mut().for_each(|one| value(&mut one.value));
    }
    model.terms.iter_mut().for_each(|term| value(&mut term.value));
    if let Some(container) = &mut model.container {
        for set in &mut container.entity_sets {
            set.entity_type = new(set.entity_type);
        }
        for singleton in &mut container.singletons {
            singleton.entity_type = new(singleton.entity_type);
        }
    }
}

/// The model in which no two operations are bound to the same type and called in the same way: a later
/// version may have declared an operation again.
fn without_repeated_operations(mut model: Model) -> Model {
    let binding = |one: &Operation| {
        one.binding_parameter().map(|bound| (bound.value.item, bound.value.collection))
    };
    let is_repeated = |(at, one): (usize, &Operation)| {
        let mut later = model.operations[at + 1..].iter();
        one.is_bound
            && later.any(|other| binding(one) == binding(other) && one.is_called_like(other))
    };
    let repeated: Vec<bool> = model.operations.iter().enumerate().map(is_repeated).collect();
    let mut numbers = Vec::new();
    let mut kept = 0;
    for is_repeated in &repeated {
        numbers.push(OperationId(kept));
        kept += u32::from(!is_repeated);
    }
    let mut is_repeated = repeated.iter();
    model.operations.retain(|_| !is_repeated.next().copied().unwrap_or_default());
    for import in model.container.iter_mut().flat_map(|one| &mut one.imports) {
        import.operations.iter_mut().for_each(|one| *one = numbers[one.0 as usize]);
    }
    model
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_the_last_segment_of_a_namespace() {
        for (namespace, expected) in [
            ("Chassis.v1_2_0", Some(("Chassis", vec![1, 2, 0]))),
            ("a.b.v3", Some(("a.b", vec![3]))),
            ("Chassis", None),
            ("v1_0_0", None),
            ("Chassis.v1_", None),
            ("Chassis.v1_0_x", None),
            ("Chassis.values", None),
        ] {
            assert_eq!(version(namespace), expected, "{namespace}");
        }
    }
}
