//! Resource paths.

use super::lookup::{Lookup, Member};
use super::{BindingError, BoundKind, BoundSegment, Item, Target, refused};
use crate::odata::edm::service::Step;
use crate::odata::edm::{ItemType, Primitive, StructuredKind};
use crate::odata::url::{self, Argument, Span};

/// What each segment of a resource path is.
///
/// ```
/// use schemacrate::internals::edm::Model;
/// use schemacrate::internals::binding::{Lookup, resource_path};
/// use schemacrate::internals::url::Url;
///
/// let model = Model::default();
/// let url = Url::parse("users/ada")?;
/// let error = resource_path(&Lookup::new(&model, &[]), &url.path).unwrap_err();
/// assert_eq!(error.to_string(), "at 0: the service has no `users`");
/// # Ok::<(), schemacrate::internals::url::UrlError>(())
/// ```
///
/// # Errors
/// The first segment that cannot be resolved.
pub fn resource_path(
    lookup: &Lookup<'_>,
    path: &[url::Segment],
) -> Result<Vec<BoundSegment>, BindingError> {
    let mut walk = Walk::new(lookup);
    path.iter().try_for_each(|segment| walk.take(segment))?;
    walk.found.iter().try_for_each(|segment| complete(lookup, segment))?;
    Ok(walk.found)
}

/// A key with separate segments for its parts must have all of them.
fn complete(lookup: &Lookup<'_>, segment: &BoundSegment) -> Result<(), BindingError> {
    let (BoundKind::Key(parts), Item::Structured(id)) = (&segment.kind, segment.target.item) else {
        return Ok(());
    };
    let keys = lookup.keys(id);
    if keys.is_empty() || keys.iter().any(|key| key.len() == parts.len()) {
        return Ok(());
    }
    let what = lookup.describe(segment.target);
    refused(segment.span, format!("the key of {what} has more parts: {}", keys[0].join(", ")))
}

/// What the query options of a path refer to: where it ends, or what is counted there.
///
/// `None` is the service root.
pub fn queried(path: &[BoundSegment]) -> Option<Target> {
    let is_about = |segment: &BoundSegment| {
        matches!(segment.kind, BoundKind::System("$count" | "$ref" | "$query" | "$value"))
    };
    let (last, before) = path.split_last()?;
    let named = if is_about(last) { before.last().unwrap_or(last) } else { last };
    Some(named.target)
}

/// What the segments of a path are, one after the other.
pub(super) struct Walk<'a, 'm> {
    pub(super) lookup: &'a Lookup<'m>,
    pub(super) found: Vec<BoundSegment>,
}

impl<'a, 'm> Walk<'a, 'm> {
    pub(super) fn new(lookup: &'a Lookup<'m>) -> Self {
        Self { lookup, found: Vec::new() }
    }

    /// What the path refers to so far; `None` is the service root.
    pub(super) fn target(&self) -> Option<Target> {
        self.found.last().map(|last| last.target)
    }

    /// Goes one segment further.
    pub(super) fn take(&mut self, segment: &url::Segment) -> Result<(), BindingError> {
        match self.target() {
            None => self.first(segment),
            Some(at) => self.next(segment, at),
        }
    }

    fn push(&mut self, kind: BoundKind, target: Target, span: Span) {
        self.found.push(BoundSegment { kind, target, span });
    }

    /// What is at the service root.
    fn first(&mut self, segment: &url::Segment) -> Result<(), BindingError> {
        let span = segment.span;
        let (name, arguments) = match &segment.kind {
            url::SegmentKind::Name { name, arguments } => (name, arguments.as_slice()),
            url::SegmentKind::System(name) => {
                self.push(BoundKind::System(name), unknown(true), span);
                return Ok(());
            }
            url::SegmentKind::Crossjoin(sets) => {
                for set in sets {
                    if !matches!(self.lookup.root(set), Some((Step::Set(_), _))) {
                        return refused(span, format!("the service has no entity set `{set}`"));
                    }
                }
                self.push(BoundKind::System("$crossjoin"), unknown(true), span);
                return Ok(());
            }
            url::SegmentKind::Key(_) | url::SegmentKind::Filter(_) => {
                return refused(span, "there is no such segment at the service root");
            }
        };
        if let Some((step, target)) = self.lookup.root(name) {
            let kind = match step {
                Step::Singleton(one) => BoundKind::Singleton(one.name.clone()),
                _ => BoundKind::EntitySet(name.clone()),
            };
            self.push(kind, target, span);
            return self.keys(arguments, span);
        }
        let container = self.lookup.model.container.as_ref();
        let mut imports = container.into_iter().flat_map(|one| &one.imports);
        let Some(import) = imports.find(|one| one.name == *name) else {
            return refused(span, format!("the service has no `{name}`"));
        };
        let given = names(arguments.first());
        let operation = self.lookup.overload(&import.operations, &given);
        if operation.is_none() && !import.operations.is_empty() {
            return refused(
                span,
                format!("`{name}` does not take exactly `{}`", given.join("`, `")),
            );
        }
        let target = operation.map_or(unknown(false), |id| self.lookup.result(id));
        self.push(BoundKind::Import(name.clone(), operation), target, span);
        self.keys(arguments.get(1..).unwrap_or_default(), span)
    }

