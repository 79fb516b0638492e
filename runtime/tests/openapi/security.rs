//! How requests are authorized, and to whom what authorizes them goes.

use schemacrate_runtime::codegen::Operation;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{
    Authorization, Error, ErrorKind, RetryPolicy, ServiceClient, Token, bytes::Bytes, http,
};

use crate::guarded::{self, builder, client, read};
use crate::service::Service;

const OK: &str = r#""text""#;

/// A client with something for each scheme, all of it different.
fn rich(client: &ServiceClient) -> ServiceClient {
    client
        .authorize("inHeader", "header-secret")
        .authorize("inQuery", "query/secret")
        .authorize("inCookie", "cookie-secret")
        .authorize("user", Authorization::basic("ada", "pass word"))
        .authorize("oAuth", Token::new("token-secret"))
        .authorize("digest", Authorization::custom("digest-secret"))
}

/// What one request of an operation sends.
async fn sent(client: &ServiceClient, service: &Replay, operation: &'static Operation) -> Sent {
    service.answer(200, OK);
    read(client, operation).await.expect("200");
    let request = service.requests().pop().expect("a request");
    let header = |name: &str| {
        let value = request.headers().get(name)?;
        Some(value.to_str().expect("ASCII").to_owned())
    };
    Sent {
        target: request.uri().to_string(),
        authorization: header("authorization"),
        key: header("x-key"),
        cookie: header("cookie"),
    }
}

#[derive(Debug, PartialEq)]
struct Sent {
    target: String,
    authorization: Option<String>,
    key: Option<String>,
    cookie: Option<String>,
}

const TARGET: &str = "https://api.example.com/v1/state";

fn nothing() -> Sent {
    Sent { target: TARGET.to_owned(), authorization: None, key: None, cookie: None }
}

fn authorization(value: &str) -> Sent {
    Sent { authorization: Some(value.to_owned()), ..nothing() }
}

#[tokio::test]
async fn each_scheme_is_sent_where_it_belongs() {
    let service = Replay::new();
    let client = rich(&client(&service));
    let target = format!("{TARGET}?api%20key=query%2Fsecret");
    let (key, cookie) =
        (Some("header-secret".to_owned()), Some("session=cookie-secret".to_owned()));
    for (operation, expected) in [
        (&guarded::HEADER, Sent { key: key.clone(), ..nothing() }),
        (&guarded::QUERY, Sent { target: target.clone(), ..nothing() }),
        (&guarded::COOKIE, Sent { cookie: cookie.clone(), ..nothing() }),
        (&guarded::USER, authorization("Basic YWRhOnBhc3Mgd29yZA==")),
        (&guarded::TOKEN, authorization("Bearer token-secret")),
        (&guarded::DIGEST, authorization("Digest digest-secret")),
        (&guarded::ALL, Sent { target, key: key.clone(), cookie, authorization: None }),
        (&guarded::MUTUAL, Sent { key, ..nothing() }),
        (&guarded::PUBLIC, nothing()),
        (&guarded::UNSAID, nothing()),
    ] {
        assert_eq!(sent(&client, &service, operation).await, expected, "{operation:?}");
        let request = read(&client, operation);
        let shown = format!("{:?} {request:?} {client:?}", request.to_http().expect("a request"));
        assert!(!shown.contains("secret") && !shown.contains("YWRh"), "{shown}");
    }
}

#[tokio::test]
async fn the_first_alternative_counts_of_which_everything_is_there() {
    let service = Replay::new();
    let none = client(&service);
    let one = none.authorize("inHeader", "h");
    assert_eq!(sent(&none, &service, &guarded::EITHER).await, nothing());
    assert_eq!(sent(&one, &service, &guarded::EITHER).await, nothing());
    let token = one.authorize("oAuth", "t");
    assert_eq!(sent(&token, &service, &guarded::EITHER).await, authorization("Bearer t"));
    let both = token.authorize("inQuery", "q");
    let expected =
        Sent { target: format!("{TARGET}?api%20key=q"), key: Some("h".to_owned()), ..nothing() };
    assert_eq!(sent(&both, &service, &guarded::EITHER).await, expected);
    // What was set later takes the place of what was set before, and other clients have their own.
    let other = token.authorize("oAuth", "t2");
    assert_eq!(sent(&other, &service, &guarded::TOKEN).await, authorization("Bearer t2"));
    assert_eq!(sent(&token, &service, &guarded::TOKEN).await, authorization("Bearer t"));
}

