//! The chores as processes, on a separate small project.

#![allow(clippy::unwrap_used)] // A test may panic.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;
use tempfile::TempDir;

const CONFIGURATION: &str = r#"[source]
files = ["library.csdl"]

[slice]
include = ["/books/**"]

[crate]
name = "library"
directory = "../generated"
command = "cargo xtask regen"
"#;

const SCHEMA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="book">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="state" Type="library.state"/>
        <Property Name="title" Type="Edm.String"/>
      </EntityType>
      <EnumType Name="state"><Member Name="in"/><Member Name="out"/></EnumType>
      <EntityContainer Name="service"><EntitySet Name="books" EntityType="library.book"/></EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#;

struct Project {
    folder: TempDir,
}

type Files = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

impl Project {
    fn new() -> Self {
        let project = Self { folder: TempDir::new().unwrap() };
        project.write("schema/schemacrate.toml", CONFIGURATION);
        project.write("schema/library.csdl", SCHEMA);
        project
    }

    /// A project whose crate is up to date.
    fn generated() -> Self {
        let project = Self::new();
        let output = project.run(&["regen"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--project")
            .arg(self.folder.path())
            .output()
            .unwrap()
    }

    /// The generated files with their content and time of change.
    fn files(&self) -> Files {
        let mut files = Files::new();
        collect(&self.path("generated"), &mut files);
        files
    }

    /// Asserts that `check` fails, names the file and what mends it, and changes nothing.
    fn check_fails(&self, file: &str) -> Output {
        let before = self.files();
        let output = self.run(&["check"]);
        assert_eq!(output.status.code(), Some(1));
        let errors = stderr(&output);
        assert!(errors.contains(file) && errors.contains("cargo xtask regen"), "{errors}");
        assert_eq!(self.files(), before);
        output
    }

    /// Asserts that `regen` mends everything.
    fn regen_mends(&self) {
        assert_eq!(self.run(&["regen"]).status.code(), Some(0));
        let output = self.run(&["check"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

fn collect(folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            files.insert(path.clone(), (fs::read(&path).unwrap(), changed));
        }
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_second_regen_touches_nothing() {
    let project = Project::generated();
    let before = project.files();
    let output = project.run(&["regen"]);
    assert!(stdout(&output).contains("0 made, 0 changed, 0 removed"), "{}", stdout(&output));
    assert_eq!(project.files(), before);
    assert_eq!(project.run(&["check"]).status.code(), Some(0));
}

#[test]
fn check_shows_a_hand_edited_file_and_regen_mends_it() {
    let project = Project::generated();
    let path = "generated/src/library/book_types.rs";
    let text = fs::read_to_string(project.path(path)).unwrap();
    project.write(path, text.replace("pub title", "pub name"));
    let output = project.check_fails("book_types.rs");
    let diff = stdout(&output);
    assert!(diff.contains("-    pub name:") && diff.contains("+    pub title:"), "{diff}");
    project.regen_mends();
}

#[test]
fn check_finds_missing_and_left_over_files() {
    let project = Project::generated();
    fs::remove_file(project.path("generated/src/library/book_types.rs")).unwrap();
    project.check_fails("book_types.rs is missing");
    project.regen_mends();
    let manifest = fs::read_to_string(project.path("generated/Cargo.toml")).unwrap();
    project.write("generated/Cargo.toml", manifest.replace("library", "other"));
    project.check_fails("Cargo.toml");
    project.regen_mends();
    project.write("generated/src/library/old_types.rs", "// Generated by schemacrate from n.\n");
    project.check_fails("old_types.rs is left over");
    project.regen_mends();
    assert!(!project.path("generated/src/library/old_types.rs").exists());
}

/// `regen` leaves it alone, so `check` does not fail over it.
#[test]
fn a_foreign_file_beside_is_reported_and_stays() {
    let project = Project::generated();
    project.write("generated/src/mine.rs", "// By hand.\n");
    for chore in ["check", "regen", "check"] {
        let output = project.run(&[chore]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let errors = stderr(&output);
        assert!(errors.contains("mine.rs was not written by schemacrate"), "{errors}");
        assert!(errors.contains("left alone"), "{errors}");
    }
    assert_eq!(fs::read_to_string(project.path("generated/src/mine.rs")).unwrap(), "// By hand.\n");
}

#[test]
fn a_foreign_file_in_the_way_is_overwritten_only_by_force() {
    for path in ["generated/Cargo.toml", "generated/src/lib.rs", "schema/schemacrate.lock"] {
        let project = Project::generated();
        project.write(path, "# By hand.\n");
        project.write("schema/library.csdl", SCHEMA.replace("\"title\"", "\"heading\""));
        let before = project.files();
        for chore in ["regen", "check"] {
            let output = project.run(&[chore]);
            assert_eq!(output.status.code(), Some(1), "{path}");
            let errors = stderr(&output);
            assert!(errors.contains(path) && errors.contains("--force"), "{errors}");
            assert_eq!(project.files(), before, "{path}");
            assert_eq!(fs::read_to_string(project.path(path)).unwrap(), "# By hand.\n");
        }
        assert_eq!(project.run(&["regen", "--force"]).status.code(), Some(0));
        assert_eq!(project.run(&["check"]).status.code(), Some(0));
    }
}

#[test]
fn a_renamed_property_changes_only_the_files_that_mention_it() {
    let project = Project::generated();
    project.write("schema/library.csdl", SCHEMA.replace("\"title\"", "\"heading\""));
    let output = project.check_fails("book_types.rs");
    assert!(stdout(&output).contains("+    pub heading:"), "{}", stdout(&output));
    let before = project.files();
    project.regen_mends();
    let changed: Vec<String> = project
        .files()
        .into_iter()
        .filter(|(path, now)| before.get(path) != Some(now))
        .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    // The front page shows a program that names the property.
    assert_eq!(changed, ["api.txt", "lib.rs", "book_types.rs", "entries.rs"]);
}

/// What is wrong with the inputs, how it is caused, and what has to be reported.
type BadInput = (&'static str, Box<dyn Fn(&Project)>, Vec<&'static str>);

fn bad_inputs() -> Vec<BadInput> {
    fn schema(from: &'static str, to: &'static str) -> Box<dyn Fn(&Project)> {
        Box::new(move |project| {
            assert!(SCHEMA.contains(from));
            project.write("schema/library.csdl", SCHEMA.replacen(from, to, 1));
        })
    }
    fn configuration(from: &'static str, to: &'static str) -> Box<dyn Fn(&Project)> {
        Box::new(move |project| {
            assert!(CONFIGURATION.contains(from));
            project.write("schema/schemacrate.toml", CONFIGURATION.replacen(from, to, 1));
        })
    }
    vec![
        (
            "missing",
            configuration("library.csdl", "absent.csdl"),
            vec!["error[unreadable]", "absent.csdl", "help:"],
        ),
        (
            "unreadable",
            Box::new(|project: &Project| {
                fs::remove_file(project.path("schema/library.csdl")).unwrap();
                fs::create_dir(project.path("schema/library.csdl")).unwrap();
            }),
            vec!["error[unreadable]", "library.csdl", "help:"],
        ),
        (
            "no text",
            Box::new(|project: &Project| project.write("schema/library.csdl", b"<\xff\xfe\xfd")),
            vec!["error[encoding]", "help:"],
        ),
        (
            "broken XML",
            schema("</EntityType>", ""),
            vec!["error[xml]", "library.csdl:12:", "</Schema>", "not closed yet"],
        ),
        (
            "an unresolved type",
            schema("library.state\"", "library.stat\""),
            vec!["error[unresolved-type]", "library.csdl:7:38", "Type=\"library.stat\"", "help:"],
        ),
        (
            "two duplicate names at once",
            schema(
                "<Property Name=\"title\" Type=\"Edm.String\"/>",
                "<Property Name=\"id\" Type=\"Edm.String\"/><Property Name=\"state\" Type=\"Edm.String\"/>",
            ),
            vec![
                "`id`",
                "`state`",
                "error[duplicate-name]",
                "library.csdl:8:",
                "first declared here",
            ],
        ),
        (
            "a configuration that is not TOML",
            configuration("[crate]", "[crate"),
            vec!["error[bad-configuration]", "schemacrate.toml:7:", "help:"],
        ),
        (
            "an unknown key",
            configuration("name =", "nam ="),
            vec!["error[bad-configuration]", "schemacrate.toml:8:", "nam", "help:"],
        ),
        (
            "a path that refers to nothing",
            configuration("/books/**", "/films/**"),
            vec!["error[unmatched-path]", "schemacrate.toml:5:", "/films/**", "help:"],
        ),
        (
            "a manifest that cargo would refuse",
            configuration("[crate]", "[manifest.package]\nversion = 7\n\n[crate]"),
            vec!["error[bad-manifest]", "schemacrate.toml", "help:"],
        ),
    ]
}

#[test]
fn bad_input_is_explained_and_changes_nothing() {
    for (what, spoil, expected) in bad_inputs() {
        let project = Project::generated();
        let before = project.files();
        spoil(&project);
        for chore in ["regen", "check"] {
            let output = project.run(&[chore]);
            let errors = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{what}: {errors}");
            for part in &expected {
                assert!(errors.contains(part), "{what}: {part} is not in\n{errors}");
            }
            assert_eq!(project.files(), before, "{what}");
        }
    }
}

#[test]
fn wrong_usage_exits_with_two() {
    let project = Project::new();
    assert_eq!(project.run(&["regenerate"]).status.code(), Some(2));
    assert_eq!(project.run(&[]).status.code(), Some(2));
    assert_eq!(project.run(&["check", "--colour"]).status.code(), Some(2));
    assert_eq!(project.run(&["--help"]).status.code(), Some(0));
}

#[test]
fn a_corpus_that_is_not_there_is_an_error() {
    let project = Project::new();
    let schema = project.path("schema/library.csdl").display().to_string();
    let output = project.run(&["conformance", "--schema", &schema, "--corpus", "absent.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot read absent.jsonl"), "{}", stderr(&output));
    project.write("pages.jsonl", "{\"page\":\"a\",\"example_index\":0}\n[]\n");
    let corpus = project.path("pages.jsonl").display().to_string();
    let output = project.run(&["conformance", "--schema", &schema, "--corpus", &corpus]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("pages.jsonl: line 2: "), "{}", stderr(&output));
    for wrong in [&["--corpus", "a"][..], &["--schema", "a"], &["--update-baseline"]] {
        let output = project.run(&[&["conformance"][..], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_line_that_is_not_a_record_hides_no_other() {
    let project = Project::new();
    let schema = project.path("schema/library.csdl").display().to_string();
    let lines: [&[u8]; 7] = [
        br#"{"page":"none.md","title":"A page without an example","example_index":null,"request":null,
            "response":null,"path":null,"gold":null,"reasons":null}"#,
        br#"{"page":"torn.md","example_index":1,"#,
        b"",
        b"{\"page\":\"caf\xe9.md\"}",
        br#"{"page":7}"#,
        br#"{"page":"other.md","example_index":2,"request":{"method":"GET","url":"https://example.com/v1/pens",
            "headers":null,"body":null,"body_kind":"none"},"path":{"path_resolves":false,"conventions":null,
            "reason":"no such set"},"response":{"status":200,"body":{"value":[]},"body_kind":"json"},
            "effective_type":"library.pen","lenient_consistent":false}"#,
        br#"{"page":"last.md"}"#,
    ];
    let lines =
        lines.map(|line| line.iter().copied().filter(|byte| *byte != b'\n').collect::<Vec<_>>());
    project.write("pages.jsonl", lines.join(&b'\n'));
    let corpus = project.path("pages.jsonl").display().to_string();
    let report = project.path("report.json").display().to_string();
    let arguments = ["conformance", "--schema", &schema, "--corpus", &corpus, "--report", &report];
    let output = project.run(&arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let errors = stderr(&output);
    for line in [2, 4, 5] {
        assert!(errors.contains(&format!("pages.jsonl: line {line}: ")), "{errors}");
    }
    assert_eq!(errors.matches("pages.jsonl: line ").count(), 3, "{errors}");
    assert!(
        stdout(&output).contains("3 lines of the corpus are not records"),
        "{}",
        stdout(&output)
    );
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(project.path("report.json")).unwrap()).unwrap();
    let records = report["records"].as_array().unwrap();
    let pages: Vec<&str> = records.iter().map(|one| one["page"].as_str().unwrap()).collect();
    assert_eq!(pages, ["none.md", "other.md", "last.md"]);
    assert_eq!(records[0]["example_index"], serde_json::Value::Null);
    assert_eq!(records[1]["request"]["why"], "no such set");
    assert_eq!(records[1]["decode"]["status"], "skipped");
    let unreadable: Vec<&String> = report["unreadable"].as_object().unwrap().keys().collect();
    assert_eq!(unreadable, ["1", "3", "4"]);
    // The lines that are left are fine.
    let rest = [0, 2, 5, 6].map(|at| lines[at].clone()).join(&b'\n');
    project.write("pages.jsonl", rest);
    // A report that is there is not overwritten.
    let output = project.run(&arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("--force"), "{}", stderr(&output));
    let output = project.run(&[&arguments[..], &["--force"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn without_node_the_end_to_end_tests_are_left_out() {
    let project = Project::new();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--project")
            .arg(project.folder.path())
            .env("PATH", "")
            .output()
            .unwrap()
    };
    let output = run(&["e2e"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("left out: the end-to-end tests need Node"), "{shown}");
    assert_eq!(run(&["e2e", "--require"]).status.code(), Some(1));
}

#[test]
fn diff_compares_the_work_tree_with_a_commit() {
    let project = Project::new();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(project.folder.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@b"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    let output = project.run(&["diff"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("nothing breaks on the wire"), "{}", stdout(&output));
    git(&["checkout", "--quiet", "-b", "change"]);
    project.write("schema/library.csdl", SCHEMA.replace("\"title\"", "\"heading\""));
    let output = project.run(&["diff"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("library.book/title"), "{}", stdout(&output));
    let output = project.run(&["diff", "HEAD", "--format", "markdown", "--fail-on", "none"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with("<!-- schemacrate-diff v1 library -->"),
        "{}",
        stdout(&output)
    );
    // A change of the configuration changes the crate as well.
    project.write("schema/library.csdl", SCHEMA);
    let named = format!("{CONFIGURATION}\n[names]\n\"library.book\" = \"Volume\"\n");
    project.write("schema/schemacrate.toml", named);
    let output = project.run(&["diff", "main"]);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(stdout(&output).contains("error[rust-item-removed]"), "{}", stdout(&output));
    for wrong in ["nowhere", "--format=yaml"] {
        assert_eq!(project.run(&["diff", wrong]).status.code(), Some(2));
    }
    project.write("schema/library.csdl", "<html/>");
    assert_eq!(project.run(&["diff", "main"]).status.code(), Some(2));
}
