//! Schemas and descriptions in which every name that Rust, its library or the runtime uses is the name of
//! everything a schema can name. The crates made from them are checked by the compiler.
//!
//! The crates are a workspace below `target/`, which keeps what it has built of the runtime.

#![allow(clippy::unwrap_used)] // A test may panic.

mod openapi;

use schemacrate::Builder;
use schemacrate::config::Unresolved;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use test_support::{edmx, schema};

/// Keywords: strict, reserved and weak ones, of all editions.
const KEYWORDS: &str = "as async await break const continue crate dyn else enum extern false fn for gen \
    if impl in let loop match mod move mut pub ref return self Self static struct super trait true type \
    unsafe use where while abstract become box do final macro override priv try typeof unsized virtual \
    yield auto default dyn macro_rules raw safe union _";

/// The prelude, primitive types, and the crates and modules that code names.
const PRELUDE: &str = "Option Some None Result Ok Err Box String Vec ToString ToOwned Clone Copy Debug \
    Default Eq PartialEq Ord PartialOrd Hash Send Sync Sized Unpin Drop Fn FnMut FnOnce AsyncFn \
    Iterator Extend IntoIterator DoubleEndedIterator ExactSizeIterator FromIterator From Into TryFrom \
    TryInto AsRef AsMut Future IntoFuture Display Error Deref Any Infallible FromStr Formatter Hasher \
    Serialize Serializer Deserialize Deserializer bool char str u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 \
    usize isize f32 f64 std core alloc test proc_macro schemacrate_runtime runtime client registry lib main \
    bin build mod con nul aux vec format matches println panic derive cfg doc inline allow deny \
    deprecated must_use non_exhaustive rustfmt T H S D E K V O U B F Item Output Target Err Key Value \
    additional additional_ new value update client_ Client SERVICE_ROOT REGISTRY TYPES ACTIONS index name \
    other type_name formatter hasher serializer deserializer parameters of base";

/// What can be called on a value of the standard library's traits.
const METHODS: &str = "clone clone_from eq ne cmp partial_cmp lt le gt ge max min clamp hash fmt to_string \
    to_owned clone_into from into try_from try_into as_ref as_mut borrow borrow_mut deref deref_mut drop \
    default index index_mut add sub mul div rem neg not bitor bitand bitxor shl shr call call_mut \
    call_once next size_hint map filter fold collect iter into_iter from_iter extend len is_empty poll \
    into_future type_id from_str parse source description cause write read flush unwrap expect serialize \
    deserialize is_some take get insert remove contains push send sync await_";

/// Every public name of the runtime's sources, their modules and the functions of their traits.
fn of_runtime() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|one| one == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.extend(public(&syn::parse_file(&text).unwrap().items));
            found.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    found
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The public names of some items, and those of the members of traits, which are as public.
fn public(items: &[syn::Item]) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        let named = match item {
            syn::Item::Struct(one) => is_public(&one.vis).then_some(&one.ident),
            syn::Item::Type(one) => is_public(&one.vis).then_some(&one.ident),
            syn::Item::Fn(one) => is_public(&one.vis).then_some(&one.sig.ident),
            syn::Item::Const(one) => is_public(&one.vis).then_some(&one.ident),
            syn::Item::Macro(one) => one.ident.as_ref(),
            syn::Item::Enum(one) if is_public(&one.vis) => {
                found.extend(one.variants.iter().map(|variant| variant.ident.to_string()));
                Some(&one.ident)
            }
            syn::Item::Trait(one) if is_public(&one.vis) => {
                found.extend(one.items.iter().filter_map(|item| match item {
                    syn::TraitItem::Fn(one) => Some(one.sig.ident.to_string()),
                    syn::TraitItem::Type(one) => Some(one.ident.to_string()),
                    syn::TraitItem::Const(one) => Some(one.ident.to_string()),
                    _ => None,
                }));
                Some(&one.ident)
            }
            syn::Item::Impl(one) => {
                found.extend(one.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(one) if is_public(&one.vis) => {
                        Some(one.sig.ident.to_string())
                    }
                    _ => None,
                }));
                None
            }
            _ => None,
        };
        found.extend(named.map(ToString::to_string));
    }
    found
}

