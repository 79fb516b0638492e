//! The objects that describe single values of a request or a response.

use super::Object;
use super::field::{
    ALWAYS, Definition, FROM_30, FROM_32, Field, NAMED_EXAMPLES, V20, V30_31, Value, Word,
    at_most_one, exactly_one, field, object, word,
};
use super::operation::{CONTENT, CONTENT_32, NAMED_HEADERS};

const PLACES: &[Word] = &[
    word("query", ALWAYS),
    word("querystring", FROM_32),
    word("header", ALWAYS),
    word("path", ALWAYS),
    word("cookie", FROM_30),
    word("formData", V20).instead("write `requestBody`"),
    word("body", V20).instead("write `requestBody`"),
];
/// The places of parameters of 2.0 that have a type and not a schema.
const OF_TYPE: &[&str] = &["query", "header", "path", "formData"];
const STYLES: &[Word] = &[
    word("matrix", ALWAYS),
    word("label", ALWAYS),
    word("simple", ALWAYS),
    word("form", ALWAYS),
    word("spaceDelimited", ALWAYS),
    word("pipeDelimited", ALWAYS),
    word("deepObject", ALWAYS),
    word("cookie", FROM_32),
];
const TYPES: &[Word] = &[
    word("string", ALWAYS),
    word("number", ALWAYS),
    word("integer", ALWAYS),
    word("boolean", ALWAYS),
    word("array", ALWAYS),
    word("file", ALWAYS),
];
const COLLECTION_FORMATS: &[Word] = &[
    word("csv", ALWAYS),
    word("ssv", ALWAYS),
    word("tsv", ALWAYS),
    word("pipes", ALWAYS),
    word("multi", ALWAYS),
];

/// The field of 2.0 that says of which type a value is; later versions have `schema`.
const TYPE: Field = of_value("type", Value::Word(TYPES));
const FORMAT: Field = of_value("format", Value::Text);
const ITEMS: Field = of_value("items", Value::Is(Object::Items));
const COLLECTION_FORMAT: Field = field("collectionFormat", Value::Word(COLLECTION_FORMATS))
    .only(V20)
    .instead("write `style` and `explode`");
const DEFAULT: Field = of_value("default", Value::Any);
const MAXIMUM: Field = of_value("maximum", Value::Number);
const EXCLUSIVE_MAXIMUM: Field = of_value("exclusiveMaximum", Value::Bool);
const MINIMUM: Field = of_value("minimum", Value::Number);
const EXCLUSIVE_MINIMUM: Field = of_value("exclusiveMinimum", Value::Bool);
const MAX_LENGTH: Field = of_value("maxLength", Value::Count);
const MIN_LENGTH: Field = of_value("minLength", Value::Count);
const PATTERN: Field = of_value("pattern", Value::Text);
const MAX_ITEMS: Field = of_value("maxItems", Value::Count);
const MIN_ITEMS: Field = of_value("minItems", Value::Count);
const UNIQUE_ITEMS: Field = of_value("uniqueItems", Value::Bool);
const ENUM: Field = of_value("enum", Value::List(&Value::Any));
const MULTIPLE_OF: Field = of_value("multipleOf", Value::Number);

/// A keyword of 2.0 that is a keyword of `schema` in later versions.
const fn of_value(name: &'static str, value: Value) -> Field {
    field(name, value).only(V20).else_in_place_of("schema").instead(IN_SCHEMA)
}

const IN_SCHEMA: &str = "write it in `schema`";

/// How a parameter or a header is read that has neither `schema` nor `content`.
const NO_SCHEMA: &str = "it may have any value";

/// The fields of an object that describes values itself, as 2.0 has them: its own ones up to the type, and
/// those that limit the values.
macro_rules! of_values {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            FORMAT,
            ITEMS.required_when(V20, "type", &["array"], "its items may have any value"),
            COLLECTION_FORMAT,
            DEFAULT,
            MAXIMUM,
            EXCLUSIVE_MAXIMUM,
            MINIMUM,
            EXCLUSIVE_MINIMUM,
            MAX_LENGTH,
            MIN_LENGTH,
            PATTERN,
            MAX_ITEMS,
            MIN_ITEMS,
            UNIQUE_ITEMS,
            ENUM,
            MULTIPLE_OF,
        ]
    };
}

