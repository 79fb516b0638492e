//! Tokens that a client gets with the id and the secret of a program.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use schemacrate_runtime::transport::{Body, Replay, Transport, TransportError};
use schemacrate_runtime::{BoxFuture, ClientCredentials, ErrorKind, bytes::Bytes, http};

use crate::guarded::{self, builder, client, read};

const OK: &str = r#""text""#;

fn issue(service: &Replay, token: &str, seconds: u64) {
    service.answer(
        200,
        format!(r#"{{"access_token":"{token}","token_type":"bearer","expires_in":{seconds}}}"#),
    );
}

fn program() -> ClientCredentials {
    ClientCredentials::new("https://login.example.com/token?v=2", "my id", "s3cret/9876543210")
}

#[tokio::test]
async fn a_token_is_asked_for_as_the_standard_has_it() {
    let service = Replay::new();
    issue(&service, "t1", 3600);
    service.answer(200, OK);
    service.answer(200, OK);
    let program = program().scopes(["pets.read", "pets.write"]).parameter("audience", "pets & co");
    let client = client(&service).authorize("oAuth", program.clone());
    assert!(!format!("{program:?} {client:?}").contains("s3cret"));
    read(&client, &guarded::TOKEN).await.expect("200");
    read(&client.clone(), &guarded::TOKEN).await.expect("200");
    let sent = service.requests();
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[0].method(), "POST");
    assert_eq!(sent[0].uri(), "https://login.example.com/token?v=2");
    // `my+id:s3cret%2F9876543210`
    assert_eq!(sent[0].headers()["authorization"], "Basic bXkraWQ6czNjcmV0JTJGOTg3NjU0MzIxMA==");
    assert_eq!(sent[0].headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(
        sent[0].body(),
        "grant_type=client_credentials&scope=pets.read+pets.write&audience=pets+%26+co"
    );
    assert_eq!(sent[1].headers()["authorization"], "Bearer t1");
    assert_eq!(sent[2].headers()["authorization"], "Bearer t1");
}

#[tokio::test]
async fn it_is_the_credential_of_a_client_too_and_its_secret_can_be_in_the_body() {
    let service = Replay::new();
    service.answer(200, r#"{"access_token":"t1","expires_in":"60"}"#);
    service.answer(401, "");
    issue(&service, "t2", 60);
    service.answer(200, OK);
    let client = builder(&service).credential(program().secret_in_body()).build();
    read(&client.expect("a client").0, &guarded::UNSAID).await.expect("200");
    let sent = service.requests();
    let body = "grant_type=client_credentials&client_id=my+id&client_secret=s3cret%2F9876543210";
    assert_eq!(sent[0].body(), body);
    assert!(!sent[0].headers().contains_key("authorization"));
    assert_eq!(sent[1].headers()["authorization"], "Bearer t1");
    assert_eq!(sent[3].headers()["authorization"], "Bearer t2");
}

#[tokio::test]
async fn a_refusal_is_shown_without_the_secret() {
    for (status, body, expected) in [
        (
            401,
            r#"{"error":"invalid_client","error_description":"s3cret\/9876543210 is wrong"}"#,
            "POST {link}: 401 Unauthorized: invalid_client: [key] is wrong",
        ),
        (200, "{}", "the answer has no member `access_token`"),
        (200, r#"{"access_token":"t","token_type":"mac"}"#, "`mac`, and not a bearer token"),
        (200, r#"{"access_token":"a\nb"}"#, "a character that a header cannot carry"),
        (302, "", "redirects, which is not followed"),
    ] {
        let service = Replay::new();
        service.answer(status, body);
        let client = client(&service).authorize("oAuth", program());
        let error = read(&client, &guarded::TOKEN).await.expect_err(expected);
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        assert_eq!(service.requests().len(), 1);
    }
    let service = Replay::new();
    for address in ["http://login.example.com/token", "token", "ftp://login.example.com/"] {
        let program = ClientCredentials::new(address, "id", "secret");
        let client = client(&service).authorize("oAuth", program);
        let error = read(&client, &guarded::TOKEN).await.expect_err(address);
        assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    }
    assert!(service.requests().is_empty());
}

/// A service that withdraws its token in the middle of each round of requests, and issues another one.
#[derive(Clone, Default)]
struct Rotating(Arc<Mutex<Rotation>>);

#[derive(Default)]
struct Rotation {
    /// How many tokens were issued; only the last one may be good.
    issued: usize,
    /// How many requests were answered.
    used: usize,
    refused: usize,
    is_withdrawn: bool,
}

/// How many requests are sent at once.
const ROUND: usize = 1000;

/// After how many of them the token is withdrawn.
const WITHDRAWN: usize = 300;

impl Transport for Rotating {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = |status: u16, body: String| {
                let response = http::Response::builder().status(status);
                Ok(response.body(Body::from(Bytes::from(body))).expect("a response"))
            };
            if request.uri().host() == Some("login.example.com") {
                (state.issued, state.is_withdrawn) = (state.issued + 1, false);
                let token = format!("t{}", state.issued);
                return answer(200, format!(r#"{{"access_token":"{token}","expires_in":3600}}"#));
            }
            let sent = request.headers()["authorization"].to_str().expect("ASCII").to_owned();
            if state.is_withdrawn || sent != format!("Bearer t{}", state.issued) {
                state.refused += 1;
                return answer(401, String::new());
            }
            state.used += 1;
            state.is_withdrawn = state.used % ROUND == WITHDRAWN;
            answer(200, OK.to_owned())
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_once_share_tokens() {
    // Tokens that last: one is asked for.
    let service = Replay::new();
    issue(&service, "t1", 3600);
    (0..ROUND).for_each(|_| service.answer(200, OK));
    // The clock of the double jumps, so whoever waits for the token of another would be too late.
    let client = builder(&service).no_timeout().build().expect("a client").0;
    all(&client.authorize("oAuth", program())).await.expect("each");
    let asked = service.requests().iter().filter(|sent| sent.method() == "POST").count();
    assert_eq!((asked, service.requests().len()), (1, ROUND + 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tokens_that_the_service_withdraws_are_replaced_once_each() {
    let service = Rotating::default();
    let client = builder(&Replay::new()).transport(service.clone()).no_timeout().build();
    let client = client.expect("a client").0.authorize("oAuth", program());
    for _ in 0..3 {
        all(&client).await.expect("each, with one token or the next");
    }
    let state = service.0.lock().expect("a lock");
    assert_eq!((state.issued, state.used), (4, 3 * ROUND));
    assert!(state.refused >= 3, "{}", state.refused);
}

/// Sends a thousand requests at once.
async fn all(
    client: &schemacrate_runtime::ServiceClient,
) -> Result<(), schemacrate_runtime::Error> {
    let mut tasks = Vec::new();
    for _ in 0..ROUND {
        tasks.push(tokio::spawn(read(client, &guarded::TOKEN).into_future()));
    }
    for task in tasks {
        task.await.expect("no panic")?;
    }
    Ok(())
}
