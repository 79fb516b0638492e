//! Every navigation property of a service that a URL can reach has a typed method, and every place is
//! reached by typed methods alone.
//!
//! The real schema is not part of the repository; see `test_support::shared`.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::config::{Config, KeyStyle};
use schemacrate::internals::crate_plan::{
    Call, Cardinality, CratePlan, Item, ItemPath, Method, Module, Path,
};
use schemacrate::internals::edm::{
    ItemType, Model, Operation, OperationKind, StructuredKind, StructuredTypeId, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};
use test_support::{edmx, model, planned, schema, shared};

/// A type, and whether there is a collection of it.
type Place = (StructuredTypeId, bool);

fn of_value(value: &TypeRef) -> Option<Place> {
    match value.item {
        ItemType::Structured(id) => Some((id, value.collection)),
        _ => None,
    }
}

/// The place that a composable function returns.
fn result(operation: &Operation) -> Option<Place> {
    let follows = operation.kind == OperationKind::Function && operation.is_composable;
    of_value(&operation.return_type.as_ref().filter(|_| follows)?.value)
}

/// A base with more derived types than this has no typed casts: there would be one to most of the schema.
const MOST_CASTS: usize = 256;

/// The places that URLs of the service can reach, by the rules of OData and not by the generator's graph.
fn places(model: &Model) -> BTreeSet<Place> {
    let container = model.container.as_ref().unwrap();
    let mut open: Vec<Place> = Vec::new();
    open.extend(container.entity_sets.iter().map(|set| (set.entity_type, true)));
    open.extend(container.singletons.iter().map(|one| (one.entity_type, false)));
    let imported = container.imports.iter().flat_map(|one| &one.operations);
    open.extend(imported.filter_map(|id| result(model.operation(*id))));
    let descendants = model.descendants();
    let mut found = BTreeSet::new();
    while let Some(place) = open.pop() {
        if !found.insert(place) {
            continue;
        }
        let (id, many) = place;
        let is_entity = |id| model.structured(id).kind == StructuredKind::Entity;
        let casts = Some(&descendants[&id]).filter(|all| all.len() <= MOST_CASTS);
        open.extend(casts.into_iter().flatten().map(|derived| (*derived, many)));
        let bases = model.bases(id);
        let bound = model.operations.iter().filter(|one| {
            let binding = one.binding_parameter().and_then(|one| of_value(&one.value));
            binding.is_some_and(|(to, collection)| collection == many && bases.contains(&to))
        });
        open.extend(bound.filter_map(result));
        if many {
            // Only entities have keys.
            open.extend(is_entity(id).then_some((id, false)));
            continue;
        }
        let members = model.members(id);
        let navigations = members.navigation_properties.iter();
        open.extend(navigations.filter_map(|(_, one)| Some((one.target?, one.collection))));
        let values = members.properties.iter().filter_map(|(_, one)| of_value(&one.value));
        open.extend(values.filter(|(id, _)| !is_entity(*id)));
    }
    found
}

/// The path types of a crate by where they are.
fn paths(plan: &CratePlan) -> BTreeMap<(Vec<String>, String), &Path> {
    fn add<'p>(
        module: &'p Module,
        at: &[String],
        found: &mut BTreeMap<(Vec<String>, String), &'p Path>,
    ) {
        for item in module.files.values().flat_map(|file| &file.items) {
            if let Item::Path(path) = item {
                found.insert((at.to_vec(), path.name.clone()), path);
            }
        }
        for (name, inner) in &module.modules {
            add(inner, &[at, std::slice::from_ref(name)].concat(), found);
        }
    }
    let mut found = BTreeMap::new();
    for (name, module) in &plan.modules {
        add(module, std::slice::from_ref(name), &mut found);
    }
    found
}

/// What typed methods reach.
struct Typed<'p> {
    paths: BTreeMap<(Vec<String>, String), &'p Path>,
    /// The methods of each place, by the wire name of its type.
    methods: BTreeMap<(String, bool), &'p [Method]>,
}

impl<'p> Typed<'p> {
    fn new(plan: &'p CratePlan) -> Self {
        let mut typed = Self { paths: paths(plan), methods: BTreeMap::new() };
        let mut open: Vec<&Method> = plan.entry.iter().collect();
        while let Some(method) = open.pop() {
            let Some(path) = typed.target(method) else { continue };
            if typed.methods.insert(place(path), &path.methods).is_none() {
                open.extend(&path.methods);
            }
        }
        typed
    }

