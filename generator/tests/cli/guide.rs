//! What the guide for OpenAPI and the README show: the commands run, and the Rust is that of the example, which is
//! compiled and tested.

use super::Folder;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let begin = format!("```{language}\n");
    let blocks = text.split(&begin).skip(1);
    blocks.map(|rest| rest.split("\n```").next().unwrap_or_default()).collect()
}

/// A text without what only formatting differs in.
fn words(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

/// A command as words; what is in quotes is one.
fn arguments(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    let arguments = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    arguments.collect()
}

/// The text of the README about OpenAPI.
fn of_readme() -> String {
    let readme = read("README.md");
    let section = readme.split("\n## OpenAPI\n").nth(1).unwrap_or_default();
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

#[test]
fn the_rust_of_the_guide_is_that_of_the_example() {
    let compiled = words(&[read("examples/issues.rs"), read("tests/issues.rs")].concat());
    let texts = [read("docs/openapi.md"), of_readme()];
    let blocks: Vec<&str> = texts.iter().flat_map(|text| blocks(text, "rust")).collect();
    assert!(blocks.len() >= 7, "{}", blocks.len());
    for block in blocks {
        assert!(compiled.contains(&words(block)), "no such lines are compiled:\n{block}");
    }
}

#[test]
fn the_commands_of_the_guide_run_and_print_what_it_shows() {
    let folder = Folder::new();
    folder.write("api.yaml", &read("generator/tests/goldens/issues/api.yaml"));
    folder.write("close.json", "{\"state\":\"closed\"}");
    let texts = [read("docs/openapi.md"), of_readme()];
    let mut count = 0;
    for block in texts.iter().flat_map(|text| blocks(text, "console")) {
        for command in block.split("$ ").filter(|command| !command.trim().is_empty()) {
            let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
            let arguments = arguments(line);
            if arguments[0] != "schemacrate" {
                continue;
            }
            let arguments: Vec<&str> = arguments[1..].iter().map(String::as_str).collect();
            let (out, _) = folder.exits(0, &arguments);
            for line in shown.lines().filter(|line| !line.trim().is_empty()) {
                assert!(out.lines().any(|one| one == line), "{command}\n{out}");
            }
            count += 1;
        }
    }
    assert!(count >= 9, "{count}");
}

#[test]
fn the_configuration_of_the_guide_is_one() {
    let folder = Folder::new();
    folder.write("api.yaml", &read("generator/tests/goldens/issues/api.yaml"));
    let guide = read("docs/openapi.md");
    let blocks = blocks(&guide, "toml");
    let config = blocks.iter().find(|block| block.contains("[source]")).unwrap();
    folder.write("schemacrate.toml", config);
    folder.exits(0, &["generate", "--config", "schemacrate.toml"]);
    folder.exits(0, &["check", "--config", "schemacrate.toml"]);
    let api = fs::read_to_string(folder.path("github/api.txt")).unwrap();
    assert!(api.contains("pub fn issues::Issues::list(&self"), "{api}");
}
