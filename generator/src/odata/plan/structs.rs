//! Structs, enums, hierarchies and updates.

use super::requests::Paths;
use super::table::Table;
use super::{operations, types};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Constant, Docs, Enum, Field, Hierarchy, HierarchyVariant, Item, Prose, Setter, Struct, Type,
    Update, Variant,
};
use crate::odata::csdl::is_query_name;
use crate::odata::edm::{
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

/// How the name of an element in JSON and URLs is introduced.
pub(super) const WIRE_NAME: &str = "Wire name ";

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
    let has_queries = !table.config.package.models_only;
    let is_queried = |name: &str| has_queries && is_query_name(name);
    for (owner, property) in model.all_properties(id) {
        let element = member(model, owner, &property.name);
        let name = table.claim(&mut scope, &element, &naming::value_name(&property.name));
        fields.push(Field {
            name: identifier(&name),
            wire_name: property.name.clone(),
            docs: Arc::new(property_docs(model, property)),
            value: types::property(table, id, &property.name, &property.value).optional(),
            constant: is_queried(&property.name).then(|| Constant {
                name: constants.claim(&naming::constant_name(&name), &property.name).name,
                value: types::queried(table, &property.value).property(),
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
            constant: is_queried(&navigation.name).then(|| Constant {
                name: constants.claim(&naming::constant_name(&name), &navigation.name).name,
                value: outside_box(&value).navigation(),
            }),
            value: value.optional(),
        });
    }
    let bases = model.bases(id).into_iter().skip(1).filter(|_| has_queries);
    let bases =
        bases.map(|base| table.item(TypeId::Structured(base), &table.structured(base).name));
    Struct {
        name: table.structured(id).name.clone(),
        wire_name: declared.name.to_string(),
        docs: type_docs(&declared.annotations, &declared.name.to_string()),
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
                Prose::new("The member ").code(&member.name).words("."),
                Some(Prose::new(WIRE_NAME).code(&member.name).words(".")),
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
    let object = Prose::new("An object of type ").code(&base.wire_name);
    Some(Hierarchy {
        name,
        docs: Docs {
            paragraphs: vec![
                object.words(" or of a type derived from it."),
                Prose::new(
                    "What the schema does not know is kept as the base type, with its `@odata.type`.",
                ),
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
            wire_name: property.name.clone(),
            docs: Arc::clone(&field.docs),
            takes: types::assigned(
                outside_box(field.inner()),
                property.value.item,
                is_nullable(property),
            ),
        });
    }
    let is_complex = model.structured(id).kind == StructuredKind::Complex;
    Some(Update {
        name,
        wire_name: model.structured(id).name.to_string(),
        docs: Docs {
            paragraphs: vec![
                Prose::new("Changes to a ").link(&table.structured(id).name).words("."),
                Prose::new("What is not set stays as it is; what is set to `None` becomes null."),
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
fn outside_box(value: &Type) -> Type {
    match value {
        Type::Box(inner) => (**inner).clone(),
        other => other.clone(),
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
    element_docs(
        annotations,
        Prose::new("The type ").code(wire_name).words("."),
        Some(Prose::new(WIRE_NAME).code(wire_name).words(".")),
    )
}

fn property_docs(model: &Model, property: &Property) -> Docs {
    let mut facts = vec![Prose::new(WIRE_NAME).code(&property.name)];
    match property.value.item {
        ItemType::Definition(id) => {
            let name = model.definition(id).name.to_string();
            facts.push(Prose::new("type ").code(&name));
        }
        ItemType::Primitive(Primitive::Stream) => {
            facts.push(Prose::new("a stream, here only where the service sends it inline"));
        }
        _ => {}
    }
    if !property.value.collection && property.value.nullable == Some(false) {
        facts.push(Prose::new("never null"));
    }
    if property.annotations.is_true(COMPUTED) {
        facts.push(Prose::new("set by the service"));
    } else if property.annotations.is_true(IMMUTABLE) {
        facts.push(Prose::new("set on creation only"));
    }
    if !is_query_name(&property.name) {
        facts.push(Prose::new(NO_QUERY));
    }
    if let Some(length) = property.value.facets.max_length {
        facts.push(Prose::new("at most ").number(length).words(" long"));
    }
    facts.extend(constraints(&property.annotations));
    if let Some(default) = &property.default {
        facts.push(Prose::new("default ").code(default));
    }
    element_docs(
        &property.annotations,
        Prose::new("The property ").code(&property.name).words("."),
        Some(Prose::sentence(&facts)),
    )
}

/// What the validation vocabulary says of a property's values.
fn constraints(annotations: &Annotations) -> Vec<Prose> {
    let mut facts = Vec::new();
    if annotations.0.is_empty() {
        return facts;
    }
    for (term, words) in [("Minimum", "at least "), ("Maximum", "at most ")] {
        let bound = match annotations.get_of("Org.OData.Validation.V1.", term) {
            Some(Expression::Int(value)) => value.to_string(),
            Some(Expression::Decimal(text) | Expression::Float(text)) => text.clone(),
            _ => continue,
        };
        facts.push(Prose::new(words).code(&bound));
    }
    if let Some(pattern) = annotations.text("Org.OData.Validation.V1.Pattern") {
        facts.push(Prose::new("of the form ").code(pattern));
    }
    if let Some(Expression::Collection(types)) =
        annotations.get("Org.OData.Validation.V1.DerivedTypeConstraint")
    {
        let names = types.iter().filter_map(|one| match one {
            Expression::String(name) => Some(name.as_str()),
            _ => None,
        });
        facts.push(Prose::new("only of the types ").codes(names));
    }
    if annotations.is_true("Org.OData.Core.V1.IsURL") {
        facts.push(Prose::new("a URL"));
    }
    facts
}

fn navigation_docs(navigation: &NavigationProperty) -> Docs {
    let mut facts =
        Prose::new(WIRE_NAME).code(&navigation.name).words(", present only where it was expanded");
    if !is_query_name(&navigation.name) {
        facts = facts.words(", ").words(NO_QUERY);
    }
    element_docs(
        &navigation.annotations,
        Prose::new("The related ").code(&navigation.name).words("."),
        Some(facts.words(".")),
    )
}

/// The documentation of any element: what the schema says, then the facts.
pub(super) fn element_docs(
    annotations: &Annotations,
    otherwise: Prose,
    facts: Option<Prose>,
) -> Docs {
    let mut paragraphs = annotations.text(DESCRIPTION).map(Prose::paragraphs).unwrap_or_default();
    if let Some(long) = annotations.text(LONG_DESCRIPTION) {
        paragraphs.extend(Prose::paragraphs(long));
    }
    if paragraphs.is_empty() {
        paragraphs.push(otherwise);
    }
    paragraphs.extend(facts);
    Docs { paragraphs, deprecated: deprecation(annotations) }
}

/// The note of a deprecation, from the revisions of the element.
fn deprecation(annotations: &Annotations) -> Option<Prose> {
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
            Some(Expression::String(text)) => Prose::default().text(text),
            _ => Prose::new("deprecated by the service"),
        };
        Some(match revision.get("RemovalDate") {
            Some(Expression::Date(date) | Expression::String(date)) => {
                text.words(" (to be removed on ").text(date).words(")")
            }
            _ => text,
        })
    })
}