    fn target(&self, method: &Method) -> Option<&'p Path> {
        let goes = matches!(
            method.call,
            Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Follow { .. }
        );
        let ItemPath { module, name, .. } = method.target().filter(|_| goes)?;
        self.paths.get(&(module.to_vec(), name.clone())).copied()
    }
}

fn place(path: &Path) -> (String, bool) {
    (path.wire_name.clone(), path.cardinality == Cardinality::Collection)
}

/// What has a typed way: each navigation property of each place, and what has none. Those of complex types
/// are counted by type.
struct Ways {
    navigations: usize,
    complex: BTreeSet<String>,
    missing: Vec<String>,
}

fn ways(document: &[u8]) -> Ways {
    let model = model(document);
    let mut config = Config::new("service", "service");
    config.service.keys = KeyStyle::Segment;
    let planned = planned(document, &config);
    let typed = Typed::new(&planned.plan);
    let name = |id| model.structured(id).name.to_string();
    let mut ways = Ways { navigations: 0, complex: BTreeSet::new(), missing: Vec::new() };
    for (id, _) in places(&model).into_iter().filter(|(_, many)| !many) {
        let navigations = model.members(id).navigation_properties;
        let is_complex = model.structured(id).kind == StructuredKind::Complex;
        if is_complex && !navigations.is_empty() {
            ways.complex.insert(name(id));
        }
        let methods = typed.methods.get(&(name(id), false)).copied().unwrap_or_default();
        for (_, navigation) in navigations {
            let Some(target) = navigation.target else { continue };
            let wanted = (name(target), navigation.collection);
            let goes = methods.iter().any(|method| {
                matches!(&method.call, Call::Child { segment } if *segment == navigation.name)
                    && typed.target(method).is_some_and(|path| place(path) == wanted)
            });
            ways.navigations += 1;
            if !goes {
                ways.missing.push(format!("{}/{}", name(id), navigation.name));
            }
        }
    }
    ways
}

#[test]
fn every_navigation_property_of_graph_has_a_typed_method() {
    let Some(graph) = shared("graph/v1.0.csdl") else { return };
    let Ways { navigations, complex, missing } = ways(&std::fs::read(graph).unwrap());
    assert!(missing.is_empty(), "{}:\n{}", missing.len(), missing.join("\n"));
    assert!(navigations > 1_900, "{navigations}");
    // Twelve more are only items of collections, parameters, or results of operations, below which there
    // are no URLs.
    assert!(complex.len() >= 28, "{complex:?}");
}

const SERVICE: &str = r#"
<EntityType Name="shop"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
<Property Name="rules" Type="s.rules"/><Property Name="past" Type="Collection(s.rules)"/></EntityType>
<ComplexType Name="rules"><Property Name="inner" Type="s.inner"/></ComplexType>
<ComplexType Name="strictRules" BaseType="s.rules"><NavigationProperty Name="judge" Type="s.clerk"/></ComplexType>
<ComplexType Name="inner"><NavigationProperty Name="clerks" Type="Collection(s.clerk)"/></ComplexType>
<EntityType Name="clerk"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="chief" BaseType="s.clerk"><NavigationProperty Name="desk" Type="s.desk" ContainsTarget="true"/></EntityType>
<EntityType Name="desk"/>
<Function Name="best" IsBound="true" IsComposable="true"><Parameter Name="of" Type="Collection(s.shop)"/><ReturnType Type="s.hidden"/></Function>
<EntityType Name="hidden"><NavigationProperty Name="shop" Type="s.shop"/></EntityType>
<EntityType Name="apart"><NavigationProperty Name="nowhere" Type="s.shop"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="shops" EntityType="s.shop"/></EntityContainer>"#;

#[test]
fn navigation_properties_of_complex_values_casts_and_results_have_typed_methods() {
    let document = edmx(&schema("s", SERVICE));
    let Ways { navigations, complex, missing } = ways(document.as_bytes());
    assert_eq!(missing, [""; 0]);
    // `nowhere` is a navigation property of a type that no URL reaches.
    assert_eq!(navigations, 4);
    assert_eq!(complex.into_iter().collect::<Vec<_>>(), ["s.inner", "s.strictRules"]);
}
