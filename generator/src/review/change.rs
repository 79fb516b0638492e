//! One change of the schema.

use super::findings::{Anchor, Announcement, Which};
use super::rule::{Bump, Effect, Rule, Severity};
use crate::input::digest::digest;
use crate::input::source::Span;

/// One change, on all axes.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// The wire name of what changed: `Namespace.Type/member`, `Namespace.operation(Binding)`.
    pub target: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// What it does to reading responses.
    pub read: Effect,
    /// What it does to requests.
    pub write: Effect,
    /// Further facts, each a sentence.
    pub details: Vec<String>,
    /// The file, line and column on the old side.
    pub old_place: Option<Place>,
    /// The file, line and column on the new side.
    pub new_place: Option<Place>,
    /// For a removal: whether it was announced.
    pub notice: Option<Notice>,
    /// What it does to the version of the crate: the greatest bump of what really changes.
    pub bump: Bump,
    /// What it changes in the crate.
    pub rust: Vec<RustChange>,
    /// The shortest requests that it affects.
    pub requests: Vec<String>,
    /// How many more requests it affects.
    pub more_requests: usize,
    /// The qualified name of the type or operation under which it is reported.
    pub owner: String,
    /// The targets of the raw additions and removals that this change explains, so that they are
    /// not reported again.
    pub claims: Vec<String>,
    pub(crate) old_span: Option<Span>,
    pub(crate) new_span: Option<Span>,
    /// Where the differences of the crate are that it may explain.
    pub(crate) anchors: Vec<Anchor>,
    /// Whether the old side announced the removal of what is gone.
    pub(crate) announced: Option<Announcement>,
    /// Whether the slice of either side holds what changed.
    pub(crate) is_in_slice: bool,
}

/// How many requests a change names.
const SHOWN_REQUESTS: usize = 3;

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Whether a removal was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The old side declared it deprecated, and the date of removal, if there was one, is over.
    Announced,
    /// It was deprecated, and the date of removal is not over.
    Early,
    /// The removal was not announced.
    Unannounced,
}

/// What a change does to one public item of the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustChange {
    /// The path from the crate root.
    pub path: String,
    /// The item on the old side.
    pub old: Option<RustItem>,
    /// The item on the new side.
    pub new: Option<RustItem>,
    /// What happens to it.
    pub kind: RustChangeKind,
    /// Whether it is a constant, which repeats a field.
    pub is_constant: bool,
    /// How many members a whole item has, if it comes or goes as a whole.
    pub members: usize,
}

/// A public item as it is declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustItem {
    /// The declaration with whole paths.
    pub signature: String,
    /// Its arguments and result, or its type, with type names without paths.
    pub brief: String,
}

/// What happens to a public item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another signature.
    Changed,
    /// It has another signature, with which every call that compiled still compiles.
    Widened,
    /// It is deprecated.
    Deprecated,
    /// It is not deprecated any more.
    Restored,
}

impl RustChange {
    /// What this does to the version of the crate.
    pub fn bump(&self) -> Bump {
        match self.kind {
            RustChangeKind::Removed | RustChangeKind::Changed => Bump::Major,
            RustChangeKind::Added | RustChangeKind::Widened | RustChangeKind::Deprecated => {
                Bump::Minor
            }
            RustChangeKind::Restored => Bump::Patch,
        }
    }
}

impl Notice {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Early => "early",
            Self::Unannounced => "unannounced",
        }
    }
}

impl Change {
    /// A change with the verdicts of its rule.
    pub(crate) fn new(rule: &'static Rule, target: impl Into<String>) -> Self {
        let target = target.into();
        let owner = target.split('/').next().unwrap_or_default().to_owned();
        Self {
            rule,
            owner,
            target,
            old: None,
            new: None,
            read: rule.read,
            write: rule.write,
            details: Vec::new(),
            old_span: None,
            new_span: None,
            old_place: None,
            new_place: None,
            notice: None,
            bump: Bump::None,
            rust: Vec::new(),
            requests: Vec::new(),
            more_requests: 0,
            claims: Vec::new(),
            anchors: Vec::new(),
            announced: None,
            is_in_slice: true,
        }
    }

    pub(crate) fn values(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self.new = Some(new.into());
        self
    }

    pub(crate) fn old(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    pub(crate) fn now(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    pub(crate) fn on_old(mut self, span: Span) -> Self {
        self.old_span = Some(span);
        self
    }

    pub(crate) fn on_new(mut self, span: Span) -> Self {
        self.new_span = Some(span);
        self
    }

    pub(crate) fn between(self, old: Span, new: Span) -> Self {
        self.on_old(old).on_new(new)
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    pub(crate) fn claims(mut self, targets: impl IntoIterator<Item = String>) -> Self {
        self.claims.extend(targets);
        self
    }

    /// Lets the change explain what happens to the Rust items of some hierarchies, by their bases.
    pub(crate) fn of_hierarchies(mut self, bases: impl IntoIterator<Item = String>) -> Self {
        self.anchors.extend(bases.into_iter().map(Anchor::Hierarchy));
        self
    }

    /// Names the first of the requests that the change affects, and counts the others.
    pub(crate) fn affects(&mut self, requests: &[&str]) {
        let shown = requests.iter().take(SHOWN_REQUESTS);
        self.requests = shown.map(|one| (*one).to_owned()).collect();
        self.more_requests = requests.len().saturating_sub(SHOWN_REQUESTS);
    }

    /// The side on which what changed exists: the new one, unless it is gone.
    pub(crate) fn which(&self) -> Which {
        match (self.old_span, self.new_span) {
            (Some(_), None) => Which::Old,
            _ => Which::New,
        }
    }

    /// The owner without what distinguishes overloads.
    pub(crate) fn owner_name(&self) -> &str {
        self.owner.split('(').next().unwrap_or(&self.owner)
    }

    /// Whether a client breaks on the wire.
    pub fn breaks_wire(&self) -> bool {
        self.read == Effect::Break || self.write == Effect::Break
    }

    /// Whether code that uses the crate may no longer compile.
    pub fn breaks_rust(&self) -> bool {
        self.bump == Bump::Major
    }

    /// The severity of the change: it is an error if, and only if, it breaks something, whatever
    /// the severity of its rule.
    pub fn severity(&self) -> Severity {
        if self.breaks_wire() || self.breaks_rust() {
            return Severity::Error;
        }
        match self.rule.severity {
            Severity::Error => Severity::Warning,
            other => other,
        }
    }

    /// A name for this change that stays the same over commits: a digest of rule, target, old and
    /// new.
    pub fn fingerprint(&self) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let parts = [self.rule.id, &self.target, &part(&self.old), &part(&self.new)];
        digest(parts.join("\n").as_bytes())[..12].to_owned()
    }
}
