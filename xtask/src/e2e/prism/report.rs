//! What came of the exchanges, and whether that is as expected.
//!
//! Enters: what became of each exchange. Leaves: a table, and the differences from the list of known exceptions.
//! Must not know: how exchanges are made.

use super::list::{Exception, exceptions};
use super::requests::{LeftOut, Request};
use std::collections::BTreeMap;

/// What became of a document.
pub(super) struct Report {
    pub(super) name: String,
    pub(super) operations: usize,
    pub(super) rows: Vec<Row>,
    pub(super) left_out: Vec<LeftOut>,
    /// Why nothing was called.
    pub(super) why_not: Option<String>,
}

/// An exchange and what came of it.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) request: Request,
    pub(super) is_made: bool,
    pub(super) fault: Option<Fault>,
}

/// What is wrong with an exchange.
pub(super) enum Fault {
    /// There is no Rust for it, or it does not compile.
    NoRust(String),
    /// The client did not send it.
    NotSent(String),
    /// Prism finds something wrong with the request.
    Violation(String),
    /// The client sent something else.
    NotAsAsked(String),
    /// The answer is not read, or not as what came.
    NotRead(String),
    /// The answer cannot be judged, since it is wrong by Prism's own report.
    OfPrism(String),
}

impl Report {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            operations: 0,
            rows: Vec::new(),
            left_out: Vec::new(),
            why_not: None,
        }
    }

    /// The numbers of operations and exchanges, and of each kind of fault.
    fn figures(&self) -> [usize; 6] {
        let is_other = |fault: &Fault| {
            matches!(fault, Fault::NoRust(_) | Fault::NotSent(_) | Fault::NotAsAsked(_))
        };
        [
            self.operations,
            self.rows.iter().filter(|row| row.is_made).count(),
            self.count(|fault| matches!(fault, Fault::Violation(_))),
            self.count(is_other),
            self.count(|fault| matches!(fault, Fault::NotRead(_))),
            self.count(|fault| matches!(fault, Fault::OfPrism(_))),
        ]
    }

    fn count(&self, is: impl Fn(&Fault) -> bool) -> usize {
        self.rows.iter().filter(|row| row.fault.as_ref().is_some_and(&is)).count()
    }
}

impl Row {
    pub(super) fn new(number: usize, request: Request) -> Self {
        Self { number, request, is_made: false, fault: None }
    }
}

impl Fault {
    fn text(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::NoRust(why) => Some(("no Rust", why)),
            Self::NotSent(why) => Some(("not sent", why)),
            Self::Violation(why) => Some(("violation", why)),
            Self::NotAsAsked(why) => Some(("not as asked", why)),
            Self::NotRead(why) => Some(("not read", why)),
            Self::OfPrism(_) => None,
        }
    }
}

/// Prints what became of all documents and what is not as expected. Returns whether all is.
pub(super) fn print(reports: &[Report], is_whole: bool) -> bool {
    println!(
        "| document | operations | exchanges | violations | not sent or otherwise | not read | not judged |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let mut all = [0; 6];
    for report in reports {
        let figures = report.figures();
        all.iter_mut().zip(figures).for_each(|(all, one)| *all += one);
        println!("| {} | {} |", report.name, joined(&figures));
    }
    println!("| all {} | {} |\n", reports.len(), joined(&all));
    let known = exceptions();
    let mut is_fine = true;
    for report in reports {
        is_fine &= one(report, &known, is_whole);
    }
    is_fine
}

fn joined(figures: &[usize]) -> String {
    figures.iter().map(usize::to_string).collect::<Vec<String>>().join(" | ")
}

/// Prints what is not as expected of a document.
fn one(report: &Report, known: &[Exception], is_whole: bool) -> bool {
    let known: Vec<&Exception> =
        known.iter().filter(|exception| exception.document == report.name).collect();
    let reason = |operation: &str| {
        let mut named =
            known.iter().filter(|one| one.operation == operation || one.operation == "*");
        named.next().map(|one| one.reason)
    };
    let mut faults: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    if let Some(why) = &report.why_not {
        faults.entry("*").or_default().push(why.clone());
    }
    for row in &report.rows {
        if let Some((kind, why)) = row.fault.as_ref().and_then(Fault::text) {
            let text = format!("({}, {}) {kind}: {why}", row.number, row.request.variant);
            faults.entry(&row.request.operation).or_default().push(text);
        }
    }
    let mut is_fine = true;
    println!("\n{}", report.name);
    for one in &report.left_out {
        println!("  left out  {}: {}", one.operation, one.why);
    }
    let mut unjudged: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &report.rows {
        if let Some(Fault::OfPrism(why)) = &row.fault {
            *unjudged.entry(why).or_default() += 1;
        }
    }
    for (why, count) in unjudged {
        println!("  not judged {count}: {why}");
    }
    for (operation, texts) in &faults {
        match reason(operation) {
            Some(reason) => println!("  exception {operation}: {reason}"),
            None => {
                is_fine = false;
                texts.iter().for_each(|text| println!("  FAILED    {operation} {text}"));
            }
        }
    }
    for exception in known.iter().filter(|one| is_whole && is_unneeded(one, &faults)) {
        is_fine = false;
        println!("  PASSED    {}, which is a known exception", exception.operation);
    }
    is_fine
}

/// Whether nothing goes wrong where something is known to.
fn is_unneeded(exception: &Exception, faults: &BTreeMap<&str, Vec<String>>) -> bool {
    match exception.operation.as_str() {
        "*" => faults.is_empty(),
        operation => !faults.contains_key(operation),
    }
}
