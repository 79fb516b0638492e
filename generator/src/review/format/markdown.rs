//! A report as a comment on a pull request.
//!
//! What breaks comes first and is never left out: where the comment would be too long, documentation
//! goes first, then what is new is grouped, then counted, and at last the rows of what breaks are
//! shortened.

use super::comment::{code, grouped, line, row, short_row};
use super::{Style, words};
use crate::review::change::Change;
use crate::review::report::Report;
use crate::review::rule::{Bump, Effect, Event, Severity, Subject};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// GitHub refuses comments of more than 65,536 characters.
pub(super) const BUDGET: usize = 60_000;

/// How much a comment shows, from everything to the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    Everything,
    NoDocumentation,
    NewGrouped,
    NewCounted,
    ChecksShort,
    BreaksShort,
}

const STEPS: &[Detail] = &[
    Detail::Everything,
    Detail::NoDocumentation,
    Detail::NewGrouped,
    Detail::NewCounted,
    Detail::ChecksShort,
    Detail::BreaksShort,
];

/// A change, and why it is accepted.
type Row<'a> = (&'a Change, Option<&'a str>);

pub(super) fn show(report: &Report, style: &Style, budget: Option<usize>) -> String {
    let mut text = String::new();
    for detail in STEPS {
        text = comment(report, style, *detail);
        if budget.is_none_or(|budget| text.chars().count() <= budget) {
            break;
        }
    }
    match budget {
        Some(budget) => packed(report, style, text, budget),
        None => text,
    }
}

fn comment(report: &Report, style: &Style, detail: Detail) -> String {
    let mut text = head(report, style);
    breaking(&mut text, report, style, detail);
    checks(&mut text, report, style, detail);
    let notes: Vec<Row<'_>> = report.of(Severity::Note).collect();
    let (moved, documentation): (Vec<Row<'_>>, Vec<Row<'_>>) =
        notes.into_iter().partition(|(change, _)| looks_removed(change));
    folded(
        &mut text,
        "Looks like a removal but is not one",
        &moved,
        detail,
        style,
        Detail::NewGrouped,
    );
    let new: Vec<Row<'_>> = report.of(Severity::Info).collect();
    let (requests, others): (Vec<Row<'_>>, Vec<Row<'_>>) =
        new.into_iter().partition(|(change, _)| is_request(change));
    folded(&mut text, "New requests", &requests, detail, style, Detail::NewGrouped);
    folded(&mut text, "New types, members and more", &others, detail, style, Detail::NewGrouped);
    folded(
        &mut text,
        "Documentation and notes",
        &documentation,
        detail,
        style,
        Detail::NoDocumentation,
    );
    foot(&mut text, report, detail);
    text
}

/// Whether a note is about a change that only looks like a removal.
fn looks_removed(change: &Change) -> bool {
    change.rule.event == Event::MovedToBase
}

/// Whether there is a new request.
fn is_request(change: &Change) -> bool {
    let subjects = [
        Subject::EntitySet,
        Subject::Singleton,
        Subject::Import,
        Subject::Navigation,
        Subject::Operation,
    ];
    change.rule.event == Event::Added && subjects.contains(&change.rule.subject)
}

/// The title with the verdict, and the counts.
fn head(report: &Report, style: &Style) -> String {
    let (bump, wire) = words::verdict(report);
    let mut text = format!("<!-- schemacrate-diff v1 {} -->\n", marker(&style.name));
    let _ = writeln!(
        text,
        "## Schema update {} → {} · **{bump}** · {wire}\n",
        code(&style.sides.0),
        code(&style.sides.1)
    );
    let count =
        |test: &dyn Fn(&Change) -> bool| report.changes.iter().filter(|one| test(one)).count();
    let warns = |change: &Change| change.severity() == Severity::Warning;
    let majors = count(&|one| one.bump == Bump::Major);
    let _ = writeln!(text, "| | wire: reading | wire: writing | crate |\n|---|---|---|---|");
    let _ = writeln!(
        text,
        "| breaking | {} | {} | {majors} major |",
        count(&|one| one.read == Effect::Break),
        count(&|one| one.write == Effect::Break),
    );
    let _ = writeln!(
        text,
        "| check these | {} | {} | – |",
        count(&|one| warns(one) && one.read == Effect::Risk),
        count(&|one| warns(one) && one.write == Effect::Risk),
    );
    let new = |subjects: &[Subject]| {
        count(&|one| {
            one.severity() == Severity::Info
                && one.rule.event == Event::Added
                && subjects.contains(&one.rule.subject)
        })
    };
    let _ = writeln!(
        text,
        "| new | {} types · {} members · {} operations | | {} minor |",
        new(&[Subject::Type]),
        new(&[Subject::Property, Subject::Navigation, Subject::EnumMember]),
        new(&[Subject::Operation]),
        count(&|one| one.bump == Bump::Minor),
    );
    let moved = count(&|one| looks_removed(one));
    if moved > 0 {
        let _ = writeln!(
            text,
            "| unchanged although it looks removed | {moved} members now come from a base type | | |"
        );
    }
    if report.is_sliced {
        let reached = report.changes.len();
        let _ = writeln!(
            text,
            "\n{reached} of {} changes reach this crate, {} do not.",
            reached + report.outside,
            report.outside
        );
    }
    if report.changes.is_empty() {
        text.push_str("\nNothing changed.\n");
    }
    text
}

/// The name in the marker, which cannot end it.
fn marker(name: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "._/-".contains(c) { c } else { '_' };
    let name: String = name.chars().map(fits).collect();
    name.replace("--", "__")
}

