//! The content of a request, without the type of its answer.
//!
//! Enters: the steps of the caller. Leaves: an `http::Request` without a token.
//! It knows nothing of sending. It is not generic, so that it is compiled once and not for each
//! type of a generated crate.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Uri};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use url::{Position, Url};

use crate::json::{Fault, JsonBody};
use crate::web::client::ServiceClient;
use crate::web::content::Content;
use crate::web::error::{Error, ErrorKind};
use crate::web::keys::Keys;
use crate::web::path::{ResourcePath, UNRESERVED, push_query_text};
use crate::web::protocol::Protocol;
use crate::web::random;
use crate::web::retry::RetryPolicy;
use crate::web::service_root::ServiceRoot;
use crate::web::settings::Settings;
use crate::web::token_cache::TokenCache;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What logs and errors show in place of the path of a link.
const LINK_TEMPLATE: &str = "{link}";

/// Headers that frame a request: only the transport writes them.
const FRAMING: [HeaderName; 5] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Headers that hold a secret, which is never shown.
const SECRET: [HeaderName; 3] =
    [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];

/// Headers that apply to one request only, and not to those that continue where it ended.
const ONCE: [HeaderName; 11] = [
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
    HeaderName::from_static("content-id"),
];

/// Method, target, headers and body.
#[derive(Clone)]
pub(crate) struct Call {
    method: Method,
    target: Target,
    /// The query options, in the order they came.
    query: Vec<QueryOption>,
    headers: HeaderMap,
    body: Content,
    /// How it is sent, if not as the client sends.
    settings: Option<Box<Settings>>,
    /// The first fault of a step; reported when the request is made.
    fault: Option<String>,
    /// How its answer is read.
    protocol: &'static Protocol,
}

/// A query option, percent-encoded.
#[derive(Clone)]
struct QueryOption {
    name: String,
    value: String,
    /// Whether the value, if it is a condition, needs parentheses when it is combined with another one.
    is_loose: bool,
}

impl QueryOption {
    /// An option by its text, of which nothing is known.
    fn new(name: &str, value: &str) -> Self {
        Self { name: encoded(name), value: encoded(value), is_loose: true }
    }
}

#[derive(Clone)]
enum Target {
    Path(ResourcePath),
    /// A path and a query that are complete.
    Whole(Box<Address>),
    /// A link of the service, on the origin of the service root, or what is wrong with it; and what is known of
    /// the call that it follows.
    Link(Result<Url, String>, Option<Context>),
    /// An address that the service supplied for one purpose, on any origin, and whether the token may
    /// go there if it is on the service's.
    Given {
        url: Url,
        authenticated: bool,
    },
}

/// What a wing of the runtime knows of a call that it made.
pub(crate) type Context = &'static (dyn Any + Send + Sync);

/// A path and a query as an address has them, below the service root.
#[derive(Clone)]
pub(crate) struct Address {
    /// The path, percent-encoded, which starts with a slash.
    pub(crate) path: String,
    /// The query, percent-encoded, without the question mark.
    pub(crate) query: Option<String>,
    /// What logs and errors show in place of the path.
    pub(crate) template: &'static str,
    /// What the wing of the runtime that made it knows of it.
    pub(crate) context: Context,
}

impl Target {
    fn context(&self) -> Option<Context> {
        match self {
            Self::Whole(address) => Some(address.context),
            Self::Link(_, context) => *context,
            Self::Path(_) | Self::Given { .. } => None,
        }
    }
}

impl Call {
    /// A call of a resource.
    pub(crate) fn new(protocol: &'static Protocol, method: Method, path: ResourcePath) -> Self {
        let fault = path.fault().map(ToString::to_string);
        Self { fault, ..Self::with_target(protocol, method, Target::Path(path)) }
    }

    /// A call of an address that is complete.
    pub(crate) fn whole(protocol: &'static Protocol, method: Method, address: Address) -> Self {
        Self::with_target(protocol, method, Target::Whole(Box::new(address)))
    }

