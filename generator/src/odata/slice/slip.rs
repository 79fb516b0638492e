//! Why a pattern matches nothing.
//!
//! Enters: the patterns, and the walk that was made by them. Leaves: for each that matches nothing, what is
//! wrong with it and what was probably meant. Must not know: where the patterns are written.

use super::pattern::{PathPattern, Pattern, PatternSegment};
use super::reach::Walk;
use crate::input::nearest::nearest;
use crate::odata::edm::service::{Follow, Label, Node, Service};
use crate::odata::edm::{Model, QualifiedName, StructuredTypeId, TypeId};
use std::collections::BTreeSet;

/// A pattern that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Which one.
    pub pattern: At,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The position of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// Among those that are included.
    Include(usize),
    /// Among those that are excluded.
    Exclude(usize),
}

/// What is wrong, and what to do.
pub type WhyNot = (String, Option<String>);

/// The patterns that match nothing.
pub(super) fn slips(walk: &Walk<'_>, include: &[Pattern], exclude: &[Pattern]) -> Vec<Slip> {
    if walk.matched.len() == include.len() && exclude.is_empty() {
        return Vec::new();
    }
    // Nothing is excluded from this one.
    let whole = Walk::new(walk.service.clone(), []);
    let slip = |pattern, (message, help)| Slip { pattern, message, help };
    let included = include.iter().enumerate().filter_map(|(at, pattern)| {
        if walk.matched.contains(&at) {
            return None;
        }
        let why = unmatched(&whole, pattern).or_else(|| emptied(&whole.service, pattern, exclude));
        Some(slip(At::Include(at), why?))
    });
    let excluded = exclude.iter().enumerate().filter_map(|(at, pattern)| {
        unmatched(&whole, pattern).map(|why| slip(At::Exclude(at), why))
    });
    included.chain(excluded).collect()
}

/// Why nothing in the service matches a pattern.
fn unmatched(whole: &Walk<'_>, pattern: &Pattern) -> Option<WhyNot> {
    match pattern {
        Pattern::Path(path) => unmatched_path(whole, path),
        Pattern::Name { namespace, name } => unmatched_name(whole, namespace, name.as_deref()),
        Pattern::Member { namespace, name, member } => {
            unmatched_name(whole, namespace, name.as_deref())
                .or_else(|| unmatched_member(whole, (namespace, name.as_deref()), member))
        }
    }
}

fn unmatched_name(whole: &Walk<'_>, namespace: &str, name: Option<&str>) -> Option<WhyNot> {
    let (types, operations) = whole.named(namespace, name);
    let is_unknown = types.is_empty() && operations.is_empty();
    is_unknown.then(|| unknown(whole.service.model, namespace, name))
}

/// What is wrong with the name of a type that does not exist.
pub(super) fn unknown_type(model: &Model, name: &str) -> WhyNot {
    match QualifiedName::parse(name) {
        Some(QualifiedName { namespace, name }) => unknown(model, &namespace, Some(&name)),
        None => {
            let help = "write the qualified name, `Namespace.Type`".to_owned();
            (format!("no type is called `{name}`"), Some(help))
        }
    }
}

/// What is wrong with a name that nothing has.
fn unknown(model: &Model, namespace: &str, name: Option<&str>) -> WhyNot {
    let known = || {
        let types = model.types_by_name.keys();
        types.chain(model.operations.iter().map(|one| &one.name))
    };
    let (message, meant) = match name {
        Some(name) if known().any(|one| one.namespace == namespace) => {
            let own = known().filter(|one| one.namespace == namespace);
            let meant = nearest(name, own.map(|one| one.name.as_str()));
            let elsewhere = || known().find(|one| one.name == name).map(ToString::to_string);
            let meant = meant.map(|one| format!("{namespace}.{one}")).or_else(elsewhere);
            (format!("no type or operation of `{namespace}` is called `{name}`"), meant)
        }
        _ => {
            let namespaces: BTreeSet<&str> = known().map(|one| one.namespace.as_str()).collect();
            let meant = nearest(namespace, namespaces).map(str::to_owned);
            let meant = meant.map(|one| format!("{one}.{}", name.unwrap_or("*")));
            (format!("nothing is declared in the namespace `{namespace}`"), meant)
        }
    };
    (message, meant.map(is_meant))
}

fn unmatched_member(
    whole: &Walk<'_>,
    (namespace, name): (&str, Option<&str>),
    member: &str,
) -> Option<WhyNot> {
    if !whole.members_named(namespace, name, member).is_empty() {
        return None;
    }
    let Some(name) = name else {
        return Some((format!("no type of `{namespace}` declares `{member}`"), None));
    };
    let model = whole.service.model;
    let qualified = format!("{namespace}.{name}");
    let Some(id) = structured(model, &qualified) else {
        return Some((format!("`{qualified}` has no members that can be excluded"), None));
    };
    if let Some((owner, _)) = model.member(id, member) {
        let owner = &model.structured(owner).name;
        let message =
            format!("`{qualified}` inherits `{member}`, so all types that do would lose it");
        return Some((
            message,
            Some(format!("exclude it where it is declared: `{owner}/{member}`")),
        ));
    }
    let meant = nearest(member, whole.service.members.of(id).names());
    Some((
        format!("`{qualified}` has no member `{member}`"),
        meant.map(|one| is_meant(format!("{qualified}/{one}"))),
    ))
}

