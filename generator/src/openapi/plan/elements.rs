//! How the configuration names what a description describes, and whether all that it names is there.
//!
//! Enters: patterns of the configuration and the items that are planned. Leaves: whether a pattern is about
//! an element, and the patterns that are about none. Must not know: what items are made of.

use super::formats;
use super::table::Table;
use crate::crate_plan::hooks;
use crate::input::config::Config;
use crate::openapi::schema::{Form, ShapeId, Value};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use toml::Spanned;

/// Whether a pattern is about an element: `Pet` and `*` match types, `Pet/tag`, `Pet/*`, `*/tag` and `*/*`
/// match members. An inline schema is named by its address: `#/components/schemas/Pet/properties/tag`.
pub(super) fn fits(pattern: &str, element: &str, member: Option<&str>) -> bool {
    match member {
        None => pattern == "*" || pattern == element,
        Some(name) => {
            let of_type = pattern.strip_prefix(element).or_else(|| pattern.strip_prefix('*'));
            let of_member = of_type.and_then(|rest| rest.strip_prefix('/'));
            of_member.is_some_and(|one| one == "*" || one == name)
        }
    }
}

/// The attributes of a type, or of a member of it.
pub(super) fn attributes(config: &Config, element: &str, member: Option<&str>) -> Vec<String> {
    hooks::attributes(config, |pattern| fits(pattern, element, member))
}

/// The patterns that match nothing: the table of the configuration, the pattern, and its place.
pub(super) fn unmatched<'a>(table: &Table<'a>, config: &'a Config) -> Vec<hooks::Unmatched<'a>> {
    let elements: Vec<(&str, Vec<Cow<'_, str>>)> = table
        .items()
        .map(|(shape, place)| (place.element.as_str(), members(table, shape)))
        .collect();
    let is_there = |pattern: &str| {
        elements.iter().any(|(element, members)| {
            fits(pattern, element, None)
                || members.iter().any(|member| fits(pattern, element, Some(member)))
        })
    };
    let is_type = |name: &str| elements.iter().any(|(element, _)| *element == name);
    let mut unmatched = hooks::unmatched(config, is_there, is_type);
    for (pattern, change) in &config.openapi.members {
        let is_member = |(element, members): &(&str, Vec<Cow<'_, str>>)| {
            members.iter().any(|member| fits(pattern, element, Some(member)))
        };
        if !elements.iter().any(is_member) {
            let place: &Spanned<_> = change;
            unmatched.push(hooks::Unmatched {
                table: "openapi.members",
                pattern,
                span: place.span(),
            });
        }
    }
    let formats: FxHashSet<&str> = formats::all(table).collect();
    for (pattern, change) in &config.openapi.formats {
        if !formats.contains(pattern.as_str()) {
            let span = change.span();
            unmatched.push(hooks::Unmatched { table: "openapi.formats", pattern, span });
        }
    }
    unmatched
}

/// The names of the members of a type, or the numbers of the items of a tuple.
fn members<'a>(table: &Table<'a>, shape: ShapeId) -> Vec<Cow<'a, str>> {
    match &table.api.shapes.shape(shape).form {
        Form::Object(object) => {
            object.members.iter().map(|one| Cow::Borrowed(one.name.as_str())).collect()
        }
        Form::Tuple(tuple) => (0..tuple.items.len()).map(|at| Cow::Owned(at.to_string())).collect(),
        Form::Enumeration(all) => {
            let text = |one: &'a Value| Cow::Borrowed(super::enumerations::text(&one.literal));
            all.values.iter().map(text).collect()
        }
        _ => Vec::new(),
    }
}
