//! Where the bearer token of a request comes from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::HeaderValue;

use crate::web::error::BoxError;
use crate::web::transport::Transport;

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
#[diagnostic::on_unimplemented(
    message = "expected a credential, found `{Self}`",
    label = "not a credential",
    note = "a `String` or `&'static str` is a token; text that is borrowed becomes one with \
            `.to_owned()`",
    note = "`credential_fn` makes a credential from an async closure, and with the feature `azure` \
            `AzureCredential` makes one from those of the Azure SDK",
    note = "a client without a credential comes from `Client::builder().build()`"
)]
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
#[derive(Clone)]
pub struct TokenRequest {
    scopes: Arc<[String]>,
    refresh: bool,
    claims: Option<String>,
    transport: Option<Arc<dyn Transport>>,
}

impl TokenRequest {
    /// A request for a token with these scopes.
    #[must_use]
    pub fn new(scopes: impl Into<Arc<[String]>>) -> Self {
        Self { scopes: scopes.into(), refresh: false, claims: None, transport: None }
    }

    /// The same request of a client that sends through this transport.
    #[must_use]
    pub fn through(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
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

    /// The transport of the client that needs the token, for credentials that send requests of their own.
    #[must_use]
    pub fn transport(&self) -> Option<&Arc<dyn Transport>> {
        self.transport.as_ref()
    }

    /// The claims that the service demands, as they are in its `WWW-Authenticate` header.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenRequest")
            .field("scopes", &self.scopes)
            .field("refresh", &self.refresh)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
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
///
/// // As it is in the header of a request.
/// assert_eq!(Token::new("Bearer eyJ0eXAi"), token);
/// ```
///
/// The word `Bearer` in front of it is left out once, in whatever case. A request with a token that is
/// empty, has the word twice, or has a character that no header can carry is an error of the kind
/// [`Credential`](crate::ErrorKind::Credential), and is not sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    secret: Arc<Secret>,
    expires_at: Option<SystemTime>,
}

#[derive(PartialEq, Eq)]
struct Secret {
    text: String,
    /// The value of the `Authorization` header, made once for all requests, or why there is none.
    bearer: Result<HeaderValue, &'static str>,
}

impl Token {
    /// A token from its text, with or without the word `Bearer` in front of it.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        let text = secret.into();
        let text = match without_bearer(&text) {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let bearer = bearer(&text);
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

    /// The value of the `Authorization` header.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(crate) fn bearer(&self) -> Result<&HeaderValue, &'static str> {
        self.secret.bearer.as_ref().map_err(|why| *why)
    }

    /// When the token expires; `None` if it does not expire, or if that is not known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

/// What follows the word `Bearer`, if a text begins with it.
fn without_bearer(text: &str) -> Option<&str> {
    const WORD: &str = "Bearer";
    let (word, rest) = text.trim_start_matches([' ', '\t']).split_at_checked(WORD.len())?;
    let is_word = rest.is_empty() || rest.starts_with([' ', '\t']);
    (is_word && word.eq_ignore_ascii_case(WORD)).then(|| rest.trim_start_matches([' ', '\t']))
}

/// The value of the `Authorization` header for a token.
///
/// # Errors
///
/// What is wrong with the token, without its text.
fn bearer(token: &str) -> Result<HeaderValue, &'static str> {
    if token.trim().is_empty() {
        return Err("the token is empty");
    }
    if without_bearer(token).is_some() {
        return Err("the token has the word `Bearer` in front of it twice");
    }
    let value = HeaderValue::from_maybe_shared(Bytes::from(format!("Bearer {token}")));
    let mut value = value.map_err(
        |_| "the token holds a character that a header cannot carry; is there a line break in it?",
    )?;
    value.set_sensitive(true);
    Ok(value)
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
    fn bearer_is_left_out_once() {
        let twice = Err("the token has the word `Bearer` in front of it twice");
        let empty = Err("the token is empty");
        for (text, expected) in [
            ("abc", Ok("Bearer abc")),
            ("Bearer abc", Ok("Bearer abc")),
            ("bearer abc", Ok("Bearer abc")),
            (" BEARER \t abc", Ok("Bearer abc")),
            ("Bearerabc", Ok("Bearer Bearerabc")),
            ("Bea", Ok("Bearer Bea")),
            ("Bearer Bearer abc", twice),
            ("bearer Bearer", twice),
            ("Bearer ", empty),
            ("Bearer", empty),
            ("", empty),
            (" ", empty),
            ("Bearer \n", empty),
        ] {
            let token = Token::new(text);
            let header = token.bearer().map(|value| value.to_str().expect("ASCII"));
            assert_eq!(header, expected, "{text:?}");
        }
        assert!(Token::new("a\nb").bearer().is_err_and(|why| !why.contains("a\nb")));
    }

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
