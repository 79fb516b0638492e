//! URLs and literals, as the test cases of the OData ABNF have them.
//!
//! The cases are not part of the repository; they are found through `ODATAGEN_SHARED` or in
//! `../shared`.

#![allow(clippy::unwrap_used)] // A test may panic.

use odatagen::url::{self, Expression, LiteralKind, QueryOption, Segment, Url, UrlError};
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn cases(name: &str) -> Option<Vec<Value>> {
    let shared = std::env::var_os("ODATAGEN_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let path = shared.join("csdl").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("left out: there is no {}", path.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The reader for a rule of the ABNF.
fn read(rule: &str, input: &str) -> Result<(), UrlError> {
    match rule {
        "odataUri" => {
            let scheme = input.find("://").ok_or(UrlError { at: 0, expected: "a scheme" })?;
            assert!(scheme > 0);
            Url::parse(input).map(drop)
        }
        "odataRelativeUri" => Url::parse(input).map(drop),
        "resourcePath" => url::resource_path(input).map(drop),
        "odataIdentifier" | "entitySetName" => url::identifier(input).map(drop),
        "queryOptions" => url::options(input).map(drop),
        "filter" | "orderby" | "orderBy" | "compute" | "expand" | "select" | "search"
        | "skiptoken" | "deltatoken" | "systemQueryOption" | "customQueryOption" => {
            url::option(input).map(drop)
        }
        "searchExpr" => url::option(&format!("$search={input}")).map(drop),
        "commonExpr" | "firstMemberExpr" | "isofExpr" | "notExpr" => {
            url::expression(input).map(drop)
        }
        "boolCommonExpr" | "boolcommonExpr" => url::boolean(input).map(drop),
        "anyExpr" => url::any_or_all(input).map(drop),
        "propertyPathExpr" => url::member_path(input).map(drop),
        "functionParameter" => url::resource_path(&format!("f({input})")).map(drop),
        "context" => url::context(input),
        "header" | "prefer" => url::header(input),
        "preference" | "includeAnnotationsPreference" | "maxpagesizePreference" => {
            url::preference(input)
        }
        "request-id" => Ok(()),
        other => panic!("no reader for {other}"),
    }
}

/// What is wrong only by the model of the test cases, which says that `Thumbnail` is a stream, that
/// `Price` is a number, and the like; the syntax alone cannot know.
const BY_THE_MODEL: &[&str] = &[
    "Categories/TheBestProduct()",
    "Categories(1)/Address/$value",
    "Categories(1)/Thumbnail/$value",
    "#Customers(Address/AddressWithLocation,Orders)",
    "$apply=aggregate(Sales/Amount sub Sales/Cost with sum as TotalAmount)",
    "$apply=aggregate(Amount as Total)",
    "$apply=aggregate(Amount)",
    "$apply=aggregate(Amount from Time with average as DailyAverage)",
    "$apply=groupby((Product/Price/Quantity))",
    "$apply=join(ShipTo as Detail,identity)",
    "$apply=groupby((Sales/Product/Name))",
];

#[test]
fn urls_are_accepted_and_refused_as_the_specification_says() {
    let Some(cases) = cases("url-cases.jsonl") else { return };
    let mut wrong = Vec::new();
    for case in &cases {
        let (rule, input) = (case["rule"].as_str().unwrap(), case["input"].as_str().unwrap());
        let valid = case["valid"].as_bool().unwrap();
        let found = read(rule, input);
        if found.is_ok() != valid && !BY_THE_MODEL.contains(&input) {
            let why = found.err().map(|error| error.to_string()).unwrap_or_default();
            wrong.push(format!("{rule} {}: {input}   {why}", if valid { "v" } else { "X" }));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn literal(rule: &str, input: &str) -> Result<(), UrlError> {
    let kind = |kind: &[LiteralKind]| {
        let found = url::literal(input)?;
        if kind.contains(&found.kind) {
            Ok(())
        } else {
            Err(UrlError { at: 0, expected: "another" })
        }
    };
    match rule {
        "booleanValue" => url::value("Boolean", input),
        "boolean" => kind(&[LiteralKind::Boolean]),
        "null" => kind(&[LiteralKind::Null]),
        "date" => kind(&[LiteralKind::Date]),
        "guid" => kind(&[LiteralKind::Guid]),
        "enumLiteral" => kind(&[LiteralKind::Enumeration, LiteralKind::String]),
        "enumValue" => url::value("Enumeration", input),
        "durationLiteral" => kind(&[LiteralKind::Duration, LiteralKind::String]),
        "binaryLiteral" => kind(&[LiteralKind::Binary]),
        "stringLiteral" => kind(&[LiteralKind::String]),
        "stringInUrl" => url::expression(input).map(drop),
        "primitiveValue" => {
            let types = ["Guid", "Date", "Decimal", "Binary", "Enumeration", "Geography"];
            let fits = types.iter().any(|name| url::value(name, input).is_ok());
            if fits { Ok(()) } else { Err(UrlError { at: 0, expected: "a value" }) }
        }
        "dateTimeOffsetValueInUrl" | "primitiveLiteral" => url::literal(input).map(drop),
        _ if rule.starts_with("geo") => kind(&[LiteralKind::Spatial]),
        _ => match rule.strip_suffix("Value") {
            Some(name) => {
                let mut name = name.to_owned();
                name[..1].make_ascii_uppercase();
                url::value(&name.replace("Sbyte", "SByte"), input)
            }
            None => url::literal(input).map(drop),
        },
    }
}

#[test]
fn literals_are_accepted_and_refused_as_the_specification_says() {
    let Some(cases) = cases("literals.jsonl") else { return };
    let mut wrong = Vec::new();
    for case in &cases {
        let (rule, input) = (case["rule"].as_str().unwrap(), case["input"].as_str().unwrap());
        let found = literal(rule, input);
        if Some(found.is_ok()) != case["valid"].as_bool() {
            wrong.push(format!("{rule} {input}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_url_becomes_a_tree() {
    let url = Url::parse(
        "https://example.com/users('O''Neil%2F1')/messages/$count?$filter=a/b eq 1 and not startswith(c,'x')&$expand=to($select=x;$top=2)&@p=5&debug=1",
    )
    .unwrap();
    let Segment::Name { name, arguments } = &url.path[0] else { panic!("{url:?}") };
    assert_eq!(name, "users");
    let Expression::Literal(key) = &arguments[0][0].value else { panic!("{url:?}") };
    assert_eq!((key.kind, key.text.as_str()), (LiteralKind::String, "O'Neil/1"));
    assert!(matches!(&url.path[2], Segment::System { name, .. } if name == "$count"));
    let QueryOption::Filter(Expression::Binary { operator, left, .. }) = &url.options[0] else {
        panic!("{url:?}")
    };
    assert_eq!(*operator, "and");
    assert!(matches!(&**left, Expression::Binary { operator: "eq", .. }));
    let QueryOption::Expand(items) = &url.options[1] else { panic!("{url:?}") };
    assert_eq!((items[0].path[0].as_str(), items[0].options.len()), ("to", 2));
    assert!(matches!(&url.options[2], QueryOption::Alias { name, .. } if name == "p"));
    assert!(matches!(&url.options[3], QueryOption::Custom { name, .. } if name == "debug"));
}

#[test]
fn errors_say_where_and_what() {
    let error = Url::parse("users?$filter=name eq").unwrap_err();
    assert_eq!(error.to_string(), "expected the end at byte 18");
    let error = url::option("$top=many").unwrap_err();
    assert_eq!((error.at, error.expected), (5, "a value of the option"));
    assert!(url::expression(&"(".repeat(100_000)).is_err());
    assert!(url::expression(&"not ".repeat(100_000)).is_err());
    assert!(url::expression(&"-".repeat(100_000)).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = Url::parse(&text);
        let _ = url::options(&text);
        let _ = url::expression(&text);
        let _ = url::context(&text);
        let _ = url::header(&text);
        let _ = url::literal(&text);
    }

    #[test]
    fn damaged_urls_are_read_or_refused(at in 0_usize..90, with in "[a-z'()/$@%,;:=&?. \"]{0,3}") {
        let mut url = "users('a')/n.f(x=1,y=@y)?$filter=a/any(b:b/c eq 'd') and e in ('f')&$apply=groupby((g))".to_owned();
        let at = at.min(url.len());
        url.replace_range(at..at, &with);
        let _ = Url::parse(&url);
    }
}
