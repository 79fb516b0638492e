//! Batches over the wire: how parts are written, answered, split and sent again.

use std::time::Duration;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::{ErrorKind, Handle, Request, RetryPolicy, ServiceClient};
use serde_json::{Value, json};

use crate::service::{Reaction, Service};

/// The parts of each batch that was sent.
fn batches(service: &Service) -> Vec<Vec<Value>> {
    let parts = |text: &str| {
        let body: Value = serde_json::from_str(text).expect("JSON");
        body["requests"].as_array().expect("requests").clone()
    };
    service.recorded().iter().map(|sent| parts(&sent.body)).collect()
}

fn ids(batch: &[Value]) -> Vec<&str> {
    batch.iter().map(|part| part["id"].as_str().expect("an id")).collect()
}

fn reply(service: &Service, responses: &Value) {
    service.answer("200 OK", &json!({ "responses": responses }).to_string());
}

/// Answers each of these parts with its id.
fn reply_to_all(service: &Service, parts: impl IntoIterator<Item = usize>) {
    let answer = |id: usize| json!({"id": id.to_string(), "status": 200, "body": id.to_string()});
    reply(service, &parts.into_iter().map(answer).collect());
}

fn read(client: &ServiceClient, name: &'static str) -> Request<String> {
    client.resource(name).get()
}

#[tokio::test]
async fn parts_are_written_as_the_standard_requires() {
    let service = Service::start().await;
    let client = service.client();
    reply(
        &service,
        &json!([
            {"id": "3", "status": 204},
            {"id": "1", "status": 200, "headers": {"ETag": "W/\"2\""}, "body": "x"},
            {"id": "2", "status": 201, "body": {"id": "n"}},
            {"id": "unknown", "status": 200},
            {"id": "4", "status": 200, "headers": {"Content-Type": "image/png"}, "body": "iVBOR_8="},
        ]),
    );
    let users = client.resource("users");
    let user = users.key_segment("a b/c");
    let mut batch = client.batch();
    let name = batch.add::<String>(
        user.child("name").get().query("$select", "x y").eventual().if_none_match("W/\"1\""),
    );
    let create: Request<Bytes> = users.create(&"né".to_owned());
    let created = batch.add_after(create.representation(), &[name.id()]);
    let photo: Request<()> = user.child("photo").get::<()>().body("image/png", vec![0xfb, 0xff]);
    let photo = batch.add_after(photo, &[name.id(), created.id(), name.id()]);
    let image = batch.add::<Bytes>(user.child("image").get());

    let mut answers = batch.send().await.expect("an answer");
    assert_eq!(answers.take(image).expect("bytes").as_ref(), [0x89, 0x50, 0x4e, 0x47, 0xff]);
    answers.take(photo).expect("204");
    assert_eq!(answers.take(created).expect("201").as_ref(), br#"{"id":"n"}"#);
    assert_eq!(answers.take(name).expect("200"), "x");

    let sent = service.only();
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", "/beta/$batch"));
    assert_eq!(sent.header("authorization"), Some("Bearer token"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("prefer"), Some("odata.continue-on-error"));
    assert!(!sent.body.contains("token") && !sent.body.contains("user-agent"), "{}", sent.body);
    let parts = &batches(&service)[0];
    assert_eq!(
        parts[0],
        json!({"id": "1", "method": "GET", "url": "users/a%20b%2Fc/name?$select=x%20y", "headers": {
            "accept": "application/json", "consistencylevel": "eventual", "if-none-match": "W/\"1\""}})
    );
    assert_eq!(
        parts[1],
        json!({"id": "2", "method": "POST", "url": "users", "dependsOn": ["1"], "body": "né",
            "headers": {"accept": "application/json", "content-type": "application/json",
                "prefer": "return=representation"}})
    );
    assert_eq!(parts[2]["body"], "-_8=");
    assert_eq!(parts[2]["dependsOn"], json!(["1", "2"]));
}

#[tokio::test]
async fn an_error_is_about_its_own_part_and_hides_no_other() {
    let service = Service::start().await;
    let client = service.client();
    reply(
        &service,
        &json!([
            {"id": "1", "status": 403, "headers": {"request-id": "r-1"},
             "body": {"error": {"code": "Denied", "message": "No, Bearer token.", "innerError": {"date": "d"}}}},
            {"id": "2", "status": 200, "body": "fine"},
            {"id": "3", "status": 200, "body": 7},
            {"id": "4", "status": 302, "headers": {"Location": "https://elsewhere.example/?sig=s3cret"}},
            {"id": "5", "status": "many"},
            {"id": "7", "status": 304},
        ]),
    );
    let mut batch = client.batch();
    let denied: Handle<String> = batch.add(client.resource("a").key_segment("ada").get());
    let fine = batch.add(read(&client, "b"));
    let number = batch.add(read(&client, "c"));
    let moved = batch.add(read(&client, "d"));
    let broken = batch.add(read(&client, "e"));
    let missing = batch.add(read(&client, "f"));
    let same = batch.add(read(&client, "g"));
    let mut answers = batch.send().await.expect("an answer");
    assert_eq!(answers.failed(), 5);

    let error = answers.take(denied).expect_err("403");
    assert!(error.is_forbidden());
    assert_eq!(error.service_error().map(|error| error.code()), Some("Denied"));
    assert_eq!(
        error.to_string(),
        "GET /a/{key}: 403 Forbidden: Denied: No, Bearer [token]. (request-id r-1)"
    );
    assert_eq!(answers.take(fine).expect("200"), "fine");
    let error = answers.take(number).expect_err("a number");
    assert!(error.is_decode() && error.to_string().starts_with("GET /c: "), "{error}");
    let error = answers.take(moved).expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    assert_eq!(answers.take(broken).expect_err("no status").kind(), ErrorKind::Decode);
    let error = answers.take(missing).expect_err("no answer");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, None));
    assert!(answers.take(same).expect_err("304").is_not_modified());
}

