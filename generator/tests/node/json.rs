//! The reader of JSON.

use super::{at, codes, shown, source};
use schemacrate::internals::node::{DEEPEST, Document, Kind, json};

fn read(text: &str) -> Document {
    let (sources, source) = source(text);
    json::read(&sources, source).unwrap_or_else(|one| panic!("{text}: {}", shown(&sources, &one)))
}

/// Why a text is not JSON.
fn refused(text: &str) -> String {
    let (sources, source) = source(text);
    let error = json::read(&sources, source).map(|_| ()).unwrap_err();
    shown(&sources, &error).replace("the document is not well-formed JSON: expected", "…")
}

#[test]
fn values_are_read_as_they_are_written() {
    for text in [
        "null",
        "true",
        "false",
        "1.10",
        "-0",
        "1E400",
        "12345678901234567890.00",
        "\"\"",
        "\"a\"",
        "[]",
        "{}",
        "[1,[2,[]],{\"a\":{}}]",
        "{\"b\":1,\"a\":{\"c\":[null,true]},\"\":\"ü\"}",
        "\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/\u{7f}\u{2028}\"",
    ] {
        assert_eq!(read(text).tree.root().json(), text);
        let spaced = format!(" \r\n\t{text}\n ");
        assert_eq!(read(&spaced).tree.root().json(), text);
    }
}

#[test]
fn escapes_are_decoded() {
    for (text, expected) in [
        (r#""\b\f\n\r\t\"\\\/""#, "\u{8}\u{c}\n\r\t\"\\/"),
        (r#""a\u00fcb\u00DFc""#, "aübßc"),
        (r#""\ud83d\ude00!""#, "😀!"),
        (r#""ü\nü""#, "ü\nü"),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().text(), Some(expected));
        assert_eq!(codes(document), [""; 0]);
    }
}

#[test]
fn half_a_surrogate_pair_is_the_replacement_character() {
    for (text, expected) in [
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00x""#, "\u{fffd}x"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().text(), Some(expected), "{text}");
        assert_eq!(codes(document), ["surrogate"]);
    }
    let (sources, source) = source("[\"\\n ü\\udc00\",\n\"\\ud800\"]");
    let document = json::read(&sources, source).unwrap();
    assert_eq!(
        shown(&sources, &document.findings[0]),
        "surrogate 1:7 half of a surrogate pair is not a character, also at one more place"
    );
}

#[test]
fn every_value_and_name_has_its_place() {
    let (sources, source) = source(" {\"ü\" : [ 1.5, \"\\u0041\" ],\n\"b\":true }\n");
    let document = json::read(&sources, source).unwrap();
    let root = document.tree.root();
    assert_eq!(at(&sources, root.span()), "{\"ü\" : [ 1.5, \"\\u0041\" ],\n\"b\":true }");
    let member = root.member("ü").unwrap();
    assert_eq!(at(&sources, member.name_span), "\"ü\"");
    assert_eq!(at(&sources, member.value.span()), "[ 1.5, \"\\u0041\" ]");
    let items: Vec<_> = member.value.items().map(|item| at(&sources, item.span())).collect();
    assert_eq!(items, ["1.5", "\"\\u0041\""]);
    assert_eq!(at(&sources, root.get("b").unwrap().span()), "true");
}

#[test]
fn what_is_not_json_is_explained_with_its_place() {
    let string = "… a string without control characters and unknown escapes";
    for (text, expected) in [
        ("", "json 1:1 … a value"),
        ("  ", "json 1:3 … a value"),
        ("nul", "json 1:1 … a value"),
        ("[1,]", "json 1:4 … a value"),
        ("[1 2]", "json 1:4 … `,` or `]`"),
        ("[1", "json 1:3 … `,` or `]`"),
        ("{\"a\":1,}", "json 1:8 … a member name"),
        ("{a:1}", "json 1:2 … a member name"),
        ("{\"a\" 1}", "json 1:6 … `:`"),
        ("{\"a\":1 \"b\"}", "json 1:8 … `,` or `}`"),
        ("{\"a\":1]", "json 1:7 … `,` or `}`"),
        ("{\"a\":", "json 1:6 … a value"),
        ("1 2", "json 1:3 … the end of the document"),
        ("[01]", "json 1:2 … a number"),
        ("[1.]", "json 1:2 … a number"),
        ("[-]", "json 1:2 … a number"),
        ("// x\n{}", "json 1:1 … a value"),
        ("[\"a", "json 1:2 … a string that ends"),
        ("[\"a\\", "json 1:2 … a string that ends"),
        ("[\"a\\\"]", "json 1:2 … a string that ends"),
        ("[\"a\\q", "json 1:2 … a string that ends"),
        ("[\"a\nb\"]", &format!("json 1:2 {string}")),
        ("[\"\\q\"]", &format!("json 1:2 {string}")),
        ("[\"\\u12\"]", &format!("json 1:2 {string}")),
        ("[\"\\u12ü4\"]", &format!("json 1:2 {string}")),
        ("[\"\\u+123\"]", &format!("json 1:2 {string}")),
        ("[\"\\ud800\\u12\"]", &format!("json 1:2 {string}")),
    ] {
        assert_eq!(refused(text), expected, "{text}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&nested(DEEPEST)).tree.root().json(), nested(DEEPEST));
    let deep = "nesting 1:202 expected less nesting: at most 200 levels";
    assert_eq!(refused(&nested(DEEPEST + 1)), deep);
    assert_eq!(refused(&"[".repeat(1_000_000)), deep);
    let objects = "{\"a\":".repeat(1_000_000);
    assert!(refused(&objects).starts_with("nesting 1:1006 "), "{}", refused(&objects));
}

#[test]
fn of_a_name_that_is_written_twice_the_last_value_counts() {
    // Few members are compared, many are sorted.
    for more in [0, 40] {
        let more: String = (0..more).map(|at| format!(",\"m{at}\":{at}")).collect();
        let text = format!("{{\"a\":1,\"b\":2,\"a\":3,\"\\u0061\":4,\"c\":5{more}}}");
        let (sources, source) = source(&text);
        let document = json::read(&sources, source).unwrap();
        let root = document.tree.root();
        assert_eq!(root.get("a").unwrap().number(), Some("4"));
        let names: Vec<_> = root.members().map(|member| member.name).take(3).collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert_eq!(root.members().len(), root.members().count());
        assert_eq!(root.written().count(), root.members().count() + 2);
        let places: Vec<_> = document
            .repeated
            .iter()
            .map(|one| {
                let finding = one.diagnostic(&document.tree, document.syntax);
                let related = sources.line_column(finding.related.as_ref().unwrap().0);
                (shown(&sources, &finding), related)
            })
            .collect();
        let message = "the key `a` is written twice in one object";
        assert_eq!(
            places,
            [
                (format!("duplicate-key 1:14 {message}"), (1, 2)),
                (format!("duplicate-key 1:20 {message}"), (1, 14)),
            ]
        );
    }
}

#[test]
fn findings_are_bounded() {
    let text = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(5_000));
    let found = codes(read(&text));
    assert_eq!(found.len(), 1_001);
}

#[test]
fn a_kind_has_a_name() {
    let document = read("[null,true,1,\"\",[],{}]");
    let names: Vec<_> = document.tree.root().items().map(|item| item.kind().name()).collect();
    let expected = ["null", "a boolean", "a number", "a string", "an array", "an object"];
    assert_eq!(names, expected);
    assert!(matches!(document.tree.root().kind(), Kind::Array(items) if items.len() == 6));
}
