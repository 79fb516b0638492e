//! A client of one service: its address, the credential, and how requests travel.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::web::client_builder::ClientBuilder;
use crate::web::credential::Credential;
use crate::web::error::Error;
use crate::web::retry::RetryPolicy;
use crate::web::service_root::ServiceRoot;
use crate::web::token_cache::TokenCache;
use crate::web::transport::Transport;

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

/// What the clones of a client share.
#[derive(Clone)]
pub(super) struct Inner {
    pub(super) root: ServiceRoot,
    pub(super) tokens: Option<Arc<TokenCache>>,
    /// What a credential is asked for, also one that only a single request has.
    pub(super) scopes: Arc<[String]>,
    /// Whether a token may be sent to the service root; not if everyone on the way can read it there.
    pub(super) may_send_tokens: bool,
    /// Whether a token may be sent where everyone on the way can read it.
    pub(super) allows_token_over_http: bool,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) retry: RetryPolicy,
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) user_agent: HeaderValue,
    /// The header for the ids that the client assigns to its requests.
    pub(super) client_request_id: Option<HeaderName>,
    pub(super) max_response_size: usize,
    /// What a wing of the runtime keeps with a client.
    pub(super) extensions: http::Extensions,
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
        ClientBuilder::new().service_root(service_root)
    }

    pub(super) fn of(inner: Inner) -> Self {
        Self(Arc::new(inner))
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
        self.0.tokens.as_deref()
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn shared_transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.0.transport)
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.0.retry
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    pub(crate) fn total_timeout(&self) -> Option<Duration> {
        self.0.total_timeout
    }

    pub(crate) fn scopes(&self) -> &Arc<[String]> {
        &self.0.scopes
    }

    pub(crate) fn may_send_tokens(&self) -> bool {
        self.0.may_send_tokens
    }

    pub(crate) fn allows_token_over_http(&self) -> bool {
        self.0.allows_token_over_http
    }

    /// What a wing of the runtime keeps with the client.
    pub(crate) fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.extensions.get()
    }

    /// The same client with something that a wing of the runtime keeps with it.
    pub(crate) fn with_extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        Arc::make_mut(&mut self.0).extensions.insert(value);
        self
    }

    pub(crate) fn client_request_id(&self) -> Option<&HeaderName> {
        self.0.client_request_id.as_ref()
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
