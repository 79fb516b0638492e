//! Unions: an enum with a variant for each branch.
//!
//! Enters: [`Union`]s. Leaves: the items, and what their branches are called. Must not know: other items.

use super::table::{Made, Place, Table};
use super::{docs, types, words};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{self as plan, Docs, Prose, Type};
use crate::node::canonical_number;
use crate::openapi::schema::{Branch, Dispatch, Form, Kinds, Literal, ShapeId, Tag, Union, Use};

/// The variant for any other value.
const OTHER: &str = "Other";

/// What a branch is called.
pub(super) struct Label {
    /// The name, not yet unique.
    pub(super) text: String,
    /// Whether the schema has the name.
    is_own: bool,
}

/// What the branches of a union are called: by their component, title, tag, constant or a member that only they
/// have, else by their kind.
pub(super) fn labels(table: &Table<'_>, union: &Union) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (at, branch) in union.branches.iter().enumerate() {
        let own = component(table, branch)
            .or_else(|| title(table, branch))
            .or_else(|| tag(union, at))
            .or_else(|| constant(table, branch.shape))
            .or_else(|| member(table, union, at));
        let is_own = own.is_some();
        let wanted = own.unwrap_or_else(|| kind(table, branch.shape).to_owned());
        let is_taken = |text: &str| labels.iter().any(|one| one.text == text) || text == OTHER;
        let mut text = wanted.clone();
        // Of several that are called alike, the position tells which one it is.
        let mut number = 2;
        while !is_own && is_taken(&text) {
            text = format!("{wanted}{number}");
            number += 1;
        }
        labels.push(Label { text, is_own });
    }
    labels
}

/// The component that a branch is.
fn component(table: &Table<'_>, branch: &Branch) -> Option<String> {
    let own = table.place(branch.shape).and_then(|place| place.component.as_deref());
    let model = &table.api.model;
    let named = || {
        let schema = branch.schemas.last()?;
        let mut keywords = model.schema(*schema);
        if let (None, Some(reference)) = (&keywords.name, keywords.keywords()?.reference.as_ref()) {
            keywords = model.schema(reference.target);
        }
        keywords.name.as_deref()
    };
    own.or_else(named).map(naming::type_name)
}

fn title(table: &Table<'_>, branch: &Branch) -> Option<String> {
    let mut titles = branch.schemas.iter().filter_map(|schema| {
        let keywords = table.api.model.schema(*schema).keywords()?;
        keywords.title.as_ref().map(|one| one.text.as_str())
    });
    // A title may be a sentence.
    let is_name = |text: &&str| text.len() <= 40 && text.chars().any(char::is_alphanumeric);
    titles.rfind(is_name).map(naming::type_name)
}

fn tag(union: &Union, at: usize) -> Option<String> {
    let Dispatch::Tag(tag) = &union.dispatch else { return None };
    let (literal, _) = tag.values.iter().find(|(_, branch)| *branch == at)?;
    Some(words::of_value(super::enumerations::text(literal)))
}

fn constant(table: &Table<'_>, shape: ShapeId) -> Option<String> {
    match &table.api.shapes.shape(shape).form {
        Form::Constant(one) => {
            let own = one.name.as_deref().map(naming::type_name);
            Some(own.unwrap_or_else(|| words::of_value(super::enumerations::text(&one.literal))))
        }
        _ => None,
    }
}

/// A member that only one branch has, a required one if there is one.
fn member(table: &Table<'_>, union: &Union, at: usize) -> Option<String> {
    let members = |branch: &Branch| match &table.api.shapes.shape(branch.shape).form {
        Form::Object(object) => object.members.as_slice(),
        _ => &[],
    };
    let others = || union.branches.iter().enumerate().filter(|(one, _)| *one != at);
    let is_own =
        |name: &str| others().all(|(_, branch)| members(branch).iter().all(|one| one.name != name));
    // The only object of a union is told by its kind.
    others().find(|(_, branch)| !members(branch).is_empty())?;
    let own = || members(&union.branches[at]).iter().filter(|one| is_own(&one.name));
    let found = own().find(|one| one.required).or_else(|| own().next())?;
    Some(naming::type_name(&found.name))
}

fn kind(table: &Table<'_>, shape: ShapeId) -> &'static str {
    match &table.api.shapes.shape(shape).form {
        Form::Any | Form::Never | Form::Null => "Any",
        Form::Boolean => "Boolean",
        Form::Integer(_) => "Integer",
        Form::Number(_) => "Number",
        Form::Text(_) | Form::Constant(_) => "Text",
        Form::Enumeration(_) => "Value",
        Form::List(_) => "List",
        Form::Tuple(_) => "Tuple",
        Form::Map(_) => "Map",
        Form::Object(_) => "Object",
        Form::Union(_) => "Union",
    }
}

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
    let labels = labels(table, union);
    for (((branch, label), value), one) in union.branches.iter().zip(labels).zip(values).zip(&own) {
        let element = format!("{}/{}", place.element, label.text);
        let name = match span.filter(|_| label.is_own) {
            Some(span) => table.claim(&mut scope, (&element, span), &label.text),
            None => scope.claim(&label.text, &element).name,
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
    if let (Dispatch::Tag(Tag { member, values, .. }), Some(at)) = (&union.dispatch, at) {
        let of_branch = values.iter().filter(|(_, branch)| *branch == at);
        let texts: Vec<&str> =
            of_branch.map(|(literal, _)| super::enumerations::text(literal)).collect();
        if !texts.is_empty() {
            let sentence = Prose::new("Told by ").code(member).words(": ").codes(texts).words(".");
            docs.paragraphs.push(sentence);
        }
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
