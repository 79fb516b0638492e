//! Structs, enums, hierarchies and updates.

use super::table::Table;
use super::{definitions, hooks, types};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Changed, Constant, Docs, Enum, Field, Heir, Hierarchy, HierarchyVariant, Item, ItemPath, Kind,
    Layout, Lineage, Presence, Prose, Setter, Struct, Type, Update, Variant,
};
use crate::odata::csdl::is_query_name;
use crate::odata::edm::{
    Annotations, EnumTypeId, Facets, ItemType, Member, Model, NavigationProperty, Primitive,
    Property, StructuredKind, StructuredTypeId, TypeId,
};
use std::sync::{Arc, LazyLock};

/// The note on a member whose name cannot be written in a query.
const NO_QUERY: &str = "without a constant, because no query can name it";

/// The methods that every builder of changes has; a setter cannot have these names.
pub(super) static SETTERS: LazyLock<Vec<&str>> = LazyLock::new(|| Kind::Update.functions());

/// The field that holds what the schema does not declare.
const ADDITIONAL: &str = "additional";

/// What a member cannot be called: a member has one name, as a field and as a setter.
static MEMBERS: LazyLock<Vec<&str>> = LazyLock::new(|| [&[ADDITIONAL], &SETTERS[..]].concat());

/// The items that are generated for a type, except its paths.
pub(super) fn items(table: &Table<'_>, id: TypeId) -> Vec<Item> {
    match id {
        TypeId::Structured(id) => {
            let fields = fields(table, id);
            let models_only = table.config.package.models_only;
            let update = if models_only { None } else { update(table, id, &fields) };
            let mut items = Vec::new();
            if table.structured(id).external.is_none() {
                items.push(Item::Struct(structure(table, id, fields)));
            }
            items.extend(hierarchy(table, id).map(Item::Hierarchy));
            items.extend(update.map(Item::Update));
            items
        }
        TypeId::Enum(_) if table.place(id).external.is_some() => Vec::new(),
        TypeId::Enum(id) => vec![Item::Enum(enumeration(table, id))],
        TypeId::Definition(id) => vec![Item::Alias(definitions::alias(table, id))],
    }
}

/// A member of a type with its field.
struct Planned<'m> {
    member: Member<'m>,
    field: Field,
}

/// The fields of a struct.
fn fields<'m>(table: &Table<'m>, id: StructuredTypeId) -> Vec<Planned<'m>> {
    let model = table.model;
    let mut scope = Scope::with_reserved(&MEMBERS);
    let mut constants = Scope::default();
    let has_queries = !table.config.package.models_only;
    let key = key(model, id);
    let field = |(owner, member): (StructuredTypeId, Member<'m>)| {
        let wire_name = member.name();
        let element = element(model, owner, wire_name);
        let wanted = naming::value_name(wire_name);
        let name = table.claim(&mut scope, (&element, member.span()), &wanted);
        let (mut docs, value, queried) = match member {
            Member::Property(one) => {
                let value = types::property(table, id, wire_name, &one.value);
                let docs = property_docs(model, one, key_fact(&key, one));
                (docs, value, types::queried(table, &one.value).property())
            }
            Member::Navigation(one) => {
                let value = types::navigation(table, id, one);
                let queried = outside_box(&value).navigation();
                (navigation_docs(one), value, queried)
            }
        };
        docs.alias(&name, wire_name);
        let is_queried = has_queries && is_query_name(wire_name);
        let constant = is_queried.then(|| Constant {
            name: constants.claim(&naming::constant_name(&name), wire_name).name,
            value: queried,
        });
        let field = Field {
            name: identifier(&name),
            wire_name: wire_name.to_owned(),
            docs: Arc::new(docs),
            attributes: hooks::attributes(
                table.config,
                &model.structured(owner).name,
                Some(wire_name),
            ),
            presence: match value {
                Type::Box(_) => Presence::Boxed,
                _ => Presence::Optional,
            },
            value: value.optional(),
            constant,
        };
        Planned { member, field }
    };
    table.service.members.of(id).iter().map(field).collect()
}

/// The properties at the top of an entity that its key consists of.
fn key(model: &Model, id: StructuredTypeId) -> Vec<&str> {
    let key = model.effective_key(id);
    key.map(|key| key.properties.iter().map(|part| part.path[0].as_str()).collect())
        .unwrap_or_default()
}

/// What a property is for the key.
fn key_fact(key: &[&str], property: &Property) -> Option<Prose> {
    let is_part = key.contains(&property.name.as_str());
    is_part.then(|| Prose::new(if key.len() == 1 { "the key" } else { "a part of the key" }))
}

