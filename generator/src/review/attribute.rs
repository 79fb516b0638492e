//! Plan against plan: what changes in the generated crate, and which change of the schema explains
//! it.

use super::change::{Change, RustChange, RustChangeKind, RustItem};
use super::rule::{Bump, Rule};
use crate::crate_plan::api::{self, Beginning, Declared, Line};
use crate::crate_plan::{CratePlan, Item, Type};
use crate::odata::compare::passages::Passages;
use crate::odata::compare::{Comparison, Era, Member};
use crate::odata::edm::{ItemType, StructuredTypeId};
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

/// Compares two plans, gives each difference to the change that explains it, and adds changes for
/// those that none explains.
pub(super) fn attribute(comparison: &mut Comparison<'_>, old: &CratePlan, new: &CratePlan) {
    let (before, after) = (Items::of(old), Items::of(new));
    let mut differences = Vec::new();
    let mut documented = BTreeSet::new();
    let root = (api::root(old), api::root(new));
    compare(root.0, root.1, &mut differences);
    let paths: BTreeSet<&String> = before.by_path.keys().chain(after.by_path.keys()).collect();
    for path in paths {
        match (before.by_path.get(path), after.by_path.get(path)) {
            (Some((_, was)), Some((_, is))) if was == is => {}
            (Some((_, was)), Some(_)) => {
                let count = differences.len();
                compare(before.lines(path), after.lines(path), &mut differences);
                if differences.len() == count {
                    documented.insert(was.wire_name().to_owned());
                }
            }
            (Some(_), None) => differences.extend(whole(before.lines(path), true)),
            (None, Some(_)) => differences.extend(whole(after.lines(path), false)),
            (None, None) => {}
        }
    }
    let index = Index::new(comparison);
    let mut unexplained = Vec::new();
    for difference in differences {
        let anchors = anchors(comparison, (&before, &after), &difference);
        match index.find(&comparison.changes, &anchors, &difference) {
            Some(at) => comparison.changes[at].rust.push(difference.change),
            None => unexplained.push(difference),
        }
    }
    comparison.changes.extend(own_changes(unexplained));
    for change in &mut comparison.changes {
        change.rust.sort_unstable();
        change.bump = change.rust.iter().map(RustChange::bump).max().unwrap_or_default();
        let has_docs =
            change.rule.rust != Bump::None && comparison_owner(&documented, &change.owner);
        if change.bump == Bump::None && has_docs {
            change.bump = Bump::Patch;
        }
    }
}

