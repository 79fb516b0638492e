//! At which address operations are called that have a server of their own.

use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{ErrorKind, ServiceClient};

use crate::guarded::{self, builder, read};
use crate::service::Service;

fn target(
    client: &ServiceClient,
    operation: &'static schemacrate_runtime::codegen::Operation,
) -> String {
    read(client, operation).to_http().expect("a request").uri().to_string()
}

#[test]
fn a_server_of_an_operation_counts_at_the_declared_service_only() {
    let service = Replay::new();
    let build = || builder(&service);
    let declared = build().build().expect("a client").0;
    assert_eq!(target(&declared, &guarded::UPLOAD), "https://uploads.example.com/files/state");
    assert_eq!(target(&declared, &guarded::RELATIVE), "https://api.example.com/v2/state");
    assert_eq!(target(&declared, &guarded::ALL), "https://api.example.com/v1/state");

    let same = build().service_root("https://API.example.com:443/v1/").build().expect("a client").0;
    assert_eq!(target(&same, &guarded::UPLOAD), "https://uploads.example.com/files/state");

    let test = build().server("http://127.0.0.1:8080/test").build().expect("a client").0;
    assert_eq!(target(&test, &guarded::UPLOAD), "http://127.0.0.1:8080/test/state");
    assert_eq!(target(&test, &guarded::RELATIVE), "http://127.0.0.1:8080/v2/state");

    let both =
        build().server("http://127.0.0.1:8080/test").server_for("/v2", "http://127.0.0.1:8082");
    let both = both.server_for("https://uploads.example.com/files", "http://127.0.0.1:8081/up");
    let both = both.build().expect("a client").0;
    assert_eq!(target(&both, &guarded::UPLOAD), "http://127.0.0.1:8081/up/state");
    assert_eq!(target(&both, &guarded::RELATIVE), "http://127.0.0.1:8082/state");

    let error = build().server_for("/v2", "nowhere").build().map(|_| ()).expect_err("not a URL");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn keys_go_to_the_server_of_the_operation_and_no_further() {
    let (main, uploads, other) =
        (Service::start().await, Service::start().await, Service::start().await);
    let client = main.builder().server_for("https://uploads.example.com/files", uploads.url("/up"));
    let client = guarded::Client::from(client.credential("own").build().expect("a client")).0;
    let client =
        client.authorize("inHeader", "h").authorize("inQuery", "q").authorize("inCookie", "c");
    let redirect = format!("location: {}", other.url("/x?api%20key=q"));
    uploads.answer_with("307 Temporary Redirect", &[&redirect], "");
    other.answer("200 OK", r#""text""#);
    read(&client, &guarded::UPLOAD).await.expect("200");
    let sent = uploads.only();
    assert_eq!(sent.target, "/up/state?api%20key=q");
    assert_eq!((sent.header("x-key"), sent.header("cookie")), (Some("h"), Some("session=c")));
    assert_eq!(sent.header("authorization"), None);
    let sent = other.only();
    assert_eq!(sent.target, "/x");
    assert_eq!((sent.header("x-key"), sent.header("cookie")), (None, None));
    assert!(main.recorded().is_empty());
}
