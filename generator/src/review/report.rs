//! The whole of a comparison.

use super::allow::{self, Allow, Complaint};
use super::attribute;
use super::change::{Change, Notice, Place};
use super::rule::{Bump, Event, Severity, Subject};
use crate::input::source::{Lines, Span};
use crate::odata::compare::routes::Routes;
use crate::odata::compare::side::Side;
use crate::odata::compare::{Comparison, announced};
use crate::odata::edm::{Annotations, Model, TypeId};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use time::format_description::well_known::Iso8601;

/// How many requests a change names.
const SHOWN_REQUESTS: usize = 3;

/// What changed between two sides.
#[derive(Clone, Debug)]
pub struct Report {
    /// The changes: what breaks first, then by how much attention they ask for, then by name.
    pub changes: Vec<Change>,
    /// For each change the reason for which it is accepted, if it is.
    pub accepted: Vec<Option<String>>,
    /// The accepted breaks of the configuration that accept nothing.
    pub complaints: Vec<Complaint>,
    /// How many changes the slice does not reach.
    pub outside: usize,
    /// Whether only a part of the service was compared.
    pub is_sliced: bool,
    /// The day of the comparison.
    pub today: Date,
}

/// What makes a comparison fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// A break on the wire.
    Wire,
    /// A major change of the crate.
    Rust,
    /// Either of these.
    Any,
    /// Nothing.
    None,
}

/// Compares two sides. `allows` are the accepted breaks; `today` tells which dates are over.
pub fn diff(old: &Side, new: &Side, allows: &[Allow], today: Date) -> Report {
    let mut comparison = Comparison::of(old, new);
    attribute::attribute(&mut comparison, &old.plan, &new.plan);
    let mut changes = std::mem::take(&mut comparison.changes);
    let is_sliced = old.part.is_some() || new.part.is_some();
    let count = changes.len();
    if is_sliced {
        let names: BTreeSet<String> =
            [old, new].into_iter().flat_map(|side| names(side.model())).collect();
        changes.retain(|change| !change.rust.is_empty() || is_inside(&names, change));
    }
    let outside = count - changes.len();
    notices(&comparison, &mut changes, today);
    requests(old, new, &mut changes);
    places(old, new, &mut changes);
    sort(&mut changes);
    let (accepted, complaints) = allow::apply(allows, &changes, today);
    Report { changes, accepted, complaints, outside, is_sliced, today }
}

/// What breaks first; then by attention, rule, name and values.
fn sort(changes: &mut [Change]) {
    changes.sort_by(|a, b| {
        let key =
            |change: &Change| (change.severity(), change.owner.clone(), change.target.clone());
        key(a)
            .cmp(&key(b))
            .then_with(|| a.rule.id.cmp(b.rule.id))
            .then_with(|| (&a.old, &a.new).cmp(&(&b.old, &b.new)))
    });
}

