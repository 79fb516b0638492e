//! What is made of OpenAPI documents: the options of a crate, and whether it is as it was made.

use super::Folder;
use schemacrate::Builder;
use std::collections::BTreeMap;
use std::fs;

const API: &str = r##"openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        home: {$ref: "parts/place.yaml#/Place"}
"##;

const PLACE: &str = "Place: {type: object, properties: {town: {type: string}}}\n";

/// A folder with a description in two files.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("api.yaml", API);
    fs::create_dir(folder.path("parts")).unwrap();
    folder.write("parts/place.yaml", PLACE);
    folder
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn check_compares_a_crate_of_types_with_all_files_of_its_description() {
    let folder = folder();
    let with = |command: &'static str| [command, "--schema", "api.yaml", "--out", "pets"];
    folder.exits(1, &with("check"));
    folder.exits(0, &with("generate"));
    let (out, _) = folder.exits(0, &with("check"));
    assert_eq!(out, "");
    // A file to which the description refers belongs to it.
    folder.write("parts/place.yaml", &PLACE.replace("town", "city"));
    let (out, stderr) = folder.exits(1, &with("check"));
    assert!(out.contains("-    pub town: ") && out.contains("+    pub city: "), "{out}");
    assert!(stderr.contains("schemacrate generate"), "{stderr}");
    folder.exits(0, &with("generate"));
    folder.exits(0, &with("check"));
    folder.write("pets/api.txt", "mine\n");
    let (_, stderr) = folder.exits(1, &with("check"));
    assert!(stderr.contains("pets/api.txt was not written by schemacrate"), "{stderr}");
}

#[test]
fn a_crate_of_types_lists_its_items_and_has_features() {
    let folder = folder();
    folder.exits(0, &["generate", "--schema", "api.yaml", "--out", "pets"]);
    let api = read(&folder, "pets/api.txt");
    for line in [
        "pub static registry::REGISTRY: runtime::registry::Schemas",
        "pub struct types::Pet: json_structured",
        "pub types::Pet::name: String",
        "pub fn types::Pet::new(name: impl Into<String>) -> Self",
        "pub fn types::Pet::home(self, value: types::Place) -> Self",
    ] {
        assert!(api.lines().any(|one| one == line), "{line}\n{api}");
    }
    let manifest =
        |folder: &Folder| -> toml::Table { read(folder, "pets/Cargo.toml").parse().unwrap() };
    let features = |manifest: &toml::Table| -> BTreeMap<String, String> {
        let features = manifest["features"].as_table().unwrap();
        features.iter().map(|(name, all)| (name.clone(), all.to_string())).collect()
    };
    let requests = manifest(&folder);
    assert_eq!(features(&requests)["registry"], "[]");
    assert_eq!(features(&requests)["serde"], "[\"schemacrate-runtime/serde\"]");
    folder.exits(0, &["generate", "--schema", "api.yaml", "--out", "pets", "--models-only"]);
    let types = manifest(&folder);
    let expected = [
        ("default", "[\"serde\"]"),
        ("registry", "[]"),
        ("serde", "[\"schemacrate-runtime/serde\"]"),
    ];
    let expected = expected.map(|(name, all)| (name.to_owned(), all.to_owned()));
    assert_eq!(features(&types), BTreeMap::from(expected));
    let runtime = &types["dependencies"]["schemacrate-runtime"];
    assert_eq!(runtime["default-features"].as_bool(), Some(false));
    assert!(runtime.get("features").is_none(), "{runtime}");
}

#[test]
fn models_only_makes_values_by_new_and_has_no_setters() {
    let folder = folder();
    let flag = ["generate", "--schema", "api.yaml", "--out", "pets", "--models-only"];
    folder.exits(0, &flag);
    let api = read(&folder, "pets/api.txt");
    assert!(api.contains("pub fn types::Pet::new("), "{api}");
    assert!(!api.contains("pub fn types::Pet::home("), "{api}");
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"api.yaml\"]\n[crate]\nname = \"pets\"\ndirectory = \"pets\"\nmodels_only = true\n",
    );
    folder.exits(0, &["check", "--config", "schemacrate.toml"]);
}

/// The record of what a crate was made from has these names, and must be the same on every machine.
#[test]
fn inputs_are_named_relative_to_the_configuration() {
    let folder = folder();
    fs::create_dir_all(folder.path("schema/parts")).unwrap();
    folder.write("schema/api.yaml", API);
    folder.write(
        "schema/parts/place.yaml",
        &PLACE.replace("{type: string}", "{$ref: '../../town.yaml#/Town'}"),
    );
    folder.write("town.yaml", "Town: {type: string}\n");
    folder.write(
        "schema/title.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.info, update: {title: B}}\n",
    );
    folder.write(
        "schema/schemacrate.toml",
        "[source]\nfiles = [\"api.yaml\"]\noverlays = [\"title.yaml\"]\n[crate]\nname = \"pets\"\ndirectory = \"../pets\"\n",
    );
    let build = Builder::from_config(folder.path("schema/schemacrate.toml")).run().unwrap();
    let names: Vec<&str> = build.inputs.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        ["schemacrate.toml", "api.yaml", "title.yaml", "parts/place.yaml", "../town.yaml"]
    );
}
