//! Requests from code that is not asynchronous, through real HTTP on loopback.
#![cfg(all(feature = "blocking", feature = "reqwest"))]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use schemacrate_runtime::transport::{Replay, ReqwestTransport};
use schemacrate_runtime::{Error, ErrorKind, Request, ServiceClient, blocking};

/// A service that answers each request with its path, or never, if that ends in `silent`. It
/// keeps its connections, so that they outlive the call that made them.
struct Service {
    root: String,
    connections: Arc<AtomicUsize>,
}

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
        let root = format!("http://{}", listener.local_addr().expect("an address"));
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || serve(stream));
            }
        });
        Self { root, connections }
    }

    fn client(&self, timeout: Duration) -> ServiceClient {
        let transport = ReqwestTransport::direct().expect("a transport");
        let builder =
            ServiceClient::builder(self.root.as_str()).transport(transport).timeout(timeout);
        builder.credential("token").build().expect("a client")
    }
}

fn serve(stream: TcpStream) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut first = String::new();
        stream.read_line(&mut first).ok().filter(|length| *length > 0)?;
        let mut line = String::new();
        while line.trim_end() != "" || line.is_empty() {
            line.clear();
            stream.read_line(&mut line).ok().filter(|length| *length > 0)?;
        }
        let path = first.split(' ').nth(1)?;
        if path.ends_with("silent") {
            thread::sleep(Duration::from_secs(10));
            return None;
        }
        let body = format!("\"{path}\"");
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.get_mut().write_all(format!("{head}{body}").as_bytes()).ok()?;
    }
}

fn read(client: &ServiceClient, key: &str) -> Request<String> {
    client.resource("books").key_segment(key).get()
}

#[test]
fn a_request_waits_for_its_answer() {
    let service = Service::start();
    let client = service.client(Duration::from_secs(60));
    assert_eq!(read(&client, "7").send_blocking().expect("200"), "/books/7");
    let answer = read(&client, "8").send_full_blocking().expect("200");
    assert_eq!((answer.status().as_u16(), answer.value().as_str()), (200, "/books/8"));
}

/// A call that comes before the thread in the background has put the connection back opens another one.
#[test]
fn connections_are_kept_from_one_call_to_the_next() {
    const CALLS: usize = 50;
    let service = Service::start();
    let client = service.client(Duration::from_secs(60));
    for _ in 0..CALLS {
        read(&client, "7").send_blocking().expect("200");
    }
    assert!(service.connections.load(Ordering::SeqCst) < CALLS);
}

#[test]
fn the_timeout_ends_the_wait() {
    let client = Service::start().client(Duration::from_millis(50));
    let start = Instant::now();
    let error = read(&client, "silent").send_blocking().expect_err("no answer");
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(9));
}

#[test]
fn many_threads_call_at_once() {
    let service = Service::start();
    let client = service.client(Duration::from_secs(60));
    let start = Barrier::new(16);
    thread::scope(|scope| {
        for number in 0..16 {
            let (client, start) = (&client, &start);
            scope.spawn(move || {
                start.wait();
                for call in 0..10 {
                    let key = format!("{number}-{call}");
                    let answer = read(client, &key).send_blocking().expect("200");
                    assert_eq!(answer, format!("/books/{key}"));
                }
            });
        }
    });
}

#[test]
fn a_panic_of_one_call_leaves_the_others_alone() {
    let panicking = || blocking::run(async { panic!("a fault of the caller") });
    let result: Result<Result<(), Error>, _> = thread::spawn(panicking).join();
    assert!(result.is_err());
    assert_eq!(blocking::run(async { Ok(1) }).expect("it still works"), 1);
}

/// Makes a call on this thread, and returns its result and how many requests were sent.
fn call_here() -> (Result<String, ErrorKind>, usize) {
    let service = Replay::new();
    service.answer(200, r#""x""#);
    let builder = ServiceClient::builder("https://example.com").transport(service.clone());
    let client = builder.build().expect("a client");
    let result = read(&client, "7").send_blocking();
    if let Err(error) = &result {
        assert!(error.to_string().contains("`.await`"), "{error}");
    }
    (result.map_err(|error| error.kind()), service.requests().len())
}

#[test]
fn the_double_needs_no_connection() {
    assert_eq!(call_here(), (Ok("x".to_owned()), 1));
}

#[tokio::test]
async fn within_a_runtime_of_one_thread_it_is_an_error() {
    assert_eq!(call_here(), (Err(ErrorKind::Blocking), 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_a_runtime_of_many_threads_it_is_an_error() {
    let spawned = tokio::spawn(async { call_here() });
    assert_eq!(spawned.await.expect("no panic"), (Err(ErrorKind::Blocking), 0));
}

#[test]
fn within_a_blocking_call_it_is_an_error() {
    let nested = blocking::run(async { Ok(call_here()) }).expect("the outer one works");
    assert_eq!(nested, (Err(ErrorKind::Blocking), 0));
}

#[tokio::test]
async fn a_thread_for_blocking_work_uses_the_runtime_at_hand() {
    let client = Service::start().client(Duration::from_secs(60));
    let work = move || {
        let refused = read(&client, "7").send_blocking().map_err(|error| error.kind());
        let answer = tokio::runtime::Handle::current().block_on(read(&client, "7").send());
        (refused, answer.expect("200"))
    };
    let (refused, answer) = tokio::task::spawn_blocking(work).await.expect("no panic");
    assert_eq!(refused, Err(ErrorKind::Blocking));
    assert_eq!(answer, "/books/7");
}
