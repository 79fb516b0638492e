//! The Rust of requests: `tests/snippets/CRATE/NAME.http` at the root of the repository returns
//! `NAME.rs`, which `tests/snippets.rs` and `tests/openapi_snippets.rs` compile and run.
//!
//! `UPDATE_EXPECT=1 cargo test -p schemacrate --test snippets` writes them anew.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::expect_file;
use proptest::prelude::*;
use schemacrate::Builder;
use schemacrate::snippet::{HttpRequest, Snippets};
use schemacrate::{
    Planned,
    config::{Config, KeyStyle},
};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use test_support::{document, planned};
use toml::Spanned;

/// The requests of a folder in order, each with its name and text.
fn requests(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|one| one == "http")).collect();
    files.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn check(folder: &str, config: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let builder = Builder::from_config(root.join(config));
    let (planned, config) = builder.plan().unwrap_or_else(|error| panic!("{error}"));
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    let tests = ["tests/snippets.rs", "tests/openapi_snippets.rs"];
    let tests = tests.map(|path| std::fs::read_to_string(root.join(path)).unwrap()).concat();
    let folder = root.join("tests/snippets").join(folder);
    for (name, text) in requests(&folder) {
        let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
        let mut lines = head.lines();
        let (method, url) = lines.next().unwrap().split_once(' ').unwrap();
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let body = Some(body.trim_end_matches('\n')).filter(|body| !body.is_empty());
        let body = body.map(str::as_bytes);
        let request = HttpRequest { method, url, headers: &headers, body };
        let snippet = snippets.write(&request).unwrap();
        expect_file![folder.join(format!("{name}.rs"))].assert_eq(&snippet.code);
        assert!(tests.contains(&format!(" {name}")), "no test runs {name}");
        for note in &snippet.notes {
            assert!(
                snippet.code.contains(&format!("// {note}")),
                "{name} does not specify: {note}"
            );
        }
        let program = snippets.write_program(&request).unwrap().code;
        syn::parse_file(&program).unwrap_or_else(|error| panic!("{name}: {error}\n{program}"));
    }
}

#[test]
fn every_kind_of_resource() {
    check("service", "generator/tests/goldens/service/schemacrate.toml");
}

#[test]
fn derived_types() {
    check("inheritance", "generator/tests/goldens/inheritance/schemacrate.toml");
}

#[test]
fn every_type_of_value() {
    check("values", "generator/tests/goldens/values/schemacrate.toml");
}

#[test]
fn operations_of_openapi() {
    check("requests", "generator/tests/goldens/requests/schemacrate.toml");
    check("directory", "generator/tests/goldens/directory/schemacrate.toml");
    check("events", "generator/tests/goldens/events/schemacrate.toml");
}

#[test]
fn a_request_that_no_operation_has_is_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/requests");
    let (planned, config) = Builder::from_config(root.join("schemacrate.toml")).plan().unwrap();
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    let multipart = [("Content-Type".to_owned(), "multipart/form-data".to_owned())];
    for (method, url, headers, body, expected) in [
        ("GET", "/nothing", &[][..], None, "no path of the API is `/nothing`"),
        (
            "TRACE",
            "/orders/7/note",
            &[],
            None,
            "the API has no TRACE for `/orders/7/note`, only GET, PUT",
        ),
        ("PUT", "/orders/7/note", &[], Some("{"), "the body is not JSON"),
        (
            "POST",
            "/orders/7/scans",
            &multipart,
            Some(""),
            "the media type of a body of several parts names no `boundary`",
        ),
    ] {
        let request = HttpRequest { method, url, headers, body: body.map(str::as_bytes) };
        assert_eq!(snippets.write(&request).unwrap_err().to_string(), expected);
    }
}

#[test]
fn the_address_of_a_service_is_what_is_before_the_path() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/requests");
    let (planned, config) = Builder::from_config(root.join("schemacrate.toml")).plan().unwrap();
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    for (url, expected) in [
        ("/orders", None),
        ("https://eu.orders.example/v1/orders", None),
        ("https://127.0.0.1:8080/api/v2/orders", Some("https://127.0.0.1:8080/api/v2")),
    ] {
        let request = HttpRequest { method: "GET", url, headers: &[], body: None };
        assert_eq!(snippets.write(&request).unwrap().service_root.as_deref(), expected, "{url}");
    }
}

