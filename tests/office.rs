//! The steps of the example `office`, the requests that they send, and what they return.

#[path = "../examples/office.rs"]
#[allow(dead_code, reason = "the test calls the steps and not `main`")]
mod office;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use expect_test::{Expect, expect};
use golden_office::Client;
use golden_office::office::User;
use golden_office::runtime::azure::AzureCredential;
use golden_office::runtime::azure_core::credentials::{
    AccessToken, TokenCredential, TokenRequestOptions,
};
use golden_office::runtime::azure_core::time::OffsetDateTime;
use golden_office::runtime::{Error, azure_core};
use office::service::{Recorded, Service};
use serde_json::Value;

/// A service and a client of it.
fn start() -> (Service, Client) {
    let service = Service::start().expect("a port");
    let client = office::loopback(&service.root(), "a-token-for-loopback").expect("a client");
    (service, client)
}

/// Compares the requests that came with what is expected.
fn assert_sent(service: &Service, expected: &Expect) {
    let origin = service.root().replace("/v1.0", "");
    let requests: String = service.requests().iter().map(shown).collect();
    expected.assert_eq(&requests.replace(&origin, "{origin}"));
}

/// A request as text: method, path, decoded query, the headers that differ from one request to the other,
/// and the body. What each request has is checked here.
fn shown(request: &Recorded) -> String {
    let Recorded { method, path, query, .. } = request;
    let to_upload = path.starts_with("/upload/");
    let token = request.header("authorization");
    assert_eq!(token, (!to_upload).then_some("Bearer a-token-for-loopback"), "{path}");
    let id = request.header("client-request-id").map(str::len);
    assert_eq!(id, Some(36), "{path}");
    let mut text = format!("{method} {path}");
    if !query.is_empty() {
        text.push_str(&format!("\n  ?{}", query.replace('&', "\n  &")));
    }
    let names =
        ["accept", "consistencylevel", "content-range", "content-type", "if-match", "prefer"];
    for name in names {
        if let Some(value) = request.header(name).filter(|value| *value != "application/json") {
            text.push_str(&format!("\n  {name}: {value}"));
        }
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(mut body) => {
            hide_ids(&mut body);
            text.push_str(&format!("\n{body:#}"));
        }
        Err(_) if request.body.is_empty() => {}
        Err(_) => text.push_str(&format!("\n  {} bytes", request.body.len())),
    }
    text + "\n"
}

/// Hides the ids that the client assigned to the parts of a batch.
fn hide_ids(body: &mut Value) {
    for part in body["requests"].as_array_mut().into_iter().flatten() {
        let id = part["headers"]["client-request-id"].take();
        assert_eq!(id.as_str().map(str::len), Some(36));
        part["headers"]["client-request-id"] = "{id}".into();
    }
}

/// A folder for the files of one test.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("office-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn ids(users: &[User]) -> Vec<&str> {
    users.iter().filter_map(|user| user.id.as_deref()).collect()
}

