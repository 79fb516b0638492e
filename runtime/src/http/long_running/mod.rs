//! Operations that continue at the service after it has answered.
//!
//! Enters: a request whose answer is 202 with a `Location`, or has the address of a status, or a resource that is
//! still worked on. Leaves: the progress of the operation and, in the end, its result. What the answers mean is in
//! the files below, and in the protocol of the request.

mod monitor;
mod report;

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use http::Method;
use url::Url;

use self::monitor::{Monitor, Sight};
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::link;
use crate::web::protocol::Protocol;
use crate::web::redirect;
use crate::web::request::Request;
use crate::web::response::FromResponse;
use crate::web::settings::settings_methods;

/// How long `finish` waits, unless the caller sets another limit.
const MAX_WAIT: Duration = Duration::from_secs(600);

/// The delays between two polls, if the service does not specify how long to wait.
const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// The least delay, also for a service that asks for 0.
const SHORTEST_DELAY: Duration = Duration::from_millis(100);

/// A long-running operation of the service, whose result is a `T`.
///
/// [`Request::start`] returns it. The service specifies the address to poll: if that is on an origin
/// other than the service's, no token goes there, nor to any address that comes from there.
///
/// The following forms are supported: the status monitors of OData, with `AsyncResult` (4.01) or
/// the whole answer within theirs (4.0); those of Microsoft Graph, with `status` and
/// `percentageComplete`, that end with a redirect to the result, with its `resourceLocation`, or as
/// the result; and those of Azure, by `Operation-Location`, `Azure-AsyncOperation`, `Location` or the
/// `provisioningState` of the resource, that end where the description of the operation specifies.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, LongRunning, Progress, Request, bytes::Bytes, http};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// let accepted = http::Response::builder().status(202).header("location", "/v1/monitor/7");
/// service.respond(accepted.body(Bytes::new()).expect("a response"));
/// service.answer(202, r#"{"status":"inProgress","percentageComplete":40}"#);
/// let done = http::Response::builder().status(200).header("AsyncResult", "200");
/// service.respond(done.body(Bytes::from(r#""report""#)).expect("a response"));
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let request: Request<String> = client.resource("report").get();
/// let mut report: LongRunning<String> = request.respond_async().start().await?;
/// let progress = report.poll().await?;
/// assert_eq!(progress, Progress::Running { percent: Some(40.0), retry_after: None });
/// assert_eq!(report.finish().await?, "report");
/// # Ok(())
/// # }
/// ```
#[must_use = "`finish` or `poll` returns the result"]
pub struct LongRunning<T> {
    client: ServiceClient,
    /// What started the operation, for errors.
    call: Call,
    state: State,
    max_wait: Duration,
    resource_id: Option<String>,
    result: PhantomData<fn() -> T>,
}

enum State {
    /// The service answered at once.
    Ready(Answer),
    Running(Monitor),
    Over,
}

/// Where the result of an operation is, once it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "openapi"), allow(unreachable_pub))] // Only operations of OpenAPI declare it.
pub enum FinalState {
    /// After `PUT` and `PATCH` at the address of the request; after `POST` at that of the header `Location`, if the
    /// service sends one; else in the last answer.
    Usual,
    /// At the address of the request.
    OriginalUri,
    /// At the address of the header `Location`.
    Location,
    /// It is the last report.
    Status,
    /// It is the member `result` of the last report.
    Result,
}

/// The progress of an operation.
///
/// ```
/// use schemacrate_runtime::Progress;
///
/// fn show(progress: &Progress<String>) -> String {
///     match progress {
///         Progress::Running { percent: Some(percent), .. } => format!("{percent:.0} %"),
///         Progress::Running { .. } => "…".to_owned(),
///         Progress::Done(result) => result.clone(),
///     }
/// }
/// assert_eq!(show(&Progress::Running { percent: Some(12.5), retry_after: None }), "12 %");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<T> {
    /// It is still running.
    Running {
        /// How much is done, from 0 to 100, if the service reports it.
        percent: Option<f64>,
        /// How long the service asks to wait before the next poll.
        retry_after: Option<Duration>,
    },
    /// It succeeded, with this result.
    Done(T),
}

