//! The shortest way to each path type, and what it adds to the documentation of methods.
//!
//! Enters: the methods of the client and of all path types. Leaves: [`Routes`], and the requests and URLs in
//! the documentation of the methods, by which a search finds them, too. Must not know: what else is
//! documented.
//!
//! A path type is reached by many URLs. The shortest is shown: the walk of the one graph of the service
//! takes each edge for which the path type has a method.

use super::requests::Paths;
use super::table::Table;
use crate::crate_plan::{Argument, Call, Cardinality, KeyPart, Method, Passing, Path, Request};
use crate::odata::edm::StructuredTypeId;
use crate::odata::edm::service::{Edge, Follow, Label, Node, Properties, Template};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a path type is called in its own documentation if no path of the client reaches it.
const UNKNOWN: &str = "…";

/// The shortest way to each path type that the client reaches.
pub(super) struct Routes<'p>(BTreeMap<Node, Route<'p>>);

/// The URL of a path type below the service root, by its place.
pub(super) type Urls = BTreeMap<Node, String>;

/// A way from the client to a path type: the one to the path before it, and a method of that.
struct Route<'p> {
    url: Template,
    last: Option<(Node, &'p Method)>,
    end: Node,
}

impl Ord for Route<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.url.cmp(&other.url)
    }
}

impl PartialOrd for Route<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Route<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Eq for Route<'_> {}

impl<'p> Routes<'p> {
    pub(super) fn new(
        table: &Table<'_>,
        entry: &'p [Method],
        paths: &'p BTreeMap<StructuredTypeId, Paths>,
    ) -> Self {
        let mut ways = BTreeMap::from([(Node::Root, Ways::new(entry))]);
        for (node, path) in paths.iter().flat_map(|(id, paths)| each(*id, paths)) {
            ways.insert(node, Ways::new(&path.methods));
        }
        let start = Route { url: Template::default(), last: None, end: Node::Root };
        let follow = Follow { properties: Properties::Objects, ..Follow::EVERYTHING };
        Self(table.service.first_paths(follow, start, |route, edge| {
            let method = ways.get(&route.end)?.along(table, edge)?;
            let url = route.url.with(edge.step, &segment(&method.call));
            Some(Route { url, last: Some((route.end, method)), end: edge.to })
        }))
    }

    /// The methods on the way from the client to a path type, in the order of their calls.
    pub(super) fn methods(&self, to: Node) -> Option<Vec<&'p Method>> {
        let mut methods = Vec::new();
        let mut route = self.0.get(&to)?;
        while let Some((before, method)) = route.last {
            methods.push(method);
            route = self.0.get(&before)?;
        }
        methods.reverse();
        Some(methods)
    }

    /// The URLs alone.
    pub(super) fn into_urls(self) -> Urls {
        self.0.into_iter().map(|(node, route)| (node, route.url.as_str().to_owned())).collect()
    }
}

/// The path types of a structured type, with the places that they are paths to.
fn each(id: StructuredTypeId, paths: &Paths) -> impl Iterator<Item = (Node, &Path)> {
    let node = move |collection| Node::Resource { object: id, collection };
    let collection = paths.collection.iter().map(move |path| (node(true), path));
    collection.chain([(node(false), &paths.single)])
}

/// The methods that return paths.
struct Ways<'p> {
    by_segment: FxHashMap<&'p str, &'p Method>,
    by_key: Option<&'p Method>,
}

impl<'p> Ways<'p> {
    fn new(methods: &'p [Method]) -> Self {
        let mut ways = Self { by_segment: FxHashMap::default(), by_key: None };
        for method in methods {
            match &method.call {
                Call::Key { .. } => ways.by_key = Some(method),
                // The overload with the fewest parameters comes first.
                Call::Child { segment } | Call::Follow { segment, .. } => {
                    ways.by_segment.entry(segment).or_insert(method);
                }
                _ => {}
            }
        }
        ways
    }

    /// The method for a segment of the graph.
    fn along(&self, table: &Table<'_>, edge: &Edge<'_>) -> Option<&'p Method> {
        let qualified = match edge.step.label() {
            Label::Key => return self.by_key,
            Label::Name(name) => return self.by_segment.get(name).copied(),
            Label::Qualified(name) => name,
        };
        let cast = self.by_segment.get(qualified.to_string().as_str());
        cast.or_else(|| self.by_segment.get(table.segment(qualified).as_str())).copied()
    }
}

