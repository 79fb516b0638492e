//! What moves between threads and is shared by them. It is checked by compiling.

use schemacrate_runtime::paths::MediaPath;
use schemacrate_runtime::transport::{
    Body, BodyStream, Replay, Transport, TransportError, TransportFailure,
};
use schemacrate_runtime::{
    Additional, ClientBuilder, Credential, CredentialFn, Error, ErrorDetail, ErrorKind, Page,
    Request, Resource, Response, RetryPolicy, ServiceClient, ServiceError, Token, TokenRequest,
    cloud,
};

fn shared<T: Send + Sync + 'static>() {}

fn moved<T: Send>(_value: T) {}

#[test]
fn public_types_are_shared_by_threads() {
    shared::<Additional>();
    shared::<Body>();
    shared::<Box<dyn Credential>>();
    shared::<Box<dyn Transport>>();
    shared::<ServiceClient>();
    shared::<ClientBuilder>();
    shared::<CredentialFn<fn()>>();
    shared::<Error>();
    shared::<ErrorDetail>();
    shared::<ErrorKind>();
    shared::<Page<String>>();
    shared::<Replay>();
    shared::<Resource>();
    shared::<Response<String>>();
    shared::<RetryPolicy>();
    shared::<ServiceError>();
    shared::<Token>();
    shared::<TokenRequest>();
    shared::<TransportError>();
    shared::<TransportFailure>();
    shared::<cloud::Cloud>();
    // The answer need not be one that threads share: the request does not hold it.
    shared::<Request<std::rc::Rc<String>>>();
    shared::<BodyStream>();
    shared::<MediaPath<std::rc::Rc<String>>>();
    #[cfg(feature = "reqwest")]
    shared::<schemacrate_runtime::transport::ReqwestTransport>();
    #[cfg(feature = "tokio")]
    {
        shared::<schemacrate_runtime::FileSource>();
        shared::<schemacrate_runtime::ReaderSource<tokio::io::Empty>>();
        shared::<schemacrate_runtime::transport::BodyReader>();
    }
    #[cfg(feature = "azure")]
    shared::<schemacrate_runtime::azure::AzureCredential>();
    #[cfg(feature = "tower")]
    {
        use std::cell::Cell;
        shared::<schemacrate_runtime::transport::TowerTransport<Cell<u8>>>();
        shared::<schemacrate_runtime::transport::TransportService<Replay>>();
    }
}

#[test]
fn futures_move_between_threads() {
    let builder = ServiceClient::builder("https://example.com").transport(Replay::new());
    let client = builder.build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    moved(read.clone().send());
    moved(read.clone().send_full());
    moved(read.into_future());
    moved(client.resource("tags").list::<String>().all());
}
