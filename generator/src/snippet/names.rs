//! The names of members as the schema has them.
//!
//! Enters: the members of a JSON object, and the names that its type declares. Leaves: which declared
//! name each member is meant for. Must not know: types and values.
//!
//! Documentation writes `message` where the schema has `Message`, and services read both. A name in
//! another case is taken for the declared one if it can be meant for that one only.

use super::json::Json;

/// The declared name that a member is meant for, and in what case it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared<'n> {
    /// As the schema has it.
    Exact,
    /// In another case than the schema has it.
    OtherCase(&'n str),
    /// Nothing that is declared.
    Not,
}

/// What the name of a member is meant for. `known` are the declared names.
pub(super) fn declared<'n>(
    member: &str,
    members: &[(String, Json)],
    known: impl Iterator<Item = &'n String> + Clone,
) -> Declared<'n> {
    if known.clone().any(|name| name == member) {
        return Declared::Exact;
    }
    let like = |name: &str| name.eq_ignore_ascii_case(member);
    let mut candidates = known.filter(|name| like(name));
    let (Some(name), None) = (candidates.next(), candidates.next()) else { return Declared::Not };
    // Of two spellings of one name nobody knows which one counts.
    let is_only = members.iter().filter(|(written, _)| like(written)).count() == 1;
    if is_only { Declared::OtherCase(name) } else { Declared::Not }
}

/// The name of an annotation, of the member whose name has become another: `message@odata.type`.
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

    fn found(member: &str, members: &[&str], known: &[&str]) -> String {
        let members: Vec<_> = members.iter().map(|name| ((*name).to_owned(), Json::Null)).collect();
        let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
        match declared(member, &members, known.iter()) {
            Declared::Exact => "exact".to_owned(),
            Declared::OtherCase(name) => name.to_owned(),
            Declared::Not => "not".to_owned(),
        }
    }

    #[test]
    fn a_name_in_another_case_is_meant_for_one_name_only() {
        assert_eq!(found("a", &["a"], &["a", "A"]), "exact");
        assert_eq!(found("message", &["message"], &["Message"]), "Message");
        assert_eq!(found("message", &["message"], &["Message", "MESSAGE"]), "not");
        assert_eq!(found("message", &["message", "Message"], &["Message"]), "not");
        assert_eq!(found("message", &["message", "MESSAGE"], &["Message"]), "not");
        assert_eq!(found("b", &["b"], &["a"]), "not");
    }

    #[test]
    fn an_annotation_goes_with_its_member() {
        let renamed = [("tags", "Tags")];
        assert_eq!(annotation("tags@odata.type", &renamed), "Tags@odata.type");
        assert_eq!(annotation("note@odata.type", &renamed), "note@odata.type");
        assert_eq!(annotation("@odata.type", &renamed), "@odata.type");
    }
}
