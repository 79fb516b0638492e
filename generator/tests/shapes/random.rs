//! Random schemas with random instances: what another validator accepts fits the shape.

use super::fit::{Fit, fit};
use super::load::{components, tree};
use proptest::prelude::*;
use schemacrate::internals::openapi::schema::Form;
use serde_json::{Map, Value, json};

/// How many components there are.
const COMPONENTS: usize = 3;

/// A source of choices.
struct Choices(u64);

impl Choices {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn name(&mut self) -> String {
        self.of(&["a", "b", "c", "kind"]).to_owned()
    }

    fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = 1 + self.below(most);
        (0..count).map(|_| make(self)).collect()
    }

    fn schema(&mut self, depth: usize) -> Value {
        let kind = if depth == 0 { self.below(7) } else { self.below(18) };
        let mut schema = match kind {
            0 => {
                json!({ "type": self.of(&["string", "integer", "number", "boolean", "null", "object", "array"]) })
            }
            1 => {
                json!({ "type": self.some(3, |it| it.of(&["string", "integer", "number", "boolean", "null", "object"])) })
            }
            2 => json!({ "enum": self.some(3, Self::scalar) }),
            3 => json!({ "const": self.scalar() }),
            4 => self.of(&[
                json!(true),
                json!({}),
                json!(false),
                json!({ "minimum": 1 }),
                json!({ "minLength": 2 }),
            ]),
            5 => json!({ "$ref": format!("#/components/schemas/C{}", self.below(COMPONENTS)) }),
            6 => json!({ "type": "string", "enum": self.some(2, |it| it.of(&["x", "y"])) }),
            7 => json!({ "type": "array", "items": self.schema(depth - 1) }),
            8 => self.tuple(depth - 1),
            9 => json!({ "allOf": self.some(3, |it| it.schema(depth - 1)) }),
            10 => json!({ "anyOf": self.some(3, |it| it.schema(depth - 1)) }),
            11 => json!({ "oneOf": self.some(3, |it| it.schema(depth - 1)) }),
            12 => json!({ "required": [self.name()] }),
            _ => self.object(depth - 1),
        };
        if let Value::Object(members) = &mut schema
            && depth > 0
            && self.is(4)
        {
            self.beside(members, depth - 1);
        }
        schema
    }

    fn tuple(&mut self, depth: usize) -> Value {
        let items = self.some(3, |it| it.schema(depth));
        let mut schema = json!({ "prefixItems": items });
        if self.is(2) {
            schema["type"] = json!("array");
            schema["minItems"] = json!(self.below(4));
        }
        if !self.is(3) {
            schema["items"] = self.schema(depth);
        }
        schema
    }

    fn object(&mut self, depth: usize) -> Value {
        let members = self.some(3, |it| {
            let name = it.name();
            let tag = it.of(&["x", "y", "z"]);
            let value = if name == "kind" { json!({ "const": tag }) } else { it.schema(depth) };
            (name, value)
        });
        let mut schema = json!({ "properties": members.into_iter().collect::<Map<_, _>>() });
        if !self.is(5) {
            schema["type"] = json!("object");
        }
        if self.is(2) {
            schema["required"] = json!(
                self.some(2, Self::name).into_iter().collect::<std::collections::BTreeSet<_>>()
            );
        }
        match self.below(8) {
            0 => schema["additionalProperties"] = self.schema(depth),
            1 => schema["additionalProperties"] = json!(false),
            2 => schema["patternProperties"] = json!({ "^c": self.schema(depth) }),
            3 => schema["unevaluatedProperties"] = self.schema(depth),
            _ => {}
        }
        schema
    }

    /// Another keyword, which has to hold as well.
    fn beside(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        let (name, value) = match self.below(7) {
            0 => ("oneOf", json!(self.some(3, |it| it.schema(depth)))),
            1 => ("anyOf", json!(self.some(3, |it| it.schema(depth)))),
            2 => ("$ref", json!(format!("#/components/schemas/C{}", self.below(COMPONENTS)))),
            3 => ("not", self.schema(0)),
            4 => ("properties", json!({ self.name(): self.schema(depth) })),
            5 => ("type", json!(self.of(&["object", "string"]))),
            _ => ("allOf", json!(self.some(2, |it| it.schema(depth)))),
        };
        schema.entry(name).or_insert(value);
    }

    fn scalar(&mut self) -> Value {
        self.of(&[
            json!("x"),
            json!("y"),
            json!(1),
            json!(1.5),
            json!(true),
            json!(null),
            json!("1"),
        ])
    }

    /// A value that is likely to be valid.
    fn instance(&mut self, all: &[Value], schema: &Value, depth: usize) -> Value {
        if depth == 0 || self.is(12) {
            return self.any(2);
        }
        let Value::Object(keywords) = schema else { return self.any(2) };
        let mut found = Vec::new();
        for (name, value) in keywords {
            match (name.as_str(), value) {
                ("const", value) => found.push(value.clone()),
                ("enum", Value::Array(values)) => found.push(self.of(values)),
                ("$ref", Value::String(text)) => {
                    let at: usize = text[text.len() - 1..].parse().unwrap();
                    found.push(self.instance(all, &all[at], depth - 1));
                }
                ("allOf", Value::Array(parts)) => {
                    found.extend(parts.iter().map(|one| self.instance(all, one, depth - 1)));
                }
                ("anyOf" | "oneOf", Value::Array(branches)) => {
                    let branch = self.of(branches);
                    found.push(self.instance(all, &branch, depth - 1));
                }
                ("properties", Value::Object(members)) => {
                    found.push(self.members(all, members, depth))
                }
                ("prefixItems", Value::Array(items)) => {
                    found
                        .push(items.iter().map(|one| self.instance(all, one, depth - 1)).collect());
                }
                ("items", item) => {
                    found.push(json!(self.some(2, |it| it.instance(all, item, depth - 1))));
                }
                ("type", Value::String(kind)) => found.push(self.of_kind(kind)),
                ("type", Value::Array(kinds)) => {
                    let kind = self.of(kinds);
                    found.push(self.of_kind(kind.as_str().unwrap()));
                }
                _ => {}
            }
        }
        united(found).unwrap_or_else(|| self.any(2))
    }

    fn members(&mut self, all: &[Value], members: &Map<String, Value>, depth: usize) -> Value {
        let mut object = Map::new();
        for (name, schema) in members {
            if !self.is(4) {
                object.insert(name.clone(), self.instance(all, schema, depth - 1));
            }
        }
        if self.is(4) {
            let value = self.any(1);
            object.entry(self.name()).or_insert(value);
        }
        Value::Object(object)
    }

    fn of_kind(&mut self, kind: &str) -> Value {
        match kind {
            "string" => self.of(&[json!("x"), json!("yy"), json!("")]),
            "integer" => self.of(&[json!(1), json!(0), json!(-7), json!(2.0)]),
            "number" => self.of(&[json!(1.5), json!(1)]),
            "boolean" => json!(self.is(2)),
            "null" => json!(null),
            "array" => json!([self.any(1)]),
            _ => json!({ self.name(): self.any(1) }),
        }
    }

    fn any(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            7 => json!([self.any(depth - 1)]),
            8 => json!({ self.name(): self.any(depth - 1), self.name(): self.any(depth - 1) }),
            _ => self.scalar(),
        }
    }
}

