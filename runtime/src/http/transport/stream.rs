//! The body of an answer as a stream, and as a reader.
//!
//! Enters: a body. Leaves: its bytes in the forms that other libraries take. It holds one part at a time.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::Body;
use crate::web::error::Error;

/// The parts of a body as a [`Stream`]; see [`Body::into_stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct BodyStream {
    body: Body,
    is_over: bool,
}

impl BodyStream {
    pub(super) fn new(body: Body) -> Self {
        Self { body, is_over: false }
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while !self.is_over {
            match ready!(self.body.poll(context)) {
                Some(Ok(frame)) => {
                    // Trailers are not used.
                    if let Ok(part) = frame.into_data() {
                        return Poll::Ready(Some(Ok(part)));
                    }
                }
                Some(Err(error)) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => self.is_over = true,
            }
        }
        Poll::Ready(None)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BodyStream(…)")
    }
}

#[cfg(feature = "tokio")]
pub use reader::BodyReader;

#[cfg(feature = "tokio")]
mod reader {
    use std::fmt;
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use bytes::{Buf, Bytes};
    use futures_core::Stream;
    use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

    use super::BodyStream;

    /// A body as an [`AsyncRead`] and [`AsyncBufRead`]; see [`Body::into_reader`](super::Body::into_reader).
    pub struct BodyReader {
        parts: BodyStream,
        /// What is left of the last part.
        rest: Bytes,
    }

    impl BodyReader {
        pub(in crate::web::transport) fn new(parts: BodyStream) -> Self {
            Self { parts, rest: Bytes::new() }
        }
    }

    impl AsyncBufRead for BodyReader {
        fn poll_fill_buf(
            self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<io::Result<&[u8]>> {
            let reader = self.get_mut();
            while reader.rest.is_empty() {
                match ready!(Pin::new(&mut reader.parts).poll_next(context)) {
                    Some(Ok(part)) => reader.rest = part,
                    Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                    None => break,
                }
            }
            Poll::Ready(Ok(&reader.rest))
        }

        fn consume(mut self: Pin<&mut Self>, amount: usize) {
            let amount = amount.min(self.rest.len());
            self.rest.advance(amount);
        }
    }

    impl AsyncRead for BodyReader {
        fn poll_read(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            let part = ready!(self.as_mut().poll_fill_buf(context))?;
            let taken = part.len().min(buffer.remaining());
            buffer.put_slice(part.get(..taken).unwrap_or_default());
            self.consume(taken);
            Poll::Ready(Ok(()))
        }
    }

    impl fmt::Debug for BodyReader {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "BodyReader({} bytes at hand)", self.rest.len())
        }
    }
}
