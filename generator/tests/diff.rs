//! The comparison of two schemas: a pair of documents for each rule, and every rule on every pair.
//!
//! The documents of a pair are `diff/base.csdl` with the edits of `diff/pairs/RULE.txt`.

use expect_test::expect_file;
use schemacrate::config::Config;
use schemacrate::review::{
    Allow, Bump, Format, Gate, Links, Report, Rule, RustChangeKind, Side, Style, Subject, diff,
    list_rules,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use test_support::{session, shared};
use time::{Date, Month};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

fn today() -> Date {
    Date::from_calendar_date(2026, Month::November, 24).expect("a day")
}

/// The two documents of a pair.
fn pair(name: &str) -> (String, String) {
    let base = std::fs::read_to_string(folder().join("base.csdl")).expect("the base");
    let edits = std::fs::read_to_string(folder().join(format!("pairs/{name}.txt"))).expect(name);
    let (mut old, mut new) = (base.clone(), base);
    for edit in edits.split("\nend\n").filter(|edit| !edit.trim().is_empty()) {
        let (side, rest) = edit.split_once('\n').expect("a side");
        let (before, after) =
            rest.split_once("\nbecomes").unwrap_or_else(|| panic!("{name}: {edit}"));
        let after = after.strip_prefix('\n').unwrap_or(after);
        let apply = |document: &mut String| {
            assert!(document.contains(before), "{name}: there is no\n{before}");
            let count = if side.ends_with("everywhere") { usize::MAX } else { 1 };
            *document = document.replacen(before, after, count);
        };
        match side {
            "on both sides" => {
                apply(&mut old);
                apply(&mut new);
            }
            "on the old side" => apply(&mut old),
            _ => apply(&mut new),
        }
    }
    (old, new)
}

fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder().join("pairs")).expect("the pairs");
    let mut names: Vec<String> = files
        .map(|file| file.expect("a file").path())
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort_unstable();
    names
}

fn side(name: &str, text: &str, config: &Config) -> Side {
    let session = session(name, text);
    Side::read(session, config).unwrap_or_else(|error| panic!("{name}\n{error}"))
}

fn compared(old: &str, new: &str) -> Report {
    let config = Config::new("client", "client");
    diff(&side("old.csdl", old, &config), &side("new.csdl", new, &config), &[], today())
}

/// One line for each change.
fn summary(report: &Report) -> String {
    let mut text = String::new();
    for change in &report.changes {
        let values =
            [&change.old, &change.new].map(|one| one.as_deref().unwrap_or("-").replace('\n', "⏎"));
        let bump = format!("{:?}", change.bump).to_lowercase();
        let notice = change.notice.map_or("", |one| one.word());
        let _ = writeln!(
            text,
            "  {} {}: {} → {} [{:?}/{:?}, crate {bump} ×{}] {notice}",
            change.rule.id,
            change.target,
            values[0],
            values[1],
            change.read,
            change.write,
            change.rust.len(),
        );
    }
    text
}

#[test]
fn every_rule_on_every_pair() {
    let mut text = String::new();
    for name in names() {
        let (old, new) = pair(&name);
        let report = compared(&old, &new);
        let fired = report.changes.iter().any(|change| change.rule.id == name);
        if name.starts_with("none-") {
            assert!(report.changes.is_empty(), "{name}\n{}", summary(&report));
        } else if !name.starts_with("trap-") {
            assert!(fired, "{name} does not fire\n{}", summary(&report));
        }
        let _ = write!(text, "{name}\n{}", summary(&report));
    }
    expect_file!["diff/pairs.snapshot"].assert_eq(&text);
}

#[test]
fn a_derived_type_changes_no_signature() {
    // The first one of its base, and a further one.
    for name in ["trap-first-derived-type", "derived-type-added"] {
        let (old, new) = pair(name);
        let report = compared(&old, &new);
        assert_eq!(report.bump(), Bump::Minor, "{name}");
        let changes = report.changes.iter().flat_map(|change| &change.rust);
        let others: Vec<_> = changes.filter(|one| one.kind != RustChangeKind::Added).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
    }
}

