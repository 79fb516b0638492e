//! The headers that answers are declared to have.
//!
//! Enters: the responses of an operation. Leaves: a struct for the headers of each operation, which others with the
//! same few headers have as well. Must not know: what the bodies are.

use super::super::docs::deprecated;
use super::super::table::Table;
use super::super::{types, words};
use super::media::Kind;
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Carried, DeclaredHeader, Docs, Field, Foreign, HeaderKind, Json, JsonForm, Layout, Presence,
    Prose, Struct, Type,
};
use crate::openapi::model::{Header, Id, Operation, Parameter, Place, Styled, ValueForm, Words};
use crate::openapi::schema::{Form, ShapeId};
use std::sync::Arc;

/// The most headers of which several operations have one struct.
const MOST_SHARED: usize = 3;

/// The declared headers of an operation, or of what the service sends.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers {
    fields: Vec<(Field, HeaderKind)>,
    /// Whether other operations may have the same ones.
    pub(super) are_shared: bool,
}

/// What makes headers the same as others.
pub(super) type Key = Vec<(String, String)>;

impl Headers {
    /// The headers of all answers of an operation; `None` if there are none.
    pub(super) fn of(table: &Table<'_>, operation: &Operation) -> Option<Self> {
        let model = &table.api.model;
        let mut headers = Self { fields: Vec::new(), are_shared: true };
        let mut scope = Scope::with_reserved(&[super::super::structs::ADDITIONAL]);
        for answer in &operation.responses {
            for (name, id) in &model.responses[answer.response].headers {
                let is_known = |(field, _): &(Field, HeaderKind)| {
                    field.wire_name.eq_ignore_ascii_case(&name.text)
                };
                // The media type is that of the body.
                let is_own = name.text.eq_ignore_ascii_case("content-type");
                if !is_own && !headers.fields.iter().any(is_known) {
                    headers.add(table, &mut scope, &name.text, *id);
                }
            }
        }
        headers.are_shared &= headers.fields.len() <= MOST_SHARED;
        headers.fields.sort_by(|(one, _), (other, _)| one.wire_name.cmp(&other.wire_name));
        (!headers.fields.is_empty()).then_some(headers)
    }

