//! Parts of OpenAPI documents, and what is found in them.

use super::Folder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const API: &str = r##"openapi: 3.1.0
# A comment.
info: {title: Pets, version: "1.0"}
tags:
  - {name: pets, description: All pets., parent: all}
  - {name: shops}
  - {name: all}
servers: [{url: "https://{region}.example.com/v1", variables: {region: {default: eu, enum: [eu, us]}}}]
paths:
  /pets/{id}:
    parameters:
      - {$ref: "#/components/parameters/Id"}
    get:
      operationId: pets/get
      tags: [pets]
      summary: One pet
      parameters:
        - {name: fields, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {$ref: "#/components/parameters/Language"}
      responses:
        "200":
          description: |
            The pet,
              as it is.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}, examples: {one: {$ref: "#/components/examples/One"}}}}
          links:
            shop: {operationId: shops/get}
            itself: {operationId: pets/get}
        "404": {$ref: "#/components/responses/Problem"}
      security: [{key: []}, {}]
    delete:
      operationId: pets/delete
      responses: {"204": {description: D}}
  /pets:
    post:
      operationId: pets/create
      tags: [pets]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}}
      responses: {"204": {description: D}}
      callbacks:
        created:
          "{$request.body#/url}": {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Created"}}}}, responses: {"200": {description: D}}}}
  /shops/{id}:
    get:
      operationId: shops/get
      tags: [shops]
      parameters: [{$ref: "#/components/parameters/Id"}]
      responses: {"200": {description: D, content: {application/json: {schema: {$ref: "#/components/schemas/Shop"}}}}}
webhooks:
  sold: {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Sold"}}}}, responses: {"200": {description: D}}}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: integer, format: int64}}
    Language: {name: Accept-Language, in: header, schema: {$ref: "parts/common.yaml#/Language"}}
    Unused: {name: unused, in: query, schema: {type: string}}
  examples:
    One: {value: {name: "yes", $ref: "#/nothing"}}
    Two: {value: {name: b}}
  responses:
    Problem: {description: "No: such pet", content: {application/problem+json: {schema: {$ref: "#/components/schemas/Problem"}}}}
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}, tags: {type: array, items: {$ref: "#/components/schemas/Tag"}}, owner: {$ref: "#/components/schemas/Owner"}}
      discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat", owner: Owner}}
    Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {breed: {$ref: "#/components/schemas/Breed"}}}]}
    Breed: {enum: [large, small, "no"]}
    Tag: {type: object, properties: {text: {type: string}}}
    Owner: {type: object, properties: {name: {type: string}}}
    NewPet: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {name: {type: string}}}]}
    Base: {type: object, properties: {since: {type: object, properties: {year: {type: integer}}}}}
    Created: {type: object, properties: {id: {type: string}}}
    Shop: {type: object, properties: {name: {type: string}}}
    Sold: {type: object, properties: {to: {type: string}}}
    Problem: {type: object, properties: {title: {type: string}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
"##;

const COMMON: &str = "Language: {type: string, enum: [de, en]}\nOther: {type: integer}\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("api.yaml", API);
    fs::create_dir(folder.path("parts")).unwrap();
    folder.write("parts/common.yaml", COMMON);
    folder
}

/// The files below a folder with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                    found.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
    }
    found
}

/// The part as a configuration describes it, and the whole of the documents that `slice` writes.
fn both(folder: &Folder, patterns: &[&str], documents: &[&str]) {
    let mut slice = vec!["slice"];
    slice.extend(documents);
    slice.extend(patterns);
    slice.extend(["--out", "part/"]);
    folder.exits(0, &slice);
    let generate = |document: &str, out: &str, patterns: &[&str]| {
        let mut arguments =
            vec!["generate", "--schema", document, "--out", out, "--crate-name", "a"];
        arguments.extend(patterns);
        folder.exits(0, &arguments);
        files(&folder.path(out))
    };
    let document = documents[0];
    let expected = generate(document, "configured", patterns);
    let found = generate(&format!("part/{document}"), "sliced", &[]);
    let names: Vec<&String> = found.keys().collect();
    assert_eq!(names, expected.keys().collect::<Vec<_>>());
    for (name, text) in &expected {
        assert_eq!(found.get(name), Some(text), "{name}");
    }
}

#[test]
fn the_documents_of_a_part_make_the_crate_of_the_part() {
    for patterns in [
        &["--include", "GET /pets/{id}"][..],
        &["--include", "tag:pets", "--exclude", "pets/get"],
        &["--include", "tag:pets", "--exclude", "component:Owner"],
        &["--include", "component:Dog"],
        &["--include", "webhook:sold", "--include", "/shops/**"],
        &["--exclude", "webhook:*"],
        &[],
    ] {
        both(&folder(), patterns, &["api.yaml"]);
    }
}

