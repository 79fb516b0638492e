//! The generated crate on the wire, through real HTTP on loopback.

#![allow(clippy::unwrap_used)] // A test may panic.

mod support;

use generated::graph::{
    AnyDeviceConfiguration, ComplianceStatus, DeviceConfiguration, DeviceConfigurationUserStatus,
    DeviceConfigurationUserStatusUpdate, IosTrustedRootCertificate,
};
use generated::runtime::transport::ReqwestTransport;
use generated::{Client, update_device_configuration_user_status};
use proptest::prelude::*;
use support::{answer, json, serve};
use time::{Duration as Span, OffsetDateTime};

const SEED: &str = r##"{"@odata.type":"#microsoft.graph.deviceConfigurationUserStatus","id":"7e323db2-3db2-7e32-b23d-327eb23d327e","lastReportedDateTime":"2017-01-01T00:00:17.7769392-08:00","status":"notApplicable"}"##;

fn update() -> DeviceConfigurationUserStatusUpdate {
    DeviceConfigurationUserStatusUpdate::new()
        .status(ComplianceStatus::NotApplicable)
        .last_reported_date_time("2017-01-01T00:00:17.7769392-08:00".parse().unwrap())
}

fn client(root: &str) -> Client {
    // A proxy in the environment must not be used for loopback.
    let client = generated::runtime::ServiceClient::builder(root)
        .credential("secret-token")
        .transport(ReqwestTransport::direct().unwrap())
        .build();
    client.unwrap().into()
}

#[tokio::test]
async fn the_update_sends_the_documented_request_and_reads_the_documented_answer() {
    let (root, received) = serve(vec![json("200 OK", SEED)]);
    let updated = update_device_configuration_user_status(&client(&root), "dc", "us", update())
        .await
        .unwrap()
        .unwrap();
    let request = received.recv().unwrap();
    assert_eq!(
        request.line,
        "PATCH /beta/deviceManagement/deviceConfigurations/dc/userStatuses/us HTTP/1.1"
    );
    assert_eq!(request.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.body,
        r#"{"status":"notApplicable","lastReportedDateTime":"2017-01-01T00:00:17.7769392-08:00"}"#
    );
    assert_eq!(updated.id.as_deref(), Some("7e323db2-3db2-7e32-b23d-327eb23d327e"));
    assert_eq!(updated.status, Some(ComplianceStatus::NotApplicable));
    assert_eq!(serde_json::to_string(&updated).unwrap(), SEED);
}