fn structure(table: &Table<'_>, id: StructuredTypeId, fields: Vec<Planned<'_>>) -> Struct {
    let model = table.model;
    let declared = model.structured(id);
    let bases = model.bases(id).into_iter().skip(1).map(|base| item(table, base));
    let any = table.structured(id).hierarchy.as_deref();
    let latest = declared.versions.last().into_iter();
    let latest = latest.map(|one| Prose::new("up to its version ").code(&one.to_string()));
    Struct {
        name: table.structured(id).name.clone(),
        wire_name: declared.name.to_string(),
        docs: type_docs(
            &declared.annotations,
            kind(declared.kind),
            (&table.structured(id).name, &declared.name.to_string()),
            latest.collect(),
        ),
        attributes: hooks::attributes(table.config, &declared.name, None),
        bases: bases.collect(),
        lineage: lineage(table, id),
        any: any.map(|name| table.item(TypeId::Structured(id), name)),
        fields: fields.into_iter().map(|one| one.field).collect(),
        additional: ADDITIONAL.to_owned(),
        layout: Layout::OData { named: names(model, id).next().unwrap_or_default() },
    }
}

/// The struct of a type.
fn item(table: &Table<'_>, id: StructuredTypeId) -> ItemPath {
    table.item(TypeId::Structured(id), &table.structured(id).name)
}

/// The names by which a value may name a type: the one that a program sends comes first, which is that of
/// the latest version.
fn names(model: &Model, id: StructuredTypeId) -> impl Iterator<Item = String> {
    let declared = model.structured(id);
    let names = declared.versions.iter().rev().chain([&declared.name]);
    names.flat_map(|name| [Some(name.to_string()), model.aliased(name)]).flatten()
}

/// The names of a type and of what is derived from it, if it has derived types.
fn lineage(table: &Table<'_>, id: StructuredTypeId) -> Option<Lineage> {
    let model = table.model;
    if table.descendants(id).is_empty() {
        return None;
    }
    let mut lineage = Lineage { names: names(model, id).collect(), derived: Vec::new() };
    for &derived in table.descendants(id) {
        let mut bases = model.bases(derived).into_iter();
        let own = bases.next();
        let is_external = |id: StructuredTypeId| table.structured(id).external.is_some();
        // The nearest base that is generated has the names of the others.
        if bases.find(|base| *base == id || !is_external(*base)) != Some(id) {
            continue;
        }
        if table.descendants(derived).is_empty() {
            lineage.derived.push(Heir::Last(names(model, derived).collect()));
        } else if own.is_some_and(is_external) {
            lineage.names.extend(names(model, derived));
        } else {
            lineage.derived.push(Heir::Base(item(table, derived)));
        }
    }
    Some(lineage)
}

fn enumeration(table: &Table<'_>, id: EnumTypeId) -> Enum {
    let declared = table.model.enum_type(id);
    let mut scope = Scope::with_reserved(&["Unrecognized"]);
    let mut variants = Vec::new();
    for member in &declared.members {
        let element = format!("{}/{}", declared.name, member.name);
        let name =
            table.claim(&mut scope, (&element, member.span), &naming::type_name(&member.name));
        variants.push(Variant {
            name: identifier(&name),
            wire_name: member.name.clone(),
            docs: {
                let what = Prose::new("The member ");
                let mut docs = element_docs(&member.annotations, what, &member.name, Vec::new());
                docs.alias(&name, &member.name);
                docs
            },
            attributes: hooks::attributes(table.config, &declared.name, Some(&member.name)),
        });
    }
    Enum {
        name: table.place(TypeId::Enum(id)).name.clone(),
        wire_name: declared.name.to_string(),
        docs: type_docs(
            &declared.annotations,
            "The enumeration ",
            (&table.place(TypeId::Enum(id)).name, &declared.name.to_string()),
            Vec::new(),
        ),
        attributes: hooks::attributes(table.config, &declared.name, None),
        variants,
        unrecognized: "Unrecognized".to_owned(),
    }
}

