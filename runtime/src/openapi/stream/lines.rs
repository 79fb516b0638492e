//! JSON texts as values of a type.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::record_parser::RecordParser;
use super::request::{Origin, described};
use super::{Feed, LIMIT, decoded, too_long, unread};
use crate::json::{Fault, Value};
use crate::openapi::style::Value as Json;
use crate::web::error::Error;
use crate::web::transport::Body;

/// Values of JSON in lines (`application/jsonl`, `application/x-ndjson`), or in a sequence
/// (`application/json-seq`, RFC 7464).
///
/// It is a `futures::Stream`, and has [`next`](Self::next) for loops. A value that is not a `T`, or is too long,
/// is an error of this value; the stream goes on after it. Blank lines are not values. In a sequence, a number
/// that may have been cut off is an error.
///
/// ```
/// use schemacrate_runtime::model::Lines;
/// use schemacrate_runtime::transport::Body;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let body = schemacrate_runtime::bytes::Bytes::from("12\n\"many\"\r\n\n13");
/// let mut lines: Lines<i64> = Lines::new(Body::from(body));
///
/// assert_eq!(lines.next().await.expect("a value")?, 12);
/// assert!(lines.next().await.expect("a value").is_err());
/// assert_eq!(lines.next().await.expect("a value")?, 13);
/// assert!(lines.next().await.is_none());
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Lines<T> {
    feed: Feed<RecordParser>,
    origin: Option<Origin>,
    value: PhantomData<fn() -> T>,
}

impl<T: Value> Lines<T> {
    /// The values in a body.
    pub fn new(body: Body) -> Self {
        let feed = Feed::new(body, RecordParser::new(LIMIT));
        Self { feed, origin: None, value: PhantomData }
    }

    /// The values in the body of an answer, and where it came from.
    pub(super) fn of(body: Body, origin: Origin) -> Self {
        let lines = Self::new(body).with_limit(origin.limit());
        Self { origin: Some(origin), ..lines }
    }

    /// The same values with another limit for the length of one; it is that of the client, or 128 MiB.
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.feed.parser.set_limit(bytes);
        self
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.feed.parser.held()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let found = ready!(self.feed.poll(context));
        let read = found.map(|found| match found? {
            Ok(record) if record.is_cut => Err(unread("a value", "it may have been cut off")),
            Ok(record) => decoded(&record.json, "a value"),
            Err(_) => Err(too_long("a value", self.feed.parser.limit())),
        });
        Poll::Ready(read.map(|read| read.map_err(|error| described(self.origin.as_ref(), error))))
    }
}

impl<T: Value> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// A list as its items in lines, or in a sequence.
pub(crate) fn write(json: &str, is_sequence: bool) -> Result<String, Fault> {
    let list = Json::read(json)?;
    let Json::List(_, items) = &list else {
        return Err(Fault::new("lines are written of a list"));
    };
    let separator = if is_sequence { "\u{1e}" } else { "" };
    let lines = items.iter().flat_map(|item| [separator.into(), item.json(), "\n".into()]);
    Ok(lines.collect::<Vec<_>>().concat())
}

/// Shows no value.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lines(…)")
    }
}
