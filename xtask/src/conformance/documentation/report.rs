//! The outcome of all records.
//!
//! Enters: the verdicts. Leaves: the report as JSON, and the totals by class and by reason. Must not
//! know: what the totals should be.

use super::checks::Verdict;
use super::record::{Record, Resolution};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// The whole report.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) schema: String,
    pub(super) corpus: String,
    pub(super) totals: Totals,
    /// How often each reason occurred, by check and verdict.
    pub(super) reasons: BTreeMap<String, usize>,
    pub(super) records: Vec<Entry>,
    /// Why lines of the corpus are not records, by their number, counted from zero.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) unreadable: BTreeMap<usize, String>,
}

/// The outcome of one record.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) page: String,
    pub(super) example_index: Option<u64>,
    pub(super) gold: bool,
    /// How certain the meaning of the request is.
    pub(super) path: &'static str,
    pub(super) decode: Verdict,
    pub(super) request: Verdict,
    pub(super) bodies: Verdict,
    /// What the snippet does not show.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

/// Counts, and the percentage of checked records that passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Tally {
    pub(super) ok: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
    pub(super) percent: f64,
}

/// The counts of each check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Totals {
    pub(super) decode: Tally,
    pub(super) request: Requests,
    pub(super) bodies: Tally,
    /// The unambiguous records, by all three checks together.
    pub(super) gold: Tally,
}

/// The counts of the requests by what is known about their paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Requests {
    pub(super) strict: Tally,
    pub(super) loose: Tally,
    pub(super) gold: Tally,
    pub(super) unresolved: Tally,
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::None => map.serialize_entry("status", "none")?,
            Self::Fine(by_meaning) => {
                map.serialize_entry("status", "ok")?;
                if !by_meaning.is_empty() {
                    map.serialize_entry("by_meaning", by_meaning)?;
                }
            }
            Self::Skipped(cause) | Self::Failed(cause) => {
                let skipped = matches!(self, Self::Skipped(_));
                map.serialize_entry("status", if skipped { "skipped" } else { "failed" })?;
                map.serialize_entry("reason", &cause.kind)?;
                map.serialize_entry("why", &cause.why)?;
            }
        }
        map.end()
    }
}

impl Entry {
    /// An entry for a record.
    pub(super) fn new(record: &Record, verdicts: [Verdict; 3], notes: Vec<String>) -> Self {
        let [decode, request, bodies] = verdicts;
        let path = match record.resolution() {
            Resolution::Strict => "strict",
            Resolution::Loose => "loose",
            Resolution::None => "unresolved",
        };
        let (page, example_index) = (record.page.clone(), record.example_index);
        Self { page, example_index, gold: record.gold, path, decode, request, bodies, notes }
    }

    /// The verdicts by the names of the checks.
    pub(super) fn verdicts(&self) -> [(&'static str, &Verdict); 3] {
        [("decode", &self.decode), ("request", &self.request), ("bodies", &self.bodies)]
    }
}

impl Tally {
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::None => {}
            Verdict::Fine(_) => self.ok += 1,
            Verdict::Skipped(_) => self.skipped += 1,
            Verdict::Failed(_) => self.failed += 1,
        }
    }

    /// Fills in the share, cut off after two digits, so that only all of them are a hundred.
    fn finish(&mut self) {
        let all = self.ok + self.failed;
        let hundredths = (self.ok * 10_000).checked_div(all).unwrap_or(10_000);
        self.percent = f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0;
    }
}

