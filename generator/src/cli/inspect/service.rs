//! What a service of OData has.

use super::super::slice::patterns;
use super::{Inspect, url};
use schemacrate::internals::edm::{Model, OperationKind, StructuredKind, TypeId};
use schemacrate::internals::slice::{Pattern, Reason, Sliced, slice, why};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

impl Inspect {
    /// What is asked for of a service.
    pub(super) fn service(&self, model: &Model, slicing: &Slicing<'_>) -> Result<Value, String> {
        if self.pages {
            return Err("error: the pages of OData services need no configuration".to_owned());
        }
        let only_of_apis = [&self.tag, &self.operation];
        if only_of_apis.iter().any(|one| !one.is_empty()) {
            let message = "error: --tag and --operation are for OpenAPI documents; ask for the types and \
                           operations of a service with --type and --path";
            return Err(message.to_owned());
        }
        let mut report = Map::new();
        let questions: Vec<&String> = self.path.iter().chain(&self.types).collect();
        if questions.is_empty() && self.url.is_empty() && self.why.is_empty() {
            report.insert("counts".to_owned(), counts(model));
            report.insert("schemas".to_owned(), schemas(model));
            report.insert("container".to_owned(), container(model));
        }
        for question in questions {
            report.insert(question.clone(), answer(model, question)?);
        }
        for name in &self.why {
            report.insert(format!("why {name}"), reasons(slicing, name)?);
        }
        for url in &self.url {
            let explained = url::explain(model, &self.default_namespace, url)?;
            report.insert(url.clone(), explained);
        }
        Ok(Value::Object(report))
    }
}

/// How a slice is made.
pub(super) struct Slicing<'a> {
    /// The whole service.
    pub(super) whole: &'a Model,
    /// What is included.
    pub(super) include: Vec<String>,
    /// What is excluded.
    pub(super) exclude: Vec<String>,
}

/// Why a type is part of the slice: the chain that leads to it, one line for each link.
fn reasons(slicing: &Slicing<'_>, name: &str) -> Result<Value, String> {
    let include = patterns(&slicing.include, Pattern::parse_included)?;
    let exclude = patterns(&slicing.exclude, Pattern::parse_excluded)?;
    // As a crate has it.
    let model = slicing.whole.clone().with_merged_versions();
    let chain = why(&model, (&include, &exclude), name).map_err(|(message, help)| {
        let help = help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        format!("error: {message}{help}")
    })?;
    let link = |one: &Reason| json!({ "via": one.via, "reaches": one.reaches });
    Ok(chain.iter().map(link).collect())
}

/// What a path refers to, or what a type or an operation needs.
fn answer(model: &Model, question: &str) -> Result<Value, String> {
    let pattern = Pattern::parse_included(question).map_err(|error| format!("error: {error}"))?;
    let Sliced { model: reached, slips, .. } = slice(model, std::slice::from_ref(&pattern), &[]);
    if let Some(slip) = slips.first() {
        let help = slip.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let message = &slip.message;
        return Err(format!("error: nothing in the service matches `{question}`: {message}{help}"));
    }
    let mut found = Map::new();
    if let Pattern::Path(path) = &pattern {
        let ends: Vec<Value> =
            schemacrate::internals::slice::ends(model, path).into_iter().map(Value::from).collect();
        found.insert("leadsTo".to_owned(), Value::Array(ends));
    }
    let types: Vec<Value> =
        reached.types_by_name.keys().map(|name| name.to_string().into()).collect();
    found.insert("types".to_owned(), Value::Array(types));
    let operations: Vec<Value> =
        reached.operations.iter().map(|one| one.name.to_string().into()).collect();
    found.insert("operations".to_owned(), Value::Array(operations));
    Ok(Value::Object(found))
}

fn counts(model: &Model) -> Value {
    let structured = |kind| model.structured_types.iter().filter(|one| one.kind == kind).count();
    let operations = |kind| model.operations.iter().filter(|one| one.kind == kind).count();
    let properties: usize = model.structured_types.iter().map(|one| one.properties.len()).sum();
    let navigations: usize =
        model.structured_types.iter().map(|one| one.navigation_properties.len()).sum();
    let members: usize = model.enum_types.iter().map(|one| one.members.len()).sum();
    let container = model.container.as_ref();
    json!({
        "schemas": model.schemas.len(),
        "entityTypes": structured(StructuredKind::Entity),
        "complexTypes": structured(StructuredKind::Complex),
        "enumTypes": model.enum_types.len(),
        "enumMembers": members,
        "typeDefinitions": model.type_definitions.len(),
        "properties": properties,
        "navigationProperties": navigations,
        "actions": operations(OperationKind::Action),
        "functions": operations(OperationKind::Function),
        "terms": model.terms.len(),
        "entitySets": container.map_or(0, |one| one.entity_sets.len()),
        "singletons": container.map_or(0, |one| one.singletons.len()),
        "operationImports": container.map_or(0, |one| one.imports.len()),
    })
}

