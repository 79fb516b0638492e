//! Tags.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::Tag;
use rustc_hash::FxHashMap;

impl Rules<'_, '_> {
    pub(super) fn tags(&mut self) {
        let model = self.model;
        let mut by_name: FxHashMap<&str, &Tag> = FxHashMap::default();
        for tag in &model.tags {
            let first = *by_name.entry(&tag.name.text).or_insert(tag);
            if first.name.span != tag.name.span {
                let message = format!("the tag `{}` is described twice", tag.name.text);
                let finding = Diagnostic::violation("duplicate-tag", message)
                    .at(tag.name.span, "ignored")
                    .related(first.name.span, "this one counts")
                    .help("keep one of them");
                self.report(finding);
            }
        }
        for tag in &model.tags {
            let Some(parent) = &tag.parent else { continue };
            let finding = match by_name.contains_key(parent.text.as_str()) {
                false => {
                    let message = format!("there is no tag `{}`", parent.text);
                    Diagnostic::violation("unknown-tag", message)
                }
                true if is_part_of_itself(tag, &by_name) => {
                    let message = format!("the tag `{}` is a part of itself", tag.name.text);
                    Diagnostic::violation("tag-cycle", message)
                }
                true => continue,
            };
            self.report(finding.at(parent.span, "ignored").help("name another tag, or none"));
        }
    }
}

/// Whether the tags around a tag go in a circle.
fn is_part_of_itself(tag: &Tag, by_name: &FxHashMap<&str, &Tag>) -> bool {
    let mut at = tag;
    // More steps than there are tags are a circle.
    for _ in 0..by_name.len().min(1_000) {
        let parent = at.parent.as_ref().and_then(|name| by_name.get(name.text.as_str()));
        let Some(parent) = parent else { return false };
        at = parent;
    }
    true
}
