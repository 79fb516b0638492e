//! Tags.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::Tag;
use rustc_hash::{FxHashMap, FxHashSet};

impl Rules<'_, '_> {
    pub(super) fn tags(&mut self) {
        let model = self.model;
        let mut by_name: FxHashMap<&str, &Tag> = FxHashMap::default();
        for tag in &model.tags {
            let first = *by_name.entry(&tag.name.text).or_insert(tag);
            if first.name.span != tag.name.span {
                let message = format!("the tag `{}` is described twice", tag.name.shown());
                let finding = Diagnostic::violation("duplicate-tag", message)
                    .at(tag.name.span, "ignored")
                    .related(first.name.span, "this one counts")
                    .help("keep one of them");
                self.report(finding);
            }
        }
        let cycles = in_cycles(&model.tags, &by_name);
        for tag in &model.tags {
            let Some(parent) = &tag.parent else { continue };
            let finding = match by_name.contains_key(parent.text.as_str()) {
                false => {
                    let message = format!("there is no tag `{}`", parent.shown());
                    Diagnostic::violation("unknown-tag", message)
                }
                true if cycles.contains(tag.name.text.as_str()) => {
                    let message = format!("the tag `{}` is a part of itself", tag.name.shown());
                    Diagnostic::violation("tag-cycle", message)
                }
                true => continue,
            };
            self.report(finding.at(parent.span, "ignored").help("name another tag, or none"));
        }
    }
}

/// The names of the tags that are parts of themselves.
fn in_cycles<'m>(tags: &'m [Tag], by_name: &FxHashMap<&str, &'m Tag>) -> FxHashSet<&'m str> {
    let mut cycles = FxHashSet::default();
    let mut passed: FxHashSet<&str> = FxHashSet::default();
    for tag in tags {
        let mut way: Vec<&str> = Vec::new();
        let mut at = Some(tag);
        while let Some(tag) = at.filter(|tag| !passed.contains(tag.name.text.as_str())) {
            passed.insert(&tag.name.text);
            way.push(&tag.name.text);
            let parent = tag.parent.as_ref();
            at = parent.and_then(|name| by_name.get(name.text.as_str()).copied());
        }
        let back = at.and_then(|tag| way.iter().position(|one| *one == tag.name.text));
        cycles.extend(back.into_iter().flat_map(|from| way[from..].iter().copied()));
    }
    cycles
}
