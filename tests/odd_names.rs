//! Names that are not identifiers: the wire name is read and written exactly.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_names::Client;
use golden_names::odd_names::{Level, LogEntry, LogEntryUpdate};
use golden_names::self_::type_::Option as Options;
use schemacrate_runtime::Request;
use schemacrate_runtime::model::{from_json, to_json};
use schemacrate_runtime::transport::Replay;
use serde_json::{Value, json};

fn client() -> Client {
    let builder = Client::builder().service_root("https://example.com/v1");
    builder.transport(Replay::new()).build().unwrap()
}

fn url<T>(request: &Request<T>) -> String {
    let url = request.to_http().unwrap().uri().to_string();
    url.strip_prefix("https://example.com/v1/").unwrap().to_owned()
}

#[test]
fn json_has_the_wire_names() {
    let wire = json!({
        "request-id": "1", "client-request-id": "2", "level": "not-ok", "$x": 3, "a `b`": "4", "2nd": "5",
        "a/b": {"request-id": "6", "level": "it's"}, "x-y": true,
    });
    let entry: LogEntry = from_json(wire.to_string().as_bytes()).unwrap();
    assert_eq!(entry.request_id.as_deref(), Some("1"));
    assert_eq!(entry.client_request_id.as_deref(), Some("2"));
    assert_eq!(entry.level, Some(Level::NotOk));
    assert_eq!(
        (entry.x, entry.a_b.as_deref(), entry.item2nd.as_deref()),
        (Some(3), Some("4"), Some("5"))
    );
    assert_eq!(entry.a_b_.as_ref().unwrap().level, Some(Level::ItS));
    assert_eq!(entry.additional.len(), 1);
    let written: Value = serde_json::from_slice(&to_json(&entry)).unwrap();
    assert_eq!(written, wire);
    let update = LogEntryUpdate::new().client_request_id("2").x(3).level(Level::Err);
    let written: Value = serde_json::from_slice(&update.as_ref().to_json()).unwrap();
    assert_eq!(written, json!({"client-request-id": "2", "$x": 3, "level": "err"}));
}

#[test]
fn paths_encode_what_a_segment_cannot_hold() {
    let entries = client().log_entries();
    assert_eq!(url(&entries.list()), "log%20entries");
    let entry = entries.request_id("a-b");
    assert_eq!(
        url(&entry.next_entry().all_entries().list()),
        "log%20entries('a-b')/next-entry/all%20entries"
    );
    // The name of a set that would hide what every client has.
    assert_eq!(url(&client().batch_().get()), "batch");
}

#[test]
fn queries_name_what_they_can_hold() {
    let request = client()
        .log_entries()
        .list()
        .select([LogEntry::REQUEST_ID, LogEntry::CLIENT_REQUEST_ID])
        .filter(LogEntry::CLIENT_REQUEST_ID.eq("1").and(LogEntry::LEVEL.eq(Level::ItS)));
    let sent = url(&request);
    assert!(sent.contains("$select=request-id,client-request-id"), "{sent}");
    let expected = "$filter=client-request-id%20eq%20%271%27%20and%20level%20eq%20odd-names.level%27it%27%27s%27";
    assert!(sent.contains(expected), "{sent}");
}

#[test]
fn an_alias_is_left_out_with_its_argument() {
    let entries = client().log_entries();
    assert_eq!(url(&entries.pick(None, None)), "log%20entries/odd-names.pick()");
    let levels = vec![Level::Err, Level::NotOk];
    assert_eq!(
        url(&entries.pick(Some(&levels), None)),
        "log%20entries/odd-names.pick(log-levels=@log-levels)?@log-levels=%5B%22err%22,%22not-ok%22%5D"
    );
    let mut like = Options::default();
    like.string = Some("x".to_owned());
    assert_eq!(
        url(&entries.pick(None, Some(&like))),
        "log%20entries/odd-names.pick(like=@like)?@like=%7B%22String%22:%22x%22%7D"
    );
}
