//! Tokens for a program itself: the flow with client credentials of OAuth2 (RFC 6749, section 4.4).
//!
//! Enters: where tokens are issued, and who asks. Leaves: a credential, which sends its requests through the
//! transport of the client that needs the token.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Method, header};
use url::Url;
use url::form_urlencoded::Serializer;

use super::authorization::basic;
use super::protocol::OPENAPI;
use crate::json::members::Members;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::credential::{BoxFuture, Credential, Token, TokenRequest};
use crate::web::error::BoxError;
use crate::web::exchange;
use crate::web::keys::{Key, Keys};

/// A [`Credential`] that asks an authorization server for tokens with the id and the secret of a program.
///
/// It is the credential of a client, or an [`Authorization`](crate::Authorization) for a security scheme of the
/// kind `oauth2`. The client keeps each token until shortly before it expires.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::codegen::{Invocation, Operation};
/// use schemacrate_runtime::{ClientCredentials, Request, ServiceClient};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(200, r#"{"access_token":"eyJ0eXAi","token_type":"Bearer","expires_in":3600}"#);
/// service.answer(200, r#""Rex""#);
/// let program = ClientCredentials::new("https://login.example.com/token", "id", "secret");
/// let client = ServiceClient::builder("https://example.com")
///     .credential(program.scopes(["pets.read"]))
///     .transport(service.clone())
///     .build()?;
///
/// const NAME: Operation = Operation::new("GET", "/name");
/// let read: Request<String> = Invocation::new(&client, &NAME).request();
/// assert_eq!(read.await?, "Rex");
/// let sent = service.requests();
/// assert_eq!(sent[0].uri(), "https://login.example.com/token");
/// assert_eq!(sent[0].body(), "grant_type=client_credentials&scope=pets.read");
/// assert_eq!(sent[1].headers()["authorization"], "Bearer eyJ0eXAi");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: String,
    id: String,
    secret: String,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
    in_body: bool,
}

impl ClientCredentials {
    /// The id and the secret of a program, and the address where it gets its tokens.
    #[must_use]
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            id: client_id.into(),
            secret: client_secret.into(),
            scopes: Vec::new(),
            parameters: Vec::new(),
            in_body: false,
        }
    }

    /// Sets the scopes that the tokens have. Without any, the authorization server decides.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a parameter that the authorization server needs besides those of the standard, such as `audience`
    /// or `resource`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the id and the secret in the body, for servers that do not read them in the header
    /// `Authorization`.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    async fn ask(&self, request: TokenRequest) -> Result<Token, BoxError> {
        let transport = request.transport().ok_or("there is no client that sends the request")?;
        let url = Url::parse(&self.token_url)
            .map_err(|error| format!("the address for tokens is not a URL ({error})"))?;
        let client = ServiceClient::builder(url.origin().ascii_serialization())
            .transport(Arc::clone(transport))
            .no_timeout() // The request that needs the token has one.
            .build()
            .map_err(|_| "the address for tokens is not an `http` or `https` address")?;
        if client.root().is_exposed() {
            return Err(
                "the address for tokens is plain http, where everyone on the way can read the \
                        secret; use https"
                    .into(),
            );
        }
        let answer = exchange::send(&client, &self.call(url)?).await?;
        if !answer.status().is_success() {
            return Err("the address for tokens redirects, which is not followed".into());
        }
        issued(answer.body(), transport.now())
    }

    /// The request for a token.
    fn call(&self, url: Url) -> Result<Call, String> {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !self.scopes.is_empty() {
            form.append_pair("scope", &self.scopes.join(" "));
        }
        for (name, value) in &self.parameters {
            form.append_pair(name, value);
        }
        let key = if self.in_body {
            form.append_pair("client_id", &self.id).append_pair("client_secret", &self.secret);
            Key::elsewhere(&self.secret)
        } else {
            // Each is encoded as in a form before they are put together (RFC 6749, section 2.3.1).
            let encoded =
                |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let (user, password): (String, String) = (encoded(&self.id), encoded(&self.secret));
            basic(&user, &password)?
        };
        let mut call = Call::given(&OPENAPI, Method::POST, url, true);
        call.set_header(header::ACCEPT.as_str(), "application/json");
        let form = Bytes::from(form.finish());
        call.set_body("application/x-www-form-urlencoded", form);
        let list = vec![Arc::new(key), Arc::new(Key::elsewhere(&self.secret))];
        call.settings_mut().keys = Some(Arc::new(Keys { list, ..Keys::default() }));
        Ok(call)
    }
}

/// The token in the answer of an authorization server (RFC 6749, section 5.1).
fn issued(body: &[u8], now: SystemTime) -> Result<Token, BoxError> {
    let members = Members::of_body(body)?;
    let token = members.string("access_token").ok_or("the answer has no member `access_token`")?;
    if let Some(kind) = members.text("token_type")
        && !kind.eq_ignore_ascii_case("bearer")
    {
        let kind = kind.escape_debug();
        return Err(format!("the token is of the type `{kind}`, and not a bearer token").into());
    }
    // Some servers write the number as a string.
    let seconds = members.text("expires_in").and_then(|seconds| seconds.trim().parse().ok());
    let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let token = Token::new(token);
    Ok(match lifetime.and_then(|lifetime| now.checked_add(lifetime)) {
        Some(end) => token.with_expires_at(end),
        None => token,
    })
}

impl Credential for ClientCredentials {
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(self.ask(request))
    }
}

/// Hides the secret.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCredentials")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
