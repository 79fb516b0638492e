//! When a client asks its credential for a token, and when it uses the one that it has.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError};
use schemacrate_runtime::{
    BoxError, BoxFuture, Credential, Error, ErrorKind, Request, ServiceClient, Token, TokenRequest,
    bytes::Bytes, http,
};
use tokio::sync::Semaphore;

const MINUTE: Duration = Duration::from_secs(60);

/// What a credential does when it is called for the nth time.
type Reaction = dyn Fn(usize) -> Result<Token, BoxError> + Send + Sync;

/// A credential that counts how often it is called, and that can be made to wait.
#[derive(Clone)]
struct Counting {
    asked: Arc<Mutex<Vec<TokenRequest>>>,
    /// How many calls may go on; each takes one.
    permits: Arc<Semaphore>,
    started: Arc<AtomicUsize>,
    react: Arc<Reaction>,
}

impl Counting {
    fn new(react: impl Fn(usize) -> Result<Token, BoxError> + Send + Sync + 'static) -> Self {
        Self {
            asked: Arc::default(),
            permits: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            started: Arc::default(),
            react: Arc::new(react),
        }
    }

    /// A credential whose calls wait until the test lets them go.
    fn held(react: impl Fn(usize) -> Result<Token, BoxError> + Send + Sync + 'static) -> Self {
        Self { permits: Arc::new(Semaphore::new(0)), ..Self::new(react) }
    }

    fn let_go(&self, calls: usize) {
        self.permits.add_permits(calls);
    }

    /// Waits until the credential was asked so often.
    async fn until_started(&self, calls: usize) {
        while self.started.load(Ordering::SeqCst) < calls {
            tokio::task::yield_now().await;
        }
    }

    fn asked(&self) -> Vec<TokenRequest> {
        self.asked.lock().expect("a lock").clone()
    }
}

impl Credential for Counting {
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async move {
            let call = {
                let mut asked = self.asked.lock().expect("a lock");
                asked.push(request);
                asked.len()
            };
            self.started.fetch_add(1, Ordering::SeqCst);
            self.permits.acquire().await.expect("not closed").forget();
            (self.react)(call)
        })
    }
}

/// A service that accepts one token and refuses all others, with or without claims.
#[derive(Clone, Default)]
struct Guarded {
    accepts: Arc<Mutex<String>>,
    claims: Option<&'static str>,
    served: Arc<AtomicUsize>,
    clock: Replay,
}

impl Guarded {
    fn accept(&self, token: &str) {
        token.clone_into(&mut self.accepts.lock().expect("a lock"));
    }
}

