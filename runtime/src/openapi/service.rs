//! What a document declares of its service as a whole.
//!
//! Enters: constants of generated code. Leaves: the address and the security schemes, kept with the client.
//! Must not know: operations, requests.

use super::protocol::OPENAPI;
use crate::web::client::ServiceClient;
use crate::web::protocol::OwnProtocol;
use crate::web::service_root::ServiceRoot;

/// A service that a document describes.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The address of the first server, with the defaults of its variables; empty if there is none.
    pub server: &'static str,
    /// The security schemes.
    pub schemes: &'static [Scheme],
}

/// A security scheme: its name, and how it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name.
    pub name: &'static str,
    /// How it is sent.
    pub kind: SchemeKind,
}

/// How a security scheme is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header of this name.
    Header(&'static str),
    /// A key in the query, by this name.
    Query(&'static str),
    /// A key in a cookie of this name.
    Cookie(&'static str),
    /// A user and a password.
    Basic,
    /// A bearer token, wherever it comes from.
    Bearer,
    /// A scheme of HTTP with this name.
    Custom(&'static str),
    /// A certificate of the transport.
    Certificate,
}

impl Service {
    /// A service at an address, without security.
    #[must_use]
    pub const fn new(server: &'static str) -> Self {
        Self { server, schemes: &[] }
    }

    /// The same with security schemes.
    #[must_use]
    pub const fn with_schemes(self, schemes: &'static [Scheme]) -> Self {
        Self { schemes, ..self }
    }
}

impl Scheme {
    /// A key in a header.
    #[must_use]
    pub const fn key_in_header(name: &'static str, header: &'static str) -> Self {
        Self { name, kind: SchemeKind::Header(header) }
    }

    /// A key in the query.
    #[must_use]
    pub const fn key_in_query(name: &'static str, parameter: &'static str) -> Self {
        Self { name, kind: SchemeKind::Query(parameter) }
    }

    /// A key in a cookie.
    #[must_use]
    pub const fn key_in_cookie(name: &'static str, cookie: &'static str) -> Self {
        Self { name, kind: SchemeKind::Cookie(cookie) }
    }

    /// A user and a password.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Basic }
    }

    /// A bearer token: the schemes `bearer`, `oauth2` and `openIdConnect`.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Bearer }
    }

    /// Another scheme of HTTP, such as `Digest`.
    #[must_use]
    pub const fn custom(name: &'static str, scheme: &'static str) -> Self {
        Self { name, kind: SchemeKind::Custom(scheme) }
    }

    /// A certificate that the transport shows.
    #[must_use]
    pub const fn certificate(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Certificate }
    }
}

/// A service, kept with a client of it.
#[derive(Clone, Copy)]
pub(super) struct Described {
    pub(super) service: &'static Service,
    /// Whether the client is at the server that the document declares.
    pub(super) is_declared: bool,
}

impl Described {
    /// A security scheme by its name.
    pub(super) fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        self.service.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// The same client, which knows what a document declares of its service.
#[inline]
#[must_use]
pub fn described(client: ServiceClient, service: &'static Service) -> ServiceClient {
    with(client, service)
}

fn with(client: ServiceClient, service: &'static Service) -> ServiceClient {
    let declared = ServiceRoot::parse(service.server).ok();
    let is_declared = declared.is_some_and(|root| root.as_str() == client.service_root());
    client.with_extension(OwnProtocol(&OPENAPI)).with_extension(Described { service, is_declared })
}
