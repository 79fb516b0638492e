//! Common expressions: what `$filter`, `$orderby` and `$compute` compute.

use super::cursor::{Cursor, UrlError};
use super::literal::{self, Literal};
use super::{apply, query};

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A literal.
    Literal(Literal),
    /// A parameter alias, without the `@`.
    Alias(String),
    /// A path, which may begin with `$it`, `$root`, `$this` or `$these`.
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
    /// The list behind `in`.
    List(Vec<Literal>),
    /// `case(condition:value,…)`.
    Case(Vec<(Expression, Expression)>),
    /// A JSON array or object; its parts may be expressions.
    Json(String),
    /// An expression in parentheses.
    Group(Box<Expression>),
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A property, a type or a variable.
    Name(String),
    /// A call of a function, or a key.
    Call {
        /// The name of the function; empty for a key.
        name: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `any` or `all`.
    Lambda {
        /// Which of the two.
        quantifier: String,
        /// The variable and the predicate.
        predicate: Option<(String, Box<Expression>)>,
    },
    /// An annotation, with the `@`.
    Annotation(String),
    /// A system segment such as `$count` or `$it`, with its options in parentheses as text.
    System {
        /// The name, with the `$`.
        name: String,
        /// The options.
        options: Option<String>,
    },
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name, where the argument has one.
    pub name: Option<String>,
    /// The value.
    pub value: Expression,
}

/// Reads a common expression.
///
/// # Errors
/// If the text is none.
pub fn expression(text: &str) -> Result<Expression, UrlError> {
    let mut cursor = Cursor::new(text, 0);
    let found = common(&mut cursor)?;
    cursor.done()?;
    Ok(found)
}

/// Reads an expression that is true or false. Of what type a path is, the text does not tell.
///
/// # Errors
/// If the text is none.
pub fn boolean(text: &str) -> Result<Expression, UrlError> {
    expression(text)
}

/// Reads a path from an object to one of its members.
///
/// # Errors
/// If the text is none.
pub fn member_path(text: &str) -> Result<Vec<Step>, UrlError> {
    let mut cursor = Cursor::new(text, 0);
    let steps = path(&mut cursor)?;
    cursor.done()?;
    Ok(steps)
}

/// Reads `any(…)` or `all(…)`, which stand behind a path.
///
/// # Errors
/// If the text is none.
pub fn any_or_all(text: &str) -> Result<Step, UrlError> {
    let mut cursor = Cursor::new(text, 0);
    let name = cursor.identifier()?;
    let step = lambda(&mut cursor, name)?;
    cursor.done()?;
    Ok(step)
}

/// The binary operators, weakest first.
const LEVELS: &[&[&str]] = &[
    &["or"],
    &["and"],
    &["eq", "ne"],
    &["gt", "ge", "lt", "le", "has", "in"],
    &["add", "sub"],
    &["mul", "divby", "div", "mod"],
];

pub(super) fn common(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    cursor.nested(|cursor| binary(cursor, 0))
}

fn binary(cursor: &mut Cursor, level: usize) -> Result<Expression, UrlError> {
    let Some(operators) = LEVELS.get(level) else { return unary(cursor) };
    let mut left = binary(cursor, level + 1)?;
    loop {
        let start = cursor.position();
        let spaced = cursor.blanks();
        let found = operators.iter().find(|word| spaced && cursor.take_word(word)).copied();
        let Some(operator) = found.filter(|_| cursor.blanks()) else {
            cursor.reset(start);
            return Ok(left);
        };
        let right = if operator == "in" { list(cursor)? } else { binary(cursor, level + 1)? };
        left = Expression::Binary { operator, left: Box::new(left), right: Box::new(right) };
    }
}

/// What stands behind `in`: literals in parentheses, or an expression for a collection.
fn list(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    if cursor.peek() != Some('(') {
        return primary(cursor);
    }
    let start = cursor.position();
    cursor.next();
    cursor.blanks();
    if cursor.take(')') {
        return Ok(Expression::List(Vec::new()));
    }
    cursor.reset(start);
    let literals =
        cursor.list(',', |cursor| literal::read(cursor).ok_or_else(|| cursor.error("a literal")));
    match literals {
        Ok(literals) => Ok(Expression::List(literals)),
        Err(error) => {
            // An expression in parentheses is one that stands for a collection.
            cursor.reset(start);
            primary(cursor).map_err(|_| error)
        }
    }
}

