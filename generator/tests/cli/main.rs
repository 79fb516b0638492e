//! The commands as processes.

#![allow(clippy::unwrap_used)] // A test may panic.
#![cfg(feature = "cli")]

mod apis;
mod descriptions;
mod guide;
mod slices;
mod types;

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use tempfile::TempDir;

const SCHEMA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="book">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
        <NavigationProperty Name="loans" Type="Collection(library.loan)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="loan">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
      </EntityType>
      <EntityContainer Name="service"><EntitySet Name="books" EntityType="library.book"/></EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("library.csdl", SCHEMA);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_schemacrate"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .unwrap()
    }

    /// Runs a command that has to exit with a code; what it wrote to both streams.
    fn exits(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
        (out, err)
    }
}

#[test]
fn only_mistakes_in_the_configuration_have_a_place_in_it() {
    let folder = Folder::new();
    let configuration = |slice: &str| {
        format!(
            "[source]\nfiles = [\"library.csdl\"]\n{slice}\n[crate]\nname = \"c\"\ndirectory = \"c\"\n"
        )
    };
    folder.write("schemacrate.toml", &configuration(""));
    let command = ["generate", "--config", "schemacrate.toml"];
    let (_, shown) = folder.exits(1, &[&command[..], &["--include", "/nothing"]].concat());
    assert!(shown.contains("error[unmatched-path]") && !shown.contains("-->"), "{shown}");
    folder.write("schemacrate.toml", &configuration("[slice]\ninclude = [\"/nothing\"]"));
    let (_, shown) = folder.exits(1, &command);
    assert!(shown.contains("--> schemacrate.toml:4:12"), "{shown}");
}

#[test]
fn a_comparison_shows_at_once_what_is_wrong_with_all_its_files() {
    let folder = Folder::new();
    folder.write("schemacrate.toml", "[source]\n");
    let files = ["diff", "library.csdl", "absent.csdl", "--config", "schemacrate.toml"];
    let (_, shown) = folder.exits(2, &files);
    // The old side has only the configuration to complain of.
    assert!(shown.contains("error[bad-configuration]"), "{shown}");
    let files = ["diff", "absent.csdl", "library.csdl", "--config", "schemacrate.toml"];
    let (_, shown) = folder.exits(2, &files);
    for code in ["error[bad-configuration]", "error[unreadable]: cannot read absent.csdl"] {
        assert!(shown.contains(code), "{code}\n{shown}");
    }
}

#[test]
fn the_folder_one_is_in_names_the_crate() {
    let folder = Folder::new();
    let out = folder.path("my-library");
    fs::create_dir(&out).unwrap();
    let run = |command: &str| {
        let mut process = Command::new(env!("CARGO_BIN_EXE_schemacrate"));
        process.args([command, "--schema", "../library.csdl", "--out", "."]);
        assert!(process.current_dir(&out).status().unwrap().success());
    };
    run("generate");
    run("check");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"my-library\""), "{manifest}");
}

#[test]
fn a_configuration_that_makes_no_crate_is_refused_with_its_place() {
    let folder = Folder::new();
    let head = "[source]\nfiles = [\"library.csdl\"]\n[crate]\ndirectory = \"app\"\n";
    for (lines, expected) in [
        ("name = \"app\"\n[names]\n\"library.book\" = \"X; fn y() {}\"", "bad.toml:7"),
        ("name = \"app\"\n[names]\n\"library.book/id\" = \"a b\"", "bad.toml:7"),
        ("name = \"app\"\n[names]\n\"library.book/id\" = \"\"", "error[bad-configuration]"),
        ("name = \"app\"\n[service]\nroot = \"javascript:alert(1)\"", "error[bad-configuration]"),
        ("name = \"app\"\n[service]\nroot = \"https://\"", "error[bad-configuration]"),
        ("name = \"schemacrate-runtime\"", "error[bad-manifest]"),
    ] {
        folder.write("bad.toml", &format!("{head}{lines}\n"));
        let (_, stderr) = folder.exits(1, &["generate", "--config", "bad.toml"]);
        assert!(stderr.contains(expected), "{lines}\n{stderr}");
        assert!(!folder.path("app").exists());
    }
    folder.write(
        "good.toml",
        &format!("{head}name = \"app\"\n[names]\n\"library.book\" = \"Type\"\n"),
    );
    folder.exits(0, &["generate", "--config", "good.toml"]);
}

