//! An entity type or complex type on both sides.

use super::{Comparison, Revision, annotations, keys, members, types};
use crate::odata::edm::{StructuredType, StructuredTypeId, TypeId};
use crate::review::change::Change;
use crate::review::rule::{Effect, rule};

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    name: &str,
    old: StructuredTypeId,
    new: StructuredTypeId,
) {
    let (was, is) = (comparison.old.model.structured(old), comparison.new.model.structured(new));
    let spans = (was.span, is.span);
    if was.kind != is.kind {
        let change = Change::new(rule!("type-kind-changed"), name)
            .values(
                types::kind(&comparison.old, TypeId::Structured(old)),
                types::kind(&comparison.new, TypeId::Structured(new)),
            )
            .between(spans.0, spans.1);
        comparison.changes.push(change);
    } else {
        keys::compare(comparison, name, old, new);
    }
    base(comparison, name, old, new);
    let inherits = |test: fn(&StructuredType) -> bool| {
        let base = |revision: &Revision<'_>, declared: &StructuredType| {
            declared.base.is_some_and(|base| test(revision.model.structured(base)))
        };
        (base(&comparison.old, was), base(&comparison.new, is))
    };
    let open = inherits(|declared| declared.is_open);
    let stream = inherits(|declared| declared.has_stream);
    for (was, is, inherited, set, unset) in [
        (
            was.is_abstract,
            is.is_abstract,
            (false, false),
            rule!("abstract-set"),
            rule!("abstract-unset"),
        ),
        (was.is_open, is.is_open, open, rule!("open-type-set"), rule!("open-type-unset")),
        (was.has_stream, is.has_stream, stream, rule!("has-stream-set"), rule!("has-stream-unset")),
    ] {
        // Annotations of the base are reported there.
        if was != is && inherited != (was, is) {
            let rule = if is { set } else { unset };
            comparison.changes.push(Change::new(rule, name).between(spans.0, spans.1));
        }
    }
    members::compare(comparison, name, old, new);
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, name, was, is);
}

fn base(comparison: &mut Comparison<'_>, name: &str, old: StructuredTypeId, new: StructuredTypeId) {
    let olds: Vec<String> =
        comparison.old.bases(old).iter().map(|base| comparison.now_called(base)).collect();
    let news = comparison.new.bases(new);
    if olds.first() == news.first() {
        return;
    }
    let kept = olds.first().is_none_or(|base| news.contains(base));
    let shown = |bases: &[String]| bases.first().cloned().unwrap_or_else(|| "none".to_owned());
    let (was, is) = (comparison.old.effective(old), comparison.new.effective(new));
    let lost: Vec<&str> = was.keys().filter(|name| !is.contains_key(*name)).copied().collect();
    // What the type itself declared is reported as a member.
    let lost: Vec<&str> = lost.into_iter().filter(|name| was[name].0 != old).collect();
    let gained: Vec<&str> = is
        .iter()
        .filter(|(name, (owner, _))| *owner != new && !was.contains_key(*name))
        .map(|(name, _)| *name)
        .collect();
    let rule = if kept { rule!("base-type-inserted") } else { rule!("base-type-changed") };
    let (before, after) =
        (comparison.old.model.structured(old).span, comparison.new.model.structured(new).span);
    let mut change =
        Change::new(rule, name).values(shown(&olds), shown(&news)).between(before, after);
    if !lost.is_empty() {
        change = change.detail(format!("It loses {}.", listed(&lost)));
        (change.read, change.write) = (Effect::Break, Effect::Break);
    }
    if !gained.is_empty() {
        change = change.detail(format!("It gains {}.", listed(&gained)));
    }
    change = change.of_hierarchies(olds.into_iter().chain(news));
    comparison.changes.push(change);
}

/// Names as a list in a sentence.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
