//! Overlays (versions 1.0 and 1.1): changes of documents before anything in them is resolved.
//!
//! Enters: the trees of documents and overlays. Leaves: the trees of the changed documents, in which each
//! value has its place, also what comes from an overlay. Must not know: what the documents describe.
//!
//! A step is a file: `read` reads an overlay, `draft` is a document that can be changed,
//! `path` is what a target selects, `change` applies one action.

mod change;
mod draft;
mod path;
mod read;
#[cfg(test)]
mod tests;

use super::read::reported;
use super::uri::Uri;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap};
use crate::node::{self, Composer, Tree};
use change::{Changing, MOST_STEPS, MostSteps};
use read::Overlay;

/// The most values of a document that is changed, where each alias counts with all that it refers to. A
/// document without aliases has fewer values than bytes, and may have them all.
fn most_values(tree: &Tree) -> u64 {
    /// What aliases and overlays may add.
    const ADDED: u64 = 2_000_000;
    ADDED.saturating_add(tree.source_text().len() as u64)
}

/// Applies overlays to documents, one after the other.
pub fn apply(
    sources: &SourceMap,
    overlays: &[SourceId],
    documents: &mut [(SourceId, Tree)],
    diagnostics: &mut Diagnostics,
) {
    apply_within(MOST_STEPS, sources, overlays, documents, diagnostics);
}

fn apply_within(
    most: MostSteps,
    sources: &SourceMap,
    overlays: &[SourceId],
    documents: &mut [(SourceId, Tree)],
    diagnostics: &mut Diagnostics,
) {
    for source in overlays {
        let Some(tree) = reported(node::read(sources, *source), diagnostics) else { continue };
        if tree.expanded_size() > most_values(&tree) {
            diagnostics.push(too_many_aliases("the overlay has too many aliases"));
            continue;
        }
        let Some(overlay) = Overlay::of(&tree, diagnostics) else { continue };
        let name = &sources.get(*source).name;
        let Some(at) = target(sources, name, &overlay, documents, diagnostics) else { continue };
        if let Some(changed) = changed((&tree, &overlay), &documents[at].1, most, diagnostics) {
            documents[at].1 = changed;
        }
    }
}

/// The number of the document that an overlay changes: the one that it extends, or else the first one.
fn target(
    sources: &SourceMap,
    name: &str,
    overlay: &Overlay<'_>,
    documents: &[(SourceId, Tree)],
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let (_, first) = documents.first()?;
    let Some(extends) = overlay.extends else { return Some(0) };
    let text = extends.text().unwrap_or_default();
    let uri = Uri::of_name(name).join(text);
    let given = |source: SourceId| Uri::of_name(&sources.get(source).name);
    let declared = |source: SourceId, tree: &Tree| {
        let own = tree.root().get("$self").and_then(node::Node::text)?.to_owned();
        Some(given(source).join(&own))
    };
    let is_it = |(source, tree): &(SourceId, Tree)| {
        let name = given(*source);
        name == uri
            || uri.is_copied_to(&name)
            || declared(*source, tree).is_some_and(|own| own == uri)
    };
    if let Some(at) = documents.iter().position(is_it) {
        return Some(at);
    }
    let message = format!("the overlay extends `{uri}`, which is none of the documents");
    let root = first.root().span();
    let begin = crate::input::source::Span { end: root.start.saturating_add(1), ..root };
    diagnostics.push(
        Diagnostic::warning("overlay-extends", message)
            .at(extends.span(), "the first document is changed")
            .related(begin, "this is the first document")
            .help("correct `extends`, or leave it out"),
    );
    Some(0)
}

/// The document as an overlay changes it; `None` if it is too large.
fn changed(
    (tree, overlay): (&Tree, &Overlay<'_>),
    document: &Tree,
    most: MostSteps,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    if document.expanded_size() > most_values(document) {
        let message = "the document has too many aliases to be changed by an overlay";
        diagnostics.push(too_many_aliases(message));
        return None;
    }
    let mut changing = Changing::new(document, tree, overlay.version, most, diagnostics);
    overlay.actions.iter().for_each(|action| changing.apply(action));
    let draft = changing.finish()?;
    let mut composer = Composer::new(document);
    let root = draft.compose(&mut composer);
    Some(composer.finish(root))
}

fn too_many_aliases(message: &str) -> Diagnostic {
    Diagnostic::error("overlay-size", message)
        .help("write what the aliases refer to once, and refer to it with `$ref`")
}