/// A copy of a generated file has the mark as well, so whoever changed it should hear where it went.
#[test]
fn generate_names_what_it_removes() {
    let folder = Folder::new();
    let generate = ["generate", "--schema", "library.csdl", "--out", "app"];
    folder.exits(0, &generate);
    for at in 0..7 {
        fs::copy(folder.path("app/src/lib.rs"), folder.path(&format!("app/src/copy{at}.rs")))
            .unwrap();
    }
    let (_, stderr) = folder.exits(0, &generate);
    assert!(stderr.contains("note: removed app/src/copy0.rs"), "{stderr}");
    assert!(stderr.contains("note: and 2 more"), "{stderr}");
    assert!(!folder.path("app/src/copy6.rs").exists());
}

/// The reader of the output may stop, as `head` does.
#[cfg(unix)]
#[test]
fn a_closed_output_changes_no_exit_code() {
    let folder = Folder::new();
    folder.exits(0, &["generate", "--schema", "library.csdl", "--out", "app"]);
    fs::write(folder.path("app/src/lib.rs"), "mine").unwrap();
    for arguments in [
        &["check", "--schema", "library.csdl", "--out", "app"][..],
        &["validate", "nowhere.csdl"],
        &["diff", "nowhere.csdl", "library.csdl"],
        &["completions", "bash"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut process = Command::new(env!("CARGO_BIN_EXE_schemacrate"));
        process.args(arguments).current_dir(folder.path(""));
        let status = process.stdout(writer.try_clone().unwrap()).stderr(writer).status().unwrap();
        assert!(matches!(status.code(), Some(0..=2)), "{arguments:?}: {status}");
    }
}

#[test]
fn generate_makes_a_crate_and_check_compares_it() {
    let folder = Folder::new();
    let arguments =
        ["--schema", "library.csdl", "--out", "client", "--service-root", "https://example.com"];
    let with = |command: &'static str| [&[command][..], &arguments].concat();
    let (_, stderr) = folder.exits(0, &with("generate"));
    assert!(stderr.contains("made"), "{stderr}");
    let manifest = fs::read_to_string(folder.path("client/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"client\"") && manifest.contains("path = "), "{manifest}");
    folder.exits(0, &with("check"));
    let file = "client/src/library/book_types.rs";
    folder
        .write(file, &fs::read_to_string(folder.path(file)).unwrap().replace("pub id", "pub key"));
    let (diff, stderr) = folder.exits(1, &with("check"));
    assert!(
        diff.contains("-    pub key:") && stderr.contains("schemacrate generate"),
        "{diff}{stderr}"
    );
    let (_, stderr) = folder.exits(0, &with("generate"));
    assert!(stderr.contains("1 changed"), "{stderr}");
}

#[test]
fn flags_win_over_the_configuration() {
    let folder = Folder::new();
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"library.csdl\"]\n[crate]\nname = \"library\"\ndirectory = \"one\"\n",
    );
    folder.exits(0, &["generate", "--config", "schemacrate.toml"]);
    assert!(folder.path("one/src/library/loan_types.rs").exists());
    folder.exits(
        0,
        &["generate", "--config", "schemacrate.toml", "--out", "two", "--exclude", "library.loan"],
    );
    assert!(folder.path("two/src/library/book_types.rs").exists());
    assert!(!folder.path("two/src/library/loan_types.rs").exists());
}

#[test]
fn validate_distinguishes_errors_from_violations() {
    let folder = Folder::new();
    folder.exits(0, &["validate", "library.csdl"]);
    folder.write("wrong.csdl", &SCHEMA.replace("library.loan)", "library.lone)"));
    let (out, stderr) = folder.exits(1, &["validate", "wrong.csdl"]);
    assert!(out.is_empty() && stderr.contains("error[unresolved-type]"), "{stderr}");
    let (out, _) = folder.exits(1, &["validate", "wrong.csdl", "--format", "json"]);
    let findings: Value = serde_json::from_str(&out).unwrap();
    let first = &findings[0];
    assert_eq!(first["code"], "unresolved-type");
    assert_eq!(first["severity"], "error");
    assert_eq!((&first["file"], &first["line"]), (&"wrong.csdl".into(), &7.into()));
    assert!(first["column"].as_u64().is_some_and(|column| column > 1));
    let odd = SCHEMA.replace("ContainsTarget=\"true\"", "ContainsTarget=\"True\"");
    folder.write("odd.csdl", &odd);
    let (_, stderr) = folder.exits(0, &["validate", "odd.csdl"]);
    assert!(stderr.contains("warning[bad-boolean]"), "{stderr}");
    folder.exits(1, &["validate", "odd.csdl", "--strict"]);
    folder.exits(1, &["validate", "absent.csdl"]);
    folder.exits(2, &["validate"]);
    folder.exits(2, &["validate", "library.csdl", "--format", "yaml"]);
}