impl<T: FromResponse> Request<T> {
    /// Sends the request and returns the operation that it starts. If the service has finished the
    /// operation when it answers, the result is already available.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), and if the service answers 202 but does not specify the address to
    /// poll, or points from https to plain http.
    pub async fn start(self) -> Result<LongRunning<T>, Error> {
        let (client, call) = self.into_parts();
        let answer = exchange::send(&client, &call).await?;
        let answered = answer.to(&client, &call);
        let from = answered.url().map_or_else(|| call.url(client.root()), Ok)?;
        let monitor = Monitor::new(&client, &call, &from, &answer);
        let state = match monitor.map_err(|why| answered.unreadable(why.into()))? {
            Some(monitor) => State::Running(monitor),
            None => State::Ready(answer),
        };
        Ok(LongRunning::new(client, call, state))
    }
}

impl<T: FromResponse> LongRunning<T> {
    fn new(client: ServiceClient, call: Call, state: State) -> Self {
        Self { client, call, state, max_wait: MAX_WAIT, resource_id: None, result: PhantomData }
    }

    /// An operation that was [started](Request::start) elsewhere, by the address to poll: that of
    /// [`monitor_url`](Self::monitor_url), or one relative to the service root.
    pub(crate) fn at(
        protocol: &'static Protocol,
        client: &ServiceClient,
        monitor_url: &str,
    ) -> Result<Self, Error> {
        let root = format!("{}/", client.service_root());
        let fault = |why: String| Error::new(ErrorKind::Request, why);
        let root = Url::parse(&root).map_err(|error| fault(error.to_string()))?;
        let url = redirect::resolve(&root, monitor_url);
        let url = url.map_err(|why| fault(format!("the operation cannot be followed: {why}")))?;
        let monitor = Monitor::at(client, protocol, url, !link::is_marked(monitor_url));
        let call = monitor.call(Method::GET);
        Ok(Self::new(client.clone(), call, State::Running(monitor)))
    }

    settings_methods!(timing of "a poll": self => self.call.settings_mut());
    settings_methods!(credential of "the polls": self => self.call.settings_mut(), &self.client);

