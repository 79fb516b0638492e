//! Answers within the answers of status monitors (OData protocol 4.01, section 11.6).
//!
//! Enters: an answer. Leaves: the answer to the request that started the operation. It sends nothing.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::web::error::BoxError;

/// The answer to the request that started the operation, within that of the monitor: its status in
/// the header `AsyncResult`, or all of it in the body.
pub(super) fn read(
    response: &http::Response<Bytes>,
) -> Option<Result<http::Response<Bytes>, BoxError>> {
    let headers = response.headers();
    if let Some(status) = headers.get("asyncresult") {
        let read = || {
            let mut enclosed = http::Response::new(response.body().clone());
            *enclosed.status_mut() = StatusCode::from_bytes(status.as_bytes().trim_ascii())?;
            enclosed.headers_mut().clone_from(headers);
            Ok(enclosed)
        };
        return Some(read());
    }
    let media_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/http").then(|| parse(response.body()))
}

/// Reads an HTTP response.
fn parse(body: &Bytes) -> Result<http::Response<Bytes>, BoxError> {
    let mut rest: &[u8] = body;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    };
    let first = line().ok_or("it is not an HTTP response")?;
    let status = first.split(|byte| *byte == b' ').nth(1);
    let status =
        status.filter(|_| first.starts_with(b"HTTP/")).ok_or("it is not an HTTP response")?;
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_bytes(status)?;
    loop {
        let header = line().ok_or("its head has no end")?;
        if header.is_empty() {
            break;
        }
        let colon = header.iter().position(|byte| *byte == b':').ok_or("a header has no colon")?;
        let (name, value) = header.split_at(colon);
        let value = HeaderValue::from_bytes(value.get(1..).unwrap_or_default().trim_ascii())?;
        response.headers_mut().append(HeaderName::from_bytes(name.trim_ascii())?, value);
    }
    *response.body_mut() = Bytes::copy_from_slice(rest);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn http(body: &'static str) -> Option<Result<http::Response<Bytes>, BoxError>> {
        let response = http::Response::builder().header("content-type", "application/http");
        read(&response.body(Bytes::from_static(body.as_bytes())).expect("a response"))
    }

    #[test]
    fn an_enclosed_answer_is_read() {
        let read = http("HTTP/1.1 201 Created\r\nETag: a:b\nx:\r\n\r\n{\n}\r\n");
        let read = read.expect("one").expect("well formed");
        assert_eq!(read.status(), 201);
        assert_eq!(
            (&read.headers()["etag"], &read.headers()["x"]),
            (&"a:b".parse().expect("a value"), &"".parse().expect("a value"))
        );
        assert_eq!(read.body(), "{\n}\r\n");
        for text in [
            "",
            "\n",
            "HTTP/1.1\n\n",
            "HTTP/1.1 x\n\n",
            "FTP 200\n\n",
            "HTTP/1.1 200\n",
            "HTTP/1.1 200\nx\n\n",
        ] {
            http(text).expect("one").expect_err(text);
        }
    }
}
