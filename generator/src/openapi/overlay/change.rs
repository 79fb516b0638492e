//! The actions of an overlay, applied one after the other.
//!
//! Enters: a document, and actions. Leaves: a [`Draft`]; what cannot be applied is reported. Must not
//! know: other documents.

use super::draft::{Content, Draft, Step};
use super::most_values;
use super::path::{self, Budget, Exhausted, Malformed};
use super::read::{Action, Change, Version};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::node::{DEEPEST, Node, Tree};
use crate::openapi::shown::shown;

/// How many values the paths of an overlay may look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct MostSteps {
    pub(super) of_path: u64,
    /// All paths together.
    pub(super) of_overlay: u64,
}

/// What passes over the largest documents many times, and takes some seconds.
pub(super) const MOST_STEPS: MostSteps =
    MostSteps { of_path: 100_000_000, of_overlay: 3_000_000_000 };

/// A document that is being changed.
pub(super) struct Changing<'c, 't> {
    /// The tree of the overlay.
    overlay: &'t Tree,
    draft: Draft<'t>,
    /// How many values there are at most.
    size: u64,
    /// How many there may be.
    limit: u64,
    most: MostSteps,
    /// How many values the paths may still look at.
    budget: Budget,
    version: Version,
    diagnostics: &'c mut Diagnostics,
    is_too_large: bool,
}

/// Two values that cannot be merged.
struct Mismatch<'t> {
    of_document: Node<'t>,
    of_overlay: Node<'t>,
    reading: Reading,
}

/// What is done about two values that cannot be merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    None,
    /// The value of the document stays.
    Kept,
    /// The value of the overlay takes its place.
    Replaced,
}

impl<'c, 't> Changing<'c, 't> {
    pub(super) fn new(
        document: &'t Tree,
        overlay: &'t Tree,
        version: Version,
        most: MostSteps,
        diagnostics: &'c mut Diagnostics,
    ) -> Self {
        let draft = Draft::of(document.root());
        let (size, _) = draft.size();
        let limit = most_values(document);
        let budget = Budget::new(most.of_overlay);
        Self {
            overlay,
            draft,
            size,
            limit,
            most,
            budget,
            version,
            diagnostics,
            is_too_large: false,
        }
    }

    /// The changed document; `None` if it became too large.
    pub(super) fn finish(self) -> Option<Draft<'t>> {
        (!self.is_too_large).then_some(self.draft)
    }

    pub(super) fn apply(&mut self, action: &Action<'t>) {
        if self.is_too_large {
            return;
        }
        let Some(found) = self.select(action.target) else { return };
        if found.is_empty() {
            let text = shown(action.target.text().unwrap_or_default());
            self.diagnostics.push(
                Diagnostic::warning("overlay-unmatched", format!("`{text}` selects nothing"))
                    .at(action.target.span(), "the action has no effect")
                    .help("correct the path; names are case-sensitive"),
            );
            return;
        }
        self.check_kinds(action, &found);
        match action.change {
            Change::Remove => self.remove(action.target, &found),
            Change::Update(node) => self.update(action.target, &found, &Draft::of(node)),
            Change::Copy(path) => {
                if let Some(copied) = self.copied(path) {
                    self.update(action.target, &found, &copied);
                }
            }
        }
    }

    /// What a path selects, each value once; `None` if it is not a path, or takes too long.
    fn select(&mut self, path: Node<'_>) -> Option<Vec<Vec<Step>>> {
        let text = path.text().unwrap_or_default();
        let finding = match path::parse(text) {
            Err(malformed) => not_a_path(path, &malformed, self.overlay),
            Ok(query) => {
                let draft = &self.draft;
                match self.budget.part(self.most.of_path, |budget| query.select(draft, budget)) {
                    Ok(found) => return Some(found),
                    Err(Exhausted) => takes_too_long(path, self.most),
                }
            }
        };
        self.diagnostics.push(finding);
        None
    }

    /// Reports values of different kinds that one value is merged into, and in version 1.0 also scalars.
    fn check_kinds(&mut self, action: &Action<'t>, found: &[Vec<Step>]) {
        let mut kinds = [0, 0, 0];
        for path in found {
            let kind = match self.draft.at(path).map(|value| &value.content) {
                Some(Content::Object(_)) => 0,
                Some(Content::Array(_)) => 1,
                Some(Content::Scalar) | None => 2,
            };
            kinds[kind] += 1;
        }
        let target = action.target;
        let text = shown(target.text().unwrap_or_default());
        let mut violation = |why: &str| {
            self.diagnostics.push(
                Diagnostic::violation("overlay-kind", format!("`{text}` selects {why}"))
                    .at(target.span(), "all of them are changed all the same"),
            );
        };
        let is_removed = matches!(action.change, Change::Remove);
        if !is_removed && kinds.iter().filter(|count| **count > 0).count() > 1 {
            violation("values of different kinds");
        } else if kinds[2] > 0 && self.version == Version::V10 {
            violation("values that are neither objects nor arrays, as only version 1.1 allows");
        }
    }

    fn remove(&mut self, target: Node<'t>, found: &[Vec<Step>]) {
        if found.iter().any(Vec::is_empty) {
            self.diagnostics.push(
                Diagnostic::error("overlay-target", "the whole document cannot be removed")
                    .at(target.span(), "this selects the root"),
            );
        }
        self.draft.remove(found);
    }

    /// The one value that a path selects.
    fn copied(&mut self, path: Node<'t>) -> Option<Draft<'t>> {
        let found = self.select(path)?;
        let text = shown(path.text().unwrap_or_default());
        match found.as_slice() {
            [one] => self.draft.at(one).cloned(),
            others => {
                let count = others.len();
                let message = format!("`{text}` selects {count} values to copy");
                self.diagnostics.push(
                    Diagnostic::error("overlay-target", message)
                        .at(path.span(), "expected a path that selects one value"),
                );
                None
            }
        }
    }

    /// Merges a value into each of those that are selected.
    fn update(&mut self, target: Node<'t>, found: &[Vec<Step>], with: &Draft<'t>) {
        let (more, depth) = with.size();
        let mut mismatches = Vec::new();
        for path in found {
            self.size = self.size.saturating_add(more);
            if self.size > self.limit || path.len() + depth > DEEPEST {
                self.too_large(target);
                return;
            }
            let version = self.version;
            let Some(draft) = self.draft.at(path) else { continue };
            let mut merge = Merge { version, mismatches: &mut mismatches };
            merge.target(draft, with.clone());
        }
        for mismatch in mismatches {
            self.diagnostics.push(mismatch.diagnostic());
        }
    }

    fn too_large(&mut self, target: Node<'_>) {
        self.is_too_large = true;
        let limit = self.limit;
        let message = format!(
            "the changed document is too large: at most {limit} values, nested {DEEPEST} times"
        );
        let error = Diagnostic::error("overlay-size", message);
        self.diagnostics.push(error.at(target.span(), "by the action with this target"));
    }
}

