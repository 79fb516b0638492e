//! What a schema that is not a component is for: the name of its type, and who sends its values.
//!
//! Enters: the steps from the root of a document to the schema. Leaves: [`Standing`]. Must not know: what
//! the schema says.
//!
//! The name begins with the operation, or with the component, and ends with the part that the schema is of:
//! `IssuesCreateBody`, `GetPetResponse`, `ListPetsLimit`. So it does not change when other parts come or go.

use super::place::{Places, Step};
use super::uses::Uses;
use crate::crate_plan::naming;
use crate::node::Node;
use crate::openapi::description::Location;

/// What a schema is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The name of its type.
    pub(super) name: String,
    /// Who sends its values.
    pub(super) uses: Uses,
}

/// The kind of the object that a step leads into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Root,
    Components,
    Paths,
    PathItem,
    Operation,
    Operations,
    Parameters,
    Parameter,
    Body,
    Responses,
    Response,
    Headers,
    Content,
    Media,
    Encodings,
    Callbacks,
    Callback,
    /// Names of components of some kind.
    Named(&'static str),
    /// Anything else.
    Inside,
}

/// What a schema is for, if it is not in another one.
pub(super) fn standing(places: &Places<'_>, location: Location) -> Standing {
    let steps = places.steps(location);
    let mut way = Way {
        name: String::new(),
        uses: Uses::BOTH,
        at: At::Root,
        is_flipped: false,
        path: String::new(),
    };
    let mut node = Some(places.root(location.document));
    for step in steps {
        let inner = node.and_then(|node| match step {
            Step::Name(name) => node.get(name),
            Step::Item(at) => node.item(at),
        });
        way.go(step, node, inner);
        node = inner;
    }
    if way.name.is_empty() {
        let document = places.document(location.document);
        let file = document.rsplit(['/', '\\']).next().unwrap_or(document);
        way.name = naming::type_name(file.split('.').next().unwrap_or(file));
    }
    Standing { name: way.name, uses: way.uses }
}

struct Way {
    name: String,
    uses: Uses,
    at: At,
    /// Whether the service sends requests here.
    is_flipped: bool,
    /// The path of the path item.
    path: String,
}

impl Way {
    fn go(&mut self, step: Step<'_>, node: Option<Node<'_>>, inner: Option<Node<'_>>) {
        let name = match step {
            Step::Name(name) => name,
            Step::Item(_) => "",
        };
        self.at = match (self.at, name) {
            (At::Root, "paths") => At::Paths,
            (At::Root, "webhooks" | "x-webhooks") => {
                self.is_flipped = true;
                At::Named("")
            }
            (At::Root, "components") => At::Components,
            (At::Root | At::Components, "parameters") => At::Named("Parameter"),
            (At::Root | At::Components, "responses") => At::Named("Response"),
            (At::Components, "requestBodies") => At::Named("Body"),
            (At::Components, "headers") => At::Named("Header"),
            (At::Components, "callbacks") => At::Callbacks,
            (At::Components, "pathItems") => At::Named("Path"),
            (At::Components, "mediaTypes") => At::Content,
            (At::Named(kind), _) => self.named(kind, name),
            (At::Paths, _) => {
                self.path = name.to_owned();
                At::PathItem
            }
            (At::PathItem, "parameters") => {
                self.of_path();
                At::Parameters
            }
            (At::PathItem, "additionalOperations") => At::Operations,
            (At::PathItem | At::Operations, method) => {
                self.operation(method, inner);
                At::Operation
            }
            (At::Operation, "parameters") => At::Parameters,
            (At::Operation, "requestBody") => {
                self.add("Body");
                self.sent();
                At::Body
            }
            (At::Operation, "responses") => At::Responses,
            (At::Operation, "callbacks") => {
                self.is_flipped = !self.is_flipped;
                At::Callbacks
            }
            (At::Callbacks, _) => {
                self.add(&naming::type_name(name));
                self.is_flipped = true;
                At::Callback
            }
            (At::Callback, _) => {
                self.path = String::new();
                At::PathItem
            }
            (At::Parameters, _) => {
                self.parameter(inner);
                At::Parameter
            }
            (At::Responses, status) => {
                self.response(status, node);
                At::Response
            }
            (At::Response, "headers") | (At::Media, "headers") => At::Headers,
            (At::Headers, _) => {
                self.add(&naming::type_name(name));
                At::Parameter
            }
            (At::Response | At::Body | At::Parameter, "content") => At::Content,
            (At::Content, _) => {
                self.media(name, node);
                At::Media
            }
            (At::Media, "schema") | (At::Response | At::Parameter, "schema") => At::Inside,
            (At::Media, "itemSchema") => {
                self.add("Item");
                At::Inside
            }
            (At::Media, "encoding") => At::Encodings,
            (At::Encodings, _) => {
                self.add(&naming::type_name(name));
                At::Media
            }
            (At::Parameter, "items") => {
                self.add("Item");
                At::Parameter
            }
            (_, "") => self.at,
            // The names in a document that is a part of another one, and keywords of schemas.
            _ => {
                if !matches!(name, "schemas" | "definitions" | "$defs" | "properties") {
                    self.add(&naming::type_name(name));
                }
                At::Inside
            }
        };
    }