impl Transport for Guarded {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            self.served.fetch_add(1, Ordering::SeqCst);
            // So that many requests are under way before the first one is answered.
            tokio::time::sleep(Duration::from_millis(5)).await;
            let expected = format!("Bearer {}", self.accepts.lock().expect("a lock"));
            if request.headers()["authorization"] == *expected {
                return Ok(http::Response::new(Body::from(Bytes::from_static(br#""x""#))));
            }
            let claims = self.claims.map(|claims| format!("Bearer claims=\"{claims}\""));
            let response = http::Response::builder().status(401);
            let response = response.header("www-authenticate", claims.unwrap_or_default());
            Ok(response.body(Body::default()).expect("a response"))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Only the timeout of a try, which these tests do not reach.
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> SystemTime {
        self.clock.now()
    }
}

fn client(credential: impl Credential, transport: impl Transport) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").credential(credential);
    builder.transport(transport).no_timeout().build().expect("a client")
}

async fn read(client: &ServiceClient) -> Result<String, Error> {
    let request: Request<String> = client.resource("a").get();
    request.await
}

/// Reads once with a `Replay` and returns the token that was sent.
async fn sent(client: &ServiceClient, service: &Replay) -> String {
    service.answer(200, r#""x""#);
    read(client).await.expect("200");
    let requests = service.requests();
    let last = requests.last().expect("a request");
    last.headers()["authorization"].to_str().expect("text").to_owned()
}

fn minutes(count: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + count * MINUTE
}

fn numbered(call: usize) -> Token {
    Token::new(format!("t{call}"))
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_it_expires() {
    let service = Replay::new();
    let credential = Counting::new({
        let service = service.clone();
        move |call| Ok(numbered(call).with_expires_at(service.now() + 60 * MINUTE))
    });
    let client = client(credential.clone(), service.clone());
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(54 * MINUTE).await;
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(MINUTE).await;
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    service.sleep(1000 * MINUTE).await;
    assert_eq!(sent(&client, &service).await, "Bearer t3");
    let asked = credential.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|request| !request.is_refresh()));
    assert_eq!(asked[2].scopes(), ["https://example.com/.default"]);
}

#[tokio::test]
async fn a_short_lived_token_is_used_for_nine_tenths_of_its_life() {
    let service = Replay::new();
    let credential = Counting::new(|call| {
        Ok(numbered(call).with_expires_at(if call == 1 { minutes(10) } else { minutes(90) }))
    });
    let client = client(credential, service.clone());
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(9 * MINUTE - Duration::from_secs(1)).await;
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(Duration::from_secs(1)).await;
    assert_eq!(sent(&client, &service).await, "Bearer t2");
}

#[tokio::test]
async fn a_token_without_an_end_is_asked_for_once() {
    let service = Replay::new();
    let credential = Counting::new(|call| Ok(numbered(call)));
    let client = client(credential.clone(), service.clone());
    for _ in 0..3 {
        assert_eq!(sent(&client, &service).await, "Bearer t1");
        service.sleep(1_000_000 * MINUTE).await;
    }
    assert_eq!(credential.asked().len(), 1);
}

#[tokio::test]
async fn a_token_that_has_expired_already_is_used_once() {
    let service = Replay::new();
    service.sleep(10 * MINUTE).await;
    let credential = Counting::new(|call| Ok(numbered(call).with_expires_at(minutes(1))));
    let client = client(credential.clone(), service.clone());
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    assert_eq!(sent(&client, &service).await, "Bearer t2");
}

#[tokio::test]
async fn without_the_cache_the_credential_is_asked_each_time() {
    let service = Replay::new();
    let credential = Counting::new(|call| Ok(numbered(call)));
    let builder = ServiceClient::builder("https://example.com/v1").credential(credential.clone());
    let client = builder.transport(service.clone()).no_token_cache().build().expect("a client");
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    service.answer(401, "");
    assert_eq!(sent(&client, &service).await, "Bearer t4");
    let refreshes: Vec<_> = credential.asked().iter().map(TokenRequest::is_refresh).collect();
    assert_eq!(refreshes, [false, false, false, true]);
}

#[tokio::test]
async fn a_failed_renewal_leaves_the_old_token_in_use_until_it_expires() {
    let service = Replay::new();
    let credential = Counting::new(|call| match call {
        1 => Ok(numbered(1).with_expires_at(minutes(60))),
        _ => Err("the identity provider is down".into()),
    });
    let client = client(credential.clone(), service.clone());
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(56 * MINUTE).await;
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    assert_eq!(credential.asked().len(), 2);
    // The credential is not called for a while, and then again.
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    assert_eq!(credential.asked().len(), 2);
    service.sleep(MINUTE).await;
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    assert_eq!(credential.asked().len(), 3);
    service.sleep(3 * MINUTE).await;
    let error = read(&client).await.expect_err("expired");
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(error.to_string().contains("is down"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_requests_ask_once() {
    let service = Guarded::default();
    service.accept("t1");
    let credential = Counting::held(|call| Ok(numbered(call)));
    let client = client(credential.clone(), service.clone());
    let reads = spawn_reads(&client, 200);
    credential.until_started(1).await;
    settle().await;
    credential.let_go(1000);
    for read in reads {
        assert_eq!(read.await.expect("no panic").expect("200"), "x");
    }
    assert_eq!(credential.asked().len(), 1);
    assert_eq!(service.served.load(Ordering::SeqCst), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_waited_for_a_failure_gets_it_and_it_is_not_kept() {
    let credential = Counting::held(|call| match call {
        1 => Err(std::io::Error::other("signed out").into()),
        _ => Ok(numbered(call)),
    });
    let service = Guarded::default();
    service.accept("t2");
    let client = client(credential.clone(), service.clone());
    let reads = spawn_reads(&client, 50);
    credential.until_started(1).await;
    settle().await;
    credential.let_go(1);
    for read in reads {
        let error = read.await.expect("no panic").expect_err("no token");
        assert_eq!(error.kind(), ErrorKind::Credential);
        let source = std::error::Error::source(&error).expect("a source");
        assert!(source.is::<std::io::Error>(), "the error of the credential is the source");
    }
    assert_eq!(credential.asked().len(), 1);
    assert_eq!(service.served.load(Ordering::SeqCst), 0);

    credential.let_go(1);
    assert_eq!(read(&client).await.expect("200"), "x");
    assert_eq!(credential.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_one_takes_over_from_who_is_cancelled() {
    let credential = Counting::held(|call| Ok(numbered(call)));
    let service = Guarded::default();
    service.accept("t2");
    let client = client(credential.clone(), service.clone());
    let first = spawn_reads(&client, 1).remove(0);
    credential.until_started(1).await;
    let others = spawn_reads(&client, 20);
    settle().await;
    first.abort();
    assert!(first.await.expect_err("cancelled").is_cancelled());
    credential.until_started(2).await;
    credential.let_go(1000);
    for read in others {
        assert_eq!(read.await.expect("no panic").expect("200"), "x");
    }
    assert_eq!(credential.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_stops_waiting_holds_up_nobody() {
    let credential = Counting::held(|call| Ok(numbered(call)));
    let service = Guarded::default();
    service.accept("t1");
    let client = client(credential.clone(), service.clone());
    let first = spawn_reads(&client, 1).remove(0);
    credential.until_started(1).await;
    let others = spawn_reads(&client, 20);
    settle().await;
    for (place, waiting) in others.iter().enumerate() {
        if place % 2 == 0 {
            waiting.abort();
        }
    }
    settle().await;
    credential.let_go(1000);
    assert_eq!(first.await.expect("no panic").expect("200"), "x");
    for (place, waiting) in others.into_iter().enumerate() {
        match waiting.await {
            Ok(read) => assert_eq!(read.expect("200"), "x"),
            Err(error) => assert!(error.is_cancelled() && place % 2 == 0),
        }
    }
    assert_eq!(credential.asked().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_a_good_token_is_renewed_the_others_use_it() {
    let service = Guarded::default();
    service.accept("t1");
    let credential = Counting::held(|call| {
        Ok(numbered(call).with_expires_at(if call == 1 { minutes(60) } else { minutes(120) }))
    });
    let client = client(credential.clone(), service.clone());
    credential.let_go(1);
    read(&client).await.expect("200");
    service.clock.sleep(57 * MINUTE).await;
    let renewing = spawn_reads(&client, 1).remove(0);
    credential.until_started(2).await;
    for read in spawn_reads(&client, 50) {
        assert_eq!(read.await.expect("no panic").expect("200"), "x");
    }
    assert_eq!(credential.asked().len(), 2);
    service.accept("t2");
    credential.let_go(1);
    assert_eq!(renewing.await.expect("no panic").expect("200"), "x");
    assert_eq!(read(&client).await.expect("200"), "x");
    assert_eq!(credential.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_that_many_find_refused_is_replaced_once() {
    for claims in [None, Some("eyJh")] {
        let service = Guarded { claims, ..Guarded::default() };
        let credential = Counting::new(|call| Ok(numbered(call)));
        let client = client(credential.clone(), service.clone());
        service.accept("t1");
        read(&client).await.expect("200");
        service.accept("t2");
        for read in spawn_reads(&client, 100) {
            assert_eq!(read.await.expect("no panic").expect("200"), "x");
        }
        let asked = credential.asked();
        assert_eq!(asked.len(), 2, "{claims:?}");
        assert!(asked[1].is_refresh());
        assert_eq!(asked[1].claims(), claims);
    }
}

#[tokio::test]
async fn other_claims_are_asked_for_again() {
    let service = Replay::new();
    let credential = Counting::new(|call| Ok(numbered(call)));
    let client = client(credential.clone(), service.clone());
    let refuse = |claims: &str| {
        let response = http::Response::builder().status(401);
        let response = response.header("www-authenticate", format!("Bearer claims=\"{claims}\""));
        service.respond(response.body("".into()).expect("a response"));
    };
    refuse("one");
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    refuse("two");
    assert_eq!(sent(&client, &service).await, "Bearer t3");
    let asked = credential.asked();
    let claims: Vec<_> = asked.iter().map(TokenRequest::claims).collect();
    assert_eq!(claims, [None, Some("one"), Some("two")]);
}

type Reading = tokio::task::JoinHandle<Result<String, Error>>;

fn spawn_reads(client: &ServiceClient, count: usize) -> Vec<Reading> {
    let spawn = |_| {
        let client = client.clone();
        tokio::spawn(async move { read(&client).await })
    };
    (0..count).map(spawn).collect()
}

/// Lets the spawned tasks reach the credential.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
