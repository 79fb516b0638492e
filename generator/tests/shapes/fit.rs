//! Whether a shape has a value, by the documented meaning of shapes alone.

use regex::Regex;
use schemacrate::internals::node::Node;
use schemacrate::internals::openapi::schema::{
    Dispatch, Form, Kinds, Literal, Map, Object, Shapes, Tag, Union, Use,
};

/// How a shape has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Not at all.
    Not,
    /// A part of it is the value of a union that no branch takes.
    Other,
    /// All of it has a type.
    Typed,
}

pub(crate) fn fit(shapes: &Shapes, of: Use, value: Node<'_>) -> Fit {
    if value.is_null() && of.nullable {
        return Fit::Typed;
    }
    let kind = Kinds::of_value(value);
    let is = |yes| if yes { Fit::Typed } else { Fit::Not };
    match &shapes.shape(of.shape).form {
        Form::Any => Fit::Typed,
        Form::Never => Fit::Not,
        Form::Null => is(kind == Kinds::NULL),
        Form::Boolean => is(kind == Kinds::BOOLEAN),
        Form::Integer(domain) => is(kind == Kinds::INTEGER && {
            let (low, high) = domain.range();
            let digits = value.number().unwrap();
            // Digits that are more than the domain has are kept.
            digits.parse::<i128>().is_err() || *domain == i64_domain() || {
                let number: i128 = digits.parse().unwrap();
                low <= number && number <= high
            }
        }),
        Form::Number(_) => is(Kinds::NUMBER.has(kind)),
        Form::Text(_) => is(kind == Kinds::STRING),
        Form::Constant(one) => is(equals(&one.literal, value)),
        Form::Enumeration(all) => {
            is(all.values.iter().any(|one| equals(&one.literal, value)) || all.kinds().has(kind))
        }
        Form::List(list) => match kind {
            Kinds::ARRAY => {
                value.items().map(|one| fit(shapes, list.item, one)).fold(Fit::Typed, Fit::min)
            }
            _ => Fit::Not,
        },
        Form::Tuple(tuple) => match kind {
            Kinds::ARRAY if value.items().count() >= tuple.required => {
                let shape = |at| tuple.items.get(at).copied().unwrap_or(tuple.rest);
                let items = value.items().enumerate();
                items.map(|(at, one)| fit(shapes, shape(at), one)).fold(Fit::Typed, Fit::min)
            }
            _ => Fit::Not,
        },
        Form::Map(map) => match kind {
            Kinds::OBJECT => {
                let members = value.members();
                members
                    .map(|one| entry(shapes, map, one.name, one.value))
                    .fold(Fit::Typed, Fit::min)
            }
            _ => is(map.open_kind),
        },
        Form::Object(one) => match kind {
            Kinds::OBJECT => object(shapes, one, value),
            _ => is(one.rest.open_kind),
        },
        Form::Union(one) => union(shapes, one, value),
    }
}

fn i64_domain() -> schemacrate::internals::openapi::schema::Integer {
    schemacrate::internals::openapi::schema::Integer::I64
}

fn equals(literal: &Literal, value: Node<'_>) -> bool {
    match literal {
        Literal::Text(text) => value.text() == Some(text),
        Literal::Boolean(one) => value.bool() == Some(*one),
        Literal::Number(digits) => {
            let (_, other) = super::load::tree("number.json", digits);
            other.root().equals(value)
        }
    }
}

fn entry(shapes: &Shapes, map: &Map, name: &str, value: Node<'_>) -> Fit {
    let matches = |pattern: &str| Regex::new(pattern).is_ok_and(|regex| regex.is_match(name));
    let found = map.patterns.iter().find(|one| matches(&one.pattern));
    fit(shapes, found.map_or(map.rest, |one| one.value), value)
}

fn object(shapes: &Shapes, object: &Object, value: Node<'_>) -> Fit {
    if object.members.iter().any(|one| one.required && value.get(&one.name).is_none()) {
        return Fit::Not;
    }
    value
        .members()
        .map(|one| match object.member(one.name) {
            Some(member) => fit(shapes, member.value, one.value),
            None => entry(shapes, &object.rest, one.name, one.value),
        })
        .fold(Fit::Typed, Fit::min)
}

/// The kinds that a branch takes. A kind without keywords for it is not its own.
fn kinds(shapes: &Shapes, of: Use) -> Kinds {
    match &shapes.shape(of.shape).form {
        Form::Any => Kinds::ALL,
        Form::Never | Form::Null => Kinds::NONE,
        Form::Boolean => Kinds::BOOLEAN,
        Form::Integer(_) => Kinds::INTEGER,
        Form::Number(_) => Kinds::NUMBER,
        Form::Text(_) => Kinds::STRING,
        Form::Constant(one) => one.literal.kinds(),
        Form::Enumeration(all) => all.kinds(),
        Form::List(_) | Form::Tuple(_) => Kinds::ARRAY,
        Form::Map(_) | Form::Object(_) => Kinds::OBJECT,
        Form::Union(union) => union
            .branches
            .iter()
            .map(|one| kinds(shapes, Use { shape: one.shape, nullable: false }))
            .fold(Kinds::NONE, |all, one| all | one),
    }
}

/// What no branch takes is kept; it is typed as far as the schema says that it is valid.
fn union(shapes: &Shapes, union: &Union, value: Node<'_>) -> Fit {
    let kind = Kinds::of_value(value);
    let uses = |at: usize| Use { shape: union.branches[at].shape, nullable: false };
    let of_kind: Vec<usize> =
        (0..union.branches.len()).filter(|at| kinds(shapes, uses(*at)).has(kind)).collect();
    let found = match (&union.dispatch, &of_kind[..]) {
        (_, []) => Fit::Not,
        (_, [one]) => fit(shapes, uses(*one), value),
        (Dispatch::Tag(tag), _) if kind == Kinds::OBJECT => match tagged(tag, value) {
            Some(at) => fit(shapes, uses(at), value),
            None => Fit::Not,
        },
        (Dispatch::Members(known), _) if kind == Kinds::OBJECT => {
            let has = |name: &String| value.get(name).is_some();
            let candidates = known.iter().filter(|one| one.members.iter().all(has));
            let fits = candidates.map(|one| fit(shapes, uses(one.branch), value));
            fits.max().unwrap_or(Fit::Not)
        }
        _ => of_kind.iter().map(|at| fit(shapes, uses(*at), value)).max().unwrap(),
    };
    let other = if union.open { Fit::Typed } else { Fit::Other };
    if found == Fit::Not { other } else { found }
}

fn tagged(tag: &Tag, value: Node<'_>) -> Option<usize> {
    let found = value.get(&tag.member)?;
    let known = tag.values.iter().find(|(one, _)| equals(one, found)).map(|(_, at)| *at);
    known.or(tag.default)
}