#[test]
fn every_rule_has_a_pair() {
    let names: BTreeSet<String> = names().into_iter().collect();
    let lacking: Vec<&str> = Rule::all()
        .iter()
        .filter(|rule| rule.subject != Subject::RustItem)
        .map(|rule| rule.id)
        .filter(|id| !names.contains(*id))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

/// The ids in `rule!("…")` in all files below a folder, but those of tests.
fn raised(folder: &Path, ids: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            raised(&path, ids);
            continue;
        }
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        let rules = text.split("rule!(\"").skip(1);
        ids.extend(rules.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
}

#[test]
fn every_rule_is_raised_by_its_literal_id() {
    let mut found = BTreeSet::new();
    raised(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let known: BTreeSet<String> = Rule::all().iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(found, known);
}

#[test]
fn the_list_of_rules_has_their_subjects_and_events() {
    let json: serde_json::Value = serde_json::from_str(&list_rules(Format::Json)).expect("JSON");
    let rules = json.as_array().expect("a list");
    assert_eq!(rules.len(), Rule::all().len());
    for (rule, listed) in Rule::all().iter().zip(rules) {
        let (subject, event) = (&listed["subject"], &listed["event"]);
        assert!(subject.is_string() && event.is_string(), "{}", rule.id);
        let words = [rule.id, subject.as_str().unwrap_or(""), event.as_str().unwrap_or("")];
        for format in [Format::Markdown, Format::Text] {
            let list = list_rules(format);
            let has = |line: &str| words.iter().all(|word| line.contains(word));
            assert!(list.lines().any(has), "{words:?}");
        }
    }
}

#[test]
fn facets_are_respelled_however_the_document_is_written() {
    let (old, _) = pair("property-facet-respelled");
    let written = "MaxLength=\"80\"";
    assert!(old.contains(written));
    for (new, spelled) in [("MaxLength = '080'", "080"), ("MaxLength=\"&#48;80\"", "080")] {
        let report = compared(&old, &old.replacen(written, new, 1));
        let shown_changes: Vec<_> = report
            .changes
            .iter()
            .map(|one| (one.rule.id, one.new.clone().unwrap_or_default()))
            .collect();
        let shown = format!("MaxLength=\"{spelled}\"");
        assert_eq!(shown_changes, [("property-facet-respelled", shown)], "{}", summary(&report));
    }
    let report = compared(&old, &old.replacen(written, "MaxLength='80'", 1));
    assert!(report.changes.is_empty(), "{}", summary(&report));
}

#[test]
fn mirrors_name_each_other() {
    for rule in Rule::all() {
        for mirror in rule.mirrors {
            let opposite = Rule::named(mirror).unwrap_or_else(|| panic!("{mirror}"));
            assert!(opposite.mirrors.contains(&rule.id), "{mirror} does not mirror {}", rule.id);
        }
    }
}

#[test]
fn nothing_differs_from_itself() {
    for name in names() {
        let (old, new) = pair(&name);
        for text in [&old, &new] {
            let report = compared(text, text);
            assert!(report.changes.is_empty(), "{name}\n{}", summary(&report));
            assert_eq!(report.bump(), Bump::None);
        }
    }
}

/// What a report lists for each target, with what the changes claim.
fn listed(report: &Report) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut listed: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for change in &report.changes {
        for target in change.claims.iter().chain([&change.target]) {
            listed.entry(target.clone()).or_default().insert(change.rule.id);
        }
    }
    listed
}

#[test]
fn backward_mirrors_forward() {
    for name in names() {
        let (old, new) = pair(&name);
        let (forward, backward) = (compared(&old, &new), compared(&new, &old));
        let (listed_forward, listed_backward) = (listed(&forward), listed(&backward));
        for (report, other) in [(&forward, &listed_backward), (&backward, &listed_forward)] {
            for change in &report.changes {
                // What the annotations lack is reported only on the new side, and a plan is compared
                // with what explains it.
                if change.rule.mirrors.is_empty() || change.rule.subject == Subject::RustItem {
                    continue;
                }
                let targets = change.claims.iter().chain([&change.target]);
                let found: BTreeSet<&str> =
                    targets.filter_map(|target| other.get(target)).flatten().copied().collect();
                assert!(
                    change.rule.mirrors.iter().any(|mirror| found.contains(mirror))
                        || change.rule.id == "enum-sentinel-moved"
                        || found.contains("enum-sentinel-moved"),
                    "{name}: {} {} has no mirror\n{}\n{}",
                    change.rule.id,
                    change.target,
                    summary(&forward),
                    summary(&backward),
                );
            }
        }
    }
}

#[test]
fn the_gates_and_the_accepted_breaks() {
    let (old, new) = pair("property-removed");
    let config = Config::new("client", "client");
    let (old, new) = (side("old.csdl", &old, &config), side("new.csdl", &new, &config));
    let allow = |target: &str, until: Option<Date>| Allow {
        id: "property-removed".to_owned(),
        target: target.to_owned(),
        until,
        reason: "nobody uses it".to_owned(),
    };
    let report = diff(&old, &new, &[], today());
    assert_eq!(report.stopped_by(Gate::Wire), 1);
    assert_eq!(report.stopped_by(Gate::Rust), 1);
    assert_eq!(report.stopped_by(Gate::None), 0);
    let report = diff(&old, &new, &[allow("shop.person/phone", None)], today());
    assert_eq!(report.stopped_by(Gate::Any), 0);
    assert!(report.complaints.is_empty());
    let report = diff(&old, &new, &[allow("shop.person/p*", Some(today()))], today());
    assert_eq!(report.stopped_by(Gate::Any), 0);
    let late = diff(&old, &new, &[allow("shop.person/phone", today().previous_day())], today());
    assert_eq!((late.stopped_by(Gate::Any), late.complaints.len()), (1, 1));
    let other = diff(&old, &new, &[allow("shop.person/mail", None)], today());
    assert_eq!((other.stopped_by(Gate::Any), other.complaints.len()), (1, 1));
}

#[test]
fn what_the_slice_does_not_reach_is_counted() {
    let mut config = Config::new("client", "client");
    let include = toml::Spanned::new(0..0, "/people/**".to_owned());
    config.slice.include.push(include);
    for (name, listed, outside) in
        [("property-removed", 1, 0), ("property-type-changed", 0, 1), ("entity-set-removed", 0, 1)]
    {
        let (old, new) = pair(name);
        let (old, new) = (side("old.csdl", &old, &config), side("new.csdl", &new, &config));
        let report = diff(&old, &new, &[], today());
        assert_eq!(
            (report.changes.len(), report.outside),
            (listed, outside),
            "{name}\n{}",
            summary(&report)
        );
    }
}

#[test]
fn hostile_words_stay_words() {
    let (old, new) = pair("trap-hostile-words");
    let report = compared(&old, &new);
    let style = Style {
        name: "x --> <b>\n## no".to_owned(),
        sides: ("`a|b`".to_owned(), "<script>".to_owned()),
        notes: true,
        ..Style::default()
    };
    let comment = report.show(Format::FullMarkdown, &style);
    assert_eq!(comment.matches("-->").count(), 1, "{comment}");
    assert_eq!(comment.lines().filter(|line| line.starts_with("## ")).count(), 1, "{comment}");
    for line in comment
        .lines()
        .filter(|line| line.contains("@all") || line.contains("@team") || line.contains("<img"))
    {
        // Hostile words are within code: an odd number of fences would leave it open.
        let hostile = line.find("@all").or(line.find("@team")).expect("a mention");
        let fences = line[..hostile].split(|c| c != '`').filter(|run| !run.is_empty()).count();
        assert!(fences % 2 == 1 || line.contains("`` "), "{line}");
        assert!(!line.contains(" | "), "{line}");
    }
    let commands = report.show(Format::Github, &style);
    assert!(
        commands
            .lines()
            .all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")),
        "{commands}"
    );
    let (json, sarif) = (report.show(Format::Json, &style), report.show(Format::Sarif, &style));
    for text in [json, sarif] {
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(parsed.is_ok(), "{text}");
    }
}

/// The edits of the new side of a pair, if its sides differ by nothing else.
fn edits(name: &str) -> Option<Vec<(String, String)>> {
    let text = std::fs::read_to_string(folder().join(format!("pairs/{name}.txt"))).expect(name);
    text.split("\nend\n")
        .filter(|edit| !edit.trim().is_empty())
        .map(|edit| {
            let (before, after) =
                edit.strip_prefix("on the new side\n")?.split_once("\nbecomes")?;
            Some((before.to_owned(), after.strip_prefix('\n').unwrap_or(after).to_owned()))
        })
        .collect()
}

/// A pair that differs only by edits of the base: its name, its edits, and what is reported about it, as
/// rules and targets.
type Simple = (String, Vec<(String, String)>, Vec<(&'static str, String)>);

/// The pairs whose edits can be made together with others.
fn simple_pairs() -> &'static [Simple] {
    static PAIRS: std::sync::OnceLock<Vec<Simple>> = std::sync::OnceLock::new();
    PAIRS.get_or_init(|| {
        // Other names for what the other edits refer to, and another order of it, are reported in
        // another way.
        let apart =
            ["type-renamed", "container-renamed", "parameter-order-changed", "trap-hostile-words"];
        names()
            .into_iter()
            .filter(|name| !apart.contains(&name.as_str()) && !name.starts_with("none-"))
            .filter_map(|name| {
                let edits = edits(&name)?;
                let (old, new) = pair(&name);
                let report = compared(&old, &new);
                let raised =
                    report.changes.iter().filter(|one| one.rule.subject != Subject::RustItem);
                let raised: Vec<_> = raised.map(|one| (one.rule.id, one.target.clone())).collect();
                Some((name, edits, raised))
            })
            .collect()
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::with_cases(64)
    })]

    /// Any edits made together are all found, each by its rule and at its target.
    #[test]
    fn random_edits_are_all_found(picks in proptest::collection::vec(0..1000_usize, 1..12)) {
        let simple = simple_pairs();
        let base = std::fs::read_to_string(folder().join("base.csdl")).expect("the base");
        let mut new = base.clone();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
        for pick in picks {
            let (_, edits, raised) = &simple[pick % simple.len()];
            // Edits of one element or one place exclude each other.
            let fits = edits.iter().all(|(before, _)| new.contains(before))
                && raised.iter().all(|(_, target)| !taken.contains(target.as_str()));
            if fits {
                for (before, after) in edits {
                    new = new.replacen(before, after, 1);
                }
                taken.extend(raised.iter().map(|(_, target)| target.as_str()));
                wanted.extend(raised.iter().map(|(rule, target)| (*rule, target.as_str())));
            }
        }
        let report = compared(&base, &new);
        let found = |(rule, target): &(&str, &str)| {
            report.changes.iter().any(|one| one.rule.id == *rule && one.target == *target)
        };
        let lost: Vec<&(&str, &str)> = wanted.iter().filter(|one| !found(one)).collect();
        proptest::prop_assert!(lost.is_empty(), "{:?}\n{}", lost, summary(&report));
    }
}

/// How the rules of a naive comparison of own members are called here. What it sees as one kind is
/// distinguished here, and what only moved is not a removal.
const KNOWN_AS: &[(&str, &[&str])] = &[
    (
        "entity-type-added complex-type-added",
        &["entity-type-added", "complex-type-added", "derived-type-added"],
    ),
    ("property-added", &["property-added", "property-added-required", "property-casing-changed"]),
    (
        "property-removed",
        &[
            "property-removed",
            "property-casing-changed",
            "property-moved-to-base",
            "property-now-inherited",
        ],
    ),
    ("property-type-changed", &["property-type-changed", "property-type-narrowed"]),
    (
        "property-nullability-changed",
        &["property-nullability-relaxed", "property-nullability-tightened"],
    ),
    ("navigation-added", &["navigation-added", "navigation-added-required"]),
    ("navigation-removed", &["navigation-removed", "navigation-now-inherited"]),
    ("navigation-type-changed", &["navigation-type-changed", "navigation-type-narrowed"]),
    (
        "navigation-containment-changed",
        &["navigation-containment-lost", "navigation-containment-gained"],
    ),
    ("base-type-changed", &["base-type-changed", "base-type-inserted"]),
    ("abstract-changed", &["abstract-set", "abstract-unset"]),
    // A member that took the place of the sentinel belongs to the sentinel that moved.
    (
        "enum-member-added",
        &["enum-member-added", "enum-member-before-sentinel", "enum-sentinel-moved"],
    ),
    ("enum-member-value-changed", &["enum-member-value-changed", "enum-sentinel-moved"]),
    ("parameter-optional-changed", &["parameter-optional-set", "parameter-optional-unset"]),
    // One annotation may name several keys, which are reported one by one.
    ("alternate-key-annotation-added", &["alternate-key-added"]),
    ("capability-added", &["capability-tightened", "capability-relaxed", "annotation-added"]),
    ("revision-added", &["deprecated"]),
];

#[test]
fn real_revisions_agree_with_a_naive_comparison() {
    let Some(folder) = shared("graph/history") else { return };
    let pairs = std::fs::read_to_string(folder.join("pairs.json")).expect("the pairs");
    let pairs: Vec<serde_json::Value> = serde_json::from_str(&pairs).expect("JSON");
    let mut text = String::new();
    for pair in &pairs {
        let read = |side: &str| {
            let name = pair[side].as_str().expect("a name");
            (name.to_owned(), std::fs::read_to_string(folder.join(name)).expect("a document"))
        };
        let ((old_name, old), (new_name, new)) = (read("old"), read("new"));
        let report = compared(&old, &new);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for change in &report.changes {
            *counts.entry(change.rule.id).or_default() += 1;
        }
        let claimed: usize = report.changes.iter().map(|change| change.claims.len()).sum();
        let unexplained = report.changes.iter().filter(|one| one.rule.subject == Subject::RustItem);
        assert_eq!(unexplained.count(), 0, "{old_name}");
        let _ = writeln!(
            text,
            "{old_name} → {new_name}: {:?}, {} break the wire, {claimed} claimed",
            report.bump(),
            report.wire_breaks()
        );
        for (rule, count) in &counts {
            let _ = writeln!(text, "  {rule} {count}");
        }
        agrees(&old_name, pair["counts"].as_object().expect("counts"), &counts);
    }
    expect_file!["diff/history.snapshot"].assert_eq(&text);
}

/// Whether the counts of a naive comparison are those of ours, rule by rule.
fn agrees(
    name: &str,
    naive: &serde_json::Map<String, serde_json::Value>,
    counts: &BTreeMap<&str, usize>,
) {
    let count = |rule: &str| naive.get(rule).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let mut explained = BTreeSet::new();
    for (theirs, ours) in KNOWN_AS {
        let wanted: u64 = theirs.split(' ').map(count).sum();
        explained.extend(theirs.split(' '));
        let found: usize = ours.iter().filter_map(|rule| counts.get(rule)).sum();
        if *theirs == "alternate-key-annotation-added" {
            assert!(found as u64 >= wanted, "{name}: {theirs}: {found} of {wanted}");
        } else if *theirs != "capability-added" || wanted > 0 {
            assert_eq!(found as u64, wanted, "{name}: {theirs}");
        }
    }
    for (rule, wanted) in naive.iter().filter(|(rule, _)| !explained.contains(rule.as_str())) {
        let found = counts.get(rule.as_str()).copied().unwrap_or(0);
        assert_eq!(Some(found as u64), wanted.as_u64(), "{name}: {rule}");
    }
}

#[test]
fn the_example_of_the_documentation_is_a_real_comment() {
    let Some(history) = shared("graph/history") else { return };
    let revisions =
        ["12f7bc20149530d29819ce44aefc3a4a380cd876", "301221d5b071dfc62079f5b02435e91a6d707a3e"];
    let files = ["v1.0-2026-01-14-12f7bc20.csdl", "v1.0-2026-01-30-301221d5.csdl"];
    let read = |file: &str| std::fs::read_to_string(history.join(file)).expect("a document");
    let texts = files.map(read);
    let link = |revision: &str| {
        Some(format!(
            "https://github.com/microsoftgraph/msgraph-metadata/blob/{revision}/schemas/v1.0-Prod.csdl"
        ))
    };
    let style = Style {
        name: "graph-v1.0".to_owned(),
        sides: (revisions[0][..8].to_owned(), revisions[1][..8].to_owned()),
        links: Links { old: link(revisions[0]), new: link(revisions[1]) },
        notes: false,
    };
    let comment = compared(&texts[0], &texts[1]).show(Format::Markdown, &style);
    expect_file!["../../docs/diff-example.md"].assert_eq(&comment);
    let readme = std::fs::read_to_string(folder().join("../../../README.md")).expect("the README");
    let shown = comment.split("<details>").next().expect("a beginning");
    let shown = shown.split_once("\n## ").expect("a title").1;
    assert!(readme.contains(shown.trim_end()), "the README shows another comment than\n{shown}");
}

#[test]
fn comments_keep_every_break_within_their_budget() {
    // Two thousand types are removed: far more than a comment can list.
    let types: String = (0..2000)
        .map(|at| format!("<ComplexType Name=\"aTypeWithALongName{at}\"><Property Name=\"one\" Type=\"Edm.String\"/><Property Name=\"p{at}\" Type=\"Edm.String\"/></ComplexType>"))
        .collect();
    let base = std::fs::read_to_string(folder().join("base.csdl")).expect("the base");
    for count in [10, 500, 1000, 2000] {
        let types: String = types.split_inclusive("</ComplexType>").take(count).collect();
        let old = base.replacen("<EntityContainer", &format!("{types}<EntityContainer"), 1);
        let report = compared(&old, &base);
        let comment = report.show(Format::Markdown, &Style::default());
        assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
        assert!(comment.chars().count() <= 60_000, "{}", comment.chars().count());
        assert!(comment.contains(&format!("### Breaking ({count})")), "{comment}");
        // Each is named as long as that is possible at all, and counted beyond.
        let named = |target: &str| comment.contains(&format!("`{target}`"));
        let all = report.changes.iter().all(|change| named(&change.target));
        assert!(all || comment.contains(&format!("{count} × `complex-type-removed`")), "{count}");
        assert!(all || count > 1000, "{count}");
    }
}

#[test]
fn the_json_fits_its_schema() {
    let schema = include_str!("../../docs/diff.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    for name in names() {
        let (old, new) = pair(&name);
        let text = compared(&old, &new).show(Format::Json, &Style::default());
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn annotations_are_at_most_fifty_and_on_the_new_side() {
    let base = std::fs::read_to_string(folder().join("base.csdl")).expect("the base");
    let properties = |value: &str| -> String {
        (0..80).map(|at| format!("<Property Name=\"p{at}\" Type=\"Edm.{value}\"/>")).collect()
    };
    let document = |value: &str| {
        let complex = format!("<ComplexType Name=\"many\">{}</ComplexType>", properties(value));
        base.replacen("<EntityContainer", &format!("{complex}<EntityContainer"), 1)
    };
    let report = compared(&document("String"), &document("Guid"));
    assert_eq!(report.wire_breaks(), 80);
    let commands = report.show(Format::Github, &Style::default());
    assert_eq!(commands.lines().count(), 50);
    assert!(commands.lines().all(|line| line.starts_with("::error file=new.csdl,line=")));
    let (old, new) = pair("property-removed");
    assert_eq!(compared(&old, &new).show(Format::Github, &Style::default()), "");
}

#[test]
fn the_same_comparison_writes_the_same_bytes() {
    let (old, new) = pair("trap-hostile-words");
    let formats = [
        Format::Text,
        Format::Markdown,
        Format::FullMarkdown,
        Format::Json,
        Format::Github,
        Format::Sarif,
    ];
    for format in formats {
        let show = || compared(&old, &new).show(format, &Style::default());
        assert_eq!(show(), show(), "{format:?}");
    }
}

#[test]
fn fingerprints_know_rule_target_and_values_only() {
    let (old, new) = pair("property-type-changed");
    let moved = new.replacen(
        "<EnumType Name=\"status\">",
        "<!-- a line\n more -->\n<EnumType Name=\"status\">",
        1,
    );
    let fingerprints = |new: &str| -> Vec<String> {
        compared(&old, new).changes.iter().map(schemacrate::review::Change::fingerprint).collect()
    };
    assert_eq!(fingerprints(&new), fingerprints(&moved));
    let other = new.replacen(
        "<Property Name=\"age\" Type=\"Edm.String\"",
        "<Property Name=\"age\" Type=\"Edm.Guid\"",
        1,
    );
    assert_ne!(fingerprints(&new), fingerprints(&other));
}