#[tokio::test]
async fn the_first_users_of_a_list_are_read_page_by_page() {
    let (service, client) = start();
    let users = office::list_users(&client).await.expect("users");
    assert_eq!(ids(&users), ["ada", "alan", "barbara", "edsger"]);
    assert_sent(
        &service,
        &expect![[r#"
        GET /v1.0/users
          ?$select=id,displayName,mail
          &$filter=department eq 'Research' and mail ne null
          &$orderby=displayName
          &$top=3
        GET /v1.0/users
          ?$top=3
          &$skiptoken=3
    "#]],
    );
}

#[tokio::test]
async fn a_user_that_is_not_there_is_none() {
    let (service, client) = start();
    assert_eq!(office::find_user(&client, "no/body").await.expect("404"), None);
    let user = office::find_user(&client, "grace").await.expect("200").expect("a user");
    assert_eq!(user.display_name.as_deref(), Some("Grace Hopper"));
    assert_sent(
        &service,
        &expect![[r#"
            GET /v1.0/users/no%2Fbody
              ?$expand=manager($select=id)
            GET /v1.0/users/grace
              ?$expand=manager($select=id)
        "#]],
    );

    let missing = client.users().id("nobody").get().await.expect_err("404");
    assert_eq!((missing.code(), missing.request_id()), (Some("resourceNotFound"), Some("r-404")));
    assert!(missing.client_request_id().is_some());
}

#[tokio::test]
async fn an_event_is_created_with_its_attendees() {
    let (service, client) = start();
    let event = office::create_event(&client).await.expect("201");
    assert_eq!((event.id.as_deref(), event.attendees.map(|all| all.len())), (Some("e1"), Some(2)));
    assert_sent(
        &service,
        &expect![[r#"
            POST /v1.0/me/events
            {
              "attendees": [
                {
                  "emailAddress": {
                    "address": "ada@example.com"
                  }
                },
                {
                  "emailAddress": {
                    "address": "alan@example.com"
                  }
                }
              ],
              "end": {
                "dateTime": "2026-12-01T13:00:00",
                "timeZone": "Europe/Berlin"
              },
              "requests": null,
              "start": {
                "dateTime": "2026-12-01T12:00:00",
                "timeZone": "Europe/Berlin"
              },
              "subject": "Lunch"
            }
        "#]],
    );
}

#[tokio::test]
async fn a_mail_is_sent_with_its_attachment() {
    let (service, client) = start();
    office::send_mail(&client).await.expect("202");
    assert_sent(
        &service,
        &expect![[r##"
            POST /v1.0/me/sendMail
            {
              "message": {
                "attachments": [
                  {
                    "@odata.type": "#office.fileAttachment",
                    "contentBytes": "VGhlIHBsYW4=",
                    "name": "plan.txt"
                  }
                ],
                "body": {
                  "content": "See the file.",
                  "contentType": "text"
                },
                "subject": "The plan",
                "toRecipients": [
                  {
                    "emailAddress": {
                      "address": "ada@example.com"
                    }
                  }
                ]
              },
              "requests": null
            }
        "##]],
    );
}

/// How many lines the body of a function of the example has.
fn lines(function: &str) -> usize {
    let source = include_str!("../examples/office.rs");
    let (_, rest) = source.split_once(&format!("fn {function}(")).expect(function);
    rest.lines().skip(1).take_while(|line| *line != "}").count()
}

#[test]
fn an_event_and_a_mail_take_fifteen_lines() {
    let lines = ["address", "create_event", "send_mail"].map(lines);
    assert!(lines.iter().sum::<usize>() <= 15, "{lines:?}");
}

#[tokio::test]
async fn attachments_of_several_types_are_read() {
    let (service, client) = start();
    let read = office::read_mail(&client, SystemTime::UNIX_EPOCH).await.expect("a message");
    let expected = [
        r#"the file Some("plan.txt") of 8 bytes"#,
        r#"Some("Re: plan") of the type office.itemAttachment"#,
        "40 bytes of MIME",
    ];
    assert_eq!(read, expected);
    assert_sent(
        &service,
        &expect![[r#"
            GET /v1.0/me/messages
              ?$filter=receivedDateTime ge 1970-01-01T00:00:00Z and isRead eq false
              &$orderby=receivedDateTime desc
              &$top=1
            GET /v1.0/me/messages/m1/attachments
            GET /v1.0/me/messages/m1/$value
              accept: */*
        "#]],
    );
}

#[tokio::test]
async fn a_user_is_changed_if_nobody_was_faster() {
    let (service, client) = start();
    let user = office::change_user(&client, "ada").await.expect("200").expect("the user");
    assert_eq!(user.job_title.as_deref(), Some("Countess"));
    assert_sent(
        &service,
        &expect![[r#"
            GET /v1.0/users/ada
            PATCH /v1.0/users/ada
              if-match: W/"1"
              prefer: return=representation
            {
              "jobTitle": "Countess",
              "mobilePhone": null,
              "requests": null
            }
        "#]],
    );

    // The ETag is that of the object as it was read.
    let changed = client.users().id("ada").get().await.expect("200");
    let older = client.users().id("alan").get().await.expect("200");
    assert_eq!(changed.additional.etag().as_deref(), Some("W/\"2\""));
    let error = client.users().id("ada").delete().if_unchanged(&older).minimal();
    assert_eq!(error.headers()["if-match"], "W/\"1\"");
}

#[tokio::test]
async fn nothing_is_sent_for_an_object_without_etag() {
    let (service, client) = start();
    let delete = client.users().id("ada").delete().if_unchanged(&User::default());
    let error: Error = delete.await.expect_err("no ETag");
    let expected = "DELETE /users/{key}: the object has no ETag by which the service could recognise \
                    that it has not changed";
    assert_eq!(error.to_string(), expected);
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_for_an_object_without_key() {
    let (service, client) = start();
    let grace = client.users().id("grace").get().await.expect("200");
    let again = client.users().id(&grace.id).get().await.expect("200");
    assert_eq!(again, grace);
    let path = client.users().id(User::default().id);
    assert_eq!(
        path.delete().await.expect_err("no key").to_string(),
        "DELETE /users/{key}: a key cannot be sent: it is null"
    );
    let mail = client.users().by_mail(User::default().mail).get();
    mail.await.expect_err("no alternate key");
    let reference = client.groups().id("readers").members().references().add(path);
    reference.await.expect_err("no address");
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn a_member_is_added_by_its_address() {
    let (service, client) = start();
    let members = office::add_member(&client, "readers", "ada").await.expect("members");
    let expected = [r#"the device Some("Printer")"#, r#"the user Some("ada@example.com")"#];
    assert_eq!(members, expected);
    assert_sent(
        &service,
        &expect![[r#"
            POST /v1.0/groups/readers/members/$ref
            {
              "@odata.id": "{origin}/v1.0/users/ada",
              "requests": null
            }
            GET /v1.0/groups/readers/members
        "#]],
    );
}

#[tokio::test]
async fn a_search_may_be_answered_late() {
    let (service, client) = start();
    let (count, found) = office::search(&client, "grace").await.expect("200");
    assert_eq!((count, ids(&found)), (1, vec!["grace"]));
    assert_sent(
        &service,
        &expect![[r#"
        GET /v1.0/users
          ?$search="displayName:grace"
          &$count=true
          consistencylevel: eventual
    "#]],
    );
}

#[tokio::test]
async fn five_requests_travel_as_one() {
    let (service, client) = start();
    let dashboard = office::dashboard(&client).await.expect("200");
    assert_eq!(dashboard, "Ada Lovelace (or Grace Hopper) has 1 to read at e1, and no photo");
    assert_sent(
        &service,
        &expect![[r#"
            POST /v1.0/$batch
              prefer: odata.continue-on-error
            {
              "requests": [
                {
                  "headers": {
                    "accept": "application/json",
                    "client-request-id": "{id}"
                  },
                  "id": "1",
                  "method": "GET",
                  "url": "me?$select=displayName"
                },
                {
                  "headers": {
                    "accept": "application/json",
                    "client-request-id": "{id}"
                  },
                  "id": "2",
                  "method": "GET",
                  "url": "me/mailboxSettings/substitute"
                },
                {
                  "headers": {
                    "accept": "application/json",
                    "client-request-id": "{id}"
                  },
                  "id": "3",
                  "method": "GET",
                  "url": "me/messages?$filter=isRead%20eq%20false"
                },
                {
                  "headers": {
                    "accept": "application/json",
                    "client-request-id": "{id}"
                  },
                  "id": "4",
                  "method": "GET",
                  "url": "me/photo"
                },
                {
                  "body": {
                    "subject": "Read mail"
                  },
                  "dependsOn": [
                    "3"
                  ],
                  "headers": {
                    "accept": "application/json",
                    "client-request-id": "{id}",
                    "content-type": "application/json"
                  },
                  "id": "5",
                  "method": "POST",
                  "url": "me/events"
                }
              ]
            }
        "#]],
    );
}

#[tokio::test]
async fn a_busy_service_is_asked_again_when_it_says_so() {
    let (service, client) = start();
    let started = Instant::now();
    assert_eq!(office::bytes_left(&client).await.expect("200"), Some(1_000_000));
    assert!(started.elapsed() >= Duration::from_secs(1));
    let requests = service.requests();
    let ids = requests.iter().map(|request| request.header("client-request-id"));
    let ids: Vec<_> = ids.collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_sent(
        &service,
        &expect![[r#"
        GET /v1.0/me/drive
        GET /v1.0/me/drive
    "#]],
    );
}

#[tokio::test]
async fn a_stored_link_continues_where_the_first_round_ended() {
    let (service, client) = start();
    let (everybody, link) = office::changes(&client, None).await.expect("a round");
    let names =
        ["Ada Lovelace", "Alan Turing", "Barbara Liskov", "Edsger Dijkstra", "Grace Hopper"];
    assert_eq!(everybody, names);
    let (since, next) = office::changes(&client, Some(&link)).await.expect("another");
    assert_eq!(since, ["Ada Lovelace", "not alan"]);
    assert_ne!(next, link);
    assert_sent(
        &service,
        &expect![[r#"
        GET /v1.0/users/delta()
          ?$select=id,displayName
        GET /v1.0/users/delta()
          ?$deltatoken=more
        GET /v1.0/users/delta()
          ?$deltatoken=first
    "#]],
    );
}

#[tokio::test]
async fn a_large_file_goes_up_in_parts_and_comes_down_as_a_stream() {
    let (service, client) = start();
    let folder = folder("file");
    let (large, copy) = (folder.join("large.bin"), folder.join("copy.bin"));
    let bytes: Vec<u8> = (0..700_000_u32).map(|number| number.to_le_bytes()[0] ^ 0x5a).collect();
    std::fs::write(&large, &bytes).expect("a file");

    let item = office::upload(&client, &large, "Reports/Q3 & Q4.bin").await.expect("201");
    assert_eq!((item.name.as_deref(), item.size), (Some("Q3 & Q4.bin"), Some(700_000)));
    let length = office::download(&client, "Reports/Q3 & Q4.bin", &copy).await.expect("200");
    assert_eq!(length, 700_000);
    assert!(std::fs::read(&copy).expect("the copy") == bytes, "the bytes differ");
    std::fs::remove_dir_all(&folder).expect("the folder");
    assert_sent(
        &service,
        &expect![[r#"
            POST /v1.0/me/drive/root:/Reports/Q3%20%26%20Q4.bin:/createUploadSession
            {
              "onConflict": "replace",
              "requests": null
            }
            PUT /upload/0
              ?key=secret
              content-range: bytes 0-327679/700000
              content-type: application/octet-stream
              327680 bytes
            PUT /upload/0
              ?key=secret
              content-range: bytes 327680-655359/700000
              content-type: application/octet-stream
              327680 bytes
            PUT /upload/0
              ?key=secret
              content-range: bytes 655360-699999/700000
              content-type: application/octet-stream
              44640 bytes
            GET /v1.0/me/drive/root:/Reports/Q3%20%26%20Q4.bin:/content
              accept: */*
        "#]],
    );
}

#[tokio::test]
async fn an_error_becomes_that_of_the_program_by_its_code() {
    let (service, client) = start();
    let error = office::archive(&client, "notes".into()).await.expect_err("507");
    assert!(matches!(error, office::ArchiveError::Full), "{error}");
    assert_sent(
        &service,
        &expect![[r#"
        PUT /v1.0/me/drive/root:/Archive/notes.txt:/content
          content-type: text/plain
          5 bytes
    "#]],
    );
}

#[tokio::test]
async fn the_steps_run_one_after_the_other() {
    let (service, client) = start();
    let folder = folder("all");
    office::run(&client, &folder).await.expect("all steps");
    std::fs::remove_dir_all(&folder).expect("the folder");
    assert_eq!(service.requests().len(), 25);
}

/// A credential as those of `azure_identity`, whose tokens name what they are for.
#[derive(Debug)]
struct SignedIn;

#[async_trait::async_trait]
impl TokenCredential for SignedIn {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let expires_on = OffsetDateTime::now_utc() + Duration::from_secs(3600);
        Ok(AccessToken::new(format!("for {}", scopes.join(" ")), expires_on))
    }
}

#[tokio::test]
async fn a_credential_of_the_azure_sdk_supplies_the_token() {
    let service = Service::start().expect("a port");
    let credential = AzureCredential::new(Arc::new(SignedIn));
    let client = office::loopback(&service.root(), credential).expect("a client");
    client.me().get().await.expect("200");
    let scope = service.root().replace("/v1.0", "/.default");
    let token = service.requests()[0].header("authorization").map(str::to_owned);
    assert_eq!(token, Some(format!("Bearer for {scope}")));
}

#[test]
fn an_application_with_a_secret_has_a_credential() {
    let credential = office::application("tenant", "client", "secret".to_owned()).expect("one");
    Client::new(credential).expect("a client");
    office::application("not a tenant/", "client", "secret".to_owned()).expect_err("a bad tenant");
}
