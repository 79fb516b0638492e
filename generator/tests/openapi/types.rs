//! Which types a description becomes: their names, who has which methods, and what the configuration changes.

use schemacrate::config::Config;
use schemacrate::internals::crate_plan::api;
use schemacrate::internals::crate_plan::{Item, Struct};
use schemacrate::{Generated, Session};

/// A crate of a document of version 3.1, whose beginning is given.
fn generated(document: &str, settings: &str) -> Result<Generated, String> {
    let mut session = Session::new();
    let document = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{document}");
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text =
        format!("[source]\nfiles = []\n[crate]\nname = \"a\"\ndirectory = \".\"\n{settings}");
    let config: Config = session.configure("schemacrate.toml", text.as_bytes()).unwrap();
    session.generate(&config).map_err(|error| error.to_string())
}

fn with(document: &str) -> Generated {
    generated(document, "").unwrap_or_else(|error| panic!("{error}"))
}

/// The lines of `api.txt` without those of traits, and without the module.
fn lines(generated: &Generated) -> Vec<String> {
    let text = api::text(&generated.plan);
    let own = text.lines().filter_map(|line| line.strip_prefix("pub "));
    own.filter(|line| !line.contains("additional") && !line.starts_with("use "))
        .map(|line| line.replace("types::", "").replace("runtime::", ""))
        .collect()
}

fn items(generated: &Generated) -> Vec<String> {
    let module = &generated.plan.modules["types"];
    let mut names: Vec<String> = module
        .files
        .values()
        .flat_map(|file| &file.items)
        .map(|one| one.name().to_owned())
        .collect();
    names.sort();
    names
}

fn structure<'g>(generated: &'g Generated, name: &str) -> &'g Struct {
    let module = &generated.plan.modules["types"];
    let mut items = module.files.values().flat_map(|file| &file.items);
    items
        .find_map(|item| match item {
            Item::Struct(one) if one.name == name => Some(one),
            _ => None,
        })
        .unwrap()
}

