//! The objects that describe how a caller is authorized.

use super::Object;
use super::field::{
    ALWAYS, Definition, FROM_30, FROM_31, FROM_32, NAMED_TEXTS, NEVER, Names, TEXTS, V20, Value,
    Word, field, object, word,
};

const TYPES: &[Word] = &[
    word("basic", V20).instead("write `type: http` with `scheme: basic`"),
    word("apiKey", ALWAYS),
    word("http", FROM_30),
    word("mutualTLS", FROM_31),
    word("oauth2", ALWAYS),
    word("openIdConnect", FROM_30),
];
const PLACES: &[Word] = &[word("query", ALWAYS), word("header", ALWAYS), word("cookie", FROM_30)];
const FLOWS: &[Word] = &[
    word("implicit", ALWAYS),
    word("password", ALWAYS),
    word("application", ALWAYS),
    word("accessCode", ALWAYS),
];

/// How a scheme is read that lacks what a client needs.
const UNUSABLE: &str = "the caller has to set the credentials";

pub(super) const SECURITY_SCHEME: Definition = object(
    "a Security Scheme Object",
    &[
        field("type", Value::Word(TYPES)).required(ALWAYS, UNUSABLE),
        field("description", Value::Text),
        field("name", Value::Text).required_when(ALWAYS, "type", &["apiKey"], UNUSABLE),
        field("in", Value::Word(PLACES)).required_when(ALWAYS, "type", &["apiKey"], UNUSABLE),
        field("scheme", Value::Text).only(FROM_30).required_when(
            FROM_30,
            "type",
            &["http"],
            UNUSABLE,
        ),
        field("bearerFormat", Value::Text).only(FROM_30),
        field("flows", Value::Is(Object::Flows)).only(FROM_30).required_when(
            FROM_30,
            "type",
            &["oauth2"],
            UNUSABLE,
        ),
        field("openIdConnectUrl", Value::Text).only(FROM_30).required_when(
            FROM_30,
            "type",
            &["openIdConnect"],
            UNUSABLE,
        ),
        field("oauth2MetadataUrl", Value::Text).only(FROM_32),
        field("deprecated", Value::Bool).only(FROM_32),
        field("flow", Value::Word(FLOWS))
            .only(V20)
            .else_ignored()
            .instead("write `flows`")
            .required_when(V20, "type", &["oauth2"], UNUSABLE),
        field("authorizationUrl", Value::Text)
            .only(V20)
            .else_ignored()
            .instead("write it in a flow of `flows`")
            .required_when(V20, "flow", &["implicit", "accessCode"], UNUSABLE),
        field("tokenUrl", Value::Text)
            .only(V20)
            .else_ignored()
            .instead("write it in a flow of `flows`")
            .required_when(V20, "flow", &["password", "application", "accessCode"], UNUSABLE),
        field("scopes", Value::Is(Object::Scopes))
            .only(V20)
            .else_ignored()
            .instead("write them in a flow of `flows`")
            .required_when(V20, "type", &["oauth2"], "there are no scopes"),
    ],
);

pub(super) const FLOWS_OBJECT: Definition = object(
    "an OAuth Flows Object",
    &[
        field("implicit", Value::Is(Object::ImplicitFlow)),
        field("password", Value::Is(Object::TokenFlow)),
        field("clientCredentials", Value::Is(Object::TokenFlow)),
        field("authorizationCode", Value::Is(Object::CodeFlow)),
        field("deviceAuthorization", Value::Is(Object::DeviceFlow)).only(FROM_32),
    ],
);

const NO_SCOPES: &str = "there are no scopes";

/// An OAuth Flow Object of the flow `implicit`.
pub(super) const IMPLICIT_FLOW: Definition = object(
    "an OAuth Flow Object",
    &[
        field("authorizationUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("tokenUrl", Value::Text),
        field("refreshUrl", Value::Text),
        field("scopes", NAMED_TEXTS).required(FROM_30, NO_SCOPES),
    ],
);

/// An OAuth Flow Object of the flows `password` and `clientCredentials`.
pub(super) const TOKEN_FLOW: Definition = object(
    "an OAuth Flow Object",
    &[
        field("authorizationUrl", Value::Text),
        field("tokenUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("refreshUrl", Value::Text),
        field("scopes", NAMED_TEXTS).required(FROM_30, NO_SCOPES),
    ],
);

/// An OAuth Flow Object of the flow `authorizationCode`.
pub(super) const CODE_FLOW: Definition = object(
    "an OAuth Flow Object",
    &[
        field("authorizationUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("tokenUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("refreshUrl", Value::Text),
        field("scopes", NAMED_TEXTS).required(FROM_30, NO_SCOPES),
    ],
);

/// An OAuth Flow Object of the flow `deviceAuthorization`.
pub(super) const DEVICE_FLOW: Definition = object(
    "an OAuth Flow Object",
    &[
        field("deviceAuthorizationUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("tokenUrl", Value::Text).required(FROM_30, UNUSABLE),
        field("refreshUrl", Value::Text),
        field("scopes", NAMED_TEXTS).required(FROM_30, NO_SCOPES),
    ],
);

pub(super) const SCOPES: Definition =
    object("a Scopes Object", &[]).pattern(Names::Any, Value::Text);

pub(super) const SECURITY_REQUIREMENT: Definition =
    object("a Security Requirement Object", &[]).pattern(Names::Any, TEXTS).extensions(NEVER);
