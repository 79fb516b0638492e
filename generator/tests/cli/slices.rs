//! What the commands report of slices.

use super::Folder;
use serde_json::Value;

const GENERATE: &[&str] = &["generate", "--schema", "library.csdl", "--out", "client"];

#[test]
fn generate_reports_what_each_pattern_brings_unless_it_is_quiet() {
    let folder = Folder::new();
    let patterns = ["--include", "/books/**", "--include", "library.loan"];
    let (_, shown) = folder.exits(0, &[GENERATE, &patterns].concat());
    assert!(
        shown.contains("note: `/books/**` brings 2 types, 1 of them with no other pattern\n"),
        "{shown}"
    );
    assert!(shown.contains("note: `library.loan` brings 1 type, 0 of them"), "{shown}");
    let (_, shown) = folder.exits(0, &[GENERATE, &patterns, &["--quiet"]].concat());
    assert_eq!(shown, "");
    // Without a pattern that includes, there is nothing to report.
    let (_, shown) = folder.exits(0, GENERATE);
    assert!(!shown.contains("brings"), "{shown}");
}

#[test]
fn a_slip_is_explained_by_every_command() {
    let folder = Folder::new();
    let slip = "nothing in the service matches `/books/{id}/lons/**`: `library.book` has no `lons`";
    for command in [GENERATE, &["slice", "library.csdl"]] {
        let (_, shown) =
            folder.exits(1, &[command, &["--include", "/books/{id}/lons/**"]].concat());
        assert!(shown.contains(slip) && shown.contains("help: is `loans` meant?"), "{shown}");
        let (_, shown) = folder.exits(1, &[command, &["--exclude", "library.book/lons"]].concat());
        assert!(shown.contains("is `library.book/loans` meant?"), "{shown}");
    }
    let (_, shown) = folder.exits(1, &["inspect", "library.csdl", "--path", "/books/{id}/lons/**"]);
    assert!(shown.contains(slip), "{shown}");
}

#[test]
fn inspect_explains_why_a_type_is_there() {
    let folder = Folder::new();
    let command = ["inspect", "library.csdl", "--why", "library.loan", "--include"];
    let (shown, _) = folder.exits(0, &[&command[..], &["/books/**"]].concat());
    let expected = "\
why library.loan:
  /books | library.book
  /books/{id} | library.book
  /books/{id}/loans | library.loan
";
    assert_eq!(shown, expected);
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"library.csdl\"]\n[slice]\ninclude = [\"/books/**\"]\n[crate]\nname = \
         \"c\"\ndirectory = \"c\"\n",
    );
    let config = ["inspect", "--config", "schemacrate.toml", "--why", "library.loan"];
    assert_eq!(folder.exits(0, &config).0, expected);
    let (json, _) = folder.exits(0, &[&command[..], &["/books/**", "--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["why library.loan"][2]["via"], "/books/{id}/loans");
    let (_, shown) = folder.exits(1, &[&command[..], &["/books/{id}"]].concat());
    assert_eq!(shown.trim_end(), "error: `library.loan` is not part of the slice");
    let (_, shown) = folder.exits(1, &["inspect", "library.csdl", "--why", "library.lone"]);
    assert!(shown.contains("help: is `library.loan` meant?"), "{shown}");
}