#[tokio::test]
async fn many_parts_travel_in_several_batches_and_keep_their_order() {
    let service = Service::start().await;
    let client = service.client();
    let answer = |id: usize| json!({"id": id.to_string(), "status": 200, "body": id.to_string()});
    let mut first: Vec<_> = (1..=20).map(answer).collect();
    first[1] = json!({"id": "2", "status": 404});
    reply(&service, &first.into());
    reply_to_all(&service, (21..=41).filter(|id| ![22, 23].contains(id)));
    let mut batch = client.batch();
    let mut handles: Vec<_> = (0..20).map(|_| batch.add(read(&client, "a"))).collect();
    // One waits for what succeeded before, one for what failed, and one for that one.
    handles.push(batch.add_after(read(&client, "b"), &[handles[0].id()]));
    handles.push(batch.add_after(read(&client, "b"), &[handles[1].id()]));
    handles.push(batch.add_after(read(&client, "b"), &[handles[21].id(), handles[20].id()]));
    handles.push(batch.add_after(read(&client, "b"), &[handles[20].id()]));
    assert_eq!(batch.len(), 24);
    let mut answers = batch.send().await.expect("answers");
    let sent = batches(&service);
    assert_eq!(sent.iter().map(Vec::len).collect::<Vec<_>>(), [20, 2]);
    assert_eq!(ids(&sent[1]), ["21", "24"]);
    assert!(sent[1][0].get("dependsOn").is_none(), "what it waits for is done");
    assert_eq!(sent[1][1]["dependsOn"], json!(["21"]));
    for (index, handle) in handles.into_iter().enumerate() {
        let outcome = answers.take(handle);
        match index {
            1 => assert!(outcome.expect_err("404").is_not_found()),
            21 | 22 => {
                let error = outcome.expect_err("not sent");
                assert_eq!((error.kind(), error.status()), (ErrorKind::Dependency, None));
            }
            _ => assert_eq!(outcome.expect("200"), (index + 1).to_string()),
        }
    }
}

