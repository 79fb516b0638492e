//! Which strings are files: bytes that are sent as parts of a body.
//!
//! Enters: the bodies of several parts. Leaves: the shapes of their members that are bytes. Must not know: how
//! parts are written.

use super::table::Table;
use crate::openapi::model::Model;
use crate::openapi::schema::{Form, ShapeId, Shapes, Text};
use rustc_hash::FxHashSet;

/// The shapes whose values are files.
pub(super) fn files(model: &Model, shapes: &Shapes) -> FxHashSet<ShapeId> {
    let mut files = FxHashSet::default();
    let bodies = model.bodies.iter().flat_map(|(_, body)| &body.content);
    for (name, id) in bodies {
        if !name.text.trim().to_ascii_lowercase().starts_with("multipart/") {
            continue;
        }
        let media = &model.media_types[*id];
        let schemas = [media.schema, media.item_schema];
        for used in schemas.into_iter().flatten().filter_map(|id| shapes.of(id)) {
            parts(shapes, used.shape, &mut files);
        }
    }
    files
}

/// The parts of a body: its members, its items, and the items of members.
fn parts(shapes: &Shapes, body: ShapeId, files: &mut FxHashSet<ShapeId>) {
    let mut add = |shape: ShapeId| {
        let shape = match &shapes.shape(shape).form {
            Form::List(list) => list.item.shape,
            _ => shape,
        };
        if matches!(shapes.shape(shape).form, Form::Text(Text::Binary)) {
            files.insert(shape);
        }
    };
    match &shapes.shape(body).form {
        Form::Object(object) => {
            object.members.iter().for_each(|one| add(one.value.shape));
            add(object.rest.rest.shape);
        }
        Form::Map(map) => add(map.rest.shape),
        Form::List(_) => add(body),
        Form::Tuple(tuple) => {
            tuple.items.iter().for_each(|one| add(one.shape));
            add(tuple.rest.shape);
        }
        _ => {}
    }
}

impl Table<'_> {
    /// Whether the values of a shape are files.
    pub(super) fn is_file(&self, shape: ShapeId) -> bool {
        self.files.contains(&shape)
    }
}
