//! Generated crates as cargo sees them: where their runtime is, and whether they build.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Builder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SCHEMA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="things" EntityType="shop.thing"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A crate made by a configuration with these lines.
fn generated(lines: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let schema = folder.path().join("schema");
    fs::create_dir(&schema).unwrap();
    fs::write(schema.join("shop.csdl"), SCHEMA).unwrap();
    // The folder of the runtime by another way, which is relative.
    copy(&repository().join("runtime/src"), &folder.path().join("libraries/runtime/src"));
    let manifest = Builder::new(folder.path().join("other")).schema(schema.join("shop.csdl"));
    let manifest = manifest.run().unwrap().generated.runtime;
    let manifest = manifest.get("schemacrate-runtime/Cargo.toml").unwrap();
    fs::write(folder.path().join("libraries/runtime/Cargo.toml"), manifest).unwrap();
    let configuration = schema.join("schemacrate.toml");
    let head = "[source]\nfiles = [\"shop.csdl\"]\n[crate]\nname = \"shop\"\ndirectory = \"../deep/client\"\n";
    fs::write(&configuration, format!("{head}{lines}")).unwrap();
    Builder::from_config(&configuration)
        .run()
        .unwrap_or_else(|error| panic!("{error}"))
        .write()
        .unwrap();
    let client = folder.path().join("deep/client");
    fs::copy(repository().join("Cargo.lock"), client.join("Cargo.lock")).unwrap();
    (folder, client)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}

fn cargo(client: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(client)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifest"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The dependency on the runtime that cargo sees, and where its package is.
fn runtime_of(client: &Path) -> (Value, PathBuf) {
    // What other platforms need was perhaps never downloaded.
    let rustc = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let rustc = String::from_utf8(rustc).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--filter-platform", host];
    let metadata: Value = serde_json::from_slice(&cargo(client, &arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let named = |name: &str| packages.iter().find(|one| one["name"] == name).unwrap();
    let dependencies = named("shop")["dependencies"].as_array().unwrap();
    let dependency = dependencies.iter().find(|one| one["name"] == "schemacrate-runtime").unwrap();
    let runtime = named("schemacrate-runtime");
    assert_eq!(runtime["source"], Value::Null, "it comes from no registry");
    let manifest = Path::new(runtime["manifest_path"].as_str().unwrap());
    (dependency.clone(), manifest.parent().unwrap().canonicalize().unwrap())
}

#[test]
fn cargo_finds_the_runtime_wherever_it_is_configured_to_be() {
    let own = "deep/client/schemacrate-runtime";
    for (lines, at) in [
        ("", own),
        ("[manifest.dependencies]\nschemacrate-runtime = { features = [\"blocking\"] }\n", own),
        (
            "[manifest.dependencies]\nschemacrate-runtime = { version = \"0.1\", features = [\"blocking\"] }\n",
            own,
        ),
        ("[runtime]\npath = \"../libraries/runtime\"\n", "libraries/runtime"),
        (
            "[runtime]\npath = \"../libraries/runtime\"\n[manifest.dependencies]\nschemacrate-runtime = { features = [\"blocking\"] }\n",
            "libraries/runtime",
        ),
        (
            "[manifest.dependencies]\nschemacrate-runtime = { path = \"../../libraries/runtime\", features = [\"blocking\"] }\n",
            "libraries/runtime",
        ),
    ] {
        let (folder, client) = generated(lines);
        let (dependency, found) = runtime_of(&client);
        assert_eq!(found, folder.path().canonicalize().unwrap().join(at), "{lines}");
        let features = dependency["features"].as_array().unwrap();
        assert_eq!(
            features.iter().any(|one| one == "blocking"),
            lines.contains("blocking"),
            "{lines}"
        );
        assert_eq!(client.join("schemacrate-runtime").exists(), at == own, "{lines}");
    }
}

#[test]
fn a_crate_that_carries_its_runtime_builds() {
    // Without a transport there is less to compile.
    let (_folder, client) =
        generated("[manifest.dependencies]\nschemacrate-runtime = { default-features = false }\n");
    cargo(&client, &["check", "--quiet"]);
}

#[test]
fn a_runtime_that_is_not_there_is_an_error_with_its_place() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("shop.csdl"), SCHEMA).unwrap();
    fs::create_dir(folder.path().join("runtime")).unwrap();
    let configuration = folder.path().join("schemacrate.toml");
    let text = "[source]\nfiles = [\"shop.csdl\"]\n[crate]\nname = \"shop\"\ndirectory = \"client\"\n[runtime]\npath = \"runtime\"\n";
    fs::write(&configuration, text).unwrap();
    let shown = |builder: Builder| builder.run().unwrap_err().to_string();
    let error = shown(Builder::from_config(&configuration));
    for part in ["error[runtime-missing]", "schemacrate.toml:7:8", "runtime", "help:"] {
        assert!(error.contains(part), "{part}\n{error}");
    }
    // Some other package there is not it.
    fs::write(folder.path().join("runtime/Cargo.toml"), "[package]\nname = \"other\"\n").unwrap();
    assert!(shown(Builder::from_config(&configuration)).contains("error[runtime-missing]"));
    let named = Builder::from_config(&configuration).runtime_path(folder.path().join("nowhere"));
    assert!(shown(named).contains("nowhere is not the folder of schemacrate-runtime"));
    assert!(!folder.path().join("client").exists());
}

/// A path that is relative is written relative to the crate, and an absolute one as it is.
#[test]
fn the_path_of_the_runtime_is_written_as_it_was_configured() {
    let folder = TempDir::new().unwrap();
    let schema = folder.path().join("shop.csdl");
    fs::write(&schema, SCHEMA).unwrap();
    let manifest = |path: &Path| {
        let builder = Builder::new(folder.path().join("a/b")).schema(&schema).runtime_path(path);
        let tree = builder.run().unwrap_or_else(|error| panic!("{error}")).generated.tree;
        let manifest: toml::Table = tree.get("Cargo.toml").unwrap().parse().unwrap();
        manifest["dependencies"]["schemacrate-runtime"]["path"].as_str().unwrap().to_owned()
    };
    let absolute = repository().join("runtime");
    assert_eq!(Path::new(&manifest(&absolute)), absolute);
    // Tests run in the folder of the package.
    let relative = manifest(Path::new("../runtime"));
    assert!(!Path::new(&relative).is_absolute(), "{relative}");
    fs::create_dir_all(folder.path().join("a/b")).unwrap();
    let reached = folder.path().canonicalize().unwrap().join("a/b").join(relative);
    assert_eq!(reached.canonicalize().unwrap(), absolute);
}
