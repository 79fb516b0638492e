//! Every Rust decision, as plain data.
//!
//! Enters: an [`edm::Model`](crate::odata::edm::Model) and the configuration.
//! Leaves: [`CratePlan`]: modules, collision-free names, field types, boxes, requests.
//! Must not know: code, files on disk, the format of the schema.
//!
//! Names are decided in `naming.rs` and `table.rs`, types in `types.rs`, text in `prose.rs`.

mod authorization;
mod boxes;
mod client;
mod definitions;
mod examples;
mod front;
mod functions;
mod hooks;
mod operations;
mod passable;
mod registry;
mod requests;
mod restrictions;
mod routes;
mod structs;
mod table;
pub(crate) mod types;

use crate::crate_plan::{
    CratePlan, Example, File, Item, ItemPath, Method, Module, Path, Prose, families,
};
use crate::input::config::Config;
use crate::odata::edm::{ItemType, Model, OperationId, StructuredTypeId, TypeId};
use examples::Examples;
use rayon::prelude::*;
use routes::Routes;
use std::collections::BTreeMap;
use table::Table;

pub(crate) use hooks::check;

/// Plans the crate for a model.
pub fn plan(model: &Model, config: &Config) -> CratePlan {
    let table = Table::new(model, config);
    let mut modules = BTreeMap::new();
    for schema in &model.schemas {
        let path = table.module_of(&schema.namespace);
        let module = module_at(&mut modules, &path);
        module.docs.push(Prose::new("The namespace ").code(&schema.namespace).words("."));
    }
    let models_only = config.package.models_only;
    let (mut entry, mut paths) = if models_only {
        (Vec::new(), BTreeMap::new())
    } else {
        (requests::entry(&table), requests::all(&table))
    };
    let functions = functions::functions(&table, &entry, &paths);
    let types = table.type_ids().into_par_iter();
    let planned: Vec<(TypeId, Vec<Item>)> =
        types.map(|id| (id, structs::items(&table, id))).collect();
    let routes = Routes::new(&table, &entry, &paths);
    let (first, made) = examples(&table, &entry, &paths, &planned, &routes);
    let urls = routes.into_urls();
    routes::document(&table, &mut entry, &mut paths, &urls);
    let mut entries = Vec::new();
    for ((id, mut items), (single, collection)) in planned.into_iter().zip(made) {
        let own = if let TypeId::Structured(own) = id { paths.remove(&own) } else { None };
        if let Some(own) = own {
            items.push(Item::Path(Path { example: single, ..own.single }));
            let with_example = |path| Item::Path(Path { example: collection, ..path });
            items.extend(own.collection.map(with_example));
        }
        entries.push(registry::of_type(&table, id, &items));
        if items.is_empty() {
            continue;
        }
        let place = table.place(id);
        let module = module_at(&mut modules, &place.module);
        file_at(module, &place.file, &place.namespace).items.extend(items);
    }
    if !models_only {
        parameters(&table, &mut modules);
    }
    prune(&mut modules);
    CratePlan {
        name: config.package.name.clone(),
        docs: front::docs(model, config),
        first,
        more: front::more(config),
        service_root: config.service.root.clone(),
        client_request_id_header: client::request_id_header(config),
        entry,
        service: None,
        functions,
        modules,
        registry: Some(registry::registry(&table, entries)),
        xml: Vec::new(),
        renames: table.into_renames(),
        command: config.package.command.clone(),
        models_only,
        runtime_features: super::RUNTIME_FEATURES,
        own_features: &[],
    }
}

/// The examples of the paths of a type: of one object, and of a collection.
type OfPaths = (Option<Example>, Option<Example>);

/// The first example of the crate, and those of the paths of each planned type.
fn examples(
    table: &Table<'_>,
    entry: &[Method],
    paths: &BTreeMap<StructuredTypeId, requests::Paths>,
    planned: &[(TypeId, Vec<Item>)],
    routes: &Routes<'_>,
) -> (Option<Example>, Vec<OfPaths>) {
    let examples = Examples::new(table, entry, paths, planned, routes);
    let of = |(id, _): &(TypeId, Vec<Item>)| match id {
        TypeId::Structured(id) => examples.of(*id),
        TypeId::Enum(_) | TypeId::Definition(_) => (None, None),
    };
    (examples.first(), planned.par_iter().map(of).collect())
}

/// The builders for the parameters of actions, by name in each file.
fn parameters(table: &Table<'_>, modules: &mut BTreeMap<String, Module>) {
    let mut builders: Vec<(&ItemPath, OperationId)> =
        table.parameters.iter().map(|(operation, item)| (item, *operation)).collect();
    builders.sort_unstable();
    for (item, id) in builders {
        let Some(parameters) = operations::parameters(table, id) else { continue };
        let operation = table.model.operation(id);
        let namespace = match operation.binding_parameter().map(|one| one.value.item) {
            Some(ItemType::Structured(owner)) => &table.structured(owner).namespace,
            _ => &operation.name.namespace,
        };
        let file = families::of_parameters(&operation.name.name);
        let module = module_at(modules, &item.module);
        file_at(module, &file, namespace).items.push(Item::Update(parameters));
    }
}

/// A file of a module, which is created if necessary.
fn file_at<'a>(module: &'a mut Module, name: &str, namespace: &str) -> &'a mut File {
    module
        .files
        .entry(name.to_owned())
        .or_insert_with(|| File { origin: format!("the namespace {namespace}"), items: Vec::new() })
}

fn module_at<'a>(modules: &'a mut BTreeMap<String, Module>, path: &[String]) -> &'a mut Module {
    let (first, rest) = path.split_first().expect("a namespace has at least one segment");
    let module = modules.entry(first.clone()).or_default();
    if rest.is_empty() { module } else { module_at(&mut module.modules, rest) }
}

/// A file with the name of a module gets another name, which no caller sees.
fn keep_apart(module: &mut Module) {
    let met: Vec<String> =
        module.files.keys().filter(|name| module.modules.contains_key(*name)).cloned().collect();
    for name in met {
        let mut free = format!("{name}_");
        while module.modules.contains_key(&free) || module.files.contains_key(&free) {
            free.push('_');
        }
        let file = module.files.remove(&name);
        module.files.extend(file.map(|file| (free, file)));
    }
}

/// Removes empty modules, and adds documentation to all others.
fn prune(modules: &mut BTreeMap<String, Module>) {
    modules.retain(|name, module| {
        prune(&mut module.modules);
        keep_apart(module);
        if module.docs.is_empty() {
            module.docs.push(Prose::new("The namespaces below ").code(name).words("."));
        }
        !(module.files.is_empty() && module.modules.is_empty())
    });
}
