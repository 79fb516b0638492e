//! Answers that are streams of values: server-sent events, lines of JSON, and sequences of JSON texts.
//!
//! Enters: the body of an answer, as it comes. Leaves: one value after another. At most one of them is in memory,
//! and each has a limit. A value that is not of its type, or is too long, is an error of that value, and the
//! stream goes on after it. Must not know: operations.
//!
//! The parsers are the project's own: `eventsource-stream`, which most use, has had no release since 2022 and no
//! limit for the length of an event; others that have one drop what is longer without an error of its own. None
//! reads sequences of JSON.

mod event_parser;
pub(crate) mod events;
pub(crate) mod lines;
mod record_parser;
mod request;

use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::json::{Value, decode::read_strictly};
use crate::web::error::{Error, ErrorKind};
use crate::web::transport::Body;

/// How long a value may be unless the caller sets a limit: as long as any answer.
const LIMIT: usize = 128 * 1024 * 1024;

/// Finds values in bytes that come in pieces.
trait Parser: Sized {
    /// A value, as far as it is known without its type.
    type Found;

    /// Takes the next bytes, once all values in the last ones are found.
    fn push(&mut self, bytes: Bytes);

    /// The next value that is complete.
    fn next(&mut self) -> Option<Found<Self>>;

    /// What is left when no more bytes come.
    fn end(&mut self) -> Option<Found<Self>>;
}

/// A value that a parser found, or that one was there.
type Found<P> = Result<<P as Parser>::Found, TooLong>;

/// A value is longer than the limit.
#[derive(Debug, PartialEq, Eq)]
struct TooLong;

/// A body, and what is found in it.
struct Feed<P> {
    body: Body,
    parser: P,
    is_over: bool,
}

impl<P: Parser> Feed<P> {
    fn new(body: Body, parser: P) -> Self {
        Self { body, parser, is_over: false }
    }

    /// The next value; `None` at the end of the body. A body that breaks off is an error, and the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Found<P>, Error>>> {
        loop {
            if let Some(found) = self.parser.next() {
                return Poll::Ready(Some(Ok(found)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            match ready!(self.body.poll(context)) {
                Some(Ok(frame)) => {
                    // Trailers are not used.
                    if let Ok(bytes) = frame.into_data() {
                        self.parser.push(bytes);
                    }
                }
                Some(Err(error)) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    self.is_over = true;
                    return Poll::Ready(self.parser.end().map(Ok));
                }
            }
        }
    }
}

/// Reads a value of a stream.
fn decoded<T: Value>(json: &[u8], what: &str) -> Result<T, Error> {
    let mut place = None;
    match read_strictly(T::slot(&mut place), json) {
        Ok(_) => place.ok_or_else(|| unread(what, "it is null")),
        Err(error) => Err(unread(what, &error.to_string()).with_source(error)),
    }
}

fn unread(what: &str, why: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("{what} of the stream cannot be read: {why}"))
}

fn too_long(what: &str, limit: usize) -> Error {
    let why = format!("{what} of the stream has more than {limit} bytes, which is its limit");
    Error::new(ErrorKind::TooLarge, why)
}

#[cfg(test)]
mod tests;
