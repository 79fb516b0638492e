//! Which overload on one side is which on the other.

use super::Comparison;
use crate::odata::edm::{Operation, OperationKind};
use crate::review::findings::Which;
use std::collections::BTreeSet;

/// The overloads of one name, matched.
pub(super) struct Matched<'a> {
    pub(super) pairs: Vec<(&'a Operation, &'a Operation)>,
    pub(super) gone: Vec<&'a Operation>,
    pub(super) come: Vec<&'a Operation>,
}

/// Matches the overloads of one name: those with the same signature first, then those that differ
/// in parameters, in the binding type, and at last in kind.
pub(super) fn matched<'a>(
    comparison: &Comparison<'a>,
    old: &[&'a Operation],
    new: &[&'a Operation],
) -> Matched<'a> {
    let mut matched = Matched { pairs: Vec::new(), gone: old.to_vec(), come: new.to_vec() };
    let same_place = |was: &Operation, is: &Operation| {
        was.kind == is.kind
            && was.is_bound == is.is_bound
            && binding(comparison, Which::Old, was) == binding(comparison, Which::New, is)
    };
    // Overloads of actions differ only in their binding type; those of functions also in their
    // parameters.
    take(&mut matched, |was, is| {
        let exact =
            same_place(was, is) && (was.kind == OperationKind::Action || names(was) == names(is));
        exact.then_some(0)
    });
    take(&mut matched, |was, is| {
        let common = names(was).intersection(&names(is)).count();
        let all = names(was).union(&names(is)).count();
        // Overloads that have no parameter in common are different ones.
        (same_place(was, is) && (common > 0 || names(was).is_empty() || names(is).is_empty()))
            .then_some(all - common)
    });
    let alone = matched.gone.len() == 1 && matched.come.len() == 1;
    take(&mut matched, |was, is| {
        let same_kind = was.kind == is.kind && was.is_bound && is.is_bound;
        (same_kind && alone && names(was) == names(is)).then_some(0)
    });
    take(&mut matched, |was, is| {
        let same_binding =
            binding(comparison, Which::Old, was) == binding(comparison, Which::New, is);
        let turned = was.kind != is.kind && was.is_bound == is.is_bound && same_binding;
        let moved = was.kind == is.kind && was.is_bound != is.is_bound && alone;
        (turned || moved).then_some(0)
    });
    matched
}

/// Takes the matching pairs, those with the least distance first.
fn take<'a>(matched: &mut Matched<'a>, distance: impl Fn(&Operation, &Operation) -> Option<usize>) {
    let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
    for (at, was) in matched.gone.iter().enumerate() {
        for (to, is) in matched.come.iter().enumerate() {
            candidates.extend(distance(was, is).map(|distance| (distance, at, to)));
        }
    }
    candidates.sort_unstable();
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    for (_, at, to) in candidates {
        if !olds.contains(&at) && !news.contains(&to) {
            olds.insert(at);
            news.insert(to);
            matched.pairs.push((matched.gone[at], matched.come[to]));
        }
    }
    let keep = |all: &[&'a Operation], taken: &BTreeSet<usize>| {
        let rest = all.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        rest.map(|(_, one)| *one).collect()
    };
    matched.gone = keep(&matched.gone, &olds);
    matched.come = keep(&matched.come, &news);
}

/// The binding type of an operation, by its name on the new side.
pub(super) fn binding(comparison: &Comparison<'_>, which: Which, operation: &Operation) -> String {
    let first = operation.binding_parameter();
    let Some(first) = first else { return String::new() };
    let name = comparison.item(which, first.value.item);
    if first.value.collection { format!("Collection({name})") } else { name }
}

/// The names of the parameters, without the binding parameter.
fn names(operation: &Operation) -> BTreeSet<&str> {
    let own = operation.own_parameters();
    own.iter().map(|one| one.name.as_str()).collect()
}
