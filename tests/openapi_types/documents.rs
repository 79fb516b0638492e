//! What is about documents as a whole: names, references, parameters, YAML, hostile text, version 2.0.

use super::{kept, written};
use golden_cases::types as cases;
use schemacrate_runtime::model::Maybe;
use serde_json::json;

#[test]
fn names_of_the_library_are_names_of_types() {
    let error: cases::Error = kept(json!({"error": "e", "ok": {"client": {"error": "f"}}}));
    let client: cases::Client = *error.ok.unwrap();
    assert_eq!(client.client.unwrap().error.as_deref(), Some("f"));
    assert_eq!(kept::<cases::Self_>(json!("self")), cases::Self_::Self_);
    assert_eq!(kept::<cases::Self_>(json!("Self")), cases::Self_::Self__);
    kept::<cases::Item2fa>(json!({"a": "b"}));
    let text: cases::AB_ = kept(json!("a.b"));
    let number: cases::AB = kept(json!(1));
    let flag: cases::AB__ = kept(json!(true));
    assert_eq!((text.as_str(), number, flag), ("a.b", 1, true));
}

#[test]
fn references_to_files_and_into_them_are_one_type() {
    let value = json!({
        "file": {"whole": {"inner": {"a": "x"}}, "local": {"b": "y"}},
        "again": {}, "within": {"b": "y"}, "twice": {"b": "z"}
    });
    let files: cases::ReferenceFiles = kept(value);
    let file: cases::Place = files.file.unwrap();
    let whole: cases::ReferenceTarget = file.whole.unwrap();
    assert_eq!(whole.inner.unwrap().a.as_deref(), Some("x"));
    let again: Option<cases::Place> = files.again;
    let local: cases::Local = file.local.unwrap();
    assert!(again.is_some() && Some(local) == files.within);
    assert_eq!(files.twice.unwrap().b.as_deref(), Some("z"));
}

#[test]
fn a_parameter_of_an_operation_replaces_the_one_of_its_path() {
    assert_eq!(kept::<cases::PlacesGetRow>(json!("c")), cases::PlacesGetRow::C);
    assert_eq!(
        kept::<cases::PlacesSideRowNoneSide>(json!("left")),
        cases::PlacesSideRowNoneSide::Left
    );
    kept::<cases::PlacesGetResponse>(json!({"side": "left"}));
}

#[test]
fn paths_that_are_alike_have_answers_apart() {
    assert!(kept::<cases::GetSlashResponse>(json!({"without": "a"})).without.is_some());
    assert!(kept::<cases::GetSlashResponse_>(json!({"with": "a"})).with.is_some());
    assert!(kept::<cases::GetSlashBJsonResponse>(json!({"dot": "a"})).dot.is_some());
    assert!(kept::<cases::GetSlashBJsonResponse_>(json!({"colon": "a"})).colon.is_some());
}

#[test]
fn parameters_that_are_alike_have_types_apart() {
    assert_eq!(kept::<cases::AlikeGetId>(json!("path")), cases::AlikeGetId::Path);
    assert_eq!(kept::<cases::AlikeGetId_>(json!("query")), cases::AlikeGetId_::Query);
    assert_eq!(kept::<cases::AlikeGetXId>(json!("upper")), cases::AlikeGetXId::Upper);
    assert_eq!(kept::<cases::AlikeGetXId_>(json!("lower")), cases::AlikeGetXId_::Lower);
    assert_eq!(kept::<cases::AlikeGetAB>(json!("dash")), cases::AlikeGetAB::Dash);
    assert_eq!(kept::<cases::AlikeGetAB_>(json!("line")), cases::AlikeGetAB_::Line);
    assert!(kept::<cases::AlikeGetStartTime>(json!({"at": "a"})).at.is_some());
    assert!(kept::<cases::AlikeGetStartTime_>(json!({"after": "a"})).after.is_some());
}

#[test]
fn yaml_texts_are_as_they_are_written() {
    use cases::YamlCountry::{No, Off, On, Se, Unrecognized, Yes};
    for (text, expected) in [("no", No), ("se", Se), ("on", On), ("off", Off), ("yes", Yes)] {
        assert_eq!(kept::<cases::YamlCountry>(json!(text)), expected);
    }
    for text in ["1.10", "2020-01-01", "12:30:45", "1_000"] {
        let country: cases::YamlCountry = kept(json!(text));
        assert!(!matches!(country, Unrecognized(_)), "{text}");
    }
    for number in [0o17, 0x1F, 7, 777] {
        let number: cases::YamlNumber = kept(json!(number));
        assert!(!matches!(number, cases::YamlNumber::Unrecognized(_)));
    }
    let value = json!({"on": "1", "no": "2", "200": "3", "404": "4", "1.10": "5", "~": "6"});
    let keys: cases::YamlKey = kept(value);
    assert_eq!((keys.on.as_deref(), keys.additional.len()), (Some("1"), 0));
    let alias: cases::YamlAlias = kept(json!({"id": {"id": "a"}, "name": "b"}));
    let base: cases::YamlBase = alias.id.unwrap();
    assert_eq!(base.id.as_deref(), Some("a"));
    assert!(kept::<cases::YamlMerged>(json!({"id": "a"})).id.is_some());
}

#[test]
fn hostile_texts_are_values_and_names() {
    for text in ["*/", "\"#", "{}", "\n", "\u{202e}", "```", "{0}"] {
        let state: cases::TextHostileState = kept(json!(text));
        assert!(!matches!(state, cases::TextHostileState::Unrecognized(_)), "{text}");
    }
    let value = json!({"state": "{}", "*/ {} \"#": "a", "constant": "*/ \"# {} \n\u{202e}"});
    let hostile: cases::TextHostile = kept(value);
    assert!(hostile.additional.is_empty() && hostile.item.is_some());
    assert_eq!(
        written(&cases::TextHostile::new("\n".into()).item("b")),
        json!({"state": "\n", "*/ {} \"#": "b"})
    );
}

#[test]
fn version_2_0_is_as_the_version_3_that_means_the_same() {
    let null: cases::SwaggerNullable = kept(json!({"text": null, "number": null}));
    assert_eq!((null.text, null.number), (None, Maybe::Null));
    let body: cases::SwaggerUploadBody = kept(json!({"file": "data", "note": null, "tags": ["a"]}));
    assert_eq!((body.note, body.tags.unwrap().len()), (Maybe::Null, 1));
    assert_eq!(written(&cases::SwaggerUploadBody::new("data")), json!({"file": "data"}));
    assert_eq!(kept::<cases::SwaggerGetColumnsItem>(json!("a")), cases::SwaggerGetColumnsItem::A);
    let base: cases::SwaggerBase = kept(json!({"kind": "SwaggerChild", "more": 3}));
    assert_eq!(base.downcast::<cases::SwaggerChild>().unwrap().more, Some(3));
    kept::<cases::SwaggerSendBody>(json!({"a": null}));
}
