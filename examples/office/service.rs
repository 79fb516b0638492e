//! A small service on loopback, which takes the place of the real one.
//!
//! Enters: requests over HTTP. Leaves: answers by method and path, from a little state, and the record of
//! what came. It knows only what the example asks for, and nothing of the crate that asks.

use std::collections::BTreeMap;
use std::io;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

#[path = "../loopback.rs"]
mod loopback;

pub(crate) use loopback::Recorded;
use loopback::{Answer, Loopback};

/// Where the resources begin.
const ROOT: &str = "/v1.0";

/// The service, which runs as long as the program.
#[derive(Clone)]
pub(crate) struct Service(Loopback);

/// What the service knows.
struct State {
    users: Vec<Value>,
    members: Vec<Value>,
    /// The content of each file, by its path below the root of the drive.
    files: BTreeMap<String, Vec<u8>>,
    /// The path and the bytes so far of each upload.
    uploads: Vec<(String, Vec<u8>)>,
    /// Whether the drive was too busy once.
    was_busy: bool,
}

impl Service {
    /// Starts the service on a free port.
    pub(crate) fn start() -> io::Result<Self> {
        let mut state = State::new();
        Loopback::start(move |origin, request| state.answer(origin, request)).map(Self)
    }

    /// The address of the service.
    pub(crate) fn root(&self) -> String {
        format!("{}{ROOT}", self.0.origin())
    }

    /// What came so far.
    #[allow(dead_code, reason = "the test reads it, the example does not")]
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}

impl State {
    fn new() -> Self {
        let user = |id: &str, name: &str, department: &str| {
            let mail = format!("{id}@example.com");
            json!({"@odata.type": "#office.user", "@odata.etag": "W/\"1\"", "id": id,
                "displayName": name, "mail": mail, "department": department})
        };
        let users = vec![
            user("ada", "Ada Lovelace", "Research"),
            user("alan", "Alan Turing", "Research"),
            user("barbara", "Barbara Liskov", "Research"),
            user("edsger", "Edsger Dijkstra", "Research"),
            user("grace", "Grace Hopper", "Operations"),
        ];
        let printer =
            json!({"@odata.type": "#office.device", "id": "printer", "displayName": "Printer"});
        let (members, files) = (vec![printer], BTreeMap::new());
        Self { users, members, files, uploads: Vec::new(), was_busy: false }
    }

    fn answer(&mut self, origin: &str, request: &Recorded) -> Answer {
        if let Some(number) = request.path.strip_prefix("/upload/") {
            return self.chunk(number, request);
        }
        let Some(path) = request.path.strip_prefix(ROOT) else { return missing() };
        if let Some(path) = path.strip_prefix("/me/drive/root:/") {
            return self.file(origin, path, request);
        }
        let root = format!("{origin}{ROOT}");
        match (request.method.as_str(), path) {
            ("POST", "/$batch") => self.batch(origin, request),
            ("GET", "/users") => self.list(&root, request),
            ("GET", "/users/delta()") => self.delta(&root, request),
            ("GET", "/me") => Answer::json(200, &self.users[0]),
            ("GET", "/me/mailboxSettings/substitute") => Answer::json(200, &self.users[4]),
            ("GET", "/me/messages") => Answer::json(200, &json!({"value": [message()]})),
            ("GET", "/me/messages/m1/attachments") => {
                Answer::json(200, &json!({"value": attachments()}))
            }
            ("GET", "/me/messages/m1/$value") => {
                let mime = b"MIME-Version: 1.0\r\nSubject: The plan\r\n\r\n".to_vec();
                Answer { body: mime, ..Answer::empty(200).with("content-type", "text/plain") }
            }
            ("POST", "/me/sendMail") => Answer::empty(202),
            ("POST", "/me/events") => {
                let mut event = request.json();
                event["id"] = json!("e1");
                Answer::json(201, &event)
            }
            ("GET", "/me/drive") if !std::mem::replace(&mut self.was_busy, true) => {
                error(429, "tooManyRequests", "Not so fast.").with("retry-after", "1")
            }
            ("GET", "/me/drive") => Answer::json(200, &json!({"id": "d1", "bytesLeft": 1_000_000})),
            ("GET", "/groups/readers/members") => {
                Answer::json(200, &json!({ "value": self.members }))
            }
            ("POST", "/groups/readers/members/$ref") => self.join(&root, request),
            (method, path) => match path.strip_prefix("/users/") {
                Some(id) => self.user(id, method, request),
                None => missing(),
            },
        }
    }

    fn find(&mut self, id: &str) -> Option<&mut Value> {
        self.users.iter_mut().find(|user| user["id"] == id)
    }

    /// Reads or changes one user.
    fn user(&mut self, id: &str, method: &str, request: &Recorded) -> Answer {
        let Some(user) = self.find(id) else { return missing() };
        if method == "PATCH" {
            if request.header("if-match").is_some_and(|etag| user["@odata.etag"] != etag) {
                return error(412, "preconditionFailed", "Somebody else changed it.");
            }
            if let (Value::Object(user), Value::Object(changes)) = (&mut *user, request.json()) {
                user.extend(changes);
            }
            user["@odata.etag"] = json!("W/\"2\"");
        }
        Answer::json(200, user)
    }

