//! Bases of structured types, and values that would have to hold themselves.

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{ItemType, Model, StructuredKind, StructuredType};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for declared in &model.structured_types {
        if let Some(base) = declared.base {
            base_fits(declared, model.structured(base), diagnostics);
        }
    }
    required_cycles(model, diagnostics);
}

fn base_fits(declared: &StructuredType, base: &StructuredType, diagnostics: &mut Diagnostics) {
    let name = &declared.name;
    if declared.kind != base.kind {
        let (article, kind) = match declared.kind {
            StructuredKind::Entity => ("an", "entity"),
            StructuredKind::Complex => ("a", "complex"),
        };
        let message = format!("the {kind} type `{name}` is derived from another kind of type");
        diagnostics.push(
            Diagnostic::error("wrong-type-kind", message)
                .at(declared.span, format!("its base `{}` is not {article} {kind} type", base.name))
                .related(base.span, "the base")
                .help("derive entity types from entity types, complex types from complex types"),
        );
    }
    // Graph does so (policyBase below directoryObject), and it makes no difference to clients.
    if declared.is_abstract && !base.is_abstract && declared.kind == StructuredKind::Entity {
        let message = format!("the abstract type `{name}` has a base that is not abstract");
        diagnostics.push(
            Diagnostic::violation("abstract-base", message)
                .at(declared.span, "abstract")
                .related(base.span, "not abstract")
                .help("make the base abstract too, or this type concrete"),
        );
    }
}

/// Follows the required single values: if they form a cycle, no value can exist.
fn required_cycles(model: &Model, diagnostics: &mut Diagnostics) {
    let mut state = vec![State::New; model.structured_types.len()];
    for start in 0..state.len() {
        let mut stack = vec![(start, required(model, start))];
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        while let Some((at, targets)) = stack.last_mut() {
            let at = *at;
            match targets.pop() {
                None => {
                    state[at] = State::Done;
                    stack.pop();
                }
                Some(target) if state[target] == State::New => {
                    state[target] = State::Open;
                    stack.push((target, required(model, target)));
                }
                Some(target) if state[target] == State::Open => {
                    let declared = &model.structured_types[target];
                    let message =
                        format!("each value of `{}` must hold another one", declared.name);
                    diagnostics.push(
                        Diagnostic::violation("required-cycle", message)
                            .at(declared.span, "a value of this type would be infinite")
                            .help("make one of the properties in the cycle nullable"),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The types of which a value of a type must hold a value.
fn required(model: &Model, at: usize) -> Vec<usize> {
    let declared = &model.structured_types[at];
    let properties = declared.properties.iter().filter_map(|one| match one.value.item {
        ItemType::Structured(id) if one.value.is_never_null() => Some(id),
        _ => None,
    });
    let contained = declared
        .navigation_properties
        .iter()
        .filter(|one| one.contains_target && one.is_never_null())
        .filter_map(|one| one.target);
    properties.chain(contained).chain(declared.base).map(|id| id.0 as usize).collect()
}