const OPERATIONS: &str = r##"
paths:
  /things/{id}:
    parameters: [{name: kind, in: query, schema: {enum: [a, b]}}]
    get:
      operationId: things/get
      parameters: [{name: order, in: query, schema: {enum: [up, down]}}]
      responses:
        "200":
          description: ok
          headers: {X-State: {schema: {enum: [new, old]}}}
          content:
            application/json: {schema: {type: object, properties: {a: {type: array, items: {type: object, properties: {b: {enum: [x]}}}}}}}
            text/csv: {schema: {type: object, properties: {c: {type: string}}}}
        "404": {description: no, content: {application/json: {schema: {type: object, properties: {d: {type: string}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {type: object, required: [e], properties: {e: {type: string}, f: {type: [string, "null"]}}}}}}
      responses:
        "204": {description: ok}
        default: {$ref: "#/components/responses/Failed"}
      callbacks:
        done: {"{$request.body#/url}": {post: {requestBody: {content: {application/json: {schema: {type: object, required: [g], properties: {g: {type: string}}}}}}, responses: {"200": {description: ok}}}}}
components:
  responses: {Failed: {description: no, content: {application/json: {schema: {type: object, required: [h], properties: {h: {type: string}}}}}}}
"##;

#[test]
fn inline_schemas_are_named_by_what_they_are_for() {
    let names = items(&with(OPERATIONS));
    let expected = [
        "FailedResponse",
        "PutThingsIdBody",
        "PutThingsIdDonePostBody",
        "ThingsGetOrder",
        "ThingsGetResponse",
        "ThingsGetResponse404",
        "ThingsGetResponseAItem",
        "ThingsGetResponseCsv",
        "ThingsGetResponseXState",
        "ThingsIdKind",
    ];
    assert_eq!(names, expected);
}

/// What comes before, beside or after a schema does not change its name.
#[test]
fn names_stay_when_others_come() {
    let before = items(&with(OPERATIONS));
    let more = OPERATIONS
        .replace("paths:\n", "paths:\n  /a: {get: {operationId: a/get, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {z: {enum: [q, r]}}}}}}}}}\n")
        .replace("parameters: [{name: order", "parameters: [{name: after, in: query, schema: {enum: [m, n]}}, {name: order")
        .replace("enum: [up, down]", "enum: [up, down, left]")
        .replace("components:\n", "components:\n  schemas: {A: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}}\n");
    let after = items(&with(&more));
    assert!(before.iter().all(|name| after.contains(name)), "{before:?}\n{after:?}");
    assert_eq!(after.len(), before.len() + 5);
}

#[test]
fn only_what_is_written_is_made() {
    let all = with(OPERATIONS);
    let has = |name: &str| {
        let json = structure(&all, name).json().unwrap();
        (json.constructor.is_some(), !json.setters.is_empty())
    };
    assert_eq!(has("PutThingsIdBody"), (true, true));
    assert_eq!(has("FailedResponse"), (false, false));
    // The service sends it, since it makes the call.
    assert_eq!(has("PutThingsIdDonePostBody"), (false, false));
    let lines = lines(&all);
    assert!(lines.contains(&"PutThingsIdBody::f: model::Maybe<String>".to_owned()), "{lines:?}");
    let models = generated(OPERATIONS, "models_only = true").unwrap();
    let json = |name| structure(&models, name).json().unwrap();
    assert!(json("FailedResponse").constructor.is_some());
    assert!(json("PutThingsIdBody").setters.is_empty());
}

const PET: &str = r##"
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name, tag]
      properties:
        name: {type: string}
        tag: {type: string}
        born: {type: string, format: date}
        size: {type: string, enum: [small, large]}
    Owner: {type: object, properties: {pet: {$ref: "#/components/schemas/Pet"}, pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    Either: {oneOf: [{$ref: "#/components/schemas/Pet"}, {type: string}]}
"##;

#[track_caller]
fn has(settings: &str, expected: &[&str]) {
    let lines = lines(&generated(PET, settings).unwrap_or_else(|error| panic!("{error}")));
    for one in expected {
        assert!(lines.iter().any(|line| line == one), "{one}\n{lines:#?}");
    }
}

#[test]
fn a_description_that_lies_is_corrected_by_the_configuration() {
    has("", &["Pet::name: String", "Pet::born: Option<model::Formatted<primitive::Date>>"]);
    has("[openapi]\nrequired = \"read-optional\"", &["Pet::name: Option<String>"]);
    has(
        "[openapi.members]\n\"Pet/tag\" = \"optional\"",
        &["Pet::tag: Option<String>", "Pet::name: String"],
    );
    has("[openapi.members]\n\"*/tag\" = \"nullable\"", &["Pet::tag: Option<String>"]);
    has(
        "[openapi.members]\n\"Pet/born\" = \"nullable\"",
        &["Pet::born: model::Maybe<model::Formatted<primitive::Date>>"],
    );
    has("[openapi]\nformats.date = false", &["Pet::born: Option<String>"]);
}

#[test]
fn elements_have_names_attributes_and_types_of_other_crates() {
    has(
        "[names]\nPet = \"Animal\"\n\"Pet/tag\" = \"label\"\n\"#/components/schemas/Pet/properties/size\" = \"Size\"",
        &[
            "struct Animal: json_structured",
            "Animal::label: String",
            "Animal::size: Option<Size>",
            "Owner::pet: Option<Animal>",
        ],
    );
    let external = "[extern]\nPet = \"::other::Pet\"";
    has(
        external,
        &[
            "Owner::pet: Option<::other::Pet>",
            "Owner::pets: Option<Vec<::other::Pet>>",
            "Either::Pet(Box<::other::Pet>)",
        ],
    );
    assert!(!items(&generated(PET, external).unwrap()).contains(&"Pet".to_owned()));
    let attributes = "[attributes]\nPet = [\"#[doc(alias = \\\"dog\\\")]\"]\n\"Pet/tag\" = [\"#[doc(alias = \\\"label\\\")]\"]";
    let generated = generated(PET, attributes).unwrap();
    let text = generated.tree.get("src/types/pet_types.rs").unwrap();
    assert!(text.contains("#[doc(alias = \"dog\")]\n#[non_exhaustive]\npub struct Pet"), "{text}");
    assert!(text.contains("#[doc(alias = \"label\")]\n    pub tag: String"), "{text}");
}

#[test]
fn a_pattern_that_fits_nothing_is_an_error() {
    for settings in [
        "[openapi.members]\n\"Pet/none\" = \"optional\"",
        "[openapi.members]\nPet = \"optional\"",
        "[extern]\nNone = \"::other::Pet\"",
        "[attributes]\n\"None/*\" = [\"#[doc(hidden)]\"]",
    ] {
        let error = generated(PET, settings).map(drop).unwrap_err();
        assert!(error.contains("error[unmatched-element]"), "{settings}\n{error}");
    }
}

/// Branches with what they are called; each is a flow mapping of YAML.
const BRANCHES: [(&str, &str); 20] = [
    ("{required: [id, bark], properties: {id: {type: string}, bark: {type: string}}}", "Id"),
    ("{required: [id, meow], properties: {id: {type: string}, meow: {type: string}}}", "Meow"),
    ("{title: A fish, required: [id], properties: {id: {type: string}}}", "AFish"),
    ("{title: A fish, required: [id], properties: {id: {type: integer}}}", "AFish2"),
    ("{$ref: '#/components/schemas/Pet'}", "Pet"),
    ("{properties: {id: {type: string}, wing: {type: string}}}", "Wing"),
    ("{required: [is], properties: {is: {const: two-legs}}}", "TwoLegs"),
    ("{properties: {id: {type: number}, text: {type: string}}}", "Object"),
    ("{properties: {id: {type: boolean}}}", "Object2"),
    ("{type: string, format: date-time}", "DateTime"),
    ("{type: array, items: {type: string}}", "List"),
    ("{type: array, items: {$ref: '#/components/schemas/Pet'}}", "Pets"),
    ("{type: array, items: {$ref: '#/components/schemas/Category'}}", "Categories"),
    ("{type: array, items: {$ref: '#/components/schemas/Status'}}", "StatusList"),
    ("{type: array, items: {type: string, format: uuid}}", "Uuids"),
    ("{type: array, items: {type: array, items: {type: string}}}", "Lists"),
    ("{type: array, items: {type: array, items: {type: integer}}}", "List2"),
    ("{type: object, additionalProperties: {type: string}}", "Map"),
    ("{type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}", "PetMap"),
    ("{type: [integer, boolean]}", "Integer"),
];

fn branches(all: &[&str]) -> Vec<String> {
    let generated = with(&format!(
        "components:\n  schemas:\n    Pet: {{properties: {{name: {{type: string}}}}}}\n    \
         Category: {{properties: {{name: {{type: string}}}}}}\n    \
         Status: {{enum: [a, b]}}\n    Union: {{anyOf: [{}]}}\n",
        all.join(", ")
    ));
    let module = &generated.plan.modules["types"];
    let found = module.files.values().flat_map(|file| &file.items).find_map(|item| match item {
        Item::Union(one) if one.name == "Union" => {
            Some(one.branches.iter().map(|branch| branch.name.clone()).collect())
        }
        _ => None,
    });
    found.unwrap_or_default()
}

#[test]
fn branches_of_unions_have_names_that_people_recognise() {
    let all: Vec<&str> = BRANCHES.iter().map(|(schema, _)| *schema).collect();
    let expected: Vec<&str> = BRANCHES.iter().map(|(_, name)| *name).collect();
    let mut found = branches(&all);
    assert_eq!(found.pop().as_deref(), Some("Boolean"));
    assert_eq!(found, expected);
    // An object after values of other kinds is the object, also if another one comes.
    let object = "{required: [value], properties: {value: {type: string}}}";
    let other = "{required: [size], properties: {size: {type: string}}}";
    assert_eq!(branches(&["{type: string}", object]), ["Text", "Object"]);
    assert_eq!(branches(&["{type: string}", object, other]), ["Text", "Object", "Size"]);
    assert_eq!(branches(&["{title: Other, type: string}", "{type: integer}"]), ["Text", "Integer"]);
}

#[test]
fn a_branch_that_is_added_changes_no_name() {
    let all: Vec<&str> = BRANCHES.iter().map(|(schema, _)| *schema).collect();
    for count in 3..all.len() {
        let (before, after) = (branches(&all[..count - 1]), branches(&all[..count]));
        assert_eq!(after[..before.len()], before, "{}", all[count - 1]);
    }
}
