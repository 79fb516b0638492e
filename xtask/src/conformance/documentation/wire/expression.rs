//! What a query option means, written in one form.
//!
//! Enters: an option as `schemacrate::internals::url` reads it. Leaves: a text that is the same for options that mean
//! the same. Must not know: a schema.
//!
//! Places and parentheses are left out, the variables of `any` and `all` are numbered from the outside
//! in, and the options in parentheses have one order. An enumeration is written like a string, because its
//! type may be left out in OData 4.01.

use schemacrate::internals::url::{
    Argument, Expression, ExpressionKind, Literal, LiteralKind, OptionKind, QueryOption,
    SelectItem, Step, StepKind,
};
use std::fmt::Write as _;

/// The option in one form. `None` is one that is only compared as text.
pub(super) fn canonical(option: &QueryOption) -> Option<String> {
    Writer::default().option(option)
}

/// Writes what is within the variables that are known there.
#[derive(Default)]
struct Writer {
    variables: Vec<String>,
}

impl Writer {
    fn option(&mut self, option: &QueryOption) -> Option<String> {
        let name = option.system_name().unwrap_or("@");
        let value = match &option.kind {
            OptionKind::Filter(value) => self.expression(value)?,
            OptionKind::OrderBy(items) => joined(items, |item| {
                let order = if item.descending { "desc" } else { "asc" };
                Some(format!("{} {order}", self.expression(&item.value)?))
            })?,
            OptionKind::Select(items) => joined(items, |item| self.selected(item))?,
            OptionKind::Expand(items) => joined(items, |item| {
                let options = self.options(&item.options)?;
                Some(format!("{}:{:?}{options}", item.path.join("/"), item.form))
            })?,
            OptionKind::Compute(items) => joined(items, |(value, name)| {
                Some(format!("{} as {name}", self.expression(value)?))
            })?,
            OptionKind::Search(search) => format!("{search:?}"),
            OptionKind::System { value, .. } => value.clone(),
            OptionKind::Alias { name, value } => format!("{name}={}", self.expression(value)?),
            OptionKind::Apply(_) | OptionKind::Temporal { .. } | OptionKind::Custom { .. } => {
                return None;
            }
        };
        Some(format!("{name}={value}"))
    }

    fn options(&mut self, options: &[QueryOption]) -> Option<String> {
        let mut all = options.iter().map(|one| self.option(one)).collect::<Option<Vec<_>>>()?;
        all.sort();
        Some(if all.is_empty() { String::new() } else { format!("({})", all.join(";")) })
    }

    fn selected(&mut self, item: &SelectItem) -> Option<String> {
        let options = self.options(&item.options)?;
        Some(format!("{}{:?}{options}", item.path.join("/"), item.overload))
    }

    fn expression(&mut self, expression: &Expression) -> Option<String> {
        Some(match &expression.kind {
            ExpressionKind::Literal(literal) => self::literal(literal),
            ExpressionKind::Path(steps) => self.path(steps)?,
            ExpressionKind::Unary { operator, operand } => {
                format!("({operator} {})", self.expression(operand)?)
            }
            ExpressionKind::Binary { operator, left, right } => {
                format!("({operator} {} {})", self.expression(left)?, self.expression(right)?)
            }
            ExpressionKind::List(items) => {
                format!("[{}]", joined(items, |item| Some(self::literal(item)))?)
            }
            ExpressionKind::Method { name, arguments } => {
                format!("{name}({})", joined(arguments, |one| self.expression(one))?)
            }
            ExpressionKind::TypeFunction { name, operand, type_name } => {
                let operand = operand.as_ref().map(|one| self.expression(one));
                let operand = match operand {
                    Some(operand) => operand?,
                    None => "$it".to_owned(),
                };
                format!("{name}({operand},{type_name})")
            }
            ExpressionKind::Case(cases) => {
                let case = |(condition, value): &(Expression, Expression)| {
                    Some(format!("{}:{}", self.expression(condition)?, self.expression(value)?))
                };
                format!("case({})", joined(cases, case)?)
            }
            ExpressionKind::Array(items) => {
                format!("[{}]", joined(items, |one| self.expression(one))?)
            }
            ExpressionKind::Object(members) => {
                let member = |(name, value): &(String, Expression)| {
                    Some(format!("{name:?}:{}", self.expression(value)?))
                };
                format!("{{{}}}", joined(members, member)?)
            }
            ExpressionKind::Text(text) => format!("{text:?}"),
            ExpressionKind::Group(inner) => self.expression(inner)?,
        })
    }

