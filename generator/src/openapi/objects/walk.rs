//! The walk over documents by the tables.
//!
//! It goes through each document from its root, and then to what references refer to and no walk has
//! reached. Each node is read once as each kind of object, so the time is linear in the size of the
//! documents, whatever aliases and references they have. A call is never deeper than a document is nested.

use super::Object;
use super::field::{Choice, Elsewhere, FROM_31, Field, Names, Value, Word};
use super::index::{NameSet, Required};
use super::is_harmless_beside_reference;
use super::report::Report;
use super::seen::Seen;
use crate::input::diagnostic::Diagnostics;
use crate::input::source::Span;
use crate::node::{Kind, Member, Node, NodeId};
use crate::openapi::description::{Description, DocumentId, Location, Version};
use crate::openapi::references::Referring;
use crate::openapi::resources::ResourceId;
use crate::openapi::shown::shown;
use crate::openapi::{document, lenient};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What the walk reaches.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// The schemas that are not a part of another one, in order.
    pub schemas: Vec<Location>,
    /// The references that count, each once. A name of a schema in a mapping is none.
    pub references: Vec<Referring>,
}

/// Reports what the objects of a description have that the specification does not.
///
/// References that refer to nothing are not reported.
pub fn check(description: &Description, diagnostics: &mut Diagnostics) -> Reached {
    let mut walk = Walk {
        description,
        seen: Seen::of(description),
        schemas: Vec::new(),
        depth: 0,
        open: Vec::new(),
        targets: FxHashMap::default(),
        report: Report::to(diagnostics),
    };
    for id in description.used() {
        let (id, one) = (*id, description.document(*id));
        let node = one.tree.root();
        // What a part of another document is, only the references to it say.
        if document::is_complete(node) {
            let here = Here::start(id, one.version, node, "the document");
            walk.value(here, Value::Is(Object::Document));
        }
    }
    let mut next = 0;
    while let Some(reference) = walk.open.get(next).copied() {
        walk.follow(reference);
        next += 1;
    }
    let Walk { schemas, open, .. } = walk;
    Reached { schemas, references: certain(&open) }
}

/// The references among what may be some.
fn certain(open: &[Reference<'_>]) -> Vec<Referring> {
    let mut known: FxHashSet<Location> = FxHashSet::default();
    let is_certain = |one: &&Reference<'_>| matches!(one.at.name, "$ref" | "$dynamicRef");
    let new = open.iter().filter(is_certain).filter(|one| known.insert(one.at.location()));
    new.map(|one| Referring {
        object: one.from,
        text: one.at.node.id(),
        is_dynamic: one.at.name == "$dynamicRef",
    })
    .collect()
}

/// A value, and how it was reached.
#[derive(Clone, Copy)]
pub(super) struct Here<'d> {
    document: DocumentId,
    pub(super) version: Version,
    pub(super) node: Node<'d>,
    /// The object whose member it is, or in whose member's value it is an item.
    object: NodeId,
    /// The name of the member whose value it is, or in whose value it is an item.
    name: &'d str,
    /// What shows where it is, even if it is long: its name, or where it begins.
    pub(super) span: Span,
}

impl<'d> Here<'d> {
    /// A value that no member has.
    fn start(document: DocumentId, version: Version, node: Node<'d>, name: &'d str) -> Self {
        Self { document, version, node, object: node.id(), name, span: first_byte(node.span()) }
    }

    fn member(self, member: Member<'d>) -> Self {
        let object = self.node.id();
        Self { node: member.value, object, name: member.name, span: member.name_span, ..self }
    }

    fn item(self, node: Node<'d>) -> Self {
        Self { node, span: first_byte(node.span()), ..self }
    }

    fn location(self) -> Location {
        Location { document: self.document, node: self.node.id() }
    }

    /// The name, without what would make a message too long or break it.
    pub(super) fn name(&self) -> Cow<'d, str> {
        shown(self.name)
    }

    /// The value itself if it is short, or what shows where it is.
    pub(super) fn place(&self) -> Span {
        match self.node.kind() {
            Kind::Array(_) | Kind::Object(_) => self.span,
            _ => self.node.span(),
        }
    }
}

fn first_byte(span: Span) -> Span {
    Span { end: span.end.min(span.start.saturating_add(1)), ..span }
}

/// A reference, and what it should refer to.
#[derive(Clone, Copy)]
struct Reference<'d> {
    /// The text.
    at: Here<'d>,
    /// The object that has it.
    from: Location,
    to: Value,
}

