//! The traits of serde.

use super::types::{All, Animal, Level, Line, Mixed, Open, Owner, Pet, Point};
use super::written;
use schemacrate_runtime::IndexMap;
use schemacrate_runtime::model::{Formatted, from_json};
use schemacrate_runtime::types::Date;
use serde_json::json;

#[test]
fn serde_reads_and_writes_as_the_runtime_does() {
    for json in [
        r#"{"point":[1.50,"a",null,7],"line":["a",1.0,2],"open":5,"animal":[{"type":"cat","meow":"x"}],"maybe":null}"#,
        r#"{"open":{"id":"a","size":1.0,"x":1},"tree":{"left":{"value":99999999999}},"map":{"a":1,"b":[1]}}"#,
        r#"{"point":["x"],"pets":[{"id":1.0,"name":"a","kind":"k","born":"b","note":null,"toys":[],"anything":null,"level":1.0,"x-a":1.0,"x-b":"c"}]}"#,
    ] {
        let own: All = from_json(json.as_bytes()).unwrap();
        let other: All = serde_json::from_str(json).unwrap();
        assert_eq!(own, other);
        assert_eq!(written(&other), serde_json::to_string(&own).unwrap());
        assert_eq!(serde_json::to_string(&own).unwrap(), written(&own));
        // From values and not from text.
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        let third: All = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&third).unwrap(), value);
    }
}

#[test]
fn each_kind_of_type_has_the_traits() {
    assert_eq!(
        serde_json::to_value(serde_json::from_str::<Level>("2.50").unwrap()).unwrap(),
        json!(2.5)
    );
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Mixed>("[1]").unwrap()).unwrap(),
        "[1]"
    );
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Point>("[1.5]").unwrap()).unwrap(),
        "[1.5]"
    );
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Line>("[\"a\",1]").unwrap()).unwrap(),
        "[\"a\",1]"
    );
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Open>("true").unwrap()).unwrap(),
        "true"
    );
    let map: IndexMap<String, Point> = serde_json::from_str(r#"{"b":[1.5],"a":["x"]}"#).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":[1.5],"a":["x"]}"#);
    let date: Formatted<Date> = serde_json::from_str("\"x\"").unwrap();
    assert_eq!(serde_json::to_value(date).unwrap(), "x");
    assert!(serde_json::from_str::<Animal>("null").is_err());
    let error = serde_json::from_str::<(Owner,)>("[{}]").unwrap_err().to_string();
    assert!(error.starts_with("at `name`: the member is required, but absent"), "{error}");
    assert!(serde_json::from_str::<Pet>("{}").is_err());
}
