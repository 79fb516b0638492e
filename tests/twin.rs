//! One service, described twice: by the CSDL in `schema/`, and by the OpenAPI document that a tool of OASIS made of it
//! (`generator/tests/goldens/twin/`). Both crates send the same requests and read the same answers; what differs is
//! listed, with its reason.

#![allow(clippy::unwrap_used)] // A test may panic.

use generated::graph::{ComplianceStatus, DeviceConfigurationUserStatus as Status};
use generated::graph::{DeviceConfigurationUserStatusUpdate, IosTrustedRootCertificateUpdate};
use generated::runtime::bytes::Bytes;
use generated::runtime::model::{Null, Value, to_json};
use generated::runtime::transport::Replay;
use generated::runtime::{Error, http};
use golden_twin::runtime::model::{Formatted, Maybe};
use golden_twin::runtime::types::{Binary, DateTimeOffset};
use golden_twin::types as twin;
use golden_twin::types::MicrosoftGraphDeviceConfigurationCreateMicrosoftGraphIosTrustedRootCertificateCreate as RootCertificate;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

const ROOT: &str = "https://graph.example/beta";
const STATUS: &str = r#"{"id":"us","devicesCount":2,"lastReportedDateTime":"2017-01-01T00:00:17.7769392-08:00","status":"notApplicable","userDisplayName":null,"userPrincipalName":"ada@example.com"}"#;
const TIME: &str = "2017-01-01T00:00:17.7769392-08:00";
/// Keys with what has a meaning in addresses.
const KEYS: (&str, &str) = ("d/c 1", "üs?#'&");

/// What both are asked for, in this order.
const CALLS: [&str; 7] = ["list", "query", "get", "create", "update", "delete", "create derived"];

/// What differs by design: the calls, what of their requests, what the crate of the CSDL sends, what that of the
/// OpenAPI document sends, and why.
type Difference = (&'static [&'static str], &'static str, &'static str, &'static str, &'static str);

const DIFFERENCES: &[Difference] = &[
    (
        &CALLS,
        "header client-request-id",
        RANDOM,
        "",
        "OData requests are named for the log of the service; the document declares no such header",
    ),
    (
        &["query"],
        "address",
        "https://graph.example/beta/deviceManagement/deviceConfigurations/d%2Fc%201/userStatuses?$filter=userDisplayName%20eq%20%27O%27%27Neil%20%26%20S%C3%B6hne%27%20and%20devicesCount%20gt%201&$select=id,status&$orderby=devicesCount%20desc,id&$top=5&$skip=10&$count=true",
        "https://graph.example/beta/deviceManagement/deviceConfigurations/d%2Fc%201/userStatuses?%24top=5&%24skip=10&%24filter=userDisplayName%20eq%20%27O%27%27Neil%20%26%20S%C3%B6hne%27%20and%20devicesCount%20gt%201&%24count=true&%24orderby=devicesCount%20desc,id&%24select=id,status",
        "options of OData have the order of the calls and a literal `$`; parameters of OpenAPI have the order of the document, and in their names reserved characters are encoded; the pairs are the same",
    ),
    (
        &["update", "delete"],
        "header accept",
        "application/json",
        "",
        "a service of OData may return the changed object; the document declares a 204 without a body",
    ),
    (
        &["create derived"],
        "body",
        r##"{"@odata.type":"#microsoft.graph.iosTrustedRootCertificate","displayName":"root","certFileName":"a.cer","trustedRootCertificate":"AQL/"}"##,
        r#"{"displayName":"root","certFileName":"a.cer","trustedRootCertificate":"AQL/"}"#,
        "the tool writes the derived types as alternatives, and the annotation that names the type is not in the document",
    ),
];

/// What stands for a random value.
const RANDOM: &str = "(random)";