#[test]
fn a_program_takes_a_token_only_where_its_client_does() {
    let key = "{scheme: {type: apiKey, in: header, name: key}}";
    let basic = "{scheme: {type: http, scheme: basic}}";
    let bearer = "{scheme: {type: http, scheme: bearer}}";
    for (schemes, expected) in [
        (key, ".server(\"https://service.example\")"),
        (key, ".with_scheme(std::env::var(\"SCHEME\")?);"),
        (
            basic,
            ".with_scheme(std::env::var(\"SCHEME_USER\")?, std::env::var(\"SCHEME_PASSWORD\")?);",
        ),
        (bearer, "let token = std::env::var(\"ACCESS_TOKEN\")?;"),
    ] {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{title: a, version: '1'}}\nsecurity: [{{scheme: []}}]\ncomponents: {{securitySchemes: {schemes}}}\npaths:\n  /a: {{get: {{responses: {{'204': {{description: a}}}}}}}}\n"
        );
        let mut session = schemacrate::Session::new();
        session.add("api.yaml", document.as_bytes()).unwrap();
        let config = Config::new("own", "out");
        let generated = session.generate(&config).unwrap_or_else(|error| panic!("{error}"));
        let snippets = Snippets::new(&generated.schema, &generated.plan, &config);
        let request = HttpRequest { method: "GET", url: "/a", headers: &[], body: None };
        let code = snippets.write_program(&request).unwrap().code;
        let code = code.split_whitespace().collect::<String>();
        let expected = expected.split_whitespace().collect::<String>();
        assert!(code.contains(&expected), "{code}");
        assert_eq!(code.contains("ACCESS_TOKEN"), schemes.contains("bearer"), "{code}");
    }
}

/// The Rust of a request of a document, with a body of a media type.
fn written(paths: &str, url: &str, content_type: &str, body: &str) -> String {
    let document = format!("openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths:\n{paths}");
    let mut session = schemacrate::Session::new();
    session.add("api.yaml", document.as_bytes()).unwrap();
    let config = Config::new("own", "out");
    let generated = session.generate(&config).unwrap_or_else(|error| panic!("{error}"));
    let snippets = Snippets::new(&generated.schema, &generated.plan, &config);
    let headers = [("Content-Type".to_owned(), content_type.to_owned())];
    let request =
        HttpRequest { method: "POST", url, headers: &headers, body: Some(body.as_bytes()) };
    snippets.write(&request).unwrap().code
}

#[test]
fn fields_of_a_form_are_read_as_they_are_written() {
    let paths = "  /a:
    post:
      operationId: send
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [id]
              properties:
                owner: {type: object, properties: {id: {type: integer}, name: {type: string}}}
                tags: {type: array, items: {type: object, properties: {id: {type: integer}}}}
                id: {type: integer}
                names: {type: array, items: {type: string}}
      responses: {'204': {description: sent}}
";
    // The members of `owner` have names that the form itself has.
    let body = "id=1&owner=%7B%22id%22%3A2%7D&tags=%7B%22id%22%3A3%7D&tags=%7B%22id%22%3A4%7D&names=a&names=b%2Cc";
    let code = written(paths, "/a", "application/x-www-form-urlencoded", body);
    for expected in [
        "SendBody::new(1)",
        ".owner(SendBodyOwner::default().id(2))",
        "SendBodyTagsItem::default().id(3)",
        "SendBodyTagsItem::default().id(4)",
        r#""b,c".to_owned()"#,
    ] {
        assert!(code.contains(expected), "{expected}\n{code}");
    }
    assert!(!code.contains("from_json"), "{code}");
}

