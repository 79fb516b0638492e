//! Parameters and headers.

use super::Builder;
use super::parts::Asked;
use crate::node::Node;
use crate::openapi::model::{Header, Parameter, Place, Words};

impl Builder<'_> {
    /// Asks for a component. What 2.0 has in the body is not a parameter here.
    pub(super) fn ask_parameter(&mut self, asked: Asked) {
        let of = self.fields(asked.at);
        let place = of.node.get("in").and_then(Node::text).and_then(Place::of_word);
        if place.is_some() && of.node.get("name").is_some() {
            self.parameters.ask(asked);
        }
    }

    pub(super) fn parameter(&mut self, asked: Asked) -> Parameter {
        let of = self.fields(asked.at);
        let place = of.node.get("in").and_then(Node::text).and_then(Place::of_word);
        let place = place.unwrap_or(Place::Query);
        Parameter {
            location: asked.at,
            component: self.component(asked.at),
            name: of
                .words("name")
                .unwrap_or_else(|| Words { text: String::new(), span: of.span() }),
            place,
            description: self.description_of(asked),
            required: of.is_true("required") || place == Place::Path,
            deprecated: of.is_true("deprecated"),
            allow_empty: of.is_true("allowEmptyValue"),
            form: self.value_form(of, place),
            examples: self.examples(of),
            extensions: of.extensions(),
        }
    }

    pub(super) fn header(&mut self, asked: Asked) -> Header {
        let of = self.fields(asked.at);
        Header {
            location: asked.at,
            component: self.component(asked.at),
            description: self.description_of(asked),
            required: of.is_true("required"),
            deprecated: of.is_true("deprecated"),
            form: self.value_form(of, Place::Header),
            examples: self.examples(of),
            extensions: of.extensions(),
        }
    }
}