/// All names, none of them twice.
fn names() -> Vec<String> {
    let written = [KEYWORDS, PRELUDE, METHODS].into_iter().flat_map(str::split_whitespace);
    let mut names: BTreeSet<String> = written.map(str::to_owned).collect();
    let runtime = of_runtime();
    for known in ["Request", "alias_if", "open_enum", "entity_path", "IntoNullable", "with_related"]
    {
        assert!(runtime.contains(known), "{known}");
    }
    names.extend(runtime);
    names.extend(["x".repeat(129), "longName".repeat(100), "größe".repeat(100)]);
    // Names that differ in case alone are one name to a type.
    let mut seen = BTreeSet::new();
    names.retain(|name| {
        seen.insert(name.replace('_', "").to_lowercase()) || KEYWORDS.contains(name)
    });
    names.into_iter().collect()
}

/// What else real services call something.
const ODD: &[&str] = &[
    "request-id",
    "client-request-id",
    "$x",
    "$ref",
    "a b",
    "2fa",
    "m²",
    "a.b",
    "a/b",
    "a,b",
    "a'b",
    "a\"b",
    "a\\b",
    "{}",
    "`",
    "*/",
    "…",
    "..",
    "größe",
    "名前",
    "*",
    "@id",
    "#n",
    "a(b)",
    "a=b",
    "a&b",
    "a:b",
    "-",
];

/// What else real services call types and operations.
const ODD_TYPES: &[&str] =
    &["Line-Item", "Line_Item", "2fa", "List`1", "Outer+Inner", "m²", "…", "😀", "größe"];

/// A name as the value of an attribute.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

const KEY: &str = "<Key><PropertyRef Name=\"key\"/></Key>\
    <Property Name=\"key\" Type=\"Edm.String\" Nullable=\"false\"/>";

/// Each name as that of a key, of a set and of what is between a set and an entity, so that the free
/// functions call each of them.
fn keys(names: &[String]) -> String {
    let (mut text, mut sets, mut between) = (String::new(), String::new(), String::new());
    for (at, name) in names.iter().enumerate() {
        let name = escaped(name);
        let _ = writeln!(
            text,
            "<EntityType Name=\"keyed{at}\"><Key><PropertyRef Name=\"{name}\"/></Key>\
             <Property Name=\"{name}\" Type=\"Edm.String\" Nullable=\"false\"/></EntityType>\
             <EntityType Name=\"within{at}\">{KEY}</EntityType>"
        );
        let _ = writeln!(sets, "<EntitySet Name=\"{name}\" EntityType=\"n.keyed{at}\"/>");
        // A navigation property has another name than the key.
        if name != "key" {
            let _ = writeln!(
                between,
                "<NavigationProperty Name=\"{name}\" Type=\"n.within{at}\" ContainsTarget=\"true\"/>"
            );
        }
    }
    format!(
        "{text}<EntityType Name=\"outer\">{KEY}{between}</EntityType>\
         <EntityContainer Name=\"c\">{sets}<EntitySet Name=\"outers\" EntityType=\"n.outer\"/>\
         </EntityContainer>"
    )
}

