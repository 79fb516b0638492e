//! A small service on loopback, which takes the place of GitHub's.
//!
//! Enters: requests over HTTP. Leaves: answers by method and path, from a little state, and the record of what
//! came. It knows only what the example asks for, and nothing of the crate that asks.

use std::io;

use serde_json::{Value, json};

#[path = "../loopback.rs"]
mod loopback;

pub(crate) use loopback::Recorded;
use loopback::{Answer, Loopback};

/// The service, which runs as long as the program.
#[derive(Clone)]
pub(crate) struct Service(Loopback);

/// The issues and the comments of one repository.
struct State {
    issues: Vec<Value>,
    comments: Vec<Value>,
}

impl Service {
    /// Starts the service on a free port.
    pub(crate) fn start() -> io::Result<Self> {
        let issues = (1..=5).map(|number| issue(number, &format!("Issue {number}"))).collect();
        let mut state = State { issues, comments: Vec::new() };
        Loopback::start(move |origin, request| state.answer(origin, request)).map(Self)
    }

    /// The address of the service.
    pub(crate) fn root(&self) -> String {
        self.0.origin().to_owned()
    }

    /// What came so far.
    #[allow(dead_code, reason = "the test reads it, the example does not")]
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}

impl State {
    fn answer(&mut self, origin: &str, request: &Recorded) -> Answer {
        if request.path.starts_with("/repos/octo/gone/") {
            return error(410, "Issues are disabled for this repo");
        }
        let Some(path) = request.path.strip_prefix("/repos/octo/shop/") else { return missing() };
        let parts: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["issues"]) => self.list(origin, request),
            ("POST", ["issues"]) => self.create(request),
            ("GET", ["issues", number]) => match self.find(number) {
                Some(issue) => Answer::json(200, issue),
                None => missing(),
            },
            ("PATCH", ["issues", number]) => match self.find(number) {
                Some(issue) => {
                    if let (Value::Object(issue), Value::Object(changes)) =
                        (&mut *issue, request.json())
                    {
                        issue.extend(changes);
                    }
                    Answer::json(200, issue)
                }
                None => missing(),
            },
            ("GET", ["issues", _, "comments"]) => Answer::json(200, &json!(self.comments)),
            ("POST", ["issues", number, "comments"]) => self.comment(number, request),
            ("POST", ["issues", number, "labels"]) => match self.find(number) {
                Some(issue) => {
                    let names = request.json()["labels"].take();
                    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
                    issue["labels"] = names.map(label).collect();
                    Answer::json(200, &issue["labels"])
                }
                None => missing(),
            },
            ("DELETE", ["issues", _, "labels", "absent"]) => error(404, "Label does not exist"),
            ("DELETE", ["issues", _, "labels", _]) => Answer::json(200, &json!([])),
            ("POST", ["releases", "1", "assets"]) => asset(request),
            _ => missing(),
        }
    }

    fn find(&mut self, number: &str) -> Option<&mut Value> {
        let number = number.parse().ok()?;
        self.issues.iter_mut().find(|issue| issue["number"].as_u64() == Some(number))
    }

    /// A page of the open issues, with the address of the next one in a header.
    fn list(&self, origin: &str, request: &Recorded) -> Answer {
        let number = |name| request.option(name).and_then(|number| number.parse().ok());
        let (page, size) = (number("page").unwrap_or(1_usize), number("per_page").unwrap_or(30));
        let open: Vec<&Value> = self.issues.iter().filter(|one| one["state"] == "open").collect();
        let before = page.saturating_sub(1) * size;
        let items: Vec<&&Value> = open.iter().skip(before).take(size).collect();
        let answer = Answer::json(200, &json!(items));
        if before + size >= open.len() {
            return answer;
        }
        let next = format!("{origin}{}?per_page={size}&page={}", request.path, page + 1);
        answer.with("link", format!("<{next}>; rel=\"next\""))
    }

    fn create(&mut self, request: &Recorded) -> Answer {
        let body = request.json();
        let title = body["title"].as_str().unwrap_or_default();
        if title.trim().is_empty() {
            let field = json!({"resource": "Issue", "field": "title", "code": "missing_field"});
            let problem = json!({"message": "Validation Failed", "documentation_url": "https://docs.github.com",
                "errors": [field]});
            return Answer::json(422, &problem);
        }
        let mut created = issue(self.issues.len() + 1, title);
        created["body"] = body["body"].clone();
        self.issues.push(created.clone());
        let location = created["url"].as_str().unwrap_or_default().to_owned();
        Answer::json(201, &created).with("location", location)
    }

    fn comment(&mut self, number: &str, request: &Recorded) -> Answer {
        if self.find(number).is_none() {
            return missing();
        }
        let at = "2026-12-01T12:00:00Z";
        let url = format!("https://api.github.com/comments/{}", self.comments.len() + 1);
        let comment = json!({"id": self.comments.len() + 1, "node_id": "c", "url": url, "html_url": url,
            "issue_url": url, "user": null, "created_at": at, "updated_at": at,
            "body": request.json()["body"]});
        self.comments.push(comment.clone());
        Answer::json(201, &comment)
    }
}

fn issue(number: usize, title: &str) -> Value {
    let url = format!("https://api.github.com/repos/octo/shop/issues/{number}");
    json!({"id": 100 + number, "node_id": "i", "number": number, "title": title, "state": "open",
        "locked": false, "comments": 0, "user": null, "assignee": null, "milestone": null,
        "closed_at": null, "body": null, "labels": [label("bug"), "old"],
        "created_at": "2026-11-30T08:00:00Z", "updated_at": "2026-11-30T08:00:00Z", "url": url,
        "repository_url": url, "labels_url": url, "comments_url": url, "events_url": url,
        "html_url": url, "author_association": "OWNER"})
}

fn label(name: &str) -> Value {
    json!({"id": 1, "node_id": "l", "url": "https://api.github.com/labels/1", "name": name,
        "description": null, "color": "ff0000", "default": false})
}

/// A file that was uploaded.
fn asset(request: &Recorded) -> Answer {
    let at = "2026-12-01T12:00:00Z";
    let content_type = request.header("content-type");
    Answer::json(
        201,
        &json!({"id": 1, "node_id": "a", "name": request.option("name"),
        "label": request.option("label"), "content_type": content_type, "size": request.body.len(),
        "state": "uploaded", "download_count": 0, "digest": null, "uploader": null, "created_at": at,
        "updated_at": at, "url": "https://api.github.com/assets/1",
        "browser_download_url": "https://github.com/assets/1"}),
    )
}

fn error(status: u16, message: &str) -> Answer {
    Answer::json(
        status,
        &json!({"message": message, "documentation_url": "https://docs.github.com"}),
    )
}

fn missing() -> Answer {
    error(404, "Not Found")
}
