//! Schemas: the keywords of JSON Schema 2020-12, and the dialects of OpenAPI 2.0 and 3.0.
//!
//! A keyword that the version of a document does not have is honoured if its meaning is the same
//! everywhere, since whoever wrote it meant it.

use super::Object;
use super::field::{
    ALWAYS, Definition, FROM_30, FROM_31, FROM_32, Field, NAMED_SCHEMAS, NEVER, SCHEMAS, TEXTS,
    UNTIL_30, V20, V30, Value, Word, field, object, word,
};

const TYPES: &[Word] = &[
    word("string", ALWAYS),
    word("number", ALWAYS),
    word("integer", ALWAYS),
    word("boolean", ALWAYS),
    word("array", ALWAYS),
    word("object", ALWAYS),
    word("null", FROM_31).instead("write `nullable: true` in the schema of the other values"),
    word("file", V20).instead("write `type: string` with `format: binary`"),
];
const NODE_TYPES: &[Word] = &[
    word("element", ALWAYS),
    word("attribute", ALWAYS),
    word("text", ALWAYS),
    word("cdata", ALWAYS),
    word("none", ALWAYS),
];

/// A keyword of JSON Schema 2020-12 that the older dialects do not have.
const fn newer(name: &'static str, value: Value) -> Field {
    field(name, value).only(FROM_31)
}

/// A keyword of an older draft of JSON Schema, which no version of OpenAPI has.
const fn older(name: &'static str, value: Value, instead: &'static str) -> Field {
    field(name, value).only(NEVER).else_ignored().instead(instead)
}

