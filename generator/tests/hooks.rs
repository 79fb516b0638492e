//! Attributes that the configuration adds, and types of other crates in place of generated ones.
//!
//! The crates are a workspace below `target/`, which keeps what it has built of the runtime.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Builder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SCHEMA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="user"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="name" Type="Edm.String"/>
<Property Name="address" Type="n.address"/></EntityType>
<EntityType Name="admin" BaseType="n.user"><Property Name="level" Type="Edm.Int32"/></EntityType>
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="group"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="color" Type="n.color"/>
<Property Name="place" Type="n.address"/><Property Name="places" Type="Collection(n.address)"/>
<Property Name="sizes" Type="n.size"/><Property Name="anything" Type="n.anything"/>
<NavigationProperty Name="owner" Type="n.user"/><NavigationProperty Name="thing" Type="n.thing"/>
<NavigationProperty Name="members" Type="Collection(n.user)" ContainsTarget="true"/></EntityType>
<ComplexType Name="address"><Property Name="street" Type="Edm.String"/></ComplexType>
<ComplexType Name="anything"/>
<EnumType Name="color"><Member Name="red"/><Member Name="green"/></EnumType>
<EnumType Name="size" IsFlags="true"><Member Name="small" Value="1"/><Member Name="large" Value="2"/></EnumType>
<Action Name="move" IsBound="true"><Parameter Name="group" Type="n.group"/><Parameter Name="to" Type="n.address"/>
<Parameter Name="by" Type="n.user"/><Parameter Name="color" Type="n.color"/><ReturnType Type="n.address"/></Action>
<Function Name="near" IsBound="true"><Parameter Name="group" Type="n.group"/><Parameter Name="color" Type="n.color" Nullable="false"/>
<ReturnType Type="Collection(n.address)"/></Function>
<EntityContainer Name="c"><EntitySet Name="users" EntityType="n.user"/><EntitySet Name="groups" EntityType="n.group"/>
<EntitySet Name="things" EntityType="n.thing"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"#;

/// What the crate `client` takes from the crate `other`.
const EXTERNAL: [(&str, &str); 6] = [
    ("n.user", "::other::n::User"),
    ("n.thing", "::other::n::Thing"),
    ("n.address", "::other::n::Address"),
    ("n.anything", "::other::n::Address"),
    ("n.color", "::other::n::Color"),
    ("n.size", "::other::n::Size"),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A folder with the schema.
fn schema() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let schema = folder.path().join("n.csdl");
    fs::write(&schema, SCHEMA).unwrap();
    (folder, schema)
}

fn refused(builder: Builder) -> String {
    builder.run().map(|_| ()).unwrap_err().to_string()
}

#[test]
fn crates_share_types_and_have_the_attributes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hooks");
    fs::create_dir_all(folder.join("app/src")).unwrap();
    let (_kept, schema) = schema();
    let builder = |name: &str| {
        Builder::new(folder.join(name)).schema(&schema).runtime_path(repository().join("runtime"))
    };
    let write = |builder: Builder| {
        builder.run().unwrap_or_else(|error| panic!("{error}")).write().unwrap();
    };
    write(
        builder("other")
            .type_attribute("n.color", "#[derive(PartialOrd)]")
            .type_attribute("n.*", "#[doc(alias = \"nothing // but a name\")]")
            .field_attribute("n.user/name", "#[doc(alias = \"title\")]\n#[allow(dead_code)]")
            .field_attribute("n.color/red", "#[doc(alias = \"rouge\")]"),
    );
    let dependency: toml::Table =
        "[dependencies]\nother = { path = \"../other\" }".parse().unwrap();
    let client = builder("client").manifest(&dependency);
    write(EXTERNAL.iter().fold(client, |client, (name, path)| client.extern_type(*name, *path)));
    let manifest = |name: &str, lines: &str| fs::write(folder.join(name), lines).unwrap();
    manifest(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"other\", \"client\", \"app\"]\n",
    );
    manifest(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nclient = { path = \"../client\", features = [\"registry\"] }\nother = { path = \"../other\" }\n",
    );
    manifest(
        "app/src/lib.rs",
        "use other::n::{Address, Color, User};
pub fn is_sorted() -> bool { Color::Red < Color::Green }
pub fn street(group: &client::n::Group) -> Option<&str> { group.place.as_ref()?.street.as_deref() }
pub fn as_any(user: User) -> other::n::AnyUser { user.into_any() }
pub fn level(user: User) -> Option<i32> { user.downcast::<client::n::Admin>().ok()?.level }
pub fn moving(client: &client::Client, to: &Address) -> String {
    let parameters = client::n::GroupMoveParameters::new().to(Some(to.clone())).color(Color::Red);
    format!(\"{:?}\", client.groups().id(\"1\").r#move(&parameters))
}
",
    );
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--features",
            "client/registry",
            "--offline",
            "--color=never",
        ])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let user = read("other/src/n/user_types.rs");
    let fields =
        "    #[doc(alias = \"title\")]\n#[allow(dead_code)]\n    pub name: Option<String>,";
    assert!(user.contains(fields), "{user}");
    // The field is in the struct of the derived type, too.
    assert!(read("other/src/n/admin_types.rs").contains(fields));
    assert!(read("other/src/n/color_types.rs").contains("    #[doc(alias = \"rouge\")]\n    Red,"));
    // What is another crate's is not made again.
    let api = read("client/api.txt");
    assert!(!api.contains("struct n::User ") && api.contains("::other::n::User"), "{api}");
    assert!(api.contains("n::UserPath") && !api.contains("AnyUser"), "{api}");
}

