//! Whether a value of a document is one of a shape.
//!
//! Enters: a value that a schema specifies as a default. Leaves: whether it is listed, and of the right
//! kind in all its parts. It is stricter than reading, which keeps what it does not know.

use super::dispatch::DEEPEST;
use super::enumeration::{Literal, Value};
use super::kinds::Kinds;
use super::shape::{Form, Shapes, Use};
use crate::node::Node;

impl Shapes {
    /// Whether a value is one of a shape.
    pub(super) fn fits(&self, of: Use, value: Node<'_>) -> bool {
        self.fits_at(of, value, 0)
    }

    fn fits_at(&self, of: Use, value: Node<'_>, depth: usize) -> bool {
        if value.is_null() && of.nullable || depth > DEEPEST {
            return true;
        }
        let any = |all: &[Value]| all.iter().any(|one| is(&one.literal, value));
        let kind = Kinds::of_value(value);
        match &self.shape(of.shape).form {
            Form::Any | Form::Never => true,
            Form::Null => kind == Kinds::NULL,
            Form::Boolean => kind == Kinds::BOOLEAN,
            Form::Integer(_) => kind == Kinds::INTEGER,
            Form::Number(_) => Kinds::NUMBER.has(kind),
            Form::Text(_) => kind == Kinds::STRING,
            Form::Constant(one) => is(&one.literal, value),
            Form::Enumeration(all) => any(&all.values),
            Form::List(list) => {
                kind == Kinds::ARRAY && value.items().all(|one| self.fits_at(list.item, one, depth))
            }
            Form::Tuple(tuple) => {
                let shape = |at| tuple.items.get(at).copied().unwrap_or(tuple.rest);
                kind == Kinds::ARRAY
                    && value
                        .items()
                        .enumerate()
                        .all(|(at, one)| self.fits_at(shape(at), one, depth))
            }
            Form::Map(map) => match kind {
                Kinds::OBJECT if map.patterns.is_empty() => {
                    value.members().all(|one| self.fits_at(map.rest, one.value, depth))
                }
                kind => kind == Kinds::OBJECT || map.open_kind,
            },
            Form::Object(object) => match kind {
                // A default may lack what the service adds.
                Kinds::OBJECT => value.members().all(|one| {
                    object
                        .member(one.name)
                        .is_none_or(|it| self.fits_at(it.value, one.value, depth))
                }),
                _ => object.rest.open_kind,
            },
            Form::Union(union) => {
                let branch = |shape| Use { shape, nullable: false };
                union.open
                    || union
                        .branches
                        .iter()
                        .any(|one| self.fits_at(branch(one.shape), value, depth + 1))
            }
        }
    }
}

fn is(literal: &Literal, value: Node<'_>) -> bool {
    match literal {
        Literal::Text(text) => value.text() == Some(text),
        Literal::Boolean(one) => value.bool() == Some(*one),
        Literal::Number(digits) => {
            value.number().is_some_and(|other| crate::node::equal_numbers(digits, other))
        }
    }
}
