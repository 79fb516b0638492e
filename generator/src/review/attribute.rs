//! Plan against plan: what changes in the generated crate, and which change of the schema explains
//! it.
//!
//! Enters: the changes of a front end with their anchors, and two plans. Leaves: the same changes
//! with what they change in the crate, and further changes for what none of them explains. Must not
//! know: any format of a schema.

use super::change::{Change, RustChange, RustChangeKind, RustItem};
use super::findings::{Anchor, Explains, Which};
use super::rule::{Bump, Event, Rule, Subject, rule};
use crate::crate_plan::api::{self, Beginning, Declared, Line};
use crate::crate_plan::{CratePlan, Item, Type};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What changed for one public item.
struct Difference {
    change: RustChange,
    old: Option<Line>,
    new: Option<Line>,
}

/// The items of a plan by their Rust paths.
struct Items<'p> {
    by_path: BTreeMap<String, (Vec<String>, &'p Item)>,
    /// The wire names of the types and operations that items are made from, by Rust path.
    wire_names: BTreeMap<String, String>,
}

impl<'p> Items<'p> {
    fn of(plan: &'p CratePlan) -> Self {
        let mut items = Self { by_path: BTreeMap::new(), wire_names: BTreeMap::new() };
        api::each_item(plan, &mut |module, item| {
            let path = format!("{}::{}", module.join("::"), item.name());
            items.wire_names.insert(path.clone(), item.wire_name().to_owned());
            items.by_path.insert(path, (module.to_vec(), item));
        });
        items
    }

    fn lines(&self, path: &str) -> Vec<Line> {
        self.by_path.get(path).map_or_else(Vec::new, |(module, item)| api::lines(module, item))
    }
}

/// Compares two plans, assigns each difference to the change that explains it, and adds changes for
/// differences that none explains.
pub(super) fn attribute(
    changes: &mut Vec<Change>,
    elements: &dyn Explains,
    [old, new]: [&CratePlan; 2],
) {
    let (before, after) = (Items::of(old), Items::of(new));
    let mut differences = Vec::new();
    let mut documented = BTreeSet::new();
    let root = (api::root(old), api::root(new));
    compare(root.0, root.1, &mut differences);
    let paths: BTreeSet<&String> = before.by_path.keys().chain(after.by_path.keys()).collect();
    for path in paths {
        match (before.by_path.get(path), after.by_path.get(path)) {
            (Some((_, was)), Some((_, is))) if was == is => {}
            (Some((_, was)), Some((_, is))) => {
                let count = differences.len();
                compare(before.lines(path), after.lines(path), &mut differences);
                if differences.len() == count && !was.differs_only_in_example(is) {
                    documented.insert(was.wire_name().to_owned());
                }
            }
            (Some(_), None) => differences.extend(whole(before.lines(path), true)),
            (None, Some(_)) => differences.extend(whole(after.lines(path), false)),
            (None, None) => {}
        }
    }
    let index = Index::new(changes);
    let mut unexplained = Vec::new();
    for difference in differences {
        let anchors = anchors(elements, (&before, &after), &difference);
        match index.find(changes, &anchors, &difference) {
            Some(at) => changes[at].rust.push(difference.change),
            None => unexplained.push(difference),
        }
    }
    changes.extend(own_changes(unexplained));
    for change in changes {
        change.rust.sort_unstable();
        change.bump = change.rust.iter().map(RustChange::bump).max().unwrap_or_default();
        let has_docs = change.rule.rust != Bump::None && documented.contains(change.owner_name());
        if change.bump == Bump::None && has_docs {
            change.bump = Bump::Patch;
        }
    }
}

/// An item that comes or goes as a whole is one difference.
fn whole(lines: Vec<Line>, gone: bool) -> Option<Difference> {
    let members = lines.iter().filter(|line| !line.is_shared).count().saturating_sub(1);
    let first = lines.into_iter().next()?;
    let mut difference = if gone { single(Some(first), None) } else { single(None, Some(first)) }?;
    difference.change.members = members;
    Some(difference)
}

