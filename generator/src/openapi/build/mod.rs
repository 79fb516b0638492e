//! From documents to the model.
//!
//! Enters: a [`Description`](super::Description). Leaves: a [`Model`](super::model::Model); what is wrong is
//! reported, and read in the widest sense. Must not know: what later stages make of it.

mod schemas;
#[cfg(test)]
mod tests;

use super::description::{Description, Document, Location, Version};
use super::model::Model;
use crate::input::diagnostic::Diagnostics;
use crate::node::Node;
use schemas::Schemas;

/// Reads the documents into one model: the schemas that are components, others at some locations, and all
/// that they contain or refer to.
pub fn build(
    description: &Description,
    others: &[Location],
    diagnostics: &mut Diagnostics,
) -> Model {
    let mut schemas = Schemas::new(description);
    let mut types = Vec::new();
    for (id, document) in description.documents() {
        for member in components(document).into_iter().flat_map(|one| one.members()) {
            let location = Location { document: id, node: member.value.id() };
            types.push(schemas.component(location, member.name));
        }
    }
    types.extend(others.iter().map(|location| schemas.at(*location)));
    types.sort_unstable();
    types.dedup();
    Model { schemas: schemas.finish(diagnostics), types }
}

/// The schemas of a document that have names.
fn components(document: &Document) -> Option<Node<'_>> {
    let root = document.tree.root();
    match document.version {
        Version::V20 => root.get("definitions"),
        _ => root.get("components")?.get("schemas"),
    }
}
