//! Which Rust item represents which type of the schema.
//!
//! Enters: a model and the configured names. Leaves: for each type its place and the names of the
//! items made from it. Must not know: what is inside the items.

use super::restrictions::Restrictions;
use super::{hooks, passable};
use crate::crate_plan::claims::Claims;
use crate::crate_plan::naming::{self, Scope};
use crate::crate_plan::{ItemPath, Rename, families};
use crate::input::config::{Config, KeyStyle};
use crate::input::source::Span;
use crate::odata::edm::service::Service;
use crate::odata::edm::{
    ItemType, Model, OperationId, OperationKind, QualifiedName, StructuredKind, StructuredTypeId,
    TypeId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where the items of a type are, and what they are called.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub(super) namespace: String,
    pub(super) module: Arc<[String]>,
    pub(super) file: String,
    pub(super) name: String,
    /// The type that replaces the struct or enum of the type.
    pub(super) external: Option<ItemPath>,
    /// The enum over the type and its descendants.
    pub(super) hierarchy: Option<String>,
    pub(super) update: Option<String>,
    pub(super) path: Option<String>,
    pub(super) collection: Option<String>,
}

/// The names of all items.
pub(super) struct Table<'a> {
    pub(super) model: &'a Model,
    pub(super) config: &'a Config,
    pub(super) service: Service<'a>,
    pub(super) boxed: BTreeSet<(StructuredTypeId, String)>,
    pub(super) restrictions: Restrictions<'a>,
    /// The builders for the parameters of actions.
    pub(super) parameters: BTreeMap<OperationId, ItemPath>,
    /// The namespaces whose operations URLs call by their simple names.
    default_namespaces: Vec<&'a str>,
    /// The complex types that have a path type.
    passable: BTreeSet<StructuredTypeId>,
    places: BTreeMap<TypeId, Location>,
    claims: Claims<'a>,
}

impl<'a> Table<'a> {
    pub(super) fn new(model: &'a Model, config: &'a Config) -> Self {
        let service = Service::new(model);
        let passable = passable::complex_types(&service);
        let mut table = Self {
            model,
            config,
            service,
            boxed: BTreeSet::new(),
            restrictions: Restrictions::new(model),
            parameters: BTreeMap::new(),
            default_namespaces: model.default_namespaces(&config.service.default_namespaces),
            passable,
            places: BTreeMap::new(),
            claims: Claims::new(config),
        };
        table.place_types();
        table.boxed = super::boxes::boxed(&table);
        table
    }

    /// All types, by qualified name.
    pub(super) fn type_ids(&self) -> Vec<TypeId> {
        self.model.types_by_name.values().copied().collect()
    }

    pub(super) fn place(&self, id: TypeId) -> &Location {
        &self.places[&id]
    }

    pub(super) fn structured(&self, id: StructuredTypeId) -> &Location {
        self.place(TypeId::Structured(id))
    }

    /// The path of an item in the module of a type.
    pub(super) fn item(&self, id: TypeId, name: &str) -> ItemPath {
        let place = self.place(id);
        if let Some(external) = place.external.as_ref().filter(|_| name == place.name) {
            return external.clone();
        }
        ItemPath::new(Arc::clone(&place.module), name)
    }

    /// The segment of a path that calls an operation: its qualified name, or the simple one in a
    /// default namespace.
    pub(super) fn segment(&self, name: &QualifiedName) -> String {
        if self.default_namespaces.contains(&name.namespace.as_str()) {
            name.name.clone()
        } else {
            name.to_string()
        }
    }

    pub(super) fn keys_are_segments(&self) -> bool {
        self.config.service.keys == KeyStyle::Segment
    }

    /// The types that are derived from a type, at any distance.
    pub(super) fn descendants(&self, id: StructuredTypeId) -> &[StructuredTypeId] {
        &self.service.descendants[&id]
    }

    /// Whether a complex type declares nothing at all, not even that it is open. Services use such
    /// a type for any JSON value (in Graph it is called `Json`), so its values are any JSON.
    pub(super) fn declares_nothing(&self, id: StructuredTypeId) -> bool {
        let declared = self.model.structured(id);
        declared.kind == StructuredKind::Complex
            && declared.properties.is_empty()
            && declared.navigation_properties.is_empty()
            && declared.base.is_none()
            && !declared.is_open
            && !declared.is_abstract
            && self.descendants(id).is_empty()
            && self.structured(id).external.is_none()
    }

    /// Assigns the name of an element of the schema in a scope: the configured one if there is one.
    pub(super) fn claim(&self, scope: &mut Scope, element: (&str, Span), wanted: &str) -> String {
        self.claims.claim(scope, element, wanted)
    }

    pub(super) fn into_renames(self) -> Vec<Rename> {
        self.claims.into_renames()
    }

    /// The module of a namespace: the configured one of its longest configured beginning, and a
    /// module for each segment after it. A module that would have the name of one of the generator
    /// gets an underscore, which no other module has at its end.
    pub(super) fn module_of(&self, namespace: &str) -> Vec<String> {
        let mut module = self.wanted_module_of(namespace);
        if let Some(first) =
            module.first_mut().filter(|name| naming::ROOT_NAMES.contains(&name.as_str()))
        {
            first.push('_');
        }
        module
    }

