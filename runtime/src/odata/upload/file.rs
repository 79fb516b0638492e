//! Files as the source of an upload, with the feature `tokio`.

use std::io::SeekFrom;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::UploadSource;
use crate::web::credential::BoxFuture;
use crate::web::error::{BoxError, Error, ErrorKind};

/// A file as the source of an [`Upload`](crate::Upload). One chunk of it is in memory at a time.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{FileSource, ServiceClient, Upload};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(201, "");
/// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
///
/// # let path = std::env::temp_dir().join(format!("schemacrate-file-source-{}", std::process::id()));
/// # std::fs::write(&path, "the content").expect("a file");
/// let mut upload = Upload::new(&client, "https://files.example/up?sig=x")?;
/// upload.send::<()>(FileSource::open(&path).await?).await?;
/// assert_eq!(service.requests()[0].body(), "the content");
/// # std::fs::remove_file(&path).expect("the file");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FileSource {
    file: File,
    size: u64,
}

impl FileSource {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// It cannot be opened, or its size is not known.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        match File::open(path).await {
            Ok(file) => Self::new(file).await,
            Err(error) => {
                let why = format!("the file to upload cannot be opened: {error}");
                Err(Error::new(ErrorKind::Request, why).with_source(error))
            }
        }
    }

    /// A file that is open already, from its first byte on.
    ///
    /// # Errors
    ///
    /// Its size is not known.
    pub async fn new(file: File) -> Result<Self, Error> {
        match file.metadata().await {
            Ok(metadata) => Ok(Self { file, size: metadata.len() }),
            Err(error) => {
                let why = format!("the size of the file to upload is not known: {error}");
                Err(Error::new(ErrorKind::Request, why).with_source(error))
            }
        }
    }
}

impl UploadSource for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, BoxError>> {
        Box::pin(async move {
            self.file.seek(SeekFrom::Start(offset)).await?;
            let mut bytes = BytesMut::zeroed(length);
            self.file.read_exact(&mut bytes).await?;
            Ok(bytes.freeze())
        })
    }
}
