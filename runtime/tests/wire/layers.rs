//! Transports of tower through real HTTP.

use std::time::Duration;

use hyper_util::client::legacy::Client as Hyper;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use schemacrate_runtime::transport::{Body, TowerTransport, Transport};
use schemacrate_runtime::{ErrorKind, Request, RetryPolicy, ServiceClient};
use tower::ServiceBuilder;

use crate::model::{UserStatus, update, user_status};
use crate::service::{Service, http};

fn client(root: &str, transport: impl Transport) -> ServiceClient {
    let builder = ServiceClient::builder(root).credential("token").retry(RetryPolicy::none());
    builder.transport(transport).build().expect("a client")
}

fn hyper() -> Hyper<HttpConnector, Body> {
    Hyper::builder(TokioExecutor::new()).build_http()
}

async fn updates(service: &Service, transport: impl Transport) {
    service.answer("200 OK", r#"{"id":"x"}"#);
    let client = client(&service.url("/beta"), transport);
    let request: Request<UserStatus> = user_status(&client, "a", "b").update(update());
    request.await.expect("200");
    let sent = service.only();
    assert_eq!(sent.method, "PATCH");
    assert_eq!(sent.header("authorization"), Some("Bearer token"));
    assert!(sent.body.starts_with('{'), "{}", sent.body);

    service.answer("204 No Content", "");
    client.resource("a").invoke::<()>().await.expect("204");
    service.answer("204 No Content", "");
    client.resource("a").delete().await.expect("204");
    let lengths: Vec<Option<String>> = service.recorded()[1..]
        .iter()
        .map(|sent| sent.header("content-length").map(str::to_owned))
        .collect();
    assert_eq!(lengths, [Some("0".to_owned()), None]);
}

#[tokio::test]
async fn layers_wrap_the_default_transport() {
    let wrapped = ServiceBuilder::new()
        .concurrency_limit(2)
        .timeout(Duration::from_secs(30))
        .service(http().into_service());
    updates(&Service::start().await, TowerTransport::new(wrapped)).await;
}

#[tokio::test]
async fn a_client_of_hyper_is_a_transport() {
    updates(&Service::start().await, TowerTransport::new(hyper())).await;
}

#[tokio::test]
async fn a_closed_port_is_a_connect_error_for_each() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let root = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let wrapped =
        ServiceBuilder::new().timeout(Duration::from_secs(30)).service(http().into_service());
    for client in
        [client(&root, TowerTransport::new(hyper())), client(&root, TowerTransport::new(wrapped))]
    {
        let read: Request<String> = client.resource("a").get();
        let error = read.await.expect_err("a closed port");
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(!error.to_string().contains(&root), "{error}");
    }
}
