//! What a caller may set of a request, and which requests have one builder for it.
//!
//! Enters: the values and bodies that are not required. Leaves: an [`OptionSet`] for each request, and the
//! [`Options`] that several have. Their name depends on nothing but what can be set. Must not know: what a
//! request returns.

use super::bodies::Body;
use super::parameters::Value;
use super::words;
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Docs, Foreign, ItemPath, OptionSetter, Options, Part, Place, Prose, Type, families,
};
use std::collections::BTreeMap;

/// The most options that several requests have in one builder.
const MOST_SHARED: usize = 3;

/// The longest name that is made of those of the setters. A builder with a longer one is called like its operation.
const LONGEST_SHARED: usize = 80;

/// What setters cannot be called: functions that each builder has, by itself or by a trait.
const RESERVED: [&str; 12] = [
    "blocking",
    "clone",
    "fmt",
    "from",
    "into",
    "into_future",
    "items",
    "pages",
    "request",
    "send",
    "send_full",
    "try_into",
];

/// What a caller may set of one request.
#[derive(Clone, Debug, Default)]
pub(super) struct OptionSet {
    pub(super) setters: Vec<OptionSetter>,
    /// Whether other requests may have the same ones.
    pub(super) is_shared: bool,
}

/// What makes a set the same as another: name, part, type and deprecation of each setter.
pub(super) type Key = Vec<(String, Part, String, bool)>;

impl OptionSet {
    pub(super) fn new(values: &[Value], body: Option<&Body>) -> Self {
        let mut scope = Scope::with_reserved(&RESERVED);
        let mut set = Self { setters: Vec::new(), is_shared: true };
        for value in values.iter().filter(|value| !value.is_required) {
            let part = value.part();
            let wanted = super::super::words::of_member(&value.label());
            let name = claim(&mut scope, wanted, value.carried.place);
            set.is_shared &= value.is_shared;
            let docs = value.docs.clone();
            set.setters.push(OptionSetter { name, docs, part, takes: value.takes.clone() });
        }
        if let Some(body) = body.filter(|body| !body.is_required) {
            let name = identifier(&scope.claim("body", "the body").name);
            set.is_shared &= body.is_shared;
            let (docs, takes) = (body.docs.clone(), body.takes.clone());
            set.setters.push(OptionSetter {
                name,
                docs,
                part: Part::Body(body.kind, body.fields.clone()),
                takes,
            });
        }
        set.is_shared &=
            set.setters.len() <= MOST_SHARED && name(&set, true).len() <= LONGEST_SHARED;
        set
    }

    pub(super) fn key(&self) -> Key {
        let mut key: Key = self
            .setters
            .iter()
            .map(|one| {
                let is_deprecated = one.docs.deprecated.is_some();
                (one.name.clone(), one.part.clone(), one.takes.whole(), is_deprecated)
            })
            .collect();
        key.sort();
        key
    }
}

/// The name of a setter. One of another place has that in its name.
fn claim(scope: &mut Scope, wanted: String, place: Place) -> String {
    let wanted = match scope.is_free(&wanted) || RESERVED.contains(&wanted.as_str()) {
        true => wanted,
        false => [&wanted, "_", place.function()].concat(),
    };
    let element = wanted.clone();
    identifier(&scope.claim(&wanted, &element).name)
}

/// The builders that several requests have.
#[derive(Debug, Default)]
pub(super) struct Shared {
    sets: BTreeMap<Key, Vec<OptionSet>>,
    names: BTreeMap<Key, String>,
}

impl Shared {
    /// Adds the options of a request.
    pub(super) fn add(&mut self, set: &OptionSet) {
        if set.is_shared && !set.setters.is_empty() {
            self.sets.entry(set.key()).or_default().push(set.clone());
        }
    }

