//! From documents to the model.
//!
//! Enters: a [`Description`](super::Description). Leaves: a [`Model`](super::model::Model); what is wrong is
//! reported, and read in the widest sense. Must not know: what later stages make of it.
//!
//! The parts of the API are found from the first document on, and each is made once, whatever refers to it.
//! 2.0 is read as the 3.x that means the same, in the files of the objects that differ.

mod body;
mod example;
mod fields;
mod form;
mod info;
mod link;
mod operation;
mod parameter;
mod parts;
mod path;
mod response;
mod schemas;
mod security;
#[cfg(test)]
mod tests;
mod value;

use super::description::{Description, Document, DocumentId, Location, Version};
use super::model::{
    Arena, Callback, Encoding, Example, Header, Link, MediaType, Model, Operation, Parameter,
    PathItem, RequestBody, Response, SchemaId, SecurityScheme, Words,
};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Kind, Node};
use fields::{Budget, Fields};
use parts::{Asked, Parts};
use rustc_hash::FxHashMap;
use schemas::Schemas;

/// Reads the documents into one model: the API that the first document describes, the components of all
/// documents that are referred to, the schemas at some other locations, and all that they contain or refer
/// to.
pub fn build(
    description: &Description,
    others: &[Location],
    diagnostics: &mut Diagnostics,
) -> Model {
    let budget = Budget::of(description);
    let mut builder = Builder::new(description, &budget);
    builder.named_schemas();
    builder.types.extend(others.iter().map(|location| builder.schemas.at(*location)));
    let mut model = builder.api();
    builder.components();
    builder.read_all();
    builder.finish(&mut model, diagnostics);
    if budget.is_spent() {
        let message = "aliases repeat so much that the documents have too many parts";
        let finding = Diagnostic::error("too-many-parts", message);
        diagnostics.push(finding.help("refer to what is repeated with `$ref`"));
    }
    model
}

/// The parts that were found so far.
struct Builder<'d> {
    description: &'d Description,
    budget: &'d Budget,
    /// The documents whose components count.
    used: Vec<DocumentId>,
    /// The names of components other than schemas.
    names: FxHashMap<Location, &'d str>,
    schemas: Schemas<'d>,
    types: Vec<SchemaId>,
    schemes: Parts<SecurityScheme>,
    items: Parts<PathItem>,
    operations: Arena<Operation>,
    parameters: Parts<Parameter>,
    headers: Parts<Header>,
    bodies: Parts<RequestBody>,
    /// For 2.0 with the list of the media types that are produced.
    responses: Parts<Response, Option<Location>>,
    media_types: Parts<MediaType>,
    encodings: Parts<Encoding>,
    links: Parts<Link>,
    callbacks: Parts<Callback>,
    examples: Parts<Example>,
}

/// Reads all parts of a kind that were asked for.
macro_rules! read {
    ($builder:ident, $parts:ident, $read:ident, $any:ident) => {
        while let Some((id, asked)) = $builder.$parts.next() {
            let part = $builder.$read(asked);
            $builder.$parts.set(id, part);
            $any = true;
        }
    };
}

impl<'d> Builder<'d> {
    fn new(description: &'d Description, budget: &'d Budget) -> Self {
        Self {
            description,
            budget,
            used: description.used().to_vec(),
            names: FxHashMap::default(),
            schemas: Schemas::new(description),
            types: Vec::new(),
            schemes: Parts::new(),
            items: Parts::new(),
            operations: Arena::default(),
            parameters: Parts::new(),
            headers: Parts::new(),
            bodies: Parts::new(),
            responses: Parts::new(),
            media_types: Parts::new(),
            encodings: Parts::new(),
            links: Parts::new(),
            callbacks: Parts::new(),
            examples: Parts::new(),
        }
    }

