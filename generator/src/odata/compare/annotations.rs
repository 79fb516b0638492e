//! The annotations of an element on both sides: those that a client acts on are compared by their
//! meaning, all others as text.

use super::{Comparison, capabilities, text};
use crate::input::source::Span;
use crate::odata::edm::facts::{self, AlternateKey, Deprecation, Subject};
use crate::odata::edm::{Annotation, Annotations, Expression};
use crate::review::change::Change;
use crate::review::rule::{Rule, rule};
use std::collections::{BTreeMap, BTreeSet};

/// The values under one term and qualifier; documents may apply it more than once. A renamed term
/// is listed under its present name.
type ByTerm<'a> = BTreeMap<String, Vec<&'a Annotation>>;

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    (was, old): (&Annotations, Span),
    (is, new): (&Annotations, Span),
) {
    if was.0.is_empty() && is.0.is_empty() {
        return;
    }
    let (before, after) = (by_term(was), by_term(is));
    let terms: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for term in terms {
        let empty = Vec::new();
        let was = before.get(term).unwrap_or(&empty);
        let is = after.get(term).unwrap_or(&empty);
        if texts(was) == texts(is) {
            continue;
        }
        let at = (was.first().map_or(old, |one| one.span), is.first().map_or(new, |one| one.span));
        for change in differences(target, term, was, is) {
            comparison.changes.push(change.between(at.0, at.1));
        }
    }
}

fn by_term(annotations: &Annotations) -> ByTerm<'_> {
    let mut terms: ByTerm<'_> = BTreeMap::new();
    for annotation in &annotations.0 {
        let term = match &annotation.qualifier {
            Some(qualifier) => format!("{}#{qualifier}", annotation.term),
            None => facts::current_name(&annotation.term).to_owned(),
        };
        terms.entry(term).or_default().push(annotation);
    }
    terms
}

fn texts(annotations: &[&Annotation]) -> Vec<String> {
    let mut texts: Vec<String> = annotations.iter().map(|one| text::annotation(one)).collect();
    texts.sort_unstable();
    texts
}

/// What changed under one term.
fn differences(target: &str, term: &str, was: &[&Annotation], is: &[&Annotation]) -> Vec<Change> {
    let value = |applied: &[&Annotation]| applied.first().map(|one| one.value.clone());
    let (old, new) = (value(was), value(is));
    let shown = |value: &Option<Expression>| value.as_ref().map(text::expression);
    let presence = |[added, removed, changed]: [&'static Rule; 3]| {
        let rule = match (&old, &new) {
            (None, _) => added,
            (_, None) => removed,
            _ => changed,
        };
        let mut change = Change::new(rule, target);
        (change.old, change.new) = (shown(&old), shown(&new));
        change
    };
    let is_set = |value: &Option<Expression>| *value == Some(Expression::Bool(true));
    let tag = |set, unset| {
        (is_set(&old) != is_set(&new))
            .then(|| Change::new(if is_set(&new) { set } else { unset }, target))
    };
    let other = || {
        let rules =
            [rule!("annotation-added"), rule!("annotation-removed"), rule!("annotation-changed")];
        presence(rules).detail(format!("The term is `{term}`."))
    };
    match Subject::of(term) {
        Subject::Description => vec![presence([
            rule!("description-added"),
            rule!("description-removed"),
            rule!("description-changed"),
        ])],
        Subject::Computed => {
            tag(rule!("computed-set"), rule!("computed-unset")).into_iter().collect()
        }
        Subject::Immutable => {
            tag(rule!("immutable-set"), rule!("immutable-unset")).into_iter().collect()
        }
        Subject::OptionalParameter if old.is_none() || new.is_none() => {
            let rule = if new.is_some() {
                rule!("parameter-optional-set")
            } else {
                rule!("parameter-optional-unset")
            };
            vec![Change::new(rule, target)]
        }
        Subject::Permissions => permissions(target, &old, &new).unwrap_or_else(|| vec![other()]),
        Subject::AlternateKeys => alternate_keys(target, was, is),
        Subject::Revisions => revisions(target, &old, &new, other),
        Subject::Capability(name) => {
            match capabilities::compare(target, name, old.as_ref(), new.as_ref()) {
                Some(change) => vec![change],
                None => vec![other()],
            }
        }
        _ => vec![other()],
    }
}

/// Whether a property may be written, by the Core vocabulary.
fn permissions(
    target: &str,
    old: &Option<Expression>,
    new: &Option<Expression>,
) -> Option<Vec<Change>> {
    let read_only = |value: &Option<Expression>| facts::is_read_only(value.as_ref());
    let rule = match (read_only(old), read_only(new)) {
        (false, true) => rule!("computed-set"),
        (true, false) => rule!("computed-unset"),
        _ => return None,
    };
    Some(vec![Change::new(rule, target)])
}

/// The alternate keys that were added and removed.
fn alternate_keys(target: &str, was: &[&Annotation], is: &[&Annotation]) -> Vec<Change> {
    let shown = |key: AlternateKey<'_>| -> String {
        key.parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ")
    };
    let keys = |applied: &[&Annotation]| -> BTreeSet<String> {
        let keys = applied.iter().flat_map(|one| facts::alternate_keys(Some(&one.value)));
        keys.map(shown).collect()
    };
    let (was, is) = (keys(was), keys(is));
    let gone =
        was.difference(&is).map(|key| Change::new(rule!("alternate-key-removed"), target).old(key));
    let come =
        is.difference(&was).map(|key| Change::new(rule!("alternate-key-added"), target).now(key));
    gone.chain(come).collect()
}

/// Whether the annotations of an element declare it deprecated, and the date of its removal.
pub(super) fn announced(annotations: &Annotations) -> Option<Option<String>> {
    annotations.deprecation().map(|one| one.removal_date.map(str::to_owned))
}

fn revisions(
    target: &str,
    old: &Option<Expression>,
    new: &Option<Expression>,
    otherwise: impl Fn() -> Change,
) -> Vec<Change> {
    match (facts::deprecation(old.as_ref()), facts::deprecation(new.as_ref())) {
        (None, Some(deprecation)) => {
            vec![Change::new(rule!("deprecated"), target).now(note(deprecation))]
        }
        (Some(deprecation), None) => {
            vec![Change::new(rule!("deprecation-removed"), target).old(note(deprecation))]
        }
        (Some(was), Some(is)) => match (was.removal_date, is.removal_date) {
            (was, is) if was == is => vec![otherwise()],
            (was, is) => {
                // An absent date is later than any other.
                let earlier = match (&was, &is) {
                    (Some(was), Some(is)) => is < was,
                    (was, _) => was.is_none(),
                };
                let rule = if earlier {
                    rule!("removal-date-moved-earlier")
                } else {
                    rule!("removal-date-moved-later")
                };
                let shown = |date: Option<&str>| date.unwrap_or("none").to_owned();
                vec![Change::new(rule, target).values(shown(was), shown(is))]
            }
        },
        (None, None) => vec![otherwise()],
    }
}

/// A deprecation as text: version, date of removal, description.
fn note(deprecation: Deprecation<'_>) -> String {
    let version = deprecation.version.map(|version| format!("version {version}"));
    let date = deprecation.removal_date.map(|date| format!("removal {date}"));
    let parts = [version, date, deprecation.description.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