struct Walk<'d, 'r> {
    description: &'d Description,
    seen: Seen,
    /// The schemas that are not a part of another one.
    schemas: Vec<Location>,
    /// How many schemas there are around the value.
    depth: usize,
    /// The references that have been found.
    open: Vec<Reference<'d>>,
    /// What the references with a text refer to that are relative to a resource of a document.
    targets: FxHashMap<(DocumentId, ResourceId, &'d str), Option<Location>>,
    report: Report<'r>,
}

impl<'d> Walk<'d, '_> {
    fn value(&mut self, here: Here<'d>, value: Value) {
        match value {
            Value::Any => {}
            Value::Text | Value::Dialect | Value::SchemaName => self.text(here, value),
            Value::Bool => self.bool(here),
            Value::Number | Value::Count => self.number(here, value),
            Value::Word(words) => self.word(here, words),
            Value::Words(words) if here.node.is_array() => {
                here.node.items().for_each(|item| self.word(here.item(item), words));
            }
            Value::Words(words) => self.word(here, words),
            Value::ReferenceTo(object) => {
                self.text(here, Value::Text);
                let from = Location { document: here.document, node: here.object };
                self.refer(here, from, object.referable());
            }
            Value::SchemaOrBool if here.node.bool().is_some() => {}
            Value::Schema if here.node.bool().is_some() => {
                if !here.version.has_json_schema() {
                    let instead = Some("write `{}` for any value, and `not: {}` for none");
                    self.report.value_of_another_version(here, FROM_31, instead);
                }
            }
            Value::Schema | Value::SchemaOrBool => self.schema(here),
            Value::Is(object) => self.object(here, object),
            Value::Referable(object) => match reference(here) {
                Some(text) => self.reference(here, text, object),
                None => self.object(here, object),
            },
            Value::List(of) => self.list(here, value, *of),
            Value::Map(of) | Value::Components(of) => self.map(here, value, *of),
        }
    }

    /// Whether a value is not of the kind that is expected and there is nothing more to do with it. It has
    /// been reported.
    fn is_wrong(&mut self, here: Here<'d>, value: Value) -> bool {
        let is_object = matches!(
            value,
            Value::Schema
                | Value::SchemaOrBool
                | Value::Is(_)
                | Value::Map(_)
                | Value::Components(_)
        );
        match here.node.kind() {
            Kind::Object(_) if is_object => return false,
            Kind::Array(_) if matches!(value, Value::List(_)) => return false,
            Kind::Null => self.report.null(here, value.expected()),
            Kind::Array(items) if is_object && items.len() == 0 => {
                self.report.empty_array(here, value.expected());
            }
            _ => self.report.wrong_kind(here, value.expected(), None),
        }
        true
    }

    fn text(&mut self, here: Here<'d>, value: Value) {
        let Some(text) = here.node.text() else {
            match lenient::text(here.node) {
                Some(text) => self.report.unquoted(here, text),
                None => _ = self.is_wrong(here, value),
            }
            return;
        };
        match value {
            Value::Dialect if !document::is_known_dialect(text) => self.report.dialect(here),
            // A name has none of these, nearly always; what refers to nothing is ignored.
            Value::SchemaName if text.contains(['/', '#', '.']) => {
                self.refer(here, here.location(), Value::Schema);
            }
            _ => {}
        }
    }

    fn bool(&mut self, here: Here<'d>) {
        match lenient::boolean(here.node) {
            Some(_) if here.node.bool().is_some() => {}
            Some(_) => self.report.quoted(here, Value::Bool.expected()),
            None => _ = self.is_wrong(here, Value::Bool),
        }
    }

    fn number(&mut self, here: Here<'d>, value: Value) {
        let read = match value {
            Value::Count => lenient::count(here.node),
            _ => lenient::number(here.node),
        };
        match read {
            Some(_) if here.node.number().is_some() => {}
            Some(_) => self.report.quoted(here, value.expected()),
            None => _ = self.is_wrong(here, value),
        }
    }

    fn word(&mut self, here: Here<'d>, words: &[Word]) {
        match here.node.kind() {
            Kind::String(text) => {
                let found = words.iter().find(|word| word.text == text);
                if found.is_none_or(|word| !word.versions.has(here.version)) {
                    self.report.unknown_word(here, words);
                }
            }
            Kind::Null if words.iter().any(|word| word.text == "null") => {
                self.report.null_word(here);
            }
            _ => self.text(here, Value::Text),
        }
    }

    fn list(&mut self, here: Here<'d>, value: Value, of: Value) {
        if self.is_wrong(here, value) || !self.seen.insert_container(here.location(), of.object()) {
            return;
        }
        if !matches!(of, Value::Any) {
            here.node.items().for_each(|item| self.value(here.item(item), of));
        }
    }

