//! `cargo xtask conformance --openapi`: crates from real OpenAPI documents, against the compiler, against the
//! examples in the documents, against the JSON Schema Test Suite, and against the styles of parameters.
//!
//! Enters: documents and values. Leaves: tables, a report, and whether the result is as it has to be.
//! Must not know: how anything is generated.
//!
//! The documents are not part of the repository; they are found through `SCHEMACRATE_SHARED` or in `../shared`,
//! or are named on the command line.

mod documents;
pub(crate) mod equality;
mod generate;
mod oracle;
mod packages;
mod parameters;
mod report;
mod values;

use documents::Described;
use generate::Made;
use oracle::Oracle;
use packages::Packages;
use std::path::{Path, PathBuf};

/// The values that are judged if a sample is asked for: every so many.
const STEP: usize = 12;

/// What is to be done.
pub(crate) struct OpenApi<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Only documents, or cases of a suite, whose name holds one of these; all if there are none.
    pub(crate) only: &'a [String],
    /// Only a sample.
    pub(crate) sample: bool,
    /// Examples, each with the document and the schema that it is an example of.
    pub(crate) examples: Option<&'a Path>,
    /// The folder of the documents of the examples.
    pub(crate) documents: Option<&'a Path>,
    /// Test suites, each case with its document.
    pub(crate) suites: &'a [PathBuf],
    /// How many random descriptions there are, and the number of the first one.
    pub(crate) random: Option<(u64, u64)>,
    /// Parameters with values, and what has to be written for each.
    pub(crate) parameters: Option<&'a Path>,
    /// Where a report on each value is written, as JSON.
    pub(crate) report: Option<&'a Path>,
}

impl OpenApi<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        if let Some(path) = self.parameters {
            let folder = self.root.join("target/conformance-openapi/parameters");
            return parameters::judge(
                &Packages::new(&folder, self.root)?,
                &parameters::read(path)?,
            );
        }
        if self.examples.is_some() || !self.suites.is_empty() || self.random.is_some() {
            return self.values();
        }
        let shared = crate::workplace::shared(self.root).join("openapi");
        if !shared.is_dir() {
            println!("left out: there are no real documents at {}", shared.display());
            return Ok(true);
        }
        let mut described = documents::all(&shared)?;
        self.choose(&mut described);
        let folder = self.root.join("target/conformance-openapi/documents");
        let packages = Packages::new(&folder, self.root)?;
        let mut made: Vec<Made> =
            described.iter().map(|one| packages.generate(one)).collect::<Result<_, _>>()?;
        packages.compile(&mut made, self.sample)?;
        report::documents(&made);
        Ok(report::is_as_expected(&made))
    }

    /// Judges values by the types that read and write them.
    fn values(&self) -> Result<bool, String> {
        let mut oracle = Oracle::default();
        if let Some(examples) = self.examples {
            let documents = self.documents.ok_or("error: --examples needs --documents")?;
            oracle.add_examples(examples, documents)?;
        }
        for suite in self.suites {
            oracle.add_suite(suite)?;
        }
        if let Some((count, first)) = self.random {
            oracle.add_suite(&self.random_suite(count, first)?)?;
        }
        oracle.retain(|name| self.is_chosen(name));
        if self.sample {
            thin_out(&mut oracle.documents);
        }
        let folder = self.root.join("target/conformance-openapi/values");
        let packages = Packages::new(&folder, self.root)?;
        let judged = packages.judge(&oracle)?;
        if let Some(path) = self.report {
            judged.write(path)?;
        }
        judged.print();
        Ok(judged.is_as_expected())
    }

    /// Random schemas with instances that another validator accepts.
    fn random_suite(&self, count: u64, first: u64) -> Result<PathBuf, String> {
        let path = self.root.join("target/conformance-openapi/random.jsonl");
        let folder = path.parent().unwrap_or(self.root);
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("error: {}: {error}", folder.display()))?;
        let asked = format!("{}:{first}:{count}", path.display());
        let written = crate::workplace::cargo()
            .args(["test", "--quiet", "-p", "schemacrate", "--test", "shapes", "--"])
            .args(["--ignored", "writes_a_suite"])
            .env("SCHEMACRATE_RANDOM_SUITE", asked)
            .current_dir(self.root)
            .status();
        match written.is_ok_and(|status| status.success()) {
            true => Ok(path),
            false => Err("error: the random schemas were not written".to_owned()),
        }
    }

    fn choose(&self, described: &mut Vec<Described>) {
        described.retain(|one| self.is_chosen(&one.name));
        if self.sample {
            thin_out(described);
        }
    }

    fn is_chosen(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| name.contains(part.as_str()))
    }
}

/// Keeps a sample.
fn thin_out<T>(all: &mut Vec<T>) {
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        at % STEP == 1
    });
}
