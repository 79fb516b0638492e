//! The `Cargo.toml` of a generated crate.
//!
//! Enters: the configuration, and what the plan needs. Leaves: the manifest, and whether the crate contains its runtime.
//! Must not know: the schema, the file system.

use crate::crate_plan::CratePlan;
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::write::mark;
use crate::write::runtime;
use toml::{Table, Value};

/// A manifest, and what follows from it.
pub(crate) struct Manifest {
    /// The text of the file.
    pub(crate) text: String,
    /// Whether the dependency is on the runtime below the crate.
    pub(crate) carries_runtime: bool,
}

impl Manifest {
    /// The manifest of a crate, which cargo can read.
    ///
    /// # Errors
    /// If the place of the runtime is not configured, or cargo would refuse the manifest.
    pub(crate) fn of(config: &Config, plan: &CratePlan) -> Result<Self, Diagnostic> {
        let needs = Needs {
            features: plan.runtime_features,
            own_features: plan.own_features,
            has_registry: plan.registry.is_some(),
        };
        let manifest = manifest(config, needs).ok_or_else(|| {
            Diagnostic::error("runtime-missing", "the place of the crate `schemacrate-runtime` is not configured")
                .help(
                    "name its folder with `--runtime` or as `path` under [runtime], or give it a source under [manifest.dependencies]",
                )
        })?;
        check(&manifest.text).map_err(|error| {
            let message = format!("cargo would refuse the manifest of the crate: {error}");
            let diagnostic = Diagnostic::error("bad-manifest", message)
                .help("correct [manifest] or the name of the crate in the configuration");
            config.point(diagnostic, config.manifest.span(), "")
        })?;
        Ok(manifest)
    }
}

/// What a crate needs of its manifest.
#[derive(Clone, Copy)]
struct Needs {
    /// The features of the runtime without which it does not compile.
    features: &'static [&'static str],
    /// The features of the runtime that are features of the crate as well; none if it has those that the
    /// runtime has by default.
    own_features: &'static [&'static str],
    /// Whether there is a table of its types.
    has_registry: bool,
}

/// The generator's own part of the manifest with the configured one laid over it.
///
/// `None` if the place of the runtime is not configured, and the generator does not contain it
/// either.
fn manifest(config: &Config, needs: Needs) -> Option<Manifest> {
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
    // The text of a schema cannot become a doc-test; with this setting, none would run anyway.
    let library = Table::from_iter([("doctest".to_owned(), Value::Boolean(false))]);
    table.insert("lib".to_owned(), Value::Table(library));
    // The place of the runtime; the dependency itself also contains what is configured for it.
    let dependencies = Table::from_iter([(runtime::NAME.to_owned(), Value::Boolean(true))]);
    table.insert("dependencies".to_owned(), Value::Table(dependencies));
    let mut features = Table::new();
    if needs.has_registry {
        features.insert("registry".to_owned(), Value::Array(Vec::new()));
    }
    if !needs.own_features.is_empty() {
        let list = |all: Vec<String>| Value::Array(all.into_iter().map(Value::from).collect());
        let own = || needs.own_features.iter().map(|one| (*one).to_owned());
        features.insert("default".to_owned(), list(own().collect()));
        for one in own() {
            let of_runtime = format!("{}/{one}", runtime::NAME);
            features.insert(one, list(vec![of_runtime]));
        }
    }
    table.insert("features".to_owned(), Value::Table(features));
    merge(&mut table, config.manifest.get_ref());

    let mut carries_runtime = false;
    if let Some(dependencies) = table.get_mut("dependencies").and_then(Value::as_table_mut)
        && let Some(entry) = dependencies.get_mut(runtime::NAME)
    {
        let configured = if entry.is_bool() { Table::new().into() } else { entry.clone() };
        let path = config.runtime.path.as_ref().map(|path| path.get_ref().as_str());
        let dependency = dependency(configured, path, needs)?;
        carries_runtime = dependency.is_carried;
        *entry = dependency.entry;
    }
    let text = format!("{}\n{table}", mark::of_manifest(&config.package.command));
    Some(Manifest { text, carries_runtime })
}

/// The dependency on the runtime.
struct Dependency {
    entry: Value,
    is_carried: bool,
}

/// The keys that specify the source of a dependency, and those that only make sense next to them.
const SOURCES: [&str; 5] = ["path", "git", "workspace", "registry", "registry-index"];
const BESIDE_SOURCES: [&str; 3] = ["branch", "tag", "rev"];

/// The dependency on the runtime: what is configured, with a source. A version alone is not a
/// source, since the runtime is not on any registry.
fn dependency(configured: Value, path: Option<&str>, needs: Needs) -> Option<Dependency> {
    let mut entry = match configured {
        Value::Table(entry) => entry,
        Value::String(version) => Table::from_iter([("version".to_owned(), version.into())]),
        // cargo explains best what is wrong with it.
        other => return Some(Dependency { entry: other, is_carried: false }),
    };
    if !needs.features.is_empty() {
        add_features(&mut entry, needs.features);
    }
    if !needs.own_features.is_empty() && !entry.contains_key("default_features") {
        entry.entry("default-features").or_insert(Value::Boolean(false));
    }
    if path.is_none() && has_source(&entry) {
        return Some(Dependency { entry: entry.into(), is_carried: false });
    }
    if path.is_none() && !runtime::is_there() {
        return None;
    }
    remove_source(&mut entry);
    let mut dependency = Table::new();
    dependency.insert("path".to_owned(), path.unwrap_or(runtime::NAME).into());
    dependency.extend(entry);
    Some(Dependency { entry: dependency.into(), is_carried: path.is_none() })
}

