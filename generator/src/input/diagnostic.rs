//! What is wrong with the input, where, and what to do about it.
//!
//! Enters: findings of any stage. Leaves: [`Diagnostics`], shown rustc-like.
//! Must not know: how a finding was made.

use crate::input::shown;
use crate::input::source::{SourceMap, Span, Unreadable};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;
use std::ops::Range;

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
    /// Whether a warning is about a violation of the specification, which a strict run treats as an
    /// error.
    pub is_violation: bool,
    /// What is wrong, in one line.
    pub message: String,
    /// The place, and the label next to it.
    pub place: Option<(Span, String)>,
    /// A second, related place, such as the first declaration of a duplicate.
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
            is_violation: true,
            message: message.into(),
            place: None,
            related: None,
            help: None,
        }
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, is_violation: false, ..Self::error(code, message) }
    }

    /// A violation of the specification that generation can handle: a warning, but an error of a
    /// [strict](Diagnostics::strict) run.
    pub fn violation(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same finding as a warning even in a strict run, for behaviour that the user asked for.
    #[must_use]
    pub(crate) fn allowed(self) -> Self {
        Self { severity: Severity::Warning, is_violation: false, ..self }
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.place = Some((span, label.into()));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<Unreadable> for Diagnostic {
    fn from(unreadable: Unreadable) -> Self {
        let message = unreadable.to_string();
        match unreadable {
            Unreadable::TooLarge { .. } => Diagnostic::error("too-large", message),
            Unreadable::Utf32 { .. } | Unreadable::Encoding { .. } => {
                Diagnostic::error("encoding", message).help("save the document as UTF-8")
            }
        }
    }
}

/// The findings so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    strict: bool,
}

/// The most findings that are shown; the rest are counted.
const SHOWN: usize = 50;

/// The most warnings that are shown for one rule, so that a repeated mistake in a schema does not
/// hide the rest.
const SHOWN_PER_CODE: usize = 5;

impl Diagnostics {
    /// No findings yet; every violation of the specification will be an error.
    pub fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// Adds a finding.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.strict && diagnostic.is_violation {
            diagnostic.severity = Severity::Error;
        }
        let Diagnostic { message, help, place, related, .. } = &mut diagnostic;
        let labels = [place, related].into_iter().flatten().map(|(_, label)| label);
        [message].into_iter().chain(help).chain(labels).for_each(shown::make_safe);
        self.found.push(diagnostic);
    }

    /// Adds what was found elsewhere, as if it had been found here.
    pub(crate) fn append(&mut self, other: Self) {
        other.found.into_iter().for_each(|one| self.push(one));
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
        let mut shown = 0;
        let mut of_code: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in &sorted {
            let count = of_code.entry(diagnostic.code).or_default();
            *count += 1;
            let repeated = diagnostic.is_violation
                && diagnostic.severity == Severity::Warning
                && *count > SHOWN_PER_CODE;
            if repeated || shown == SHOWN {
                continue;
            }
            shown += 1;
            text.push_str(&renderer.render(&report(diagnostic, sources)));
            text.push_str("\n\n");
        }
        if sorted.len() > shown {
            text.push_str(&format!("… and {} more\n", sorted.len() - shown));
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
    let place = diagnostic.place.as_ref();
    let mut group = match snippet(place, sources, AnnotationKind::Primary) {
        Some(snippet) => title.element(snippet),
        None => Group::with_title(title),
    };
    let related = diagnostic.related.as_ref();
    if let Some(snippet) = snippet(related, sources, AnnotationKind::Context) {
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
    let range = sources.range(*span);
    let excerpt = excerpt(&source.text, &range);
    let annotation =
        kind.span(range.start - excerpt.start..range.end - excerpt.start).label(label.as_str());
    let (line, _) = source.line_column(excerpt.start);
    // Of the same length, so that the places in it stay where they are.
    let text = shown::without_passwords(&source.text[excerpt]);
    Some(Snippet::source(text).line_start(line).path(source.name.as_str()).annotation(annotation))
}

/// The lines of a range. The renderer scans the whole text that it gets, for each finding.
fn excerpt(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |length| range.end + length + 1);
    start..end
}
