//! The Rust that `schemacrate snippet` writes for OpenAPI documents, compiled and run: it makes the request that
//! it was made from.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(deprecated)] // The service deprecates some of the operations.
#![allow(unreachable_pub)] // The examples are items of any module.

use golden_requests::Client;
use golden_requests::runtime::transport::Replay;
use golden_requests::runtime::{bytes::Bytes, http};
use percent_encoding::percent_decode_str;
use std::error::Error;

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// The pairs of a query or a form, decoded.
fn pairs(text: &str) -> Vec<String> {
    text.split('&').map(decoded).collect()
}

/// A body of several parts, with the boundary of `content_type` replaced and lines as files have them.
fn parts(content_type: &str, body: &str) -> Vec<String> {
    let boundary = content_type.split_once("boundary=").unwrap().1.trim_matches('"');
    let body = body.replace("\r\n", "\n");
    let delimiter = format!("--{boundary}");
    let parts = body.split(&delimiter);
    let mut parts: Vec<String> = parts.map(|part| part.trim().to_owned()).collect();
    // The order of the lines of a head means nothing.
    for part in &mut parts {
        let (head, content) = part.split_once("\n\n").unwrap_or((part, ""));
        let mut head: Vec<&str> = head.lines().collect();
        head.sort_unstable();
        *part = format!("{}\n\n{content}", head.join("\n"));
    }
    parts
}

/// Whether a request is the one that is written.
fn assert_is(sent: &http::Request<Bytes>, written: &str) {
    let (head, body) = written.split_once("\n\n").unwrap_or((written.trim_end(), ""));
    let body = body.trim_end_matches('\n');
    let mut lines = head.lines();
    let (method, url) = lines.next().unwrap().split_once(' ').unwrap();
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    assert_eq!(sent.method(), method);
    let own = sent.uri().path();
    assert_eq!(
        decoded(
            ["/v1.0/", "/v1/", "/v2/"]
                .iter()
                .find_map(|root| own
                    .strip_prefix(&root[..root.len() - 1])
                    .filter(|_| own.starts_with(root)))
                .unwrap_or(own)
        ),
        decoded(path)
    );
    assert_eq!(pairs(sent.uri().query().unwrap_or_default()), pairs(query));
    let mut content_type = "";
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let own = sent.headers()[name].to_str().unwrap();
        if value.starts_with("multipart/") {
            content_type = value;
        } else {
            assert_eq!(own, value, "{name}");
        }
    }
    let text = String::from_utf8_lossy(sent.body());
    if !content_type.is_empty() {
        let own = sent.headers()["content-type"].to_str().unwrap();
        assert_eq!(parts(own, &text), parts(content_type, body));
        return;
    }
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    match (json(&text), json(body)) {
        (Some(sent), Some(body)) => assert_eq!(sent, body),
        _ => assert_eq!(pairs(text.trim_end_matches('\n')), pairs(body)),
    }
}

/// Runs the examples of a crate, each in its own test.
macro_rules! examples {
    ($folder:ident, $client:ty: $($name:ident)+) => {
        mod $folder {
            $(
                mod $name {
                    include!(concat!("snippets/", stringify!($folder), "/", stringify!($name), ".rs"));

                    #[tokio::test]
                    async fn sends_the_request() {
                        let service = crate::Replay::new();
                        service.answer(200, "{}");
                        let client = <$client>::builder().transport(service.clone()).build().unwrap();
                        let answer: Result<_, Box<dyn crate::Error>> = example(&client).await;
                        let sent = service.requests();
                        assert_eq!(sent.len(), 1, "{:?}", answer.err());
                        let written = include_str!(concat!(
                            "snippets/", stringify!($folder), "/", stringify!($name), ".http"
                        ));
                        crate::assert_is(&sent[0], written);
                    }
                }
            )+
        }
    };
}

examples! {
    directory, golden_directory::Client:
    assign
    create_user
    get_by_ids
    list_users
    reminders
    set_manager
}

examples! {
    events, golden_events::Client:
    edit_diary
    edit_notes
    replace_animal
    update_animal
    update_rooms
    wish
}

examples! {
    requests, crate::Client:
    add_scan
    change_order
    clear_note
    create_book
    create_order
    create_order_as_csv
    create_order_by_form
    get_order_as_text
    import_orders
    list_orders
    move_lines
    search
    set_shelves
    write_file
}