fn hierarchy(table: &Table<'_>, id: StructuredTypeId) -> Option<Hierarchy> {
    let name = table.structured(id).hierarchy.clone()?;
    let derived = table.descendants(id).to_vec();
    let model = table.model;
    let mut scope = Scope::default();
    let mut variant = |table: &Table<'_>, id: StructuredTypeId| {
        let wire_name = model.structured(id).name.to_string();
        let wanted = table.structured(id).name.clone();
        let element = format!("{wire_name} (variant)");
        HierarchyVariant {
            name: identifier(&table.claim(
                &mut scope,
                (&element, model.structured(id).span),
                &wanted,
            )),
            others: names(model, id).filter(|name| *name != wire_name).collect(),
            value: table.item(TypeId::Structured(id), &wanted),
            wire_name,
        }
    };
    let base = variant(table, id);
    let derived = derived.into_iter().map(|id| variant(table, id)).collect();
    let object = Prose::new("An object of type ").code(&base.wire_name);
    Some(Hierarchy {
        name,
        docs: Docs::new(vec![
            object.words(" or of a type derived from it."),
            Prose::new(
                "A type that the schema does not know is kept as the base type, with its `@odata.type`.",
            ),
        ]),
        base,
        derived,
    })
}

/// The builder of changes to a type, whose struct has these fields. A setter is called as the field is.
fn update(table: &Table<'_>, id: StructuredTypeId, fields: &[Planned<'_>]) -> Option<Update> {
    let model = table.model;
    let name = table.structured(id).update.clone()?;
    let key = key(model, id);
    let setters = fields.iter().filter_map(|one| setter(table, id, &key, one)).collect();
    Some(Update {
        name,
        wire_name: model.structured(id).name.to_string(),
        docs: Docs::new(vec![
            Prose::new("Changes to a ")
                .link(&table.structured(id).name)
                .words(", or the members of a new one."),
            Prose::new(
                "A member that is not set stays unchanged; one that is set to `Null` or `None` becomes null.",
            ),
        ]),
        changed: Changed::Object(table.item(TypeId::Structured(id), &table.structured(id).name)),
        setters,
    })
}

/// The setter for a member that a client may write at some time.
fn setter(
    table: &Table<'_>,
    id: StructuredTypeId,
    key: &[&str],
    planned: &Planned<'_>,
) -> Option<Setter> {
    let Planned { member, field } = planned;
    let (annotations, facts, takes): (_, Vec<Prose>, _) = match member {
        Member::Property(one) if one.value.item == ItemType::Primitive(Primitive::Stream) => {
            return None;
        }
        Member::Property(one) => {
            let takes = types::taken(types::value(table, &one.value), one.value.allows_null());
            let key_fact = key_fact(key, one);
            let annotations = &one.annotations;
            // A key that can only be read has to come from whoever creates the object, unless the service
            // computes it.
            if annotations.is_read_only() && key_fact.is_none() {
                return None;
            }
            let creation = annotations.is_immutable() || annotations.is_read_only();
            let creation = creation.then(|| Prose::new("set on creation only"));
            let facts = key_fact.into_iter().chain(creation).chain(limits(one)).collect();
            (annotations, facts, takes)
        }
        Member::Navigation(one) if one.annotations.is_read_only() => return None,
        Member::Navigation(one) => {
            let is_nullable = !one.collection && one.nullable != Some(false);
            let takes = types::taken(types::targets(table, one), is_nullable);
            (&one.annotations, vec![related(one)], takes)
        }
    };
    if annotations.is_computed() {
        return None;
    }
    Some(Setter {
        name: field.name.clone(),
        wire_name: member.name().to_owned(),
        docs: setter_docs(table, id, (field, member.name()), facts).into(),
        takes,
        is_related: matches!(member, Member::Navigation(_)),
    })
}

/// A member as the configuration names it.
fn element(model: &Model, owner: StructuredTypeId, name: &str) -> String {
    let owner = &model.structured(owner).name;
    [&owner.namespace, ".", &owner.name, "/", name].concat()
}

/// The value itself, without its box.
fn outside_box(value: &Type) -> Type {
    match value {
        Type::Box(inner) => (**inner).clone(),
        other => other.clone(),
    }
}

/// The documentation of a type, which a search finds by its qualified name.
pub(super) fn type_docs(
    annotations: &Annotations,
    what: &'static str,
    (name, wire_name): (&str, &str),
    facts: Vec<Prose>,
) -> Docs {
    let mut docs = element_docs(annotations, Prose::new(what), wire_name, facts);
    docs.alias(name, wire_name);
    docs
}

/// What a structured type is.
fn kind(kind: StructuredKind) -> &'static str {
    match kind {
        StructuredKind::Entity => "The entity type ",
        StructuredKind::Complex => "The complex type ",
    }
}

