//! Examples: the most common call of each path type, and the first one of a crate.
//!
//! Enters: the planned types and methods, and the shortest route to each path type. Leaves: [`Example`]s.
//! Must not know: where they are shown.
//!
//! A collection is listed, an entity is read. Where the service forbids that, a function or an action is
//! called, and where there is neither, the example only shows the way to the path.

use super::OfPaths;
use super::requests::Paths;
use super::routes::{Routes, plural};
use super::table::Table;
use crate::crate_plan::naming::{self, identifier};
use crate::crate_plan::{
    Call, EachItem, Enum, Example, ExampleCall, Field, Foreign, Item, ItemPath, MadeClient, Method,
    Path, Request, Sample, Start, Struct, Type,
};
use crate::odata::edm::service::Node;
use crate::odata::edm::{StructuredTypeId, TypeId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// How many objects an example asks for.
const TOP: &str = "10";

/// What examples are made from.
pub(super) struct Examples<'p, 't> {
    table: &'p Table<'t>,
    entry: &'p [Method],
    paths: &'p BTreeMap<StructuredTypeId, Paths>,
    routes: &'p Routes<'p>,
    structs: FxHashMap<TypeId, &'p Struct>,
    enums: FxHashMap<ItemPath, &'p Enum>,
    /// The builders for the parameters of actions.
    builders: FxHashSet<&'p ItemPath>,
}

impl<'p, 't> Examples<'p, 't> {
    pub(super) fn new(
        table: &'p Table<'t>,
        entry: &'p [Method],
        paths: &'p BTreeMap<StructuredTypeId, Paths>,
        planned: &'p [(TypeId, Vec<Item>)],
        routes: &'p Routes<'p>,
    ) -> Self {
        let mut structs = FxHashMap::default();
        let mut enums = FxHashMap::default();
        for (id, item) in planned.iter().flat_map(|(id, items)| items.iter().map(|one| (*id, one)))
        {
            match item {
                Item::Struct(one) => drop(structs.insert(id, one)),
                Item::Enum(one) => drop(enums.insert(table.item(id, &one.name), one)),
                _ => {}
            }
        }
        let builders = table.parameters.values().collect();
        Self { table, entry, paths, routes, structs, enums, builders }
    }

    /// The examples of a type's paths.
    pub(super) fn of(&self, id: StructuredTypeId) -> OfPaths {
        let Some(paths) = self.paths.get(&id) else { return (None, None) };
        let collection = paths.collection.as_ref();
        let single = self.path(id, false, &paths.single);
        (Some(single), collection.map(|path| self.path(id, true, path)))
    }

    /// The first request of somebody who is new to the crate: a list of what has most below it.
    pub(super) fn first(&self) -> Option<Example> {
        let below = |id: &StructuredTypeId| {
            self.paths.get(id).map_or(0, |paths| paths.single.methods.len())
        };
        let container = self.table.model.container.as_ref()?;
        let listed = container.entity_sets.iter().map(|set| set.entity_type).filter(|id| {
            let node = Node::Resource { object: *id, collection: true };
            let collection = self.paths.get(id).and_then(|paths| paths.collection.as_ref());
            let lists = collection.is_some_and(|path| path.methods.iter().any(is_list));
            lists && self.routes.methods(node).is_some_and(|methods| methods.len() == 1)
        });
        let most = listed.min_by_key(|id| (std::cmp::Reverse(below(id)), *id));
        let has_root = self.table.config.service.root.is_some();
        let client = if has_root { MadeClient::Default } else { MadeClient::WithServiceRoot };
        let mut example = match most {
            Some(id) => {
                let path = self.paths.get(&id)?.collection.as_ref()?;
                let each =
                    identifier(&naming::value_name(&self.table.model.structured(id).name.name));
                Example {
                    each: Some(EachItem { name: each, member: Some("value") }),
                    ..self.path(id, true, path)
                }
            }
            None => {
                let method = self.entry.iter().find(|one| one.target().is_some())?;
                self.example(Start::Client, vec![self.call(method, "")?], (false, "path"))
            }
        };
        example.client = Some(client);
        Some(example)
    }

    fn path(&self, id: StructuredTypeId, many: bool, path: &Path) -> Example {
        let node = Node::Resource { object: id, collection: many };
        let name = &self.table.model.structured(id).name.name;
        let noun = if many { plural(name) } else { name.clone() };
        let (start, mut calls) = match self.way(node) {
            Some(calls) => (Start::Client, calls),
            None => {
                let item = self.table.item(TypeId::Structured(id), &path.name);
                (Start::At(item), Vec::new())
            }
        };
        let mut result = noun.as_str();
        let requests = self.requests(id, many, path);
        let is_sent = requests.is_some();
        if let Some((request, has_answer)) = requests {
            let is_of_object = matches!(request[0].method.as_str(), "list" | "get");
            result = match (has_answer, is_of_object) {
                (false, _) => "",
                (true, true) => &noun,
                (true, false) => "answer",
            };
            calls.extend(request);
        }
        self.example(start, calls, (is_sent, result))
    }

    fn example(
        &self,
        start: Start,
        calls: Vec<ExampleCall>,
        (is_sent, result): (bool, &str),
    ) -> Example {
        let answer = (!result.is_empty()).then(|| identifier(&naming::value_name(result)));
        Example { client: None, start, calls, is_sent, answer, each: None }
    }

    /// The calls on the way to a path type, if there is a value for each of their arguments.
    fn way(&self, to: Node) -> Option<Vec<ExampleCall>> {
        let mut noun = String::new();
        let calls = self.routes.methods(to)?.into_iter().map(|method| {
            let call = self.call(method, &noun);
            match &method.call {
                Call::Child { segment } | Call::Follow { segment, .. } => {
                    let last = segment.rsplit('.').next().unwrap_or(segment);
                    noun = naming::singular(last, last);
                }
                _ => {}
            }
            call
        });
        calls.collect()
    }

    /// The most common request on a path, and whether it returns anything.
    fn requests(
        &self,
        id: StructuredTypeId,
        many: bool,
        path: &Path,
    ) -> Option<(Vec<ExampleCall>, bool)> {
        let find = |of: &dyn Fn(&Call) -> bool| {
            let mut found = path.methods.iter().filter(|one| of(&one.call));
            found.find_map(|method| Some((method, self.call(method, "")?)))
        };
        let read = |call: &Call| matches!(call, Call::Send(Request::List | Request::Get));
        if let Some((_, call)) = find(&read) {
            let query = if many { self.query(id) } else { Vec::new() };
            return Some((std::iter::once(call).chain(query).collect(), true));
        }
        let called = find(&|call| matches!(call, Call::Compute { .. }))
            .or_else(|| find(&|call| matches!(call, Call::Act { .. })))
            .or_else(|| find(&|call| matches!(call, Call::Send(Request::Delete))));
        let (method, call) = called?;
        let has_answer = method.signature.returned().is_some_and(|one| *one != Type::Unit);
        Some((vec![call], has_answer))
    }

    /// The options of a list: which members, which objects, and how many of them.
    fn query(&self, id: StructuredTypeId) -> Vec<ExampleCall> {
        let mut calls = Vec::new();
        if let Some(object) = self.structs.get(&TypeId::Structured(id)) {
            let item = self.table.item(TypeId::Structured(id), &object.name);
            let constant = |field: &Field| {
                let constant = field.constant.as_ref()?;
                Some(Sample::Member(item.clone(), constant.name.clone()))
            };
            let key = self.key(id, object);
            let told_by = told_by(object, key);
            let selected: Vec<&Field> = key.into_iter().chain(told_by).collect();
            let constants: Vec<Sample> = selected.iter().filter_map(|one| constant(one)).collect();
            calls.extend(
                selection(&selected, constants).map(|one| ExampleCall::with("select", vec![one])),
            );
            if let Some(name) = told_by.and_then(constant) {
                let text = vec![Sample::Text("A".to_owned())];
                let filter = Sample::Called(Box::new(name), "starts_with", text);
                calls.push(ExampleCall::with("filter", vec![filter]));
            }
        }
        calls.push(ExampleCall::with("top", vec![Sample::Plain(TOP)]));
        calls
    }

    /// The field of the key, if there is one of a simple type.
    fn key(&self, id: StructuredTypeId, object: &'p Struct) -> Option<&'p Field> {
        let key = self.table.model.effective_key(id)?;
        let [part] = key.properties.as_slice() else { return None };
        object.fields.iter().find(|one| one.wire_name == part.name && one.constant.is_some())
    }

    /// A call of a method. `noun` is what the path before it is about.
    fn call(&self, method: &Method, noun: &str) -> Option<ExampleCall> {
        let arguments = method.signature.arguments.iter();
        let arguments = arguments.map(|one| {
            let name = naming::value_name(&one.name).trim_end_matches('_').replace('_', "-");
            let noun = naming::value_name(noun).trim_end_matches('_').replace('_', "-");
            let text = if noun.is_empty() { name } else { [&noun, "-", &name].concat() };
            self.sample(&one.value, text)
        });
        Some(ExampleCall::with(&method.name, arguments.collect::<Option<_>>()?))
    }

    /// A value of a type.
    fn sample(&self, value: &Type, text: String) -> Option<Sample> {
        Some(match value {
            // A member of an enumeration is a set of flags as well.
            Type::IntoValue(inner) | Type::IntoNullable(inner) | Type::IntoKey(inner) => {
                let inner = match &**inner {
                    Type::Flags(member) => member,
                    inner => inner,
                };
                self.sample(inner, text)?
            }
            Type::IntoBody(inner) => self.sample(inner, text)?,
            Type::Str | Type::Foreign(Foreign::String) => Sample::Text(text),
            Type::Foreign(foreign) => Sample::of_foreign(*foreign)?,
            Type::Generated(item) if self.builders.contains(item) => Sample::New(item.clone()),
            Type::Generated(item) => {
                let variant = self.enums.get(item)?.variants.first()?;
                Sample::Member(item.clone(), variant.name.clone())
            }
            _ => return None,
        })
    }
}

fn is_list(method: &Method) -> bool {
    matches!(method.call, Call::Send(Request::List))
}

/// The text by which people tell objects apart: what is called a name, title or subject, else the first
/// text that is not an identifier.
fn told_by<'p>(object: &'p Struct, key: Option<&Field>) -> Option<&'p Field> {
    let is_text = |field: &&Field| {
        *field.inner() == Type::Foreign(Foreign::String)
            && field.constant.is_some()
            && field.docs.deprecated.is_none()
            && key.is_none_or(|key| key.name != field.name)
    };
    let rank = |field: &&Field| {
        let name = field.wire_name.to_ascii_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        match name.as_str() {
            "displayname" | "name" | "title" | "subject" => 0,
            _ if ends(&["name", "title"]) => 1,
            _ if ends(&["id", "url", "key"]) => 3,
            _ => 2,
        }
    };
    object.fields.iter().filter(is_text).min_by_key(rank)
}

/// The constants of some fields as one argument. An array has constants of one type only.
fn selection(fields: &[&Field], mut constants: Vec<Sample>) -> Option<Sample> {
    match fields {
        [] => None,
        [_] => constants.pop(),
        [first, rest @ ..] => {
            let is_one_type = rest.iter().all(|one| one.inner() == first.inner());
            Some(if is_one_type { Sample::Array(constants) } else { Sample::Tuple(constants) })
        }
    }
}