/// Each name as a member of each kind of type.
fn members(names: &[String]) -> String {
    let all = || names.iter().map(String::as_str).chain(ODD.iter().copied()).map(escaped);
    let mut text = format!("<EntityType Name=\"properties\">{KEY}");
    for name in all().filter(|name| name != "key") {
        let _ = writeln!(text, "<Property Name=\"{name}\" Type=\"Edm.String\"/>");
    }
    let _ = write!(text, "</EntityType><EntityType Name=\"navigations\" BaseType=\"n.root\">");
    for (at, name) in all().filter(|name| name != "key").enumerate() {
        let target = if at % 2 == 0 { "n.properties" } else { "Collection(n.properties)" };
        let _ = writeln!(
            text,
            "<NavigationProperty Name=\"{name}\" Type=\"{target}\" ContainsTarget=\"true\"/>"
        );
    }
    let _ = write!(text, "</EntityType><EntityType Name=\"root\">{KEY}</EntityType>");
    for (kind, flags) in [("members", ""), ("flags", " IsFlags=\"true\"")] {
        let _ = write!(text, "<EnumType Name=\"{kind}\"{flags}>");
        for (at, name) in all().enumerate() {
            let _ = writeln!(text, "<Member Name=\"{name}\" Value=\"{at}\"/>");
        }
        text.push_str("</EnumType>");
    }
    let _ = write!(text, "<ComplexType Name=\"values\">");
    for (at, name) in all().enumerate() {
        let value =
            ["n.members", "Collection(n.flags)", "n.values", "Collection(Edm.Int64)"][at % 4];
        let _ = writeln!(text, "<Property Name=\"{name}\" Type=\"{value}\" Nullable=\"false\"/>");
    }
    text.push_str("</ComplexType>");
    for operation in ["Action", "Function"] {
        let _ = write!(text, "<{operation} Name=\"parameters_of_{operation}\">");
        for (at, name) in all().enumerate() {
            let value = ["n.members", "Collection(n.flags)", "n.values", "Edm.String"][at % 4];
            let optional = "<Annotation Term=\"Org.OData.Core.V1.OptionalParameter\"/>";
            let _ = writeln!(
                text,
                "<Parameter Name=\"{name}\" Type=\"{value}\">{optional}</Parameter>"
            );
        }
        let _ = write!(text, "<ReturnType Type=\"Edm.String\"/></{operation}>");
    }
    text
}

/// Each name as an operation that is bound to an entity and to a collection.
fn operations(names: &[String]) -> String {
    let mut text = String::new();
    let all = names.iter().map(String::as_str).chain(ODD_TYPES.iter().copied());
    for (at, name) in all.enumerate() {
        let kind = if at % 2 == 0 { "Action" } else { "Function" };
        for binding in ["n.root", "Collection(n.root)"] {
            let _ = writeln!(
                text,
                "<{kind} Name=\"{name}\" IsBound=\"true\"><Parameter Name=\"self\" Type=\"{binding}\"/>\
                 <Parameter Name=\"{name}\" Type=\"Edm.Int32\"/><ReturnType Type=\"n.root\"/></{kind}>"
            );
        }
    }
    text
}

/// Each name in the container.
fn container(names: &[String], element: &str) -> String {
    let mut text = "<EntityContainer Name=\"container\">".to_owned();
    for name in names.iter().map(String::as_str).chain(ODD.iter().copied()).map(escaped) {
        let of = if element == "EntitySet" { "EntityType" } else { "Type" };
        let _ = writeln!(text, "<{element} Name=\"{name}\" {of}=\"n.root\"/>");
    }
    for kind in ["Action", "Function"] {
        let _ = write!(
            text,
            "<{kind}Import Name=\"import_of_{kind}\" {kind}=\"n.parameters_of_{kind}\"/>"
        );
    }
    text.push_str("</EntityContainer>");
    text
}

/// Each name as an entity type and as an enumeration.
fn types(names: &[String]) -> String {
    let mut text = String::new();
    let mut entities = String::new();
    let mut enumerations = String::new();
    let names: Vec<String> =
        names.iter().cloned().chain(ODD_TYPES.iter().map(|name| (*name).to_owned())).collect();
    for name in &names {
        let _ = writeln!(entities, "<EntityType Name=\"{name}\">{KEY}</EntityType>");
        let member = format!("<Member Name=\"{name}\"/>");
        let _ = writeln!(enumerations, "<EnumType Name=\"{name}\">{member}</EnumType>");
    }
    text.push_str(&schema("entities", &entities));
    text.push_str(&schema("enumerations", &enumerations));
    text.push_str(&schema("definitions", &definitions(&names)));
    text.push_str(&schema("t", &hierarchies(&names)));
    text
}

