//! Common expressions: what `$filter`, `$orderby` and `$compute` compute.
//!
//! Enters: a place in a query option. Leaves: an [`Expression`] with the usual precedence of
//! operators. Must not know: types, so a condition can be any expression.

use super::cursor::{Cursor, Parsed, Span, UrlError};
use super::literal::{self, Literal};
use super::member::{self, Step};
use super::{json, method};

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it is.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// A literal.
    Literal(Literal),
    /// A path to a member, which may begin with `$it`, `$root/…`, `$this`, `$these` or an alias.
    Path(Vec<Step>),
    /// A unary operator: `not` or `-`.
    Unary {
        /// The operator.
        operator: &'static str,
        /// What it is applied to.
        operand: Box<Expression>,
    },
    /// A binary operator.
    Binary {
        /// The operator.
        operator: &'static str,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// The list after `in`.
    List(Vec<Literal>),
    /// A canonical function such as `startswith(Name,'x')`.
    Method {
        /// The name, as the specification spells it.
        name: &'static str,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `cast(…)` or `isof(…)`.
    TypeFunction {
        /// `cast` or `isof`.
        name: &'static str,
        /// The operand; without it, the current instance.
        operand: Option<Box<Expression>>,
        /// The name of the type, which may be `Collection(…)`.
        type_name: String,
    },
    /// `case(condition:value,…)`.
    Case(Vec<(Expression, Expression)>),
    /// A JSON array.
    Array(Vec<Expression>),
    /// A JSON object.
    Object(Vec<(String, Expression)>),
    /// A JSON string, which is in arrays and objects, decoded.
    Text(String),
    /// An expression in parentheses.
    Group(Box<Expression>),
}

/// Reads a common expression.
///
/// # Errors
/// If the text is not a valid one.
pub fn expression(text: &str) -> Result<Expression, UrlError> {
    Cursor::new(text, 0).all(common)
}

/// Reads the value of a parameter alias: a common expression, or JSON.
///
/// # Errors
/// If the text is not a valid one.
pub fn parameter_value(text: &str) -> Result<Expression, UrlError> {
    Cursor::new(text, 0).all(json::value)
}

/// The binary operators, and how strongly they bind.
const OPERATORS: &[(&str, u8)] = &[
    ("or", 1),
    ("and", 2),
    ("eq", 3),
    ("ne", 3),
    ("gt", 4),
    ("ge", 4),
    ("lt", 4),
    ("le", 4),
    ("has", 4),
    ("in", 4),
    ("add", 5),
    ("sub", 5),
    ("mul", 6),
    ("divby", 6),
    ("div", 6),
    ("mod", 6),
];

pub(super) fn common(cursor: &mut Cursor) -> Parsed<Expression> {
    cursor.nested(|cursor| binary(cursor, 1))
}

/// Reads operators that bind at least this strongly.
fn binary(cursor: &mut Cursor, least: u8) -> Parsed<Expression> {
    let start = cursor.position();
    let mut left = unary(cursor)?;
    loop {
        let found = OPERATORS
            .iter()
            .filter(|(_, strength)| *strength >= least)
            .find(|(word, _)| cursor.take_spaced(word));
        let Some((operator, strength)) = found else { return Ok(left) };
        cursor.operator()?;
        let right = match *operator {
            "in" => list(cursor)?,
            "has" => of_literal(literal::read_enumeration(cursor)?),
            _ => binary(cursor, strength + 1)?,
        };
        let (left_side, right) = (Box::new(left), Box::new(right));
        let kind = ExpressionKind::Binary { operator, left: left_side, right };
        left = Expression { kind, span: cursor.span(start) };
    }
}

fn of_literal(literal: Literal) -> Expression {
    let span = literal.span;
    Expression { kind: ExpressionKind::Literal(literal), span }
}

/// What follows `in`: literals in parentheses, or an expression for a collection.
fn list(cursor: &mut Cursor) -> Parsed<Expression> {
    let start = cursor.position();
    let literals = cursor.attempt(|cursor| {
        let empty = cursor.attempt(|cursor| {
            cursor.expect('(', "`(`")?;
            cursor.blanks();
            cursor.expect(')', "`)`")
        });
        if empty.is_some() { Ok(Vec::new()) } else { cursor.list(literal::read) }
    });
    match literals {
        Some(literals) => {
            Ok(Expression { kind: ExpressionKind::List(literals), span: cursor.span(start) })
        }
        None => binary(cursor, 5),
    }
}

fn unary(cursor: &mut Cursor) -> Parsed<Expression> {
    let start = cursor.position();
    // The grammar requires a blank after `not`; services also accept a parenthesis.
    let negates = cursor.take_word("not") && (cursor.blanks() || cursor.peek() == Some('('));
    let operator = if negates {
        "not"
    } else {
        cursor.reset(start);
        if cursor.peek() != Some('-') {
            return primary(cursor);
        }
        if let Some(literal) = cursor.attempt(literal::read) {
            return Ok(of_literal(literal));
        }
        cursor.take('-');
        cursor.blanks();
        "-"
    };
    let operand = Box::new(cursor.nested(unary)?);
    let kind = ExpressionKind::Unary { operator, operand };
    Ok(Expression { kind, span: cursor.span(start) })
}

/// What operators join.
fn primary(cursor: &mut Cursor) -> Parsed<Expression> {
    let start = cursor.position();
    match cursor.peek() {
        Some('(') => {
            cursor.next();
            cursor.blanks();
            let inner = common(cursor)?;
            cursor.blanks();
            cursor.expect(')', "`)`")?;
            let kind = ExpressionKind::Group(Box::new(inner));
            return Ok(Expression { kind, span: cursor.span(start) });
        }
        Some('[' | '{') => return cursor.nested(json::array_or_object),
        Some('$' | '@') => {}
        _ => {
            if let Some(literal) = cursor.attempt(literal::read) {
                return Ok(of_literal(literal));
            }
            if let Some(found) = method::call(cursor)? {
                return Ok(Expression { kind: found, span: cursor.span(start) });
            }
        }
    }
    let steps = member::path(cursor)?;
    Ok(Expression { kind: ExpressionKind::Path(steps), span: cursor.span(start) })
}
