//! A client of one service: its address, the credential, and how requests travel.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

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

/// A client of one service. Clones are cheap and share everything.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use schemacrate_runtime::ServiceClient;
///
/// let client = ServiceClient::new("https://graph.microsoft.com/v1.0", "token")?;
/// assert_eq!(client.service_root(), "https://graph.microsoft.com/v1.0");
/// # }
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct ServiceClient(Arc<Inner>);

struct Inner {
    root: ServiceRoot,
    tokens: Option<TokenCache>,
    transport: Arc<dyn Transport>,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    user_agent: HeaderValue,
    max_response_size: usize,
}

impl ServiceClient {
    /// A client that sends requests with `reqwest` and the token of `credential`, which is a
    /// [`Token`](crate::Token), its text, or anything else that is a [`Credential`].
    ///
    /// # Errors
    ///
    /// The service root is not an absolute `http` or `https` URL, has a query or fragment, or would
    /// carry the token over plain `http` beyond this machine. Without the feature `reqwest` there is
    /// no transport: use [`builder`](Self::builder).
    pub fn new(service_root: &str, credential: impl Credential) -> Result<Self, Error> {
        Self::builder(service_root).credential(credential).build()
    }

    /// Starts to build a client with other settings than the defaults.
    pub fn builder(service_root: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            service_root: service_root.into(),
            credential: None,
            keeps_tokens: true,
            scopes: None,
            transport: None,
            retry: RetryPolicy::default(),
            timeout: Some(TIMEOUT),
            user_agent: None,
            max_response_size: MAX_RESPONSE_SIZE,
            allow_token_over_http: false,
        }
    }

    /// The service root, without a slash at its end.
    #[must_use]
    pub fn service_root(&self) -> &str {
        self.0.root.as_str()
    }

    pub(crate) fn root(&self) -> &ServiceRoot {
        &self.0.root
    }

    pub(crate) fn tokens(&self) -> Option<&TokenCache> {
        self.0.tokens.as_ref()
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.0.retry
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    pub(crate) fn max_response_size(&self) -> usize {
        self.0.max_response_size
    }
}

/// Shows where the service is, and no secret.
impl fmt::Debug for ServiceClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ServiceClient")
            .field("service_root", &self.service_root())
            .field("authenticated", &self.0.tokens.is_some())
            .finish_non_exhaustive()
    }
}

/// Builds a [`ServiceClient`].
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
pub struct ClientBuilder {
    service_root: String,
    credential: Option<Arc<dyn Credential>>,
    keeps_tokens: bool,
    scopes: Option<Arc<[String]>>,
    transport: Option<Arc<dyn Transport>>,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    user_agent: Option<String>,
    max_response_size: usize,
    allow_token_over_http: bool,
}

impl ClientBuilder {
    /// Sets the credential. Without one, requests carry no token.
    ///
    /// The client keeps the token until shortly before it expires, and asks once for all requests
    /// that wait. So a credential is one identity; for several identities, build one client for each.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Arc::new(credential));
        self
    }

    /// Keeps no token and asks the credential before each try of a request: for a credential
    /// whose tokens depend on the task that calls it.
    pub fn no_token_cache(mut self) -> Self {
        self.keeps_tokens = false;
        self
    }

    /// Sets the scopes that the credential is asked for. The default is `/.default` below the origin
    /// of the service root, such as `https://graph.microsoft.com/.default`.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets how requests travel. The default is `ReqwestTransport`, if the feature `reqwest` is on.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets when a request is tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how long one try of a request may take, from asking for the token to the last byte of the
    /// answer. The default is 100 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Lets a request take as long as it takes.
    pub fn no_timeout(mut self) -> Self {
        self.timeout = None;
        self
    }

    /// Sets what is sent as `User-Agent`, before the name of this library.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Sets how many bytes the body of an answer may have. The default is 128 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Allows to send the token over plain `http` to another machine, where everyone on the way
    /// can read it. Loopback addresses need no such permission.
    pub fn allow_token_over_http(mut self) -> Self {
        self.allow_token_over_http = true;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// The service root is not an absolute `http` or `https` URL, has a query or fragment, or would
    /// carry the token over plain `http` beyond this machine; the user agent is not a header value;
    /// or there is no transport.
    pub fn build(self) -> Result<ServiceClient, Error> {
        let root = ServiceRoot::parse(&self.service_root)?;
        if self.credential.is_some() && root.is_exposed() && !self.allow_token_over_http {
            return Err(Error::new(
                ErrorKind::Configuration,
                "the service root is plain http, where everyone on the way can read the token; \
                 use https, or call `allow_token_over_http`",
            ));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let default_scope = || Arc::from([format!("{}/.default", root.origin())]);
        let scopes = self.scopes.unwrap_or_else(default_scope);
        let cache = |credential| TokenCache::new(credential, scopes, self.keeps_tokens);
        Ok(ServiceClient(Arc::new(Inner {
            user_agent: user_agent(self.user_agent.as_deref())?,
            tokens: self.credential.map(cache),
            transport,
            retry: self.retry,
            timeout: self.timeout,
            max_response_size: self.max_response_size,
            root,
        })))
    }
}

/// Shows the settings, and no secret.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The service root is not shown: it may hold a password until `build` refuses it.
        formatter
            .debug_struct("ClientBuilder")
            .field("authenticated", &self.credential.is_some())
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn user_agent(product: Option<&str>) -> Result<HeaderValue, Error> {
    let Some(product) = product else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    HeaderValue::from_str(&format!("{product} {USER_AGENT}")).map_err(|error| {
        let message = "the user agent holds a character that a header cannot carry";
        Error::new(ErrorKind::Configuration, message).with_source(error)
    })
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::web::transport::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::new(
        ErrorKind::Configuration,
        "there is no transport: turn on the feature `reqwest`, or call `transport`",
    ))
}