/// Each name as a type definition, with a complex type in the same file whose members need the names of
/// the library and of the runtime, and as an alias that a type comes before.
fn definitions(names: &[String]) -> String {
    let underlying = ["String", "Decimal", "Int32", "Binary", "Guid", "Duration", "GeographyPoint"];
    let mut text = String::new();
    for (name, of) in names.iter().zip(underlying.iter().cycle()) {
        let _ = writeln!(
            text,
            "<TypeDefinition Name=\"{name}\" UnderlyingType=\"Edm.{of}\"/>\
             <ComplexType Name=\"{name}_holder\"><Property Name=\"one\" Type=\"definitions.{name}\"/>\
             <Property Name=\"all\" Type=\"Collection(Edm.{of})\"/>\
             <Property Name=\"text\" Type=\"Edm.String\"/></ComplexType>\
             <TypeDefinition Name=\"{name}_holderUpdate\" UnderlyingType=\"Edm.{of}\"/>"
        );
    }
    text
}

/// Every fourth name as a complex type, and as one with others that are derived from it.
fn hierarchies(names: &[String]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let property = format!("<Property Name=\"{name}\" Type=\"t.{name}\"/>");
        let declared = format!("<ComplexType Name=\"{name}\">{property}</ComplexType>");
        let _ = match at % 4 {
            0 => writeln!(text, "{declared}"),
            1 => writeln!(
                text,
                "{declared}<ComplexType Name=\"{name}_derived\" BaseType=\"t.{name}\"/>"
            ),
            _ => Ok(()),
        };
    }
    text
}

/// Each name as a namespace at the root and below another.
fn namespaces(names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        for namespace in [name.clone(), format!("below.{name}")] {
            text.push_str(&schema(
                &namespace,
                "<EnumType Name=\"one\"><Member Name=\"a\"/></EnumType>",
            ));
        }
    }
    text
}

/// Broken rules with which generation lives, as real services break them.
const BROKEN: &str = r#"
<EntityType Name="line"><Key><PropertyRef Name="absent"/></Key>
  <Property Name="id" Type="Edm.Int32"/>
  <Property Name="id" Type="Edm.Int32"/>
  <Property Name="unknown" Type="absent.type"/>
  <Property Name="old" Type="Collection(Edm.DateTime)"/>
  <Property Name="none" Type="Collection()"/>
  <Property Name="entity" Type="System.line" MaxLength="many"/>
  <Property Name="entities" Type="Collection(System.other)" Nullable="perhaps"/>
  <Property Name="any" Type="Collection(Edm.PrimitiveType)"/>
  <Property Name="defined" Type="System.undefined"/>
  <NavigationProperty Name="nowhere" Type="Collection(absent.type)" Partner="lines"/>
  <NavigationProperty Name="complex" Type="System.point" ContainsTarget="true"/>
  <NavigationProperty Name="points" Type="Collection(System.point)"/>
  <NavigationProperty Name="other" Type="System.other" Partner="lines">
    <ReferentialConstraint Property="id" ReferencedProperty="absent"/>
    <OnDelete Action="Explode"/>
  </NavigationProperty>
  <NavigationProperty Name="another" Type="System.other" Partner="lines"/>
  Text.
</EntityType>
<EntityType Name="other" BaseType="absent.base"><Property Name="request-id" Type="Edm.String"/>
  <NavigationProperty Name="lines" Type="Collection(System.line)" Partner="other"/></EntityType>
<EntityType Name="derived" BaseType="System.line"><Property Name="id" Type="Edm.String"/>
  <Property Name="other" Type="Edm.String"/><NavigationProperty Name="any" Type="System.other"/></EntityType>
