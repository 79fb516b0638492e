//! What a caller has for a security scheme.
//!
//! Enters: a key, a user and a password, or a credential. Leaves: what a request with the scheme carries.
//! Must not know: operations.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::client_credentials::ClientCredentials;
use super::service::{Described, Scheme, SchemeKind};
use crate::web::client::ServiceClient;
use crate::web::credential::{Credential, Token};
use crate::web::keys::Key;
use crate::web::settings::tokens;
use crate::web::token_cache::TokenCache;

/// What a request is authorized with, by one of the security schemes of a service: see
/// [`ServiceClient::authorize`].
///
/// A text is what the scheme makes of it: a key, a token, or what follows the name of a scheme of HTTP.
///
/// ```
/// use schemacrate_runtime::{Authorization, ClientCredentials, Token};
///
/// let key: Authorization = "a key, or a token".into();
/// let user = Authorization::basic("ada", "password");
/// let token: Authorization = Token::new("eyJ0eXAi").into();
/// let own: Authorization = ClientCredentials::new("https://example.com/token", "id", "secret").into();
/// assert_eq!(format!("{user:?}"), "Authorization(…)");
/// ```
#[derive(Clone)]
pub struct Authorization(Form);

#[derive(Clone)]
enum Form {
    Text(String),
    Basic { user: String, password: String },
    Credential(Arc<dyn Credential>),
}

impl Authorization {
    /// A user and a password, for the scheme `basic`.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Form::Basic { user: user.into(), password: password.into() })
    }

    /// A key, for the scheme `apiKey`.
    #[must_use]
    pub fn key(key: impl Into<String>) -> Self {
        Self(Form::Text(key.into()))
    }

    /// Bearer tokens, for the schemes `bearer`, `oauth2` and `openIdConnect`.
    #[must_use]
    pub fn bearer(credential: impl Credential) -> Self {
        Self(Form::Credential(Arc::new(credential)))
    }

    /// What follows the name of the scheme in the header `Authorization`, for other schemes of HTTP.
    #[must_use]
    pub fn custom(value: impl Into<String>) -> Self {
        Self(Form::Text(value.into()))
    }
}

impl From<&str> for Authorization {
    fn from(text: &str) -> Self {
        Self(Form::Text(text.to_owned()))
    }
}

impl From<String> for Authorization {
    fn from(text: String) -> Self {
        Self(Form::Text(text))
    }
}

impl From<Token> for Authorization {
    fn from(token: Token) -> Self {
        Self::bearer(token)
    }
}

impl From<ClientCredentials> for Authorization {
    fn from(credentials: ClientCredentials) -> Self {
        Self::bearer(credentials)
    }
}

/// Hides what it is.
impl fmt::Debug for Authorization {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Authorization(…)")
    }
}

/// What requests carry by one scheme.
#[derive(Clone)]
pub(super) enum Held {
    Key(Arc<Key>),
    Tokens(Arc<TokenCache>),
}

/// What a client has for the schemes of its service, by their names; or what is wrong with it, which its
/// requests report.
#[derive(Clone, Default)]
pub(super) struct Authorizations(Vec<(String, Result<Held, String>)>);

impl Authorizations {
    /// What the client has for a scheme.
    pub(super) fn get(&self, scheme: &str) -> Option<&Held> {
        let (_, held) = self.0.iter().find(|(name, _)| name == scheme)?;
        held.as_ref().ok()
    }

    /// What is wrong with one of them.
    pub(super) fn fault(&self) -> Option<&str> {
        self.0.iter().find_map(|(_, held)| held.as_ref().err().map(String::as_str))
    }
}

