//! Retries, limits of time and tokens of single requests, pages, batches, uploads and operations.

use std::future::pending;
use std::time::Duration;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::transport::{Replay, TransportError, TransportFailure};
use schemacrate_runtime::{
    ClientBuilder, ErrorKind, LongRunning, Request, RetryPolicy, ServiceClient, Token, Upload,
    credential_fn,
};

use crate::{client, respond};

const SECOND: Duration = Duration::from_secs(1);

fn builder(service: &Replay) -> ClientBuilder {
    let builder = ServiceClient::builder("https://example.com/v1").credential("of-client");
    builder.transport(service.clone())
}

/// The tokens that were sent, `-` for none.
fn tokens(service: &Replay) -> Vec<String> {
    let token = |request: schemacrate_runtime::http::Request<Bytes>| {
        let header = request.headers().get("authorization").cloned();
        header.map_or("-".to_owned(), |value| value.to_str().expect("ASCII").to_owned())
    };
    service.requests().into_iter().map(token).collect()
}

fn busy(service: &Replay, times: usize) {
    for _ in 0..times {
        respond(service, 503, &[("retry-after", "1")], "");
    }
}

#[tokio::test]
async fn a_request_has_a_retry_policy_of_its_own() {
    for (policy, sent) in [(RetryPolicy::none(), 1), (RetryPolicy::default().max_retries(5), 6)] {
        let service = Replay::new();
        busy(&service, 6);
        let read: Request<String> = client(&service).resource("a").get().retry(policy);
        assert!(read.await.expect_err("503").is_unavailable());
        assert_eq!(service.requests().len(), sent);
    }
}

#[tokio::test]
async fn each_page_is_sent_like_the_first() {
    let service = Replay::new();
    service.answer(200, r#"{"value":["a"],"@odata.nextLink":"tags?$skip=1"}"#);
    busy(&service, 1);
    let list = client(&service).resource("tags").list::<String>();
    let list = list.retry(RetryPolicy::none()).token("Bearer of-user");
    assert!(list.all().await.expect_err("503").is_unavailable());
    assert_eq!(tokens(&service), ["Bearer of-user"; 2]);
}

#[tokio::test]
async fn a_total_timeout_ends_the_retries() {
    for (total, sent) in [(SECOND * 5, 4), (SECOND * 3, 3), (SECOND, 1)] {
        let service = Replay::new();
        busy(&service, 4);
        let read: Request<String> = client(&service).resource("a").get().total_timeout(total);
        let error = read.await.expect_err("503");
        assert!(error.is_unavailable(), "{error}");
        assert_eq!(service.requests().len(), sent, "{total:?}");

        let service = Replay::new();
        busy(&service, 4);
        let client = builder(&service).total_timeout(total).build().expect("a client");
        let read: Request<String> = client.resource("a").get();
        read.await.expect_err("503");
        assert_eq!(service.requests().len(), sent, "{total:?} of the client");
    }
}

/// A credential that never returns.
fn silent() -> impl schemacrate_runtime::Credential {
    credential_fn(|_| pending())
}

#[tokio::test]
async fn a_credential_that_hangs_is_named() {
    let service = Replay::new();
    let client = builder(&service).credential(silent()).timeout(SECOND * 9).build();
    let read: Request<String> = client.expect("a client").resource("a").get();
    let error = read.clone().await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::CredentialTimeout);
    assert!(error.is_timeout() && error.is_credential());
    assert_eq!(error.to_string(), "GET /a: the credential returned no token within 9s");
    let error = read.total_timeout(SECOND * 2).await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::CredentialTimeout);
    assert_eq!(error.to_string(), "GET /a: the credential returned no token within 2s in total");
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_credential_that_hangs_after_a_refusal_is_named() {
    let service = Replay::new();
    service.answer(401, "");
    let credential = credential_fn(|request| async move {
        if request.is_refresh() {
            pending::<()>().await;
        }
        Ok(Token::new("old"))
    });
    let client = builder(&service).credential(credential).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    let error = read.await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::CredentialTimeout, "{error}");
}

