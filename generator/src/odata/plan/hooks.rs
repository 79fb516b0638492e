//! What the configuration adds to items of OData: attributes, and types that replace generated ones.
//!
//! Enters: patterns of the configuration and the names of elements. Leaves: what [`hooks`] makes of them.
//! Must not know: what items are made of.

use crate::crate_plan::{ItemPath, hooks};
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::odata::edm::{Model, QualifiedName};

/// Whether a pattern is about an element: `Namespace.Type`, `Namespace.*` and `*` match types; with
/// `/` and a name or `*` they match members of types.
fn fits(pattern: &str, owner: &QualifiedName, member: Option<&str>) -> bool {
    let (types, members) = match pattern.split_once('/') {
        Some((types, members)) => (types, Some(members)),
        None => (pattern, None),
    };
    let of_member = match (members, member) {
        (None, None) => true,
        (Some(pattern), Some(name)) => pattern == "*" || pattern == name,
        _ => false,
    };
    let of_type = |name: &str| name == "*" || name == owner.name;
    let in_namespace = || types.strip_prefix(&*owner.namespace)?.strip_prefix('.');
    of_member && (types == "*" || in_namespace().is_some_and(of_type))
}

/// The attributes of a type, or of a member that the type declares.
pub(super) fn attributes(
    config: &Config,
    owner: &QualifiedName,
    member: Option<&str>,
) -> Vec<String> {
    hooks::attributes(config, |pattern| fits(pattern, owner, member))
}

/// The type of another crate that replaces a type.
pub(super) fn external(config: &Config, name: &QualifiedName) -> Option<ItemPath> {
    if config.external.is_empty() {
        return None;
    }
    hooks::external(config, &name.to_string())
}

/// Reports the patterns that match nothing in a model.
///
/// # Errors
/// If there are such patterns, or there was an error before.
pub(crate) fn check(
    model: &Model,
    config: &Config,
    session: &mut Session,
) -> Result<(), BuildError> {
    let is_there =
        |pattern: &str| elements(model).any(|(owner, member)| fits(pattern, owner, member));
    let is_type = |name: &str| {
        !name.contains('*')
            && elements(model).any(|(owner, member)| member.is_none() && fits(name, owner, None))
    };
    let unmatched = hooks::unmatched(config, is_there, is_type);
    let names = "names of the schema: `Namespace.Type`, `Namespace.Type/member`";
    hooks::report(unmatched, names, config, session)
}

/// The types of a model that become items with members, each followed by its own members.
fn elements(model: &Model) -> impl Iterator<Item = (&QualifiedName, Option<&str>)> {
    let structured = model.structured_types.iter().flat_map(|one| {
        let properties = one.properties.iter().map(|property| &property.name);
        let navigations = one.navigation_properties.iter().map(|navigation| &navigation.name);
        let members = properties.chain(navigations).map(|name| (&one.name, Some(name.as_str())));
        std::iter::once((&one.name, None)).chain(members)
    });
    let enums = model.enum_types.iter().flat_map(|one| {
        let members = one.members.iter().map(|member| (&one.name, Some(member.name.as_str())));
        std::iter::once((&one.name, None)).chain(members)
    });
    structured.chain(enums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_about_types_or_about_members() {
        let owner = QualifiedName { namespace: "a.b".into(), name: "c".into() };
        for (pattern, member, expected) in [
            ("a.b.c", None, true),
            ("a.b.*", None, true),
            ("*", None, true),
            ("a.b.c/x", None, false),
            ("a.b.c", Some("x"), false),
            ("a.b.c/x", Some("x"), true),
            ("a.b.*/x", Some("x"), true),
            ("*/*", Some("x"), true),
            ("*/y", Some("x"), false),
            ("a.*", None, false),
            ("a.bc", None, false),
            ("a.b.cc", None, false),
            ("b.c", None, false),
        ] {
            assert_eq!(fits(pattern, &owner, member), expected, "{pattern} {member:?}");
        }
    }
}
