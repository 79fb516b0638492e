//! A navigation property on both sides.

use super::{Comparison, annotations, property};
use crate::odata::edm::{NavigationProperty, OnDelete};
use crate::review::change::Change;
use crate::review::rule::rule;

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &NavigationProperty,
    is: &NavigationProperty,
) {
    let spans = (was.span, is.span);
    let push = |comparison: &mut Comparison<'_>, rule, old: String, new: String| {
        let change = Change::new(rule, target).values(old, new).between(spans.0, spans.1);
        comparison.changes.push(change);
    };
    other_target(comparison, target, was, is);
    if was.collection == is.collection && !was.collection {
        let nullable = (was.nullable, is.nullable);
        let rules =
            [rule!("navigation-nullability-relaxed"), rule!("navigation-nullability-tightened")];
        property::nullability(comparison, rules, target, nullable, spans, false);
    }
    if was.contains_target != is.contains_target {
        let shown = |contained: bool| if contained { "contained" } else { "referenced" }.to_owned();
        let rule = if is.contains_target {
            rule!("navigation-containment-gained")
        } else {
            rule!("navigation-containment-lost")
        };
        let (old, new) = (shown(was.contains_target), shown(is.contains_target));
        push(comparison, rule, old, new);
    }
    if was.partner != is.partner {
        let shown = |partner: &Option<Vec<String>>| {
            partner.as_ref().map_or_else(|| "none".to_owned(), |path| path.join("/"))
        };
        push(
            comparison,
            rule!("navigation-partner-changed"),
            shown(&was.partner),
            shown(&is.partner),
        );
    }
    let (old, new) = (constraints(was), constraints(is));
    if old != new {
        push(comparison, rule!("navigation-constraint-changed"), old, new);
    }
    let on_delete = |one: &Option<OnDelete>| {
        one.as_ref().map_or_else(|| "none".to_owned(), |one| format!("{:?}", one.action))
    };
    let (old, new) = (on_delete(&was.on_delete), on_delete(&is.on_delete));
    if old != new {
        push(comparison, rule!("navigation-on-delete-changed"), old, new);
    }
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, target, was, is);
}

fn constraints(navigation: &NavigationProperty) -> String {
    let mut pairs: Vec<String> = navigation
        .constraints
        .iter()
        .map(|one| format!("{} = {}", one.property.join("/"), one.referenced_property.join("/")))
        .collect();
    pairs.sort_unstable();
    if pairs.is_empty() { "none".to_owned() } else { pairs.join(", ") }
}

/// Another target, or a collection in place of one entity.
fn other_target(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &NavigationProperty,
    is: &NavigationProperty,
) {
    let any = || "Edm.EntityType".to_owned();
    let old = was.target.map_or_else(any, |id| comparison.now_called(&comparison.old.name(id)));
    let new = is.target.map_or_else(any, |id| comparison.new.name(id));
    let derives = comparison.new.derives(&new, &old) || comparison.old.derives(&new, &old);
    let rule = if was.collection != is.collection {
        rule!("navigation-collection-changed")
    } else if old == new {
        return;
    } else if derives {
        rule!("navigation-type-narrowed")
    } else {
        rule!("navigation-type-changed")
    };
    let shown = |many: bool, name: String| if many { format!("Collection({name})") } else { name };
    let change = Change::new(rule, target)
        .values(shown(was.collection, old), shown(is.collection, new))
        .between(was.span, is.span);
    comparison.changes.push(change);
}
