//! The reader of YAML.

use super::{at, codes, shown, source};
use schemacrate::internals::node::{self, DEEPEST, Document, Syntax, yaml};
use std::time::Instant;

fn read(text: &str) -> Document {
    let (sources, source) = source(text);
    yaml::read(&sources, source).unwrap_or_else(|one| panic!("{text}: {}", shown(&sources, &one)))
}

fn json(text: &str) -> String {
    read(text).tree.root().json()
}

/// Why a text is not YAML that JSON can express.
fn refused(text: &str) -> String {
    let (sources, source) = source(text);
    let error = yaml::read(&sources, source).map(|read| read.tree.root().json()).unwrap_err();
    shown(&sources, &error).replace("the document is not well-formed YAML:", "…")
}

#[test]
fn yaml_becomes_json() {
    for (text, expected) in [
        ("a: 1\nb:\n  - x\n  - y: [1, {z: 2}]\n", r#"{"a":1,"b":["x",{"y":[1,{"z":2}]}]}"#),
        ("- \n- ~\n- null\n- ''\n", r#"[null,null,null,""]"#),
        (
            "a: 1.10\nb: 0777\nc: '1'\nd: \"2\"\ne: 0x1F\n",
            r#"{"a":1.10,"b":777,"c":"1","d":"2","e":31}"#,
        ),
        (
            "d: 2024-01-01\nt: 12:30\nn: no\ny: yes\n",
            r#"{"d":"2024-01-01","t":"12:30","n":"no","y":"yes"}"#,
        ),
        (
            "a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: |+\n  x\n\n",
            r#"{"a":"x\n y\n","b":"x y","c":"x\n\n"}"#,
        ),
        ("a: \"\\u00fc\\n\\x41\\\n  b\"\nb: 'it''s'\n", r#"{"a":"ü\nAb","b":"it's"}"#),
        ("a: x\n  y\n", r#"{"a":"x y"}"#),
        ("x", r#""x""#),
        ("---\na: 1\n...\n", r#"{"a":1}"#),
        ("%YAML 1.2\n---\na: 1\n", r#"{"a":1}"#),
        ("# c\n---\n# d\n{a: 1, b: [2, 3,],}\n# e\n", r#"{"a":1,"b":[2,3]}"#),
        ("---\n", "null"),
        ("a:\r\n  b: ü\r\n  c: |\r\n    x\r\n    y\r\n", r#"{"a":{"b":"ü","c":"x\ny\n"}}"#),
        ("\u{feff}a: 1\n", r#"{"a":1}"#),
        ("a: {}\nb: []\n", r#"{"a":{},"b":[]}"#),
        ("? a\n: 1\n? b\n", r#"{"a":1,"b":null}"#),
        ("a: http://x/y#z # c\nb: x#y\n", r#"{"a":"http://x/y#z","b":"x#y"}"#),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().json(), expected, "{text}");
        assert_eq!(document.syntax, Syntax::Yaml);
        assert_eq!(codes(document), [""; 0], "{text}");
    }
}

#[test]
fn keys_are_texts_as_they_are_written() {
    let keys = "200: a\nno: a\non: a\nnull: a\n~: a\n1.50: a\n0x1F: a\ntrue: a\n2024-01-01: a\n.inf: a\n'q': a\n: a\n";
    let document = read(keys);
    let names: Vec<_> = document.tree.root().members().map(|member| member.name).collect();
    let expected =
        ["200", "no", "on", "null", "~", "1.50", "0x1F", "true", "2024-01-01", ".inf", "q", ""];
    assert_eq!(names, expected);
    assert_eq!(codes(document), [""; 0]);
    let long = "k".repeat(2_000);
    assert_eq!(
        json(&format!("{long}: 1\n'{long}x': 2\n")),
        format!(r#"{{"{long}":1,"{long}x":2}}"#)
    );
    assert_eq!(json(&format!("{{{long}: 1}}")), format!(r#"{{"{long}":1}}"#));
}

#[test]
fn every_value_and_name_has_its_place() {
    let text = "# ü\n'ü': # c\n  - 1.5\n  - \"ä\\n\"\n\n# d\nb: {x: &a 0x1F, y: [ ]} # e\nc: |\n  ü\n  x\n\nd: *a\ne:\n";
    let (sources, source) = source(text);
    let document = yaml::read(&sources, source).unwrap();
    let root = document.tree.root();
    let names: Vec<_> = root.members().map(|member| at(&sources, member.name_span)).collect();
    assert_eq!(names, ["'ü'", "b", "c", "d", "e"]);
    let values: Vec<_> = root.members().map(|member| at(&sources, member.value.span())).collect();
    assert_eq!(values, ["- 1.5\n  - \"ä\\n\"", "{x: &a 0x1F, y: [ ]}", "ü\n  x", "0x1F", ""]);
    let items = root.get("ü").unwrap().items();
    assert_eq!(
        items.map(|item| at(&sources, item.span())).collect::<Vec<_>>(),
        ["1.5", "\"ä\\n\""]
    );
    assert!(at(&sources, root.span()).starts_with("'ü': #"));
    assert!(at(&sources, root.span()).ends_with("\ne:"));
}

#[test]
fn tags_of_the_core_schema_are_honoured() {
    for (text, expected) in [
        ("!!str 5", "\"5\""),
        ("!!str true", "\"true\""),
        ("!!str", "\"\""),
        ("!!int '5'", "5"),
        ("!!float '.5'", "0.5"),
        ("!!float 3", "3"),
        ("!!bool 'True'", "true"),
        ("!!null ''", "null"),
        ("!!map {a: !!seq [1]}", r#"{"a":[1]}"#),
        ("! 5", "\"5\""),
        ("!<tag:yaml.org,2002:int> '5'", "5"),
        ("{!!int '1': 2}", r#"{"1":2}"#),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().json(), expected, "{text}");
        assert_eq!(codes(document), [""; 0], "{text}");
    }
    for (text, expected) in [
        ("!Ref x", "\"x\""),
        ("!Ref 5", "5"),
        ("!!binary 1234", "\"1234\""),
        ("!!timestamp 2024-01-01", "\"2024-01-01\""),
        ("!!int x", "\"x\""),
        ("!!bool yes", "\"yes\""),
        ("!!python/object/apply:os.system ['true']", "[\"true\"]"),
        ("!!set {a, b}", r#"{"a":null,"b":null}"#),
        ("!!str [a]", "[\"a\"]"),
        ("!Custom {a: !X 1}", r#"{"a":1}"#),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().json(), expected, "{text}");
        assert_eq!(codes(document), ["yaml-tag"], "{text}");
    }
    let (sources, source) = source("a: 1\nb: !x [!y 2]\n");
    let document = yaml::read(&sources, source).unwrap();
    let message = "yaml-tag 2:4 a tag of YAML has no meaning in JSON, also at one more place";
    assert_eq!(shown(&sources, &document.findings[0]), message);
    assert_eq!(at(&sources, document.findings[0].place.as_ref().unwrap().0), "!x");
}

#[test]
fn numbers_that_json_has_not_are_texts() {
    let document = read("[.inf, -.INF, .nan, '.inf', 1]");
    assert_eq!(document.tree.root().json(), r#"[".inf","-.INF",".nan",".inf",1]"#);
    assert_eq!(codes(document), ["yaml-number"]);
}

#[test]
fn an_alias_is_the_same_node() {
    let document = read("a: &x {p: 1}\nb: *x\nc: [*x, &y 2, *y]\n*y : 3\n&k d: *k\n");
    let root = document.tree.root();
    assert_eq!(root.json(), r#"{"a":{"p":1},"b":{"p":1},"c":[{"p":1},2,2],"2":3,"d":"d"}"#);
    let ids =
        [root.get("a"), root.get("b"), root.get("c").unwrap().item(0)].map(|one| one.unwrap().id());
    assert!(ids[0] == ids[1] && ids[1] == ids[2]);
    assert_eq!(json("a: &x 1\nb: &x 2\nc: *x\n"), r#"{"a":1,"b":2,"c":2}"#);
    assert_eq!(json("&x 200: *x\n"), r#"{"200":200}"#);
}

#[test]
fn an_alias_to_what_it_is_in_is_a_cycle() {
    let cycle = "an alias refers to a value that it is in";
    assert_eq!(refused("a: &x\n  b: [*x]\n"), format!("yaml-cycle 2:7 {cycle}"));
    assert_eq!(refused("&x {<<: *x}"), format!("yaml-cycle 1:9 {cycle}"));
    assert_eq!(refused("a: *x\n"), "yaml 1:4 … while parsing node, found unknown anchor");
}

#[test]
fn aliases_can_be_exponential() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..=90 {
        let below = level - 1;
        text.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            vec![format!("*a{below}"); 10].join(", ")
        ));
    }
    let start = Instant::now();
    let document = read(&text);
    let root = document.tree.root();
    assert_eq!(root.members().len(), 91);
    assert_eq!(document.tree.expanded_size(), u64::MAX);
    let pointer = "/a90/9/9/9".parse().unwrap();
    assert!(document.tree.at(&pointer).is_ok());
    let deepest = document.tree.at(&"/a0/0".parse().unwrap()).unwrap().id();
    assert_eq!(document.tree.pointer_to(deepest).unwrap().to_string(), "/a0/0");
    assert!(root.equals(document.tree.root()));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert_eq!(read("a: &x [1, 2]\nb: [*x, *x]\n").tree.expanded_size(), 11);
}

#[test]
fn merge_keys_take_members_over() {
    for (text, expected) in [
        ("a: &x {p: 1, q: 2}\nb:\n  q: 3\n  <<: *x\n  r: 4\n", r#"{"q":3,"p":1,"r":4}"#),
        ("a: &x {p: 1}\nb:\n  <<: *x\n  p: 2\n", r#"{"p":2}"#),
        (
            "a: [&x {p: 1, q: 1}, &y {q: 2, r: 2}]\nb: {<<: [*x, *y], s: 3}\n",
            r#"{"p":1,"q":1,"r":2,"s":3}"#,
        ),
        ("a: [&x {p: 1, q: 1}, &y {q: 2}]\nb: {<<: *y, <<: *x}\n", r#"{"q":2,"p":1}"#),
        ("b: {<<: {p: 1}, q: 2}\n", r#"{"p":1,"q":2}"#),
        ("a: &x {p: 1}\nc: &y {<<: *x, q: 2}\nb: {<<: *y}\n", r#"{"p":1,"q":2}"#),
        ("b: {x: 1, <<: {}}\n", r#"{"x":1}"#),
    ] {
        let document = read(text);
        assert_eq!(document.tree.root().get("b").unwrap().json(), expected, "{text}");
        assert_eq!(codes(document), ["yaml-merge"], "{text}");
    }
    for (text, expected) in
        [("{<<: 1}", r#"{"<<":1}"#), ("{'<<': {a: 1}}", r#"{"<<":{"a":1}}"#), ("[<<]", r#"["<<"]"#)]
    {
        let document = read(text);
        assert_eq!(document.tree.root().json(), expected, "{text}");
        assert_eq!(codes(document), [""; 0], "{text}");
    }
}

#[test]
fn merge_keys_have_a_limit() {
    let wide: String = (0..2_000).map(|at| format!("k{at}: 1, ")).collect();
    let merges = "- <<: *x\n".repeat(100_000);
    let start = Instant::now();
    let error = refused(&format!("- &x {{{wide}}}\n{merges}"));
    assert_eq!(error, "yaml-merge 502:3 expected at most 1,000,000 members that `<<` takes over");
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn keys_that_are_written_twice_have_both_places() {
    let (sources, source) = source("a: 1\nb:\n  c: 1\n  'c': 2\na: 1\n");
    let mut document = yaml::read(&sources, source).unwrap();
    assert_eq!(document.tree.root().json(), r#"{"b":{"c":2},"a":1}"#);
    let mut diagnostics = Default::default();
    document.report(&mut diagnostics);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|one| (shown(&sources, one), sources.line_column(one.related.as_ref().unwrap().0)))
        .collect();
    assert_eq!(
        found,
        [
            ("duplicate-key 4:3 the key `c` is written twice in one object".to_owned(), (3, 3)),
            ("duplicate-key 5:1 the key `a` is written twice in one object".to_owned(), (1, 1)),
        ]
    );
    assert!(!diagnostics.has_errors());
}

#[test]
fn a_part_that_is_written_twice_and_differs_is_an_error() {
    let errors = |mut document: Document| {
        let mut diagnostics = Default::default();
        document.report(&mut diagnostics);
        assert_eq!(diagnostics.iter().count(), 1);
        diagnostics.has_errors()
    };
    assert!(errors(read("paths: {a: {}}\npaths: {b: {}}\n")));
    assert!(errors(read("paths:\npaths: {b: {}}\n")));
    assert!(!errors(read("paths: {a: {}}\npaths: {a: {}}\n")));
    // Of JSON it is known that the last one counts.
    let (sources, source) = source(r#"{"paths": {"a": {}}, "paths": {"b": {}}}"#);
    assert!(!errors(node::read(&sources, source).unwrap()));
}

#[test]
fn what_is_not_yaml_is_explained_with_its_place() {
    for (text, expected) in [
        ("", "yaml 1:1 … the document is empty"),
        ("# c\n", "yaml 1:1 … the document is empty"),
        ("a: 1\n---\nb: 2\n", "yaml 2:1 … expected the end: a source has one document"),
        (
            "a:\n  ? [b]\n  : c\n",
            "yaml 2:5 … expected a scalar as key, since JSON has no other keys",
        ),
        ("{{a: 1}: 2}", "yaml 1:2 … expected a scalar as key, since JSON has no other keys"),
        (
            "- &x [1]\n- *x : 2\n",
            "yaml 2:3 … expected a scalar as key, since JSON has no other keys",
        ),
        ("a: b: c\n", "yaml 1:5 … mapping values are not allowed in this context"),
        ("ü: [1\n", "yaml 1:4 … unclosed bracket '['"),
        ("a: 1\nb\n", "yaml 2:1 … simple key expected ':'"),
        ("a: \0\n", "yaml 1:4 … unexpected character: `\\u{0}'"),
        (
            "a: \"\\ud800\"\n",
            "yaml 1:4 … while parsing a quoted scalar, found high surrogate without following low surrogate",
        ),
    ] {
        assert_eq!(refused(text), expected, "{text}");
    }
    assert!(refused("a:\n\tb: 1\n").contains("tab"), "{}", refused("a:\n\tb: 1\n"));
}

#[test]
fn nesting_has_a_limit() {
    let flow = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(json(&flow(DEEPEST)), flow(DEEPEST));
    let block = |depth: usize| format!("{}1", "- ".repeat(depth));
    assert_eq!(json(&block(DEEPEST)), flow(DEEPEST));
    let deep = |text: &str| {
        let error = refused(text);
        assert!(error.starts_with("nesting ") && error.contains("at most 200 levels"), "{error}");
    };
    deep(&flow(DEEPEST + 1));
    deep(&block(DEEPEST + 1));
    deep(&"[".repeat(1_000_000));
    deep(&"- ".repeat(1_000_000));
    deep(&"{a: ".repeat(1_000_000));
    // An alias brings its levels with it.
    let chain = |length: usize| -> String {
        let next = |at: usize| format!("- &a{at} [*a{}]\n", at - 1);
        "- &a0 [1]\n".to_owned() + &(1..length).map(next).collect::<String>()
    };
    assert_eq!(read(&chain(DEEPEST - 1)).tree.root().items().len(), DEEPEST - 1);
    deep(&chain(DEEPEST));
}

#[test]
fn the_syntax_is_found_by_the_text() {
    let read = |text: &str| {
        let (sources, source) = source(text);
        match node::read(&sources, source) {
            Ok(document) => format!("{:?} {}", document.syntax, document.tree.root().json()),
            Err(error) => shown(&sources, &error),
        }
    };
    let not_json = "the document is not well-formed JSON: expected";
    for (text, expected) in [
        (" {\"a\": 1}", "Json {\"a\":1}".to_owned()),
        ("[1]", "Json [1]".to_owned()),
        ("\"a\"", "Yaml \"a\"".to_owned()),
        ("{a: 1}", "Yaml {\"a\":1}".to_owned()),
        ("{\"a\": 1,}", "Yaml {\"a\":1}".to_owned()),
        ("{\"a\": 1 \"b\": 2}", format!("json 1:9 {not_json} `,` or `}}`")),
        ("{\"a\": [1, 2}", format!("json 1:12 {not_json} `,` or `]`")),
        ("{\"a\": 1", format!("json 1:8 {not_json} `,` or `}}`")),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert!(read("{a: 1").starts_with("yaml "), "{}", read("{a: 1"));
    assert!(read(&"[".repeat(500)).starts_with("nesting "));
}
