use super::change::{MOST_STEPS, MostSteps};
use super::{apply, apply_within};
use crate::input::diagnostic::{Diagnostics, Severity};
use crate::input::source::{SourceId, SourceMap};
use crate::node::{self, Node, Pointer, Tree};
use proptest::prelude::*;

/// A document and its overlays, and what was found.
struct Applied {
    sources: SourceMap,
    tree: Tree,
    diagnostics: Diagnostics,
}

fn applied(document: &str, overlays: &[&str]) -> Applied {
    applied_within(MOST_STEPS, document, overlays)
}

fn applied_within(most: MostSteps, document: &str, overlays: &[&str]) -> Applied {
    let mut sources = SourceMap::new();
    let mut add = |name: &str, text: &str| sources.add(name, text.as_bytes()).expect("UTF-8");
    let source = add("v1/api.yaml", document);
    let overlays: Vec<SourceId> = overlays
        .iter()
        .enumerate()
        .map(|(at, text)| add(&format!("v1/overlay-{at}.yaml"), text))
        .collect();
    let tree = node::read(&sources, source).expect("a document").tree;
    let mut documents = [(source, tree)];
    let mut diagnostics = Diagnostics::default();
    apply_within(most, &sources, &overlays, &mut documents, &mut diagnostics);
    let [(_, tree)] = documents;
    Applied { sources, tree, diagnostics }
}

/// An overlay of a version with some actions, in YAML.
fn overlay(version: &str, actions: &str) -> String {
    format!("overlay: {version}\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}")
}

impl Applied {
    fn codes(&self) -> Vec<(&'static str, Severity)> {
        self.diagnostics.iter().map(|one| (one.code, one.severity)).collect()
    }

    /// The text of the source where the value at a pointer is, and the name of the source.
    fn place(&self, pointer: &str) -> (String, String) {
        let pointer: Pointer = pointer.parse().expect("a pointer");
        let span = self.tree.at(&pointer).expect("a value").span();
        let source = self.sources.get(span.source);
        (source.name.clone(), source.text[self.sources.range(span)].to_owned())
    }
}

/// What an overlay of version 1.1 makes of a document without anything to report.
#[track_caller]
fn becomes(document: &str, actions: &str, expected: &str) {
    let applied = applied(document, &[&overlay("1.1.0", actions)]);
    let shown = applied.diagnostics.render(&applied.sources, false);
    assert!(applied.diagnostics.is_empty(), "{shown}");
    assert_eq!(applied.tree.root().json(), expected);
}

const API: &str = "openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /a:
    get: {tags: [x, y], parameters: [{name: q, in: query}, {name: p, in: path}]}
  /b:
    get: {tags: [y]}
";

#[test]
fn objects_are_merged_and_lists_go_on() {
    becomes(
        API,
        "
- target: $.paths.*.get
  update: {tags: [z], x-new: {deep: [1]}}
- target: $.info
  update: {title: B, description: d}
- target: $.paths['/b']
  remove: true
",
        r#"{"openapi":"3.1.0","info":{"title":"B","version":"1","description":"d"},"paths":{"/a":{"get":{"tags":["x","y","z"],"parameters":[{"name":"q","in":"query"},{"name":"p","in":"path"}],"x-new":{"deep":[1]}}}}}"#,
    );
}

#[test]
fn lists_take_items_and_texts_are_replaced() {
    becomes(
        API,
        "
- target: $.paths['/a'].get.parameters
  update: {name: r}
- target: $.paths['/a'].get.parameters[?@.name == 'q'].in
  update: header
- target: $..tags
  update: [s, t]
- target: $.paths['/b'].get.tags[?@ == 's']
  remove: true
- target: $.info
  remove: true
",
        r#"{"openapi":"3.1.0","paths":{"/a":{"get":{"tags":["x","y","s","t"],"parameters":[{"name":"q","in":"header"},{"name":"p","in":"path"},{"name":"r"}]}},"/b":{"get":{"tags":["y","t"]}}}}"#,
    );
}

