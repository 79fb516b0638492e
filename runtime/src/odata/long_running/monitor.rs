//! The address at which an operation is polled, and which addresses may receive the token.
//!
//! Enters: an address of the service. Leaves: the result of one poll. It knows nothing of the type of the
//! result.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::report::{self, Report};
use crate::odata::answer::ODATA;
use crate::odata::service_error::ServiceError;
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::link;
use crate::web::redirect::{self, MAX_REDIRECTS};
use crate::web::retry::retry_after;

/// Headers that hold the address to poll; the first one is HTTP's.
const LOCATIONS: [&str; 2] = ["location", "operation-location"];

/// The address of the next poll.
#[derive(Clone)]
pub(super) struct Monitor {
    address: Address,
    /// The address to try if the first one does not exist. Microsoft Graph sends paths such as
    /// `/teams('x')/…` that are relative to the service root; by HTTP's rules they are relative to the origin.
    instead: Option<Url>,
    retry_after: Option<Duration>,
    /// The id of the resource that the operation created, if it is done and reports that.
    resource_id: Option<String>,
}

/// The result of one poll.
pub(super) enum Sight {
    Running { percent: Option<f64> },
    Result(Answer),
}

/// A URL, and whether the token may go there. After an address on another origin it may not, not even if a
/// later one is on the service's again; then the URL is marked.
#[derive(Clone, PartialEq)]
struct Address {
    url: Url,
    authenticated: bool,
}

impl Address {
    fn new(client: &ServiceClient, url: Url, trusted: bool) -> Self {
        let own = client.root().is_origin_of(&url);
        let mut url = url;
        url.set_fragment(None);
        if own && !trusted {
            link::mark(&mut url);
        }
        Self { url, authenticated: own && trusted }
    }

    fn turned(&self, client: &ServiceClient, url: Url) -> Self {
        Self::new(client, url, self.authenticated)
    }

    fn call(&self, method: Method) -> Call {
        Call::given(&ODATA, method, self.url.clone(), self.authenticated)
    }
}

