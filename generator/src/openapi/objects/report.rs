//! What the walk finds, in words.

use super::Object;
use super::field::{Choice, Elsewhere, Field, Versions, Word};
use super::walk::Here;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::nearest::nearest;
use crate::input::source::Span;
use std::collections::HashSet;

/// The findings so far. A node that is read in two ways is reported once.
pub(super) struct Report<'r> {
    diagnostics: &'r mut Diagnostics,
    made: HashSet<(Span, String)>,
}

impl<'r> Report<'r> {
    pub(super) fn to(diagnostics: &'r mut Diagnostics) -> Self {
        Self { diagnostics, made: HashSet::new() }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.place.as_ref().map(|(span, _)| (*span, diagnostic.message.clone()));
        if place.is_none_or(|place| self.made.insert(place)) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// A field that no version has.
    pub(super) fn unknown_field(&mut self, object: Object, at: Here<'_>) {
        let name = at.name();
        let similar = object.similar(&name, at.version);
        if object == Object::Schema && at.version.has_json_schema() {
            let message = format!("`{name}` is not a keyword of JSON Schema or OpenAPI");
            let help = match similar {
                Some(similar) => format!("is `{similar}` meant?"),
                None => "begin names of your own with `x-`".to_owned(),
            };
            let finding = Diagnostic::warning("unknown-keyword", message);
            self.push(finding.at(at.span, "it has no effect").help(help));
            return;
        }
        let message = format!("`{name}` is not a field of {}", object.title());
        let help = match similar {
            Some(similar) => format!("is `{similar}` meant?"),
            None => "remove it, or begin its name with `x-`".to_owned(),
        };
        self.push(
            Diagnostic::violation("unknown-field", message).at(at.span, "ignored").help(help),
        );
    }

    /// A field that only other versions have.
    pub(super) fn field_of_another_version(
        &mut self,
        field: &Field,
        object: Object,
        at: Here<'_>,
        is_honoured: bool,
    ) {
        let forms = object.find(field.name).forms.iter();
        let versions = forms.fold(field.versions, |all, form| all.and(form.versions));
        let message = match object {
            Object::Schema => format!("`{}` is a keyword of {versions}", field.name),
            _ => format!("`{}` is a field of {} in {versions}", field.name, object.title()),
        };
        let help = match field.instead {
            Some(instead) => instead.to_owned(),
            None if is_honoured => format!("declare the version that has it: {versions}"),
            None => "remove it".to_owned(),
        };
        let reading = match field.elsewhere {
            Elsewhere::InPlaceOf(other) if is_honoured => format!("read as a part of `{other}`"),
            Elsewhere::InPlaceOf(other) => format!("ignored, since there is `{other}`"),
            _ if is_honoured => "honoured".to_owned(),
            _ => "ignored".to_owned(),
        };
        let label = format!("this document is of OpenAPI {}; {reading}", at.version);
        let finding = Diagnostic::violation("field-of-another-version", message);
        self.push(finding.at(at.span, label).help(help));
    }

    /// A value whose form only other versions have.
    pub(super) fn value_of_another_version(
        &mut self,
        at: Here<'_>,
        versions: Versions,
        instead: Option<&str>,
    ) {
        let found = at.node.kind().name();
        let message = format!("`{}` is {found}, as in {versions}", at.name());
        let label = format!("this document is of OpenAPI {}; honoured", at.version);
        let help = match instead {
            Some(instead) => instead.to_owned(),
            None => format!("write it as OpenAPI {} has it", at.version),
        };
        let finding = Diagnostic::violation("value-of-another-version", message);
        self.push(finding.at(at.place(), label).help(help));
    }

    /// A value of a kind that cannot be read.
    pub(super) fn wrong_kind(&mut self, at: Here<'_>, expected: &str, instead: Option<&str>) {
        let found = at.node.kind().name();
        let message = format!("`{}` is {found}, but {expected} is expected", at.name());
        let help = instead.map_or_else(|| format!("write {expected}"), str::to_owned);
        let finding = Diagnostic::violation("wrong-kind", message);
        self.push(finding.at(at.place(), "ignored").help(help));
    }

    /// Null in place of a value.
    pub(super) fn null(&mut self, at: Here<'_>, expected: &str) {
        let message = format!("`{}` is null, but {expected} is expected", at.name());
        let finding = Diagnostic::violation("null-field", message);
        self.push(
            finding.at(at.span, "read as if it were absent").help("remove it, or write a value"),
        );
    }

    /// Null in place of the word `null`.
    pub(super) fn null_word(&mut self, at: Here<'_>) {
        let message = format!("`{}` is null, but a string is expected", at.name());
        self.push(
            Diagnostic::violation("unquoted-text", message)
                .at(at.place(), "read as the string \"null\"")
                .help("put it in quotes"),
        );
    }

    /// A number or a boolean in place of a string.
    pub(super) fn unquoted(&mut self, at: Here<'_>, text: &str) {
        let found = at.node.kind().name();
        let message = format!("`{}` is {found}, but a string is expected", at.name());
        self.push(
            Diagnostic::violation("unquoted-text", message)
                .at(at.place(), format!("read as the string {text:?}"))
                .help("put it in quotes"),
        );
    }

    /// A string in place of the boolean or the number that it contains.
    pub(super) fn quoted(&mut self, at: Here<'_>, expected: &str) {
        let text = at.node.scalar().unwrap_or_default();
        let message = format!("`{}` is a string, but {expected} is expected", at.name());
        self.push(
            Diagnostic::violation("quoted-value", message)
                .at(at.place(), format!("read as {text}"))
                .help("remove the quotes"),
        );
    }

    /// An empty array in place of an empty object.
    pub(super) fn empty_array(&mut self, at: Here<'_>, expected: &str) {
        let message = format!("`{}` is an empty array, but {expected} is expected", at.name());
        self.push(
            Diagnostic::violation("empty-array", message)
                .at(at.place(), "read as an empty object")
                .help("write `{}`"),
        );
    }

    /// A word that is not one of those that a field may have.
    pub(super) fn unknown_word(&mut self, at: Here<'_>, words: &[Word]) {
        let text = at.node.text().unwrap_or_default();
        if let Some(word) = words.iter().find(|word| word.text == text) {
            let message = format!("`{}: {text}` is of {}", at.name(), word.versions);
            let label = format!("this document is of OpenAPI {}; honoured", at.version);
            let help = match word.instead {
                Some(instead) => instead.to_owned(),
                None => format!("write {}", one_of(words, at)),
            };
            let finding = Diagnostic::violation("value-of-another-version", message);
            self.push(finding.at(at.place(), label).help(help));
            return;
        }
        let message = format!("{text:?} is not a value of `{}`", at.name());
        let known = words.iter().filter(|word| word.versions.has(at.version)).map(|word| word.text);
        let help = match nearest(text, known) {
            Some(similar) => format!("is `{similar}` meant?"),
            None => format!("write {}", one_of(words, at)),
        };
        let label = format!("expected {}", one_of(words, at));
        let finding = Diagnostic::violation("unknown-value", message);
        self.push(finding.at(at.place(), label).help(help));
    }

    /// A dialect of schemas that is not that of the version.
    pub(super) fn dialect(&mut self, at: Here<'_>) {
        let text = at.node.text().unwrap_or_default();
        let message = format!("the dialect of schemas {text:?} is not known");
        self.push(
            Diagnostic::warning("schema-dialect", message)
                .at(at.place(), "read as JSON Schema 2020-12 with the vocabulary of OpenAPI")
                .help("compare what the dialect adds or changes"),
        );
    }

    /// A field that is required and not there.
    pub(super) fn missing_field(&mut self, field: &Field, object: Object, at: Here<'_>) {
        let title = object.title();
        let message = match field.required.when {
            None => format!("{title} lacks the required field `{}`", field.name),
            Some((when, _)) => {
                let is = at.node.get(when).and_then(|one| one.scalar()).unwrap_or_default();
                format!("{title} with `{when}: {is}` lacks the required field `{}`", field.name)
            }
        };
        self.push(
            Diagnostic::violation("missing-field", message)
                .at(at.span, field.required.reading)
                .help(format!("add `{}`", field.name)),
        );
    }

    /// None of some fields.
    pub(super) fn missing_choice(&mut self, choice: &Choice, object: Object, at: Here<'_>) {
        let names = listed(choice.fields.iter().map(|name| format!("`{name}`")), "and");
        let message = format!("{} has none of the fields {names}", object.title());
        self.push(
            Diagnostic::violation("missing-field", message)
                .at(at.span, choice.reading.unwrap_or_default())
                .help(format!("add one of {names}")),
        );
    }

    /// Two fields that exclude each other.
    pub(super) fn exclusive(&mut self, object: Object, names: [&str; 2], spans: [Span; 2]) {
        let [first, second] = names;
        let title = object.title();
        let message =
            format!("{title} has both `{first}` and `{second}`, of which it may have one");
        self.push(
            Diagnostic::violation("exclusive-fields", message)
                .at(spans[1], format!("`{first}` takes precedence"))
                .related(spans[0], "the other one")
                .help("remove one of them"),
        );
    }

    /// Fields beside a reference that has no such fields, and that are read nevertheless.
    pub(super) fn annotations(&mut self, at: Here<'_>, siblings: &[(&str, Span)]) {
        let Some((names, is, span)) = of_siblings(siblings) else { return };
        let version = at.version;
        let message =
            format!("{names} {is} beside `$ref`, which has no siblings in OpenAPI {version}");
        self.push(
            Diagnostic::violation("reference-annotation", message)
                .at(span, "honoured, since no value changes by it")
                .help("put the reference into `allOf`"),
        );
    }

    /// Fields beside a reference that has no such fields.
    pub(super) fn siblings(&mut self, at: Here<'_>, siblings: &[(&str, Span)]) {
        let Some((names, is, span)) = of_siblings(siblings) else { return };
        let message = match at.version.has_json_schema() {
            true => format!("{names} {is} beside `$ref`, which has no such siblings"),
            false => {
                let version = at.version;
                format!("{names} {is} beside `$ref`, which has no siblings in OpenAPI {version}")
            }
        };
        self.push(
            Diagnostic::violation("reference-sibling", message)
                .at(span, "ignored")
                .help("remove it, or refer to another object that has it"),
        );
    }

    /// A reference where the specification has none.
    pub(super) fn misplaced_reference(&mut self, at: Here<'_>, expected: &str) {
        let message = format!("there is a reference where {expected} is expected");
        self.push(
            Diagnostic::violation("misplaced-reference", message)
                .at(at.place(), "what it refers to is read in its place")
                .help("write what it refers to here"),
        );
    }

    /// A reference to an object of another kind.
    pub(super) fn reference_kind(&mut self, at: Here<'_>, found: Object, expected: Object) {
        let (found, expected) = (found.title(), expected.title());
        let message = format!("the reference refers to {found}, but {expected} is expected");
        self.push(
            Diagnostic::violation("reference-kind", message)
                .at(at.place(), format!("read as {expected}"))
                .help("correct the reference"),
        );
    }

    /// A name in place of a status, or a number that is not the code of one.
    pub(super) fn status(&mut self, at: Here<'_>, is_code: bool) {
        let message = format!("`{}` is not the code of a status", at.name());
        let label = if is_code { "kept as it is" } else { "ignored" };
        let help = match at.name().eq_ignore_ascii_case("default") {
            true => "is `default` meant?",
            false => "write a code such as `200`, a range such as `4XX`, or `default`",
        };
        self.push(Diagnostic::violation("status-code", message).at(at.span, label).help(help));
    }

    /// A range of codes in other letters.
    pub(super) fn status_spelling(&mut self, at: Here<'_>, range: &str) {
        let message = format!("`{}` is not a range of codes", at.name());
        self.push(
            Diagnostic::violation("status-code", message)
                .at(at.span, format!("read as `{range}`"))
                .help(format!("write `{range}`")),
        );
    }

    /// A range of codes in a version that has none.
    pub(super) fn status_range(&mut self, at: Here<'_>) {
        let message = format!("the range of codes `{}` is of OpenAPI 3.0 and later", at.name());
        self.push(
            Diagnostic::violation("value-of-another-version", message)
                .at(at.span, format!("this document is of OpenAPI {}; honoured", at.version))
                .help("write a response for each code, or `default`"),
        );
    }

    /// A path that does not begin with a slash.
    pub(super) fn path_name(&mut self, at: Here<'_>) {
        let message = format!("the path `{}` does not begin with `/`", at.name());
        self.push(
            Diagnostic::violation("path-name", message)
                .at(at.span, format!("read as `/{}`", at.name()))
                .help("write `/` at the beginning"),
        );
    }

    /// A name that a component may not have.
    pub(super) fn component_name(&mut self, at: Here<'_>) {
        let message =
            format!("{:?} has characters that names of components do not have", at.name());
        self.push(
            Diagnostic::violation("component-name", message)
                .at(at.span, "kept as it is")
                .help("use letters, digits, `.`, `-` and `_`"),
        );
    }
}

/// Some fields, the verb for them, and the place of the first one.
fn of_siblings(siblings: &[(&str, Span)]) -> Option<(String, &'static str, Span)> {
    let names = listed(siblings.iter().map(|(name, _)| format!("`{name}`")), "and");
    let is = if siblings.len() == 1 { "is" } else { "are" };
    siblings.first().map(|(_, span)| (names, is, *span))
}

/// The words that a version has.
fn one_of(words: &[Word], at: Here<'_>) -> String {
    let words = words.iter().filter(|word| word.versions.has(at.version));
    listed(words.map(|word| format!("`{}`", word.text)), "or")
}

/// Some texts with commas, and a word before the last one.
fn listed(texts: impl Iterator<Item = String>, word: &str) -> String {
    let mut texts: Vec<String> = texts.collect();
    match texts.pop() {
        Some(last) if !texts.is_empty() => format!("{} {word} {last}", texts.join(", ")),
        last => last.unwrap_or_default(),
    }
}
