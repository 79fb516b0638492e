//! Path types: the requests on an entity, a collection of entities, or a complex value.
//!
//! There is one pair of path types for each entity type, and one for each complex type through which
//! paths go, whatever the number of these paths. So the code grows with the schema and not with its
//! paths.

use super::restrictions::Restriction;
use super::structs::described;
use super::table::Table;
use super::{operations, types};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Call, Cardinality, Docs, Foreign, ItemPath, KeyPart, Kind, Method, Parameter, Path, Prose,
    Request, Signature, Type,
};
use crate::input::config::Crud;
use crate::input::source::Span;
use crate::odata::csdl::{is_query_name, is_segment_name};
use crate::odata::edm::facts::AlternateKey;
use crate::odata::edm::service::{Edge, Follow, Node, Properties, Step, WIDEST_BASE};
use crate::odata::edm::{
    Annotations, Member, Operation, QualifiedName, StructuredKind, StructuredTypeId, TypeId,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The argument that is the body of a new entity.
pub(super) const VALUE: &str = "value";

/// The argument that is the changes to an entity.
pub(super) const UPDATE: &str = "update";

/// The names of the conversions that every value has.
const CONVERSIONS: &[&str] = &["into", "try_into"];

/// The methods of every path to an entity. Some entities are streams, so the names of their methods
/// are reserved for all.
static SINGLE_METHODS: LazyLock<Vec<&str>> =
    LazyLock::new(|| reserved(Kind::MediaPath, &["get", "update", "replace", "delete"]));

/// The methods of every path to a complex value.
static COMPLEX_METHODS: LazyLock<Vec<&str>> =
    LazyLock::new(|| reserved(Kind::ComplexPath, &["get"]));

/// The methods of every path to a collection.
static COLLECTION_METHODS: LazyLock<Vec<&str>> =
    LazyLock::new(|| reserved(Kind::CollectionPath, &["list", "create"]));

/// The names that methods of a kind of path cannot have, whatever the schema declares.
fn reserved(kind: Kind, requests: &[&'static str]) -> Vec<&'static str> {
    [kind.functions().as_slice(), requests, CONVERSIONS].concat()
}

/// The methods of every client, and of the runtime's client that it dereferences to.
const CLIENT_METHODS: &[&str] = &[
    "authorize",
    "batch",
    "blocking",
    "builder",
    "follow",
    "into",
    "try_into",
    "new",
    "raw",
    "resource",
    "service_root",
    "with_service_root",
];

/// The path types of a structured type.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// The path type for one entity or a complex value.
    pub(super) single: Path,
    /// The path type for a collection of entities.
    pub(super) collection: Option<Path>,
}

/// The path types of all structured types that have any.
pub(super) fn all(table: &Table<'_>) -> BTreeMap<StructuredTypeId, Paths> {
    let structured = table.type_ids().into_par_iter().filter_map(|id| match id {
        TypeId::Structured(id) => Some((id, paths(table, id)?)),
        TypeId::Enum(_) | TypeId::Definition(_) => None,
    });
    structured.collect()
}

/// The path types of a type; `None` for a complex type that no path goes through.
fn paths(table: &Table<'_>, id: StructuredTypeId) -> Option<Paths> {
    let place = table.structured(id).clone();
    let single = place.path?;
    let declared = table.model.structured(id);
    let qualified = declared.name.to_string();
    let documented = |words| {
        let words = Prose::new(words);
        sentence(match place.external {
            None => words.link(&place.name),
            Some(_) => words.code(&qualified),
        })
    };
    let object = table.item(TypeId::Structured(id), &place.name);
    let (cardinality, what) = match declared.kind {
        StructuredKind::Complex => (Cardinality::Complex, "Requests on one complex value of type "),
        StructuredKind::Entity => {
            let cardinality =
                if declared.has_stream { Cardinality::MediaEntity } else { Cardinality::Entity };
            (cardinality, "Requests on one entity of type ")
        }
    };
    let methods = match declared.kind {
        StructuredKind::Complex => complex_methods(table, id),
        StructuredKind::Entity => single_methods(table, id),
    };
    Some(Paths {
        single: Path {
            name: single,
            wire_name: qualified.clone(),
            object: object.clone(),
            cardinality,
            docs: documented(what),
            example: None,
            methods,
        },
        collection: place.collection.map(|collection| Path {
            name: collection,
            wire_name: qualified.clone(),
            object,
            cardinality: Cardinality::Collection,
            docs: documented("Requests on a collection of type "),
            example: None,
            methods: collection_methods(table, id),
        }),
    })
}

/// What the client offers at the service root.
pub(super) fn entry(table: &Table<'_>) -> Vec<Method> {
    ways(table, &mut Scope::with_reserved(CLIENT_METHODS), Node::Root)
}

fn single_methods(table: &Table<'_>, id: StructuredTypeId) -> Vec<Method> {
    let allowed = table.restrictions.of(id);
    let mut scope = Scope::with_reserved(&SINGLE_METHODS);
    let entity = types::entity(table, id);
    let mut methods = Vec::new();
    send(&mut methods, &allowed[&Crud::Get], "get", &["Reads the entity"], Request::Get, &entity);
    if table.structured(id).update.is_some() {
        let words = &[
            "Changes the entity",
            "Returns the changed entity, or nothing if the service answers with 204.",
        ];
        send(&mut methods, &allowed[&Crud::Update], "update", words, Request::Update, &entity);
        let words = &[
            "Replaces the entity",
            "Members that the value does not have are set to their defaults.",
        ];
        send(&mut methods, &allowed[&Crud::Update], "replace", words, Request::Replace, &entity);
    }
    send(
        &mut methods,
        &allowed[&Crud::Delete],
        "delete",
        &["Deletes the entity"],
        Request::Delete,
        &entity,
    );
    let node = Node::Resource { object: id, collection: false };
    methods.extend(ways(table, &mut scope, node));
    methods
}

/// The methods of a complex value: its own requests, and the ways to what is below it.
fn complex_methods(table: &Table<'_>, id: StructuredTypeId) -> Vec<Method> {
    let mut scope = Scope::with_reserved(&COMPLEX_METHODS);
    let get = Method {
        name: "get".to_owned(),
        docs: sentence(Prose::new("Reads the value")),
        signature: signature(Request::Get, &types::entity(table, id)),
        call: Call::Send(Request::Get),
    };
    let node = Node::Resource { object: id, collection: false };
    std::iter::once(get).chain(ways(table, &mut scope, node)).collect()
}

/// The ways on from a place, one for each segment that may follow it. They claim their names in the
/// order of the graph.
fn ways(table: &Table<'_>, scope: &mut Scope, node: Node) -> Vec<Method> {
    let is_narrow = |object| table.descendants(object).len() <= WIDEST_BASE;
    let casts = matches!(node, Node::Resource { object, .. } if is_narrow(object));
    let follow = Follow { properties: Properties::Objects, casts, ..Follow::EVERYTHING };
    let edges = table.service.edges(node, follow);
    let alternatives = edges.chunk_by(|one, other| are_overloads(one.step, other.step));
    alternatives.flat_map(|edges| along(table, scope, node, edges)).collect()
}

/// Whether two segments call operations whose methods get their names together.
fn are_overloads(one: Step<'_>, other: Step<'_>) -> bool {
    match (one, other) {
        (Step::Operation(..), Step::Operation(..)) => true,
        (Step::Import(one, _), Step::Import(other, _)) => one.name == other.name,
        _ => false,
    }
}

/// The methods that go along an edge, or along some edges of overloads.
fn along(table: &Table<'_>, scope: &mut Scope, from: Node, edges: &[Edge<'_>]) -> Vec<Method> {
    let Some(&Edge { step, to }) = edges.first() else { return Vec::new() };
    let operations = || edges.iter().filter_map(|edge| edge.step.operation()).collect();
    let container = table.model.container.as_ref().map(|one| &one.name);
    let at_root = |name: &str| container.map_or_else(String::new, |one| format!("{one}/{name}"));
    let below = |owner, name: &str| format!("{}/{name} (path)", table.model.structured(owner).name);
    let (what, element, span, annotations) = match step {
        Step::Key => {
            let Node::Resource { object, .. } = from else { return Vec::new() };
            let key = by_key(table, scope, object);
            return key.into_iter().chain(alternate_keys(table, scope, object)).collect();
        }
        Step::Cast(name) => return cast(table, scope, (name, to)).into_iter().collect(),
        Step::Operation(..) => {
            let segment = |operation: &Operation| table.segment(&operation.name);
            return operations::methods(table, scope, operations(), segment);
        }
        Step::Import(import, _) if is_segment_name(&import.name) => {
            let segment = |_: &Operation| import.name.clone();
            return operations::methods(table, scope, operations(), segment);
        }
        Step::Import(..) => return Vec::new(),
        Step::Set(one) => ("The entity set", at_root(&one.name), one.span, &one.annotations),
        Step::Singleton(one) => ("The singleton", at_root(&one.name), one.span, &one.annotations),
        Step::Navigation(owner, one) => {
            let what = if one.collection { "The related entities" } else { "The related entity" };
            (what, below(owner, &one.name), one.span, &one.annotations)
        }
        Step::Property(owner, one) => {
            ("The complex property", below(owner, &one.name), one.span, &one.annotations)
        }
    };
    let wire = step.label().to_string();
    child(table, scope, (&element, span), (what, &wire), to, annotations).into_iter().collect()
}

fn collection_methods(table: &Table<'_>, id: StructuredTypeId) -> Vec<Method> {
    let allowed = table.restrictions.of(id);
    let mut scope = Scope::with_reserved(&COLLECTION_METHODS);
    let entity = types::entity(table, id);
    let mut methods = Vec::new();
    send(
        &mut methods,
        &allowed[&Crud::List],
        "list",
        &["Reads the first page"],
        Request::List,
        &entity,
    );
    send(
        &mut methods,
        &allowed[&Crud::Create],
        "create",
        &["Creates an entity"],
        Request::Create,
        &entity,
    );
    let node = Node::Resource { object: id, collection: true };
    methods.extend(ways(table, &mut scope, node));
    methods
}

fn send(
    methods: &mut Vec<Method>,
    restriction: &Restriction,
    name: &str,
    words: &[&'static str],
    request: Request,
    entity: &Type,
) {
    if restriction.is_allowed() {
        let mut paragraphs: Vec<Prose> = words.iter().copied().map(Prose::new).collect();
        paragraphs.extend(restriction.scopes());
        methods.push(Method {
            name: name.to_owned(),
            docs: Docs::new(paragraphs),
            signature: signature(request, entity),
            call: Call::Send(request),
        });
    }
}

/// A method that makes a request.
fn signature(request: Request, entity: &Type) -> Signature {
    let body = match request {
        Request::List | Request::Get | Request::Delete => None,
        Request::Create | Request::Replace => Some(VALUE),
        Request::Update => Some(UPDATE),
    };
    let body = body.map(|name| Parameter::new(name, entity.clone().into_body()));
    let answered = entity.clone();
    let returned = match request {
        Request::List => answered.page(),
        Request::Get | Request::Create => answered,
        Request::Update | Request::Replace => answered.optional(),
        Request::Delete => Type::Unit,
    };
    Signature::request(body.into_iter().collect(), returned)
}

fn child(
    table: &Table<'_>,
    scope: &mut Scope,
    element: (&str, Span),
    (what, wire): (&'static str, &str),
    to: Node,
    annotations: &Annotations,
) -> Option<Method> {
    if !is_segment_name(wire) {
        return None;
    }
    let target = path_to(table, to)?;
    let name = table.claim(scope, element, &naming::value_name(wire));
    Some(Method {
        name: identifier(&name),
        docs: {
            let mut docs = described(annotations);
            if docs.paragraphs.is_empty() {
                docs.paragraphs.push(Prose::new(what));
            }
            docs.alias(&name, wire);
            docs
        },
        signature: Signature::path(Vec::new(), target),
        call: Call::Child { segment: wire.to_owned() },
    })
}

/// The path type of a place, if it has one.
fn path_to(table: &Table<'_>, node: Node) -> Option<ItemPath> {
    match node {
        Node::Resource { object, collection } => path_type(table, object, collection),
        Node::Root | Node::Value => None,
    }
}

pub(super) fn path_type(table: &Table<'_>, id: StructuredTypeId, many: bool) -> Option<ItemPath> {
    let place = table.structured(id);
    let name = if many { place.collection.as_ref() } else { place.path.as_ref() }?;
    Some(table.item(TypeId::Structured(id), name))
}

fn by_key(table: &Table<'_>, scope: &mut Scope, id: StructuredTypeId) -> Option<Method> {
    let (arguments, parts) = key_parts(table, id)?;
    let wanted = match parts.as_slice() {
        [one] => naming::value_name(&one.wire_name),
        _ => "key".to_owned(),
    };
    let element = format!("{} (key)", table.model.structured(id).name);
    let span = table.model.effective_key(id).map(|key| key.span)?;
    let name = table.claim(scope, (&element, span), &wanted);
    let segment = table.keys_are_segments()
        && parts.len() == 1
        && *arguments[0].value.taken() == Type::Foreign(Foreign::String);
    let target = path_type(table, id, false)?;
    Some(Method {
        name: identifier(&name),
        docs: sentence(Prose::new("The entity with this key")),
        signature: Signature::path(arguments, target),
        call: Call::Key { segment, parts },
    })
}

/// The alternate keys of a type and its bases.
fn alternate_keys(table: &Table<'_>, scope: &mut Scope, id: StructuredTypeId) -> Vec<Method> {
    let model = table.model;
    let mut methods = Vec::new();
    for (base, key) in model.alternate_keys(id) {
        let (Some((arguments, parts)), Some(target)) =
            (alternate_parts(table, id, &key), path_type(table, id, false))
        else {
            continue;
        };
        let names: Vec<String> =
            parts.iter().map(|part| naming::value_name(&part.wire_name)).collect();
        let wanted = format!("by_{}", names.join("_and_"));
        let element = format!("{} (alternate key)", model.structured(base).name);
        let span = model.structured(base).span;
        let name = table.claim(scope, (&element, span), &wanted);
        methods.push(Method {
            name: identifier(&name),
            docs: sentence(Prose::new("The entity with this alternate key")),
            signature: Signature::path(arguments, target),
            call: Call::AlternateKey { parts },
        });
    }
    methods
}

fn alternate_parts(table: &Table<'_>, id: StructuredTypeId, key: &AlternateKey<'_>) -> Option<Key> {
    let mut scope = Scope::default();
    let parts = key.parts.iter().map(|part| {
        let Member::Property(property) = table.model.member(id, part.path)?.1 else { return None };
        let value = types::item(table, property.value.item);
        let name = scope.claim(&naming::value_name(part.name), part.name).name;
        let is_part = types::is_literal(&value, property.value.item) && is_query_name(part.name);
        is_part.then(|| key_part(&name, part.name, value))
    });
    parts.collect::<Option<Key>>().filter(|(_, parts)| !parts.is_empty())
}

/// The parts of the effective key, if all of them have a type that a path can contain.
fn key_parts(table: &Table<'_>, id: StructuredTypeId) -> Option<Key> {
    let key = table.model.effective_key(id)?;
    let mut scope = Scope::default();
    let parts = key.properties.iter().map(|part| {
        let value = types::item(table, part.value.item);
        // A predicate with several parts names them.
        let is_named = key.properties.len() > 1;
        if !types::is_literal(&value, part.value.item) || is_named && !is_query_name(&part.name) {
            return None;
        }
        let name = scope.claim(&naming::value_name(&part.name), &part.name).name;
        Some(key_part(&name, &part.name, value))
    });
    parts.collect::<Option<Key>>().filter(|(_, parts)| !parts.is_empty())
}

/// The arguments for a key, and how each gets into the URL.
type Key = (Vec<Parameter>, Vec<KeyPart>);

fn key_part(name: &str, wire_name: &str, value: Type) -> (Parameter, KeyPart) {
    let name = identifier(name);
    let taken = Parameter::new(&name, value.into_key());
    (taken, KeyPart { name, wire_name: wire_name.to_owned() })
}

fn cast(
    table: &Table<'_>,
    scope: &mut Scope,
    (derived, to): (&QualifiedName, Node),
) -> Option<Method> {
    let Node::Resource { object, collection } = to else { return None };
    let wire = derived.to_string();
    let target = path_type(table, object, collection)?;
    let wanted = format!("as_{}", naming::value_name(&derived.name));
    let span = table.model.structured(object).span;
    let name = table.claim(scope, (&format!("{wire} (cast)"), span), &wanted);
    let what = if collection { "Only those of the derived type" } else { "As the derived type" };
    Some(Method {
        name: identifier(&name),
        docs: sentence(Prose::new(what)),
        signature: Signature::path(Vec::new(), target),
        call: Call::Child { segment: wire },
    })
}

fn sentence(text: Prose) -> Docs {
    Docs::new(vec![text])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The public methods of a type in some sources of the runtime.
    fn methods(of: &str, sources: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(sources).expect("the runtime is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                found.extend(methods(of, &path));
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            let items = syn::parse_file(&text).expect("Rust").items;
            let blocks = items.iter().filter_map(|item| match item {
                syn::Item::Impl(block) if block.trait_.is_none() => Some(block),
                _ => None,
            });
            for block in blocks {
                let syn::Type::Path(owner) = &*block.self_ty else { continue };
                if !owner.path.is_ident(of) {
                    continue;
                }
                found.extend(block.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(one) if matches!(one.vis, syn::Visibility::Public(_)) => {
                        one.sig.receiver().map(|_| one.sig.ident.to_string())
                    }
                    _ => None,
                }));
            }
        }
        found
    }

    /// The methods that a macro of the runtime adds to a path type, with those of the macros that
    /// it calls.
    fn methods_by_macro(source: &str, name: &str) -> Vec<String> {
        let start = source.split(&format!("macro_rules! {name} {{")).nth(1).expect("the macro");
        let text = start.split("macro_rules!").next().expect("its text");
        let names = |before: &'static str| {
            text.split(before).skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                rest[..end.unwrap_or(rest.len())].to_owned()
            })
        };
        let called = names("$crate::").filter(|name| name.ends_with("_path"));
        let mut found: Vec<String> = names("pub fn ").collect();
        found.extend(called.flat_map(|name| methods_by_macro(source, &name)));
        found.sort();
        found
    }

    /// One more would break each generated crate whose schema has a navigation property of its
    /// name. A later addition must be a method of a trait, because a generated method takes
    /// precedence over it.
    #[test]
    fn methods_that_macros_add_to_path_types_are_reserved_and_frozen() {
        let source = "../runtime/src/odata/paths/macros.rs";
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
        let source = std::fs::read_to_string(source).expect("the macros are there");
        let cases: [(&str, &[&str], &[&str]); 4] = [
            ("complex_path", &["at", "property", "resource", "stream"], &COMPLEX_METHODS),
            (
                "entity_path",
                &["at", "property", "reference", "resource", "stream"],
                &SINGLE_METHODS,
            ),
            (
                "media_path",
                &["at", "media", "property", "reference", "resource", "stream"],
                &SINGLE_METHODS,
            ),
            ("collection_path", &["at", "count", "references", "resource"], &COLLECTION_METHODS),
        ];
        for (name, expected, reserved) in cases {
            assert_eq!(methods_by_macro(&source, name), expected, "{name}");
            for method in expected {
                assert!(reserved.contains(method), "{method}");
            }
        }
    }

    #[test]
    fn no_set_hides_what_every_client_has() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
        let methods = methods("ServiceClient", &sources);
        assert!(methods.len() > 3, "{methods:?}");
        for method in methods {
            assert!(CLIENT_METHODS.contains(&method.as_str()), "{method}");
        }
    }
}
