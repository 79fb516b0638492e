//! How long generated crates compile, compared with models that derive serde's traits.

use super::models::{Crates, write_file};
use super::report::{Row, table};
use super::usage::Usage;
use crate::workplace::cargo_program;
use schemacrate::internals::ODataSchema;
use schemacrate::internals::crate_plan::{Item, Module};
use schemacrate::internals::edm::StructuredKind;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How many types the program uses.
const USED: usize = 50;

/// How often each crate is checked. They take turns and the best run of each counts, because the speed of
/// a shared machine changes within minutes.
const ROUNDS: usize = 3;

/// Compiles the crates of a whole schema.
pub(super) struct Compile<'a> {
    /// The crates.
    pub(super) crates: &'a Crates,
    /// Where cargo builds.
    pub(super) target: PathBuf,
}

impl Compile<'_> {
    /// Measures, and writes the table.
    pub(super) fn run(&self) -> Result<String, String> {
        let mut rows = Vec::new();
        self.check(&mut rows)?;
        self.release(&mut rows)?;
        Ok(table(&rows))
    }

    fn check(&self, rows: &mut Vec<Row>) -> Result<(), String> {
        let packages = ["models-only", "models-plain", "models", "twin"];
        let mut best = [None; 4];
        for _ in 0..ROUNDS {
            for (package, best) in packages.into_iter().zip(&mut best) {
                let run = self.cost(package, "src/lib.rs", &["check"])?;
                *best = Usage::least(best.take().into_iter().chain([run]));
            }
        }
        let [Some(only), Some(plain), Some(all), Some(twin)] = best else {
            return Err("error: no run".to_owned());
        };
        let target = "CPU ≤ 1/6, memory ≤ 1/4 of the twin's";
        rows.push(Row::new("`cargo check`, models only", target, compared(only, twin)));
        let what = "the same without the feature `serde`";
        rows.push(Row::new(what, target, compared(plain, twin)));
        let target = "CPU ≤ 2 × the models alone";
        let measured = format!(
            "{}; {:.2} × the models alone",
            compared(all, twin),
            all.cpu / only.cpu.max(f64::EPSILON)
        );
        rows.push(Row::new("`cargo check`, everything", target, measured));
        Ok(())
    }

    fn release(&self, rows: &mut Vec<Row>) -> Result<(), String> {
        let build = ["build", "--release"];
        let all = self.cost("models", "src/lib.rs", &build)?;
        let twin = self.cost("twin", "src/lib.rs", &build)?;
        let target = "CPU ≤ 1/5 of the twin's";
        rows.push(Row::new("`cargo build --release`, everything", target, compared(all, twin)));
        let mut sizes = Vec::new();
        let mut costs = Vec::new();
        for package in ["models", "twin"] {
            let program = self.program(package)?;
            costs.push(self.cost(&program, "src/main.rs", &build)?);
            let binary = self.target.join("release").join(&program);
            sizes.push(fs::metadata(binary).map_or(0, |found| found.len() / 1024));
        }
        let what = format!("`cargo build --release`, a program that uses {USED} types");
        rows.push(Row::new(&what, "CPU ≤ 1/3 of the twin's", compared(costs[0], costs[1])));
        let measured = format!("{} KiB, the twin's {} KiB", sizes[0], sizes[1]);
        rows.push(Row::new("its binary", "no larger than the twin's", measured));
        Ok(())
    }

    /// The cost of compiling a package, without its dependencies. `file` is the file that has changed.
    fn cost(&self, package: &str, file: &str, command: &[&str]) -> Result<Usage, String> {
        let folder = self.crates.folder.join(package);
        let cargo = cargo_program();
        let target = self.target.as_os_str();
        // Code that was compiled before would be taken from the incremental cache.
        let environment = [("CARGO_TARGET_DIR", target), ("CARGO_INCREMENTAL", "0".as_ref())];
        let mut needed = command.to_vec();
        let dependencies = dependencies(&folder)?;
        needed.extend(dependencies.iter().flat_map(|name| ["--package", name]));
        Usage::of(&cargo, &needed, &folder, &environment)?;
        touch(&folder.join(file))?;
        Usage::of(&cargo, command, &folder, &environment)
    }

    /// A program that decodes and encodes some types of a package.
    fn program(&self, package: &str) -> Result<String, String> {
        let name = format!("program-{package}");
        let folder = self.crates.folder.join(&name);
        let by_hand = package == "twin";
        let mut main =
            String::from("//! Decodes a file as each of some types, and encodes it again.\n\n");
        main.push_str(if by_hand { DERIVED } else { GENERATED });
        main.push_str("\nfn main() {\n    let text = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();\n");
        for path in self.types() {
            let _ = writeln!(main, "    println!(\"{{}}\", again::<{package}::{path}>(&text));");
        }
        main.push_str("}\n");
        let runtime = self.crates.runtime.display();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
             [dependencies]\n{package} = {{ path = \"../{package}\" }}\n\
             schemacrate-runtime = {{ path = \"{runtime}\", default-features = false }}\n\
             serde = \"1.0.229\"\nserde_json = \"1.0.154\"\n"
        );
        write_file(&folder.join("Cargo.toml"), &manifest)?;
        write_file(&folder.join("src/main.rs"), &main)?;
        Ok(name)
    }

    /// The paths of some entity types, spread over the whole schema.
    fn types(&self) -> Vec<String> {
        let Some(ODataSchema { model, .. }) = self.crates.generated.schema.odata() else {
            return Vec::new();
        };
        let entities =
            model.structured_types.iter().filter(|one| one.kind == StructuredKind::Entity);
        let entities: Vec<String> = entities.map(|one| one.name.to_string()).collect();
        let mut paths = Vec::new();
        collect(&self.crates.generated.plan.modules, "", &mut |path, item| {
            if matches!(item, Item::Struct(one) if one.fields.len() > 4 && entities.contains(&one.wire_name))
            {
                paths.push(format!("{path}{}", item.name()));
            }
        });
        let step = (paths.len() / USED).max(1);
        paths.into_iter().step_by(step).take(USED).collect()
    }
}

