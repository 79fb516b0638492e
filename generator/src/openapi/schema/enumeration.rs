//! Enumerations: the values that schemas list, with their names.
//!
//! Enters: `enum`, `const`, and the extensions that name values. Leaves: [`Value`]s. Must not know: how a
//! name is written in Rust.

use super::facts::Facts;
use super::findings::Findings;
use super::graph::Graph;
use super::kinds::Kinds;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::node::{Kind, Node};
use crate::openapi::description::Location;
use crate::openapi::model::{Keywords, SchemaId};
use rustc_hash::FxHashSet;

/// Scalars that are listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The values, in order, each once.
    pub values: Vec<Value>,
}

/// A scalar that is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The scalar.
    pub literal: Literal,
    /// Where it is.
    pub span: Span,
    /// The name that the schema has for it.
    pub name: Option<String>,
    /// What the schema has to say about it.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether it is that of `const`, and not the only one of an `enum`, to which others may be added.
    pub is_const: bool,
}

/// A scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number with the digits as they are written.
    Number(String),
    /// True or false.
    Boolean(bool),
}

impl Literal {
    /// The scalar of a node.
    pub fn of(node: Node<'_>) -> Option<Self> {
        match node.kind() {
            Kind::Bool(value) => Some(Self::Boolean(value)),
            Kind::Number(digits) => Some(Self::Number(digits.to_owned())),
            Kind::String(text) => Some(Self::Text(text.to_owned())),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => None,
        }
    }

    /// Its kind.
    pub fn kinds(&self) -> Kinds {
        match self {
            Self::Text(_) => Kinds::STRING,
            Self::Number(digits) if super::scalar::is_integral(digits) => Kinds::INTEGER,
            Self::Number(_) => Kinds::FRACTION,
            Self::Boolean(_) => Kinds::BOOLEAN,
        }
    }
}

impl Enumeration {
    /// The kinds of the values.
    pub fn kinds(&self) -> Kinds {
        self.values.iter().fold(Kinds::NONE, |kinds, one| kinds | one.literal.kinds())
    }
}

/// What schemas list together.
pub(super) enum Listed {
    /// None lists anything.
    Nothing,
    /// Scalars.
    Scalars(Vec<Value>),
    /// Only null.
    Null,
    /// Objects or arrays are among the values.
    Structured(Span),
    /// No value is in all lists, or none is of an allowed kind: two places.
    Contradiction(Span, Span),
}

/// A value with its place in the list.
struct Entry<'m> {
    node: Node<'m>,
    part: SchemaId,
    at: usize,
    is_const: bool,
}

/// The values that all of some schemas list.
pub(super) fn listed(
    graph: &Graph<'_>,
    parts: &[SchemaId],
    kinds: Kinds,
    diagnostics: &mut Findings<'_>,
) -> Listed {
    let mut common: Option<Vec<Entry<'_>>> = None;
    let mut place = None;
    for part in parts {
        let Some(entries) = entries(graph, *part, diagnostics) else { continue };
        let span = graph.span(*part);
        common = Some(match common {
            None => entries,
            Some(before) => {
                let both = intersection(before, &entries);
                if both.is_empty() {
                    return Listed::Contradiction(span, place.unwrap_or(span));
                }
                both
            }
        });
        place = Some(span);
    }
    let (Some(common), Some(span)) = (common, place) else { return Listed::Nothing };
    let scalars: Vec<Entry<'_>> = common.into_iter().filter(|one| !one.node.is_null()).collect();
    if scalars.is_empty() {
        return Listed::Null;
    }
    if let Some(one) = scalars.iter().find(|one| Literal::of(one.node).is_none()) {
        return Listed::Structured(one.node.span());
    }
    let values = values(graph, &scalars, kinds, diagnostics);
    if values.is_empty() {
        let types = parts.iter().filter_map(|part| graph.keywords(*part)?.types).next();
        return Listed::Contradiction(span, types.map_or(span, |types| types.span));
    }
    Listed::Scalars(values)
}

