//! What a service still expects of an upload.
//!
//! Enters: the JSON of a session. Leaves: the ranges that are missing. It knows nothing of how they are sent.

use crate::json::members::Members;
use crate::types::DateTimeOffset;
use crate::web::error::BoxError;

/// What a service still expects of an upload, and how long it waits; see
/// [`Upload::status`](crate::Upload::status).
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Upload};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// let session = r#"{"expirationDateTime":"2026-01-29T09:21:55Z","nextExpectedRanges":["26-"]}"#;
/// service.answer(200, session);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let status = Upload::new(&client, "https://files.example/up?sig=x")?.status().await?;
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

    /// Reads the object of a session; `None` if the body is something else, such as the item that was
    /// created.
    ///
    /// # Errors
    ///
    /// It has ranges, but they are not valid.
    pub(super) fn read(body: &[u8]) -> Result<Option<Self>, BoxError> {
        let members = Members::of_body(body).ok();
        let ranges = members.as_ref().and_then(|members| members.get("nextExpectedRanges"));
        let Some((members, ranges)) = members.as_ref().zip(ranges) else {
            return Ok(None);
        };
        let nonsense =
            |range: &str| format!("`nextExpectedRanges` has `{range}`, which is not a range");
        let ranges: Vec<String> =
            serde_json::from_str(ranges.get()).map_err(|_| nonsense(ranges.get()))?;
        let ranges = ranges.iter().map(|range| Range::read(range).ok_or_else(|| nonsense(range)));
        let mut missing = Missing(ranges.collect::<Result<_, _>>()?);
        missing.sort();
        let expires = members.string("expirationDateTime");
        Ok(Some(Self { missing, expires: expires.and_then(|text| text.parse().ok()) }))
    }

    /// The ranges that are missing of so many bytes.
    ///
    /// # Errors
    ///
    /// A range begins beyond the end.
    pub(super) fn missing_of(self, total: u64) -> Result<Missing, BoxError> {
        let mut missing = self.missing;
        if let Some(range) = missing.0.iter().find(|range| range.start > total) {
            let start = range.start;
            return Err(format!(
                "the service expects bytes from {start} on, but there are {total}"
            )
            .into());
        }
        for range in &mut missing.0 {
            range.end = range.end.min(total);
        }
        missing.sort();
        Ok(missing)
    }
}

/// The bytes from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) start: u64,
    pub(super) end: u64,
}

impl Range {
    /// Reads `0-25`, with an inclusive end, `26-`, or `26`.
    fn read(text: &str) -> Option<Self> {
        let (start, end) = text.split_once('-').unwrap_or((text, ""));
        let start = start.trim().parse().ok()?;
        let end = match end.trim() {
            "" => u64::MAX,
            end => end.parse::<u64>().ok()?.saturating_add(1),
        };
        (start < end).then_some(Self { start, end })
    }
}

/// Ranges that the service does not have, in order and disjoint.
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

    /// Removes a chunk.
    pub(super) fn remove(&mut self, chunk: Range) {
        let rest = self.0.iter().flat_map(|range| {
            let before = Range { start: range.start, end: range.end.min(chunk.start) };
            let after = Range { start: range.start.max(chunk.end), end: range.end };
            [before, after]
        });
        self.0 = rest.filter(|range| range.start < range.end).collect();
    }

    /// Adds the ranges of another set.
    pub(super) fn add(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
        self.sort();
    }

    /// Sorts the ranges, and merges those that touch.
    fn sort(&mut self) {
        self.0.sort_by_key(|range| range.start);
        let mut apart: Vec<Range> = Vec::with_capacity(self.0.len());
        for range in self.0.drain(..).filter(|range| range.start < range.end) {
            match apart.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => apart.push(range),
            }
        }
        self.0 = apart;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(missing: &Missing) -> Vec<(u64, u64)> {
        missing.0.iter().map(|range| (range.start, range.end)).collect()
    }

    fn missing(ranges: &str, total: u64) -> Vec<(u64, u64)> {
        let text = format!(r#"{{"NextExpectedRanges":{ranges}}}"#);
        let status = UploadStatus::read(text.as_bytes()).expect(ranges).expect("a session");
        pairs(&status.missing_of(total).expect(ranges))
    }

    #[test]
    fn ranges_are_read_in_every_form_and_cut_to_the_size() {
        assert_eq!(missing(r#"["26-"]"#, 100), [(26, 100)]);
        assert_eq!(missing(r#"["26"]"#, 100), [(26, 100)]);
        assert_eq!(missing(r#"["77-98", "12-55"]"#, 90), [(12, 56), (77, 90)]);
        assert_eq!(missing(r#"["0-50", "20-60", "30-40"]"#, 90), [(0, 61)]);
        assert_eq!(missing(r#"["0-50", "51-60", "0-3", "62-62"]"#, 90), [(0, 61), (62, 63)]);
        assert_eq!(missing(r#"["100-", "18446744073709551614"]"#, u64::MAX), [(100, u64::MAX)]);
        assert_eq!(missing(r#"["100-"]"#, 100), []);
        assert_eq!(missing("[]", 100), []);
    }

    #[test]
    fn no_session_differs_from_one_that_makes_no_sense() {
        for text in ["", "{}", "[]", r#"{"id":"item"}"#] {
            assert_eq!(UploadStatus::read(text.as_bytes()).expect(text), None);
        }
        for ranges in
            ["null", "7", r#"["a-"]"#, r#"["50-20"]"#, r#"["-5"]"#, r#"[""]"#, r#"["1-2-3"]"#]
        {
            let text = format!(r#"{{"nextExpectedRanges":{ranges}}}"#);
            UploadStatus::read(text.as_bytes()).expect_err(ranges);
        }
        let beyond = UploadStatus::read(br#"{"nextExpectedRanges":["101-"]}"#).expect("ranges");
        beyond.expect("a session").missing_of(100).expect_err("beyond the end");
    }

    #[test]
    fn ranges_are_added_and_taken_away() {
        let mut missing = Missing(vec![Range { start: 10, end: 20 }, Range { start: 30, end: 40 }]);
        missing.remove(Range { start: 15, end: 32 });
        assert_eq!(pairs(&missing), [(10, 15), (32, 40)]);
        missing.remove(Range { start: 34, end: 36 });
        assert_eq!(pairs(&missing), [(10, 15), (32, 34), (36, 40)]);
        missing.add(&Missing(vec![Range { start: 0, end: 2 }, Range { start: 14, end: 37 }]));
        assert_eq!(pairs(&missing), [(0, 2), (10, 40)]);
        missing.remove(Range { start: 0, end: 40 });
        assert_eq!(pairs(&missing), []);
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
