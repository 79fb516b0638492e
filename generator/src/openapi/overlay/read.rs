//! From the tree of an overlay to its actions.
//!
//! Enters: a tree. Leaves: an [`Overlay`]; what is wrong is reported, and what cannot be applied is left
//! out. Must not know: the document that is changed.

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::nearest::nearest;
use crate::input::source::Span;
use crate::node::{Kind, Node, Tree};

/// An overlay.
pub(super) struct Overlay<'t> {
    pub(super) version: Version,
    /// The address of the document that it changes.
    pub(super) extends: Option<Node<'t>>,
    pub(super) actions: Vec<Action<'t>>,
}

/// The version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V10,
    V11,
}

/// One change, of all that a path selects.
pub(super) struct Action<'t> {
    /// The path.
    pub(super) target: Node<'t>,
    pub(super) change: Change<'t>,
}

/// What is done to a selected value.
#[derive(Clone, Copy)]
pub(super) enum Change<'t> {
    /// It is removed from what it is in.
    Remove,
    /// A value of the overlay is merged into it.
    Update(Node<'t>),
    /// A value of the document is merged into it, the one that a path selects.
    Copy(Node<'t>),
}

const ROOT: &[&str] = &["overlay", "info", "extends", "actions"];
const INFO: &[&str] = &["title", "version", "description"];
const ACTION: &[&str] = &["target", "description", "update", "remove", "copy"];

impl<'t> Overlay<'t> {
    /// Reads an overlay; `None` if it is not one.
    pub(super) fn of(tree: &'t Tree, diagnostics: &mut Diagnostics) -> Option<Self> {
        let root = tree.root();
        let mut reader = Reader { diagnostics };
        let version = reader.version(root)?;
        let Some(actions) = root.get("actions").filter(|actions| actions.is_array()) else {
            let place = root.get("actions").map_or_else(|| beginning(root), Node::span);
            let message = "the overlay has no list of actions";
            reader.error(message, place, "expected `actions`, a list");
            return None;
        };
        reader.fields(root, ROOT);
        match root.get("info") {
            Some(info) => {
                reader.fields(info, INFO);
                reader.texts(info, &["title", "version"], true);
            }
            None => reader.violation("`info` is missing", beginning(root)),
        }
        reader.texts(root, &["extends"], false);
        if actions.items().len() == 0 {
            reader.violation("there are no actions", actions.span());
        }
        let extends = root.get("extends").filter(|text| text.text().is_some());
        let actions = actions.items().filter_map(|action| reader.action(action, version)).collect();
        Some(Self { version, extends, actions })
    }
}

struct Reader<'r> {
    diagnostics: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn error(&mut self, message: impl Into<String>, place: Span, label: &str) {
        let error = Diagnostic::error("overlay", message);
        self.diagnostics.push(error.at(place, label).help(
            "an overlay has `overlay: 1.0.0` or `1.1.0`, `info`, and `actions`, each with a `target`",
        ));
    }

    fn violation(&mut self, message: impl Into<String>, place: Span) {
        let finding = Diagnostic::violation("overlay-field", message);
        self.diagnostics.push(finding.at(place, "the overlay is applied all the same"));
    }

    fn version(&mut self, root: Node<'_>) -> Option<Version> {
        let Some(declared) = root.get("overlay").filter(|version| version.scalar().is_some())
        else {
            self.error("the document is not an overlay", beginning(root), "expected `overlay`");
            return None;
        };
        let text = declared.scalar().unwrap_or_default();
        let mut parts = text.split('.');
        let minor = (parts.next() == Some("1")).then(|| parts.next()).flatten();
        match minor.unwrap_or_default() {
            "0" => Some(Version::V10),
            "1" => Some(Version::V11),
            _ => {
                let message = format!("the version {text:?} of overlays is not known");
                self.diagnostics.push(
                    Diagnostic::warning("overlay-version", message)
                        .at(declared.span(), "read as 1.1")
                        .help("the versions are 1.0 and 1.1"),
                );
                Some(Version::V11)
            }
        }
    }

    /// Reports fields that an object does not have.
    fn fields(&mut self, object: Node<'_>, known: &[&str]) {
        for member in object.members() {
            if known.contains(&member.name) || member.name.starts_with("x-") {
                continue;
            }
            let message = format!("the field `{}` is not known", member.name);
            let finding = Diagnostic::violation("overlay-field", message)
                .at(member.name_span, "it has no effect");
            self.diagnostics.push(match nearest(member.name, known.iter().copied()) {
                Some(name) => finding.help(format!("there is `{name}`")),
                None => finding.help("an extension begins with `x-`"),
            });
        }
    }

    /// Reports fields that are not texts, or are missing.
    fn texts(&mut self, object: Node<'_>, names: &[&str], is_required: bool) {
        for name in names {
            match object.get(name) {
                Some(value) if value.text().is_none() => {
                    let kind = value.kind().name();
                    self.violation(format!("`{name}` is {kind}, not a string"), value.span());
                }
                None if is_required => {
                    self.violation(format!("`{name}` is missing"), beginning(object));
                }
                _ => {}
            }
        }
    }

    fn action<'t>(&mut self, action: Node<'t>, version: Version) -> Option<Action<'t>> {
        self.fields(action, ACTION);
        let Some(target) = action.get("target").filter(|target| target.text().is_some()) else {
            let place = action.get("target").map_or_else(|| beginning(action), Node::span);
            self.error("the action has no target", place, "expected `target`, a JSONPath");
            return None;
        };
        let remove = action.get("remove");
        if let Some(remove) = remove.filter(|remove| remove.bool().is_none()) {
            let kind = remove.kind().name();
            self.error(format!("`remove` is {kind}"), remove.span(), "expected true or false");
            return None;
        }
        let copy = action.get("copy").filter(|copy| !copy.is_null());
        if let Some(copy) = copy.filter(|copy| copy.text().is_none()) {
            let kind = copy.kind().name();
            self.error(format!("`copy` is {kind}"), copy.span(), "expected a JSONPath");
            return None;
        }
        if let Some(copy) = copy.filter(|_| version == Version::V10) {
            self.violation("`copy` is of version 1.1", copy.span());
        }
        let remove = remove.filter(|remove| remove.bool() == Some(true));
        let update = action.member("update");
        let several = [remove, update.map(|update| update.value), copy].into_iter().flatten();
        if several.clone().count() > 1 {
            let place = several.last().unwrap_or(action).span();
            let first = if remove.is_some() { "remove" } else { "update" };
            self.violation(format!("an action makes one change; only its `{first}` counts"), place);
        }
        let change = match (remove, update, copy) {
            (Some(_), _, _) => Change::Remove,
            (None, Some(update), _) => Change::Update(update.value),
            (None, None, Some(copy)) => Change::Copy(copy),
            (None, None, None) => {
                self.violation("the action changes nothing", beginning(action));
                return None;
            }
        };
        Some(Action { target, change })
    }
}

/// Where an object begins: its first name, or else its first byte.
fn beginning(node: Node<'_>) -> Span {
    match node.kind() {
        Kind::Object(mut members) => members.next().map(|member| member.name_span),
        _ => None,
    }
    .unwrap_or_else(|| Span { end: node.span().start.saturating_add(1), ..node.span() })
}
