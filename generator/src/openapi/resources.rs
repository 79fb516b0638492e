//! Which address is which node: of documents and of schemas with an address of their own, and the anchors
//! in them.
//!
//! Enters: documents, one after the other. Leaves: [`Resources`], which knows addresses and anchors by
//! name. Must not know: how a reference is read. Nothing is ever fetched.
//!
//! A *resource* is what one address names (JSON Schema 2020-12, section 8.2): a whole document, or a schema
//! with `$id` in one. A reference is relative to the address of the innermost resource that it is in.

use super::description::{Document, DocumentId, Location, Version};
use super::uri::{Uri, without_fragment};
use super::walk::{Role, walk};
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::node::{Node, NodeId};
use rustc_hash::FxHashMap;

/// The addresses and anchors of a description.
#[derive(Clone, Debug, Default)]
pub(super) struct Resources {
    all: Vec<Resource>,
    by_uri: FxHashMap<Uri, ResourceId>,
    /// The resource of each document, and the address that it has by its name.
    documents: Vec<(ResourceId, Uri)>,
    /// The innermost resource of what is in a schema with an address of its own. All else is in that
    /// of its document.
    inner: FxHashMap<Location, ResourceId>,
    anchors: FxHashMap<ResourceId, FxHashMap<String, Anchor>>,
    /// The dynamic anchors of each name, in the order of the documents.
    dynamic: FxHashMap<String, Vec<DynamicAnchor>>,
    findings: Vec<Diagnostic>,
}

/// The number of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ResourceId(usize);

/// What one address names.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// The node.
    pub(super) root: Location,
    /// Its address, against which references in it are resolved.
    pub(super) uri: Uri,
    /// Where the address is written; of a document by its name, where the document begins.
    place: Span,
}

/// A schema that has a name within its resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) location: Location,
    /// The text of the keyword.
    text: NodeId,
    pub(super) is_dynamic: bool,
}

/// A schema with `$dynamicAnchor`.
#[derive(Clone, Copy, Debug)]
pub(super) struct DynamicAnchor {
    pub(super) location: Location,
    /// The schema for which it has its meaning: of one in `$defs` the schema that has them.
    pub(super) scope: Span,
}

/// What is around an object while a document is added.
#[derive(Clone, Copy)]
struct Around {
    resource: ResourceId,
    /// The object with keywords.
    object: Span,
    /// The object whose schemas these are, in a map of them.
    owner: Option<Span>,
}

impl Resources {
    /// Adds a document with all that it declares.
    pub(super) fn add(&mut self, id: DocumentId, document: &Document) {
        let root = document.tree.root();
        let location = Location { document: id, node: root.id() };
        let name = Uri::of_name(&document.name);
        let own = root.get("$self").filter(|_| document.version >= Version::V32);
        let own = own.and_then(|text| Some((name.join(without_fragment(text.text()?).0), text)));
        let begin = Span { end: root.span().start.saturating_add(1), ..root.span() };
        let (uri, place) = match &own {
            Some((uri, text)) => (uri.clone(), text.span()),
            None => (name.clone(), begin),
        };
        let resource = self.push(Resource { root: location, uri: uri.clone(), place });
        self.declare(uri, resource);
        if own.is_some() {
            self.by_uri.entry(name.clone()).or_insert(resource);
        }
        self.documents.push((resource, name));
        // Before 3.1 schemas have neither addresses nor anchors, and most have none after it.
        let text = document.tree.source_text();
        let has_keywords = ["$id", "$anchor", "$dynamicAnchor", "\\u0024"];
        if document.version.has_json_schema() && has_keywords.iter().any(|one| text.contains(one)) {
            let around = Around { resource, object: root.span(), owner: None };
            walk(root, around, |node, role, around| match role {
                Role::Keywords => self.schema(id, node, around),
                Role::Schemas => Around { owner: Some(around.object), ..around },
                Role::Names | Role::Examples => Around { owner: None, ..around },
            });
        }
    }