    /// A page of users: of the size that `$top` asks for, as in Microsoft Graph.
    fn list(&self, root: &str, request: &Recorded) -> Answer {
        let is_found = |user: &&Value| match request.option("$search") {
            Some(search) => search.contains(user["id"].as_str().unwrap_or_default()),
            None => user["department"] == "Research",
        };
        let users: Vec<&Value> = self.users.iter().filter(is_found).collect();
        let number = |name| request.option(name).and_then(|number| number.parse().ok());
        let (skip, top) = (number("$skiptoken").unwrap_or(0), number("$top").unwrap_or(usize::MAX));
        let mut page = json!({"value": users.iter().skip(skip).take(top).collect::<Vec<_>>()});
        if request.option("$count").is_some() {
            page["@odata.count"] = json!(users.len());
        }
        if skip.saturating_add(top) < users.len() {
            let next = format!("{root}/users?$top={top}&$skiptoken={}", skip + top);
            page["@odata.nextLink"] = json!(next);
        }
        Answer::json(200, &page)
    }

    /// Everybody in two pages at first, and later what changed since then.
    fn delta(&self, root: &str, request: &Recorded) -> Answer {
        let link = |token: &str| json!(format!("{root}/users/delta()?$deltatoken={token}"));
        let page = match request.option("$deltatoken") {
            None => json!({"value": self.users[..3], "@odata.nextLink": link("more")}),
            Some("more") => json!({"value": self.users[3..], "@odata.deltaLink": link("first")}),
            Some(_) => {
                let gone = json!({"id": "alan", "@removed": {"reason": "deleted"}});
                json!({"value": [self.users[0], gone], "@odata.deltaLink": link("second")})
            }
        };
        Answer::json(200, &page)
    }

    /// Adds a member by its address.
    fn join(&mut self, root: &str, request: &Recorded) -> Answer {
        let body = request.json();
        let address = body["@odata.id"].as_str().unwrap_or_default();
        let id = address.strip_prefix(root).and_then(|path| path.strip_prefix("/users/"));
        let Some(user) = id.and_then(|id| self.find(id)).cloned() else { return missing() };
        self.members.push(user);
        Answer::empty(204)
    }

    /// A file by its path: its item, its content, or the start of an upload.
    fn file(&mut self, origin: &str, path: &str, request: &Recorded) -> Answer {
        let (path, rest) = path.split_once(":/").unwrap_or((path, ""));
        match (request.method.as_str(), rest) {
            ("POST", "createUploadSession") => {
                self.uploads.push((path.to_owned(), Vec::new()));
                let url = format!("{origin}/upload/{}?key=secret", self.uploads.len() - 1);
                Answer::json(200, &json!({"uploadUrl": url, "nextExpectedRanges": ["0-"]}))
            }
            ("PUT", "content") => error(507, "quotaLimitReached", "The drive is full."),
            ("GET", "content") => match self.files.get(path) {
                Some(bytes) => Answer { body: bytes.clone(), ..Answer::empty(200) },
                None => missing(),
            },
            _ => missing(),
        }
    }

    /// Takes one part of a large file.
    fn chunk(&mut self, number: &str, request: &Recorded) -> Answer {
        let upload = number.parse().ok().and_then(|number: usize| self.uploads.get_mut(number));
        let Some((path, bytes)) = upload else { return missing() };
        bytes.extend(&request.body);
        let range = request.header("content-range").unwrap_or_default();
        let total = range.rsplit('/').next().and_then(|total| total.parse().ok());
        if total != Some(bytes.len()) {
            let missing = format!("{}-", bytes.len());
            return Answer::json(202, &json!({ "nextExpectedRanges": [missing] }));
        }
        let name = percent_decode_str(path.rsplit('/').next().unwrap_or_default());
        let name = name.decode_utf8_lossy();
        let item = json!({"id": "i1", "name": name, "size": bytes.len()});
        self.files.insert(path.clone(), std::mem::take(bytes));
        Answer::json(201, &item)
    }

    /// Answers each part like a request of its own.
    fn batch(&mut self, origin: &str, request: &Recorded) -> Answer {
        let body = request.json();
        let parts = body["requests"].as_array().into_iter().flatten();
        let answers = parts.map(|part| {
            let text = |name: &str| part[name].as_str().unwrap_or_default().to_owned();
            let url = text("url");
            let target = format!("{ROOT}/{}", url.trim_start_matches('/'));
            let mut one = Recorded::new(&text("method"), &target);
            one.body = part["body"].to_string().into_bytes();
            let answer = self.answer(origin, &one);
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let headers: BTreeMap<_, _> = answer.headers.into_iter().collect();
            json!({"id": part["id"], "status": answer.status, "headers": headers, "body": body})
        });
        let answers: Vec<Value> = answers.collect();
        Answer::json(200, &json!({ "responses": answers }))
    }
}

fn error(status: u16, code: &str, message: &str) -> Answer {
    let error = json!({"code": code, "message": message, "innerError": {"date": "2026-11-30"}});
    Answer::json(status, &json!({ "error": error })).with("request-id", format!("r-{status}"))
}

fn missing() -> Answer {
    error(404, "resourceNotFound", "There is no such resource.")
}

fn message() -> Value {
    json!({"id": "m1", "subject": "The plan", "isRead": false, "importance": "high",
        "from": {"emailAddress": {"name": "Grace", "address": "grace@example.com"}}})
}

fn attachments() -> Value {
    json!([
        {"@odata.type": "#office.fileAttachment", "id": "a1", "name": "plan.txt", "size": 8,
            "contentBytes": "VGhlIHBsYW4="},
        {"@odata.type": "#office.itemAttachment", "id": "a2", "name": "Re: plan", "size": 100},
    ])
}
