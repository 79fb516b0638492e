//! The keywords of schemas.

use super::{component, model};
use crate::openapi::Version;
use crate::openapi::model::Body;

#[test]
fn each_schema_is_there_once_wherever_it_is_referred_to() {
    let (model, codes) = model(
        Version::V31,
        r##"{"components":{"schemas":{
            "Tree":{"properties":{"left":{"$ref":"#/components/schemas/Tree"},
                "leaf":{"$ref":"#/components/schemas/Tree/properties/left"}}},
            "Any":true,"None":false}}}"##,
    );
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(model.schemas.len(), 5);
    let tree = component(&model, "Tree");
    let left = model.schema(tree.properties[0].schema).keywords().expect("keywords");
    let target = left.reference.as_ref().expect("a reference").target;
    assert_eq!(model.schema(target).name.as_deref(), Some("Tree"));
    let booleans = model.schemas.iter().filter(|one| matches!(one.body, Body::True | Body::False));
    assert_eq!(booleans.count(), 2);
}

#[test]
fn a_reference_that_cannot_be_resolved_is_an_error_and_reads_as_absent() {
    let (model, codes) = model(
        Version::V30,
        r##"{"components":{"schemas":{"A":{"$ref":"#/components/schemas/B"}}}}"##,
    );
    assert_eq!(codes, ["unresolved-reference"]);
    assert!(component(&model, "A").reference.is_none());
}

#[test]
fn limits_mean_the_same_in_every_version() {
    let (old, _) = model(
        Version::V30,
        r#"{"components":{"schemas":{"A":{"maximum":3,"exclusiveMaximum":true,"minimum":1}}}}"#,
    );
    let (new, _) = model(
        Version::V31,
        r#"{"components":{"schemas":{"A":{"exclusiveMaximum":3,"minimum":1}}}}"#,
    );
    for model in [old, new] {
        let limits = &component(&model, "A").limits;
        assert!(limits.maximum.is_none() && limits.exclusive_minimum.is_none());
        assert_eq!(limits.exclusive_maximum.as_ref().map(|one| one.text.as_str()), Some("3"));
        assert_eq!(limits.minimum.as_ref().map(|one| one.text.as_str()), Some("1"));
    }
}

#[test]
fn mappings_are_names_of_components_or_references() {
    let (model, codes) = model(
        Version::V30,
        r##"{"components":{"schemas":{"A":{"discriminator":{"propertyName":"kind","mapping":{
            "a":"A","b":"#/components/schemas/A","c":"Missing"}}}}}}"##,
    );
    assert_eq!(codes, ["unresolved-mapping"]);
    let discriminator = component(&model, "A").discriminator.as_ref().expect("a discriminator");
    let found: Vec<bool> =
        discriminator.mapping.iter().map(|one| one.target.schema.is_some()).collect();
    assert_eq!(found, [true, true, false]);
}

#[test]
fn a_dynamic_reference_has_all_candidates() {
    let (model, codes) = model(
        Version::V31,
        r##"{"components":{"schemas":{
            "A":{"$id":"https://example.com/a","$dynamicAnchor":"x","items":{"$dynamicRef":"#x"}},
            "B":{"$id":"https://example.com/b","$dynamicAnchor":"x","$ref":"a"}}}}"##,
    );
    assert!(codes.is_empty(), "{codes:?}");
    let items = component(&model, "A").items.expect("items");
    let reference = model.schema(items).keywords().and_then(|one| one.dynamic_reference.clone());
    let reference = reference.expect("a reference");
    let name = |id| model.schema(id).name.as_deref();
    assert_eq!(name(reference.target), Some("A"));
    assert_eq!(reference.candidates.iter().map(|id| name(*id)).collect::<Vec<_>>(), [Some("B")]);
}

#[test]
fn what_narrows_a_reference_counts_from_3_1_on() {
    let text = r##"{"components":{"schemas":{"A":{"type":"object"},
        "B":{"$ref":"#/components/schemas/A","required":["id"],"nullable":true,"title":"one"}}}}"##;
    for (version, required) in [(Version::V30, 0), (Version::V31, 1)] {
        let (model, codes) = model(version, text);
        let b = component(&model, "B");
        assert!(codes.is_empty() && b.reference.is_some(), "{codes:?}");
        assert_eq!(b.required.len(), required, "{version:?}");
        assert!(b.title.is_some() && b.nullable.is_some());
    }
}
