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

/// As `FastAPI` makes them: the function, the path and the verb.
#[test]
fn ids_that_end_with_path_and_verb_are_named_by_what_comes_before() {
    let operation = |path: &str, verb: &str, id: &str| {
        format!("  {path}: {{{verb}: {{tags: [Pets], operationId: {id}, responses: {{}}}}}}\n")
    };
    let paths = [
        operation("/pets/", "post", "create_pet_pets__post"),
        operation("/pets/filter", "post", "read_pets_pets_filter_post"),
        operation("/pets/{pet-id}", "get", "read_pet_pets__pet_id__get"),
        operation("/pets/{id}/v2.1", "get", "check_pets__id__v2_1_get"),
        operation("/old", "get", "check_old_get"),
        operation("/other", "get", "list_others_get"),
        operation("/pets/all", "delete", "_pets_all_delete"),
    ];
    let all = with(&format!("paths:\n{}", paths.concat()));
    let text = api::text(&all.plan);
    let methods: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub fn pets::Pets::")?.split(['(', '<']).next())
        .collect();
    let expected = [
        "all_delete",
        // Those that are the same without path and verb are named by all of the id.
        "check_old_get",
        "check_pets_id_v2_1_get",
        "create",
        "list_others_get",
        // Those that are the same without the name of the group have it.
        "read_pet",
        "read_pets",
    ];
    assert_eq!(methods, expected, "{text}");
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

/// An operation whose answer has this schema.
fn answering(path: &str, id: &str, schema: &str) -> String {
    format!(
        "  /{path}: {{get: {{operationId: {id}, responses: {{'200': {{description: ok, content: \
         {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
    )
}

/// The lines of aliases and structs of operations, one after the other.
fn shared(operations: &[(&str, &str, &str)], settings: &str) -> Vec<String> {
    let paths: String =
        operations.iter().map(|(path, id, schema)| answering(path, id, schema)).collect();
    let pets = "components: {schemas: {Pet: {type: object, properties: {id: {type: integer}}}}}\n";
    let document = format!("paths:\n{paths}{pets}");
    let settings = format!("models_only = true\n{settings}");
    let all = generated(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
    let is_item = |line: &String| line.starts_with("type ") || line.starts_with("struct ");
    let items = lines(&all).into_iter().filter(is_item);
    items.map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned()).collect()
}

const PETS: &str = "{type: object, required: [value], properties: {value: {type: array, items: \
                    {$ref: '#/components/schemas/Pet'}}, total: {type: integer}}}";
const TITLED: &str = "{title: Owner of pets, type: object, properties: {name: {type: string}, \
                      home: {type: object, properties: {street: {type: string}}}}}";
const PLAIN: &str = "{type: object, properties: {ok: {type: boolean}}}";

#[test]
fn schemas_of_several_operations_are_one_type() {
    let mut found = shared(
        &[
            ("b", "listMany", PETS),
            ("a", "list", PETS),
            ("c", "owner", TITLED),
            ("d", "ownerAgain", TITLED),
            ("e", "doThat", PLAIN),
            ("f", "doThis", PLAIN),
            ("g", "go", PLAIN),
        ],
        "",
    );
    let expected = [
        // The shortest name, and the first one of those.
        "struct GoResponse",
        "struct OwnerOfPets",
        "struct OwnerResponseHome",
        "struct Pet",
        "struct PetList",
        "type DoThatResponse = GoResponse",
        "type DoThisResponse = GoResponse",
        "type ListManyResponse = PetList",
        "type ListResponse = PetList",
        "type OwnerAgainResponse = OwnerOfPets",
        "type OwnerAgainResponseHome = OwnerResponseHome",
        "type OwnerResponse = OwnerOfPets",
    ];
    found.sort();
    assert_eq!(found, expected);
}

/// The names of all items that operations have.
fn names_of(operations: &[(&str, &str, &str)]) -> Vec<String> {
    let name = |line: &String| line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut names: Vec<String> = shared(operations, "").iter().map(name).collect();
    names.sort();
    names
}

/// Neither another user of a schema, nor the order, nor another schema of the same title changes a name.
#[test]
fn names_of_places_stay_when_others_have_the_same_schema() {
    let first = [("a", "listAll", PETS), ("b", "owner", TITLED), ("c", "act", PLAIN)];
    let more = [
        ("0", "list", PETS),
        ("1", "a", TITLED),
        ("2", "b", PLAIN),
        ("3", "other", "{title: Owner of pets, type: object, properties: {x: {type: string}}}"),
        ("4", "others", "{title: Owner of pets, type: object, properties: {x: {type: string}}}"),
        (
            "5",
            "pets",
            "{type: object, properties: {all: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}",
        ),
        (
            "6",
            "allPets",
            "{type: object, properties: {all: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}",
        ),
    ];
    let mut operations = first.to_vec();
    let mut before = names_of(&operations);
    for one in more {
        operations.push(one);
        let after = names_of(&operations);
        let places = before.iter().filter(|name| name.contains("Response"));
        assert!(places.clone().all(|name| after.contains(name)), "{before:?}\n{after:?}");
        let mut reversed = operations.clone();
        reversed.reverse();
        assert_eq!(names_of(&reversed), after);
        before = after;
    }
    // Two schemas have one title, and two are lists of one component.
    assert!(!before.iter().any(|name| name == "OwnerOfPets" || name == "PetList"), "{before:?}");
}

/// What differs in anything that its type shows is another type, and so is what the configuration names, and
/// what is in components.
#[test]
fn only_equal_schemas_share_a_type() {
    let other = PLAIN.replace("type: boolean", "type: boolean, description: Whether it is so.");
    let structs = |operations: &[(&str, &str, &str)], settings: &str| {
        let all = shared(operations, settings);
        all.iter().filter(|line| line.starts_with("struct ")).count()
    };
    let two = [("a", "one", PLAIN), ("b", "two", PLAIN)];
    assert_eq!(structs(&two, ""), 2);
    assert_eq!(structs(&[two[0], ("b", "two", &other)], ""), 3);
    let pointer = "/paths/~1a/get/responses/200/content/application~1json/schema";
    for settings in [
        format!("[names]\n\"#{pointer}\" = \"Mine\"\n"),
        format!("[names]\n\"#{pointer}/ok\" = \"fine\"\n"),
        format!("[attributes]\n\"#{pointer}\" = [\"#[allow(dead_code)]\"]\n"),
    ] {
        assert_eq!(structs(&two, &settings), 3, "{settings}");
    }
    let components = "components: {schemas: {A: {type: object, properties: {state: {enum: [a, b]}}}, B: {type: object, properties: {state: {enum: [a, b]}}}}}\n";
    let names = items(&with(&format!("paths: {{}}\n{components}")));
    assert_eq!(names, ["A", "AState", "B", "BState"]);
}

/// A request and an answer have members of different types, although they are written alike.
#[test]
fn what_is_sent_and_what_is_answered_are_different_types() {
    let schema = "{type: object, properties: {a: {type: [string, 'null']}}}";
    let document = format!(
        "paths: {{/a: {{post: {{operationId: a, requestBody: {{content: {{application/json: \
         {{schema: {schema}}}}}}}, responses: {{'200': {{description: ok, content: \
         {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\n"
    );
    let all = with(&document);
    let field = |name: &str| structure(&all, name).fields[0].presence.clone();
    assert_ne!(field("ABody"), field("AResponse"));
}

/// A type that contains itself through another place is in a box, and a union with two branches of one type
/// has no conversion from it, of which there would be two.
#[test]
fn shared_types_are_one_type_for_the_compiler() {
    let reference = |path: &str| {
        let pointer =
            format!("#/paths/~1{path}/get/responses/200/content/application~1json/schema");
        format!("{{type: object, properties: {{next: {{$ref: '{pointer}'}}}}}}")
    };
    let choice = format!("{{oneOf: [{PLAIN}, {PLAIN}, {{type: string}}]}}");
    let paths: String = [
        answering("a", "long", &reference("c")),
        answering("b", "a", &reference("c")),
        answering("c", "between", &reference("a")),
        answering("d", "choice", &choice),
    ]
    .concat();
    let all = generated(&format!("paths:\n{paths}"), "models_only = true\n").unwrap();
    assert!(items(&all).contains(&"LongResponse".to_owned()));
    for name in ["AResponse", "BetweenResponse"] {
        let next = format!("{:?}", structure(&all, name).fields[0].value);
        assert!(next.contains("Box"), "{next}");
    }
    let module = &all.plan.modules["types"];
    let mut items = module.files.values().flat_map(|file| &file.items);
    let branches = items.find_map(|item| match item {
        Item::Union(one) if one.name == "ChoiceResponse" => Some(&one.branches),
        _ => None,
    });
    let is_from: Vec<bool> = branches.unwrap().iter().map(|one| one.is_from).collect();
    assert_eq!(is_from, [false, false, true]);
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

/// A schema may be `true` or `false`.
#[test]
fn components_that_are_booleans_are_types() {
    let components = "components: {schemas: {A: true, B: false, C: {}}}\n";
    assert_eq!(items(&with(&format!("paths: {{}}\n{components}"))), ["A", "B", "C"]);
}

/// A description that reads like the sentence about where an argument is sent is not taken for it.
#[test]
fn what_is_said_of_an_argument_is_documented() {
    let document = "paths: {'/lamps/{colour}': {put: {operationId: light, parameters: [{name: colour, in: path, \
                    required: true, description: Sets the colour., schema: {type: string}}], responses: \
                    {'204': {description: D}}}}}\n";
    let all = with(document);
    let mut requests = all.tree.iter().filter(|(path, _)| path.ends_with("requests.rs"));
    let (_, code) = requests.next().unwrap();
    assert!(code.contains("/// `colour`: Sets the colour.\n"), "{code}");
}
