//! Objects: from the keywords of all parts to members.
//!
//! Enters: a conjunction that allows objects. Leaves: [`Form::Object`] or [`Form::Map`]. A member that
//! several parts declare has to fit all of their schemas.

use super::conjunction::Conjunction;
use super::facts::Facts;
use super::forms::Forms;
use super::shape::{Form, Map, Member, Object, Pattern};
use crate::openapi::description::Location;
use crate::openapi::model::{Body, Keywords, Property, SchemaId, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// The most names that are searched one after the other.
const MOST_SEARCHED: usize = 16;

/// A name with the schemas that parts have for it.
struct Entry<'m> {
    name: &'m Words,
    schemas: Vec<SchemaId>,
}

/// Names with schemas, in the order in which they come.
#[derive(Default)]
struct Entries<'m> {
    entries: Vec<Entry<'m>>,
    by_name: FxHashMap<&'m str, usize>,
}

impl<'m> Entries<'m> {
    /// The names of one part are different, so there is nothing to look for in the first one.
    fn add_part(&mut self, properties: &'m [Property]) {
        if self.entries.is_empty() {
            let entry = |one: &'m Property| Entry { name: &one.name, schemas: vec![one.schema] };
            self.entries = properties.iter().map(entry).collect();
            return;
        }
        if self.by_name.is_empty() {
            self.index();
        }
        properties.iter().for_each(|one| self.add(one));
    }

    /// Whether a name is among them. Of few names the search is faster than a table.
    fn has(&mut self, name: &str) -> bool {
        if self.by_name.is_empty() && self.entries.len() > MOST_SEARCHED {
            self.index();
        }
        match self.by_name.is_empty() {
            true => self.entries.iter().any(|one| one.name.text == name),
            false => self.by_name.contains_key(name),
        }
    }

    fn index(&mut self) {
        let names = self.entries.iter().enumerate();
        self.by_name = names.map(|(at, one)| (one.name.text.as_str(), at)).collect();
    }

    fn add(&mut self, property: &'m Property) {
        let name = &property.name;
        let at = *self.by_name.entry(&name.text).or_insert_with(|| {
            self.entries.push(Entry { name, schemas: Vec::new() });
            self.entries.len() - 1
        });
        let schemas = &mut self.entries[at].schemas;
        if !schemas.contains(&property.schema) {
            schemas.push(property.schema);
        }
    }
}

/// What the schemas of a member say about it beside its shape.
#[derive(Default)]
struct Notes {
    read_only: bool,
    write_only: bool,
    deprecated: bool,
    default: Option<Location>,
}

impl<'m> Forms<'m, '_> {
    pub(super) fn object(&mut self, of: &Conjunction, open_kind: bool) -> Form {
        let parts = self.part_keywords(of);
        let mut members = Entries::default();
        parts.iter().for_each(|(_, part)| members.add_part(&part.properties));
        let required: Vec<&Words> = parts.iter().flat_map(|(_, part)| &part.required).collect();
        let required_names: FxHashSet<&str> =
            required.iter().map(|name| name.text.as_str()).collect();
        let rest = self.rest(of, &parts, open_kind);
        let has_names = !members.entries.is_empty();
        let mut found: Vec<Member> = Vec::with_capacity(members.entries.len());
        for Entry { name, schemas } in &members.entries {
            if schemas.iter().any(|one| self.graph.facts(*one).has(Facts::NEVER)) {
                continue; // It must not be there. If it is, it is kept as any other undeclared one.
            }
            let is_required = required_names.contains(name.text.as_str());
            found.push(self.member(name, schemas, is_required));
        }
        let has_typed_rest = rest.rest.shape != super::forms::ANY || !rest.patterns.is_empty();
        let mut seen = FxHashSet::default();
        for name in required {
            let is_declared = members.has(&name.text);
            // An object of any names is a map, whichever of them are required.
            if !is_declared && (has_names || !has_typed_rest) && seen.insert(name.text.as_str()) {
                found.push(self.undeclared(name, &rest));
            }
        }
        if found.is_empty() && !has_names {
            return Form::Map(rest);
        }
        Form::Object(Object { members: found, rest, derivation: self.derivation(of).map(Box::new) })
    }

    fn member(&mut self, name: &Words, schemas: &[SchemaId], required: bool) -> Member {
        let value = self.used_together(schemas);
        let notes = self.notes(schemas);
        Member {
            name: name.text.clone(),
            span: name.span,
            schemas: schemas.to_vec(),
            value,
            required,
            read_only: notes.read_only,
            write_only: notes.write_only,
            deprecated: notes.deprecated,
            default: notes.default,
        }
    }

    /// A member that is only required.
    fn undeclared(&self, name: &Words, rest: &Map) -> Member {
        // Of a name that may match a pattern the type is not known.
        let any = super::shape::Use { shape: super::forms::ANY, nullable: false };
        Member {
            name: name.text.clone(),
            span: name.span,
            schemas: Vec::new(),
            value: if rest.patterns.is_empty() { rest.rest } else { any },
            required: true,
            read_only: false,
            write_only: false,
            deprecated: false,
            default: None,
        }
    }

    /// The schemas that are closest to the member come first.
    fn notes(&self, schemas: &[SchemaId]) -> Notes {
        let mut notes = Notes::default();
        let parts = match schemas {
            // A reference has the notes of its target.
            [one] if !self.graph.has_links(*one) && !self.graph.facts(*one).has(Facts::NOTES) => {
                return notes;
            }
            _ => self.graph.flatten(schemas),
        };
        for part in parts.iter().rev().filter(|part| self.graph.facts(**part).has(Facts::NOTES)) {
            let Some(keywords) = self.graph.keywords(*part) else { continue };
            notes.read_only |= keywords.read_only;
            notes.write_only |= keywords.write_only;
            notes.deprecated |= keywords.deprecated;
            notes.default = notes.default.or(keywords.default);
        }
        notes
    }

    /// The members that are not declared by name.
    fn rest(
        &mut self,
        of: &Conjunction,
        parts: &[(SchemaId, &'m Keywords)],
        open_kind: bool,
    ) -> Map {
        let mut patterns = Entries::default();
        parts.iter().for_each(|(_, part)| patterns.add_part(&part.pattern_properties));
        let patterns = patterns
            .entries
            .iter()
            .map(|entry| Pattern {
                pattern: entry.name.text.clone(),
                span: entry.name.span,
                value: self.used_together(&entry.schemas),
            })
            .collect();
        let mut schemas = Vec::new();
        let mut closed = false;
        for (_, part) in parts {
            let unevaluated =
                part.unevaluated_properties.filter(|_| evaluates_nothing_else(of, parts));
            for schema in [part.additional_properties, unevaluated].into_iter().flatten() {
                match self.graph.model.schema(schema).body {
                    Body::False => closed = true,
                    Body::True => {}
                    Body::Keywords(_) => schemas.push(schema),
                }
            }
        }
        Map {
            patterns,
            rest: self.used_together(&schemas),
            names: parts.iter().find_map(|(_, part)| part.property_names),
            closed,
            open_kind,
        }
    }
}

/// Whether the members that `unevaluatedProperties` is about are those that no part declares.
fn evaluates_nothing_else(of: &Conjunction, parts: &[(SchemaId, &Keywords)]) -> bool {
    of.choices.is_empty()
        && of.settled.is_empty()
        && parts.iter().all(|(_, part)| {
            part.condition.is_none()
                && part.dependent_schemas.is_empty()
                && part.additional_properties.is_none()
                && part.not.is_none()
        })
}
