//! Free functions: each request of an entity type at its shortest path.
//!
//! The shortest path is the one with the fewest segments from the service root, along sets,
//! singletons and navigation properties of the declared types, without casts; among several, the
//! one whose name sorts first. So there is one function for each entity type and request.

use super::requests::{self, Paths};
use super::restrictions::Restriction;
use super::routes;
use super::table::Table;
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Call, Docs, Function, Method, Parameter, Prose, Receiver, Signature, Step, Type,
};
use crate::input::config::Crud;
use crate::odata::csdl::is_segment_name;
use crate::odata::edm::service::{Edge, Follow, Label, Navigations, Node, Properties};
use crate::odata::edm::{StructuredTypeId, TypeId};
use std::collections::BTreeMap;

/// Functions reach entities by containment alone. Without casts and complex values, each argument is
/// the key of an entity that the path names.
const OWNED: Follow = Follow {
    navigations: Navigations::Contained,
    properties: Properties::None,
    casts: false,
    operations: false,
};

/// The offered methods, from which a function takes its steps.
struct Offer<'o> {
    entry: &'o [Method],
    paths: &'o BTreeMap<StructuredTypeId, Paths>,
}

/// A route to an entity or a collection, from the service root. Routes are ordered by length, and
/// then by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Route {
    length: usize,
    segments: Vec<RouteSegment>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RouteSegment {
    wire: String,
    target: StructuredTypeId,
    collection: bool,
}

/// The functions for all entity types, by name of the type.
pub(super) fn functions(
    table: &Table<'_>,
    entry: &[Method],
    paths: &BTreeMap<StructuredTypeId, Paths>,
) -> Vec<Function> {
    let mut functions = Vec::new();
    let mut scope = Scope::default();
    let routes = routes(table);
    let offer = Offer { entry, paths };
    let kinds = table.config.package.functions.clone();
    for id in table.type_ids() {
        let TypeId::Structured(id) = id else { continue };
        if let Some(route) = routes.get(&id) {
            for crud in &kinds {
                functions.extend(function(table, &offer, &mut scope, (id, route), *crud));
            }
        }
    }
    functions
}

/// The shortest route to each entity type.
fn routes(table: &Table<'_>) -> BTreeMap<StructuredTypeId, Route> {
    let go = |route: &Route, edge: &Edge<'_>| {
        let (Node::Resource { object: target, collection }, Label::Name(wire)) =
            (edge.to, edge.step.label())
        else {
            // The key of an entity is not counted as a segment.
            return Some(route.clone());
        };
        let mut next = route.clone();
        next.length += 1;
        next.segments.push(RouteSegment { wire: wire.to_owned(), target, collection });
        is_segment_name(wire).then_some(next)
    };
    let mut routes: BTreeMap<StructuredTypeId, Route> = BTreeMap::new();
    for (node, route) in table.service.first_paths(OWNED, Route::default(), go) {
        let Node::Resource { object, .. } = node else { continue };
        let known = routes.entry(object).or_insert_with(|| route.clone());
        if route < *known {
            *known = route;
        }
    }
    routes
}

