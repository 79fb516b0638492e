//! The chunks of an upload, from the first to the last.
//!
//! Enters: a session and a source. Leaves: the answer to the last chunk. It does not know what that is read
//! as.

use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};
use tracing::debug;

use super::Upload;
use super::source::UploadSource;
use super::status::{Missing, Range, UploadStatus};
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::error::{BoxError, Error, ErrorKind};
use crate::web::settings::Deadline;

/// The state between the chunks of one upload.
struct Sending<'a> {
    session: &'a mut Upload,
    total: u64,
    /// The bytes to be sent: those that the service reports as missing, and those that were never sent to
    /// it, whatever it reports.
    missing: Missing,
    /// The bytes that were never sent, and were not at the service when an upload was resumed.
    unsent: Missing,
    /// The smallest number of missing bytes so far. Only a smaller one is progress: otherwise a service
    /// that forgets what it was sent could cause an endless upload.
    least: u64,
    /// How many tries failed since the last progress, and when that was.
    stalls: u32,
    moved: SystemTime,
    /// By when it has to be over.
    deadline: Option<Deadline>,
}

/// Sends what is missing: everything, unless a status reports less.
pub(super) async fn send(
    session: &mut Upload,
    source: &mut dyn UploadSource,
    status: Option<UploadStatus>,
    deadline: Option<Deadline>,
) -> Result<Answer, Error> {
    let total = source.size();
    if total == 0 {
        let why = "an upload session cannot take an empty file; create it with a single request";
        return Err(Error::new(ErrorKind::Request, why));
    }
    let missing = status.map_or_else(|| Ok(Missing::all(total)), |status| status.missing_of(total));
    let missing = missing.map_err(|why| {
        let error = Error::new(ErrorKind::Decode, format!("the upload cannot be resumed: {why}"));
        session.call(Method::PUT).described(error)
    })?;
    let moved = session.client.transport().now();
    let (unsent, least) = (missing.clone(), missing.count());
    let stalls = 0;
    Sending { session, total, missing, unsent, least, stalls, moved, deadline }.run(source).await
}

impl Sending<'_> {
    async fn run(mut self, source: &mut dyn UploadSource) -> Result<Answer, Error> {
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
            self.unsent.remove(chunk);
            match self.session.exchange(&call).await {
                Ok(answer) => {
                    if self.after_answer(&call, chunk, &answer).await? {
                        return Ok(answer);
                    }
                }
                Err(error) => self.after_failure(error).await?,
            }
        }
    }

    async fn chunk_call(&self, source: &mut dyn UploadSource, chunk: Range) -> Result<Call, Error> {
        let mut call = self.session.call_by(Method::PUT, self.deadline);
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
            let why = format!("the source returned {} bytes instead of {length}", bytes.len());
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
        answer: &Answer,
    ) -> Result<bool, Error> {
        let before = self.missing.count();
        // Outlook answers 200 and Drive 202 while bytes are missing; both state which.
        let told = UploadStatus::read(answer.body());
        let unfinished = !matches!(told, Ok(None)) || answer.status() == StatusCode::ACCEPTED;
        let known = match told {
            Ok(Some(status)) if status.next_offset().is_some() => self.learn(status),
            Ok(_) => {
                self.missing.remove(chunk);
                Ok(())
            }
            Err(why) => Err(why),
        };
        let fault = |sending: &Self, why: String| {
            let (left, total) = (sending.missing.count(), sending.total);
            let why = format!("{why}; it has {} of {total} bytes", total - left);
            answer.to(&sending.session.client, call).unreadable(why.into())
        };
        known.map_err(|why| fault(self, why.to_string()))?;
        let left = self.missing.count();
        if left == 0 {
            self.session.tell(self.total, self.total);
            return Ok(true);
        }
        if !unfinished {
            let why = format!("the service ended the upload while {left} bytes are missing");
            return Err(fault(self, why));
        }
        self.note_progress(left);
        if left < before {
            return Ok(false);
        }
        let why = "the service reports that it does not have what it was sent";
        let error = fault(self, why.to_owned());
        self.wait(error).await.map(|()| false)
    }

    /// Takes what the service reports as missing. What was never sent is missing in any case.
    fn learn(&mut self, status: UploadStatus) -> Result<(), BoxError> {
        let mut missing = status.missing_of(self.total)?;
        missing.add(&self.unsent);
        self.missing = missing;
        Ok(())
    }

    /// Asks the service what it has after a chunk failed, if that may help.
    async fn after_failure(&mut self, error: Error) -> Result<(), Error> {
        let mut error = error;
        loop {
            let known = error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE);
            if !known && !passes(&error) {
                return Err(error);
            }
            self.wait(error).await?;
            match self.session.status_by(self.deadline).await {
                Ok(status) => {
                    self.learn(status).map_err(|why| {
                        let call = self.session.call(Method::GET);
                        call.described(Error::new(ErrorKind::Decode, why.to_string()))
                    })?;
                    self.note_progress(self.missing.count());
                    return Ok(());
                }
                Err(next) => error = next,
            }
        }
    }

    fn note_progress(&mut self, left: u64) {
        if left < self.least {
            self.least = left;
            self.stalls = 0;
            self.moved = self.session.client.transport().now();
            self.session.tell(self.total - left, self.total);
        }
    }

    /// Waits by the policy, or returns the error.
    async fn wait(&mut self, error: Error) -> Result<(), Error> {
        let transport = self.session.client.transport();
        let now = transport.now();
        let elapsed = now.duration_since(self.moved).unwrap_or_default();
        let policy = self.session.settings.retry.as_ref();
        let policy = policy.unwrap_or(self.session.client.retry());
        let delay = policy.next_delay(self.stalls, elapsed, error.retry_after());
        let in_time =
            |delay: &Duration| self.deadline.is_none_or(|deadline| *delay < deadline.left(now));
        let Some(delay) = delay.filter(in_time) else {
            return Err(error);
        };
        self.stalls += 1;
        debug!(?delay, "a chunk of the upload is tried again");
        transport.sleep(delay).await;
        Ok(())
    }
}

/// Whether an error may be temporary. Errors that single requests are tried again for, such as 503, have
/// lasted through those tries.
fn passes(error: &Error) -> bool {
    match error.status().map(|status| status.as_u16()) {
        Some(status) => error.kind() == ErrorKind::Service && matches!(status, 500 | 509),
        None => error.is_timeout(),
    }
}
