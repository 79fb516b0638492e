//! The documentation of items and members.
//!
//! Enters: what schemas say about themselves. Leaves: [`Docs`], in which no text can become anything else.
//! Must not know: how documentation is written as code.

use super::table::{Other, Place, Table};
use crate::crate_plan::naming;
use crate::crate_plan::{Docs, Presence, Prose, Type};
use crate::node::Node;
use crate::openapi::description::Location;
use crate::openapi::model::{Bounds, Keywords, Limits, SchemaId, Words};
use crate::openapi::schema::{Branch, Form, Member, Pattern, ShapeId, Use, Value};
use std::cmp::Ordering;

/// The longest value that documentation shows.
const LONGEST: usize = 80;

/// The name of a type on the wire: that of its component.
pub(super) fn wire_name(place: &Place) -> String {
    place.component.clone().unwrap_or_else(|| place.name.clone())
}

/// The documentation of the item of a shape.
pub(super) fn of_type(table: &Table<'_>, shape: ShapeId, place: &Place) -> Docs {
    let schemas = &table.api.shapes.shape(shape).schemas;
    let mut docs = described(table, schemas);
    let what = match &place.component {
        Some(component) => Prose::new("The schema ").code(component),
        None => Prose::new("The schema at ").code(&place.element),
    };
    let facts = facts(table, schemas);
    push_sentence(&mut docs, what, facts);
    wider(table, shape, &mut docs);
    if let Some(component) = &place.component {
        docs.alias(&place.name, component);
    }
    docs
}

/// The documentation of the alias of a component.
pub(super) fn of_alias(table: &Table<'_>, other: &Other) -> Docs {
    let schemas = [other.schema];
    let mut docs = described(table, &schemas);
    let mut facts = Vec::new();
    if let Some(used) = table.api.shapes.of(other.schema) {
        let all = &table.api.shapes.shape(used.shape).schemas;
        facts = self::facts(table, if table.place(used.shape).is_some() { &schemas } else { all });
    }
    let what = Prose::new("The schema ").code(&other.component);
    push_sentence(&mut docs, what, facts);
    docs.alias(&other.name, &other.component);
    docs
}

/// The documentation of a place whose schema other places have as well.
pub(super) fn of_place(place: &Place, name: &str) -> Docs {
    let what = Prose::new("The schema at ").code(&place.element).words(", which is that of ");
    Docs::new(vec![what.item(name).words(".")])
}

/// The documentation of a field.
pub(super) fn of_member(table: &Table<'_>, member: &Member, presence: &Presence) -> Docs {
    let mut docs = described(table, &member.schemas);
    let shape = table.api.shapes.shape(member.value.shape);
    let mut facts = Vec::new();
    if let Form::Constant(one) = &shape.form {
        facts.push(Prose::new("always ").code(super::enumerations::text(&one.literal)));
    }
    if member.read_only {
        facts.push(Prose::new("set by the service"));
    }
    if member.write_only {
        facts.push(Prose::new("never returned by the service"));
    }
    if *presence == Presence::Nullable {
        facts.push(Prose::new("null if it is `None`"));
    }
    // What an item says about its values is in its own documentation.
    let mut schemas = member.schemas.clone();
    if table.place(member.value.shape).is_none() {
        schemas.extend(shape.schemas.iter().filter(|one| !member.schemas.contains(one)));
    }
    facts.extend(self::facts(table, &schemas));
    if let Some(default) = member.default.and_then(|at| shown(table.api.description.node(at))) {
        facts.push(Prose::new("default ").code(&default));
    }
    docs.deprecated = docs.deprecated.or_else(|| deprecated(member.deprecated));
    let what = match docs.paragraphs.is_empty() {
        true => Prose::new("The member ").code(&member.name),
        false => Prose::new("Wire name ").code(&member.name),
    };
    push_sentence(&mut docs, what, facts);
    docs
}

/// What is said of something that the document marks so.
pub(super) fn deprecated(is_deprecated: bool) -> Option<Prose> {
    is_deprecated.then(|| Prose::new("deprecated by the service"))
}

/// The documentation of a variant of an enumeration.
pub(super) fn of_value(value: &Value) -> Docs {
    let paragraphs = value.description.as_deref().map(Prose::commonmark).unwrap_or_default();
    let mut docs = Docs::new(paragraphs);
    let text = super::enumerations::text(&value.literal);
    let what = match docs.paragraphs.is_empty() {
        true => Prose::new("The value ").code(text),
        false => Prose::new("Wire name ").code(text),
    };
    push_sentence(&mut docs, what, Vec::new());
    docs.deprecated = deprecated(value.deprecated);
    docs
}

