//! The examples in the documentation of generated crates, against the compiler: of all goldens, and of a
//! part of Graph.
//!
//! Generated crates do not test them with `cargo test`. The crate that has them all is below `target/`,
//! which keeps what it has built of the runtime.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Builder;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use test_support::{golden_folders, shared};

/// A generated crate.
struct Generated {
    name: String,
    folder: PathBuf,
}

impl Generated {
    fn golden(folder: PathBuf) -> Self {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        Self { name: manifest["package"]["name"].as_str().unwrap().to_owned(), folder }
    }

    /// A crate of a part of Graph.
    fn of_graph(schema: &Path, folder: PathBuf) -> Self {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let config = format!(
            r#"
            [source]
            files = [{schema:?}]
            [crate]
            name = "graph-part"
            directory = "."
            [service]
            root = "https://graph.microsoft.com/v1.0"
            keys = "segment"
            [slice]
            include = ["/me/messages/{{id}}/attachments/{{id}}", "/me/events/{{id}}", "/groups/{{id}}/members", "/me/sendMail"]
            [runtime]
            path = {runtime:?}
            [manifest.dependencies.schemacrate-runtime]
            default-features = false
            "#
        );
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("schemacrate.toml"), config).unwrap();
        let build = Builder::from_config(folder.join("schemacrate.toml")).run();
        build.unwrap_or_else(|error| panic!("{error}")).write().unwrap();
        Self { name: "graph-part".to_owned(), folder }
    }

    /// The examples, each with the file that it is in.
    fn examples(&self) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![self.folder.join("src")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let examples = examples(&text);
            let is_root = path.ends_with("src/lib.rs") && text.contains("pub use client::*;");
            let groups = text.matches("schemacrate_runtime::group!(").count();
            let expected = text.matches("_path!(").count() + groups + usize::from(is_root);
            assert_eq!(
                examples.len(),
                expected,
                "one for each path and group of {}",
                path.display()
            );
            found.extend(examples.into_iter().map(|one| (path.clone(), one)));
        }
        found.sort();
        found
    }
}

/// The blocks of code in the documentation of a file.
fn examples(text: &str) -> Vec<String> {
    let documentation = text.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))
    });
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in documentation {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line, open.take()) {
            ("```ignore", None) => open = Some(String::new()),
            ("```", Some(example)) => found.push(example),
            (line, Some(example)) => open = Some(example + line + "\n"),
            (line, None) => assert!(!line.starts_with("```"), "another block of code: {line}"),
        }
    }
    assert!(open.is_none(), "a block without an end");
    found
}

#[test]
fn examples_compile() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    fs::create_dir_all(folder.join("src")).unwrap();
    let mut crates: Vec<Generated> = golden_folders().into_iter().map(Generated::golden).collect();
    let graph = shared("graph/v1.0.csdl");
    crates.extend(graph.map(|schema| Generated::of_graph(&schema, folder.join("graph-part"))));
    let mut code = "#![allow(unused_variables, dead_code, deprecated)]\n".to_owned();
    let mut manifest =
        "[package]\nname = \"examples\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
        [workspace]\nmembers = [\".\"]\nexclude = [\"graph-part\"]\n\n[dependencies]\n"
            .to_owned();
    for one in &crates {
        writeln!(manifest, "{} = {{ path = {:?} }}", one.name, one.folder).unwrap();
        let module = one.name.replace('-', "_");
        writeln!(code, "mod of_{module} {{").unwrap();
        for (at, (path, example)) in one.examples().iter().enumerate() {
            let path = path.strip_prefix(&one.folder).unwrap().display();
            writeln!(
                code,
                "    // {path}\n    pub async fn example_{at}(client: &::{module}::Client) \
                -> Result<(), Box<dyn std::error::Error>> {{\n{example}\n        Ok(())\n    }}"
            )
            .unwrap();
        }
        code.push_str("}\n");
    }
    fs::write(folder.join("src/lib.rs"), code).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--color=never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<&str> = said.split("\n\n").filter(|part| part.contains("error")).collect();
    assert!(output.status.success(), "{}", errors.join("\n\n"));
}
