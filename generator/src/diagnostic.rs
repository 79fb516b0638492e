//! What is wrong with the input, where, and what to do about it.
//!
//! Enters: findings of any stage. Leaves: [`Diagnostics`], shown rustc-like.
//! Must not know: how a finding was made.

use crate::source::{SourceMap, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Generation stops after the stage that found it.
    Error,
    /// Generation goes on.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, such as `unresolved-type`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, and what to write beside the place.
    pub place: Option<(Span, String)>,
    /// A second place that has to do with it, such as the first declaration of a duplicate.
    pub related: Option<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            related: None,
            help: None,
        }
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.place = Some((span, label.into()));
        self
    }

    /// Names a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The findings so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    strict: bool,
}

/// How many findings are shown; the rest are counted.
const SHOWN: usize = 50;

impl Diagnostics {
    /// No findings yet, and warnings of broken rules will be errors.
    pub fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// Adds a finding.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.strict {
            diagnostic.severity = Severity::Error;
        }
        self.found.push(diagnostic);
    }

    /// All findings, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|one| one.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All findings: errors first, then by place.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.found.iter().collect();
        sorted.sort_by_key(|one| (one.severity, one.place.as_ref().map(|(span, _)| *span)));
        sorted
    }

    /// The findings as rustc would show them, by place.
    pub fn render(&self, sources: &SourceMap, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let sorted = self.sorted();
        let mut text = String::new();
        for diagnostic in sorted.iter().take(SHOWN) {
            text.push_str(&renderer.render(&report(diagnostic, sources)));
            text.push_str("\n\n");
        }
        if sorted.len() > SHOWN {
            text.push_str(&format!("… and {} more\n", sorted.len() - SHOWN));
        }
        text
    }
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let mut group = match snippet(diagnostic.place.as_ref(), sources, AnnotationKind::Primary) {
        Some(snippet) => title.element(snippet),
        None => Group::with_title(title),
    };
    if let Some(snippet) = snippet(diagnostic.related.as_ref(), sources, AnnotationKind::Context) {
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    vec![group]
}

fn snippet<'a>(
    place: Option<&'a (Span, String)>,
    sources: &'a SourceMap,
    kind: AnnotationKind,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let (span, label) = place?;
    let source = sources.get(span.source);
    let annotation = kind.span(sources.range(*span)).label(label.as_str());
    Some(Snippet::source(source.text.as_str()).path(source.name.as_str()).annotation(annotation))
}
