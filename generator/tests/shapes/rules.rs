//! Rules about shapes that no single document shows.

use super::load::{Loaded, components, load};
use schemacrate::internals::openapi::model::{Keywords, Schema};
use schemacrate::internals::openapi::schema::{Dispatch, Form, Object, Union};

fn object<'l>(loaded: &'l Loaded, name: &str) -> &'l Object {
    match &loaded.shapes.shape(loaded.component(name).shape).form {
        Form::Object(object) => object,
        other => panic!("{name} is {other:?}"),
    }
}

fn union<'l>(loaded: &'l Loaded, name: &str) -> &'l Union {
    match &loaded.shapes.shape(loaded.component(name).shape).form {
        Form::Union(union) => union,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn what_only_refers_to_a_component_is_that_component() {
    let loaded = components(
        r##"{
        "X":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
        "Ref":{"$ref":"#/components/schemas/X"},
        "Described":{"description":"d","allOf":[{"$ref":"#/components/schemas/X"}]},
        "Typed":{"type":"object","allOf":[{"$ref":"#/components/schemas/X"}]},
        "Again":{"$ref":"#/components/schemas/X","required":["a"],"minProperties":1},
        "One":{"oneOf":[{"$ref":"#/components/schemas/Ref"}]},
        "Null":{"anyOf":[{"$ref":"#/components/schemas/X"},{"type":"null"}]},
        "Twice":{"anyOf":[{"$ref":"#/components/schemas/X"},{"$ref":"#/components/schemas/Ref"}]},
        "More":{"$ref":"#/components/schemas/X","required":["b"]},
        "Own":{"allOf":[{"$ref":"#/components/schemas/X"},{"properties":{"b":{"type":"string"}}}]}
        }"##,
    );
    let x = loaded.component("X");
    for name in ["Ref", "Described", "Typed", "Again", "One", "Twice"] {
        assert_eq!(loaded.component(name), x, "{name}");
    }
    let null = loaded.component("Null");
    assert!(null.nullable && null.shape == x.shape);
    for name in ["More", "Own"] {
        assert_ne!(loaded.component(name).shape, x.shape, "{name}");
        assert_eq!(object(&loaded, name).members.len(), 2);
    }
    assert_eq!(loaded.shapes.shape(x.shape).origin, Some(loaded.id("X")));
    assert!(loaded.diagnostics.is_empty());
}

#[test]
fn branches_of_a_union_are_their_components_unless_there_are_common_members() {
    let loaded = components(
        r##"{
        "A":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
        "B":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]},
        "Plain":{"type":"object","description":"d","oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
        "Common":{"properties":{"id":{"type":"string"}},"anyOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
        "Both":{"allOf":[{"oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},{"oneOf":[{"properties":{"c":true}},{"properties":{"d":true}}]}]}
        }"##,
    );
    let (a, b) = (loaded.component("A").shape, loaded.component("B").shape);
    let plain: Vec<_> = union(&loaded, "Plain").branches.iter().map(|one| one.shape).collect();
    assert_eq!(plain, [a, b]);
    for branch in &union(&loaded, "Common").branches {
        assert!(![a, b].contains(&branch.shape));
        let Form::Object(object) = &loaded.shapes.shape(branch.shape).form else { panic!() };
        assert!(object.member("id").is_some() && object.members.len() == 2);
    }
    assert_eq!(union(&loaded, "Both").branches.len(), 4);
}

#[test]
fn products_of_unions_are_bounded() {
    let branches = |tag: &str| -> String {
        let one = |at| format!(r#"{{"properties":{{"{tag}{at}":{{"type":"string"}}}}}}"#);
        (0..9).map(one).collect::<Vec<_>>().join(",")
    };
    let loaded = components(&format!(
        r#"{{"Product":{{"type":"object","properties":{{"id":{{"type":"string"}}}},"required":["id"],
        "allOf":[{{"oneOf":[{}]}},{{"oneOf":[{}]}}]}}}}"#,
        branches("a"),
        branches("b")
    ));
    let members: Vec<&str> =
        object(&loaded, "Product").members.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(members, ["id"]);
    let shape = loaded.shapes.shape(loaded.component("Product").shape);
    assert_eq!(shape.fidelity.reasons().len(), 2);
}

#[test]
fn a_shape_of_several_schemas_is_made_once() {
    // The members of both have the same two schemas, and so have theirs.
    let loaded = components(
        r##"{
        "A":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/A"}}},
        "B":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/B"}}},
        "Both":{"allOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]}
        }"##,
    );
    let next = object(&loaded, "Both").members[0].value.shape;
    let Form::Object(inner) = &loaded.shapes.shape(next).form else { panic!() };
    assert_eq!(inner.members[0].value.shape, next);
}