#[test]
fn parts_with_names_are_sent_where_a_document_has_several_kinds_of_parts() {
    let paths = "  /a:
    post:
      operationId: send
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Note'}}
          multipart/related: {schema: {$ref: '#/components/schemas/Note'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Note'}}
      responses: {'204': {description: sent}}
components:
  schemas:
    Note: {type: object, properties: {text: {type: string}}}
";
    let body = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\r\n--x--\r\n";
    for media_type in ["multipart/form-data", "multipart/mixed"] {
        let code = written(paths, "/a", &format!("{media_type}; boundary=x"), body);
        assert!(code.contains("send_multipart"), "{code}");
        assert!(code.contains(r#".text("a")"#), "{code}");
    }
}

#[test]
fn bytes_of_a_file_are_sent_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/requests");
    let (planned, config) = Builder::from_config(root.join("schemacrate.toml")).plan().unwrap();
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    let headers = [("Content-Type".to_owned(), "image/png".to_owned())];
    let body = Some(&b"\x89PNG\xff"[..]);
    let request = HttpRequest { method: "PUT", url: "/files/a", headers: &headers, body };
    let code = snippets.write(&request).unwrap().code;
    let file = r#"File::from(b"\x89PNG\xFF".as_slice()).with_media_type("image/png")"#;
    assert!(code.contains(file), "{code}");
}

#[test]
fn the_crate_of_this_repository() {
    check("graph", "schema/schemacrate.toml");
}

#[test]
fn a_request_to_another_service_is_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/schemacrate.toml");
    let (planned, config) = Builder::from_config(root).plan().unwrap();
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    for (method, url, expected) in [
        (
            "GET",
            "https://example.com/deviceManagement",
            "https://example.com is not the origin of the service: its root is https://graph.microsoft.com/beta",
        ),
        ("GE T", "/deviceManagement", "`GE T` is not an HTTP method"),
    ] {
        let request = HttpRequest { method, url, headers: &[], body: None };
        assert_eq!(snippets.write(&request).unwrap_err().to_string(), expected);
    }
}

#[test]
fn the_documentation_shows_a_request_and_its_rust() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let page = read("docs/snippet.md");
    for name in ["inheritance/change_parrot", "requests/create_order"] {
        for (shown, language) in [("http", "http"), ("rs", "rust,ignore")] {
            let text = read(&format!("tests/snippets/{name}.{shown}"));
            assert!(page.contains(&format!("```{language}\n{}\n```", text.trim())), "{text}");
        }
    }
}

/// The plan of a crate with a bit of everything.
static SERVICE: LazyLock<(Planned, Config)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = root.join("tests/goldens/service/schemacrate.toml");
    Builder::from_config(config).plan().unwrap_or_else(|error| panic!("{error}"))
});

const URL: &str = "(orders|customers|new|open|best|Orders|\\(7\\)|\\(name='a'\\)|\\(\\{x\\}\\)|/|lines|address|\
                   street|photo|friends|thumbnail|shop\\.recent|shop\\.ship|ship|\\$count|\\$value|\\$ref|:|'|\\?|&|=|\
                   \\$filter=|\\$select=|\\$expand=|\\$top=|\\$orderby=|number| gt |7|any\\(l:|l/count|\\)|,|%2|%41|é|\
                   \\n|<y>|\\{|\\}){0,10}";

const BODY: &str = "(\\{|\\}|\\[|\\]|\"note\"|\"address\"|\"lines\"|\"street\"|\"@odata.type\"|:|,|\"shop.order\"|null|1|true){0,9}";

proptest! {
    #[test]
    fn whatever_is_asked_the_answer_is_rust(
        method in "(GET|POST|PATCH|PUT|DELETE|HEAD|BREW)",
        url in URL,
        body in proptest::option::of(BODY),
        value in ".{0,8}",
    ) {
        let (planned, config) = &*SERVICE;
        let snippets = Snippets::new(&planned.schema, &planned.plan, config);
        let headers = [("Prefer".to_owned(), value), ("content-type".to_owned(), "application/json".to_owned())];
        let request = HttpRequest { method: &method, url: &url, headers: &headers, body: body.as_deref().map(str::as_bytes) };
        let snippet = match snippets.write(&request) {
            Ok(snippet) => snippet,
            // The one thing that can be wrong with these: an address somewhere else.
            Err(error) => {
                prop_assert!(url.contains("://"), "{error}");
                prop_assert!(error.to_string().contains("is not where the service is"), "{error}");
                return Ok(());
            }
        };
        prop_assert!(syn::parse_file(&snippet.code).is_ok(), "{}", snippet.code);
        prop_assert!(!snippet.code.contains("compile_error"), "{}", snippet.code);
    }
}

