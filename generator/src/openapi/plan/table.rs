//! Which Rust item represents which shape.
//!
//! Enters: the shapes of an API and the configured names. Leaves: for each shape that needs an item its
//! place and its name. Must not know: what is inside the items.
//!
//! Components have their own names. What is inline has the name of what it is in and what it is there:
//! `Thing`, `ThingFilter`, `ThingFilterItem`. Names of components are claimed first, so an inline schema never
//! takes one.

use super::boxes::Boxes;
use super::families::Families;
use super::files::Files;
use super::operations::{KeyRule, PageRules};
use super::patches::Patches;
use super::place::Places;
use super::relaxed::Relaxed;
use super::shared::Shared;
use super::standing::standings;
use super::uses::{Directions, Uses};
use super::webhooks::Webhooks;
use super::{branches, enumerations};
use crate::crate_plan::claims::Claims;
use crate::crate_plan::naming::{self, Scope};
use crate::crate_plan::{ItemPath, Rename, Type, families, hooks};
use crate::input::config::Config;
use crate::input::source::Span;
use crate::node::Node;
use crate::openapi::Api;
use crate::openapi::model::{Extensions, SchemaId};
use crate::openapi::schema::{Form, Literal, ShapeId, Shapes, Use};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::sync::Arc;

/// The module of all types.
pub(super) const TYPES: &str = "types";

/// What kind of item a shape needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// A struct for objects.
    Struct,
    /// A struct for arrays.
    Tuple,
    /// An enumeration of strings.
    Enum,
    /// An enumeration of other scalars.
    Literals,
    /// An enum of several types.
    Union,
}

/// The item of a shape.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The name.
    pub(super) name: String,
    /// The element that the configuration names: a component, or the address of an inline schema.
    pub(super) element: String,
    /// The component.
    pub(super) component: Option<String>,
    /// The type that replaces the item.
    pub(super) external: Option<ItemPath>,
}

/// A component that has the type of something else.
#[derive(Clone, Debug)]
pub(super) struct Other {
    /// Its schema.
    pub(super) schema: SchemaId,
    /// The name of its alias.
    pub(super) name: String,
    /// The name of the component.
    pub(super) component: String,
}

/// The names of all items.
pub(super) struct Table<'a> {
    pub(super) api: &'a Api,
    pub(super) config: &'a Config,
    pub(super) places: Places<'a>,
    pub(super) directions: Directions,
    pub(super) boxes: Boxes,
    pub(super) relaxed: Relaxed<'a>,
    pub(super) pages: PageRules,
    pub(super) keys: KeyRule,
    pub(super) module: Arc<[String]>,
    /// By the number of the shape.
    items: Vec<Option<Place>>,
    /// The components that are not items.
    pub(super) others: Vec<Other>,
    /// Lists and maps of themselves, which cannot be aliases.
    endless: FxHashSet<ShapeId>,
    /// The bases and what is derived from them.
    pub(super) families: Families,
    /// The names of unions.
    unions: FxHashSet<String>,
    /// What is sent as parts of a body.
    pub(super) files: Files,
    /// The names of the items of components.
    components: FxHashSet<String>,
    /// The inline schemas that are written alike.
    pub(super) shared: Shared,
    /// The enumerations whose values are sets.
    pub(super) flags: FxHashSet<ShapeId>,
    /// The builders of merge patches.
    pub(super) patches: Patches,
    /// What the service sends.
    pub(super) webhooks: Webhooks,
    claims: Claims<'a>,
}