#[test]
fn the_shapes_of_openapi_schemas_are_shown() {
    let folder = Folder::new();
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
               Pet: {type: object, required: [id], properties: {id: {type: integer}, \
               owner: {anyOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}]}}}\n    \
               Owner: {type: object, properties: {name: {type: string}}}\n";
    folder.write("api.yaml", api);
    let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--type", "Pet"]);
    let expected = "Pet: object\n  \"id\", required: integer of 64 bits\n  \"owner\": Owner or null\n  …: any JSON\n";
    assert_eq!(out, expected);
    let (all, _) = folder.exits(0, &["inspect", "api.yaml", "--type", "*"]);
    assert!(all.starts_with(expected) && all.contains("Owner: object\n"), "{all}");
    let (_, stderr) = folder.exits(1, &["inspect", "api.yaml", "--type", "Cat"]);
    assert!(stderr.contains("no schema among the components is called `Cat`"), "{stderr}");
    let (_, stderr) = folder.exits(1, &["inspect", "api.yaml", "--path", "/a"]);
    assert!(stderr.contains("--path is for services of OData"), "{stderr}");
}

#[test]
fn crates_of_types_are_generated_from_openapi_documents() {
    let folder = Folder::new();
    let api =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'parts/a.yaml'}}\n";
    folder.write("api.yaml", api);
    fs::create_dir(folder.path("parts")).unwrap();
    folder.write("parts/a.yaml", "get: {sumary: S}\n");
    let (out, stderr) = folder.exits(0, &["validate", "api.yaml", "parts/a.yaml"]);
    assert!(out.is_empty() && stderr.contains("warning[unknown-field]"), "{stderr}");
    assert!(
        stderr.contains("parts/a.yaml:1:7") && stderr.contains("is `summary` meant?"),
        "{stderr}"
    );
    folder.exits(1, &["validate", "api.yaml", "parts/a.yaml", "--strict"]);
    let (out, _) = folder.exits(0, &["validate", "api.yaml", "parts/a.yaml", "--format", "json"]);
    let findings: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(findings[0]["code"], "unknown-field");
    // It is read with the document that refers to it.
    let (_, stderr) = folder.exits(0, &["validate", "api.yaml"]);
    assert!(stderr.contains("warning[unknown-field]"), "{stderr}");
    let (_, stderr) = folder.exits(1, &["validate", "parts/a.yaml"]);
    assert!(stderr.contains("error[not-openapi]"), "{stderr}");
    let (_, stderr) = folder.exits(1, &["validate", "api.yaml", "library.csdl"]);
    assert!(stderr.contains("error[mixed-documents]"), "{stderr}");
    folder.write("alone.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
    let (_, stderr) = folder.exits(2, &["diff", "alone.yaml", "alone.yaml"]);
    assert!(stderr.contains("error[openapi-not-odata]"), "{stderr}");
    let documents = ["--schema", "api.yaml", "--schema", "parts/a.yaml", "--out", "crate"];
    let mut arguments = vec!["generate", "--include", "/b"];
    arguments.extend(documents);
    let (_, stderr) = folder.exits(1, &arguments);
    assert!(stderr.contains("error[unmatched-path]"), "{stderr}");
    assert!(!folder.path("crate").exists());
    let mut arguments = vec!["generate"];
    arguments.extend(documents);
    folder.exits(0, &arguments);
    assert!(folder.path("crate/src/lib.rs").exists());
}

