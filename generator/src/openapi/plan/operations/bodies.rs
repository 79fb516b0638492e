//! What a caller sends as the body of a request.
//!
//! Enters: the body of an operation. Leaves: a [`Body`] for each way in which it can be written, the first of
//! JSON before all others. Must not know: the other values of a request.

use super::super::patches::is_merge_patch;
use super::super::table::Table;
use super::super::types;
use super::media::{self, Kind};
use super::parameters::{self, Value, name_of};
use super::{docs, words};
use crate::crate_plan::{
    BodyKind, Carried, Docs, Foreign, Home, Named, Place, Prose, Type, XmlNode,
};
use crate::openapi::model::{Encoding, Header, Id, MediaType, Model, Operation, ValueForm, Words};
use crate::openapi::schema::{Form, Use};

/// A body of one kind.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) kind: BodyKind,
    /// The media type, unless it is that of the kind.
    pub(super) content_type: Option<String>,
    /// How it is written in XML.
    pub(super) xml: Option<XmlNode>,
    /// How the fields of a form, or the parts of a body, are written.
    pub(super) fields: Vec<Carried>,
    /// The headers of parts whose values a caller sets.
    pub(super) headers: Vec<Value>,
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
        let xml = words::xml(table, &name.text, media);
        let (kind, suffix) = kind_of(table, &name.text, (media, xml.is_some()), used);
        let used = match kind {
            BodyKind::Lines => words::of_lines(table, media, used),
            _ => used,
        };
        let known = bodies.iter().position(|one| one.kind == kind);
        if known.is_some_and(|at| !is_better(kind, &name.text, &bodies[at])) {
            continue;
        }
        let takes = match used.filter(|_| kind == BodyKind::Json && is_merge_patch(&name.text)) {
            Some(used) => changes(table, used),
            None => takes(table, kind, used),
        };
        let is_shared = table.is_of_components(takes.taken());
        let headers = match kind {
            BodyKind::Multipart => part_headers(table, media),
            _ => Vec::new(),
        };
        let content_type = content_type(kind, &name.text);
        let is_usual = kind == BodyKind::Json && content_type.is_none();
        let (mut docs, mut said) = docs::of_body(body, &name.text, is_usual);
        if let (Some(used), true) = (used, is_merge_patch(&name.text)) {
            let builder = table.patches.path(table, used.shape);
            let builder = builder.as_ref().map(docs::of_builder);
            said.extend(builder.clone());
            docs.paragraphs.extend(builder);
        }
        let made = Body {
            headers: headers.iter().filter_map(|(_, one)| one.given().cloned()).collect(),
            kind,
            content_type,
            xml,
            fields: match kind {
                BodyKind::Form => fields(model, media),
                BodyKind::Multipart => parts(model, media, &headers),
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
        match known {
            Some(at) => bodies[at] = made,
            // JSON is the plain method, wherever it is written.
            None if kind == BodyKind::Json => bodies.insert(0, made),
            None => bodies.push(made),
        }
    }
    bodies
}

/// Whether a media type takes the place of one of the same kind that is written before it: of bodies in several
/// parts, only those of forms have names by which a service finds them.
fn is_better(kind: BodyKind, media_type: &str, known: &Body) -> bool {
    kind == BodyKind::Multipart
        && media::essence(media_type) == BodyKind::Multipart.media_type()
        && known.content_type.is_some()
}

fn kind_of(
    table: &Table<'_>,
    media_type: &str,
    (media, is_xml): (&MediaType, bool),
    used: Option<Use>,
) -> (BodyKind, &'static str) {
    match Kind::of(media_type) {
        // A string of bytes cannot be JSON: they are the body itself.
        Kind::Json if used.is_some() && words::is_binary(table, used) => (BodyKind::Bytes, "bytes"),
        Kind::Json => (BodyKind::Json, "json"),
        Kind::Any if !words::is_any_bytes(table, media, used) => (BodyKind::Json, "json"),
        Kind::Form => (BodyKind::Form, "form"),
        Kind::Text => (BodyKind::Text, "text"),
        Kind::Xml if is_xml => (BodyKind::Xml, "xml"),
        Kind::Xml => (BodyKind::Bytes, "xml"),
        Kind::Multipart => (BodyKind::Multipart, "multipart"),
        Kind::Lines if words::of_lines(table, media, used).is_some() => (BodyKind::Lines, "lines"),
        Kind::Any | Kind::Events | Kind::Lines | Kind::Bytes => (BodyKind::Bytes, "bytes"),
    }
}