#[tokio::test]
async fn a_request_has_a_credential_of_its_own_which_its_clones_share() {
    let service = Replay::new();
    for _ in 0..4 {
        service.answer(200, r#""x""#);
    }
    let client = client(&service);
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    let credential = credential_fn(move |request| {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { Ok(Token::new(request.scopes().join(" "))) }
    });
    let read: Request<String> = client.resource("a").get();
    let own = read.clone().credential(credential);
    own.clone().await.expect("200");
    own.await.expect("200");
    read.clone().token("of-user").await.expect("200");
    read.await.expect("200");
    let default = "Bearer https://example.com/.default";
    assert_eq!(tokens(&service), [default, default, "Bearer of-user", "Bearer s3cret-token"]);
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_of_a_request_goes_where_that_of_the_client_goes() {
    let service = Replay::new();
    respond(&service, 307, &[("location", "https://elsewhere.example/a")], "");
    service.answer(200, r#""x""#);
    let read: Request<String> = client(&service).resource("a").get();
    read.token("of-user").await.expect("200");
    assert_eq!(tokens(&service), ["Bearer of-user", "-"]);

    let plain = ServiceClient::builder("http://example.com/v1").transport(service.clone());
    let plain = plain.build().expect("a client");
    let read: Request<String> = plain.resource("a").get();
    let error = read.token("of-user").await.expect_err("plain http");
    assert!(error.to_string().contains("allow_token_over_http"), "{error}");
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_named_and_not_shown() {
    let service = Replay::new();
    for (token, why) in [
        ("", "the token is empty"),
        ("Bearer ", "the token is empty"),
        ("Bearer bearer s3cret", "the token has the word `Bearer` in front of it twice"),
        ("s3cret\n", "is there a line break in it?"),
    ] {
        let read: Request<String> = client(&service).resource("a").get().token(token);
        let error = read.await.expect_err(token);
        assert_eq!(error.kind(), ErrorKind::Credential);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(why) && !shown.contains("s3cret"), "{shown}");
    }
    assert!(service.requests().is_empty());
}

const PART: &str = r#"{"responses":[{"id":"1","status":200,"body":"a"}]}"#;
const BUSY: &str = r#"{"responses":[{"id":"1","status":429,"headers":{"Retry-After":"1"}}]}"#;

#[tokio::test]
async fn a_batch_has_settings_of_its_own() {
    let service = Replay::new();
    service.answer(200, BUSY);
    let client = client(&service);
    let read = || -> Request<String> { client.resource("a").get() };
    let mut batch = client.batch().token("of-user").retry(RetryPolicy::none());
    let part = batch.add(read());
    let error = batch.send().await.expect("an answer").take(part).expect_err("429");
    assert!(error.is_throttled());
    // The policy of a part is the part's.
    service.answer(200, BUSY);
    service.answer(200, PART);
    let mut batch = client.batch().retry(RetryPolicy::none());
    let patient = batch.add(read().retry(RetryPolicy::default()));
    assert_eq!(batch.send().await.expect("an answer").take(patient).expect("200"), "a");
    let token = "Bearer s3cret-token";
    assert_eq!(tokens(&service), ["Bearer of-user", token, token]);

    let mut batch = client.batch();
    let _part = batch.add(read().token("of-user"));
    let error = batch.send().await.expect_err("a token");
    assert!(error.to_string().contains("its own credential"), "{error}");
}

#[tokio::test]
async fn a_batch_has_a_total_timeout() {
    let cases: [(Option<u64>, [Option<u64>; 2], usize); 5] = [
        (None, [None, None], 4),
        (Some(2), [None, None], 2),
        (None, [Some(1), Some(3)], 3),
        (None, [Some(1), None], 4),
        (Some(3), [Some(1), Some(1)], 3),
    ];
    for (total, parts, sent) in cases {
        let service = Replay::new();
        let reply = r#"{"id":"X","status":429,"headers":{"Retry-After":"1"}}"#;
        let [one, two] = ["1", "2"].map(|id| reply.replace('X', id));
        for _ in 0..4 {
            service.answer(200, format!(r#"{{"responses":[{one},{two}]}}"#));
        }
        let client = client(&service);
        let mut batch = client.batch();
        if let Some(total) = total {
            batch = batch.total_timeout(SECOND * u32::try_from(total).expect("small"));
        }
        for own in parts {
            let mut read: Request<String> = client.resource("a").get();
            if let Some(own) = own {
                read = read.total_timeout(Duration::from_secs(own));
            }
            let _part = batch.add(read);
        }
        assert_eq!(batch.send().await.expect("answers").failed(), 2);
        assert_eq!(service.requests().len(), sent, "{total:?} {parts:?}");
    }
}

fn session(service: &Replay) -> Upload {
    let session = Upload::new(&client(service), "https://files.example/up?sig=x");
    session.expect("a session").chunk_size(320 * 1024).expect("a size")
}

#[tokio::test]
async fn an_upload_has_settings_of_its_own() {
    let service = Replay::new();
    busy(&service, 4);
    let mut upload = session(&service).retry(RetryPolicy::none());
    upload.send::<()>(Bytes::from_static(b"x")).await.expect_err("503");
    assert_eq!(service.requests().len(), 1);
    let mut upload = session(&service).total_timeout(SECOND * 2);
    let error = upload.send::<()>(Bytes::from_static(b"x")).await.expect_err("503");
    assert!(error.is_unavailable(), "{error}");
    assert_eq!(service.requests().len(), 1 + 2);
}

#[tokio::test]
async fn an_operation_is_polled_like_its_request_was_sent() {
    let service = Replay::new();
    respond(&service, 202, &[("location", "/v1/monitor/1")], "");
    busy(&service, 1);
    let copy: Request<()> = client(&service).resource("copy").get();
    let copy = copy.token("of-user").retry(RetryPolicy::none());
    let mut operation = copy.start().await.expect("202");
    assert!(operation.poll().await.expect_err("503").is_unavailable());
    respond(&service, 303, &[("location", "/v1/result")], "");
    service.answer(204, "");
    operation.poll().await.expect("done");
    assert_eq!(tokens(&service), ["Bearer of-user"; 4]);

    let operation = LongRunning::<()>::follow(&client(&service), "monitor/2").expect("a link");
    busy(&service, 1);
    let mut operation = operation.token("of-user").retry(RetryPolicy::none());
    assert!(operation.poll().await.expect_err("503").is_unavailable());
    assert_eq!(tokens(&service).last().expect("a request"), "Bearer of-user");
}

#[tokio::test]
async fn each_request_has_an_id_if_the_service_wants_it() {
    let service = Replay::new();
    let client = builder(&service).client_request_id_header("client-request-id").build();
    let client = client.expect("a client");
    busy(&service, 1);
    respond(&service, 404, &[("request-id", "of-service")], "");
    let read: Request<String> = client.resource("a").get();
    let error = read.clone().await.expect_err("404");
    let id = error.client_request_id().expect("an id").to_owned();
    assert_eq!(
        error.to_string(),
        format!(
            "GET /a: 404 Not Found: the answer has no body (request-id of-service, client-request-id {id})"
        )
    );
    service.fail(TransportError::new(TransportFailure::Timeout, "no luck"));
    let other = read.clone().await.expect_err("no luck");
    let other = other.client_request_id().expect("an id");
    service.answer(200, "1.5");
    let unread = read.clone().await.expect_err("not text");
    assert!(unread.is_decode());
    service.answer(200, r#""x""#);
    let answer = read.clone().send_full().await.expect("200");
    let own = read.header("Client-Request-Id", "mine");
    service.answer(404, "");
    assert_eq!(own.await.expect_err("404").client_request_id(), Some("mine"));
    let ids = [
        id.as_str(),
        id.as_str(),
        other,
        unread.client_request_id().expect("an id"),
        answer.client_request_id().expect("an id"),
        "mine",
    ];
    let sent: Vec<_> =
        service.requests().iter().map(|sent| sent.headers()["client-request-id"].clone()).collect();
    assert_eq!(sent, ids);
    let different: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(different.len(), 5);
    assert!(ids[..5].iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'4'), "{ids:?}");
}

#[tokio::test]
async fn ids_stay_with_the_service_and_parts_have_their_own() {
    let service = Replay::new();
    let client = builder(&service).client_request_id_header("x-id").build().expect("a client");
    respond(&service, 307, &[("location", "https://elsewhere.example/a")], "");
    service.answer(200, r#""x""#);
    let read = || -> Request<String> { client.resource("a").get() };
    read().await.expect("200");
    let has_id = |index: usize| service.requests()[index].headers().contains_key("x-id");
    assert!(has_id(0) && !has_id(1));

    service.answer(200, BUSY);
    service.answer(200, r#"{"responses":[{"id":"1","status":404}]}"#);
    let mut batch = client.batch();
    let part = batch.add(read());
    let error = batch.send().await.expect("an answer").take(part).expect_err("404");
    let id = error.client_request_id().expect("an id").to_owned();
    for sent in &service.requests()[2..] {
        let body = String::from_utf8_lossy(sent.body()).into_owned();
        assert!(body.contains(&format!(r#""x-id":"{id}""#)), "{body}");
        assert_ne!(sent.headers()["x-id"], *id);
    }

    let without = builder(&service).client_request_id_header("x-id").no_client_request_id();
    service.answer(404, "");
    let read: Request<String> = without.build().expect("a client").resource("a").get();
    assert_eq!(read.await.expect_err("404").client_request_id(), None);
    assert!(!service.requests().last().expect("a request").headers().contains_key("x-id"));
    let wrong = builder(&service).client_request_id_header("x id").build().expect_err("no name");
    assert_eq!(wrong.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn a_builder_makes_any_client() {
    struct Client(ServiceClient);
    impl From<ServiceClient> for Client {
        fn from(client: ServiceClient) -> Self {
            Self(client)
        }
    }
    let start = || ClientBuilder::<Client>::new().transport(Replay::new());
    let Err(error) = start().build() else { panic!("there is no root") };
    assert!(error.to_string().contains("call `service_root`"), "{error}");
    let client = start().service_root("https://example.com/v1").build().expect("a client");
    assert_eq!(client.0.service_root(), "https://example.com/v1");
}
