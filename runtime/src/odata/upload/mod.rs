//! Large uploads in chunks, by an upload session.
//!
//! Enters: the address of a session, which a service such as Microsoft Graph supplied
//! (`createUploadSession`), and the bytes. Leaves: the item that the service created from them.
//! The address is a secret that grants access. No token goes there, whatever its origin.

#[cfg(feature = "tokio")]
mod file;
#[cfg(feature = "tokio")]
mod reader;
mod sending;
mod source;
mod status;

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};
use url::Url;

#[cfg(feature = "tokio")]
pub use self::file::FileSource;
#[cfg(feature = "tokio")]
pub use self::reader::ReaderSource;
pub use self::source::UploadSource;
pub use self::status::UploadStatus;
use crate::json::IntoNullable;
use crate::odata::answer::ODATA;
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::redirect::is_redirect;
use crate::web::response::FromResponse;
use crate::web::settings::{Deadline, Settings, settings_methods};

/// Chunks have to be a multiple of this.
const CHUNK_UNIT: u64 = 320 * 1024;

/// The size of chunks, unless the caller sets another one.
const CHUNK: u64 = 32 * CHUNK_UNIT;

/// A chunk has to be smaller than this.
const CHUNK_LIMIT: u64 = 192 * CHUNK_UNIT;

/// An upload in chunks, which continues after failures from where it was.
///
/// A chunk that fails temporarily is sent again, as often as the client's
/// [`RetryPolicy`](crate::RetryPolicy) allows without progress. An upload that still fails can be continued
/// later with [`resume`](Self::resume), until the session expires.
///
/// ```
/// use schemacrate_runtime::bytes::Bytes;
/// use schemacrate_runtime::model::Untyped;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Upload};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(202, r#"{"nextExpectedRanges":["327680-"]}"#);
/// service.answer(201, r#"{"id":"0123"}"#);
/// let builder = ServiceClient::builder("https://example.com/v1").credential("token");
/// let client = builder.transport(service.clone()).build()?;
///
/// let mut upload = Upload::new(&client, "https://files.example/up?sig=x")?
///     .chunk_size(320 * 1024)?
///     .on_progress(|progress| assert!(progress.sent <= progress.total));
/// let item: Untyped = upload.send(Bytes::from(vec![7; 400_000])).await?;
/// assert_eq!(item.text(), r#"{"id":"0123"}"#);
///
/// let sent = service.requests();
/// assert_eq!(sent[0].headers()["content-range"], "bytes 0-327679/400000");
/// assert_eq!(sent[1].headers()["content-range"], "bytes 327680-399999/400000");
/// assert!(!sent[0].headers().contains_key("authorization"));
/// # Ok(())
/// # }
/// ```
pub struct Upload {
    client: ServiceClient,
    url: Url,
    chunk: u64,
    /// How it is sent, if not as the client sends.
    settings: Settings,
    on_progress: Option<Box<dyn FnMut(UploadProgress) + Send + Sync>>,
}

/// The progress of an upload.
///
/// ```
/// use schemacrate_runtime::UploadProgress;
///
/// let percent = |progress: UploadProgress| progress.sent * 100 / progress.total;
/// # let _ = percent;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadProgress {
    /// How many bytes the service has.
    pub sent: u64,
    /// How many bytes there are; never zero.
    pub total: u64,
}

impl Upload {
    /// A session at the address that the service supplied as `uploadUrl`: a text, or the `Option` of one
    /// that the answer has.
    ///
    /// # Errors
    ///
    /// The address is not there, is not an absolute `https` URL (`http` if the service itself is reached
    /// so), or holds a user name or password.
    pub fn new(
        client: &ServiceClient,
        upload_url: impl IntoNullable<String>,
    ) -> Result<Self, Error> {
        let given = IntoNullable::into_nullable(upload_url).and_then(|url| url.into_typed().ok());
        Self::at(client, given.as_deref())
    }

