//! Structs, enums, hierarchies and updates.

use super::docs;
use super::naming::{self, Scope, identifier};
use super::requests::Paths;
use super::table::Table;
use super::{
    Constant, Docs, Enum, Field, Hierarchy, HierarchyVariant, Item, Setter, Struct, Update,
    Variant, operations, types,
};
use crate::csdl::is_query_name;
use crate::edm::{
    Annotations, EnumTypeId, Expression, ItemType, Model, NavigationProperty, Primitive, Property,
    StructuredKind, StructuredTypeId, TypeId,
};
use std::sync::Arc;

/// What is said of a member whose name a query cannot hold.
const NO_QUERY: &str = "without a constant, because no query can name it";

const COMPUTED: &str = "Org.OData.Core.V1.Computed";
const DESCRIPTION: &str = "Org.OData.Core.V1.Description";
const IMMUTABLE: &str = "Org.OData.Core.V1.Immutable";
const LONG_DESCRIPTION: &str = "Org.OData.Core.V1.LongDescription";
const PERMISSIONS: &str = "Org.OData.Core.V1.Permissions";
const REVISIONS: &str = "Org.OData.Core.V1.Revisions";

/// All items that are made from a type.
pub(super) fn items(table: &Table<'_>, id: TypeId, paths: Option<Paths>) -> Vec<Item> {
    match id {
        TypeId::Structured(id) => {
            let structure = structure(table, id);
            if table.config.package.models_only {
                let hierarchy = hierarchy(table, id).map(Item::Hierarchy);
                return std::iter::once(Item::Struct(structure)).chain(hierarchy).collect();
            }
            let update = update(table, id, &structure.fields);
            let mut items = vec![Item::Struct(structure)];
            items.extend(hierarchy(table, id).map(Item::Hierarchy));
            items.extend(update.map(Item::Update));
            items.extend(operations::parameter_items(table, id));
            if let Some(paths) = paths {
                items.push(Item::Path(paths.single));
                items.extend(paths.collection.map(Item::Path));
            }
            items
        }
        TypeId::Enum(id) => vec![Item::Enum(enumeration(table, id))],
        TypeId::Definition(_) => Vec::new(),
    }
}

fn structure(table: &Table<'_>, id: StructuredTypeId) -> Struct {
    let model = table.model;
    let declared = model.structured(id);
    let mut scope = Scope::with_reserved(&["additional"]);
    let mut constants = Scope::default();
    let mut fields = Vec::new();
    for (owner, property) in model.all_properties(id) {
        let element = member(model, owner, &property.name);
        let name = table.claim(&mut scope, &element, &naming::value_name(&property.name));
        fields.push(Field {
            name: identifier(&name),
            wire_name: property.name.clone(),
            docs: Arc::new(property_docs(model, property)),
            value: types::property(table, id, &property.name, &property.value),
            constant: is_query_name(&property.name).then(|| Constant {
                name: constants.claim(&naming::constant_name(&name), &property.name).name,
                value: types::queried(table, &property.value),
                is_navigation: false,
            }),
        });
    }
    for (owner, navigation) in model.all_navigation_properties(id) {
        let element = member(model, owner, &navigation.name);
        let name = table.claim(&mut scope, &element, &naming::value_name(&navigation.name));
        let value = types::navigation(table, id, navigation);
        fields.push(Field {
            name: identifier(&name),
            wire_name: navigation.name.clone(),
            docs: Arc::new(navigation_docs(navigation)),
            constant: is_query_name(&navigation.name).then(|| Constant {
                name: constants.claim(&naming::constant_name(&name), &navigation.name).name,
                value: unboxed(value.clone()),
                is_navigation: true,
            }),
            value,
        });
    }
    let bases = model.bases(id).into_iter().skip(1);
    let bases =
        bases.map(|base| table.item(TypeId::Structured(base), &table.structured(base).name));
    Struct {
        name: table.structured(id).name.clone(),
        wire_name: declared.name.to_string(),
        docs: type_docs(&declared.annotations, &declared.name.to_string()),
        is_queried: !table.config.package.models_only,
        bases: bases.collect(),
        fields,
        additional: "additional".to_owned(),
    }
}

fn enumeration(table: &Table<'_>, id: EnumTypeId) -> Enum {
    let declared = table.model.enum_type(id);
    let mut scope = Scope::with_reserved(&["Unrecognized"]);
    let mut variants = Vec::new();
    for member in &declared.members {
        let element = format!("{}/{}", declared.name, member.name);
        let name = table.claim(&mut scope, &element, &naming::type_name(&member.name));
        variants.push(Variant {
            name: identifier(&name),
            wire_name: member.name.clone(),
            docs: element_docs(
                &member.annotations,
                format!("The member {}.", docs::code(&member.name)),
                Some(format!("Wire name {}.", docs::code(&member.name))),
            ),
        });
    }
    Enum {
        name: table.place(TypeId::Enum(id)).name.clone(),
        wire_name: declared.name.to_string(),
        docs: type_docs(&declared.annotations, &declared.name.to_string()),
        variants,
        unrecognized: "Unrecognized".to_owned(),
    }
}

