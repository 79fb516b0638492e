//! Which requests carry values of a type, and the shortest way to write them.

use crate::odata::edm::service::{
    Edge, Follow, Label, Navigations, Node, Properties, Service, Template,
};
use crate::odata::edm::{
    ItemType, Model, Operation, OperationKind, StructuredTypeId, TypeId, TypeRef,
};
use crate::review::change::Change;
use crate::review::findings::Which;
use crate::review::rule::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// A place of the service: one entity or a collection of a type.
type Place = (StructuredTypeId, bool);

/// A request is shown by the shortest path of any kind. Functions are not part of it: their results
/// have another path, or are reported with the function.
const READ: Follow = Follow {
    navigations: Navigations::All,
    properties: Properties::Objects,
    casts: true,
    operations: false,
};

/// Adds to changes the requests that they affect, on the side where what changed exists. A change
/// that a client does not see affects none.
pub(super) fn set(old: &Model, new: &Model, changes: &mut [Change]) {
    let (mut before, mut after) = (Routes::new(old), Routes::new(new));
    for change in changes.iter_mut().filter(|one| one.rule.severity != Severity::Note) {
        let routes = match change.which() {
            Which::Old => &mut before,
            Which::New => &mut after,
        };
        change.affects(&routes.of(&change.target));
    }
}

/// The requests of a service.
struct Routes<'m> {
    service: Service<'m>,
    /// The shortest path to each place.
    places: BTreeMap<Place, String>,
    /// Requests by the type of the values that they carry.
    by_type: BTreeMap<TypeId, BTreeSet<String>>,
    /// Requests by the element that is called or followed: `Ns.operation`, `Ns.Type/navigation`.
    by_element: BTreeMap<String, BTreeSet<String>>,
    /// The structured types that have a property of a type.
    holders: BTreeMap<TypeId, BTreeSet<StructuredTypeId>>,
    found: BTreeMap<String, BTreeSet<String>>,
}

impl<'m> Routes<'m> {
    fn new(model: &'m Model) -> Self {
        let service = Service::new(model);
        let mut routes = Self {
            places: places(&service),
            service,
            by_type: BTreeMap::new(),
            by_element: BTreeMap::new(),
            holders: BTreeMap::new(),
            found: BTreeMap::new(),
        };
        routes.roots();
        routes.navigations();
        for operation in &model.operations {
            routes.operation(operation);
        }
        for id in model.structured_ids() {
            for property in &model.structured(id).properties {
                if let Some(held) = property.value.item.declared() {
                    routes.holders.entry(held).or_default().insert(id);
                }
            }
        }
        routes
    }

    /// The requests that a change of an element touches: of a type, one of its members, an
    /// operation, or a member of the container. The shortest first.
    fn of(&mut self, target: &str) -> Vec<&str> {
        if !self.found.contains_key(target) {
            let found = self.find(target);
            self.found.insert(target.to_owned(), found);
        }
        let mut found: Vec<&str> = self.found[target].iter().map(String::as_str).collect();
        found.sort_by_key(|request| (request.matches('/').count(), request.len(), *request));
        found
    }

    fn find(&self, target: &str) -> BTreeSet<String> {
        let mut segments = target.split('/');
        let owner = segments.next().unwrap_or_default();
        let member = segments.next();
        if let Some((operation, _)) = owner.split_once('(') {
            return self.by_element.get(operation).cloned().unwrap_or_default();
        }
        if let Some(member) = member
            && let Some(requests) = self.by_element.get(&format!("{owner}/{member}"))
        {
            return requests.clone();
        }
        match self.service.model.type_named(owner) {
            Some(id) => self.carrying(id),
            None => BTreeSet::new(),
        }
    }

