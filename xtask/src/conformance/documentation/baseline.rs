//! The totals of an earlier run.
//!
//! Enters: `conformance/baseline.json`, and the totals of a run. Leaves: what is below it, or the file
//! with the totals in it. Must not know: how the totals came about.

use super::report::{Tally, Totals};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The marks by the file name of the corpus and the name of the tally.
type Marks = BTreeMap<String, BTreeMap<String, Mark>>;

/// What has to be reached.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
struct Mark {
    ok: usize,
    percent: f64,
}

/// The recorded totals of all corpora.
pub(super) struct Baseline {
    path: PathBuf,
    marks: Marks,
}

impl Baseline {
    /// Reads the file. There may be none yet.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let path = root.join("conformance/baseline.json");
        let marks = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|error| format!("error: {}: {error}", path.display()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Marks::new(),
            Err(error) => return Err(format!("error: {}: {error}", path.display())),
        };
        Ok(Self { path, marks })
    }

    /// What is below the marks of a corpus; `None` if it has none.
    pub(super) fn below(&self, corpus: &str, totals: &Totals) -> Option<Vec<String>> {
        let marks = self.marks.get(corpus)?;
        let found: BTreeMap<&str, Tally> = totals.rows().into_iter().collect();
        let below = marks.iter().filter_map(|(name, mark)| {
            let found = found.get(name.as_str()).copied().unwrap_or_default();
            let is_below = found.ok < mark.ok || found.percent < mark.percent;
            is_below.then(|| {
                format!(
                    "{name}: {} ({:.2} %) in place of {} ({:.2} %)",
                    found.ok, found.percent, mark.ok, mark.percent
                )
            })
        });
        Some(below.collect())
    }

    /// Records the totals of a corpus.
    pub(super) fn update(&mut self, corpus: &str, totals: &Totals) -> Result<(), String> {
        let mark = |(name, tally): (&str, Tally)| {
            (name.to_owned(), Mark { ok: tally.ok, percent: tally.percent })
        };
        self.marks.insert(corpus.to_owned(), totals.rows().into_iter().map(mark).collect());
        let text = serde_json::to_string_pretty(&self.marks).map_err(|error| error.to_string())?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.path, text + "\n"))
            .map_err(|error| format!("error: {}: {error}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(ok: usize, percent: f64) -> Totals {
        let tally = Tally { ok, failed: 1, skipped: 0, percent };
        Totals { decode: tally, ..Totals::default() }
    }

    #[test]
    fn less_than_before_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let mut baseline = Baseline::read(folder.path()).unwrap();
        assert_eq!(baseline.below("a.jsonl", &totals(9, 90.0)), None);
        baseline.update("a.jsonl", &totals(9, 90.12)).unwrap();
        let baseline = Baseline::read(folder.path()).unwrap();
        let below = |ok, percent| baseline.below("a.jsonl", &totals(ok, percent)).unwrap();
        assert_eq!(below(9, 90.12), [""; 0]);
        assert_eq!(below(10, 95.0), [""; 0]);
        assert_eq!(below(8, 95.0), ["decode: 8 (95.00 %) in place of 9 (90.12 %)"]);
        assert_eq!(below(20, 90.11), ["decode: 20 (90.11 %) in place of 9 (90.12 %)"]);
        assert_eq!(baseline.below("b.jsonl", &totals(9, 90.0)), None);
    }

    #[test]
    fn a_file_that_is_not_a_baseline_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("conformance")).unwrap();
        fs::write(folder.path().join("conformance/baseline.json"), "[]").unwrap();
        assert!(Baseline::read(folder.path()).is_err());
    }
}