#[test]
fn slice_writes_a_smaller_schema_that_is_valid_itself() {
    let folder = Folder::new();
    folder.exits(0, &["slice", "library.csdl", "--include", "/books/{id}", "--out", "small.csdl"]);
    let text = fs::read_to_string(folder.path("small.csdl")).unwrap();
    assert!(text.contains("\"book\"") && !text.contains("loan"), "{text}");
    folder.exits(0, &["validate", "small.csdl", "--strict"]);
    let (json, _) = folder
        .exits(0, &["slice", "library.csdl", "--include", "library.loan", "--format", "json"]);
    folder.write("loan.json", &json);
    folder.exits(0, &["validate", "loan.json"]);
    let (_, stderr) = folder.exits(1, &["slice", "library.csdl", "--include", "/films"]);
    assert!(stderr.contains("/films"), "{stderr}");
}

#[test]
fn inspect_counts_and_answers() {
    let folder = Folder::new();
    let (out, _) = folder.exits(0, &["inspect", "library.csdl", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["counts"]["entityTypes"], 2);
    assert_eq!(report["container"]["entitySets"]["books"], "library.book");
    let (out, _) = folder.exits(0, &["inspect", "library.csdl", "--path", "/books/{id}/loans"]);
    assert!(out.contains("leadsTo: Collection(library.loan)"), "{out}");
    let (out, _) = folder.exits(0, &["inspect", "library.csdl", "--type", "library.loan"]);
    assert!(out.contains("types: library.loan"), "{out}");
    folder.exits(1, &["inspect", "library.csdl", "--path", "/films"]);
    let (out, _) = folder.exits(0, &["inspect", "library.csdl", "--url", "books('a')/loans"]);
    assert!(out.contains("navigation property library.book/loans"), "{out}");
    let (_, error) = folder.exits(1, &["inspect", "library.csdl", "--url", "books('a')/films"]);
    assert!(error.contains("  books('a')/films\n             ^^^^^"), "{error}");
}

/// A service that answers requests one after the other, and what it was asked.
fn serve(answers: Vec<String>) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}/service", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut text = String::new();
            for line in BufReader::new(stream.try_clone().unwrap()).lines() {
                let line = line.unwrap();
                if line.is_empty() {
                    break;
                }
                text.push_str(&line.to_ascii_lowercase());
                text.push('\n');
            }
            asked.push(text);
            stream.write_all(answer.as_bytes()).unwrap();
        }
        asked
    });
    (root, asked)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    )
}

#[test]
fn fetch_saves_metadata_and_asks_for_it_only_if_it_changed() {
    let folder = Folder::new();
    let (root, asked) = serve(vec![
        answer("200 OK", "ETag: \"one\"\r\n", SCHEMA),
        answer("304 Not Modified", "", ""),
        answer("200 OK", "", "<html><body>Sign in</body></html>"),
        answer("401 Unauthorized", "", ""),
    ]);
    folder.exits(0, &["fetch", &root, "--out", "m.csdl", "--header", "Authorization: Bearer t"]);
    assert_eq!(fs::read_to_string(folder.path("m.csdl")).unwrap(), SCHEMA);
    let (_, stderr) = folder.exits(0, &["fetch", &root, "--out", "m.csdl"]);
    assert!(stderr.contains("up to date"), "{stderr}");
    let (_, stderr) = folder.exits(1, &["fetch", &root, "--out", "m.csdl"]);
    assert!(stderr.contains("error[root]"), "{stderr}");
    let (_, stderr) = folder.exits(1, &["fetch", &root, "--out", "m.csdl"]);
    assert!(stderr.contains("401"), "{stderr}");
    assert_eq!(fs::read_to_string(folder.path("m.csdl")).unwrap(), SCHEMA);
    let asked = asked.join().unwrap();
    assert!(asked[0].starts_with("get /service/$metadata "), "{}", asked[0]);
    assert!(asked[0].contains("authorization: bearer t"), "{}", asked[0]);
    assert!(asked[1].contains("if-none-match: \"one\""), "{}", asked[1]);
}

#[test]
fn fetch_refuses_what_is_too_large() {
    let folder = Folder::new();
    let (root, _asked) = serve(vec![answer("200 OK", "", &"x".repeat(2 * 1024 * 1024))]);
    let (_, stderr) = folder.exits(1, &["fetch", &root, "--out", "m.csdl", "--limit", "1"]);
    assert!(stderr.contains("more than 1 MiB"), "{stderr}");
    assert!(!folder.path("m.csdl").exists());
}