    fn named(&mut self, kind: &'static str, name: &str) -> At {
        let name = naming::type_name(name);
        let is_said = kind.is_empty() || kind == "Path" || name.ends_with(kind);
        self.add(&name);
        self.add(if is_said { "" } else { kind });
        match kind {
            "Parameter" => {
                self.sent();
                At::Parameter
            }
            "Header" => {
                self.answered();
                At::Parameter
            }
            "Response" => {
                self.answered();
                At::Response
            }
            "Body" => {
                self.sent();
                At::Body
            }
            _ => At::PathItem,
        }
    }

    fn add(&mut self, part: &str) {
        self.name.push_str(part);
    }

    /// Values that a caller sends.
    fn sent(&mut self) {
        self.uses = if self.is_flipped { Uses::READ } else { Uses::WRITTEN };
    }

    /// Values that a service sends.
    fn answered(&mut self) {
        self.uses = if self.is_flipped { Uses::WRITTEN } else { Uses::READ };
    }

    /// The name of a path item.
    fn of_path(&mut self) {
        let path = words_of_path(&self.path);
        self.add(&path);
    }

    /// The name of an operation: its id, else its method and its path.
    fn operation(&mut self, method: &str, operation: Option<Node<'_>>) {
        let id = operation.and_then(|one| one.get("operationId")).and_then(Node::text);
        match id {
            Some(id) => self.name = naming::type_name(id),
            None => {
                let method = naming::type_name(&method.to_ascii_lowercase());
                self.add(&method);
                self.of_path();
            }
        }
    }

    fn parameter(&mut self, parameter: Option<Node<'_>>) {
        let text = |name| parameter.and_then(|one| one.get(name)).and_then(Node::text);
        self.sent();
        // In 2.0 the body is a parameter.
        match text("in") {
            Some("body") => self.add("Body"),
            _ => self.add(&naming::type_name(text("name").unwrap_or_default())),
        }
    }

    /// The first answer that is a success has no status in its name.
    fn response(&mut self, status: &str, responses: Option<Node<'_>>) {
        self.answered();
        self.add("Response");
        let all = || responses.into_iter().flat_map(Node::members).map(|one| one.name);
        let is_success = |one: &&str| one.starts_with('2');
        let first = all().filter(is_success).min().or_else(|| all().find(|one| *one == "default"));
        if first != Some(status) {
            let part = naming::type_name(&status.to_ascii_lowercase());
            self.add(part.strip_prefix("Item").unwrap_or(&part));
        }
    }

    /// JSON has no name where it is the first, and neither has the only media type.
    fn media(&mut self, media: &str, content: Option<Node<'_>>) {
        let names: Vec<&str> =
            content.into_iter().flat_map(Node::members).map(|one| one.name).collect();
        let first = names.iter().find(|one| one.contains("json")).or(names.first());
        if first.is_some_and(|first| *first != media) {
            let kind = media.split(';').next().unwrap_or(media);
            let part = naming::type_name(kind.rsplit('/').next().unwrap_or(kind));
            self.add(&part);
        }
    }
}

/// `/users/{id}/posts` → `UsersIdPosts`
fn words_of_path(path: &str) -> String {
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = path.chars().map(letters).collect();
    if words.trim().is_empty() {
        return "Root".to_owned();
    }
    naming::type_name(words.trim())
}
