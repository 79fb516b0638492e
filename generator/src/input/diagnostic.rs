//! What is wrong with the input, where, and what to do about it.
//!
//! Enters: findings of any stage. Leaves: [`Diagnostics`], shown rustc-like.
//! Must not know: how a finding was made.

use crate::input::shown;
use crate::input::source::{SourceMap, Span, Unreadable};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;
use std::ops::Range;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Generation stops after the stage that found it.
    Error,
    /// Generation goes on.
    Warning,
    /// Nothing is wrong, and there is more that can be had.
    Note,
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

    /// Something that can be had, and is not asked for.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, is_violation: false, ..Self::error(code, message) }
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
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let place = diagnostic.place.as_ref();
    let primary = elements(place, sources, AnnotationKind::Primary);
    let mut group = match primary.is_empty() {
        false => title.elements(primary),
        true => Group::with_title(title),
    };
    let related = diagnostic.related.as_ref();
    group = group.elements(elements(related, sources, AnnotationKind::Context));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    vec![group]
}

/// The excerpt of a place.
fn elements<'a>(
    place: Option<&'a (Span, String)>,
    sources: &'a SourceMap,
    kind: AnnotationKind,
) -> Vec<Element<'a>> {
    let Some((span, label)) = place else { return Vec::new() };
    let source = sources.get(span.source);
    let range = sources.range(*span);
    let (line, column) = source.line_column(range.start);
    let excerpt = Excerpt::new(&source.text, range);
    let annotation = kind.span(excerpt.place).label(label.as_str());
    // Of the same length, so that the places in it stay where they are.
    let text = shown::without_passwords(&source.text[excerpt.shown]);
    let path = source.name.as_str();
    let snippet = Snippet::source(text).line_start(line).annotation(annotation);
    match excerpt.is_cut {
        false => vec![snippet.path(path).into()],
        // The column in the excerpt is not that in the line.
        true => vec![Origin::path(path).line(line).char_column(column).into(), snippet.into()],
    }
}

/// How many bytes of a line are shown at most on each side of a place. A whole document may be one line, and
/// the renderer measures all that it gets, for each finding.
const MOST: usize = 1_000;

/// The first place from a byte on where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The part of a text that shows a place.
struct Excerpt {
    shown: Range<usize>,
    /// The place in it.
    place: Range<usize>,
    /// Whether it does not begin with a line.
    is_cut: bool,
}

impl Excerpt {
    /// The lines of a range, as far as they are not too long.
    fn new(text: &str, range: Range<usize>) -> Self {
        let before = boundary(text, range.start.saturating_sub(MOST));
        let (start, is_cut) = match text[before..range.start].rfind('\n') {
            Some(at) => (before + at + 1, false),
            // In the middle of an address a password would not be seen as one.
            None => match text[..before].rfind(|c: char| c.is_whitespace() || c == '"') {
                Some(at) if text[at..].starts_with('\n') => (at + 1, false),
                Some(at) => (at, true),
                None => (0, false),
            },
        };
        let most = boundary(text, range.start.saturating_add(MOST));
        let is_long = range.end > most && !text[range.start..most].contains('\n');
        let end = if is_long { most } else { range.end };
        let after = boundary(text, end.saturating_add(MOST));
        let shown = text[end..after].find('\n').map_or(after, |length| end + length + 1);
        Self { shown: start..shown, place: range.start - start..end - start, is_cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of a finding at the word `here`.
    fn shown(text: &str) -> String {
        let mut sources = SourceMap::default();
        let source =
            sources.add("a.json", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        let start = text.find("here").unwrap_or_default();
        let number = |at: usize| u32::try_from(at).unwrap_or_default();
        let span = Span { source, start: number(start), end: number(start + 4) };
        let mut all = Diagnostics::default();
        all.push(Diagnostic::warning("renamed", "message").at(span, "label"));
        all.render(&sources, false)
    }

    /// The part of a long line looks as it does in the whole line, and has the column in the line.
    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let short = shown(&format!("{{\n{}here{}\n}}", "é ".repeat(200), " b".repeat(400)));
        let long = shown(&format!("{{\n{}here{}\n}}", "é ".repeat(9_000), " b".repeat(90_000)));
        assert!(short.contains("--> a.json:2:401\n"), "{short}");
        let as_short = long.replace(":2:18001\n", ":2:401\n").replace(" ::: \n", "");
        assert_eq!(as_short, short);
    }

    #[test]
    fn passwords_in_long_lines_are_not_shown() {
        for before in [300, 990, 1_000, 1_010] {
            let word = "x".repeat(before);
            let text =
                shown(&format!("{{\"{word}\": \"https://user:{}@h/here\"}}", "secret".repeat(170)));
            assert!(text.contains("here") && !text.contains("secret"), "{text}");
        }
    }
}