    fn wanted_module_of(&self, namespace: &str) -> Vec<String> {
        let segments: Vec<&str> = namespace.split('.').collect();
        for length in (1..=segments.len()).rev() {
            if let Some(module) = self.config.namespaces.get(&segments[..length].join(".")) {
                let configured = module.split("::").map(naming::module_name);
                let rest = segments[length..].iter().map(|segment| naming::module_name(segment));
                return configured.chain(rest).collect();
            }
        }
        segments.iter().map(|segment| naming::module_name(segment)).collect()
    }

    fn place_types(&mut self) {
        let mut scopes: BTreeMap<Arc<[String]>, Scope> = BTreeMap::new();
        let all = &self.model.types_by_name;
        let is_definition = |id: TypeId| matches!(id, TypeId::Definition(_));
        for (name, id) in all.iter().filter(|(_, id)| !is_definition(**id)) {
            self.place_type(name, *id, &mut scopes);
        }
        for (name, id) in all {
            self.place_companions(name, *id, &mut scopes);
        }
        self.place_parameters(&mut scopes);
        // No code has the type of an alias, so it takes no name that anything else wants.
        for (name, id) in all.iter().filter(|(_, id)| is_definition(**id)) {
            self.place_type(name, *id, &mut scopes);
        }
    }

    /// The name of a type, in its module.
    fn place_type(
        &mut self,
        name: &QualifiedName,
        id: TypeId,
        scopes: &mut BTreeMap<Arc<[String]>, Scope>,
    ) {
        let module: Arc<[String]> = self.module_of(&name.namespace).into();
        let scope = scopes.entry(module.clone()).or_default();
        let element = (&*name.to_string(), self.model.type_span(id));
        let claimed = self.claim(scope, element, &naming::type_name(&name.name));
        self.places.insert(
            id,
            Location {
                namespace: name.namespace.clone(),
                module,
                file: families::of_type(&name.name),
                name: claimed,
                external: hooks::external(self.config, name),
                hierarchy: None,
                update: None,
                path: None,
                collection: None,
            },
        );
    }

    /// Names for the parameters of actions.
    fn place_parameters(&mut self, scopes: &mut BTreeMap<Arc<[String]>, Scope>) {
        for (at, operation) in (0..).zip(&self.model.operations) {
            let own = operation.own_parameters();
            if operation.kind != OperationKind::Action || own.is_empty() {
                continue;
            }
            let binding = operation.binding_parameter();
            let (module, prefix) = match binding.map(|one| (one.value.item, one.value.collection)) {
                Some((ItemType::Structured(id), collection)) => {
                    let place = self.structured(id);
                    let of = if collection { "Collection" } else { "" };
                    (place.module.clone(), format!("{}{of}", place.name.trim_end_matches('_')))
                }
                // An operation that is bound to something else has no path.
                Some(_) => continue,
                None => (self.module_of(&operation.name.namespace).into(), String::new()),
            };
            let mut scope = scopes.remove(&module).unwrap_or_default();
            let called = naming::type_name(&operation.name.name);
            let wanted = format!("{prefix}{}Parameters", called.trim_end_matches('_'));
            let element = format!("{} (parameters of {prefix})", operation.name);
            let name = self.claim(&mut scope, (&element, operation.span), &wanted);
            scopes.insert(module.clone(), scope);
            self.parameters.insert(OperationId(at), ItemPath::new(module, &name));
        }
    }

    /// Names for the items of a type besides its struct. They are claimed after all types, so that
    /// a new companion never takes the name of a type.
    fn place_companions(
        &mut self,
        name: &QualifiedName,
        id: TypeId,
        scopes: &mut BTreeMap<Arc<[String]>, Scope>,
    ) {
        let TypeId::Structured(structured) = id else {
            return;
        };
        let span = self.model.type_span(id);
        let Location { module, name: own, .. } = self.places[&id].clone();
        // An underscore that makes a name unique would be in the middle of the companion's name.
        let own = own.trim_end_matches('_').to_owned();
        let mut scope = scopes.remove(&module).unwrap_or_default();
        let mut claim = |table: &mut Self, role: &str, wanted: String| {
            Some(table.claim(&mut scope, (&format!("{name} ({role})"), span), &wanted))
        };
        // The methods that return it are those of a generated struct.
        let has_methods = self.places[&id].external.is_none();
        let hierarchy = (has_methods && !self.descendants(structured).is_empty())
            .then(|| claim(self, "hierarchy", format!("Any{own}")))
            .flatten();
        let update = claim(self, "update", format!("{own}Update"));
        let entity = self.model.structured(structured).kind == StructuredKind::Entity;
        let has_path = entity || self.passable.contains(&structured);
        let path = has_path.then(|| claim(self, "path", format!("{own}Path"))).flatten();
        let collection = entity
            .then(|| claim(self, "collection path", format!("{own}CollectionPath")))
            .flatten();
        scopes.insert(module, scope);
        if let Some(place) = self.places.get_mut(&id) {
            Location { hierarchy, update, path, collection, ..place.clone() }.clone_into(place);
        }
    }
}
