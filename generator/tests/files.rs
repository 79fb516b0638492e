//! Which file an item is in: revisions of a real schema move none, and no file is huge.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Planned;
use schemacrate::config::Config;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::crate_plan::Module;
use schemacrate::internals::render;
use schemacrate::source::SourceMap;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file of Graph but its client: 11,314 lines of `device_types.rs`.
const MOST_LINES: usize = 11_500;

/// The folder of real schemas beside the repository.
fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    let folder = std::env::var_os("SCHEMACRATE_SHARED").map_or(beside, PathBuf::from);
    if folder.join("graph").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no real schemas at {}; set SCHEMACRATE_SHARED", folder.display());
    None
}

fn planned(path: &Path) -> Planned {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add("graph.csdl", &fs::read(path).unwrap()).unwrap();
    let config = Config::new("graph", "out");
    schemacrate::planned(&sources, &[source], &config, None, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", diagnostics.render(&sources, false)))
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

fn files_of(path: &Path) -> Files {
    let mut found = Files::new();
    files(&planned(path).plan.modules, "", &mut found);
    found
}

#[test]
fn no_item_of_a_revision_of_graph_moves_to_another_file() {
    let Some(shared) = shared() else { return };
    let folder = fs::read_dir(shared.join("graph/history")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    // The date is in the name.
    let mut revisions: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|one| one == "csdl")).collect();
    revisions.sort();
    assert!(revisions.len() >= 16, "{revisions:?}");
    let mut before: Option<Files> = None;
    let (mut kept, mut new) = (0, 0);
    for revision in &revisions {
        let now = files_of(revision);
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
    let Some(shared) = shared() else { return };
    for schema in ["v1.0.csdl", "v1.0-2021-07.csdl", "beta-2021-06.csdl"] {
        let tree = render(&planned(&shared.join("graph").join(schema)).plan);
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

/// What is declared beside a type or an action has no say in where it is, not even hundreds of others
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
        format!(
            r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">{types}{actions}</Schema>
</edmx:DataServices></edmx:Edmx>"#
        )
    };
    let folder = std::env::temp_dir().join(format!("schemacrate-files-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("n.csdl");
    fs::write(&path, document(0)).unwrap();
    let few = files_of(&path);
    fs::write(&path, document(300)).unwrap();
    let many = files_of(&path);
    fs::remove_dir_all(&folder).unwrap();
    assert!(few.len() >= 3 && many.len() > 900);
    for (item, file) in &few {
        assert_eq!(many.get(item), Some(file), "{item:?}");
    }
}
