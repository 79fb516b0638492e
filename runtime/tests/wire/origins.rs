//! To whom the token goes, and to whom it does not.

use std::sync::{Arc, Mutex};

use schemacrate_runtime::{
    Credential, ErrorKind, Page, Request, ServiceClient, Token, TokenRequest, credential_fn,
};

use crate::model::{UserStatus, update, user_status};
use crate::service::Service;

const OK: &str = r#""text""#;

fn redirect(service: &Service, status: &str, location: &str) {
    service.answer_with(status, &[&format!("location: {location}")], "");
}

#[tokio::test]
async fn a_redirect_within_the_service_keeps_the_token() {
    let service = Service::start().await;
    redirect(&service, "302 Found", "/beta/b?x=1");
    service.answer("200 OK", OK);
    let read: Request<String> = service.client().resource("a").get();
    assert_eq!(read.header("x-api-key", "k").await.expect("200"), "text");
    let sent = &service.recorded()[1];
    assert_eq!(sent.target, "/beta/b?x=1");
    assert_eq!(sent.header("authorization"), Some("Bearer token"));
    assert_eq!(sent.header("x-api-key"), Some("k"));
}

#[tokio::test]
async fn a_location_may_have_bytes_beyond_ascii() {
    let service = Service::start().await;
    redirect(&service, "302 Found", "/beta/Gr\u{fc}n");
    service.answer("200 OK", OK);
    let read: Request<String> = service.client().resource("a").get();
    assert_eq!(read.await.expect("200"), "text");
    assert_eq!(service.recorded()[1].target, "/beta/Gr%C3%BCn");
}

