//! Several requests in one (OData JSON Format 4.01, section 19).
//!
//! Enters: requests, each with the type of its answer. Leaves: the answers, each by the handle of its
//! request. How the parts are written, sent and read is in the files below.

mod answers;
mod part;
mod reply;
mod rounds;
mod sending;

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use self::answers::Answers;
use self::part::Part;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::request::Request;
use crate::web::settings::{Settings, settings_methods};

/// How many parts one batch may have, unless the caller sets another limit. It is the limit of Microsoft
/// Graph.
const MAX_PARTS: usize = 20;

/// Distinguishes batches, so that a handle is valid only for its own batch.
static BATCHES: AtomicU64 = AtomicU64::new(0);

/// Requests that travel together.
///
/// Each part has its own answer: one that fails does not affect the others. More parts than a service
/// takes at once travel in several batches. A part that the service is too busy for is sent again
/// by the client's [`RetryPolicy`](crate::RetryPolicy), like a single request; the other parts are
/// not.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(200, r#"{"responses":[
///     {"id":"2","status":404,"body":{"error":{"code":"NotFound","message":"No such book."}}},
///     {"id":"1","status":200,"body":"on loan"}]}"#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
///
/// let books = client.resource("books");
/// let state: Request<String> = books.key_segment("7").child("state").get();
/// let title: Request<String> = books.key_segment("8").child("title").get();
///
/// let mut batch = client.batch();
/// let state = batch.add(state);
/// let title = batch.add_after(title, &[state.id()]);
/// let mut answers = batch.send().await?;
/// assert_eq!(answers.take(state)?, "on loan");
/// assert!(answers.take(title).is_err_and(|error| error.is_not_found()));
/// assert_eq!(service.requests()[0].uri(), "https://example.com/v1/$batch");
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch {
    client: ServiceClient,
    number: u64,
    parts: Vec<Part>,
    groups: usize,
    max_parts: usize,
    /// How it is sent, if not as the client sends.
    settings: Settings,
    /// The first fault of a step; reported when the batch is sent.
    fault: Option<Error>,
}

/// Names a part of a batch, for parts that come after it; see [`Handle::id`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartId {
    batch: u64,
    index: usize,
}

/// The key to the answer of a part, which is a `T`. It is consumed to take the answer, which exists
/// once; its [`id`](Self::id) can be used any number of times.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Handle, PartId};
///
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let mut batch = client.batch();
/// let first: Handle<String> = batch.add(client.resource("books").get());
/// let id: PartId = first.id();
/// let second: Handle<()> = batch.add_after(client.resource("tags").delete(), &[id]);
/// assert_ne!(second.id(), id);
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
#[must_use = "the answer of a part is taken by its handle"]
pub struct Handle<T> {
    id: PartId,
    answer: PhantomData<fn() -> T>,
}

impl<T> Handle<T> {
    /// Names the part, for parts that come after it.
    #[must_use]
    pub fn id(&self) -> PartId {
        self.id
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Handle({})", self.id.index + 1)
    }
}

impl ServiceClient {
    /// Starts a batch of requests: see [`Batch`].
    pub fn batch(&self) -> Batch {
        Batch {
            client: self.clone(),
            number: BATCHES.fetch_add(1, Ordering::Relaxed),
            parts: Vec::new(),
            groups: 0,
            max_parts: MAX_PARTS,
            settings: Settings::default(),
            fault: None,
        }
    }
}

impl Batch {
    /// Sets how many parts the service takes at once. The default is 20, as in Microsoft Graph.
    pub fn max_parts(mut self, max_parts: usize) -> Self {
        self.max_parts = max_parts.max(1);
        self
    }

    settings_methods!(timing of "the batch, or a part that has no policy of its own,":
        self => self.settings);
    settings_methods!(credential of "the batch": self => self.settings, &self.client);

