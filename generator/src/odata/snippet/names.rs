//! The names of members as the schema spells them.
//!
//! Enters: the members of a JSON object, and what its type declares. Leaves: the declared member
//! for each. Must not know: types and values.
//!
//! Documentation writes `message` where the schema has `Message`, and services read both. A name in
//! another case is accepted as the declared one if there is only one such name.

use crate::input::json::Json;

/// Which of the declared items a member refers to. `name` returns the name of one.
pub(super) fn find<'t, T>(
    member: &str,
    members: &[(String, Json)],
    declared: &'t [T],
    name: impl Fn(&T) -> &String,
) -> Option<&'t T> {
    if let Some(exact) = declared.iter().find(|one| name(one) == member) {
        return Some(exact);
    }
    let like = |name: &str| name.eq_ignore_ascii_case(member);
    let mut candidates = declared.iter().filter(|one| like(name(one)));
    let found = candidates.next().filter(|_| candidates.next().is_none())?;
    // If a name occurs in two spellings, it is not known which one counts.
    let is_only = members.iter().filter(|(written, _)| like(written)).count() == 1;
    is_only.then_some(found)
}

/// The name of an annotation, with the corrected name of its member: `message@odata.type`.
pub(super) fn annotation(written: &str, renamed: &[(&str, &str)]) -> String {
    let parts = written.split_once('@');
    let of = parts.and_then(|(member, term)| {
        let (_, name) = renamed.iter().find(|(written, _)| *written == member)?;
        Some(format!("{name}@{term}"))
    });
    of.unwrap_or_else(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(member: &str, members: &[&str], declared: &[&str]) -> Option<String> {
        let owned = |name: &&str| (*name).to_owned();
        let members: Vec<_> = members.iter().map(|name| (owned(name), Json::Null)).collect();
        let declared: Vec<String> = declared.iter().map(owned).collect();
        find(member, &members, &declared, |name| name).cloned()
    }

    #[test]
    fn a_name_in_another_case_is_meant_for_one_name_only() {
        for (member, members, declared, expected) in [
            ("a", &["a"][..], &["A", "a"][..], Some("a")),
            ("message", &["message"], &["Message"], Some("Message")),
            ("message", &["message"], &["Message", "MESSAGE"], None),
            ("message", &["message", "Message"], &["Message"], None),
            ("Message", &["message", "Message"], &["Message"], Some("Message")),
            ("message", &["message", "MESSAGE"], &["Message"], None),
            ("b", &["b"], &["a"], None),
        ] {
            assert_eq!(found(member, members, declared).as_deref(), expected, "{members:?}");
        }
    }

    #[test]
    fn an_annotation_goes_with_its_member() {
        let renamed = [("tags", "Tags")];
        assert_eq!(annotation("tags@odata.type", &renamed), "Tags@odata.type");
        assert_eq!(annotation("note@odata.type", &renamed), "note@odata.type");
        assert_eq!(annotation("@odata.type", &renamed), "@odata.type");
    }
}
