//! Schemas and terms.

use super::{Comparison, annotations};
use crate::input::source::Span;
use crate::odata::edm::{Annotations, Model, Schema, Term};
use crate::review::change::Change;
use crate::review::rule::rule;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.model, comparison.new.model);
    let by_name = |model: &'_ Model| -> BTreeMap<String, Schema> {
        model.schemas.iter().map(|one| (one.namespace.clone(), one.clone())).collect()
    };
    let (olds, news) = (by_name(old), by_name(new));
    for (name, schema) in &olds {
        let Some(now) = news.get(name) else {
            comparison.changes.push(Change::new(rule!("schema-removed"), name).on_old(schema.span));
            continue;
        };
        if schema.alias != now.alias {
            let shown = |alias: &Option<String>| alias.clone().unwrap_or_else(|| "none".to_owned());
            let change = Change::new(rule!("schema-alias-changed"), name)
                .values(shown(&schema.alias), shown(&now.alias))
                .between(schema.span, now.span);
            comparison.changes.push(change);
        }
        let (was, is) = (&schema.annotations, &now.annotations);
        annotations::compare(comparison, name, (was, schema.span), (is, now.span));
    }
    for (name, schema) in &news {
        if !olds.contains_key(name) {
            comparison.changes.push(Change::new(rule!("schema-added"), name).on_new(schema.span));
        }
    }
    terms(comparison, &olds, &news);
    paths(comparison);
    dangling(comparison);
}

/// Annotations whose target does not exist, if the old documents had none for it.
fn dangling(comparison: &mut Comparison<'_>) {
    let known: BTreeSet<&String> =
        comparison.old.model.dangling_targets.iter().map(|(target, _)| target).collect();
    for (target, span) in &comparison.new.model.dangling_targets {
        if !known.contains(target) {
            let change = Change::new(rule!("annotation-dangling"), target).on_new(*span);
            comparison.changes.push(change);
        }
    }
}

/// Annotations that belong to no element but to a path. Those of a path through something new or
/// removed are part of that change.
fn paths(comparison: &mut Comparison<'_>) {
    fn by_path(model: &Model) -> BTreeMap<Vec<String>, (Annotations, Span)> {
        let mut paths: BTreeMap<Vec<String>, (Annotations, Span)> = BTreeMap::new();
        for one in &model.path_annotations {
            let known = paths
                .entry(one.target.clone())
                .or_insert_with(|| (Annotations::default(), one.span));
            known.0.0.extend(one.annotations.0.iter().cloned());
        }
        paths
    }
    let (old, new) = (by_path(comparison.old.model), by_path(comparison.new.model));
    let targets: BTreeSet<&Vec<String>> = old.keys().chain(new.keys()).collect();
    for target in targets {
        if !comparison.old.model.has_path(target) || !comparison.new.model.has_path(target) {
            continue;
        }
        let none = Annotations::default();
        let (was, is) = (old.get(target), new.get(target));
        let Some(span) = is.or(was).map(|(_, span)| *span) else { continue };
        let side = |annotated: Option<&(Annotations, Span)>| {
            annotated
                .map_or((none.clone(), span), |(annotations, span)| (annotations.clone(), *span))
        };
        let (before, after) = (side(was), side(is));
        let known = comparison.changes.len();
        let target = target.join("/");
        annotations::compare(comparison, &target, (&before.0, before.1), (&after.0, after.1));
        // A path has a place only if it has annotations.
        for change in &mut comparison.changes[known..] {
            change.old_span = change.old_span.filter(|_| was.is_some());
            change.new_span = change.new_span.filter(|_| is.is_some());
        }
    }
}

fn terms(
    comparison: &mut Comparison<'_>,
    olds: &BTreeMap<String, Schema>,
    news: &BTreeMap<String, Schema>,
) {
    fn by_name(model: &Model) -> BTreeMap<String, &Term> {
        model.terms.iter().map(|one| (one.name.to_string(), one)).collect()
    }
    let (old, new) = (by_name(comparison.old.model), by_name(comparison.new.model));
    for (name, term) in &old {
        let Some(now) = new.get(name) else {
            // The removal of a schema includes its terms.
            if news.contains_key(&term.name.namespace) {
                comparison.changes.push(Change::new(rule!("term-removed"), name).on_old(term.span));
            }
            continue;
        };
        let was = shown(comparison.old.model, term);
        let is = shown(comparison.new.model, now);
        if was != is {
            let change = Change::new(rule!("term-changed"), name)
                .values(was, is)
                .between(term.span, now.span);
            comparison.changes.push(change);
        }
        let (was, is) = ((&term.annotations, term.span), (&now.annotations, now.span));
        annotations::compare(comparison, name, was, is);
    }
    for (name, term) in &new {
        if !old.contains_key(name) && olds.contains_key(&term.name.namespace) {
            comparison.changes.push(Change::new(rule!("term-added"), name).on_new(term.span));
        }
    }
}

/// The declaration of a term, in one line.
fn shown(model: &Model, term: &Term) -> String {
    let mut shown = model.type_name(&term.value);
    if term.value.denies_null() {
        shown.push_str(", never null");
    }
    if let Some(base) = &term.base {
        shown.push_str(&format!(", specialises {base}"));
    }
    if let Some(default) = &term.default {
        shown.push_str(&format!(", default {default}"));
    }
    if !term.applies_to.is_empty() {
        shown.push_str(&format!(", on {}", term.applies_to.join(" ")));
    }
    shown
}
