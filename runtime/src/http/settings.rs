//! How one call is sent, where that differs from how its client sends.
//!
//! Enters: what the caller of a request, a batch, an upload or an operation sets. Leaves: the policy, the
//! limits and the tokens of its exchange.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderName;

use crate::web::client::ServiceClient;
use crate::web::credential::Credential;
use crate::web::keys::Keys;
use crate::web::long_running::FinalState;
use crate::web::retry::RetryPolicy;
use crate::web::service_root::ServiceRoot;
use crate::web::token_cache::TokenCache;

/// What is set for one call. The settings of the client apply to the rest.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) retry: Option<RetryPolicy>,
    /// How long one try may take.
    pub(crate) timeout: Option<Duration>,
    /// How long all tries may take.
    pub(crate) total_timeout: Option<Duration>,
    /// The tokens of a credential of its own, which all calls that follow from this one share.
    pub(crate) tokens: Option<Arc<TokenCache>>,
    /// How it is authorized, if not by the credential of the client alone.
    pub(crate) keys: Option<Arc<Keys>>,
    /// The header for a key by which the service recognises the tries of one call, so that it acts once.
    pub(crate) idempotency: Option<HeaderName>,
    /// Where its result is, if it may continue after its answer.
    pub(crate) final_state: Option<FinalState>,
    /// The address below which it is, if not that of the client.
    pub(crate) root: Option<Arc<ServiceRoot>>,
}

/// The tokens of a credential, which is asked for the scopes of a client.
pub(crate) fn tokens(client: &ServiceClient, credential: impl Credential) -> Arc<TokenCache> {
    let scopes = Arc::clone(client.scopes());
    let transport = client.shared_transport();
    Arc::new(TokenCache::new(Arc::new(credential), scopes, true, transport))
}

/// A time by which something has to be done.
#[derive(Clone, Copy)]
pub(crate) struct Deadline {
    started: SystemTime,
    limit: Duration,
}

impl Deadline {
    pub(crate) fn new(started: SystemTime, limit: Duration) -> Self {
        Self { started, limit }
    }

    /// The whole time that was allowed.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    /// How much time is left.
    pub(crate) fn left(&self, now: SystemTime) -> Duration {
        self.limit.saturating_sub(now.duration_since(self.started).unwrap_or_default())
    }
}

/// Adds the methods that set how something is sent. `$settings` are its [`Settings`].
macro_rules! settings_methods {
    (timing of $what:literal: $self:ident => $settings:expr) => {
        #[doc = concat!("Sets when ", $what, " is tried again, in place of the client's policy.")]
        pub fn retry(mut $self, policy: $crate::web::retry::RetryPolicy) -> Self {
            $settings.retry = Some(policy);
            $self
        }

        /// Sets how long one try may take, from asking for the token to the last byte of the answer, in
        /// place of the client's timeout. Of an answer that is opened as a stream, the head may take as
        /// long, and then each part.
        pub fn timeout(mut $self, timeout: ::std::time::Duration) -> Self {
            $settings.timeout = Some(timeout);
            $self
        }
    };
    (credential of $what:literal: $self:ident => $settings:expr, $client:expr) => {
        #[doc = concat!("Sets the token of ", $what, ", in place of the client's credential; see")]
        /// [`credential`](Self::credential).
        pub fn token($self, token: impl Into<$crate::web::credential::Token>) -> Self {
            $self.credential(token.into())
        }

        #[doc = concat!("Sets the credential of ", $what, ", in place of the client's: that of the")]
        /// user for whom a server acts.
        ///
        /// It is asked for the scopes of the client. Its tokens are kept for what follows from this one:
        /// clones, later pages, polls of an operation. They go to the origin of the service and to no
        /// other, like those of the client; a service root of plain `http` needs the same
        /// [permission](crate::ClientBuilder::allow_token_over_http).
        pub fn credential(
            mut $self,
            credential: impl $crate::web::credential::Credential,
        ) -> Self {
            let tokens = $crate::web::settings::tokens($client, credential);
            $settings.tokens = Some(tokens);
            $self
        }
    };
}

pub(crate) use settings_methods;
