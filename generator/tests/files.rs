//! Which file an item is in: revisions of a real schema move none, and no file is huge.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Planned;
use schemacrate::config::Config;
use schemacrate::internals::crate_plan::Module;
use schemacrate::internals::render;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use test_support::shared;

/// The longest file of Graph but its client: 15,096 lines of `device_management_configuration_types.rs`
/// in beta.
const MOST_LINES: usize = 16_500;

fn planned(document: &[u8]) -> Planned {
    test_support::planned(document, &Config::new("graph", "out"))
}

/// The file of each item, by the path of the item and what it is made from.
type Files = BTreeMap<(String, String), String>;

fn files(modules: &BTreeMap<String, Module>, above: &str, found: &mut Files) {
    for (name, module) in modules {
        let path = format!("{above}::{name}");
        for (file, held) in &module.files {
            for item in &held.items {
                let key = (format!("{path}::{}", item.name()), item.wire_name().to_owned());
                assert!(found.insert(key, file.clone()).is_none(), "{} twice", item.name());
            }
        }
        files(&module.modules, &path, found);
    }
}

fn files_of(document: &[u8]) -> Files {
    let mut found = Files::new();
    files(&planned(document).plan.modules, "", &mut found);
    found
}

#[test]
fn no_item_of_a_revision_of_graph_moves_to_another_file() {
    let Some(history) = shared("graph/history") else { return };
    let folder = fs::read_dir(history).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    // The date is in the name.
    let mut revisions: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|one| one == "csdl")).collect();
    revisions.sort();
    assert!(revisions.len() >= 16, "{revisions:?}");
    let mut before: Option<Files> = None;
    let (mut kept, mut new) = (0, 0);
    for revision in &revisions {
        let now = files_of(&fs::read(revision).unwrap());
        if let Some(before) = before.replace(now.clone()) {
            for (item, file) in &now {
                match before.get(item) {
                    Some(old) => assert_eq!(old, file, "{item:?} in {}", revision.display()),
                    None => new += 1,
                }
            }
            kept += now.keys().filter(|item| before.contains_key(*item)).count();
        }
    }
    assert!(kept > 100_000 && new > 1_000, "the revisions are too much alike: {kept} {new}");
}

#[test]
fn no_file_of_graph_is_huge() {
    let Some(graph) = shared("graph") else { return };
    for schema in ["v1.0.csdl", "v1.0-2021-07.csdl", "beta-2021-06.csdl"] {
        let tree = render(&planned(&fs::read(graph.join(schema)).unwrap()).plan);
        let mut sizes: Vec<(usize, &str)> =
            tree.iter().map(|(path, text)| (text.lines().count(), path)).collect();
        // The client is one type.
        sizes.retain(|(_, path)| *path != "src/client.rs");
        sizes.sort_unstable();
        let longest = sizes.last().unwrap();
        eprintln!("{schema}: {} files, the longest {} with {}", sizes.len(), longest.1, longest.0);
        assert!(longest.0 <= MOST_LINES, "{schema}: {longest:?}");
    }
}

/// Other declarations do not affect the file of a type or an action, not even hundreds of others
/// with the same first words.
#[test]
fn a_family_that_grows_moves_nothing() {
    let document = |more: usize| {
        let mut types =
            String::from(r#"<ComplexType Name="lineItemTax"/><ComplexType Name="line"/>"#);
        let mut actions = String::from(
            r#"<Action Name="print"><Parameter Name="x" Type="Edm.String"/></Action>"#,
        );
        for at in 0..more {
            types += &format!(
                r#"<ComplexType Name="lineItemTaxPart{at}"/><ComplexType Name="line{at}"/>"#
            );
            actions += &format!(
                r#"<Action Name="p{at}"><Parameter Name="x" Type="Edm.String"/></Action>"#
            );
        }
        test_support::document(&format!("{types}{actions}"))
    };
    let few = files_of(document(0).as_bytes());
    let many = files_of(document(300).as_bytes());
    assert!(few.len() >= 3 && many.len() > 900);
    for (item, file) in &few {
        assert_eq!(many.get(item), Some(file), "{item:?}");
    }
}
