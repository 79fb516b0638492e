//! Where the bearer token of a request comes from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::HeaderValue;

use crate::web::error::BoxError;

/// A future in a box, which can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Supplies the bearer token for requests to one service.
///
/// A [`Token`] is the simplest one; a `&'static str` or `String` can be used in its place.
/// [`credential_fn`] makes one from an async closure.
///
/// A client keeps the token until shortly before it expires, or, if the token does not specify when, until
/// the service refuses it. It asks once for all requests that wait. So a credential that fetches tokens
/// need not keep them, but should set [when they expire](Token::with_expires_at).
pub trait Credential: Send + Sync + 'static {
    /// Returns a token for the scopes of `request`.
    ///
    /// # Errors
    ///
    /// Any error, if no token can be obtained. Its text must not hold a secret, because it becomes
    /// part of the error of the request.
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>>;
}

/// What a token is needed for.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    scopes: Arc<[String]>,
    refresh: bool,
    claims: Option<String>,
}

impl TokenRequest {
    /// A request for a token with these scopes.
    #[must_use]
    pub fn new(scopes: impl Into<Arc<[String]>>) -> Self {
        Self { scopes: scopes.into(), refresh: false, claims: None }
    }

    /// The same request after the service refused a token: a cached token must not be returned
    /// again. `claims` is what the service's challenge demands, if it does.
    #[must_use]
    pub fn refreshed(mut self, claims: Option<String>) -> Self {
        self.refresh = true;
        self.claims = claims;
        self
    }

    /// The scopes that the token must have, such as `https://graph.microsoft.com/.default`.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Whether the service has just refused the token that was returned last.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.refresh
    }

    /// The claims that the service demands, as they are in its `WWW-Authenticate` header.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }
}

/// A bearer token. As a [`Credential`] it returns itself, until the service no longer accepts it.
///
/// ```
/// use schemacrate_runtime::Token;
///
/// let token = Token::new("eyJ0eXAi");
/// assert_eq!(token.secret(), "eyJ0eXAi");
/// assert_eq!(format!("{token:?}"), "Token(…)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    secret: Arc<Secret>,
    expires_at: Option<SystemTime>,
}

#[derive(PartialEq, Eq)]
struct Secret {
    text: String,
    /// The value of the `Authorization` header, made once for all requests; `None` if the token holds a
    /// character that no header can carry.
    bearer: Option<HeaderValue>,
}

impl Token {
    /// A token from its text, without the word `Bearer`.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        let text = secret.into();
        let bearer = HeaderValue::from_maybe_shared(Bytes::from(format!("Bearer {text}")));
        let bearer = bearer.ok().map(|mut value| {
            value.set_sensitive(true);
            value
        });
        Self { secret: Arc::new(Secret { text, bearer }), expires_at: None }
    }

    /// The same token with the time at which it expires.
    #[must_use]
    pub fn with_expires_at(mut self, expires_at: SystemTime) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The text of the token: a secret.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret.text
    }

    /// The value of the `Authorization` header, if a header can carry the token.
    pub(crate) fn bearer(&self) -> Option<&HeaderValue> {
        self.secret.bearer.as_ref()
    }

    /// When the token expires; `None` if it does not expire, or if that is not known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

/// Hides the text of the token.
impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

impl From<&str> for Token {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

impl From<String> for Token {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl Credential for Token {
    fn token(&self, _request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        let token = self.clone();
        Box::pin(async move { Ok(token) })
    }
}

impl Credential for &'static str {
    fn token(&self, _request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async move { Ok(Token::from(*self)) })
    }
}

impl Credential for String {
    fn token(&self, _request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async move { Ok(Token::from(self.as_str())) })
    }
}

impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        (**self).token(request)
    }
}

/// A [`Credential`] that calls an async closure; made by [`credential_fn`].
#[derive(Clone)]
pub struct CredentialFn<F>(F);

impl<F> fmt::Debug for CredentialFn<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CredentialFn(…)")
    }
}

/// Makes a [`Credential`] from an async closure.
///
/// ```
/// use schemacrate_runtime::{ServiceClient, Token, credential_fn};
///
/// let credential = credential_fn(|request| async move {
///     // Here a program asks its identity provider for a token with `request.scopes()`.
///     Ok(Token::new(format!("token for {}", request.scopes().join(" "))))
/// });
/// # #[cfg(feature = "reqwest")]
/// let client = ServiceClient::new("https://graph.microsoft.com/v1.0", credential)?;
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
pub fn credential_fn<F, A>(closure: F) -> CredentialFn<F>
where
    F: Fn(TokenRequest) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    CredentialFn(closure)
}

impl<F, A> Credential for CredentialFn<F>
where
    F: Fn(TokenRequest) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin((self.0)(request))
    }
}

/// The value of the parameter `claims` in a `WWW-Authenticate` header, if it has one.
pub(crate) fn claims(challenge: &str) -> Option<String> {
    const NAME: &str = "claims=\"";
    let starts = challenge.match_indices(NAME).map(|(start, _)| start);
    let start = starts.into_iter().find(|&start| {
        // The name must match as a whole: `x_claims` is another parameter.
        matches!(challenge[..start].bytes().next_back(), None | Some(b' ' | b','))
    })?;
    let value = &challenge[start + NAME.len()..];
    value.split_once('"').map(|(claims, _)| claims.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_found_in_a_challenge() {
        for (challenge, expected) in [
            (r#"Bearer realm="", error="insufficient_claims", claims="eyJh=""#, Some("eyJh=")),
            (r#"Bearer claims="a",x="b""#, Some("a")),
            (r#"Bearer x_claims="a""#, None),
            (r#"Bearer claims="open"#, None),
            ("Bearer", None),
        ] {
            assert_eq!(claims(challenge).as_deref(), expected, "{challenge}");
        }
    }
}
