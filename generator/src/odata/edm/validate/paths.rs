//! Follows paths through the model.

use super::elements::Annotated;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{
    Annotation, Expression, ItemType, Member, Model, PathKind, Record, StructuredTypeId, TypeId,
};

/// What a path refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A value of a structured type: its type, and whether the last step was a navigation property
    /// and whether that contains its targets.
    Structured { id: StructuredTypeId, navigation: bool, contained: bool },
    /// Another value, of this type.
    Value(ItemType),
    /// A place about which nothing is known, such as below `Edm.Untyped`.
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
    let (_, member) = model.member(id, segment)?;
    Some(match member {
        Member::Property(property) => match property.value.item {
            ItemType::Structured(id) => End::Structured { id, navigation: false, contained: false },
            ItemType::Untyped | ItemType::AnyComplex | ItemType::AnyEntity => End::Unknown,
            other => End::Value(other),
        },
        Member::Navigation(found) => found.target.map_or(End::Unknown, |id| End::Structured {
            id,
            navigation: true,
            contained: found.contains_target,
        }),
    })
}

/// Whether one of two types is derived from the other, or both are the same.
pub(super) fn related(model: &Model, one: StructuredTypeId, other: StructuredTypeId) -> bool {
    model.bases(one).contains(&other) || model.bases(other).contains(&one)
}

/// Checks the paths in the value of an annotation.
pub(super) fn annotation(
    model: &Model,
    place: &Annotated,
    annotation: &Annotation,
    diagnostics: &mut Diagnostics,
) {
    if place.starts.is_empty() {
        return;
    }
    let mut wrong = Vec::new();
    dangling(model, &place.starts, &annotation.value, &mut wrong);
    for path in wrong {
        diagnostics.push(
            Diagnostic::violation(
                "annotation-path",
                format!("the path `{path}` refers to nothing"),
            )
            .at(annotation.span, "in this annotation")
            .help("correct the path; names are case-sensitive"),
        );
    }
}

fn dangling<'e>(
    model: &Model,
    starts: &[StructuredTypeId],
    value: &'e Expression,
    wrong: &mut Vec<&'e str>,
) {
    use Expression as E;
    match value {
        E::Path { path, .. } => {
            let known = starts.iter().any(|start| refers(model, *start, path));
            wrong.extend((!known).then_some(path.as_str()));
        }
        E::Collection(items) | E::If(items) => {
            items.iter().for_each(|one| dangling(model, starts, one, wrong));
        }
        E::Operator { operands, .. } => {
            operands.iter().for_each(|one| dangling(model, starts, one, wrong));
        }
        E::Cast { operand, .. } | E::IsOf { operand, .. } => {
            dangling(model, starts, operand, wrong);
        }
        E::LabeledElement { value, .. } => dangling(model, starts, value, wrong),
        E::Record(record) => {
            let starts = within(model, starts, record);
            record.properties.iter().for_each(|one| dangling(model, &starts, &one.value, wrong));
        }
        // The arguments of functions may refer to variables.
        _ => {}
    }
}

/// Where paths in a record may start: a record about a navigation property refers to its target.
fn within(model: &Model, starts: &[StructuredTypeId], record: &Record) -> Vec<StructuredTypeId> {
    let mut found = starts.to_vec();
    for one in &record.properties {
        let Expression::Path { kind: PathKind::NavigationProperty, path } = &one.value else {
            continue;
        };
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        for start in starts {
            if let Some(End::Structured { id, .. }) = follow(model, *start, &path) {
                found.push(id);
            }
        }
    }
    found
}

/// Whether a path refers to something, or its target cannot be known.
fn refers(model: &Model, start: StructuredTypeId, path: &str) -> bool {
    if path.is_empty() || path.starts_with('/') {
        return true;
    }
    let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
    // An annotation may be at the end of any segment.
    let plain = |one: &&String| !one.contains(['@', '$', '(', '#']);
    let known: Vec<String> = segments.iter().take_while(plain).cloned().collect();
    let mut at = End::Structured { id: start, navigation: false, contained: false };
    for end in 1..=known.len() {
        match follow(model, start, &known[..end]) {
            Some(next) => at = next,
            None => return is_open(model, at) || is_foreign(model, &known[end - 1]),
        }
    }
    true
}

/// Whether a place may have properties that its type does not declare.
fn is_open(model: &Model, end: End) -> bool {
    match end {
        End::Structured { id, .. } => model.structured(id).is_open,
        End::Value(_) => false,
        End::Unknown => true,
    }
}

/// Whether a segment names a type or an operation of a document that is not among the inputs.
fn is_foreign(model: &Model, segment: &str) -> bool {
    segment.rsplit_once('.').is_some_and(|(namespace, name)| {
        let is_operation = |one: &crate::odata::edm::Operation| {
            one.name.namespace == namespace && one.name.name == name
        };
        model.schemas.iter().all(|one| one.namespace != namespace)
            || model.operations.iter().any(is_operation)
    })
}
