use super::super::draft::{Content, Draft, Step};
use super::{Budget, parse};
use crate::input::source::SourceMap;
use crate::node::{self, Tree};
use proptest::prelude::*;
use serde_json::Value;

fn tree(json: &str) -> Tree {
    let mut sources = SourceMap::new();
    let source = sources.add("document.json", json.as_bytes()).expect("UTF-8");
    node::read(&sources, source).expect("a document").tree
}

/// The normalized path of a place, as RFC 9535 writes it but for escapes.
fn normalized(root: &Draft<'_>, place: &[Step]) -> String {
    let mut value = root;
    let mut text = "$".to_owned();
    for step in place {
        value = match (&value.content, step) {
            (Content::Object(fields), Step::Member(at)) => {
                text += &format!("['{}']", fields[*at].name);
                &fields[*at].value
            }
            (Content::Array(items), Step::Item(at)) => {
                text += &format!("[{at}]");
                &items[*at]
            }
            _ => panic!("a step into a value that does not have it"),
        };
    }
    text
}

/// The places that a path selects; `None` if it is not a path.
fn selected(document: &Tree, path: &str) -> Option<Vec<String>> {
    let draft = Draft::of(document.root());
    let query = parse(path).ok()?;
    let places = query.select(&draft, &mut Budget::new(1_000_000)).expect("a small document");
    Some(places.iter().map(|place| normalized(&draft, place)).collect())
}

#[test]
fn paths_select_what_rfc_9535_says() {
    let document =
        r#"{"a":[{"n":1,"t":"x"},{"n":2.0,"t":"xy"},{"t":null}],"b":{"n":[1,2],"é":true}}"#;
    let tree = tree(document);
    for (path, expected) in [
        ("$", vec!["$"]),
        ("$ .a [ 0 , -1 ]", vec!["$['a'][0]", "$['a'][2]"]),
        ("$.a[::-2]", vec!["$['a'][0]", "$['a'][2]"]),
        ("$.a[1:]['n']", vec!["$['a'][1]['n']"]),
        ("$.a[::0]", vec![]),
        ("$..n", vec!["$['a'][0]['n']", "$['a'][1]['n']", "$['b']['n']"]),
        ("$..['n','n']", vec!["$['a'][0]['n']", "$['a'][1]['n']", "$['b']['n']"]),
        ("$.b.é", vec!["$['b']['é']"]),
        ("$['b']['\\u00e9']", vec!["$['b']['é']"]),
        ("$.a[?@.n == 2]", vec!["$['a'][1]"]),
        ("$.a[?@.n < 2 || @.t == null]", vec!["$['a'][0]", "$['a'][2]"]),
        ("$.a[?!@.n]", vec!["$['a'][2]"]),
        ("$.a[?@.x == @.y && !(@.n >= 2)]", vec!["$['a'][0]", "$['a'][2]"]),
        ("$.a[?match(@.t, 'x.')]", vec!["$['a'][1]"]),
        ("$.a[?search(@.t, 'x')]", vec!["$['a'][0]", "$['a'][1]"]),
        ("$.a[?length(@.t) == 2]", vec!["$['a'][1]"]),
        ("$.*[?count(@['n','n']) == 2]", vec!["$['a'][0]", "$['a'][1]"]),
        ("$.a[?value(@..n) == 1]", vec!["$['a'][0]"]),
        ("$[?@.n == $.b.n]", vec!["$['b']"]),
        ("$[?@[?@.n]]", vec!["$['a']"]),
    ] {
        assert_eq!(
            selected(&tree, path),
            Some(expected.iter().map(|one| (*one).to_owned()).collect()),
            "{path}"
        );
    }
}

#[test]
fn what_is_not_a_path_has_a_place() {
    for (path, at, expected) in [
        ("", 0, "`$`"),
        ("a", 0, "`$`"),
        ("$.", 2, "a name"),
        ("$ ", 1, "the end"),
        ("$.a[", 4, "a name in quotes"),
        ("$.paths./users", 8, "quote it"),
        ("$['a", 2, "a string that ends"),
        ("$['\\x']", 3, "an escape"),
        ("$[01]", 2, "an integer"),
        ("$[-0]", 2, "an integer"),
        ("$[9007199254740992]", 2, "an integer"),
        ("$.a[0 1]", 6, "`,` or `]`"),
        ("$[?@.a == ]", 10, "a value"),
        ("$[?@.* == 1]", 3, "a path to one value"),
        ("$[?1]", 3, "a condition"),
        ("$[?@.a == 01]", 10, "a number"),
        ("$[?length(@.a)]", 3, "a condition"),
        ("$[?count(1) > 1]", 9, "a path"),
        ("$[?match(@.a, 'b') == true]", 3, "a value, and not"),
        ("$[?sum(@.a) == 1]", 3, "one of the functions"),
        ("$[?(@.a]", 7, "`)`"),
        ("$[?@.a == 1 == 2]", 12, "`,` or `]`"),
    ] {
        let malformed = parse(path).expect_err(path);
        assert_eq!(malformed.at, at, "{path}: {malformed:?}");
        assert!(malformed.message.contains(expected), "{path}: {malformed:?}");
    }
}

#[test]
fn all_paths_are_paid_from_one_budget() {
    let tree = tree("[1,2,3,4,5,6,7,8,9]");
    let draft = Draft::of(tree.root());
    let query = parse("$..*").expect("a path");
    let mut budget = Budget::new(100);
    let mut run = |most| budget.part(most, |budget| query.select(&draft, budget).is_ok());
    assert!(!run(10), "one path");
    assert!(run(60) && !run(60), "all paths");
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..3_i64).prop_map(Value::from),
        "[ab]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[abc]", inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

/// Texts that are paths, or nearly so.
fn path() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just(".a"),
        Just(".b"),
        Just("..c"),
        Just(".*"),
        Just("..*"),
        Just("['a']"),
        Just("[0]"),
        Just("[-1]"),
        Just("[1:]"),
        Just("[::-1]"),
        Just("[:-1:2]"),
        Just("['a','b',0]"),
        Just("[*,0]"),
        Just("."),
        Just("[?@.a]"),
        Just("[?@.a == 1]"),
        Just("[?@.b != $.a]"),
        Just("[?@ < 'b' && @.a <= 2]"),
        Just("[?!(@.a || @..b)]"),
        Just("[?count(@.*) > 1]"),
        Just("[?length(@) == 2]"),
        Just("[?value(@.a) == null]"),
        Just("[?match(@, 'a.?')]"),
        Just("[?search(@.a, 'b')]"),
        Just("[?@[?@.a == true]]"),
        Just("[?"),
        Just("]"),
        Just("[01]"),
        Just("[?@ == @.a]"),
        Just("[?@.a == $['a'][0]]"),
        Just("[?1 == 1.0]"),
        Just("[\"a\"]"),
    ];
    proptest::collection::vec(word, 0..5).prop_map(|words| format!("${}", words.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn another_reader_of_paths_agrees(document in json(), path in path()) {
        let expected = serde_json_path::JsonPath::parse(&path).ok().map(|parsed| {
            let located = parsed.query_located(&document);
            let mut places: Vec<String> = located.locations().map(ToString::to_string).collect();
            places.sort_unstable();
            places.dedup();
            places
        });
        let tree = tree(&document.to_string());
        let mut found = selected(&tree, &path);
        found.iter_mut().for_each(|places| places.sort_unstable());
        prop_assert_eq!(found, expected);
    }
}