impl<'a> Table<'a> {
    /// The value of an extension, by its name.
    pub(super) fn extension(&self, of: &Extensions, name: &str) -> Option<Node<'a>> {
        let (_, at) = of.iter().find(|(own, _)| own.text == name)?;
        Some(self.api.description.node(*at))
    }

    pub(super) fn new(api: &'a Api, config: &'a Config) -> Self {
        let places = Places::new(&api.description);
        let components = components(api);
        let of = |schema: SchemaId| api.shapes.of(schema).map(|found| found.shape);
        let standings = standings(&api.model, &places);
        let used = standings.iter().filter_map(|one| Some((of(one.schema)?, one.uses)));
        let shapes = components.iter().filter_map(|(_, id)| of(*id));
        let directions = Directions::new(&api.shapes, used, shapes);
        let mut table = Self {
            api,
            config,
            places,
            directions,
            boxes: Boxes::default(),
            relaxed: Relaxed::new(config),
            pages: PageRules::new(config),
            keys: KeyRule::new(config),
            module: vec![TYPES.to_owned()].into(),
            items: vec![None; api.shapes.iter().count()],
            others: Vec::new(),
            endless: endless(&api.shapes),
            families: Families::default(),
            unions: FxHashSet::default(),
            files: Files::new(&api.model, &api.shapes),
            components: FxHashSet::default(),
            shared: Shared::default(),
            flags: enumerations::flags(api),
            patches: Patches::default(),
            webhooks: Webhooks::default(),
            claims: Claims::new(config),
        };
        let mut scope = Scope::default();
        let seeds = table.components(&mut scope, &components);
        for one in &standings {
            table.root(&mut scope, one.schema, &one.name);
        }
        let mut named = Named { seen: FxHashSet::default(), open: seeds.into(), made: Vec::new() };
        named.run(&mut table, &mut scope);
        let mut inline = Vec::new();
        for one in standings {
            named.made.clear();
            named.open.extend(of(one.schema).map(|shape| (shape, one.name)));
            named.run(&mut table, &mut scope);
            if one.is_part {
                inline.append(&mut named.made);
            }
        }
        table.shared = Shared::new(&table, &inline, &mut scope);
        table.boxes = Boxes::new(&table);
        let unions = table.items().filter(|(shape, _)| table.made(*shape) == Some(Made::Union));
        table.unions = unions.map(|(_, place)| place.name.clone()).collect();
        let named = table.items().filter(|(_, place)| place.component.is_some());
        table.components = named.map(|(_, place)| place.name.clone()).collect();
        table.families = Families::new(&table, &mut scope);
        table.patches = Patches::new(&table, &mut scope);
        table.webhooks = Webhooks::new(&table);
        table
    }

    /// The names of components, and where the naming of what is in them begins.
    fn components(
        &mut self,
        scope: &mut Scope,
        components: &[(String, SchemaId)],
    ) -> Vec<(ShapeId, String)> {
        let mut seeds = Vec::new();
        let owners = owners(self.api, components);
        for (component, id) in components {
            let Some(found) = self.api.shapes.of(*id) else { continue };
            let span = self.api.description.span(self.api.model.schema(*id).location);
            let name = self.claim(scope, (component, span), &naming::type_name(component));
            let is_item = self.made(found.shape).is_some() && owners.get(&found.shape) == Some(id);
            if is_item {
                self.items[found.shape.index()] = Some(Place {
                    name: name.clone(),
                    element: component.clone(),
                    component: Some(component.clone()),
                    external: hooks::external(self.config, component),
                });
            } else {
                let (name, component) = (name.clone(), component.clone());
                self.others.push(Other { schema: *id, name, component });
            }
            seeds.push((found.shape, name));
        }
        seeds
    }

    /// The name of a schema that an operation has, also if a component refers to it.
    fn root(&mut self, scope: &mut Scope, id: SchemaId, name: &str) {
        let Some(found) = self.api.shapes.of(id) else { return };
        let is_own = self.api.shapes.shape(found.shape).origin == Some(id);
        if is_own && self.made(found.shape).is_some() && self.place(found.shape).is_none() {
            self.items[found.shape.index()] = Some(inline(self, scope, found.shape, name));
        }
    }

    /// What kind of item a shape needs.
    pub(super) fn made(&self, shape: ShapeId) -> Option<Made> {
        Some(match &self.api.shapes.shape(shape).form {
            Form::Object(_) => Made::Struct,
            Form::Tuple(_) => Made::Tuple,
            Form::Map(map) if !map.patterns.is_empty() || map.open_kind => Made::Struct,
            Form::Map(_) if self.endless.contains(&shape) => Made::Struct,
            Form::List(_) if self.endless.contains(&shape) => Made::Tuple,
            Form::Enumeration(all) => {
                let is_text = |literal: &Literal| matches!(literal, Literal::Text(_));
                match all.values.iter().all(|one| is_text(&one.literal)) {
                    true => Made::Enum,
                    false => Made::Literals,
                }
            }
            Form::Union(union) if !union.branches.is_empty() => Made::Union,
            _ => return None,
        })
    }

    /// The item of a shape.
    pub(super) fn place(&self, shape: ShapeId) -> Option<&Place> {
        self.items.get(shape.index())?.as_ref()
    }

    /// The shapes that have items, with these.
    pub(super) fn items(&self) -> impl Iterator<Item = (ShapeId, &Place)> {
        let shapes = self.api.shapes.iter();
        shapes.zip(&self.items).filter_map(|((id, _), place)| Some((id, place.as_ref()?)))
    }

    /// The item of a shape as it is generated: with the name of the type, if several places have it.
    pub(super) fn own(&self, shape: ShapeId) -> Option<Place> {
        let place = self.place(shape)?;
        match self.shared.name(self, shape) {
            Some(name) => Some(Place { name: name.to_owned(), ..place.clone() }),
            None => Some(place.clone()),
        }
    }

    /// The path of an item.
    pub(super) fn path(&self, place: &Place) -> ItemPath {
        match &place.external {
            Some(external) => external.clone(),
            None => ItemPath::new(Arc::clone(&self.module), &place.name),
        }
    }

    /// The file of an item.
    pub(super) fn file(name: &str) -> String {
        families::of_type(name)
    }

    /// Assigns the name of an element in a scope: the configured one if there is one.
    pub(super) fn claim(&self, scope: &mut Scope, element: (&str, Span), wanted: &str) -> String {
        self.claims.claim(scope, element, wanted)
    }

    pub(super) fn into_renames(self) -> Vec<Rename> {
        self.claims.into_renames()
    }

    /// The schema that a shape is documented by, and the place that its messages point to.
    pub(super) fn schema(&self, shape: ShapeId) -> Option<SchemaId> {
        let shape = self.api.shapes.shape(shape);
        shape.schemas.first().copied().or(shape.origin)
    }

    /// The shape of any JSON.
    pub(super) fn any(&self) -> ShapeId {
        self.api.shapes.any()
    }

    /// Whether an item is a union that is generated.
    pub(super) fn is_union(&self, path: &ItemPath) -> bool {
        !path.is_external && self.unions.contains(path.name.as_str())
    }

    /// Whether a type names only items of components, and items that are not generated.
    pub(super) fn is_of_components(&self, value: &Type) -> bool {
        let mut all = true;
        value
            .each_item(&mut |item| all &= item.is_external || self.components.contains(&item.name));
        all
    }

    /// Whether the values of a schema have a struct, or are of several types.
    pub(super) fn is_body(&self, used: Option<Use>) -> bool {
        used.is_some_and(|used| {
            self.place(used.shape).is_some()
                && matches!(self.made(used.shape), Some(Made::Struct | Made::Tuple | Made::Union))
        })
    }

    /// The directions of a shape.
    pub(super) fn uses(&self, shape: ShapeId) -> Uses {
        self.directions.of(shape)
    }
}

