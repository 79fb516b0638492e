//! Examples: the most common request of each group, and the first one of a crate.
//!
//! Enters: the planned groups and types. Leaves: an [`Example`] for each group for which there is one, and the
//! first one. Must not know: where they are shown.
//!
//! What is read without arguments is the most common; lists are before single objects. A request of which an
//! argument has no value that an example could show has none.

use super::operations::Requests;
use crate::crate_plan::naming::{self, identifier};
use crate::crate_plan::{
    Access, Authorization, Docs, EachItem, Example, ExampleCall, Foreign, Group, Item, ItemPath,
    MadeClient, OperationMethod, Options, Part, Place, Reach, Sample, Service, Start, Type,
};
use rustc_hash::FxHashMap;

/// How many items an example asks for, where a request has a parameter for that.
const LIMIT: &str = "10";

/// The names of parameters for the most items of an answer, where the rule of its pages names none.
const LIMITS: [&str; 5] = ["limit", "per_page", "page_size", "max_results", "top"];

/// The most values around a value in an example.
const DEEPEST: usize = 2;

/// The items that examples may name, by their paths.
type Items<'i> = FxHashMap<ItemPath, &'i Item>;

/// Adds an example to each group; returns the first one of the crate. `types` are the items of a module.
pub(super) fn add(requests: &mut Requests, (module, types): (&str, &[Item])) -> Option<Example> {
    let service = requests.service.as_ref()?;
    let path = |item: &Item| ItemPath::new(vec![module.to_owned()].into(), item.name());
    let mut items: Items<'_> = types.iter().map(|item| (path(item), item)).collect();
    for (module, found) in &requests.modules {
        for item in found.files.values().flat_map(|file| &file.items) {
            items.insert(ItemPath::new(vec![module.clone()].into(), item.name()), item);
        }
    }
    let mut made: Vec<(ItemPath, Rank, Example)> = Vec::new();
    let mut first: Option<(Rank, Example)> = None;
    for (at, access) in service.accesses.iter().enumerate() {
        let Reach::Group(path) = &access.reach else { continue };
        let Some(Item::Group(group)) = items.get(path) else { continue };
        let examples = Examples { items: &items };
        let Some((rank, method, example)) = examples.of_group(access, group) else { continue };
        let rank = Rank { group: at, ..rank };
        if first.as_ref().is_none_or(|(best, _)| rank < *best) {
            let client = client(service, method, requests.service_root.is_some());
            let each = each(method);
            first = Some((rank, Example { client: Some(client), each, ..example.clone() }));
        }
        made.push((path.clone(), rank, example));
    }
    for (path, _, example) in made {
        let module = path.module.first().and_then(|name| requests.modules.get_mut(name));
        let items = module.into_iter().flat_map(|one| one.files.values_mut());
        for item in items.flat_map(|file| &mut file.items) {
            match item {
                Item::Group(group) if group.name == path.name => {
                    group.example = Some(example.clone());
                }
                _ => {}
            }
        }
    }
    first.map(|(_, example)| example)
}

/// How common a request is; the least is the most common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_deprecated: bool,
    is_change: bool,
    arguments: usize,
    is_single: bool,
    group: usize,
    method: usize,
}

struct Examples<'i> {
    items: &'i Items<'i>,
}

impl<'i> Examples<'i> {
    /// The most common request of a group.
    fn of_group(
        &self,
        access: &Access,
        group: &'i Group,
    ) -> Option<(Rank, &'i OperationMethod, Example)> {
        let ranked = group.methods.iter().enumerate().map(|(at, one)| (rank(at, one), one));
        let mut ranked: Vec<(Rank, &OperationMethod)> = ranked.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked
            .into_iter()
            .find_map(|(rank, method)| Some((rank, method, self.of_method(access, method)?)))
    }

    fn of_method(&self, access: &Access, method: &OperationMethod) -> Option<Example> {
        let arguments = method.signature.arguments.iter();
        let arguments = arguments.map(|one| self.sample(&one.value, &one.name, 0));
        let arguments = arguments.collect::<Option<Vec<_>>>()?;
        let mut calls = vec![
            ExampleCall::with(&access.name, Vec::new()),
            ExampleCall::with(&method.name, arguments),
        ];
        calls.extend(self.limit(method));
        Some(Example {
            client: None,
            start: Start::Client,
            calls,
            is_sent: true,
            answer: answer(method),
            each: None,
        })
    }

    /// How the number of items is limited.
    fn limit(&self, method: &OperationMethod) -> Option<ExampleCall> {
        let Type::Applied(path, _) = &method.signature.result else { return None };
        let Some(Item::Options(Options { setters, .. })) = self.items.get(path) else {
            return None;
        };
        let paging = method.operation.paging.as_ref();
        let declared = paging.and_then(|paging| paging.limit.as_deref());
        let is_limit = |part: &Part, name: &str| match (part, declared) {
            (Part::Parameter(Place::Query, wire_name), Some(limit)) => wire_name == limit,
            (Part::Parameter(Place::Query, _), None) => LIMITS.contains(&name),
            _ => false,
        };
        let is_number = |value: &Type| {
            matches!(value.taken(), Type::Foreign(Foreign::I32 | Foreign::I64 | Foreign::U32))
        };
        let found = setters.iter().find(|one| {
            is_limit(&one.part, &one.name) && is_number(&one.takes) && one.docs.deprecated.is_none()
        })?;
        Some(ExampleCall::with(&found.name, vec![Sample::Plain(LIMIT)]))
    }

