//! A server on loopback for the services of the examples.
//!
//! Enters: a function that answers requests. Leaves: its answers over HTTP, and the record of what came.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Answers a request to the server with an origin.
type Answering = dyn FnMut(&str, &Recorded) -> Answer + Send;

/// A server, which runs as long as the program.
#[derive(Clone)]
pub(crate) struct Loopback {
    origin: String,
    state: Arc<Mutex<State>>,
}

struct State {
    requests: Vec<Recorded>,
    answering: Box<Answering>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// The method.
    pub(crate) method: String,
    /// The path, percent-encoded.
    pub(crate) path: String,
    /// The query, decoded.
    pub(crate) query: String,
    /// The headers, with names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Loopback {
    /// Starts a server on a free port.
    pub(crate) fn start(
        answering: impl FnMut(&str, &Recorded) -> Answer + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let state = State { requests: Vec::new(), answering: Box::new(answering) };
        let server = Self { origin, state: Arc::new(Mutex::new(state)) };
        let copy = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = copy.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        Ok(server)
    }

    /// The scheme, the host and the port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// What came so far.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the requests of one connection until it is closed.
    fn serve(&self, mut stream: &TcpStream) -> io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some(request) = Recorded::read(&mut reader)? {
            let mut state = self.state();
            state.requests.push(request.clone());
            let answer = (state.answering)(&self.origin, &request);
            drop(state);
            stream.write_all(&answer.bytes())?;
        }
        Ok(())
    }
}

impl Recorded {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A request without headers and body.
    pub(crate) fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = percent_decode_str(query).decode_utf8_lossy().into_owned();
        let headers = BTreeMap::new();
        Self { method: method.to_owned(), path: path.to_owned(), query, headers, body: Vec::new() }
    }

    /// Reads a request; `None` at the end of the connection.
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
        let mut request = Self::new(method, target);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            request.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = request.header("content-length").and_then(|length| length.parse().ok());
        reader.take(length.unwrap_or(0)).read_to_end(&mut request.body)?;
        Ok(Some(request))
    }

    /// The value of an option of the query.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
    }

    /// The body; null if it is not JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let body = body.to_string().into_bytes();
        Self { body, ..Self::empty(status) }.with("content-type", "application/json")
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} -\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 {
            head.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }
}