    /// A `GET` of a link that the service supplied.
    pub(crate) fn link(protocol: &'static Protocol, root: &ServiceRoot, link: &str) -> Self {
        Self::with_target(protocol, Method::GET, Target::Link(root.resolve(link), None))
    }

    /// A `GET` of a link to more of what this call asks for, such as the next page. What the headers ask
    /// for applies there, too, except what is about a body, about a copy that the caller has, or about a
    /// part of the answer.
    pub(crate) fn followed(&self, root: &ServiceRoot, link: &str) -> Self {
        let target = Target::Link(root.resolve(link), self.target.context());
        let mut call = Self::with_target(self.protocol, Method::GET, target);
        call.headers.clone_from(&self.headers);
        for name in ONCE {
            call.headers.remove(name);
        }
        call.settings.clone_from(&self.settings);
        call
    }

    /// A call of an address that the service supplied for one purpose, such as an upload. Its redirects
    /// come back as answers, and the caller has to handle them.
    pub(crate) fn given(
        protocol: &'static Protocol,
        method: Method,
        url: Url,
        authenticated: bool,
    ) -> Self {
        Self::with_target(protocol, method, Target::Given { url, authenticated })
    }

    fn with_target(protocol: &'static Protocol, method: Method, target: Target) -> Self {
        // A map that is made from one header would have to grow for the next.
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, JSON);
        Self {
            method,
            target,
            query: Vec::new(),
            headers,
            body: Bytes::new().into(),
            settings: None,
            fault: None,
            protocol,
        }
    }

    /// The same call, whose answer is read by another protocol.
    pub(crate) fn read_by(self, protocol: &'static Protocol) -> Self {
        Self { protocol, ..self }
    }

    /// Sets a JSON body.
    pub(crate) fn json(mut self, body: Vec<u8>) -> Self {
        self.headers.insert(header::CONTENT_TYPE, JSON);
        self.body = Bytes::from(body).into();
        self
    }

    /// Sets a JSON body, or makes the request fail.
    pub(crate) fn sending(mut self, body: JsonBody) -> Self {
        match body.into_result() {
            Ok(json) => self.json(json),
            Err(fault) => {
                self.fail(&fault);
                self
            }
        }
    }

    /// Makes the request fail, unless an earlier step did.
    pub(crate) fn fail(&mut self, fault: &Fault) {
        self.fault.get_or_insert_with(|| fault.to_string());
    }

    /// Sets or, if it is empty, removes the header `Accept`.
    pub(crate) fn set_accept(&mut self, accept: &'static str) {
        match accept {
            "" => drop(self.headers.remove(header::ACCEPT)),
            accept => self.set_header(header::ACCEPT.as_str(), accept),
        }
    }

    /// Sets a body of any type.
    pub(crate) fn set_body(&mut self, content_type: &str, body: impl Into<Content>) {
        self.set_header(header::CONTENT_TYPE.as_str(), content_type);
        self.body = body.into();
    }

    /// Replaces the body by one of the same type.
    pub(crate) fn set_content(&mut self, content: Bytes) {
        self.body = content.into();
    }

    /// Sets a header, in place of one with the same name.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        if let Some((name, value)) = self.checked_header(name, value) {
            self.headers.insert(name, value);
        }
    }

    /// Adds to a header whose value is a list.
    pub(crate) fn extend_header(&mut self, name: &HeaderName, value: &str) {
        match self.headers.get(name).and_then(|old| old.to_str().ok()) {
            Some(old) => self.set_header(name.as_str(), &format!("{old}, {value}")),
            None => self.set_header(name.as_str(), value),
        }
    }

    /// Adds a query option.
    pub(crate) fn push_query(&mut self, name: &str, value: &str) {
        self.query.push(QueryOption::new(name, value));
    }

    /// Sets a query option, in place of one with the same name.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let new = QueryOption::new(name, value);
        match self.query.iter_mut().find(|option| option.name == new.name) {
            Some(option) => *option = new,
            None => self.query.push(new),
        }
    }

    /// Sets a pair of the query, in place of those with the same name.
    pub(crate) fn set_pair(&mut self, name: &str, value: &str) {
        self.query.retain(|option| !is_name(&option.name, name));
        if let Target::Whole(address) = &mut self.target {
            let pairs = address.query.as_deref().unwrap_or_default().split('&');
            let rest = pairs.filter(|pair| !pair.is_empty() && !is_name(pair_name(pair), name));
            let rest = rest.collect::<Vec<_>>().join("&");
            address.query = Some(rest).filter(|rest| !rest.is_empty());
        }
        self.query.push(QueryOption {
            name: utf8_percent_encode(name, UNRESERVED).to_string(),
            value: utf8_percent_encode(value, UNRESERVED).to_string(),
            is_loose: true,
        });
    }

    /// The value of the last pair of the query with a name.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        if let Some(option) = self.query.iter().rev().find(|option| is_name(&option.name, name)) {
            return Some(decoded(&option.value));
        }
        let Target::Whole(address) = &self.target else { return None };
        let mut pairs = address.query.as_deref()?.split('&').rev();
        let pair = pairs.find(|pair| is_name(pair_name(pair), name))?;
        pair.split_once('=').map(|(_, value)| decoded(value))
    }

    /// What the wing of the runtime that made the call knows of it.
    pub(crate) fn context<T: 'static>(&self) -> Option<&'static T> {
        (self.target.context()? as &dyn Any).downcast_ref()
    }

    /// Adds a condition to a query option that has conditions, all of which must hold. `is_loose` is whether
    /// it needs parentheses.
    pub(crate) fn require_query(&mut self, name: &str, condition: &str, is_loose: bool) {
        let new = QueryOption { is_loose, ..QueryOption::new(name, condition) };
        match self.query.iter_mut().find(|option| option.name == new.name) {
            Some(option) => {
                let whole = |option: &QueryOption| match option.is_loose {
                    true => format!("({})", option.value),
                    false => option.value.clone(),
                };
                option.value = format!("{}%20and%20{}", whole(option), whole(&new));
                option.is_loose = false;
            }
            None => self.query.push(new),
        }
    }

    /// Adds to a query option whose value is a list.
    pub(crate) fn extend_query(&mut self, name: &str, value: &str) {
        let new = QueryOption::new(name, value);
        match self.query.iter_mut().find(|option| option.name == new.name) {
            Some(option) => {
                option.value.push(',');
                option.value.push_str(&new.value);
            }
            None => self.query.push(new),
        }
    }

    /// How it is sent, to be changed.
    pub(crate) fn settings_mut(&mut self) -> &mut Settings {
        self.settings.get_or_insert_default()
    }

    /// How it is sent, where that differs from how the client sends.
    pub(crate) fn settings(&self) -> Option<&Settings> {
        self.settings.as_deref()
    }

    /// The same, sent like another call that it follows from.
    pub(crate) fn sent_like(mut self, other: &Self) -> Self {
        self.settings.clone_from(&other.settings);
        self
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.settings()?.timeout
    }

    pub(crate) fn total_timeout(&self) -> Option<Duration> {
        self.settings()?.total_timeout
    }

    pub(crate) fn retry(&self) -> Option<&RetryPolicy> {
        self.settings()?.retry.as_ref()
    }

    /// The tokens of a credential of its own.
    pub(crate) fn tokens(&self) -> Option<&TokenCache> {
        self.settings()?.tokens.as_deref()
    }

    /// The tokens of its own credential, or those of the client if they may go along.
    pub(crate) fn tokens_or<'c>(&'c self, client: &'c ServiceClient) -> Option<&'c TokenCache> {
        let takes_token = self.keys().is_none_or(|keys| keys.takes_token);
        self.tokens().or_else(|| client.tokens().filter(|_| takes_token))
    }

    /// How it is authorized, if not by the credential of the client alone.
    pub(crate) fn keys(&self) -> Option<&Keys> {
        self.settings()?.keys.as_deref()
    }

    /// The header for a key by which the service recognises the tries of one call.
    pub(crate) fn idempotency(&self) -> Option<&HeaderName> {
        self.settings()?.idempotency.as_ref()
    }

    /// The address below which it is.
    pub(crate) fn root<'c>(&'c self, client: &'c ServiceClient) -> &'c ServiceRoot {
        self.own_root().unwrap_or(client.root())
    }

    fn own_root(&self) -> Option<&ServiceRoot> {
        self.settings()?.root.as_deref()
    }

    /// Whether others could read a secret that it would carry, though its client does not allow that.
    pub(crate) fn exposes(&self, client: &ServiceClient) -> bool {
        let may_send = match self.own_root() {
            Some(root) => !root.is_exposed() || client.allows_token_over_http(),
            None => client.may_send_tokens(),
        };
        let has_keys = || self.keys().is_some_and(|keys| !keys.list.is_empty());
        !may_send && (self.tokens_or(client).is_some() || has_keys())
    }

    /// The id that the caller assigned to the request, or what a part of a batch has in its place, if the
    /// client has a header for such ids.
    pub(crate) fn own_id(&self, client: &ServiceClient) -> Option<&str> {
        self.headers.get(client.client_request_id()?)?.to_str().ok()
    }

    /// Assigns an id to the request, unless it has one or the client has no header for ids.
    pub(crate) fn assign_id(&mut self, client: &ServiceClient) {
        if let Some((name, id)) = self.missing_id(client)
            && let Ok(id) = HeaderValue::try_from(id)
        {
            self.headers.insert(name, id);
        }
    }

    /// A new id and its header, unless the request has an id or the client has no header for ids.
    pub(crate) fn missing_id<'c>(
        &self,
        client: &'c ServiceClient,
    ) -> Option<(&'c HeaderName, String)> {
        let name = client.client_request_id().filter(|name| !self.headers.contains_key(*name))?;
        Some((name, random::uuid().to_string()))
    }

    pub(crate) fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// The body.
    pub(crate) fn body(&self) -> &Content {
        &self.body
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The path with its keys masked.
    pub(crate) fn template(&self) -> String {
        match &self.target {
            Target::Path(path) => path.template(),
            Target::Whole(address) => address.template.to_owned(),
            Target::Link(..) | Target::Given { .. } => LINK_TEMPLATE.to_owned(),
        }
    }

    /// Whether the address was supplied for one purpose, so that no redirect is followed.
    pub(crate) fn is_given(&self) -> bool {
        matches!(self.target, Target::Given { .. })
    }

    /// Whether the client's token may go along, as far as the origin allows it.
    pub(crate) fn may_authenticate(&self) -> bool {
        !matches!(self.target, Target::Given { authenticated: false, .. })
    }

    /// The whole URL. The root is that of the client.
    ///
    /// # Errors
    ///
    /// An earlier step was given something that is not valid.
    pub(crate) fn url(&self, root: &ServiceRoot) -> Result<Url, Error> {
        let root = self.own_root().unwrap_or(root);
        // A link is older than any other step.
        let link = match &self.target {
            Target::Link(Err(fault), _) => Some(fault),
            _ => None,
        };
        if let Some(fault) = link.or(self.fault.as_ref()) {
            return Err(self.fault(fault));
        }
        let mut url = match &self.target {
            Target::Link(link, _) => link.clone().map_err(|fault| self.fault(fault))?,
            Target::Given { url, .. } => url.clone(),
            Target::Path(path) => root.below(path.as_str()),
            Target::Whole(address) => {
                let mut url = root.below(&address.path);
                url.set_query(address.query.as_deref());
                url
            }
        };
        if !self.query.is_empty() {
            let known = url.query().filter(|query| !query.is_empty()).map(str::to_owned);
            let own = self.query.iter().map(|option| format!("{}={}", option.name, option.value));
            let options: Vec<String> = known.into_iter().chain(own).collect();
            url.set_query(Some(&options.join("&")));
        }
        Ok(url)
    }

    /// The request without a token.
    ///
    /// # Errors
    ///
    /// An earlier step was given something that is not valid, or the body is not in memory.
    pub(crate) fn to_http(
        &self,
        root: &ServiceRoot,
        user_agent: &HeaderValue,
    ) -> Result<http::Request<Bytes>, Error> {
        if matches!(self.body, Content::Opened(_)) {
            return Err(self.fault("its body is opened when it is sent, so it is not at hand"));
        }
        self.to_http_at(user_agent, &self.url(root)?)
    }

    /// The request without a token, to the call's URL. A body that is opened when it is sent is empty in it.
    ///
    /// # Errors
    ///
    /// The URL cannot be requested.
    pub(crate) fn to_http_at(
        &self,
        user_agent: &HeaderValue,
        url: &Url,
    ) -> Result<http::Request<Bytes>, Error> {
        let mut request = http::Request::new(self.body.bytes().cloned().unwrap_or_default());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri(url).map_err(|error| self.described(error))?;
        *request.headers_mut() = self.headers.clone();
        let agent = request.headers_mut().entry(header::USER_AGENT);
        agent.or_insert_with(|| user_agent.clone());
        Ok(request)
    }

    /// Adds to an error the call that failed.
    pub(crate) fn described(&self, error: Error) -> Error {
        error.with_call(&self.method, self.template())
    }

    /// The names in the query.
    fn query_names(&self) -> Vec<&str> {
        let whole = match &self.target {
            Target::Whole(address) => address.query.as_deref(),
            _ => None,
        };
        let pairs = whole.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        pairs.map(pair_name).chain(self.query.iter().map(|option| option.name.as_str())).collect()
    }

    fn fault(&self, message: impl Into<String>) -> Error {
        self.described(Error::new(ErrorKind::Request, message))
    }

    fn checked_header(&mut self, name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
        let checked = check_header(name, value);
        match checked {
            Ok(header) => Some(header),
            Err(fault) => {
                self.fault.get_or_insert(fault);
                None
            }
        }
    }
}