#[tokio::test]
async fn a_redirect_to_another_origin_carries_no_secret() {
    let (service, other) = (Service::start().await, Service::start().await);
    redirect(&service, "302 Found", &other.url("/elsewhere"));
    other.answer("200 OK", OK);
    let read: Request<String> = service.client().resource("a").get();
    read.header("x-api-key", "k").header("cookie", "c").await.expect("200");
    let sent = other.only();
    assert_eq!(sent.target, "/elsewhere");
    assert_eq!(sent.header("accept"), Some("application/json"));
    for name in ["authorization", "x-api-key", "cookie"] {
        assert_eq!(sent.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn a_header_of_the_caller_is_a_secret_too() {
    let (service, other) = (Service::start().await, Service::start().await);
    redirect(&service, "307 Temporary Redirect", &other.url("/elsewhere"));
    other.answer("200 OK", OK);
    let read: Request<String> = service.client().resource("a").get();
    read.header("Authorization", "Basic dXNlcg==").await.expect("200");
    assert_eq!(service.only().header("authorization"), Some("Basic dXNlcg=="));
    assert_eq!(other.only().header("authorization"), None);
}

#[tokio::test]
async fn the_way_back_from_another_origin_carries_no_token() {
    let (service, other) = (Service::start().await, Service::start().await);
    redirect(&service, "302 Found", &other.url("/elsewhere"));
    redirect(&other, "302 Found", &service.url("/beta/b"));
    service.answer("200 OK", OK);
    let read: Request<String> = service.client().resource("a").get();
    read.await.expect("200");
    assert_eq!(service.recorded()[1].header("authorization"), None);
}

#[tokio::test]
async fn a_write_is_only_redirected_as_it_is() {
    let service = Service::start().await;
    let resource = user_status(&service.client(), "a", "b");
    redirect(&service, "308 Permanent Redirect", "/beta/moved");
    service.answer("200 OK", r#"{"id":"x"}"#);
    let request: Request<UserStatus> = resource.update(&update());
    request.await.expect("200");
    let sent = service.recorded();
    assert_eq!((sent[1].method.as_str(), sent[1].target.as_str()), ("PATCH", "/beta/moved"));
    assert_eq!(sent[1].body, sent[0].body);

    redirect(&service, "303 See Other", "/beta/moved");
    let request: Request<UserStatus> = resource.update(&update());
    let error = request.await.expect_err("PATCH would become GET");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(service.recorded().len(), 3);
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let service = Service::start().await;
    for _ in 0..11 {
        redirect(&service, "301 Moved Permanently", "/beta/a");
    }
    let read: Request<String> = service.client().resource("a").get();
    assert_eq!(read.await.expect_err("a circle").kind(), ErrorKind::Redirect);
    assert_eq!(service.recorded().len(), 11);
}

#[tokio::test]
async fn links_to_another_origin_are_refused() {
    let (service, other) = (Service::start().await, Service::start().await);
    let client = service.client();
    let body = format!(
        r#"{{"value":["a"],"@odata.nextLink":"{0}","@odata.deltaLink":"{0}"}}"#,
        other.url("/beta/a?$skip=1")
    );
    service.answer("200 OK", &body);
    let page: Page<String> = client.resource("a").list().await.expect("200");
    for request in [page.next(&client), page.delta(&client)] {
        let request = request.expect("a link");
        assert_eq!(request.to_http().expect_err("refused").kind(), ErrorKind::Request);
        let error = request.await.expect_err("refused");
        assert!(error.to_string().contains("links to another origin are not followed"), "{error}");
    }
    assert!(other.recorded().is_empty());
}

#[test]
fn odd_links_are_refused() {
    let client = ServiceClient::builder("https://host/v1").build().expect("a client");
    for link in [
        "http://host/v1/a",
        "https://host:8443/v1/a",
        "//evil/a",
        "https://host.evil/a",
        "https://host@evil/a",
        "\\\\evil\\a",
        "javascript:alert(1)",
        "https://[",
    ] {
        let error = client.follow::<String>(link).to_http().expect_err(link);
        assert_eq!(error.kind(), ErrorKind::Request, "{link}");
    }
    let http =
        client.follow::<String>("https://user:secret@host/v1/a#x").to_http().expect("own origin");
    assert_eq!(http.uri(), "https://host/v1/a");
}

/// A credential that returns `new` once the service has refused `old`, and notes what it is asked.
fn renewing(asked: &Arc<Mutex<Vec<TokenRequest>>>) -> impl Credential + use<> {
    let asked = Arc::clone(asked);
    credential_fn(move |request| {
        let token = Token::new(if request.is_refresh() { "new" } else { "old" });
        asked.lock().expect("a lock").push(request);
        async move { Ok(token) }
    })
}

#[tokio::test]
async fn a_refused_token_is_refreshed_once() {
    let service = Service::start().await;
    let asked = Arc::default();
    let client = service.builder().credential(renewing(&asked)).build().expect("a client");
    let challenge = r#"www-authenticate: Bearer error="insufficient_claims", claims="eyJh""#;
    service.answer_with("401 Unauthorized", &[challenge], "");
    service.answer("200 OK", r#"{"id":"x"}"#);
    service.answer("401 Unauthorized", "");

    let request: Request<UserStatus> = user_status(&client, "a", "b").update(&update());
    request.clone().await.expect("200");
    let error = request.await.expect_err("refused, and there is no other token");
    assert!(error.is_unauthorized());

    let tokens: Vec<_> = service
        .recorded()
        .iter()
        .map(|sent| sent.header("authorization").map(str::to_owned).unwrap_or_default())
        .collect();
    assert_eq!(tokens, ["Bearer old", "Bearer new", "Bearer new"]);
    let asked = asked.lock().expect("a lock");
    assert_eq!(asked[0].scopes(), [service.url("/.default")]);
    assert_eq!((asked[0].is_refresh(), asked[0].claims()), (false, None));
    assert_eq!((asked[1].is_refresh(), asked[1].claims()), (true, Some("eyJh")));
    assert_eq!((asked[2].is_refresh(), asked[2].claims()), (true, None));
    assert_eq!(asked.len(), 3, "the token that did was kept");
}

#[tokio::test]
async fn a_token_that_cannot_change_is_sent_once() {
    let service = Service::start().await;
    service.answer(
        "401 Unauthorized",
        r#"{"error":{"code":"InvalidAuthenticationToken","message":"Expired."}}"#,
    );
    let read: Request<String> = service.client().resource("a").get();
    assert!(read.await.expect_err("expired").is_unauthorized());
    assert_eq!(service.recorded().len(), 1);
}

#[tokio::test]
async fn a_credential_that_fails_is_reported_and_nothing_is_sent() {
    let service = Service::start().await;
    let failing = credential_fn(|_| async { Err("signed out".into()) });
    let client = service.builder().credential(failing).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    let error = read.await.expect_err("no token");
    assert!(error.is_credential());
    assert!(error.to_string().contains("signed out"), "{error}");

    let client = service.builder().credential("broken\ntoken").build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    let error = read.await.expect_err("no header");
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(!format!("{error} {error:?}").contains("broken"), "{error:?}");
    assert!(service.recorded().is_empty());
}

#[test]
fn a_token_is_not_sent_in_the_clear() {
    let builder = || ServiceClient::builder("http://example.com/v1");
    let error = builder().credential("token").build().expect_err("plain http");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    builder().build().expect("no token, no harm");
    builder().credential("token").allow_token_over_http().build().expect("allowed");
}

#[test]
fn debug_shows_no_secret_and_no_personal_data() {
    let client = ServiceClient::new("https://host/v1", "s3cret").expect("a client");
    let resource = client.resource("users").key_segment("ada@example.com");
    let request: Request<UserStatus> = resource
        .update(&update())
        .query("$filter", "mail eq 'ada'")
        .header("Authorization", "Bearer s3cret")
        .header("x-api-key", "s3cret");
    let shown =
        format!("{client:?} {resource:?} {request:?} {:?}", request.headers().get("authorization"));
    for secret in ["s3cret", "ada", "notApplicable"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("/users/{key}") && shown.contains("PATCH"), "{shown}");
}

#[tokio::test]
async fn a_client_of_the_caller_that_follows_redirects_is_an_error() {
    use schemacrate_runtime::reqwest::{Client, redirect::Policy};
    use schemacrate_runtime::transport::ReqwestTransport;

    let service = Service::start().await;
    let client = |policy: Policy| {
        let shared = Client::builder().no_proxy().redirect(policy).build().expect("a client");
        ServiceClient::builder(service.url("/beta"))
            .transport(ReqwestTransport::from_client(shared))
            .retry(schemacrate_runtime::RetryPolicy::none())
            .build()
            .expect("a client")
    };
    for (policy, expected) in [(Policy::none(), None), (Policy::default(), Some("Policy::none()"))]
    {
        redirect(&service, "302 Found", "/beta/b");
        service.answer("200 OK", r#""x""#);
        let read: Request<String> = client(policy).resource("a").get();
        match (read.await, expected) {
            (Ok(value), None) => assert_eq!(value, "x"),
            (Err(error), Some(why)) => assert!(error.to_string().contains(why), "{error}"),
            (other, _) => panic!("{other:?}"),
        }
    }
}