    fn path(&mut self, steps: &[Step]) -> Option<String> {
        let mut written = String::new();
        for (at, step) in steps.iter().enumerate() {
            let slash = if at == 0 { "" } else { "/" };
            let step = match &step.kind {
                StepKind::Name(name) => self.named(name, at == 0),
                StepKind::Variable(name) => format!("${name}"),
                StepKind::Alias(name) => format!("@{name}"),
                StepKind::Annotation(term) => format!("@@{term}"),
                StepKind::Call { name, arguments } => {
                    format!("{name}({})", self.arguments(arguments)?)
                }
                StepKind::Key(arguments) => format!("key({})", self.arguments(arguments)?),
                StepKind::Lambda(lambda) => {
                    let name = if lambda.all { "all" } else { "any" };
                    let predicate = match &lambda.predicate {
                        Some((variable, predicate)) => {
                            self.variables.push(variable.clone());
                            let written = self.expression(predicate);
                            self.variables.pop();
                            written?
                        }
                        None => String::new(),
                    };
                    format!("{name}({predicate})")
                }
                StepKind::Count(options) => format!("$count{}", self.options(options)?),
                StepKind::Filter(condition) => format!("$filter({})", self.expression(condition)?),
                StepKind::Aggregate(_) => return None,
            };
            let _ = write!(written, "{slash}{step}");
        }
        Some(written)
    }

    /// A name at the beginning of a path is the innermost variable with that name, if there is one.
    fn named(&self, name: &str, first: bool) -> String {
        match self.variables.iter().rposition(|variable| first && variable == name) {
            Some(at) => format!("#{at}"),
            None => name.to_owned(),
        }
    }

    fn arguments(&mut self, arguments: &[Argument]) -> Option<String> {
        let mut all = Vec::new();
        for Argument { name, value } in arguments {
            let name = name.as_deref().unwrap_or_default();
            all.push(format!("{name}={}", self.expression(value)?));
        }
        all.sort();
        Some(all.join(","))
    }
}

fn literal(literal: &Literal) -> String {
    let text = literal.text.as_str();
    let (kind, text) = match &literal.kind {
        // The text is as it is written: the type, and the members in quotes.
        LiteralKind::Enumeration(_) => {
            let members = text.split_once('\'').map_or(text, |(_, members)| members);
            (&LiteralKind::String, members.trim_end_matches('\''))
        }
        kind => (kind, text),
    };
    format!("{kind:?}{text:?}")
}

fn joined<T>(items: &[T], write: impl FnMut(&T) -> Option<String>) -> Option<String> {
    items.iter().map(write).collect::<Option<Vec<_>>>().map(|all| all.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> String {
        let option = schemacrate::internals::url::option(&text.replace(' ', "%20"));
        canonical(&option.unwrap_or_else(|error| panic!("{text}: {error}"))).unwrap()
    }

    #[test]
    fn variables_are_renamed_where_they_are_bound() {
        for (one, other) in [
            ("x/any(a:a/y/any(b:b eq a))", "x/any(p:p/y/any(q:q eq p))"),
            // The inner one hides the outer one.
            ("x/any(a:a/y/any(a:a/z eq 1))", "x/any(a:a/y/any(b:b/z eq 1))"),
            ("x/any(a:a/y/any(a:a eq 1) and a/z eq 1)", "x/any(b:b/y/any(a:a eq 1) and b/z eq 1)"),
            ("x/any(a:a/a eq 1)", "x/any(b:b/a eq 1)"),
            ("x/any()", "x/any()"),
        ] {
            let (one, other) = (format!("$filter={one}"), format!("$filter={other}"));
            assert_eq!(meaning(&one), meaning(&other), "{one}");
        }
        for (one, other) in [
            ("x/any(a:a/y/any(b:b eq a))", "x/any(a:a/y/any(b:a eq b))"),
            ("x/any(a:a/a eq 1)", "x/any(b:b/b eq 1)"),
            ("x/any(a:a eq 1) and a eq 1", "x/any(b:b eq 1) and b eq 1"),
            ("x/any(a:a eq 1)", "x/all(a:a eq 1)"),
            ("x/any(a:b eq 1)", "x/any(b:b eq 1)"),
        ] {
            let (one, other) = (format!("$filter={one}"), format!("$filter={other}"));
            assert_ne!(meaning(&one), meaning(&other), "{one}");
        }
    }

    #[test]
    fn parentheses_count_only_where_they_change_something() {
        assert_eq!(meaning("$filter=((a eq 1) and b)"), meaning("$filter=a eq 1 and b"));
        assert_ne!(meaning("$filter=a and (b and c)"), meaning("$filter=a and b and c"));
        assert_ne!(meaning("$filter=(a or b) and c"), meaning("$filter=a or b and c"));
        assert_ne!(meaning("$filter=not (a eq b)"), meaning("$filter=not a eq b"));
    }

    #[test]
    fn literals_are_told_apart() {
        assert_eq!(meaning("$filter=a eq n.t'x'"), meaning("$filter=a eq 'x'"));
        assert_ne!(meaning("$filter=a eq 'x,y'"), meaning("$filter=a in ('x','y')"));
        assert_ne!(meaning("$filter=a in ('x','y')"), meaning("$filter=a in ('x'',''y')"));
        assert_ne!(meaning("$filter=a eq null"), meaning("$filter=a eq 'null'"));
        assert_ne!(meaning("$filter=a eq 'b'"), meaning("$filter=a eq 'b '"));
    }
}