const GENERATED: &str = "\
fn again<T: schemacrate_runtime::model::Value>(json: &[u8]) -> usize {
    schemacrate_runtime::model::from_json::<T>(json).map_or(0, |one| schemacrate_runtime::model::to_json(&one).len())
}
";

const DERIVED: &str = "\
fn again<T: serde::de::DeserializeOwned + serde::Serialize>(json: &[u8]) -> usize {
    serde_json::from_slice::<T>(json).map_or(0, |one| serde_json::to_vec(&one).unwrap().len())
}
";

/// Calls `found` with each item and the path of its module.
fn collect(modules: &BTreeMap<String, Module>, before: &str, found: &mut dyn FnMut(&str, &Item)) {
    for (name, module) in modules {
        let path = format!("{before}{name}::");
        for item in module.files.values().flat_map(|file| &file.items) {
            found(&path, item);
        }
        collect(&module.modules, &path, found);
    }
}

fn compared(own: Usage, twin: Usage) -> String {
    format!(
        "{:.1} s and {:.0} MB; the twin {:.1} s and {:.0} MB: {:.2} of the CPU time, {:.2} of the memory",
        own.cpu,
        own.megabytes,
        twin.cpu,
        twin.megabytes,
        own.cpu / twin.cpu.max(f64::EPSILON),
        own.megabytes / twin.megabytes.max(f64::EPSILON)
    )
}

/// The packages that a package depends on.
fn dependencies(folder: &Path) -> Result<Vec<String>, String> {
    let path = folder.join("Cargo.toml");
    let failed = |error: &dyn std::fmt::Display| format!("error: {}: {error}", path.display());
    let manifest = fs::read_to_string(&path).map_err(|error| failed(&error))?;
    let manifest: toml::Table = manifest.parse().map_err(|error| failed(&error))?;
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    Ok(table.into_iter().flat_map(toml::Table::keys).cloned().collect())
}

/// Makes a file look as if it had changed.
pub(super) fn touch(file: &Path) -> Result<(), String> {
    fs::File::options()
        .append(true)
        .open(file)
        .and_then(|open| open.set_modified(SystemTime::now()))
        .map_err(|error| format!("error: {}: {error}", file.display()))
}
