//! Members that were renamed.

use super::members::{Alone, both};
use super::{Comparison, Member};
use crate::review::change::Change;
use crate::review::rule::{Rule, rule};
use heck::ToSnakeCase;
use std::collections::BTreeSet;

/// Claims pairs of a removed and an added member: a name in another letter case, or another name.
pub(super) fn claim<'a>(
    comparison: &mut Comparison<'a>,
    name: &str,
    (olds, news): (&[Member<'a>], &[Member<'a>]),
    gone: &mut Alone<'a>,
    come: &mut Alone<'a>,
) {
    let casing = pairs(gone, come, |was, is| was.name().eq_ignore_ascii_case(is.name()));
    for (was, is) in casing {
        let rule = was.rule(rule!("property-casing-changed"), rule!("navigation-casing-changed"));
        report(comparison, name, rule, was, is);
        both(comparison, name, was, is);
        gone.remove(was.name());
        come.remove(is.name());
    }
    let renamed = pairs(gone, come, |was, is| {
        same_value(comparison, was, is)
            && (share_a_word(was.name(), is.name()) || same_neighbours(olds, news, was, is))
    });
    for (was, is) in renamed {
        let rule = was.rule(rule!("property-renamed"), rule!("navigation-renamed"));
        report(comparison, name, rule, was, is);
        gone.remove(was.name());
        come.remove(is.name());
    }
}

fn report(
    comparison: &mut Comparison<'_>,
    name: &str,
    rule: &'static Rule,
    was: Member<'_>,
    is: Member<'_>,
) {
    let change = Change::new(rule, format!("{name}/{}", was.name()))
        .values(was.name(), is.name())
        .between(was.span(), is.span())
        .claims([format!("{name}/{}", is.name())]);
    comparison.changes.push(change);
}

/// The pairs that match, where neither of the two matches another one as well.
fn pairs<'a>(
    gone: &Alone<'a>,
    come: &Alone<'a>,
    matches: impl Fn(Member<'a>, Member<'a>) -> bool,
) -> Vec<(Member<'a>, Member<'a>)> {
    let fits = |was: Member<'a>, is: Member<'a>| was.is_like(is) && matches(was, is);
    let mut found = Vec::new();
    for was in gone.values() {
        let mut candidates = come.values().filter(|is| fits(*was, **is));
        if let (Some(is), None) = (candidates.next(), candidates.next())
            && gone.values().filter(|other| fits(**other, *is)).count() == 1
        {
            found.push((*was, *is));
        }
    }
    found
}

fn same_value(comparison: &Comparison<'_>, was: Member<'_>, is: Member<'_>) -> bool {
    match (was, is) {
        (Member::Property(was), Member::Property(is)) => {
            comparison.same_type(&was.value, &is.value)
        }
        (Member::Navigation(was), Member::Navigation(is)) => {
            let old = was.target.map(|id| comparison.now_called(&comparison.old.name(id)));
            let new = is.target.map(|id| comparison.new.name(id));
            old == new && was.collection == is.collection
        }
        _ => false,
    }
}

fn share_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let snake = name.to_snake_case();
        snake.split('_').filter(|word| word.len() > 2).map(str::to_owned).collect()
    };
    !words(one).is_disjoint(&words(other))
}

/// Whether two members are between the same members.
fn same_neighbours(
    olds: &[Member<'_>],
    news: &[Member<'_>],
    was: Member<'_>,
    is: Member<'_>,
) -> bool {
    neighbours(olds, news, was) == neighbours(news, olds, is)
}

/// The nearest members before and after one that are on the other side, too.
fn neighbours<'m>(
    here: &[Member<'m>],
    there: &[Member<'_>],
    of: Member<'_>,
) -> (Option<&'m str>, Option<&'m str>) {
    let at = here.iter().position(|one| one.name() == of.name()).unwrap_or_default();
    let stays =
        |one: &&Member<'m>| one.is_like(of) && there.iter().any(|other| other.name() == one.name());
    let before = here[..at].iter().rev().find(stays).map(|one| one.name());
    let after = here[at..].iter().skip(1).find(stays).map(|one| one.name());
    (before, after)
}