/// The schemas that are components, by name.
pub(super) fn components(api: &Api) -> Vec<(String, SchemaId)> {
    let named = |id: &SchemaId| Some((api.model.schema(*id).name.clone()?, *id));
    let mut components: Vec<_> = api.model.types.iter().filter_map(named).collect();
    components.sort();
    components
}

/// The component whose name the item of a shape has: the one that is where the shape comes from, else the
/// first.
fn owners(api: &Api, components: &[(String, SchemaId)]) -> FxHashMap<ShapeId, SchemaId> {
    let mut owners: FxHashMap<ShapeId, SchemaId> = FxHashMap::default();
    let used = || components.iter().filter_map(|(_, id)| Some((*id, api.shapes.of(*id)?)));
    for (id, found) in used().filter(|(_, found)| !found.nullable).chain(used()) {
        let owner = owners.entry(found.shape).or_insert(id);
        if api.shapes.shape(found.shape).origin == Some(id) {
            *owner = id;
        }
    }
    owners
}

/// The lists and maps that contain themselves without an item between.
fn endless(shapes: &Shapes) -> FxHashSet<ShapeId> {
    let next = |shape: ShapeId| match &shapes.shape(shape).form {
        Form::List(list) => Some(list.item.shape),
        Form::Map(map) if map.patterns.is_empty() && !map.open_kind => Some(map.rest.shape),
        _ => None,
    };
    let mut endless = FxHashSet::default();
    let mut seen = FxHashSet::default();
    for (start, _) in shapes.iter() {
        let (mut at, mut way) = (start, FxHashSet::default());
        while seen.insert(at) {
            way.insert(at);
            match next(at) {
                Some(one) => at = one,
                None => break,
            }
        }
        if way.contains(&at) && next(at).is_some() {
            endless.insert(at);
        }
    }
    endless
}

