//! Which Rust type a use of a shape has.

use super::formats;
use super::table::Table;
use crate::crate_plan::{Foreign, Named, Type};
use crate::openapi::schema::{Form, Integer, Literal, Number, ShapeId, Use, is_integral};

/// The type of a value, which may be null.
pub(super) fn of(table: &Table<'_>, used: Use) -> Type {
    named(table, used, &of_place)
}

/// The type of a value that is not null.
pub(super) fn value(table: &Table<'_>, shape: ShapeId) -> Type {
    of(table, Use { shape, nullable: false })
}

/// The type of a value, by which it is equal to another one: places that share a type have names of their own.
pub(super) fn own(table: &Table<'_>, used: Use) -> Type {
    named(table, used, &|table, shape| Some(Type::Generated(table.path(&table.own(shape)?))))
}

fn of_place(table: &Table<'_>, shape: ShapeId) -> Option<Type> {
    Some(Type::Generated(table.path(table.place(shape)?)))
}

/// How the items of shapes are named.
type Names<'n> = &'n dyn Fn(&Table<'_>, ShapeId) -> Option<Type>;

fn named(table: &Table<'_>, used: Use, names: Names<'_>) -> Type {
    let value = named_value(table, used.shape, names);
    if used.nullable && value != Type::any_json() { value.optional() } else { value }
}

fn named_value(table: &Table<'_>, shape: ShapeId, names: Names<'_>) -> Type {
    if let Some(item) = names(table, shape) {
        return if table.flags.contains(&shape) { item.flags() } else { item };
    }
    match &table.api.shapes.shape(shape).form {
        Form::Boolean => Type::Foreign(Foreign::Bool),
        Form::Integer(one) => integer(*one),
        Form::Number(one) => number(*one),
        Form::Text(_) if table.is_file(shape) => super::files::file(),
        Form::Text(one) => formats::of(table, shape, *one),
        Form::Constant(one) => constant(&one.literal),
        Form::List(list) => named(table, list.item, names).many(),
        Form::Map(map) => named(table, map.rest, names).entries(),
        // What is left has an item, or any JSON is a value.
        Form::Any
        | Form::Never
        | Form::Null
        | Form::Enumeration(_)
        | Form::Tuple(_)
        | Form::Object(_)
        | Form::Union(_) => Type::any_json(),
    }
}

fn integer(integer: Integer) -> Type {
    Type::Foreign(match integer {
        Integer::I8 => Foreign::I8,
        Integer::I16 => Foreign::I16,
        Integer::I32 => Foreign::I32,
        Integer::I64 => Foreign::I64,
        Integer::U8 => Foreign::U8,
        Integer::U16 => Foreign::U16,
        Integer::U32 => Foreign::U32,
        Integer::U64 => Foreign::U64,
        Integer::Large => return scalar(&["primitive", "Decimal"]),
    })
}

fn number(number: Number) -> Type {
    match number {
        Number::Plain | Number::Double => Type::Foreign(Foreign::F64),
        Number::Float => Type::Foreign(Foreign::F32),
        Number::Decimal => scalar(&["primitive", "Decimal"]),
    }
}

/// A type of the runtime.
fn scalar(path: &'static [&'static str]) -> Type {
    Named::runtime(path).into()
}

/// The type of a constant.
fn constant(literal: &Literal) -> Type {
    match literal {
        Literal::Text(_) => Type::Foreign(Foreign::String),
        Literal::Boolean(_) => Type::Foreign(Foreign::Bool),
        Literal::Number(digits) if !is_integral(digits) => Type::Foreign(Foreign::F64),
        Literal::Number(digits) => match digits.parse::<i64>() {
            Ok(_) => Type::Foreign(Foreign::I64),
            Err(_) => scalar(&["primitive", "Decimal"]),
        },
    }
}

/// A constant as Rust writes it, if it can.
pub(super) fn written(literal: &Literal) -> Option<crate::crate_plan::Literal> {
    use crate::crate_plan::Literal as Written;
    Some(match literal {
        Literal::Text(text) => Written::Text(text.clone()),
        Literal::Boolean(value) => Written::Boolean(*value),
        Literal::Number(digits) if is_integral(digits) => {
            Written::Number(digits.parse::<i64>().ok()?.to_string())
        }
        Literal::Number(digits) => {
            let value: f64 = digits.parse().ok()?;
            let text = format!("{value:?}");
            (value.is_finite() && text.contains('.') && !text.contains('e'))
                .then_some(Written::Number(text))?
        }
    })
}
