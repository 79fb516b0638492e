//! What the answer of a status monitor reports.
//!
//! Enters: the body of an answer. Leaves: the report in it. It sends nothing.

use crate::json::members::Members;
use crate::web::protocol::Way;

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
    Failed(&'static str),
}

impl Report {
    /// Reads a report; `None` if the body is not one, and so perhaps the result itself.
    ///
    /// A result can have a status, too. So a word that no monitor is known to use is a status of the
    /// operation only if the answer shows in another way that the operation is still running, or cannot be a result.
    pub(super) fn read(body: &[u8], way: Way, accepted: bool) -> Option<Self> {
        let members = Members::of_body(body).ok()?;
        if way == Way::Resource {
            return Self::of_state(&members);
        }
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
            "failed" | "deletefailed" => Self::Failed("failed"),
            "cancelled" | "canceled" => Self::Failed("was cancelled"),
            "notstarted" | "inprogress" | "running" | "waiting" | "updating" | "pending"
            | "queued" | "deletepending" | "deleting" => Self::Running { percent },
            _ if accepted || percent.is_some() || way == Way::Status => Self::Running { percent },
            _ => return None,
        })
    }

    /// The state of a resource that is worked on; `None` if it has none, or a final one that is a success.
    fn of_state(members: &Members<'_>) -> Option<Self> {
        let inner = members.object("properties");
        let state = inner.and_then(|inner| inner.string("provisioningState"));
        let state = state.or_else(|| members.string("provisioningState"))?;
        match state.to_ascii_lowercase().as_str() {
            "succeeded" => None,
            "failed" => Some(Self::Failed("failed")),
            "cancelled" | "canceled" => Some(Self::Failed("was cancelled")),
            _ => Some(Self::Running { percent: None }),
        }
    }
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
            (r#"{"status":"deleteFailed"}"#, true, Some(Report::Failed("failed"))),
            (r#"{"status":"canceled"}"#, true, Some(Report::Failed("was cancelled"))),
        ] {
            assert_eq!(Report::read(body.as_bytes(), Way::Any, accepted), expected, "{body}");
        }
    }

    #[test]
    fn states_are_those_of_the_operation_only() {
        let read = |body: &str| Report::read(body.as_bytes(), Way::Resource, false);
        let running = Some(Report::Running { percent: None });
        for (body, expected) in [
            (r#"{"properties":{"provisioningState":"Creating"},"status":"failed"}"#, running),
            (r#"{"provisioningState":"Canceled"}"#, Some(Report::Failed("was cancelled"))),
            (r#"{"properties":{"provisioningState":"Failed"}}"#, Some(Report::Failed("failed"))),
            (r#"{"properties":{"provisioningState":"Succeeded"}}"#, None),
            (r#"{"properties":{},"status":"running"}"#, None),
        ] {
            assert_eq!(read(body), expected, "{body}");
        }
        let status = |body: &str| Report::read(body.as_bytes(), Way::Status, false);
        assert_eq!(status(r#"{"status":"Validating"}"#), Some(Report::Running { percent: None }));
    }
}