impl Monitor {
    /// The monitor whose address is in an answer to a request at `from`.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) fn new(client: &ServiceClient, from: &Url, answer: &Answer) -> Result<Self, String> {
        let location = location(answer.headers());
        let location = location.ok_or("the service does not specify where the operation is")?;
        let url = redirect::resolve(from, &location)?;
        let retry_after = retry_after(answer.headers(), client.transport().now());
        let instead = below_root(client, &location);
        Ok(Self { instead, retry_after, ..Self::at(client, url, !answer.is_foreign()) })
    }

    /// The monitor at an address. It is trusted if the address does not come from another origin.
    pub(super) fn at(client: &ServiceClient, url: Url, trusted: bool) -> Self {
        let address = Address::new(client, url, trusted);
        Self { address, instead: None, retry_after: None, resource_id: None }
    }

    pub(super) fn url(&self) -> &str {
        self.address.url.as_str()
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(super) fn resource_id(self) -> Option<String> {
        self.resource_id
    }

    pub(super) fn call(&self, method: Method) -> Call {
        self.address.call(method)
    }

    /// Polls once. `origin` is the call that started the operation.
    pub(super) async fn look(
        &mut self,
        client: &ServiceClient,
        origin: &Call,
    ) -> Result<Sight, Error> {
        for _ in 0..=MAX_REDIRECTS {
            let call = self.call(Method::GET).sent_like(origin);
            let answer = match exchange::send(client, &call).await {
                Err(error) if error.is_not_found() || error.is_bad_request() => {
                    let url = self.instead.take().ok_or(error)?;
                    self.address = self.address.turned(client, url);
                    continue;
                }
                answer => answer?,
            };
            self.instead = None;
            if !redirect::is_redirect(answer.status()) {
                return self.understand(client, origin, answer).await;
            }
            let address = self.address.redirected(client, &call, &answer)?;
            if matches!(answer.status().as_u16(), 302 | 303) {
                return fetch(client, address, origin).await.map(Sight::Result);
            }
            self.address = address;
        }
        Err(too_many(&self.call(Method::GET)))
    }

    /// What an answer means whose status is a success.
    async fn understand(
        &mut self,
        client: &ServiceClient,
        origin: &Call,
        answer: Answer,
    ) -> Result<Sight, Error> {
        let now = client.transport().now();
        self.retry_after = retry_after(answer.headers(), now);
        let accepted = answer.status() == StatusCode::ACCEPTED;
        let answered = answer.to(client, origin);
        if !accepted {
            match report::enclosed(&answer.response) {
                None => {}
                Some(Ok(enclosed)) => {
                    let enclosed = answer.enclosing(client, &ODATA, enclosed);
                    if enclosed.status().is_success() {
                        return Ok(Sight::Result(enclosed));
                    }
                    return Err(enclosed.to(client, origin).refusal(now));
                }
                Some(Err(error)) => return Err(answered.unreadable(error)),
            }
        }
        match Report::read(answer.body(), accepted) {
            Some(Report::Failed(why)) => {
                let told = answered.refusal(now);
                let message = match told.service_error().map(ServiceError::to_string) {
                    Some(message) => format!("the operation {why}: {message}"),
                    None => format!("the operation {why}"),
                };
                Err(origin.described(told.again(message).with_kind(ErrorKind::Operation)))
            }
            Some(Report::Done { location: Some(location), id }) => {
                self.resource_id = id;
                let url = redirect::resolve(&self.address.url, &location);
                let url = below_root(client, &location).map_or(url, Ok);
                let url = url.map_err(|why| answered.unreadable(why.into()))?;
                let address = self.address.turned(client, url);
                fetch(client, address, origin).await.map(Sight::Result)
            }
            Some(Report::Running { percent }) => self.move_on(client, &answer, percent),
            None if accepted => self.move_on(client, &answer, None),
            Some(Report::Done { location: None, id }) => {
                self.resource_id = id;
                Ok(Sight::Result(answer))
            }
            None => Ok(Sight::Result(answer)),
        }
    }

    /// It is still running, perhaps to be polled elsewhere.
    fn move_on(
        &mut self,
        client: &ServiceClient,
        answer: &Answer,
        percent: Option<f64>,
    ) -> Result<Sight, Error> {
        let accepted = answer.status() == StatusCode::ACCEPTED;
        if let Some(location) = location(answer.headers()).filter(|_| accepted) {
            let url = redirect::resolve(&self.address.url, &location);
            let call = self.call(Method::GET);
            let url = url.map_err(|why| answer.to(client, &call).unreadable(why.into()))?;
            let address = self.address.turned(client, url);
            let known = address == self.address;
            self.instead = below_root(client, &location).filter(|_| !known);
            self.address = address;
        }
        Ok(Sight::Running { percent })
    }
}

impl Address {
    fn redirected(
        &self,
        client: &ServiceClient,
        call: &Call,
        answer: &Answer,
    ) -> Result<Self, Error> {
        let target = redirect::target(&self.url, &Method::GET, &answer.response);
        let answered = answer.to(client, call);
        let url = target.map_err(|why| answered.error(ErrorKind::Redirect, why))?;
        Ok(self.turned(client, url))
    }
}

/// Reads the result and follows redirects to it.
async fn fetch(client: &ServiceClient, address: Address, origin: &Call) -> Result<Answer, Error> {
    let mut address = address;
    for _ in 0..=MAX_REDIRECTS {
        let call = address.call(Method::GET).sent_like(origin);
        let answer = exchange::send(client, &call).await?;
        if !redirect::is_redirect(answer.status()) {
            return Ok(answer);
        }
        address = address.redirected(client, &call, &answer)?;
    }
    Err(too_many(&address.call(Method::GET)))
}

fn too_many(call: &Call) -> Error {
    let why = format!("more than {MAX_REDIRECTS} redirects");
    call.described(Error::new(ErrorKind::Redirect, why))
}

fn location(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let values = LOCATIONS.iter().filter_map(|name| headers.get(*name));
    values.map(link::text).find(|location| !location.is_empty())
}

/// The URL below the service root of a path that starts with a slash, but not with the path of the root.
fn below_root(client: &ServiceClient, location: &str) -> Option<Url> {
    let root = Url::parse(client.service_root()).ok()?;
    let start = root.path().trim_end_matches('/');
    let foreign = location.starts_with('/') && !location.starts_with("//");
    let within = location.strip_prefix(start).is_some_and(|rest| rest.starts_with('/'));
    if !foreign || start.is_empty() || within {
        return None;
    }
    let url = Url::parse(&format!("{}{location}", client.service_root())).ok()?;
    // A path with `..` could leave the service root.
    url.path().starts_with(&format!("{start}/")).then_some(url)
}