    /// A value of a type, for an argument with a name.
    fn sample(&self, value: &Type, name: &str, depth: usize) -> Option<Sample> {
        let text = || Sample::Text(name.trim_start_matches("r#").replace('_', "-"));
        Some(match value {
            Type::IntoValue(inner)
            | Type::IntoNullable(inner)
            | Type::IntoKey(inner)
            | Type::IntoBody(inner)
            | Type::Box(inner) => self.sample(inner, name, depth)?,
            Type::Str | Type::Foreign(Foreign::String) => text(),
            Type::Foreign(foreign) => Sample::of_foreign(*foreign)?,
            Type::Vec(inner) => Sample::Array(vec![self.sample(inner, name, depth)?]),
            Type::Implementing(named) if named.path == ["std", "convert", "Into"] => {
                match named.arguments.first()? {
                    // Of several integers that convert into the type, the compiler cannot pick one.
                    Type::Foreign(Foreign::String) => text(),
                    inner @ (Type::Generated(_) | Type::Vec(_)) => {
                        self.sample(inner, name, depth)?
                    }
                    Type::Named(named) if named.path == ["model", "File"] => text(),
                    _ => return None,
                }
            }
            Type::Named(named) if named.path == ["model", "Formatted"] => {
                match named.arguments.first()? {
                    Type::Foreign(foreign) => Sample::of_foreign(*foreign)?,
                    _ => return None,
                }
            }
            // A set is given as one of its members, too.
            Type::Flags(inner) => self.sample(inner, name, depth)?,
            Type::Generated(path) => self.generated(path, depth)?,
            _ => return None,
        })
    }

    /// A value of a generated type.
    fn generated(&self, path: &ItemPath, depth: usize) -> Option<Sample> {
        let first = |variants: &[crate::crate_plan::Variant]| {
            Some(Sample::Member(path.clone(), variants.first()?.name.clone()))
        };
        match self.items.get(path)? {
            Item::Enum(item) => first(&item.variants),
            Item::Literals(item) => first(&item.variants),
            Item::Struct(item) if depth < DEEPEST => match item.json()?.constructor.as_ref() {
                Some(made) => {
                    let arguments = made.signature.arguments.iter();
                    let arguments =
                        arguments.map(|one| self.sample(&one.value, &one.name, depth + 1));
                    Some(Sample::Made(path.clone(), "new", arguments.collect::<Option<_>>()?))
                }
                None if item.is_default() => {
                    Some(Sample::Made(path.clone(), "default", Vec::new()))
                }
                None => None,
            },
            _ => None,
        }
    }
}

fn rank(at: usize, method: &OperationMethod) -> Rank {
    let Docs { deprecated, .. } = &method.docs;
    Rank {
        is_deprecated: deprecated.is_some(),
        is_change: !matches!(method.operation.verb.as_str(), "GET" | "QUERY"),
        arguments: method.signature.arguments.len(),
        is_single: !matches!(returned(method), Some(Type::Vec(_)))
            && method.operation.paging.is_none(),
        group: 0,
        method: at,
    }
}

/// What the request returns.
fn returned(method: &OperationMethod) -> Option<&Type> {
    match &method.signature.result {
        Type::Applied(_, inner) | Type::Request(inner) => Some(inner),
        _ => None,
    }
}

/// The variable for an answer.
fn answer(method: &OperationMethod) -> Option<String> {
    let name = match returned(method)? {
        Type::Unit => return None,
        Type::Vec(item) => match &**item {
            Type::Generated(path) => naming::value_name(&naming::plural(naming::stem(&path.name))),
            _ => "items".to_owned(),
        },
        // The name of an inline schema is that of its request.
        Type::Generated(path) if !path.name.ends_with("Response") => {
            naming::value_name(naming::stem(&path.name))
        }
        _ => "answer".to_owned(),
    };
    // The client has this name.
    Some(if name == "client" { "answer".to_owned() } else { identifier(&name) })
}

/// The items of an answer that is a list.
fn each(method: &OperationMethod) -> Option<EachItem> {
    let Type::Vec(item) = returned(method)? else { return None };
    let name = match &**item {
        Type::Generated(path) => naming::value_name(naming::stem(&path.name)),
        _ => "item".to_owned(),
    };
    Some(EachItem { name: identifier(&name), member: None })
}

/// The client that a request needs.
fn client(service: &Service, method: &OperationMethod, has_root: bool) -> MadeClient {
    let needed = method.operation.security.as_ref();
    let authorized = service.accesses.iter().filter_map(|access| match &access.reach {
        Reach::Authorized { scheme, with } => Some((scheme, access, *with)),
        Reach::Group(_) => None,
    });
    let authorized: Vec<_> = authorized.collect();
    let known = |name: &String| authorized.iter().find(|(scheme, ..)| *scheme == name);
    // The first way that takes one scheme, else none.
    let one = |all: &&Vec<String>| all.len() == 1 && all.first().and_then(known).is_some();
    let with = match needed {
        Some(needed) => needed.iter().find(one).and_then(|all| all.first()).and_then(known),
        None => authorized.iter().find(|(.., with)| *with == Authorization::Bearer),
    };
    let built = |with| MadeClient::Built { has_root, with };
    let text = |texts: &[&str]| texts.iter().map(|one| Sample::Text((*one).to_owned())).collect();
    match with {
        None => built(None),
        Some((_, _, Authorization::Bearer)) if has_root => MadeClient::Default,
        Some((_, _, Authorization::Bearer)) => MadeClient::WithServiceRoot,
        Some((_, access, Authorization::Basic)) => {
            built(Some(ExampleCall::with(&access.name, text(&["user", "password"]))))
        }
        Some((_, access, Authorization::Key)) => {
            built(Some(ExampleCall::with(&access.name, text(&["key"]))))
        }
        Some((_, access, Authorization::Custom)) => {
            built(Some(ExampleCall::with(&access.name, text(&["value"]))))
        }
    }
}