    /// Reads the keywords of an object which may be a schema. Returns what is around the objects in it.
    fn schema(&mut self, document: DocumentId, node: Node<'_>, around: Around) -> Around {
        let location = Location { document, node: node.id() };
        let text = |name: &str| Some((node.get(name)?, node.get(name)?.text()?));
        let mut resource = around.resource;
        if let Some((text, id)) = text("$id") {
            let (address, fragment) = without_fragment(id);
            if !address.is_empty() {
                let uri = self.get(resource).uri.join(address);
                let place = text.span();
                resource = self.push(Resource { root: location, uri: uri.clone(), place });
                self.declare(uri, resource);
            }
            if let Some(name) = fragment.filter(|fragment| !fragment.is_empty()) {
                self.findings.push(
                    Diagnostic::violation(
                        "id-fragment",
                        format!("the `$id` `{id}` has a fragment"),
                    )
                    .at(text.span(), "the fragment is read as an anchor")
                    .help("write the fragment as `$anchor`"),
                );
                self.anchor(
                    resource,
                    name,
                    Anchor { location, text: text.id(), is_dynamic: false },
                    text,
                );
            }
        }
        for (keyword, is_dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some((text, name)) = text(keyword) {
                let anchor = Anchor { location, text: text.id(), is_dynamic };
                self.anchor(resource, name, anchor, text);
            }
        }
        if let Some((_, name)) = text("$dynamicAnchor") {
            let scope = around.owner.unwrap_or_else(|| node.span());
            let anchors = self.dynamic.entry(name.to_owned()).or_default();
            anchors.push(DynamicAnchor { location, scope });
        }
        if self.of_document(document) != resource {
            let inside = node.members().map(|member| member.value.id()).chain([node.id()]);
            self.inner.extend(inside.map(|node| (Location { document, node }, resource)));
        }
        Around { resource, object: node.span(), owner: None }
    }

    fn push(&mut self, resource: Resource) -> ResourceId {
        self.all.push(resource);
        ResourceId(self.all.len() - 1)
    }

    fn declare(&mut self, uri: Uri, resource: ResourceId) {
        let first = *self.by_uri.entry(uri.clone()).or_insert(resource);
        let (first, second) = (self.get(first), self.get(resource));
        if first.root == second.root {
            return;
        }
        let message = format!("the address `{uri}` is that of two schemas or documents");
        let finding = Diagnostic::violation("duplicate-id", message)
            .at(second.place, "references are to the first one")
            .related(first.place, "this is the first one")
            .help("give them different addresses, or leave out one of the files");
        self.findings.push(finding);
    }

    fn anchor(&mut self, of: ResourceId, name: &str, anchor: Anchor, text: Node<'_>) {
        let named = self.anchors.entry(of).or_default();
        let first = *named.entry(name.to_owned()).or_insert(anchor);
        if first.location != anchor.location {
            let label = match first.is_dynamic && anchor.is_dynamic {
                true => "a `$dynamicRef` is to that of the schema around it",
                false => "references are to the first one",
            };
            let message = format!("the anchor `{name}` is that of two schemas in one resource");
            self.findings.push(
                Diagnostic::violation("duplicate-anchor", message)
                    .at(text.span(), label)
                    .related(text.tree().node(first.text).span(), "declared here first")
                    .help("rename one of them"),
            );
        }
    }

    /// A resource.
    pub(super) fn get(&self, id: ResourceId) -> &Resource {
        &self.all[id.0]
    }

    /// The innermost resource that a node is in.
    pub(super) fn of(&self, location: Location) -> ResourceId {
        self.inner.get(&location).copied().unwrap_or_else(|| self.of_document(location.document))
    }

    /// The resource of a whole document.
    pub(super) fn of_document(&self, document: DocumentId) -> ResourceId {
        self.documents[document.index()].0
    }

    /// The address that a document has by its name.
    pub(super) fn name(&self, document: DocumentId) -> &Uri {
        &self.documents[document.index()].1
    }

    /// The addresses that documents have by their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &Uri> {
        self.documents.iter().map(|(_, name)| name)
    }

    /// The schema with an anchor.
    pub(super) fn anchored(&self, resource: ResourceId, name: &str) -> Option<Anchor> {
        self.anchors.get(&resource)?.get(name).copied()
    }

    /// The anchors of a resource, in the order of their names.
    pub(super) fn anchors(&self, resource: ResourceId) -> Vec<&str> {
        let named = self.anchors.get(&resource).into_iter().flat_map(|named| named.keys());
        let mut names: Vec<&str> = named.map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The schemas that have a dynamic anchor, in the order of the documents.
    pub(super) fn dynamic(&self, name: &str) -> &[DynamicAnchor] {
        self.dynamic.get(name).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with addresses and anchors.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The resource with an address, or the only copy of it: a document whose path ends with the host and
    /// the path of a URL, or with a path from the root.
    pub(super) fn find(&self, uri: &Uri) -> Option<ResourceId> {
        if let Some(found) = self.by_uri.get(uri) {
            return Some(*found);
        }
        let mut copies = self.documents.iter().filter(|(_, name)| uri.is_copied_to(name));
        let (found, _) = copies.next()?;
        copies.next().is_none().then_some(*found)
    }
}
