//! The Rust that `schemacrate snippet` writes, compiled and run: it makes the request that it was made
//! from.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(unreachable_pub)] // The examples are items of any module.

use generated::runtime::http;
use percent_encoding::percent_decode_str;
use schemacrate_runtime::ServiceClient;
use schemacrate_runtime::transport::Replay;
use std::collections::BTreeMap;
use std::error::Error;

/// A client that records what it would send. What comes back does not matter.
fn client() -> (ServiceClient, Replay) {
    let service = Replay::new();
    service.answer(200, "{}");
    let root = "https://example.com";
    let builder = ServiceClient::builder(root).credential("token").transport(service.clone());
    (builder.build().unwrap(), service)
}

/// The decoded query options.
fn options(query: &str) -> Vec<String> {
    let decode = |one: &str| percent_decode_str(one).decode_utf8().unwrap().into_owned();
    // Blanks after commas mean nothing.
    let mut options: Vec<String> = query
        .split('&')
        .map(|one| decode(one).replace(", ", ",").replace("l:l/", "x1:x1/"))
        .collect();
    options.sort();
    options
}

/// A path with nothing encoded.
fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8().unwrap().into_owned()
}

/// JSON without members that are null, because those may be left out.
fn without_nulls(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Number(number) => number.as_f64().unwrap().into(),
        other => other,
    }
}

/// The names of all members in small letters. They are compared so only where a request has them in
/// another case than the schema.
fn with_small_names(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(name, value)| (name.to_ascii_lowercase(), with_small_names(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(with_small_names).collect(),
        other => other,
    }
}

/// Whether a request is the one that is written, except for the case of the names in its body if its
/// own name ends with `_in_other_case`.
fn assert_is(name: &str, sent: &http::Request<schemacrate_runtime::bytes::Bytes>, written: &str) {
    let (head, body) = written.split_once("\n\n").unwrap_or((written.trim_end(), ""));
    let mut lines = head.lines();
    let (method, url) = lines.next().unwrap().split_once(' ').unwrap();
    let url = url.trim_start_matches("https://graph.microsoft.com");
    let url = url.trim_start_matches("/v1.0").trim_start_matches("/beta");
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    assert_eq!(sent.method(), method);
    assert_eq!(decoded(sent.uri().path()), path);
    assert_eq!(options(sent.uri().query().unwrap_or_default()), options(query));
    let headers: BTreeMap<&str, &str> = lines.map(|line| line.split_once(": ").unwrap()).collect();
    for (name, value) in headers {
        if !name.eq_ignore_ascii_case("content-length") {
            assert_eq!(sent.headers().get(name).unwrap(), value, "{name}");
        }
    }
    let (sent, body) = (String::from_utf8_lossy(sent.body()), body.trim_end_matches('\n'));
    match (serde_json::from_str(&sent), serde_json::from_str(body)) {
        (Ok(sent), Ok(body)) if name.ends_with("_in_other_case") => {
            let small = |value| with_small_names(without_nulls(value));
            assert_eq!(small(sent), small(body));
        }
        (Ok(sent), Ok(body)) => assert_eq!(without_nulls(sent), without_nulls(body)),
        _ => assert_eq!(sent, body),
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
                        let (client, service) = crate::client();
                        let answer: Result<_, Box<dyn crate::Error>> =
                            example(&<$client>::from(client)).await;
                        let sent = service.requests();
                        assert_eq!(sent.len(), 1, "{:?}", answer.err());
                        let written = include_str!(concat!(
                            "snippets/", stringify!($folder), "/", stringify!($name), ".http"
                        ));
                        crate::assert_is(stringify!($name), &sent[0], written);
                    }
                }
            )+
        }
    };
}

examples! {
    service, golden_service::Client:
    action_in_other_case
    add_friend
    add_friend_by_url
    alternate_key
    archive_orders
    below_complex
    below_derived_complex
    below_nested_complex
    best
    bytes_in_other_case
    cancel_minimal
    cancel_order
    cancel_with_body
    change_address
    change_order
    clear_note
    colon_path
    compare_navigations
    compound_key
    count_in_other_case
    count_orders
    create_in_other_case
    create_minimal
    create_order
    delete_order
    derived_complex
    entity_bytes
    filter_by_text
    import_in_other_case
    item_with_closed_path
    item_with_path
    item_with_path_after_key
    key_in_other_case
    key_like_a_system_segment
    key_with_equals
    lambda_of_navigation
    lambda_variables
    list_orders
    not_json
    open_shop
    operation_on_complex
    order_by_object
    other_case
    other_method
    parameter_aliases
    parameters_in_other_case
    placeholder_key
    property_of_nested_complex
    quoted_key
    read_invoice
    read_minimal
    read_photo
    read_reference_in_other_case
    read_street
    recent_orders
    reference_in_other_case
    reference_without_body
    remove_friend
    set_note
    ship_minimal
    ship_order
    stream_value
    unknown_path
    update_in_other_case
    write_entity_bytes
    write_photo
}

examples! {
    inheritance, golden_inheritance::Client:
    cast
    cast_in_other_case
    cast_of_collection_in_other_case
    change_animal
    change_parrot
    create_parrot
    derived_filter
    key_segments
    lambda_of_derived
    missing_cast
}

examples! {
    values, golden_values::Client:
    change_holder
    create_holder
    filter_holders
    lambda_of_flags
}

examples! {
    graph, generated::Client:
    other_root
    update_status
}
