//! The body of a request or an answer: bytes in memory, or a stream of them.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::sending::Streamed;
use super::stream::BodyStream;
use super::{TransportError, TransportFailure};
use crate::web::error::BoxError;

type Frames = Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync>>;

/// The body of a request or an answer.
///
/// It implements [`http_body::Body`], which the HTTP libraries of Rust share, and [`Body::new`] makes it
/// from any other implementation.
#[derive(Default)]
pub struct Body(Inner);

enum Inner {
    Bytes(Bytes),
    Stream(Frames),
}

impl Default for Inner {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl Body {
    /// A streamed body.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::mapped(Shared(Mutex::new(Box::pin(body))), |error| adapted(error.into()))
    }

    /// A streamed body, whose errors `error` translates.
    pub(super) fn mapped<B>(body: B, error: fn(B::Error) -> TransportError) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + Sync + Unpin + 'static,
    {
        Self(Inner::Stream(Box::pin(Adapted { body, error })))
    }

    /// A body of the parts of a stream, such as those of another answer.
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::transport::{Body, TransportError};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), TransportError> {
    /// let parts = ["a", "b"].map(|part| Ok::<_, TransportError>(Bytes::from(part)));
    /// let body = Body::from_stream(futures_util::stream::iter(parts));
    /// assert_eq!(body.collect(10).await?.expect("at most ten bytes"), "ab");
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Streamed(Box::pin(stream)))
    }

    /// A body of what a reader reads, such as a file, until its end.
    #[cfg(feature = "tokio")]
    pub fn from_reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::new(super::sending::Read::new(reader))
    }

    /// A body of what a reader reads that is yet to be opened.
    #[cfg(all(feature = "tokio", feature = "openapi"))]
    pub(crate) fn from_opened<R>(
        open: impl Future<Output = std::io::Result<R>> + Send + 'static,
    ) -> Self
    where
        R: tokio::io::AsyncRead + Send + 'static,
    {
        Self::new(super::sending::Opening::new(open))
    }

    /// The parts of the body as a stream.
    ///
    /// ```
    /// use futures_util::TryStreamExt;
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, "GIF89a");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let photo = client.resource("me").child("photo").child("$value").get();
    /// let mut parts = photo.open().await?.into_value().into_stream();
    /// let mut length = 0;
    /// while let Some(part) = parts.try_next().await? {
    ///     length += part.len();
    /// }
    /// assert_eq!(length, 6);
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_stream(self) -> BodyStream {
        BodyStream::new(self)
    }

    /// The body as a reader of Tokio.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Replay::new();
    /// service.answer(200, "GIF89a");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let photo = client.resource("me").child("photo").child("$value").get();
    /// let mut reader = photo.open().await?.into_reader();
    /// let mut file = Vec::new(); // any `AsyncWrite`, such as a file
    /// tokio::io::copy(&mut reader, &mut file).await?;
    /// assert_eq!(file, b"GIF89a");
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "tokio")]
    #[must_use]
    pub fn into_reader(self) -> super::BodyReader {
        super::BodyReader::new(self.into_stream())
    }

    /// The bytes, if the body is not a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// The next part of the body; `None` at its end.
    ///
    /// # Errors
    ///
    /// The body broke off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = poll_fn(|context| self.poll(context)).await {
            // Trailers are not used.
            if let Ok(part) = frame?.into_data() {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// Reads the body to its end, as long as it has at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// The body broke off. `Ok(None)` means that it is longer than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Option<Bytes>, TransportError> {
        if let Inner::Bytes(bytes) = self.0 {
            return Ok((bytes.len() <= limit).then_some(bytes));
        }
        let too_long = |length: u64| usize::try_from(length).map_or(true, |length| length > limit);
        if too_long(http_body::Body::size_hint(&self).lower()) {
            return Ok(None);
        }
        let mut first = Bytes::new();
        let mut all = BytesMut::new();
        while let Some(frame) = poll_fn(|context| self.poll(context)).await {
            // Trailers are not used.
            let Ok(part) = frame?.into_data() else {
                continue;
            };
            if first.len() + all.len() + part.len() > limit {
                return Ok(None);
            }
            // Most answers come in one part, which is then not copied.
            if first.is_empty() && all.is_empty() {
                first = part;
                continue;
            }
            if !first.is_empty() {
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&part);
        }
        Ok(Some(if all.is_empty() { first } else { all.freeze() }))
    }

    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Inner::Stream(stream) => stream.as_mut().poll_frame(context),
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll(context)
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => stream.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

/// Shows the length of the body, not its content.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Inner::Stream(_) => formatter.write_str("Body(stream)"),
        }
    }
}

/// Another library's body with our error.
struct Adapted<B: http_body::Body> {
    body: B,
    error: fn(B::Error) -> TransportError,
}

impl<B> http_body::Body for Adapted<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.body).poll_frame(context).map_err(self.error)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that threads may share: some libraries require that of bodies, and others do not provide it.
/// No thread ever waits for the lock.
struct Shared<B>(Mutex<Pin<Box<B>>>);

impl<B> Shared<B> {
    fn lock(&self) -> MutexGuard<'_, Pin<Box<B>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: http_body::Body> http_body::Body for Shared<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        body.as_mut().poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}

/// Keeps an error that is already of our type.
fn adapted(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::new(TransportFailure::Broken, error),
    }
}