fn hierarchy(table: &Table<'_>, id: StructuredTypeId) -> Option<Hierarchy> {
    let name = table.structured(id).hierarchy.clone()?;
    let derived = table.hierarchy(id)?.to_vec();
    let model = table.model;
    let mut scope = Scope::default();
    let mut variant = |table: &Table<'_>, id: StructuredTypeId| {
        let wire_name = model.structured(id).name.to_string();
        let wanted = table.structured(id).name.clone();
        HierarchyVariant {
            name: identifier(&table.claim(&mut scope, &format!("{wire_name} (variant)"), &wanted)),
            alias: table.alias(&model.structured(id).name),
            value: table.item(TypeId::Structured(id), &wanted),
            wire_name,
        }
    };
    let base = variant(table, id);
    let derived = derived.into_iter().map(|id| variant(table, id)).collect();
    let wire_name = docs::code(&base.wire_name);
    Some(Hierarchy {
        name,
        docs: Docs {
            paragraphs: vec![
                format!("An object of type {wire_name} or of a type derived from it."),
                "What the schema does not know is kept as the base type, with its `@odata.type`."
                    .to_owned(),
            ],
            deprecated: None,
        },
        base,
        derived,
    })
}

/// The update of a type, whose struct has these fields.
fn update(table: &Table<'_>, id: StructuredTypeId, fields: &[Field]) -> Option<Update> {
    let model = table.model;
    let name = table.structured(id).update.clone()?;
    let key: Vec<&str> = model
        .effective_key(id)
        .map(|key| key.properties.iter().map(|part| part.path[0].as_str()).collect())
        .unwrap_or_default();
    let mut scope = Scope::with_reserved(&["new", "additional"]);
    let mut setters = Vec::new();
    for ((owner, property), field) in model.all_properties(id).into_iter().zip(fields) {
        let stream = property.value.item == ItemType::Primitive(Primitive::Stream);
        if stream || key.contains(&property.name.as_str()) || !is_writable(&property.annotations) {
            continue;
        }
        let element = member(model, owner, &property.name);
        let name = table.claim(&mut scope, &element, &naming::value_name(&property.name));
        setters.push(Setter {
            name: identifier(&name),
            nullable: is_nullable(property),
            wire_name: property.name.clone(),
            docs: Arc::clone(&field.docs),
            value: unboxed(field.value.clone()),
        });
    }
    let link = docs::link(&table.structured(id).name);
    let is_complex = model.structured(id).kind == StructuredKind::Complex;
    Some(Update {
        name,
        wire_name: model.structured(id).name.to_string(),
        docs: Docs {
            paragraphs: vec![
                format!("Changes to a {link}."),
                "What is not set stays as it is; what is set to `None` becomes null.".to_owned(),
            ],
            deprecated: None,
        },
        object: Some(table.item(TypeId::Structured(id), &table.structured(id).name)),
        part: is_complex.then(|| types::entity(table, id)),
        setters,
    })
}

/// A member as the configuration names it.
fn member(model: &Model, owner: StructuredTypeId, name: &str) -> String {
    let owner = &model.structured(owner).name;
    [&owner.namespace, ".", &owner.name, "/", name].concat()
}

/// Setters take the value itself.
fn unboxed(value: super::Type) -> super::Type {
    match value {
        super::Type::Box(inner) => *inner,
        other => other,
    }
}

/// Null is a value of single properties unless the schema denies it, and never of collections.
fn is_nullable(property: &Property) -> bool {
    !property.value.collection && property.value.nullable != Some(false)
}

fn is_writable(annotations: &Annotations) -> bool {
    let read_only = match annotations.get(PERMISSIONS) {
        Some(Expression::EnumMember(members)) => {
            members.len() == 1 && members[0].ends_with("/Read")
        }
        // CSDL JSON has the members as a text.
        Some(Expression::String(members)) => members == "Read",
        _ => false,
    };
    !read_only && !annotations.is_true(COMPUTED) && !annotations.is_true(IMMUTABLE)
}

fn type_docs(annotations: &Annotations, wire_name: &str) -> Docs {
    let wire_name = docs::code(wire_name);
    element_docs(
        annotations,
        format!("The type {wire_name}."),
        Some(format!("Wire name {wire_name}.")),
    )
}

