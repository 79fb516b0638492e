//! Which types are generated of a part of an API.

use schemacrate::config::Config;
use schemacrate::internals::crate_plan::Item;
use schemacrate::{Generated, Session};

const API: &str = r##"
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pets:
    get:
      operationId: pets/list
      tags: [pets]
      parameters: [{name: sort, in: query, schema: {$ref: "#/components/schemas/Sort"}}]
      responses:
        "200":
          description: D
          headers: {X-Page: {schema: {$ref: "#/components/schemas/PageHeader"}}}
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    post:
      operationId: pets/create
      tags: [pets, writing]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}}
      responses: {"204": {description: D}}
      callbacks:
        created: {"{$request.body#/url}": {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Created"}}}}, responses: {"200": {description: D}}}}}
  /pets/{id}/owner: {$ref: "#/components/pathItems/Owned"}
  /shops/{id}/owner: {$ref: "#/components/pathItems/Owned"}
  /all:
    get:
      responses: {"200": {description: D, content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}}}
webhooks:
  sold: {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Sold"}}}}, responses: {"200": {description: D}}}}
components:
  pathItems:
    Owned:
      get: {operationId: owner/get, tags: [owners], responses: {"200": {description: D, content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}}}
      delete: {operationId: owner/delete, responses: {"200": {description: D, content: {application/json: {schema: {$ref: "#/components/schemas/Gone"}}}}}}
  schemas:
    Sort: {enum: [name, age]}
    PageHeader: {type: object, properties: {next: {type: integer}}}
    Pet: {type: object, properties: {name: {type: string}, tag: {$ref: "#/components/schemas/Tag"}, owner: {$ref: "#/components/schemas/Owner"}}}
    Tag: {type: object, properties: {text: {type: string}}}
    NewPet: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {name: {type: string}}}]}
    Base: {type: object, properties: {since: {type: string}}}
    Created: {type: object, properties: {id: {type: string}}}
    Owner: {type: object, properties: {name: {type: string}}}
    Gone: {type: object, properties: {at: {type: string}}}
    Sold: {type: object, properties: {to: {type: string}}}
    Animal: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {lives: {type: integer}}}]}
    Unused: {type: object, properties: {a: {type: string}}}
"##;

fn generated(include: &[&str], exclude: &[&str]) -> Result<Generated, String> {
    let mut session = Session::new();
    session.add("api.yaml", API.as_bytes()).unwrap();
    let text = format!(
        "[source]\nfiles = []\n[slice]\ninclude = {include:?}\nexclude = {exclude:?}\n[crate]\nname = \"a\"\ndirectory = \".\"\n"
    );
    let config: Config = session.configure("schemacrate.toml", text.as_bytes()).unwrap();
    session.generate(&config).map_err(|error| error.to_string())
}

/// The names of the types of a part.
fn types(include: &[&str], exclude: &[&str]) -> String {
    let generated = generated(include, exclude).unwrap_or_else(|error| panic!("{error}"));
    let module = &generated.plan.modules["types"];
    let mut names: Vec<&str> =
        module.files.values().flat_map(|file| &file.items).map(Item::name).collect();
    names.sort_unstable();
    names.join(" ")
}

#[test]
fn a_part_has_what_its_operations_need() {
    assert_eq!(types(&["operation:pets/list"], &[]), "Owner PageHeader Pet Sort Tag");
    assert_eq!(types(&["GET /pets"], &[]), "Owner PageHeader Pet Sort Tag");
    // A component that is only merged into another one is a type, as it is in the whole API; the request that
    // the service sends afterwards belongs to the operation.
    assert_eq!(types(&["tag:writing"], &[]), "Base Created NewPet");
    assert_eq!(types(&["pets/*"], &[]), "Base Created NewPet Owner PageHeader Pet Sort Tag");
    assert_eq!(types(&["/all"], &[]), "Animal AnyAnimal Cat");
    assert_eq!(types(&["webhook:sold"], &[]), "Sold");
    assert_eq!(types(&["component:Gone", "Tag"], &[]), "Gone Tag");
}

#[test]
fn paths_that_share_their_operations_are_included_alone() {
    let generated = generated(&["/pets/{pet}/owner"], &[]).unwrap();
    let model = &generated.schema.openapi().unwrap().api.model;
    let paths: Vec<&str> = model.paths.iter().map(|one| one.template.text.as_str()).collect();
    assert_eq!(paths, ["/pets/{id}/owner"]);
    assert_eq!(model.items[model.paths[0].item].operations.len(), 2);
    assert_eq!(types(&["GET /**/owner"], &[]), "Owner");
    assert_eq!(types(&["/**/owner"], &["operation:owner/get"]), "Gone");
}

#[test]
fn what_is_excluded_is_left_out_of_what_is_included() {
    let all = types(&[], &[]);
    assert_eq!(types(&["/**", "*", "webhook:*"], &[]), all);
    let without = types(&[], &["component:Owner"]);
    assert_eq!(without, all.replace("Owner ", ""));
    let generated = generated(&["operation:pets/list"], &["component:Owner"]).unwrap();
    let pet = generated.tree.get("src/types/pet_types.rs").unwrap();
    assert!(pet.contains("pub owner: Option<model::Untyped>"), "{pet}");
    assert_eq!(types(&["tag:pets"], &["tag:writing"]), "Owner PageHeader Pet Sort Tag");
}

#[test]
fn what_matches_nothing_is_an_error_at_its_place() {
    let error = generated(&["/nowhere", "tag:", "/pets"], &[]).unwrap_err();
    assert!(error.contains("error[bad-path]: `tag:` names nothing"), "{error}");
    assert!(error.contains("schemacrate.toml:4:24"), "{error}");
    let error = generated(&["/pets", "/nowhere", "POST /all"], &[]).unwrap_err();
    assert!(
        error.contains("error[unmatched-path]: nothing in the API matches `/nowhere`"),
        "{error}"
    );
    assert!(error.contains("matches `POST /all`"), "{error}");
}
