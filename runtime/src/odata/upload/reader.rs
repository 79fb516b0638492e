//! Readers as the source of an upload, with the feature `tokio`.

use std::fmt;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::UploadSource;
use crate::web::credential::BoxFuture;
use crate::web::error::BoxError;

/// How many bytes are read at once, to be passed over.
const PASSED_OVER: u64 = 64 * 1024;

/// A reader with a known number of bytes as the source of an [`Upload`](crate::Upload), such as the output
/// of another program or the body of another answer.
///
/// It is read once, from its first byte to its last, and only the last chunk stays in memory, because that
/// one may have to be sent again. If the service asks for earlier bytes, the upload fails; a source that
/// can go back, such as a [`FileSource`](crate::FileSource), does not.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ReaderSource, ServiceClient, Upload};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(201, "");
/// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
///
/// let reader = &b"the content"[..]; // any `AsyncRead`
/// let mut upload = Upload::new(&client, "https://files.example/up?sig=x")?;
/// upload.send::<()>(ReaderSource::new(reader, 11)).await?;
/// assert_eq!(service.requests()[0].body(), "the content");
/// # Ok(())
/// # }
/// ```
pub struct ReaderSource<R> {
    reader: Pin<Box<R>>,
    size: u64,
    /// What was read last; it ends where the reader is.
    last: Bytes,
    /// Where the reader is.
    position: u64,
}

impl<R: AsyncRead + Send> ReaderSource<R> {
    /// A source of `size` bytes. More of the reader is not read, and less is an error.
    pub fn new(reader: R, size: u64) -> Self {
        Self { reader: Box::pin(reader), size, last: Bytes::new(), position: 0 }
    }

    async fn read_from(&mut self, offset: u64, length: usize) -> Result<Bytes, BoxError> {
        let begin = self.position - self.last.len() as u64;
        if offset < begin {
            let why = format!(
                "the service asks for byte {offset} again, but the reader cannot go back before byte {begin}"
            );
            return Err(why.into());
        }
        // What the service has already, if the upload is resumed.
        while self.position < offset {
            let part = usize::try_from(PASSED_OVER.min(offset - self.position))?;
            self.advance(BytesMut::with_capacity(part), part).await?;
        }
        let kept = usize::try_from(offset - (self.position - self.last.len() as u64))?;
        let again = self.last.slice(kept.min(self.last.len())..);
        if again.len() >= length {
            return Ok(again.slice(..length));
        }
        let mut bytes = BytesMut::with_capacity(length);
        bytes.extend_from_slice(&again);
        let missing = length - again.len();
        self.advance(bytes, missing).await?;
        Ok(self.last.clone())
    }

    /// Reads so many more bytes; what was read last are these, after those in `before`.
    async fn advance(&mut self, before: BytesMut, length: usize) -> Result<(), BoxError> {
        let mut bytes = before;
        let start = bytes.len();
        bytes.resize(start + length, 0);
        // If it fails, some bytes are lost, and no later call must take others for them.
        self.last = Bytes::new();
        let mut filled = start;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            let count = self.reader.read(rest).await?;
            if count == 0 {
                let why =
                    format!("the reader ended after {} of {} bytes", self.position, self.size);
                return Err(why.into());
            }
            filled += count;
            self.position += count as u64;
        }
        self.last = bytes.freeze();
        Ok(())
    }
}

impl<R: AsyncRead + Send> UploadSource for ReaderSource<R> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
        Box::pin(self.read_from(offset, length))
    }
}

/// Shows how far it was read.
impl<R> fmt::Debug for ReaderSource<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { size, position, .. } = self;
        formatter
            .debug_struct("ReaderSource")
            .field("size", size)
            .field("position", position)
            .finish_non_exhaustive()
    }
}