#[test]
fn a_base_that_is_an_alternative_of_itself_is_told_by_its_own_value() {
    let loaded = load(
        r##"{"openapi":"3.0.3","components":{"schemas":{
        "Shape":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}},
            "discriminator":{"propertyName":"kind","mapping":{"shape":"#/components/schemas/Shape","round":"#/components/schemas/Circle","circle":"Circle"}}},
        "Circle":{"allOf":[{"$ref":"#/components/schemas/Shape"},{"properties":{"radius":{"type":"number"}}}]},
        "Square":{"allOf":[{"$ref":"#/components/schemas/Shape"},{"properties":{"kind":{"enum":["square","box"]},"side":{"type":"number"}}}]}
        }}}"##,
    );
    let derivation = object(&loaded, "Shape").derivation.as_ref().unwrap();
    assert_eq!(derivation.own, ["shape"]);
    let values: Vec<_> = derivation.derived.iter().map(|one| one.values.join(" ")).collect();
    assert_eq!(values, ["round circle", "square box"]);
    assert!(loaded.diagnostics.is_empty());
}

#[test]
fn a_union_without_a_discriminator_has_that_of_the_common_base() {
    let loaded = load(
        r##"{"openapi":"3.0.3","components":{"schemas":{
        "Base":{"type":"object","properties":{"kind":{"type":"string"}},"discriminator":{"propertyName":"kind","mapping":{"a":"A"}}},
        "A":{"allOf":[{"$ref":"#/components/schemas/Base"},{"properties":{"a":{"type":"string"}}}]},
        "B":{"allOf":[{"$ref":"#/components/schemas/Base"},{"properties":{"b":{"type":"string"}}}]},
        "Either":{"oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]}
        }}}"##,
    );
    let Dispatch::Tag(tag) = &union(&loaded, "Either").dispatch else { panic!() };
    let values: Vec<String> =
        tag.values.iter().map(|(value, at)| format!("{value} {at}")).collect();
    assert_eq!(values, [r#""a" 0"#, r#""B" 1"#]);
}

#[test]
fn a_default_is_right_if_one_branch_of_a_union_has_it() {
    let text = |default: &str| {
        format!(
            r##"{{"A":{{"type":"object",
            "properties":{{"status":{{"type":"string","enum":["queued","done"],"default":"{default}"}}}},
            "oneOf":[{{"properties":{{"status":{{"enum":["done"]}}}}}},
                {{"properties":{{"status":{{"enum":["queued"]}}}}}}]}}}}"##
        )
    };
    for (default, expected) in [("queued", 0), ("lost", 1)] {
        let loaded = components(&text(default));
        let bad = loaded.diagnostics.iter().filter(|one| one.code == "bad-default");
        assert_eq!(bad.count(), expected, "{default}");
    }
}

#[test]
fn findings_are_made_once() {
    let loaded = components(
        r##"{
        "Kind":{"type":"string","enum":["a"],"default":"b"},
        "One":{"type":"object","properties":{"x":{"$ref":"#/components/schemas/Kind"}}},
        "Two":{"type":"object","properties":{"x":{"$ref":"#/components/schemas/Kind"}}},
        "Bad":{"allOf":[{"type":"string"},{"type":"integer"}]},
        "Uses":{"type":"object","properties":{"x":{"$ref":"#/components/schemas/Bad"},"y":{"$ref":"#/components/schemas/Bad"}}}
        }"##,
    );
    let mut codes = loaded.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["bad-default", "contradiction"]);
}

/// Descriptions write so that there is no default.
#[test]
fn null_as_a_default_is_ignored_without_a_finding() {
    let loaded = components(
        r##"{
        "Text":{"type":"string","default":null},
        "Kind":{"enum":["a","b"],"default":null},
        "Nullable":{"type":["string","null"],"default":null},
        "Object":{"type":"object","properties":{"a":{"type":"string","default":null},"b":{"type":"string","default":[null]}}}
        }"##,
    );
    assert_eq!(loaded.codes(), ["bad-default"]);
    let has_default = |name: &str| {
        let schema = loaded.model.schema(loaded.id(name));
        let default = schema.keywords().and_then(|keywords| keywords.default);
        loaded.shapes.is_default(default.unwrap())
    };
    assert!(!has_default("Text") && !has_default("Kind") && has_default("Nullable"));
    assert!(object(&loaded, "Object").members.iter().all(|one| one.default.is_none()));
}