fn function(
    table: &Table<'_>,
    offer: &Offer<'_>,
    scope: &mut Scope,
    (id, route): (StructuredTypeId, &Route),
    crud: Crud,
) -> Option<Function> {
    let last = route.segments.last()?;
    // A singleton can be neither listed, created nor deleted.
    let singleton = route.segments.len() == 1 && !last.collection;
    let of_collection = matches!(crud, Crud::List | Crud::Create);
    if (of_collection && !last.collection) || (singleton && crud == Crud::Delete) {
        return None;
    }
    let (name, words) = match crud {
        Crud::List => ("list", "Reads the first page of a collection of "),
        Crud::Get => ("get", "Reads a "),
        Crud::Create => ("create", "Creates a "),
        Crud::Update => ("update", "Changes a "),
        Crud::Delete => ("delete", "Deletes a "),
    };
    // Only requests that the service allows have a method.
    let paths = offer.paths.get(&id)?;
    let path = if of_collection { paths.collection.as_ref()? } else { &paths.single };
    let method = path.methods.iter().find(|method| method.name == name)?;
    let Call::Send(request) = &method.call else { return None };
    let Way { mut arguments, mut steps, template } = steps(table, offer, route, !of_collection)?;
    let qualified = &table.model.structured(id).name;
    let noun = naming::value_name(&qualified.name);
    let mut wanted = format!("{name}_{noun}");
    if !scope.is_free(&wanted) {
        // Types of one name in several namespaces are distinguished by the namespace.
        let module = table.structured(id).module.last().cloned().unwrap_or_default();
        wanted = format!("{name}_{module}_{noun}");
    }
    let element = format!("{name} {qualified}");
    let claimed = table.claim(scope, (&element, table.model.structured(id).span), &wanted);
    let mut docs = Docs::new(vec![Prose::new(words).code(&qualified.to_string())]);
    docs.locate(&format!("{} {template}", request.verb()));
    docs.paragraphs.extend(table.restrictions.of(id).get(&crud).and_then(Restriction::scopes));
    let Signature { generics, arguments: last, result, .. } = method.signature.clone();
    arguments.insert(0, Parameter::new(CLIENT, Type::Client.by_ref()));
    steps.push(Step {
        method: method.name.clone(),
        arguments: last.iter().map(|one| one.name.clone()).collect(),
    });
    arguments.extend(last);
    Some(Function {
        name: identifier(&claimed),
        docs,
        signature: Signature { generics, receiver: Receiver::None, arguments, result },
        steps,
    })
}

/// The argument that is the client.
const CLIENT: &str = "client";

/// How a resource is reached.
struct Way {
    /// The keys on the way.
    arguments: Vec<Parameter>,
    /// The methods along the route.
    steps: Vec<Step>,
    /// The path as a template.
    template: String,
}

/// How the end of a route is reached.
fn steps(table: &Table<'_>, offer: &Offer<'_>, route: &Route, to_entity: bool) -> Option<Way> {
    let mut steps = Vec::new();
    let mut template = String::new();
    let mut arguments = Vec::new();
    let mut scope = Scope::with_reserved(&[CLIENT, requests::UPDATE, requests::VALUE]);
    let mut offered = offer.entry;
    for (at, segment) in route.segments.iter().enumerate() {
        let method = offered.iter().find(|method| goes_along(method, &segment.wire))?;
        steps.push(Step { method: method.name.clone(), arguments: Vec::new() });
        template.push_str(&routes::segment(&method.call));
        let paths = offer.paths.get(&segment.target)?;
        let more = at + 1 < route.segments.len() || to_entity;
        if segment.collection && more {
            let (taken, step, call) = key_step(table, paths, segment, &mut scope)?;
            arguments.extend(taken);
            steps.push(step);
            template.push_str(&routes::segment(call));
        }
        offered = &paths.single.methods;
    }
    Some(Way { arguments, steps, template })
}

fn goes_along(method: &Method, wire: &str) -> bool {
    matches!(&method.call, Call::Child { segment } if segment == wire)
}

fn key_step<'p>(
    table: &Table<'_>,
    paths: &'p Paths,
    segment: &RouteSegment,
    scope: &mut Scope,
) -> Option<(Vec<Parameter>, Step, &'p Call)> {
    let type_name = &table.model.structured(segment.target).name.name;
    let noun = naming::value_name(&naming::singular(&segment.wire, type_name));
    // A word that cannot be a name already has an underscore.
    let noun = noun.trim_end_matches('_');
    let mut methods = paths.collection.as_ref()?.methods.iter();
    let method = methods.find(|method| matches!(method.call, Call::Key { .. }))?;
    let Call::Key { parts, .. } = &method.call else { return None };
    let taken = parts.iter().map(|part| {
        let wanted = format!("{noun}_{}", naming::value_name(&part.wire_name));
        let name = identifier(&scope.claim(&wanted, &segment.wire).name);
        Some(Parameter { name, value: method.signature.argument(&part.name)?.clone() })
    });
    let taken: Vec<Parameter> = taken.collect::<Option<_>>()?;
    let arguments = taken.iter().map(|one| one.name.clone()).collect();
    Some((taken, Step { method: method.name.clone(), arguments }, &method.call))
}
