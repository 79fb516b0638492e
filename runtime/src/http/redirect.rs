//! Which redirects are followed, and which headers are sent along.

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::web::link;

/// How many redirects one request may follow.
pub(crate) const MAX_REDIRECTS: u32 = 10;

/// Headers that reveal nothing about the caller and may go to another origin. All others are dropped: any
/// of them may be a secret of the service.
const PUBLIC: [HeaderName; 10] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::CONTENT_TYPE,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
    header::USER_AGENT,
];

/// Whether an answer with this status is a redirect.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The target of a redirect.
///
/// # Errors
///
/// Why it is not followed: it has no target, the request would become another one, or
/// it would leave TLS.
pub(crate) fn target(
    from: &Url,
    method: &Method,
    response: &http::Response<Bytes>,
) -> Result<Url, String> {
    let same_method = matches!(response.status().as_u16(), 307 | 308);
    if !same_method && method != Method::GET && method != Method::HEAD {
        return Err(format!("a redirect that would turn {method} into GET is not followed"));
    }
    let location = response.headers().get(header::LOCATION);
    let location = location.ok_or("a redirect without a `Location` header")?;
    resolve(from, &link::text(location))
}

/// The target of a location that was found at `from`.
///
/// # Errors
///
/// Why it is not followed: it is not a URL, would leave TLS, or holds a user name.
pub(crate) fn resolve(from: &Url, location: &str) -> Result<Url, String> {
    let mut url = from
        .join(location)
        .map_err(|error| format!("the `Location` of a redirect is not a URL ({error})"))?;
    match (from.scheme(), url.scheme()) {
        (_, "https") | ("http", "http") => {}
        ("https", "http") => {
            return Err("a redirect from https to plain http is not followed".to_owned());
        }
        (_, other) => return Err(format!("a redirect to a `{other}` URL is not followed")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a redirect to a URL with a user name or password is not followed".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// Drops the headers that are not for another origin.
pub(crate) fn keep_public(headers: &mut HeaderMap) {
    let public = PUBLIC.iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
    *headers = public.collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(status: u16, location: &str) -> http::Response<Bytes> {
        let builder = http::Response::builder().status(status);
        let builder = builder.header(header::LOCATION, location);
        builder.body(Bytes::new()).expect("a response")
    }

    #[test]
    fn a_target_is_resolved() {
        let from = Url::parse("https://host/v1/a?b=c").expect("a URL");
        for (location, expected) in [
            ("/v2/x", "https://host/v2/x"),
            ("x?y=z#f", "https://host/v1/x?y=z"),
            ("//other/x", "https://other/x"),
            ("https://other/x", "https://other/x"),
        ] {
            let url = target(&from, &Method::GET, &redirect(302, location));
            assert_eq!(url.expect(location).as_str(), expected);
        }
    }

    #[test]
    fn only_reads_and_what_stays_the_same_are_followed() {
        let from = Url::parse("https://host/").expect("a URL");
        for (method, status, followed) in [
            (Method::GET, 301, true),
            (Method::HEAD, 303, true),
            (Method::PATCH, 302, false),
            (Method::POST, 303, false),
            (Method::PATCH, 307, true),
            (Method::POST, 308, true),
        ] {
            let url = target(&from, &method, &redirect(status, "/x"));
            assert_eq!(url.is_ok(), followed, "{method} {status}");
        }
    }

    #[test]
    fn a_dangerous_target_is_refused() {
        let from = Url::parse("https://host/").expect("a URL");
        for location in
            ["http://host/", "ftp://host/", "file:///etc/passwd", "https://u:p@host/", "https://"]
        {
            target(&from, &Method::GET, &redirect(307, location)).expect_err(location);
        }
        target(&from, &Method::GET, &http::Response::default()).expect_err("no location");
    }

    #[test]
    fn secrets_stay_with_the_service() {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "cookie", "x-api-key", "prefer", "accept", "range"] {
            headers.insert(name, header::HeaderValue::from_static("x"));
        }
        keep_public(&mut headers);
        let mut left: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["accept", "range"]);
    }
}