#[test]
fn usage_errors_exit_with_two_and_help_with_zero() {
    let folder = Folder::new();
    folder.exits(2, &[]);
    folder.exits(2, &["generate"]);
    folder.exits(2, &["generate", "--schema", "library.csdl"]);
    folder.exits(2, &["generate", "--schema", "library.csdl", "--out", "x", "--keys", "odd"]);
    folder.exits(0, &["--help"]);
    let (script, _) = folder.exits(0, &["completions", "bash"]);
    assert!(script.contains("schemacrate"), "{script}");
}

/// The same bytes, however many threads render the files.
#[test]
fn the_number_of_threads_changes_nothing() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/everything.csdl");
    let with = |threads: &str, out: &str, folder: &Folder| {
        let output = Command::new(env!("CARGO_BIN_EXE_schemacrate"))
            .args(["generate", "--quiet", "--crate-name", "x", "--out", out, "--schema"])
            .arg(&schema)
            .current_dir(folder.0.path())
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(output.status.success());
    };
    let folder = Folder::new();
    with("1", "one", &folder);
    with("8", "eight", &folder);
    let mut compared = 0;
    for file in [
        "Cargo.toml",
        "src/lib.rs",
        "src/client.rs",
        "src/org/example/mod.rs",
        "src/org/example/media_types.rs",
    ] {
        let read = |out: &str| fs::read(folder.path(out).join(file)).unwrap();
        assert_eq!(read("one"), read("eight"), "{file}");
        compared += 1;
    }
    assert_eq!(compared, 5);
}