/// What a service answers to the calls.
fn answer(service: &Replay) {
    let page = format!(r#"{{"@odata.count":1,"value":[{STATUS}]}}"#);
    service.answer(200, page.clone());
    service.answer(200, page);
    service.answer(200, STATUS);
    service.answer(201, STATUS);
    service.answer(204, "");
    service.answer(204, "");
    service.answer(201, r#"{"id":"dc"}"#);
}

/// What the crate of the CSDL sends, and what it reads as JSON.
async fn odata() -> Result<(Vec<http::Request<Bytes>>, Vec<String>), Error> {
    let service = Replay::new();
    answer(&service);
    let client = generated::Client::builder().service_root(ROOT).credential("token");
    let client = client.transport(service.clone()).build()?;
    let configurations = client.device_management().device_configurations();
    let statuses = configurations.id(KEYS.0).user_statuses();
    let mut read = Vec::new();
    read.push(json(&statuses.list().await?.value));
    let filter = Status::USER_DISPLAY_NAME.eq("O'Neil & Söhne").and(Status::DEVICES_COUNT.gt(1));
    let query = statuses.list().filter(filter).select((Status::ID, Status::STATUS));
    let query = query.order_by((Status::DEVICES_COUNT.descending(), Status::ID));
    let page = query.top(5).skip(10).count().await?;
    assert_eq!(page.count, Some(1));
    read.push(json(&page.value));
    let status = statuses.id(KEYS.1);
    read.push(json(&status.get().await?));
    let new = DeviceConfigurationUserStatusUpdate::new().devices_count(2);
    let new = new.last_reported_date_time(TIME).status(ComplianceStatus::NotApplicable);
    let new = new.user_display_name(Null).user_principal_name("ada@example.com");
    read.push(json(&statuses.create(new).await?));
    let change = DeviceConfigurationUserStatusUpdate::new().status(ComplianceStatus::Error);
    assert_eq!(status.update(change.user_display_name(Null)).await?, None);
    status.delete().await?;
    let derived = IosTrustedRootCertificateUpdate::new().display_name("root");
    let derived = derived.cert_file_name("a.cer").trusted_root_certificate(vec![1, 2, 255]);
    configurations.create(derived).await?;
    Ok((service.requests(), read))
}

/// The same with the crate of the OpenAPI document.
async fn openapi() -> Result<(Vec<http::Request<Bytes>>, Vec<String>), Error> {
    let service = Replay::new();
    answer(&service);
    let client = golden_twin::Client::builder().service_root(ROOT).credential("token");
    let client = client.transport(service.clone()).build()?;
    let management = client.device_management();
    let mut read = Vec::new();
    let list = || management.get_device_configurations_id_1_user_statuses(KEYS.0);
    read.push(json(&list().await?.value.unwrap()));
    let query = list().filter("userDisplayName eq 'O''Neil & Söhne' and devicesCount gt 1");
    let query = query.select([
        twin::GetDeviceManagementDeviceConfigurationsId1UserStatusesSelectItem::Id,
        twin::GetDeviceManagementDeviceConfigurationsId1UserStatusesSelectItem::Status,
    ]);
    let query = query.orderby([
        twin::GetDeviceManagementDeviceConfigurationsId1UserStatusesOrderbyItem::DevicesCountDesc,
        twin::GetDeviceManagementDeviceConfigurationsId1UserStatusesOrderbyItem::Id,
    ]);
    let page = query.top(5).skip(10).count(true).await?;
    assert_eq!(json(&page.odata_count.unwrap()), "1");
    read.push(json(&page.value.unwrap()));
    let get = management.get_device_configurations_id_1_user_statuses_id_2(KEYS.0, KEYS.1);
    read.push(json(&get.await?));
    let new = twin::MicrosoftGraphDeviceConfigurationUserStatusCreate::default();
    let new = new
        .devices_count(2)
        .last_reported_date_time(TIME.parse::<Formatted<DateTimeOffset>>().unwrap());
    let new = new.status(twin::MicrosoftGraphComplianceStatus::NotApplicable);
    let new = new.user_display_name(Maybe::Null).user_principal_name("ada@example.com");
    let create = management.post_device_configurations_id_1_user_statuses(KEYS.0, new);
    read.push(json(&create.await?));
    let change = twin::MicrosoftGraphDeviceConfigurationUserStatusUpdate::default();
    let change = change.status(twin::MicrosoftGraphComplianceStatus::Error);
    let change = change.user_display_name(Maybe::Null);
    management.patch_device_configurations_id_1_user_statuses_id_2(KEYS.0, KEYS.1, change).await?;
    management.delete_device_configurations_id_1_user_statuses_id_2(KEYS.0, KEYS.1).await?;
    let derived = RootCertificate::default().display_name("root").cert_file_name("a.cer");
    let derived = derived.trusted_root_certificate(Binary::from(vec![1, 2, 255]));
    let derived = twin::MicrosoftGraphDeviceConfigurationCreate::from(derived);
    management.post_device_configurations(derived).await?;
    Ok((service.requests(), read))
}

fn json(value: &impl Value) -> String {
    String::from_utf8(to_json(value)).unwrap()
}

/// The pairs of the query, decoded.
fn pairs(request: &http::Request<Bytes>) -> BTreeSet<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pairs = request.uri().query().into_iter().flat_map(|query| query.split('&'));
    pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The parts of a request that differ, each with what both have.
fn differences(
    one: &http::Request<Bytes>,
    other: &http::Request<Bytes>,
) -> Vec<(String, String, String)> {
    let parts = |request: &http::Request<Bytes>| {
        let names = request.headers().keys().map(|name| format!("header {name}"));
        let mut names: BTreeSet<String> = names.collect();
        names.extend(["method", "address", "body"].map(str::to_owned));
        names
    };
    let part = |request: &http::Request<Bytes>, name: &str| match name {
        "method" => request.method().to_string(),
        "address" => request.uri().to_string(),
        "body" => String::from_utf8_lossy(request.body()).into_owned(),
        "header client-request-id" if request.headers().contains_key("client-request-id") => {
            RANDOM.to_owned()
        }
        name => {
            let values = request.headers().get_all(name.trim_start_matches("header ")).iter();
            values.map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
        }
    };
    parts(one)
        .union(&parts(other))
        .map(|name| (name.clone(), part(one, name), part(other, name)))
        .filter(|(_, one, other)| one != other)
        .collect()
}

#[tokio::test]
async fn both_send_and_read_the_same() -> Result<(), Error> {
    let ((odata, of_odata), (openapi, of_openapi)) = (odata().await?, openapi().await?);
    assert_eq!((odata.len(), openapi.len()), (CALLS.len(), CALLS.len()));
    for (call, (one, other)) in CALLS.iter().zip(odata.iter().zip(&openapi)) {
        let expected: Vec<(&str, &str, &str)> = DIFFERENCES
            .iter()
            .filter(|(calls, ..)| calls.contains(call))
            .map(|(_, part, one, other, _)| (*part, *one, *other))
            .collect();
        let found = differences(one, other);
        let found: BTreeSet<(&str, &str, &str)> =
            found.iter().map(|(part, one, other)| (&**part, &**one, &**other)).collect();
        assert_eq!(found, expected.into_iter().collect(), "{call}");
        assert_eq!(pairs(one), pairs(other), "{call}");
    }
    assert_eq!(of_openapi.last().map(String::as_str), Some(STATUS));
    // A type of OData has one state for what is null and what is absent.
    let without_null = |json: &String| json.replace(r#""userDisplayName":null,"#, "");
    assert_eq!(of_odata, of_openapi.iter().map(without_null).collect::<Vec<_>>());
    Ok(())
}