    /// Sets how long one poll may take in total, with all its tries. An operation has the limit of the
    /// request that [started](Request::start) it, if that had one.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.call.settings_mut().total_timeout = Some(timeout);
        self
    }

    /// Sets how long [`finish`](Self::finish) waits at most. The default is ten minutes.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// The address to poll, to be stored and [followed](Self::follow) later; `None` once the operation is
    /// done. It may be a secret: it may grant access without a token. If another origin has supplied an
    /// address of the service, it ends in `#from-another-origin`, and no token goes there.
    #[must_use]
    pub fn monitor_url(&self) -> Option<&str> {
        match &self.state {
            State::Running(monitor) => Some(monitor.url()),
            State::Ready(_) | State::Over => None,
        }
    }

    /// The id of the resource that the operation created, once it is done, if the service sends it:
    /// Microsoft Graph ends the copy of a file with `resourceId`, without an address of the copy.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, LongRunning};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"status":"completed","resourceId":"0123"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut copy = LongRunning::<()>::follow(&client, "https://files.example/monitor/7")?;
    /// copy.finish().await?;
    /// assert_eq!(copy.resource_id(), Some("0123"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.as_deref()
    }

    /// Polls the operation once and returns its progress.
    ///
    /// # Errors
    ///
    /// The operation failed or was cancelled ([`ErrorKind::Operation`], or [`ErrorKind::Service`]
    /// where the service reports the status that the request would have had); it could not be
    /// polled; its result could not be read; or the result was returned before.
    pub async fn poll(&mut self) -> Result<Progress<T>, Error> {
        let answer = match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(answer) => answer,
            State::Over => {
                let why = "the result of the operation was returned before";
                return Err(self.call.described(Error::new(ErrorKind::Request, why)));
            }
            State::Running(monitor) => {
                // While it waits, and after an error, the operation continues.
                let mut looking = monitor.clone();
                self.state = State::Running(monitor);
                match looking.look(&self.client, &self.call).await? {
                    Sight::Result(answer) => {
                        self.state = State::Over;
                        self.resource_id = looking.resource_id();
                        answer
                    }
                    Sight::Running { percent } => {
                        let retry_after = looking.retry_after();
                        self.state = State::Running(looking);
                        return Ok(Progress::Running { percent, retry_after });
                    }
                }
            }
        };
        let answered = answer.to(&self.client, &self.call);
        T::from_answer(&answered).map(Progress::Done).map_err(|error| answered.unreadable(error))
    }

    /// Polls until the operation is done, as often as the service asks for, and returns its result.
    ///
    /// # Errors
    ///
    /// As for [`poll`](Self::poll), and [`ErrorKind::Timeout`] if it takes longer than
    /// [`max_wait`](Self::max_wait). The operation continues then, and can be waited for again.
    pub async fn finish(&mut self) -> Result<T, Error> {
        let mut patience = Patience::new(self.client.transport().now(), self.max_wait);
        if let State::Running(monitor) = &self.state
            && let Some(wait) = monitor.retry_after()
        {
            self.pause(&mut patience, Some(wait)).await?;
        }
        loop {
            match self.poll().await? {
                Progress::Done(result) => return Ok(result),
                Progress::Running { retry_after, .. } => {
                    self.pause(&mut patience, retry_after).await?;
                }
            }
        }
    }

    /// Asks the service to cancel the operation.
    ///
    /// # Errors
    ///
    /// The operation is over, or the service does not cancel it.
    pub async fn cancel(self) -> Result<(), Error> {
        let State::Running(monitor) = &self.state else {
            let why = "the operation is over";
            return Err(self.call.described(Error::new(ErrorKind::Request, why)));
        };
        let call = monitor.call(Method::DELETE).sent_like(&self.call);
        let answer = exchange::send(&self.client, &call).await?;
        if answer.status().is_success() {
            return Ok(());
        }
        let why = "a redirect of a cancellation is not followed";
        Err(answer.to(&self.client, &call).error(ErrorKind::Redirect, why))
    }

    async fn pause(
        &self,
        patience: &mut Patience,
        retry_after: Option<Duration>,
    ) -> Result<(), Error> {
        let transport = self.client.transport();
        let Some(delay) = patience.delay(transport.now(), retry_after) else {
            let why = format!("the operation is not done within {:?}", self.max_wait);
            let error = Error::new(ErrorKind::Timeout, why).with_retry_after(retry_after);
            return Err(self.call.described(error));
        };
        transport.sleep(delay).await;
        Ok(())
    }
}

/// Shows whether it is done, and no address.
impl<T> fmt::Debug for LongRunning<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.state {
            State::Ready(_) => "LongRunning(done)",
            State::Running(_) => "LongRunning(running)",
            State::Over => "LongRunning(over)",
        })
    }
}

/// How long to wait between two polls, and in total.
struct Patience {
    started: SystemTime,
    waited: Duration,
    next: Duration,
    limit: Duration,
}

impl Patience {
    fn new(started: SystemTime, limit: Duration) -> Self {
        Self { started, waited: Duration::ZERO, next: FIRST_DELAY, limit }
    }

    /// The delay before the next poll; `None` if it would come too late. If the clock stops or goes
    /// back, the delays count instead.
    fn delay(&mut self, now: SystemTime, retry_after: Option<Duration>) -> Option<Duration> {
        let delay = match retry_after {
            Some(wait) => wait.max(SHORTEST_DELAY),
            None => {
                let delay = self.next;
                self.next = delay.saturating_mul(2).min(LONGEST_DELAY);
                delay
            }
        };
        let elapsed = now.duration_since(self.started).unwrap_or_default().max(self.waited);
        self.waited = self.waited.saturating_add(delay);
        (elapsed.saturating_add(delay) <= self.limit).then_some(delay)
    }
}