#[tokio::test]
async fn only_parts_that_the_service_was_too_busy_for_are_sent_again() {
    let service = Service::start().await;
    let client = service.client();
    reply(
        &service,
        &json!([
            {"id": "1", "status": 429, "headers": {"Retry-After": "3"}},
            {"id": "2", "status": 424},
            {"id": "3", "status": 503, "headers": {"Retry-After": 9}},
            {"id": "4", "status": 503},
            {"id": "5", "status": 504, "body": {"error": {"code": "Slow"}}},
            {"id": "6", "status": 200, "body": "6"},
            {"id": "7", "status": 429, "headers": {"retry-after": "86400"}},
        ]),
    );
    reply_to_all(&service, [3, 2, 1]);
    let create = |name| client.resource(name).create::<String>(&"new".to_owned());
    let mut batch = client.batch();
    let first = batch.add(create("a"));
    let second = batch.add_after(create("b"), &[first.id()]);
    let third = batch.add(create("c"));
    let unsafe_503 = batch.add(create("d"));
    let unsafe_504 = batch.add(create("e"));
    let fine = batch.add(create("f"));
    let patience = batch.add(read(&client, "g"));
    let mut answers = batch.send().await.expect("answers");
    let sent = batches(&service);
    assert_eq!(sent.len(), 2);
    assert_eq!(ids(&sent[1]), ["1", "2", "3"]);
    assert_eq!(sent[1][1]["dependsOn"], json!(["1"]));
    assert_eq!(sent[1][0], sent[0][0]);
    assert_eq!(service.sleeps(), [Duration::from_secs(9)]);
    for (handle, expected) in [(first, "1"), (second, "2"), (third, "3"), (fine, "6")] {
        assert_eq!(answers.take(handle).expect(expected), expected);
    }
    assert!(answers.take(unsafe_503).expect_err("503").is_unavailable());
    assert!(answers.take(unsafe_504).expect_err("504").is_unavailable());
    let error = answers.take(patience).expect_err("429");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86400)));
}

#[tokio::test]
async fn the_policy_bounds_the_tries_of_a_part() {
    let service = Service::start().await;
    for _ in 0..3 {
        reply(&service, &json!([{"id": "1", "status": 429}, {"id": "2", "status": 424}]));
    }
    let policy = RetryPolicy::default().max_retries(2);
    let client = service.builder().retry(policy).build().expect("a client");
    let mut batch = client.batch();
    let first = batch.add(read(&client, "a"));
    let second = batch.add_after(read(&client, "b"), &[first.id()]);
    let mut answers = batch.send().await.expect("answers");
    assert_eq!(service.recorded().len(), 3);
    assert!(answers.take(first).expect_err("429").is_throttled());
    let error = answers.take(second).expect_err("424");
    assert_eq!(error.kind(), ErrorKind::Dependency);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(424));
    assert!(error.to_string().contains("(GET /a)"), "{error}");
}

#[tokio::test]
async fn a_group_travels_whole_and_is_sent_again_only_whole() {
    let service = Service::start().await;
    let client = service.client();
    reply_to_all(&service, [1, 2]);
    reply(
        &service,
        &json!([{"id": "3", "status": 424}, {"id": "4", "status": 429}, {"id": "5", "status": 424}]),
    );
    reply_to_all(&service, [3, 4, 5]);
    reply(&service, &json!([{"id": "6", "status": 429}, {"id": "7", "status": 400}]));
    let mut batch = client.batch().max_parts(3);
    let mut handles = vec![batch.add(read(&client, "a")), batch.add(read(&client, "b"))];
    let mut group = batch.atomic();
    handles.push(group.add(read(&client, "c")));
    handles.push(group.add_after(read(&client, "d"), &[handles[2].id(), handles[0].id()]));
    handles.push(batch.add_after(read(&client, "e"), &[handles[3].id(), handles[2].id()]));
    let mut group = batch.atomic();
    handles.push(group.add(read(&client, "f")));
    handles.push(group.add(read(&client, "g")));
    let mut answers = batch.send().await.expect("answers");
    let sent = batches(&service);
    let sent_ids: Vec<_> = sent.iter().map(|batch| ids(batch)).collect();
    assert_eq!(
        sent_ids,
        [vec!["1", "2"], vec!["3", "4", "5"], vec!["3", "4", "5"], vec!["6", "7"]]
    );
    assert_eq!(sent[1][0]["atomicityGroup"], "g1");
    assert_eq!(sent[1][1]["dependsOn"], json!(["3"]), "within a group parts are named");
    assert_eq!(sent[1][2]["dependsOn"], json!(["g1"]), "from outside the group is");
    assert_eq!(sent[3][1]["atomicityGroup"], "g2");
    let last = handles.pop().expect("the last");
    assert!(answers.take(last).expect_err("400").is_bad_request());
    let last = handles.pop().expect("the last");
    assert!(answers.take(last).expect_err("429").is_throttled());
    assert_eq!(handles.into_iter().filter_map(|handle| answers.take(handle).ok()).count(), 5);
}