#[test]
fn a_part_has_what_its_operations_need_and_nothing_else() {
    let folder = folder();
    folder.exits(0, &["slice", "api.yaml", "--include", "GET /pets/{id}", "--out", "part/"]);
    let found = files(&folder.path("part"));
    // A document of which nothing is left out stays as it is.
    assert_eq!(found["parts/common.yaml"], COMMON);
    let text = &found["api.yaml"];
    for kept in [
        "$ref: '#/components/parameters/Id'",
        "Breed:",
        "description: |\n            The pet,\n              as it is.\n",
        "- 'no'",
        "itself:",
        "name: 'yes'\n        $ref: '#/nothing'",
        "securitySchemes:",
        "$ref: parts/common.yaml#/Language",
        "- name: all",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    for left_out in ["delete", "webhooks", "NewPet", "Unused", "Two", "Shop", "shop", "callbacks"] {
        assert!(!text.contains(left_out), "{left_out}\n{text}");
    }
    let (_, whole) = folder.exits(0, &["validate", "api.yaml"]);
    let (_, part) = folder.exits(0, &["validate", "part/api.yaml"]);
    let codes = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("warning"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(codes(&part), codes(&whole));
    let (_, stderr) = folder.exits(1, &["slice", "api.yaml", "--include", "GET /pets/{id}"]);
    assert!(stderr.contains("the part has 2 documents"), "{stderr}");
    let (out, stderr) = folder.exits(0, &["slice", "api.yaml", "--include", "/shops/{id}"]);
    assert!(stderr.contains("kept 1 of 4 operations and 1 of 12 schemas"), "{stderr}");
    assert!(out.starts_with("openapi: '3.1.0'\ninfo:\n  title: Pets\n  version: '1.0'\n"), "{out}");
}

#[test]
fn a_part_has_the_format_of_its_document() {
    let folder = folder();
    let slice = ["slice", "api.yaml", "--include", "/shops/{id}"];
    let (json, _) = folder.exits(0, &[&slice[..], &["--format", "json"]].concat());
    let (yaml, _) = folder.exits(0, &slice);
    folder.write("shops.json", &json);
    let (again, _) = folder.exits(0, &["slice", "shops.json", "--include", "/shops/{id}"]);
    assert_eq!(again, json);
    assert!(json.starts_with("{\n  \"openapi\": \"3.1.0\","), "{json}");
    let (back, _) = folder.exits(0, &["slice", "shops.json", "--format", "yaml"]);
    assert_eq!(back, yaml);
    folder.exits(1, &[&slice[..], &["--format", "xml"]].concat());
    folder.exits(1, &["slice", "library.csdl", "--format", "yaml"]);
    folder.write("own.yaml", "mine");
    folder.exits(1, &[&slice[..], &["--out", "own.yaml"]].concat());
    folder.exits(0, &[&slice[..], &["--out", "own.yaml", "--force"]].concat());
    let (_, stderr) = folder.exits(1, &["slice", "api.yaml", "--include", "/shop"]);
    assert!(stderr.contains("nothing in the API matches `/shop`"), "{stderr}");
}

#[test]
fn what_a_part_refers_to_inside_of_others_stays() {
    let folder = Folder::new();
    folder.write(
        "api.yaml",
        r##"openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get: {operationId: a, parameters: [{$ref: "#/paths/~1b/get/parameters/0"}], responses: {"204": {description: D}}}
  /b:
    get: {operationId: b, parameters: [{name: x, in: query, schema: {type: string}}], responses: {"204": {description: D}}}
    put: {operationId: c, responses: {"204": {description: D}}}
  /d: {$ref: "#/paths/~1b"}
"##,
    );
    let (out, stderr) = folder.exits(0, &["slice", "api.yaml", "--include", "/a"]);
    assert!(stderr.contains("also kept `b`"), "{stderr}");
    assert!(out.contains("/b:") && !out.contains("put:") && !out.contains("/d"), "{out}");
    folder.write("part.yaml", &out);
    folder.exits(0, &["validate", "part.yaml"]);
}

#[test]
fn an_overview_of_an_api_has_its_groups_and_what_is_special() {
    let folder = folder();
    let (out, _) = folder.exits(0, &["inspect", "api.yaml"]);
    for line in [
        "title: Pets\nversion: 1.0\nopenapi: 3.1\n",
        "servers: https://{region}.example.com/v1 (region: eu of eu, us)\n",
        "has: 3 paths, 4 operations, 2 groups, 12 schemas, 1 webhook\n",
        "  pets: 3 operations of `pets`\n  shops: 1 operation of `shops`\n",
        "  key: a key in the header `X-Key`: client.with_key(key)\n",
        "webhooks: sold\n",
        "  answer of application/problem+json: 1\n  operation with callbacks: 1\n  \
         parameter of style pipeDelimited: 1\n",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["groups"]["shops"], "1 operation of `shops`");
    let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--tag", "pets"]);
    assert!(out.contains("POST /pets: client.pets().create(body) -> ()\n"), "{out}");
    let (_, stderr) = folder.exits(1, &["inspect", "api.yaml", "--tag", "pats"]);
    assert!(
        stderr.contains("no group of operations is called `pats`; is `pets` meant?"),
        "{stderr}"
    );
}

#[test]
fn an_operation_is_found_by_its_address_or_its_id() {
    let folder = folder();
    let url = "https://us.example.com/v1/pets/7?fields=a|b&field=c";
    let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--url", url]);
    let expected = "GET /pets/{id}:
  operation: pets/get
  summary: One pet
  calls: client.pets().get(id) -> types::Pet
  parameters:
    id: path, argument id: integer of 64 bits = `7`
    fields: query, optional, .fields(…), style pipeDelimited: list of string = `a|b`
    Accept-Language: header, optional, .accept_language(…): enumeration of \"de\", \"en\"
  undeclared: `field` in the query; is `fields` meant?
  answers:
    200 application/json: Pet
    404 application/problem+json: Problem
  security: `key`, or nothing
  servers: https://{region}.example.com/v1 (region: eu of eu, us)
DELETE /pets/{id}:
";
    assert!(out.starts_with(expected), "{out}");
    let (get, _) = folder.exits(0, &["inspect", "api.yaml", "--url", "get /pets/{id}"]);
    assert!(get.starts_with("GET /pets/{id}:\n") && !get.contains("DELETE"), "{get}");
    let (by_id, _) = folder.exits(0, &["inspect", "api.yaml", "--operation", "pets/get"]);
    assert_eq!(by_id, get);
    let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--operation", "pets/create"]);
    assert!(out.contains("  body:\n    application/json: NewPet\n"), "{out}");
    assert!(out.contains("  callbacks: created\n"), "{out}");
    for (option, slip, expected) in [
        ("--url", "/pest/7", "no path of the API is `/pest/7`; is `/pets/{id}` meant?"),
        ("--url", "PUT /pets/7", "the API has no PUT for `/pets/7`, only DELETE, GET"),
        ("--operation", "pets/gets", "no operation has the id `pets/gets`; is `pets/get` meant?"),
        ("--type", "Pett", "no schema among the components is called `Pett`; is `Pet` meant?"),
        ("--why", "Owners", "no schema and no type is called `Owners`; is `Owner` meant?"),
        ("--path", "/pets", "ask for a path of an API with --url"),
    ] {
        let (_, stderr) = folder.exits(1, &["inspect", "api.yaml", option, slip]);
        assert!(stderr.contains(expected), "{stderr}");
    }
    folder.exits(1, &["inspect", "library.csdl", "--tag", "books"]);
}

#[test]
fn the_reason_for_a_schema_is_the_shortest_way_to_it() {
    let folder = folder();
    let why = |name: &str, expected: &str| {
        let (out, _) = folder.exits(0, &["inspect", "api.yaml", "--why", name]);
        assert_eq!(out, format!("why {name}:\n{expected}"));
    };
    let get = "  GET /pets/{id} (pets/get), answer 200, application/json | Pet\n";
    why("Tag", &format!("{get}  Pet.tags[] | Tag\n"));
    why("Breed", &format!("{get}  Pet (derived) | Dog\n  Dog.breed | Breed\n"));
    why("Created", "  callback `created` of POST /pets (POST), body, application/json | Created\n");
    // An inline schema, by the name of its type.
    why(
        "BaseSince",
        "  POST /pets (pets/create), body, application/json | NewPet\n  NewPet | Base\n  \
         Base.since | BaseSince\n",
    );
    let of_shops = ["inspect", "api.yaml", "--include", "tag:shops", "--include", "Tag", "--why"];
    let (out, _) = folder.exits(0, &[&of_shops[..], &["Shop", "--format", "json"]].concat());
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["why Shop"][0]["reaches"], "Shop");
    let (_, stderr) = folder.exits(1, &[&of_shops[..], &["Pet"]].concat());
    assert!(stderr.contains("error: `Pet` is not part of the slice"), "{stderr}");
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"api.yaml\"]\n[slice]\ninclude = [\"tag:shops\", \"Tag\"]\n[crate]\nname = \
         \"a\"\ndirectory = \"a\"\n",
    );
    let config = ["inspect", "--config", "schemacrate.toml"];
    let (out, _) = folder.exits(0, &[&config[..], &["--why", "Tag"]].concat());
    assert_eq!(out, "why Tag: no request has it; it is there because it is a component\n");
    folder.exits(1, &[&config[..], &["--why", "Pet"]].concat());
    let (out, _) = folder.exits(0, &config);
    assert!(out.contains("has: 1 path, 1 operation, 1 group, 2 schemas"), "{out}");
}

#[test]
fn a_whole_program_is_authorized_and_says_what_it_needs() {
    let folder = folder();
    let (out, stderr) =
        folder.exits(0, &["snippet", "--schema", "api.yaml", "--full", "GET /pets/7"]);
    assert!(out.contains(".with_key(std::env::var(\"KEY\")?);"), "{out}");
    assert!(out.contains("client.pets().get(7).await?"), "{out}");
    assert!(stderr.contains("generated = { path = \"generated\" }\n  tokio = {"), "{stderr}");
}
