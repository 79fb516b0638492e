//! How a client is set up.
//!
//! Enters: the settings of the caller. Leaves: a client of the type that the builder is for. The settings
//! are not generic, so that a client is put together by one function, whatever its type.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::web::client::{Inner, ServiceClient};
use crate::web::credential::Credential;
use crate::web::error::{Error, ErrorKind};
use crate::web::retry::RetryPolicy;
use crate::web::service_root::ServiceRoot;
use crate::web::token_cache::TokenCache;
use crate::web::transport::Transport;

/// How long one try of a request may take, unless the builder sets another limit.
const TIMEOUT: Duration = Duration::from_secs(100);

/// How many bytes the body of an answer may have, unless the builder sets another limit.
const MAX_RESPONSE_SIZE: usize = 128 * 1024 * 1024;

const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Why a token is not sent to a service root of plain `http`.
pub(crate) const EXPOSED: &str = "the service root is plain http, where everyone on the way can read the token; use https, or call \
     `allow_token_over_http`";

/// Builds a client: the `Client` of a generated crate, or a [`ServiceClient`].
///
/// `Client::builder()` of a generated crate starts one that knows where the service is:
///
/// ```
/// # mod generated {
/// #     pub use schemacrate_runtime as runtime;
/// #     pub struct Client(runtime::ServiceClient);
/// #     impl Client {
/// #         pub fn builder() -> runtime::ClientBuilder<Self> {
/// #             runtime::ClientBuilder::new().service_root("https://example.com/v1")
/// #         }
/// #     }
/// #     impl From<runtime::ServiceClient> for Client {
/// #         fn from(client: runtime::ServiceClient) -> Self {
/// #             Self(client)
/// #         }
/// #     }
/// # }
/// use std::time::Duration;
///
/// use generated::Client;
/// use generated::runtime::RetryPolicy;
/// use generated::runtime::transport::Replay;
///
/// let client: Client = Client::builder()
///     .credential("token")
///     .transport(Replay::new())
///     .retry(RetryPolicy::default().max_retries(5))
///     .total_timeout(Duration::from_secs(60))
///     .build()?;
/// # Ok::<(), generated::runtime::Error>(())
/// ```
///
/// Without a generated crate:
///
/// ```
/// use std::time::Duration;
///
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, RetryPolicy};
///
/// let client = ServiceClient::builder("https://services.example.com/v1")
///     .credential("token")
///     .transport(Replay::new())
///     .retry(RetryPolicy::default().max_retries(5))
///     .timeout(Duration::from_secs(30))
///     .user_agent("inventory/2.1")
///     .build()?;
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = ServiceClient> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// What the builder of any client sets.
struct Settings {
    service_root: Option<String>,
    credential: Option<Arc<dyn Credential>>,
    keeps_tokens: bool,
    scopes: Option<Arc<[String]>>,
    transport: Option<Arc<dyn Transport>>,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    user_agent: Option<String>,
    client_request_id: Option<String>,
    max_response_size: usize,
    allow_token_over_http: bool,
    extensions: http::Extensions,
    /// The first setting that is not valid.
    fault: Option<Error>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            service_root: None,
            credential: None,
            keeps_tokens: true,
            scopes: None,
            transport: None,
            retry: RetryPolicy::default(),
            timeout: Some(TIMEOUT),
            total_timeout: None,
            user_agent: None,
            client_request_id: None,
            max_response_size: MAX_RESPONSE_SIZE,
            allow_token_over_http: false,
            extensions: http::Extensions::new(),
            fault: None,
        }
    }
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self { settings: Settings::default(), client: PhantomData }
    }
}

impl<C> ClientBuilder<C> {
    /// A builder with the default settings and no service root.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the service root, an absolute `http` or `https` address, in place of the one that the builder
    /// of a generated client knows.
    pub fn service_root(mut self, service_root: impl Into<String>) -> Self {
        self.settings.service_root = Some(service_root.into());
        self
    }