#[tokio::test]
async fn a_batch_that_fails_takes_nothing_from_those_before_it() {
    let service = Service::start().await;
    let client = service.client();
    reply_to_all(&service, [1]);
    service.answer("413 Content Too Large", r#"{"error":{"code":"Large"}}"#);
    let mut batch = client.batch().max_parts(1);
    let handles: Vec<_> = (0..3).map(|_| batch.add(read(&client, "a"))).collect();
    let mut answers = batch.send().await.expect("one answer");
    let outcomes: Vec<_> = handles.into_iter().map(|handle| answers.take(handle)).collect();
    assert_eq!(outcomes[0].as_deref().ok(), Some("1"));
    for (outcome, expected) in outcomes[1..].iter().zip(["was not answered", "was not sent"]) {
        let error = outcome.as_ref().expect_err("413");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
        assert_eq!(error.service_error().map(|error| error.code()), Some("Large"));
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(service.recorded().len(), 2);
}

#[tokio::test]
async fn a_first_batch_that_fails_is_the_error() {
    let service = Service::start().await;
    let client = service.client();
    service.answer("401 Unauthorized", r#"{"error":{"code":"Expired"}}"#);
    service.answer("200 OK", "<html>");
    for (kind, status) in [(ErrorKind::Service, 401), (ErrorKind::Decode, 200)] {
        let mut batch = client.batch();
        let _handle = batch.add(read(&client, "a"));
        let error = batch.send().await.expect_err("no answers");
        assert_eq!(error.kind(), kind);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().starts_with("POST /$batch: "), "{error}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_part_is_refused_before_anything_is_sent() {
    let service = Service::start().await;
    let client = service.client();
    let foreign = ServiceClient::new("https://example.com/v1", "token").expect("a client");
    let link = service.url("/v2/users");
    let requests = [
        read(&client, "a").header("Authorization", "Basic eDp5"),
        read(&client, "a").header("a b", "x"),
        read(&client, "a").body("application/json", "{"),
        client.follow(&link),
        client.follow("https://elsewhere.example/"),
        read(&foreign, "a"),
    ];
    for request in requests {
        let mut batch = client.batch();
        let _fine = batch.add(read(&client, "a"));
        let _refused = batch.add(request);
        assert_eq!(batch.send().await.expect_err("refused").kind(), ErrorKind::Request);
    }
    let mut other = client.batch();
    let stranger = other.add(read(&client, "a"));
    let mut batch = client.batch();
    let _part = batch.add_after(read(&client, "a"), &[stranger.id()]);
    assert_eq!(batch.send().await.expect_err("a stranger").kind(), ErrorKind::Request);

    let mut batch = client.batch().max_parts(1);
    let mut group = batch.atomic();
    let _handles = [group.add(read(&client, "a")), group.add(read(&client, "a"))];
    assert!(batch.send().await.expect_err("too large").to_string().contains("atomic group"));

    let mut nothing = client.batch().send().await.expect("nothing to send");
    let error = nothing.take(stranger).expect_err("another batch");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(service.recorded().is_empty());
}

#[tokio::test]
async fn a_batch_may_take_as_long_as_its_longest_part() {
    let service = Service::start().await;
    let client = service.builder().timeout(Duration::from_secs(3)).build().expect("a client");
    service.react(Reaction::Silence);
    let mut batch = client.batch();
    let _short = batch.add(read(&client, "a").timeout(Duration::from_secs(1)));
    let _long = batch.add(read(&client, "b").timeout(Duration::from_secs(7)));
    assert!(batch.send().await.expect_err("silence").is_timeout());
    assert_eq!(service.sleeps(), [Duration::from_secs(7)]);
}