#[tokio::test]
async fn the_path_types_send_the_same_request() {
    let (root, received) =
        serve(vec!["HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned()]);
    let client = client(&root);
    let status =
        client.device_management().device_configurations().id("d/c").user_statuses().id("üs");
    assert_eq!(status.update(update().user_display_name(None)).await.unwrap(), None);
    let request = received.recv().unwrap();
    assert_eq!(
        request.line,
        "PATCH /beta/deviceManagement/deviceConfigurations/d%2Fc/userStatuses/%C3%BCs HTTP/1.1"
    );
    assert!(request.body.ends_with(r#","userDisplayName":null}"#), "{}", request.body);
}

#[tokio::test]
async fn the_other_methods_send_theirs() {
    let page = format!(r#"{{"@odata.count":1,"value":[{SEED}]}}"#);
    let (root, received) = serve(vec![
        json("200 OK", &page),
        json("200 OK", SEED),
        json("201 Created", SEED),
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned(),
    ]);
    let client = client(&root);
    let statuses = client.device_management().device_configurations().id("dc").user_statuses();
    let listed = statuses.list().await.unwrap();
    assert_eq!((listed.count, listed.value.len()), (Some(1), 1));
    statuses.id("us").get().await.unwrap();
    let mut new = DeviceConfigurationUserStatus::default();
    new.devices_count = Some(2);
    statuses.create(&new).await.unwrap();
    statuses.id("us").delete().await.unwrap();
    let below = "/beta/deviceManagement/deviceConfigurations/dc/userStatuses";
    let expected = [
        ("GET", "", ""),
        ("GET", "/us", ""),
        ("POST", "", r#"{"devicesCount":2}"#),
        ("DELETE", "/us", ""),
    ];
    for (method, key, body) in expected {
        let request = received.recv().unwrap();
        assert_eq!(request.line, format!("{method} {below}{key} HTTP/1.1"));
        assert_eq!(request.body, body);
    }
}

#[test]
fn a_type_cast_is_a_segment_of_the_path() {
    let client = client("https://graph.example/beta");
    let statuses = client
        .device_management()
        .device_configurations()
        .id("dc")
        .as_ios_scep_certificate_profile()
        .root_certificate()
        .user_statuses();
    let request = statuses.id("us").update(update()).to_http().unwrap();
    assert_eq!(
        request.uri().path(),
        "/beta/deviceManagement/deviceConfigurations/dc/microsoft.graph.iosScepCertificateProfile/rootCertificate/userStatuses/us"
    );
    assert!(request.headers().get("authorization").is_none());
}

#[tokio::test]
async fn an_error_of_the_service_is_typed() {
    let body = r#"{"error":{"code":"ResourceNotFound","message":"No such status.","innerError":{"request-id":"42"}}}"#;
    let (root, _received) = serve(vec![json("404 Not Found", body)]);
    let error = update_device_configuration_user_status(&client(&root), "dc", "us", update())
        .await
        .unwrap_err();
    assert!(error.is_not_found());
    let service = error.service_error().unwrap();
    assert_eq!(service.code(), "ResourceNotFound");
    assert!(error.to_string().contains("No such status."), "{error}");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_shown() {
    let (root, _received) =
        serve(vec![answer("400 Bad Request", "text/html", "<h1>Bad gateway of sorts</h1>")]);
    let error = client(&root).device_management().get().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert!(format!("{error} {error:?}").contains("Bad gateway of sorts"), "{error}");
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_named_with_its_place_and_loses_nothing_else() {
    let body = r#"{"value":[{"id":"a"},{"id":"b","devicesCount":"many"}]}"#;
    let (root, _received) = serve(vec![json("200 OK", body)]);
    let client = client(&root);
    let statuses = client.device_management().device_configurations().id("dc").user_statuses();
    let page = statuses.list().await.unwrap();
    assert_eq!(page.value[1].id.as_deref(), Some("b"));
    let unread = page.unread();
    let [devices] = &unread[..] else { panic!("{unread:?}") };
    assert_eq!(devices.path(), "value[1].devicesCount");
    assert_eq!(devices.value().text(), r#""many""#);
}

#[tokio::test]
async fn the_error_of_a_wrong_answer_names_the_place() {
    let (root, _received) = serve(vec![json("200 OK", r#"{"value":[{"id":"a"},7]}"#)]);
    let client = client(&root);
    let statuses = client.device_management().device_configurations().id("dc").user_statuses();
    let error = statuses.list().await.unwrap_err();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    assert!(text.contains("value[1]"), "{text}");
}

#[tokio::test]
async fn a_dropped_connection_is_an_error() {
    let (root, _received) = serve(vec![String::new()]);
    let error = update_device_configuration_user_status(&client(&root), "dc", "us", update())
        .await
        .unwrap_err();
    assert!(error.status().is_none(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("secret-token"));
}

#[test]
fn derived_types_are_found_by_their_name_wherever_it_is() {
    let name = r##""@odata.type":"#microsoft.graph.iosTrustedRootCertificate""##;
    for json in [
        format!(r#"{{{name},"id":"a","certFileName":"root.cer","later":1.10}}"#),
        format!(r#"{{"id":"a","certFileName":"root.cer","later":1.10,{name}}}"#),
    ] {
        let value: DeviceConfiguration = serde_json::from_str(&json).unwrap();
        assert_eq!(value.id.as_deref(), Some("a"));
        let again = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<DeviceConfiguration>(&again).unwrap(), value);
        assert!(again.contains(name));
        let certificate: IosTrustedRootCertificate = value.downcast().unwrap();
        assert_eq!(certificate.cert_file_name.as_deref(), Some("root.cer"));
        assert_eq!(certificate.additional.get("later").unwrap().text(), "1.10");
        assert!(serde_json::to_string(&certificate).unwrap().contains(name));
    }
    let unknown =
        r##"{"@odata.type":"#microsoft.graph.newProfile","id":"a","setting":{"x":[1,null]}}"##;
    let value: DeviceConfiguration = serde_json::from_str(unknown).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), unknown);
    assert!(matches!(value.into_any(), AnyDeviceConfiguration::DeviceConfiguration(_)));
}

proptest! {
    #[test]
    fn any_id_is_one_key(id in any::<String>()) {
        let client = client("https://graph.example/beta");
        let path = client.device_management().device_configurations().id(&id).user_statuses();
        let request = path.list().to_http().unwrap();
        let between = request.uri().path()
            .strip_prefix("/beta/deviceManagement/deviceConfigurations").unwrap()
            .strip_suffix("/userStatuses").unwrap();
        // A name that would not survive as a segment, or have a special meaning there, is in parentheses.
        let written = between.strip_prefix('/').or_else(|| between.strip_prefix('(')).unwrap();
        prop_assert!(!written.contains(['/', '?', '#']), "{between}");
        let special = matches!(id.as_str(), "" | "." | "..") || id.starts_with('$');
        prop_assert!(between.starts_with('/') || special, "{between}");
    }

    #[test]
    fn any_object_survives_a_round_trip(
        id in proptest::option::of(any::<String>()),
        count in proptest::option::of(any::<i32>()),
        status in proptest::option::of("[a-zA-Z]{0,12}"),
        seconds in proptest::option::of(-62_135_596_800_i64..253_402_300_799),
        other in proptest::option::of(any::<f64>().prop_filter("JSON has no infinity", |x| x.is_finite())),
    ) {
        let mut object = DeviceConfigurationUserStatus::default();
        object.id = id;
        object.devices_count = count;
        object.status = status.as_deref().map(ComplianceStatus::from);
        object.last_reported_date_time = seconds.map(|seconds| {
            let moment: schemacrate_runtime::edm::DateTimeOffset =
                "2017-01-01T00:00:00Z".parse().unwrap();
            let start = OffsetDateTime::from(moment);
            (start - (start - OffsetDateTime::UNIX_EPOCH) + Span::seconds(seconds)).into()
        });
        if let Some(other) = other {
            object.additional.insert("other", other);
        }
        let text = serde_json::to_string(&object).unwrap();
        let again: DeviceConfigurationUserStatus = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &object);
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>()) {
        let _ = serde_json::from_slice::<DeviceConfigurationUserStatus>(&bytes);
        let _ = serde_json::from_slice::<DeviceConfiguration>(&bytes);
    }
}