#[test]
fn the_gate_decides_the_exit_code_of_diff() {
    let folder = Folder::new();
    folder.write(
        "new.csdl",
        &SCHEMA.replace(
            "<Property Name=\"id\" Type=\"Edm.String\"",
            "<Property Name=\"id\" Type=\"Edm.Guid\"",
        ),
    );
    let sides = ["diff", "library.csdl", "new.csdl"];
    let with = |more: &[&'static str]| [&sides[..], more].concat();
    folder.exits(0, &["diff", "library.csdl", "library.csdl"]);
    let (report, stderr) = folder.exits(1, &sides);
    assert!(report.contains("error[property-type-changed] library.book/id"), "{report}");
    assert!(report.contains("--> new.csdl:6:25"), "{report}");
    assert!(stderr.contains("[[diff.allow]]"), "{stderr}");
    for gate in ["wire", "rust"] {
        folder.exits(1, &with(&["--fail-on", gate]));
    }
    folder.exits(0, &with(&["--fail-on", "none"]));
    let (_, stderr) = folder.exits(2, &["diff", "library.csdl", "nowhere.csdl"]);
    assert!(stderr.contains("nowhere.csdl"), "{stderr}");
    folder.write("broken.csdl", "<html/>");
    folder.exits(2, &["diff", "library.csdl", "broken.csdl"]);
    folder.exits(2, &["diff", "library.csdl"]);
    folder.exits(2, &with(&["--format", "yaml"]));
    folder.exits(2, &with(&["--report", "json"]));
    let (_, stderr) = folder.exits(2, &with(&["--include", "/nothing"]));
    assert!(stderr.contains("`/nothing`"), "{stderr}");
}

#[test]
fn diff_writes_reports_and_counts_what_is_outside() {
    let folder = Folder::new();
    folder.write("new.csdl", &SCHEMA.replace("Name=\"loans\"", "Name=\"lendings\""));
    let (_, _) = folder.exits(
        1,
        &[
            "diff",
            "library.csdl",
            "new.csdl",
            "--report",
            "json=out.json",
            "--report",
            "markdown=out.md",
        ],
    );
    let json: Value =
        serde_json::from_str(&fs::read_to_string(folder.path("out.json")).unwrap()).unwrap();
    assert_eq!(json["changes"][0]["target"], "library.book/loans");
    let comment = fs::read_to_string(folder.path("out.md")).unwrap();
    assert!(comment.starts_with("<!-- schemacrate-diff v1 new.csdl -->\n"), "{comment}");
    let (report, _) =
        folder.exits(0, &["diff", "library.csdl", "new.csdl", "--include", "library.loan"]);
    assert!(report.contains("1 outside the slice"), "{report}");
}

#[test]
fn diff_accepts_what_the_configuration_accepts() {
    let folder = Folder::new();
    folder.write("new.csdl", &SCHEMA.replace("Name=\"loans\"", "Name=\"lendings\""));
    let configuration = |id: &str, until: &str| {
        format!(
            "[source]\nfiles = []\n\n[crate]\nname = \"c\"\ndirectory = \"c\"\n\n[[diff.allow]]\nid = \"{id}\"\ntarget = \"library.book/loans\"\nuntil = {until}\nreason = \"agreed\"\n"
        )
    };
    let arguments = [
        "diff",
        "library.csdl",
        "new.csdl",
        "--config",
        "schemacrate.toml",
        "--today",
        "2026-11-24",
    ];
    folder.write("schemacrate.toml", &configuration("navigation-renamed", "2026-11-24"));
    let (report, _) = folder.exits(0, &arguments);
    assert!(report.contains("accepted: agreed"), "{report}");
    folder.write("schemacrate.toml", &configuration("navigation-renamed", "2026-11-23"));
    let (report, _) = folder.exits(1, &arguments);
    assert!(report.contains("until 2026-11-23 only"), "{report}");
    folder.write("schemacrate.toml", &configuration("navigation-lost", "2026-11-24"));
    let (_, stderr) = folder.exits(2, &arguments);
    assert!(stderr.contains("navigation-lost") && stderr.contains("--list-rules"), "{stderr}");
}

#[test]
fn diff_names_its_rules() {
    let folder = Folder::new();
    let (text, _) = folder.exits(0, &["diff", "--list-rules"]);
    assert!(text.lines().any(|line| line.starts_with("property-removed ")), "{text}");
    let (json, _) = folder.exits(0, &["diff", "--list-rules", "--format", "json"]);
    let rules: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(rules.as_array().unwrap().len(), text.lines().count());
}

#[test]
fn snippet_prints_the_rust_of_a_request() {
    let folder = Folder::new();
    folder.write("loan.json", r#"{"id":"7","note":"x"}"#);
    let schema = ["snippet", "--schema", "library.csdl"];
    let with = |more: &[&'static str]| [&schema[..], more].concat();
    let (printed, _) =
        folder.exits(0, &with(&["GET /books('a b')/loans?$top=3", "--header", "X-A: b"]));
    assert!(printed.contains("use generated::Client;"), "{printed}");
    assert!(printed.contains("pub async fn example(client: &Client)"), "{printed}");
    let call = r#"client.books().id("a b").loans().list().top(3).header("x-a", "b").await?"#;
    let on_one_line: String = printed.split_whitespace().collect();
    assert!(on_one_line.contains(&call.split_whitespace().collect::<String>()), "{printed}");

    let full =
        with(&["POST /books/a/loans", "--body", "loan.json", "--full", "--crate-name", "library"]);
    let (printed, _) = folder.exits(0, &full);
    for part in [
        "#[tokio::main]",
        "use library::",
        "// `library.loan` does not declare `note`.",
        r#".additional("note", "x");"#,
        "println!(\"{answer:#?}\");",
    ] {
        assert!(printed.contains(part), "{printed}");
    }

    for (more, expected) in [
        (&["/books"][..], "`/books` is not a request; write a method and a URL"),
        (&["GET /books", "--header", "x"][..], "`x` is not a header; write 'Name: value'"),
        (&["GET /books", "--body", "none.json"][..], "cannot read none.json"),
        (&["G(T /books"][..], "`G(T` is not an HTTP method"),
        (
            &["GET https://a.example/books", "--service-root", "https://b.example"][..],
            "https://a.example is not the origin of the service: its root is https://b.example",
        ),
    ] {
        let (_, stderr) = folder.exits(1, &with(more));
        assert!(stderr.contains(expected), "{stderr}");
    }
    folder.exits(2, &["snippet", "GET /books"]);
}

#[test]
fn generate_overwrites_nothing_that_it_did_not_write() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("app/src")).unwrap();
    folder.write("app/Cargo.toml", "[package]\nname = \"my-app\"\n");
    folder.write("app/src/lib.rs", "// my library\n");
    folder.write("app/src/mine.rs", "// mine\n");
    let with = |command: &'static str, more: &[&'static str]| {
        [&[command, "--schema", "library.csdl", "--out", "app"][..], more].concat()
    };
    let (_, stderr) = folder.exits(1, &with("generate", &[]));
    for part in ["error[foreign-file]", "app/Cargo.toml", "app/src/lib.rs", "help:", "--force"] {
        assert!(stderr.contains(part), "{part}\n{stderr}");
    }
    assert!(!stderr.contains("mine.rs"), "{stderr}");
    assert!(!folder.path("app/api.txt").exists());
    let (_, stderr) = folder.exits(1, &with("check", &[]));
    assert!(stderr.contains("app/src/lib.rs was not written by schemacrate"), "{stderr}");
    folder.exits(2, &with("check", &["--force"]));
    let (_, stderr) = folder.exits(0, &with("generate", &["--force"]));
    assert!(stderr.contains("note: app/src/mine.rs was not written by schemacrate"), "{stderr}");
    let (_, stderr) = folder.exits(0, &with("check", &[]));
    assert!(stderr.contains("note: app/src/mine.rs was not written by schemacrate"), "{stderr}");
    assert_eq!(fs::read_to_string(folder.path("app/src/mine.rs")).unwrap(), "// mine\n");
}

