//! Examples.

use super::Builder;
use super::parts::Asked;
use crate::openapi::model::Example;

impl Builder<'_> {
    pub(super) fn example(&mut self, asked: Asked) -> Example {
        let of = self.fields(asked.at);
        Example {
            location: asked.at,
            component: self.component(asked.at),
            summary: self.annotation(asked, "summary"),
            description: self.description_of(asked),
            value: of.location("dataValue").or_else(|| of.location("value")),
            serialized: of.words("serializedValue"),
            external: of.words("externalValue"),
            extensions: of.extensions(),
        }
    }
}
