//! Requests from code that is not asynchronous, with the feature `blocking`.
//!
//! Enters: a future. Leaves: its value, once it is there. Requests are futures, and it knows nothing else
//! of them; so there is no second API next to the asynchronous one.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::web::error::{Error, ErrorKind};
use crate::web::request::{Request, Response};
use crate::web::response::FromResponse;

/// Drives the connections of all blocking calls. It is started by the first one and lives as long
/// as the process, because the clients keep connections that belong to it.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Runs a future to completion and returns its value, from a thread that may block.
///
/// The future runs on the calling thread; one thread in the background, which all calls share,
/// drives connections and timers. Any number of threads can call at once.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request, blocking};
///
/// let service = Replay::new();
/// service.answer(200, r#""on loan""#);
/// service.answer(200, r#""in stock""#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let both = blocking::run(async {
///     let first: Request<String> = client.resource("books").key_segment("7").get();
///     let second: Request<String> = client.resource("books").key_segment("8").get();
///     Ok((first.await?, second.await?))
/// })?;
/// assert_eq!(both, ("on loan".to_owned(), "in stock".to_owned()));
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
///
/// # Errors
///
/// The error of the future. It is [`ErrorKind::Blocking`], and nothing runs, within a Tokio runtime, whose
/// other tasks would be held up, and if the thread in the background cannot be started. The threads of
/// `spawn_blocking` are within a runtime too; there, call `Handle::current().block_on(…)` instead.
pub fn run<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::new(
            ErrorKind::Blocking,
            "a blocking call within a Tokio runtime would hold up other tasks; `.await` the \
             request instead, or in `spawn_blocking` call `Handle::current().block_on`",
        ));
    }
    runtime()?.block_on(future)
}

impl<T: FromResponse> Request<T> {
    /// Sends the request, waits for the answer and reads it, from a thread that may block.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Request};
    ///
    /// let service = Replay::new();
    /// service.answer(200, r#""on loan""#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let read: Request<String> = client.resource("books").key_segment("7").get();
    /// assert_eq!(read.send_blocking()?, "on loan");
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), and for [`run`].
    pub fn send_blocking(self) -> Result<T, Error> {
        run(self.send())
    }

    /// Sends the request like [`send_blocking`](Self::send_blocking), and returns the status and headers of
    /// the answer with its value.
    ///
    /// # Errors
    ///
    /// As for [`send_blocking`](Self::send_blocking).
    pub fn send_full_blocking(self) -> Result<Response<T>, Error> {
        run(self.send_full())
    }
}

/// A stream whose items are waited for, as an iterator.
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked"]
pub struct Blocking<S>(pub(crate) S);

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = poll_fn(|context| Pin::new(&mut self.0).poll_next(context));
        // `run` itself may fail; then the iterator reports an error and not its end.
        run(async { Ok(next.await) }).unwrap_or_else(|error| Some(Err(error)))
    }
}

/// The runtime of all blocking calls.
fn runtime() -> Result<&'static Runtime, Error> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    // If two threads come first at once, both start a runtime, and the second one is dropped.
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(1).thread_name(env!("CARGO_PKG_NAME")).enable_all();
    let started = builder.build().map_err(|error| {
        let message = format!("the thread for blocking calls could not be started: {error}");
        Error::new(ErrorKind::Blocking, message).with_source(error)
    })?;
    Ok(RUNTIME.get_or_init(|| started))
}