impl ServiceClient {
    /// The same client, which authorizes its requests by a security scheme of the service: those of all
    /// operations that need or accept the scheme, by its name in the document. A generated crate has a
    /// method for each scheme.
    ///
    /// What is set goes only to the origin of the service, or to that of a server that the document declares
    /// for an operation: neither a redirect nor a link takes it to another one.
    ///
    /// A name that is not that of a scheme, and a value that the scheme cannot send, are errors of all
    /// requests of the client.
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Invocation, Operation, Scheme, Service, described};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// // A generated crate has these.
    /// const SERVICE: Service =
    ///     Service::new("https://example.com").with_schemes(&[Scheme::key_in_header("petAuth", "X-Key")]);
    /// const NAME: Operation = Operation::new("GET", "/name").with_security(&[&["petAuth"]]);
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#""Rex""#);
    /// let client = ServiceClient::builder("https://example.com").transport(service.clone()).build()?;
    /// let client = described(client, &SERVICE).authorize("petAuth", "the key");
    ///
    /// let read: Request<String> = Invocation::new(&client, &NAME).request();
    /// assert_eq!(read.await?, "Rex");
    /// assert_eq!(service.requests()[0].headers()["x-key"], "the key");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn authorize(&self, scheme: &str, authorization: impl Into<Authorization>) -> Self {
        self.authorized(scheme, authorization.into())
    }

    fn authorized(&self, name: &str, authorization: Authorization) -> Self {
        let known = self.extension::<Described>();
        let held = match known.and_then(|known| known.scheme(name)) {
            Some(scheme) => held(self, scheme, authorization.0)
                .map_err(|why| format!("what is set for the security scheme `{name}`: {why}")),
            None => Err(unknown(name, known.map_or(&[][..], |known| known.service.schemes))),
        };
        let mut all = self.extension::<Authorizations>().cloned().unwrap_or_default();
        all.0.retain(|(other, _)| other != name);
        all.0.push((name.to_owned(), held));
        self.clone().with_extension(all)
    }
}

/// What requests carry by a scheme.
///
/// # Errors
///
/// Why the scheme cannot send it.
fn held(client: &ServiceClient, scheme: &Scheme, form: Form) -> Result<Held, String> {
    let key = |key: Result<Key, String>| Ok(Held::Key(Arc::new(key?)));
    match (scheme.kind, form) {
        (SchemeKind::Header(header), Form::Text(text)) => key(Key::header(header, &text, &[&text])),
        (SchemeKind::Query(name), Form::Text(text)) => {
            Ok(Held::Key(Arc::new(Key::query(name, &text))))
        }
        (SchemeKind::Cookie(name), Form::Text(text)) => key(Key::cookie(name, &text)),
        (SchemeKind::Basic, Form::Basic { user, password }) => key(basic(&user, &password)),
        (SchemeKind::Bearer, Form::Text(text)) => {
            Ok(Held::Tokens(tokens(client, Token::new(text))))
        }
        (SchemeKind::Bearer, Form::Credential(credential)) => {
            Ok(Held::Tokens(tokens(client, credential)))
        }
        (SchemeKind::Custom(scheme), Form::Text(text)) => {
            key(Key::header("authorization", &format!("{scheme} {text}"), &[&text]))
        }
        (kind, _) => Err(format!("it is not {}", wanted(kind))),
    }
}

/// A user and a password in a header (RFC 7617).
pub(super) fn basic(user: &str, password: &str) -> Result<Key, String> {
    if user.contains(':') {
        return Err("the name of the user has a colon, which `basic` cannot send".to_owned());
    }
    let encoded = STANDARD.encode(format!("{user}:{password}"));
    Key::header("authorization", &format!("Basic {encoded}"), &[&encoded, password])
}

/// What a scheme is authorized with.
fn wanted(kind: SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => "the text of a key",
        SchemeKind::Basic => "a user and a password: `Authorization::basic`",
        SchemeKind::Bearer => "a token or a credential",
        SchemeKind::Custom(_) => "the text after the name of the scheme",
        SchemeKind::Certificate => {
            "something that a request carries: the transport has the certificate"
        }
    }
}

fn unknown(name: &str, schemes: &[Scheme]) -> String {
    let name = name.escape_debug();
    let known: Vec<_> = schemes.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
    match known.is_empty() {
        true => format!("there is no security scheme `{name}`: the service declares none"),
        false => format!("there is no security scheme `{name}`, only {}", known.join(", ")),
    }
}
