//! A schema as it is written: every keyword of JSON Schema 2020-12 and of the dialects of OpenAPI 2.0 and
//! 3.0, with its place.
//!
//! Values (constants, defaults, examples) stay in the documents, as [`Location`]s: they are any JSON.

use crate::input::source::Span;
use crate::openapi::description::Location;
use crate::openapi::shown::shown;
use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

/// The number of a schema in its [`Model`](super::Model).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(u32);

/// A schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it is written.
    pub location: Location,
    /// The name, if it is a component.
    pub name: Option<String>,
    /// What it says.
    pub body: Body,
}

/// What a schema says.
#[derive(Clone, Debug)]
pub enum Body {
    /// `true`: every value is valid.
    True,
    /// `false`: no value is valid.
    False,
    /// An object of keywords.
    Keywords(Box<Keywords>),
}

/// The keywords of a schema. What is absent is `None` or empty.
///
/// Those that fewer schemas have are in [`FurtherKeywords`] and [`RareKeywords`], to which this dereferences,
/// and limits are in [`Bounds`], so that a schema without them is small: there are as many schemas as members.
#[derive(Clone, Debug, Default)]
pub struct Keywords {
    /// `$ref`.
    pub reference: Option<Box<Reference>>,
    /// `properties`, in order.
    pub properties: Vec<Property>,
    /// `additionalProperties`.
    pub additional_properties: Option<SchemaId>,
    /// `items`, unless it is a list.
    pub items: Option<SchemaId>,
    /// `type`.
    pub types: Option<Types>,
    /// `required`.
    pub required: Vec<Words>,
    /// The keywords that limit a number, a length or a count.
    pub limits: Limits,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `format`.
    pub format: Option<Words>,
    /// `description`.
    pub description: Option<Words>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// `readOnly: true`.
    pub read_only: bool,
    /// `writeOnly: true`.
    pub write_only: bool,
    /// The others.
    pub(super) further: Rare<FurtherKeywords>,
}

/// The keywords that many schemas do not have. It dereferences to those that few have.
#[derive(Clone, Debug)]
pub struct FurtherKeywords {
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`. It is `Some` if the keyword is there, even with an empty list.
    pub any_of: Option<Vec<SchemaId>>,
    /// `oneOf`. It is `Some` if the keyword is there, even with an empty list.
    pub one_of: Option<Vec<SchemaId>>,
    /// `enum`: the values.
    pub values: Option<Vec<Location>>,
    /// `const`.
    pub constant: Option<Location>,
    /// `title`.
    pub title: Option<Words>,
    /// `default`.
    pub default: Option<Location>,
    /// `example`, then the items of `examples`.
    pub examples: Vec<Location>,
    /// Where `nullable: true` or `x-nullable: true` is.
    pub nullable: Option<Span>,
    /// Extensions, and keywords that no version has.
    pub extensions: Vec<(Words, Location)>,
    /// The keywords that few schemas have.
    pub(super) rare: Rare<RareKeywords>,
}

/// The keywords that few schemas have.
#[derive(Clone, Debug)]
pub struct RareKeywords {
    /// `$dynamicRef`.
    pub dynamic_reference: Option<Reference>,
    /// `$dynamicAnchor`.
    pub dynamic_anchor: Option<Words>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`.
    pub consequence: Option<SchemaId>,
    /// `else`.
    pub alternative: Option<SchemaId>,
    /// `dependentSchemas`.
    pub dependent_schemas: Vec<Property>,
    /// `patternProperties`, in order; the names are regular expressions.
    pub pattern_properties: Vec<Property>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<SchemaId>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `prefixItems`, and `items` if it is a list, as older versions of JSON Schema have it.
    pub prefix_items: Vec<SchemaId>,
    /// `additionalItems`, which is beside `items` that is a list.
    pub additional_items: Option<SchemaId>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<SchemaId>,
    /// `contains`.
    pub contains: Option<SchemaId>,
    /// `dependentRequired`: the names that the presence of a name requires.
    pub dependent_required: Vec<(Words, Vec<Words>)>,
    /// `pattern`.
    pub pattern: Option<Words>,
    /// `contentEncoding`.
    pub content_encoding: Option<Words>,
    /// `contentMediaType`.
    pub content_media_type: Option<Words>,
    /// `contentSchema`.
    pub content_schema: Option<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `xml`.
    pub xml: Option<Location>,
    /// `externalDocs`.
    pub external_docs: Option<Location>,
    /// `$defs` and `definitions`: schemas that are there to be referred to.
    pub definitions: Vec<Property>,
}

/// A text, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

/// A reference to a schema.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The text of the reference.
    pub text: Words,
    /// The schema.
    pub target: SchemaId,
    /// For `$dynamicRef`, the other schemas that it can refer to.
    pub candidates: Vec<SchemaId>,
}

/// A name with a schema.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name.
    pub name: Words,
    /// The schema.
    pub schema: SchemaId,
}

/// The types that a value may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types {
    bits: u8,
    /// Where the keyword is.
    pub span: Span,
}

/// The keywords that limit a number, a length or a count, which dereferences to them.
#[derive(Clone, Debug, Default)]
pub struct Limits(Rare<Bounds>);

