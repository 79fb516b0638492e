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

/// Of what is alike the first one has the plain name, and what is added later changes no other one.
#[test]
fn names_of_values_stay_when_others_are_added() {
    let variants = |values: &str| -> Vec<String> {
        let document =
            format!("paths: {{}}\ncomponents: {{schemas: {{E: {{enum: [{values}]}}}}}}\n");
        let lines = lines(&with(&document));
        lines.iter().filter_map(|line| line.strip_prefix("E::").map(str::to_owned)).collect()
    };
    let odd = r#""", asc, ASC, "+1", "-1", "1", created_at, -created_at"#;
    for (before, after) in [
        (odd, r#"Asc, "01", Created_At, "{}", "\n""#),
        ("1, -1, 0.5", "2, 1e3, -0.5, 15"),
        (r#""{}", "*""#, r#""\n", "!!""#),
    ] {
        let names = variants(before);
        let all = variants(&format!("{before}, {after}"));
        assert!(names.iter().all(|name| all.contains(name)), "{names:?}\n{all:?}");
        assert_eq!(all.len(), names.len() + after.split(", ").count());
    }
}

/// Paths are shown relative to where the generator runs, but what it writes is the same everywhere.
#[test]
fn a_crate_is_the_same_wherever_it_is_generated() {
    let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n\
               components: {schemas: {A: {properties: {b: {$ref: 'parts/b.yaml#/B'}}}}}\n";
    let part = "B: {type: object, properties: {c: {enum: [x, y]}}}\n";
    let texts = |folder: &str| {
        let mut session = Session::new();
        session.add(format!("{folder}api.yaml"), api.as_bytes()).unwrap();
        session.add(format!("{folder}parts/b.yaml"), part.as_bytes()).unwrap();
        let mut config = Config::new("a", "out");
        let name = (
            "parts/b.yaml#/B/properties/c".to_owned(),
            toml::Spanned::new(0..0, "Sort".to_owned()),
        );
        config.names.extend([name]);
        let tree = session.generate(&config).unwrap().tree;
        tree.iter().map(|(path, text)| format!("{path}\n{text}")).collect::<Vec<_>>()
    };
    let here = texts("");
    assert!(here.iter().any(|text| text.contains("pub enum Sort {")), "{here:?}");
    for folder in ["../", "folder/", "/folder/of/it/"] {
        assert_eq!(texts(folder), here);
    }
}

#[test]
fn a_message_is_one_line_whatever_names_there_are() {
    let document = r#"
paths: {}
components: {schemas: {E: {enum: ["{}", "\n= note: injected\u001b"]}, F: {properties: {"{}": {}, "\n": {}}}}}
"#;
    let mut session = Session::new();
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{document}");
    session.add("api.yaml", text.as_bytes()).unwrap();
    let config = Config::new("a", "out");
    session.generate(&config).unwrap();
    let messages: Vec<&str> =
        session.diagnostics().iter().map(|one| one.message.as_str()).collect();
    assert!(!messages.is_empty());
    for message in messages {
        assert!(!message.chars().any(char::is_control), "{message:?}");
    }
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