    /// The parameters of what the service sends that are at one place.
    pub(super) fn of_parameters<'p>(
        table: &Table<'_>,
        parameters: impl Iterator<Item = &'p Parameter>,
    ) -> Self {
        let mut headers = Self::default();
        let mut scope = Scope::with_reserved(&[super::super::structs::ADDITIONAL]);
        for one in parameters {
            let words = one.description.as_ref();
            let what = match one.place {
                Place::Header => "The header ",
                _ => "The parameter ",
            };
            let name = &one.name.text;
            headers.field(table, &mut scope, (name, what), (words, one.deprecated), &one.form);
        }
        headers.fields.sort_by(|(one, _), (other, _)| one.wire_name.cmp(&other.wire_name));
        headers
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether no header of others has the name of one of these and another type.
    pub(super) fn agrees(&self, others: &Self) -> bool {
        others.fields.iter().all(|(other, other_kind)| {
            let same = self.named(&other.wire_name);
            same.is_none_or(|(own, kind)| own.value == other.value && kind == other_kind)
        })
    }

    /// Adds those of others that are not there.
    pub(super) fn extend(&mut self, others: Self) {
        let mut scope = Scope::with_reserved(&[super::super::structs::ADDITIONAL]);
        for (field, _) in &self.fields {
            scope.claim(field.name.trim_start_matches("r#"), &field.wire_name);
        }
        for (mut field, kind) in others.fields {
            if self.named(&field.wire_name).is_none() {
                let wanted = field.name.trim_start_matches("r#").to_owned();
                field.name = identifier(&scope.claim(&wanted, &field.wire_name).name);
                self.fields.push((field, kind));
            }
        }
        self.fields.sort_by(|(one, _), (other, _)| one.wire_name.cmp(&other.wire_name));
    }

    fn named(&self, name: &str) -> Option<&(Field, HeaderKind)> {
        self.fields.iter().find(|(own, _)| own.wire_name.eq_ignore_ascii_case(name))
    }

    fn add(&mut self, table: &Table<'_>, scope: &mut Scope, name: &str, id: Id<Header>) {
        let header = &table.api.model.headers[id];
        let words = header.description.as_ref();
        self.field(table, scope, (name, "The header "), (words, header.deprecated), &header.form);
    }

    /// Adds a field. `what` begins the sentence that ends with the name.
    fn field(
        &mut self,
        table: &Table<'_>,
        scope: &mut Scope,
        (name, what): (&str, &'static str),
        (description, is_deprecated): (Option<&Words>, bool),
        form: &ValueForm,
    ) {
        let (value, kind) = value(table, form);
        self.are_shared &= table.is_of_components(&value);
        let claimed = scope.claim(&words::of_member(name), name).name;
        let text = description.map(|one| Prose::commonmark(&one.text));
        let mut docs = Docs::new(text.unwrap_or_default());
        docs.paragraphs.push(Prose::new(what).code(name).words("."));
        docs.deprecated = deprecated(is_deprecated);
        docs.alias(&claimed, name);
        let field = Field {
            name: identifier(&claimed),
            wire_name: name.to_owned(),
            docs: Arc::new(docs),
            attributes: Vec::new(),
            value: value.optional(),
            presence: Presence::Optional,
            constant: None,
        };
        self.fields.push((field, kind));
    }

    pub(super) fn key(&self) -> Key {
        let key = |(field, _): &(Field, HeaderKind)| (field.wire_name.clone(), field.value.whole());
        self.fields.iter().map(key).collect()
    }

    /// The name of their struct, if several operations may have it: `LinkAndXTotalCount`.
    pub(super) fn name(&self) -> String {
        let names = self.fields.iter().map(|(field, _)| naming::type_name(&field.wire_name));
        names.collect::<Vec<_>>().join("And")
    }

    /// The struct.
    pub(super) fn item(&self, name: String, wire_name: String) -> Struct {
        let first = match wire_name.is_empty() {
            true => Prose::new("Headers that several answers have."),
            false => Prose::new("The headers of the answers to ").code(&wire_name).words("."),
        };
        let how = Prose::new("An answer has them by `declared()`, as an error has.");
        let wire_name = if wire_name.is_empty() { name.clone() } else { wire_name };
        self.structure(&name, &wire_name, vec![first, how])
    }

    /// The struct with some documentation.
    pub(super) fn structure(&self, name: &str, wire_name: &str, docs: Vec<Prose>) -> Struct {
        let declared = self.fields.iter().map(|(field, kind)| DeclaredHeader {
            name: field.wire_name.clone(),
            kind: kind.clone(),
        });
        let json = Json { headers: declared.collect(), ..Json::of(JsonForm::Object) };
        self.of_json(name, wire_name, docs, json)
    }

    /// The struct of a query, whose parameters are carried in some way.
    pub(super) fn query(
        &self,
        name: &str,
        wire_name: &str,
        docs: Vec<Prose>,
        query: Vec<Carried>,
    ) -> Struct {
        self.of_json(name, wire_name, docs, Json { query, ..Json::of(JsonForm::Object) })
    }

    fn of_json(&self, name: &str, wire_name: &str, docs: Vec<Prose>, json: Json) -> Struct {
        Struct {
            name: name.to_owned(),
            wire_name: wire_name.to_owned(),
            docs: Docs::new(docs),
            attributes: Vec::new(),
            bases: Vec::new(),
            lineage: None,
            any: None,
            fields: self.fields.iter().map(|(field, _)| field.clone()).collect(),
            additional: super::super::structs::ADDITIONAL.to_owned(),
            layout: Layout::Json(Box::new(json)),
        }
    }
}

/// The type of a header, and how its text becomes a value of it.
fn value(table: &Table<'_>, form: &ValueForm) -> (Type, HeaderKind) {
    match form {
        ValueForm::Styled(Styled { schema, explode, .. }) => {
            let used = schema.and_then(|id| table.api.shapes.of(id));
            match used {
                Some(used) => (types::value(table, used.shape), kind(table, used.shape, *explode)),
                None => (Type::Foreign(Foreign::String), HeaderKind::Text),
            }
        }
        ValueForm::Content(content) => {
            let Some((name, id)) = content.first() else {
                return (Type::Foreign(Foreign::String), HeaderKind::Text);
            };
            let used = table.api.model.media_types[*id].schema;
            let used = used.and_then(|id| table.api.shapes.of(id));
            match used.filter(|_| Kind::of(&name.text) == Kind::Json) {
                Some(used) => (types::value(table, used.shape), HeaderKind::Json),
                None => (Type::Foreign(Foreign::String), HeaderKind::Text),
            }
        }
    }
}

fn kind(table: &Table<'_>, shape: ShapeId, explode: bool) -> HeaderKind {
    match &table.api.shapes.shape(shape).form {
        Form::Boolean | Form::Integer(_) | Form::Number(_) => HeaderKind::Json,
        Form::List(list) => HeaderKind::List(Box::new(kind(table, list.item.shape, false))),
        Form::Object(object) => {
            let members = object.members.iter();
            let members =
                members.map(|one| (one.name.clone(), kind(table, one.value.shape, false)));
            let members = members.filter(|(_, kind)| *kind != HeaderKind::Text).collect();
            HeaderKind::Object { explode, members }
        }
        _ => HeaderKind::Text,
    }
}