/// The documentation of a variant of a union.
pub(super) fn of_branch(table: &Table<'_>, branch: &Branch, value: &Type) -> Docs {
    let mut docs = match table.place(branch.shape).filter(|one| one.external.is_none()) {
        Some(place) => Docs::new(vec![Prose::new("A ").item(&place.name).words(".")]),
        None => described(table, &branch.schemas),
    };
    if docs.paragraphs.is_empty() {
        docs.paragraphs.push(Prose::new(match &table.api.shapes.shape(branch.shape).form {
            Form::Boolean => "True or false.",
            Form::Integer(_) => "An integer.",
            Form::Number(_) => "A number.",
            Form::Text(_) => "A string.",
            Form::Constant(_) => "A constant.",
            Form::List(_) | Form::Tuple(_) => "An array.",
            Form::Map(_) => "An object with any members.",
            _ if *value == Type::any_json() => "Any JSON.",
            _ => "A value of this type.",
        }));
    }
    docs
}

/// The documentation of the field for the members of a pattern, and perhaps for others.
pub(super) fn of_pattern(table: &Table<'_>, pattern: &Pattern, is_exact: bool) -> Docs {
    let mut docs = described(table, &own_schemas(table, pattern.value));
    let (what, facts) = match is_exact {
        true => ("Members whose names match ", vec![]),
        false => ("Members whose names may match ", vec![Prose::new("which is not checked")]),
    };
    push_sentence(&mut docs, Prose::new(what).code(&pattern.pattern), facts);
    docs
}

/// The documentation of the field for all other members.
pub(super) fn of_others(table: &Table<'_>, value: Use) -> Docs {
    let mut docs = described(table, &own_schemas(table, value));
    docs.paragraphs.push(Prose::new("All other members."));
    docs
}

/// The documentation of an item of a tuple.
pub(super) fn of_item(table: &Table<'_>, item: Use, at: usize, presence: &Presence) -> Docs {
    let schemas = own_schemas(table, item);
    let mut docs = described(table, &schemas);
    let number = u64::try_from(at + 1).unwrap_or_default();
    let mut facts = Vec::new();
    if *presence == Presence::Nullable {
        facts.push(Prose::new("null if it is `None`"));
    }
    facts.extend(self::facts(table, &schemas));
    push_sentence(&mut docs, Prose::new("Item ").number(number), facts);
    docs
}

/// The documentation of the field for further items.
pub(super) fn of_rest(is_all: bool) -> Docs {
    Docs::new(vec![Prose::new(if is_all { "The items." } else { "All further items." })])
}

/// The name of an item of a tuple, if its schema has a title that is one.
pub(super) fn title_of_item(table: &Table<'_>, item: Use) -> Option<String> {
    let schema = own_schemas(table, item).first().copied()?;
    let title = keywords(table, schema)?.title.as_ref()?;
    let is_short = title.text.len() <= 30 && title.text.chars().any(char::is_alphanumeric);
    is_short.then(|| naming::value_name(&title.text))
}

/// The schemas of a value, unless it has an item, which documents itself.
fn own_schemas(table: &Table<'_>, value: Use) -> Vec<SchemaId> {
    match table.place(value.shape) {
        Some(_) => Vec::new(),
        None => table.api.shapes.shape(value.shape).schemas.clone(),
    }
}

/// What the first of some schemas that says anything has to say.
fn described(table: &Table<'_>, schemas: &[SchemaId]) -> Docs {
    let all = || schemas.iter().filter_map(|one| keywords(table, *one));
    let text = |words: &Option<Words>| words.as_ref().map(|one| one.text.clone());
    let description = all().find_map(|one| text(&one.description));
    let title = all().find_map(|one| text(&one.title));
    let mut paragraphs = Vec::new();
    match (title, description) {
        (Some(title), Some(description)) => {
            // Many titles repeat the name or the description.
            if is_worth(&title) && !description.starts_with(&title) {
                paragraphs.extend(Prose::paragraphs(&title));
            }
            paragraphs.extend(Prose::commonmark(&description));
        }
        (title, description) => {
            let text = description.or(title.filter(|title| is_worth(title)));
            paragraphs.extend(text.as_deref().map(Prose::commonmark).unwrap_or_default());
        }
    }
    let mut docs = Docs::new(paragraphs);
    docs.deprecated = deprecated(all().any(|one| one.deprecated));
    docs
}

/// Whether a title says more than a name does.
fn is_worth(title: &str) -> bool {
    title.trim().contains(' ')
}

fn keywords<'a>(table: &Table<'a>, schema: SchemaId) -> Option<&'a Keywords> {
    table.api.model.schema(schema).keywords()
}

/// Adds what the element is, and its facts.
fn push_sentence(docs: &mut Docs, what: Prose, facts: Vec<Prose>) {
    let sentence: Vec<Prose> = [what].into_iter().chain(facts).collect();
    docs.paragraphs.push(Prose::sentence(&sentence));
}

/// What no type checks and no other keyword shows.
fn wider(table: &Table<'_>, shape: ShapeId, docs: &mut Docs) {
    let shown = ["`not` is", "`if` is", "`contains` is", "`propertyNames` is", "`dependent"];
    let mut reasons: Vec<&'static str> = Vec::new();
    for one in table.api.shapes.shape(shape).fidelity.reasons() {
        let is_bound = one.why.ends_with("is not checked")
            && !shown.iter().any(|begin| one.why.starts_with(begin));
        if !is_bound && one.why != "items may be equal" && !reasons.contains(&one.why) {
            reasons.push(one.why);
        }
    }
    if let Some((first, rest)) = reasons.split_first() {
        let mut prose = Prose::new("It has more values than the schema allows: ").words(first);
        for reason in rest {
            prose = prose.words("; ").words(reason);
        }
        docs.paragraphs.push(prose.words("."));
    }
}