    /// Sets the credential. Without one, requests carry no token.
    ///
    /// The client keeps the token until shortly before it expires, and asks once for all requests
    /// that wait. So a credential is one identity; for several identities, build one client for each, or
    /// set the [credential of a request](crate::Request::credential).
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.settings.credential = Some(Arc::new(credential));
        self
    }

    /// Keeps no token and asks the credential before each try of a request: for a credential
    /// whose tokens depend on the task that calls it.
    pub fn no_token_cache(mut self) -> Self {
        self.settings.keeps_tokens = false;
        self
    }

    /// Sets the scopes that the credential is asked for. The default is `/.default` below the origin
    /// of the service root, such as `https://graph.microsoft.com/.default`.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.settings.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets how requests travel. The default is `ReqwestTransport`, if the feature `reqwest` is on.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Sets when a request is tried again. A [request](crate::Request::retry) can have another policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets how long one try of a request may take, from asking for the token to the last byte of the
    /// answer. The default is 100 seconds. Of an answer that is opened as a stream, the head may take as
    /// long, and then each part. A [request](crate::Request::timeout) can have another limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Lets one try of a request take as long as it takes.
    pub fn no_timeout(mut self) -> Self {
        self.settings.timeout = None;
        self
    }

    /// Sets how long a request may take in total, with all its tries and the delays between them. There is
    /// no such limit by default; [`Request::total_timeout`](crate::Request::total_timeout) explains what it
    /// covers.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Sets what is sent as `User-Agent`, before the name of this library.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.settings.user_agent = Some(product.into());
        self
    }

    /// Sets the header in which each request has an id that the client assigns to it, for services that
    /// write it to their logs: `client-request-id` in Microsoft Graph. It is off by default, and on in
    /// crates that are generated for Microsoft Graph.
    ///
    /// The id is a new UUID for each request, and the same for all its tries. It is sent only to the
    /// origin of the service. Each page and each part of a batch is a request of its own. A request that
    /// sets the header itself keeps its own value.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(404, r#"{"error":{"code":"NotFound","message":"No such book."}}"#);
    /// let client = ServiceClient::builder("https://example.com/v1")
    ///     .transport(service.clone())
    ///     .client_request_id_header("client-request-id")
    ///     .build()?;
    ///
    /// let read: Request<String> = client.resource("books").key_segment("7").get();
    /// let error = read.await.expect_err("it is not there");
    /// let id = error.client_request_id().expect("an id");
    /// assert_eq!(service.requests()[0].headers()["client-request-id"], id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn client_request_id_header(mut self, name: impl Into<String>) -> Self {
        self.settings.client_request_id = Some(name.into());
        self
    }

    /// Assigns no ids to requests.
    pub fn no_client_request_id(mut self) -> Self {
        self.settings.client_request_id = None;
        self
    }

    /// Sets how many bytes the body of an answer may have. The default is 128 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Allows to send the token over plain `http` to another machine, where everyone on the way
    /// can read it. Loopback addresses need no such permission.
    pub fn allow_token_over_http(mut self) -> Self {
        self.settings.allow_token_over_http = true;
        self
    }
}

impl<C: From<ServiceClient>> ClientBuilder<C> {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// The service root is not an absolute `http` or `https` URL, has a query or fragment, or would
    /// carry the token over plain `http` beyond this machine; the user agent is not a header value, or
    /// the name of the header for request ids is not a header name; no service root is set, or no
    /// transport.
    pub fn build(self) -> Result<C, Error> {
        self.settings.build().map(C::from)
    }
}

impl<C> ClientBuilder<C> {
    /// What a wing of the runtime keeps with the client.
    pub(crate) fn extension_mut<T: Clone + Default + Send + Sync + 'static>(&mut self) -> &mut T {
        self.settings.extensions.get_or_insert_default()
    }

    /// Makes the build fail, unless an earlier step did.
    pub(crate) fn fail(&mut self, error: Error) {
        self.settings.fault.get_or_insert(error);
    }
}

impl Settings {
    fn build(self) -> Result<ServiceClient, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let root = self.service_root.ok_or_else(|| {
            fault("there is no service root: call `service_root` with the address of the service")
        })?;
        let root = ServiceRoot::parse(&root)?;
        let may_send_tokens = !root.is_exposed() || self.allow_token_over_http;
        if self.credential.is_some() && !may_send_tokens {
            return Err(fault(EXPOSED));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let default_scope = || Arc::from([format!("{}/.default", root.origin())]);
        let scopes = self.scopes.unwrap_or_else(default_scope);
        let cache = |credential| {
            let (scopes, transport) = (Arc::clone(&scopes), Arc::clone(&transport));
            Arc::new(TokenCache::new(credential, scopes, self.keeps_tokens, transport))
        };
        Ok(ServiceClient::of(Inner {
            user_agent: user_agent(self.user_agent.as_deref())?,
            client_request_id: self.client_request_id.as_deref().map(header_name).transpose()?,
            tokens: self.credential.map(cache),
            allows_token_over_http: self.allow_token_over_http,
            extensions: self.extensions,
            scopes,
            may_send_tokens,
            transport,
            retry: self.retry,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            max_response_size: self.max_response_size,
            root,
        }))
    }
}

/// Shows the settings, and no secret.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The service root is not shown: it may hold a password until `build` refuses it.
        formatter
            .debug_struct("ClientBuilder")
            .field("authenticated", &self.settings.credential.is_some())
            .field("retry", &self.settings.retry)
            .field("timeout", &self.settings.timeout)
            .finish_non_exhaustive()
    }
}

fn fault(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::try_from(name).map_err(|error| {
        fault(format!("`{}` is not a header name", name.escape_debug())).with_source(error)
    })
}

fn user_agent(product: Option<&str>) -> Result<HeaderValue, Error> {
    let Some(product) = product else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    HeaderValue::from_str(&format!("{product} {USER_AGENT}")).map_err(|error| {
        fault("the user agent holds a character that a header cannot carry").with_source(error)
    })
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::web::transport::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(fault("there is no transport: turn on the feature `reqwest`, or call `transport`"))
}