    /// Sets how long the batch may take in total: all its parts, the tries of those that the service is
    /// too busy for, and the delays between them. Parts that have no answer by then fail, with the error
    /// that they had, or that there was no answer.
    ///
    /// Without it the limit is the longest that its parts have, if each part has one
    /// ([`Request::total_timeout`]). That of the [client](crate::ClientBuilder::total_timeout) applies to
    /// each request that the parts travel in.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Adds a request.
    ///
    /// Its retry policy applies to it alone. The timeout of the batch is the longest of its parts'.
    pub fn add<T>(&mut self, request: Request<T>) -> Handle<T> {
        self.add_after(request, &[])
    }

    /// Adds a request that the service must start only after others have succeeded.
    ///
    /// If one of them fails, so does this one, with [`ErrorKind::Dependency`]. This also applies across
    /// the batches that many parts are split into.
    pub fn add_after<T>(&mut self, request: Request<T>, after: &[PartId]) -> Handle<T> {
        self.push(request, after, None)
    }

    /// Starts a group of requests that succeed together or not at all.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, ErrorKind, Request};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"responses":[
    ///     {"id":"1","status":424}, {"id":"2","status":409,"body":{"error":{"code":"Taken"}}}]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let seats = client.resource("seats");
    /// let mut batch = client.batch();
    /// let mut group = batch.atomic();
    /// let first = group.add(seats.key_segment("1A").delete());
    /// let second = group.add(seats.key_segment("1B").delete());
    /// let mut answers = batch.send().await?;
    /// assert!(answers.take(second).is_err_and(|error| error.is_conflict()));
    /// assert!(answers.take(first).is_err_and(|error| error.kind() == ErrorKind::Dependency));
    /// # Ok(())
    /// # }
    /// ```
    pub fn atomic(&mut self) -> AtomicGroup<'_> {
        let group = self.groups;
        self.groups += 1;
        AtomicGroup { batch: self, group }
    }

    /// How many parts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are no parts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Sends all parts and returns their answers. A batch without parts is not sent.
    ///
    /// # Errors
    ///
    /// A part cannot be sent in this batch, and then none is: it is not valid, has its own
    /// `Authorization` header or credential, is outside of the service root of the batch, comes after a
    /// part of another batch, or its group is larger than the service takes. Or the first batch had
    /// no answer. What goes wrong after some parts were answered is the error of the other parts.
    pub async fn send(self) -> Result<Answers, Error> {
        sending::send(self).await
    }

    fn push<T>(
        &mut self,
        request: Request<T>,
        after: &[PartId],
        group: Option<usize>,
    ) -> Handle<T> {
        let id = PartId { batch: self.number, index: self.parts.len() };
        let (client, call) = request.into_parts();
        if client.service_root() != self.client.service_root() {
            self.blame(&call, "the request is for another service than its batch");
        }
        if after.iter().any(|other| other.batch != self.number) {
            self.blame(&call, "the request comes after a part of another batch");
        }
        let mut after: Vec<usize> = after.iter().map(|other| other.index).collect();
        after.retain(|index| *index < id.index);
        after.sort_unstable();
        after.dedup();
        self.parts.push(Part { call, after, group });
        Handle { id, answer: PhantomData }
    }

    fn blame(&mut self, call: &Call, why: &str) {
        let fault = || call.described(Error::new(ErrorKind::Request, why));
        self.fault.get_or_insert_with(fault);
    }
}

/// Shows the kinds of the parts, as [`Request`] does.
impl fmt::Debug for Batch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = self.parts.iter().map(|part| &part.call);
        formatter.debug_list().entries(calls).finish()
    }
}

/// Requests of a batch that succeed together or not at all; see [`Batch::atomic`].
#[must_use = "a group consists of the requests that are added to it"]
#[derive(Debug)]
pub struct AtomicGroup<'a> {
    /// Borrowed, so that no other part comes between those of the group.
    batch: &'a mut Batch,
    group: usize,
}

impl AtomicGroup<'_> {
    /// Adds a request to the group.
    pub fn add<T>(&mut self, request: Request<T>) -> Handle<T> {
        self.add_after(request, &[])
    }

    /// Adds a request to the group that the service must start only after others have succeeded,
    /// which are in this group or before it.
    pub fn add_after<T>(&mut self, request: Request<T>, after: &[PartId]) -> Handle<T> {
        self.batch.push(request, after, Some(self.group))
    }
}
