//! Objects of a base as those of derived types, and back.

use super::types::{AnyVehicle, Car, Truck, Vehicle};
use super::{same, written};
use schemacrate_runtime::codegen;
use schemacrate_runtime::model::from_json;

#[test]
fn a_base_becomes_what_its_tag_names() {
    let json = r#"{"kind":"limousine","weight":1.5,"doors":4.0,"x":[1.10]}"#;
    let base: Vehicle = same(json);
    assert_eq!(base.type_name().as_deref(), Some("limousine"));
    let car: Car = base.clone().downcast().unwrap();
    assert_eq!((car.doors, car.kind.as_str()), (4, "limousine"));
    assert_eq!(written(&car), json);
    assert!(base.clone().downcast::<Truck>().is_err());
    assert!(matches!(base.clone().into_any(), AnyVehicle::Car(one) if one.doors == 4));
    assert_eq!(Vehicle::from_derived(car), base);
}

#[test]
fn what_is_not_of_the_derived_type_remains_one_of_the_base() {
    for json in [r#"{"kind":"car"}"#, r#"{"kind":"car","doors":"4"}"#] {
        let base: Vehicle = same(json);
        let base = base.downcast::<Car>().unwrap_err();
        assert_eq!(written(&base), json);
        assert!(matches!(base.into_any(), AnyVehicle::Other(value) if value.text() == json));
    }
    for json in [r#"{"kind":"vehicle"}"#, r#"{"kind":"ship","sails":3}"#] {
        assert!(matches!(same::<Vehicle>(json).into_any(), AnyVehicle::Vehicle(_)));
    }
}

#[test]
fn a_derived_object_names_its_type() {
    let mut car: Car = codegen::blank();
    car.doors = 2;
    assert_eq!(written(&Vehicle::from_derived(car)), r#"{"kind":"car","doors":2}"#);
    // The derived type does not declare the tag.
    let truck: Truck = from_json(br#"{"weight":2.5,"load":99999999999}"#).unwrap();
    let base = Vehicle::from_derived(truck.clone());
    assert_eq!(written(&base), r#"{"kind":"truck","weight":2.5,"load":99999999999}"#);
    let again: Truck = base.downcast().unwrap();
    assert_eq!((again.load, again.weight), (truck.load, truck.weight));
}
