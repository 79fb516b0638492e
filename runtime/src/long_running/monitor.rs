//! Where an operation is looked after, and who may know the token on the way.
//!
//! What enters is an address of the service, what leaves is what one look there shows. It knows
//! nothing of the type of the result.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::report::{self, Report};
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::exchange::{self, inner_error};
use crate::redirect::{self, MAX_REDIRECTS};
use crate::request::decode_error;
use crate::response::request_id;
use crate::retry::retry_after;
use crate::service_error::ServiceError;

/// Headers that say where to look; the first one is HTTP's.
const LOCATIONS: [&str; 2] = ["location", "operation-location"];

/// Where the next look goes.
#[derive(Clone)]
pub(super) struct Monitor {
    address: Address,
    /// Where to look if there is nothing. Microsoft Graph sends paths such as `/teams('x')/…` that
    /// start at the service root, and by HTTP's rules they start at the origin.
    instead: Option<Url>,
    retry_after: Option<Duration>,
}

/// What one look shows.
pub(super) enum Sight {
    Running { percent: Option<f64> },
    Result(http::Response<Bytes>),
}

/// A URL, and whether the token may go there. Once the way has left the origin of the service it
/// may not, not even if the way leads back.
#[derive(Clone)]
struct Address {
    url: Url,
    authenticated: bool,
}

impl Address {
    fn turned(&self, client: &Client, url: Url) -> Self {
        let authenticated = self.authenticated && client.root().is_origin_of(&url);
        Self { url, authenticated }
    }

    fn call(&self, method: Method) -> Call {
        Call::given(method, self.url.clone(), self.authenticated)
    }
}

impl Monitor {
    /// The monitor that an answer to a request at `from` names.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) fn new(
        client: &Client,
        from: &Url,
        response: &http::Response<Bytes>,
        retry_after: Option<Duration>,
    ) -> Result<Self, String> {
        let location = location(response.headers());
        let location = location.ok_or("the service does not say where the operation is")?;
        let url = redirect::resolve(from, location)?;
        let instead = below_root(client, location);
        Ok(Self { instead, retry_after, ..Self::at(client, url) })
    }

    pub(super) fn at(client: &Client, url: Url) -> Self {
        let authenticated = client.root().is_origin_of(&url);
        Self { address: Address { url, authenticated }, instead: None, retry_after: None }
    }

    pub(super) fn url(&self) -> &str {
        self.address.url.as_str()
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(super) fn call(&self, method: Method) -> Call {
        self.address.call(method)
    }

    /// Looks once. `origin` is the call that started the operation.
    pub(super) async fn look(&mut self, client: &Client, origin: &Call) -> Result<Sight, Error> {
        for _ in 0..=MAX_REDIRECTS {
            let call = self.call(Method::GET);
            let response = match exchange::send_with_token(client, &call).await {
                Err(error) if error.is_not_found() || error.is_bad_request() => {
                    let url = self.instead.take().ok_or(error)?;
                    self.address = self.address.turned(client, url);
                    continue;
                }
                answer => answer?,
            };
            self.instead = None;
            if !redirect::is_redirect(response.status()) {
                return self.understand(client, origin, response).await;
            }
            let address = self.address.redirected(client, &call, &response)?;
            if matches!(response.status().as_u16(), 302 | 303) {
                return fetch(client, address).await.map(Sight::Result);
            }
            self.address = address;
        }
        Err(too_many(&self.call(Method::GET)))
    }

    /// What an answer means that is a success.
    async fn understand(
        &mut self,
        client: &Client,
        origin: &Call,
        response: http::Response<Bytes>,
    ) -> Result<Sight, Error> {
        let now = client.transport().now();
        self.retry_after = retry_after(response.headers(), now);
        let accepted = response.status() == StatusCode::ACCEPTED;
        if !accepted {
            match report::enclosed(&response) {
                None => {}
                Some(Ok(enclosed)) if enclosed.status().is_success() => {
                    return Ok(Sight::Result(enclosed));
                }
                Some(Ok(enclosed)) => {
                    let error = inner_error(&enclosed, response.extensions(), now);
                    return Err(origin.described(error));
                }
                Some(Err(error)) => return Err(decode_error(origin, &response, error)),
            }
        }
        match Report::read(response.body(), accepted) {
            Some(Report::Failed(why)) => Err(failure(client, origin, &response, &why)),
            Some(Report::Done(Some(location))) => {
                let url = redirect::resolve(&self.address.url, &location);
                let url = below_root(client, &location).map_or(url, Ok);
                let url = url.map_err(|why| decode_error(origin, &response, why.into()))?;
                fetch(client, self.address.turned(client, url)).await.map(Sight::Result)
            }
            Some(Report::Running { percent }) => self.move_on(client, &response, percent),
            None if accepted => self.move_on(client, &response, None),
            Some(Report::Done(None)) | None => Ok(Sight::Result(response)),
        }
    }

    /// It runs on, perhaps to be looked after elsewhere.
    fn move_on(
        &mut self,
        client: &Client,
        response: &http::Response<Bytes>,
        percent: Option<f64>,
    ) -> Result<Sight, Error> {
        let accepted = response.status() == StatusCode::ACCEPTED;
        if let Some(location) = location(response.headers()).filter(|_| accepted) {
            let url = redirect::resolve(&self.address.url, location);
            let call = self.call(Method::GET);
            let url = url.map_err(|why| decode_error(&call, response, why.into()))?;
            let known = url == self.address.url;
            self.instead = below_root(client, location).filter(|_| !known);
            self.address = self.address.turned(client, url);
        }
        Ok(Sight::Running { percent })
    }
}