#[test]
fn slices_and_reports_replace_no_file_unless_forced() {
    let folder = Folder::new();
    folder.write("new.csdl", &SCHEMA.replace("Name=\"loans\"", "Name=\"lendings\""));
    let slice: &[&str] = &["slice", "library.csdl", "--include", "library.loan", "--out", "out"];
    let diff: &[&str] =
        &["diff", "library.csdl", "new.csdl", "--fail-on", "none", "--report", "json=out"];
    for (command, code) in [(slice, 1), (diff, 2)] {
        folder.write("out", "by hand");
        let (_, stderr) = folder.exits(code, command);
        assert!(stderr.contains("error[foreign-file]") && stderr.contains("--force"), "{stderr}");
        assert_eq!(fs::read_to_string(folder.path("out")).unwrap(), "by hand");
        folder.exits(0, &[command, &["--force"]].concat());
        assert_ne!(fs::read_to_string(folder.path("out")).unwrap(), "by hand");
        // The same again is not a change.
        folder.exits(0, command);
        fs::remove_file(folder.path("out")).unwrap();
        fs::create_dir(folder.path("out")).unwrap();
        let (_, stderr) = folder.exits(code, &[command, &["--force"]].concat());
        assert!(stderr.contains("error[not-a-file]"), "{stderr}");
        fs::remove_dir(folder.path("out")).unwrap();
    }
    #[cfg(unix)]
    {
        folder.write("victim", "precious");
        std::os::unix::fs::symlink("victim", folder.path("out")).unwrap();
        let (_, stderr) = folder.exits(1, &[slice, &["--force"]].concat());
        assert!(stderr.contains("error[not-a-file]"), "{stderr}");
        assert_eq!(fs::read_to_string(folder.path("victim")).unwrap(), "precious");
    }
}

#[test]
fn fetch_updates_what_it_saved_and_nothing_else() {
    let folder = Folder::new();
    let changed = SCHEMA.replace("loans", "lendings");
    let (root, asked) = serve(vec![
        answer("200 OK", "ETag: \"one\"\r\n", SCHEMA),
        answer("200 OK", "ETag: \"two\"\r\n", &changed),
        answer("200 OK", "", SCHEMA),
        answer("200 OK", "ETag: \"two\"\r\n", &changed),
        answer("200 OK", "ETag: \"two\"\r\n", &changed),
    ]);
    let fetch = ["fetch", &root, "--out", "m.csdl"];
    let saved = || fs::read_to_string(folder.path("m.csdl")).unwrap();
    folder.exits(0, &fetch);
    folder.exits(0, &fetch);
    assert_eq!(saved(), changed);
    // An answer without a tag is recorded as well.
    folder.exits(0, &fetch);
    assert_eq!(saved(), SCHEMA);
    let by_hand = SCHEMA.replace("book", "volume");
    folder.write("m.csdl", &by_hand);
    let (_, stderr) = folder.exits(1, &fetch);
    assert!(stderr.contains("error[foreign-file]") && stderr.contains("m.csdl"), "{stderr}");
    assert_eq!(saved(), by_hand);
    folder.exits(0, &[&fetch[..], &["--force"]].concat());
    assert_eq!(saved(), changed);
    let asked = asked.join().unwrap();
    assert!(asked[1].contains("if-none-match: \"one\""), "{}", asked[1]);
    assert!(asked[2].contains("if-none-match: \"two\""), "{}", asked[2]);
    for request in &asked[3..] {
        assert!(!request.contains("if-none-match"), "{request}");
    }
}

