//! Who sends the values of a shape: whether it is written, read, or both.
//!
//! Enters: the shapes that operations use, each with the direction. Leaves: the directions of all shapes
//! to which they refer. A shape to which nothing refers is a type that a program may use in either way.

use crate::openapi::schema::{Form, Map, ShapeId, Shapes};

/// Who sends values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Uses(u8);

impl Uses {
    /// The caller.
    pub(super) const WRITTEN: Self = Self(1);
    /// The service.
    pub(super) const READ: Self = Self(2);
    /// Both.
    pub(super) const BOTH: Self = Self(3);

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the caller does.
    pub(super) fn is_written(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether the service does.
    pub(super) fn is_read(self) -> bool {
        self.0 & 2 != 0
    }
}

/// The directions of all shapes.
pub(super) struct Directions {
    of: Vec<Uses>,
}

impl Directions {
    /// The directions of what operations use, and then of components to which they do not refer.
    pub(super) fn new(
        shapes: &Shapes,
        used: impl Iterator<Item = (ShapeId, Uses)>,
        components: impl Iterator<Item = ShapeId>,
    ) -> Self {
        let mut directions = Self { of: vec![Uses::default(); shapes.iter().count()] };
        used.for_each(|(shape, uses)| directions.add(shapes, shape, uses));
        for shape in components {
            if directions.of(shape) == Uses::default() {
                directions.add(shapes, shape, Uses::BOTH);
            }
        }
        directions
    }

    pub(super) fn of(&self, shape: ShapeId) -> Uses {
        self.of.get(shape.index()).copied().unwrap_or_default()
    }

    fn add(&mut self, shapes: &Shapes, from: ShapeId, uses: Uses) {
        let mut open = vec![from];
        while let Some(shape) = open.pop() {
            let Some(known) = self.of.get_mut(shape.index()) else { continue };
            if known.0 | uses.0 != known.0 {
                known.0 |= uses.0;
                parts(&shapes.shape(shape).form, &mut |one| open.push(one));
            }
        }
    }
}

/// Calls a function with each shape that a form is made of.
pub(super) fn parts(form: &Form, see: &mut impl FnMut(ShapeId)) {
    let map = |map: &Map, see: &mut dyn FnMut(ShapeId)| {
        map.patterns.iter().for_each(|one| see(one.value.shape));
        see(map.rest.shape);
    };
    match form {
        Form::List(list) => see(list.item.shape),
        Form::Tuple(tuple) => {
            tuple.items.iter().for_each(|one| see(one.shape));
            see(tuple.rest.shape);
        }
        Form::Map(one) => map(one, see),
        Form::Object(object) => {
            object.members.iter().for_each(|one| see(one.value.shape));
            map(&object.rest, see);
            let derived = object.derivation.iter().flat_map(|one| &one.derived);
            derived.for_each(|one| see(one.shape));
        }
        Form::Union(union) => union.branches.iter().for_each(|one| see(one.shape)),
        Form::Any
        | Form::Never
        | Form::Null
        | Form::Boolean
        | Form::Integer(_)
        | Form::Number(_)
        | Form::Text(_)
        | Form::Constant(_)
        | Form::Enumeration(_) => {}
    }
}
