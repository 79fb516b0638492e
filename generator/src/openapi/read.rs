//! From the documents of a session to one description, and what it means.
//!
//! Enters: the documents of a session. Leaves: an [`Api`]: the description, checked against the tables of the
//! [objects](super::objects), its model, checked against the [rules](super::validate) between objects, and the
//! shapes of its schemas. Must not know: what it is read for.

use super::description::{Description, Document, DocumentId, Version};
use super::model::Model;
use super::references::report_unused;
use super::schema::{self, Shapes};
use super::validate::validate;
use super::{build, check_references, document, objects, overlay};
use crate::input::config::Unresolved;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::session::{BuildError, Session};
use crate::input::source::{Source, SourceId, SourceMap, Span};
use crate::node::{self, Node, Tree, peek};

/// What the documents of one API say.
#[derive(Clone, Debug)]
pub struct Api {
    /// The documents.
    pub description: Description,
    /// What they describe.
    pub model: Model,
    /// The shapes of its schemas.
    pub shapes: Shapes,
}

/// Reads and checks the documents.
///
/// # Errors
/// All errors of the first stage that has errors.
pub(crate) fn read(session: &mut Session, unresolved: Unresolved) -> Result<Api, BuildError> {
    let trees = trees(session)?;
    let description = description(&session.sources, trees, &mut session.diagnostics);
    session.check()?;
    report_unused(&description, &mut session.diagnostics);
    let reached = objects::check(&description, &mut session.diagnostics);
    let references = &reached.references;
    check_references(&description, references, unresolved, &mut session.diagnostics);
    session.check()?;
    let model = build(&description, &reached.schemas, &mut session.diagnostics);
    let types = model.types.iter().copied();
    let shapes = schema::shapes(&description, &model, types, &mut session.diagnostics);
    validate(&description, &model, &shapes, &mut session.diagnostics);
    session.check()?;
    Ok(Api { description, model, shapes })
}

/// Whether a text is an OpenAPI document that declares its version.
pub fn is_document(text: &str) -> bool {
    peek::root_names(text).any(|name| matches!(name, "openapi" | "swagger"))
}

/// The trees of the documents, as the overlays change them.
fn trees(session: &mut Session) -> Result<Vec<(SourceId, Tree)>, BuildError> {
    let mut trees = Vec::with_capacity(session.documents.len());
    for source in session.documents.clone() {
        let parsed = session.take(source).unwrap_or_else(|| parse(&session.sources, source));
        let tree = tree(&session.sources, source, parsed, &mut session.diagnostics);
        trees.extend(tree.map(|tree| (source, tree)));
    }
    session.check()?;
    let Session { sources, overlays, diagnostics, .. } = session;
    overlay::apply(sources, overlays, &mut trees, diagnostics);
    session.check()?;
    Ok(trees)
}

/// The documents, each with its version.
fn description(
    sources: &SourceMap,
    trees: Vec<(SourceId, Tree)>,
    diagnostics: &mut Diagnostics,
) -> Description {
    let mut description = Description::new();
    for (source, tree) in trees {
        add_tree(&mut description, &sources.get(source).name, tree, diagnostics);
    }
    description
}

/// Reads a document and adds it to a description. `None` if it cannot be a part of it.
pub fn add_document(
    description: &mut Description,
    sources: &SourceMap,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Option<DocumentId> {
    let tree = tree(sources, source, parse(sources, source), diagnostics)?;
    add_tree(description, &sources.get(source).name, tree, diagnostics)
}

fn add_tree(
    description: &mut Description,
    name: &str,
    tree: Tree,
    diagnostics: &mut Diagnostics,
) -> Option<DocumentId> {
    let of_first = description.documents().map(|(_, document)| document.version).next();
    match version(tree.root(), of_first, diagnostics) {
        Ok(version) => Some(description.add(Document { name: name.to_owned(), version, tree })),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// The version of a document. A part of another one has the version of the first one.
pub(super) fn version(
    root: Node<'_>,
    of_first: Option<Version>,
    diagnostics: &mut Diagnostics,
) -> Result<Version, Diagnostic> {
    if let Some(version) = of_first.filter(|_| document::is_part(root)) {
        return Ok(version);
    }
    let mut findings = Vec::new();
    let version = document::version(root, &mut findings);
    findings.into_iter().for_each(|one| diagnostics.push(one));
    version
}

/// What was read of a source, or why it is not a document.
pub(super) type Parsed = Result<node::Document, Diagnostic>;

/// Reads a source.
pub(super) fn parse(sources: &SourceMap, source: SourceId) -> Parsed {
    match document::not_a_tree(&sources.get(source).text, source) {
        Some(error) => Err(error),
        None => node::read(sources, source),
    }
}

/// The tree of a document. Findings go to `diagnostics`.
fn tree(
    sources: &SourceMap,
    source: SourceId,
    parsed: Parsed,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    let Source { is_utf16, name, .. } = sources.get(source);
    if *is_utf16 {
        let message = format!("{name} is UTF-16, but JSON and OpenAPI documents are UTF-8");
        let finding = Diagnostic::violation("utf-16", message);
        let help = "save the document as UTF-8";
        diagnostics.push(finding.at(beginning(source), "read as UTF-16").help(help));
    }
    reported(parsed, diagnostics)
}

/// The tree of what was read. Findings go to `diagnostics`.
pub(super) fn reported(parsed: Parsed, diagnostics: &mut Diagnostics) -> Option<Tree> {
    match parsed {
        Ok(mut read) => {
            read.report(diagnostics);
            Some(read.tree)
        }
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

fn beginning(source: SourceId) -> Span {
    Span { source, start: 0, end: 1 }
}
