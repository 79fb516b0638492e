//! Lists the sources of the runtime, so that the generator can write them beside a crate.
//!
//! It reads `../runtime` and changes nothing. Where the generator is built without it, the list is
//! empty, and a crate has to name its runtime.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = here.join("..");
    let mut sources = Vec::new();
    for path in ["Cargo.toml", "rustfmt.toml", "runtime/Cargo.toml", "runtime/src"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    if root.join("runtime/src").is_dir() {
        collect(&root.join("runtime/src"), "src", &mut sources)?;
        sources.sort();
    }
    let file = |path: &Path| match path.is_file() {
        true => format!("include_str!({:?})", path.display().to_string()),
        false => "\"\"".to_owned(),
    };
    let mut code = String::new();
    for (name, path) in [
        ("MANIFEST", "runtime/Cargo.toml"),
        ("WORKSPACE", "Cargo.toml"),
        ("FORMAT", "rustfmt.toml"),
    ] {
        let _ = writeln!(code, "const {name}: &str = {};", file(&root.join(path)));
    }
    let _ = writeln!(code, "static SOURCES: &[(&str, &str)] = &[");
    for (name, path) in &sources {
        let _ = writeln!(code, "    ({name:?}, {}),", file(path));
    }
    let _ = writeln!(code, "];");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("runtime.rs"), code)
}

/// The Rust files below a folder, with `/` in their names.
fn collect(folder: &Path, name: &str, sources: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, sources)?;
        } else if name.ends_with(".rs") {
            sources.push((name, path));
        }
    }
    Ok(())
}