    fn map(&mut self, here: Here<'d>, value: Value, of: Value) {
        if self.is_wrong(here, value) || !self.seen.insert_container(here.location(), of.object()) {
            return;
        }
        let has_names = matches!(value, Value::Components(_)) && here.version >= Version::V30;
        // What is an extension itself has extensions.
        let has_extensions = here.name.starts_with("x-");
        for member in here.node.members() {
            if has_extensions && member.name.starts_with("x-") {
                continue;
            }
            let at = here.member(member);
            if member.name == "$ref" && member.value.text().is_some() && of.object().is_some() {
                self.report.misplaced_reference(at, value.expected());
                self.refer(at, here.location(), value);
                continue;
            }
            if has_names && !is_component_name(member.name) {
                self.report.component_name(at);
            }
            self.value(at, of);
        }
    }

    fn schema(&mut self, here: Here<'d>) {
        if self.depth == 0 {
            self.schemas.push(here.location());
        }
        self.depth += 1;
        self.object(here, Object::Schema);
        self.depth -= 1;
    }

    fn object(&mut self, here: Here<'d>, object: Object) {
        if self.is_wrong(here, object.value()) || !self.seen.insert(here.location(), object) {
            return;
        }
        if object == Object::Schema && !here.version.has_json_schema() && reference(here).is_some()
        {
            return self.schema_reference(here);
        }
        let mut names = NameSet::default();
        let mut is_elsewhere = false;
        for member in here.node.members() {
            let found = object.find(member.name);
            names.add(found.name);
            is_elsewhere |= self.member(here, object, member, found.forms);
        }
        if !is_elsewhere {
            self.required(here, object, names);
        }
    }

