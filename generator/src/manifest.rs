//! The `Cargo.toml` of a generated crate.

use crate::config::Config;
use crate::render::MARK;
use toml::{Table, Value};

/// The manifest: the generator's own part with the configured one laid over it.
pub(crate) fn manifest(config: &Config) -> String {
    let mut table = Table::new();
    let mut package = Table::new();
    package.insert("name".to_owned(), Value::String(config.package.name.clone()));
    let own_package = [("version", "0.1.0"), ("edition", "2024")];
    let configured = config.manifest.get("package").and_then(Value::as_table);
    for (key, value) in own_package {
        if configured.is_none_or(|table| !table.contains_key(key)) {
            package.insert(key.to_owned(), Value::String(value.to_owned()));
        }
    }
    table.insert("package".to_owned(), Value::Table(package));
    let mut dependencies = Table::new();
    dependencies.insert("odatagen-runtime".to_owned(), Value::String(RUNTIME.to_owned()));
    table.insert("dependencies".to_owned(), Value::Table(dependencies));
    merge(&mut table, &config.manifest);
    format!(
        "# {MARK} from the configuration. Do not edit: change it and run `{}`.\n\n{table}",
        config.package.command
    )
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
