//! The names of the methods of a group.
//!
//! Enters: the operations of the group. Leaves: a name for each: that of its id without the name of the group
//! and without its own path and verb, else verb and path. Must not know: what an operation takes or returns.

use super::super::calls::{self, Namespaces};
use super::super::table::Table;
use super::groups::{Group, Requested};
use crate::crate_plan::naming::{self, Scope};
use crate::node::Node;
use rustc_hash::FxHashMap;

/// What methods cannot be called: functions that each group has, by itself or by a trait.
const RESERVED: [&str; 7] = ["borrow", "clone", "fmt", "from", "into", "new", "try_into"];

/// The names of all operations of a group, in their order, and the scope in which they are.
pub(super) fn of_group(
    table: &Table<'_>,
    group: &Group<'_>,
    has_own_id: impl Fn(&Requested<'_>) -> bool,
) -> (Scope, Vec<String>) {
    let own = naming::words(&group.title);
    let namespaces = Namespaces::new(&table.api.model);
    let wanted: Vec<Wanted> = group
        .operations
        .iter()
        .map(|one| match id(one).filter(|_| has_own_id(one)) {
            Some(id) => by_id(&own, id, without_place(id, one)),
            None => of_path(table, &namespaces, &own, one),
        })
        .collect();
    let mut count: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for (length, name) in wanted.iter().flat_map(|one| one.0.iter().enumerate()) {
        *count.entry((length, name)).or_default() += 1;
    }
    let mut scope = Scope::with_reserved(&RESERVED);
    let all = group.operations.iter().zip(&wanted);
    let named = all.map(|(one, wanted)| {
        let is_free = |length: usize, name: &str| {
            count.get(&(length, name)).is_none_or(|count| *count == 1) && !RESERVED.contains(&name)
        };
        let mut names = wanted.0.iter().enumerate();
        let free = names.find(|(length, name)| is_free(*length, name)).map(|(_, name)| name);
        let name = free.or(wanted.0.last()).map_or("", String::as_str);
        let span = one.operation.id.as_ref().map_or(one.operation.span, |id| id.span);
        table.claim(&mut scope, (&one.element(), span), name)
    });
    let named = named.collect();
    (scope, named)
}

/// The id of an operation, if it can be a name.
pub(super) fn id<'m>(requested: &Requested<'m>) -> Option<&'m str> {
    let id = requested.operation.id.as_ref()?.text.as_str();
    id.chars().any(char::is_alphanumeric).then_some(id)
}

/// The names that an operation may have, the shortest first. The first that no other one has is taken, else the
/// last one.
struct Wanted(Vec<String>);

/// Names by an id, and by what is left of it without the place of its operation.
fn by_id(group: &[String], id: &str, without_place: Option<&str>) -> Wanted {
    let is_name = |words: &[String]| {
        words.first().is_some_and(|first| first.starts_with(char::is_alphabetic))
    };
    let words = naming::words(without_place.unwrap_or(id));
    let short = without(&words, group).filter(|rest| is_name(rest)).map(|rest| rest.join("_"));
    let middle = without_place.filter(|_| is_name(&words)).map(naming::value_name);
    Wanted([short, middle, Some(naming::value_name(id))].into_iter().flatten().collect())
}

/// The part of an id before its own path and verb, with which `FastAPI` ends each id:
/// `read_pet_pets__id__get`.
fn without_place<'i>(id: &'i str, requested: &Requested<'_>) -> Option<&'i str> {
    let of_path = |one: char| if one == '_' || one.is_alphanumeric() { one } else { '_' };
    let place: String = requested.path.template.text.chars().map(of_path).collect();
    let place = format!("{place}_{}", requested.operation.method.name().to_lowercase());
    id.strip_suffix(&*place).filter(|rest| rest.chars().any(char::is_alphanumeric))
}

