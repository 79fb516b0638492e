//! What a caller sends as the body of a request.
//!
//! Enters: the body of an operation. Leaves: a [`Body`] for each way in which it can be written, the first of
//! JSON before all others. Must not know: the other values of a request.

use super::super::table::Table;
use super::super::types;
use super::media::{self, Kind};
use super::parameters::name_of;
use super::{docs, words};
use crate::crate_plan::{BodyKind, Carried, Docs, Foreign, Home, Named, Place, Prose, Type};
use crate::openapi::model::{Encoding, Id, MediaType, Model, Operation};
use crate::openapi::schema::Use;

/// A body of one kind.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) kind: BodyKind,
    /// The media type, unless it is that of the kind.
    pub(super) content_type: Option<String>,
    /// How the fields of a form, or the parts of a body, are written.
    pub(super) fields: Vec<Carried>,
    /// What is taken.
    pub(super) takes: Type,
    pub(super) is_required: bool,
    /// Whether the caller chooses the media type.
    pub(super) has_choice: bool,
    pub(super) is_shared: bool,
    pub(super) docs: Docs,
    /// What is said of it as an argument.
    pub(super) said: Vec<Prose>,
    /// What is added to the name of the method for a kind that is not the first one.
    pub(super) suffix: &'static str,
}

/// The bodies of an operation, each of another kind.
pub(super) fn of(table: &Table<'_>, operation: &Operation) -> Vec<Body> {
    let Some(id) = operation.body else { return Vec::new() };
    let model = &table.api.model;
    let body = &model.bodies[id];
    let mut bodies: Vec<Body> = Vec::new();
    for (name, id) in &body.content {
        let media = &model.media_types[*id];
        let used = media.schema.and_then(|id| table.api.shapes.of(id));
        let (kind, suffix) = kind_of(table, &name.text, media, used);
        if bodies.iter().any(|one| one.kind == kind) {
            continue;
        }
        let takes = takes(table, kind, used);
        let is_shared = table.is_of_components(takes.taken());
        let content_type = content_type(kind, &name.text);
        let is_usual = kind == BodyKind::Json && content_type.is_none();
        let (docs, said) = docs::of_body(body, &name.text, is_usual);
        let made = Body {
            kind,
            content_type,
            fields: match kind {
                BodyKind::Form => fields(model, media),
                BodyKind::Multipart => parts(model, media),
                _ => Vec::new(),
            },
            is_shared,
            takes,
            is_required: body.required,
            has_choice: kind == BodyKind::Bytes && media::is_range(&name.text),
            docs,
            said,
            suffix,
        };
        // JSON is the plain method, wherever it is written.
        match kind == BodyKind::Json {
            true => bodies.insert(0, made),
            false => bodies.push(made),
        }
    }
    bodies
}

fn kind_of(
    table: &Table<'_>,
    media_type: &str,
    media: &MediaType,
    used: Option<Use>,
) -> (BodyKind, &'static str) {
    match Kind::of(media_type) {
        // A string of bytes cannot be JSON: they are the body itself.
        Kind::Json if used.is_some() && words::is_binary(table, used) => (BodyKind::Bytes, "bytes"),
        Kind::Json => (BodyKind::Json, "json"),
        Kind::Any if !words::is_any_bytes(table, media, used) => (BodyKind::Json, "json"),
        Kind::Form => (BodyKind::Form, "form"),
        Kind::Text => (BodyKind::Text, "text"),
        Kind::Xml => (BodyKind::Bytes, "xml"),
        Kind::Multipart => (BodyKind::Multipart, "multipart"),
        Kind::Any | Kind::Events | Kind::Lines | Kind::Bytes => (BodyKind::Bytes, "bytes"),
    }
}

/// What is taken for a body of a kind.
fn takes(table: &Table<'_>, kind: BodyKind, used: Option<Use>) -> Type {
    let value = used.map_or(Type::any_json(), |used| types::value(table, used.shape));
    match kind {
        BodyKind::Form if !table.is_body(used) => Type::any_json().into_body(),
        BodyKind::Form => value.into_body(),
        BodyKind::Multipart => {
            let borrow = Named::new(Home::Standard, &["std", "borrow", "Borrow"]).of(value);
            Type::Implementing(Box::new(borrow))
        }
        BodyKind::Json | BodyKind::Xml => {
            let is_null = used.is_some_and(|used| used.nullable) && value != Type::any_json();
            match table.is_body(used) || value == Type::any_json() {
                _ if is_null => value.into_nullable(),
                true => value.into_body(),
                false => value.into_value(),
            }
        }
        BodyKind::Text => Type::Foreign(Foreign::String).into_value(),
        BodyKind::Bytes => Type::from(Named::runtime(&["model", "File"])).into_this(),
    }
}

/// The media type that is sent, unless it is the usual one of the kind.
fn content_type(kind: BodyKind, media_type: &str) -> Option<String> {
    let is_own = media::is_one(media_type) && media::essence(media_type) != kind.media_type();
    is_own.then(|| media_type.trim().to_owned())
}

/// The parts of a body of which something is declared. Those of lists have numbers in place of names.
fn parts(model: &Model, media: &MediaType) -> Vec<Carried> {
    let named = media.encoding.iter().map(|(name, id)| (name.text.clone(), *id));
    let numbered = media.prefix_encoding.iter().enumerate();
    let numbered = numbered.map(|(at, id)| (format!("[{at}]"), *id));
    let further = media.item_encoding.iter().map(|id| ("[]".to_owned(), *id));
    let part = |(name, id): (String, Id<Encoding>)| {
        let encoding = &model.encodings[id];
        let mut carried = Carried::new(Place::Query, &name);
        carried.content_type = encoding.content_type.as_ref().map(|one| one.text.clone());
        carried.style = encoding.style.map(name_of).filter(|style| *style != "Form");
        carried.explode = encoding.explode.filter(|explode| !explode);
        carried.is_reserved = encoding.allow_reserved == Some(true);
        carried.is_styled =
            encoding.style.is_some() || encoding.explode.is_some() || carried.is_reserved;
        (carried.is_styled || carried.content_type.is_some()).then_some(carried)
    };
    named.chain(numbered).chain(further).filter_map(part).collect()
}

/// The fields of a form that are not written by their kind.
pub(super) fn fields(model: &Model, media: &MediaType) -> Vec<Carried> {
    let field = |name: &str, id| {
        let encoding = &model.encodings[id];
        let mut carried = Carried::new(Place::Query, name);
        let content = encoding.content_type.as_ref().map(|one| one.text.as_str());
        carried.is_json = content.is_some_and(|one| Kind::of(one) == Kind::Json);
        carried.style = encoding.style.map(name_of).filter(|style| *style != "Form");
        carried.explode = encoding.explode.filter(|explode| !explode).or_else(|| {
            // Only `form` is exploded unless something else is declared.
            (carried.style.is_some() && encoding.explode.is_none()).then_some(false)
        });
        carried.is_reserved = encoding.allow_reserved == Some(true);
        let is_styled =
            encoding.style.is_some() || encoding.explode.is_some() || carried.is_reserved;
        (is_styled || carried.is_json).then_some(carried)
    };
    media.encoding.iter().filter_map(|(name, id)| field(&name.text, *id)).collect()
}