/// Whether the documentation of an owner's items changed.
fn comparison_owner(documented: &BTreeSet<String>, owner: &str) -> bool {
    documented.contains(owner.split('(').next().unwrap_or(owner))
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

/// Whether a setter takes null now, and everything that it took before.
fn is_widened(old: &Declared<'_>, new: &Declared<'_>) -> bool {
    let (Declared::Setter(was), Declared::Setter(is)) = (old, new) else { return false };
    let taken = match &**was {
        Type::Into(inner) | Type::IntoAssigned(inner) => inner,
        other => other,
    };
    matches!(&**is, Type::IntoNullable(now) if **now == *taken)
}

/// Where the changes are that can explain a difference.
struct Index {
    by_anchor: BTreeMap<String, Vec<usize>>,
}

impl Index {
    fn new(comparison: &Comparison<'_>) -> Self {
        let mut by_anchor: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut add = |anchor: String, at: usize| by_anchor.entry(anchor).or_default().push(at);
        let passages = [Passages::of(&comparison.old), Passages::of(&comparison.new)];
        for (at, change) in comparison.changes.iter().enumerate() {
            for target in change.claims.iter().chain([&change.target]) {
                for anchor in anchors_of(target) {
                    add(anchor, at);
                }
            }
            for hierarchy in &change.hierarchies {
                add(hierarchy.clone(), at);
            }
            for era in [&comparison.old, &comparison.new] {
                let Some(id) = led_to(era, &change.target) else { continue };
                if change.rule.id.starts_with("capability") {
                    add(era.name(id), at);
                }
                // Another way to an entity may be the shortest one, at which its function is.
                let heirs = era.descendants[&id].iter().map(|heir| era.name(*heir));
                for name in heirs.chain([era.name(id)]) {
                    add(format!(">{name}"), at);
                }
            }
            for name in passages.iter().flat_map(|one| one.through(&change.target)) {
                add(format!("/{name}"), at);
            }
        }
        Self { by_anchor }
    }

    /// The change that explains a difference best: the nearest anchor, and there the rule that is
    /// about such differences.
    fn find(
        &self,
        changes: &[Change],
        anchors: &[String],
        difference: &Difference,
    ) -> Option<usize> {
        anchors.iter().find_map(|anchor| {
            let candidates = self.by_anchor.get(anchor)?;
            let fitting = candidates
                .iter()
                .copied()
                .filter(|at| can_explain(changes[*at].rule, difference.change.kind));
            fitting.max_by_key(|at| {
                (affinity(changes[*at].rule.id, difference.change.kind), Reverse(*at))
            })
        })
    }
}

/// The names under which a target is found: itself, and for an operation its name without the type
/// that it is bound to, with and without namespace.
fn anchors_of(target: &str) -> Vec<String> {
    let Some((operation, rest)) = target.split_once('(') else { return vec![target.to_owned()] };
    let simple = operation.rsplit('.').next().unwrap_or(operation);
    match rest.rsplit_once(")/") {
        Some((_, parameter)) => {
            vec![format!("{operation}/{parameter}"), operation.to_owned(), format!(".{simple}")]
        }
        None => vec![operation.to_owned(), format!(".{simple}")],
    }
}

/// The type that a navigation property or a member of the container leads to.
fn led_to(era: &Era<'_>, target: &str) -> Option<StructuredTypeId> {
    let (owner, member) = target.split_once('/')?;
    if let Some(id) = era.structured(owner) {
        let declared = era.model.structured(id);
        let found = declared.navigation_properties.iter().find(|one| one.name == member)?;
        return found.target;
    }
    let container = era.model.container.as_ref()?;
    let set = container.entity_sets.iter().find(|one| one.name == member);
    let singleton = container.singletons.iter().find(|one| one.name == member);
    set.map(|one| one.entity_type).or(singleton.map(|one| one.entity_type))
}

/// Whether a kind of change can do such a thing to the crate at all.
fn can_explain(rule: &Rule, kind: RustChangeKind) -> bool {
    match kind {
        RustChangeKind::Deprecated => rule.id == "deprecated",
        RustChangeKind::Restored => rule.id == "deprecation-removed",
        _ => {
            (rule.rust >= Bump::Minor && rule.id != "deprecated")
                || rule.id.starts_with("capability")
                || rule.id == "enum-sentinel-moved"
        }
    }
}

/// How well a rule fits to what happens to an item.
fn affinity(rule: &str, kind: RustChangeKind) -> u8 {
    let ends = |endings: &[&str]| endings.iter().any(|one| rule.ends_with(one));
    let fits = match kind {
        RustChangeKind::Added => ends(&["-added", "-added-required", "-unset", "-added-optional"]),
        RustChangeKind::Removed => ends(&["-removed", "computed-set", "immutable-set"]),
        RustChangeKind::Changed => rule.contains("type") || rule.contains("collection"),
        RustChangeKind::Widened => rule.contains("nullability"),
        RustChangeKind::Deprecated | RustChangeKind::Restored => true,
    };
    u8::from(fits)
}

/// The elements whose change may explain a difference, the nearest first.
fn anchors(
    comparison: &Comparison<'_>,
    (before, after): (&Items<'_>, &Items<'_>),
    difference: &Difference,
) -> Vec<String> {
    let mut anchors = Vec::new();
    let sides = [
        (difference.new.as_ref(), &comparison.new, after),
        (difference.old.as_ref(), &comparison.old, before),
    ];
    for (line, era, _) in &sides {
        if let Some(line) = line {
            member_anchors(era, line, &mut anchors);
        }
    }
    for (line, era, _) in &sides {
        let Some(line) = line else { continue };
        anchors.push(line.owner.clone());
        if let Some(id) = era.structured(&line.owner) {
            anchors.extend(era.bases(id));
        }
    }
    let mut hierarchies = Vec::new();
    let mut passages = Vec::new();
    for (line, era, items) in &sides {
        let Some(line) = line else { continue };
        let is_function = line.owner.is_empty();
        for name in referenced(items, line) {
            if is_function {
                let bases = era.structured(&name).map_or_else(Vec::new, |id| era.bases(id));
                anchors.extend(bases.iter().chain([&name]).map(|one| format!(">{one}")));
                anchors.extend(bases);
            }
            hierarchies.push(format!("~{name}"));
            if let Some(id) = era.structured(&name) {
                hierarchies.extend(era.bases(id).into_iter().map(|base| format!("~{base}")));
            }
            passages.push(format!("/{name}"));
            anchors.push(name);
        }
        hierarchies.push(format!("~{}", line.owner));
        passages.push(format!("/{}", line.owner));
    }
    anchors.extend(hierarchies);
    anchors.extend(passages);
    anchors
}

/// The elements that a member of an item stands for.
fn member_anchors(era: &Era<'_>, line: &Line, anchors: &mut Vec<String>) {
    let Some(member) = &line.member else { return };
    let name = member.split('(').next().unwrap_or(member);
    if line.owner.is_empty()
        && let Some(container) = &era.model.container
    {
        anchors.push(format!("{}/{name}", container.name));
    }
    anchors.push(format!("{}/{name}", line.owner));
    if let Some(id) = era.structured(&line.owner)
        && let Some((owner, found)) = era.effective(id).get(name)
    {
        anchors.push(format!("{}/{name}", era.name(*owner)));
        // A type definition has no item of its own; what has its type changes with it.
        if let Member::Property(property) = found
            && let ItemType::Definition(_) = property.value.item
        {
            anchors.push(era.model.item_name(property.value.item));
        }
    }
    // A cast, a variant, or an operation.
    if name.contains('.') {
        anchors.push(name.to_owned());
    } else {
        anchors.push(format!(".{name}"));
    }
}

/// The schema elements whose items a line names, its own item included if the line is about all of
/// it.
fn referenced(items: &Items<'_>, line: &Line) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |path: &str| found.extend(items.wire_names.get(path).cloned());
    line.declared.each_item(&mut |item| add(&api::path(item)));
    if matches!(line.declared, Declared::Struct | Declared::Enum | Declared::Implementation(_)) {
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
        let change = changes.entry((rule, target.clone())).or_insert_with(|| {
            let mut change = Change::new(rule, target);
            change.owner = owner;
            change
        });
        change.rust.push(difference.change);
    }
    changes.into_values().collect()
}

/// What kind of thing happened to each.
fn classified(mut unexplained: Vec<Difference>) -> Vec<(&'static str, Difference)> {
    // Items that stay in their module and say the same of the schema differ in their names.
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
                    "rust-name-changed"
                }
                (None, _) => "rust-item-added",
                (_, None) => "rust-item-removed",
                (Some(was), Some(is)) if unboxed(was) == unboxed(is) => "rust-box-changed",
                _ => "rust-type-changed",
            };
            (rule, one)
        })
        .collect()
}

/// An item without the boxes around its types.
fn unboxed(line: &Line) -> Declared<'static> {
    line.declared.clone().map(&Type::unboxed)
}
