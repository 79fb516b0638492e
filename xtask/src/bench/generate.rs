//! The cost of the command line for a whole schema.

use super::compile::touch;
use super::instructions::Run;
use super::models::standing_alone;
use super::report::{Row, table};
use super::usage::Usage;
use crate::workplace::{cargo_program, text};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// How often each command is run; the best run counts, because disturbances only make a run slower.
const RUNS: usize = 7;

/// Runs the release build of the command line.
pub(super) struct Generate<'a> {
    /// The folder of this repository.
    pub(super) root: &'a Path,
    /// The schema.
    pub(super) schema: &'a Path,
    /// Where cargo builds what is generated.
    pub(super) target: PathBuf,
}

impl Generate<'_> {
    /// Measures, and writes the table.
    pub(super) fn run(&self) -> Result<String, String> {
        let rows = self.rows();
        // There may be no folder if nothing could be run.
        let _ = fs::remove_dir_all(self.folders());
        Ok(table(&rows?))
    }

    fn rows(&self) -> Result<Vec<Row>, String> {
        let mut rows = Vec::new();
        let (cold, out) = self.cold(self.schema)?;
        let target = "≤ 0.4 s wall, ≤ 150 MB";
        rows.push(Row::new("`schemacrate generate`, a new crate", target, cold.to_string()));
        let before = modified(&out)?;
        let again =
            self.least(&[&generate(&text(self.schema))[..], &["--out", &text(&out)]].concat())?;
        let touched = modified(&out)?.iter().zip(&before).filter(|(now, then)| now != then).count();
        let measured = format!("{again}; {touched} files touched");
        rows.push(Row::new("the same again", "no file touched", measured));
        let doubled = self.doubled()?;
        let twice = self.cold(&doubled)?.0;
        let grown = self.instructions(&doubled)?;
        let measured = format!(
            "{twice}; {:.2} × the CPU time, {:.2} × the instructions",
            twice.cpu / cold.cpu,
            grown / self.instructions(self.schema)?
        );
        rows.push(Row::new("the schema and a renamed copy of it", "≤ 2.1 ×", measured));
        let schema = text(self.schema);
        let diff = self.least(&["diff", &schema, &schema])?;
        rows.push(Row::new(
            "`schemacrate diff` of the schema with itself",
            "≤ 1 s",
            diff.to_string(),
        ));
        rows.extend(self.slice()?);
        Ok(rows)
    }

    /// The crate of this repository: generated, and checked without its dependencies; once as it is,
    /// and once without the feature `reqwest`, which causes half of its dependencies.
    fn slice(&self) -> Result<[Row; 2], String> {
        let config = text(&self.root.join("schema/schemacrate.toml"));
        let runtime = self.root.join("runtime");
        let (generated, out) =
            self.fresh(&["generate", "--config", &config, "--runtime", &text(&runtime)])?;
        let manifest = out.join("Cargo.toml");
        let standing = fs::read_to_string(&manifest).map_err(|error| format!("error: {error}"))?;
        let row = |what: &str, features: &[&str]| {
            fs::write(&manifest, alone(&standing, &runtime, features)?)
                .map_err(|error| format!("error: {error}"))?;
            let checked = self.checked(&out)?;
            let measured = format!(
                "{:.2} s wall: {:.2} s and {:.2} s",
                generated.wall + checked.wall,
                generated.wall,
                checked.wall
            );
            Ok::<_, String>(Row::new(what, "≤ 0.3 s", measured))
        };
        let what = "the slice of the update: `generate`, and `cargo check` of the crate alone";
        Ok([
            row(what, &["reqwest", "serde"])?,
            row("the same without the feature `reqwest`", &["serde"])?,
        ])
    }

    /// A check of a crate alone.
    fn checked(&self, crate_folder: &Path) -> Result<Usage, String> {
        let environment =
            [("CARGO_TARGET_DIR", self.target.as_os_str()), ("CARGO_INCREMENTAL", "0".as_ref())];
        let check = || Usage::of(&cargo_program(), &["check"], crate_folder, &environment);
        check()?;
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            touch(&crate_folder.join("src/lib.rs"))?;
            runs.push(check()?);
        }
        Usage::least(runs).ok_or_else(|| "error: no run".to_owned())
    }

    fn cold(&self, schema: &Path) -> Result<(Usage, PathBuf), String> {
        self.fresh(&generate(&text(schema)))
    }

    /// How many instructions it takes to make a new crate. A quarter of the CPU time is the kernel's,
    /// which creates thousands of files, and that depends on the disk.
    #[allow(clippy::cast_precision_loss)] // No count is so large.
    fn instructions(&self, schema: &Path) -> Result<f64, String> {
        let (schema, folder) = (text(schema), text(&self.new_folder()));
        let run = Run {
            program: "target/release/schemacrate".into(),
            arguments: [&generate(&schema)[..], &["--out", &folder]]
                .concat()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            out: None,
        };
        Ok(run.count(self.root)? as f64)
    }

    /// The best of some runs, each of which makes another folder, and the last folder.
    ///
    /// No folder is removed before everything is measured: ext4 does not reuse the inode numbers of files
    /// that were removed within the last minute, and looks at all of them for each new file.
    fn fresh(&self, arguments: &[&str]) -> Result<(Usage, PathBuf), String> {
        let mut runs = Vec::new();
        let mut out = PathBuf::new();
        for _ in 0..RUNS {
            out = self.new_folder();
            let folder = text(&out);
            runs.push(self.once(&[arguments, &["--out", &folder]].concat())?);
        }
        let least = Usage::least(runs).ok_or("error: no run")?;
        Ok((least, out))
    }

    /// The parent of the folders that are created.
    fn folders(&self) -> PathBuf {
        self.root.join("target/bench/fresh")
    }

    /// A folder that does not exist.
    fn new_folder(&self) -> PathBuf {
        let mut number = 0;
        loop {
            let folder = self.folders().join(number.to_string());
            if !folder.exists() {
                return folder;
            }
            number += 1;
        }
    }

    fn least(&self, arguments: &[&str]) -> Result<Usage, String> {
        let runs: Result<Vec<Usage>, String> = (0..RUNS).map(|_| self.once(arguments)).collect();
        Usage::least(runs?).ok_or_else(|| "error: no run".to_owned())
    }

    fn once(&self, arguments: &[&str]) -> Result<Usage, String> {
        let program = self.root.join("target/release/schemacrate");
        Usage::of(OsStr::new(&program), arguments, self.root, &[])
    }

    /// The schema with a copy of all its namespaces except for the container.
    fn doubled(&self) -> Result<PathBuf, String> {
        let schema = fs::read_to_string(self.schema).map_err(|error| format!("error: {error}"))?;
        let copy = doubled(&schema).ok_or("error: the schema is not CSDL")?;
        let path = self.root.join("target/bench/doubled.csdl");
        fs::write(&path, copy).map_err(|error| format!("error: {error}"))?;
        Ok(path)
    }
}

