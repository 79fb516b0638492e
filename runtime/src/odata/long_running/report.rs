//! What the answer of a status monitor reports.
//!
//! Enters: an answer. Leaves: the answer within it, or the report in it. It sends nothing.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::json::members::Members;
use crate::web::error::BoxError;

/// What a monitor reports in JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Report {
    Running {
        percent: Option<f64>,
    },
    Done {
        /// Where the result is, if that is reported.
        location: Option<String>,
        /// The id of the resource that was created, if that is reported.
        id: Option<String>,
    },
    /// The operation did not succeed: what happened instead.
    Failed(String),
}

impl Report {
    /// Reads a report; `None` if the body is not one, and so perhaps the result itself.
    ///
    /// A result can have a status, too. So a word that no monitor is known to use is a status of the
    /// operation only if the answer shows in another way that the operation is still running.
    pub(super) fn read(body: &[u8], accepted: bool) -> Option<Self> {
        let members = Members::of_body(body).ok()?;
        let percent = members.get("percentageComplete");
        let percent = percent.and_then(|raw| serde_json::from_str::<f64>(raw.get()).ok());
        let text = |name: &str| members.string(name).filter(|text| !text.is_empty());
        let Some(status) = members.string("status") else {
            return (accepted || percent.is_some()).then_some(Self::Running { percent });
        };
        Some(match status.to_ascii_lowercase().as_str() {
            "completed" | "succeeded" => Self::Done {
                location: text("resourceLocation").or_else(|| text("targetResourceLocation")),
                id: text("resourceId").or_else(|| text("targetResourceId")),
            },
            "failed" | "deletefailed" => Self::Failed("failed".to_owned()),
            "cancelled" | "canceled" => Self::Failed("was cancelled".to_owned()),
            "notstarted" | "inprogress" | "running" | "waiting" | "updating" | "pending"
            | "queued" | "deletepending" | "deleting" => Self::Running { percent },
            _ if accepted || percent.is_some() => Self::Running { percent },
            _ => return None,
        })
    }
}

/// The answer to the request that started the operation, within that of the monitor: its status in
/// the header `AsyncResult`, or all of it in the body.
pub(super) fn enclosed(
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

    #[test]
    fn reports_are_told_from_results() {
        let running = |percent| Some(Report::Running { percent });
        let done = |location: Option<&str>, id: Option<&str>| {
            let [location, id] = [location, id].map(|text| text.map(str::to_owned));
            Some(Report::Done { location, id })
        };
        for (body, accepted, expected) in [
            (r#"{"status":"notStarted"}"#, false, running(None)),
            (r#"{"status":"x","percentageComplete":27.8}"#, false, running(Some(27.8))),
            (r#"{"status":"x"}"#, true, running(None)),
            (r#"{"status":"active"}"#, false, None),
            (r#"{"status":7}"#, false, None),
            (r#"{"id":"1"}"#, false, None),
            ("[]", true, None),
            ("", true, None),
            (r#"{"status":"Completed","resourceLocation":null}"#, false, done(None, None)),
            (
                r#"{"status":"succeeded","targetResourceLocation":"/teams('1')"}"#,
                false,
                done(Some("/teams('1')"), None),
            ),
            (
                r#"{"Status":"Completed","PercentageComplete":100,"ResourceId":"7","resourceLocation":""}"#,
                false,
                done(None, Some("7")),
            ),
            (r#"{"status":"deleteFailed"}"#, true, Some(Report::Failed("failed".to_owned()))),
            (r#"{"status":"canceled"}"#, true, Some(Report::Failed("was cancelled".to_owned()))),
        ] {
            assert_eq!(Report::read(body.as_bytes(), accepted), expected, "{body}");
        }
    }

    fn http(body: &'static str) -> Option<Result<http::Response<Bytes>, BoxError>> {
        let response = http::Response::builder().header("content-type", "application/http");
        enclosed(&response.body(Bytes::from_static(body.as_bytes())).expect("a response"))
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
