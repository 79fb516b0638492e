//! When to try again, and after how long.
//!
//! Enters: a policy, the answer and the count of retries so far. Leaves: a delay.
//! It neither sleeps nor sends.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode, header};

use crate::web::random;

/// How often, and for how long, a request is tried again.
///
/// A request is tried again when the service answers 429, 502, 503 or 504, or when the connection
/// fails. The delay is that of the `Retry-After` header; without one it is random between zero
/// and a bound that doubles with each retry. A request that is not idempotent (`POST`, and `PATCH`
/// without `If-Match`) is tried again only when the service reports that it did not act: with 429, or
/// with 503 and `Retry-After`.
///
/// ```
/// use std::time::Duration;
///
/// use schemacrate_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_retries(8).max_elapsed(Duration::from_secs(600));
/// let never = RetryPolicy::none();
/// assert_ne!(patient, never);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_elapsed: Duration,
}

impl Default for RetryPolicy {
    /// Three retries, delays without `Retry-After` of up to half a second, one, two … thirty
    /// seconds, and no retry that would start later than three minutes after the first try.
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            max_elapsed: Duration::from_secs(180),
        }
    }
}

impl RetryPolicy {
    /// Never tries again.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets how often a request is tried again at most.
    #[must_use]
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Sets the longest first delay when the service does not specify how long to wait.
    #[must_use]
    pub fn base_delay(mut self, base_delay: Duration) -> Self {
        self.base_delay = base_delay;
        self
    }

    /// Sets the longest delay when the service does not specify how long to wait.
    #[must_use]
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.max_delay = max_delay;
        self
    }

    /// Sets how long after the first try the last one may start. A `Retry-After` beyond that
    /// ends the retries at once.
    #[must_use]
    pub fn max_elapsed(mut self, max_elapsed: Duration) -> Self {
        self.max_elapsed = max_elapsed;
        self
    }

    /// The delay before the next try, or `None` if there is to be none.
    ///
    /// `retries` counts those made so far, `elapsed` is the time since the first try started.
    pub(crate) fn next_delay(
        &self,
        retries: u32,
        elapsed: Duration,
        retry_after: Option<Duration>,
    ) -> Option<Duration> {
        if retries >= self.max_retries {
            return None;
        }
        let delay = retry_after.unwrap_or_else(|| self.bound(retries).mul_f64(random::fraction()));
        (elapsed.saturating_add(delay) <= self.max_elapsed).then_some(delay)
    }

    /// The longest random delay before a retry.
    fn bound(&self, retries: u32) -> Duration {
        let factor = 2_u32.saturating_pow(retries);
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

/// Whether sending a request twice has the same effect as sending it once.
///
/// An update with an ETag is safe: once the first one has acted, the second one finds another
/// ETag and is refused. `If-Match: *` is not safe in this way.
pub(crate) fn is_idempotent(method: &Method, headers: &HeaderMap) -> bool {
    if method == Method::PATCH {
        return headers.get(header::IF_MATCH).is_some_and(|etag| etag != "*");
    }
    method.is_idempotent()
}

/// Whether an answer with this status may be followed by another try.
pub(crate) fn is_retryable(status: StatusCode, idempotent: bool, has_retry_after: bool) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE => idempotent || has_retry_after,
        StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => idempotent,
        _ => false,
    }
}

/// The delay that an answer asks for, in seconds or until a date.
///
/// A date is taken relative to the `Date` header, so that a clock that is wrong on either side
/// does not matter; `now` is used without one.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    // HTTP has whole seconds only, but services send fractions as well.
    if value.bytes().all(|one| one.is_ascii_digit() || one == b'.') {
        return Duration::try_from_secs_f64(value.parse().ok()?).ok();
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let date = headers.get(header::DATE).and_then(|date| date.to_str().ok());
    let from = date.and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    Some(until.duration_since(from).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(header::HeaderName, &'static str)| {
            (name.clone(), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (value, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("7.0", Some(7)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sunday, 06-Nov-94 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("1.5.0", None),
            ("1e3", None),
            ("999999999999999999999999", None),
            (".", None),
        ] {
            let seconds = retry_after(&headers(&[(header::RETRY_AFTER, value)]), now);
            assert_eq!(seconds, expected.map(Duration::from_secs), "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
        let fraction = headers(&[(header::RETRY_AFTER, "7.5")]);
        assert_eq!(retry_after(&fraction, now), Some(Duration::from_millis(7500)));
    }

    #[test]
    fn a_date_counts_from_the_clock_of_the_service() {
        let headers = headers(&[
            (header::RETRY_AFTER, "Sun, 06 Nov 1994 08:49:47 GMT"),
            (header::DATE, "Sun, 06 Nov 1994 08:49:40 GMT"),
        ]);
        let wrong = SystemTime::UNIX_EPOCH;
        assert_eq!(retry_after(&headers, wrong), Some(Duration::from_secs(7)));
    }

    #[test]
    fn delays_double_up_to_their_bound() {
        let policy = RetryPolicy::default();
        let bounds: Vec<_> = (0..8).map(|retries| policy.bound(retries).as_millis()).collect();
        assert_eq!(bounds, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        assert_eq!(policy.bound(u32::MAX), Duration::from_secs(30));
    }

    #[test]
    fn random_delays_lie_below_the_bound_and_differ() {
        let policy = RetryPolicy::default();
        let delays: Vec<_> =
            (0..64).filter_map(|_| policy.next_delay(0, Duration::ZERO, None)).collect();
        assert_eq!(delays.len(), 64);
        assert!(delays.iter().all(|delay| *delay <= policy.base_delay));
        assert!(delays.iter().any(|delay| *delay != delays[0]));
    }

    #[test]
    fn count_and_time_bound_the_retries() {
        let policy = RetryPolicy::default().max_retries(2).max_elapsed(Duration::from_secs(10));
        let after = |retries, elapsed, wait| {
            let [elapsed, wait] = [elapsed, wait].map(Duration::from_secs);
            policy.next_delay(retries, elapsed, Some(wait))
        };
        assert_eq!(after(1, 4, 6), Some(Duration::from_secs(6)));
        assert_eq!(after(1, 4, 7), None);
        assert_eq!(after(2, 0, 0), None);
        assert_eq!(after(0, 0, u64::MAX), None);
        assert_eq!(RetryPolicy::none().next_delay(0, Duration::ZERO, None), None);
    }

    #[test]
    fn only_what_did_not_act_is_sent_twice() {
        let etag = headers(&[(header::IF_MATCH, "W/\"1\"")]);
        let any = headers(&[(header::IF_MATCH, "*")]);
        let none = HeaderMap::new();
        assert!(is_idempotent(&Method::GET, &none));
        assert!(is_idempotent(&Method::DELETE, &none));
        assert!(is_idempotent(&Method::PUT, &none));
        assert!(is_idempotent(&Method::PATCH, &etag));
        assert!(!is_idempotent(&Method::PATCH, &any));
        assert!(!is_idempotent(&Method::PATCH, &none));
        assert!(!is_idempotent(&Method::POST, &etag));

        for (status, idempotent, has_retry_after, expected) in [
            (429, false, false, true),
            (503, false, false, false),
            (503, false, true, true),
            (503, true, false, true),
            (504, false, true, false),
            (504, true, false, true),
            (500, true, true, false),
            (502, true, false, true),
            (502, false, true, false),
            (408, true, true, false),
        ] {
            let status = StatusCode::from_u16(status).expect("a status");
            let retryable = is_retryable(status, idempotent, has_retry_after);
            assert_eq!(retryable, expected, "{status} {idempotent} {has_retry_after}");
        }
    }
}
