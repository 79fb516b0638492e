//! What a request sends: bytes, or a source of them that can be opened for each try.
//!
//! Enters: bytes, or a function that opens a body. Leaves: a body for each try, of exactly the promised length.
//! Must not know: what the bytes are.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};

use crate::web::transport::{Body, TransportError, TransportFailure};

/// The content of a body.
#[derive(Clone)]
pub(crate) enum Content {
    /// Bytes in memory.
    Bytes(Bytes),
    /// What is opened when it is sent.
    Opened(Arc<Source>),
}

/// What can be opened again and again, and then has the same bytes.
pub(crate) struct Source {
    length: Option<u64>,
    open: Box<dyn Fn() -> Body + Send + Sync>,
}

impl Content {
    /// What a function opens. Without a length, it is sent in chunks.
    pub(crate) fn opened(
        length: Option<u64>,
        open: impl Fn() -> Body + Send + Sync + 'static,
    ) -> Self {
        Self::Opened(Arc::new(Source { length, open: Box::new(open) }))
    }

    /// Several contents, one after another. It is in memory if all of them are, and can be sent again if
    /// they can.
    pub(crate) fn joined(parts: Vec<Self>) -> Self {
        let length = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(part.length()?));
        if parts.iter().all(|part| part.bytes().is_some()) {
            let mut all = BytesMut::new();
            parts.iter().filter_map(Self::bytes).for_each(|bytes| all.extend_from_slice(bytes));
            return Self::Bytes(all.freeze());
        }
        let parts: Arc<[Self]> = parts.into();
        Self::opened(length, move || {
            Body::new(Joined { parts: Arc::clone(&parts), next: 0, current: Body::default() })
        })
    }

    /// The bytes, if they are in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Opened(_) => None,
        }
    }

    /// How many bytes there are, if that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Opened(source) => source.length,
        }
    }

    /// A body of the content.
    pub(crate) fn body(&self) -> Body {
        match self {
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::Opened(source) => match source.length {
                Some(left) => Body::new(Measured { body: (source.open)(), left }),
                None => (source.open)(),
            },
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

/// Equal bytes, or the same source.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(own), Self::Bytes(other)) => own == other,
            (Self::Opened(own), Self::Opened(other)) => Arc::ptr_eq(own, other),
            _ => false,
        }
    }
}

/// Shows the length and not the content.
impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(formatter, "{length} bytes"),
            None => formatter.write_str("stream"),
        }
    }
}

/// A body that has to have a certain length: another one would end the request in the wrong place.
struct Measured {
    body: Body,
    /// How many bytes are still to come.
    left: u64,
}

impl http_body::Body for Measured {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let wrong = |why| Err(TransportError::new(TransportFailure::Broken, why));
        Poll::Ready(match ready!(self.body.poll(context)) {
            None if self.left > 0 => Some(wrong("what is sent is shorter than its stated length")),
            Some(Ok(frame)) => {
                let length = frame.data_ref().map_or(0, Bytes::len) as u64;
                match self.left.checked_sub(length) {
                    Some(left) => {
                        self.left = left;
                        Some(Ok(frame))
                    }
                    None => Some(wrong("what is sent is longer than its stated length")),
                }
            }
            other => other,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// The bodies of several contents, each opened when the one before it has ended.
struct Joined {
    parts: Arc<[Content]>,
    next: usize,
    current: Body,
}

impl http_body::Body for Joined {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            match ready!(self.current.poll(context)) {
                None => match self.parts.get(self.next).map(Content::body) {
                    Some(body) => {
                        self.current = body;
                        self.next += 1;
                    }
                    None => return Poll::Ready(None),
                },
                // The trailers of a part are not those of the whole.
                Some(Ok(frame)) if !frame.is_data() => {}
                some => return Poll::Ready(some),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &'static [&'static str]) -> Body {
        let parts = parts.iter().map(|part| Ok::<_, TransportError>(Bytes::from(*part)));
        Body::from_stream(futures_util::stream::iter(parts))
    }

    #[tokio::test]
    async fn a_source_is_opened_for_each_body() {
        let content = Content::opened(Some(5), || parts(&["abc", "de"]));
        for _ in 0..2 {
            let body = content.body();
            assert_eq!(http_body::Body::size_hint(&body).exact(), Some(5));
            assert_eq!(body.collect(10).await.unwrap().unwrap(), "abcde");
        }
        assert_eq!(format!("{content:?}"), "5 bytes");
        assert_eq!((content.clone() == content, content.bytes()), (true, None));
        assert_eq!(format!("{:?}", Content::opened(None, Body::default)), "stream");
    }

    #[tokio::test]
    async fn joined_contents_are_one_after_another() {
        let bytes = |text: &'static str| Content::from(Bytes::from(text));
        let in_memory = Content::joined(vec![bytes("a"), bytes(""), bytes("bc")]);
        assert_eq!(in_memory.bytes().unwrap(), "abc");
        let opened = |length| Content::opened(length, || parts(&["1", "", "2"]));
        let content = Content::joined(vec![bytes("a"), opened(Some(2)), bytes(""), bytes("b")]);
        assert_eq!((content.bytes(), content.length()), (None, Some(4)));
        for _ in 0..2 {
            assert_eq!(content.body().collect(9).await.unwrap().unwrap(), "a12b");
        }
        let unknown = Content::joined(vec![opened(None), opened(Some(2))]);
        assert_eq!(unknown.length(), None);
        assert_eq!(unknown.body().collect(9).await.unwrap().unwrap(), "1212");
    }

    #[tokio::test]
    async fn another_length_than_the_stated_one_is_an_error() {
        for (length, why) in [(6, "shorter"), (4, "longer"), (0, "longer")] {
            let content = Content::opened(Some(length), || parts(&["abc", "de"]));
            // Its promise may be read first, but nobody stops at it.
            let mut body = content.body();
            let error = loop {
                match body.chunk().await {
                    Ok(part) => assert!(part.is_some(), "{length}"),
                    Err(error) => break error.to_string(),
                }
            };
            assert!(error.contains(why), "{error}");
        }
    }
}