/// Shows no value of a key, query option or header, and not the content of the body.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.template())
            .field("query", &self.query_names())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

/// Sets `Content-Length: 0` on a request without a body, if a request with its method is expected to have
/// one (RFC 9110, section 8.6). Many services refuse it otherwise (411), and HTTP libraries leave the
/// header out.
pub(crate) fn frame<B>(request: &mut http::Request<B>, is_empty: bool) {
    const NOUGHT: HeaderValue = HeaderValue::from_static("0");
    if is_empty && has_body(request.method()) {
        request.headers_mut().insert(header::CONTENT_LENGTH, NOUGHT);
    }
}

/// Whether a request with this method is expected to have a body.
pub(crate) fn has_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

/// The name in a pair of a query.
fn pair_name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// Whether a percent-encoded text is a name.
fn is_name(encoded: &str, name: &str) -> bool {
    percent_decode_str(encoded).eq(name.bytes())
}

fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    push_query_text(&mut encoded, text);
    encoded
}

fn check_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("`{}` is not a header name", name.escape_debug()))?;
    if FRAMING.contains(&header) {
        return Err(format!("the header `{header}` is written by the transport and cannot be set"));
    }
    // The value is not shown: it may be a secret.
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        format!("the value of the header `{header}` holds a character that no header can carry")
    })?;
    value.set_sensitive(SECRET.contains(&header));
    Ok((header, value))
}

/// A URL in the type that HTTP libraries share.
fn uri(url: &Url) -> Result<Uri, Error> {
    // A fragment is never sent.
    Uri::try_from(&url[..Position::AfterQuery]).map_err(|error| {
        let message = format!("the URL cannot be requested ({error})");
        Error::new(ErrorKind::Request, message).with_source(error)
    })
}
