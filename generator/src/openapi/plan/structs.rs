//! Structs: of objects, of maps with patterns, and of arrays whose items have types of their own.
//!
//! Enters: [`Object`]s, [`Map`]s and [`Tuple`]s. Leaves: the items: fields with their presence, the
//! constructor and the setters. Must not know: how a field is read or written.

use super::table::{Made, Place, Table};
use super::{docs, elements, patterns, types, words};
use crate::crate_plan::naming::{Scope, identifier};
use crate::crate_plan::{
    Constructor, Docs, Field, FieldSetter, Foreign, Given, Initial, Json, JsonForm, Layout,
    Literal, Named, Parameter, Presence, Prose, Signature, Struct, Type,
};
use crate::input::source::Span;
use crate::openapi::schema::{Form, Map, Member, ShapeId, Tuple, Use};
use std::sync::Arc;

/// The most items of an array that have fields of their own.
const MOST_ITEMS: usize = 64;

/// The field that holds what the schema does not declare.
pub(super) const ADDITIONAL: &str = "additional";

/// What a setter cannot be called: functions that a type may have, by itself or by a trait.
pub(super) const METHODS: [&str; 18] = [
    "additional",
    "new",
    "default",
    "blank",
    "clone",
    "clone_from",
    "clone_into",
    "to_owned",
    "eq",
    "ne",
    "fmt",
    "from",
    "into",
    "try_into",
    "type_name",
    "downcast",
    "into_any",
    "from_derived",
];

/// A field, and how a value is given for it.
struct Planned {
    field: Field,
    /// The value that the schema has for it.
    constant: Option<Literal>,
    /// Whether a caller may set it.
    is_settable: bool,
}

/// Whether a value may be absent or null, and its type.
struct State {
    presence: Presence,
    value: Type,
    /// The value that the schema has for it, if it must be there.
    constant: Option<Literal>,
}

/// The fields of one struct as they are planned.
struct Fields<'t, 'a> {
    table: &'t Table<'a>,
    place: &'t Place,
    shape: ShapeId,
    scope: Scope,
    planned: Vec<Planned>,
}

/// Whether a member is always there. Services of OData leave out what they say about an object, as the caller
/// asks for.
pub(super) fn is_certain(member: &Member) -> bool {
    member.required && !member.name.starts_with("@odata.")
}

/// Where a shape is described.
pub(super) fn span(table: &Table<'_>, shape: ShapeId) -> Span {
    let schema = table.schema(shape);
    let location = schema.map(|id| table.api.model.schema(id).location);
    location.map_or(super::table::NOWHERE, |at| table.api.description.span(at))
}

/// The item of a shape that is a struct.
pub(super) fn item(table: &Table<'_>, shape: ShapeId, place: &Place) -> Struct {
    let scope = Scope::with_reserved(&[ADDITIONAL]);
    let mut fields = Fields { table, place, shape, scope, planned: Vec::new() };
    let form = match &table.api.shapes.shape(shape).form {
        Form::Object(object) => {
            object.members.iter().for_each(|one| fields.member(one));
            fields.rest(&object.rest);
            if object.rest.open_kind { JsonForm::OpenKind } else { JsonForm::Object }
        }
        Form::Map(map) => {
            fields.rest(map);
            if map.open_kind { JsonForm::OpenKind } else { JsonForm::Object }
        }
        Form::Tuple(tuple) => {
            fields.tuple(tuple);
            JsonForm::Tuple
        }
        Form::List(list) => {
            fields.further_items(list.item);
            JsonForm::Tuple
        }
        _ => JsonForm::Object,
    };
    fields.finish(form)
}

impl Fields<'_, '_> {
    fn claim(&mut self, (element, span): (&str, Span), wanted: &str) -> String {
        let element = format!("{}/{element}", self.place.element);
        self.table.claim(&mut self.scope, (&element, span), wanted)
    }

    fn member(&mut self, member: &Member) {
        let (table, wire_name) = (self.table, member.name.as_str());
        let name = self.claim((wire_name, member.span), &words::of_member(wire_name));
        let uses = table.uses(self.shape);
        let is_hidden =
            member.read_only && uses.is_written() || member.write_only && uses.is_read();
        let is_certain = is_certain(member) && !is_hidden;
        let State { presence, value, constant } =
            self.state(member.value, wire_name, is_certain, uses.is_written());
        let mut docs = docs::of_member(table, member, &presence);
        docs.alias(&name, wire_name);
        let field = Field {
            name: identifier(&name),
            wire_name: wire_name.to_owned(),
            docs: Arc::new(docs),
            attributes: self.attributes(wire_name),
            value,
            presence,
            constant: None,
        };
        self.planned.push(Planned { field, constant, is_settable: !member.read_only });
    }

