//! Keys and arguments of a URL as arguments of methods.
//!
//! Enters: a literal as a URL has it, and the type of the argument. Leaves: the expression that
//! produces the same literal, or nothing if no typed value does.

use super::index::Index;
use super::text;
use crate::crate_plan::program::{Code, number};
use crate::crate_plan::{Absence, Argument, Foreign, Passing, Signature, Type};
use crate::odata::url::{self, ExpressionKind, Literal, LiteralKind};

/// The arguments of a function, in order.
pub(super) fn arguments(
    index: &Index<'_>,
    signature: &Signature,
    declared: &[Argument],
    given: &[url::Argument],
) -> Option<Vec<Code>> {
    let is_known = |one: &url::Argument| {
        declared.iter().any(|known| Some(&known.wire_name) == one.name.as_ref())
    };
    if !given.iter().all(is_known) {
        return None;
    }
    declared
        .iter()
        .map(|one| {
            let given = given.iter().find(|given| given.name.as_ref() == Some(&one.wire_name));
            let value = signature.argument(&one.name)?;
            argument(index, (one, value), given.map(|given| &given.value))
        })
        .collect()
}

fn argument(
    index: &Index<'_>,
    (declared, value): (&Argument, &Type),
    given: Option<&url::Expression>,
) -> Option<Code> {
    let Some(given) = given else {
        return (declared.absence == Absence::Omitted).then_some(Code::Null);
    };
    let ExpressionKind::Literal(literal) = &given.kind else { return None };
    if declared.passing == Passing::Alias {
        return None;
    }
    if literal.kind == LiteralKind::Null {
        return (declared.absence == Absence::Null).then_some(Code::Null);
    }
    of_literal(index, value.taken(), literal)
}

/// A literal as a value of a type.
pub(super) fn of_literal(index: &Index<'_>, value: &Type, literal: &Literal) -> Option<Code> {
    let is_text = literal.kind == LiteralKind::String;
    let fits = match value {
        Type::Foreign(Foreign::String) => is_text,
        Type::Generated(_) => is_text || matches!(literal.kind, LiteralKind::Enumeration(_)),
        Type::Foreign(Foreign::Duration) => literal.kind == LiteralKind::Duration,
        Type::Foreign(Foreign::Binary) => literal.kind == LiteralKind::Binary,
        _ => !is_text,
    };
    fits.then(|| of_text(index, value, &literal.text)).flatten()
}

/// The names of an enumeration's members without that of the enumeration: `Sales.Color'Red'`.
fn members(text: &str) -> &str {
    let inner = text.strip_suffix('\'').and_then(|text| text.split_once('\''));
    inner.map_or(text, |(_, members)| members)
}

/// A value of a type, by the text between the quotes or of the segment.
pub(super) fn of_text(index: &Index<'_>, value: &Type, text: &str) -> Option<Code> {
    match value {
        Type::Foreign(Foreign::String) => Some(Code::Text(text.to_owned())),
        Type::Foreign(Foreign::Bool) => text.parse().ok().map(Code::Bool),
        Type::Foreign(foreign) => match number(*foreign, text) {
            Some(number) => Some(Code::Number(number)),
            None => text::literal(*foreign, text),
        },
        Type::Generated(path) => text::member(index, path, members(text)),
        _ => None,
    }
}