/// The notes of requests to a crate of the golden service with a slice of it.
fn sliced_notes(method: &str, url: &str, body: Option<&str>) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = root.join("tests/goldens/service/schema.csdl");
    let builder = Builder::new("slice")
        .schema(schema)
        .default_namespace("shop")
        .include("/orders/{number}/lines")
        .include("/orders/{number}/cancel")
        .exclude("shop.address")
        .exclude("shop.order/note");
    let (planned, config) = builder.plan().unwrap_or_else(|error| panic!("{error}"));
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    let request = HttpRequest { method, url, headers: &[], body: body.map(str::as_bytes) };
    snippets.write(&request).unwrap().notes
}

#[test]
fn a_path_between_colons_is_typed_where_the_call_writes_the_same_address() {
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/inheritance/schema.csdl");
    let builder = Builder::new("zoo").schema(schema).keys(KeyStyle::Segment);
    let (planned, config) = builder.plan().unwrap_or_else(|error| panic!("{error}"));
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    for (url, expected) in [
        ("/animals/a.com:/teams/hr", r#".id("a.com").item_with_path("teams/hr").get()"#),
        ("/animals/a:b:/c%20d:/young", r#".id("a:b").item_with_path("c d").young().list()"#),
        (
            "/animals('a'):/b:/mother:/c",
            r#".id("a").item_with_path("b").mother().item_with_path("c").get()"#,
        ),
        (
            "/animals/{id}:/{path}:/$value",
            r#".id("{id}").item_with_path("{path}").media().download()"#,
        ),
        // An address with a colon in its last segment, and not at its end.
        ("/animals/a/mother:/b:c", r#".mother().item_with_path("b:c").get()"#),
        // The typed call would write another address.
        ("/animals/a/mother:/b:", r#".raw("mother:/b:")"#),
        ("/animals/a/mother:", r#".raw("mother:")"#),
        ("/animals/a/mother:/:/young", r#".raw("mother:/:")"#),
        ("/animals/a/mother:/b%2Fc", r#".raw("mother:/b%2Fc")"#),
        // The request fails before it is sent.
        ("/animals/a/mother:/../c", r#".raw("mother:/../c")"#),
        // A key that ends with a colon, after which no path follows.
        ("/animals/a:", r#".id("a:").get()"#),
    ] {
        let request = HttpRequest { method: "GET", url, headers: &[], body: None };
        let code = snippets.write(&request).unwrap().code;
        let calls: String =
            code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
        assert!(calls.contains(expected), "{url}\n{code}");
    }
}

#[test]
fn what_only_the_slice_lacks_is_told_apart() {
    const NO_NOTE: [&str; 0] = [];
    for (url, expected) in [
        ("/orders(7)/lines", ""),
        ("/orders(7)/cancel", ""),
        ("/orders(7)/bills", "The schema has no `bills` here."),
        ("/bills", "The schema has no `bills` here."),
        (
            "/orders(7)/customer/friends",
            "The slice leaves `customer` out; include it with `/orders/{key}/customer/friends`.",
        ),
        (
            "/orders(7)/customer/bills",
            "The slice leaves `customer` out; include it with `/orders/{key}/customer`.",
        ),
        ("/Customers", "The slice leaves `Customers` out; include it with `/customers`."),
        (
            "/customers/{id}",
            "The slice leaves `customers` out; include it with `/customers/{key}`.",
        ),
        (
            "https://example.com/beta/customers",
            "The slice leaves `customers` out; include it with `/customers`.",
        ),
        ("/new", "The slice leaves `new` out; include it with `/new`."),
        ("/open", "The slice leaves `open` out; include it with `/open`."),
        // To the slice it is the key of an order.
        ("/orders/recent", "The slice leaves `recent` out; include it with `/orders/recent`."),
        (
            "/orders(7)/shop.invoice(language='de')",
            "The slice leaves `shop.invoice(language='de')` out; include it with `/orders/{key}/invoice`.",
        ),
        ("/orders(7)/address", "The slice leaves `address` out; it or its type is excluded."),
        (
            "/orders?$expand=lines,customer($expand=friends)",
            "The slice leaves out what `$expand` names (`shop.order` has no `customer`); \
             include it with `/orders/customer`.",
        ),
        (
            "/orders?$filter=customer/name eq 'a'",
            "The slice leaves out what `$filter` names (`shop.order` has no `customer`).",
        ),
        ("/orders?$expand=lines", ""),
    ] {
        let method = if url.ends_with("cancel") || url == "/open" { "POST" } else { "GET" };
        let notes = sliced_notes(method, url, None);
        let expected: Vec<&str> =
            Some(expected).into_iter().filter(|one| !one.is_empty()).collect();
        assert_eq!(notes, expected, "{url}");
    }
    for (method, url, body, expected) in [
        (
            "PATCH",
            "/orders(7)",
            r#"{"customer":{"name":"a"}}"#,
            "The slice leaves `customer` of `shop.order` out; include it with a path that ends with `/customer`.",
        ),
        (
            "POST",
            "/orders",
            r#"{"address":{"street":"a"}}"#,
            "The slice leaves `address` of `shop.order` out, because it excludes `shop.address`.",
        ),
        (
            "PATCH",
            "/orders(7)",
            r#"{"note":"a"}"#,
            "The slice leaves `note` of `shop.order` out, because it excludes `shop.order/note`.",
        ),
        (
            "POST",
            "/orders(7)/lines",
            r#"{"colour":"red"}"#,
            "`shop.line` does not declare `colour`.",
        ),
    ] {
        assert_eq!(sliced_notes(method, url, Some(body)), [expected], "{url} {body}");
    }
    assert_eq!(sliced_notes("POST", "/orders(7)/lines", Some(r#"{"article":"a"}"#)), NO_NOTE);
}

/// A path goes through complex values, so a pattern does as well.
#[test]
fn what_a_slice_lacks_below_a_complex_value_is_included_by_the_path_through_it() {
    let elements = r#"<EntityType Name="order"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="address" Type="n.address"/></EntityType>
<ComplexType Name="address"><NavigationProperty Name="country" Type="n.country" ContainsTarget="true"/></ComplexType>
<EntityType Name="country"/>
<EntityContainer Name="c"><EntitySet Name="orders" EntityType="n.order"/></EntityContainer>"#;
    let notes = |pattern: &str| {
        let mut config = Config::new("client", "client");
        config.slice.include = vec![Spanned::new(0..0, pattern.to_owned())];
        let planned = planned(document(elements), &config);
        let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
        let url = "/orders('a')/address/country";
        let request = HttpRequest { method: "GET", url, headers: &[], body: None };
        snippets.write(&request).unwrap().notes
    };
    let pattern = "/orders/{key}/address/country";
    let expected = format!("The slice leaves `country` out; include it with `{pattern}`.");
    assert_eq!(notes("/orders"), [expected]);
    assert_eq!(notes(pattern), [""; 0]);
}

#[test]
fn names_that_are_not_identifiers_have_typed_calls() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let builder = Builder::from_config(root.join("tests/goldens/names/schemacrate.toml"));
    let (planned, config) = builder.plan().unwrap_or_else(|error| panic!("{error}"));
    let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
    for (url, expected) in [
        ("/log%20entries", "client.log_entries().list()"),
        ("/log%20entries('a''b')", ".log_entries().request_id(\"a'b\").get()"),
        ("/log%20entries('(a)')/next-entry", ".request_id(\"(a)\").next_entry().get()"),
        ("/log%20entries('a')/all%20entries('b')", ".all_entries().request_id(\"b\").get()"),
        ("/log%20entries('a')/client-request-id", "LogEntry::CLIENT_REQUEST_ID"),
    ] {
        let request = HttpRequest { method: "GET", url, headers: &[], body: None };
        let snippet = snippets.write(&request).unwrap();
        let calls: String = snippet.code.split_whitespace().collect();
        assert!(calls.contains(&expected.replace(' ', "")), "{url}\n{}", snippet.code);
        assert_eq!(snippet.notes, [""; 0], "{url}");
    }
}
