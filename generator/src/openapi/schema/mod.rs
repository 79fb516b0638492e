//! From keywords to shapes: which values a schema has, by the rule that a shape never has fewer.
//!
//! Enters: the [schemas](crate::openapi::model::Model) that are used. Leaves: [`Shapes`].
//! Must not know: Rust, the names of types, operations.
//!
//! The unit is the conjunction: the schemas that hold together, by `$ref` and what is beside
//! it, by `allOf`, by an `anyOf` or `oneOf` of one. It has one form, however it is reached.

mod alias;
mod arrays;
mod check;
mod conjunction;
mod cycle;
mod dispatch;
mod display;
mod enumeration;
mod facts;
mod family;
mod fidelity;
mod findings;
mod fits;
mod forms;
mod graph;
mod kinds;
mod normal;
mod null;
mod objects;
mod scalar;
mod shape;
mod tag;
mod unions;

pub use display::Shown;
pub use enumeration::{Enumeration, Literal, Value};
pub use fidelity::{Fidelity, Wider};
pub use kinds::Kinds;
pub use scalar::{Integer, Number, Text, is_integral};
pub use shape::{
    Branch, Derivation, Derived, Dispatch, Form, Known, List, Map, Member, Object, Pattern, Shape,
    ShapeId, Shapes, Tag, Tuple, Union, Use,
};

use super::description::Description;
use super::model::{Model, SchemaId};
use crate::input::diagnostic::Diagnostics;
use forms::Forms;
use graph::Graph;

/// The shapes of some schemas, and of all that they refer to.
pub fn shapes(
    description: &Description,
    model: &Model,
    used: impl IntoIterator<Item = SchemaId>,
    diagnostics: &mut Diagnostics,
) -> Shapes {
    let graph = Graph::new(description, model, diagnostics);
    let mut forms = Forms::new(graph, diagnostics);
    for schema in used {
        forms.used(schema);
    }
    forms.make();
    forms.normalise();
    forms.tell_derived();
    forms.dispatch();
    forms.report();
    forms.finish()
}
