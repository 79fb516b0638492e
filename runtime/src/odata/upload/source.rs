//! Where the bytes of an upload come from.

use bytes::Bytes;

use crate::web::credential::BoxFuture;
use crate::web::error::BoxError;

/// Bytes that can be read from any offset, and more than once: a chunk that fails is read again.
///
/// ```
/// use schemacrate_runtime::bytes::Bytes;
/// use schemacrate_runtime::{BoxError, BoxFuture, UploadSource};
///
/// /// Any number of zeros.
/// struct Zeros(u64);
///
/// impl UploadSource for Zeros {
///     fn size(&self) -> u64 {
///         self.0
///     }
///
///     fn read(&mut self, _offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
///         Box::pin(async move { Ok(Bytes::from(vec![0; length])) })
///     }
/// }
/// assert_eq!(Zeros(1 << 40).size(), 1 << 40);
/// ```
#[diagnostic::on_unimplemented(
    message = "expected bytes to upload, found `{Self}`",
    label = "not a source of bytes",
    note = "a file is opened first: `FileSource::open(\"report.pdf\").await?` (feature `tokio`)",
    note = "a reader needs its size: `ReaderSource::new(reader, size)`; what is in memory becomes \
            `Bytes`: `Bytes::from(text)`"
)]
pub trait UploadSource: Send {
    /// How many bytes there are.
    fn size(&self) -> u64;

    /// Reads exactly `length` bytes from `offset` on, both within [`size`](Self::size).
    ///
    /// # Errors
    ///
    /// They could not be read.
    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>>;
}

impl UploadSource for Bytes {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
        let range = usize::try_from(offset).ok().and_then(|start| {
            let end = start.checked_add(length)?;
            (end <= self.len()).then(|| self.slice(start..end))
        });
        Box::pin(async move { range.ok_or_else(|| "the range is outside of the bytes".into()) })
    }
}

#[diagnostic::do_not_recommend]
impl<S: UploadSource + ?Sized> UploadSource for &mut S {
    fn size(&self) -> u64 {
        (**self).size()
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
        (**self).read(offset, length)
    }
}
