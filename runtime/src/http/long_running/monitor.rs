//! The address at which an operation is polled, and which addresses may receive the token.
//!
//! Enters: an address of the service. Leaves: the result of one poll. It knows nothing of the type of the
//! result.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::FinalState;
use super::report::Report;
use crate::json::members::Members;
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::link;
use crate::web::protocol::{Protocol, Watch, Way};
use crate::web::redirect::{self, MAX_REDIRECTS};
use crate::web::retry::retry_after;

/// The address of the next poll.
#[derive(Clone)]
pub(super) struct Monitor {
    protocol: &'static Protocol,
    address: Address,
    /// What is there.
    way: Way,
    /// Where the result is in the end, and the request that asked for it.
    end: Option<Box<End>>,
    /// The address to try if the first one does not exist. Microsoft Graph sends paths such as
    /// `/teams('x')/…` that are relative to the service root; by HTTP's rules they are relative to the origin.
    instead: Option<Url>,
    retry_after: Option<Duration>,
    /// The id of the resource that the operation created, if it is done and reports that.
    resource_id: Option<String>,
}

/// Where the result of an operation is.
#[derive(Clone)]
struct End {
    via: FinalState,
    method: Method,
    /// The address of the request that started the operation.
    original: Address,
    /// The address in the header `Location`, if that is not the one to poll.
    location: Option<Address>,
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

    fn call(&self, protocol: &'static Protocol, method: Method) -> Call {
        Call::given(protocol, method, self.url.clone(), self.authenticated)
    }
}

impl Monitor {
    /// The monitor of the operation that an answer to a call at `from` has started; `None` if it is over.
    ///
    /// # Errors
    ///
    /// Why it cannot be followed.
    pub(super) fn new(
        client: &ServiceClient,
        call: &Call,
        from: &Url,
        answer: &Answer,
    ) -> Result<Option<Self>, String> {
        let protocol = call.protocol();
        let accepted = answer.status() == StatusCode::ACCEPTED;
        if !accepted && !protocol.watch.may_follow_any {
            return Ok(None);
        }
        let trusted = !answer.is_foreign();
        let via = call.settings().and_then(|settings| settings.final_state);
        let found = location(answer.headers(), &protocol.watch, |_| true);
        // Where something was created has an address, too.
        let found = found.filter(|(_, way)| accepted || *way == Way::Status);
        let mut monitor = match found {
            Some((location, way)) => Self {
                instead: protocol.watch.below_root(client, &location),
                way,
                ..Self::at(client, protocol, redirect::resolve(from, &location)?, trusted)
            },
            None if accepted => {
                return Err("the service does not specify where the operation is".to_owned());
            }
            None if via.is_some() && is_running(answer) => {
                Self { way: Way::Resource, ..Self::at(client, protocol, from.clone(), trusted) }
            }
            None => return Ok(None),
        };
        monitor.retry_after = retry_after(answer.headers(), client.transport().now());
        if let Some(via) = via {
            let original = Address::new(client, from.clone(), trusted);
            let location = None;
            let method = call.method().clone();
            monitor.end = Some(Box::new(End { via, method, original, location }));
            monitor.learn(client, from, answer, trusted)?;
        }
        Ok(Some(monitor))
    }

    /// The monitor at an address. It is trusted if the address does not come from another origin.
    pub(super) fn at(
        client: &ServiceClient,
        protocol: &'static Protocol,
        url: Url,
        trusted: bool,
    ) -> Self {
        let address = Address::new(client, url, trusted);
        let (instead, retry_after, resource_id, end) = (None, None, None, None);
        Self { protocol, address, way: Way::Any, end, instead, retry_after, resource_id }
    }