/// The keywords that limit a number, a length or a count, with the digits as they are written.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // The names are those of the keywords.
pub struct Bounds {
    pub multiple_of: Option<Words>,
    pub maximum: Option<Words>,
    /// Of 3.0, where it is a boolean beside `maximum`, the number of `maximum`.
    pub exclusive_maximum: Option<Words>,
    pub minimum: Option<Words>,
    /// Of 3.0, where it is a boolean beside `minimum`, the number of `minimum`.
    pub exclusive_minimum: Option<Words>,
    pub max_length: Option<Words>,
    pub min_length: Option<Words>,
    pub max_items: Option<Words>,
    pub min_items: Option<Words>,
    pub max_contains: Option<Words>,
    pub min_contains: Option<Words>,
    pub max_properties: Option<Words>,
    pub min_properties: Option<Words>,
}

/// What most schemas do not have.
#[derive(Clone, Debug)]
pub(super) struct Rare<T>(Option<Box<T>>);

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Rare<T> {
    /// What is there, if anything is.
    pub(super) fn written(&self) -> Option<&T> {
        self.0.as_deref()
    }
}

static NO_BOUNDS: Bounds = Bounds {
    multiple_of: None,
    maximum: None,
    exclusive_maximum: None,
    minimum: None,
    exclusive_minimum: None,
    max_length: None,
    min_length: None,
    max_items: None,
    min_items: None,
    max_contains: None,
    min_contains: None,
    max_properties: None,
    min_properties: None,
};

static NO_FURTHER_KEYWORDS: FurtherKeywords = FurtherKeywords {
    all_of: Vec::new(),
    any_of: None,
    one_of: None,
    values: None,
    constant: None,
    title: None,
    default: None,
    examples: Vec::new(),
    nullable: None,
    extensions: Vec::new(),
    rare: Rare(None),
};

static NO_RARE_KEYWORDS: RareKeywords = RareKeywords {
    dynamic_reference: None,
    dynamic_anchor: None,
    not: None,
    condition: None,
    consequence: None,
    alternative: None,
    dependent_schemas: Vec::new(),
    pattern_properties: Vec::new(),
    unevaluated_properties: None,
    property_names: None,
    prefix_items: Vec::new(),
    additional_items: None,
    unevaluated_items: None,
    contains: None,
    dependent_required: Vec::new(),
    pattern: None,
    content_encoding: None,
    content_media_type: None,
    content_schema: None,
    discriminator: None,
    xml: None,
    external_docs: None,
    definitions: Vec::new(),
};

impl Limits {
    /// The keywords, if there are any.
    pub(super) fn written(&self) -> Option<&Bounds> {
        self.0.written()
    }
}

impl Deref for Limits {
    type Target = Bounds;

    fn deref(&self) -> &Bounds {
        self.written().unwrap_or(&NO_BOUNDS)
    }
}

impl DerefMut for Limits {
    fn deref_mut(&mut self) -> &mut Bounds {
        self.0.0.get_or_insert_with(|| Box::new(NO_BOUNDS.clone()))
    }
}

impl Deref for Keywords {
    type Target = FurtherKeywords;

    fn deref(&self) -> &FurtherKeywords {
        self.further.written().unwrap_or(&NO_FURTHER_KEYWORDS)
    }
}

impl DerefMut for Keywords {
    fn deref_mut(&mut self) -> &mut FurtherKeywords {
        self.further.0.get_or_insert_with(|| Box::new(NO_FURTHER_KEYWORDS.clone()))
    }
}

impl Deref for FurtherKeywords {
    type Target = RareKeywords;

    fn deref(&self) -> &RareKeywords {
        self.rare.written().unwrap_or(&NO_RARE_KEYWORDS)
    }
}

impl DerefMut for FurtherKeywords {
    fn deref_mut(&mut self) -> &mut RareKeywords {
        self.rare.0.get_or_insert_with(|| Box::new(NO_RARE_KEYWORDS.clone()))
    }
}

/// How the schemas of a union, or those derived from a base, are told apart.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// Where it is.
    pub span: Span,
    /// The name of the member.
    pub property: Words,
    /// The values of the member with their schemas.
    pub mapping: Vec<Mapping>,
    /// The schema for a value that is absent or unknown.
    pub default: Option<Target>,
}

/// A value of a [`Discriminator`].
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The value.
    pub value: Words,
    /// The schema.
    pub target: Target,
}

/// What a discriminator refers to.
#[derive(Clone, Debug)]
pub struct Target {
    /// The name or the reference as it is written.
    pub text: Words,
    /// The schema; `None` if there is none, which was reported.
    pub schema: Option<SchemaId>,
}

impl Words {
    /// What a message shows of it.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        shown(&self.text)
    }
}

impl SchemaId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Types {
    /// The names of the types. `file` is of 2.0 only.
    pub const NAMES: [&'static str; 8] =
        ["null", "boolean", "object", "array", "number", "integer", "string", "file"];

    /// No type.
    pub fn none(span: Span) -> Self {
        Self { bits: 0, span }
    }

    /// Adds a type. Returns whether there is one of that name.
    pub fn insert(&mut self, name: &str) -> bool {
        let found = Self::NAMES.iter().position(|one| *one == name);
        found.inspect(|at| self.bits |= 1 << at).is_some()
    }

    /// Whether a type is one of them.
    pub fn has(self, name: &str) -> bool {
        Self::NAMES.iter().position(|one| *one == name).is_some_and(|at| self.bits & 1 << at != 0)
    }

    /// The names of those that are there.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |name| self.has(name))
    }
}

impl Schema {
    /// The keywords; `None` for a boolean.
    pub fn keywords(&self) -> Option<&Keywords> {
        match &self.body {
            Body::Keywords(keywords) => Some(keywords),
            Body::True | Body::False => None,
        }
    }
}
