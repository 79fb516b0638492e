//! Server-sent events as values of a type.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::event_parser::{EventParser, RawEvent};
use super::request::{Origin, Reopening, described};
use super::{Feed, LIMIT, decoded, too_long};
use crate::json::{Slot, Value};
use crate::openapi::reading::{is_json, quoted};
use crate::web::error::Error;
use crate::web::transport::Body;

/// What a value of the stream is called in errors.
const EVENT: &str = "an event";

/// The data that ends the streams of many services, though it is not JSON.
const DONE: &str = "[DONE]";

/// How long to wait before connecting again, unless the service specifies it.
const RETRY: Duration = Duration::from_secs(3);

/// Server-sent events (`text/event-stream`), whose data is a `T` in JSON, or text if `T` is a string.
///
/// It is a `futures::Stream`, and has [`next`](Self::next) for loops. An event that is not a `T`, or is too
/// long, is an error of this event; the stream goes on after it. Data that is not JSON is text, where `T` has
/// room for one. The stream ends with the body, and with data that is `[DONE]`, unless `T` is a string.
///
/// ```
/// use schemacrate_runtime::model::Events;
/// use schemacrate_runtime::transport::Body;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let body = "event: sold\nid: 7\ndata: 12\n\ndata: many\n\ndata: 13\n\ndata: [DONE]\n\n";
/// let mut events: Events<i64> = Events::new(Body::from(schemacrate_runtime::bytes::Bytes::from(body)));
///
/// let first = events.next().await.expect("an event")?;
/// assert_eq!((&*first.name, first.data, first.id.as_deref()), ("sold", 12, Some("7")));
/// assert!(events.next().await.expect("an event").is_err());
/// assert_eq!(events.next().await.expect("an event")?.data, 13);
/// assert!(events.next().await.is_none());
/// # Ok(())
/// # }
/// ```
///
/// How long the service may be silent is the [`timeout`](crate::Request::timeout) of the request.
///
/// A document may also describe an event as an object with `data`, `event`, `id` and `retry`; then the events are
/// `Events<T, WholeEvent>`.
///
/// ```
/// use schemacrate_runtime::bytes::Bytes;
/// use schemacrate_runtime::model::{Events, Untyped, WholeEvent};
/// use schemacrate_runtime::transport::Body;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let body = Body::from(Bytes::from("event: sold\ndata: 12\n\n"));
/// let mut events: Events<Untyped, WholeEvent> = Events::new(body);
/// let event = events.next().await.expect("an event")?;
/// assert_eq!(event.data.text(), r#"{"event":"sold","data":"12"}"#);
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Events<T, F = EventData> {
    core: Core,
    form: PhantomData<fn() -> (T, F)>,
}

/// An event of [`Events`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type; `message` if the service names none.
    pub name: String,
    /// The data.
    pub data: T,
    /// The last id that the service has named so far.
    pub id: Option<String>,
}

/// The value of an event is its data.
#[derive(Debug)]
pub enum EventData {}

/// The value of an event is the event as an object.
#[derive(Debug)]
pub enum WholeEvent {}

/// What the value of an event is: [`EventData`] or [`WholeEvent`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what the value of an event can be",
    label = "neither `EventData` nor `WholeEvent`",
    note = "`Events<T>` has the data of each event, and `Events<T, WholeEvent>` the whole event"
)]
pub trait EventForm: sealed::Sealed {
    /// Whether it is the event.
    #[doc(hidden)]
    const IS_WHOLE: bool;
}

impl EventForm for EventData {
    const IS_WHOLE: bool = false;
}

impl EventForm for WholeEvent {
    const IS_WHOLE: bool = true;
}

mod sealed {
    /// Nobody else has a form.
    pub trait Sealed {}

    impl Sealed for super::EventData {}
    impl Sealed for super::WholeEvent {}
}

/// What does not depend on the type.
struct Core {
    feed: Feed<EventParser>,
    /// The data of the event that ends the stream.
    end: Option<String>,
    is_over: bool,
    /// Where the events come from, to connect again.
    origin: Option<Origin>,
    is_reconnecting: bool,
    reopening: Option<Reopening>,
}

impl<T: Value, F: EventForm> Events<T, F> {
    /// The events in a body.
    pub fn new(body: Body) -> Self {
        Self { core: Core::new(body), form: PhantomData }
    }

    /// The events in the body of an answer, and where it came from.
    pub(super) fn of(body: Body, origin: Origin) -> Self {
        let mut events = Self::new(body).with_limit(origin.limit());
        events.core.origin = Some(origin);
        events
    }