pub(super) const SCHEMA: Definition = object(
    "a Schema Object",
    &[
        // The core of JSON Schema.
        newer("$schema", Value::Dialect),
        newer("$id", Value::Text),
        newer("$anchor", Value::Text),
        newer("$dynamicAnchor", Value::Text),
        field("$ref", Value::ReferenceTo(Object::Schema)),
        newer("$dynamicRef", Value::ReferenceTo(Object::Schema)),
        newer("$vocabulary", Value::Map(&Value::Bool)),
        newer("$comment", Value::Text),
        newer("$defs", NAMED_SCHEMAS),
        // JSON Schema 2020-12 keeps it for documents that were written by an older draft.
        newer("definitions", NAMED_SCHEMAS),
        // Schemas that are applied to the same value.
        field("allOf", SCHEMAS),
        field("anyOf", SCHEMAS).only(FROM_30),
        field("oneOf", SCHEMAS).only(FROM_30),
        field("not", Value::Schema).only(FROM_30),
        newer("if", Value::Schema),
        newer("then", Value::Schema),
        newer("else", Value::Schema),
        newer("dependentSchemas", NAMED_SCHEMAS),
        // Schemas that are applied to items and members.
        newer("prefixItems", SCHEMAS),
        field("items", Value::Schema).required_when(
            UNTIL_30,
            "type",
            &["array"],
            "its items may have any value",
        ),
        field("items", SCHEMAS).only(NEVER).instead("write `prefixItems`, which OpenAPI 3.1 has"),
        newer("contains", Value::Schema),
        field("properties", NAMED_SCHEMAS),
        newer("patternProperties", NAMED_SCHEMAS),
        field("additionalProperties", Value::SchemaOrBool),
        newer("propertyNames", Value::Schema),
        newer("unevaluatedItems", Value::Schema),
        newer("unevaluatedProperties", Value::Schema),
        // Which values there are.
        field("type", Value::Word(TYPES)).only(UNTIL_30),
        field("type", Value::Words(TYPES))
            .only(FROM_31)
            .instead("write one type; `nullable: true` adds null, and `anyOf` other types"),
        field("enum", Value::List(&Value::Any)),
        newer("const", Value::Any),
        field("multipleOf", Value::Number),
        field("maximum", Value::Number),
        field("exclusiveMaximum", Value::Bool)
            .only(UNTIL_30)
            .instead("write the number itself, and remove `maximum`"),
        field("exclusiveMaximum", Value::Number)
            .only(FROM_31)
            .instead("write the number as `maximum`, and `exclusiveMaximum: true`"),
        field("minimum", Value::Number),
        field("exclusiveMinimum", Value::Bool)
            .only(UNTIL_30)
            .instead("write the number itself, and remove `minimum`"),
        field("exclusiveMinimum", Value::Number)
            .only(FROM_31)
            .instead("write the number as `minimum`, and `exclusiveMinimum: true`"),
        field("maxLength", Value::Count),
        field("minLength", Value::Count),
        field("pattern", Value::Text),
        field("maxItems", Value::Count),
        field("minItems", Value::Count),
        field("uniqueItems", Value::Bool),
        newer("maxContains", Value::Count),
        newer("minContains", Value::Count),
        field("maxProperties", Value::Count),
        field("minProperties", Value::Count),
        field("required", TEXTS).instead(
            "write the names of the required properties as an array in the schema of the object",
        ),
        newer("dependentRequired", Value::Map(&TEXTS)),
        // What a text is.
        field("format", Value::Text),
        newer("contentEncoding", Value::Text),
        newer("contentMediaType", Value::Text),
        newer("contentSchema", Value::Schema),
        // What does not change which values there are.
        field("title", Value::Text),
        field("description", Value::Text),
        field("default", Value::Any),
        field("deprecated", Value::Bool).only(FROM_30),
        field("readOnly", Value::Bool),
        field("writeOnly", Value::Bool).only(FROM_30),
        newer("examples", Value::List(&Value::Any)),
        // The vocabulary of OpenAPI.
        field("nullable", Value::Bool)
            .only(V30)
            .instead("write `null` among the types in OpenAPI 3.1, and `x-nullable` in 2.0"),
        field("discriminator", Value::Text)
            .only(V20)
            .instead("write an object with `propertyName`"),
        field("discriminator", Value::Is(Object::Discriminator))
            .only(FROM_30)
            .instead("write the name of the property"),
        field("xml", Value::Is(Object::Xml)),
        field("externalDocs", Value::Is(Object::ExternalDocumentation)),
        field("example", Value::Any),
        // What older drafts had.
        older("id", Value::Any, "write `$id`"),
        field("additionalItems", Value::SchemaOrBool).only(NEVER).instead("write `items`"),
        older("dependencies", Value::Any, "write `dependentRequired` or `dependentSchemas`"),
        older("extends", Value::Any, "write `allOf`"),
        older("divisibleBy", Value::Any, "write `multipleOf`"),
        older("disallow", Value::Any, "write `not`"),
        older("$recursiveRef", Value::Any, "write `$dynamicRef`"),
        older("$recursiveAnchor", Value::Any, "write `$dynamicAnchor`"),
    ],
);

pub(super) const DISCRIMINATOR: Definition = object(
    "a Discriminator Object",
    &[
        field("propertyName", Value::Text)
            .required(FROM_30, "the alternatives are told apart by their members"),
        field("mapping", Value::Map(&Value::SchemaName)),
        field("defaultMapping", Value::SchemaName).only(FROM_32),
    ],
)
.extensions(FROM_31);

pub(super) const XML: Definition = object(
    "an XML Object",
    &[
        field("nodeType", Value::Word(NODE_TYPES)).only(FROM_32),
        field("name", Value::Text),
        field("namespace", Value::Text),
        field("prefix", Value::Text),
        field("attribute", Value::Bool),
        field("wrapped", Value::Bool),
    ],
);

/// Whether a keyword beside `$ref` is honoured in versions in which a reference has no siblings: it does not
/// narrow which values there are.
pub(crate) fn is_harmless_beside_reference(keyword: &str) -> bool {
    const HARMLESS: &[&str] = &[
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "example",
        "examples",
        "externalDocs",
        "xml",
    ];
    keyword.starts_with("x-") || HARMLESS.contains(&keyword)
}