/// The names of the elements of a model.
fn names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = model.schemas.iter().map(|one| one.namespace.clone()).collect();
    for declared in &model.structured_types {
        let name = declared.name.to_string();
        names.extend(declared.properties.iter().map(|one| format!("{name}/{}", one.name)));
        let navigations = declared.navigation_properties.iter();
        names.extend(navigations.map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    for declared in &model.enum_types {
        let name = declared.name.to_string();
        names.extend(declared.members.iter().map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    names.extend(model.type_definitions.iter().map(|one| one.name.to_string()));
    names.extend(model.terms.iter().map(|one| one.name.to_string()));
    names.extend(model.operations.iter().map(|one| one.name.to_string()));
    if let Some(container) = &model.container {
        let name = container.name.to_string();
        names.extend(container.entity_sets.iter().map(|one| format!("{name}/{}", one.name)));
        names.extend(container.singletons.iter().map(|one| format!("{name}/{}", one.name)));
        names.extend(container.imports.iter().map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    names
}

/// Whether the slice of either side holds what changed.
fn is_inside(names: &BTreeSet<String>, change: &Change) -> bool {
    if let Some((operation, _)) = change.target.split_once('(') {
        return names.contains(operation);
    }
    let mut segments = change.target.splitn(3, '/');
    let owner = segments.next().unwrap_or_default();
    match segments.next() {
        None => names.contains(owner),
        Some(member) => names.contains(&format!("{owner}/{member}")),
    }
}

/// Whether removals were announced.
fn notices(comparison: &Comparison<'_>, changes: &mut [Change], today: Date) {
    for change in changes {
        let is_loss = matches!(
            change.rule.event,
            Event::Removed | Event::Renamed | Event::Recased | Event::MovedToDerived
        );
        let breaks = change.rule.severity == Severity::Error;
        if !is_loss || !breaks || change.rule.subject == Subject::RustItem {
            continue;
        }
        let said =
            annotations_of(comparison.old.model, &change.target).into_iter().find_map(announced);
        change.notice = Some(match said {
            None => Notice::Unannounced,
            Some(date) => match date.and_then(|date| Date::parse(&date, &Iso8601::DATE).ok()) {
                Some(date) if date > today => {
                    change.details.push(format!(
                        "It was announced to stay until {date}, {} more days.",
                        (date - today).whole_days()
                    ));
                    Notice::Early
                }
                _ => Notice::Announced,
            },
        });
    }
}

/// The annotations of an element, and of what it belongs to.
fn annotations_of<'m>(model: &'m Model, target: &str) -> Vec<&'m Annotations> {
    let (owner, member) = target.split_once('/').map_or((target, None), |(a, b)| (a, Some(b)));
    let mut found = Vec::new();
    if let Some((operation, _)) = owner.split_once('(') {
        let of_name = model.operations.iter().filter(|one| one.name.to_string() == operation);
        for operation in of_name {
            let parameters = operation.parameters.iter().filter(|one| member == Some(&one.name));
            found.extend(parameters.map(|one| &one.annotations));
            found.push(&operation.annotations);
        }
        return found;
    }
    match model.type_named(owner) {
        Some(TypeId::Structured(id)) => {
            let declared = model.structured(id);
            let properties = declared.properties.iter().filter(|one| member == Some(&one.name));
            found.extend(properties.map(|one| &one.annotations));
            let navigations = declared.navigation_properties.iter();
            let navigations = navigations.filter(|one| member == Some(&one.name));
            found.extend(navigations.map(|one| &one.annotations));
            found.push(&declared.annotations);
        }
        Some(TypeId::Enum(id)) => {
            let declared = model.enum_type(id);
            let members = declared.members.iter().filter(|one| member == Some(&one.name));
            found.extend(members.map(|one| &one.annotations));
            found.push(&declared.annotations);
        }
        Some(TypeId::Definition(id)) => found.push(&model.definition(id).annotations),
        None => {
            let Some(container) = &model.container else { return found };
            let sets = container.entity_sets.iter().filter(|one| member == Some(&one.name));
            found.extend(sets.map(|one| &one.annotations));
            let singletons = container.singletons.iter().filter(|one| member == Some(&one.name));
            found.extend(singletons.map(|one| &one.annotations));
            let imports = container.imports.iter().filter(|one| member == Some(&one.name));
            found.extend(imports.map(|one| &one.annotations));
        }
    }
    found
}

/// The shortest requests that each change affects, on the side where what changed exists.
fn requests(old: &Side, new: &Side, changes: &mut [Change]) {
    let (mut before, mut after) = (Routes::new(&old.whole), Routes::new(&new.whole));
    for change in changes {
        if change.rule.severity == Severity::Note && !change.breaks_rust() {
            continue;
        }
        let only_old = change.new_span.is_none() && change.old_span.is_some();
        let routes = if only_old { &mut before } else { &mut after };
        let found = routes.of(&change.target);
        change.more_requests = found.len().saturating_sub(SHOWN_REQUESTS);
        change.requests = found.into_iter().take(SHOWN_REQUESTS).map(str::to_owned).collect();
    }
}

/// Lines and columns for the places of all changes.
fn places(old: &Side, new: &Side, changes: &mut [Change]) {
    let mut lines: BTreeMap<(bool, u32), Lines> = BTreeMap::new();
    let mut place = |side: &Side, is_new: bool, span: Span| {
        let source = side.sources.get(span.source);
        let lines = lines.entry((is_new, span.source.0)).or_insert_with(|| Lines::of(&source.text));
        let (line, column) = lines.place(&source.text, side.sources.range(span).start);
        Place { file: source.name.clone(), line, column }
    };
    for change in changes {
        change.old_place = change.old_span.map(|span| place(old, false, span));
        change.new_place = change.new_span.map(|span| place(new, true, span));
    }
}

impl Report {
    /// The changes that are not accepted and that a gate stops.
    pub fn stopped_by(&self, gate: Gate) -> usize {
        let stops = |change: &Change| match gate {
            Gate::Wire => change.breaks_wire(),
            Gate::Rust => change.breaks_rust(),
            Gate::Any => change.breaks_wire() || change.breaks_rust(),
            Gate::None => false,
        };
        let open = self.changes.iter().zip(&self.accepted).filter(|(_, one)| one.is_none());
        open.filter(|(change, _)| stops(change)).count()
    }

    /// What the changes do to the version of the crate.
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(|change| change.bump).max().unwrap_or_default()
    }

    /// How many changes break a client on the wire.
    pub fn wire_breaks(&self) -> usize {
        self.changes.iter().filter(|change| change.breaks_wire()).count()
    }

    /// The changes that ask for some attention.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = (&Change, Option<&str>)> {
        self.changes
            .iter()
            .zip(self.accepted.iter().map(Option::as_deref))
            .filter(move |(change, _)| change.severity() == severity)
    }
}
