//! The annotations of an element on both sides: those that a client acts on by their meaning, and
//! all others as such.

use super::{Comparison, capabilities, text};
use crate::input::source::Span;
use crate::odata::edm::{Annotation, Annotations, Expression, Record};
use crate::review::change::Change;
use crate::review::rule::{Rule, rule};
use std::collections::{BTreeMap, BTreeSet};

const CORE: &str = "Org.OData.Core.V1.";
/// What alternate keys were called before the Core vocabulary had them; Graph still does so.
const COMMUNITY_KEYS: &str = "OData.Community.Keys.V1.AlternateKeys";
const CAPABILITIES: &str = "Org.OData.Capabilities.V1.";

/// What is said under one term and qualifier; documents may say it more than once.
type Said<'a> = BTreeMap<String, Vec<&'a Annotation>>;

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

fn by_term(annotations: &Annotations) -> Said<'_> {
    let mut said: Said<'_> = BTreeMap::new();
    for annotation in &annotations.0 {
        let term = match &annotation.qualifier {
            Some(qualifier) => format!("{}#{qualifier}", annotation.term),
            None => annotation.term.clone(),
        };
        said.entry(term).or_default().push(annotation);
    }
    said
}

fn texts(annotations: &[&Annotation]) -> Vec<String> {
    let mut texts: Vec<String> = annotations.iter().map(|one| text::annotation(one)).collect();
    texts.sort_unstable();
    texts
}

/// What changed under one term.
fn differences(target: &str, term: &str, was: &[&Annotation], is: &[&Annotation]) -> Vec<Change> {
    let value = |said: &[&Annotation]| said.first().map(|one| one.value.clone());
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
    let says = |value: &Option<Expression>| *value == Some(Expression::Bool(true));
    let tag = |set, unset| {
        (says(&old) != says(&new))
            .then(|| Change::new(if says(&new) { set } else { unset }, target))
    };
    let other = || {
        let rules =
            [rule!("annotation-added"), rule!("annotation-removed"), rule!("annotation-changed")];
        presence(rules).detail(format!("The term is `{term}`."))
    };
    let core = term.strip_prefix(CORE);
    match core {
        Some("Description" | "LongDescription") => vec![presence([
            rule!("description-added"),
            rule!("description-removed"),
            rule!("description-changed"),
        ])],
        Some("Computed") => {
            tag(rule!("computed-set"), rule!("computed-unset")).into_iter().collect()
        }
        Some("Immutable") => {
            tag(rule!("immutable-set"), rule!("immutable-unset")).into_iter().collect()
        }
        Some("OptionalParameter") if old.is_none() || new.is_none() => {
            let rule = if new.is_some() {
                rule!("parameter-optional-set")
            } else {
                rule!("parameter-optional-unset")
            };
            vec![Change::new(rule, target)]
        }
        Some("Permissions") => permissions(target, &old, &new).unwrap_or_else(|| vec![other()]),
        Some("AlternateKeys") => alternate_keys(target, &old, &new),
        None if term == COMMUNITY_KEYS => alternate_keys(target, &old, &new),
        Some("Revisions") => revisions(target, &old, &new, other),
        _ if term.starts_with(CAPABILITIES) => {
            let name = &term[CAPABILITIES.len()..];
            match capabilities::compare(target, name, old.as_ref(), new.as_ref()) {
                Some(change) => vec![change],
                None => vec![other()],
            }
        }
        _ => vec![other()],
    }
}

/// Whether a property may be written, as the Core vocabulary says it.
fn permissions(
    target: &str,
    old: &Option<Expression>,
    new: &Option<Expression>,
) -> Option<Vec<Change>> {
    let read_only = |value: &Option<Expression>| match value {
        Some(Expression::EnumMember(members)) => {
            members.len() == 1 && members[0].ends_with("/Read")
        }
        Some(Expression::String(members)) => members == "Read",
        _ => false,
    };
    let rule = match (read_only(old), read_only(new)) {
        (false, true) => rule!("computed-set"),
        (true, false) => rule!("computed-unset"),
        _ => return None,
    };
    Some(vec![Change::new(rule, target)])
}

