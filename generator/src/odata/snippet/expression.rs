//! Expressions of query options, made of the constants of generated structs.
//!
//! Enters: an expression, and the value that it is evaluated on. Leaves: the expression as calls on
//! constants, with its type, or nothing if a part of it has no typed form. Must not know: the
//! option it is in.

use super::index::Index;
use super::literal;
use crate::crate_plan::naming::{identifier, value_name};
use crate::crate_plan::program::{Code, Owner};
use crate::crate_plan::{Foreign, ItemPath, Type};
use crate::odata::runtime::{expression, property, query};
use crate::odata::url::{Expression, ExpressionKind, Lambda, Literal, LiteralKind, Step, StepKind};

/// The names of a generated crate.
pub(super) struct Names<'a, 'p> {
    pub(super) index: &'a Index<'p>,
}

/// The value that an expression is evaluated on.
#[derive(Clone)]
pub(super) struct Subject {
    /// The struct with the members.
    object: ItemPath,
    /// The variables of the enclosing lambdas, each with its type.
    variables: Vec<(String, Type)>,
}

impl Subject {
    pub(super) fn object(object: &ItemPath) -> Self {
        Self { object: object.clone(), variables: Vec::new() }
    }
}

/// An expression and its type.
type Typed = (Code, Type);

const BOOL: Type = Type::Foreign(Foreign::Bool);
const INT: Type = Type::Foreign(Foreign::I32);
const TEXT: Type = Type::Foreign(Foreign::String);

impl Names<'_, '_> {
    /// A condition.
    pub(super) fn condition(&self, of: &Subject, expression: &Expression) -> Option<Code> {
        let (code, value) = self.value(of, expression)?;
        (value == BOOL).then_some(code)
    }

    /// Any expression but a literal.
    pub(super) fn value(&self, of: &Subject, expression: &Expression) -> Option<Typed> {
        match &expression.kind {
            ExpressionKind::Path(steps) => self.steps(of, steps),
            ExpressionKind::Group(inner) => self.value(of, inner),
            ExpressionKind::Unary { operator: "not", operand } => {
                Some((self.condition(of, operand)?.method(expression::NOT, Vec::new()), BOOL))
            }
            ExpressionKind::Binary { operator, left, right } => {
                self.binary(of, operator, left, right)
            }
            ExpressionKind::Method { name, arguments } => self.function(of, name, arguments),
            _ => None,
        }
    }

    fn binary(
        &self,
        of: &Subject,
        operator: &str,
        left: &Expression,
        right: &Expression,
    ) -> Option<Typed> {
        let joined = match operator {
            "and" => Some(expression::AND),
            "or" => Some(expression::OR),
            _ => None,
        };
        if let Some(method) = joined {
            let (left, right) = (self.condition(of, left)?, self.condition(of, right)?);
            return Some((left.method(method, vec![lent(right)]), BOOL));
        }
        let (left, value) = self.value(of, left)?;
        let method = match operator {
            "eq" => expression::EQUAL,
            "ne" => expression::NOT_EQUAL,
            "gt" => expression::GREATER,
            "ge" => expression::GREATER_OR_EQUAL,
            "lt" => expression::LESS,
            "le" => expression::LESS_OR_EQUAL,
            "has" => expression::HAS,
            "in" => {
                let ExpressionKind::List(items) = &right.kind else { return None };
                let items: Option<Vec<Code>> =
                    items.iter().map(|item| self.literal(&value, item)).collect();
                let items = items.filter(|items| !items.is_empty())?;
                return Some((left.method(expression::IS_IN, vec![Code::Array(items)]), BOOL));
            }
            _ => return None,
        };
        if let ExpressionKind::Literal(literal) = &right.kind
            && literal.kind == LiteralKind::Null
        {
            let method = match operator {
                "eq" => expression::IS_NULL,
                "ne" => expression::IS_NOT_NULL,
                _ => return None,
            };
            return Some((left.method(method, Vec::new()), BOOL));
        }
        // The members of a set have the type of the enumeration.
        let right_type = match (&value, operator) {
            (Type::Flags(member), "has") => (**member).clone(),
            (_, "has") => return None,
            _ => value,
        };
        let right = self.operand(of, &right_type, right)?;
        Some((left.method(method, vec![right]), BOOL))
    }

