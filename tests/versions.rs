//! What services send of versions of types, and the crate in which these are one type.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_versions::Client;
use golden_versions::chassis::{Chassis, ChassisUpdate};
use golden_versions::registry::REGISTRY;
use golden_versions::resource::{AnyItem, AnyResource, Item, Resource};
use schemacrate_runtime::Request;
use schemacrate_runtime::model::{from_json, to_json};

fn read<T: schemacrate_runtime::model::Value>(json: &str) -> T {
    from_json(json.as_bytes()).unwrap()
}

fn text(value: &impl schemacrate_runtime::model::Value) -> String {
    String::from_utf8(to_json(value)).unwrap()
}

fn body<T>(request: Request<T>) -> String {
    String::from_utf8(request.to_http().unwrap().into_body().to_vec()).unwrap()
}

fn path<T>(request: Request<T>) -> String {
    request.to_http().unwrap().uri().path().to_owned()
}

/// An old service, one of today, and one that is newer than the schema.
#[test]
fn a_value_of_any_version_is_read_whole_and_written_as_it_came() {
    for (version, members) in [
        ("Chassis.v1_0_0", r#""Maker":"Acme""#),
        ("Chassis.v1_0_1", r#""Maker":"Acme","Links":{"ContainedBy":{"Id":"rack"}}"#),
        ("Chassis.v1_10_0", r#""Maker":"Acme","Links":{"Note":"top"},"Height":4.5,"Depth":80.25"#),
        ("Chassis.v1_99_0", r#""Maker":"Acme","Width":48"#),
    ] {
        let json = format!(r##"{{"@odata.type":"#{version}.Chassis","Id":"1",{members}}}"##);
        let chassis: Chassis = read(&json);
        assert_eq!(chassis.maker.as_deref(), Some("Acme"));
        assert_eq!(text(&chassis), json);
    }
    let newest: Chassis = read(r##"{"Links":{"Note":"top"},"Depth":80.25,"Drives":[{"Id":"d"}]}"##);
    assert_eq!(newest.links.unwrap().note.as_deref(), Some("top"));
    assert_eq!(newest.drives.unwrap()[0].id.as_deref(), Some("d"));
    // The first version may have any primitive value where later ones have a text.
    let json = r#"{"Serial":17}"#;
    let oldest: Chassis = read(json);
    assert!(oldest.serial.is_none());
    assert_eq!(text(&oldest), json);
}

#[test]
fn a_base_is_downcast_to_the_type_of_every_version() {
    for name in [
        "Chassis.v1_0_0",
        "Chassis.v1_0_1",
        "Chassis.v1_1_0",
        "Chassis.v1_10_0",
        "Chassis",
        "First",
    ] {
        let json = format!(r##"{{"@odata.type":"#{name}.Chassis","Name":"rack","Height":4.5}}"##);
        let resource: Resource = read(&json);
        assert_eq!(resource.type_name(), format!("{name}.Chassis"));
        let chassis: Chassis = resource.clone().downcast().unwrap();
        assert_eq!((chassis.name.as_deref(), chassis.height), (Some("rack"), Some(4.5)));
        assert_eq!(text(&chassis), json);
        assert!(
            matches!(resource.into_any(), AnyResource::Chassis(one) if one.height == Some(4.5))
        );
        assert!(matches!(read::<Item>(&json).into_any(), AnyItem::Chassis(_)));
    }
    // Later versions of the base are another type, of which no chassis is.
    let json = r##"{"@odata.type":"#Resource.v1_2_0.Resource","Location":"x","Altitude":2.0}"##;
    let later: Resource = read(json);
    let later: golden_versions::resource::v1_1_0::Resource = later.downcast().unwrap();
    assert_eq!((later.location.as_deref(), later.altitude), (Some("x"), Some(2.0)));
}

/// A service may be newer than the schema of the program.
#[test]
fn a_version_that_the_schema_does_not_have_is_of_the_type_of_the_latest_one() {
    let json = r##"{"@odata.type":"#Chassis.v1_99_0.Chassis","Height":4.5,"Width":48}"##;
    let resource: Resource = read(json);
    assert_eq!(resource.type_name(), "Chassis.v1_99_0.Chassis");
    assert!(matches!(resource.clone().into_any(), AnyResource::Chassis(_)));
    let chassis: Chassis = resource.downcast().unwrap();
    assert_eq!(chassis.height, Some(4.5));
    assert_eq!(text(&chassis), json);
    // Of the base the latest version is a type of its own.
    let later: Resource = read(r##"{"@odata.type":"#Resource.v1_99_0.Resource","Location":"x"}"##);
    assert!(later.downcast::<golden_versions::resource::v1_1_0::Resource>().is_ok());
    for other in ["Chassis.v1_99_0.Sled", "Oem.v1_99_0.Chassis", "Chassis.v1_x.Chassis", "Other"] {
        let other: Resource = read(&format!(r##"{{"@odata.type":"#{other}"}}"##));
        assert!(other.clone().downcast::<Chassis>().is_err());
        assert!(matches!(other.into_any(), AnyResource::Resource(_)));
    }
}

#[test]
fn what_is_sent_names_the_latest_version_where_a_base_is_declared() {
    let client = Client::with_service_root("https://bmc.example/redfish/v1", "t").unwrap();
    let update = || ChassisUpdate::new().name("rack");
    assert_eq!(body(client.chassis().create(update())), r#"{"Name":"rack"}"#);
    let named = r##"{"@odata.type":"#Chassis.v1_10_0.Chassis","Name":"rack"}"##;
    assert_eq!(body(client.resources().create(update())), named);
    let mut chassis = Chassis::default();
    chassis.name = Some("rack".to_owned());
    assert_eq!(body(client.resources().create(&chassis)), named);
    assert_eq!(Resource::from_derived(chassis).type_name(), "Chassis.v1_10_0.Chassis");
    // What came keeps the version that it has.
    let came = r##"{"@odata.type":"#Chassis.v1_0_0.Chassis","Name":"rack"}"##;
    assert_eq!(body(client.resources().create(read::<Chassis>(came))), came);
}

#[test]
fn paths_name_no_version() {
    let client = Client::with_service_root("https://bmc.example/redfish/v1", "t").unwrap();
    let chassis = client.chassis().id("1");
    assert_eq!(path(chassis.thermal().get()), "/redfish/v1/Chassis('1')/Thermal");
    assert_eq!(path(chassis.drives().list()), "/redfish/v1/Chassis('1')/Drives");
    assert_eq!(path(chassis.blink()), "/redfish/v1/Chassis('1')/Chassis.v1_1_0.Blink");
}

#[test]
fn the_registry_knows_every_version() {
    for name in ["Chassis.Chassis", "#Chassis.v1_0_1.Chassis", "Chassis.v1_10_0.Chassis"] {
        let entry = REGISTRY.find(name).unwrap();
        assert_eq!(entry.name(), "Chassis.Chassis");
        let object = entry.decode(br#"{"Height":4.5}"#).unwrap();
        assert_eq!(object.to_json(), br#"{"Height":4.5}"#);
    }
    assert_eq!(REGISTRY.find("Chassis.v1_1_0.Links").unwrap().name(), "Chassis.v1_0_0.Links");
    assert!(REGISTRY.find("Chassis.v1_99_0.Chassis").is_none());
}
