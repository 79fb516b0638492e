//! Operations with security, as a generated crate has them.

use schemacrate_runtime::codegen::{Invocation, Operation, Scheme, Service, described};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{ClientBuilder, Request, ServiceClient};

pub(crate) const SERVICE: Service = Service::new("https://api.example.com/v1").with_schemes(&[
    Scheme::key_in_header("inHeader", "X-Key"),
    Scheme::key_in_query("inQuery", "api key"),
    Scheme::key_in_cookie("inCookie", "session"),
    Scheme::basic("user"),
    Scheme::bearer("oAuth"),
    Scheme::custom("digest", "Digest"),
    Scheme::certificate("mutual"),
]);

const READ: Operation = Operation::new("GET", "/state").with_accept("application/json");

pub(crate) const HEADER: Operation = READ.with_security(&[&["inHeader"]]);
pub(crate) const QUERY: Operation = READ.with_security(&[&["inQuery"]]);
pub(crate) const COOKIE: Operation = READ.with_security(&[&["inCookie"]]);
pub(crate) const USER: Operation = READ.with_security(&[&["user"]]);
pub(crate) const TOKEN: Operation = READ.with_security(&[&["oAuth"]]);
pub(crate) const DIGEST: Operation = READ.with_security(&[&["digest"]]);
pub(crate) const MUTUAL: Operation = READ.with_security(&[&["mutual"], &["inHeader"]]);
pub(crate) const ALL: Operation = READ.with_security(&[&["inHeader", "inQuery", "inCookie"]]);
pub(crate) const EITHER: Operation =
    READ.with_security(&[&[], &["inHeader", "inQuery"], &["oAuth"], &["user"]]);
pub(crate) const PUBLIC: Operation = READ.with_security(&[]);
pub(crate) const UNSAID: Operation = READ;
pub(crate) const UPLOAD: Operation = ALL.with_server("https://uploads.example.com/files/");
pub(crate) const RELATIVE: Operation = ALL.with_server("/v2");

/// What `Client::builder()` of a generated crate returns.
pub(crate) fn builder(service: &Replay) -> ClientBuilder<Client> {
    ClientBuilder::new().service_root("https://api.example.com/v1").transport(service.clone())
}

pub(crate) fn client(service: &Replay) -> ServiceClient {
    builder(service).build().expect("a client").0
}

pub(crate) fn read(client: &ServiceClient, operation: &'static Operation) -> Request<String> {
    Invocation::new(client, operation).request()
}

/// The client of a generated crate.
pub(crate) struct Client(pub(crate) ServiceClient);

impl From<ServiceClient> for Client {
    fn from(client: ServiceClient) -> Self {
        Self(described(client, &SERVICE))
    }
}