/// The naming of inline schemas.
struct Named {
    seen: FxHashSet<ShapeId>,
    open: VecDeque<(ShapeId, String)>,
    /// Those of inline schemas that have an item.
    made: Vec<ShapeId>,
}

impl Named {
    /// Names what is open, and all that it leads to, the outer ones first.
    fn run(&mut self, table: &mut Table<'_>, scope: &mut Scope) {
        while let Some((shape, name)) = self.open.pop_front() {
            if self.seen.insert(shape) {
                self.one(table, scope, shape, name);
            }
        }
    }

    fn one(&mut self, table: &mut Table<'_>, scope: &mut Scope, shape: ShapeId, name: String) {
        let is_named = table.items[shape.index()].is_some();
        if table.made(shape).is_some() && !is_named {
            let place = inline(table, scope, shape, &name);
            table.items[shape.index()] = Some(place);
        }
        if table.place(shape).is_some_and(|place| place.component.is_none()) {
            self.made.push(shape);
        }
        // An underscore that makes a name unique would be in the middle of the names below it.
        let name = match &table.items[shape.index()] {
            Some(place) => naming::stem(&place.name).to_owned(),
            None => name,
        };
        let mut add = |shape: ShapeId, part: &str| {
            let part = naming::stem(part);
            self.open.push_back((shape, [name.as_str(), part].concat()));
        };
        match &table.api.shapes.shape(shape).form {
            Form::List(list) => add(list.item.shape, "Item"),
            Form::Tuple(tuple) => {
                for (at, item) in tuple.items.iter().enumerate() {
                    add(item.shape, &format!("Item{at}"));
                }
                add(tuple.rest.shape, "Item");
            }
            Form::Map(map) => {
                map.patterns.iter().for_each(|one| add(one.value.shape, "Value"));
                add(map.rest.shape, "Value");
            }
            Form::Object(object) => {
                for member in &object.members {
                    add(member.value.shape, &naming::type_name(&member.name));
                }
                object.rest.patterns.iter().for_each(|one| add(one.value.shape, "Value"));
                add(object.rest.rest.shape, "Value");
                let derived = object.derivation.iter().flat_map(|one| &one.derived);
                derived.for_each(|one| add(one.shape, "Derived"));
            }
            Form::Union(union) => {
                let labels = branches::labels(table, union);
                for (branch, label) in union.branches.iter().zip(labels) {
                    add(branch.shape, &label);
                }
            }
            _ => {}
        }
    }
}

/// The item of an inline schema.
fn inline(table: &Table<'_>, scope: &mut Scope, shape: ShapeId, wanted: &str) -> Place {
    let schema = table.schema(shape);
    let location = schema.map(|id| table.api.model.schema(id).location);
    let element = location.map_or_else(|| wanted.to_owned(), |at| table.places.address(at));
    let span = location.map_or(NOWHERE, |at| table.api.description.span(at));
    let name = table.claim(scope, (&element, span), &naming::identifier(wanted));
    let external = hooks::external(table.config, &element);
    Place { name, element, component: None, external }
}

/// The place of what no document has.
pub(super) const NOWHERE: Span =
    Span { source: crate::input::source::SourceId(0), start: 0, end: 0 };
