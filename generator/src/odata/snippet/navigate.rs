//! The route to a resource, as calls on path types.
//!
//! Enters: the segments of a resource path, with the meaning of each. Leaves: an expression for the
//! resource, typed as far as the crate has types for it. Must not know: the method and the body.

use super::index::Index;
use super::input::{WrittenSegment, decode};
use super::literal;
use super::slice::LeftOut;
use crate::crate_plan::program::{Called, Code, Provider};
use crate::crate_plan::{Call, Cardinality, CratePlan, Foreign, KeyPart, Method, Path, Type};
use crate::odata::binding::{BoundKind, BoundSegment, Convention, Item, LooseStep, Target};
use crate::odata::edm::service::Label;
use crate::odata::edm::{ItemType, Model, OperationId, OperationKind};
use crate::odata::plan::types;
use crate::odata::runtime::{address, entity_path_ext, located, path, property, single_path};
use crate::odata::url;

/// The end of a route.
#[derive(Clone)]
pub(super) enum End<'p> {
    /// The service root; the expression is the client.
    Root,
    /// An entity or a collection of entities.
    Path(&'p Path),
    /// An operation that returns no path; the expression is what it is called on.
    Operation {
        /// The method that calls it.
        method: &'p Method,
        /// The arguments.
        arguments: Vec<Code>,
        /// Its spelling in the URL.
        written: String,
    },
    /// A property; the expression is the path of the object that has it.
    Property {
        /// The path of that object.
        of: &'p Path,
        /// The constant that names it.
        constant: Code,
        /// The type of its value.
        value: Type,
        /// Its spelling in the URL.
        written: String,
    },
    /// A stream of bytes, and the type of the object that it is a part of.
    Media(Type),
    /// `$value` of a property.
    RawValue,
    /// `$count` of a collection; the expression is the path of the collection.
    Count(&'p Path),
    /// `$ref` of an entity or a collection; the expression is its path.
    Reference(Cardinality),
    /// Any resource, by its address.
    Resource,
}

/// The route so far.
#[derive(Clone)]
pub(super) struct Way<'a, 'p> {
    pub(super) index: &'a Index<'p>,
    plan: &'p CratePlan,
    model: &'a Model,
    pub(super) code: Code,
    pub(super) end: End<'p>,
    /// The target, as far as the model specifies it; `None` is the service root or unknown.
    pub(super) target: Option<Target>,
    /// The operation that the path ends with.
    pub(super) operation: Option<OperationId>,
    /// The method that calls it, where the path does not call it that way.
    pub(super) method: Option<&'p Method>,
    /// Why parts of the route are not typed.
    pub(super) comments: Vec<String>,
}

impl<'a, 'p> Way<'a, 'p> {
    /// The service root.
    pub(super) fn new(index: &'a Index<'p>, plan: &'p CratePlan, model: &'a Model) -> Self {
        let code = Code::Variable("client".to_owned());
        Self {
            index,
            plan,
            model,
            code,
            end: End::Root,
            target: None,
            operation: None,
            method: None,
            comments: Vec::new(),
        }
    }

    /// Follows a path, as far as there are steps. The slice leaves the rest out, or it cannot be
    /// resolved.
    pub(super) fn along(
        mut self,
        written: &[WrittenSegment],
        steps: &[LooseStep],
        left_out: Option<&LeftOut>,
    ) -> Self {
        for step in steps {
            let follows = step.written.end < written.len();
            self.step(&written[step.written.clone()], step, follows);
        }
        let understood = steps.last().map_or(0, |step| step.written.end);
        let rest = &written[understood..];
        if let Some(first) = rest.first() {
            self.comments.push(match left_out {
                Some(LeftOut { help, .. }) => {
                    format!("The slice leaves `{}` out; {help}.", first.text)
                }
                None => format!("The schema has no `{}` here.", first.text),
            });
            self.address(rest);
            self.target = left_out.and_then(|one| one.target);
            self.operation = None;
        }
        // The result of an action is a response, not a resource for further requests.
        let is_action = |id| self.model.operation(id).kind == OperationKind::Action;
        if !self.operation.is_some_and(is_action) {
            self.settle();
        }
        self
    }

    /// Goes one step further. `follows` is whether more is written after it.
    fn step(&mut self, written: &[WrittenSegment], step: &LooseStep, follows: bool) {
        let is_bytes = step.convention == Some(Convention::Bytes);
        let is_path = step.convention == Some(Convention::ColonPath);
        let is_plain = (is_bytes
            || is_path
            || matches!(step.convention, None | Some(Convention::Unqualified)))
            && written.iter().all(|one| !one.has_placeholders);
        let before = self.clone();
        self.settle();
        let typed = is_plain
            && step.segments.iter().all(|one| self.segment(one, &written[0]))
            && (!is_path || self.by_path(&written[1..], follows).is_some());
        self.method = None;
        if typed && is_bytes {
            self.comments.push(self.why(written, step));
        }
        if !typed {
            let method = step.segments.last().and_then(|last| self.answering(last));
            *self = before;
            self.method = method;
            self.comments.push(self.why(written, step));
            self.address(written);
        }
        self.target = step.segments.last().map(|last| last.target);
        self.operation = step.segments.last().and_then(|last| match last.kind {
            BoundKind::Operation(id) => Some(id),
            BoundKind::Import(_, id) => id,
            _ => None,
        });
    }

    /// Why a step is not typed.
    fn why(&self, written: &[WrittenSegment], step: &LooseStep) -> String {
        let text: Vec<&str> = written.iter().map(|one| one.text.as_str()).collect();
        let text = text.join("/");
        match step.convention {
            Some(Convention::Case) => match step.segments.first().and_then(|one| self.name(one)) {
                Some(name) => {
                    let written = text.split('(').next().unwrap_or_default();
                    let who = if name.starts_with('$') { "OData" } else { "The schema" };
                    format!("{who} writes `{name}`, not `{written}`.")
                }
                None => format!("The schema writes `{text}` in another case."),
            },
            Some(Convention::MissingCast) => match step.segments.first().map(|one| &one.kind) {
                Some(BoundKind::Cast(id)) => {
                    let name = &self.model.structured(*id).name;
                    format!("`{text}` is a member of `{name}`, which the path does not name.")
                }
                _ => format!("`{text}` is a member of a derived type."),
            },
            Some(Convention::Arguments) => {
                let last = step.segments.last().map(|one| &one.kind);
                if matches!(last, Some(BoundKind::Operation(_) | BoundKind::Import(..))) {
                    format!("`{text}` is not called with arguments that the schema declares.")
                } else {
                    format!("`{text}` has no key that the schema declares.")
                }
            }
            Some(Convention::ColonPath) => {
                format!(
                    "`{text}` is a path in the service's own notation, which the schema does not describe."
                )
            }
            Some(Convention::Bytes) => "The schema does not declare a stream here.".to_owned(),
            Some(Convention::Unqualified) | None => {
                if written.iter().any(|one| one.has_placeholders) {
                    format!("`{text}` has a placeholder where a literal should be.")
                } else {
                    format!("There is no typed call for `{text}`.")
                }
            }
        }
    }

    /// The name of what the model declares, and of what every service has.
    fn name(&self, segment: &BoundSegment) -> Option<String> {
        match (&segment.kind, segment.kind.label(self.model)) {
            (BoundKind::System(name), _) => Some((*name).to_owned()),
            (BoundKind::Operation(id), _) => Some(self.model.operation(*id).name.name.clone()),
            (_, None | Some(Label::Key)) => None,
            (_, Some(label)) => Some(label.to_string()),
        }
    }

    /// Goes to a resource by its address.
    fn address(&mut self, written: &[WrittenSegment]) {
        let texts: Vec<&str> = written.iter().map(|one| one.text.as_str()).collect();
        self.code = self.resource_below(&texts.join("/"));
        self.end = End::Resource;
    }

    /// The resource with an address below this end.
    pub(super) fn resource_below(&self, path: &str) -> Code {
        let below = |code: Code| {
            // Two relative addresses in a row are joined to one.
            if let Code::Method { receiver, name, arguments, .. } = &code
                && address::RAW.is(name)
                && let [Code::Text(before)] = arguments.as_slice()
            {
                let path = format!("{before}/{path}");
                return (**receiver).clone().method(address::RAW, vec![Code::Text(path)]);
            }
            code.method(address::RAW, vec![Code::Text(path.to_owned())])
        };
        let resource = || self.code.clone().method(located::RESOURCE, Vec::new());
        let after = |written: &str| {
            resource().method(address::RAW, vec![Code::Text(format!("{written}/{path}"))])
        };
        match &self.end {
            End::Property { written, .. } | End::Operation { written, .. } => after(written),
            End::Count(_) => after("$count"),
            End::Reference(_) => after("$ref"),
            End::Root | End::Resource => below(self.code.clone()),
            End::Path(_) | End::Media(_) | End::RawValue => below(resource()),
        }
    }

    /// The type of a value that is not an object.
    pub(super) fn value_of(&self, item: ItemType) -> Option<Type> {
        types::scalar(self.model, item, |id| {
            self.index.declared(&self.model.enum_type(id).name.to_string())
        })
    }

    /// Determines the type of a resource that is known to be an entity or a collection.
    fn settle(&mut self) {
        let End::Resource = self.end else { return };
        let Some(Target { item: Item::Structured(id), many }) = self.target else { return };
        let wire_name = self.model.structured(id).name.to_string();
        let Some(path) = self.index.path_to(&wire_name, many) else { return };
        if let Some(item) = self.index.path(path) {
            self.code = Code::associated(path.into(), path::AT, vec![self.code.clone()]);
            self.end = End::Path(item);
        }
    }

    /// Replaces the constants that name a complex value by calls that go through it, for what is
    /// below the value.
    fn enter(&mut self) {
        let End::Property { of, written, .. } = &self.end else { return };
        let mut inner = self.clone();
        inner.end = End::Path(of);
        if written.split('/').all(|wire| inner.child(wire).is_some()) {
            *self = inner;
        }
    }

    /// Goes one segment further by a typed call, if there is one.
    fn segment(&mut self, segment: &BoundSegment, written: &WrittenSegment) -> bool {
        use BoundKind::{Cast, EntitySet, Import, Navigation, Operation, Singleton};
        if matches!(segment.kind, Cast(_) | Navigation(..) | Operation(_)) {
            self.enter();
        }
        let went = match &segment.kind {
            EntitySet(_) | Singleton(_) | Navigation(..) | Cast(_) => {
                let label = segment.kind.label(self.model);
                label.and_then(|label| self.child(&label.to_string()))
            }
            BoundKind::Key(parts) => self.key(parts),
            BoundKind::Property(_, name) => self.property(name),
            Operation(id) | Import(_, Some(id)) => self.operation(*id, segment, written),
            BoundKind::System(name) => self.system(name),
            Import(_, None) | BoundKind::Index(_) | BoundKind::Dynamic(_) => None,
        };
        went.is_some()
    }

    fn methods(&self) -> &'p [Method] {
        match self.end {
            End::Root => &self.plan.entry,
            End::Path(path) => &path.methods,
            _ => &[],
        }
    }

    fn go(&mut self, name: impl Into<Called>, arguments: Vec<Code>, end: End<'p>) -> Option<()> {
        self.code = self.code.clone().method(name, arguments);
        self.end = end;
        Some(())
    }

    fn child(&mut self, wire: &str) -> Option<()> {
        let mut methods = self.methods().iter();
        let method = methods
            .find(|method| matches!(&method.call, Call::Child { segment } if segment == wire))?;
        let path = self.index.path(method.target()?)?;
        self.go(&method.name, Vec::new(), End::Path(path))
    }

    fn key(&mut self, given: &[(Option<String>, String)]) -> Option<()> {
        for method in self.methods() {
            let parts = match &method.call {
                Call::Key { parts, .. } if given.len() == parts.len() => parts,
                Call::AlternateKey { parts } if names_all(given, parts) => parts,
                _ => continue,
            };
            let arguments: Option<Vec<Code>> = parts
                .iter()
                .enumerate()
                .map(|(at, part)| {
                    let is_it =
                        |one: &&(Option<String>, String)| one.0.as_ref() == Some(&part.wire_name);
                    let (name, text) = given.iter().find(is_it).or(given.get(at))?;
                    let fits = name.as_ref().is_none_or(|name| *name == part.wire_name);
                    let value = method.signature.argument(&part.name).filter(|_| fits)?;
                    literal::of_text(self.index, value.taken(), text)
                })
                .collect();
            if let Some(arguments) = arguments {
                let path = self.index.path(method.target()?)?;
                return self.go(&method.name, arguments, End::Path(path));
            }
        }
        None
    }

    /// Goes to the entity at a path in the service's own hierarchy, if the typed call writes the path as
    /// it is here: with a colon at its end exactly if more follows.
    fn by_path(&mut self, written: &[WrittenSegment], follows: bool) -> Option<()> {
        let End::Path(Path { cardinality, .. }) = self.end else { return None };
        if !matches!(cardinality, Cardinality::Entity | Cardinality::MediaEntity) {
            return None;
        }
        let (last, before) = written.split_last()?;
        let end = last.text.strip_suffix(':');
        if end.is_some() != follows {
            return None;
        }
        let texts = before.iter().map(|one| one.text.as_str()).chain([end.unwrap_or(&last.text)]);
        let segments: Vec<String> = texts.map(decode).collect();
        let is_segment = |one: &String| {
            !matches!(one.as_str(), "" | "." | "..") && !one.contains(['/', '\u{FFFD}'])
        };
        if !segments.iter().all(is_segment) {
            return None;
        }
        let path = vec![Code::Text(segments.join("/"))];
        let by = Provider::EntityPath;
        self.code = self.code.clone().provided(by, entity_path_ext::ITEM_WITH_PATH, path);
        Some(())
    }

    fn property(&mut self, wire: &str) -> Option<()> {
        let (of, object, before) = match &self.end {
            End::Path(path) if path.cardinality != Cardinality::Collection => {
                (*path, path.object.clone(), None)
            }
            End::Property { of, constant, value, written } => {
                (*of, self.index.object(value)?, Some((constant.clone(), written.clone())))
            }
            _ => return None,
        };
        let structure = self.index.structure(&object)?;
        let field = structure.fields.iter().find(|field| field.wire_name == wire)?;
        let named = field.constant.as_ref()?;
        let constant = Code::constant(&object, &named.name);
        let value = named.inner().clone();
        if value == Type::Foreign(Foreign::Stream) && before.is_none() {
            return self.go(
                single_path::STREAM,
                vec![constant],
                End::Media(Type::Generated(object)),
            );
        }
        let (constant, written) = match before {
            None => (constant, wire.to_owned()),
            Some((before, written)) => {
                (before.method(property::THEN, vec![constant]), format!("{written}/{wire}"))
            }
        };
        self.end = End::Property { of, constant, value, written };
        Some(())
    }

    fn operation(
        &mut self,
        id: OperationId,
        segment: &BoundSegment,
        written: &WrittenSegment,
    ) -> Option<()> {
        let url::SegmentKind::Name { arguments: given, .. } = &written.read.kind else {
            return None;
        };
        let given = given.first().map(Vec::as_slice).unwrap_or_default();
        let method = self.calling(id, segment)?;
        let arguments = match &method.call {
            Call::Compute { arguments: declared, .. }
            | Call::Follow { arguments: declared, .. } => {
                literal::arguments(self.index, &method.signature, declared, given)?
            }
            _ if given.is_empty() => Vec::new(),
            _ => return None,
        };
        match method.target() {
            Some(target) => {
                let path = self.index.path(target)?;
                self.go(&method.name, arguments, End::Path(path))
            }
            None => {
                let written = written.text.clone();
                self.end = End::Operation { method, arguments, written };
                Some(())
            }
        }
    }

    /// The method that calls an operation here.
    fn calling(&self, id: OperationId, segment: &BoundSegment) -> Option<&'p Method> {
        let label = segment.kind.label(self.model)?;
        let operation = self.model.operation(id);
        self.methods().iter().find(|method| match &method.call {
            Call::Act { segment, .. } => {
                label.is(segment) && operation.kind == OperationKind::Action
            }
            Call::Compute { segment, arguments, .. } | Call::Follow { segment, arguments } => {
                let named = operation.path_parameters().map(|one| &one.name);
                label.is(segment) && arguments.iter().map(|one| &one.wire_name).eq(named)
            }
            _ => false,
        })
    }

    /// The method that answers a call of an operation here.
    fn answering(&self, segment: &BoundSegment) -> Option<&'p Method> {
        let (BoundKind::Operation(id) | BoundKind::Import(_, Some(id))) = segment.kind else {
            return None;
        };
        self.calling(id, segment).filter(|method| !matches!(method.call, Call::Follow { .. }))
    }

    fn system(&mut self, name: &str) -> Option<()> {
        match (name, self.end.clone()) {
            ("$count", End::Path(path)) if path.cardinality == Cardinality::Collection => {
                self.end = End::Count(path);
                Some(())
            }
            ("$ref", End::Path(path)) if path.cardinality != Cardinality::Complex => {
                self.end = End::Reference(path.cardinality);
                Some(())
            }
            ("$value", End::Path(path)) if path.cardinality == Cardinality::MediaEntity => {
                let object = Type::Generated(path.object.clone());
                self.go(single_path::MEDIA, Vec::new(), End::Media(object))
            }
            // This applies to any entity: the service decides whether it is a stream.
            ("$value", End::Path(path)) if path.cardinality != Cardinality::Collection => {
                let by = Provider::EntityPath;
                self.code = self.code.clone().provided(by, entity_path_ext::MEDIA, Vec::new());
                self.end = End::Media(Type::Foreign(Foreign::Untyped));
                Some(())
            }
            ("$value", End::Property { constant, .. }) => {
                self.go(single_path::PROPERTY, vec![constant], End::RawValue)
            }
            _ => None,
        }
    }
}

/// Whether each part of an alternate key is given by its name.
fn names_all(given: &[(Option<String>, String)], parts: &[KeyPart]) -> bool {
    let names = |part: &KeyPart| given.iter().any(|one| one.0.as_ref() == Some(&part.wire_name));
    given.len() == parts.len() && parts.iter().all(names)
}
