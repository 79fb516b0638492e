//! Overloads that cannot be distinguished (CSDL 4.01, sections 12.2 and 12.4).

use super::Resolver;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::odata::edm::{ItemType, Model, Operation, OperationKind, QualifiedName, TypeRef};
use std::collections::{BTreeMap, BTreeSet};

/// The identity of an operation in a call: the name, whether it is an action, and the binding type.
type Called = (QualifiedName, bool, Option<(String, bool)>);

impl Resolver<'_> {
    /// Keeps the first of the overloads that a call cannot distinguish: actions differ in their
    /// binding type, functions also in the names of their parameters.
    ///
    /// Functions whose parameters have the same types in order, but other names, violate a rule and
    /// are distinguished by the names.
    pub(super) fn overloads(&mut self) {
        let mut by_call: BTreeMap<(Called, Vec<String>), Span> = BTreeMap::new();
        let mut by_types: BTreeMap<(Called, Vec<(String, bool)>), Span> = BTreeMap::new();
        let mut dropped = BTreeSet::new();
        for (at, operation) in self.model.operations.iter().enumerate() {
            let called = called(&self.model, operation);
            let mut names = Vec::new();
            let mut same_types = None;
            if operation.kind == OperationKind::Function {
                let own = operation.own_parameters();
                names = own.iter().map(|one| one.name.clone()).collect();
                names.sort();
                let types = own.iter().map(|one| spelled(&self.model, &one.value)).collect();
                same_types = by_types.insert((called.clone(), types), operation.span);
            }
            let first = by_call.get(&(called.clone(), names.clone())).copied();
            by_call.entry((called, names)).or_insert(operation.span);
            let (first, label) = match (first, same_types) {
                (Some(first), _) => {
                    dropped.insert(at);
                    (first, "not used")
                }
                (None, Some(first)) => {
                    (first, "distinguished from the other by the names of its parameters")
                }
                (None, None) => continue,
            };
            let message = format!("two overloads of `{}` cannot be distinguished", operation.name);
            self.diagnostics.push(
                Diagnostic::violation("duplicate-overload", message)
                    .at(operation.span, label)
                    .related(first, "first declared here")
                    .help("overloads differ in binding type, and functions in parameter names and types"),
            );
        }
        let mut at = 0..;
        self.model.operations.retain(|_| at.next().is_none_or(|at| !dropped.contains(&at)));
    }
}

fn called(model: &Model, operation: &Operation) -> Called {
    let binding = operation.binding_parameter().map(|one| spelled(model, &one.value));
    (operation.name.clone(), operation.kind == OperationKind::Action, binding)
}

/// A type as a key: what distinguishes overloads.
fn spelled(model: &Model, value: &TypeRef) -> (String, bool) {
    let item = match value.item {
        ItemType::Structured(id) => model.structured(id).name.to_string(),
        ItemType::Enum(id) => model.enum_type(id).name.to_string(),
        ItemType::Definition(id) => model.definition(id).name.to_string(),
        other => format!("{other:?}"),
    };
    (item, value.collection)
}