    /// The other side of an operator: a literal or an expression of the same type.
    fn operand(&self, of: &Subject, value: &Type, expression: &Expression) -> Option<Code> {
        match &expression.kind {
            ExpressionKind::Literal(found) => self.literal(value, found),
            ExpressionKind::Group(inner) => self.operand(of, value, inner),
            _ => {
                let (code, found) = self.value(of, expression)?;
                (found == *value).then(|| lent(code))
            }
        }
    }

    fn literal(&self, value: &Type, literal: &Literal) -> Option<Code> {
        // A parsed value needs an explicit type, because several types can be compared with.
        Some(match literal::of_literal(self.index, value, literal)? {
            Code::Parse(text, None) => Code::Parse(text, Some(value.clone())),
            code => code,
        })
    }

    fn function(&self, of: &Subject, name: &str, arguments: &[Expression]) -> Option<Typed> {
        if name == "now" && arguments.is_empty() {
            let now = Code::associated(Owner::Query, query::NOW, Vec::new());
            return Some((now, Type::Foreign(Foreign::DateTimeOffset)));
        }
        let (first, rest) = arguments.split_first()?;
        let (subject, value) = self.value(of, first)?;
        let is_text = value == TEXT;
        let is_dated = matches!(value, Type::Foreign(Foreign::Date | Foreign::DateTimeOffset));
        let is_timed = matches!(value, Type::Foreign(Foreign::TimeOfDay | Foreign::DateTimeOffset));
        let (method, result) = match (name, rest.len()) {
            ("contains", 1) if is_text => (expression::CONTAINS, BOOL),
            ("startswith", 1) if is_text => (expression::STARTS_WITH, BOOL),
            ("endswith", 1) if is_text => (expression::ENDS_WITH, BOOL),
            ("matchesPattern", 1) if is_text => (expression::MATCHES_PATTERN, BOOL),
            ("indexof", 1) if is_text => (expression::INDEX_OF, INT),
            ("concat", 1) if is_text => (expression::CONCAT, TEXT),
            ("length", 0) if is_text => (expression::LENGTH, INT),
            ("tolower", 0) if is_text => (expression::TO_LOWER, TEXT),
            ("toupper", 0) if is_text => (expression::TO_UPPER, TEXT),
            ("trim", 0) if is_text => (expression::TRIM, TEXT),
            ("year", 0) if is_dated => (expression::YEAR, INT),
            ("month", 0) if is_dated => (expression::MONTH, INT),
            ("day", 0) if is_dated => (expression::DAY, INT),
            ("hour", 0) if is_timed => (expression::HOUR, INT),
            ("minute", 0) if is_timed => (expression::MINUTE, INT),
            ("second", 0) if is_timed => (expression::SECOND, INT),
            _ => return None,
        };
        let arguments: Option<Vec<Code>> =
            rest.iter().map(|argument| self.operand(of, &TEXT, argument)).collect();
        Some((subject.method(method, arguments?), result))
    }