fn property_docs(model: &Model, property: &Property) -> Docs {
    let wire_name = docs::code(&property.name);
    let mut facts = vec![format!("Wire name {wire_name}")];
    match property.value.item {
        ItemType::Definition(id) => {
            let name = docs::code(&model.definition(id).name.to_string());
            facts.push(format!("type {name}"));
        }
        ItemType::Primitive(Primitive::Stream) => {
            facts.push("a stream, here only where the service sends it inline".to_owned());
        }
        _ => {}
    }
    if !property.value.collection && property.value.nullable == Some(false) {
        facts.push("never null".to_owned());
    }
    if property.annotations.is_true(COMPUTED) {
        facts.push("set by the service".to_owned());
    } else if property.annotations.is_true(IMMUTABLE) {
        facts.push("set on creation only".to_owned());
    }
    if !is_query_name(&property.name) {
        facts.push(NO_QUERY.to_owned());
    }
    if let Some(length) = property.value.facets.max_length {
        facts.push(format!("at most {length} long"));
    }
    facts.extend(constraints(&property.annotations));
    if let Some(default) = &property.default {
        facts.push(format!("default {}", docs::code(default)));
    }
    element_docs(
        &property.annotations,
        format!("The property {wire_name}."),
        Some(format!("{}.", facts.join(", "))),
    )
}

/// What the validation vocabulary says of a property's values.
fn constraints(annotations: &Annotations) -> Vec<String> {
    let mut facts = Vec::new();
    if annotations.0.is_empty() {
        return facts;
    }
    for (term, words) in [("Minimum", "at least"), ("Maximum", "at most")] {
        let bound = match annotations.get_of("Org.OData.Validation.V1.", term) {
            Some(Expression::Int(value)) => value.to_string(),
            Some(Expression::Decimal(text) | Expression::Float(text)) => text.clone(),
            _ => continue,
        };
        facts.push(format!("{words} {}", docs::code(&bound)));
    }
    if let Some(pattern) = annotations.text("Org.OData.Validation.V1.Pattern") {
        facts.push(format!("of the form {}", docs::code(pattern)));
    }
    if let Some(Expression::Collection(types)) =
        annotations.get("Org.OData.Validation.V1.DerivedTypeConstraint")
    {
        let names: Vec<String> = types
            .iter()
            .filter_map(|one| match one {
                Expression::String(name) => Some(docs::code(name)),
                _ => None,
            })
            .collect();
        facts.push(format!("only of the types {}", names.join(", ")));
    }
    if annotations.is_true("Org.OData.Core.V1.IsURL") {
        facts.push("a URL".to_owned());
    }
    facts
}

fn navigation_docs(navigation: &NavigationProperty) -> Docs {
    let wire_name = docs::code(&navigation.name);
    let mut facts = format!("Wire name {wire_name}, present only where it was expanded");
    if !is_query_name(&navigation.name) {
        facts.push_str(", ");
        facts.push_str(NO_QUERY);
    }
    facts.push('.');
    let otherwise = format!("The related {wire_name}.");
    element_docs(&navigation.annotations, otherwise, Some(facts))
}

/// The documentation of any element: what the schema says, then the facts.
pub(super) fn element_docs(
    annotations: &Annotations,
    otherwise: String,
    facts: Option<String>,
) -> Docs {
    let mut paragraphs = annotations.text(DESCRIPTION).map(docs::paragraphs).unwrap_or_default();
    if let Some(long) = annotations.text(LONG_DESCRIPTION) {
        paragraphs.extend(docs::paragraphs(long));
    }
    if paragraphs.is_empty() {
        paragraphs.push(otherwise);
    }
    paragraphs.extend(facts);
    Docs { paragraphs, deprecated: deprecation(annotations) }
}

/// The note of a deprecation, from the revisions of the element.
fn deprecation(annotations: &Annotations) -> Option<String> {
    let Some(Expression::Collection(revisions)) = annotations.get(REVISIONS) else {
        return None;
    };
    revisions.iter().filter_map(Expression::as_record).find_map(|revision| {
        match revision.get("Kind") {
            Some(Expression::EnumMember(kind))
                if kind.iter().any(|k| k.ends_with("/Deprecated")) => {}
            // CSDL JSON has the member as a text.
            Some(Expression::String(kind)) if kind == "Deprecated" => {}
            _ => return None,
        }
        let text = match revision.get("Description") {
            Some(Expression::String(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => "deprecated by the service".to_owned(),
        };
        Some(match revision.get("RemovalDate") {
            Some(Expression::Date(date) | Expression::String(date)) => {
                format!("{text} (to be removed on {date})")
            }
            _ => text,
        })
    })
}