    /// Names all of them.
    pub(super) fn name(&mut self) {
        let mut by_name: BTreeMap<String, Vec<(&Key, &OptionSet)>> = BTreeMap::new();
        for (key, sets) in &self.sets {
            let Some(first) = sets.first() else { continue };
            by_name.entry(name(first, false)).or_default().push((key, first));
        }
        // A type parameter has this name.
        let mut scope = Scope::with_reserved(&["T"]);
        let mut others = Vec::new();
        for (name, mut keys) in by_name {
            keys.sort_by_key(|(key, set)| (rank(set), *key));
            for (at, (key, set)) in keys.into_iter().enumerate() {
                match at {
                    0 => drop(self.names.insert(key.clone(), scope.claim(&name, &name).name)),
                    _ => others.push((key.clone(), self::name(set, true))),
                }
            }
        }
        for (key, name) in others {
            let name = scope.claim(&name, &name).name;
            self.names.insert(key, name);
        }
    }

    /// The builder of a request.
    pub(super) fn path(&self, set: &OptionSet) -> Option<ItemPath> {
        let name = self.names.get(&set.key())?;
        Some(ItemPath::new(vec![super::OPTIONS.to_owned()].into(), name))
    }

    /// All builders with the files that they are in.
    pub(super) fn into_items(self) -> Vec<(String, Options)> {
        let Self { sets, names } = self;
        let item = |(key, sets): (Key, Vec<OptionSet>)| {
            let name = names.get(&key)?.clone();
            Some((families::of_type(&name), item(name, String::new(), sets)))
        };
        sets.into_iter().filter_map(item).collect()
    }
}

/// The builder for the options of requests. A setter is documented by what all of them say.
pub(super) fn item(name: String, wire_name: String, sets: Vec<OptionSet>) -> Options {
    let mut sets = sets.into_iter();
    let mut setters = sets.next().unwrap_or_default().setters;
    for set in sets {
        for one in &mut setters {
            let same = set.setters.iter().find(|other| other.name == one.name);
            if same.is_some_and(|other| other.docs.paragraphs != one.docs.paragraphs) {
                let deprecated = one.docs.deprecated.take();
                let sentence = super::docs::what(&one.part, true).words(".");
                one.docs = Docs { deprecated, ..Docs::new(vec![sentence]) };
            }
        }
    }
    setters.sort_by_cached_key(|one| one.name.trim_start_matches("r#").to_owned());
    let names = setters.iter().map(|one| one.part.wire_name());
    let first = match wire_name.is_empty() {
        true => Prose::new("A request of which ").codes(names).words(" can be set"),
        false => Prose::new("What can be set of ").code(&wire_name),
    };
    let docs = Docs::new(vec![first.words(". Awaiting it sends the request.")]);
    Options { name, wire_name, docs, setters }
}

/// `PageAndPerPage`. The name of a type is a part of it if it is generated, or if that is needed.
fn name(set: &OptionSet, has_types: bool) -> String {
    let word = |one: &OptionSetter| {
        let own = naming::type_name(one.name.trim_start_matches("r#"));
        let of_type = words::of_type(one.takes.taken());
        match one.takes.taken() {
            Type::Generated(_) if of_type.ends_with(&own) => of_type,
            Type::Generated(_) => [own, of_type].concat(),
            _ if has_types => [own, of_type].concat(),
            _ => own,
        }
    };
    let mut all: Vec<String> = set.setters.iter().map(word).collect();
    all.sort();
    all.join("And")
}

/// Which of several sets with the same names needs no types in its name: the one with the commonest types.
fn rank(set: &OptionSet) -> usize {
    let rank = |one: &OptionSetter| match one.takes.taken() {
        Type::Foreign(Foreign::String | Foreign::I64) => 0,
        Type::Foreign(Foreign::I32 | Foreign::Bool) => 1,
        Type::Foreign(_) => 2,
        _ => 3,
    };
    let places = set.setters.iter().filter(|one| {
        !matches!(one.part, Part::Parameter(Place::Query, _)) || one.docs.deprecated.is_some()
    });
    set.setters.iter().map(rank).sum::<usize>() + 4 * places.count()
}
