//! A description in one text, with the shapes of all its components.

use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::node::{self, Node};
use schemacrate::internals::openapi::model::{Model, SchemaId};
use schemacrate::internals::openapi::schema::{Shapes, Shown, Use, shapes};
use schemacrate::internals::openapi::{Description, Document, Version, build};
use schemacrate::source::SourceMap;

/// The shapes of a description.
pub(crate) struct Loaded {
    pub(crate) sources: SourceMap,
    pub(crate) model: Model,
    pub(crate) shapes: Shapes,
    pub(crate) diagnostics: Diagnostics,
}

/// A text, which has the name of its format.
pub(crate) fn tree(name: &str, text: &str) -> (SourceMap, node::Tree) {
    let mut sources = SourceMap::new();
    let source = sources.add(name, text.as_bytes()).unwrap();
    let tree = node::read(&sources, source).unwrap().tree;
    (sources, tree)
}

fn version(root: Node<'_>) -> Version {
    match root.get("openapi").and_then(Node::scalar) {
        Some(text) if text.starts_with("3.0") => Version::V30,
        Some(text) if text.starts_with("3.2") => Version::V32,
        Some(_) => Version::V31,
        None => Version::V20,
    }
}

pub(crate) fn load(text: &str) -> Loaded {
    load_named("api.json", text).unwrap()
}

/// A description and its model.
pub(crate) struct Read {
    sources: SourceMap,
    pub(crate) description: Description,
    pub(crate) model: Model,
    diagnostics: Diagnostics,
}

/// `None` if the text is not a document.
pub(crate) fn read(name: &str, text: &str) -> Option<Read> {
    let mut sources = SourceMap::new();
    let source = sources.add(name, text.as_bytes()).unwrap();
    let tree = node::read(&sources, source).ok()?.tree;
    let mut description = Description::new();
    let version = version(tree.root());
    description.add(Document { name: name.to_owned(), version, tree });
    let mut diagnostics = Diagnostics::default();
    let model = build(&description, &[], &mut diagnostics);
    Some(Read { sources, description, model, diagnostics })
}

/// `None` if the text is not a document.
pub(crate) fn load_named(name: &str, text: &str) -> Option<Loaded> {
    let Read { sources, description, model, mut diagnostics } = read(name, text)?;
    let used: Vec<SchemaId> = model.ids().filter(|id| model.schema(*id).name.is_some()).collect();
    let shapes = shapes(&description, &model, used, &mut diagnostics);
    Some(Loaded { sources, model, shapes, diagnostics })
}

/// The schemas of components, in a description of version 3.1.
pub(crate) fn components(schemas: &str) -> Loaded {
    load(&format!(r#"{{"openapi":"3.1.0","components":{{"schemas":{schemas}}}}}"#))
}

impl Loaded {
    pub(crate) fn id(&self, name: &str) -> SchemaId {
        self.model.ids().find(|id| self.model.schema(*id).name.as_deref() == Some(name)).unwrap()
    }

    pub(crate) fn component(&self, name: &str) -> Use {
        self.shapes.of(self.id(name)).unwrap()
    }

    pub(crate) fn shown(&self, name: &str) -> String {
        Shown::new(&self.model, &self.shapes, self.id(name)).to_string()
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|one| one.code).collect()
    }
}