    fn at(client: &ServiceClient, upload_url: Option<&str>) -> Result<Self, Error> {
        let refused = |why: &str| Error::new(ErrorKind::Request, format!("the upload URL {why}"));
        let upload_url =
            upload_url.ok_or_else(|| refused("is not in the answer of the service"))?;
        // The URL is not shown: it grants write access.
        let mut url = Url::parse(upload_url)
            .map_err(|error| refused(&format!("is not an absolute URL ({error})")))?;
        let plain = url.scheme() == "http" && client.service_root().starts_with("http:");
        if url.scheme() != "https" && !plain {
            return Err(refused("does not start with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("holds a user name or password"));
        }
        url.set_fragment(None);
        Ok(Self {
            client: client.clone(),
            url,
            chunk: CHUNK,
            settings: Settings::default(),
            on_progress: None,
        })
    }

    /// Sets how many bytes are sent at once. The default is 10 MiB.
    ///
    /// # Errors
    ///
    /// It is not a multiple of 320 KiB, which services require, or not below 60 MiB.
    pub fn chunk_size(mut self, bytes: u64) -> Result<Self, Error> {
        if bytes == 0 || !bytes.is_multiple_of(CHUNK_UNIT) || bytes >= CHUNK_LIMIT {
            let why = format!(
                "a chunk has to be a multiple of 320 KiB and smaller than 60 MiB, not {bytes} bytes"
            );
            return Err(Error::new(ErrorKind::Request, why));
        }
        self.chunk = bytes;
        Ok(self)
    }

    settings_methods!(timing of "a chunk": self => self.settings);

    /// Sets how long one call of [`send`](Self::send) or [`resume`](Self::resume) may take in total, with
    /// all chunks, their tries and the delays between them. What the source takes to be read counts, but
    /// is not interrupted. After it is over, the upload can be [resumed](Self::resume).
    ///
    /// The [client's](crate::ClientBuilder::total_timeout) applies to each chunk.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Calls a function each time that the service has taken a chunk.
    #[must_use]
    pub fn on_progress(mut self, tell: impl FnMut(UploadProgress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Sends all bytes of the source and reads the item that the service created from them.
    ///
    /// # Errors
    ///
    /// The source is empty or failed; the session no longer exists ([`Error::is_not_found`]), and a new
    /// one has to be created; the service did not accept a chunk, ended the upload before it had
    /// every byte, or asks for the same bytes again and again; or it has every byte, but waits for
    /// [`commit`](Self::commit), and `T` is more than `()`. As long as the session exists,
    /// [`resume`](Self::resume) continues.
    pub async fn send<T: FromResponse>(&mut self, source: impl UploadSource) -> Result<T, Error> {
        let mut source = source;
        let deadline = self.deadline();
        let answer = sending::send(self, &mut source, None, deadline).await?;
        self.read(&self.call(Method::PUT), &answer)
    }

    /// Asks the service what it has, and sends the rest.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send). If the service has everything, the answer of the last chunk is
    /// lost, or it waits for [`commit`](Self::commit).
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Upload};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"nextExpectedRanges":["2-"]}"#);
    /// service.answer(201, "");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
    ///
    /// let mut upload = Upload::new(&client, "https://files.example/up?sig=x")?;
    /// upload.resume::<()>(Bytes::from_static(b"abcd")).await?;
    /// assert_eq!(service.requests()[1].body(), "cd");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resume<T: FromResponse>(&mut self, source: impl UploadSource) -> Result<T, Error> {
        let mut source = source;
        let deadline = self.deadline();
        let status = self.status_by(deadline).await?;
        let answer = sending::send(self, &mut source, Some(status), deadline).await?;
        self.read(&self.call(Method::PUT), &answer)
    }

    /// Asks the service what it still expects, and how long.
    ///
    /// # Errors
    ///
    /// The session no longer exists, or the service does not report it.
    pub async fn status(&self) -> Result<UploadStatus, Error> {
        self.status_by(None).await
    }

    /// The same, within the time that is left.
    async fn status_by(&self, deadline: Option<Deadline>) -> Result<UploadStatus, Error> {
        let call = self.call_by(Method::GET, deadline);
        let answer = self.exchange(&call).await?;
        let status = UploadStatus::read(answer.body())
            .and_then(|status| status.ok_or_else(|| "it has no `nextExpectedRanges`".into()));
        status.map_err(|error| answer.to(&self.client, &call).unreadable(error))
    }

    /// Creates the item, if the session was created to wait for this (`deferCommit`). All bytes have to be
    /// sent first.
    ///
    /// # Errors
    ///
    /// The service created no item.
    pub async fn commit<T: FromResponse>(&mut self) -> Result<T, Error> {
        let call = self.call(Method::POST);
        let answer = self.exchange(&call).await?;
        self.read(&call, &answer)
    }

    /// Ends the session; the service drops what it has.
    ///
    /// # Errors
    ///
    /// The session no longer exists, or the service did not end it.
    pub async fn cancel(self) -> Result<(), Error> {
        self.exchange(&self.call(Method::DELETE)).await.map(drop)
    }

    fn call(&self, method: Method) -> Call {
        let mut call = Call::given(&ODATA, method, self.url.clone(), false);
        let settings = Settings { total_timeout: None, ..self.settings.clone() };
        *call.settings_mut() = settings;
        call
    }

    /// A call that ends within the time that is left.
    fn call_by(&self, method: Method, deadline: Option<Deadline>) -> Call {
        let mut call = self.call(method);
        if let Some(deadline) = deadline {
            let left = deadline.left(self.client.transport().now());
            call.settings_mut().total_timeout = Some(left);
        }
        call
    }

    /// By when the whole upload has to be over, if it begins now.
    fn deadline(&self) -> Option<Deadline> {
        let limit = self.settings.total_timeout?;
        Some(Deadline::new(self.client.transport().now(), limit))
    }

    /// Sends a call to the session.
    async fn exchange(&self, call: &Call) -> Result<Answer, Error> {
        let answer = exchange::send(&self.client, call).await?;
        if is_redirect(answer.status()) {
            // The range of a chunk would not be sent to the target.
            let why = "a redirect of an upload is not followed";
            return Err(answer.to(&self.client, call).error(ErrorKind::Redirect, why));
        }
        Ok(answer)
    }

    /// Reads the item that the service created. If it created none, the object of the session is not
    /// taken for it.
    fn read<T: FromResponse>(&self, call: &Call, answer: &Answer) -> Result<T, Error> {
        let made = matches!(UploadStatus::read(answer.body()), Ok(None));
        if made && answer.status() != StatusCode::ACCEPTED {
            let answered = answer.to(&self.client, call);
            return T::from_answer(&answered).map_err(|error| answered.unreadable(error));
        }
        let empty = answer.enclosing(&self.client, &ODATA, answer.response.clone()).emptied();
        T::from_answer(&empty.to(&self.client, call)).map_err(|_| {
            let why = "the service has every byte, but has made nothing of them so far; `commit` \
                       makes the item";
            answer.to(&self.client, call).unreadable(why.into())
        })
    }

    fn tell(&mut self, sent: u64, total: u64) {
        if let Some(tell) = &mut self.on_progress {
            tell(UploadProgress { sent, total });
        }
    }
}

/// Shows no address, which is a secret.
impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upload").field("chunk", &self.chunk).finish_non_exhaustive()
    }
}
