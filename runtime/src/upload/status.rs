//! What a service still expects of an upload.
//!
//! What enters is the JSON of a session, what leaves are the ranges that are missing. It knows
//! nothing of how they are sent.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::edm::DateTimeOffset;
use crate::error::BoxError;

/// What a service still expects of an upload, and how long it waits; see
/// [`UploadSession::status`](crate::UploadSession::status).
///
/// ```
/// use odatagen_runtime::transport::Replay;
/// use odatagen_runtime::{Client, UploadSession};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), odatagen_runtime::Error> {
/// let service = Replay::new();
/// let session = r#"{"expirationDateTime":"2026-01-29T09:21:55Z","nextExpectedRanges":["26-"]}"#;
/// service.answer(200, session);
/// let client = Client::builder("https://example.com/v1").transport(service).build()?;
///
/// let status = UploadSession::new(&client, "https://files.example/up?sig=x")?.status().await?;
/// assert_eq!(status.next_offset(), Some(26));
/// assert_eq!(status.expires().expect("a date").to_string(), "2026-01-29T09:21:55Z");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct UploadStatus {
    missing: Missing,
    expires: Option<DateTimeOffset>,
}

impl UploadStatus {
    /// The first byte that the service does not have; `None` if it has all.
    #[must_use]
    pub fn next_offset(&self) -> Option<u64> {
        self.missing.0.first().map(|range| range.start)
    }

    /// When the session expires.
    #[must_use]
    pub fn expires(&self) -> Option<&DateTimeOffset> {
        self.expires.as_ref()
    }

    /// Reads the object of a session.
    ///
    /// # Errors
    ///
    /// It is no object with ranges.
    pub(super) fn read(body: &[u8]) -> Result<Self, BoxError> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let members: BTreeMap<String, &RawValue> = serde_json::from_slice(body)?;
        let ranges = members.get("nextExpectedRanges");
        let ranges = ranges.ok_or("there are no `nextExpectedRanges` in it")?;
        let ranges: Vec<String> = serde_json::from_str(ranges.get())?;
        let ranges = ranges.iter().map(|range| Range::read(range));
        let mut ranges = ranges.collect::<Option<Vec<_>>>().ok_or("a range of it is none")?;
        ranges.sort_by_key(|range| range.start);
        let expires = members.get("expirationDateTime");
        let expires = expires.and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        Ok(Self { missing: Missing(ranges), expires: expires.and_then(|text| text.parse().ok()) })
    }

    /// What is missing of so many bytes.
    pub(super) fn missing_of(self, total: u64) -> Missing {
        let mut missing = self.missing;
        missing.0.retain(|range| range.start < total);
        let mut from = 0;
        for range in &mut missing.0 {
            range.start = range.start.max(from);
            range.end = range.end.min(total);
            from = from.max(range.end);
        }
        missing.0.retain(|range| range.start < range.end);
        missing
    }
}

/// The bytes from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) start: u64,
    pub(super) end: u64,
}

impl Range {
    /// Reads `0-25`, whose end belongs to it, `26-`, or `26`.
    fn read(text: &str) -> Option<Self> {
        let (start, end) = text.split_once('-').unwrap_or((text, ""));
        let end = match end.trim() {
            "" => u64::MAX,
            end => end.parse::<u64>().ok()?.saturating_add(1),
        };
        Some(Self { start: start.trim().parse().ok()?, end })
    }
}

/// Ranges that the service does not have, in order and apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Missing(Vec<Range>);

impl Missing {
    /// Everything is missing.
    pub(super) fn all(total: u64) -> Self {
        Self(vec![Range { start: 0, end: total }])
    }

    /// How many bytes are missing.
    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|range| range.end - range.start).sum()
    }

    /// The next chunk of at most this size.
    pub(super) fn chunk(&self, size: u64) -> Option<Range> {
        let first = self.0.first()?;
        Some(Range { start: first.start, end: first.end.min(first.start.saturating_add(size)) })
    }

    /// Takes away the chunk that was given last.
    pub(super) fn remove(&mut self, chunk: Range) {
        if let Some(first) = self.0.first_mut() {
            first.start = chunk.end;
        }
        self.0.retain(|range| range.start < range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(ranges: &str, total: u64) -> Vec<(u64, u64)> {
        let text = format!(r#"{{"nextExpectedRanges":{ranges}}}"#);
        let status = UploadStatus::read(text.as_bytes()).expect(ranges);
        status.missing_of(total).0.iter().map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn ranges_are_read_in_every_form_and_cut_to_the_size() {
        assert_eq!(missing(r#"["26-"]"#, 100), [(26, 100)]);
        assert_eq!(missing(r#"["26"]"#, 100), [(26, 100)]);
        assert_eq!(missing(r#"["77-98", "12-55"]"#, 90), [(12, 56), (77, 90)]);
        assert_eq!(missing(r#"["0-50", "20-60", "30-40"]"#, 90), [(0, 51), (51, 61)]);
        assert_eq!(missing(r#"["100-", "18446744073709551615-18446744073709551615"]"#, 100), []);
        assert_eq!(missing("[]", 100), []);
    }

    #[test]
    fn what_is_no_session_is_refused() {
        for text in ["", "{}", r#"{"nextExpectedRanges":null}"#, r#"{"nextExpectedRanges":["a-"]}"#]
        {
            UploadStatus::read(text.as_bytes()).expect_err(text);
        }
    }

    #[test]
    fn chunks_take_what_is_missing_piece_by_piece() {
        let mut missing = Missing(vec![Range { start: 5, end: 12 }, Range { start: 20, end: 22 }]);
        let mut chunks = Vec::new();
        while let Some(chunk) = missing.chunk(4) {
            chunks.push((chunk.start, chunk.end, missing.count()));
            missing.remove(chunk);
        }
        assert_eq!(chunks, [(5, 9, 9), (9, 12, 5), (20, 22, 2)]);
    }
}
