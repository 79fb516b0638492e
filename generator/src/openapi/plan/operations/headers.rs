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
    DeclaredHeader, Docs, Field, Foreign, HeaderKind, Json, JsonForm, Layout, Presence, Prose,
    Struct, Type,
};
use crate::openapi::model::{Header, Id, Operation, Styled, ValueForm};
use crate::openapi::schema::{Form, ShapeId};
use std::sync::Arc;

/// The most headers of which several operations have one struct.
const MOST_SHARED: usize = 3;

/// The declared headers of an operation.
#[derive(Clone, Debug)]
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

    fn add(&mut self, table: &Table<'_>, scope: &mut Scope, name: &str, id: Id<Header>) {
        let header = &table.api.model.headers[id];
        let (value, kind) = value(table, header);
        self.are_shared &= table.is_of_components(&value);
        let claimed = scope.claim(&words::of_member(name), name).name;
        let mut docs = Docs::new(
            header.description.as_ref().map(|one| Prose::paragraphs(&one.text)).unwrap_or_default(),
        );
        docs.paragraphs.push(Prose::new("The header ").code(name).words("."));
        docs.deprecated = deprecated(header.deprecated);
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
        let declared = self.fields.iter().map(|(field, kind)| DeclaredHeader {
            name: field.wire_name.clone(),
            kind: kind.clone(),
        });
        let json = Json {
            form: JsonForm::Object,
            family: None,
            origins: Vec::new(),
            constructor: None,
            setters: Vec::new(),
            pages: None,
            headers: declared.collect(),
        };
        let wire_name = if wire_name.is_empty() { name.clone() } else { wire_name };
        Struct {
            name,
            wire_name,
            docs: Docs::new(vec![first, how]),
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
fn value(table: &Table<'_>, header: &Header) -> (Type, HeaderKind) {
    match &header.form {
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
