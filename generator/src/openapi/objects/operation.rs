//! The objects that describe operations, and what they answer.

use super::Object;
use super::field::{
    Definition, FROM_30, FROM_32, Field, NAMED_EXAMPLES, Names, TEXTS, UNTIL_30, UNTIL_31, V20,
    V30_31, Value, at_most_one, exactly_one, field, object,
};

const PARAMETERS: Value = Value::List(&Value::Referable(Object::Parameter));
const SECURITY: Value = Value::List(&Value::Is(Object::SecurityRequirement));
const SERVERS: Value = Value::List(&Value::Is(Object::Server));
pub(super) const NAMED_HEADERS: Value = Value::Map(&Value::Referable(Object::Header));
pub(super) const CONTENT: Value = Value::Map(&Value::Is(Object::MediaType));
pub(super) const CONTENT_32: Value = Value::Map(&Value::Referable(Object::MediaType));

pub(super) const PATHS: Definition =
    object("a Paths Object", &[]).pattern(Names::Path, Value::Is(Object::PathItem));

const fn method(name: &'static str) -> Field {
    field(name, Value::Is(Object::Operation))
}

pub(super) const PATH_ITEM: Definition = object(
    "a Path Item Object",
    &[
        field("$ref", Value::ReferenceTo(Object::PathItem)),
        field("summary", Value::Text).only(FROM_30),
        field("description", Value::Text).only(FROM_30),
        method("get"),
        method("put"),
        method("post"),
        method("delete"),
        method("options"),
        method("head"),
        method("patch"),
        method("trace").only(FROM_30),
        method("query").only(FROM_32),
        field("additionalOperations", Value::Map(&Value::Is(Object::Operation))).only(FROM_32),
        field("servers", SERVERS).only(FROM_30).else_ignored(),
        field("parameters", PARAMETERS),
    ],
);

pub(super) const OPERATION: Definition = object(
    "an Operation Object",
    &[
        field("tags", TEXTS),
        field("summary", Value::Text),
        field("description", Value::Text),
        field("externalDocs", Value::Is(Object::ExternalDocumentation)),
        field("operationId", Value::Text),
        field("consumes", TEXTS)
            .only(V20)
            .else_ignored()
            .instead("write the media types in `content` of `requestBody`"),
        field("produces", TEXTS)
            .only(V20)
            .else_ignored()
            .instead("write the media types in `content` of each response"),
        field("parameters", PARAMETERS),
        field("requestBody", Value::Referable(Object::RequestBody))
            .only(FROM_30)
            .else_ignored()
            .instead("write a parameter with `in: body`"),
        field("responses", Value::Is(Object::Responses))
            .required(UNTIL_30, "every answer is accepted and none is described"),
        field("callbacks", Value::Map(&Value::Referable(Object::Callback)))
            .only(FROM_30)
            .else_ignored(),
        field("schemes", TEXTS).only(V20).else_ignored().instead("write `servers`"),
        field("deprecated", Value::Bool),
        field("security", SECURITY),
        field("servers", SERVERS).only(FROM_30).else_ignored(),
    ],
);

pub(super) const RESPONSES: Definition =
    object("a Responses Object", &[field("default", Value::Referable(Object::Response))])
        .pattern(Names::Status, Value::Referable(Object::Response));

pub(super) const RESPONSE: Definition = object(
    "a Response Object",
    &[
        field("summary", Value::Text).only(FROM_32),
        field("description", Value::Text).required(UNTIL_31, "the response has no description"),
        field("headers", NAMED_HEADERS),
        field("schema", Value::Schema)
            .only(V20)
            .else_ignored()
            .instead("write the schema in `content`, below a media type"),
        field("examples", Value::Map(&Value::Any))
            .only(V20)
            .else_ignored()
            .instead("write the examples in `content`, below a media type"),
        field("content", CONTENT).only(V30_31).else_ignored(),
        field("content", CONTENT_32).only(FROM_32),
        field("links", Value::Map(&Value::Referable(Object::Link))).only(FROM_30).else_ignored(),
    ],
);

pub(super) const CALLBACK: Definition =
    object("a Callback Object", &[]).pattern(Names::Any, Value::Is(Object::PathItem));

pub(super) const LINK: Definition = object(
    "a Link Object",
    &[
        field("operationRef", Value::Text),
        field("operationId", Value::Text),
        field("parameters", Value::Map(&Value::Any)),
        field("requestBody", Value::Any),
        field("description", Value::Text),
        field("server", Value::Is(Object::Server)),
    ],
)
.choices(&[exactly_one(
    FROM_30,
    &["operationRef", "operationId"],
    "the link refers to no operation",
)]);

pub(super) const REQUEST_BODY: Definition = object(
    "a Request Body Object",
    &[
        field("description", Value::Text),
        field("content", CONTENT).only(V30_31).required(V30_31, "the body is of any media type"),
        field("content", CONTENT_32)
            .only(FROM_32)
            .required(FROM_32, "the body is of any media type"),
        field("required", Value::Bool),
    ],
);

pub(super) const MEDIA_TYPE: Definition = object(
    "a Media Type Object",
    &[
        field("schema", Value::Schema),
        field("itemSchema", Value::Schema).only(FROM_32),
        field("example", Value::Any),
        field("examples", NAMED_EXAMPLES),
        field("encoding", Value::Map(&Value::Is(Object::Encoding))),
        field("prefixEncoding", Value::List(&Value::Is(Object::Encoding))).only(FROM_32),
        field("itemEncoding", Value::Is(Object::Encoding)).only(FROM_32),
    ],
)
.choices(&[
    at_most_one(FROM_30, &["example", "examples"]),
    at_most_one(FROM_32, &["encoding", "prefixEncoding"]),
    at_most_one(FROM_32, &["encoding", "itemEncoding"]),
]);