/// Why no path of the service matches: which segment fails first, and what may be there.
fn unmatched_path(whole: &Walk<'_>, path: &PathPattern) -> Option<WhyNot> {
    let explored = whole.explore(path);
    let (position, places) = explored.furthest();
    let rest = path.segments.get(position..).unwrap_or_default();
    let failing = rest.iter().position(|one| *one != PatternSegment::Rest);
    let Some(failing) = failing else {
        let is_at_root = places.iter().all(|one| *one == Node::Root);
        let message = "the service has no entity sets, singletons or imports".to_owned();
        return is_at_root.then_some((message, None));
    };
    let segment = &rest[failing];
    let model = whole.service.model;
    let labels = labels(&whole.service, &places);
    let where_ = match (failing > 0, places.first(), places.len()) {
        (true, ..) => "nothing below it".to_owned(),
        (false, Some(Node::Root), _) => "the service".to_owned(),
        (false, Some(Node::Resource { object, collection }), 1) => {
            let name = &model.structured(*object).name;
            if *collection { format!("a collection of `{name}`") } else { format!("`{name}`") }
        }
        (false, Some(Node::Value), 1) => "a value that is not an object".to_owned(),
        _ => "what the path refers to so far".to_owned(),
    };
    let has_key = labels.iter().any(|one| matches!(one, Label::Key));
    Some(match segment {
        PatternSegment::Name(name) => {
            let message = match failing > 0 {
                true => format!("{where_} is called `{name}`"),
                false => format!("{where_} has no `{name}`"),
            };
            let after_key = has_key.then(|| labels_after_key(&whole.service, &places));
            let is_after_key = after_key.is_some_and(|all| all.iter().any(|one| one.is(name)));
            let help = match is_after_key {
                true => Some(format!("write the key before it: `{{id}}/{name}`")),
                false => meant(name, &labels).or_else(|| possible(&labels)),
            };
            (message, help)
        }
        PatternSegment::Key => (format!("{where_} has no keys"), None),
        PatternSegment::Any | PatternSegment::Rest => {
            (format!("no path goes on from {where_}"), None)
        }
    })
}

/// The label that was probably meant by a name.
fn meant(name: &str, labels: &[Label<'_>]) -> Option<String> {
    let qualified = name.rsplit_once('.');
    let simple = labels.iter().filter_map(|one| match one {
        Label::Key => None,
        Label::Name(name) => Some(*name),
        Label::Qualified(name) => Some(name.name.as_str()),
    });
    let meant = nearest(qualified.map_or(name, |(_, simple)| simple), simple)?;
    Some(is_meant(match qualified {
        Some((namespace, _)) => format!("{namespace}.{meant}"),
        None => meant.to_owned(),
    }))
}

/// How many of the possible names are shown.
const SHOWN: usize = 5;

/// Some of the names that are possible.
fn possible(labels: &[Label<'_>]) -> Option<String> {
    let mut names: Vec<&str> = labels
        .iter()
        .filter_map(|one| match one {
            Label::Name(name) => Some(*name),
            Label::Key | Label::Qualified(_) => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!shown.is_empty()).then(|| format!("there are {}{more}", shown.join(", ")))
}

fn is_meant(name: String) -> String {
    format!("is `{name}` meant?")
}

/// The segments that may follow some places.
fn labels<'m>(service: &Service<'m>, places: &BTreeSet<Node>) -> Vec<Label<'m>> {
    let edges = places.iter().flat_map(|place| service.edges(*place, Follow::EVERYTHING));
    edges.map(|edge| edge.step.label()).collect()
}

/// The segments that may follow a key after some places.
fn labels_after_key<'m>(service: &Service<'m>, places: &BTreeSet<Node>) -> Vec<Label<'m>> {
    let edges = places.iter().flat_map(|place| service.edges(*place, Follow::EVERYTHING));
    let keys = edges.filter(|edge| matches!(edge.step.label(), Label::Key));
    labels(service, &keys.map(|edge| edge.to).collect())
}

/// Which excluded patterns leave nothing of an included one.
fn emptied(service: &Service<'_>, pattern: &Pattern, exclude: &[Pattern]) -> Option<WhyNot> {
    let empties =
        |some: &[&Pattern]| !Walk::new(service.clone(), some.iter().copied()).include(0, pattern);
    let one = exclude.iter().position(|one| empties(&[one]));
    let message = match one {
        Some(at) => format!("`{}`, which is excluded, leaves nothing of it", exclude[at]),
        None if empties(&exclude.iter().collect::<Vec<_>>()) => {
            "what is excluded leaves nothing of it".to_owned()
        }
        None => return None,
    };
    Some((message, Some("exclude less, or do not include it".to_owned())))
}

fn structured(model: &Model, qualified: &str) -> Option<StructuredTypeId> {
    match model.type_named(qualified)? {
        TypeId::Structured(id) => Some(id),
        TypeId::Enum(_) | TypeId::Definition(_) => None,
    }
}