/// A document with a copy of its schemas, whose namespaces have another name.
fn doubled(schema: &str) -> Option<String> {
    let start = schema.find("<Schema")?;
    let end = schema.rfind("</Schema>")? + "</Schema>".len();
    let copy = renamed(schema[start..end].replace("microsoft.graph", "microsoft.copy"));
    let copy = match (copy.find("<EntityContainer"), copy.find("</EntityContainer>")) {
        (Some(from), Some(to)) => {
            format!("{}{}", &copy[..from], &copy[to + "</EntityContainer>".len()..])
        }
        _ => copy,
    };
    Some(format!("{}{copy}{}", &schema[..end], &schema[end..]))
}

/// Schemas whose aliases have other names, because an alias is unique in a document.
fn renamed(mut schemas: String) -> String {
    let aliases: Vec<String> = schemas
        .split(" Alias=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect();
    for alias in aliases {
        schemas =
            schemas.replace(&format!(" Alias=\"{alias}\""), &format!(" Alias=\"{alias}Copy\""));
        // What can be before a qualified name.
        for before in ['"', '(', '/', ',', ' '] {
            schemas =
                schemas.replace(&format!("{before}{alias}."), &format!("{before}{alias}Copy."));
        }
    }
    schemas
}

/// The command that makes a crate from a schema. The runtime is a path dependency and not written with it.
fn generate(schema: &str) -> [&str; 5] {
    ["generate", "--schema", schema, "--runtime", "runtime"]
}

/// A manifest outside of the workspace of this repository, with some features of the runtime.
fn alone(manifest: &str, runtime: &Path, features: &[&str]) -> Result<String, String> {
    let mut manifest: toml::Table =
        manifest.parse().map_err(|error| format!("error: Cargo.toml: {error}"))?;
    manifest.remove("lints");
    if let Some(package) = manifest.get_mut("package").and_then(toml::Value::as_table_mut) {
        package.retain(|_, value| !value.is_table());
        package.insert("edition".to_owned(), "2024".into());
    }
    manifest.extend(standing_alone(runtime, features));
    Ok(manifest.to_string())
}

/// When each file of a folder was written, in the order of their names.
fn modified(folder: &Path) -> Result<Vec<std::time::SystemTime>, String> {
    let failed = |error: std::io::Error| format!("error: {}: {error}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(failed)?;
    paths.sort();
    let mut times = Vec::new();
    for path in paths {
        if path.is_dir() {
            times.extend(modified(&path)?);
        } else {
            times.push(path.metadata().and_then(|found| found.modified()).map_err(failed)?);
        }
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::doubled;

    #[test]
    fn a_doubled_schema_has_each_alias_and_container_once() {
        let schema = r#"<Edmx><Schema Namespace="microsoft.graph" Alias="graph">
<EntityType Name="user" BaseType="graph.entity"><Property Name="a" Type="Collection(graph.b)"/></EntityType>
<EntityContainer Name="GraphService"></EntityContainer></Schema></Edmx>"#;
        let doubled = doubled(schema).expect("a schema");
        assert_eq!(doubled.matches("<EntityContainer").count(), 1);
        assert_eq!(doubled.matches(r#" Alias="graph""#).count(), 1);
        assert_eq!(doubled.matches(r#"Alias="graphCopy""#).count(), 1);
        assert!(doubled.contains(r#"Namespace="microsoft.copy""#));
        assert!(doubled.contains(r#"BaseType="graphCopy.entity""#));
        assert!(doubled.contains(r#"Type="Collection(graphCopy.b)""#));
        assert!(doubled.ends_with("</Schema></Edmx>"));
    }
}