    /// The requests that carry values of a type, also within other values.
    fn carrying(&self, id: TypeId) -> BTreeSet<String> {
        let mut requests = BTreeSet::new();
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            requests.extend(self.by_type.get(&id).into_iter().flatten().cloned());
            let holders = self.holders.get(&id).into_iter().flatten();
            open.extend(holders.map(|holder| TypeId::Structured(*holder)));
            if let TypeId::Structured(id) = id {
                let derived = self.service.descendants.get(&id).into_iter().flatten();
                open.extend(derived.map(|one| TypeId::Structured(*one)));
            }
        }
        requests
    }

    fn carries(&mut self, value: &TypeRef, request: &str) {
        if let Some(id) = value.item.declared() {
            self.by_type.entry(id).or_default().insert(request.to_owned());
        }
    }

    fn roots(&mut self) {
        let model = self.service.model;
        let Some(container) = &model.container else { return };
        let sets = container.entity_sets.iter().map(|one| (&one.name, one.entity_type));
        let singletons = container.singletons.iter().map(|one| (&one.name, one.entity_type));
        for (name, entity) in sets.chain(singletons) {
            let request = format!("GET /{name}");
            let element = format!("{}/{name}", container.name);
            self.by_element.entry(element).or_default().insert(request.clone());
            self.by_type.entry(TypeId::Structured(entity)).or_default().insert(request);
        }
        for set in &container.entity_sets {
            let request = format!("GET /{}/{{id}}", set.name);
            self.by_type.entry(TypeId::Structured(set.entity_type)).or_default().insert(request);
        }
        for import in &container.imports {
            for id in &import.operations {
                let request = call(model.operation(*id), "", &import.name);
                let element = format!("{}/{}", container.name, import.name);
                self.by_element.entry(element).or_default().insert(request.clone());
                self.called(model.operation(*id), &request);
            }
        }
    }

    fn navigations(&mut self) {
        let model = self.service.model;
        for id in model.structured_ids() {
            let Some(place) = self.place((id, false)) else { continue };
            for navigation in &model.structured(id).navigation_properties {
                let request = format!("GET {place}/{}", navigation.name);
                let element = format!("{}/{}", model.structured(id).name, navigation.name);
                self.by_element.entry(element).or_default().insert(request.clone());
                if let Some(target) = navigation.target {
                    let target = TypeId::Structured(target);
                    if navigation.collection && navigation.contains_target {
                        let one = format!("{request}/{{id}}");
                        self.by_type.entry(target).or_default().insert(one);
                    }
                    self.by_type.entry(target).or_default().insert(request);
                }
            }
        }
    }

    fn operation(&mut self, operation: &'m Operation) {
        let Some(binding) = operation.binding_parameter() else {
            return;
        };
        let ItemType::Structured(id) = binding.value.item else { return };
        let Some(place) = self.place((id, binding.value.collection)) else { return };
        let request = call(operation, &place, &operation.name.to_string());
        self.called(operation, &request);
    }

    fn called(&mut self, operation: &Operation, request: &str) {
        let element = operation.name.to_string();
        self.by_element.entry(element).or_default().insert(request.to_owned());
        for parameter in operation.own_parameters() {
            self.carries(&parameter.value, request);
        }
        if let Some(returned) = &operation.return_type {
            self.carries(&returned.value, request);
        }
    }

    /// The shortest path to a place, or to one of a derived type.
    fn place(&self, (id, many): Place) -> Option<String> {
        let derived = self.service.descendants.get(&id).into_iter().flatten();
        self.places.get(&(id, many)).cloned().or_else(|| {
            derived
                .filter_map(|one| self.places.get(&(*one, many)))
                .min_by_key(|path| (path.matches('/').count(), path.len(), *path))
                .cloned()
        })
    }
}

/// A call of an operation at a place.
fn call(operation: &Operation, place: &str, name: &str) -> String {
    match operation.kind {
        OperationKind::Action => format!("POST {place}/{name}"),
        OperationKind::Function => {
            let own = operation.own_parameters();
            let arguments: Vec<String> =
                own.iter().map(|one| format!("{}={{{}}}", one.name, one.name)).collect();
            format!("GET {place}/{name}({})", arguments.join(","))
        }
    }
}

/// The shortest path to each place.
fn places(service: &Service<'_>) -> BTreeMap<Place, String> {
    let go = |path: &Template, edge: &Edge<'_>| {
        Some(path.with(
            edge.step,
            &match edge.step.label() {
                Label::Key => "/{id}".to_owned(),
                Label::Name(name) => format!("/{name}"),
                Label::Qualified(name) => format!("/{name}"),
            },
        ))
    };
    let paths = service.first_paths(READ, Template::default(), go);
    let place = |(node, path): (Node, Template)| match node {
        Node::Resource { object, collection } => {
            Some(((object, collection), path.as_str().to_owned()))
        }
        Node::Root | Node::Value => None,
    };
    paths.into_iter().filter_map(place).collect()
}