impl Choices {
    /// The schemas of a description, and the same by name.
    fn description(&mut self) -> (Vec<Value>, Map<String, Value>) {
        let all: Vec<Value> = (0..COMPONENTS).map(|_| self.schema(3)).collect();
        let named = all.iter().enumerate().map(|(at, one)| (format!("C{at}"), one.clone()));
        let named = named.collect();
        (all, named)
    }
}

/// One of several values, or an object with the members of all.
fn united(all: Vec<Value>) -> Option<Value> {
    let mut united: Option<Value> = None;
    for value in all {
        united = Some(match (united, value) {
            (Some(Value::Object(mut one)), Value::Object(other)) => {
                one.extend(other);
                Value::Object(one)
            }
            (Some(Value::Object(one)), _) | (_, Value::Object(one)) => Value::Object(one),
            (Some(one), _) => one,
            (None, value) => value,
        });
    }
    united
}

/// The valid instances of one description: how many there are, how many have a type that is not any JSON,
/// and how many are not what a branch of a union takes.
#[derive(Default)]
struct Count {
    valid: usize,
    typed: usize,
    other: usize,
}

/// A random description with random instances. Returns what is valid and does not fit.
fn run(seed: u64, count: &mut Count) -> Result<(), String> {
    let mut choices = Choices(seed);
    let (all, named) = choices.description();
    let loaded = components(&Value::Object(named.clone()).to_string());
    if loaded.codes().contains(&"recursive-conjunction") {
        return Ok(()); // What is made of itself has no meaning that another validator would know.
    }
    for (at, schema) in all.iter().enumerate() {
        let name = format!("C{at}");
        let whole = json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": { "schemas": named }
        });
        let validator = jsonschema::validator_for(&whole).unwrap();
        for _ in 0..20 {
            let instance = choices.instance(&all, schema, 6);
            if !validator.is_valid(&instance) {
                continue;
            }
            let (_, value) = tree("instance.json", &instance.to_string());
            let of = loaded.component(&name);
            let found = fit(&loaded.shapes, of, value.root());
            count.valid += 1;
            count.typed += usize::from(!matches!(loaded.shapes.shape(of.shape).form, Form::Any));
            count.other += usize::from(found == Fit::Other);
            if found == Fit::Not {
                let schemas = Value::Object(named);
                return Err(format!(
                    "{instance} of {schemas}\nis not in {name}: {}",
                    loaded.shown(&name)
                ));
            }
        }
    }
    Ok(())
}

