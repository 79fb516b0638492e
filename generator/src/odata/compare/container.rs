//! The entity container: what is at the service root.

use super::{Comparison, annotations};
use crate::input::source::Span;
use crate::odata::edm::{
    Annotations, Container, EntitySet, Model, NavigationBinding, OperationImport, Singleton,
    StructuredTypeId,
};
use crate::review::change::Change;
use crate::review::rule::rule;
use std::collections::BTreeMap;

/// A member of the container.
#[derive(Clone, Copy)]
enum Root<'a> {
    Set(&'a EntitySet),
    Singleton(&'a Singleton),
    Import(&'a OperationImport),
}

impl<'a> Root<'a> {
    fn kind(self) -> &'static str {
        match self {
            Self::Set(_) => "entity-set",
            Self::Singleton(_) => "singleton",
            Self::Import(_) => "import",
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Set(one) => one.span,
            Self::Singleton(one) => one.span,
            Self::Import(one) => one.span,
        }
    }

    fn annotations(self) -> &'a Annotations {
        match self {
            Self::Set(one) => &one.annotations,
            Self::Singleton(one) => &one.annotations,
            Self::Import(one) => &one.annotations,
        }
    }

    fn entity_type(self) -> Option<StructuredTypeId> {
        match self {
            Self::Set(one) => Some(one.entity_type),
            Self::Singleton(one) => Some(one.entity_type),
            Self::Import(_) => None,
        }
    }

    fn bindings(self) -> &'a [NavigationBinding] {
        match self {
            Self::Set(one) => &one.bindings,
            Self::Singleton(one) => &one.bindings,
            Self::Import(_) => &[],
        }
    }

    /// Whether the service document lists it.
    fn is_listed(self) -> bool {
        match self {
            Self::Set(one) => one.in_service_document,
            Self::Singleton(_) => true,
            Self::Import(one) => one.in_service_document,
        }
    }
}

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.model, comparison.new.model);
    let name = |model: &Model| model.container.as_ref().map(|one| one.name.to_string());
    let (was, is) = (name(old), name(new));
    let here = is.clone().or_else(|| was.clone()).unwrap_or_default();
    if let (Some(was), Some(is)) = (&old.container, &new.container) {
        if was.name != is.name {
            let change = Change::new(rule!("container-renamed"), was.name.to_string())
                .values(was.name.to_string(), is.name.to_string())
                .between(was.span, is.span)
                .claims([is.name.to_string()]);
            comparison.changes.push(change);
        }
        let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
        annotations::compare(comparison, &here, was, is);
    }
    let (was, is) = (roots(old.container.as_ref()), roots(new.container.as_ref()));
    for (name, root) in &was {
        let target = format!("{here}/{name}");
        match is.get(name) {
            Some(now) => both(comparison, &target, *root, *now),
            None => {
                let rule = match root {
                    Root::Set(_) => rule!("entity-set-removed"),
                    Root::Singleton(_) => rule!("singleton-removed"),
                    Root::Import(_) => rule!("import-removed"),
                };
                let change = Change::new(rule, target);
                let shown = shown(comparison.old.model, *root);
                comparison.changes.push(change.old(shown).on_old(root.span()));
            }
        }
    }
    for (name, root) in &is {
        if !was.contains_key(name) {
            let rule = match root {
                Root::Set(_) => rule!("entity-set-added"),
                Root::Singleton(_) => rule!("singleton-added"),
                Root::Import(_) => rule!("import-added"),
            };
            let change = Change::new(rule, format!("{here}/{name}"));
            let shown = shown(comparison.new.model, *root);
            comparison.changes.push(change.now(shown).on_new(root.span()));
        }
    }
}

