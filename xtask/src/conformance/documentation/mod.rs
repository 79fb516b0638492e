//! `cargo xtask conformance --schema FILE --corpus FILE`: the generated crate against the examples of a
//! documentation.
//!
//! Enters: a schema and a corpus of examples. Leaves: a report on three checks of each example, and
//! whether it is as good as the baseline. Must not know: anything of a particular service, except for the
//! namespace in `client.rs`.
//!
//! The checks: an answer decodes and encodes without loss; a snippet makes the request of the page; the
//! body of a request passes through its type. `workspace.rs` compiles the snippets with the crate,
//! `cases.rs` runs them, `checks.rs` judges.

mod baseline;
pub(crate) mod cargo;
mod cases;
mod checks;
mod client;
mod equality;
mod json;
mod names;
mod record;
mod report;
mod result_type;
mod root;
mod scalar;
mod snippets;
mod summary;
mod wire;
mod workspace;

use baseline::Baseline;
use cases::{Case, Kind, Outcomes};
use checks::Example;
use client::GeneratedClient;
use names::Names;
use record::{Lines, Record, Resolution};
use report::{Entry, Report};
use result_type::Types;
use root::ServiceRoot;
use schemacrate::internals::disk::{self, Overwrite};
use snippets::Snippets;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wire::Wire;
use workspace::Workspace;

/// What is to be done.
pub(crate) struct Documentation<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    pub(crate) schema: &'a Path,
    pub(crate) corpus: &'a Path,
    /// The path of the whole report.
    pub(crate) report: Option<&'a Path>,
    /// Whether the report may replace an existing file.
    pub(crate) force: bool,
    /// Only pages whose path holds one of these; all if there are none.
    pub(crate) only: &'a [String],
    /// The service root, in place of the one that most requests have.
    pub(crate) service_root: Option<&'a str>,
    /// Records the totals in place of comparing them.
    pub(crate) update_baseline: bool,
}

/// The snippets of all requests, and why there is none for the others.
#[derive(Default)]
struct Examples {
    modules: BTreeMap<usize, String>,
    notes: BTreeMap<usize, Vec<String>>,
    failed: BTreeMap<usize, Example>,
}

impl Documentation<'_> {
    /// Runs everything. Returns whether the result is as good as the baseline, and every line of the corpus
    /// is a record.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let Lines { mut records, unreadable } = self.lines()?;
        for (at, why) in &unreadable {
            eprintln!("error: {}: line {}: {why}", self.corpus.display(), at + 1);
        }
        let root = self.service_root(&records)?;
        records.retain(|_, record| self.is_wanted(record));
        let folder = self.folder();
        let schema = absolute(self.schema);
        let client = GeneratedClient::write(&folder, &schema, &root, &self.root.join("runtime"))?;
        let mut examples = examples(&records, &client, &root);
        let outcomes = self.outcomes(&records, &mut examples)?;
        let entries = judge(&records, &root, &client, &examples, &outcomes);
        let mut report = Report::new(name(self.schema), name(self.corpus), entries);
        report.unreadable = unreadable;
        self.finish(&report)
    }

    /// Builds the examples, and runs what has to be run.
    fn outcomes(
        &self,
        records: &BTreeMap<usize, Record>,
        examples: &mut Examples,
    ) -> Result<Outcomes, String> {
        if cases(records, examples).is_empty() {
            return Ok(Outcomes::new());
        }
        let folder = self.folder();
        let lock = self.root.join("Cargo.lock");
        let workspace = Workspace::write(&folder, &lock, &examples.modules)?;
        for (number, why) in workspace.build()? {
            examples.failed.insert(number, Example::Broken(why));
        }
        let cases = cases(records, examples);
        let runner =
            folder.join("target/debug").join(format!("runner{}", std::env::consts::EXE_SUFFIX));
        cases::run(&folder, &runner, &cases)
    }

    /// The lines of the corpus.
    fn lines(&self) -> Result<Lines, String> {
        let unreadable =
            |path: &Path, error| format!("error: cannot read {}: {error}", path.display());
        fs::metadata(self.schema).map_err(|error| unreadable(self.schema, error))?;
        let text = fs::read(self.corpus).map_err(|error| unreadable(self.corpus, error))?;
        Ok(record::read(&text))
    }

    fn is_wanted(&self, record: &Record) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| record.page.contains(part))
    }

    fn service_root(&self, records: &BTreeMap<usize, Record>) -> Result<ServiceRoot, String> {
        if let Some(given) = self.service_root {
            return ServiceRoot::new(given).map_err(|error| format!("error: {error}"));
        }
        let requests = records.values().filter_map(|record| record.request.as_ref());
        ServiceRoot::of_most(requests.map(|request| request.url.as_str())).ok_or_else(|| {
            "error: no request of the corpus has a host; name the root with --service-root"
                .to_owned()
        })
    }

    fn folder(&self) -> PathBuf {
        let stem = self.corpus.file_stem().unwrap_or_default();
        let folder = self.root.join("target/conformance/documentation").join(stem);
        absolute(&folder)
    }

    fn finish(&self, report: &Report) -> Result<bool, String> {
        print!("{}", summary::text(report));
        if let Some(path) = self.report {
            let text = serde_json::to_string_pretty(report).map_err(|error| error.to_string())?;
            let overwrite = if self.force { Overwrite::Files } else { Overwrite::Own };
            disk::save(path, (text + "\n").as_bytes(), overwrite, |_| false)
                .map_err(|error| format!("error: {error}"))?;
        }
        println!();
        let is_whole = report.unreadable.is_empty();
        if !self.only.is_empty() {
            println!("only some pages: the totals are not compared with the baseline");
            return Ok(is_whole);
        }
        let mut baseline = Baseline::read(self.root)?;
        if self.update_baseline && !is_whole {
            eprintln!("error: conformance/baseline.json stays as it is: not all lines were read");
            return Ok(false);
        }
        if self.update_baseline {
            baseline.update(&report.corpus, &report.totals)?;
            println!("conformance/baseline.json has the totals of {}", report.corpus);
            return Ok(true);
        }
        match baseline.below(&report.corpus, &report.totals) {
            None => println!(
                "conformance/baseline.json has no totals of {}: this is a report only",
                report.corpus
            ),
            Some(below) if below.is_empty() => println!("at or above the baseline"),
            Some(below) => {
                for line in below {
                    eprintln!("error: below the baseline: {line}");
                }
                return Ok(false);
            }
        }
        Ok(is_whole)
    }
}

