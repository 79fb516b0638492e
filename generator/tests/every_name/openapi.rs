//! Descriptions in which each name is the name of everything that OpenAPI can name.

use super::{KEYWORDS, ODD, ODD_TYPES, PRELUDE};
use serde_json::{Map, Value, json};

/// What else a component, a member or a value may be called: nothing, signs, and what differs in letters that
/// a name of Rust does not have, or is the name of what is made for another one.
const ALIKE: &[&str] = &[
    "",
    " ",
    "_",
    "__",
    "-1",
    "+1",
    "1.5",
    "1_5",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "ab",
    "a.b",
    "Plain",
    "PlainItem",
    "PlainValue",
    "PlainText",
    "PlainObject",
    "PlainList",
    "PlainResponse",
    "PlainBody",
    "AnyPlain",
    "Plain_",
    "Plain__",
    "rest",
    "others",
    "entries",
    "item_0",
    "Item0",
    "set_new",
    "set_clone",
    "Unrecognized",
    "Blank",
    "additional",
    "additional_",
];

/// All names, none of them twice.
fn all(names: &[String]) -> Vec<&str> {
    with_odd(names.iter().map(String::as_str))
}

/// The names that mean something in Rust, for what becomes several types.
fn few() -> Vec<&'static str> {
    with_odd(KEYWORDS.split_whitespace().chain(PRELUDE.split_whitespace()))
}

fn with_odd<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut all: Vec<&str> = Vec::new();
    names.for_each(|name| {
        if !all.contains(&name) {
            all.push(name);
        }
    });
    for name in ODD.iter().chain(ODD_TYPES).chain(ALIKE) {
        if !all.contains(name) {
            all.push(name);
        }
    }
    all
}

fn description(paths: Value, schemas: Value) -> String {
    let info = json!({ "title": "names", "version": "1" });
    json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": { "schemas": schemas } })
        .to_string()
}

/// A reference to a component.
fn reference(name: &str) -> Value {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    let encoded = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let pointer: String = escaped.bytes().map(encoded).collect();
    json!({ "$ref": format!("#/components/schemas/{pointer}") })
}

/// A value of each form, one after the other.
fn value(at: usize) -> Value {
    match at % 10 {
        0 => json!({ "type": "string" }),
        1 => json!({ "type": ["integer", "null"] }),
        2 => json!({ "type": "string", "format": "date-time" }),
        3 => json!({ "type": "array", "items": { "type": ["string", "null"] } }),
        4 => json!({ "type": "object", "additionalProperties": { "type": "number" } }),
        5 => json!({ "const": "always" }),
        6 => json!({}),
        7 => json!({ "enum": ["a", "b"] }),
        8 => json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        _ => reference("Plain"),
    }
}

/// Each name as a component of some form, which the next ones use.
pub(super) fn components(names: &[String]) -> String {
    let all = all(names);
    let mut schemas = Map::new();
    for (at, name) in all.iter().enumerate() {
        let before = reference(all[at.saturating_sub(1)]);
        let schema = match at % 8 {
            0 => json!({ "type": "object", "properties": { *name: before, "b": value(at / 8) } }),
            1 => json!({ "enum": [name, "b"] }),
            2 => json!({ "oneOf": [before, { "type": "string" }, { "type": "boolean" }] }),
            3 => json!({ "type": "array", "items": before }),
            4 => json!({ "type": "array", "minItems": 1, "prefixItems": [before, value(at / 8)] }),
            5 => json!({
                "type": "object", "required": ["tag"], "properties": { "tag": { "type": "string" } },
                "discriminator": { "propertyName": "tag" }
            }),
            // Derived from the one before.
            6 => json!({ "allOf": [before, { "properties": { *name: value(at / 8) } }] }),
            _ => json!({ "enum": [name, 1, true] }),
        };
        schemas.insert((*name).to_owned(), schema);
    }
    schemas.insert("Plain".to_owned(), json!({ "type": "object" }));
    description(json!({}), Value::Object(schemas))
}