fn unary(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    let start = cursor.position();
    if cursor.take_word("not") {
        let spaced = cursor.blanks();
        if spaced || cursor.peek() == Some('(') {
            let operand = cursor.nested(unary)?;
            return Ok(Expression::Unary { operator: "not", operand: Box::new(operand) });
        }
        cursor.reset(start);
    }
    if cursor.peek() == Some('-') && literal::read(&mut cursor.clone()).is_none() {
        cursor.next();
        cursor.blanks();
        let operand = cursor.nested(unary)?;
        return Ok(Expression::Unary { operator: "-", operand: Box::new(operand) });
    }
    primary(cursor)
}

fn primary(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    match cursor.peek() {
        Some('(') => {
            cursor.next();
            cursor.blanks();
            let inner = common(cursor)?;
            cursor.blanks();
            cursor.expect(')', "`)`")?;
            return Ok(Expression::Group(Box::new(inner)));
        }
        Some('[' | '{') => return json(cursor),
        Some('"') => {
            let start = cursor.position();
            json_string(cursor)?;
            return Ok(Expression::Json(cursor.since(start)));
        }
        _ => {}
    }
    if cursor.starts_with("case(") {
        return case(cursor);
    }
    if let Some(found) = literal::read(cursor) {
        return Ok(Expression::Literal(found));
    }
    let start = cursor.position();
    let steps = path(cursor)?;
    match steps.as_slice() {
        [Step::Annotation(name)] if !name.contains('.') => {
            Ok(Expression::Alias(name.trim_start_matches('@').to_owned()))
        }
        // A type alone says nothing; only behind a slash it is a cast.
        [Step::Name(name)] if name.contains('.') => {
            cursor.reset(start);
            let _ = cursor.qualified();
            Err(cursor.error("`/` or `(`"))
        }
        [Step::Lambda { quantifier, .. }] => {
            cursor.reset(start);
            cursor.skip(quantifier.chars().count());
            Err(cursor.error("a path before it"))
        }
        _ => Ok(Expression::Path(steps)),
    }
}

fn case(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    cursor.skip("case".len());
    let cases = cursor.list(',', |cursor| {
        let condition = common(cursor)?;
        cursor.blanks();
        cursor.expect(':', "`:`")?;
        cursor.blanks();
        Ok((condition, common(cursor)?))
    })?;
    Ok(Expression::Case(cases))
}

/// A path of members, casts, functions, keys and system segments.
pub(super) fn path(cursor: &mut Cursor) -> Result<Vec<Step>, UrlError> {
    let mut steps = Vec::new();
    loop {
        step(cursor, &mut steps)?;
        if cursor.peek() != Some('/') {
            return Ok(steps);
        }
        cursor.next();
    }
}