<EntityType Name="dotnet" BaseType="System.Object"><Property Name="x" Type="Edm.Int32"/></EntityType>
<ComplexType Name="point"><Property Name="x" Type="Edm.Int32"/></ComplexType>
<TypeDefinition Name="undefined" UnderlyingType="Edm.UInt32"/>
<EnumType Name="level" UnderlyingType="Edm.UInt32"><Member Name="err" Value="9999999999"/>
  <Member Name="Err" Value="one"/><Member Name="err" Value="2"/></EnumType>
<Action Name="nothing" IsBound="true"/>
<Function Name="unsaid" IsBound="true"><Parameter Name="it" Type="System.line"/>
  <Parameter Name="it" Type="System.level"/><Parameter Name="unknown" Type="absent.type"/></Function>
<Function Name="same"><Parameter Name="a" Type="Edm.Int32"/><ReturnType Type="absent.type"/></Function>
<Function Name="same"><Parameter Name="a" Type="Edm.String"/><ReturnType Type="Edm.Int32"/></Function>
<Function Name="bound" IsBound="true" EntitySetPath="nowhere/at/all">
  <Parameter Name="of" Type="Collection(System.line)"/><ReturnType Type="Collection(absent.type)"/></Function>
<EntityContainer Name="container" Extends="absent.container">
  <EntitySet Name="lines" EntityType="System.line"/><EntitySet Name="lines" EntityType="System.line"/>
  <EntitySet Name="absent" EntityType="absent.type"/><EntitySet Name="points" EntityType="System.point"/>
  <Singleton Name="me" Type="System.other"/>
  <FunctionImport Name="bound" Function="System.bound"/><FunctionImport Name="same" Function="System.same"/>
  <ActionImport Name="absentAction" Action="System.absent"/>
</EntityContainer>"#;

/// A folder of the workspace, with the documents for one crate.
fn generate(folder: &Path, name: &str, document: &str, models_only: bool) {
    let crate_folder = folder.join(name);
    let ending = if document.starts_with('{') { "json" } else { "csdl" };
    let path = folder.join(format!("{name}.{ending}"));
    fs::write(&path, document).unwrap();
    let mut builder = Builder::new(&crate_folder)
        .schema(&path)
        .crate_name(name)
        .unresolved(Unresolved::Untyped)
        .runtime_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime"));
    if models_only {
        builder = builder.models_only();
    }
    let build = builder.run().unwrap_or_else(|error| panic!("{name}: {error}"));
    build.write().unwrap();
}

#[test]
fn every_name_of_rust_and_of_the_runtime_compiles_everywhere() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("every-name");
    fs::create_dir_all(&folder).unwrap();
    let names = names();
    let crates = [
        (
            "member-names",
            edmx(&schema("n", &format!("{}{}", members(&names), container(&names, "EntitySet")))),
            false,
        ),
        (
            "operation-names",
            edmx(&schema(
                "n",
                &format!(
                    "{}{}{}",
                    members(&[]),
                    operations(&names),
                    container(&names, "Singleton")
                ),
            )),
            false,
        ),
        ("key-names", edmx(&schema("n", &keys(&names))), false),
        ("type-names", edmx(&format!("{}{}", types(&names), namespaces(&names))), false),
        ("model-names", edmx(&schema("n", &members(&names))), true),
        ("broken-rules", edmx(&schema("System", BROKEN)), false),
        ("openapi-components", openapi::components(&names), false),
        ("openapi-members", openapi::members(&names), false),
        ("openapi-operations", openapi::operations(), false),
    ];
    for (name, document, models_only) in &crates {
        generate(&folder, name, document, *models_only);
    }
    let members: Vec<String> = crates.iter().map(|(name, ..)| format!("{name:?}")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "check",
            "--keep-going",
            "--workspace",
            "--features",
            "registry",
            "--offline",
            "--color=never",
        ])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    // Names of packages have such words as well.
    let is_finding = |line: &str| line.starts_with("error") || line.starts_with("warning");
    let found: Vec<&str> =
        stderr.split("\n\n").filter(|part| part.lines().any(is_finding)).collect();
    assert!(output.status.success() && found.is_empty(), "{}", found.join("\n\n"));
}