    /// Whether a member or an item may be absent or null, and its type. Where `has_null`, null and absence are
    /// told apart.
    fn state(&self, used: Use, name: &str, is_certain: bool, has_null: bool) -> State {
        let (table, relaxed, element) = (self.table, &self.table.relaxed, &self.place.element);
        let is_doubted = relaxed.is_required_doubted() && table.uses(self.shape).is_read();
        let is_required = is_certain && !is_doubted && !relaxed.is_optional(element, name);
        let value =
            table.part(self.shape, used.shape).unwrap_or_else(|| types::value(table, used.shape));
        let is_any = value == Type::any_json();
        let is_nullable = !is_any && (used.nullable || relaxed.is_nullable(element, name));
        let value = if self.is_boxed(used.shape) { value.boxed() } else { value };
        let (presence, value) = match (is_required, is_nullable) {
            // Else an empty value would have to hold another one, without end.
            (true, false) if table.boxes.is_endless(table, self.shape, used.shape) => {
                (Presence::Optional, value.optional())
            }
            (true, false) => (Presence::Required, value),
            (true, true) => (Presence::Nullable, value.optional()),
            (false, true) if has_null => {
                (Presence::Maybe, Named::runtime(&["model", "Maybe"]).of(value).into())
            }
            (false, _) => (Presence::Optional, value.optional()),
        };
        let constant = match &table.api.shapes.shape(used.shape).form {
            Form::Constant(one) if presence == Presence::Required => types::written(&one.literal),
            _ => None,
        };
        State { presence, value, constant }
    }

    fn attributes(&self, name: &str) -> Vec<String> {
        elements::attributes(self.table.config, &self.place.element, Some(name))
    }

    fn is_boxed(&self, value: ShapeId) -> bool {
        let holds_values =
            matches!(self.table.made(value), Some(Made::Struct | Made::Tuple | Made::Union));
        holds_values && self.table.boxes.is_boxed(self.table, self.shape, value)
    }

    /// A field that has no member of the schema.
    fn add(&mut self, name: String, wire_name: &str, docs: Docs, value: Type, presence: Presence) {
        let field = Field {
            name: identifier(&name),
            wire_name: wire_name.to_owned(),
            docs: Arc::new(docs),
            attributes: Vec::new(),
            value,
            presence,
            constant: None,
        };
        self.planned.push(Planned { field, constant: None, is_settable: true });
    }

    /// The fields for members that are not declared by name.
    fn rest(&mut self, map: &Map) {
        let span = self.span();
        for (at, one) in map.patterns.iter().enumerate() {
            let (names, is_exact) = patterns::pattern(&one.pattern);
            let is_last = names == crate::crate_plan::NamePattern::Any;
            let value = match is_last && !is_exact && !self.is_one_type(map, at) {
                // Names that do not match have values of other types.
                true => Type::any_json(),
                false => types::of(self.table, one.value),
            };
            let wanted = patterns::field(&names);
            let name = self.claim((&one.pattern, one.span), &wanted);
            let docs = docs::of_pattern(self.table, one, is_exact);
            self.add(name, &one.pattern, docs, value.entries(), Presence::Pattern(names));
            if is_last {
                return;
            }
        }
        let value = types::of(self.table, map.rest);
        if value != Type::any_json() {
            let name = self.claim(("(other members)", span), "others");
            let docs = docs::of_others(self.table, map.rest);
            self.add(name, "", docs, value.entries(), Presence::Others);
        }
    }

    /// Whether the values of a pattern and of all that comes after it have one type, as far as they have any.
    fn is_one_type(&self, map: &Map, at: usize) -> bool {
        let first = types::own(self.table, map.patterns[at].value);
        let others = map.patterns.iter().skip(at + 1).map(|one| one.value);
        let rest = (map.rest.shape != self.table.any()).then_some(map.rest);
        others.chain(rest).all(|one| types::own(self.table, one) == first)
    }

    fn tuple(&mut self, tuple: &Tuple) {
        let span = self.span();
        for (at, item) in tuple.items.iter().enumerate().take(MOST_ITEMS) {
            let element = at.to_string();
            let wanted =
                docs::title_of_item(self.table, *item).unwrap_or_else(|| format!("item_{at}"));
            let name = self.claim((&element, span), &wanted);
            let is_certain = at < tuple.required;
            // Where an item is absent, so are all that come after it.
            let State { presence, value, constant } = self.state(*item, &element, is_certain, true);
            let field = Field {
                name: identifier(&name),
                docs: Arc::new(docs::of_item(self.table, *item, at, &presence)),
                attributes: self.attributes(&element),
                wire_name: element,
                value,
                presence,
                constant: None,
            };
            self.planned.push(Planned { field, constant, is_settable: true });
        }
        if tuple.items.len() > MOST_ITEMS {
            self.further_items(Use { shape: self.table.any(), nullable: false });
        } else if !tuple.closed {
            self.further_items(tuple.rest);
        }
    }

    fn further_items(&mut self, item: Use) {
        let name = self.claim(("(further items)", self.span()), "rest");
        let docs = docs::of_rest(self.planned.is_empty());
        self.add(name, "", docs, types::of(self.table, item).many(), Presence::Rest);
    }

