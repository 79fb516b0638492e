//! How long the check takes.

use super::checked;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::node;
use schemacrate::internals::openapi::{Description, Document, Version, check_objects};
use schemacrate::source::SourceMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// A document in JSON with many schemas and operations.
fn large(bytes: usize) -> String {
    let mut text = String::from(
        r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"S":{}"#,
    );
    let mut paths = String::new();
    let mut at = 0;
    while text.len() + paths.len() < bytes {
        let _ = write!(
            text,
            r##","S{at}":{{"type":"object","description":"A thing with members.","required":["id","name"],"properties":{{"id":{{"type":"integer","format":"int64","description":"The number of the thing."}},"name":{{"type":["string","null"],"maxLength":100,"example":"N"}},"next":{{"$ref":"#/components/schemas/S{at}"}},"kind":{{"type":"string","enum":["a","b","c"]}},"parts":{{"type":"array","items":{{"$ref":"#/components/schemas/S"}}}}}}}}"##
        );
        let _ = write!(
            paths,
            r##","/things{at}/{{id}}":{{"get":{{"operationId":"get{at}","tags":["things"],"summary":"Reads a thing","parameters":[{{"name":"id","in":"path","required":true,"schema":{{"type":"integer"}}}},{{"name":"fields","in":"query","description":"Which fields are read.","schema":{{"type":"array","items":{{"type":"string"}}}}}}],"responses":{{"200":{{"description":"The thing","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/S{at}"}}}}}}}}}}}}}}"##
        );
        at += 1;
    }
    text + r#"}},"paths":{"/":{}"# + &paths + "}}"
}

/// Run in release to see how long a large document takes.
#[test]
fn a_large_document_takes_no_time() {
    let text = large(10_000_000);
    let mut sources = SourceMap::new();
    let source = sources.add("large.json", text.as_bytes()).unwrap();
    let start = Instant::now();
    let tree = node::read(&sources, source).unwrap().tree;
    let read = start.elapsed();
    let mut description = Description::new();
    description.add(Document { name: "large.json".to_owned(), version: Version::V31, tree });
    let added = start.elapsed() - read;
    let mut diagnostics = Diagnostics::default();
    let start = Instant::now();
    check_objects(&description, &mut diagnostics);
    let took = start.elapsed();
    eprintln!("read in {read:?}, added in {added:?}, checked in {took:?}");
    assert!(diagnostics.is_empty(), "{}", diagnostics.render(&sources, false));
}

#[test]
fn aliases_are_followed_once() {
    // Each level has ten aliases of the one before it, which is ten billion schemas.
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    S0: &s0 {typ: string}\n",
    );
    for level in 1..=10 {
        let _ = write!(text, "    S{level}: &s{level}\n      properties: &p{level}\n");
        for at in 0..10 {
            let _ = writeln!(text, "        a{at}: *s{}", level - 1);
        }
        let _ = writeln!(text, "      not: {{properties: *p{level}}}");
    }
    let start = Instant::now();
    let session = checked([("bomb.yaml", text)]);
    // Far above what it takes, and far below what it took if aliases were values of their own.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    let codes: Vec<&str> = session.diagnostics().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["unknown-field"], "{}", session.render(false));
}

/// Texts for numbers, with commas between them.
fn list(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

/// Documents in which each rule has much to compare with much.
fn many() -> Vec<(&'static str, String)> {
    let many = 20_000;
    let with = |rest: &str| {
        format!(r#"{{"openapi":"3.2.0","info":{{"title":"T","version":"1"}},{rest}}}"#)
    };
    let parameter =
        |at, place| format!(r#"{{"name":"p{at}","in":"{place}","required":true,"schema":{{}}}}"#);
    let all = |place| list(many, |at| parameter(at, place));
    let tag = |at| format!(r#"{{"name":"t{at}","parent":"t{}"}}"#, at + 1);
    let path = list(many, |at| format!("{{v{at}}}")).replace(',', "");
    let variables = list(many, |at| format!(r#""w{at}":{{"default":"x"}}"#));
    let link = |at| format!(r#""l{at}":{{"operationId":"o","parameters":{{"q{at}":1}}}}"#);
    let encodings = list(many, |at| format!(r#""e{at}":{{}}"#));
    let members = list(many, |at| format!(r#""m{at}":{{}}"#));
    let scopes = list(many, |at| format!(r#""s{at}":"d""#));
    let requirements = list(many, |at| format!(r#"{{"o":["n{at}"],"u{at}":[]}}"#));
    let operations = list(many, |at| format!(r#""M{at}":{{}}"#));
    let own = all("query");
    let (in_path, in_query) = (all("path"), all("query"));
    vec![
        ("tags", with(&format!(r#""paths":{{}},"tags":[{}]"#, list(many, tag)))),
        (
            "variables",
            with(&format!(
                r#""paths":{{"/{path}":{{"get":{{"parameters":[{in_path}]}},"put":{{}}}}}}"#
            )),
        ),
        (
            "servers",
            with(&format!(
                r#""paths":{{}},"servers":[{{"url":"https://a/{path}","variables":{{{variables}}}}}]"#
            )),
        ),
        (
            "links",
            with(&format!(
                r#""paths":{{"/a":{{"get":{{"operationId":"o","parameters":[{in_query}],"responses":{{"200":{{"description":"D","links":{{{}}}}}}}}}}}}}"#,
                list(many, link)
            )),
        ),
        (
            "encodings",
            with(&format!(
                r#""paths":{{"/a":{{"put":{{"requestBody":{{"content":{{"multipart/form-data":{{"schema":{{"type":"object","properties":{{{members}}}}},"encoding":{{{encodings}}}}}}}}}}}}}}}"#
            )),
        ),
        (
            "security",
            with(&format!(
                r#""paths":{{}},"security":[{requirements}],"components":{{"securitySchemes":{{"o":{{"type":"oauth2","flows":{{"password":{{"tokenUrl":"t","scopes":{{{scopes}}}}}}}}}}}}}"#
            )),
        ),
        (
            "parameters",
            with(&format!(
                r#""paths":{{"/a":{{"parameters":[{in_query}],"get":{{"parameters":[{own}]}},"put":{{}}}}}}"#
            )),
        ),
        (
            "operations",
            with(&format!(
                r#""paths":{{"/a":{{"parameters":[{in_query}],"additionalOperations":{{{operations}}}}}}}"#
            )),
        ),
    ]
}

#[test]
fn no_rule_compares_everything_with_everything() {
    for (what, text) in many() {
        let start = Instant::now();
        let session = checked([("many.json", text.as_str())]);
        let took = start.elapsed();
        eprintln!(
            "{what}: {} bytes, {} findings in {took:?}",
            text.len(),
            session.diagnostics().iter().count()
        );
        // Far above what it takes, and far below what each with each would take.
        assert!(took < Duration::from_secs(60), "{what}: {took:?}");
    }
}