/// Each name as a member, a value of an enumeration, an item, and a branch.
pub(super) fn members(names: &[String]) -> String {
    let all = all(names);
    let members: Map<String, Value> =
        all.iter().enumerate().map(|(at, name)| ((*name).to_owned(), value(at))).collect();
    let certain: Vec<&&str> = all.iter().step_by(3).collect();
    let patterns: Map<String, Value> = KEYWORDS
        .split_whitespace()
        .enumerate()
        .map(|(at, name)| (format!("^{name}_"), value(at)))
        .collect();
    let made = |names: &[&str], make: &dyn Fn(usize, &str) -> Value| -> Value {
        names.iter().enumerate().map(|(at, name)| make(at, name)).collect()
    };
    let each = |make: &dyn Fn(usize, &str) -> Value| made(&all, make);
    let branches = |make: &dyn Fn(usize, &str) -> Value| made(&few(), make);
    let listed = each(&|_, name| json!(name));
    let mixed = each(&|at, name| if at % 9 == 0 { json!(at) } else { json!(name) });
    let numbers = each(&|at, _| json!(at.to_string()));
    let constants = each(&|_, name| json!({ "const": name, "title": name }));
    let tagged = branches(&|_, name| {
        let members = json!({ "kind": { "const": name }, "value": { "type": "string" } });
        json!({ "type": "object", "required": ["kind"], "properties": members })
    });
    let titled = branches(&|at, name| {
        let members = json!({ format!("m{at}"): { "type": "string" } });
        json!({ "title": name, "type": "object", "properties": members })
    });
    let told = branches(&|_, name| {
        let members = json!({ name: { "type": "string" } });
        json!({ "type": "object", "required": [name], "properties": members })
    });
    let list = |name| json!({ "type": "array", "items": reference(name) });
    let lists = ["Plain", "Texts", "Mixed", "Named"].map(list);
    let mut schemas = json!({
        "Plain": { "type": "object", "properties": { "a": { "type": "string" } } },
        "Members": { "type": "object", "properties": members, "required": certain },
        "Patterns": { "type": "object", "patternProperties": patterns },
        "Texts": { "enum": listed },
        "Mixed": { "enum": mixed },
        "Named": { "type": "string", "x-enum-varnames": listed, "enum": numbers },
        "Constants": { "oneOf": constants },
        "Tagged": { "oneOf": tagged },
        "Titled": { "anyOf": titled },
        "Told": { "anyOf": told },
        "Lists": { "anyOf": lists },
    });
    for (at, names) in all.chunks(60).enumerate() {
        let items: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let mut item = value(at);
                item["title"] = json!(name);
                item
            })
            .collect();
        let name = format!("Items{at}");
        schemas[name] = json!({ "type": "array", "minItems": 30, "prefixItems": items });
    }
    description(json!({}), schemas)
}

/// Each name as an operation, a tag, a parameter, a header, a callback, and a part of a path.
pub(super) fn operations() -> String {
    let content = |value: Value| json!({ "application/json": { "schema": value } });
    let mut paths = Map::new();
    for (at, name) in few().into_iter().enumerate() {
        let object = json!({ "type": "object", "properties": { name: value(at) } });
        let listed = json!({ "enum": [name, "b"] });
        let callback = json!({ "{$request.body#/url}": { "post": {
            "requestBody": { "content": content(object.clone()) },
            "responses": { "200": { "description": "ok" } }
        } } });
        let operation = json!({
            "operationId": name,
            "tags": [name],
            "parameters": [{ "name": name, "in": "query", "schema": listed }],
            "requestBody": { "content": content(object.clone()) },
            "responses": { "200": {
                "description": "ok", "content": content(object), "headers": { name: { "schema": listed } }
            } },
            "callbacks": { name: callback }
        });
        let plain = json!({ "responses": { "200": {
            "description": "ok", "content": content(json!({ "enum": [name] }))
        } } });
        let segment = name.replace(['{', '}', '/', '?', '#'], " ");
        paths.insert(format!("/{at}/{segment}"), json!({ "post": operation, "get": plain }));
    }
    let plain =
        json!({ "Plain": { "type": "object", "properties": { "a": { "type": "string" } } } });
    description(Value::Object(paths), plain)
}