    fn fields(&self, at: Location) -> Fields<'d> {
        Fields::new(self.description, self.budget, at)
    }

    /// The root of a document.
    fn root(&self, document: DocumentId) -> Fields<'d> {
        let node = self.description.document(document).tree.root().id();
        self.fields(Location { document, node })
    }

    /// The schemas that are components.
    fn named_schemas(&mut self) {
        for id in self.used.clone() {
            let document = self.description.document(id);
            for member in components(document).into_iter().flat_map(|one| one.members()) {
                let location = Location { document: id, node: member.value.id() };
                let id = self.schemas.component(location, member.name);
                // Those that are objects are among the locations that were found.
                if matches!(member.value.kind(), Kind::Bool(_)) {
                    self.types.push(id);
                }
            }
        }
    }

    /// What the first document says about the API.
    fn api(&mut self) -> Model {
        let Some(first) = self.used.first() else { return Model::default() };
        let root = self.root(*first);
        self.name_components();
        let mut extensions = root.extensions();
        let inner = ["paths", "components", "x-webhooks"].map(|name| root.object(name));
        extensions.extend(inner.into_iter().flatten().flat_map(Fields::extensions));
        Model {
            info: root.object("info").map(info::info).unwrap_or_default(),
            external_docs: info::external_docs(root),
            servers: self.servers(root),
            tags: info::tags(root),
            security: self.security(root).unwrap_or_default(),
            paths: self.paths(root),
            webhooks: self.webhooks(root),
            extensions,
            ..Model::default()
        }
    }

    fn read_all(&mut self) {
        let mut is_new = true;
        while std::mem::take(&mut is_new) {
            read!(self, schemes, scheme, is_new);
            read!(self, items, item, is_new);
            read!(self, parameters, parameter, is_new);
            read!(self, headers, header, is_new);
            read!(self, bodies, body, is_new);
            read!(self, responses, response, is_new);
            read!(self, media_types, media_type, is_new);
            read!(self, encodings, encoding, is_new);
            read!(self, links, link, is_new);
            read!(self, callbacks, callback, is_new);
            read!(self, examples, example, is_new);
        }
    }

    fn finish(mut self, model: &mut Model, diagnostics: &mut Diagnostics) {
        self.types.sort_unstable();
        self.types.dedup();
        let mut links = self.links.finish();
        link::connect(self.description, &mut links, &self.operations);
        model.schemes = self.schemes.finish();
        model.items = self.items.finish();
        model.operations = self.operations;
        model.parameters = self.parameters.finish();
        model.headers = self.headers.finish();
        model.bodies = self.bodies.finish();
        model.responses = self.responses.finish();
        model.media_types = self.media_types.finish();
        model.encodings = self.encodings.finish();
        model.links = links;
        model.callbacks = self.callbacks.finish();
        model.examples = self.examples.finish();
        model.schemas = self.schemas.finish(diagnostics);
        model.types = self.types;
    }

    /// The object at a location, after all references; `None` if there is none.
    fn asked(&self, at: Location) -> Option<Asked> {
        let of = self.fields(at);
        if !of.node.is_object() {
            return None;
        }
        if of.node.get("$ref").and_then(Node::text).is_none() {
            return Some(Asked { at, over: None, context: () });
        }
        let target = self.description.target(at).ok()?;
        let has_own = of.version.has_json_schema()
            && ["summary", "description"].iter().any(|name| of.node.get(name).is_some());
        let is_object = self.description.node(target).is_object();
        is_object.then_some(Asked { at: target, over: has_own.then_some(at), context: () })
    }

    /// The objects of a map, each after all references.
    fn all_asked(&self, of: Fields<'d>, name: &str) -> Vec<(Words, Asked)> {
        let named = |(name, of): (Words, Fields<'d>)| Some((name, self.asked(of.at)?));
        of.members(name).filter_map(named).collect()
    }

    /// The name of the component that an object is.
    fn component(&self, at: Location) -> Option<String> {
        self.names.get(&at).map(|name| (*name).to_owned())
    }

    /// The description of an object, or of the reference to it.
    fn description_of<C>(&self, asked: Asked<C>) -> Option<Words> {
        self.annotation(asked, "description")
    }

    fn annotation<C>(&self, asked: Asked<C>, name: &str) -> Option<Words> {
        let own = asked.over.and_then(|at| self.fields(at).words(name));
        own.or_else(|| self.fields(asked.at).words(name))
    }

    /// The schema of a field.
    fn schema(&mut self, of: Fields<'d>, name: &str) -> Option<SchemaId> {
        let node = of.node.get(name)?;
        let is_schema = node.is_object() || node.bool().is_some();
        is_schema.then(|| self.schema_at(of.at.with(node)))
    }

    fn schema_at(&mut self, at: Location) -> SchemaId {
        let id = self.schemas.at(at);
        self.types.push(id);
        id
    }
}

/// The kinds of components that have names, with the fields of the root that have them in 2.0.
const COMPONENTS: [(&str, Option<&str>); 10] = [
    ("responses", Some("responses")),
    ("parameters", Some("parameters")),
    ("examples", None),
    ("requestBodies", None),
    ("headers", None),
    ("securitySchemes", Some("securityDefinitions")),
    ("links", None),
    ("callbacks", None),
    ("pathItems", None),
    ("mediaTypes", None),
];

impl<'d> Builder<'d> {
    /// The components of a kind in all documents, with their names.
    fn components_of(&self, kind: &str, of_20: Option<&str>) -> Vec<(Location, &'d str)> {
        let mut found = Vec::new();
        for id in &self.used {
            let root = self.root(*id);
            let map = match root.version {
                Version::V20 => of_20.and_then(|name| root.object(name)),
                _ => root.object("components").and_then(|all| all.object(kind)),
            };
            let members = map.into_iter().flat_map(|map| {
                map.node.members().map(move |one| (map.at.with(one.value), one.name))
            });
            found.extend(members.filter(|(at, _)| self.description.node(*at).is_object()));
        }
        found
    }

    fn name_components(&mut self) {
        for (kind, of_20) in COMPONENTS {
            for (at, name) in self.components_of(kind, of_20) {
                self.names.entry(at).or_insert(name);
            }
        }
    }

    /// Asks for the components, also for those that nothing refers to.
    fn components(&mut self) {
        for (kind, of_20) in COMPONENTS {
            for (at, _) in self.components_of(kind, of_20) {
                if let Some(asked) = self.asked(at) {
                    self.ask_component(kind, asked);
                }
            }
        }
    }

    fn ask_component(&mut self, kind: &str, asked: Asked) {
        match kind {
            "responses" => _ = self.ask_response(asked, None),
            "parameters" => self.ask_parameter(asked),
            "examples" => _ = self.examples.ask(asked),
            "requestBodies" => _ = self.bodies.ask(asked),
            "headers" => _ = self.headers.ask(asked),
            "securitySchemes" => _ = self.schemes.ask(asked),
            "links" => _ = self.links.ask(asked),
            "callbacks" => _ = self.callbacks.ask(asked),
            "pathItems" => _ = self.items.ask(Asked { over: None, ..asked }),
            _ => _ = self.media_types.ask(asked),
        }
    }
}

/// The schemas of a document that have names.
fn components(document: &Document) -> Option<Node<'_>> {
    let root = document.tree.root();
    match document.version {
        Version::V20 => root.get("definitions"),
        _ => root.get("components")?.get("schemas"),
    }
}