fn items(value: &Option<Expression>) -> Vec<&Record> {
    match value {
        Some(Expression::Collection(items)) => {
            items.iter().filter_map(Expression::as_record).collect()
        }
        _ => Vec::new(),
    }
}

/// The alternate keys that came and went.
fn alternate_keys(target: &str, old: &Option<Expression>, new: &Option<Expression>) -> Vec<Change> {
    let keys = |value: &Option<Expression>| -> BTreeSet<String> {
        items(value).into_iter().map(alternate_key).collect()
    };
    let (was, is) = (keys(old), keys(new));
    let gone =
        was.difference(&is).map(|key| Change::new(rule!("alternate-key-removed"), target).old(key));
    let come =
        is.difference(&was).map(|key| Change::new(rule!("alternate-key-added"), target).now(key));
    gone.chain(come).collect()
}

fn alternate_key(key: &Record) -> String {
    let Some(Expression::Collection(parts)) = key.get("Key") else { return String::new() };
    let part = |part: &Record| {
        let text = |name: &str| part.get(name).map(text::expression);
        text("Alias").or_else(|| text("Name")).unwrap_or_default()
    };
    parts.iter().filter_map(Expression::as_record).map(part).collect::<Vec<_>>().join(", ")
}

/// The record that says that the element is deprecated.
fn deprecation(value: &Option<Expression>) -> Option<&Record> {
    items(value).into_iter().find(|revision| is_deprecation(revision))
}

fn is_deprecation(revision: &Record) -> bool {
    match revision.get("Kind") {
        Some(Expression::EnumMember(kind)) => kind.iter().any(|one| one.ends_with("/Deprecated")),
        Some(Expression::String(kind)) => kind == "Deprecated",
        _ => false,
    }
}

/// The date on which an element goes, as its revisions say.
fn date_of(revision: &Record) -> Option<String> {
    match revision.get("RemovalDate") {
        Some(Expression::Date(date) | Expression::String(date)) => Some(date.clone()),
        _ => None,
    }
}

/// Whether the annotations of an element say that it is deprecated, and when it goes.
pub(super) fn announced(annotations: &Annotations) -> Option<Option<String>> {
    let value = annotations.get(&format!("{CORE}Revisions")).cloned();
    deprecation(&value).map(date_of)
}

fn revisions(
    target: &str,
    old: &Option<Expression>,
    new: &Option<Expression>,
    otherwise: impl Fn() -> Change,
) -> Vec<Change> {
    match (deprecation(old), deprecation(new)) {
        (None, Some(revision)) => {
            vec![Change::new(rule!("deprecated"), target).now(note(revision))]
        }
        (Some(revision), None) => {
            vec![Change::new(rule!("deprecation-removed"), target).old(note(revision))]
        }
        (Some(was), Some(is)) => match (date_of(was), date_of(is)) {
            (was, is) if was == is => vec![otherwise()],
            (was, is) => {
                // No date is later than any.
                let earlier = match (&was, &is) {
                    (Some(was), Some(is)) => is < was,
                    (was, _) => was.is_none(),
                };
                let rule = if earlier {
                    rule!("removal-date-moved-earlier")
                } else {
                    rule!("removal-date-moved-later")
                };
                let shown = |date: Option<String>| date.unwrap_or_else(|| "none".to_owned());
                vec![Change::new(rule, target).values(shown(was), shown(is))]
            }
        },
        (None, None) => vec![otherwise()],
    }
}

/// What a deprecation says: version, date of removal, description.
fn note(revision: &Record) -> String {
    let text = |name: &str| revision.get(name).map(text::expression);
    let version = text("Version").map(|version| format!("version {version}"));
    let date = date_of(revision).map(|date| format!("removal {date}"));
    let parts = [version, date, text("Description")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