fn roots(container: Option<&Container>) -> BTreeMap<&str, Root<'_>> {
    let Some(container) = container else { return BTreeMap::new() };
    let sets = container.entity_sets.iter().map(|one| (one.name.as_str(), Root::Set(one)));
    let singletons =
        container.singletons.iter().map(|one| (one.name.as_str(), Root::Singleton(one)));
    let imports = container.imports.iter().map(|one| (one.name.as_str(), Root::Import(one)));
    sets.chain(singletons).chain(imports).collect()
}

/// The type of a member, or the operation that it calls.
fn shown(model: &Model, root: Root<'_>) -> String {
    match root {
        Root::Import(import) => {
            let mut names: Vec<String> =
                import.operations.iter().map(|id| model.operation(*id).name.to_string()).collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        }
        Root::Set(set) => format!("Collection({})", model.structured(set.entity_type).name),
        Root::Singleton(one) => model.structured(one.entity_type).name.to_string(),
    }
}

fn both(comparison: &mut Comparison<'_>, target: &str, was: Root<'_>, is: Root<'_>) {
    let spans = (was.span(), is.span());
    let push = |comparison: &mut Comparison<'_>, rule, old: String, new: String| {
        let change = Change::new(rule, target).values(old, new).between(spans.0, spans.1);
        comparison.changes.push(change);
    };
    if was.kind() != is.kind() {
        let (old, new) = (was.kind().to_owned(), is.kind().to_owned());
        push(comparison, rule!("entity-set-kind-changed"), old, new);
    } else if let (Some(old), Some(new)) = (was.entity_type(), is.entity_type()) {
        let old = comparison.now_called(&comparison.old.name(old));
        let new = comparison.new.name(new);
        if old != new {
            let rule = match was {
                Root::Singleton(_) => rule!("singleton-type-changed"),
                _ => rule!("entity-set-type-changed"),
            };
            push(comparison, rule, old, new);
        }
    } else {
        let (old, new) = (shown(comparison.old.model, was), shown(comparison.new.model, is));
        if old != new {
            push(comparison, rule!("import-changed"), old, new);
        }
    }
    if was.is_listed() != is.is_listed() {
        let shown = |listed: bool| if listed { "listed" } else { "not listed" }.to_owned();
        let (old, new) = (shown(was.is_listed()), shown(is.is_listed()));
        push(comparison, rule!("service-document-changed"), old, new);
    }
    if let (Root::Import(old), Root::Import(new)) = (was, is)
        && old.entity_set != new.entity_set
    {
        let shown = |set: &Option<Vec<String>>| {
            set.as_ref().map_or_else(|| "none".to_owned(), |path| path.join("/"))
        };
        let (old, new) = (shown(&old.entity_set), shown(&new.entity_set));
        push(comparison, rule!("binding-target-changed"), old, new);
    }
    bindings(comparison, target, was, is);
    annotations::compare(
        comparison,
        target,
        (was.annotations(), spans.0),
        (is.annotations(), spans.1),
    );
}

fn bindings(comparison: &mut Comparison<'_>, target: &str, was: Root<'_>, is: Root<'_>) {
    let by_path = |root: Root<'_>| -> BTreeMap<String, (String, Span)> {
        let one = |one: &NavigationBinding| (one.path.join("/"), (one.target.join("/"), one.span));
        root.bindings().iter().map(one).collect()
    };
    let (olds, news) = (by_path(was), by_path(is));
    for (path, (set, span)) in &olds {
        let target = format!("{target}/{path}");
        match news.get(path) {
            None => {
                let change = Change::new(rule!("binding-removed"), target).old(set).on_old(*span);
                comparison.changes.push(change);
            }
            Some((now, at)) if now != set => {
                let change = Change::new(rule!("binding-target-changed"), target)
                    .values(set, now)
                    .between(*span, *at);
                comparison.changes.push(change);
            }
            Some(_) => {}
        }
    }
    for (path, (set, span)) in &news {
        if !olds.contains_key(path) {
            let change = Change::new(rule!("binding-added"), format!("{target}/{path}"));
            comparison.changes.push(change.now(set).on_new(*span));
        }
    }
}