impl Totals {
    /// Counts the verdicts.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut totals = Self::default();
        for entry in entries {
            totals.decode.count(&entry.decode);
            totals.bodies.count(&entry.bodies);
            let request = &mut totals.request;
            match entry.path {
                "strict" => request.strict.count(&entry.request),
                "loose" => request.loose.count(&entry.request),
                _ => request.unresolved.count(&entry.request),
            }
            if entry.gold {
                request.gold.count(&entry.request);
                let verdicts = entry.verdicts();
                let failed = verdicts.iter().find(|(_, one)| matches!(one, Verdict::Failed(_)));
                let fine = Verdict::Fine(Vec::new());
                totals.gold.count(failed.map_or(&fine, |(_, verdict)| verdict));
            }
        }
        let Requests { strict, loose, gold, unresolved } = &mut totals.request;
        let others = [&mut totals.decode, &mut totals.bodies, &mut totals.gold];
        [strict, loose, gold, unresolved].into_iter().chain(others).for_each(Tally::finish);
        totals
    }

    /// The tallies by their names in the summary and in the baseline. Requests that do not resolve are all
    /// skipped and count for nothing.
    pub(super) fn rows(&self) -> [(&'static str, Tally); 6] {
        [
            ("decode", self.decode),
            ("request, strict", self.request.strict),
            ("request, loose", self.request.loose),
            ("request, gold", self.request.gold),
            ("bodies", self.bodies),
            ("gold, all three", self.gold),
        ]
    }
}

impl Report {
    /// The report on some records.
    pub(super) fn new(schema: String, corpus: String, records: Vec<Entry>) -> Self {
        let mut reasons = BTreeMap::new();
        for entry in &records {
            for (check, verdict) in entry.verdicts() {
                let (word, cause) = match verdict {
                    Verdict::Skipped(cause) => ("skipped", cause),
                    Verdict::Failed(cause) => ("failed", cause),
                    Verdict::None | Verdict::Fine(_) => continue,
                };
                *reasons.entry(format!("{check} {word}: {}", cause.kind)).or_default() += 1;
            }
        }
        let unreadable = BTreeMap::new();
        Self { schema, corpus, totals: Totals::of(&records), reasons, records, unreadable }
    }
}

#[cfg(test)]
mod tests {
    use super::super::checks::Cause;
    use super::super::record;
    use super::*;

    fn entry(gold: bool, path: &str, verdicts: [Verdict; 3]) -> Entry {
        let path = match path {
            "strict" => r#","path":{"path_resolves":true}"#,
            "loose" => r#","path":{"resolves_loosely":true}"#,
            _ => "",
        };
        let text = format!("{{\"page\":\"a\",\"example_index\":0,\"gold\":{gold}{path}}}");
        Entry::new(&record::tests::record(&text), verdicts, Vec::new())
    }

    fn failed() -> Verdict {
        Verdict::Failed(Cause { kind: "query".to_owned(), why: "query: x".to_owned() })
    }

    #[test]
    fn totals_are_listed_by_class() {
        let fine = || Verdict::Fine(Vec::new());
        let skipped =
            Verdict::Skipped(Cause { kind: "host".to_owned(), why: "host: x".to_owned() });
        let entries = vec![
            entry(true, "strict", [fine(), fine(), Verdict::None]),
            entry(true, "strict", [fine(), failed(), fine()]),
            entry(false, "strict", [Verdict::None, fine(), fine()]),
            entry(false, "loose", [failed(), failed(), skipped.clone()]),
            entry(false, "", [Verdict::None, skipped, Verdict::None]),
        ];
        let report = Report::new("s".to_owned(), "c".to_owned(), entries);
        let rows: Vec<(&str, usize, usize, usize, f64)> = report
            .totals
            .rows()
            .into_iter()
            .map(|(name, one)| (name, one.ok, one.failed, one.skipped, one.percent))
            .collect();
        assert_eq!(
            rows,
            [
                ("decode", 2, 1, 0, 66.66),
                ("request, strict", 2, 1, 0, 66.66),
                ("request, loose", 0, 1, 0, 0.0),
                ("request, gold", 1, 1, 0, 50.0),
                ("bodies", 2, 0, 1, 100.0),
                ("gold, all three", 1, 1, 0, 50.0),
            ]
        );
        let reasons: Vec<(&str, usize)> =
            report.reasons.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(
            reasons,
            [
                ("bodies skipped: host", 1),
                ("decode failed: query", 1),
                ("request failed: query", 2),
                ("request skipped: host", 1),
            ]
        );
        assert_eq!(report.totals.request.unresolved.skipped, 1);
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["records"][3]["request"]["why"], "query: x");
        assert_eq!(json["totals"]["request"]["strict"]["percent"], 66.66);
    }
}
