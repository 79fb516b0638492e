//! Every object of OpenAPI 2.0, 3.0, 3.1 and 3.2, and every keyword of schemas, as data; and the check of
//! documents against it.
//!
//! Enters: a [`Description`](super::Description). Leaves: findings. A field is in a table, or an extension,
//! or reported. Must not know: what an object means, rules between objects.
//!
//! One table has a field of all versions, with the versions that have it, so a field of another version
//! is known as one.

mod document;
mod field;
mod index;
mod operation;
mod parameter;
mod report;
mod schema;
mod security;
mod seen;
#[cfg(test)]
mod tests;
mod walk;

use field::{Definition, Value};
pub(crate) use schema::is_harmless_beside_reference;

pub use walk::{Reached, check};

/// Whether a field of a parameter, a header or an item of 2.0 is about its value. So are the extensions for null
/// and for the names of values.
pub(crate) fn is_of_value(name: &str) -> bool {
    let is_extension = name.starts_with("x-enum") || matches!(name, "x-nullable" | "x-ms-enum");
    is_extension || name != "collectionFormat" && !Object::Items.find(name).forms.is_empty()
}

/// An object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Object {
    /// The root of a document: the OpenAPI Object, in 2.0 the Swagger Object.
    Document,
    /// Info Object.
    Info,
    /// Contact Object.
    Contact,
    /// License Object.
    License,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Components Object.
    Components,
    /// Tag Object.
    Tag,
    /// External Documentation Object.
    ExternalDocumentation,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Callback Object.
    Callback,
    /// Link Object.
    Link,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Parameter Object.
    Parameter,
    /// Header Object.
    Header,
    /// Items Object, of 2.0.
    Items,
    /// Encoding Object.
    Encoding,
    /// Example Object.
    Example,
    /// Reference Object.
    Reference,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    Flows,
    /// OAuth Flow Object of the flow `implicit`.
    ImplicitFlow,
    /// OAuth Flow Object of a flow that needs only the address of tokens.
    TokenFlow,
    /// OAuth Flow Object of the flow `authorizationCode`.
    CodeFlow,
    /// OAuth Flow Object of the flow `deviceAuthorization`.
    DeviceFlow,
    /// Scopes Object, of 2.0.
    Scopes,
    /// Security Requirement Object.
    SecurityRequirement,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// XML Object.
    Xml,
}

impl Object {
    /// All objects, in order.
    const ALL: [Self; 35] = [
        Self::Document,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Components,
        Self::Tag,
        Self::ExternalDocumentation,
        Self::Paths,
        Self::PathItem,
        Self::Operation,
        Self::Responses,
        Self::Response,
        Self::Callback,
        Self::Link,
        Self::RequestBody,
        Self::MediaType,
        Self::Parameter,
        Self::Header,
        Self::Items,
        Self::Encoding,
        Self::Example,
        Self::Reference,
        Self::SecurityScheme,
        Self::Flows,
        Self::ImplicitFlow,
        Self::TokenFlow,
        Self::CodeFlow,
        Self::DeviceFlow,
        Self::Scopes,
        Self::SecurityRequirement,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
    ];

    /// The table of the object.
    fn definition(self) -> &'static Definition {
        match self {
            Self::Document => &document::DOCUMENT,
            Self::Info => &document::INFO,
            Self::Contact => &document::CONTACT,
            Self::License => &document::LICENSE,
            Self::Server => &document::SERVER,
            Self::ServerVariable => &document::SERVER_VARIABLE,
            Self::Components => &document::COMPONENTS,
            Self::Tag => &document::TAG,
            Self::ExternalDocumentation => &document::EXTERNAL_DOCUMENTATION,
            Self::Paths => &operation::PATHS,
            Self::PathItem => &operation::PATH_ITEM,
            Self::Operation => &operation::OPERATION,
            Self::Responses => &operation::RESPONSES,
            Self::Response => &operation::RESPONSE,
            Self::Callback => &operation::CALLBACK,
            Self::Link => &operation::LINK,
            Self::RequestBody => &operation::REQUEST_BODY,
            Self::MediaType => &operation::MEDIA_TYPE,
            Self::Parameter => &parameter::PARAMETER,
            Self::Header => &parameter::HEADER,
            Self::Items => &parameter::ITEMS_OBJECT,
            Self::Encoding => &parameter::ENCODING,
            Self::Example => &parameter::EXAMPLE,
            Self::Reference => &parameter::REFERENCE,
            Self::SecurityScheme => &security::SECURITY_SCHEME,
            Self::Flows => &security::FLOWS_OBJECT,
            Self::ImplicitFlow => &security::IMPLICIT_FLOW,
            Self::TokenFlow => &security::TOKEN_FLOW,
            Self::CodeFlow => &security::CODE_FLOW,
            Self::DeviceFlow => &security::DEVICE_FLOW,
            Self::Scopes => &security::SCOPES,
            Self::SecurityRequirement => &security::SECURITY_REQUIREMENT,
            Self::Schema => &schema::SCHEMA,
            Self::Discriminator => &schema::DISCRIMINATOR,
            Self::Xml => &schema::XML,
        }
    }

    /// What to call it in a message, with an article.
    fn title(self) -> &'static str {
        self.definition().title
    }

    /// What a value must be that is the object itself.
    fn value(self) -> Value {
        match self {
            Self::Schema => Value::Schema,
            other => Value::Is(other),
        }
    }

    /// What a value must be to which a reference to such an object refers.
    fn referable(self) -> Value {
        match self {
            Self::Schema => Value::Schema,
            // It has a reference as one of its fields.
            Self::PathItem => Value::Is(self),
            other => Value::Referable(other),
        }
    }
}