    fn next(&mut self, segment: &url::Segment, at: Target) -> Result<(), BindingError> {
        let span = segment.span;
        match &segment.kind {
            url::SegmentKind::Name { name, arguments } => self.name(name, arguments, at, span),
            url::SegmentKind::Key(key) => self.key_segment(key, at, span),
            url::SegmentKind::Filter(filter) => {
                if !at.many {
                    return self.misplaced("$filter", at, span);
                }
                super::expression::check(self.lookup, at, filter)?;
                self.push(BoundKind::System("$filter"), at, span);
                Ok(())
            }
            url::SegmentKind::Crossjoin(_) => self.misplaced("$crossjoin", at, span),
            url::SegmentKind::System(name) => self.system(name, at, span),
        }
    }

    fn misplaced(&self, name: &str, at: Target, span: Span) -> Result<(), BindingError> {
        refused(span, format!("`{name}` does not follow {}", self.lookup.describe(at)))
    }

    fn system(&mut self, name: &'static str, at: Target, span: Span) -> Result<(), BindingError> {
        let item = at.item;
        let is_unknown = item == Item::Unknown;
        let structured = match item {
            Item::Structured(id) => Some(self.lookup.model.structured(id)),
            _ => None,
        };
        let is_entity = structured.is_some_and(|one| one.kind == StructuredKind::Entity);
        let target = match name {
            "$count" if at.many || is_unknown => {
                Target { item: Item::Value(ItemType::Primitive(Primitive::Int64)), many: false }
            }
            "$ref" if is_entity || is_unknown => Target { item: Item::Reference, many: at.many },
            "$value"
                if !at.many && has_value(item, structured.is_some_and(|one| one.has_stream)) =>
            {
                Target { item: Item::Bytes, many: false }
            }
            "$each" if at.many => Target { many: false, ..at },
            "$query" => at,
            _ => return self.misplaced(name, at, span),
        };
        self.push(BoundKind::System(name), target, span);
        Ok(())
    }

    /// Accepts `$value` where the model has no stream but many services do: of any entity, and of
    /// something that is a stream already. Returns whether it did.
    pub(super) fn take_bytes(&mut self, segment: &url::Segment) -> bool {
        let Some(Target { item, many: false }) = self.target() else { return false };
        let may_have = match item {
            Item::Structured(id) => self.lookup.model.structured(id).kind == StructuredKind::Entity,
            Item::Value(ItemType::Primitive(Primitive::Stream)) => true,
            _ => false,
        };
        let is_it = may_have && segment.kind == url::SegmentKind::System("$value");
        if is_it {
            let target = Target { item: Item::Bytes, many: false };
            self.push(BoundKind::System("$value"), target, segment.span);
        }
        is_it
    }

    /// Resolves a name after a segment: a member, a type, an operation, or a key that looks like a
    /// name.
    fn name(
        &mut self,
        name: &str,
        arguments: &[Vec<Argument>],
        at: Target,
        span: Span,
    ) -> Result<(), BindingError> {
        let id = match at.item {
            Item::Structured(id) => Some(id),
            Item::Unknown => None,
            _ => return self.of_value(name, arguments, at, span),
        };
        if let Some(id) = id.filter(|_| !at.many)
            && let Some(member) = self.lookup.member(id, name)
            && !(matches!(member, Member::Dynamic) && self.is_declared(name, at))
        {
            let (kind, target) = match member {
                Member::Property(owner, target) => {
                    (BoundKind::Property(owner, name.to_owned()), target)
                }
                Member::Navigation(owner, target) => {
                    (BoundKind::Navigation(owner, name.to_owned()), target)
                }
                Member::Dynamic => (BoundKind::Dynamic(name.to_owned()), unknown(false)),
            };
            self.push(kind, target, span);
            return self.keys(arguments, span);
        }
        let operations = self.lookup.bound(name, at);
        if !operations.is_empty() {
            return self.operation(&operations, arguments, at, span);
        }
        if let Some(cast) = self.lookup.cast(name, id) {
            self.push(BoundKind::Cast(cast), Target { item: Item::Structured(cast), ..at }, span);
            return self.keys(arguments, span);
        }
        if self.lookup.is_beyond(name) {
            self.push(BoundKind::Dynamic(name.to_owned()), unknown(at.many), span);
            return Ok(());
        }
        if arguments.is_empty() && (at.many || id.is_none()) {
            return self.key_segment(name, at, span);
        }
        refused(span, format!("{} has no `{name}`", self.lookup.describe(at)))
    }

    /// Whether a name is an operation or a type here, and so not a dynamic member.
    fn is_declared(&self, name: &str, at: Target) -> bool {
        !self.lookup.bound(name, at).is_empty() || self.lookup.cast(name, None).is_some()
    }