/// Adds to the documentation of all methods what they send, or the URL of what they return.
pub(super) fn document(
    table: &Table<'_>,
    entry: &mut [Method],
    paths: &mut BTreeMap<StructuredTypeId, Paths>,
    urls: &Urls,
) {
    for method in entry {
        locate(method, "");
    }
    for (&id, paths) in paths {
        let noun = &table.model.structured(id).name.name;
        let url = |collection| urls.get(&Node::Resource { object: id, collection });
        path(&mut paths.single, noun, url(false));
        if let Some(collection) = &mut paths.collection {
            path(collection, noun, url(true));
        }
    }
}

fn path(path: &mut Path, noun: &str, url: Option<&String>) {
    let paragraphs = &mut path.docs.paragraphs;
    let first = paragraphs.pop().unwrap_or_default();
    paragraphs.push(match url {
        Some(url) => first.words(", such as ").code(url).words("."),
        None => {
            first.words(". The client has no method for it; `…` is what [`at`](Self::at) takes.")
        }
    });
    for method in &mut path.methods {
        locate(method, url.map_or(UNKNOWN, String::as_str));
        if let Call::Send(request) = &method.call
            && let Some(alias) = operation(path.cardinality, request, noun)
        {
            method.docs.alias(&method.name, &alias);
        }
    }
}

/// Adds to the documentation of a method of a path what it sends, or the URL of what it returns.
fn locate(method: &mut Method, base: &str) {
    let segment = segment(&method.call);
    let verb = match &method.call {
        Call::Send(request) => request.verb(),
        Call::Act { .. } => "POST",
        Call::Compute { .. } => "GET",
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Follow { .. } => {
            return method.docs.locate(&[base, &segment].concat());
        }
    };
    method.docs.locate(&[verb, " ", base, &segment].concat());
}

/// What a URL has for a call after the path that it is called on, with placeholders.
pub(super) fn segment(call: &Call) -> String {
    match call {
        Call::Child { segment } | Call::Act { segment, .. } => ["/", segment].concat(),
        Call::Key { segment, parts } => match (parts.as_slice(), segment) {
            ([part], true) => ["/{", &part.wire_name, "}"].concat(),
            ([part], false) => ["({", &part.wire_name, "})"].concat(),
            (parts, _) => named(parts.iter().map(part)),
        },
        Call::AlternateKey { parts } => named(parts.iter().map(part)),
        Call::Compute { segment, arguments, .. } | Call::Follow { segment, arguments } => {
            let argument = |Argument { wire_name, passing, .. }: &Argument| match passing {
                Passing::Literal => placeholder(wire_name),
                Passing::Alias => [wire_name, "=@", wire_name].concat(),
            };
            ["/", segment, &named(arguments.iter().map(argument))].concat()
        }
        Call::Send(_) => String::new(),
    }
}

fn part(part: &KeyPart) -> String {
    placeholder(&part.wire_name)
}

fn placeholder(name: &str) -> String {
    [name, "={", name, "}"].concat()
}

fn named(parts: impl Iterator<Item = String>) -> String {
    ["(", &parts.collect::<Vec<_>>().join(","), ")"].concat()
}

/// What documentation of services calls a request, in the words that one searches for.
fn operation(cardinality: Cardinality, request: &Request, noun: &str) -> Option<String> {
    let verb = match request {
        Request::List => return Some(format!("list {}", plural(noun))),
        Request::Get if cardinality == Cardinality::Complex => return None,
        Request::Get => "get",
        Request::Create => "create",
        Request::Update => "update",
        Request::Delete => "delete",
        Request::Replace => return None,
    };
    Some([verb, " ", noun].concat())
}

/// The plural of an English noun, as services write it.
pub(super) fn plural(noun: &str) -> String {
    const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
    let is_hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(VOWELS)) {
        return format!("{stem}ies");
    }
    match noun.strip_suffix('s') {
        // It is a plural already: `settings`.
        Some(stem) if !stem.ends_with('s') && !stem.ends_with(VOWELS) => noun.to_owned(),
        _ if is_hissing => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_those_of_services() {
        let nouns =
            ["user", "policy", "userStatus", "settings", "day", "box", "access", "chatMessage"];
        let plurals = [
            "users",
            "policies",
            "userStatuses",
            "settings",
            "days",
            "boxes",
            "accesses",
            "chatMessages",
        ];
        assert_eq!(nouns.map(plural), plurals);
    }
}