pub(super) const PARAMETER: Definition = object(
    "a Parameter Object",
    of_values![
        field("name", Value::Text).required(ALWAYS, "the parameter is left out"),
        field("in", Value::Word(PLACES)).required(ALWAYS, "the parameter is left out"),
        field("description", Value::Text),
        field("required", Value::Bool).required_when(ALWAYS, "in", &["path"], "read as `true`"),
        field("deprecated", Value::Bool).only(FROM_30),
        field("allowEmptyValue", Value::Bool),
        field("style", Value::Word(STYLES)).only(FROM_30),
        field("explode", Value::Bool).only(FROM_30),
        field("allowReserved", Value::Bool).only(FROM_30),
        field("schema", Value::Schema).required_when(V20, "in", &["body"], NO_SCHEMA),
        field("content", CONTENT).only(V30_31),
        field("content", CONTENT_32).only(FROM_32),
        field("example", Value::Any).only(FROM_30),
        field("examples", NAMED_EXAMPLES).only(FROM_30),
        TYPE.required_when(V20, "in", OF_TYPE, NO_SCHEMA),
    ],
)
.choices(&[
    exactly_one(FROM_30, &["schema", "content"], NO_SCHEMA).or_else("type"),
    at_most_one(FROM_30, &["example", "examples"]),
]);

pub(super) const HEADER: Definition = object(
    "a Header Object",
    of_values![
        field("description", Value::Text),
        field("required", Value::Bool).only(FROM_30),
        field("deprecated", Value::Bool).only(FROM_30),
        field("allowEmptyValue", Value::Bool).only(V30_31),
        field("style", Value::Word(STYLES)).only(FROM_30),
        field("explode", Value::Bool).only(FROM_30),
        field("allowReserved", Value::Bool).only(V30_31),
        field("schema", Value::Schema).only(FROM_30),
        field("content", CONTENT).only(V30_31),
        field("content", CONTENT_32).only(FROM_32),
        field("example", Value::Any).only(FROM_30),
        field("examples", NAMED_EXAMPLES).only(FROM_30),
        TYPE.required(V20, NO_SCHEMA),
    ],
)
.choices(&[
    exactly_one(FROM_30, &["schema", "content"], NO_SCHEMA).or_else("type"),
    at_most_one(FROM_30, &["example", "examples"]),
]);

/// The schema of the items of a parameter or a header of 2.0.
pub(super) const ITEMS_OBJECT: Definition =
    object("an Items Object", of_values![TYPE.required(V20, NO_SCHEMA)]);

pub(super) const ENCODING: Definition = object(
    "an Encoding Object",
    &[
        field("contentType", Value::Text),
        field("headers", NAMED_HEADERS),
        field("style", Value::Word(STYLES)),
        field("explode", Value::Bool),
        field("allowReserved", Value::Bool),
        field("encoding", Value::Map(&Value::Is(Object::Encoding))).only(FROM_32),
        field("prefixEncoding", Value::List(&Value::Is(Object::Encoding))).only(FROM_32),
        field("itemEncoding", Value::Is(Object::Encoding)).only(FROM_32),
    ],
)
.choices(&[
    at_most_one(FROM_32, &["encoding", "prefixEncoding"]),
    at_most_one(FROM_32, &["encoding", "itemEncoding"]),
]);

pub(super) const EXAMPLE: Definition = object(
    "an Example Object",
    &[
        field("summary", Value::Text),
        field("description", Value::Text),
        field("value", Value::Any),
        field("externalValue", Value::Text),
        field("dataValue", Value::Any).only(FROM_32),
        field("serializedValue", Value::Text).only(FROM_32),
    ],
)
.choices(&[
    at_most_one(FROM_30, &["value", "externalValue"]),
    at_most_one(FROM_32, &["dataValue", "value"]),
    at_most_one(FROM_32, &["serializedValue", "value"]),
    at_most_one(FROM_32, &["serializedValue", "externalValue"]),
]);

/// The form that a reference has in 3.1 and later; before, there is nothing but `$ref`.
pub(super) const REFERENCE: Definition = object(
    "a Reference Object",
    &[
        field("$ref", Value::Text),
        field("summary", Value::Text).only(super::field::FROM_31),
        field("description", Value::Text).only(super::field::FROM_31),
    ],
)
.extensions(super::field::NEVER);