/// Merges values by the rules of a version.
struct Merge<'m, 't> {
    version: Version,
    mismatches: &'m mut Vec<Mismatch<'t>>,
}

impl<'t> Merge<'_, 't> {
    /// A value into one that was selected: it can be an item of it.
    fn target(&mut self, into: &mut Draft<'t>, with: Draft<'t>) {
        match (&mut into.content, &with.content) {
            (Content::Array(items), Content::Object(_) | Content::Scalar) => items.push(with),
            _ => self.merge(into, with),
        }
    }

    fn merge(&mut self, into: &mut Draft<'t>, with: Draft<'t>) {
        match (&mut into.content, with.content) {
            (Content::Object(fields), Content::Object(more)) => {
                Draft::merge_members(fields, more, |into, with| self.merge(into, with));
            }
            (Content::Array(items), Content::Array(more)) => items.extend(more),
            (Content::Scalar, Content::Scalar) => into.node = with.node,
            (_, content) => {
                let reading = match self.version {
                    // A name without a value, which YAML reads as null.
                    _ if with.node.is_null() => Reading::Kept,
                    Version::V10 => Reading::Replaced,
                    Version::V11 => Reading::None,
                };
                let (of_document, of_overlay) = (into.node, with.node);
                self.mismatches.push(Mismatch { of_document, of_overlay, reading });
                if reading == Reading::Replaced {
                    *into = Draft { node: with.node, content };
                }
            }
        }
    }
}

impl Mismatch<'_> {
    fn diagnostic(&self) -> Diagnostic {
        let [of_document, of_overlay] =
            [self.of_document, self.of_overlay].map(|node| node.kind().name());
        let message = format!("{of_overlay} cannot be merged into {of_document}");
        let (finding, label) = match self.reading {
            Reading::None => (Diagnostic::error("overlay-kind", message), "this is merged"),
            Reading::Kept => (Diagnostic::violation("overlay-kind", message), "this has no effect"),
            Reading::Replaced => {
                (Diagnostic::violation("overlay-kind", message), "this takes its place")
            }
        };
        finding
            .at(self.of_overlay.span(), label)
            .related(self.of_document.span(), "into this")
            .help("remove the value in an action before this one, or write one of the same kind")
    }
}

fn not_a_path(path: Node<'_>, malformed: &Malformed, overlay: &Tree) -> Diagnostic {
    let text = path.text().unwrap_or_default();
    let Malformed { message, at } = malformed;
    let before = text.get(..*at).unwrap_or_default().chars().count();
    let message =
        format!("`{}` is not a JSONPath: {message} at character {}", shown(text), before + 1);
    Diagnostic::error("overlay-target", message)
        .at(place_in(path, *at, overlay), "expected a path as in RFC 9535")
        .help("write it like $.paths['/users'].get or $..[?@.name == 'id']")
}

/// The place of a byte of a text, or else of the text: one with escapes is written otherwise.
fn place_in(text: Node<'_>, at: usize, overlay: &Tree) -> Span {
    let span = text.span();
    let inner = text.text().unwrap_or_default();
    let written = overlay.source_text().get(span.start as usize..span.end as usize);
    let begin = written.and_then(|written| written.find(inner));
    let Some(at) = begin.and_then(|begin| u32::try_from(begin + at).ok()) else { return span };
    let start = span.start.saturating_add(at);
    Span { start, end: start.saturating_add(1), ..span }
}

fn takes_too_long(path: Node<'_>, most: MostSteps) -> Diagnostic {
    let MostSteps { of_path, of_overlay } = most;
    let text = shown(path.text().unwrap_or_default());
    let message = format!(
        "`{text}` looks at too many values: at most {of_path} for one path and {of_overlay} \
        for all"
    );
    Diagnostic::error("overlay-target", message)
        .at(path.span(), "each `..` and each condition looks at all that it may be about")
        .help("write the steps in place of `..`, and no condition with `..` or `$` in another one")
}
