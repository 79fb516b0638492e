//! The `Cargo.toml` of a generated crate.

use crate::config::Config;
use crate::mark;
use toml::{Table, Value};

/// The manifest: the generator's own part with the configured one laid over it.
pub(crate) fn manifest(config: &Config) -> String {
    let mut table = Table::new();
    let mut package = Table::new();
    package.insert("name".to_owned(), Value::String(config.package.name.clone()));
    let own_package = [("version", "0.1.0"), ("edition", "2024")];
    let configured = config.manifest.get_ref().get("package").and_then(Value::as_table);
    for (key, value) in own_package {
        if configured.is_none_or(|table| !table.contains_key(key)) {
            package.insert(key.to_owned(), Value::String(value.to_owned()));
        }
    }
    table.insert("package".to_owned(), Value::Table(package));
    // Text of a schema can be no doc-test; if it could, none would run.
    let library = Table::from_iter([("doctest".to_owned(), Value::Boolean(false))]);
    table.insert("lib".to_owned(), Value::Table(library));
    let mut dependencies = Table::new();
    dependencies.insert("odatagen-runtime".to_owned(), Value::String(RUNTIME.to_owned()));
    table.insert("dependencies".to_owned(), Value::Table(dependencies));
    let mut features = Table::new();
    features.insert("registry".to_owned(), Value::Array(Vec::new()));
    table.insert("features".to_owned(), Value::Table(features));
    merge(&mut table, config.manifest.get_ref());
    format!("{}\n{table}", mark::of_manifest(&config.package.command))
}

/// Whether cargo can read a manifest. One that it cannot read would stop cargo in the whole
/// workspace of the generated crate, and with it the command that could mend it.
///
/// # Errors
/// What is wrong.
pub(crate) fn check(manifest: &str) -> Result<(), String> {
    let found = cargo_toml::Manifest::from_str(manifest).map_err(|error| error.to_string())?;
    let package = found.package.ok_or("there is no package")?;
    let name = package.name();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(fits) || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Err(format!(
            "`{name}` is no package name: it begins with a letter and holds letters, digits, `-` and `_`"
        ));
    }
    Ok(())
}

/// The version of the runtime that the emitted code is written for.
const RUNTIME: &str = "0.1";

/// Lays one table over another: tables key by key, the runtime's entry as a whole.
pub(crate) fn merge(base: &mut Table, over: &Table) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(Value::Table(base)), Value::Table(over)) if key != "odatagen-runtime" => {
                merge(base, over);
            }
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}
