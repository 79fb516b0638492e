//! Actions and functions as methods of path types.
//!
//! An operation is a method of the path types of every place that it may follow. The parameters of an action have a separate builder, like an update.

use super::requests::path_type;
use super::restrictions::scopes;
use super::table::Table;
use super::{structs, types};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Absence, Argument, Call, Changed, Docs, Method, Parameter, Passing, Prose, Setter, Signature,
    Type, Update,
};
use crate::odata::csdl::is_query_name;
use crate::odata::edm::{
    self, ItemType, Operation, OperationId, OperationKind, Primitive, TypeRef,
};

/// The builder for the parameters of an action, if it has any.
pub(super) fn parameters(table: &Table<'_>, id: OperationId) -> Option<Update> {
    let name = table.parameters.get(&id)?.name.clone();
    let model = table.model;
    let operation = model.operation(id);
    let mut scope = Scope::with_reserved(&structs::SETTERS);
    let mut setters = Vec::new();
    for parameter in operation.own_parameters() {
        let element = format!("{}/{}", operation.name, parameter.name);
        let name = table.claim(
            &mut scope,
            (&element, parameter.span),
            &naming::value_name(&parameter.name),
        );
        setters.push(Setter {
            name: identifier(&name),
            wire_name: parameter.name.clone(),
            docs: parameter_docs(parameter).into(),
            takes: types::taken(
                types::value(table, &parameter.value),
                !parameter.value.collection && parameter.value.nullable != Some(false),
            ),
            is_related: false,
        });
    }
    let wire_name = operation.name.to_string();
    Some(Update {
        name,
        docs: Docs::new(vec![
            Prose::new("The parameters of the action ").code(&wire_name).words("."),
            Prose::new(
                "A parameter that is not set is left out; one that is set to `Null` or `None` is sent as null.",
            ),
        ]),
        wire_name,
        changed: Changed::Parameters,
        setters,
    })
}

fn parameter_docs(parameter: &edm::Parameter) -> Docs {
    let mut facts = Vec::new();
    if parameter.annotations.is_optional_parameter() {
        facts.push(Prose::new("may be left out"));
    }
    let what = Prose::new("The parameter ");
    structs::element_docs(&parameter.annotations, what, &parameter.name, facts)
}

/// The methods for some operations that may follow a place, or that one import calls. Of the overloads of
/// a function the one with the fewest parameters has the plain name, the others name their parameters.
pub(super) fn methods(
    table: &Table<'_>,
    scope: &mut Scope,
    mut operations: Vec<OperationId>,
    segment: impl Fn(&Operation) -> String,
) -> Vec<Method> {
    let model = table.model;
    operations.retain(|id| is_callable(model.operation(*id)));
    operations.sort_by_key(|id| model.operation(*id).own_parameters().len());
    let mut plain = std::collections::BTreeSet::new();
    let mut methods = Vec::new();
    for id in operations {
        let operation = model.operation(id);
        let segment = segment(operation);
        let mut wanted = naming::value_name(segment.rsplit('.').next().unwrap_or(&segment));
        if !plain.insert(wanted.clone()) && operation.kind == OperationKind::Function {
            wanted = with_parameters(&wanted, operation);
        }
        let element = format!("{} ({:?})", operation.name, operation.kind);
        let name = table.claim(scope, (&element, operation.span), &wanted);
        let docs = operation_docs(operation, &name);
        let (signature, call) = call(table, id, operation, segment);
        methods.push(Method { name: identifier(&name), docs, signature, call });
    }
    methods
}

/// The name of an overload that names its parameters. An underscore that keeps a name from being a
/// keyword is not needed within a longer one.
fn with_parameters(name: &str, operation: &Operation) -> String {
    let word = |name: &str| name.trim_end_matches('_').to_owned();
    let own = operation.own_parameters().iter();
    let names: Vec<String> = own.map(|one| word(&naming::value_name(&one.name))).collect();
    format!("{}_with_{}", word(name), names.join("_and_"))
}

/// Whether a path can name every argument that the operation needs. The arguments of an action are
/// in the body, so they never matter.
fn is_callable(operation: &Operation) -> bool {
    operation.kind == OperationKind::Action
        || operation
            .own_parameters()
            .iter()
            .all(|one| is_query_name(&one.name) || one.annotations.is_optional_parameter())
}

fn operation_docs(operation: &Operation, name: &str) -> Docs {
    let mut docs = structs::described(&operation.annotations);
    if docs.paragraphs.is_empty() {
        docs.paragraphs.push(match operation.kind {
            OperationKind::Action => Prose::new("Calls the action"),
            OperationKind::Function => Prose::new("Calls the function"),
        });
    }
    docs.alias(name, &operation.name.name);
    docs.paragraphs.extend(scopes(operation.annotations.operation_scopes()));
    docs
}

/// The signature of the method for an operation, and its effect.
fn call(
    table: &Table<'_>,
    id: OperationId,
    operation: &Operation,
    segment: String,
) -> (Signature, Call) {
    let returned = operation.return_type.as_ref().map(|returned| &returned.value);
    let answer = returned.map_or(Type::Unit, |value| answer(table, value));
    // Bytes may be of any media type.
    let accept = (answer == Type::Bytes).then(|| "*/*".to_owned());
    if operation.kind == OperationKind::Action {
        let parameters = table.parameters.get(&id).map(|builder| {
            Parameter::new("parameters", Type::Generated(builder.clone()).into_body())
        });
        let signature = Signature::request(parameters.into_iter().collect(), answer);
        return (signature, Call::Act { segment, accept });
    }
    let mut scope = Scope::default();
    let (parameters, arguments): (Vec<Parameter>, Vec<Argument>) =
        operation.path_parameters().map(|one| argument(table, &mut scope, one)).unzip();
    let inline = arguments.iter().all(|argument| argument.passing == Passing::Literal);
    let target = returned.and_then(|value| match value.item {
        ItemType::Structured(id) if operation.is_composable && inline => {
            path_type(table, id, value.collection)
        }
        _ => None,
    });
    match target {
        Some(target) => (Signature::path(parameters, target), Call::Follow { segment, arguments }),
        None => {
            let signature = Signature::request(parameters, answer);
            (signature, Call::Compute { segment, arguments, accept })
        }
    }
}

/// The argument for a parameter of a function, and how it gets into the URL.
fn argument(
    table: &Table<'_>,
    scope: &mut Scope,
    parameter: &edm::Parameter,
) -> (Parameter, Argument) {
    let value = types::value(table, &parameter.value);
    let is_literal = types::is_literal(&value, parameter.value.item);
    let passing = if is_literal { Passing::Literal } else { Passing::Alias };
    let takes_null = parameter.value.allows_null() || parameter.value.allows_null_items();
    let absence = match takes_null {
        _ if parameter.annotations.is_optional_parameter() => Absence::Omitted,
        true => Absence::Null,
        false => Absence::Never,
    };
    let value = types::taken(value, absence != Absence::Never);
    let name = scope.claim(&naming::value_name(&parameter.name), &parameter.name).name;
    let name = identifier(&name);
    let taken = Parameter::new(&name, value);
    (taken, Argument { name, wire_name: parameter.name.clone(), passing, absence })
}

/// What an operation returns.
fn answer(table: &Table<'_>, value: &TypeRef) -> Type {
    let item = types::item(table, value.item);
    match value.item {
        _ if value.collection => item.page(),
        ItemType::Primitive(Primitive::Stream) => Type::Bytes,
        _ if value.denies_null() => item,
        _ => item.optional(),
    }
}
