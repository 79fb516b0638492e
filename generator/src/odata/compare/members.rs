//! The members of a structured type: which were added, removed and moved, and those that stayed.

use super::{Comparison, Member, moves, navigation, property, required};
use crate::odata::edm::StructuredTypeId;
use crate::review::change::Change;
use crate::review::rule::rule;
use std::collections::BTreeMap;

/// A member that is on one side only, under its name.
pub(super) type Alone<'a> = BTreeMap<&'a str, Member<'a>>;

pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    name: &str,
    old: StructuredTypeId,
    new: StructuredTypeId,
) {
    let olds: Vec<Member<'a>> = comparison.old.own(old);
    let news: Vec<Member<'a>> = comparison.new.own(new);
    let (mut gone, mut come): (Alone<'a>, Alone<'a>) = (BTreeMap::new(), BTreeMap::new());
    let find = |members: &[Member<'a>], wanted: Member<'a>| {
        let same = |one: &&Member<'a>| one.name() == wanted.name() && one.is_like(wanted);
        members.iter().find(same).copied()
    };
    let (before, after) = (comparison.old.effective(old), comparison.new.effective(new));
    for was in &olds {
        if let Some(is) = find(&news, *was) {
            both(comparison, name, *was, is);
            continue;
        }
        match after.get(was.name()) {
            Some((owner, is)) if *owner != new && is.is_like(*was) => {
                inherited(comparison, name, old, *was, (*owner, *is));
            }
            _ => {
                gone.insert(was.name(), *was);
            }
        }
    }
    for is in &news {
        if find(&olds, *is).is_some() {
            continue;
        }
        match before.get(is.name()) {
            Some((owner, was)) if *owner != old && was.is_like(*is) => {
                let rule =
                    is.rule(rule!("property-now-declared"), rule!("navigation-now-declared"));
                let target = format!("{name}/{}", is.name());
                let detail = format!("It came from `{}`.", comparison.old.name(*owner));
                let change = Change::new(rule, target).detail(detail);
                comparison.changes.push(change.between(was.span(), is.span()));
                both(comparison, name, *was, *is);
            }
            _ => {
                come.insert(is.name(), *is);
            }
        }
    }
    order(comparison, name, (old, new), &olds, &news);
    moves::claim(comparison, name, (&olds, &news), &mut gone, &mut come);
    for was in gone.into_values() {
        removed(comparison, name, new, was);
    }
    for is in come.into_values() {
        added(comparison, name, new, is);
    }
}

/// A member of the same name and kind on both sides.
pub(super) fn both(comparison: &mut Comparison<'_>, name: &str, was: Member<'_>, is: Member<'_>) {
    let target = format!("{name}/{}", is.name());
    match (was, is) {
        (Member::Property(was), Member::Property(is)) => {
            property::compare(comparison, &target, was, is);
        }
        (Member::Navigation(was), Member::Navigation(is)) => {
            navigation::compare(comparison, &target, was, is);
        }
        _ => {}
    }
}

/// A member that the type declared and inherits now.
fn inherited(
    comparison: &mut Comparison<'_>,
    name: &str,
    old: StructuredTypeId,
    was: Member<'_>,
    (owner, is): (StructuredTypeId, Member<'_>),
) {
    let base = comparison.new.name(owner);
    let known = comparison.old.bases(old).iter().any(|one| comparison.now_called(one) == base);
    let rule = if known {
        was.rule(rule!("property-moved-to-base"), rule!("navigation-moved-to-base"))
    } else {
        was.rule(rule!("property-now-inherited"), rule!("navigation-now-inherited"))
    };
    let change = Change::new(rule, format!("{name}/{}", was.name()))
        .detail(format!("It comes from `{base}` now."))
        .between(was.span(), is.span());
    comparison.changes.push(change);
    both(comparison, name, was, is);
}

fn removed(comparison: &mut Comparison<'_>, name: &str, new: StructuredTypeId, was: Member<'_>) {
    let target = format!("{name}/{}", was.name());
    let revision = &comparison.new;
    let heirs: Vec<String> = revision.descendants[&new]
        .iter()
        .filter(|heir| revision.own(**heir).iter().any(|one| one.name() == was.name()))
        .map(|heir| format!("`{}`", revision.name(*heir)))
        .collect();
    let change = if heirs.is_empty() {
        Change::new(was.rule(rule!("property-removed"), rule!("navigation-removed")), target)
    } else {
        let rule =
            was.rule(rule!("property-moved-to-derived"), rule!("navigation-moved-to-derived"));
        Change::new(rule, target).detail(format!("Still there in {}.", heirs.join(", ")))
    };
    let shown = super::property::shown(&comparison.old, was);
    comparison.changes.push(change.old(shown).on_old(was.span()));
}

fn added(comparison: &mut Comparison<'_>, name: &str, new: StructuredTypeId, is: Member<'_>) {
    let required = required::is_required(&comparison.new, new, is);
    let rule = if required {
        is.rule(rule!("property-added-required"), rule!("navigation-added-required"))
    } else {
        is.rule(rule!("property-added"), rule!("navigation-added"))
    };
    let shown = super::property::shown(&comparison.new, is);
    let change = Change::new(rule, format!("{name}/{}", is.name())).now(shown).on_new(is.span());
    comparison.changes.push(change);
}

/// The order of the properties that are on both sides.
fn order(
    comparison: &mut Comparison<'_>,
    name: &str,
    (old, new): (StructuredTypeId, StructuredTypeId),
    olds: &[Member<'_>],
    news: &[Member<'_>],
) {
    let properties = |members: &[Member<'_>], others: &[Member<'_>]| -> Vec<String> {
        let is_property = |one: &&Member<'_>| matches!(one, Member::Property(_));
        let kept = |one: &&Member<'_>| {
            others.iter().filter(is_property).any(|other| other.name() == one.name())
        };
        let kept = members.iter().filter(is_property).filter(kept);
        kept.map(|one| one.name().to_owned()).collect()
    };
    let (was, is) = (properties(olds, news), properties(news, olds));
    if was != is && was.len() == is.len() {
        let spans =
            (comparison.old.model.structured(old).span, comparison.new.model.structured(new).span);
        let change = Change::new(rule!("property-order-changed"), name)
            .values(was.join(", "), is.join(", "))
            .between(spans.0, spans.1);
        comparison.changes.push(change);
    }
}
