//! What the branches of a union are called.
//!
//! Enters: [`Union`]s. Leaves: a name for each branch, no two alike unless two schemas are called so. Must not
//! know: what else a branch is.
//!
//! A name comes from the branch itself and from those before it, never from those after it: a branch that is
//! added at the end changes no name.

use super::enumerations::text;
use super::table::Table;
use super::unions::OTHER;
use super::words;
use crate::crate_plan::naming;
use crate::openapi::schema::{
    Branch, Dispatch, Form, Kinds, Literal, Member, Number, ShapeId, Text, Union,
};

/// The names of kinds of values, which no member lends to an object.
const KINDS: [&str; 11] = [
    "Any", "Boolean", "Integer", "Number", "Text", "Value", "List", "Tuple", "Map", "Object",
    "Union",
];

/// The names, not yet valid ones: of the component, the title, the value that tells the branch, a member, the
/// format or the kind, or of the items; else the kind with a number.
pub(super) fn labels(table: &Table<'_>, union: &Union) -> Vec<String> {
    let mut labels: Vec<String> = Vec::with_capacity(union.branches.len());
    for (at, branch) in union.branches.iter().enumerate() {
        let label = component(table, branch).unwrap_or_else(|| derived(table, union, at, &labels));
        labels.push(label);
    }
    labels
}

/// The first name that no branch before has.
fn derived(table: &Table<'_>, union: &Union, at: usize, before: &[String]) -> String {
    let free = |text: String| {
        let is_free = text != OTHER && !before.contains(&text);
        is_free.then_some(text)
    };
    let branch = &union.branches[at];
    let form = &table.api.shapes.shape(branch.shape).form;
    let named = || title(table, branch).into_iter().chain(tag(union, at));
    let told = || constants(table, form).into_iter().chain(members(table, union, at));
    if let Some(own) = named().chain(told()).find_map(free) {
        return own;
    }
    let kind = kind(form);
    let own = named().find(|one| one != OTHER);
    let of_kind = || Some(kind.to_owned()).into_iter().chain(parts(table, form));
    let free_kind = of_kind().find_map(free).filter(|_| own.is_none());
    free_kind.unwrap_or_else(|| {
        let stem = naming::stem(own.as_deref().unwrap_or(kind));
        let numbered = (2..).map(|number: usize| format!("{stem}{number}"));
        numbered.filter_map(free).next().unwrap_or_default()
    })
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
    branch.schemas.iter().rev().find_map(|schema| {
        let keywords = table.api.model.schema(*schema).keywords()?;
        words::of_title(&keywords.title.as_ref()?.text)
    })
}

fn tag(union: &Union, at: usize) -> Option<String> {
    let Dispatch::Tag(tag) = &union.dispatch else { return None };
    let (literal, _) = tag.values.iter().find(|(_, branch)| *branch == at)?;
    Some(words::of_value(text(literal)))
}

/// The only value of a branch, or those of its members that have only one, strings first.
fn constants(table: &Table<'_>, form: &Form) -> Vec<String> {
    let constant = |form: &Form| match form {
        Form::Constant(one) => Some((one.name.clone(), one.literal.clone())),
        _ => None,
    };
    if let Some((name, literal)) = constant(form) {
        let own = name.as_deref().map(naming::type_name);
        return vec![own.unwrap_or_else(|| words::of_value(text(&literal)))];
    }
    let values = own_members(form)
        .iter()
        .filter(|one| one.required)
        .filter_map(|one| constant(&table.api.shapes.shape(one.value.shape).form));
    let (texts, others): (Vec<_>, Vec<_>) =
        values.partition(|(_, literal)| matches!(literal, Literal::Text(_)));
    texts.iter().chain(&others).map(|(_, literal)| words::of_value(text(literal))).collect()
}

/// The members of an object that no object before it has: those that must be there, or any of them if there is
/// another object. The only object after values of other kinds is told by its kind.
fn members(table: &Table<'_>, union: &Union, at: usize) -> Vec<String> {
    let of = |branch: &Branch| &table.api.shapes.shape(branch.shape).form;
    let before = &union.branches[..at];
    let has_object = before.iter().any(|one| table.api.shapes.kinds(one.shape).has(Kinds::OBJECT));
    if at > 0 && !has_object {
        return Vec::new();
    }
    let is_new = |member: &&Member| {
        before.iter().all(|one| own_members(of(one)).iter().all(|other| other.name != member.name))
    };
    let own = || own_members(of(&union.branches[at])).iter().filter(is_new);
    let required = own().filter(|one| one.required);
    let others = own().filter(|one| !one.required && has_object);
    // A variant `Text` that holds an object would mislead.
    let is_kind = |name: &String| KINDS.contains(&name.as_str());
    let names = required.chain(others).map(|one| naming::type_name(&one.name));
    names.filter(|name| !is_kind(name)).collect()
}

fn own_members(form: &Form) -> &[Member] {
    match form {
        Form::Object(object) => &object.members,
        _ => &[],
    }
}

/// The kind of the values, or their format.
fn kind(form: &Form) -> &'static str {
    match form {
        Form::Any | Form::Never | Form::Null => "Any",
        Form::Boolean => "Boolean",
        Form::Integer(_) | Form::Text(Text::Int64 | Text::Uint64) => "Integer",
        Form::Number(Number::Decimal) | Form::Text(Text::Decimal) => "Decimal",
        Form::Number(_) => "Number",
        Form::Text(Text::DateTime | Text::LocalDateTime | Text::HttpDate | Text::UnixTime) => {
            "DateTime"
        }
        Form::Text(Text::Date) => "Date",
        Form::Text(Text::Time | Text::LocalTime) => "Time",
        Form::Text(Text::Duration) => "Duration",
        Form::Text(Text::Uuid) => "Uuid",
        Form::Text(Text::Uri) => "Uri",
        Form::Text(Text::Ipv4 | Text::Ipv6) => "Address",
        Form::Text(Text::Base64 | Text::Base64Url | Text::Binary) => "Bytes",
        Form::Text(Text::Plain | Text::Password) | Form::Constant(_) => "Text",
        Form::Enumeration(_) => "Value",
        Form::List(_) => "List",
        Form::Tuple(_) => "Tuple",
        Form::Map(_) => "Map",
        Form::Object(_) => "Object",
        Form::Union(_) => "Union",
    }
}

/// The kind of what a list or a map has, or of what is listed: `Pets`, `PetMap`, `IntegerValue`.
fn parts(table: &Table<'_>, form: &Form) -> Option<String> {
    let of = |shape: ShapeId| {
        let component = table.place(shape).and_then(|place| place.component.as_deref());
        let kind = || kind(&table.api.shapes.shape(shape).form).to_owned();
        component.map_or_else(kind, |name| naming::stem(&naming::type_name(name)).to_owned())
    };
    Some(match form {
        Form::List(list) => naming::plural(&of(list.item.shape)),
        Form::Map(map) => [&of(map.rest.shape), "Map"].concat(),
        Form::Enumeration(all) => {
            let first = &all.values.first()?.literal;
            let kind = match first {
                Literal::Text(_) => "Text",
                Literal::Number(_) => "Number",
                Literal::Boolean(_) => "Boolean",
            };
            [kind, "Value"].concat()
        }
        _ => return None,
    })
}