    /// Checks a member of an object. Returns whether it is a reference to what the object should be.
    fn member(
        &mut self,
        here: Here<'d>,
        object: Object,
        member: Member<'d>,
        forms: &'static [&'static Field],
    ) -> bool {
        let at = here.member(member);
        if forms.is_empty() {
            return self.other_member(here, object, member);
        }
        let of_version = forms.iter().find(|field| field.versions.has(here.version));
        let that_fits = forms.iter().find(|field| field.value.fits(member.value));
        match (of_version, that_fits) {
            (Some(field), Some(other)) if !field.value.fits(member.value) => {
                self.report.value_of_another_version(at, other.versions, other.instead);
                let version = other.versions.first().unwrap_or(here.version);
                self.value(Here { version, ..at }, other.value);
            }
            (Some(field), None) if field.instead.is_some() && !member.value.is_null() => {
                self.lenient(at, field);
            }
            (Some(field), _) => self.value(at, field.value),
            (None, that_fits) => {
                let field = that_fits.unwrap_or(&forms[0]);
                let is_honoured = match field.elsewhere {
                    Elsewhere::Honoured => true,
                    Elsewhere::Ignored => false,
                    Elsewhere::InPlaceOf(other) => here.node.get(other).is_none(),
                };
                self.report.field_of_another_version(field, object, at, is_honoured);
                if is_honoured {
                    self.value(at, field.value);
                }
            }
        }
        false
    }

    /// A value of the wrong kind, in a field that says what to write instead.
    fn lenient(&mut self, at: Here<'d>, field: &'static Field) {
        match (field.value, at.node.kind()) {
            (Value::List(_), _) => {
                self.report.wrong_kind(at, field.value.expected(), field.instead);
            }
            _ => self.value(at, field.value),
        }
    }

    /// Checks a member that is not in the table.
    fn other_member(&mut self, here: Here<'d>, object: Object, member: Member<'d>) -> bool {
        let (at, definition) = (here.member(member), object.definition());
        if member.name.starts_with("x-") && definition.extensions.has(here.version) {
            return false;
        }
        let pattern = definition.pattern;
        if member.name == "$ref"
            && member.value.text().is_some()
            && pattern.is_none_or(|pattern| pattern.names != Names::Any)
        {
            self.report.misplaced_reference(at, definition.title);
            self.refer(at, here.location(), object.referable());
            return true;
        }
        let Some(pattern) = &definition.pattern else {
            self.report.unknown_field(object, at);
            return false;
        };
        let is_read = match pattern.names {
            Names::Any => true,
            Names::Path => self.is_path(at, object),
            Names::Status => self.is_status(at),
        };
        if is_read {
            self.value(at, pattern.value);
        }
        false
    }

    /// Whether a member of a Paths Object is read as a path.
    fn is_path(&mut self, at: Here<'d>, object: Object) -> bool {
        match at.name.starts_with('/') {
            true => true,
            false if at.node.is_object() => {
                self.report.path_name(at);
                true
            }
            false => {
                self.report.unknown_field(object, at);
                false
            }
        }
    }

    /// Whether a member of a Responses Object is read as a response.
    fn is_status(&mut self, at: Here<'d>) -> bool {
        match at.name.as_bytes() {
            [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => true,
            [b'1'..=b'5', b'X', b'X'] => {
                if at.version == Version::V20 {
                    self.report.status_range(at);
                }
                true
            }
            [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
                self.report.status_spelling(at, &format!("{}XX", char::from(*first)));
                true
            }
            other => {
                let is_code = other.len() == 3 && other.iter().all(u8::is_ascii_digit);
                self.report.status(at, is_code);
                is_code
            }
        }
    }

    /// Reports the fields that are required and not there, and those that exclude each other.
    fn required(&mut self, here: Here<'d>, object: Object, names: NameSet) {
        for Required { field, name } in object.required(here.version) {
            let is_required = || {
                field.required.when.is_none_or(|(other, is)| {
                    let value = here.node.get(other).and_then(Node::scalar);
                    value.is_some_and(|value| is.contains(&value))
                })
            };
            if name.among(names).count() == 0 && is_required() {
                self.report.missing_field(field, object, here);
            }
        }
        for (choice, fields) in object.choices() {
            if choice.versions.has(here.version) {
                self.choice(here, object, choice, fields.among(names).count());
            }
        }
    }

    fn choice(&mut self, here: Here<'d>, object: Object, choice: &'static Choice, count: u32) {
        if count == 0 && choice.reading.is_some() {
            let is_replaced = choice.or_else.is_some_and(|one| here.node.get(one).is_some());
            if !is_replaced {
                self.report.missing_choice(choice, object, here);
            }
        }
        if count > 1 && choice.is_exclusive {
            let mut present = choice.fields.iter().filter_map(|name| here.node.member(name));
            if let (Some(first), Some(second)) = (present.next(), present.next()) {
                let names = [first.name, second.name];
                self.report.exclusive(object, names, [first.name_span, second.name_span]);
            }
        }
    }

    /// Checks a Reference Object.
    fn reference(&mut self, here: Here<'d>, text: Here<'d>, object: Object) {
        if !self.seen.insert(here.location(), Object::Reference) {
            return;
        }
        let mut siblings = Vec::new();
        for member in here.node.members() {
            let fields = Object::Reference.find(member.name).forms;
            match fields.iter().find(|field| field.versions.has(here.version)) {
                Some(field) => self.value(here.member(member), field.value),
                None if member.name.starts_with("x-") => {}
                None => siblings.push((member.name, member.name_span)),
            }
        }
        self.report.siblings(here, &siblings);
        self.refer(text, here.location(), object.referable());
    }

    /// Checks a schema that is a reference, in a version in which it has nothing but the reference.
    fn schema_reference(&mut self, here: Here<'d>) {
        let (mut honoured, mut ignored) = (Vec::new(), Vec::new());
        for member in here.node.members() {
            match member.name {
                "$ref" => self.keyword(here, member),
                name if name.starts_with("x-") => {}
                name if is_harmless_beside_reference(name) => {
                    honoured.push((name, member.name_span));
                    self.keyword(here, member);
                }
                name => ignored.push((name, member.name_span)),
            }
        }
        self.report.annotations(here, &honoured);
        self.report.siblings(here, &ignored);
    }

    fn keyword(&mut self, here: Here<'d>, member: Member<'d>) {
        let forms = Object::Schema.find(member.name).forms;
        self.member(here, Object::Schema, member, forms);
    }

    /// Remembers a reference.
    fn refer(&mut self, at: Here<'d>, from: Location, to: Value) {
        if at.node.text().is_some() {
            self.open.push(Reference { at, from, to });
        }
    }

    /// What a reference refers to. Most objects that are referred to have many references.
    fn target(&mut self, from: Location, text: &'d str) -> Option<Location> {
        let description = self.description;
        let key = (from.document, description.resources.of(from), text);
        let resolve = || description.resolve(from, text).ok();
        *self.targets.entry(key).or_insert_with(resolve)
    }

    /// Goes on to what a reference refers to.
    fn follow(&mut self, reference: Reference<'d>) {
        let Reference { at, from, to } = reference;
        let Some(text) = at.node.text() else { return };
        // Another stage reports what refers to nothing.
        let Some(target) = self.target(from, text) else { return };
        let version = self.description.document(target.document).version;
        let name = text.rsplit(['/', '#']).next().unwrap_or(text);
        let here = Here::start(target.document, version, self.description.node(target), name);
        let expected = match to {
            Value::Map(_) | Value::Components(_) => None,
            _ => to.object(),
        };
        match (expected, self.seen.object(target)) {
            (Some(expected), Some(found))
                if !self.seen.contains(target, expected)
                    && found != Object::Reference
                    && !(found == Object::Items && expected == Object::Schema) =>
            {
                self.report.reference_kind(at, found, expected);
            }
            _ => self.value(here, to),
        }
    }
}

/// The text of the reference, if a value is one.
fn reference(here: Here<'_>) -> Option<Here<'_>> {
    let member = here.node.member("$ref")?;
    member.value.text().map(|_| here.member(member))
}

/// Whether a name is one that a component may have.
fn is_component_name(name: &str) -> bool {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !name.is_empty() && name.bytes().all(is_usual)
}
