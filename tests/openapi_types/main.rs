//! What the types of golden crates of OpenAPI do at run time: each hard case is read, written and made.
//!
//! Each case has a document in `generator/tests/goldens/cases/documents`, the types of it in
//! `generator/tests/goldens/cases/src`, what is reported about it in `warnings.txt` there, and a test here.
//! Of what stops a generation, or is about names that are added later, `generator/tests` has the tests:
//! `openapi/rules` (cases 8, 12, 16, 25, 27, 33, 35), `openapi/types.rs` (24), `node/yaml.rs` (50),
//! `hostile_text.rs` (51).
//!
//! | case | document | test |
//! |---|---|---|
//! | 1 | `01_null`, `02_nullable` | `null_in_every_spelling` |
//! | 2 | `02_nullable`, `02_nullable_31` | `nullable_of_version_3_0_in_a_document_of_3_1_is_honoured` |
//! | 3 | `03_states` | `the_four_states_of_a_member`, `a_pet_is_made_without_let_mut` |
//! | 4 | `04_present`, `tuples` | `what_is_required_and_nullable_is_always_written`, `items_that_must_be_there_are_plain_and_checked` |
//! | 5 | `05_required` | `what_a_branch_requires_is_required_in_it_alone` |
//! | 6 | `06_constraints` | `schemas_that_only_require_make_members_required` |
//! | 7 | `07_all_of` | `all_of_one_schema_is_that_schema` |
//! | 8 | `08_members_twice` | `a_member_of_several_parts_is_what_all_of_them_allow` |
//! | 9 | `09_entries` | `undeclared_members_of_one_part_are_those_of_the_whole` |
//! | 10 | `10_beside` | `members_beside_a_choice_are_in_each_branch` |
//! | 11 | `11_kinds` | `the_kind_of_json_decides` |
//! | 12 | `12_fits` | `the_first_branch_that_fits_exactly_is_taken` |
//! | 13 | `13_words` | `an_enumeration_or_a_string_is_an_open_enumeration` |
//! | 14 | `14_texts` | `strings_with_different_constraints_are_one_string` |
//! | 15 | `15_tags` | `a_value_that_two_branches_have_is_not_a_tag`, `unions_by_kind_members_tags_and_first_fit` |
//! | 16 | `16_mapping`, `parts/bird` | `a_mapping_decides_by_name_by_pointer_and_by_file` |
//! | 17 | `17_own_values` | `own_values_of_the_tag_win_over_the_name_of_the_schema` |
//! | 18 | `18_bases` | `a_base_becomes_what_its_tag_tells_and_is_made_of_what_is_derived_from_it` |
//! | 19 | `19_strays` | `a_value_with_a_stray_tag_is_kept_as_it_came`, `a_default_mapping_is_for_tags_that_are_absent_or_unknown` |
//! | 20 | `20_anything` | `a_branch_that_allows_anything_has_what_no_other_one_has` |
//! | 21 | `21_undeclared` | `what_a_schema_forbids_is_kept_at_every_depth` |
//! | 22 | `22_others` | `undeclared_members_of_any_kind_are_kept_as_json` |
//! | 23 | `23_patterns` | `a_member_goes_to_the_first_pattern_that_its_name_matches` |
//! | 24 | `24_enumerations` | `names_of_values_that_are_alike_are_apart`, `enumerations_are_open` |
//! | 25 | `25_values` | `values_of_numeric_enumerations_are_equal_as_numbers` |
//! | 26 | `26_titles` | `constants_with_titles_have_their_names` |
//! | 27 | `27_defaults` | `a_default_that_is_not_a_value_of_its_schema_changes_nothing` |
//! | 28 | `28_numbers` | `integers_have_room_for_what_their_schema_allows` |
//! | 29 | `29_digits` | `numbers_keep_their_digits` |
//! | 30 | `30_formats` | `texts_of_formats_are_read_when_they_are_asked_for` |
//! | 31 | `31_names` | `names_of_the_library_are_names_of_types` |
//! | 32 | `32_members` | `odd_names_are_members_and_types` |
//! | 33 | `33_cycles` | `types_may_contain_themselves` |
//! | 34 | `34_references`, `parts/place` | `references_to_files_and_into_them_are_one_type`, `references_into_any_place_are_one_type` |
//! | 35 | `35_path_parameters` | `a_parameter_of_an_operation_replaces_the_one_of_its_path` |
//! | 36 | `36_paths` | `paths_that_are_alike_have_answers_apart` |
//! | 37 | `37_parameter_names` | `parameters_that_are_alike_have_types_apart` |
//! | 38 | `38_styles` | `each_style_has_one_form_also_of_null_and_of_nothing` |
//! | 39 | `39_optional_bodies` | `a_body_that_is_absent_is_not_null` |
//! | 40 | `40_bodies` | `one_type_is_json_a_form_and_parts` |
//! | 41 | `41_statuses` | `an_exact_status_counts_before_a_range_and_a_range_before_all` |
//! | 42 | `42_only_default` | `default_alone_is_the_value_of_a_success_and_an_error_otherwise` |
//! | 43 | `43_errors` | `errors_that_fit_each_other_are_told_by_their_status` |
//! | 44 | `44_odd_answers` | `what_the_document_does_not_have_is_kept_and_read_where_it_plausibly_is_json` |
//! | 45 | `45_nothing` | `nothing_is_read_where_nothing_can_come` |
//! | 46 | `46_events` | `events_are_asked_for_beside_json` |
//! | 47 | `47_security` | `a_request_has_the_first_credentials_that_are_there` |
//! | 48 | `48_servers` | `a_server_joins_with_a_path_once` |
//! | 49 | `49_ids` | `operations_without_a_usable_id_are_named_by_verb_and_path` |
//! | 50 | `50_yaml` | `yaml_texts_are_as_they_are_written` |
//! | 51 | `51_text` | `hostile_texts_are_values_and_names` |
//! | 52 | `52_swagger` | `version_2_0_is_as_the_version_3_that_means_the_same` |

