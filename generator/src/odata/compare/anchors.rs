//! Which changes may explain what happens to an item of the crate.
//!
//! Enters: a comparison, its changes, and lines of the crate. Leaves: the [`Anchor`]s of both,
//! which a review matches. Must not know: how a review chooses among them.

use super::passages::Passages;
use super::{Comparison, Member, Revision};
use crate::crate_plan::api::Line;
use crate::odata::edm::{ItemType, StructuredTypeId};
use crate::review::change::Change;
use crate::review::findings::{Anchor, Distance, Explains, Which};
use crate::review::rule::Subject;

/// Adds anchors to changes.
pub(super) fn set(comparison: &Comparison<'_>, changes: &mut [Change]) {
    let revisions = [&comparison.old, &comparison.new];
    let passages = revisions.map(Passages::of);
    for change in changes {
        let mut anchors: Vec<Anchor> =
            change.claims.iter().chain([&change.target]).flat_map(|one| of_target(one)).collect();
        for revision in revisions {
            let Some(id) = end_of(revision, &change.target) else { continue };
            if change.rule.subject == Subject::Capability {
                anchors.push(Anchor::Element(revision.name(id)));
            }
            // Another route to an entity may become the shortest one, which is the path of its
            // function.
            let heirs = revision.descendants[&id].iter().chain([&id]);
            anchors.extend(heirs.map(|heir| Anchor::End(revision.name(*heir))));
        }
        let through = passages.iter().flat_map(|one| one.through(&change.target));
        anchors.extend(through.map(Anchor::Passage));
        change.anchors.extend(anchors);
    }
}

/// The anchors of a target: itself, and for an operation its name without the type that it is bound
/// to, with and without namespace.
fn of_target(target: &str) -> Vec<Anchor> {
    let Some((operation, rest)) = target.split_once('(') else {
        return vec![Anchor::Element(target.to_owned())];
    };
    let simple = operation.rsplit('.').next().unwrap_or(operation);
    let parameter = rest.rsplit_once(")/").map(|(_, parameter)| format!("{operation}/{parameter}"));
    let elements = parameter.into_iter().chain([operation.to_owned()]).map(Anchor::Element);
    elements.chain([Anchor::Operation(simple.to_owned())]).collect()
}

/// The type of what a navigation property or a member of the container refers to.
fn end_of(revision: &Revision<'_>, target: &str) -> Option<StructuredTypeId> {
    let (owner, member) = target.split_once('/')?;
    if let Some(id) = revision.structured(owner) {
        let declared = revision.model.structured(id);
        let found = declared.navigation_properties.iter().find(|one| one.name == member)?;
        return found.target;
    }
    let container = revision.model.container.as_ref()?;
    let set = container.entity_sets.iter().find(|one| one.name == member);
    let singleton = container.singletons.iter().find(|one| one.name == member);
    set.map(|one| one.entity_type).or(singleton.map(|one| one.entity_type))
}

impl Explains for Comparison<'_> {
    fn anchors(&self, which: Which, line: &Line, named: &[String]) -> Vec<(Distance, Anchor)> {
        let revision = match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        };
        let mut found: Vec<(Distance, Anchor)> = Vec::new();
        let mut add = |distance, anchor| found.push((distance, anchor));
        for anchor in of_member(revision, line) {
            add(Distance::Member, anchor);
        }
        add(Distance::Owner, Anchor::Element(line.owner.clone()));
        for base in revision.bases_of(&line.owner) {
            add(Distance::Owner, Anchor::Element(base));
        }
        let is_function = line.owner.is_empty();
        for name in named {
            let bases = revision.bases_of(name);
            if is_function {
                for end in bases.iter().chain([name]) {
                    add(Distance::Named, Anchor::End(end.clone()));
                }
                for base in &bases {
                    add(Distance::Named, Anchor::Element(base.clone()));
                }
            }
            add(Distance::Named, Anchor::Element(name.clone()));
            for base in [name].into_iter().chain(&bases) {
                add(Distance::Hierarchy, Anchor::Hierarchy(base.clone()));
            }
            add(Distance::Passage, Anchor::Passage(name.clone()));
        }
        add(Distance::Hierarchy, Anchor::Hierarchy(line.owner.clone()));
        add(Distance::Passage, Anchor::Passage(line.owner.clone()));
        found
    }
}

/// The elements that a member of an item is made from.
fn of_member(revision: &Revision<'_>, line: &Line) -> Vec<Anchor> {
    let Some(member) = &line.member else { return Vec::new() };
    let name = member.split('(').next().unwrap_or(member);
    let mut anchors = Vec::new();
    if line.owner.is_empty()
        && let Some(container) = &revision.model.container
    {
        anchors.push(Anchor::Element(format!("{}/{name}", container.name)));
    }
    anchors.push(Anchor::Element(format!("{}/{name}", line.owner)));
    if let Some(id) = revision.structured(&line.owner)
        && let Some((owner, found)) = revision.effective(id).get(name)
    {
        anchors.push(Anchor::Element(format!("{}/{name}", revision.name(*owner))));
        // Members have the underlying type of a type definition, and change with it.
        if let Member::Property(property) = found
            && let ItemType::Definition(_) = property.value.item
        {
            anchors.push(Anchor::Element(revision.model.item_name(property.value.item)));
        }
    }
    // A cast, a variant, or an operation.
    anchors.push(if name.contains('.') {
        Anchor::Element(name.to_owned())
    } else {
        Anchor::Operation(name.to_owned())
    });
    anchors
}
