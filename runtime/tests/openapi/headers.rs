//! The headers of an answer that a document declares.

#![allow(unreachable_pub)] // The structs are as in a crate of their own.

use schemacrate_runtime::codegen::{self, DeclaredHeader, HeaderKind, Invocation, Operation};
use schemacrate_runtime::model::{Additional, Formatted};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::types::Date;
use schemacrate_runtime::{RetryPolicy, bytes::Bytes, http};

use crate::declare::object;
use crate::guarded;

object! {
    Limits = codegen::Shape::json("Limits", &["X-Rate-Limit", "X-Day", "X-Scopes", "X-Flag"])
        .with_required(&[0]);
    required limit: i64,
    optional day: Option<Formatted<Date>>,
    optional scopes: Option<Vec<String>>,
    optional flag: Option<bool>,
}

impl codegen::Headers for Limits {
    const HEADERS: &'static [DeclaredHeader] = &[
        DeclaredHeader::new("X-Rate-Limit", HeaderKind::Json),
        DeclaredHeader::new("X-Day", HeaderKind::Text),
        DeclaredHeader::new("X-Scopes", HeaderKind::List(&HeaderKind::Text)),
        DeclaredHeader::new("X-Flag", HeaderKind::Json),
    ];
}

const READ: Operation = Operation::new("GET", "/limits");

fn respond(service: &Replay, status: u16, headers: &[(&str, &str)]) {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    service.respond(response.body(Bytes::new()).expect("a response"));
}

#[tokio::test]
async fn headers_have_their_types() {
    let service = Replay::new();
    let client = guarded::client(&service);
    let read = || Invocation::<()>::new(&client, &READ).request().retry(RetryPolicy::none());
    let all = [
        ("x-rate-limit", "60"),
        ("x-day", "2026-11-30"),
        ("x-scopes", "a, b"),
        ("x-scopes", "c"),
        ("x-flag", "true"),
        ("x-other", "1"),
    ];
    respond(&service, 204, &all);
    let limits: Limits = read().send_full().await.expect("204").declared().expect("the headers");
    assert_eq!((limits.limit, limits.flag), (60, Some(true)));
    assert_eq!(limits.day.expect("a day").as_str(), "2026-11-30");
    assert_eq!(limits.scopes.expect("scopes"), ["a", "b", "c"]);

    respond(&service, 429, &[("x-rate-limit", "0"), ("x-flag", "perhaps")]);
    let error = read().await.expect_err("429");
    let limits: Limits = error.declared().expect("an answer").expect("the headers");
    assert_eq!((limits.limit, limits.flag), (0, None));

    for headers in [&[][..], &[("x-rate-limit", "many")]] {
        respond(&service, 204, headers);
        let response = read().send_full().await.expect("204");
        let error = response.declared::<Limits>().expect_err("no limit");
        assert!(error.to_string().contains("X-Rate-Limit"), "{error}");
    }
}

#[tokio::test]
async fn a_struct_without_required_headers_is_always_there() {
    object! {
        Trace = codegen::Shape::json("Trace", &["X-Trace"]);
        optional trace: Option<String>,
    }
    impl codegen::Headers for Trace {
        const HEADERS: &'static [DeclaredHeader] =
            &[DeclaredHeader::new("X-Trace", HeaderKind::Text)];
    }
    let service = Replay::new();
    let client = guarded::client(&service);
    respond(&service, 204, &[]);
    let read = Invocation::<()>::new(&client, &READ).request();
    let trace: Trace = read.send_full().await.expect("204").declared().expect("the headers");
    assert_eq!(trace.trace, None);
}
