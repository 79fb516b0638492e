//! Follows paths through the model.

use crate::edm::{ItemType, Model, StructuredTypeId, TypeId};

/// Where a path has led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// To a value of a structured type: its type, and whether the last step was a navigation
    /// property and whether that contains its targets.
    Structured { id: StructuredTypeId, navigation: bool, contained: bool },
    /// To another value, of this type.
    Value(ItemType),
    /// To a place of which nothing can be said, as below `Edm.Untyped`.
    Unknown,
}

/// Follows the segments of a path from a type; `None` if a segment is not there.
pub(super) fn follow(model: &Model, from: StructuredTypeId, path: &[String]) -> Option<End> {
    let mut end = End::Structured { id: from, navigation: false, contained: false };
    for segment in path {
        let End::Structured { id, navigation, contained } = end else {
            return (end == End::Unknown).then_some(End::Unknown);
        };
        if segment.is_empty() || segment.starts_with('$') || segment.starts_with('@') {
            return Some(End::Unknown);
        }
        if segment.contains('.') {
            let TypeId::Structured(cast) = model.type_named(segment)? else { return None };
            end = End::Structured { id: cast, navigation, contained };
            continue;
        }
        end = step(model, id, segment)?;
    }
    Some(end)
}

fn step(model: &Model, id: StructuredTypeId, segment: &str) -> Option<End> {
    for base in model.bases(id) {
        let declared = model.structured(base);
        if let Some(property) = declared.properties.iter().find(|one| one.name == segment) {
            return Some(match property.value.item {
                ItemType::Structured(id) => {
                    End::Structured { id, navigation: false, contained: false }
                }
                ItemType::Untyped | ItemType::AnyComplex | ItemType::AnyEntity => End::Unknown,
                other => End::Value(other),
            });
        }
        let mut navigations = declared.navigation_properties.iter();
        if let Some(found) = navigations.find(|one| one.name == segment) {
            return Some(found.target.map_or(End::Unknown, |id| End::Structured {
                id,
                navigation: true,
                contained: found.contains_target,
            }));
        }
    }
    None
}

/// Whether one of two types is derived from the other, or both are the same.
pub(super) fn related(model: &Model, one: StructuredTypeId, other: StructuredTypeId) -> bool {
    model.bases(one).contains(&other) || model.bases(other).contains(&one)
}
