//! Credentials of the Azure SDK, with the feature `azure`.
//!
//! Enters: a `TokenCredential`. Leaves: a [`Credential`]. It fetches nothing by itself, and depends on
//! neither an HTTP client nor a TLS library.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::http::{ClientMethodOptions, Context};

use crate::web::credential::{BoxFuture, Credential, Token, TokenRequest};
use crate::web::error::BoxError;

/// Any credential of the Azure SDK, such as those of the crate `azure_identity`.
///
/// ```no_run
/// use azure_identity::DeveloperToolsCredential;
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::azure::AzureCredential;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // The user who signed in with `az login` or `azd auth login`.
/// let credential = AzureCredential::new(DeveloperToolsCredential::new(None)?);
/// # #[cfg(feature = "reqwest")]
/// let client = ServiceClient::new("https://graph.microsoft.com/v1.0", credential)?;
/// # Ok(())
/// # }
/// ```
///
/// The crate exports the `azure_core` that it uses as [`schemacrate_runtime::azure_core`](crate::azure_core),
/// for programs that have a credential of their own.
///
/// The credential is asked for the scopes of the client. The Azure SDK has no option yet for the claims
/// of a challenge. So the [`TokenRequest`] is in the context of the options, where your own credential
/// can find it; those of `azure_identity` do not read it. If they return the refused token again, the
/// request fails with 401.
#[derive(Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Uses a credential of the Azure SDK.
    #[must_use]
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl Credential for AzureCredential {
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async move {
            let scopes: Vec<_> = request.scopes().iter().map(String::as_str).collect();
            let context = Context::new().with_value(request.clone());
            let method_options = ClientMethodOptions { context };
            let options = TokenRequestOptions { method_options };
            Ok(token(&self.0.get_token(&scopes, Some(options)).await?))
        })
    }
}

/// Hides the credential, whose own `Debug` may show whose it is.
impl fmt::Debug for AzureCredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AzureCredential(…)")
    }
}

fn token(access: &AccessToken) -> Token {
    let token = Token::new(access.token.secret());
    let expires_on = access.expires_on;
    // A time before 1970 means the same as 1970: it is in the past.
    let seconds = u64::try_from(expires_on.unix_timestamp()).unwrap_or_default();
    let expires_at = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
    match expires_at {
        Some(expires_at) => token.with_expires_at(expires_at),
        // It is later than this machine can represent.
        None => token,
    }
}