#[test]
fn several_items_are_removed_by_what_they_were() {
    becomes("[0, 1, 2, 3, 4, 5]", "- {target: '$[1, 0, 3, 1, -1]', remove: true}", "[2,4]");
    becomes("{a: {b: {a: 1}}, c: 1}", "- {target: $..a, remove: true}", r#"{"c":1}"#);
}

#[test]
fn an_action_sees_what_those_before_it_did() {
    becomes(
        "{a: {}}",
        "
- {target: $.a, update: {b: {c: 1}}}
- {target: $.a.b, update: {d: 2}}
- {target: '$.a.b[?@ == 1]', update: 3}
- {target: $.a.b.d, remove: true}
- {target: $.a, update: {b: {d: [4]}}}
",
        r#"{"a":{"b":{"c":3,"d":[4]}}}"#,
    );
}

#[test]
fn a_value_of_the_document_is_copied_as_it_is_then() {
    becomes(
        "{a: {x: [1]}, b: {x: [2], y: 3}, c: [4]}",
        "
- {target: $.a, update: {z: 5}}
- {target: $.b, copy: $.a}
- {target: $.c, copy: $.b}
- {target: $.a, remove: true}
",
        r#"{"b":{"x":[2,1],"y":3,"z":5},"c":[4,{"x":[2,1],"y":3,"z":5}]}"#,
    );
}

#[test]
fn each_value_has_its_place() {
    let first = overlay("1.0.0", "- {target: $.info, update: {description: from the overlay}}");
    let second = overlay("1.1.0", "- {target: $.info.title, update: Second}");
    let applied = applied(API, &[&first, &second]);
    assert!(applied.diagnostics.is_empty());
    for (pointer, name, text) in [
        ("/info/description", "v1/overlay-0.yaml", "from the overlay"),
        ("/info/title", "v1/overlay-1.yaml", "Second"),
        ("/info/version", "v1/api.yaml", "'1'"),
        ("/info", "v1/api.yaml", "{title: A, version: '1'}"),
        ("/paths/~1a/get/tags/1", "v1/api.yaml", "y"),
    ] {
        assert_eq!(applied.place(pointer), (name.to_owned(), text.to_owned()), "{pointer}");
    }
    let info = applied.tree.root().get("info").and_then(|info| info.member("description"));
    let name = info.expect("it was added").name_span;
    assert_eq!(applied.sources.get(name.source).name, "v1/overlay-0.yaml");
    // A pointer to what was added is found as any other one.
    let added = info.expect("it was added").value.id();
    let pointer = applied.tree.pointer_to(added).expect("it is in the tree");
    assert_eq!(pointer.to_string(), "/info/description");
}

#[test]
fn what_is_odd_is_reported_with_its_severity() {
    use Severity::{Error, Warning};
    for (version, actions, expected) in [
        ("1.1.0", "- {target: $.nothing, remove: true}", vec![("overlay-unmatched", Warning)]),
        ("1.1.0", "- {target: $.paths[, remove: true}", vec![("yaml", Error)]),
        ("1.1.0", "- {target: '$.paths[', remove: true}", vec![("overlay-target", Error)]),
        ("1.1.0", "- {target: paths, remove: true}", vec![("overlay-target", Error)]),
        ("1.1.0", "- {target: $, remove: true}", vec![("overlay-target", Error)]),
        ("1.1.0", "- {target: $.info, update: [1]}", vec![("overlay-kind", Error)]),
        ("1.0.0", "- {target: $.info, update: {title: [1]}}", vec![("overlay-kind", Warning)]),
        ("1.1.0", "- {target: $, update: {paths: }}", vec![("overlay-kind", Warning)]),
        ("1.1.0", "- {target: $.info.*, update: {}}", vec![("overlay-kind", Error); 2]),
        ("1.0.0", "- {target: $.info.title, update: B}", vec![("overlay-kind", Warning)]),
        ("1.1.0", "- {target: $.paths, copy: $.info.*}", vec![("overlay-target", Error)]),
        ("1.1.0", "- {target: $.paths, copy: $.none}", vec![("overlay-target", Error)]),
        ("1.0.0", "- {target: $.paths, copy: $.info}", vec![("overlay-field", Warning)]),
        ("1.1.0", "- {target: $.paths, copy: 1}", vec![("overlay", Error)]),
        ("1.1.0", "- {target: $.paths}", vec![("overlay-field", Warning)]),
        ("1.1.0", "- {target: $.paths, remove: false}", vec![("overlay-field", Warning)]),
        ("1.1.0", "- {target: $.paths, remove: 'yes'}", vec![("overlay", Error)]),
        ("1.1.0", "- {target: $.info, remove: true, update: {}}", vec![("overlay-field", Warning)]),
        (
            "1.1.0",
            "- {target: $.info, updates: {}, remove: true}",
            vec![("overlay-field", Warning)],
        ),
        ("1.1.0", "- {remove: true}", vec![("overlay", Error)]),
        ("1.1.0", "  []", vec![("overlay-field", Warning)]),
        ("1.1.0", "  {}", vec![("overlay", Error)]),
        ("1.7.0", "- {target: $.info, remove: true}", vec![("overlay-version", Warning)]),
        ("1.0.0\nextra: 1", "- {target: $.info, remove: true}", vec![("overlay-field", Warning)]),
        ("1.0.0\nx-a: 1", "- {target: $.info, remove: true, x-b: 2}", vec![]),
    ] {
        let found = applied(API, &[&overlay(version, actions)]).codes();
        assert_eq!(found, expected, "{version} {actions}");
    }
    assert_eq!(applied(API, &["{info: 1}"]).codes(), [("overlay", Error)]);
    assert_eq!(
        applied(API, &["overlay: 1.0.0\nactions: []"]).codes(),
        [("overlay-field", Warning); 2]
    );
}

#[test]
fn an_overlay_changes_the_document_that_it_extends() {
    let mut sources = SourceMap::new();
    let mut add = |name: &str, text: &str| sources.add(name, text.as_bytes()).expect("UTF-8");
    let documents = [
        add("v1/api.yaml", "a: 1"),
        add("v1/parts/pet.yaml", "a: 1"),
        add("copies/example.com/c.yaml", "a: 1"),
        add("d.yaml", "{$self: 'https://example.com/d', a: 1}"),
    ];
    for (extends, expected, codes) in [
        ("parts/pet.yaml", 1, vec![]),
        ("./../v1/parts/pet.yaml", 1, vec![]),
        ("api.yaml", 0, vec![]),
        ("https://example.com/c.yaml", 2, vec![]),
        ("https://example.com/d", 3, vec![]),
        ("https://example.com/elsewhere.yaml", 0, vec!["overlay-extends"]),
    ] {
        let text = overlay("1.0.0", "- {target: $, update: {b: 2}}");
        let source =
            sources.add("v1/overlay.yaml", format!("extends: {extends}\n{text}").as_bytes());
        let tree = |source| node::read(&sources, source).expect("a document").tree;
        let mut trees = documents.map(|source| (source, tree(source)));
        let mut diagnostics = Diagnostics::default();
        apply(&sources, &[source.expect("UTF-8")], &mut trees, &mut diagnostics);
        let changed = trees.iter().position(|(_, tree)| tree.root().get("b").is_some());
        assert_eq!(changed, Some(expected), "{extends}");
        let found: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(found, codes, "{extends}");
    }
}

#[test]
fn a_document_cannot_grow_without_limit() {
    let double = "- {target: $.a, copy: $.a}\n".repeat(60);
    let nest = "- {target: $.a, copy: $}\n".repeat(300);
    let aliases: String =
        (1..40).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)).collect();
    let bomb = format!("a0: &a0 [x]\n{aliases}");
    for (document, overlay) in [
        ("{a: [b]}", overlay("1.1.0", &double)),
        ("{a: {b: {}}}", overlay("1.1.0", &nest)),
        (bomb.as_str(), overlay("1.1.0", "- {target: $, update: {}}")),
        (
            "{}",
            format!(
                "{}\nx-a:\n  {}",
                overlay("1.1.0", "- {target: $, update: {}}"),
                bomb.replace('\n', "\n  ")
            ),
        ),
    ] {
        let began = std::time::Instant::now();
        assert_eq!(applied(document, &[&overlay]).codes(), [("overlay-size", Severity::Error)]);
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }
    let nested = format!("$[?{}@.a{}]", "(".repeat(100_000), ")".repeat(100_000));
    let action = format!("- {{target: '{nested}', remove: true}}");
    let found = applied("{}", &[&overlay("1.1.0", &action)]).codes();
    assert_eq!(found, [("overlay-target", Severity::Error)]);
}

