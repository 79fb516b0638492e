//! Unions of which one shape is left are that shape wherever they are used.
//!
//! Enters: shapes, and what replaces some of them. Leaves: the shapes without uses of those.

use super::shape::{Form, Map, ShapeId, Shapes, Use};
use rustc_hash::FxHashMap;

/// The most replacements of one shape.
const LONGEST: usize = 200;

/// Replaces shapes in all uses.
pub(super) fn replace(shapes: &mut Shapes, aliases: &FxHashMap<ShapeId, ShapeId>) {
    if aliases.is_empty() {
        return;
    }
    let replace = |shape: &mut ShapeId| {
        for _ in 0..LONGEST {
            match aliases.get(shape) {
                Some(other) => *shape = *other,
                None => break,
            }
        }
    };
    let used = |of: &mut Use| replace(&mut of.shape);
    let map = |map: &mut Map| {
        map.patterns.iter_mut().for_each(|one| used(&mut one.value));
        used(&mut map.rest);
    };
    shapes.uses.iter_mut().flatten().for_each(used);
    for shape in &mut shapes.shapes {
        match &mut shape.form {
            Form::List(list) => used(&mut list.item),
            Form::Tuple(tuple) => {
                tuple.items.iter_mut().for_each(used);
                used(&mut tuple.rest);
            }
            Form::Map(one) => map(one),
            Form::Object(object) => {
                object.members.iter_mut().for_each(|one| used(&mut one.value));
                map(&mut object.rest);
                let derivation = object.derivation.iter_mut().flat_map(|one| &mut one.derived);
                derivation.for_each(|one| replace(&mut one.shape));
            }
            Form::Union(union) => {
                union.branches.iter_mut().for_each(|one| replace(&mut one.shape));
            }
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
}
