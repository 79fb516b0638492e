//! Which values are files: bytes that are sent as parts of a body.
//!
//! Enters: the bodies of several parts. Leaves: the shapes of strings that are bytes, and of the bodies whose
//! members may be. Must not know: how parts are written.

use super::table::Table;
use crate::crate_plan::{Named, Type};
use crate::openapi::description::Version;
use crate::openapi::model::Model;
use crate::openapi::schema::{Form, ShapeId, Shapes, Text};
use rustc_hash::FxHashSet;

/// What is sent as parts of a body.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The strings that are bytes.
    strings: FxHashSet<ShapeId>,
    /// The bodies of several parts.
    bodies: FxHashSet<ShapeId>,
}

impl Files {
    pub(super) fn new(model: &Model, shapes: &Shapes) -> Self {
        let mut files = Self::default();
        let bodies = model.bodies.iter().flat_map(|(_, body)| &body.content);
        for (name, id) in bodies {
            if !name.text.trim().to_ascii_lowercase().starts_with("multipart/") {
                continue;
            }
            let media = &model.media_types[*id];
            let schemas = [media.schema, media.item_schema];
            for used in schemas.into_iter().flatten().filter_map(|id| shapes.of(id)) {
                files.body(shapes, used.shape);
            }
        }
        files
    }

    /// Adds a body with its members, its items, and the items of members.
    fn body(&mut self, shapes: &Shapes, body: ShapeId) {
        match &shapes.shape(body).form {
            Form::Object(object) => {
                self.bodies.insert(body);
                object.members.iter().for_each(|one| self.part(shapes, one.value.shape));
                self.part(shapes, object.rest.rest.shape);
            }
            Form::Map(map) => self.part(shapes, map.rest.shape),
            Form::List(_) => self.part(shapes, body),
            Form::Tuple(tuple) => {
                self.bodies.insert(body);
                tuple.items.iter().for_each(|one| self.part(shapes, one.shape));
                self.part(shapes, tuple.rest.shape);
            }
            _ => {}
        }
    }

    fn part(&mut self, shapes: &Shapes, part: ShapeId) {
        let part = match &shapes.shape(part).form {
            Form::List(list) => list.item.shape,
            _ => part,
        };
        if matches!(shapes.shape(part).form, Form::Text(Text::Binary)) {
            self.strings.insert(part);
        }
    }
}

impl Table<'_> {
    /// Whether the values of a shape are files wherever they are.
    pub(super) fn is_file(&self, shape: ShapeId) -> bool {
        self.files.strings.contains(&shape)
    }

    /// The type of a part of a body, if it is a file or a list of files: since 3.1 also a value of any kind, and a
    /// string with a media type.
    pub(super) fn part(&self, body: ShapeId, part: ShapeId) -> Option<Type> {
        if !self.files.bodies.contains(&body) {
            return None;
        }
        match &self.api.shapes.shape(part).form {
            Form::List(list) => self.is_sent_as_file(list.item.shape).then(|| file().many()),
            _ => self.is_sent_as_file(part).then(file),
        }
    }

    fn is_sent_as_file(&self, part: ShapeId) -> bool {
        let shape = self.api.shapes.shape(part);
        let first = self.api.description.documents().next();
        let is_new =
            first.is_some_and(|(_, one)| matches!(one.version, Version::V31 | Version::V32));
        match &shape.form {
            Form::Any => is_new,
            Form::Text(Text::Binary) => true,
            Form::Text(_) => shape.schemas.iter().any(|id| {
                self.api.model.schema(*id).keywords().is_some_and(|keywords| {
                    let media_type = keywords.content_media_type.as_ref();
                    let is_text = |one: &str| one.starts_with("text/") || one.ends_with("json");
                    keywords.content_encoding.is_none()
                        && media_type.is_some_and(|one| !is_text(&one.text))
                })
            }),
            _ => false,
        }
    }
}

/// The type of files.
pub(super) fn file() -> Type {
    Named::runtime(&["model", "File"]).into()
}