/// What a run returns, which must end: a run that takes a minute never does.
#[track_caller]
fn ends<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(run()));
    receiver.recv_timeout(std::time::Duration::from_secs(60)).expect("it ends")
}

/// An object with some levels of objects and arrays.
fn nested(levels: usize) -> String {
    (0..levels)
        .fold("{a: x}".to_owned(), |inner, level| format!("{{a: [{inner}, {level}], b: {{}}}}"))
}

#[test]
fn a_path_that_takes_too_long_is_an_error() {
    // As an overlay in a build without optimisations takes too long.
    let few = MostSteps { of_path: 2_000_000, of_overlay: 10_000_000 };
    let list =
        format!("{{list: [{}], a: {}}}", "{n: aaaaaaaaaaaaaaaa}, ".repeat(20_000), nested(60));
    let queries =
        |count: usize| format!("$..[?@..{}a{}", "[?@..".repeat(count), "]".repeat(count + 1));
    for path in [
        queries(7),
        format!("$[?count(@{}) > 1]", "..*".repeat(20)),
        format!(
            "$.list[?count($.list[{}]{}) == 1]",
            "*".to_owned() + &",*".repeat(7),
            "[*,*]".repeat(5)
        ),
        "$.list[?$.list == $['list']]".to_owned(),
    ] {
        let list = list.clone();
        let action = format!("- {{target: \"{path}\", remove: true}}");
        let applied = ends(move || applied_within(few, &list, &[&overlay("1.1.0", &action)]));
        let shown = applied.diagnostics.render(&applied.sources, false);
        assert_eq!(applied.codes(), [("overlay-target", Severity::Error)], "{path}: {shown}");
        assert!(shown.contains("too many values"), "{shown}");
    }
}

