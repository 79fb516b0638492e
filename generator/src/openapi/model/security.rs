//! How a caller is authorized.

use super::{Extensions, Id, Words};
use crate::openapi::description::Location;

/// A way to authorize a caller.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub name: Words,
    /// What a caller sends.
    pub kind: SchemeKind,
    /// The description.
    pub description: Option<Words>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// What a caller sends to be authorized.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// A secret in a header, the query or a cookie.
    ApiKey {
        /// Where it is sent.
        place: KeyPlace,
        /// The name of the header, the parameter or the cookie.
        name: Words,
    },
    /// The header `Authorization` with a scheme of HTTP.
    Http {
        /// The scheme, such as `basic` or `bearer`; names are not case-sensitive.
        scheme: Words,
        /// What a bearer token is.
        bearer_format: Option<Words>,
    },
    /// A certificate of the client.
    MutualTls,
    /// A token of OAuth 2.
    OAuth2 {
        /// The ways to get one.
        flows: Vec<Flow>,
        /// The address of the metadata of the authorization server.
        metadata_url: Option<Words>,
    },
    /// A token of OpenID Connect.
    OpenIdConnect {
        /// The address of its metadata.
        url: Words,
    },
    /// Something that the document does not describe, or not completely.
    Unknown {
        /// The type, if there is one.
        name: Option<Words>,
    },
}

/// Where a secret is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPlace {
    /// A parameter of the query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A way to get a token of OAuth 2.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Where it is written.
    pub location: Location,
    /// Which one it is.
    pub kind: FlowKind,
    /// Where a person authorizes the client.
    pub authorization_url: Option<Words>,
    /// Where a device asks for a code.
    pub device_authorization_url: Option<Words>,
    /// Where the token comes from.
    pub token_url: Option<Words>,
    /// Where a new token comes from.
    pub refresh_url: Option<Words>,
    /// The scopes with their descriptions.
    pub scopes: Vec<(Words, Option<Words>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// The kind of a [`Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlowKind {
    /// `implicit`.
    Implicit,
    /// `password`.
    Password,
    /// `clientCredentials`, in 2.0 `application`.
    ClientCredentials,
    /// `authorizationCode`, in 2.0 `accessCode`.
    AuthorizationCode,
    /// `deviceAuthorization`.
    DeviceAuthorization,
}

/// Schemes that a request needs together. Of several requirements a request has to meet one.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Where it is written.
    pub location: Location,
    /// The schemes; none if a request may be anonymous.
    pub schemes: Vec<RequiredScheme>,
}

/// One of the schemes of a [`Requirement`].
#[derive(Clone, Debug)]
pub struct RequiredScheme {
    /// The name as it is written, or since 3.2 a reference.
    pub name: Words,
    /// The scheme; `None` if there is no such scheme.
    pub scheme: Option<Id<SecurityScheme>>,
    /// The scopes, or roles, that are needed.
    pub scopes: Vec<Words>,
}
