//! Which operations make a group: those of a tag, or of a part of the path.
//!
//! Enters: the operations of a model. Leaves: [`Group`]s with the names of their modules. Must not know:
//! what an operation takes or returns.

use super::super::table::Table;
use crate::crate_plan::XML_MODULE;
use crate::crate_plan::naming::{self, Scope};
use crate::input::source::Span;
use crate::openapi::model::{Model, Operation, Path, Tag};

/// An operation at one of its paths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Requested<'m> {
    pub(super) path: &'m Path,
    pub(super) operation: &'m Operation,
}

impl Requested<'_> {
    /// How the configuration names it: `GET /pets`.
    pub(super) fn element(&self) -> String {
        [self.operation.method.name(), " ", &self.path.template.text].concat()
    }
}

/// A part of an API.
#[derive(Clone, Debug)]
pub(super) struct Group<'m> {
    /// The module, which is also the method of the client.
    pub(super) module: String,
    /// How the configuration names it.
    pub(super) element: String,
    /// The name of the tag, or the segment of the path.
    pub(super) title: String,
    /// The tag, if it is declared.
    pub(super) tag: Option<&'m Tag>,
    pub(super) operations: Vec<Requested<'m>>,
}

/// What groups cannot be called besides [`naming::ROOT_NAMES`]: the modules that a crate may have, and the
/// methods of its client.
const RESERVED: [&str; 15] = [
    super::super::table::TYPES,
    super::super::webhooks::WEBHOOKS,
    super::ERRORS,
    super::HEADERS,
    super::OPTIONS,
    super::SERVERS,
    XML_MODULE,
    "authorize",
    "blocking",
    "builder",
    "clone",
    "into",
    "new",
    "service_root",
    "try_into",
];

/// All groups, in the order of their first operations. `scope` gets the names of the client's methods.
pub(super) fn all<'m>(table: &Table<'_>, model: &'m Model) -> (Vec<Group<'m>>, Scope) {
    let mut groups: Vec<(String, Group<'m>)> = Vec::new();
    for path in &model.paths {
        for id in &model.items[path.item].operations {
            let requested = Requested { path, operation: &model.operations[*id] };
            let (element, title) = place(requested);
            // Tags that differ only in how they are written are one group.
            let key = naming::module_name(&title);
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.operations.push(requested),
                None => {
                    let tag = model.tags.iter().find(|tag| tag.name.text == title);
                    let operations = vec![requested];
                    let module = String::new();
                    groups.push((key, Group { module, element, title, tag, operations }));
                }
            }
        }
    }
    let mut reserved = RESERVED.to_vec();
    reserved.extend(naming::ROOT_NAMES);
    reserved.push("with_service_root");
    let mut scope = Scope::with_reserved(&reserved);
    let mut named = |(wanted, mut group): (String, Group<'m>)| {
        group.module = table.claim(&mut scope, (&group.element, span(&group)), &wanted);
        group
    };
    let groups = groups.into_iter().map(&mut named).collect();
    (groups, scope)
}

fn span(group: &Group<'_>) -> Span {
    let first = group
        .operations
        .first()
        .map(|one| one.operation.tags.first().map_or(one.path.template.span, |tag| tag.span));
    first.unwrap_or(super::super::table::NOWHERE)
}

/// How the configuration names the group of an operation, and its title.
fn place(requested: Requested<'_>) -> (String, String) {
    let tags = requested.operation.tags.iter();
    if let Some(tag) = tags.map(|tag| tag.text.as_str()).find(|tag| !tag.trim().is_empty()) {
        return (["tag:", tag].concat(), tag.to_owned());
    }
    let title = segment(&requested.path.template.text).unwrap_or("root");
    (["path:/", title].concat(), title.to_owned())
}

/// The first segment that is not a variable, and not the name of the API or its version if there is another.
fn segment(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let is_literal = |segment: &&str| {
        !segment.contains(['{', '}']) && segment.chars().any(char::is_alphanumeric)
    };
    let mut segments = path.split('/').filter(is_literal);
    let first = segments.next()?;
    std::iter::once(first).chain(segments).find(|one| !is_prefix(one)).or(Some(first))
}

/// `api` or `v1.2`
fn is_prefix(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or_default();
    let is_version = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    segment.eq_ignore_ascii_case("api") || is_version
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn a_path_is_of_its_first_segment_with_a_meaning() {
        for (path, expected) in [
            ("/pets/{id}/photo", Some("pets")),
            ("/api/v1/pets", Some("pets")),
            ("/v2.1/{tenant}", Some("v2.1")),
            ("/{tenant}/pets", Some("pets")),
            ("/{tenant}", None),
            ("/", None),
            ("/api", Some("api")),
            ("/vans?x=y", Some("vans")),
        ] {
            assert_eq!(segment(path), expected, "{path}");
        }
    }
}
