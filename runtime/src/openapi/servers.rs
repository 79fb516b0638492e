//! At which address an operation is called that has a server of its own.
//!
//! Enters: the address that a document declares for an operation, and what the caller set for it. Leaves: the
//! root of its requests. Who points a client at another address than the declared one sends nothing to the
//! declared servers of single operations.

use std::sync::Arc;

use super::server::ServerAddress;
use super::service::Described;
use crate::json::Fault;
use crate::web::client::ServiceClient;
use crate::web::client_builder::ClientBuilder;
use crate::web::service_root::ServiceRoot;

/// The addresses that a caller has set in place of declared ones.
#[derive(Clone, Default)]
struct Servers(Vec<(String, Arc<ServiceRoot>)>);

impl<C> ClientBuilder<C> {
    /// Sets the address of the service: a text, or one of the `servers` of the generated crate, whose variables
    /// can be set.
    ///
    /// All requests go there, also those of operations for which the document declares a server of their
    /// own, unless [`server_for`](Self::server_for) sets one for these. A value that would change more of the
    /// address than its variable is for makes [`build`](Self::build) fail.
    pub fn server(mut self, server: impl ServerAddress) -> Self {
        match server.into_address() {
            Ok(address) => self.service_root(address),
            Err(error) => {
                self.fail(error);
                self
            }
        }
    }

    /// Sets the address for operations that have a server of their own. That one is named as the document
    /// declares it, with the defaults of its variables: by its text, or by one of the `servers` of the generated
    /// crate.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::codegen::{Invocation, Operation};
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// // A generated crate has this for a file that is sent to another server than the rest.
    /// const SEND: Operation = Operation::new("POST", "/files").with_server("https://uploads.example.com");
    ///
    /// let builder = || ServiceClient::builder("http://127.0.0.1:8080").transport(Replay::new());
    /// let all = builder().build()?;
    /// let send = Invocation::<()>::new(&all, &SEND).request();
    /// assert_eq!(send.to_http()?.uri(), "http://127.0.0.1:8080/files");
    ///
    /// let two = builder().server_for("https://uploads.example.com", "http://127.0.0.1:8081").build()?;
    /// let send = Invocation::<()>::new(&two, &SEND).request();
    /// assert_eq!(send.to_http()?.uri(), "http://127.0.0.1:8081/files");
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    pub fn server_for(mut self, declared: impl ServerAddress, server: impl ServerAddress) -> Self {
        let root = server.into_address().and_then(|address| ServiceRoot::parse(&address));
        match root.and_then(|root| Ok((declared.into_address()?, root))) {
            Ok((declared, root)) => {
                let declared = plain(&declared).to_owned();
                self.extension_mut::<Servers>().0.push((declared, Arc::new(root)));
            }
            Err(error) => self.fail(error),
        }
        self
    }
}

/// The root of an operation with a server of its own; `None` if that is the root of the client.
///
/// # Errors
///
/// What is wrong with the declared address.
pub(super) fn root(
    client: &ServiceClient,
    server: &str,
) -> Result<Option<Arc<ServiceRoot>>, Fault> {
    if server.is_empty() {
        return Ok(None);
    }
    let set = client.extension::<Servers>();
    // The last one that is set counts.
    let set = set.and_then(|set| set.0.iter().rev().find(|(name, _)| name == plain(server)));
    if let Some((_, root)) = set {
        return Ok(Some(Arc::clone(root)));
    }
    let address = match server.split_once("://") {
        None => format!("{}/{}", client.root().origin(), server.trim_start_matches('/')),
        Some(_) if client.extension::<Described>().is_some_and(|known| known.is_declared) => {
            server.to_owned()
        }
        Some(_) => return Ok(None),
    };
    let root = ServiceRoot::parse(&address);
    let root = root.map_err(|error| {
        let server = server.escape_debug();
        Fault::new(format_args!("the server `{server}` that the document declares: {error}"))
    })?;
    Ok(Some(Arc::new(root)))
}

/// An address without a slash at its end.
fn plain(address: &str) -> &str {
    address.trim_end_matches('/')
}