#![allow(clippy::unwrap_used)] // A test may panic.

mod documents;
mod objects;
mod operations;
mod scalars;
mod unions;

use golden_cases::types as cases;
use golden_pets::runtime::model::{Formatted, Maybe, Untyped, Value as Model, from_json, to_json};
use golden_pets::types::{self as pets, Food, NewPet, Pet, PetCollarColour, Status};
use schemacrate_runtime::model::DecodeError;
use serde_json::{Value, json};
use std::path::Path;

fn read<T: Model>(value: &Value) -> Result<T, DecodeError> {
    from_json(value.to_string().as_bytes())
}

fn written<T: Model>(value: &T) -> Value {
    serde_json::from_slice(&to_json(value)).unwrap()
}

/// Reads a value and expects that the same is written.
#[track_caller]
fn kept<T: Model>(value: Value) -> T {
    let read: T = read(&value).unwrap_or_else(|error| panic!("{value}: {error}"));
    assert_eq!(written(&read), value);
    read
}

/// The table above has every document, and the tests that there are.
#[test]
fn each_document_has_a_test() {
    let sources = [
        include_str!("main.rs"),
        include_str!("documents.rs"),
        include_str!("objects.rs"),
        include_str!("operations.rs"),
        include_str!("scalars.rs"),
        include_str!("unions.rs"),
    ];
    let rows = sources[0].lines().filter_map(|line| line.strip_prefix("//! | "));
    let (mut documents, mut cases) = (Vec::new(), Vec::new());
    for row in rows.skip(1) {
        let [case, of_case, tests] =
            row.trim_end_matches(" |").split(" | ").collect::<Vec<_>>()[..]
        else {
            panic!("{row}");
        };
        cases.push(case.parse::<u32>().unwrap());
        let names = |cell: &'static str| cell.split(", ").map(|one| one.trim_matches('`'));
        documents.extend(names(of_case).map(|name| format!("{name}.yaml")));
        for test in names(tests) {
            // After an attribute, which is that of a test or a lint of one.
            let declared = ["fn", "async fn"].map(|keyword| format!("]\n{keyword} {test}()"));
            let is_there = |one: &&str| declared.iter().any(|text| one.contains(text));
            assert!(sources.iter().any(is_there), "{test}");
        }
    }
    assert!(cases.into_iter().eq(1..=52));
    documents.sort();
    documents.dedup();
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/tests/goldens/cases/documents");
    let files = |under: &str| {
        let entries = std::fs::read_dir(folder.join(under)).unwrap().map(|one| one.unwrap());
        let files = entries.filter(|one| one.path().is_file());
        files.map(|one| format!("{under}{}", one.file_name().to_string_lossy())).collect::<Vec<_>>()
    };
    let mut found = [files(""), files("parts/")].concat();
    found.sort();
    assert_eq!(documents, found);
}

fn rex() -> Value {
    json!({
        "id": 7, "name": "Rex", "kind": "pet", "status": "in_progress", "vet": null,
        "born": "2020-02-30", "price": 12.50, "weight": 3.5, "tags": ["a", "b"],
        "mother": {"id": 1, "name": "Bella", "kind": "pet", "status": "lost", "vet": "Dr. Who"},
        "home": [52.5, 13.4, "Berlin"], "food": {"animal": "cow", "is": "meat"},
        "notes": {"any": [1, null]}, "collar": {"colour": "blue", "size": 2}, "unknown": [1]
    })
}

#[test]
fn a_pet_is_read_and_written_again() {
    let pet: Pet = kept(rex());
    assert_eq!((pet.id, pet.name.as_str(), pet.vet.as_deref()), (7, "Rex", None));
    assert_eq!(pet.status, Status::InProgress);
    // A day that is none is kept, and an error only when it is asked for.
    let born = pet.born.as_ref().unwrap();
    assert!(born.get().is_err() && born.as_str() == "2020-02-30");
    let mother = pet.mother.as_ref().unwrap();
    assert_eq!(mother.status, Status::Unrecognized("lost".to_owned()));
    let home = pet.home.as_ref().unwrap();
    assert_eq!((home.latitude, home.longitude, home.rest.len()), (52.5, 13.4, 1));
    assert!(matches!(pet.food, Some(Food::Meat(_))));
    let collar = pet.collar.as_ref().unwrap();
    assert_eq!(collar.colour, Some(PetCollarColour::Unrecognized("blue".to_owned())));
    assert_eq!(collar.size, Some(pets::PetCollarSize::Medium));
    assert_eq!(pet, pet.clone());
    let serde: Pet = serde_json::from_value(rex()).unwrap();
    assert_eq!(serde, pet);
    assert_eq!(serde_json::to_value(&pet).unwrap(), rex());
}

#[test]
fn what_is_required_must_be_there() {
    for (member, is_nullable) in
        [("name", false), ("status", false), ("kind", false), ("vet", true)]
    {
        let mut value = rex();
        value.as_object_mut().unwrap().remove(member);
        let error = read::<Pet>(&value).unwrap_err().to_string();
        assert!(error.contains(member), "{error}");
        value[member] = Value::Null;
        assert_eq!(read::<Pet>(&value).is_ok(), is_nullable, "{member}");
    }
    let mut value = rex();
    value["mother"].as_object_mut().unwrap().remove("name");
    // What is optional is kept if it cannot be read.
    let pet: Pet = kept(value);
    assert!(pet.mother.is_none());
}

#[test]
fn a_pet_is_made_without_let_mut() {
    let pet = NewPet::new("Rex").nickname("R").food(Food::from("Brand".to_owned())).secret("s");
    let expected = json!({
        "name": "Rex", "kind": "pet", "nickname": "R", "food": "Brand", "secret": "s"
    });
    assert_eq!(written(&pet), expected);
    let pet = NewPet::new("Rex").nickname(Maybe::Null);
    assert_eq!(written(&pet), json!({"name": "Rex", "kind": "pet", "nickname": null}));
    assert_eq!(written(&NewPet::new("Rex")), json!({"name": "Rex", "kind": "pet"}));
    let state = cases::StatesWritten::new("a", None).sometimes("c").sometimes_nullable(None);
    assert_eq!(
        written(&state),
        json!({"always": "a", "alwaysNullable": null, "sometimes": "c", "sometimesNullable": null})
    );
    let node = cases::CycleNode::new(1).next(cases::CycleNode::new(2));
    assert_eq!(written(&node), json!({"value": 1, "next": {"value": 2}}));
    let fractions = cases::NumberFractions::default().exact(3.into()).float(0.5);
    assert_eq!(written(&fractions), json!({"exact": 3, "float": 0.5}));
}

#[test]
fn a_union_is_told_by_its_tag_wherever_it_is_or_by_its_kind() {
    let kind = |food: &Food| match food {
        Food::Meat(meat) => format!("meat of {}", meat.animal),
        Food::Plant(plant) => format!("plant {}", plant.plant),
        Food::Text(text) => format!("brand {text}"),
        Food::List(list) => format!("{} foods", list.len()),
        other => format!("{other:?}"),
    };
    for (value, expected) in [
        (json!({"animal": "cow", "is": "meat"}), "meat of cow"),
        (json!({"is": "fish", "animal": "cod"}), "meat of cod"),
        (json!({"plant": "oak", "raw": true, "is": "plant"}), "plant oak"),
        (json!("Brand"), "brand Brand"),
        (json!([{"is": "plant", "plant": "oak"}, ["a", []]]), "2 foods"),
    ] {
        assert_eq!(kind(&kept(value)), expected);
    }
    for value in
        [json!({"is": "air"}), json!({"is": 1}), json!({}), json!(5), json!({"is": "meat"})]
    {
        assert!(matches!(kept(value), Food::Other(_)));
    }
}

#[test]
fn members_go_to_the_first_pattern_that_has_their_name() {
    let value =
        json!({"shop": "A", "x-open": "9", "cats": 3, "dogs": 4, "x-odd": 1, "bad": "many"});
    let stock: pets::Stock = kept(value);
    assert_eq!(stock.x_members.get("x-open").map(String::as_str), Some("9"));
    assert_eq!(stock.others.iter().map(|(_, count)| *count).sum::<i32>(), 7);
    let value = json!({"id": "a", "x-Id": "b", "someId": 3, "amid": true, "rest": 0.5});
    let all: cases::UndeclaredPatterns = kept(value);
    assert_eq!((all.x_members.len(), all.id_members.len(), all.mid_members.len()), (1, 1, 1));
    assert_eq!(all.others.get("rest"), Some(&0.5));
}

#[test]
fn every_component_is_a_type() {
    let names: pets::Names = kept(json!(["a", null]));
    assert_eq!(names, [Some("a".to_owned()), None]);
    let labels: pets::Labels = from_json(br#"{"z":"1","a":"2"}"#).unwrap();
    assert_eq!(labels.keys().collect::<Vec<_>>(), ["z", "a"]);
    let tree: pets::Tree = kept(json!({"a": {"b": {}}}));
    assert!(tree.others["a"].others["b"].others.is_empty());
    for value in [json!("low"), json!(1), json!(true), json!(2.5), json!(7), json!("high")] {
        kept::<pets::Level>(value);
    }
    let level: pets::Level = read(&json!(1.0)).unwrap();
    assert_eq!(level, pets::Level::Value1);
    let owner: pets::Holder = kept(json!({"name": "Ann", "age": 4294967295u32, "pets": []}));
    assert_eq!(owner.age, Some(u32::MAX));
    let loose: pets::Loose = kept(json!({"a": 1}));
    assert_eq!(loose.a, Some(1));
    for value in [json!(1), json!("a"), json!([{}]), json!(null)] {
        kept::<pets::Loose>(value);
    }
    kept::<pets::Anything>(json!([null]));
}

#[test]
fn null_in_every_spelling() {
    let value = json!({"byType": null, "byOneOf": null, "byAnyOf": null, "byEnum": null, "byReference": null});
    let nulls: cases::NullSpelled = kept(value);
    assert!(nulls.by_type.is_none() && nulls.by_reference.is_none());
    kept::<cases::NullSpelled>(json!({
        "byType": "a", "byOneOf": "b", "byAnyOf": "c", "byEnum": "a", "byReference": {"a": "x"}, "only": null
    }));
    assert!(read::<cases::NullSpelled>(&json!({"byType": null})).is_err());
    kept::<cases::NullableMembers>(json!({"plain": null, "wrapped": {"a": "b"}, "beside": null}));
}

#[test]
fn the_four_states_of_a_member() {
    for value in [
        json!({"always": "a", "alwaysNullable": null}),
        json!({"always": "a", "alwaysNullable": "b", "sometimes": "c", "sometimesNullable": null}),
        json!({"always": "a", "alwaysNullable": "b", "sometimesNullable": "d"}),
    ] {
        let state: cases::StatesWritten = kept(value.clone());
        let expected = match value.get("sometimesNullable") {
            None => Maybe::Absent,
            Some(Value::Null) => Maybe::Null,
            Some(text) => Maybe::Value(text.as_str().unwrap().to_owned()),
        };
        assert_eq!(state.sometimes_nullable, expected);
        let mut value = value;
        value["made"] = json!("m");
        kept::<cases::StatesRead>(value);
    }
    kept::<cases::StatesBoth>(json!({}));
}

#[test]
fn unions_by_kind_members_tags_and_first_fit() {
    assert!(matches!(kept(json!("a")), cases::KindTextOrList::Text(_)));
    assert!(matches!(kept(json!(["a"])), cases::KindTextOrList::List(_)));
    assert!(matches!(kept(json!(1)), cases::KindIntegerOrText::Integer(1)));
    assert!(matches!(kept(json!("1")), cases::KindIntegerOrText::Text(_)));
    assert!(matches!(kept(json!(1)), cases::KindNumbers::Integer(1)));
    assert!(matches!(kept(json!(1.5)), cases::KindNumbers::Number(_)));
    assert!(matches!(kept(json!({"a": 1})), cases::KindBooleanOrObject::Object(_)));
    assert!(matches!(kept(json!([1])), cases::KindAnything::Other(_)));
    let text: cases::KindTextOrEnum = kept(json!("gpt-6"));
    assert_eq!(text, cases::KindTextOrEnum::from("gpt-6"));
    assert!(matches!(
        kept(json!({"radius": 2.5, "shape": "circle"})),
        cases::TagShape::TagCircle(_)
    ));
    assert!(matches!(kept(json!({"shape": "square"})), cases::TagShape::TagSquare(_)));
    assert!(matches!(kept(json!({"t": "uno", "one": "1"})), cases::TagMapped::TagOne(_)));
    assert!(matches!(kept(json!({"b": "x", "v": 2})), cases::TagNumbered::Value2(_)));
    assert!(matches!(kept(json!({"shape": "circle"})), cases::TagNested::TagShape(_)));
    assert!(matches!(kept(json!({"bark": "w"})), cases::TagMembers::Bark(_)));
    assert!(matches!(kept(json!({"b": "w"})), cases::TagFirstFit::B(_)));
    assert!(matches!(kept(json!({"b": 1, "id": "i"})), cases::BesideChoice::WithB(_)));
    assert!(matches!(kept(json!({"id": "i"})), cases::BesideChoice::Other(_)));
    assert_eq!(
        written(&cases::TagCircle::new().radius(1.5)),
        json!({"shape": "circle", "radius": 1.5})
    );
}

#[test]
fn null_is_one_of_the_other_values_of_an_open_union() {
    use cases::KindListOrAnything::{self as Listed, List, Other};
    assert!(matches!(kept(json!(null)), Other(value) if value.text() == "null"));
    let open: cases::KindOpen = kept(json!({
        "always": null, "sometimes": null, "listed": [null, ["a"]], "mapped": {"a": null},
        "nothing": null
    }));
    let null = Listed::Other(Untyped::default());
    assert_eq!((&open.always, open.sometimes.as_ref()), (&null, Some(&null)));
    assert!(matches!(open.listed.unwrap()[..], [Other(_), List(_)]));
    // A member that may be null is null.
    assert_eq!(open.nothing, Maybe::Null);
    assert!(read::<cases::KindOpen>(&json!({})).is_err());
    // Null is not a value of a union that names all its values.
    assert!(read::<cases::KindTextOrList>(&json!(null)).is_err());
}

#[test]
fn items_that_must_be_there_are_plain_and_checked() {
    let point: cases::TuplePoint = kept(json!([1.5, -2.5, "here", [1]]));
    assert_eq!((point.latitude, point.longitude), (1.5, -2.5));
    assert_eq!((point.item_2.as_deref(), point.rest.len()), (Some("here"), 1));
    kept::<cases::TuplePoint>(json!([1.5, -2.5]));
    for (wrong, place) in
        [(json!([]), "`[0]`"), (json!([1.5]), "`[1]`"), (json!([1.5, "x"]), "`[1]`")]
    {
        let error = read::<cases::TuplePoint>(&wrong).unwrap_err().to_string();
        assert!(error.contains(place), "{error}");
        // It is not a branch, and what is optional is kept.
        let holder: cases::TupleHolder = kept(json!({"point": wrong, "any": wrong}));
        assert!(holder.point.is_none());
        assert!(matches!(holder.any, Some(cases::TupleHolderAny::Other(_))));
    }
    let made = cases::TuplePoint::new(1.5, -2.5).item_2("here");
    assert_eq!(written(&made), json!([1.5, -2.5, "here"]));
    // A constant is written, and null and absence are told apart.
    let kinds = cases::TupleKinds::new(None, cases::TuplePoint::new(1.0, 2.0));
    assert_eq!(written(&kinds), json!(["point", null, [1.0, 2.0]]));
    assert_eq!(written(&kinds.item_3(Maybe::Null)), json!(["point", null, [1.0, 2.0], null]));
    let kinds: cases::TupleKinds = kept(json!(["point", "x", [1.0, 2.0], null]));
    assert_eq!((kinds.item_0.as_str(), kinds.item_1.as_deref()), ("point", Some("x")));
    assert_eq!(kinds.item_3, Maybe::Null);
    // There is no way to be without end.
    kept::<cases::TupleEndless>(json!(["a", ["b"]]));
    assert_eq!(written(&cases::TupleAll::new("a").rest(vec![1, 2])), json!(["a", 1, 2]));
    kept::<cases::TupleLimited>(json!([1.5, -2.5]));
}

#[test]
fn undeclared_members_are_kept_also_where_the_schema_forbids_them() {
    let closed: cases::UndeclaredClosed = kept(json!({"a": "b", "more": [1, {"x": null}]}));
    assert_eq!(closed.additional.len(), 1);
    kept::<cases::UndeclaredMap>(json!({"a": [[1], []]}));
    kept::<cases::UndeclaredNullable>(json!({"a": null, "b": 1}));
    let codes: cases::UndeclaredPatternAlone = kept(json!({"200": "ok", "other": 7}));
    assert_eq!(codes.entries["200"], "ok");
    kept::<cases::UndeclaredPatternBeside>(json!({"200": "ok", "other": 7}));
    kept::<cases::AllEntries>(json!({"a": "x", "n": 1}));
    kept::<cases::RequiredUndeclared>(json!({"x": null, "y": 1}));
}

#[test]
fn enumerations_are_open() {
    for text in ["", "asc", "ASC", "+1", "-1", "1", "created_at", "-created_at", "new"] {
        kept::<cases::EnumOdd>(json!(text));
    }
    for value in [json!(1), json!(2), json!(-3), json!(0.5), json!(9), json!("x")] {
        kept::<cases::EnumNumbers>(value);
    }
    assert_eq!(read::<cases::EnumNumbers>(&json!(2.0)).unwrap(), cases::EnumNumbers::Value2);
    assert_eq!(kept::<cases::EnumTitled>(json!(2)), cases::EnumTitled::Large);
    assert_eq!(kept::<cases::EnumNamed>(json!(10)), cases::EnumNamed::Ten);
    assert_eq!(kept::<cases::EnumMicrosoft>(json!("b")), cases::EnumMicrosoft::Second);
    assert_eq!(kept::<cases::EnumMixed>(json!(true)), cases::EnumMixed::True);
}

#[test]
fn numbers_and_formats_keep_what_was_written() {
    let text = br#"{"wide":4294967295,"plain":123456789012345678901,"unsigned":18446744073709551615,"huge":1000000000000000000000,"tiny":300}"#;
    let numbers: cases::NumberIntegers = from_json(text).unwrap();
    assert_eq!(String::from_utf8(to_json(&numbers)).unwrap().as_bytes(), text);
    assert_eq!((numbers.wide, numbers.unsigned), (Some(4_294_967_295), Some(u64::MAX)));
    assert!(read::<cases::NumberIntegers>(&json!({"plain": "1"})).unwrap().plain.is_none());
    let text = br#"{"float":0.03,"double":1e400,"exact":0.10}"#;
    let numbers: cases::NumberFractions = from_json(text).unwrap();
    assert_eq!(String::from_utf8(to_json(&numbers)).unwrap().as_bytes(), text);
    let formats: cases::NumberFormats = kept(json!({
        "moment": "yesterday", "day": "2020-01-31", "clock": "10:00:00Z", "span": "P1D", "id": "no",
        "bytes": "aGk=", "urlBytes": "aGk", "exactText": "0.10", "unknown": "1", "address": "/a"
    }));
    assert_eq!(formats.bytes.unwrap().get().unwrap().as_ref(), b"hi");
    assert_eq!(formats.url_bytes.unwrap().get().unwrap().as_ref(), b"hi");
    assert_eq!(formats.day.unwrap().get().unwrap().to_string(), "2020-01-31");
    let made = cases::NumberFormats::default().moment(Formatted::from_text("2020-01-31T00:00:00Z"));
    assert_eq!(written(&made), json!({"moment": "2020-01-31T00:00:00Z"}));
}

#[test]
fn odd_names_are_members_and_types() {
    let value = json!({
        "self": "1", "type": "2", "additional": "3", "": "4", "@id": "5", "$ref": "6", "x-foo": "7",
        "new": "8", "clone": "9", "a-b": "10", "a_b": "11", "*/ \"#{}": "12", "else": "13"
    });
    let members: cases::MemberNames = kept(value);
    assert_eq!((members.new.as_str(), members.additional.len()), ("8", 1));
    let result: cases::Result = kept(json!({"option": {"vec": [{"self": "None"}, "text"]}}));
    assert_eq!(result.option.vec.unwrap().len(), 2);
    kept::<cases::Default>(json!({"box": {"from": true, "default": {"box": {}}}}));
    kept::<cases::IndexMap>(json!({"a": "b", "c": {"option": {}}}));
    kept::<cases::NameThing>(json!({"filter": {"items": [{"x": "y"}]}}));
}

#[test]
fn types_may_contain_themselves() {
    let node: cases::CycleNode = kept(json!({"value": 1, "next": {"value": 2}}));
    assert_eq!(node.next.unwrap().value, 2);
    kept::<cases::CycleLeft>(json!({"right": {"left": {"right": {}}}}));
    kept::<cases::CycleTree>(json!(["a", {"tree": ["b", []]}]));
    kept::<cases::CycleList>(json!([[], [[]]]));
    kept::<cases::CycleMap>(json!({"a": {}, "b": {"c": {}}}));
    kept::<cases::CyclePair>(json!([1, [2]]));
    kept::<cases::CycleEndless>(json!({}));
    kept::<cases::CycleLoose>(json!({"again": 5}));
    let any: Untyped = kept(json!({"again": 5}));
    assert_eq!(any.text(), r#"{"again":5}"#);
}

#[test]
fn references_into_any_place_are_one_type() {
    let deep: cases::ReferenceDeep =
        kept(json!({"answer": {"found": "x"}, "alias": {"inner": {"a": "b"}}}));
    let answer: cases::DeepGetResponse = deep.answer.unwrap();
    assert_eq!(answer.found.as_deref(), Some("x"));
    let inner: cases::ReferenceInner = kept(json!({"inner": {"a": "b"}}));
    let inner: cases::ReferenceTargetInner = inner.inner.unwrap();
    assert_eq!(inner.a.as_deref(), Some("b"));
    kept::<cases::SwaggerSendBody>(json!({"a": null}));
}

#[test]
fn a_base_becomes_what_its_tag_tells_and_is_made_of_what_is_derived_from_it() {
    let lion = json!({"type": "BaseLion", "name": "Leo", "lives": 1, "mane": true});
    let zoo: cases::BaseZoo = kept(json!({"animals": [lion, {"type": "cat"}, {"type": "dodo"}]}));
    let animals = zoo.animals.unwrap();
    let names: Vec<Option<String>> = animals.iter().map(cases::BaseAnimal::type_name).collect();
    assert_eq!(names, ["BaseLion", "cat", "dodo"].map(|one| Some(one.to_owned())));
    let [lion, cat, dodo] = <[cases::BaseAnimal; 3]>::try_from(animals).unwrap();
    let as_cat: cases::BaseCat = lion.clone().downcast().unwrap();
    assert_eq!(as_cat.lives, Some(1));
    let as_lion: cases::BaseLion = lion.clone().downcast().unwrap();
    assert_eq!(as_lion.mane, Some(true));
    assert!(cat.clone().downcast::<cases::BaseLion>().is_err());
    assert!(matches!(lion.into_any(), cases::AnyBaseAnimal::BaseLion(_)));
    assert!(matches!(cat.into_any(), cases::AnyBaseAnimal::BaseCat(_)));
    assert!(matches!(dodo.into_any(), cases::AnyBaseAnimal::BaseAnimal(_)));
    let made = cases::BaseAnimal::from(cases::BaseLion::new("BaseLion").mane(false));
    assert_eq!(written(&made), json!({"type": "BaseLion", "mane": false}));
    kept::<cases::AnyBaseAnimal>(json!({"type": "cat", "lives": 7}));
}