fn compare(old: Vec<Line>, new: Vec<Line>, differences: &mut Vec<Difference>) {
    let by_path = |lines: Vec<Line>| -> BTreeMap<String, Line> {
        lines.into_iter().map(|line| (line.path.clone(), line)).collect()
    };
    let (mut before, mut after) = (by_path(old), by_path(new));
    let paths: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    for path in paths {
        differences.extend(single(before.remove(&path), after.remove(&path)));
    }
}

fn single(old: Option<Line>, new: Option<Line>) -> Option<Difference> {
    let kind = match (&old, &new) {
        (None, None) => return None,
        (None, Some(_)) => RustChangeKind::Added,
        (Some(_), None) => RustChangeKind::Removed,
        (Some(was), Some(is)) if was.declared != is.declared => {
            if is_widened(&was.declared, &is.declared) {
                RustChangeKind::Widened
            } else {
                RustChangeKind::Changed
            }
        }
        (Some(was), Some(is)) => match (was.is_deprecated, is.is_deprecated) {
            (false, true) => RustChangeKind::Deprecated,
            (true, false) => RustChangeKind::Restored,
            _ => return None,
        },
    };
    let line = new.as_ref().or(old.as_ref())?;
    let change = RustChange {
        path: line.path.clone(),
        old: old.as_ref().map(item),
        new: new.as_ref().map(item),
        kind,
        is_constant: matches!(line.declared, Declared::Constant(_)),
        members: 0,
    };
    Some(Difference { change, old, new })
}

/// The item as reports show it.
fn item(line: &Line) -> RustItem {
    RustItem { signature: line.signature.clone(), brief: line.declared.brief() }
}

/// Whether a setter takes null in addition to everything that it took before.
fn is_widened(old: &Declared<'_>, new: &Declared<'_>) -> bool {
    let (Declared::Setter(was), Declared::Setter(is)) = (old, new) else { return false };
    matches!(&**is, Type::IntoNullable(now) if **now == *was.taken())
}

/// Where the changes are that can explain a difference.
struct Index {
    by_anchor: BTreeMap<Anchor, Vec<usize>>,
}

impl Index {
    fn new(changes: &[Change]) -> Self {
        let mut by_anchor: BTreeMap<Anchor, Vec<usize>> = BTreeMap::new();
        for (at, change) in changes.iter().enumerate() {
            for anchor in &change.anchors {
                by_anchor.entry(anchor.clone()).or_default().push(at);
            }
        }
        Self { by_anchor }
    }

    /// The change that explains a difference best: the nearest anchor, and there the rule that is
    /// about such differences.
    fn find(
        &self,
        changes: &[Change],
        anchors: &[Anchor],
        difference: &Difference,
    ) -> Option<usize> {
        anchors.iter().find_map(|anchor| {
            let candidates = self.by_anchor.get(anchor)?;
            let fitting = candidates
                .iter()
                .copied()
                .filter(|at| can_explain(changes[*at].rule, difference.change.kind));
            fitting.max_by_key(|at| {
                (affinity(changes[*at].rule, difference.change.kind), Reverse(*at))
            })
        })
    }
}

/// Whether a kind of change can do such a thing to the crate at all.
fn can_explain(rule: &Rule, kind: RustChangeKind) -> bool {
    let of_deprecation = |event| (rule.subject, rule.event) == (Subject::Deprecation, event);
    match kind {
        RustChangeKind::Deprecated => of_deprecation(Event::Added),
        RustChangeKind::Restored => of_deprecation(Event::Removed),
        _ => match rule.subject {
            Subject::Deprecation => false,
            // These may decide which methods exist.
            Subject::Capability | Subject::EnumSentinel => true,
            _ => rule.rust >= Bump::Minor,
        },
    }
}