fn property_docs(model: &Model, property: &Property, key: Option<Prose>) -> Docs {
    let mut facts: Vec<Prose> = key.into_iter().collect();
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
    if property.value.is_never_null() {
        facts.push(Prose::new("never null"));
    }
    if property.annotations.is_computed() {
        facts.push(Prose::new("set by the service"));
    } else if property.annotations.is_immutable() {
        facts.push(Prose::new("set on creation only"));
    }
    if !is_query_name(&property.name) {
        facts.push(Prose::new(NO_QUERY));
    }
    facts.extend(limits(property));
    if let Some(default) = &property.default {
        facts.push(Prose::new("default ").code(default));
    }
    let what = Prose::new("The property ");
    element_docs(&property.annotations, what, &property.name, facts)
}

/// Which values a property can have.
fn limits(property: &Property) -> Vec<Prose> {
    let longest = longest(&property.value.facets).into_iter();
    longest.chain(constraints(&property.annotations)).collect()
}

/// The documentation of a setter: where that of the field is, and what matters to who sets it.
fn setter_docs(
    table: &Table<'_>,
    id: StructuredTypeId,
    (field, wire_name): (&Field, &str),
    facts: Vec<Prose>,
) -> Docs {
    let place = table.structured(id);
    let mut sentence = match place.external {
        None => Prose::new("Sets ").member(&place.name, &field.name),
        // The documentation of a type that the user has written may have no such field.
        Some(_) => Prose::new("Sets ").code(wire_name),
    };
    for fact in facts {
        sentence = sentence.words(", ").and(&fact);
    }
    let deprecated = field.docs.deprecated.clone();
    Docs { deprecated, ..Docs::new(vec![sentence.words(".")]) }
}

/// What the setter of a navigation property takes.
fn related(navigation: &NavigationProperty) -> Prose {
    Prose::new(match navigation.collection {
        true => "to new objects, or the paths of existing ones",
        false => "to a new object, or the path of an existing one",
    })
}

/// The greatest length of values.
pub(super) fn longest(facets: &Facets) -> Option<Prose> {
    Some(Prose::new("at most ").number(facets.max_length?).words(" long"))
}

/// The constraints of the Validation vocabulary on the values of a property or a type definition.
pub(super) fn constraints(annotations: &Annotations) -> Vec<Prose> {
    let mut facts = Vec::new();
    if annotations.0.is_empty() {
        return facts;
    }
    let minimum = annotations.minimum();
    facts.extend(minimum.map(|bound| Prose::new("at least ").code(&bound)));
    let maximum = annotations.maximum();
    facts.extend(maximum.map(|bound| Prose::new("at most ").code(&bound)));
    if let Some(pattern) = annotations.pattern() {
        facts.push(Prose::new("of the form ").code(pattern));
    }
    if let Some(names) = annotations.derived_types() {
        facts.push(Prose::new("only of the types ").codes(names));
    }
    if annotations.is_url() {
        facts.push(Prose::new("a URL"));
    }
    facts
}

fn navigation_docs(navigation: &NavigationProperty) -> Docs {
    let mut facts = vec![Prose::new("present only where it was expanded")];
    if !is_query_name(&navigation.name) {
        facts.push(Prose::new(NO_QUERY));
    }
    let what = Prose::new("The related ");
    element_docs(&navigation.annotations, what, &navigation.name, facts)
}

/// The documentation of any element: its description in the schema, then its name and the facts. Without
/// a description, one sentence has it all.
pub(super) fn element_docs(
    annotations: &Annotations,
    what: Prose,
    wire_name: &str,
    facts: Vec<Prose>,
) -> Docs {
    let mut docs = described(annotations);
    let name = if docs.paragraphs.is_empty() { what } else { Prose::new("Wire name ") };
    let mut sentence = vec![name.code(wire_name)];
    sentence.extend(facts);
    docs.paragraphs.push(Prose::sentence(&sentence));
    docs
}

/// What the schema itself has to say of an element.
pub(super) fn described(annotations: &Annotations) -> Docs {
    let paragraphs = annotations.descriptions().flat_map(Prose::paragraphs).collect();
    Docs { deprecated: deprecation(annotations), ..Docs::new(paragraphs) }
}

/// The note of a deprecation, from the revisions of the element.
fn deprecation(annotations: &Annotations) -> Option<Prose> {
    let deprecation = annotations.deprecation()?;
    let text = match deprecation.description {
        Some(text) => Prose::default().text(text),
        None => Prose::new("deprecated by the service"),
    };
    Some(match deprecation.removal_date {
        Some(date) => text.words(" (to be removed on ").text(date).words(")"),
        None => text,
    })
}