#[test]
fn what_overlays_really_have_is_no_effort() {
    let document = format!(
        "{{list: [{}], a: {}}}",
        "{name: n, in: query, schema: {type: string}}, ".repeat(20_000),
        nested(60)
    );
    let names = (0..1_000).map(|at| format!("'name-{at}'")).collect::<Vec<_>>().join(", ");
    for path in [
        "$..[?@.name == 'n']".to_owned(),
        "$..[?@..type == 'string' || @.in == 'query' && @.name != $.a.b]"
            .replace("..type", ".type"),
        "$..[?@..type]".to_owned(),
        "$..a..a..a..a..a..a".to_owned(),
        "$.list[?match(@.name, 'n.*') && @.schema.type == 'string']".to_owned(),
        format!("$['a', {names}]"),
        format!("$[{}].a", ["*"; 8].join(", ")),
        format!("$..{}", ["[*, *]"; 20].concat()),
    ] {
        let action = format!("- {{target: \"{path}\", update: {{}}}}");
        let document = document.clone();
        let applied = ends(move || applied(&document, &[&overlay("1.1.0", &action)]));
        let errors = applied.codes().into_iter().filter(|(code, _)| *code == "overlay-target");
        assert_eq!(errors.count(), 0, "{path}");
    }
}

#[test]
fn many_actions_on_one_list_or_object_take_the_time_of_what_they_change() {
    let list = format!("{{list: [{}], o: {{}}}}", "{n: 1, m: 2}, ".repeat(50_000));
    let actions: String = (0..5_000)
        .map(|at| {
            format!(
                "- {{target: $.list, update: [{at}]}}\n- {{target: $.o, update: {{m{at}: 1}}}}\n"
            )
        })
        .collect();
    let actions = format!(
        "{actions}- {{target: '$.list[?@.n == 1].m', remove: true}}\n- {{target: '$.list[0:40000:2]', remove: true}}\n"
    );
    let applied = ends(move || applied(&list, &[&overlay("1.1.0", &actions)]));
    assert!(applied.diagnostics.is_empty());
    let root = applied.tree.root();
    let count =
        |name: &str| root.get(name).map(|value| (value.items().len(), value.members().count()));
    assert_eq!(count("list"), Some((35_000, 0)));
    assert_eq!(count("o"), Some((0, 5_000)));
}

#[test]
fn a_target_that_is_not_a_path_is_shown_where_it_is_wrong() {
    let long = format!("$.{}[", "a".repeat(5_000));
    for (target, place, message) in [
        ("'$.paths./users'", "/", "at character 9"),
        ("$.info[?@.é == ]", "]", "at character 16"),
        (long.as_str(), "$.a", "at character 5004"),
    ] {
        let applied =
            applied(API, &[&overlay("1.1.0", &format!("- target: {target}\n  remove: true"))]);
        let found = applied.diagnostics.iter().next().expect("an error");
        let (span, _) = found.place.as_ref().expect("a place");
        let text = &applied.sources.get(span.source).text[applied.sources.range(*span)];
        assert!(found.message.contains(message) && found.message.len() < 300, "{}", found.message);
        assert!(place == "$.a" || text == place, "{text}: {}", found.message);
    }
}

fn is_within(node: Node<'_>, sources: &SourceMap) -> bool {
    let span = node.span();
    span.end as usize <= sources.get(span.source).text.len()
        && node.items().all(|item| is_within(item, sources))
        && node.members().all(|member| is_within(member.value, sources))
}

proptest! {
    #[test]
    fn no_overlay_panics(
        paths in proptest::collection::vec("\\$(\\.[ab]|\\[0\\]|\\[-1\\]|\\.\\*|\\.\\.a|\\[\\?@\\.a\\]|\\[){0,3}", 1..5),
        change in proptest::collection::vec(0..7_usize, 5),
    ) {
        let changes = ["update: {a: 1}", "update: [1]", "update: {b: {a: [2]}}", "update:",
            "remove: true", "copy: $.a", "copy: $"];
        let actions: String = paths
            .iter()
            .zip(change)
            .map(|(path, change)| format!("- {{target: '{path}', {}}}\n", changes[change]))
            .collect();
        for version in ["1.0.0", "1.1.0"] {
            let applied = applied("{a: [1, {a: {b: 1}}], b: {a: [], b: x}}", &[&overlay(version, &actions)]);
            prop_assert!(is_within(applied.tree.root(), &applied.sources));
        }
    }
}
