//! Streams and readers as the body of a request.
//!
//! Enters: bytes in the forms that other libraries have. Leaves: the frames of a body. It holds one part at a
//! time.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;

/// A stream as a body.
pub(super) struct Streamed<S>(pub(super) Pin<Box<S>>);

impl<S, E> http_body::Body for Streamed<S>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let part = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(part.map(|part| part.map(Frame::data)))
    }
}

#[cfg(all(feature = "tokio", feature = "openapi"))]
pub(super) use opening::Opening;
#[cfg(feature = "tokio")]
pub(super) use reader::Read;

#[cfg(feature = "tokio")]
mod reader {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use bytes::{Bytes, BytesMut};
    use http_body::Frame;
    use tokio::io::{AsyncRead, ReadBuf};

    /// How many bytes are read at once.
    const PART: usize = 64 * 1024;

    /// A reader as a body.
    pub(in crate::web::transport) struct Read<R> {
        reader: Pin<Box<R>>,
        buffer: BytesMut,
    }

    impl<R> Read<R> {
        pub(in crate::web::transport) fn new(reader: R) -> Self {
            Self { reader: Box::pin(reader), buffer: BytesMut::new() }
        }
    }

    impl<R: AsyncRead> http_body::Body for Read<R> {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            let Self { reader, buffer } = &mut *self;
            buffer.resize(PART, 0);
            let mut read = ReadBuf::new(buffer);
            if let Err(error) = ready!(reader.as_mut().poll_read(context, &mut read)) {
                return Poll::Ready(Some(Err(error)));
            }
            let length = read.filled().len();
            let part = buffer.split_to(length).freeze();
            Poll::Ready((!part.is_empty()).then(|| Ok(Frame::data(part))))
        }
    }
}

#[cfg(all(feature = "tokio", feature = "openapi"))]
mod opening {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use bytes::Bytes;
    use http_body::Frame;
    use tokio::io::AsyncRead;

    use super::reader::Read;

    /// A reader as a body, opened when its first part is asked for.
    pub(in crate::web::transport) enum Opening<O, R> {
        Closed(Pin<Box<O>>),
        Open(Read<R>),
    }

    impl<O, R> Opening<O, R> {
        pub(in crate::web::transport) fn new(open: O) -> Self {
            Self::Closed(Box::pin(open))
        }
    }

    impl<O, R> http_body::Body for Opening<O, R>
    where
        O: Future<Output = io::Result<R>>,
        R: AsyncRead,
    {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            loop {
                match &mut *self {
                    Self::Open(reader) => return Pin::new(reader).poll_frame(context),
                    Self::Closed(open) => match ready!(open.as_mut().poll(context)) {
                        Ok(reader) => *self = Self::Open(Read::new(reader)),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    },
                }
            }
        }
    }
}