/// The words without those of the group at their beginning, or else at their end.
fn without<'w>(words: &'w [String], group: &[String]) -> Option<&'w [String]> {
    if group.is_empty() || words.len() <= group.len() {
        return None;
    }
    let (first, rest) = words.split_at(group.len());
    if is_same(first, group) {
        return Some(rest);
    }
    let (rest, last) = words.split_at(words.len() - group.len());
    is_same(last, group).then_some(rest)
}

/// Whether words are the same, the last one in the singular or in the plural.
fn is_same(words: &[String], group: &[String]) -> bool {
    let (Some((last, before)), Some((of_group, others))) = (words.split_last(), group.split_last())
    else {
        return false;
    };
    let is_plural = |one: &str, many: &str| {
        let of_y = |stem: &str| many.strip_suffix("ies").is_some_and(|of_many| of_many == stem);
        many.strip_suffix('s')
            .is_some_and(|stem| stem == one || stem.strip_suffix('e') == Some(one))
            || one.strip_suffix('y').is_some_and(of_y)
    };
    before == others && (last == of_group || is_plural(last, of_group) || is_plural(of_group, last))
}

/// The name by the path. That of an action or a function of OData is its own, unless another one has it, too.
fn of_path(
    table: &Table<'_>,
    namespaces: &Namespaces<'_>,
    group: &[String],
    requested: &Requested<'_>,
) -> Wanted {
    let own = called(table, namespaces, requested).map(naming::value_name);
    let by_path = [true, false].map(|is_once| by_path(namespaces, group, requested, is_once));
    let mut names: Vec<String> = own.into_iter().chain(by_path).collect();
    names.dedup();
    Wanted(names)
}

/// The name of the action or the function of OData that an operation calls, without its namespace.
fn called<'m>(
    table: &Table<'_>,
    namespaces: &Namespaces<'_>,
    requested: &Requested<'m>,
) -> Option<&'m str> {
    let kind = table.extension(&requested.operation.extensions, "x-ms-docs-operation-type");
    let kind = kind.and_then(Node::text);
    let last = requested.path.template.text.rsplit('/').next()?;
    let name = last.split('(').next().unwrap_or(last);
    match kind {
        Some("action" | "function") => Some(name.rsplit('.').next().unwrap_or(name)),
        _ => namespaces.unqualified(name),
    }
}

/// The verb and the path without the segments of the group. If it is to be there once, a verb with which the path
/// begins is not repeated.
fn by_path(
    namespaces: &Namespaces<'_>,
    group: &[String],
    requested: &Requested<'_>,
    is_once: bool,
) -> String {
    let path = &requested.path.template.text;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts = calls::parts(path, namespaces);
    let parts = parts.filter(|one| one.chars().any(char::is_alphanumeric));
    let mut words = vec![naming::value_name(&requested.operation.method.name().to_lowercase())];
    let mut is_group_seen = false;
    for part in parts {
        let mut own = naming::words(part);
        if !is_group_seen && !part.contains('{') && is_same(&own, group) {
            is_group_seen = true;
            continue;
        }
        if is_once && words.len() == 1 && own.len() > 1 && own.first() == words.first() {
            own.remove(0);
        }
        words.append(&mut own);
    }
    naming::value_name(&words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_group_is_not_repeated() {
        for (group, id, expected) in [
            ("issues", "issues/create", "create"),
            ("issues", "listIssues", "list"),
            ("issues", "issues_list", "list"),
            ("issues", "getIssue", "get"),
            ("pet", "findPetsByStatus", "find_pets_by_status"),
            ("pet", "updatePets", "update"),
            ("code scanning", "code-scanning/get-alert", "get_alert"),
            ("repositories", "deleteRepository", "delete"),
            ("boxes", "openBox", "open"),
            ("issues", "issues", "issues"),
            ("issues", "issues/2fa", "issues_2fa"),
        ] {
            assert_eq!(by_id(&naming::words(group), id, None).0[0], expected, "{id}");
        }
    }
}
