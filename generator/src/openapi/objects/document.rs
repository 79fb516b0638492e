//! The objects that describe the API as a whole.

use super::Object;
use super::field::{
    ALWAYS, Definition, FROM_30, FROM_31, FROM_32, Field, NAMED_SCHEMAS, TEXTS, UNTIL_30, V20,
    Value, Word, at_least_one, at_most_one, field, object, word,
};

const TAGS: Value = Value::List(&Value::Is(Object::Tag));
const SECURITY: Value = Value::List(&Value::Is(Object::SecurityRequirement));
const SERVERS: Value = Value::List(&Value::Is(Object::Server));
const SCHEMES: &[Word] =
    &[word("http", ALWAYS), word("https", ALWAYS), word("ws", ALWAYS), word("wss", ALWAYS)];

pub(super) const DOCUMENT: Definition = object(
    "an OpenAPI Object",
    &[
        // Whether the version is one was found out before anything else.
        field("swagger", Value::Any).only(V20).instead("write `openapi`"),
        field("openapi", Value::Any).only(FROM_30).instead("write `swagger`"),
        field("$self", Value::Text).only(FROM_32),
        field("info", Value::Is(Object::Info)).required(ALWAYS, "the API has no title"),
        field("jsonSchemaDialect", Value::Dialect).only(FROM_31),
        field("servers", SERVERS).only(FROM_30).else_ignored(),
        field("paths", Value::Is(Object::Paths))
            .required(UNTIL_30, "the API has no operations on paths"),
        field("webhooks", Value::Map(&Value::Is(Object::PathItem))).only(FROM_31),
        // The same before 3.1, by an extension that vendors have in common.
        field("x-webhooks", Value::Map(&Value::Is(Object::PathItem))),
        field("components", Value::Is(Object::Components)).only(FROM_30).else_ignored(),
        field("security", SECURITY),
        field("tags", TAGS),
        field("externalDocs", Value::Is(Object::ExternalDocumentation)),
        field("host", Value::Text).only(V20).else_ignored().instead("write `servers`"),
        field("basePath", Value::Text).only(V20).else_ignored().instead("write `servers`"),
        field("schemes", Value::List(&Value::Word(SCHEMES)))
            .only(V20)
            .else_ignored()
            .instead("write `servers`"),
        field("consumes", TEXTS)
            .only(V20)
            .else_ignored()
            .instead("write the media types in `content` of each `requestBody`"),
        field("produces", TEXTS)
            .only(V20)
            .else_ignored()
            .instead("write the media types in `content` of each response"),
        field("definitions", NAMED_SCHEMAS)
            .only(V20)
            .instead("move the schemas to `components.schemas`"),
        field("parameters", Value::Map(&Value::Is(Object::Parameter)))
            .only(V20)
            .else_ignored()
            .instead("move the parameters to `components.parameters`"),
        field("responses", Value::Map(&Value::Is(Object::Response)))
            .only(V20)
            .else_ignored()
            .instead("move the responses to `components.responses`"),
        field("securityDefinitions", Value::Map(&Value::Is(Object::SecurityScheme)))
            .only(V20)
            .else_ignored()
            .instead("move the schemes to `components.securitySchemes`"),
    ],
)
.choices(&[at_least_one(
    FROM_31,
    &["paths", "components", "webhooks"],
    "there is nothing to generate",
)]);

pub(super) const INFO: Definition = object(
    "an Info Object",
    &[
        field("title", Value::Text).required(ALWAYS, "the API has no title"),
        field("summary", Value::Text).only(FROM_31),
        field("description", Value::Text),
        field("termsOfService", Value::Text),
        field("contact", Value::Is(Object::Contact)),
        field("license", Value::Is(Object::License)),
        field("version", Value::Text).required(ALWAYS, "the API has no version"),
    ],
);

pub(super) const CONTACT: Definition = object(
    "a Contact Object",
    &[field("name", Value::Text), field("url", Value::Text), field("email", Value::Text)],
);

pub(super) const LICENSE: Definition = object(
    "a License Object",
    &[
        field("name", Value::Text).required(ALWAYS, "the licence has no name"),
        field("identifier", Value::Text).only(FROM_31),
        field("url", Value::Text),
    ],
)
.choices(&[at_most_one(FROM_31, &["identifier", "url"])]);

pub(super) const SERVER: Definition = object(
    "a Server Object",
    &[
        field("url", Value::Text).required(FROM_30, "the server is left out"),
        field("name", Value::Text).only(FROM_32),
        field("description", Value::Text),
        field("variables", Value::Map(&Value::Is(Object::ServerVariable))),
    ],
);

pub(super) const SERVER_VARIABLE: Definition = object(
    "a Server Variable Object",
    &[
        field("enum", TEXTS),
        field("default", Value::Text).required(FROM_30, "the variable has no default"),
        field("description", Value::Text),
    ],
);

pub(super) const COMPONENTS: Definition = object(
    "a Components Object",
    &[
        field("schemas", Value::Components(&Value::Schema)),
        components("responses", &Value::Referable(Object::Response)),
        components("parameters", &Value::Referable(Object::Parameter)),
        components("examples", &Value::Referable(Object::Example)),
        components("requestBodies", &Value::Referable(Object::RequestBody)),
        components("headers", &Value::Referable(Object::Header)),
        components("securitySchemes", &Value::Referable(Object::SecurityScheme)),
        components("links", &Value::Referable(Object::Link)),
        components("callbacks", &Value::Referable(Object::Callback)),
        components("pathItems", &Value::Is(Object::PathItem)).only(FROM_31),
        components("mediaTypes", &Value::Referable(Object::MediaType)).only(FROM_32),
    ],
);

const fn components(name: &'static str, value: &'static Value) -> Field {
    field(name, Value::Components(value))
}

pub(super) const TAG: Definition = object(
    "a Tag Object",
    &[
        field("name", Value::Text).required(ALWAYS, "the tag is left out"),
        field("summary", Value::Text).only(FROM_32),
        field("description", Value::Text),
        field("externalDocs", Value::Is(Object::ExternalDocumentation)),
        field("parent", Value::Text).only(FROM_32),
        field("kind", Value::Text).only(FROM_32),
    ],
);

pub(super) const EXTERNAL_DOCUMENTATION: Definition = object(
    "an External Documentation Object",
    &[
        field("description", Value::Text),
        field("url", Value::Text).required(ALWAYS, "there is nothing to refer to"),
    ],
);
