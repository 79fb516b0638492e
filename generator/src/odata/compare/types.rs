//! Types: which were added, removed or renamed, and those that are on both sides.

use super::{Comparison, Revision, annotations, enums, facets, structures};
use crate::input::source::Span;
use crate::odata::edm::service::WIDEST_BASE;
use crate::odata::edm::{ItemType, StructuredKind, StructuredTypeId, TypeId};
use crate::review::change::Change;
use crate::review::rule::rule;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let gone: Vec<String> = missing(&comparison.old, &comparison.new);
    let come: Vec<String> = missing(&comparison.new, &comparison.old);
    renames(comparison, &gone, &come);
    let taken: BTreeSet<String> = comparison.renamed.values().cloned().collect();
    for name in gone.iter().filter(|name| !comparison.renamed.contains_key(*name)) {
        comparison.changes.push(removed(&comparison.old, name));
    }
    for name in come.iter().filter(|name| !taken.contains(*name)) {
        comparison.changes.push(added(comparison, name));
    }
    let names: Vec<String> = comparison.old.types.keys().cloned().collect();
    for name in names {
        let now = comparison.now_called(&name);
        let (Some(old), Some(new)) =
            (comparison.old.types.get(&name).copied(), comparison.new.types.get(&now).copied())
        else {
            continue;
        };
        pair(comparison, &now, old, new);
    }
}

fn missing(here: &Revision<'_>, there: &Revision<'_>) -> Vec<String> {
    here.types.keys().filter(|name| !there.types.contains_key(*name)).cloned().collect()
}

/// A type on both sides.
fn pair(comparison: &mut Comparison<'_>, name: &str, old: TypeId, new: TypeId) {
    match (old, new) {
        (TypeId::Structured(old), TypeId::Structured(new)) => {
            structures::compare(comparison, name, old, new);
        }
        (TypeId::Enum(old), TypeId::Enum(new)) => enums::compare(comparison, name, old, new),
        (TypeId::Definition(old), TypeId::Definition(new)) => {
            let (was, is) =
                (comparison.old.model.definition(old), comparison.new.model.definition(new));
            if was.underlying != is.underlying {
                let change = Change::new(rule!("type-definition-underlying-changed"), name)
                    .values(was.underlying.to_string(), is.underlying.to_string())
                    .between(was.span, is.span);
                comparison.changes.push(change);
            } else {
                let spans = (was.span, is.span);
                facets::compare(comparison, name, &was.facets, &is.facets, spans);
            }
            let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
            annotations::compare(comparison, name, was, is);
        }
        _ => {
            let change = Change::new(rule!("type-kind-changed"), name)
                .values(kind(&comparison.old, old), kind(&comparison.new, new))
                .between(span(&comparison.old, old), span(&comparison.new, new));
            comparison.changes.push(change);
        }
    }
}