/// A random description with its valid instances, as a line of a suite for `cargo xtask conformance --openapi`.
fn line(seed: u64) -> Option<Value> {
    let mut choices = Choices(seed);
    let (all, named) = choices.description();
    let loaded = components(&Value::Object(named.clone()).to_string());
    let info = json!({ "title": "random", "version": "1" });
    let api = json!({ "openapi": "3.1.0", "info": info, "components": { "schemas": named } });
    let mut session = schemacrate::Session::new();
    session.add("api.json", api.to_string().as_bytes()).unwrap();
    // What goes in a circle has no meaning that another validator would know.
    let is_read = session.validate(schemacrate::config::Unresolved::Error).is_ok();
    if !is_read || loaded.codes().contains(&"recursive-conjunction") {
        return None;
    }
    let schemas = json!({ "schemas": named });
    let whole = json!({ "$ref": "#/components/schemas/C0", "components": schemas });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let instances = (0..20).map(|_| choices.instance(&all, &all[0], 6));
    let valid = instances.filter(|one| validator.is_valid(one));
    let cases: Vec<Value> = valid.map(|one| json!({ "instance": one, "valid": true })).collect();
    Some(json!({
        "id": format!("random/{seed}"),
        "pointer": "/components/schemas/C0",
        "openapi": api,
        "cases": cases,
    }))
}

/// `SCHEMACRATE_RANDOM_SUITE=FILE:FIRST:COUNT`, as `cargo xtask conformance --openapi --random` calls it.
#[test]
#[ignore = "it writes a file"]
fn writes_a_suite() {
    let asked = std::env::var("SCHEMACRATE_RANDOM_SUITE").unwrap();
    let mut parts = asked.rsplitn(3, ':');
    let count: u64 = parts.next().unwrap().parse().unwrap();
    let first: u64 = parts.next().unwrap().parse().unwrap();
    let lines: Vec<String> =
        (first..first + count).filter_map(line).map(|one| format!("{one}\n")).collect();
    assert!(lines.len() as u64 * 2 > count);
    std::fs::write(parts.next().unwrap(), lines.concat()).unwrap();
}

proptest! {
    #[test]
    fn what_is_valid_fits_its_shape(seed in any::<u64>()) {
        let found = run(seed, &mut Count::default());
        prop_assert!(found.is_ok(), "{}", found.unwrap_err());
    }
}

#[test]
fn enough_random_instances_are_valid_and_typed() {
    let mut count = Count::default();
    for seed in 0..500 {
        run(seed, &mut count).unwrap();
    }
    let Count { valid, typed, other } = count;
    println!("{valid} valid, {typed} not of any JSON, {other} that no branch takes");
    assert!(valid > 10_000 && typed * 2 > valid && other * 50 < valid);
}
