//! Free functions: each request of an entity type at its shortest path.
//!
//! The shortest path is the one with the fewest segments from the service root, along sets,
//! singletons and navigation properties of the declared types, without casts; of several the one
//! that comes first by name. So there is one function for each entity type and request.

use super::requests::{Paths, changes};
use super::table::Table;
use super::{requests, types};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Call, Docs, Function, Method, Parameter, Prose, Receiver, Request, Signature, Step, Type,
};
use crate::input::config::Crud;
use crate::odata::csdl::is_segment_name;
use crate::odata::edm::{StructuredTypeId, TypeId};
use std::collections::{BTreeMap, VecDeque};

/// The offered methods, from which a function takes its steps.
struct Offer<'o> {
    entry: &'o [Method],
    paths: &'o BTreeMap<StructuredTypeId, Paths>,
}

/// A way to an entity or a collection, from the service root.
#[derive(Clone, Debug, Default)]
struct Route {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug)]
struct Segment {
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

/// The shortest route to each entity type, breadth first.
fn routes(table: &Table<'_>) -> BTreeMap<StructuredTypeId, Route> {
    let mut routes = BTreeMap::new();
    let mut open: VecDeque<Route> = roots(table).into();
    while let Some(route) = open.pop_front() {
        let Some(last) = route.segments.last() else { continue };
        if routes.contains_key(&last.target) {
            continue;
        }
        let mut next: Vec<Segment> = table
            .model
            .all_navigation_properties(last.target)
            .into_iter()
            .filter(|(_, one)| one.contains_target && is_segment_name(&one.name))
            .filter_map(|(_, navigation)| {
                Some(Segment {
                    wire: navigation.name.clone(),
                    target: navigation.target?,
                    collection: navigation.collection,
                })
            })
            .collect();
        next.sort_by(|a, b| a.wire.cmp(&b.wire));
        for segment in next {
            let mut segments = route.segments.clone();
            segments.push(segment);
            open.push_back(Route { segments });
        }
        routes.insert(last.target, route);
    }
    routes
}

fn roots(table: &Table<'_>) -> Vec<Route> {
    let Some(container) = &table.model.container else {
        return Vec::new();
    };
    let sets = container.entity_sets.iter().map(|set| (&set.name, set.entity_type, true));
    let singletons = container.singletons.iter().map(|one| (&one.name, one.entity_type, false));
    let mut roots: Vec<Segment> = sets
        .chain(singletons)
        .filter(|(wire, _, _)| is_segment_name(wire))
        .map(|(wire, target, collection)| Segment { wire: wire.clone(), target, collection })
        .collect();
    roots.sort_by(|a, b| a.wire.cmp(&b.wire));
    roots.into_iter().map(|segment| Route { segments: vec![segment] }).collect()
}

fn function(
    table: &Table<'_>,
    offer: &Offer<'_>,
    scope: &mut Scope,
    (id, route): (StructuredTypeId, &Route),
    crud: Crud,
) -> Option<Function> {
    let last = route.segments.last()?;
    let of_collection = matches!(crud, Crud::List | Crud::Create);
    let restriction = table.restrictions.of(id).remove(&crud)?;
    // A singleton can be neither listed, created nor deleted.
    let singleton = route.segments.len() == 1 && !last.collection;
    let impossible = (of_collection && !last.collection) || (singleton && crud == Crud::Delete);
    if !restriction.is_allowed() || impossible {
        return None;
    }
    let update = changes(table, id)?;
    let (verb, request) = match crud {
        Crud::List => ("list", Request::List),
        Crud::Get => ("get", Request::Get),
        Crud::Create => ("create", Request::Create),
        Crud::Update => ("update", Request::Update(update)),
        Crud::Delete => ("delete", Request::Delete),
    };
    let Way { mut arguments, mut steps, template } = steps(table, offer, route, !of_collection)?;
    let qualified = &table.model.structured(id).name;
    let noun = naming::value_name(&qualified.name);
    let mut wanted = format!("{verb}_{noun}");
    if !scope.is_free(&wanted) {
        // Types of one name in several namespaces are told apart by the namespace.
        let module = table.structured(id).module.last().cloned().unwrap_or_default();
        wanted = format!("{verb}_{module}_{noun}");
    }
    let element = format!("{verb} {qualified}");
    let name = table.claim(scope, &element, &wanted);
    let wire_name = table.model.structured(id).name.to_string();
    let (http, says) = match crud {
        Crud::List => ("GET", "Reads the first page of a collection of "),
        Crud::Get => ("GET", "Reads a "),
        Crud::Create => ("POST", "Creates a "),
        Crud::Update => ("PATCH", "Changes a "),
        Crud::Delete => ("DELETE", "Deletes a "),
    };
    let mut paragraphs = vec![
        Prose::new(says).code(&wire_name).words("."),
        Prose::new("Sends ").code(&format!("{http} {template}")).words("."),
    ];
    paragraphs.extend(restriction.scopes());
    let ways = arguments.len();
    arguments.insert(0, Parameter::new(CLIENT, Type::Client.by_ref()));
    let signature = requests::signature(&request, arguments, &types::entity(table, id));
    let last = signature.arguments.iter().skip(1 + ways).map(|one| one.name.clone());
    steps.push(Step { method: verb.to_owned(), arguments: last.collect() });
    Some(Function {
        name: identifier(&name),
        docs: Docs { paragraphs, deprecated: None },
        signature: Signature { receiver: Receiver::None, ..signature },
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
        let method = offered.iter().find(|method| leads_along(method, &segment.wire))?;
        steps.push(Step { method: method.name.clone(), arguments: Vec::new() });
        template.push('/');
        template.push_str(&segment.wire);
        let paths = offer.paths.get(&segment.target)?;
        let more = at + 1 < route.segments.len() || to_entity;
        if segment.collection && more {
            let (taken, step) = key_step(table, paths, segment, &mut scope)?;
            arguments.extend(taken);
            steps.push(step);
            template.push_str("/{key}");
        }
        offered = &paths.single.methods;
    }
    Some(Way { arguments, steps, template })
}

fn leads_along(method: &Method, wire: &str) -> bool {
    matches!(&method.call, Call::Child { segment } if segment == wire)
}

fn key_step(
    table: &Table<'_>,
    paths: &Paths,
    segment: &Segment,
    scope: &mut Scope,
) -> Option<(Vec<Parameter>, Step)> {
    let type_name = &table.model.structured(segment.target).name.name;
    let noun = naming::value_name(&naming::singular(&segment.wire, type_name));
    // A word that cannot be a name has an underscore already.
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
    Some((taken, Step { method: method.name.clone(), arguments }))
}