pub(super) fn kind(revision: &Revision<'_>, id: TypeId) -> &'static str {
    match id {
        TypeId::Structured(id) => match revision.model.structured(id).kind {
            StructuredKind::Entity => "entity-type",
            StructuredKind::Complex => "complex-type",
        },
        TypeId::Enum(_) => "enum-type",
        TypeId::Definition(_) => "type-definition",
    }
}

fn span(revision: &Revision<'_>, id: TypeId) -> Span {
    revision.model.type_span(id)
}

fn removed(revision: &Revision<'_>, name: &str) -> Change {
    let id = revision.types[name];
    let rule = match id {
        TypeId::Structured(id) => match revision.model.structured(id).kind {
            StructuredKind::Entity => rule!("entity-type-removed"),
            StructuredKind::Complex => rule!("complex-type-removed"),
        },
        TypeId::Enum(_) => rule!("enum-type-removed"),
        TypeId::Definition(_) => rule!("type-definition-removed"),
    };
    let change = Change::new(rule, name).on_old(span(revision, id));
    change.of_hierarchies(ancestors(revision, id))
}

fn added(comparison: &Comparison<'_>, name: &str) -> Change {
    let revision = &comparison.new;
    let id = revision.types[name];
    let base = match id {
        TypeId::Structured(id) => returned_base(comparison, id),
        _ => None,
    };
    let change = match base {
        Some(base) => {
            Change::new(rule!("derived-type-added"), name).detail(format!("Derived from `{base}`."))
        }
        None => {
            let rule = match id {
                TypeId::Structured(id) => match revision.model.structured(id).kind {
                    StructuredKind::Entity => rule!("entity-type-added"),
                    StructuredKind::Complex => rule!("complex-type-added"),
                },
                TypeId::Enum(_) => rule!("enum-type-added"),
                TypeId::Definition(_) => rule!("type-definition-added"),
            };
            Change::new(rule, name)
        }
    };
    change.on_new(span(revision, id)).of_hierarchies(ancestors(revision, id))
}

/// The types above one.
fn ancestors(revision: &Revision<'_>, id: TypeId) -> Vec<String> {
    let TypeId::Structured(id) = id else { return Vec::new() };
    revision.bases(id)
}

/// The nearest base of a new type that the old model already had and whose values it returned, unless
/// it is a root of the model.
fn returned_base(comparison: &Comparison<'_>, id: StructuredTypeId) -> Option<String> {
    let old = &comparison.old;
    comparison.new.bases(id).into_iter().find(|base| {
        let Some(known) = old.structured(base) else { return false };
        old.descendants.get(&known).map_or(0, Vec::len) <= WIDEST_BASE && is_returned(old, known)
    })
}

/// Whether the service returns values of a declared type.
fn is_returned(revision: &Revision<'_>, id: StructuredTypeId) -> bool {
    let model = revision.model;
    let holds = |item: ItemType| item == ItemType::Structured(id);
    let structured = model.structured_types.iter().any(|one| {
        one.properties.iter().any(|property| holds(property.value.item))
            || one.navigation_properties.iter().any(|one| one.target == Some(id))
    });
    structured
        || model
            .operations
            .iter()
            .any(|one| one.return_type.as_ref().is_some_and(|one| holds(one.value.item)))
        || model.container.iter().any(|container| {
            container.entity_sets.iter().any(|one| one.entity_type == id)
                || container.singletons.iter().any(|one| one.entity_type == id)
        })
}

/// A removed and an added type are a renamed one if no other type on either side has their shape.
fn renames(comparison: &mut Comparison<'_>, gone: &[String], come: &[String]) {
    let old = shapes(&comparison.old, gone);
    let new = shapes(&comparison.new, come);
    for (shape, olds) in old {
        let ([was], Some([is])) = (olds.as_slice(), new.get(&shape).map(Vec::as_slice)) else {
            continue;
        };
        comparison.renamed.insert(was.clone(), is.clone());
        let (before, after) = (comparison.old.types[was], comparison.new.types[is]);
        let change = Change::new(rule!("type-renamed"), was)
            .values(was, is)
            .between(span(&comparison.old, before), span(&comparison.new, after))
            .claims([is.clone()])
            .of_hierarchies(ancestors(&comparison.old, before))
            .of_hierarchies(ancestors(&comparison.new, after));
        comparison.changes.push(change);
    }
}

/// The names of types by their members; types with too few members to be recognized are left out.
fn shapes(revision: &Revision<'_>, names: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut shapes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        if let Some(shape) = shape(revision, revision.types[name]) {
            shapes.entry(shape).or_default().push(name.clone());
        }
    }
    shapes
}

fn shape(revision: &Revision<'_>, id: TypeId) -> Option<String> {
    let model = revision.model;
    let mut parts: Vec<String> = match id {
        TypeId::Structured(id) => {
            let declared = model.structured(id);
            let itself = declared.name.to_string();
            let shown = |name: String| if name == itself { "itself".to_owned() } else { name };
            let properties = declared
                .properties
                .iter()
                .map(|one| format!("{}: {}", one.name, shown(model.type_name(&one.value))));
            let navigations = declared.navigation_properties.iter().map(|one| {
                let target = one.target.map_or_else(String::new, |id| shown(revision.name(id)));
                format!("{} -> {target} {}", one.name, one.collection)
            });
            let members: Vec<String> = properties.chain(navigations).collect();
            // One member is not enough to recognize a type.
            if members.len() < 2 {
                return None;
            }
            members.into_iter().chain(revision.bases(id).into_iter().take(1)).collect()
        }
        TypeId::Enum(id) => {
            model.enum_type(id).members.iter().map(|one| one.name.clone()).collect()
        }
        TypeId::Definition(_) => return None,
    };
    parts.sort_unstable();
    (!parts.is_empty()).then(|| format!("{} {}", kind(revision, id), parts.join(", ")))
}
