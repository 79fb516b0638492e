//! Random values that a schema allows.
//!
//! Enters: a schema of a request. Leaves: a value that has the required members, and if asked for, optional ones;
//! limits, enumerations, formats and patterns count. Must not know: how values are sent, Rust types.
//!
//! What another schema adds to one (`$ref`, `allOf`, a branch of a union) is collected first, and the value is
//! made of all of it together.

use super::texts;
use crate::random::Random;
use schemacrate::internals::openapi::model::{Body, Keywords, Schema, SchemaId, Words};
use schemacrate::internals::openapi::{Api, Location};
use serde_json::{Map, Value, json};

/// The nesting below which there are no optional members.
const DEEP: usize = 4;

/// The nesting below which there is nothing.
const DEEPEST: usize = 24;

/// How often something is tried again.
const TRIES: usize = 20;

/// What makes values.
pub(super) struct Values<'a> {
    pub(super) api: &'a Api,
    pub(super) random: Random,
    /// Whether there are optional members.
    pub(super) is_full: bool,
    /// Whether texts have only letters and digits, unless a schema has others.
    pub(super) is_plain: bool,
}

/// All that has to hold of a value.
#[derive(Default)]
pub(super) struct Parts<'a> {
    seen: Vec<SchemaId>,
    pub(super) keywords: Vec<&'a Keywords>,
    /// The names and values of members by which schemas are told apart.
    tags: Vec<(String, String)>,
    /// Whether no value is valid.
    is_false: bool,
}

impl<'a> Values<'a> {
    /// A value of a schema, or any value if there is none.
    pub(super) fn of(&mut self, schema: Option<SchemaId>) -> Value {
        match schema {
            Some(id) => self.nested(&[id], 0),
            None => self.text().into(),
        }
    }

    /// A value that has to be valid for several schemas.
    fn nested(&mut self, schemas: &[SchemaId], depth: usize) -> Value {
        let parts = self.parts(schemas);
        self.made(&parts, depth)
    }

