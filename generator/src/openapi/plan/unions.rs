//! Unions: an enum with a variant for each branch.
//!
//! Enters: [`Union`]s. Leaves: the items. Must not know: other items, or how a branch gets its name.

use super::table::{Made, Place, Table};
use super::{branches, docs, types};
use crate::crate_plan::naming::{Scope, identifier};
use crate::crate_plan::{self as plan, Docs, Prose, Type};
use crate::node::canonical_number;
use crate::openapi::schema::{Branch, Dispatch, Kinds, Literal, ShapeId, Tag, Union, Use};

/// The variant for any other value.
pub(super) const OTHER: &str = "Other";

/// The item of a union.
pub(super) fn item(table: &Table<'_>, shape: ShapeId, union: &Union, place: &Place) -> plan::Union {
    let mut scope = Scope::with_reserved(&[OTHER]);
    let span = table
        .schema(shape)
        .map(|id| table.api.description.span(table.api.model.schema(id).location));
    let values: Vec<Type> =
        union.branches.iter().map(|branch| value(table, shape, branch.shape)).collect();
    let own: Vec<Type> = union.branches.iter().map(|branch| own(table, branch.shape)).collect();
    let is_written = table.uses(shape).is_written() || table.config.package.models_only;
    let mut branches = Vec::with_capacity(values.len());
    let labels = branches::labels(table, union);
    for (((branch, label), value), one) in union.branches.iter().zip(labels).zip(values).zip(&own) {
        let element = format!("{}/{label}", place.element);
        let name = match span {
            Some(span) => table.claim(&mut scope, (&element, span), &label),
            None => scope.claim(&label, &element).name,
        };
        let is_only = own.iter().filter(|other| *other == one).count() == 1;
        branches.push(plan::Branch {
            name: identifier(&name),
            docs: branch_docs(table, union, branch, &value),
            value,
            kinds: kinds(table.api.shapes.kinds(branch.shape)),
            is_from: is_written && is_only && is_convertible(one, place, table),
        });
    }
    plan::Union {
        name: place.name.clone(),
        wire_name: docs::wire_name(place),
        docs: docs::of_type(table, shape, place),
        attributes: super::elements::attributes(table.config, &place.element, None),
        branches,
        dispatch: dispatch(&union.dispatch),
        is_open: union.open,
        other: OTHER.to_owned(),
    }
}

/// What a variant holds: objects are in boxes.
fn value(table: &Table<'_>, owner: ShapeId, branch: ShapeId) -> Type {
    let value = types::value(table, branch);
    let is_boxed = match table.made(branch) {
        Some(Made::Struct | Made::Tuple) => true,
        Some(Made::Union) => table.boxes.is_boxed(table, owner, branch),
        _ => false,
    };
    if is_boxed { value.boxed() } else { value }
}

/// The type of a branch, whatever the place calls it.
fn own(table: &Table<'_>, branch: ShapeId) -> Type {
    types::own(table, Use { shape: branch, nullable: false })
}

fn unboxed(value: &Type) -> &Type {
    match value {
        Type::Box(inner) => inner,
        other => other,
    }
}

/// Whether a conversion from a type can be implemented: not from the union itself, and not from a type of the
/// user, which may be the same as another one.
fn is_convertible(value: &Type, place: &Place, table: &Table<'_>) -> bool {
    let mut is_convertible = *value != Type::Generated(table.path(place));
    value.each_item(&mut |item| is_convertible &= !item.is_external);
    is_convertible && place.external.is_none()
}

fn branch_docs(table: &Table<'_>, union: &Union, branch: &Branch, value: &Type) -> Docs {
    let at = union.branches.iter().position(|one| one.shape == branch.shape);
    let mut docs = docs::of_branch(table, branch, unboxed(value));
    if let (Dispatch::Tag(Tag { member, values, default, .. }), Some(at)) = (&union.dispatch, at) {
        let of_branch = values.iter().filter(|(_, branch)| *branch == at);
        let texts: Vec<&str> =
            of_branch.map(|(literal, _)| super::enumerations::text(literal)).collect();
        let told = || Prose::new("Told by ").code(member).words(": ").codes(texts.iter().copied());
        docs.paragraphs.extend(match (texts.is_empty(), *default == Some(at)) {
            (true, false) => None,
            (true, true) => Some(Prose::new("Told by any other value of ").code(member).words(".")),
            (false, true) => Some(told().words(", or any other value.")),
            (false, false) => Some(told().words(".")),
        });
    }
    docs
}

/// The JSON kinds by the names that the runtime has for them.
fn kinds(kinds: Kinds) -> Vec<&'static str> {
    if kinds == Kinds::ALL {
        return Vec::new();
    }
    let mut names = Vec::new();
    for (kind, name) in [
        (Kinds::OBJECT, "OBJECT"),
        (Kinds::ARRAY, "ARRAY"),
        (Kinds::STRING, "STRING"),
        (Kinds::NUMBER, "NUMBER"),
        (Kinds::BOOLEAN, "BOOLEAN"),
    ] {
        if kinds.has(kind) {
            names.push(name);
        } else if kind == Kinds::NUMBER && kinds.has(Kinds::INTEGER) {
            names.push("INTEGER");
        } else if kind == Kinds::NUMBER && kinds.has(Kinds::FRACTION) {
            names.push("NUMBER");
        }
    }
    names
}

fn dispatch(dispatch: &Dispatch) -> plan::Dispatch {
    match dispatch {
        Dispatch::Kind => plan::Dispatch::Kind,
        Dispatch::Members(known) => plan::Dispatch::Members(
            known.iter().map(|one| (one.branch, one.members.clone())).collect(),
        ),
        Dispatch::FirstFit { .. } => plan::Dispatch::FirstFit,
        Dispatch::Tag(tag) => plan::Dispatch::Tag {
            member: tag.member.clone(),
            values: tag.values.iter().map(|(literal, at)| (tag_value(literal), *at)).collect(),
            default: tag.default,
            is_optional: tag.is_optional,
        },
    }
}

fn tag_value(literal: &Literal) -> plan::Literal {
    match literal {
        Literal::Text(text) => plan::Literal::Text(text.clone()),
        Literal::Number(digits) => plan::Literal::Number(canonical_number(digits)),
        Literal::Boolean(value) => plan::Literal::Boolean(*value),
    }
}