fn breaking(text: &mut String, report: &Report, style: &Style, detail: Detail) {
    let rows: Vec<Row<'_>> = report.of(Severity::Error).collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### Breaking ({})\n", rows.len());
    for (change, accepted) in rows {
        text.push_str(&if detail >= Detail::BreaksShort {
            short_row(change, accepted)
        } else {
            row(change, accepted, style)
        });
    }
}

fn checks(text: &mut String, report: &Report, style: &Style, detail: Detail) {
    let rows: Vec<Row<'_>> = report.of(Severity::Warning).collect();
    if rows.is_empty() && report.complaints.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### Please check ({})\n", rows.len() + report.complaints.len());
    for complaint in &report.complaints {
        let (id, target) = (code(&complaint.allow.id), code(&complaint.allow.target));
        let _ = writeln!(text, "- ⚠️ accepted break {id} **{target}**: {}.", complaint.message);
    }
    if detail >= Detail::ChecksShort {
        text.push_str(&grouped(&rows));
        return;
    }
    // A change of many elements is described once.
    let mut last: Option<(&str, usize)> = None;
    let mut rows = rows;
    rows.sort_by_key(|(change, _)| change.rule.id);
    for (at, (change, accepted)) in rows.iter().enumerate() {
        let same = rows.iter().filter(|(other, _)| other.rule.id == change.rule.id).count();
        let begun = last.filter(|(id, _)| *id == change.rule.id).map_or(at, |(_, begun)| begun);
        last = Some((change.rule.id, begun));
        match (same > CROWD, at == begun) {
            (true, true) => {
                let alike: Vec<&Change> = rows[at..at + same].iter().map(|(one, _)| *one).collect();
                text.push_str(&crowd(&alike));
            }
            (true, false) => {}
            (false, _) => text.push_str(&row(change, *accepted, style)),
        }
    }
}

/// More changes of one rule than this are one row.
const CROWD: usize = 12;

/// Many changes of one rule.
fn crowd(alike: &[&Change]) -> String {
    let Some(first) = alike.first() else { return String::new() };
    let names: Vec<String> = alike.iter().take(CROWD).map(|one| code(&one.target)).collect();
    let more = alike.len().saturating_sub(CROWD);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!(
        "- ⚠️ `{}` × {}: {} {}{more}.\n",
        first.rule.id,
        alike.len(),
        first.rule.consequence,
        names.join(", "),
    )
}

/// A section that is closed until someone opens it.
fn folded(
    text: &mut String,
    title: &str,
    rows: &[Row<'_>],
    detail: Detail,
    style: &Style,
    until: Detail,
) {
    if rows.is_empty() {
        return;
    }
    if detail >= Detail::NewCounted || (until == Detail::NoDocumentation && detail >= until) {
        let _ = writeln!(text, "\n{title}: {}, not shown here.", rows.len());
        return;
    }
    let _ = writeln!(text, "\n<details><summary>{title} ({})</summary>\n", rows.len());
    if detail >= until {
        text.push_str(&grouped(rows));
    } else {
        for (change, _) in rows {
            text.push_str(&line(change, style));
        }
    }
    text.push_str("\n</details>\n");
}

fn foot(text: &mut String, report: &Report, detail: Detail) {
    if detail > Detail::Everything {
        text.push_str("\nThis comment is shortened; the full report has everything.\n");
    }
    let _ = writeln!(
        text,
        "\n<sub>schemacrate {} · to accept a break: `[[diff.allow]]` with id, target, until and reason in schemacrate.toml</sub>",
        env!("CARGO_PKG_VERSION"),
    );
    let marks: Vec<String> =
        report.of(Severity::Error).map(|(change, _)| change.fingerprint()).take(20).collect();
    if !marks.is_empty() {
        let _ = writeln!(text, "<sub>fingerprints {}</sub>", marks.join(" "));
    }
}

/// The shortest comments that still hold every break: by rule with the name of each, then by rule
/// and type, and at last, where even that is too much for a comment, by rule and namespace.
fn packed(report: &Report, style: &Style, text: String, budget: usize) -> String {
    if text.chars().count() <= budget {
        return text;
    }
    let rows: Vec<Row<'_>> = report.of(Severity::Error).collect();
    let whole = |body: String| {
        let mut text = head(report, style);
        let _ = writeln!(text, "\n### Breaking ({})\n\n{body}", rows.len());
        foot(&mut text, report, Detail::BreaksShort);
        text
    };
    let by_name = whole(by_rule(&rows, |change| change.target.clone()));
    if by_name.chars().count() <= budget {
        return by_name;
    }
    let by_type = whole(by_rule(&rows, |change| change.owner.clone()));
    if by_type.chars().count() <= budget {
        return by_type;
    }
    whole(grouped(&rows))
}

/// A line for each rule, with the names of what it is about; a name that many changes share is
/// written once.
fn by_rule(rows: &[Row<'_>], name: impl Fn(&Change) -> String) -> String {
    let mut rules: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (change, _) in rows {
        *rules.entry(change.rule.id).or_default().entry(name(change)).or_default() += 1;
    }
    let line = |(rule, names): (&&str, &BTreeMap<String, usize>)| {
        let count: usize = names.values().sum();
        let shown = names.iter().map(|(name, count)| match count {
            1 => code(name),
            many => format!("{} ({many})", code(name)),
        });
        format!("- `{rule}` × {count}: {}\n", shown.collect::<Vec<_>>().join(" "))
    };
    rules.iter().map(line).collect()
}
