//! Cases of requests and answers.

use golden_cases::runtime::RetryPolicy;
use golden_cases::runtime::bytes::Bytes;
use golden_cases::runtime::http::{Request, Response};
use golden_cases::runtime::model::{File, Maybe, Null};
use golden_cases::runtime::transport::Replay;
use golden_cases::types::{OptionalCreateBody, OptionalSetBody, Styled, Upload, UploadMeta};
use golden_cases::{Client, chat, likes, odd, only_default, statuses};

fn client() -> (Client, Replay) {
    let service = Replay::new();
    let builder = Client::builder().service_root("https://cases.example/root");
    let builder = builder.retry(RetryPolicy::none()).transport(service.clone());
    (builder.build().unwrap(), service)
}

fn typed(status: u16, content_type: &str, body: &str) -> Response<Bytes> {
    let answer = Response::builder().status(status).header("content-type", content_type);
    answer.body(Bytes::from(body.to_owned())).unwrap()
}

fn header<'r>(request: &'r Request<Bytes>, name: &str) -> Option<&'r str> {
    request.headers().get(name).map(|one| one.to_str().unwrap())
}

#[tokio::test]
async fn each_style_has_one_form_also_of_null_and_of_nothing() {
    let (client, service) = client();
    let sent =
        async |set: &dyn Fn(golden_cases::styles::Get<()>) -> golden_cases::styles::Get<()>| {
            service.answer(204, "");
            set(client.styles().get()).await.unwrap();
            service.requests().pop().unwrap()
        };
    let full = || Styled::default().a("x y").b(vec!["1".to_owned(), "2".to_owned()]);
    let with_null = || Styled::default().a("").c(Maybe::Null);
    let none = Vec::<String>::new;
    let list = || ["a b", "c|d"];
    type Get = golden_cases::styles::Get<()>;
    type Set<'s> = &'s dyn Fn(Get) -> Get;
    let queries: [(Set<'_>, Option<&str>); 18] = [
        (
            &|get| get.deep(full()),
            Some("deep%5Ba%5D=x%20y&deep%5Bb%5D%5B%5D=1&deep%5Bb%5D%5B%5D=2"),
        ),
        (&|get| get.deep_flat(Styled::default().a("x")), Some("deep_flat%5Ba%5D=x")),
        (&|get| get.deep_list(list()), Some("deep_list%5B%5D=a%20b&deep_list%5B%5D=c%7Cd")),
        (&|get| get.form(Styled::default().a("x").c(Maybe::Value(1))), Some("a=x&c=1")),
        (
            &|get| get.form_flat(Styled::default().a("x").c(Maybe::Value(1))),
            Some("form_flat=a,x,c,1"),
        ),
        (&|get| get.pipes(list()), Some("pipes=a%20b%7Cc%7Cd")),
        (&|get| get.pipes_exploded(list()), Some("pipes_exploded=a%20b&pipes_exploded=c%7Cd")),
        (&|get| get.json(with_null()), Some("json=%7B%22a%22%3A%22%22%2C%22c%22%3Anull%7D")),
        (&|get| get.nullable("x"), Some("nullable=x")),
        // Null is nothing as a member, and an empty string as the value.
        (&|get| get.deep(with_null()), Some("deep%5Ba%5D=")),
        (&|get| get.form(with_null()), Some("a=")),
        (&|get| get.nullable(Null), Some("nullable=")),
        (&|get| get.nullable(""), Some("nullable=")),
        // A list or an object without items is not sent.
        (&|get| get.deep(Styled::default()), None),
        (&|get| get.deep_list(none()), None),
        (&|get| get.form(Styled::default()), None),
        (&|get| get.pipes(none()), None),
        (&|get| get.json(Styled::default()), Some("json=%7B%7D")),
    ];
    for (set, query) in queries {
        assert_eq!(sent(set).await.uri().query(), query);
    }
    let one =
        sent(&|get| get.x_tags(["a", "b c"]).x_styled(Styled::default().a("x").c(Maybe::Value(1))))
            .await;
    assert_eq!(
        (header(&one, "x-tags"), header(&one, "x-styled")),
        (Some("a,b c"), Some("a=x,c=1"))
    );
    assert_eq!(header(&sent(&|get| get.x_tags(none())).await, "x-tags"), None);
    assert_eq!(header(&sent(&|get| get.tags(["a", "b"])).await, "cookie"), Some("tags=a,b"));
    assert_eq!(header(&sent(&|get| get.tags(none())).await, "cookie"), None);
}

#[tokio::test]
async fn a_body_that_is_absent_is_not_null() {
    let (client, service) = client();
    (0..5).for_each(|_| service.answer(204, ""));
    client.optional().set().await.unwrap();
    client.optional().set().body(Null).await.unwrap();
    client.optional().set().body(OptionalSetBody::default()).await.unwrap();
    client.optional().create().await.unwrap();
    client.optional().create().body(OptionalCreateBody::default().a("x")).await.unwrap();
    let sent = service.requests();
    let seen: Vec<_> =
        sent.iter().map(|one| (header(one, "content-type"), &one.body()[..])).collect();
    let json = Some("application/json");
    assert_eq!(
        seen,
        [(None, &b""[..]), (json, b"null"), (json, b"{}"), (None, b""), (json, br#"{"a":"x"}"#),]
    );
}

#[tokio::test]
async fn one_type_is_json_a_form_and_parts() {
    let (client, service) = client();
    (0..3).for_each(|_| service.answer(204, ""));
    let upload = Upload::new("a&b")
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .meta(UploadMeta::default().size(1));
    let file = File::from(&b"\x89PNG"[..]).with_name("a.png").with_media_type("image/gif");
    let note = File::from("# Note").with_media_type("text/plain");
    client.uploads().create(&upload).await.unwrap();
    client.uploads().create_form(&upload).await.unwrap();
    client.uploads().create_multipart(upload.file(file).note(note)).await.unwrap();
    let sent = service.requests();
    let text = |at: usize| String::from_utf8_lossy(sent[at].body()).into_owned();
    assert_eq!(text(0), r#"{"title":"a&b","tags":["x","y"],"meta":{"size":1}}"#);
    assert_eq!(text(1), "title=a%26b&tags=x&tags=y&meta=%7B%22size%22%3A1%7D");
    let content_type = header(&sent[2], "content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = text(2).to_lowercase().replace("\r\n", "\n");
    let separator = format!("--{}", boundary.trim_matches('"'));
    let parts: Vec<&str> = text.split(&separator).collect();
    // An item is a part, an object its JSON; one declared media type wins over that of the file, and a list
    // of them does not.
    for (at, part) in [
        (1, &["name=\"title\"", "a&b"][..]),
        (2, &["name=\"tags\"", "x"]),
        (3, &["name=\"tags\"", "y"]),
        (4, &["name=\"meta\"", "application/json", "{\"size\":1}"]),
        (5, &["name=\"file\"; filename=\"a.png\"", "content-type: image/png"]),
        (6, &["name=\"note\"; filename=\"note\"", "content-type: text/plain", "# note"]),
    ] {
        assert!(part.iter().all(|one| parts[at].contains(one)), "{part:?} in {}", parts[at]);
    }
    assert_eq!(parts[7].trim(), "--");
}

#[tokio::test]
async fn an_exact_status_counts_before_a_range_and_a_range_before_all() {
    use statuses::{CreateAnswer, CreateError};
    let (client, service) = client();
    let answer = async |status, body: &'static str| {
        service.answer(status, body);
        client.statuses().create().await
    };
    assert!(
        matches!(answer(200, r#"{"a":"1","b":"","c":""}"#).await, Ok(CreateAnswer::Ok(one)) if one.a == "1")
    );
    assert!(
        matches!(answer(201, r#"{"a":"1","b":"2"}"#).await, Ok(CreateAnswer::Created(one)) if one.b == "2")
    );
    assert!(matches!(answer(202, "").await, Ok(CreateAnswer::Accepted)));
    assert!(
        matches!(answer(203, r#"{"a":"","c":"3"}"#).await, Ok(CreateAnswer::Success(one)) if one.c == "3")
    );
    let all = r#"{"exact":"e","range":"r","other":"o"}"#;
    let error = answer(404, all).await.unwrap_err().typed();
    assert!(matches!(error, Some(CreateError::NotFound(one)) if one.exact == "e"));
    let error = answer(409, all).await.unwrap_err().typed();
    assert!(matches!(error, Some(CreateError::ClientError(one)) if one.range == "r"));
    let error = answer(501, all).await.unwrap_err().typed();
    assert!(matches!(error, Some(CreateError::Default(one)) if one.other == "o"));
}

#[tokio::test]
async fn default_alone_is_the_value_of_a_success_and_an_error_otherwise() {
    let (client, service) = client();
    service.answer(206, r#"{"text":"fine"}"#);
    assert_eq!(client.only_default().get().await.unwrap().text, "fine");
    service.answer(503, r#"{"text":"tired"}"#);
    let error = client.only_default().get().await.unwrap_err();
    let Some(only_default::GetError::Default(one)) = error.typed() else { panic!("{error}") };
    assert_eq!(one.text, "tired");
}

#[tokio::test]
async fn errors_that_fit_each_other_are_told_by_their_status() {
    let (client, service) = client();
    let body = r#"{"message":"m","id":"i"}"#;
    service.answer(404, body);
    let error = client.likes().get().await.unwrap_err().typed();
    assert!(
        matches!(error, Some(likes::GetError::NotFound(one)) if one.id.as_deref() == Some("i"))
    );
    service.answer(400, body);
    let error = client.likes().get().await.unwrap_err().typed();
    assert!(
        matches!(error, Some(likes::GetError::Default(one)) if one.additional.get("id").is_some())
    );
}

#[tokio::test]
async fn what_the_document_does_not_have_is_kept_and_read_where_it_plausibly_is_json() {
    let (client, service) = client();
    for content_type in
        ["application/json; charset=utf-8", "application/hal+json", "text/plain", "x/y"]
    {
        service.respond(typed(200, content_type, r#"{"text":"read"}"#));
        assert_eq!(client.odd().get().await.unwrap().text, "read", "{content_type}");
    }
    service.respond(Response::new(Bytes::from_static(br#"{"text":"read"}"#)));
    assert_eq!(client.odd().get().await.unwrap().text, "read");
    service.answer(200, "");
    let error = client.odd().get().await.unwrap_err();
    assert!(error.to_string().contains("it has no body"), "{error}");
    service.respond(typed(200, "text/html", "<html>"));
    let error = client.odd().get().await.unwrap_err();
    assert!(error.to_string().contains("it is `text/html`, and not JSON"), "{error}");
    assert_eq!(error.answer().unwrap().text(), "<html>");
    service.respond(typed(400, "application/problem+json", r#"{"title":"t"}"#));
    let error = client.odd().get().await.unwrap_err();
    assert!(matches!(error.typed(), Some(odd::GetError::BadRequest(one)) if one.title == "t"));
    for (status, content_type, body) in [
        (502, "text/html", "<html>"),
        (400, "text/html", "<html>"),
        (400, "application/json", "{}"),
        (400, "", ""),
    ] {
        service.respond(typed(status, content_type, body));
        let error = client.odd().get().await.unwrap_err();
        let Some(odd::GetError::Undocumented(answer)) = error.typed() else { panic!("{error}") };
        assert_eq!((answer.status().as_u16(), answer.text().as_str()), (status, body));
        assert_eq!(answer.headers()["content-type"], content_type);
    }
}

#[tokio::test]
async fn nothing_is_read_where_nothing_can_come() {
    let (client, service) = client();
    service.answer(204, "not JSON");
    client.nothing().delete().await.unwrap();
    service.respond(typed(200, "application/json", ""));
    client.nothing().check().await.unwrap();
    service.answer(304, "");
    let error = client.nothing().get().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(304));
    let sent = service.requests();
    assert_eq!(
        (header(&sent[0], "accept"), header(&sent[2], "accept")),
        (None, Some("application/json"))
    );
}

#[tokio::test]
async fn events_are_asked_for_beside_json() {
    let (client, service) = client();
    service.answer(200, r#"{"words":[{"word":"a"}]}"#);
    assert_eq!(client.chat().ask().await.unwrap().words[0].word, "a");
    let stream = ": hello\r\nretry: 10\r\ndata: {\"word\":\r\ndata: \"b\"}\r\n\r\ndata: {\"word\":\"c\"}\n\ndata: [DONE]\n\ndata: {}\n\n";
    service.respond(typed(200, "text/event-stream", stream));
    let mut events = client.chat().ask_events().await.unwrap();
    let mut words = Vec::new();
    while let Some(event) = events.next().await {
        words.push(event.unwrap().data.word);
    }
    assert_eq!(words, ["b", "c"]);
    service.answer(429, r#"{"wait":7}"#);
    let error = client.chat().ask_events().await.unwrap_err();
    assert!(matches!(error.typed(), Some(chat::AskError::TooManyRequests(one)) if one.wait == 7));
    let sent = service.requests();
    let accept: Vec<_> = sent[..2].iter().map(|one| header(one, "accept")).collect();
    assert_eq!(accept, [Some("application/json"), Some("text/event-stream")]);
}

#[tokio::test]
async fn a_request_has_the_first_credentials_that_are_there() {
    let (client, service) = client();
    let ask = async |client: &Client| {
        (0..5).for_each(|_| service.answer(204, ""));
        let secured = client.secured();
        let before = service.requests().len();
        secured.usual().await.unwrap();
        secured.nothing().await.unwrap();
        secured.optional().await.unwrap();
        secured.several().await.unwrap();
        secured.unknown().await.unwrap();
        let sent = service.requests();
        let seen = sent[before..].iter().map(|one| {
            let query = one.uri().query().map(|_| "b");
            let all = [header(one, "x-a"), query, header(one, "authorization").map(|_| "c")];
            all.into_iter().flatten().collect::<String>()
        });
        seen.collect::<Vec<_>>()
    };
    assert_eq!(ask(&client).await, ["", "", "", "", ""]);
    assert_eq!(ask(&client.with_a("a")).await, ["a", "", "a", "a", ""]);
    let both = client.with_b("k").with_c("user", "password");
    assert_eq!(ask(&both).await, ["", "", "", "bc", ""]);
    assert_eq!(ask(&client.with_b("k")).await, ["", "", "", "", ""]);
    assert_eq!(ask(&both.with_a("a")).await, ["a", "", "a", "a", ""]);
    service.answer(401, "");
    let error = client.secured().several().await.unwrap_err().to_string();
    assert!(error.contains('`') && error.contains("`a`"), "{error}");
}

#[tokio::test]
async fn a_server_joins_with_a_path_once() {
    let (client, service) = client();
    let ask = async |client: &Client| {
        let before = service.requests().len();
        (0..6).for_each(|_| service.answer(204, ""));
        let at = client.at();
        for request in [at.root(), at.path(), at.slash(), at.region(), at.own()] {
            request.await.unwrap();
        }
        service.requests()[before..].iter().map(|one| one.uri().to_string()).collect::<Vec<_>>()
    };
    let root = "https://cases.example/root";
    // All requests go where the caller wants, one with a relative server to the same origin.
    assert_eq!(
        ask(&client).await,
        [
            "https://cases.example/root/at/root",
            "https://cases.example/v1/at/path",
            "https://cases.example/root/at/slash",
            "https://cases.example/root/at/region",
            "https://cases.example/root/at/region",
        ]
    );
    let builder = Client::builder().service_root(root).transport(service.clone());
    let client = builder
        .server_for("https://slash.example/v2", "https://slash.example/v2/")
        .server_for("https://eu.region.example:8443", "https://us.region.example:8443/")
        .server_for("https://own.example/base", "https://own.example/base")
        .build()
        .unwrap();
    assert_eq!(
        ask(&client).await,
        [
            "https://cases.example/root/at/root",
            "https://cases.example/v1/at/path",
            "https://slash.example/v2/at/slash",
            "https://us.region.example:8443/at/region",
            "https://own.example/base/at/region",
        ]
    );
}

#[tokio::test]
async fn operations_without_a_usable_id_are_named_by_verb_and_path() {
    let (client, service) = client();
    (0..5).for_each(|_| service.answer(204, ""));
    let ids = client.ids();
    ids.get().await.unwrap();
    ids.list_for_org().await.unwrap();
    ids.get_id("7").await.unwrap();
    ids.put_id("7").await.unwrap();
    ids.r#type("7").await.unwrap();
    let sent = service.requests();
    let seen: Vec<String> =
        sent.iter().map(|one| format!("{} {}", one.method(), one.uri().path())).collect();
    assert_eq!(
        seen,
        [
            "GET /root/ids",
            "POST /root/ids",
            "GET /root/ids/7",
            "PUT /root/ids/7",
            "DELETE /root/ids/7"
        ]
    );
}
