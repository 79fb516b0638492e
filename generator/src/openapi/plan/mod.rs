//! Every Rust decision for an API, as plain data.
//!
//! Enters: an [`Api`] and the configuration. Leaves: [`CratePlan`]: the module of types, names, types of
//! members, boxes; and for each schema the type of its values.
//! Must not know: code, files on disk, the syntax of documents.
//!
//! Names are decided in `table.rs`, those of operations in `standing.rs`, those of branches of unions in
//! `branches.rs`, types in `types.rs` and `formats.rs`, who sends a value in `uses.rs`, text in `docs.rs`.

mod aliases;
mod boxes;
mod branches;
mod calls;
mod docs;
mod elements;
mod enumerations;
mod examples;
mod families;
mod files;
mod formats;
mod front;
mod operations;
mod pages;
mod patches;
mod patterns;
mod place;
mod registry;
mod relaxed;
mod shared;
mod standing;
mod structs;
mod table;
mod types;
mod unions;
mod uses;
mod webhooks;
mod words;
mod xml;

use super::Api;
use super::description::{Description, Location};
use crate::crate_plan::{CratePlan, File, Item, Module, Prose, Type, hooks, xml_of_item};
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::openapi::schema::{Form, ShapeId};
pub use operations::Proposal;
use operations::Requests;
use place::Places;
use rayon::prelude::*;
use table::{Made, Place, Table};

/// The type of the values of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The name of the document.
    pub document: String,
    /// The JSON pointer to the schema.
    pub pointer: String,
    /// The type.
    pub value: Type,
}

/// The plan of a crate, and the types of schemas.
#[derive(Clone, Debug)]
pub struct PlannedApi {
    /// The plan.
    pub plan: CratePlan,
    /// The type of each schema that is used as a type of its own.
    pub types: Vec<(Location, Type)>,
    /// What the configuration could specify of pages.
    pub proposals: Vec<Proposal>,
}

/// Plans the crate for an API.
///
/// # Errors
/// If the configuration names what is not there.
pub(crate) fn plan(
    api: &Api,
    config: &Config,
    session: &mut Session,
) -> Result<PlannedApi, BuildError> {
    let table = Table::new(api, config);
    let names = "components, and their members: `Pet`, `Pet/tag`";
    hooks::report(elements::unmatched(&table, config), names, config, session)?;
    if !config.package.models_only {
        operations::servers::report(api, config, session);
    }
    operations::check_pages(&table, config, session)?;
    operations::check_keys(&table, config, session)?;
    let planned = planned(table, api, config);
    operations::note(&planned.proposals).into_iter().for_each(|note| session.report(note));
    Ok(planned)
}

/// The table of the configuration for what looks like lists in pages, and is not specified to be one.
pub fn possible_pages(api: &Api) -> String {
    let config = Config::new("", "");
    let planned = planned(Table::new(api, &config), api, &config);
    let lines = operations::lines(&planned.proposals);
    lines.into_iter().fold("[openapi.pages]\n".to_owned(), |text, line| text + &line + "\n")
}

fn planned(table: Table<'_>, api: &Api, config: &Config) -> PlannedApi {
    let shapes: Vec<(ShapeId, &Place)> =
        table.items().filter(|(_, place)| place.external.is_none()).collect();
    let mut items: Vec<Item> = shapes
        .into_par_iter()
        .flat_map_iter(|(shape, place)| {
            let alias = aliases::of_place(&table, shape, place).map(Item::Alias);
            let is_own = table.shared.one(shape) == shape;
            let own = table.own(shape).filter(|_| is_own).map(|own| item(&table, shape, &own));
            [own, alias].into_iter().flatten()
        })
        .collect();
    items.extend(table.others.iter().filter_map(|one| aliases::item(&table, one).map(Item::Alias)));
    items.extend(table.families.unions.iter().cloned().map(Item::Union));
    if !config.package.models_only {
        items.extend(table.patches.items(&table).into_iter().map(Item::Update));
    }
    items.sort_by(|one, other| one.name().cmp(other.name()));
    let mut module =
        Module { docs: vec![Prose::new("The types of the API.")], ..Module::default() };
    let models_only = config.package.models_only || api.model.paths.is_empty();
    let mut requests = if models_only { Requests::default() } else { operations::requests(&table) };
    pages::mark(&mut items, &requests.pages);
    let first = examples::add(&mut requests, (table::TYPES, &items));
    let more = front::more(models_only, &requests);
    for item in items {
        let file = Table::file(item.name());
        let new = || File { origin: "the schemas".to_owned(), items: Vec::new() };
        module.files.entry(file).or_insert_with(new).items.push(item);
    }
    let types = types_of(&table, api);
    let registry = registry::registry(&table);
    let mut modules = requests.modules;
    let mut has_xml =
        modules.values().flat_map(|one| one.files.values()).flat_map(|file| &file.items);
    let has_xml = has_xml.any(|item| !xml_of_item(item).is_empty());
    let xml = xml::forms(&table, &mut modules);
    modules.insert(table::TYPES.to_owned(), module);
    let received = match config.package.models_only {
        true => None,
        false => operations::received(&table),
    };
    let has_received = received.is_some();
    modules.extend(received.map(|module| (webhooks::WEBHOOKS.to_owned(), module)));
    let plan = CratePlan {
        name: config.package.name.clone(),
        docs: front::docs(&api.model.info, (models_only, has_received)),
        first,
        more,
        service_root: requests.service_root,
        client_request_id_header: None,
        entry: Vec::new(),
        service: requests.service,
        functions: Vec::new(),
        modules,
        registry: Some(registry),
        xml,
        renames: table.into_renames(),
        command: config.package.command.clone(),
        models_only,
        runtime_features: match (models_only && !has_received, has_xml) {
            (true, _) => &[],
            (false, false) => &["openapi"],
            (false, true) => &["openapi", "xml"],
        },
        own_features: if models_only { &["serde"] } else { &["reqwest", "serde"] },
    };
    PlannedApi { plan, types, proposals: requests.proposals }
}

/// The item of a shape.
fn item(table: &Table<'_>, shape: ShapeId, place: &Place) -> Item {
    match (&table.api.shapes.shape(shape).form, table.made(shape)) {
        (Form::Union(union), _) => Item::Union(unions::item(table, shape, union, place)),
        (Form::Enumeration(all), _) => enumerations::item(table, shape, all, place),
        (_, Some(Made::Struct | Made::Tuple) | _) => {
            Item::Struct(structs::item(table, shape, place))
        }
    }
}

/// The types of all schemas.
fn types_of(table: &Table<'_>, api: &Api) -> Vec<(Location, Type)> {
    let of = |id| Some((api.model.schema(id).location, types::of(table, api.shapes.of(id)?)));
    api.model.ids().filter_map(of).collect()
}

/// The types with the names of documents and the pointers of schemas.
pub(crate) fn typed(description: &Description, types: &[(Location, Type)]) -> Vec<Typed> {
    let places = Places::new(description);
    let of = |(location, value): &(Location, Type)| Typed {
        document: places.document(location.document).to_owned(),
        pointer: places.pointer(*location).to_string(),
        value: value.clone(),
    };
    types.iter().map(of).collect()
}
