//! An enumeration on both sides.

use super::{Comparison, annotations};
use crate::odata::edm::{EnumMember, EnumType, EnumTypeId};
use crate::review::change::Change;
use crate::review::rule::{Rule, rule};

/// The member that Graph sends to clients in place of members that they do not know.
const SENTINEL: &str = "unknownFutureValue";

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    name: &str,
    old: EnumTypeId,
    new: EnumTypeId,
) {
    let (was, is) = (comparison.old.model.enum_type(old), comparison.new.model.enum_type(new));
    let changed = [
        (
            rule!("enum-underlying-type-changed"),
            was.underlying.to_string(),
            is.underlying.to_string(),
        ),
        (rule!("enum-is-flags-changed"), flags(was).to_owned(), flags(is).to_owned()),
    ];
    for (rule, before, after) in changed {
        if before != after {
            let change = Change::new(rule, name).values(before, after).between(was.span, is.span);
            comparison.changes.push(change);
        }
    }
    members(comparison, name, was, is);
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, name, was, is);
}

fn flags(declared: &EnumType) -> &'static str {
    if declared.is_flags { "a set of members" } else { "one member" }
}

fn find<'m>(declared: &'m EnumType, name: &str) -> Option<&'m EnumMember> {
    declared.members.iter().find(|one| one.name == name)
}

fn members(comparison: &mut Comparison<'_>, name: &str, was: &EnumType, is: &EnumType) {
    let mut gone: Vec<&EnumMember> =
        was.members.iter().filter(|one| find(is, &one.name).is_none()).collect();
    let mut come: Vec<&EnumMember> =
        is.members.iter().filter(|one| find(was, &one.name).is_none()).collect();
    for member in &was.members {
        let Some(now) = find(is, &member.name) else { continue };
        let target = format!("{name}/{}", member.name);
        if member.value != now.value {
            let change = if member.name == SENTINEL {
                let passed = |one: &&EnumMember| (member.value..now.value).contains(&one.value);
                let (taken, others) = come.iter().partition(|one| passed(one));
                come = others;
                sentinel(name, taken)
            } else {
                Change::new(rule!("enum-member-value-changed"), &target)
            };
            let change = change
                .values(member.value.to_string(), now.value.to_string())
                .between(member.span, now.span);
            comparison.changes.push(change);
        }
        let (old, new) = ((&member.annotations, member.span), (&now.annotations, now.span));
        annotations::compare(comparison, &target, old, new);
    }
    gone.retain(|member| {
        let same = |one: &&EnumMember| one.name.eq_ignore_ascii_case(&member.name);
        let Some(at) = come.iter().position(same) else { return true };
        let now = come.remove(at);
        let change =
            Change::new(rule!("enum-member-casing-changed"), format!("{name}/{}", member.name))
                .values(&member.name, &now.name)
                .between(member.span, now.span)
                .claims([format!("{name}/{}", now.name)]);
        comparison.changes.push(change);
        false
    });
    for member in gone {
        let change = Change::new(rule!("enum-member-removed"), format!("{name}/{}", member.name));
        comparison.changes.push(change.old(member.value.to_string()).on_old(member.span));
    }
    for member in come {
        let change = Change::new(added(is, member), format!("{name}/{}", member.name));
        comparison.changes.push(change.now(member.value.to_string()).on_new(member.span));
    }
}

/// The sentinel has another value; this change includes the members that were inserted before it.
fn sentinel(name: &str, taken: Vec<&EnumMember>) -> Change {
    let mut change = Change::new(rule!("enum-sentinel-moved"), format!("{name}/{SENTINEL}"));
    if !taken.is_empty() {
        let names: Vec<String> = taken.iter().map(|one| format!("`{}`", one.name)).collect();
        change = change.detail(format!("New below it: {}.", names.join(", ")));
    }
    change.claims(taken.iter().map(|one| format!("{name}/{}", one.name)))
}

/// A new member that the service sends in place of the sentinel only to clients that ask for it.
fn added(is: &EnumType, member: &EnumMember) -> &'static Rule {
    let is_after = find(is, SENTINEL).is_some_and(|sentinel| member.value > sentinel.value);
    if is_after || member.name == SENTINEL {
        rule!("enum-member-added")
    } else {
        rule!("enum-member-before-sentinel")
    }
}
