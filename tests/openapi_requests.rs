//! Requests of a crate that is generated from an OpenAPI description, as a service sees them, and its answers.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_requests::runtime::bytes::Bytes;
use golden_requests::runtime::transport::Replay;
use golden_requests::runtime::{ClientBuilder, Error, ErrorKind, http, model};
use golden_requests::types::{
    Author, Book, BookBlurb, Change, Cover, HardCover, Line, NewOrder, Order, OrdersListFilter,
    SoftCover, Status,
};
use golden_requests::{Client, SERVICE_ROOT, books, orders, servers};

fn client() -> (Client, Replay) {
    let service = Replay::new();
    (Client::builder().transport(service.clone()).build().unwrap(), service)
}

const ORDER: &str = r#"{"id":7,"status":"open"}"#;

#[tokio::test]
async fn values_are_written_by_their_styles() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(200, format!("[{ORDER}]"));
    let filter = OrdersListFilter::default().status(Status::Paid);
    let found = client
        .orders()
        .list()
        .per_page(10)
        .filter(filter)
        .ids([1, 2])
        .q("red/shoes & more")
        .session("a b")
        .x_request_id("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
        .await?;
    assert_eq!(found[0].id, 7);
    let sent = &service.requests()[0];
    assert_eq!(
        sent.uri(),
        "https://eu.orders.example/v1/orders?per_page=10&filter%5Bstatus%5D=paid&ids=1%7C2&q=red/shoes%20&%20more"
    );
    assert_eq!(sent.headers()["x-request-id"], "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assert_eq!(sent.headers()["cookie"], "session=a%20b");
    assert_eq!(sent.headers()["accept"], "application/json");
    Ok(())
}

#[tokio::test]
async fn declared_headers_have_types() -> Result<(), Error> {
    let (client, service) = client();
    let answer = golden_requests::runtime::http::Response::builder()
        .header("content-type", "application/json")
        .header("x-total-count", "12")
        .header("x-tags", "a,b")
        .body("[]".into())
        .unwrap();
    service.respond(answer);
    let answer = client.orders().list().send_full().await?;
    let headers = answer.declared::<orders::ListHeaders>().unwrap();
    assert_eq!((headers.x_total_count, headers.link), (Some(12), None));
    assert_eq!(headers.x_tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
    Ok(())
}

#[tokio::test]
async fn a_value_that_is_none_is_a_fault_before_anything_is_sent() {
    let (client, service) = client();
    let error = client.orders().list().x_request_id("no id").await.unwrap_err();
    assert!(error.to_string().contains("X-Request-Id"), "{error}");
    let error = client.files().get_name("..").await.unwrap_err();
    assert!(error.to_string().contains("/files/{name}"), "{error}");
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn several_answers_are_an_enum() -> Result<(), Error> {
    let (client, service) = client();
    let order = NewOrder::new(vec![Line::new("shoe")]);
    service.answer(201, ORDER);
    let answer = client.orders().create(&order).idempotency_key("1").await?;
    let orders::CreateAnswer::Created(Order { id: 7, .. }) = answer else { panic!("{answer:?}") };
    service.answer(202, r#"{"task":"t"}"#);
    let answer = client.orders().create_form(&order).await?;
    assert!(matches!(answer, orders::CreateAnswer::Accepted(task) if task.task == "t"));
    service.answer(204, "");
    let answer = client.orders().create_text("article,count").await?;
    assert_eq!(answer, orders::CreateAnswer::NoContent);
    service.answer(299, "odd");
    let answer = client.orders().create_bytes(vec![0, 255]).await?;
    let orders::CreateAnswer::Undocumented(answer) = answer else { panic!("{answer:?}") };
    assert_eq!((answer.status().as_u16(), answer.text().as_str()), (299, "odd"));
    let sent = service.requests();
    let seen: Vec<(&str, &str)> = sent
        .iter()
        .map(|one| {
            let media_type = one.headers()["content-type"].to_str().unwrap();
            (media_type, std::str::from_utf8(one.body()).unwrap_or("bytes"))
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("application/json", r#"{"lines":[{"article":"shoe"}]}"#),
            ("application/x-www-form-urlencoded", "lines=%5B%7B%22article%22%3A%22shoe%22%7D%5D"),
            ("text/csv", "article,count"),
            ("application/pdf", "bytes"),
        ]
    );
    assert_eq!(sent[0].headers()["idempotency-key"], "1");
    Ok(())
}

#[tokio::test]
async fn declared_errors_are_typed() {
    let (client, service) = client();
    service.answer(404, r#"{"title":"There is no such order"}"#);
    let error = client.orders().get(7).await.unwrap_err();
    let typed = error.typed::<orders::GetError>();
    assert!(
        matches!(&typed, Some(orders::GetError::NotFound(one)) if one.title == "There is no such order"),
        "{typed:?}"
    );
    service.answer(409, format!(r#"{{"order":{ORDER}}}"#));
    // A reference is a body as well.
    let order = NewOrder::new(vec![]);
    let error = client.orders().create(&order).await.unwrap_err();
    let typed = error.typed::<orders::CreateError>();
    assert!(matches!(&typed, Some(orders::CreateError::Conflict(one)) if one.order.id == 7));
    service.answer(418, "tea");
    let error = client.orders().get(7).await.unwrap_err();
    let Some(orders::GetError::Undocumented(answer)) = error.typed() else { panic!("{error}") };
    assert_eq!((answer.status().as_u16(), answer.text().as_str()), (418, "tea"));
}

#[tokio::test]
#[allow(deprecated)] // One of the requests is.
async fn an_answer_has_the_form_that_is_asked_for() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(200, ORDER);
    service.answer(200, "Order 7");
    service.answer(200, "%PDF");
    service.answer(200, "");
    service.answer(204, "");
    service.answer(204, "");
    service.answer(200, "a note");
    assert_eq!(client.orders().get(7).id("x").await?.id, 7);
    assert_eq!(client.orders().get_text(7).await?, "Order 7");
    assert_eq!(client.orders().get_bytes(7).await?, "%PDF");
    client.orders().exists(7).await?;
    let change = Change::default().status(Status::Paid).note(model::Maybe::Null);
    assert_eq!(client.orders().update(7).body(change).await?, None);
    assert_eq!(client.orders().get_id_note(7).await?, None);
    assert_eq!(client.orders().get_id_note(7).await?.as_deref(), Some("a note"));
    let sent = service.requests();
    let accept: Vec<Option<&str>> =
        sent.iter().map(|one| one.headers().get("accept")?.to_str().ok()).collect();
    assert_eq!(
        accept[..3],
        [Some("application/json"), Some("text/plain"), Some("application/pdf")]
    );
    assert_eq!(sent[0].uri(), "https://eu.orders.example/v1/orders/7?id=x");
    assert_eq!(sent[4].headers()["content-type"], "application/merge-patch+json");
    assert_eq!(sent[4].body(), r#"{"status":"paid","note":null}"#);
    Ok(())
}

#[tokio::test]
async fn paths_and_queries_are_those_of_the_document() -> Result<(), Error> {
    let (client, service) = client();
    (0..3).for_each(|_| service.answer(200, ""));
    client.orders().r#move(7, ["a", "b/c"], "json", [Line::new("shoe")]).await?;
    let query = golden_requests::types::GetSearchKindAllQuery::default()
        .text("a b")
        .tags(["x", "y"].map(str::to_owned).to_vec());
    client.search().get(query).await?;
    client.files().get_name("a b").await?;
    let sent = service.requests();
    let uris: Vec<String> = sent.iter().map(|one| one.uri().to_string()).collect();
    assert_eq!(
        uris,
        [
            "https://eu.orders.example/v1/orders/7/lines/;line=a;line=b%2Fc.json",
            "https://eu.orders.example/v1/search?kind=all&text=a%20b&tags=x&tags=y",
            "https://files.orders.example/files/a%20b",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_client_is_at_any_of_the_servers_with_values_for_their_variables() -> Result<(), Error> {
    let at = |build: &dyn Fn(ClientBuilder<Client>) -> ClientBuilder<Client>| {
        let client = build(Client::builder().transport(Replay::new())).build()?;
        let mut uris = [client.orders().export().to_http()?, client.archive().get().to_http()?]
            .map(|request| request.uri().to_string());
        uris[0].truncate(uris[0].len() - "/orders/export".len());
        uris[1].truncate(uris[1].len() - "/archive".len());
        Ok::<_, Error>(uris)
    };
    let us = || servers::OrdersExampleV1::new().region(servers::Region::Us);
    let own = || servers::OrdersExample::new().tenant("shop").port("8443").base("a/b");
    let archive = || servers::ArchiveExample::new().region(servers::Region::from("ap"));
    assert_eq!(at(&|one| one)?, [SERVICE_ROOT, servers::ArchiveExample::ADDRESS]);
    // All requests go where the client is.
    assert_eq!(at(&|one| one.server(us()))?, ["https://us.orders.example/v1"; 2]);
    assert_eq!(at(&|one| one.server(own()))?, ["https://shop.orders.example:8443/a/b"; 2]);
    assert_eq!(at(&|one| one.server(servers::Test::new()))?, [servers::Test::ADDRESS; 2]);
    assert_eq!(at(&|one| one.server("http://127.0.0.1:1/x"))?, ["http://127.0.0.1:1/x"; 2]);
    // Those with a server of their own go to another one only if it is named.
    let found = at(&|one| one.server_for(servers::ArchiveExample::new(), archive()))?;
    assert_eq!(found, [SERVICE_ROOT, "https://ap.archive.example/old/orders"]);
    let found =
        at(&|one| one.server(us()).server_for(servers::ArchiveExample::ADDRESS, archive()))?;
    assert_eq!(found, ["https://us.orders.example/v1", "https://ap.archive.example/old/orders"]);
    Ok(())
}

#[test]
fn a_value_that_would_change_more_of_an_address_than_its_variable_is_an_error() {
    for (server, expected) in [
        (servers::OrdersExample::new().tenant("evil.example/"), "tenant"),
        (servers::OrdersExample::new().tenant("a@evil.example#"), "tenant"),
        (servers::OrdersExample::new().port("443@evil.example"), "port"),
        (servers::OrdersExample::new().base("../admin"), "base"),
        (servers::OrdersExample::new().base("v1?x"), "base"),
    ] {
        let service = Replay::new();
        let built = Client::builder().transport(service.clone()).server(server).build();
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let message = error.to_string();
        assert!(
            message.contains(&format!("the value of `{expected}` cannot be sent")),
            "{message}"
        );
        assert!(!message.contains("evil"), "{message}");
    }
    let region = servers::OrdersExampleV1::new().region(servers::Region::from("evil/"));
    assert!(Client::builder().transport(Replay::new()).server(region).build().is_err());
}

#[tokio::test]
async fn requests_are_authorized_by_the_schemes_that_they_need() -> Result<(), Error> {
    let (client, service) = client();
    (0..4).for_each(|_| service.answer(200, ORDER));
    client.orders().get(7).await?;
    client.with_key("k").orders().get(7).await?;
    client.with_token("t").orders().get(7).await?;
    let both = client.with_token("t").with_name_and_password("ada", "secret");
    service.answer(204, "");
    both.with_key("k").orders().list().send().await.unwrap_err();
    let sent = service.requests();
    let header = |at: usize, name: &str| {
        sent[at].headers().get(name).map(|one| one.to_str().unwrap().to_owned())
    };
    assert_eq!((header(0, "x-api-key"), header(0, "authorization")), (None, None));
    assert_eq!((header(1, "x-api-key"), header(1, "authorization")), (Some("k".into()), None));
    assert_eq!(header(2, "authorization").as_deref(), Some("Bearer t"));
    // It needs nothing.
    assert_eq!((header(3, "x-api-key"), header(3, "authorization")), (None, None));
    Ok(())
}

#[tokio::test]
async fn pages_follow_one_another_by_the_rules_of_extensions() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(200, r#"{"data":{"customers":[{"name":"Ada"}]},"next":{"cursor":"2"}}"#);
    service.answer(200, r#"{"data":{"customers":[{"name":"Bo"}]}}"#);
    let mut names = Vec::new();
    let mut customers = client.customers().get().items();
    while let Some(customer) = customers.next().await {
        names.push(customer?.name);
    }
    assert_eq!(names, ["Ada", "Bo"]);
    service.answer(200, r#"{"value":["shoe"],"next":"/v1/articles?page=2"}"#);
    service.answer(200, r#"{"value":["hat"]}"#);
    let mut articles = client.articles().get().items();
    let mut all = Vec::new();
    while let Some(article) = articles.next().await {
        all.push(article?);
    }
    assert_eq!(all, ["shoe", "hat"]);
    let sent = service.requests();
    assert_eq!(sent[1].uri(), "https://eu.orders.example/v1/customers?cursor=2");
    assert_eq!(sent[3].uri(), "https://eu.orders.example/v1/articles?page=2");
    Ok(())
}

#[tokio::test]
async fn pages_follow_one_another_by_the_rule_of_the_configuration() -> Result<(), Error> {
    let (client, service) = client();
    for (link, body) in [
        ("</v1/orders?page=2>; rel=next", format!("[{ORDER},{ORDER}]")),
        ("", format!("[{ORDER}]")),
    ] {
        let answer = golden_requests::runtime::http::Response::builder().header("link", link);
        service.respond(answer.body(body.into()).unwrap());
    }
    let mut orders = client.orders().list().per_page(2).items();
    let mut ids = Vec::new();
    while let Some(order) = orders.next().await {
        ids.push(order?.id);
    }
    assert_eq!(ids, [7, 7, 7]);
    assert_eq!(service.requests()[1].uri(), "https://eu.orders.example/v1/orders?page=2");
    Ok(())
}

/// A header that the document declares for the key sets one.
#[tokio::test]
async fn a_call_has_one_key_for_all_its_tries() -> Result<(), Error> {
    let (client, service) = client();
    for status in [503, 204, 204, 204] {
        service.answer(status, "");
    }
    let create = client.orders().create(NewOrder::new(vec![Line::new("a")]));
    create.clone().await?;
    create.clone().await?;
    create.idempotency_key("own").await?;
    let sent = service.requests();
    let keys: Vec<_> = sent.iter().map(|one| one.headers()["idempotency-key"].clone()).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(keys[3], "own");
    Ok(())
}

#[tokio::test]
async fn an_operation_that_continues_has_its_result_in_the_end() -> Result<(), Error> {
    let (client, service) = client();
    let accepted = golden_requests::runtime::http::Response::builder()
        .status(202)
        .header("operation-location", "/v1/work/1")
        .header("location", "/v1/archive/7");
    service.respond(accepted.body("".into()).unwrap());
    service.answer(200, r#"{"status":"Running"}"#);
    service.answer(200, r#"{"status":"Succeeded"}"#);
    service.answer(200, ORDER);
    let mut archived = client.orders().archive(7).start().await?;
    assert_eq!(archived.finish().await?.id, 7);
    let paths: Vec<_> = service.requests().iter().map(|one| one.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/v1/orders/7/archive", "/v1/work/1", "/v1/work/1", "/v1/archive/7"]);

    service.answer(202, "");
    let error = client.orders().archive(7).await.unwrap_err();
    assert!(error.to_string().contains("`start`"), "{error}");
    Ok(())
}

#[tokio::test]
async fn parts_have_the_headers_that_the_document_declares() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(201, ORDER);
    let scan = golden_requests::types::AddScanBody::new("GIF89a").line(Line::new("shoe"));
    client.orders().add_scan(7, scan).line_x_sequence([1, 2]).await?;
    let body = String::from_utf8(service.requests()[0].body().to_vec()).unwrap();
    assert!(body.contains("\r\nX-Kind: scan\r\n\r\nGIF89a\r\n"), "{body}");
    assert!(body.contains("\r\nX-Sequence: 1,2\r\n\r\n{\"article\":\"shoe\"}\r\n"), "{body}");
    Ok(())
}

#[tokio::test]
async fn bodies_of_several_parts_have_files_and_answers_may_be_streams() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(201, ORDER);
    let scan = model::File::from(vec![1, 2, 3]).with_name("scan.png").with_media_type("image/png");
    let body = golden_requests::types::AddScanBody::new(scan).ids(vec![1, 2]);
    client.orders().add_scan(7, &body).await?;
    let sent = String::from_utf8_lossy(service.requests()[0].body()).into_owned();
    for part in ["name=\"scan\"; filename=\"scan.png\"", "Content-Type: image/png", "name=\"ids\""]
    {
        assert!(sent.to_lowercase().contains(&part.to_lowercase()), "{part} in {sent}");
    }
    service.answer(200, format!("data: {ORDER}\n\ndata: {ORDER}\n\n"));
    let mut events = client.orders().watch().page(2).await?;
    let mut count = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event?.data.id, 7);
        count += 1;
    }
    assert_eq!(count, 2);
    service.answer(200, format!("{ORDER}\n{ORDER}\n"));
    let mut lines = client.orders().export().await?;
    assert_eq!(lines.next().await.unwrap()?.id, 7);
    Ok(())
}

#[tokio::test]
async fn all_requests_go_where_the_caller_wants() -> Result<(), Error> {
    let service = Replay::new();
    let client = Client::builder()
        .service_root("https://test.example/x")
        .transport(service.clone())
        .build()?;
    service.answer(200, "file");
    assert_eq!(client.files().get_name("a").await?, "file");
    assert_eq!(service.requests()[0].uri(), "https://test.example/x/files/a");
    Ok(())
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

fn in_xml(status: u16, body: &str) -> http::Response<Bytes> {
    let answer = http::Response::builder().status(status);
    answer.header("content-type", "application/xml").body(body.to_owned().into()).unwrap()
}

#[tokio::test]
async fn xml_is_written_and_read_by_the_types_of_json() -> Result<(), Error> {
    let (client, service) = client();
    let book = Book::new("7", "<Sea & Sky>", vec![Author::new("Ada").born(1815)])
        .tags(["a", "b"].map(str::to_owned).to_vec())
        .sold(true)
        .cover(HardCover::new().size(3))
        .blurb(BookBlurb::default().language("en").html("<p>Read it!</p>"))
        .parent(Box::new(Book::new("6", "Sea", vec![])));
    let xml = concat!(
        r#"<b:book xmlns:b="https://orders.example/books" isbn="7"><b:title>&lt;Sea &amp; Sky&gt;</b:title>"#,
        r#"<people><author born="1815">Ada</author></people><tag>a</tag><tag>b</tag><sold>true</sold>"#,
        r#"<cover kind="hard"><size>3</size></cover>"#,
        r#"<b:book isbn="6"><b:title>Sea</b:title><people/></b:book>"#,
        r#"<blurb language="en"><![CDATA[<p>Read it!</p>]]></blurb></b:book>"#,
    );
    service.respond(in_xml(201, xml));
    let answer = client.books().create_xml(&book).await?;
    assert_eq!(answer, books::CreateXmlAnswer::Created(book.clone()));
    service.respond(in_xml(202, "<Task><task>t</task><eta unit='h'>1</eta></Task>"));
    let answer = client.books().create_xml(book.clone()).await?;
    let books::CreateXmlAnswer::Accepted(task) = answer else { panic!("{answer:?}") };
    assert_eq!(task.task, "t");
    // What is not declared is kept.
    let eta = task.additional.get("eta").map(|one| one.text().to_owned());
    assert_eq!(eta.as_deref(), Some(r##"{"@unit":"h","#text":"1"}"##));
    service.respond(in_xml(200, xml));
    assert_eq!(client.books().get_xml("7").await?, book);
    service.answer(204, "");
    client.books().replace("7").body(&book).await?;
    service.answer(204, "");
    client.books().set_shelves("7", ["A 1", "B"]).await?;
    let sent = service.requests();
    let header = |at: usize, name: &str| sent[at].headers()[name].to_str().unwrap().to_owned();
    assert_eq!(sent[0].body(), &*[XML, xml].concat());
    assert_eq!(
        (header(0, "content-type"), header(0, "accept")),
        ("application/xml".into(), "application/xml".into())
    );
    assert_eq!(header(3, "content-type"), "application/vnd.book+xml");
    assert_eq!(
        sent[4].body(),
        &*[XML, "<Shelves><Shelf>A 1</Shelf><Shelf>B</Shelf></Shelves>"].concat()
    );
    // What XML does not have is a fault before anything is sent.
    let error = client.books().create_xml(Book::new("7", "\u{1}", vec![])).await.unwrap_err();
    assert!(error.to_string().contains("XML has no character"), "{error}");
    assert_eq!(service.requests().len(), 5);
    Ok(())
}

#[tokio::test]
async fn errors_and_pages_are_read_from_xml() -> Result<(), Error> {
    let (client, service) = client();
    service
        .respond(in_xml(409, "<Fault><Code>Taken</Code><Message>It is there.</Message></Fault>"));
    let error = client.books().create_xml(Book::new("7", "", vec![])).await.unwrap_err();
    assert_eq!(error.to_string(), "POST /books: 409 Conflict: Taken: It is there.");
    let typed = error.typed::<books::CreateError>();
    assert!(
        matches!(&typed, Some(books::CreateError::Conflict(one)) if one.code == "Taken"),
        "{typed:?}"
    );
    service.respond(in_xml(409, "<Fault/>"));
    let error = client.books().create_xml(Book::new("7", "", vec![])).await.unwrap_err();
    assert!(matches!(error.typed(), Some(books::CreateError::Undocumented(_))), "{error}");
    // An error that is declared in both is read from either.
    for (content_type, body) in [
        ("application/xml", "<Fault><Code>None</Code></Fault>"),
        ("application/json", r#"{"Code":"None"}"#),
    ] {
        let answer = http::Response::builder().status(404).header("content-type", content_type);
        service.respond(answer.body(Bytes::from(body)).unwrap());
        let error = client.books().get_xml("7").await.unwrap_err();
        let typed = error.typed();
        assert!(matches!(typed, Some(books::GetError::NotFound(one)) if one.code == "None"));
    }
    let page = |isbn, next| {
        format!(
            "<BookPage><Books><book isbn='{isbn}'><title/><people/></book></Books>{next}</BookPage>"
        )
    };
    service.respond(in_xml(200, &page("1", "<Next>/v1/books?page=2</Next>")));
    service.respond(in_xml(200, &page("2", "")));
    let mut all = client.books().list().items();
    let mut found = Vec::new();
    while let Some(book) = all.next().await {
        found.push(book?.isbn);
    }
    assert_eq!(found, ["1", "2"]);
    assert_eq!(service.requests()[5].uri(), "https://eu.orders.example/v1/books?page=2");
    // JSON is read as such, whatever was asked for.
    service.answer(200, r#"{"isbn":"3","title":"","authors":[]}"#);
    assert_eq!(client.books().get_xml("3").await?.isbn, "3");
    service.respond(in_xml(200, "<Book"));
    let error = client.books().get_xml("3").await.unwrap_err();
    assert!(error.to_string().contains("not well-formed XML"), "{error}");
    Ok(())
}

#[tokio::test]
async fn lists_are_sent_in_lines() -> Result<(), Error> {
    let (client, service) = client();
    (0..4).for_each(|_| service.answer(204, ""));
    let orders =
        [NewOrder::new(vec![Line::new("shoe")]), NewOrder::new(vec![]).note(model::Maybe::Null)];
    client.orders().import_lines(&orders).await?;
    client.orders().import(&orders).await?;
    client.orders().log().body(["a\nb", "c"]).await?;
    client.orders().log().await?;
    let sent = service.requests();
    let header =
        |at: usize| sent[at].headers().get("content-type").map(|one| one.to_str().unwrap());
    let lines = "{\"lines\":[{\"article\":\"shoe\"}]}\n{\"lines\":[],\"note\":null}\n";
    assert_eq!((header(0), &**sent[0].body()), (Some("application/x-ndjson"), lines.as_bytes()));
    assert_eq!(header(1), Some("application/json"));
    let sequence = "\u{1e}\"a\\nb\"\n\u{1e}\"c\"\n";
    assert_eq!((header(2), &**sent[2].body()), (Some("application/json-seq"), sequence.as_bytes()));
    // An optional body that is absent has no media type either.
    assert_eq!((header(3), sent[3].body().len()), (None, 0));
    Ok(())
}

#[tokio::test]
async fn a_union_is_given_as_a_value_of_any_branch() -> Result<(), Error> {
    let (client, service) = client();
    (0..6).for_each(|_| service.answer(204, ""));
    let books = client.books();
    let hard = HardCover::new().size(3);
    books.set_cover("7", &hard).await?;
    books.set_cover("7", SoftCover::new()).await?;
    books.set_cover("7", Box::new(hard.clone())).await?;
    books.set_cover("7", "paper").await?;
    books.set_cover("7", "paper".to_owned()).await?;
    books.set_cover("7", Cover::from(hard)).await?;
    let sent = service.requests();
    let bodies: Vec<&str> =
        sent.iter().map(|one| std::str::from_utf8(one.body()).unwrap()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"kind":"hard","size":3}"#,
            r#"{"kind":"soft"}"#,
            r#"{"kind":"hard","size":3}"#,
            "\"paper\"",
            "\"paper\"",
            r#"{"kind":"hard","size":3}"#,
        ]
    );
    Ok(())
}