/// How well a rule fits to what happens to an item.
fn affinity(rule: &Rule, kind: RustChangeKind) -> u8 {
    let fits = match kind {
        RustChangeKind::Added => matches!(rule.event, Event::Added | Event::Unset),
        RustChangeKind::Removed => match rule.subject {
            Subject::Computed => rule.event == Event::Set,
            _ => rule.event == Event::Removed,
        },
        RustChangeKind::Changed => matches!(
            rule.subject,
            Subject::Type
                | Subject::BaseType
                | Subject::UnderlyingType
                | Subject::OpenType
                | Subject::ValueType
                | Subject::Cardinality
                | Subject::Result
        ),
        RustChangeKind::Widened => rule.subject == Subject::Nullability,
        RustChangeKind::Deprecated | RustChangeKind::Restored => true,
    };
    u8::from(fits)
}

/// The elements whose change may explain a difference, the nearest first, and on the new side before
/// the old one.
fn anchors(
    elements: &dyn Explains,
    (before, after): (&Items<'_>, &Items<'_>),
    difference: &Difference,
) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (line, which, items) in
        [(&difference.new, Which::New, after), (&difference.old, Which::Old, before)]
    {
        let Some(line) = line else { continue };
        let named = referenced(items, line);
        found.extend(elements.anchors(which, line, &named));
    }
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, anchor)| anchor).collect()
}

/// The schema elements whose items a line names, its own item included if the line is about all of
/// it.
fn referenced(items: &Items<'_>, line: &Line) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |path: &str| found.extend(items.wire_names.get(path).cloned());
    line.declared.each_item(&mut |item| add(&api::path(item)));
    // An item itself, and a trait that it implements.
    if line.path == line.item || matches!(line.declared, Declared::Implementation(_)) {
        add(&line.item);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The changes for what no change of the schema explains, one for each item.
fn own_changes(unexplained: Vec<Difference>) -> Vec<Change> {
    let mut changes: BTreeMap<(&'static str, String), Change> = BTreeMap::new();
    for (rule, difference) in classified(unexplained) {
        let path = &difference.change.path;
        let item = match difference.change.members {
            0 => path.rsplit_once("::").map_or(path.as_str(), |(item, _)| item),
            _ => path,
        };
        let owner = [&difference.new, &difference.old].into_iter().flatten().next();
        let owner = owner.map(|line| line.owner.clone()).unwrap_or_default();
        let target = item.to_owned();
        let change = changes.entry((rule.id, target.clone())).or_insert_with(|| {
            let mut change = Change::new(rule, target);
            change.owner = owner;
            change
        });
        change.rust.push(difference.change);
    }
    changes.into_values().collect()
}

/// What kind of thing happened to each.
fn classified(mut unexplained: Vec<Difference>) -> Vec<(&'static Rule, Difference)> {
    // Items in the same module that come from the same elements differ in their names.
    let key = |line: &Line| -> (String, Option<String>, Beginning, String) {
        let module = line.item.split("::").next().unwrap_or_default().to_owned();
        (line.owner.clone(), line.member.clone(), line.declared.beginning(), module)
    };
    let named = |line: &&Line| line.member.is_some();
    let gone: BTreeSet<_> = unexplained
        .iter()
        .filter(|one| one.new.is_none())
        .filter_map(|one| one.old.as_ref())
        .filter(named)
        .map(key)
        .collect();
    let come: BTreeSet<_> = unexplained
        .iter()
        .filter(|one| one.old.is_none())
        .filter_map(|one| one.new.as_ref())
        .filter(named)
        .map(key)
        .collect();
    let renamed: BTreeSet<_> = gone.intersection(&come).cloned().collect();
    unexplained
        .drain(..)
        .map(|one| {
            let rule = match (&one.old, &one.new) {
                (Some(line), None) | (None, Some(line)) if renamed.contains(&key(line)) => {
                    rule!("rust-name-changed")
                }
                (None, _) => rule!("rust-item-added"),
                (_, None) => rule!("rust-item-removed"),
                (Some(was), Some(is)) if unboxed(was) == unboxed(is) => rule!("rust-box-changed"),
                _ => rule!("rust-type-changed"),
            };
            (rule, one)
        })
        .collect()
}

/// An item without the boxes around its types.
fn unboxed(line: &Line) -> Declared<'static> {
    line.declared.clone().map(&Type::unboxed)
}