    fn span(&self) -> Span {
        span(self.table, self.shape)
    }

    fn finish(self, form: JsonForm) -> Struct {
        let Self { table, place, shape, planned, .. } = self;
        let models_only = table.config.package.models_only;
        let is_written = table.uses(shape).is_written();
        let constructor = (is_written || models_only).then(|| constructor(table, &planned));
        let setters = match is_written && !models_only {
            true => setters(table, &planned),
            false => Vec::new(),
        };
        let json = Json {
            family: table.families.family(shape),
            origins: table.families.origins(shape),
            constructor: constructor.flatten(),
            setters,
            ..Json::of(form)
        };
        Struct {
            name: place.name.clone(),
            wire_name: docs::wire_name(place),
            docs: docs::of_type(table, shape, place),
            attributes: elements::attributes(table.config, &place.element, None),
            bases: Vec::new(),
            lineage: None,
            any: None,
            fields: planned.into_iter().map(|one| one.field).collect(),
            additional: ADDITIONAL.to_owned(),
            layout: Layout::Json(Box::new(json)),
        }
    }
}

/// The function `new`, which takes what is always there.
fn constructor(table: &Table<'_>, planned: &[Planned]) -> Option<Constructor> {
    let certain: Vec<&Planned> = planned.iter().filter(|one| one.field.is_required()).collect();
    if certain.is_empty() {
        return None;
    }
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    for Planned { field, constant, .. } in certain {
        let value = match constant {
            Some(literal) => Given::Literal(literal.clone()),
            None => {
                let (takes, value) = given(table, &field.value, &field.name);
                arguments.push(Parameter::new(&field.name, takes));
                value
            }
        };
        fields.push(Initial { field: field.name.clone(), value });
    }
    let sentence = Prose::new(match arguments.is_empty() {
        true => "A value with the members that are always the same.",
        false => "A value with the members that are always there.",
    });
    // The field for undeclared members is always among the others.
    Some(Constructor {
        docs: Docs::new(vec![sentence]),
        signature: Signature::function(arguments, Type::Own),
        fields,
        has_others: true,
    })
}

/// The setters, which have the names of their fields, unless a function of the type has that name.
fn setters(table: &Table<'_>, planned: &[Planned]) -> Vec<FieldSetter> {
    let mut scope = Scope::with_reserved(&METHODS);
    let mut setters: Vec<FieldSetter> =
        planned.iter().filter_map(|one| setter(table, one)).collect();
    for setter in &mut setters {
        setter.name = setter_name(&mut scope, &setter.field);
    }
    setters
}

/// The name of the setter of a field.
pub(super) fn setter_name(scope: &mut Scope, field: &str) -> String {
    let name = field.trim_start_matches("r#");
    match scope.is_free(name) {
        true => identifier(&scope.claim(name, name).name),
        false => scope.claim(&format!("set_{name}"), name).name,
    }
}

fn setter(table: &Table<'_>, planned: &Planned) -> Option<FieldSetter> {
    let Planned { field, is_settable, .. } = planned;
    let (takes, value, is_some) = match &field.presence {
        _ if !is_settable => return None,
        Presence::Required | Presence::Nullable | Presence::Boxed => return None,
        Presence::Optional => {
            let (takes, value) = given(table, field.inner(), "value");
            (takes, value, true)
        }
        Presence::Maybe => {
            (field.value.clone().into_this(), Given::Into("value".to_owned()), false)
        }
        Presence::Pattern(_) | Presence::Others | Presence::Rest => {
            (field.value.clone(), Given::Argument("value".to_owned()), false)
        }
    };
    let deprecated = field.docs.deprecated.clone();
    let sentence = match field.presence {
        Presence::Pattern(_) | Presence::Others | Presence::Rest => {
            Prose::new("Sets the field ").code(field.name.trim_start_matches("r#"))
        }
        _ => Prose::new("Sets ").code(&field.wire_name),
    };
    let docs = Docs { deprecated, ..Docs::new(vec![sentence.words(".")]) };
    let (name, field) = (String::new(), field.name.clone());
    Some(FieldSetter { name, field, docs, takes, value, is_some })
}

/// What is taken for a value of a type, and how it becomes one.
fn given(table: &Table<'_>, value: &Type, name: &str) -> (Type, Given) {
    let name = || name.to_owned();
    match value {
        Type::Box(inner) => ((**inner).clone(), Given::Boxed(name())),
        Type::Foreign(Foreign::String | Foreign::Untyped) => {
            (value.clone().into_this(), Given::Into(name()))
        }
        Type::Named(named)
            if named.path == ["model", "Formatted"] || named.path == ["model", "File"] =>
        {
            (value.clone().into_this(), Given::Into(name()))
        }
        Type::Generated(path) if table.is_union(path) => {
            (value.clone().into_this(), Given::Into(name()))
        }
        Type::Option(_) | Type::Flags(_) => (value.clone().into_this(), Given::Into(name())),
        _ => (value.clone(), Given::Argument(name())),
    }
}