    /// A path within an expression.
    fn steps(&self, of: &Subject, steps: &[Step]) -> Option<Typed> {
        let mut names = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            match &step.kind {
                StepKind::Name(name) => names.push(name.clone()),
                StepKind::Lambda(lambda) if at + 1 == steps.len() => {
                    let (path, value) = self.path(of, &names)?;
                    return self.lambda(of, path, &value, lambda);
                }
                StepKind::Count(options) if at + 1 == steps.len() && options.is_empty() => {
                    let (path, value) = self.path(of, &names)?;
                    let count = path.method(expression::LENGTH, Vec::new());
                    return is_many(&value).then_some((count, Type::Foreign(Foreign::I64)));
                }
                _ => return None,
            }
        }
        self.path(of, &names)
    }

    fn lambda(&self, of: &Subject, path: Code, value: &Type, lambda: &Lambda) -> Option<Typed> {
        let Type::Vec(item) = value else { return None };
        let Some((variable, predicate)) = &lambda.predicate else {
            return (!lambda.all).then(|| (path.method(expression::HAS_ITEMS, Vec::new()), BOOL));
        };
        let rust = identifier(&value_name(variable));
        // Two variables with the same name in Rust would be confused.
        let is_hidden = |(known, _): &(String, Type)| {
            known != variable && identifier(&value_name(known)) == rust
        };
        if of.variables.iter().any(is_hidden) {
            return None;
        }
        let mut inner = of.clone();
        inner.variables.push((variable.clone(), (**item).clone()));
        let condition = self.condition(&inner, predicate).filter(|code| !code.can_fail())?;
        let closure = Code::Closure(rust, Box::new(condition));
        let method = if lambda.all { expression::ALL_ITEMS } else { expression::ANY_ITEM };
        Some((path.method(method, vec![closure]), BOOL))
    }

    /// A path to a member, or to the value of a variable.
    pub(super) fn path(&self, of: &Subject, names: &[String]) -> Option<Typed> {
        let (first, rest) = names.split_first()?;
        let variable = of.variables.iter().rev().find(|(name, _)| name == first);
        if let Some((name, value)) = variable {
            let start = (Code::Variable(identifier(&value_name(name))), value.clone());
            return self.members(start, rest);
        }
        let (start, rest) = self.first(&of.object, names)?;
        self.members(start, rest)
    }

    /// The first member of a path, which may belong to a derived type.
    fn first<'n>(&self, object: &ItemPath, names: &'n [String]) -> Option<(Typed, &'n [String])> {
        let (first, rest) = names.split_first()?;
        if !first.contains('.') {
            return Some((self.constant(object, first)?, rest));
        }
        let derived = self.index.object(&self.index.declared(first)?)?;
        let (member, rest) = rest.split_first()?;
        let (constant, value) = self.constant(&derived, member)?;
        if !self.index.structure(&derived)?.bases.contains(object) {
            return None;
        }
        let base = Type::Generated(object.clone());
        Some(((constant.called(property::OF_BASE, Some(base), Vec::new()), value), rest))
    }

    /// The members of a path, one after the other. A member of a derived type is returned with that
    /// type.
    fn members(&self, start: Typed, names: &[String]) -> Option<Typed> {
        let mut before = start;
        let mut rest = names;
        while let Some(name) = rest.first() {
            if name.contains('.') {
                let object = self.index.object(&before.1).filter(|_| !is_many(&before.1))?;
                let ((member, value), remaining) = self.first(&object, rest)?;
                before = (before.0.method(property::THEN, vec![member]), value);
                rest = remaining;
            } else {
                before = self.member(before, name)?;
                rest = &rest[1..];
            }
        }
        Some(before)
    }

    fn member(&self, (before, value): Typed, name: &str) -> Option<Typed> {
        let object = self.index.object(&value).filter(|_| !is_many(&value))?;
        let (constant, value) = self.constant(&object, name)?;
        Some((before.method(property::THEN, vec![constant]), value))
    }

    fn constant(&self, object: &ItemPath, name: &str) -> Option<Typed> {
        let structure = self.index.structure(object)?;
        let field = structure.fields.iter().find(|field| field.wire_name == name)?;
        let constant = field.constant.as_ref()?;
        Some((Code::constant(object, &constant.name), constant.inner().clone()))
    }

    /// A navigation property, which may belong to a derived type.
    pub(super) fn navigation(&self, object: &ItemPath, names: &[String]) -> Option<Typed> {
        let (last, before) = names.split_last()?;
        let owner = match before {
            [] => object.clone(),
            [cast] => self.index.object(&self.index.declared(cast)?)?,
            _ => return None,
        };
        let structure = self.index.structure(&owner)?;
        let is_navigation = structure.fields.iter().any(|field| {
            let constant = field.constant.as_ref().map(|constant| &constant.value);
            field.wire_name == *last && matches!(constant, Some(Type::Navigation(_)))
        });
        if !is_navigation {
            return None;
        }
        let ((code, value), rest) = self.first(object, names)?;
        rest.is_empty().then_some((code, value))
    }
}

/// A variable is used as often as the expression names it.
fn lent(code: Code) -> Code {
    if matches!(code, Code::Variable(_)) { code.borrowed() } else { code }
}

fn is_many(value: &Type) -> bool {
    matches!(value, Type::Vec(_))
}
