//! Keys: the effective ones, so that a key that moved to a base is not a change.

use super::{Comparison, Revision};
use crate::odata::edm::{Key, StructuredTypeId};
use crate::review::change::Change;
use crate::review::rule::rule;

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    name: &str,
    old: StructuredTypeId,
    new: StructuredTypeId,
) {
    let was = shown(comparison, &comparison.old, old);
    let is = shown(comparison, &comparison.new, new);
    let (before, after) =
        (comparison.old.model.structured(old), comparison.new.model.structured(new));
    if was == is {
        let own = |key: &Option<Key>| key.is_some();
        if own(&before.key) != own(&after.key) && !was.is_empty() {
            let change = Change::new(rule!("key-redeclared"), name)
                .values(where_of(own(&before.key)), where_of(own(&after.key)))
                .between(before.span, after.span);
            comparison.changes.push(change);
        }
        return;
    }
    // A key that was added, removed or changed with the base is reported there.
    let base = |revision: &Revision<'_>, id: StructuredTypeId| revision.model.structured(id).base;
    let bases = (base(&comparison.old, old), base(&comparison.new, new));
    if before.key.is_none() && after.key.is_none() {
        return;
    }
    if let (Some(old_base), Some(new_base)) = bases
        && shown(comparison, &comparison.old, old_base) == was
        && shown(comparison, &comparison.new, new_base) == is
    {
        return;
    }
    let change =
        Change::new(rule!("key-changed"), name).values(was, is).between(before.span, after.span);
    comparison.changes.push(change);
}

fn where_of(own: bool) -> &'static str {
    if own { "declared here" } else { "inherited" }
}

fn shown(comparison: &Comparison<'_>, revision: &Revision<'_>, id: StructuredTypeId) -> String {
    let Some(key) = revision.model.effective_key(id) else { return String::new() };
    let parts = key.properties.iter().map(|part| {
        let value = comparison.now_called(&revision.model.type_name(&part.value));
        let alias = if part.has_alias { format!(" as {}", part.name) } else { String::new() };
        format!("{}: {value}{alias}", part.path.join("/"))
    });
    parts.collect::<Vec<_>>().join(", ")
}
