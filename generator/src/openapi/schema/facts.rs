//! What is asked of every schema, in a few bytes.
//!
//! Enters: keywords, which are large and read once here. Leaves: [`Facts`].

use super::fidelity::Fidelity;
use super::kinds::Kinds;
use super::null::Null;
use crate::openapi::model::{Body, Keywords, Model, SchemaId};

/// What the keywords of one schema are about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    bits: u16,
    /// The kinds that `type` allows.
    pub kinds: Kinds,
    /// What `type` specifies about null.
    pub null: Null,
}

impl Facts {
    /// Keywords that make a shape. `type` and `required` are not among them, for they often repeat what other
    /// parts specify.
    pub(super) const CONTENT: u16 = 1;
    /// `false`.
    pub(super) const NEVER: u16 = 2;
    /// `type`.
    pub(super) const TYPE: u16 = 4;
    /// `required`.
    pub(super) const REQUIRED: u16 = 8;
    /// `enum` or `const`.
    pub(super) const VALUES: u16 = 16;
    /// Keywords that no shape checks.
    pub(super) const LIMITS: u16 = 32;
    /// What a member is beside its shape.
    pub(super) const NOTES: u16 = 64;
    /// What a scalar is beside its kind, and what bounds it has.
    pub(super) const SCALAR: u16 = 128;
    /// `nullable`.
    pub(super) const NULLABLE: u16 = 256;
    /// `oneOf` or `anyOf`.
    pub(super) const CHOICE: u16 = 512;

    pub(super) fn has(self, bits: u16) -> bool {
        self.bits & bits != 0
    }

    /// Whether the schema has these and nothing else.
    pub(super) fn is_only(self, bits: u16) -> bool {
        self.bits == bits
    }

    pub(super) fn of(model: &Model, id: SchemaId) -> Self {
        match &model.schema(id).body {
            Body::True => Self { bits: 0, kinds: Kinds::ALL, null: Null::Silent },
            Body::False => Self { bits: Self::NEVER, kinds: Kinds::ALL, null: Null::No },
            Body::Keywords(keywords) => Self::of_keywords(model, keywords),
        }
    }

    fn of_keywords(model: &Model, keywords: &Keywords) -> Self {
        let says = |schema: Option<SchemaId>| {
            schema.is_some_and(|id| matches!(model.schema(id).body, Body::Keywords(_)))
        };
        let has_values = keywords.values.is_some() || keywords.constant.is_some();
        let has_format = keywords.format.is_some() || keywords.content_encoding.is_some();
        let is_content = !keywords.properties.is_empty()
            || !keywords.pattern_properties.is_empty()
            || says(keywords.additional_properties)
            || says(keywords.unevaluated_properties)
            || keywords.items.is_some()
            || !keywords.prefix_items.is_empty()
            || says(keywords.additional_items)
            || says(keywords.unevaluated_items)
            || keywords.unique_items
            || has_values
            || has_format;
        let has_limits = Fidelity::is_limited(keywords);
        let is_file = keywords.types.is_some_and(|types| types.has("file"));
        let has_notes = keywords.read_only
            || keywords.write_only
            || keywords.deprecated
            || keywords.default.is_some();
        let mut bits = 0;
        for (is, bit) in [
            (is_content, Self::CONTENT),
            (keywords.types.is_some(), Self::TYPE),
            (!keywords.required.is_empty(), Self::REQUIRED),
            (has_values, Self::VALUES),
            (has_limits, Self::LIMITS),
            (has_notes, Self::NOTES),
            (has_format || has_limits || is_file, Self::SCALAR),
            (keywords.nullable.is_some(), Self::NULLABLE),
            (keywords.one_of.is_some() || keywords.any_of.is_some(), Self::CHOICE),
        ] {
            bits |= if is { bit } else { 0 };
        }
        let null = match keywords.types {
            Some(types) if types.has("null") => Null::Yes,
            Some(_) => Null::No,
            None => Null::Silent,
        };
        Self { bits, kinds: Kinds::of_types(keywords), null }
    }
}
