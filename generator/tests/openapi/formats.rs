//! The types of formats: those of the registry as the documentation lists them, and those of the configuration.

use schemacrate::config::Config;
use schemacrate::internals::crate_plan::api;
use schemacrate::{Generated, Session};
use std::collections::BTreeSet;

/// The names in the registry of OpenAPI, which has all of those of JSON Schema 2020-12.
const REGISTRY: &str = "base64url binary byte char commonmark date date-time date-time-local decimal decimal128 \
    double double-int duration email float hostname html http-date idn-email idn-hostname int16 int32 int64 int8 \
    ipv4 ipv4-cidr ipv6 ipv6-cidr iri iri-reference json-pointer language media-range password regex \
    relative-json-pointer sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token time time-local uint16 \
    uint32 uint64 uint8 unixtime uri uri-reference uri-template uuid";

/// A crate of a component `All` with these members.
fn generated(members: &str, settings: &str) -> Result<Generated, String> {
    let mut session = Session::new();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    All:\n      \
         type: object\n      properties:\n{members}"
    );
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text =
        format!("[source]\nfiles = []\n[crate]\nname = \"a\"\ndirectory = \".\"\n{settings}");
    let config: Result<Config, _> = session.configure("schemacrate.toml", text.as_bytes());
    let config = config.map_err(|error| error.to_string())?;
    session.generate(&config).map_err(|error| error.to_string())
}

/// The types of the members of `All`, in their order.
fn types(members: &str, settings: &str) -> Vec<String> {
    let generated = generated(members, settings).unwrap_or_else(|error| panic!("{error}"));
    let text = api::text(&generated.plan);
    let mut types: Vec<(usize, String)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub types::All::m")?.split_once(": "))
        .filter_map(|(at, of)| {
            Some((at.parse().ok()?, of.strip_prefix("Option<")?.strip_suffix('>')?.to_owned()))
        })
        .collect();
    types.sort();
    types.into_iter().map(|(_, one)| one).collect()
}

fn member(at: usize, schema: &str) -> String {
    format!("        m{at}: {{{schema}}}\n")
}

/// A row of the documentation: the format, the JSON type, and the type.
fn rows() -> Vec<(String, String, String)> {
    let text = include_str!("../../../docs/openapi-formats.md");
    let cells = |line: &str| -> Vec<String> {
        line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
    };
    text.lines()
        .filter(|line| line.starts_with("| `"))
        .map(cells)
        .map(|cells| (cells[1].clone(), cells[2].clone(), cells[3].clone()))
        .collect()
}

#[test]
fn every_format_of_the_registry_has_the_type_that_is_documented() {
    let rows = rows();
    let documented: BTreeSet<&str> = rows.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(documented, REGISTRY.split_whitespace().collect());
    let members: String = rows
        .iter()
        .enumerate()
        .map(|(at, (name, kind, _))| member(at, &format!("type: {kind}, format: {name}")))
        .collect();
    let short =
        |one: &String| one.replace("runtime::model::", "").replace("runtime::primitive::", "");
    let found: Vec<String> = types(&members, "").iter().map(short).collect();
    let expected: Vec<String> = rows.iter().map(|(.., value)| value.clone()).collect();
    assert_eq!(found, expected, "{rows:#?}");
}

#[test]
fn a_content_encoding_is_a_format() {
    let members = [
        "type: string, contentEncoding: base64",
        "type: string, contentEncoding: BASE64URL, format: unknown",
        "type: string, contentEncoding: quoted-printable, format: date",
        "type: string, contentEncoding: 8bit, format: date",
    ];
    let members: String = members.iter().enumerate().map(|(at, one)| member(at, one)).collect();
    let of = |settings: &str| types(&members, settings).join(" ").replace("runtime::", "");
    let date = "model::Formatted<primitive::Date>";
    let bytes = "model::Formatted<primitive::Binary>";
    assert_eq!(of(""), format!("{bytes} {bytes} String {date}"));
    let off = "[openapi.formats]\nbyte = false\nunknown = false";
    assert_eq!(of(off), format!("String String String {date}"));
}

#[test]
fn a_format_is_read_as_a_type_of_the_user() {
    let members = [
        "type: string, format: uri",
        "type: string, format: money",
        "type: string, format: date",
        "type: array, items: {type: string, format: money}",
        "allOf: [{type: string, format: money}, {format: date}]",
        "oneOf: [{type: string, format: money}, {type: integer}]",
    ];
    let members: String = members.iter().enumerate().map(|(at, one)| member(at, one)).collect();
    let settings = "[openapi.formats]\nuri = \"::url::Url\"\nmoney = \"crate::Money\"\ndate = true";
    let found = types(&members, settings);
    assert_eq!(found[0], "runtime::model::Formatted<::url::Url>");
    assert_eq!(found[1], "runtime::model::Formatted<crate::Money>");
    assert_eq!(found[2], "runtime::model::Formatted<runtime::primitive::Date>");
    assert_eq!(found[3], "Vec<runtime::model::Formatted<crate::Money>>");
    // It has both formats, so what is known of them counts.
    assert_eq!(found[4], "runtime::model::Formatted<runtime::primitive::Date>");
    let generated = generated(&members, settings).unwrap();
    let text = generated.tree.get("src/types/all_types.rs").unwrap();
    assert!(text.contains("pub m1: Option<model::Formatted<crate::Money>>,"), "{text}");
    assert!(api::text(&generated.plan).contains("(runtime::model::Formatted<crate::Money>)"));
}

#[test]
fn a_format_that_is_not_there_and_a_path_that_is_none_are_errors() {
    let members = member(0, "type: string, format: date");
    let error = |settings: &str| generated(&members, settings).map(drop).unwrap_err();
    let unmatched = error("[openapi.formats]\ndated = false");
    assert!(unmatched.contains("error[unmatched-element]"), "{unmatched}");
    assert!(unmatched.contains("schemacrate.toml:7"), "{unmatched}");
    for path in ["\"Money\"", "\"::m::Money<T>\"", "\"\"", "1"] {
        let wrong = error(&format!("[openapi.formats]\ndate = {path}"));
        assert!(wrong.contains("error[bad-configuration]"), "{path}\n{wrong}");
        assert!(wrong.contains("schemacrate.toml:7"), "{path}\n{wrong}");
    }
}