#[test]
fn fetch_refuses_a_file_and_a_record_of_someone_else() {
    for (file, text) in
        [("m.csdl", SCHEMA.replace("book", "volume")), ("m.csdl.etag", "mine".to_owned())]
    {
        let folder = Folder::new();
        let (root, _asked) = serve(vec![answer("200 OK", "ETag: \"one\"\r\n", SCHEMA)]);
        folder.write(file, &text);
        let (_, stderr) = folder.exits(1, &["fetch", &root, "--out", "m.csdl"]);
        assert!(stderr.contains("error[foreign-file]") && stderr.contains(file), "{stderr}");
        assert_eq!(fs::read_to_string(folder.path(file)).unwrap(), text);
        assert!(!folder.path(if file == "m.csdl" { "m.csdl.etag" } else { "m.csdl" }).exists());
    }
}

#[test]
fn snippet_reports_what_only_the_slice_of_a_configuration_lacks() {
    let folder = Folder::new();
    let configuration = "[source]\nfiles = [\"library.csdl\"]\n\n[slice]\ninclude = [\"/books\"]\n\n\
                         [crate]\nname = \"library\"\ndirectory = \"library\"\n";
    folder.write("schemacrate.toml", configuration);
    for (request, expected) in [
        (
            "GET /books('a')/loans",
            "// The slice leaves `loans` out; include it with `/books/{key}/loans`.",
        ),
        ("GET /books('a')/pens", "// The schema has no `pens` here."),
    ] {
        let (printed, _) = folder.exits(0, &["snippet", "--config", "schemacrate.toml", request]);
        assert!(printed.contains(expected), "{printed}");
    }
}

/// A document with a member, and the configuration of a crate, whose type is in another document.
fn unresolved() -> Folder {
    let folder = Folder::new();
    let shelf = "<Property Name=\"shelf\" Type=\"rooms.shelf\"/><NavigationProperty Name=\"loans\"";
    let text = SCHEMA.replacen("<NavigationProperty Name=\"loans\"", shelf, 1);
    folder.write("library.csdl", &text);
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"library.csdl\"]\nunresolved = \"untyped\"\n[crate]\nname = \"library\"\ndirectory = \"one\"\n",
    );
    folder
}

#[test]
fn every_command_can_read_what_is_not_declared_as_any_json() {
    let folder = unresolved();
    for arguments in [
        &["validate", "library.csdl"][..],
        &["generate", "--schema", "library.csdl", "--out", "client"],
        &["slice", "library.csdl", "--include", "/books/**"],
        &["inspect", "library.csdl"],
        &["snippet", "GET /books", "--schema", "library.csdl"],
        &["generate", "--config", "schemacrate.toml", "--unresolved", "error"],
    ] {
        let (_, stderr) = folder.exits(1, arguments);
        assert!(stderr.contains("--unresolved untyped"), "{arguments:?} {stderr}");
    }
    folder.exits(2, &["diff", "library.csdl", "library.csdl"]);
    let untyped = ["--unresolved", "untyped"];
    let with = |arguments: &[&'static str]| [arguments, &untyped].concat();
    for arguments in [
        &["validate", "library.csdl"][..],
        &["generate", "--schema", "library.csdl", "--out", "client"],
        &["slice", "library.csdl", "--include", "/books/**"],
    ] {
        let (_, stderr) = folder.exits(0, &with(arguments));
        let warns =
            stderr.contains("warning[unresolved-type]") && stderr.contains("it is any JSON");
        assert!(warns, "{arguments:?} {stderr}");
    }
    folder.exits(0, &with(&["inspect", "library.csdl"]));
    folder.exits(0, &with(&["diff", "library.csdl", "library.csdl"]));
    folder.exits(0, &with(&["check", "--schema", "library.csdl", "--out", "client"]));
    let snippet = ["snippet", "GET /books?$select=shelf", "--schema", "library.csdl"];
    let (code, _) = folder.exits(0, &with(&snippet));
    assert!(code.contains(".select(Book::SHELF)"), "{code}");
    folder.exits(0, &["generate", "--config", "schemacrate.toml"]);
    let (sliced, _) =
        folder.exits(0, &with(&["slice", "library.csdl", "--include", "/books/**", "--quiet"]));
    assert!(sliced.contains("Name=\"shelf\" Type=\"Edm.Untyped\""), "{sliced}");
}