#[test]
fn what_is_made_to_exhaust_is_bounded() {
    // Members of several parts, each of which comes back after another prime number of steps.
    let primes = [2usize, 3, 5, 7, 11, 13, 17];
    let mut parts = Vec::new();
    for prime in primes {
        for at in 0..prime {
            let next = (at + 1) % prime;
            let next = format!(r##"{{"$ref":"#/components/schemas/P{prime}_{next}"}}"##);
            parts.push(format!(r#""P{prime}_{at}":{{"properties":{{"next":{next}}}}}"#));
        }
    }
    let first = |prime| format!(r##"{{"$ref":"#/components/schemas/P{prime}_0"}}"##);
    let all: Vec<String> = primes.iter().map(first).collect();
    parts.push(format!(r#""All":{{"allOf":[{}]}}"#, all.join(",")));
    let loaded = components(&format!("{{{}}}", parts.join(",")));
    assert!(loaded.shapes.iter().count() < 20_000);
}

#[test]
fn items_that_contradict_each_other_leave_the_empty_array() {
    let loaded = components(
        r##"{
        "Items":{"allOf":[{"type":"array","items":{"type":"string"}},{"type":"array","items":{"type":"integer"}}]},
        "Member":{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"type":"integer"}}}]}
        }"##,
    );
    let messages: Vec<&str> = loaded.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "no item fits all schemas that have to hold together, so only an empty array does",
            "no value fits all schemas that have to hold together"
        ]
    );
}

#[test]
fn a_default_is_a_value_of_the_schema_wherever_that_is() {
    let loaded = components(
        r##"{
        "Text":{"type":"string","default":1},
        "Listed":{"type":"string","enum":["a"],"default":"b"},
        "Right":{"type":"integer","default":1},
        "List":{"type":"array","items":{"type":"boolean","default":"yes"}},
        "Object":{"type":"object","properties":{"a":{"type":"string","default":2}}}
        }"##,
    );
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["bad-default"; 4]);
    let is_default = |name: &str| {
        let schema = loaded.model.schema(loaded.id(name));
        let default = schema.keywords().and_then(|keywords| keywords.default);
        default.is_some_and(|default| loaded.shapes.is_default(default))
    };
    assert!(!is_default("Text") && !is_default("Listed") && is_default("Right"));
}

#[test]
fn a_long_chain_of_schemas_is_no_effort_and_is_reported() {
    let next = |at: usize| match at {
        20_000 => r#"{"type":"object"}"#.to_owned(),
        _ => format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, at + 1),
    };
    let schema = |at: usize| {
        format!(
            r#""S{at}":{{"properties":{{"p{at}":{{"type":"string"}}}},"allOf":[{}]}}"#,
            next(at)
        )
    };
    let schemas: Vec<String> = (0..20_000).map(schema).collect();
    let loaded = components(&format!("{{{},\"S20000\":{{}}}}", schemas.join(",")));
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["too-many-parts"]);
    let members = |form: &Form| match form {
        Form::Object(object) => object.members.len(),
        _ => 0,
    };
    let members: usize = loaded.shapes.iter().map(|(_, shape)| members(&shape.form)).sum();
    assert!(members < 1_000_000, "{members}");
    // The schema's own member is always there.
    for name in ["S0", "S5000", "S19990"] {
        let own = format!("p{}", &name[1..]);
        assert!(object(&loaded, name).members.iter().any(|one| one.name == own), "{name}");
    }
}

/// Five members, each of which has to fit five of the same schemas, so each pair of levels has more.
#[test]
fn members_of_many_schemas_that_multiply_are_no_effort_and_are_reported() {
    let other = |at: usize| format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, at % 300);
    let member = |at: usize, member: usize| {
        let all: Vec<String> =
            (0..5).map(|part| other(at * at * 7 + member * 31 + part * 97 + at * part)).collect();
        format!(r#""m{member}":{{"allOf":[{}]}}"#, all.join(","))
    };
    let schema = |at: usize| {
        let members: Vec<String> = (0..5).map(|one| member(at, one)).collect();
        format!(r#""S{at}":{{"type":"object","properties":{{{}}}}}"#, members.join(","))
    };
    let schemas: Vec<String> = (0..300).map(schema).collect();
    let loaded = components(&format!("{{{}}}", schemas.join(",")));
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["too-many-parts"]);
    let parts: usize = loaded.shapes.iter().map(|(_, shape)| shape.schemas.len()).sum();
    assert!(parts < 2_000_000, "{parts}");
}

/// There are as many of them as members, so most of the memory for a large document is theirs.
#[test]
fn a_schema_without_rare_keywords_is_small() {
    let size = size_of::<Keywords>() + size_of::<Schema>();
    assert!(size <= 600, "{size}");
}