#[test]
fn what_fits_nothing_or_is_not_rust_is_an_error() {
    let (folder, schema) = schema();
    let builder = || Builder::new(folder.path().join("out")).schema(&schema);
    for (builder, code, part) in [
        (builder().type_attribute("n.nobody", "#[a]"), "unmatched-element", "`n.nobody`"),
        (builder().type_attribute("m.*", "#[a]"), "unmatched-element", "`m.*`"),
        (
            builder().field_attribute("n.user/nothing", "#[a]"),
            "unmatched-element",
            "`n.user/nothing`",
        ),
        (builder().extern_type("n.nobody", "::a::B"), "unmatched-element", "`n.nobody`"),
        (builder().extern_type("n.*", "::a::B"), "unmatched-element", "`n.*`"),
        (builder().extern_type("n.user/name", "::a::B"), "unmatched-element", "`n.user/name`"),
        (
            builder().include("/groups/{id}/color").type_attribute("n.thing", "#[a]"),
            "unmatched-element",
            "`n.thing`",
        ),
        (
            builder().type_attribute("n.user", "derive(Hash)"),
            "bad-configuration",
            "is not a Rust attribute",
        ),
        (
            builder().type_attribute("n.user", "#[a] struct X;"),
            "bad-configuration",
            "is not a Rust attribute",
        ),
        (
            builder().type_attribute("n.user", "#![a]"),
            "bad-configuration",
            "is not a Rust attribute",
        ),
        (
            builder().type_attribute("n.user", "// #[a]"),
            "bad-configuration",
            "is not a Rust attribute",
        ),
        (
            builder().extern_type("n.user", "other::User"),
            "bad-configuration",
            "is not the path of a type",
        ),
        (
            builder().extern_type("n.user", "::other::User<u8>"),
            "bad-configuration",
            "is not the path of a type",
        ),
        (
            builder().extern_type("n.user", "::crate::User"),
            "bad-configuration",
            "is not the path of a type",
        ),
        (
            builder().extern_type("n.user", "crate"),
            "bad-configuration",
            "is not the path of a type",
        ),
    ] {
        let shown = refused(builder);
        assert!(
            shown.contains(&format!("error[{code}]")) && shown.contains(part),
            "{part}\n{shown}"
        );
    }
}

#[test]
fn the_configuration_has_the_same_and_errors_have_their_place() {
    let (folder, _schema) = schema();
    let configuration = folder.path().join("schemacrate.toml");
    let write = |attribute: &str, element: &str| {
        let text = format!(
            "[source]\nfiles = [\"n.csdl\"]\n[crate]\nname = \"n\"\ndirectory = \"out\"\n[attributes]\n\"n.color\" = [{attribute:?}]\n[extern]\n{element:?} = \"crate::Own\"\n"
        );
        fs::write(&configuration, text).unwrap();
        Builder::from_config(&configuration)
    };
    let build = write("#[derive(PartialOrd)]", "n.address").run();
    let tree = build.unwrap_or_else(|error| panic!("{error}")).generated.tree;
    let colors = tree.get("src/n/color_types.rs").unwrap();
    assert!(colors.contains("#[derive(PartialOrd)]\n#[derive(Clone, Debug)]"), "{colors}");
    assert!(tree.get("src/n/group_types.rs").unwrap().contains("pub place: Option<crate::Own>"));
    assert!(refused(write("#[derive", "n.address")).contains("schemacrate.toml:7:"));
    assert!(refused(write("#[a]", "n.adress")).contains("schemacrate.toml:9:"));
}
