//! The facets of a property or a type definition on both sides.

use super::Comparison;
use crate::input::source::Span;
use crate::odata::edm::{Facets, Scale, Srid};
use crate::review::change::Change;
use crate::review::rule::rule;
use std::cmp::Ordering;

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &Facets,
    is: &Facets,
    (old, new): (Span, Span),
) {
    if was.means_the_same(is) {
        if was.spelled != is.spelled {
            let change = Change::new(rule!("property-facet-respelled"), target)
                .values(spelling(was), spelling(is));
            comparison.changes.push(change.between(old, new));
        }
        return;
    }
    let facets = [
        ("MaxLength", limit(was.max_length).cmp(&limit(is.max_length)), length(was), length(is)),
        (
            "Precision",
            limit(was.precision.map(u64::from)).cmp(&limit(is.precision.map(u64::from))),
            number(was.precision),
            number(is.precision),
        ),
        ("Scale", width(was.scale).cmp(&width(is.scale)), scale(was.scale), scale(is.scale)),
        (
            "Unicode",
            (was.unicode != Some(false)).cmp(&(is.unicode != Some(false))),
            format!("{}", was.unicode != Some(false)),
            format!("{}", is.unicode != Some(false)),
        ),
        // Another reference system is not a narrower one, but values of the old one are refused.
        (
            "SRID",
            if was.srid == is.srid { Ordering::Equal } else { Ordering::Greater },
            srid(was.srid),
            srid(is.srid),
        ),
    ];
    for (rule, direction) in [
        (rule!("property-facet-tightened"), Ordering::Greater),
        (rule!("property-facet-relaxed"), Ordering::Less),
    ] {
        let found: Vec<_> = facets.iter().filter(|(_, order, ..)| *order == direction).collect();
        if found.is_empty() {
            continue;
        }
        let listed = |pick: fn(&(&str, Ordering, String, String)) -> String| {
            found.iter().map(|one| pick(one)).collect::<Vec<_>>().join(", ")
        };
        let change = Change::new(rule, target)
            .values(
                listed(|(name, _, old, _)| format!("{name} {old}")),
                listed(|(name, _, _, new)| format!("{name} {new}")),
            )
            .between(old, new);
        comparison.changes.push(change);
    }
}

/// An absent facet is not a limit.
fn limit(value: Option<u64>) -> u64 {
    value.unwrap_or(u64::MAX)
}

fn width(scale: Option<Scale>) -> u64 {
    match scale {
        None => 0,
        Some(Scale::Digits(digits)) => u64::from(digits),
        Some(Scale::Variable) => u64::MAX - 1,
        Some(Scale::Floating) => u64::MAX,
    }
}

fn length(facets: &Facets) -> String {
    facets.max_length.map_or_else(|| "unlimited".to_owned(), |length| length.to_string())
}

fn number(value: Option<u32>) -> String {
    value.map_or_else(|| "unlimited".to_owned(), |value| value.to_string())
}

fn scale(scale: Option<Scale>) -> String {
    match scale {
        None => "0".to_owned(),
        Some(Scale::Digits(digits)) => digits.to_string(),
        Some(Scale::Variable) => "variable".to_owned(),
        Some(Scale::Floating) => "floating".to_owned(),
    }
}

fn srid(srid: Option<Srid>) -> String {
    match srid {
        None => "unsaid".to_owned(),
        Some(Srid::Code(code)) => code.to_string(),
        Some(Srid::Variable) => "variable".to_owned(),
    }
}

/// The facets as the document spells them, in one line.
fn spelling(facets: &Facets) -> String {
    let one = |(name, text): (&str, String)| format!("{name}=\"{text}\"");
    facets.spelling().into_iter().map(one).collect::<Vec<_>>().join(" ")
}
