//! What the service has and the slice leaves out.
//!
//! Enters: the whole model, of which the crate has a part, and the meaning of a request to that
//! part. Leaves: what is only in the whole, and the pattern that includes it. Must not know: the
//! crate.

use super::index::Index;
use super::input::WrittenOption;
use crate::odata::binding::{
    BoundKind, BoundSegment, Item, Lookup, LooseStep, Target, check_options, loose_path, queried,
};
use crate::odata::edm::service::Label;
use crate::odata::edm::{ItemType, Member, Model, StructuredTypeId, TypeId};
use crate::odata::url::{self, OptionKind, QueryOption};

/// The service without the slice.
pub(super) struct Whole<'a> {
    lookup: Lookup<'a>,
}

/// The meaning of a path to the whole service.
pub(super) struct WholePath {
    steps: Vec<LooseStep>,
    /// The first segment that only the whole service has.
    pub(super) left_out: Option<LeftOut>,
}

/// A segment that the slice leaves out.
pub(super) struct LeftOut {
    /// The number of steps before it.
    pub(super) at: usize,
    /// How to include it.
    pub(super) help: String,
    /// What the path refers to, if that does not depend on the schema.
    pub(super) target: Option<Target>,
}

impl<'a> Whole<'a> {
    /// The whole model.
    pub(super) fn new(model: &'a Model, default_namespaces: &'a [String]) -> Self {
        Self { lookup: Lookup::new(model, default_namespaces) }
    }

    /// What finds names in the whole model.
    pub(super) fn lookup(&self) -> &Lookup<'a> {
        &self.lookup
    }

    /// The meaning of a path, compared with its meaning to the slice.
    pub(super) fn path(
        &self,
        slice: &Model,
        path: &[url::Segment],
        steps: &[LooseStep],
    ) -> WholePath {
        let whole = loose_path(&self.lookup, path);
        let is_same = |at: usize| {
            steps.get(at).is_some_and(|step| {
                step.written == whole[at].written
                    && labels(slice, &step.segments)
                        == labels(self.lookup.model, &whole[at].segments)
            })
        };
        let left_out = (0..whole.len()).find(|at| !is_same(*at)).map(|at| {
            let target = whole.last().and_then(|last| last.segments.last()).map(|last| last.target);
            let help = match whole[at].segments.last().map(|last| &last.kind) {
                Some(BoundKind::Property(..)) => "it or its type is excluded".to_owned(),
                _ => format!("include it with `{}`", self.pattern(&whole)),
            };
            LeftOut { at, help, target: target.filter(is_of_any) }
        });
        WholePath { steps: whole, left_out }
    }

    /// The pattern that includes the route of some steps. A type comes with its properties, so none is
    /// the end of a pattern.
    fn pattern(&self, steps: &[LooseStep]) -> String {
        let segments = steps.iter().flat_map(|step| &step.segments);
        let labelled = segments.map_while(|one| Some((one, label(self.lookup.model, one)?)));
        let labelled: Vec<(&BoundSegment, String)> = labelled.collect();
        let is_property = |one: &BoundSegment| matches!(one.kind, BoundKind::Property(..));
        let last = labelled.iter().rposition(|(segment, _)| !is_property(segment));
        let labels = labelled.into_iter().take(last.map_or(0, |last| last + 1));
        labels.fold(String::new(), |pattern, (_, label)| pattern + "/" + &label)
    }

    /// Why the slice has no such query option, if the whole service has it. `lookup` and `target` are
    /// what the slice has at the path.
    pub(super) fn option(
        &self,
        path: &WholePath,
        lookup: &Lookup<'_>,
        target: Target,
        option: &WrittenOption,
    ) -> Option<String> {
        let option = option.read.as_ref()?;
        let segments = path.steps.iter().flat_map(|step| step.segments.clone());
        let in_whole = queried(&segments.collect::<Vec<_>>())?;
        let missing = |option: &QueryOption| {
            let options = std::slice::from_ref(option);
            let findings = check_options(lookup, target, options);
            let is_left_out = check_options(&self.lookup, in_whole, options).is_empty();
            findings.into_iter().next().filter(|_| is_left_out)
        };
        let name = option.system_name()?;
        let why = missing(option)?.message;
        let why = format!("The slice leaves out what `{name}` names ({why})");
        let OptionKind::Expand(items) = &option.kind else { return Some(format!("{why}.")) };
        let lost = items.iter().find(|item| {
            let kind = OptionKind::Expand(vec![(*item).clone()]);
            missing(&QueryOption { kind, ..option.clone() }).is_some()
        })?;
        let pattern = self.pattern(&path.steps);
        Some(format!("{why}; include it with `{pattern}/{}`.", lost.path.join("/")))
    }

    /// Why the slice has no such member of a type, if the whole service has it.
    pub(super) fn member(
        &self,
        index: &Index<'_>,
        type_name: &str,
        member: &str,
    ) -> Option<String> {
        let model = self.lookup.model;
        let id = self.structured(type_name)?;
        let left_out = format!("The slice leaves `{member}` of `{type_name}` out");
        let Member::Property(property) = model.member(id, member)?.1 else {
            return Some(format!("{left_out}; include it with a path that ends with `/{member}`."));
        };
        // Either the type is excluded, or the property itself.
        let item = property.value.item;
        let excluded = match model.item_name(item) {
            name if has_items(item) && index.declared(&name).is_none() => name,
            _ => format!("{type_name}/{member}"),
        };
        Some(format!("{left_out}, because it excludes `{excluded}`."))
    }

    /// Why the slice has no such type, if the whole service has it.
    pub(super) fn type_named(&self, index: &Index<'_>, name: &str) -> Option<String> {
        let is_left_out = index.declared(name).is_none() && self.structured(name).is_some();
        is_left_out.then(|| format!("The slice leaves `{name}` out; include it by that name."))
    }

    fn structured(&self, name: &str) -> Option<StructuredTypeId> {
        match self.lookup.model.type_named(name)? {
            TypeId::Structured(id) => Some(id),
            TypeId::Enum(_) | TypeId::Definition(_) => None,
        }
    }
}

/// Whether a crate has an item for a type that it does not exclude.
fn has_items(item: ItemType) -> bool {
    matches!(item, ItemType::Structured(_) | ItemType::Enum(_))
}

/// Whether something is the same in every model.
fn is_of_any(target: &Target) -> bool {
    matches!(
        target.item,
        Item::Nothing | Item::Bytes | Item::Reference | Item::Value(ItemType::Primitive(_))
    )
}

/// The segments in a pattern, and the rest by its kind.
fn labels(model: &Model, segments: &[BoundSegment]) -> Vec<String> {
    let rest = |segment: &BoundSegment| match &segment.kind {
        BoundKind::Dynamic(name) => name.clone(),
        BoundKind::System(name) => (*name).to_owned(),
        _ => String::new(),
    };
    let is_free = |segment: &BoundSegment| matches!(segment.kind, BoundKind::Dynamic(_));
    let one = |segment: &BoundSegment| {
        let name = label(model, segment).unwrap_or_else(|| rest(segment));
        if is_free(segment) { format!("dynamic {name}") } else { name }
    };
    segments.iter().map(one).collect()
}

/// The name of a segment in a pattern, if patterns can have it.
fn label(model: &Model, segment: &BoundSegment) -> Option<String> {
    Some(match segment.kind.label(model)? {
        Label::Key => "{key}".to_owned(),
        // Patterns name operations without their namespace.
        Label::Qualified(name) if matches!(segment.kind, BoundKind::Operation(_)) => {
            name.name.clone()
        }
        label => label.to_string(),
    })
}