#[tokio::test]
async fn the_credential_of_the_client_is_for_schemes_that_take_a_token() {
    let service = Replay::new();
    let client = builder(&service).credential("own").build().expect("a client").0;
    for (operation, expected) in [
        (&guarded::TOKEN, authorization("Bearer own")),
        (&guarded::EITHER, authorization("Bearer own")),
        (&guarded::UNSAID, authorization("Bearer own")),
        (&guarded::HEADER, nothing()),
        (&guarded::PUBLIC, nothing()),
    ] {
        assert_eq!(sent(&client, &service, operation).await, expected, "{operation:?}");
    }
    let client = client.authorize("oAuth", "other");
    assert_eq!(sent(&client, &service, &guarded::TOKEN).await, authorization("Bearer other"));
    service.answer(200, OK);
    read(&client, &guarded::HEADER).token("given").await.expect("200");
    let request = service.requests().pop().expect("a request");
    assert_eq!(request.headers()["authorization"], "Bearer given");
}

#[tokio::test]
async fn a_refusal_names_what_is_missing() {
    let service = Replay::new();
    let client = client(&service);
    for (operation, status, expected) in [
        (
            &guarded::ALL,
            401,
            "GET /state: 401 Unauthorized: No key; the request was sent without `inHeader` (header \
             `X-Key`) and `inQuery` (query parameter `api key`) and `inCookie` (cookie `session`), \
             which the operation needs: see `authorize`",
        ),
        (
            &guarded::EITHER,
            403,
            "GET /state: 403 Forbidden: No key; the request was sent without `inHeader` (header \
             `X-Key`) and `inQuery` (query parameter `api key`), or `oAuth` (token), or `user` (user \
             and password), which the operation accepts: see `authorize`",
        ),
        (&guarded::PUBLIC, 401, "GET /state: 401 Unauthorized: No key"),
        (&guarded::ALL, 404, "GET /state: 404 Not Found: No key"),
    ] {
        service.answer(status, r#"{"message":"No key"}"#);
        let error = read(&client, operation).await.expect_err("refused");
        assert_eq!(error.to_string(), expected);
    }
    service.answer(401, r#"{"message":"No key"}"#);
    let error = read(&rich(&client), &guarded::ALL).await.expect_err("refused");
    assert_eq!(error.to_string(), "GET /state: 401 Unauthorized: No key");
}

#[tokio::test]
async fn what_a_scheme_cannot_send_is_reported_before_anything_is_sent() {
    let service = Replay::new();
    let client = client(&service);
    for (client, why) in [
        (
            client.authorize("inheader", "x"),
            "there is no security scheme `inheader`, only `inHeader`",
        ),
        (client.authorize("inHeader", "a\nb"), "a character that no header can carry"),
        (client.authorize("inCookie", "a;b"), "a character that no cookie can carry"),
        (client.authorize("user", "ada"), "a user and a password: `Authorization::basic`"),
        (client.authorize("inHeader", Token::new("x")), "the text of a key"),
        (client.authorize("user", Authorization::basic("a:b", "c")), "has a colon"),
    ] {
        let error = read(&client, &guarded::PUBLIC).await.expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(why), "{error}");
        let repaired =
            client.authorize("inHeader", "x").authorize("user", Authorization::basic("a", ""));
        let repaired = repaired.authorize("inCookie", "a");
        let is_unknown = why.starts_with("there is no");
        assert_eq!(read(&repaired, &guarded::PUBLIC).to_http().is_err(), is_unknown, "{why}");
    }
    let plain = ServiceClient::builder("https://example.com").transport(service.clone());
    let plain = plain.build().expect("a client").authorize("inHeader", "x");
    let error = read(&plain, &guarded::PUBLIC).await.expect_err("no schemes");
    assert!(error.to_string().contains("the service declares none"), "{error}");
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_key_is_not_sent_where_everyone_can_read_it() {
    let service = Replay::new();
    let root = "http://api.example.com";
    let client = builder(&service).service_root(root).build().expect("a client").0;
    for operation in [&guarded::ALL, &guarded::TOKEN, &guarded::USER] {
        let error = read(&rich(&client), operation).await.expect_err("plain http");
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains("plain http"), "{error}");
    }
    assert!(service.requests().is_empty());
    service.answer(200, OK);
    read(&rich(&client), &guarded::PUBLIC).await.expect("there is nothing to read");
    let client = builder(&service).service_root(root).allow_token_over_http().build();
    service.answer(200, OK);
    read(&rich(&client.expect("a client").0), &guarded::ALL).await.expect("it is allowed");
}

/// A client of a service on loopback, with something for each scheme.
async fn at(service: &Service) -> ServiceClient {
    rich(&guarded::Client::from(service.builder().build().expect("a client")).0)
}

fn redirect(service: &Service, location: &str) {
    service.answer_with("307 Temporary Redirect", &[&format!("location: {location}")], "");
}

#[tokio::test]
async fn keys_go_along_within_the_service() {
    let service = Service::start().await;
    redirect(&service, "/beta/other?x=1&api%20key=query%2Fsecret");
    service.answer("200 OK", OK);
    read(&at(&service).await, &guarded::ALL).header("cookie", "own=1").await.expect("200");
    let sent = service.recorded();
    assert_eq!(sent[0].target, "/beta/state?api%20key=query%2Fsecret");
    assert_eq!(sent[1].target, "/beta/other?x=1&api%20key=query%2Fsecret");
    for sent in sent {
        assert_eq!(sent.header("x-key"), Some("header-secret"));
        assert_eq!(sent.header("cookie"), Some("own=1; session=cookie-secret"));
    }
}

#[tokio::test]
async fn keys_never_leave_the_origin() {
    for operation in [&guarded::ALL, &guarded::USER, &guarded::TOKEN, &guarded::DIGEST] {
        let (service, other) = (Service::start().await, Service::start().await);
        // The service takes the query along, as some servers do, and the other one sends the client back.
        let has_query = operation.security.is_some_and(|any| any[0].contains(&"inQuery"));
        let query = if has_query { "api%20key=query%2Fsecret" } else { "" };
        redirect(&service, &other.url(&format!("/there?a=1&{query}")));
        redirect(&other, &service.url(&format!("/beta/back?{query}")));
        service.answer("200 OK", OK);
        read(&at(&service).await, operation).await.expect("200");
        assert_eq!(other.only().target.trim_end_matches('&'), "/there?a=1");
        let back = service.recorded()[1].clone();
        assert_eq!(back.target.trim_end_matches('?'), "/beta/back");
        for sent in [other.only(), back] {
            for name in ["x-key", "cookie", "authorization"] {
                assert_eq!(sent.header(name), None, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn no_error_shows_a_key() {
    let service = Replay::new();
    let client = rich(&client(&service));
    let echo = "header-secret query/secret query%2Fsecret cookie-secret token-secret digest-secret \
                YWRhOnBhc3Mgd29yZA== pass word";
    for operation in
        [&guarded::ALL, &guarded::USER, &guarded::TOKEN, &guarded::DIGEST, &guarded::QUERY]
    {
        let failed = async |status: u16| -> Error {
            let response = http::Response::builder()
                .status(status)
                .header("location", "/v1/x?api%20key=query%2Fsecret")
                .header("x-echo", echo)
                .body(Bytes::from(format!(r#"{{"message":"{echo}"}}"#)));
            service.respond(response.expect("a response"));
            let request = read(&client, operation).retry(RetryPolicy::none());
            request.await.expect_err("refused")
        };
        let shown_of = |error: &Error| {
            let answer = error.answer().expect("an answer");
            let headers = format!("{:?}", error.headers());
            format!("{error} {error:?} {headers} {} {:?}", answer.text(), error.location())
        };
        let secrets: &[&str] = match operation.security.expect("schemes")[0][0] {
            "user" => &["YWRhOnBhc3Mgd29yZA==", "pass word"],
            "oAuth" => &["token-secret"],
            "digest" => &["digest-secret"],
            "inQuery" => &["query/secret", "query%2Fsecret"],
            _ => &["header-secret", "query/secret", "query%2Fsecret", "cookie-secret"],
        };
        for status in [401, 500, 200] {
            if status == 401 && operation.security.expect("schemes")[0][0] == "oAuth" {
                continue; // The token would be replaced first.
            }
            let error = failed(status).await;
            for secret in secrets {
                assert!(
                    !shown_of(&error).contains(secret),
                    "{status} {secret}: {}",
                    shown_of(&error)
                );
            }
        }
    }
}

#[tokio::test]
async fn a_key_does_not_replace_what_the_request_has_itself() {
    let service = Replay::new();
    let client = rich(&client(&service));
    service.answer(200, OK);
    read(&client, &guarded::HEADER).header("X-Key", "own").await.expect("200");
    assert_eq!(service.requests()[0].headers()["x-key"], "own");
}