fn entries<'m>(
    graph: &Graph<'m>,
    part: SchemaId,
    diagnostics: &mut Findings<'_>,
) -> Option<Vec<Entry<'m>>> {
    let keywords = graph.keywords(part).filter(|_| graph.facts(part).has(Facts::VALUES))?;
    let entry = |(at, location): (usize, &Location), is_const| Entry {
        node: graph.description.node(*location),
        part,
        at,
        is_const,
    };
    if let Some(constant) = &keywords.constant {
        return Some(vec![entry((0, constant), true)]);
    }
    let values = keywords.values.as_ref()?;
    if values.is_empty() {
        diagnostics.push(
            Diagnostic::violation("empty-enum", "the enumeration has no values")
                .at(graph.span(part), "no value would be valid")
                .help("all values are read; list some, or remove `enum`"),
        );
        return None;
    }
    Some(values.iter().enumerate().map(|one| entry(one, false)).collect())
}

fn intersection<'m>(one: Vec<Entry<'m>>, other: &[Entry<'m>]) -> Vec<Entry<'m>> {
    let texts: FxHashSet<&str> = other.iter().filter_map(|entry| entry.node.text()).collect();
    let is_in = |entry: &Entry<'_>| match entry.node.text() {
        Some(text) => texts.contains(text),
        None => other.iter().any(|it| it.node.equals(entry.node)),
    };
    one.into_iter().filter(is_in).collect()
}

fn values(
    graph: &Graph<'_>,
    entries: &[Entry<'_>],
    kinds: Kinds,
    diagnostics: &mut Findings<'_>,
) -> Vec<Value> {
    let mut texts = FxHashSet::default();
    let mut numbers: Vec<Node<'_>> = Vec::new();
    let mut values = Vec::new();
    let mut foreign = None;
    for entry in entries {
        let Some(mut literal) = Literal::of(entry.node) else { continue };
        if !kinds.has(literal.kinds()) {
            foreign = foreign.or(Some(entry.node.span()));
            // A list of strings in YAML lacks quotes more often than the type is wrong.
            match entry.node.scalar() {
                Some(text) if kinds == Kinds::STRING => literal = Literal::Text(text.to_owned()),
                _ => continue,
            }
        }
        let is_new = match &literal {
            Literal::Text(text) => texts.insert(text.clone()),
            _ => !numbers.iter().any(|one| one.equals(entry.node)),
        };
        if is_new {
            if !matches!(literal, Literal::Text(_)) {
                numbers.push(entry.node);
            }
            values.push(value(graph, entry, literal));
        }
    }
    if let Some(span) = foreign
        && !values.is_empty()
    {
        let message = format!("a value of the enumeration is not of type {}", kinds.names());
        diagnostics.push(
            Diagnostic::violation("enum-kind", message)
                .at(span, format!("expected {}", kinds.names()))
                .help("it is read as its text if strings are expected, and ignored if not"),
        );
    }
    values
}

fn value(graph: &Graph<'_>, entry: &Entry<'_>, literal: Literal) -> Value {
    let mut value = Value {
        literal,
        span: entry.node.span(),
        name: None,
        description: None,
        deprecated: false,
        is_const: entry.is_const,
    };
    let Some(keywords) = graph.keywords(entry.part) else { return value };
    if entry.is_const {
        value.name = keywords.title.as_ref().map(|one| one.text.clone());
        value.description = keywords.description.as_ref().map(|one| one.text.clone());
        value.deprecated = keywords.deprecated;
        return value;
    }
    annotate(graph, keywords, entry, &mut value);
    value
}

/// What extensions have to say about a value.
fn annotate(graph: &Graph<'_>, keywords: &Keywords, entry: &Entry<'_>, value: &mut Value) {
    for (name, location) in &keywords.extensions {
        let node = graph.description.node(*location);
        let found = || match node.kind() {
            Kind::Array(_) => node.item(entry.at)?.scalar().map(str::to_owned),
            Kind::Object(_) => node.get(entry.node.scalar()?)?.scalar().map(str::to_owned),
            _ => None,
        };
        match name.text.as_str() {
            "x-enum-varnames" | "x-enumNames" | "x-enum-names" => {
                value.name = value.name.take().or_else(found);
            }
            "x-enum-descriptions" | "x-enumDescriptions" => {
                value.description = value.description.take().or_else(found);
            }
            "x-ms-enum" => {
                let mut all = node.get("values").into_iter().flat_map(Node::items);
                let is_it =
                    |one: &Node<'_>| one.get("value").is_some_and(|it| it.equals(entry.node));
                let Some(one) = all.find(is_it) else { continue };
                let text = |name| one.get(name).and_then(Node::text).map(str::to_owned);
                value.name = value.name.take().or_else(|| text("name"));
                value.description = value.description.take().or_else(|| text("description"));
            }
            _ => {}
        }
    }
}