/// What is taken for the changes to a value.
fn changes(table: &Table<'_>, used: Use) -> Type {
    let value = types::value(table, used.shape);
    let declared = table.patches.declared(table, used.shape, value.clone());
    match declared == value {
        true => takes(table, BodyKind::Json, Some(used)),
        false => declared.into_body(),
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
        BodyKind::Lines => {
            used.map_or(Type::any_json(), |used| types::of(table, used)).many().into_value()
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
fn encodings(media: &MediaType) -> impl Iterator<Item = (String, Id<Encoding>)> {
    let named = media.encoding.iter().map(|(name, id)| (name.text.clone(), *id));
    let numbered = media.prefix_encoding.iter().enumerate();
    let numbered = numbered.map(|(at, id)| (format!("[{at}]"), *id));
    let further = media.item_encoding.iter().map(|id| ("[]".to_owned(), *id));
    named.chain(numbered).chain(further)
}

/// A header of a part.
#[derive(Clone, Debug)]
enum PartHeader {
    /// Its name, and the value that is declared.
    Declared(String, String),
    /// What a caller sets.
    Given(Box<Value>),
}

impl PartHeader {
    fn given(&self) -> Option<&Value> {
        match self {
            Self::Declared(..) => None,
            Self::Given(value) => Some(value),
        }
    }
}

/// The headers of the parts of a body, by part. The media type and the disposition are written from other things.
fn part_headers(table: &Table<'_>, media: &MediaType) -> Vec<(String, PartHeader)> {
    let model = &table.api.model;
    let is_own = |name: &str| {
        ["content-type", "content-disposition"].iter().any(|own| name.eq_ignore_ascii_case(own))
    };
    let header = |part: &str, (name, id): &(Words, Id<Header>)| {
        let header = &model.headers[*id];
        let value = parameters::of_header(table, part, (&name.text, header));
        match header.required.then(|| constant(table, header)).flatten() {
            Some(text) => PartHeader::Declared(name.text.clone(), text),
            None => PartHeader::Given(Box::new(value)),
        }
    };
    let of_part = |(part, id): (String, Id<Encoding>)| {
        let headers = model.encodings[id].headers.iter().filter(|(name, _)| !is_own(&name.text));
        headers.map(|one| (part.clone(), header(&part, one))).collect::<Vec<_>>()
    };
    encodings(media).flat_map(of_part).collect()
}

/// The only value of a header.
fn constant(table: &Table<'_>, header: &Header) -> Option<String> {
    let ValueForm::Styled(styled) = &header.form else { return None };
    let used = table.api.shapes.of(styled.schema?)?;
    let literal = match &table.api.shapes.shape(used.shape).form {
        Form::Constant(value) => &value.literal,
        Form::Enumeration(all) if all.values.len() == 1 => &all.values.first()?.literal,
        _ => return None,
    };
    Some(super::super::enumerations::text(literal).to_owned())
}

/// The parts of a body of which something is declared that counts.
fn parts(model: &Model, media: &MediaType, headers: &[(String, PartHeader)]) -> Vec<Carried> {
    let part = |(name, id): (String, Id<Encoding>)| {
        let encoding = &model.encodings[id];
        let mut carried = Carried::new(Place::Query, &name);
        carried.content_type = encoding.content_type.as_ref().map(|one| one.text.clone());
        carried.style = encoding.style.map(name_of).filter(|style| *style != "Form");
        carried.explode = encoding.explode.filter(|explode| !explode);
        carried.is_reserved = encoding.allow_reserved == Some(true);
        carried.is_styled =
            encoding.style.is_some() || encoding.explode.is_some() || carried.is_reserved;
        for (_, header) in headers.iter().filter(|(of, _)| *of == carried.name) {
            match header {
                PartHeader::Declared(name, value) => {
                    carried.headers.push((name.clone(), value.clone()));
                }
                PartHeader::Given(value) => carried.given.push(value.carried.clone()),
            }
        }
        (carried != Carried::new(Place::Query, &carried.name)).then_some(carried)
    };
    encodings(media).filter_map(part).collect()
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