/// Writes a snippet for each request that has to be reproduced.
fn examples(
    records: &BTreeMap<usize, Record>,
    client: &GeneratedClient,
    root: &ServiceRoot,
) -> Examples {
    let snippets = Snippets::new(client);
    let mut examples = Examples::default();
    for (number, record) in records {
        let Some(request) = record.request.as_ref().filter(|_| !record.request_repeated) else {
            continue;
        };
        if record.resolution() == Resolution::None || root.below(&request.url).is_none() {
            continue;
        }
        match snippets.write(request, &root.rebased(&request.url)) {
            Ok(snippet) => {
                examples.modules.insert(*number, snippet.code);
                examples.notes.insert(*number, snippet.notes);
            }
            Err(why) => {
                examples.failed.insert(*number, Example::Refused(why));
            }
        }
    }
    examples
}

/// Everything that has to be run.
fn cases(records: &BTreeMap<usize, Record>, examples: &Examples) -> Vec<Case> {
    let mut cases = Vec::new();
    for (number, record) in records {
        if record.lenient_consistent == Some(true) {
            cases.extend(Case::decode(*number, record));
        }
        if examples.modules.contains_key(number) && !examples.failed.contains_key(number) {
            cases.push(Case::request(*number));
        }
        if record.request_consistent == Some(true) && record.request_type.as_deref() != Some("$ref")
        {
            cases.extend(Case::bodies(*number, record));
        }
    }
    cases
}

fn judge(
    records: &BTreeMap<usize, Record>,
    root: &ServiceRoot,
    client: &GeneratedClient,
    examples: &Examples,
    outcomes: &Outcomes,
) -> Vec<Entry> {
    let operations = client.operations();
    let wire = Wire { root, operations: &operations, names: Names::new(client.model()) };
    let types = Types::new(&client.plan, client.model(), client::NAME);
    let entry = |(number, record): (&usize, &Record)| {
        let outcome = |kind| outcomes.get(&(*number, kind));
        let ran = || outcome(Kind::Request).map(|outcome| Example::Ran(outcome.clone()));
        let example = examples.failed.get(number).cloned().or_else(ran);
        let verdicts = [
            checks::decode(record, outcome(Kind::Decode)),
            checks::request(record, &wire, &types, example.as_ref()),
            checks::bodies(record, outcome(Kind::Bodies)),
        ];
        let notes = examples.notes.get(number).cloned().unwrap_or_default();
        Entry::new(record, verdicts, notes)
    };
    records.iter().map(entry).collect()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