impl Address {
    fn redirected(
        &self,
        client: &Client,
        call: &Call,
        response: &http::Response<Bytes>,
    ) -> Result<Self, Error> {
        let target = redirect::target(&self.url, &Method::GET, response);
        let url = target.map_err(|why| {
            let error = Error::new(ErrorKind::Redirect, why);
            call.described(error.with_status(response.status(), request_id(response.headers())))
        })?;
        Ok(self.turned(client, url))
    }
}

/// Reads the result, wherever redirects lead.
async fn fetch(client: &Client, address: Address) -> Result<http::Response<Bytes>, Error> {
    let mut address = address;
    for _ in 0..=MAX_REDIRECTS {
        let call = address.call(Method::GET);
        let response = exchange::send_with_token(client, &call).await?;
        if !redirect::is_redirect(response.status()) {
            return Ok(response);
        }
        address = address.redirected(client, &call, &response)?;
    }
    Err(too_many(&address.call(Method::GET)))
}

fn too_many(call: &Call) -> Error {
    let why = format!("more than {MAX_REDIRECTS} redirects");
    call.described(Error::new(ErrorKind::Redirect, why))
}

fn location(headers: &HeaderMap) -> Option<&str> {
    LOCATIONS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The URL below the service root of a path that starts with a slash, but not as the root does.
fn below_root(client: &Client, location: &str) -> Option<Url> {
    let root = Url::parse(client.service_root()).ok()?;
    let start = root.path().trim_end_matches('/');
    let foreign = location.starts_with('/') && !location.starts_with("//");
    let within = location.strip_prefix(start).is_some_and(|rest| rest.starts_with('/'));
    if !foreign || start.is_empty() || within {
        return None;
    }
    let url = Url::parse(&format!("{}{location}", client.service_root())).ok()?;
    // A path with `..` could lead out again.
    url.path().starts_with(&format!("{start}/")).then_some(url)
}

/// The error of an operation that failed.
fn failure(client: &Client, origin: &Call, response: &http::Response<Bytes>, why: &str) -> Error {
    let told = inner_error(response, response.extensions(), client.transport().now());
    let message = match told.service_error().map(ServiceError::to_string) {
        Some(message) => format!("the operation {why}: {message}"),
        None => format!("the operation {why}"),
    };
    origin.described(told.again(message).with_kind(ErrorKind::Operation))
}
