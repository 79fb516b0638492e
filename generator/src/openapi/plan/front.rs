//! The front page of a crate.
//!
//! Enters: the Info Object. Leaves: paragraphs. Must not know: the items of the crate.

use crate::crate_plan::Prose;
use crate::node::Node;
use crate::openapi::description::Description;

/// What the crate is for.
pub(super) fn docs(description: &Description) -> Vec<Prose> {
    let root = description.documents().next().map(|(_, one)| one.tree.root());
    let info = root.and_then(|root| root.get("info"));
    let text = |name| info.and_then(|one| one.get(name)).and_then(Node::scalar);
    let mut first = Prose::new("Types of the API ");
    first = match text("title") {
        Some(title) => first.code(title),
        None => first.words("of an OpenAPI description"),
    };
    if let Some(version) = text("version") {
        first = first.words(", version ").code(version);
    }
    let mut docs = vec![first.words(".")];
    docs.extend(text("description").map(Prose::paragraphs).unwrap_or_default());
    docs.push(Prose::new(
        "All types are in [`types`]. Their values are read with [`from_json`](runtime::model::from_json) and \
         written with [`to_json`](runtime::model::to_json). There are no requests yet.",
    ));
    docs
}

/// What the features add.
pub(super) fn more() -> Vec<Prose> {
    const SERDE: &str = "The feature `serde` of the runtime implements `Serialize` and `Deserialize` for all types.";
    ["# Features", SERDE].into_iter().map(Prose::new).collect()
}