    /// Keeps the address of the result that an answer from an address has, which is perhaps not to be trusted.
    fn learn(
        &mut self,
        client: &ServiceClient,
        from: &Url,
        answer: &Answer,
        trusted: bool,
    ) -> Result<(), String> {
        let Some(end) = self.end.as_mut().filter(|_| self.way == Way::Status) else {
            return Ok(());
        };
        let is_result = |way| way == Way::Result;
        if let Some((location, _)) = location(answer.headers(), &self.protocol.watch, is_result) {
            end.location = Some(Address::new(client, redirect::resolve(from, &location)?, trusted));
        }
        Ok(())
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
        self.address.call(self.protocol, method)
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
                return self.fetch(client, address, origin).await.map(Sight::Result);
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
            match (self.protocol.watch.enclosed)(&answer.response) {
                None => {}
                Some(Ok(enclosed)) => {
                    let enclosed = answer.enclosing(client, self.protocol, enclosed);
                    if enclosed.status().is_success() {
                        return Ok(Sight::Result(enclosed));
                    }
                    return Err(enclosed.to(client, origin).refusal(now));
                }
                Some(Err(error)) => return Err(answered.unreadable(error)),
            }
        }
        let report = match self.way {
            Way::Result => None,
            way => Report::read(answer.body(), way, accepted),
        };
        match report {
            Some(Report::Failed(why)) => {
                let told = answered.refusal(now);
                let message = match told.body().map(ToString::to_string) {
                    Some(message) if !message.is_empty() => {
                        format!("the operation {why}: {message}")
                    }
                    _ => format!("the operation {why}"),
                };
                Err(origin.described(told.again(message).with_kind(ErrorKind::Operation)))
            }
            Some(Report::Running { percent }) => self.move_on(client, &answer, percent),
            None if accepted => self.move_on(client, &answer, None),
            Some(Report::Done { location, id }) => {
                self.resource_id = id;
                let url = location.map(|location| {
                    let url = redirect::resolve(&self.address.url, &location);
                    self.protocol.watch.below_root(client, &location).map_or(url, Ok)
                });
                let url = url.transpose().map_err(|why| answered.unreadable(why.into()))?;
                let reported = url.map(|url| self.address.turned(client, url));
                self.finished(client, origin, answer, reported).await.map(Sight::Result)
            }
            None => self.finished(client, origin, answer, None).await.map(Sight::Result),
        }
    }

    /// The result of an operation that is done.
    async fn finished(
        &mut self,
        client: &ServiceClient,
        origin: &Call,
        answer: Answer,
        reported: Option<Address>,
    ) -> Result<Answer, Error> {
        let trusted = !answer.is_foreign() && self.address.authenticated;
        let learned = self.learn(client, &self.address.url.clone(), &answer, trusted);
        learned.map_err(|why| answer.to(client, origin).unreadable(why.into()))?;
        let Some(end) = &self.end else {
            return match reported {
                Some(address) => self.fetch(client, address, origin).await,
                None => Ok(answer),
            };
        };
        let is_status = self.way == Way::Status;
        let next = match end.via {
            FinalState::OriginalUri if self.way == Way::Resource => None,
            FinalState::OriginalUri => Some(end.original.clone()),
            FinalState::Location => end.location.clone(),
            FinalState::Status => None,
            FinalState::Result => return Ok(self.inner(client, answer)),
            FinalState::Usual if !is_status => None,
            FinalState::Usual => reported.or_else(|| match end.method {
                Method::PUT | Method::PATCH => Some(end.original.clone()),
                Method::POST => end.location.clone(),
                _ => None,
            }),
        };
        match next {
            Some(address) => self.fetch(client, address, origin).await,
            None => Ok(answer),
        }
    }

    /// What a report has as the result, or the report.
    fn inner(&self, client: &ServiceClient, answer: Answer) -> Answer {
        let members = Members::of_body(answer.body()).ok();
        let result =
            members.and_then(|members| members.get("result").map(|raw| raw.get().to_owned()));
        let Some(result) = result else { return answer };
        let mut response = answer.response.clone();
        *response.body_mut() = result.into();
        answer.enclosing(client, self.protocol, response)
    }

    /// It is still running, perhaps to be polled elsewhere.
    fn move_on(
        &mut self,
        client: &ServiceClient,
        answer: &Answer,
        percent: Option<f64>,
    ) -> Result<Sight, Error> {
        let accepted = answer.status() == StatusCode::ACCEPTED;
        let call = self.call(Method::GET);
        let unreadable = |why: String| answer.to(client, &call).unreadable(why.into());
        let from = self.address.url.clone();
        let trusted = !answer.is_foreign() && self.address.authenticated;
        self.learn(client, &from, answer, trusted).map_err(unreadable)?;
        let way = self.way;
        let found = location(answer.headers(), &self.protocol.watch, |one| one == way);
        if let Some((location, _)) = found.filter(|_| accepted) {
            let url = redirect::resolve(&from, &location).map_err(unreadable)?;
            let address = self.address.turned(client, url);
            let known = address == self.address;
            let instead = self.protocol.watch.below_root(client, &location);
            self.instead = instead.filter(|_| !known);
            self.address = address;
        }
        Ok(Sight::Running { percent })
    }

    /// Reads the result and follows redirects to it.
    async fn fetch(
        &self,
        client: &ServiceClient,
        address: Address,
        origin: &Call,
    ) -> Result<Answer, Error> {
        let mut address = address;
        for _ in 0..=MAX_REDIRECTS {
            let call = address.call(self.protocol, Method::GET).sent_like(origin);
            let answer = exchange::send(client, &call).await?;
            if !redirect::is_redirect(answer.status()) {
                return Ok(answer);
            }
            address = address.redirected(client, &call, &answer)?;
        }
        Err(too_many(&address.call(self.protocol, Method::GET)))
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

fn too_many(call: &Call) -> Error {
    let why = format!("more than {MAX_REDIRECTS} redirects");
    call.described(Error::new(ErrorKind::Redirect, why))
}

/// The address of an operation, and what is there.
fn location<'h>(
    headers: &'h HeaderMap,
    watch: &Watch,
    is_asked: impl Fn(Way) -> bool,
) -> Option<(Cow<'h, str>, Way)> {
    let asked = watch.addresses.iter().filter(|(_, way)| is_asked(*way));
    let values = asked.filter_map(|(name, way)| Some((headers.get(*name)?, *way)));
    values.map(|(value, way)| (link::text(value), way)).find(|(location, _)| !location.is_empty())
}

/// Whether an answer has a resource that is still worked on.
fn is_running(answer: &Answer) -> bool {
    let report = Report::read(answer.body(), Way::Resource, false);
    matches!(report, Some(Report::Running { .. }))
}

impl Watch {
    /// The URL below the service root of a path that starts with a slash, but not with the path of the root.
    fn below_root(&self, client: &ServiceClient, location: &str) -> Option<Url> {
        let root = Url::parse(client.service_root()).ok().filter(|_| self.has_own_paths)?;
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
}