fn step(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Result<(), UrlError> {
    match cursor.peek() {
        Some('@') => {
            let start = cursor.position();
            cursor.next();
            cursor.qualified()?;
            if cursor.take('#') {
                cursor.identifier()?;
            }
            steps.push(Step::Annotation(cursor.since(start)));
            return Ok(());
        }
        Some('$') => return system(cursor, steps),
        _ => {}
    }
    let name = cursor.qualified()?;
    if cursor.peek() != Some('(') {
        steps.push(Step::Name(name));
        return Ok(());
    }
    if matches!(name.as_str(), "any" | "all") {
        steps.push(lambda(cursor, name)?);
        return Ok(());
    }
    if name == "aggregate" {
        // The method is only there behind a path: alone it could not say what it aggregates.
        if steps.is_empty() {
            return Err(cursor.error("a path before it"));
        }
        let start = cursor.position();
        apply::aggregated_value(cursor)?;
        steps.push(Step::System { name, options: Some(cursor.since(start)) });
        return Ok(());
    }
    let arguments = arguments(cursor)?;
    steps.push(Step::Call { name, arguments });
    keys(cursor, steps)
}

/// Keys behind a function or a name.
fn keys(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Result<(), UrlError> {
    while cursor.peek() == Some('(') {
        let arguments = arguments(cursor)?;
        steps.push(Step::Call { name: String::new(), arguments });
    }
    Ok(())
}

fn system(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Result<(), UrlError> {
    const NAMES: &[&str] =
        &["$count", "$filter", "$it", "$root", "$this", "$these", "$value", "$search", "$ref"];
    let name = NAMES.iter().find(|name| cursor.take_word(name));
    let Some(name) = name.map(|name| (*name).to_owned()) else {
        return Err(cursor.error("`$count`, `$filter`, `$it`, `$root` or `$this`"));
    };
    let start = cursor.position();
    match (name.as_str(), cursor.peek()) {
        ("$filter", _) => {
            cursor.list(',', common)?;
        }
        ("$count", Some('(')) => {
            cursor.list(';', query::nested_option)?;
        }
        ("$search", _) => {
            cursor.list(',', query::search)?;
        }
        _ => {}
    }
    let options = Some(cursor.since(start)).filter(|options| !options.is_empty());
    steps.push(Step::System { name, options });
    keys(cursor, steps)
}

fn lambda(cursor: &mut Cursor, quantifier: String) -> Result<Step, UrlError> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    if quantifier == "any" && cursor.take(')') {
        return Ok(Step::Lambda { quantifier, predicate: None });
    }
    let variable = cursor.identifier()?;
    cursor.blanks();
    cursor.expect(':', "`:`")?;
    cursor.blanks();
    let predicate = common(cursor)?;
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(Step::Lambda { quantifier, predicate: Some((variable, Box::new(predicate))) })
}

/// The arguments of a call, which may have names.
pub(super) fn arguments(cursor: &mut Cursor) -> Result<Vec<Argument>, UrlError> {
    let start = cursor.position();
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    if cursor.take(')') {
        return Ok(Vec::new());
    }
    cursor.reset(start);
    cursor.list(',', |cursor| {
        let start = cursor.position();
        if let Ok(name) = cursor.identifier() {
            cursor.blanks();
            if cursor.take('=') {
                cursor.blanks();
                return Ok(Argument { name: Some(name), value: common(cursor)? });
            }
        }
        cursor.reset(start);
        Ok(Argument { name: None, value: argument(cursor)? })
    })
}

/// An argument: an expression, or for `cast` and `isof` the name of a type.
fn argument(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    let start = cursor.position();
    match common(cursor) {
        Ok(found) => Ok(found),
        Err(error) => {
            cursor.reset(start);
            let ends = |cursor: &Cursor| matches!(cursor.peek(), Some(')' | ','));
            match cursor.qualified() {
                Ok(name) if ends(cursor) => Ok(Expression::Path(vec![Step::Name(name)])),
                _ => Err(error),
            }
        }
    }
}

/// A JSON array or object. Beside JSON values its parts may be expressions.
fn json(cursor: &mut Cursor) -> Result<Expression, UrlError> {
    let start = cursor.position();
    cursor.nested(json_value)?;
    Ok(Expression::Json(cursor.since(start)))
}

fn json_value(cursor: &mut Cursor) -> Result<(), UrlError> {
    let (open, close) = match cursor.peek() {
        Some('[') => ('[', ']'),
        Some('{') => ('{', '}'),
        Some('"') => return json_string(cursor),
        _ => return common(cursor).map(drop),
    };
    cursor.next();
    blank(cursor);
    if cursor.take(close) {
        return Ok(());
    }
    loop {
        blank(cursor);
        if open == '{' {
            json_string(cursor)?;
            blank(cursor);
            cursor.expect(':', "`:`")?;
            blank(cursor);
        }
        cursor.nested(json_value)?;
        blank(cursor);
        if cursor.take(close) {
            return Ok(());
        }
        cursor.expect(',', "`,` or the end of the JSON value")?;
    }
}

fn blank(cursor: &mut Cursor) {
    cursor.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
}

fn json_string(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.expect('"', "`\"`")?;
    loop {
        match cursor.next() {
            Some('"') => return Ok(()),
            Some('\\') => {
                cursor.next();
            }
            Some(_) => {}
            None => return Err(cursor.error("`\"`")),
        }
    }
}
