//! A service on loopback that does what a test specifies and records what it is sent.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use schemacrate_runtime::transport::{Body, ReqwestTransport, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, ClientBuilder, ServiceClient};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the service does with a request.
pub(crate) enum Reaction {
    /// Sends these bytes and keeps the connection.
    Send(String),
    /// Sends these bytes and closes the connection.
    SendAndClose(String),
    /// Sends nothing and keeps the connection.
    Silence,
}

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Recorded {
    /// The value of a header, whose name is in lower case; `None` if it is not there once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let first = values.next().map(|(_, value)| value.as_str());
        first.filter(|_| values.next().is_none())
    }
}

#[derive(Default)]
struct State {
    reactions: VecDeque<Reaction>,
    recorded: Vec<Recorded>,
    sleeps: Vec<Duration>,
}

/// A service that listens until the test's runtime ends.
#[derive(Clone)]
pub(crate) struct Service {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Service {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port on loopback");
        let service =
            Self { address: listener.local_addr().expect("an address"), state: Arc::default() };
        let serving = service.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        service
    }

    /// An address of the service.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A builder for a client of the service that waits for nothing and has no timeout.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let transport = Impatient { http: http(), state: Arc::clone(&self.state) };
        ServiceClient::builder(self.url("/beta")).transport(transport).no_timeout()
    }

    /// A client of the service with the token `token`.
    pub(crate) fn client(&self) -> ServiceClient {
        self.builder().credential("token").build().expect("a client")
    }

    pub(crate) fn react(&self, reaction: Reaction) {
        self.with(|state| state.reactions.push_back(reaction));
    }

    /// Answers with a JSON body.
    pub(crate) fn answer(&self, status: &str, body: &str) {
        self.answer_with(status, &["content-type: application/json"], body);
    }

    /// Answers with these header lines.
    pub(crate) fn answer_with(&self, status: &str, headers: &[&str], body: &str) {
        let mut text = format!("HTTP/1.1 {status}\r\n");
        for header in headers {
            text.extend([header, "\r\n"]);
        }
        if !status.starts_with("204") {
            text.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        text.extend(["\r\n", body]);
        self.react(Reaction::Send(text));
    }

    /// The requests so far.
    pub(crate) fn recorded(&self) -> Vec<Recorded> {
        self.with(|state| state.recorded.clone())
    }

    /// The one request so far.
    pub(crate) fn only(&self) -> Recorded {
        let recorded = self.recorded();
        assert_eq!(recorded.len(), 1, "{recorded:?}");
        recorded[0].clone()
    }

    /// How long the client asked to wait.
    pub(crate) fn sleeps(&self) -> Vec<Duration> {
        self.with(|state| state.sleeps.clone())
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn serve(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        while let Some(recorded) = read(&mut stream).await {
            let reaction = self.with(|state| {
                state.recorded.push(recorded);
                state.reactions.pop_front()
            });
            let (text, close) = match reaction {
                Some(Reaction::Send(text)) => (text, false),
                Some(Reaction::SendAndClose(text)) => (text, true),
                Some(Reaction::Silence) => return std::future::pending().await,
                None => {
                    ("HTTP/1.1 599 No reaction prepared\r\ncontent-length: 0\r\n\r\n".into(), true)
                }
            };
            let sent = stream.get_mut().write_all(text.as_bytes()).await;
            if close || sent.is_err() {
                return;
            }
        }
    }
}

/// Reads one request; `None` at the end of the connection.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Recorded> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|length| *length > 0)?;
    let mut parts = line.split_whitespace().map(str::to_owned);
    let (method, target) = (parts.next()?, parts.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut recorded = Recorded { method, target, headers, body: String::new() };
    let length =
        recorded.header("content-length").map_or(0, |length| length.parse().expect("a length"));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    recorded.body = String::from_utf8(body).expect("a body in UTF-8");
    Some(recorded)
}

/// Real HTTP, whatever proxy the machine may have.
pub(crate) fn http() -> ReqwestTransport {
    let settings = reqwest::Client::builder().no_proxy();
    ReqwestTransport::from_builder(settings).expect("a transport")
}

/// Sends through real HTTP, but notes a delay instead of waiting.
struct Impatient {
    http: ReqwestTransport,
    state: Arc<Mutex<State>>,
}

impl Transport for Impatient {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.http.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.sleeps.push(duration);
        })
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }
}