    /// A name after a value that is not an object: only operations can be bound to it.
    fn of_value(
        &mut self,
        name: &str,
        arguments: &[Vec<Argument>],
        at: Target,
        span: Span,
    ) -> Result<(), BindingError> {
        let operations = self.lookup.bound(name, at);
        if operations.is_empty() {
            return refused(span, format!("{} has no `{name}`", self.lookup.describe(at)));
        }
        self.operation(&operations, arguments, at, span)
    }

    fn operation(
        &mut self,
        operations: &[crate::odata::edm::OperationId],
        arguments: &[Vec<Argument>],
        at: Target,
        span: Span,
    ) -> Result<(), BindingError> {
        let given = names(arguments.first());
        let Some(id) = self.lookup.overload(operations, &given) else {
            let name = &self.lookup.model.operation(operations[0]).name;
            let (what, given) = (self.lookup.describe(at), given.join("`, `"));
            return refused(span, format!("{what} has no `{name}` with exactly `{given}`"));
        };
        self.push(BoundKind::Operation(id), self.lookup.result(id), span);
        self.keys(arguments.get(1..).unwrap_or_default(), span)
    }

    /// The keys in parentheses after a name.
    fn keys(&mut self, arguments: &[Vec<Argument>], span: Span) -> Result<(), BindingError> {
        let Some(last) = self.found.last() else { return Ok(()) };
        let target = last.target;
        let Some(key) = arguments.first() else { return Ok(()) };
        if !target.many || arguments.len() > 1 {
            let what = self.lookup.describe(target);
            return refused(span, format!("{what} is not a collection, and takes no key"));
        }
        self.key(key, target, span)
    }

    fn key(&mut self, key: &[Argument], at: Target, span: Span) -> Result<(), BindingError> {
        if key.is_empty() {
            return refused(span, "a key is missing between the parentheses");
        }
        if let Item::Structured(id) = at.item {
            let keys = self.lookup.keys(id);
            let given: Vec<&String> = key.iter().filter_map(|part| part.name.as_ref()).collect();
            let fits = |known: &Vec<String>| {
                known.len() == key.len()
                    && (given.is_empty() || known.iter().all(|name| given.contains(&name)))
            };
            if !keys.is_empty() && !keys.iter().any(fits) {
                let known: Vec<String> = keys.iter().map(|key| key.join(",")).collect();
                let what = self.lookup.describe(Target { many: false, ..at });
                let message = format!("the key of {what} is ({})", known.join(") or ("));
                return refused(span, message);
            }
        }
        let parts = key.iter().map(|part| (part.name.clone(), text(part))).collect();
        self.push(BoundKind::Key(parts), Target { many: false, ..at }, span);
        Ok(())
    }

    /// Adds a further part to a key whose parts are separate segments.
    fn extends_key(&mut self, key: &str, at: Target) -> bool {
        let Item::Structured(id) = at.item else { return false };
        let keys = self.lookup.keys(id);
        let Some(BoundSegment { kind: BoundKind::Key(parts), .. }) = self.found.last_mut() else {
            return false;
        };
        let longer = keys.is_empty() || keys.iter().any(|key| key.len() > parts.len());
        let extends = longer && parts.iter().all(|(name, _)| name.is_none());
        if extends {
            parts.push((None, key.to_owned()));
        }
        extends
    }

    fn key_segment(&mut self, key: &str, at: Target, span: Span) -> Result<(), BindingError> {
        if self.extends_key(key, at) {
            return Ok(());
        }
        let kind = match at.item {
            _ if !at.many && at.item != Item::Unknown => {
                return refused(span, format!("{} has no `{key}`", self.lookup.describe(at)));
            }
            Item::Structured(id) => {
                let structured = self.lookup.model.structured(id);
                if structured.kind == StructuredKind::Complex {
                    BoundKind::Index(key.to_owned())
                } else {
                    BoundKind::Key(vec![(None, key.to_owned())])
                }
            }
            _ if key.parse::<i64>().is_ok() => BoundKind::Index(key.to_owned()),
            Item::Unknown => BoundKind::Dynamic(key.to_owned()),
            _ => return refused(span, format!("`{key}` is not a position in a collection")),
        };
        self.push(kind, Target { many: false, ..at }, span);
        Ok(())
    }
}

/// Whether `$value` returns the value: of a property that is not a stream, or of a media entity.
fn has_value(item: Item, is_media: bool) -> bool {
    match item {
        Item::Structured(_) => is_media,
        Item::Value(ItemType::Primitive(Primitive::Stream)) => false,
        Item::Value(_) | Item::Unknown => true,
        Item::Reference | Item::Bytes | Item::Nothing => false,
    }
}

fn unknown(many: bool) -> Target {
    Target { item: Item::Unknown, many }
}

fn names(arguments: Option<&Vec<Argument>>) -> Vec<String> {
    arguments.into_iter().flatten().filter_map(|one| one.name.clone()).collect()
}

/// The text of a value in the URL; for a string, its content.
fn text(argument: &Argument) -> String {
    match &argument.value.kind {
        url::ExpressionKind::Literal(literal) => literal.text.clone(),
        url::ExpressionKind::Path(steps) => match steps.first().map(|step| &step.kind) {
            Some(url::StepKind::Alias(name)) => format!("@{name}"),
            Some(url::StepKind::Name(name)) => name.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
