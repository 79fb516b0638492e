//! Several documents of one API, and documents that are not of OpenAPI.

use super::checked;
use schemacrate::Session;
use schemacrate::config::{Config, Unresolved};

const API: &str = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a: {$ref: 'paths.yaml#/a'}
  /b:
    get:
      parameters: [{$ref: 'parts/more.json#/parameters/page'}]
      responses:
        '200': {description: D, content: {application/json: {schema: {$ref: parts/schema.yaml}}}}
";
const PATHS: &str = "a: {get: {responses: {}, tag: a}}\nunused: {anything: {goes: 1}}\n";
const MORE: &str =
    r#"{"parameters": {"page": {"name": "page", "in": "query", "schema": {"typ": "a"}}}}"#;
const SCHEMA: &str =
    "type: object\nproperties: {next: {$ref: schema.yaml}, other: {$ref: '#/x'}}\nx: {nam: b}\n";

fn codes(session: &Session) -> Vec<(&str, String)> {
    let findings = session.diagnostics().sorted().into_iter();
    findings
        .map(|one| {
            let place = one.place.as_ref().map(|(span, _)| {
                let (line, column) = session.sources().line_column(*span);
                format!("{}:{line}:{column}", session.sources().get(span.source).name)
            });
            (one.code, place.unwrap_or_default())
        })
        .collect()
}

#[test]
fn parts_are_checked_as_what_refers_to_them_expects() {
    let documents = [
        ("api.yaml", API),
        ("paths.yaml", PATHS),
        ("parts/more.json", MORE),
        ("parts/schema.yaml", SCHEMA),
    ];
    let found = |code, place: &str| (code, place.to_owned());
    assert_eq!(
        codes(&checked(documents)),
        [
            found("unknown-field", "paths.yaml:1:26"),
            found("unknown-field", "parts/more.json:1:68"),
            found("unknown-field", "parts/schema.yaml:3:1"),
            found("unknown-field", "parts/schema.yaml:3:5"),
        ]
    );
}

#[test]
fn a_part_has_the_version_of_the_first_document() {
    let part = "B: {type: [string, 'null'], const: a}\n";
    let api = |version| {
        format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{$ref: 'b.yaml#/B'}}}}}}"
        )
    };
    let count = |version| {
        checked([("a.yaml", api(version)), ("b.yaml", part.to_owned())])
            .diagnostics()
            .iter()
            .count()
    };
    assert_eq!(count("3.1.0"), 0);
    assert_eq!(count("3.0.0"), 2);
}

#[test]
fn a_part_is_neither_alone_nor_first() {
    assert_eq!(
        codes(&checked([("more.json", MORE)])),
        [("not-openapi", "more.json:1:2".to_owned())]
    );
    let found = checked([
        ("more.json", MORE),
        ("api.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}"),
    ]);
    assert_eq!(codes(&found), [("not-openapi", "more.json:1:2".to_owned())]);
}

#[test]
fn a_document_of_another_format_is_not_a_part() {
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}";
    for (other, is_refused) in [
        ("asyncapi: 3.0.0", true),
        ("overlay: 1.0.0", true),
        ("Not found", true),
        ("{}", false),
        ("[]", false),
        ("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}", false),
    ] {
        let session = checked([("api.yaml", api), ("other", other)]);
        assert_eq!(session.diagnostics().has_errors(), is_refused, "{}", session.render(false));
    }
    let html = checked([("api.yaml", api), ("other", "<!DOCTYPE html><p>")]);
    // XML of any kind belongs to the reader of CSDL, so that both are there.
    assert_eq!(codes(&html)[0].0, "mixed-documents");
}

#[test]
fn csdl_and_openapi_are_told_apart_by_content() {
    let first = |name: &str, text: &str| {
        checked([(name, text)]).diagnostics().iter().map(|one| one.code).next()
    };
    let csdl = r#"{"$Version": "4.01", "n": {"C": {"$Kind": "ComplexType"}}}"#;
    assert_eq!(first("a.json", csdl), None);
    assert_eq!(first("a.yaml", "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}"), None);
    assert_eq!(first("a.json", "{\"openapi\": \"3.1.0\"}"), Some("missing-field"));
    assert_eq!(first("a.txt", "<html></html>"), Some("root"));
    assert_eq!(first("a.json", "{\"n\": 1}"), Some("not-openapi"));
    let both = checked([("a.json", csdl), ("b.json", "{\"openapi\": \"3.1.0\"}")]);
    assert_eq!(codes(&both), [("mixed-documents", String::new())]);
    assert!(both.render(false).contains("a.json is CSDL, and b.json is OpenAPI"));
}

#[test]
fn openapi_is_generated_but_not_read_as_csdl() {
    let session = || {
        let mut session = Session::new();
        session.add("a.yaml", b"openapi: 3.1.0\ninfo: {title: T}\npaths: {}").unwrap();
        session
    };
    let config = Config::new("a", "out");
    let generated = session().generate(&config).unwrap();
    assert!(generated.schema.openapi().is_some() && generated.schema.odata().is_none());
    let error = session().read(Unresolved::Error).unwrap_err().to_string();
    for part in
        ["error[openapi-not-odata]", "help: OpenAPI documents can be", "warning[missing-field]"]
    {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn what_is_not_read_needs_no_target() {
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1', description: {$ref: './intro.md'}}\n\
               paths: {}\nx-a: {$ref: '#/nowhere'}\n";
    assert_eq!(codes(&checked([("api.yaml", api)])), [("wrong-kind", "api.yaml:2:32".to_owned())]);
    let part = "used: {}\nunused: {schema: {$ref: '#/nowhere'}}\n";
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n\
               components: {schemas: {A: {$ref: 'part.yaml#/used'}}}\n";
    assert_eq!(codes(&checked([("api.yaml", api), ("part.yaml", part)])), []);
}

#[test]
fn a_document_that_nothing_refers_to_is_not_read() {
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n\
               components: {schemas: {A: {$ref: 'part.yaml#/B'}}}\n";
    let part = "B: {$ref: more.yaml}\n";
    let other = "openapi: 3.1.0\ncomponents: {schemas: {C: {$ref: 'nowhere.yaml'}, D: {$ref: 'other.yaml#/x'}}}\n";
    let documents =
        [("api.yaml", api), ("part.yaml", part), ("other.yaml", other), ("more.yaml", "{}")];
    let unused = [("unused-document", "other.yaml:1:1".to_owned())];
    assert_eq!(codes(&checked(documents)), unused);
    // It is not a broken rule.
    let mut session = Session::strict();
    documents.into_iter().for_each(|(name, text)| _ = session.add(name, text.as_bytes()));
    assert!(session.validate(Unresolved::Error).is_ok());
}

#[test]
fn paths_of_another_document_are_those_that_are_referred_to() {
    let api = |reference: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{reference}}}\n\
             components: {{schemas: {{A: {{$ref: 'b.yaml#/components/schemas/B'}}}}}}\n"
        )
    };
    let other = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n\
                 paths: {/b: {get: {}}}\ncomponents: {schemas: {B: {}}}\n";
    let found = |reference| checked([("a.yaml", api(reference)), ("b.yaml", other.to_owned())]);
    assert_eq!(codes(&found("")), [("unused-paths", "b.yaml:3:1".to_owned())]);
    assert_eq!(codes(&found("/a: {$ref: 'b.yaml#/paths/~1b'}")), []);
}