    /// The same events with another limit for the length of one; it is that of the client, or 128 MiB.
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.core.feed.parser.set_limit(bytes);
        self
    }

    /// The same events up to one with certain data, which is not a part of them.
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::model::Events;
    /// use schemacrate_runtime::transport::Body;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let body = Body::from(Bytes::from("data: some text\n\ndata: END\n\n"));
    /// let mut events: Events<String> = Events::new(body).with_limit(1024).until("END");
    /// assert_eq!(events.next().await.expect("an event")?.data, "some text");
    /// assert!(events.next().await.is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn until(mut self, data: impl Into<String>) -> Self {
        self.core.end = Some(data.into());
        self
    }

    /// The same events, which go on when the connection ends or breaks: the request is sent again with
    /// `Last-Event-ID`, after the time that the service specified, or three seconds. The stream ends if the service
    /// then answers 204, and it fails if it answers with an error.
    ///
    /// Events that were made of a body alone are not requested again.
    ///
    /// ```
    /// use schemacrate_runtime::model::Events;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// # #[cfg(feature = "odata")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, "id: a\ndata: 1\n\n");
    /// service.answer(200, "data: 2\n\n");
    /// service.answer(204, "");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
    ///
    /// let watch: Request<Events<i64>> = client.resource("numbers").get();
    /// let mut events = watch.await?.reconnecting();
    /// assert_eq!(events.next().await.expect("an event")?.data, 1);
    /// assert_eq!(events.next().await.expect("an event")?.data, 2);
    /// assert!(events.next().await.is_none());
    /// assert_eq!(service.requests()[1].headers()["last-event-id"], "a");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "odata"))]
    /// # fn main() {}
    /// ```
    pub fn reconnecting(mut self) -> Self {
        self.core.is_reconnecting = true;
        self
    }

    /// The last id that the service has named so far.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        Some(self.core.feed.parser.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.core.feed.parser.held()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let Some(found) = ready!(self.core.poll(context)) else { return Poll::Ready(None) };
        let read = found.and_then(|event| {
            let is_end = event.data == DONE && (F::IS_WHOLE || !is_text::<T>());
            let value = if F::IS_WHOLE { whole } else { data };
            if is_end { Ok(None) } else { value(&event).map(|value| Some((event, value))) }
        });
        Poll::Ready(match read {
            Err(error) => Some(Err(described(self.core.origin.as_ref(), error))),
            Ok(None) => {
                self.core.is_over = true;
                None
            }
            Ok(Some((event, data))) => {
                let name = event.name().to_owned();
                let id = Some(event.id).filter(|id| !id.is_empty());
                Some(Ok(Event { name, data, id }))
            }
        })
    }
}

impl<T: Value, F: EventForm> Stream for Events<T, F> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// Shows no event.
impl<T, F> fmt::Debug for Events<T, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events(…)")
    }
}

impl Core {
    fn new(body: Body) -> Self {
        Self {
            feed: Feed::new(body, EventParser::new(LIMIT, String::new())),
            end: None,
            is_over: false,
            origin: None,
            is_reconnecting: false,
            reopening: None,
        }
    }

    /// The next event as it comes.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawEvent, Error>>> {
        while !self.is_over {
            if self.reopening.is_some() {
                if let Err(error) = ready!(self.poll_reopening(context)) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            match ready!(self.feed.poll(context)) {
                Some(Ok(Ok(event))) => {
                    self.is_over = self.end.as_ref() == Some(&event.data);
                    if !self.is_over {
                        return Poll::Ready(Some(Ok(event)));
                    }
                }
                Some(Ok(Err(_))) => {
                    return Poll::Ready(Some(Err(too_long(EVENT, self.feed.parser.limit()))));
                }
                ended => match self.origin.as_ref().filter(|_| self.is_reconnecting) {
                    Some(origin) => {
                        let EventParser { last_id, retry, .. } = &self.feed.parser;
                        self.reopening = Some(origin.reopen(last_id, retry.unwrap_or(RETRY)));
                    }
                    None => {
                        self.is_over = true;
                        return Poll::Ready(ended.and_then(Result::err).map(Err));
                    }
                },
            }
        }
        Poll::Ready(None)
    }

    /// Waits for the answer to the same request after the last event.
    fn poll_reopening(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let Some(reopening) = &mut self.reopening else { return Poll::Ready(Ok(())) };
        let opened = ready!(reopening.as_mut().poll(context));
        self.reopening = None;
        Poll::Ready(match opened {
            Ok(Some(body)) => {
                let EventParser { last_id, retry, .. } = &self.feed.parser;
                let mut parser = EventParser::new(self.feed.parser.limit(), last_id.clone());
                parser.retry = *retry;
                self.feed = Feed::new(body, parser);
                Ok(())
            }
            Ok(None) => {
                self.is_over = true;
                Ok(())
            }
            Err(error) => {
                self.is_over = true;
                Err(error)
            }
        })
    }
}

/// Whether values of a type are written as text.
fn is_text<T: Value>() -> bool {
    matches!(T::slot(&mut None), Slot::String(_) | Slot::Text(_))
}

/// Reads the data of an event.
fn data<T: Value>(event: &RawEvent) -> Result<T, Error> {
    let as_text = || decoded(quoted(&event.data).as_bytes(), EVENT);
    if is_text::<T>() {
        return as_text();
    }
    decoded(event.data.as_bytes(), EVENT).or_else(|error| match is_json(&event.data) {
        true => Err(error),
        false => as_text().map_err(|_| error),
    })
}

/// Reads an event as an object. Its type is `message` if the service names none, and its data is a string,
/// or, where that is not what is declared, JSON.
fn whole<T: Value>(event: &RawEvent) -> Result<T, Error> {
    let object = |data: &[u8]| {
        let mut json = b"{\"event\":".to_vec();
        json.extend_from_slice(quoted(event.name()).as_bytes());
        json.extend_from_slice(b",\"data\":");
        json.extend_from_slice(data);
        if !event.id.is_empty() {
            json.extend_from_slice(b",\"id\":");
            json.extend_from_slice(quoted(&event.id).as_bytes());
        }
        if let Some(retry) = event.retry {
            json.extend_from_slice(format!(",\"retry\":{}", retry.as_millis()).as_bytes());
        }
        json.push(b'}');
        json
    };
    decoded(&object(quoted(&event.data).as_bytes()), EVENT).or_else(|error| {
        match is_json(&event.data) {
            true => decoded(&object(event.data.as_bytes()), EVENT).map_err(|_| error),
            false => Err(error),
        }
    })
}
