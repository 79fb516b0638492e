//! Which Rust item stands for which type of the schema.
//!
//! Enters: a model and the configured names. Leaves: for each type its place and the names of the
//! items made from it. Must not know: what is inside the items.

use super::passable;
use super::restrictions::Restrictions;
use crate::crate_plan::naming::{self, Scope};
use crate::crate_plan::{ItemPath, Rename};
use crate::input::config::{Config, KeyStyle};
use crate::odata::edm::{
    ItemType, Model, OperationId, OperationKind, QualifiedName, StructuredKind, StructuredTypeId,
    TypeId, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// A base with more descendants than this is held as the base itself, with what it does not know
/// kept beside, instead of as an enum over all of them: such an enum would tie its whole
/// hierarchy, in Graph most of the schema, into one knot.
const WIDEST_HIERARCHY: usize = 256;

/// A family of types with more items than this is split by one more word of the names.
const LARGEST_FAMILY: usize = 24;

/// What the crate root has beside the modules of namespaces: modules and names of the generator, the files
/// and folders in which Cargo looks for a library and programs, and the tool of an attribute.
const OWN_MODULES: [&str; 8] =
    ["bin", "client", "lib", "main", "schemacrate_runtime", "registry", "runtime", "rustfmt"];

const DEFAULT_NAMESPACE: &str = "Org.OData.Core.V1.DefaultNamespace";

/// Where the items of a type are, and what they are called.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) namespace: String,
    pub(super) module: Arc<[String]>,
    pub(super) file: String,
    pub(super) name: String,
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
    pub(super) boxed: BTreeSet<(StructuredTypeId, String)>,
    pub(super) restrictions: Restrictions<'a>,
    pub(super) descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The builders for the parameters of actions.
    pub(super) parameters: BTreeMap<OperationId, ItemPath>,
    bound: BTreeMap<(StructuredTypeId, bool), Vec<OperationId>>,
    /// The complex types that have a path type.
    passable: BTreeSet<StructuredTypeId>,
    places: BTreeMap<TypeId, Place>,
    /// What could not be called as it would have been, in any order.
    renames: Mutex<Vec<Rename>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(model: &'a Model, config: &'a Config) -> Self {
        let descendants = model.descendants();
        let bound = model.bound_operations();
        let passable = passable::complex_types(model, &descendants, &bound);
        let mut table = Self {
            model,
            config,
            boxed: BTreeSet::new(),
            restrictions: Restrictions::new(model),
            descendants,
            parameters: BTreeMap::new(),
            bound,
            passable,
            places: BTreeMap::new(),
            renames: Mutex::default(),
        };
        table.place_types();
        table.boxed = super::boxes::boxed(&table);
        table
    }

    /// All types, by qualified name.
    pub(super) fn type_ids(&self) -> Vec<TypeId> {
        self.model.types_by_name.values().copied().collect()
    }

    pub(super) fn place(&self, id: TypeId) -> &Place {
        &self.places[&id]
    }

    pub(super) fn structured(&self, id: StructuredTypeId) -> &Place {
        self.place(TypeId::Structured(id))
    }

    /// The path of an item in the module of a type.
    pub(super) fn item(&self, id: TypeId, name: &str) -> ItemPath {
        ItemPath { module: Arc::clone(&self.place(id).module), name: name.to_owned() }
    }

    /// A qualified name with the alias of its namespace, if the namespace has one.
    pub(super) fn alias(&self, name: &QualifiedName) -> Option<String> {
        let schema = self.model.schemas.iter().find(|one| one.namespace == name.namespace)?;
        let alias = schema.alias.as_ref().filter(|alias| **alias != schema.namespace)?;
        Some(format!("{alias}.{}", name.name))
    }

    /// The operations bound to a type or to a collection of it.
    pub(super) fn bound(&self, id: StructuredTypeId, collection: bool) -> Vec<OperationId> {
        self.bound.get(&(id, collection)).cloned().unwrap_or_default()
    }

    /// The segment of a path that calls an operation: its qualified name, or the simple one in a
    /// default namespace.
    pub(super) fn segment(&self, name: &QualifiedName) -> String {
        let configured = &self.config.service.default_namespaces;
        let declared = self.model.schemas.iter().any(|schema| {
            schema.namespace == name.namespace && schema.annotations.is_true(DEFAULT_NAMESPACE)
        });
        if declared || configured.contains(&name.namespace) {
            name.name.clone()
        } else {
            name.to_string()
        }
    }

    /// The type of a property through whose value paths go on.
    pub(super) fn passes(&self, value: &TypeRef) -> Option<StructuredTypeId> {
        passable::passes(&self.passable, value)
    }

    pub(super) fn keys_are_segments(&self) -> bool {
        self.config.service.keys == KeyStyle::Segment
    }

    /// The descendants over which values of a type vary, unless there are none or too many.
    pub(super) fn hierarchy(&self, id: StructuredTypeId) -> Option<&[StructuredTypeId]> {
        let descendants = &self.descendants[&id];
        let narrow = (1..=WIDEST_HIERARCHY).contains(&descendants.len());
        narrow.then_some(descendants.as_slice())
    }

    /// Whether a complex type declares nothing at all, not even that it is open. Services give such
    /// a type to what can be any JSON value (in Graph it is called `Json`), so that is what it is.
    pub(super) fn says_nothing(&self, id: StructuredTypeId) -> bool {
        let declared = self.model.structured(id);
        declared.kind == StructuredKind::Complex
            && declared.properties.is_empty()
            && declared.navigation_properties.is_empty()
            && declared.base.is_none()
            && !declared.is_open
            && !declared.is_abstract
            && self.descendants[&id].is_empty()
    }

    /// Takes the name for a member of a type in a scope: the configured one if there is one.
    pub(super) fn claim(&self, scope: &mut Scope, element: &str, wanted: &str) -> String {
        let configured = self.config.names.get(element);
        let wanted = configured.map_or(wanted, |name| name.get_ref().as_str());
        let claim = scope.claim(wanted, element);
        if let Some(rival) = claim.rival {
            let rename = Rename {
                element: element.to_owned(),
                wanted: wanted.to_owned(),
                given: claim.name.clone(),
                reason: format!("the name belongs to {rival}"),
            };
            self.renames.lock().unwrap_or_else(PoisonError::into_inner).push(rename);
        }
        claim.name
    }

    pub(super) fn into_renames(self) -> Vec<Rename> {
        let mut renames = self.renames.into_inner().unwrap_or_else(PoisonError::into_inner);
        renames.sort();
        renames.dedup();
        renames
    }

    /// The module of a namespace: the configured one of its longest configured beginning, and a
    /// module for each segment behind it. One that would be a module of the generator gets an
    /// underscore, which no other module has at its end.
    pub(super) fn module_of(&self, namespace: &str) -> Vec<String> {
        let mut module = self.wanted_module_of(namespace);
        if let Some(first) = module.first_mut().filter(|name| OWN_MODULES.contains(&name.as_str()))
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
        let model = self.model;
        for (name, id) in &model.types_by_name {
            let module: Arc<[String]> = self.module_of(&name.namespace).into();
            let scope = scopes.entry(module.clone()).or_default();
            let claimed = self.claim(scope, &name.to_string(), &naming::type_name(&name.name));
            self.places.insert(
                *id,
                Place {
                    namespace: name.namespace.clone(),
                    module,
                    file: String::new(),
                    name: claimed,
                    hierarchy: None,
                    update: None,
                    path: None,
                    collection: None,
                },
            );
        }
        for (name, id) in &model.types_by_name {
            self.place_companions(name, *id, &mut scopes);
        }
        self.place_parameters(&mut scopes);
        self.place_files();
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
                // What is bound to something else has no path.
                Some(_) => continue,
                None => (self.module_of(&operation.name.namespace).into(), String::new()),
            };
            let mut scope = scopes.remove(&module).unwrap_or_default();
            let called = naming::type_name(&operation.name.name);
            let wanted = format!("{prefix}{}Parameters", called.trim_end_matches('_'));
            let element = format!("{} (parameters of {prefix})", operation.name);
            let name = self.claim(&mut scope, &element, &wanted);
            scopes.insert(module.clone(), scope);
            self.parameters.insert(OperationId(at), ItemPath { module, name });
        }
    }

    /// Names for what is made from a type beside its struct. They are claimed after all types, so
    /// that a new companion never takes the name of a type.
    fn place_companions(
        &mut self,
        name: &QualifiedName,
        id: TypeId,
        scopes: &mut BTreeMap<Arc<[String]>, Scope>,
    ) {
        let TypeId::Structured(structured) = id else {
            return;
        };
        let Place { module, name: own, .. } = self.places[&id].clone();
        // An underscore that keeps names apart would stand in the middle of the companion's.
        let own = own.trim_end_matches('_').to_owned();
        let mut scope = scopes.remove(&module).unwrap_or_default();
        let mut claim = |table: &mut Self, role: &str, wanted: String| {
            Some(table.claim(&mut scope, &format!("{name} ({role})"), &wanted))
        };
        let hierarchy = self
            .hierarchy(structured)
            .is_some()
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
            Place { hierarchy, update, path, collection, ..place.clone() }.clone_into(place);
        }
    }

    /// Groups the types of a module into families by the first words of their names.
    fn place_files(&mut self) {
        let mut modules: BTreeMap<Arc<[String]>, Vec<Worded>> = BTreeMap::new();
        for (name, id) in &self.model.types_by_name {
            let module = self.places[id].module.clone();
            modules.entry(module).or_default().push((*id, naming::words(&name.name)));
        }
        for types in modules.into_values() {
            for (family, members) in families(types, 1) {
                for id in members {
                    if let Some(place) = self.places.get_mut(&id) {
                        place.file.clone_from(&family);
                    }
                }
            }
        }
    }
}

/// A type, and the words of its name.
type Worded = (TypeId, Vec<String>);

/// Splits types into files: by the first word, and where that is too many, by one more.
fn families(types: Vec<Worded>, depth: usize) -> Vec<(String, Vec<TypeId>)> {
    let mut groups: BTreeMap<Vec<String>, Vec<Worded>> = BTreeMap::new();
    for (id, words) in types {
        let prefix = words.iter().take(depth).cloned().collect();
        groups.entry(prefix).or_default().push((id, words));
    }
    let mut families = Vec::new();
    for (prefix, members) in groups {
        let splits = members.iter().any(|(_, words)| words.len() > depth);
        if members.len() > LARGEST_FAMILY && splits {
            families.extend(self::families(members, depth + 1));
        } else {
            // The suffix keeps files apart from the modules of namespaces.
            let name = format!("{}_types", naming::file_name(&prefix.join("_")));
            families.push((name, members.into_iter().map(|(id, _)| id).collect()));
        }
    }
    families
}