/// The bounds, examples and links of some schemas.
fn facts(table: &Table<'_>, schemas: &[SchemaId]) -> Vec<Prose> {
    let mut facts: Vec<Prose> = Vec::new();
    let mut add = |fact: Prose| {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    };
    for keywords in schemas.iter().filter_map(|one| keywords(table, *one)) {
        if let Some(format) = keywords.format.as_ref().filter(|one| !is_typed(table, &one.text)) {
            add(Prose::new("format ").code(&format.text));
        }
        if let Some(media) = &keywords.content_media_type {
            add(Prose::new("content ").code(&media.text));
        }
    }
    let limits: Vec<&Limits> =
        schemas.iter().filter_map(|one| Some(&keywords(table, *one)?.limits)).collect();
    bounds(&limits, &mut add);
    for keywords in schemas.iter().filter_map(|one| keywords(table, *one)) {
        if keywords.unique_items {
            add(Prose::new("all items different"));
        }
        if let Some(pattern) = &keywords.pattern {
            add(Prose::new("of the form ").code(&pattern.text));
        }
    }
    for keywords in schemas.iter().filter_map(|one| keywords(table, *one)) {
        let node = |at: &Location| shown(table.api.description.node(*at));
        if let Some(example) = keywords.examples.first().and_then(node) {
            facts.push(Prose::new("for example ").code(&example));
            break;
        }
    }
    for keywords in schemas.iter().filter_map(|one| keywords(table, *one)) {
        let docs = keywords.external_docs.map(|at| table.api.description.node(at));
        if let Some(url) = docs.and_then(|one| one.get("url")).and_then(Node::text) {
            facts.push(Prose::new("see ").address(url));
            break;
        }
    }
    facts
}

/// Whether the type of a value shows its format.
fn is_typed(table: &Table<'_>, format: &str) -> bool {
    const TYPED: [&str; 23] = [
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float",
        "double",
        "decimal",
        "date",
        "date-time",
        "date-time-local",
        "time",
        "time-local",
        "http-date",
        "duration",
        "ipv4",
        "ipv6",
        "uuid",
        "byte",
        "base64url",
    ];
    TYPED.contains(&format) && table.relaxed.format(format).is_none()
}

/// The bounds of schemas that hold together: of two of a kind the one that excludes more.
fn bounds(all: &[&Limits], add: &mut impl FnMut(Prose)) {
    type Of = fn(&Bounds) -> &Option<Words>;
    let tightest = |of: Of, tighter: Ordering| {
        let found = all.iter().filter_map(|one| of(one).as_ref());
        found.reduce(|one, other| match (one.text.parse::<f64>(), other.text.parse::<f64>()) {
            (Ok(first), Ok(next)) if next.partial_cmp(&first) == Some(tighter) => other,
            _ => one,
        })
    };
    let (least, most) = (Ordering::Greater, Ordering::Less);
    let bounds: [(&'static str, Of, Ordering, &'static str); 10] = [
        ("at least ", |one| &one.minimum, least, ""),
        ("more than ", |one| &one.exclusive_minimum, least, ""),
        ("at most ", |one| &one.maximum, most, ""),
        ("less than ", |one| &one.exclusive_maximum, most, ""),
        ("at least ", |one| &one.min_length, least, " long"),
        ("at most ", |one| &one.max_length, most, " long"),
        ("at least ", |one| &one.min_items, least, " items"),
        ("at most ", |one| &one.max_items, most, " items"),
        ("at least ", |one| &one.min_properties, least, " members"),
        ("at most ", |one| &one.max_properties, most, " members"),
    ];
    for (words, of, tighter, unit) in bounds {
        if let Some(bound) = tightest(of, tighter) {
            add(Prose::new(words).code(&bound.text).words(unit));
        }
    }
    for multiple in all.iter().filter_map(|one| one.multiple_of.as_ref()) {
        add(Prose::new("a multiple of ").code(&multiple.text));
    }
}

/// The facts of a value that has no item of its own.
pub(super) fn facts_of(table: &Table<'_>, shape: ShapeId) -> Vec<Prose> {
    facts(table, &table.api.shapes.shape(shape).schemas)
}

/// A value that is short enough to be shown.
pub(super) fn shown(node: Node<'_>) -> Option<String> {
    let text = match node.scalar() {
        Some(text) => text.to_owned(),
        None if node.is_null() => "null".to_owned(),
        None if node.is_array() && node.items().next().is_none() => "[]".to_owned(),
        None if node.is_object() && node.members().next().is_none() => "{}".to_owned(),
        None => return None,
    };
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}
