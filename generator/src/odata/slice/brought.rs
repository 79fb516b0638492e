//! How much the patterns of a slice brought, and why a type is part of it.
//!
//! Enters: the trail of a walk. Leaves: counts, and chains as people read them. Must not know: how a
//! slice is made.

use super::pattern::Pattern;
use super::select::{all_paths, walked};
use super::slip::{WhyNot, unknown_type};
use super::trail::{Arrow, Thing, Trail, Via};
use crate::odata::edm::{Model, OperationId, StructuredTypeId, TypeId};

/// How much the included patterns of a slice brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// How much each included pattern brought, in their order.
    pub patterns: Vec<ByPattern>,
    /// What brought most of the types beyond those that the patterns spell, by how many.
    pub most: Vec<Bringer>,
}

/// How much an included pattern brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByPattern {
    /// How many types it reaches.
    pub types: usize,
    /// How many types no other pattern reaches.
    pub alone: usize,
}

/// A member or an operation that brought types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bringer {
    /// What it is, as a pattern that excludes it: `Namespace.Type/member` or the name of an operation.
    pub pattern: String,
    /// How many types would not be there without it.
    pub types: usize,
}

/// How many of the members and operations that brought most are named.
const NAMED: usize = 3;

impl Brought {
    pub(super) fn new(trail: &Trail<'_>, model: &Model, patterns: usize) -> Self {
        if patterns == 0 {
            return Self::default();
        }
        let dependence = trail.dependence();
        let of = |at| ByPattern {
            types: trail.reached(Thing::Pattern(at)),
            alone: dependence.of(Thing::Pattern(at)),
        };
        let may = |thing| matches!(thing, Thing::Member { .. } | Thing::Operation(_));
        let most = dependence.greatest(NAMED, may).into_iter().filter_map(|(thing, types)| {
            let pattern = match thing {
                Thing::Member { owner, name, .. } => member(model, owner, name),
                Thing::Operation(id) => model.operation(id).name.to_string(),
                _ => return None,
            };
            Some(Bringer { pattern, types })
        });
        Self { patterns: (0..patterns).map(of).collect(), most: most.collect() }
    }

    /// One line for each pattern, whose texts these are, and one for what brought most.
    pub fn lines<'a>(&self, patterns: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let is_one = self.patterns.len() == 1;
        let of = |(text, ByPattern { types, alone }): (&str, &ByPattern)| {
            let brought = format!("`{text}` brings {}", counted(*types));
            match is_one || types == alone {
                true => brought,
                false => format!("{brought}, {alone} of them with no other pattern"),
            }
        };
        let mut lines: Vec<String> = patterns.into_iter().zip(&self.patterns).map(of).collect();
        let most: Vec<String> =
            self.most.iter().map(|one| format!("`{}` ({})", one.pattern, one.types)).collect();
        if !most.is_empty() {
            lines.push(format!("most types come with {}", most.join(", ")));
        }
        lines
    }
}

/// A number of types.
fn counted(types: usize) -> String {
    if types == 1 { "1 type".to_owned() } else { format!("{types} types") }
}

/// A step of the chain from a path to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What leads on: a path so far, a member, a base, or what an operation takes or returns.
    pub via: String,
    /// The type that it reaches; for an operation, its name.
    pub reaches: String,
}

/// Why a type is part of a slice: the shortest chain to it, from a path at the service root, or
/// from a pattern that names a type.
///
/// # Errors
/// No type has the name, or the slice does not have the type.
pub fn why(
    model: &Model,
    (include, exclude): (&[Pattern], &[Pattern]),
    name: &str,
) -> Result<Vec<Reason>, WhyNot> {
    let Some(id) = model.type_named(name) else { return Err(unknown_type(model, name)) };
    let chain = |include: &[Pattern]| {
        let walk = walked(model, include, exclude);
        walk.reach.trail.chain(id).map(|chain| reasons(model, &chain))
    };
    // Without patterns every name is included. A path explains more.
    let by_path = if include.is_empty() { chain(&[all_paths()]) } else { None };
    match by_path.or_else(|| chain(include)) {
        Some(chain) => Ok(chain),
        None => Err((format!("`{name}` is not part of the slice"), None)),
    }
}

fn reasons(model: &Model, chain: &[Arrow<'_>]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut path = String::new();
    for Arrow { from, via, to } in chain {
        let via = match (via, from) {
            (Via::Same, _) => continue,
            (Via::Segment(label), _) => {
                path = format!("{path}/{label}");
                path.clone()
            }
            (Via::Base, Thing::Type(id)) => format!("base of {}", type_name(model, *id)),
            (Via::Derived, Thing::Any(id)) => {
                format!("derived from {}", model.structured(*id).name)
            }
            (Via::Parameter, Thing::Operation(id)) => format!("taken by {}", called(model, *id)),
            (Via::Result, Thing::Operation(id)) => format!("returned by {}", called(model, *id)),
            (Via::Value, Thing::Member { owner, name, .. }) => member(model, *owner, name),
            _ => "included by name".to_owned(),
        };
        let reaches = match to {
            Thing::Type(id) => type_name(model, *id),
            Thing::Operation(id) => called(model, *id),
            Thing::Any(id) | Thing::Place { object: Some(id), .. } => {
                model.structured(*id).name.to_string()
            }
            _ => String::new(),
        };
        reasons.push(Reason { via, reaches });
    }
    reasons
}

fn type_name(model: &Model, id: TypeId) -> String {
    match id {
        TypeId::Structured(id) => model.structured(id).name.to_string(),
        TypeId::Enum(id) => model.enum_type(id).name.to_string(),
        TypeId::Definition(id) => model.definition(id).name.to_string(),
    }
}

fn called(model: &Model, id: OperationId) -> String {
    model.operation(id).name.to_string()
}

fn member(model: &Model, owner: StructuredTypeId, name: &str) -> String {
    format!("{}/{name}", model.structured(owner).name)
}