    /// All that some schemas consist of.
    pub(super) fn parts(&mut self, schemas: &[SchemaId]) -> Parts<'a> {
        let mut parts = Parts::default();
        schemas.iter().for_each(|id| self.collect(*id, &mut parts));
        parts
    }

    fn collect(&mut self, id: SchemaId, parts: &mut Parts<'a>) {
        if parts.seen.contains(&id) {
            return;
        }
        parts.seen.push(id);
        let schema = self.api.model.schema(id);
        let keywords = match &schema.body {
            Body::True => return,
            Body::False => {
                parts.is_false = true;
                return;
            }
            Body::Keywords(keywords) => keywords,
        };
        if let Some(reference) = &keywords.reference {
            self.collect(reference.target, parts);
            if !self.has_json_schema(schema) {
                return;
            }
        }
        parts.keywords.push(keywords);
        keywords.all_of.iter().for_each(|one| self.collect(*one, parts));
        let branches = [&keywords.one_of, &keywords.any_of].map(|one| one.as_deref());
        for branches in branches.into_iter().flatten() {
            if let Some(branch) = self.branch(branches, keywords) {
                self.tag(keywords, branch, parts);
                self.collect(branch, parts);
            }
        }
        // Where a condition holds, what follows from it has to, and where not, it may.
        keywords.consequence.iter().for_each(|one| self.collect(*one, parts));
        if keywords.one_of.is_none() && keywords.any_of.is_none() {
            self.derived(id, keywords, parts);
        }
    }

    /// Of a base, itself or something that is derived from it.
    fn derived(&mut self, id: SchemaId, keywords: &'a Keywords, parts: &mut Parts<'a>) {
        let Some(discriminator) = &keywords.discriminator else { return };
        let targets: Vec<SchemaId> =
            discriminator.mapping.iter().filter_map(|one| one.target.schema).collect();
        // A base that is reached from what is derived from it.
        let derived = parts.seen.iter().copied().find(|one| *one != id && targets.contains(one));
        let target = match (derived, targets.as_slice()) {
            (Some(derived), _) => derived,
            (None, []) => {
                parts.seen.iter().copied().find(|one| self.name(*one).is_some()).unwrap_or(id)
            }
            (None, all) => all[self.random.below(all.len())],
        };
        self.tag(keywords, target, parts);
        self.collect(target, parts);
    }

    /// Notes by which value of which member a schema is recognized.
    fn tag(&self, keywords: &Keywords, target: SchemaId, parts: &mut Parts<'a>) {
        let Some(discriminator) = &keywords.discriminator else { return };
        let meant = |id| self.referred(id).unwrap_or(id);
        let mut mapped = discriminator.mapping.iter();
        let mapped = mapped.find(|one| one.target.schema.map(meant) == Some(meant(target)));
        let value = mapped.map(|one| one.value.text.as_str());
        let member = &discriminator.property.text;
        if let Some(value) = value.or_else(|| self.name(target))
            && !parts.tags.iter().any(|(known, _)| known == member)
        {
            parts.tags.push((member.clone(), value.to_owned()));
        }
    }

    /// The name of a component, also of one that is referred to.
    fn name(&self, id: SchemaId) -> Option<&'a str> {
        let name = |id| self.api.model.schema(id).name.as_deref();
        name(id).or_else(|| name(self.referred(id)?))
    }

    /// What a schema refers to.
    fn referred(&self, id: SchemaId) -> Option<SchemaId> {
        Some(self.api.model.schema(id).keywords()?.reference.as_ref()?.target)
    }

    /// One of the schemas of a union: not null, and one of the types beside the union.
    fn branch(&mut self, branches: &[SchemaId], beside: &Keywords) -> Option<SchemaId> {
        let is_possible = |id: &&SchemaId| {
            let Some(keywords) = self.api.model.schema(**id).keywords() else { return false };
            let Some(types) = keywords.types else { return true };
            types
                .names()
                .any(|name| name != "null" && beside.types.is_none_or(|beside| beside.has(name)))
        };
        let possible: Vec<SchemaId> = branches.iter().filter(is_possible).copied().collect();
        let all = if possible.is_empty() { branches } else { &possible };
        all.get(self.random.below(all.len())).copied()
    }

    fn has_json_schema(&self, schema: &Schema) -> bool {
        let document = self.api.description.document(schema.location.document);
        document.version.has_json_schema()
    }

    fn made(&mut self, parts: &Parts<'a>, depth: usize) -> Value {
        if let Some(value) = self.listed(parts) {
            return value;
        }
        if depth > DEEPEST {
            return Value::Null;
        }
        match self.kind(parts) {
            "object" => self.object(parts, depth),
            "array" => self.array(parts, depth),
            "string" => self.string(parts).into(),
            "integer" => self.number(parts, true),
            "number" => self.number(parts, false),
            "boolean" => (self.random.below(2) == 0).into(),
            "null" => Value::Null,
            _ => self.text().into(),
        }
    }

    /// One of the values of an enumeration or a constant.
    fn listed(&mut self, parts: &Parts<'a>) -> Option<Value> {
        let lists = parts.keywords.iter().filter_map(|keywords| {
            let constant = keywords.constant.map(|one| vec![one]);
            let all = constant.or_else(|| keywords.values.clone())?;
            Some(all.into_iter().map(|one| self.value(one)).collect::<Vec<Value>>())
        });
        let lists: Vec<Vec<Value>> = lists.collect();
        let kinds = kinds(parts);
        let is_valid = |value: &&Value| {
            let is_kind = kinds.is_empty() || kinds.iter().any(|kind| is_of_kind(value, kind));
            is_kind && lists.iter().all(|list| list.contains(value))
        };
        let valid: Vec<&Value> = lists.first()?.iter().filter(is_valid).collect();
        let present = valid.iter().filter(|one| !one.is_null() && **one != "");
        let present: Vec<&Value> = present.copied().collect();
        let all = if present.is_empty() { valid } else { present };
        all.get(self.random.below(all.len())).map(|one| (*one).clone())
    }

    /// The value at a place of a document.
    pub(super) fn value(&self, at: Location) -> Value {
        serde_json::from_str(&self.api.description.node(at).json()).unwrap_or_default()
    }

    /// The type of a value: what is declared, else what the keywords are about.
    fn kind(&mut self, parts: &Parts<'a>) -> &'static str {
        let declared = kinds(parts);
        let present: Vec<&'static str> =
            declared.iter().copied().filter(|kind| *kind != "null").collect();
        if let Some(first) = present.get(self.random.below(present.len())) {
            return first;
        }
        if !declared.is_empty() {
            return "null";
        }
        let has = |is: &dyn Fn(&Keywords) -> bool| parts.keywords.iter().any(|one| is(one));
        let is_object = |one: &Keywords| {
            !one.properties.is_empty()
                || !one.required.is_empty()
                || one.additional_properties.is_some()
                || !one.pattern_properties.is_empty()
                || one.limits.min_properties.is_some()
        };
        if has(&is_object) || !parts.tags.is_empty() {
            "object"
        } else if has(&|one| one.items.is_some() || !one.prefix_items.is_empty()) {
            "array"
        } else if has(&|one| one.limits.minimum.is_some() || one.limits.maximum.is_some()) {
            "number"
        } else {
            "string"
        }
    }

    fn object(&mut self, parts: &Parts<'a>, depth: usize) -> Value {
        let mut members: Vec<(&str, Vec<SchemaId>)> = Vec::new();
        for property in parts.keywords.iter().flat_map(|one| &one.properties) {
            let name = property.name.text.as_str();
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some((_, schemas)) => schemas.push(property.schema),
                None => members.push((name, vec![property.schema])),
            }
        }
        let required: Vec<&str> = parts
            .keywords
            .iter()
            .flat_map(|one| &one.required)
            .map(|one| one.text.as_str())
            .collect();
        let most = limit(parts, |one| one.limits.max_properties.as_ref()).min();
        let least = limit(parts, |one| one.limits.min_properties.as_ref()).max().unwrap_or(0);
        let mut object = Map::new();
        let tags = parts.tags.iter().map(|(name, value)| (name.clone(), json!(value)));
        object.extend(tags);
        members.sort_by_key(|(name, _)| !required.contains(name));
        for (name, schemas) in members {
            let inner = self.parts(&schemas);
            let is_required = required.contains(&name);
            let has_room = most.is_none_or(|most| object.len() < most);
            let is_wanted = self.is_full && depth < DEEP || object.len() < least;
            let is_own = schemas.iter().filter_map(|id| self.api.model.schema(*id).keywords());
            let is_answered = is_own.chain(inner.keywords.iter().copied()).any(|one| one.read_only);
            let is_sent = !is_answered && !inner.is_false;
            let is_open = inner.seen.iter().any(|id| parts.seen.contains(id));
            if is_sent && (is_required || has_room && is_wanted && !is_open) {
                let value = self.made(&inner, depth + 1);
                object.entry(name).or_insert(value);
            }
        }
        for name in &required {
            if !object.contains_key(*name) && !self.is_declared(parts, name) {
                let value = self.other(parts, depth);
                object.insert((*name).to_owned(), value);
            }
        }
        self.others(parts, depth, least, &mut object);
        Value::Object(object)
    }

    fn is_declared(&self, parts: &Parts<'a>, name: &str) -> bool {
        let mut properties = parts.keywords.iter().flat_map(|one| &one.properties);
        properties.any(|one| one.name.text == name)
    }

    /// A member that has no schema of its own.
    fn other(&mut self, parts: &Parts<'a>, depth: usize) -> Value {
        let mut schemas = parts.keywords.iter().filter_map(|one| one.additional_properties);
        match schemas.next() {
            Some(schema) => self.nested(&[schema], depth + 1),
            None => self.text().into(),
        }
    }

    /// The members of a map.
    fn others(
        &mut self,
        parts: &Parts<'a>,
        depth: usize,
        least: usize,
        object: &mut Map<String, Value>,
    ) {
        let is_closed = parts
            .keywords
            .iter()
            .filter_map(|one| one.additional_properties)
            .any(|id| matches!(self.api.model.schema(id).body, Body::False));
        let additional = parts.keywords.iter().find_map(|one| one.additional_properties);
        let patterns = parts.keywords.iter().find_map(|one| one.pattern_properties.first());
        let wanted =
            usize::from(self.is_full && depth < DEEP).max(least.saturating_sub(object.len()));
        for at in 0..wanted {
            if let Some(property) = patterns {
                let Some(name) = texts::of_pattern(&property.name.text, &mut self.random) else {
                    continue;
                };
                let value = self.nested(&[property.schema], depth + 1);
                object.insert(name, value);
            } else if additional.is_some() && !is_closed || object.len() < least {
                let value = self.other(parts, depth);
                object.insert(format!("other{at}"), value);
            }
        }
    }

    fn array(&mut self, parts: &Parts<'a>, depth: usize) -> Value {
        let least = limit(parts, |one| one.limits.min_items.as_ref()).max().unwrap_or(0);
        let most = limit(parts, |one| one.limits.max_items.as_ref()).min().unwrap_or(usize::MAX);
        let usual = if depth >= DEEP { 0 } else { 1 + self.random.below(2) };
        let first: Vec<SchemaId> = parts
            .keywords
            .iter()
            .find(|one| !one.prefix_items.is_empty())
            .map(|one| one.prefix_items.clone())
            .unwrap_or_default();
        let items: Vec<SchemaId> = parts.keywords.iter().filter_map(|one| one.items).collect();
        let is_unique = parts.keywords.iter().any(|one| one.unique_items);
        let count = usual.max(first.len()).max(least).min(most);
        let mut array: Vec<Value> = Vec::new();
        for at in 0..count {
            let schemas = first.get(at).map_or(items.clone(), |one| vec![*one]);
            for _ in 0..TRIES {
                let value = match schemas.as_slice() {
                    [] => self.text().into(),
                    some => self.nested(some, depth + 1),
                };
                if !is_unique || !array.contains(&value) {
                    array.push(value);
                    break;
                }
            }
        }
        Value::Array(array)
    }

    fn string(&mut self, parts: &Parts<'a>) -> String {
        let least = limit(parts, |one| one.limits.min_length.as_ref()).max().unwrap_or(0);
        let most = limit(parts, |one| one.limits.max_length.as_ref()).min().unwrap_or(usize::MAX);
        let fits = |text: &str| (least..=most).contains(&text.chars().count());
        let encoding = parts.keywords.iter().find_map(|one| one.content_encoding.as_ref());
        let format = parts.keywords.iter().find_map(|one| one.format.as_ref()).or(encoding);
        let pattern = parts.keywords.iter().find_map(|one| one.pattern.as_ref());
        let formatted = format.and_then(|one| texts::of_format(&one.text, &mut self.random));
        let is_good = |text: &String| {
            pattern.is_none_or(|pattern| texts::is_match(&pattern.text, text)) && fits(text)
        };
        if let Some(text) = formatted.filter(is_good) {
            return text;
        }
        if let Some(pattern) = pattern {
            let tries =
                (0..TRIES).filter_map(|_| texts::of_pattern(&pattern.text, &mut self.random));
            let tries: Vec<String> = tries.collect();
            if let Some(text) =
                tries.into_iter().find(|text| fits(text)).or_else(|| self.example(parts))
            {
                return text;
            }
        }
        let is_usual = format.is_none() && !self.is_plain;
        let mut text = if is_usual { self.text() } else { texts::plain(&mut self.random) };
        while text.chars().count() < least {
            text.push('a');
        }
        text.chars().take(most).collect()
    }

    /// A text that the schema has as an example.
    fn example(&self, parts: &Parts<'a>) -> Option<String> {
        let mut examples = parts.keywords.iter().flat_map(|one| &one.examples);
        examples.find_map(|at| self.value(*at).as_str().map(str::to_owned))
    }

    fn text(&mut self) -> String {
        if self.is_plain { texts::plain(&mut self.random) } else { texts::any(&mut self.random) }
    }

    fn number(&mut self, parts: &Parts<'a>, is_integer: bool) -> Value {
        let bounds = |of: fn(&'a Keywords) -> Option<&'a Words>| {
            let texts = parts.keywords.iter().filter_map(move |one| of(one));
            texts.filter_map(|one| one.text.parse::<f64>().ok())
        };
        let is_integer = is_integer
            || bounds(|one| one.limits.multiple_of.as_ref()).any(|step| step.fract() == 0.0);
        let step = bounds(|one| one.limits.multiple_of.as_ref()).next();
        let unit = step.unwrap_or(if is_integer { 1.0 } else { 0.5 });
        let least = bounds(|one| one.limits.minimum.as_ref())
            .chain(bounds(|one| one.limits.exclusive_minimum.as_ref()).map(|one| one + unit));
        let most = bounds(|one| one.limits.maximum.as_ref())
            .chain(bounds(|one| one.limits.exclusive_maximum.as_ref()).map(|one| one - unit));
        let (least, most) = (least.reduce(f64::max), most.reduce(f64::min));
        let least = least.unwrap_or_else(|| most.map_or(1.0, |most| most.min(1.0)));
        let most = most.unwrap_or(f64::MAX);
        let first = (least / unit).ceil();
        let room = ((most / unit).floor() - first).clamp(0.0, 100.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It is 100 at most.
        let chosen = first + f64::from(self.random.below(room as usize + 1) as u32);
        let value = chosen * unit;
        #[allow(clippy::cast_possible_truncation)] // Limits of integers are exact in a schema.
        if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
    }
}

/// The limits that some schemas have.
fn limit<'p, 'a>(
    parts: &'p Parts<'a>,
    of: fn(&'a Keywords) -> Option<&'a Words>,
) -> impl Iterator<Item = usize> + use<'p, 'a> {
    parts.keywords.iter().filter_map(move |one| of(one)?.text.parse().ok())
}

/// The types that all schemas allow; none if no schema has types.
fn kinds(parts: &Parts<'_>) -> Vec<&'static str> {
    let mut declared = parts.keywords.iter().filter_map(|one| one.types);
    let Some(first) = declared.next() else { return Vec::new() };
    let others: Vec<_> = declared.collect();
    let is_allowed = |kind: &&'static str| {
        others.iter().all(|one| one.has(kind) || *kind == "integer" && one.has("number"))
    };
    let mut kinds: Vec<&'static str> = first.names().filter(is_allowed).collect();
    if kinds.is_empty() && first.has("number") && others.iter().all(|one| one.has("integer")) {
        kinds.push("integer");
    }
    kinds
}

fn is_of_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => true,
    }
}
