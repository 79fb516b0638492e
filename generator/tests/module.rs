//! Crates that have a build script write a module, and include it: what the README shows, against the
//! compiler.
//!
//! The crate is below `target/`, which keeps what it has built of the generator.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Builder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SCHEMA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="book"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/>
<Property Name="title" Type="Edm.String"/><Property Name="shelf" Type="library.stock.shelf"/></EntityType>
<Action Name="lend" IsBound="true"><Parameter Name="book" Type="library.book"/><Parameter Name="to" Type="Edm.String"/></Action>
<EntityContainer Name="c"><EntitySet Name="books" EntityType="library.book"/></EntityContainer></Schema>
<Schema Namespace="library.stock" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="shelf"><Property Name="number" Type="Edm.Int32"/></ComplexType>
<EntityType Name="rareBook" BaseType="library.book"><Property Name="value" Type="Edm.Decimal"/></EntityType></Schema>
</edmx:DataServices></edmx:Edmx>"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The block of code of the README that has a text.
fn of_readme(text: &str) -> String {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let blocks = readme.split("\n```").skip(1).step_by(2);
    let block = blocks.into_iter().find(|block| block.contains(text));
    let block = block.unwrap_or_else(|| panic!("the README has no example with {text}"));
    block.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn a_build_script_writes_a_module_that_a_crate_includes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("module");
    fs::create_dir_all(folder.join("src")).unwrap();
    let repository = repository();
    let names = repository.join("generator/tests/goldens/names/schema.csdl");
    assert!(names.is_file(), "{}", names.display());
    let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
    write("library.csdl", SCHEMA);
    let build = of_readme("Builder::new(std::env::var(\"OUT_DIR\")?)");
    // The same script writes a module in which names are what Rust keeps for itself.
    let second = format!(
        "    schemacrate::Builder::new(std::env::var(\"OUT_DIR\")?)\n        .schema({names:?})\n        .module(\"names.rs\")\n        .run()?\n        .write()?;\n    Ok(())"
    );
    assert_eq!(build.matches("    Ok(())").count(), 1, "{build}");
    write("build.rs", &build.replace("    Ok(())", &second));
    let library = of_readme("include!(concat!");
    let rest = "
/// A module above one.
pub mod deep {
    /// What the names of a schema can be.
    pub mod names {
        include!(concat!(env!(\"OUT_DIR\"), \"/names.rs\"));
    }
}

/// Uses what was included.
pub fn title(book: &client::library::Book) -> Option<&str> {
    book.title.as_deref()
}

/// Uses requests.
pub fn lend(client: &client::Client) -> String {
    let parameters = client::library::BookLendParameters::new().to(\"me\");
    format!(\"{:?}\", client.books().id(\"1\").lend(&parameters))
}
";
    write(
        "src/lib.rs",
        &format!(
            "//! A crate.\n#![deny(warnings)]\n#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\n/// The service.\n{library}{rest}"
        ),
    );
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nschemacrate-runtime = {{ path = {:?}, default-features = false, features = [\"odata\"] }}\n\n[build-dependencies]\nschemacrate = {{ path = {:?}, default-features = false }}\n\n[lints.rust]\nmissing_docs = \"warn\"\nunreachable_pub = \"warn\"\n",
            repository.join("runtime"),
            repository.join("generator"),
        ),
    );
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--color=never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Not even what the generator wrote there before.
#[test]
fn nothing_else_in_the_folder_is_touched() {
    let folder = TempDir::new().unwrap();
    let schema = folder.path().join("library.csdl");
    fs::write(&schema, SCHEMA).unwrap();
    let module = |file: &str| {
        let builder = Builder::new(folder.path()).schema(&schema).module(file);
        builder.run().unwrap_or_else(|error| panic!("{error}"))
    };
    module("src/one.rs").write().unwrap();
    fs::write(folder.path().join("src/own.rs"), "// mine\n").unwrap();
    module("src/two.rs").write().unwrap();
    for file in ["src/one.rs", "src/two.rs", "src/own.rs"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
    assert!(!folder.path().join("Cargo.toml").exists());
    assert!(module("src/two.rs").difference.is_empty());
    module("src/own.rs").write().unwrap_err();
    assert_eq!(fs::read_to_string(folder.path().join("src/own.rs")).unwrap(), "// mine\n");
}

#[test]
fn a_module_is_a_file_of_rust_below_the_folder() {
    let folder = TempDir::new().unwrap();
    let schema = folder.path().join("library.csdl");
    fs::write(&schema, SCHEMA).unwrap();
    for file in ["client", "../client.rs", "/client.rs", "a//b.rs", "", "C:\\client.rs"] {
        let made = Builder::new(folder.path().join("out")).schema(&schema).module(file).run();
        let shown = made.map(|_| ()).unwrap_err().to_string();
        assert!(shown.contains("error[bad-configuration]"), "{file}: {shown}");
    }
}
