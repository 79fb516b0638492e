//! The chunks of an upload, from the first to the last.
//!
//! What enters are a session and a source, what leaves is the answer to the last chunk. It does not
//! know what that is read as.

use std::time::SystemTime;

use bytes::Bytes;
use http::{Method, StatusCode};
use tracing::debug;

use super::UploadSession;
use super::source::UploadSource;
use super::status::{Missing, Range, UploadStatus};
use crate::call::Call;
use crate::error::{Error, ErrorKind};
use crate::request::decode_error;

/// The state between the chunks of one upload.
struct Sending<'a> {
    session: &'a mut UploadSession,
    total: u64,
    missing: Missing,
    /// How often nothing went through since the last chunk that did, and when that was.
    stalls: u32,
    moved: SystemTime,
}

/// Sends what is missing: everything, unless a status says otherwise.
pub(super) async fn send(
    session: &mut UploadSession,
    source: &mut dyn UploadSource,
    status: Option<UploadStatus>,
) -> Result<http::Response<Bytes>, Error> {
    let total = source.size();
    if total == 0 {
        let why = "an upload session takes no empty file; create it with a single request";
        return Err(Error::new(ErrorKind::Request, why));
    }
    let missing = status.map_or_else(|| Missing::all(total), |status| status.missing_of(total));
    let moved = session.client.transport().now();
    Sending { session, total, missing, stalls: 0, moved }.run(source).await
}

impl Sending<'_> {
    async fn run(mut self, source: &mut dyn UploadSource) -> Result<http::Response<Bytes>, Error> {
        loop {
            let Some(chunk) = self.missing.chunk(self.session.chunk) else {
                let why =
                    "the service has all bytes already, but the answer to the last chunk is lost";
                return Err(self
                    .session
                    .call(Method::PUT)
                    .described(Error::new(ErrorKind::Decode, why)));
            };
            let call = self.chunk_call(source, chunk).await?;
            match self.session.exchange(&call).await {
                Ok(response) => {
                    if self.after_answer(&call, chunk, &response).await? {
                        return Ok(response);
                    }
                }
                Err(error) => self.after_failure(error).await?,
            }
        }
    }

    async fn chunk_call(&self, source: &mut dyn UploadSource, chunk: Range) -> Result<Call, Error> {
        let mut call = self.session.call(Method::PUT);
        let fault = |why: String| Error::new(ErrorKind::Request, why);
        // A chunk is smaller than 60 MiB.
        let length = usize::try_from(chunk.end - chunk.start).unwrap_or(usize::MAX);
        let bytes = match source.read(chunk.start, length).await {
            Ok(bytes) => bytes,
            Err(error) => {
                let why = format!("the source of the upload failed: {error}");
                return Err(call.described(fault(why).with_source(error)));
            }
        };
        if bytes.len() != length {
            let why = format!("the source gave {} bytes in place of {length}", bytes.len());
            return Err(call.described(fault(why)));
        }
        let range = format!("bytes {}-{}/{}", chunk.start, chunk.end - 1, self.total);
        call.set_header("content-range", &range);
        call.set_body("application/octet-stream", bytes);
        Ok(call)
    }

    /// Notes what the service has now. `true` if it has everything.
    async fn after_answer(
        &mut self,
        call: &Call,
        chunk: Range,
        response: &http::Response<Bytes>,
    ) -> Result<bool, Error> {
        let before = self.missing.count();
        // Outlook answers 200 and Drive 202 while bytes are missing; both say which.
        let told = UploadStatus::read(response.body()).ok();
        let unfinished = told.is_some() || response.status() == StatusCode::ACCEPTED;
        match told {
            Some(status) if status.next_offset().is_some() => {
                self.missing = status.missing_of(self.total);
            }
            _ => self.missing.remove(chunk),
        }
        let left = self.missing.count();
        if left == 0 {
            self.session.tell(self.total, self.total);
            return Ok(true);
        }
        if !unfinished {
            let why = format!("the service ended the upload while {left} bytes are missing");
            return Err(decode_error(call, response, why.into()));
        }
        if left < before {
            self.note_progress();
            return Ok(false);
        }
        let why = "the service answers that it does not have what it was sent";
        let error = decode_error(call, response, why.into());
        self.wait(error).await.map(|()| false)
    }

    /// Asks the service what it has after a chunk failed, if more may come of that.
    async fn after_failure(&mut self, error: Error) -> Result<(), Error> {
        let mut error = error;
        loop {
            let known = error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE);
            if !known && !passes(&error) {
                return Err(error);
            }
            self.wait(error).await?;
            match self.session.status().await {
                Ok(status) => {
                    let before = self.missing.count();
                    self.missing = status.missing_of(self.total);
                    if self.missing.count() < before {
                        self.note_progress();
                    }
                    return Ok(());
                }
                Err(next) => error = next,
            }
        }
    }

    fn note_progress(&mut self) {
        self.stalls = 0;
        self.moved = self.session.client.transport().now();
        self.session.tell(self.total - self.missing.count(), self.total);
    }

    /// Waits as the policy says, or gives the error back.
    async fn wait(&mut self, error: Error) -> Result<(), Error> {
        let transport = self.session.client.transport();
        let elapsed = transport.now().duration_since(self.moved).unwrap_or_default();
        let delay =
            self.session.client.retry().next_delay(self.stalls, elapsed, error.retry_after());
        let Some(delay) = delay else {
            return Err(error);
        };
        self.stalls += 1;
        debug!(?delay, "a chunk of the upload is tried again");
        transport.sleep(delay).await;
        Ok(())
    }
}

/// Whether an error may pass. What single requests are tried again for, such as 503, has not
/// passed already.
fn passes(error: &Error) -> bool {
    match error.status().map(|status| status.as_u16()) {
        Some(status) => error.kind() == ErrorKind::Service && matches!(status, 500 | 502 | 509),
        None => error.is_timeout(),
    }
}