/// Adds features to those that are configured. If the value is not a list, cargo explains that
/// best.
fn add_features(entry: &mut Table, features: &[&str]) {
    let named = entry.entry("features").or_insert_with(|| Value::Array(Vec::new()));
    let Some(named) = named.as_array_mut() else { return };
    for feature in features {
        if !named.iter().any(|one| one.as_str() == Some(feature)) {
            named.push((*feature).into());
        }
    }
}

fn has_source(entry: &Table) -> bool {
    SOURCES.iter().any(|source| entry.contains_key(*source))
}

fn remove_source(entry: &mut Table) {
    for key in SOURCES.iter().chain(&BESIDE_SOURCES) {
        entry.remove(*key);
    }
}

/// Whether cargo can read a manifest. One that it cannot read would stop cargo in the whole
/// workspace of the generated crate, and with it the command that could repair it.
///
/// # Errors
/// What is wrong.
fn check(manifest: &str) -> Result<(), String> {
    let found = cargo_toml::Manifest::from_str(manifest).map_err(|error| error.to_string())?;
    let package = found.package.ok_or("there is no package")?;
    let name = package.name();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(fits) || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Err(format!(
            "`{name}` is not a package name: it begins with a letter and holds letters, digits, `-` and `_`"
        ));
    }
    if name.replace('_', "-") == runtime::NAME {
        return Err(format!("`{name}` is the name of a package on which the crate depends"));
    }
    Ok(())
}

/// Lays one table over another, key by key. Another source of the runtime takes the place of the one
/// that was there.
pub(crate) fn merge(base: &mut Table, over: &Table) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(Value::Table(base)), Value::Table(over)) => {
                if key == runtime::NAME && has_source(over) {
                    remove_source(base);
                }
                merge(base, over);
            }
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::Spanned;

    const ODATA: Needs = Needs { features: &["odata"], own_features: &[], has_registry: true };

    fn entry(manifest: &str, path: Option<&str>) -> (Value, bool) {
        let mut config = Config::new("n", "out");
        *config.manifest.get_mut() = manifest.parse().expect("a table");
        config.runtime.path = path.map(|path| Spanned::new(0..0, path.to_owned()));
        let Manifest { text, carries_runtime } =
            super::manifest(&config, ODATA).expect("a manifest");
        check(&text).expect("cargo reads it");
        let table: Table = text.parse().expect("a table");
        (table["dependencies"][runtime::NAME].clone(), carries_runtime)
    }

    fn value(text: &str) -> Value {
        let table: Table = format!("x = {text}").parse().expect("a value");
        table["x"].clone()
    }

    /// Each entry of the configuration, without and with a path.
    #[test]
    fn the_runtime_always_has_a_source_and_keeps_what_is_configured() {
        let carried = r#"{ path = "schemacrate-runtime", features = ["odata"] }"#;
        let at = r#"{ path = "../r", features = ["odata"] }"#;
        let cases = [
            ("", carried, at),
            (
                r#""0.1""#,
                r#"{ path = "schemacrate-runtime", version = "0.1", features = ["odata"] }"#,
                r#"{ path = "../r", version = "0.1", features = ["odata"] }"#,
            ),
            (
                r#"{ features = ["azure"], default-features = false }"#,
                r#"{ path = "schemacrate-runtime", features = ["azure", "odata"], default-features = false }"#,
                r#"{ path = "../r", features = ["azure", "odata"], default-features = false }"#,
            ),
            (
                r#"{ path = "x", features = ["a"] }"#,
                r#"{ path = "x", features = ["a", "odata"] }"#,
                r#"{ path = "../r", features = ["a", "odata"] }"#,
            ),
            (
                r#"{ workspace = true, features = ["a", "odata"] }"#,
                r#"{ workspace = true, features = ["a", "odata"] }"#,
                r#"{ path = "../r", features = ["a", "odata"] }"#,
            ),
            (
                r#"{ git = "https://g.example/o", rev = "a" }"#,
                r#"{ git = "https://g.example/o", rev = "a", features = ["odata"] }"#,
                at,
            ),
            (
                r#"{ version = "1", registry = "mine" }"#,
                r#"{ version = "1", registry = "mine", features = ["odata"] }"#,
                r#"{ path = "../r", version = "1", features = ["odata"] }"#,
            ),
        ];
        for (configured, without, with) in cases {
            let manifest = match configured {
                "" => String::new(),
                entry => format!("[dependencies]\nschemacrate-runtime = {entry}"),
            };
            let (found, is_carried) = entry(&manifest, None);
            assert_eq!(found, value(without), "{configured}");
            assert_eq!(is_carried, without.contains("schemacrate-runtime"), "{configured}");
            assert_eq!(entry(&manifest, Some("../r")), (value(with), false), "{configured}");
        }
    }

    #[test]
    fn other_dependencies_are_merged() {
        let (found, _) =
            entry("[dependencies]\ntime = \"0.3\"\n[lib]\ncrate-type = [\"rlib\"]", None);
        assert_eq!(found, value(r#"{ path = "schemacrate-runtime", features = ["odata"] }"#));
    }

    #[test]
    fn another_source_takes_the_place_of_the_first() {
        let mut base: Table =
            "[schemacrate-runtime]\nworkspace = true\nfeatures = [\"a\"]".parse().expect("");
        merge(&mut base, &"[schemacrate-runtime]\npath = \"x\"".parse().expect(""));
        assert_eq!(base[runtime::NAME], value(r#"{ path = "x", features = ["a"] }"#));
    }
}