/// The names in each schema.
fn schemas(model: &Model) -> Value {
    let mut schemas: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for schema in &model.schemas {
        let entry = schemas.entry(&schema.namespace).or_default();
        entry.insert("alias".to_owned(), schema.alias.clone().into());
    }
    let mut add = |namespace: &'_ str, kind: &str, name: &str, value: Value| {
        if let Some(schema) = schemas.get_mut(namespace) {
            let kind = schema.entry(kind.to_owned()).or_insert_with(|| json!({}));
            if let Value::Object(kind) = kind {
                kind.insert(name.to_owned(), value);
            }
        }
    };
    for (name, id) in &model.types_by_name {
        let (kind, value) = describe(model, *id);
        add(&name.namespace, kind, &name.name, value);
    }
    let mut overloads: BTreeMap<_, usize> = BTreeMap::new();
    for operation in &model.operations {
        *overloads.entry((operation.kind, &operation.name)).or_default() += 1;
    }
    for ((kind, name), count) in overloads {
        let kind = match kind {
            OperationKind::Action => "actions",
            OperationKind::Function => "functions",
        };
        add(&name.namespace, kind, &name.name, json!({ "overloads": count }));
    }
    for term in &model.terms {
        add(&term.name.namespace, "terms", &term.name.name, json!({}));
    }
    serde_json::to_value(schemas).unwrap_or_default()
}

fn describe(model: &Model, id: TypeId) -> (&'static str, Value) {
    match id {
        TypeId::Structured(id) => {
            let declared = model.structured(id);
            let kind = match declared.kind {
                StructuredKind::Entity => "entityTypes",
                StructuredKind::Complex => "complexTypes",
            };
            let properties: Vec<&str> =
                declared.properties.iter().map(|one| one.name.as_str()).collect();
            let navigations: Vec<&str> =
                declared.navigation_properties.iter().map(|one| one.name.as_str()).collect();
            let base = declared.base.map(|base| model.structured(base).name.to_string());
            (
                kind,
                json!({ "base": base, "properties": properties, "navigationProperties": navigations }),
            )
        }
        TypeId::Enum(id) => {
            let members: Map<String, Value> = model
                .enum_type(id)
                .members
                .iter()
                .map(|one| (one.name.clone(), one.value.into()))
                .collect();
            ("enumTypes", json!({ "members": members }))
        }
        TypeId::Definition(id) => (
            "typeDefinitions",
            json!({ "underlying": model.definition(id).underlying.to_string() }),
        ),
    }
}

fn container(model: &Model) -> Value {
    let Some(container) = &model.container else { return Value::Null };
    let type_name = |id| model.structured(id).name.to_string();
    let sets: Map<String, Value> = container
        .entity_sets
        .iter()
        .map(|one| (one.name.clone(), type_name(one.entity_type).into()))
        .collect();
    let singletons: Map<String, Value> = container
        .singletons
        .iter()
        .map(|one| (one.name.clone(), type_name(one.entity_type).into()))
        .collect();
    let imports: Vec<&str> = container.imports.iter().map(|one| one.name.as_str()).collect();
    json!({
        "name": container.name.to_string(),
        "entitySets": sets,
        "singletons": singletons,
        "operationImports": imports,
    })
}

/// A report for people: one line for each name, lists in one line.
pub(super) fn outline(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        let _ = match value {
            Value::Object(inner) if depth > 1 && inner.is_empty() => {
                writeln!(text, "{indent}{name}")
            }
            Value::Object(_) => {
                let _ = writeln!(text, "{indent}{name}:");
                outline(value, depth + 1, text);
                Ok(())
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let _ = writeln!(text, "{indent}{name}:");
                for item in items.iter().filter_map(Value::as_object) {
                    let values: Vec<&str> = item.values().rev().filter_map(Value::as_str).collect();
                    let _ = writeln!(text, "{indent}  {}", values.join(" | "));
                }
                Ok(())
            }
            Value::Array(items) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                writeln!(text, "{indent}{name}: {}", items.join(", "))
            }
            Value::String(value) => writeln!(text, "{indent}{name}: {value}"),
            Value::Null => Ok(()),
            value => writeln!(text, "{indent}{name}: {value}"),
        };
    }
}
