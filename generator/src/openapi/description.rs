//! The documents of one API, and the nodes in them.
//!
//! Enters: the trees of documents. Leaves: [`Description`], and [`Location`], by which later stages name
//! a node whatever document it is in. Must not know: what a node means.

use super::references::used_documents;
use super::resources::Resources;
use crate::input::source::Span;
use crate::node::{Node, NodeId, Tree};
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

/// The documents of one API, the one with the paths first.
#[derive(Clone, Debug, Default)]
pub struct Description {
    documents: Vec<Document>,
    pub(super) resources: Resources,
    /// The documents that are referred to, once somebody asked for them.
    used: OnceLock<Vec<DocumentId>>,
    /// How often a similar name was searched for.
    searches: Arc<AtomicU32>,
}

/// The number of a document in its [`Description`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(u32);

impl DocumentId {
    /// The number, in the order in which the documents were added.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name that it was given, against which relative references are resolved.
    pub name: String,
    /// Its version. A document without one is a part of another document and has that one's version.
    pub version: Version,
    /// Its values.
    pub tree: Tree,
}

/// The version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// 2.0, which was called Swagger.
    V20,
    /// 3.0.
    V30,
    /// 3.1.
    V31,
    /// 3.2.
    V32,
}

/// A node of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The document.
    pub document: DocumentId,
    /// The node in it.
    pub node: NodeId,
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::V20 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        })
    }
}

impl Version {
    /// Whether schemas are those of JSON Schema 2020-12, and not a dialect of OpenAPI.
    pub fn has_json_schema(self) -> bool {
        self >= Self::V31
    }
}

impl Description {
    /// A description without documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document. A document of the same name that was added before stays the one that references
    /// are to.
    pub fn add(&mut self, document: Document) -> DocumentId {
        let id = DocumentId(u32::try_from(self.documents.len()).unwrap_or(u32::MAX));
        self.resources.add(id, &document);
        self.documents.push(document);
        self.used = OnceLock::new();
        id
    }

    /// The documents with their numbers.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        (0..).map(DocumentId).zip(&self.documents)
    }

    /// Whether it may be searched for a name that was probably meant. The first findings have what was
    /// found; with many of them the searches would take longer than everything else.
    pub(super) fn may_search(&self) -> bool {
        /// More than are shown.
        const MOST: u32 = 200;
        self.searches.fetch_add(1, Ordering::Relaxed) < MOST
    }

    /// A document.
    ///
    /// # Panics
    /// If the number belongs to another description.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// The documents that count: the first one, and those to which references are.
    pub fn used(&self) -> &[DocumentId] {
        self.used.get_or_init(|| used_documents(self))
    }

    /// The node at a location.
    ///
    /// # Panics
    /// If the location belongs to another description.
    pub fn node(&self, at: Location) -> Node<'_> {
        self.document(at.document).tree.node(at.node)
    }

    /// Where a location is in the sources.
    ///
    /// # Panics
    /// If the location belongs to another description.
    pub fn span(&self, at: Location) -> Span {
        self.node(at).span()
    }
}

impl Location {
    /// A node of the same document.
    #[must_use]
    pub fn with(self, node: Node<'_>) -> Self {
        Self { node: node.id(), ..self }
    }

    pub(super) fn with_id(self, node: NodeId) -> Self {
        Self { node, ..self }
    }
}
