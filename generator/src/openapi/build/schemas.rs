//! Schemas: from nodes to keywords.
//!
//! Enters: the locations of schemas. Leaves: all of them and those that they contain or refer to, each
//! once. A value of the wrong kind is as good as absent: the walk over the document reports it.

use super::components;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::node::{Kind, Member, Node};
use crate::openapi::description::{Description, Location};
use crate::openapi::lenient;
use crate::openapi::model::{
    Body, Discriminator, Keywords, Limits, Mapping, Property, Reference, Schema, SchemaId, Target,
    Types, Words,
};
use crate::openapi::objects::{is_harmless_beside_reference, is_of_value};
use crate::openapi::reference::Dynamic;
use rustc_hash::{FxHashMap, FxHashSet};

/// The schemas that were asked for so far.
pub(crate) struct Schemas<'d> {
    description: &'d Description,
    schemas: Vec<Schema>,
    known: FxHashMap<Location, SchemaId>,
    /// How many of the schemas have been read.
    read: usize,
    /// Those that are objects of 2.0, which have other fields as well.
    values: FxHashSet<SchemaId>,
    /// Those that are not written as one object, and need not be read.
    made: FxHashSet<SchemaId>,
    /// The places of the references that are reported already.
    reported: FxHashSet<Span>,
}

impl<'d> Schemas<'d> {
    pub(crate) fn new(description: &'d Description) -> Self {
        Self {
            description,
            schemas: Vec::new(),
            known: FxHashMap::default(),
            read: 0,
            values: FxHashSet::default(),
            made: FxHashSet::default(),
            reported: FxHashSet::default(),
        }
    }

    /// The schema at a location.
    pub(crate) fn at(&mut self, location: Location) -> SchemaId {
        *self.known.entry(location).or_insert_with(|| {
            self.schemas.push(Schema { location, name: None, body: Body::True });
            SchemaId::new(self.schemas.len() - 1)
        })
    }

    /// The schema of a component.
    pub(crate) fn component(&mut self, location: Location, name: &str) -> SchemaId {
        let id = self.at(location);
        // Two names for one schema can only be an alias of YAML; the first one counts.
        self.schemas[id.index()].name.get_or_insert_with(|| name.to_owned());
        id
    }

    /// The schema that a parameter, a header or an item of 2.0 is, beside what else it is.
    pub(crate) fn value(&mut self, location: Location) -> SchemaId {
        let id = self.at(location);
        self.values.insert(id);
        id
    }

    /// A schema that is not written as one object.
    pub(crate) fn made(&mut self, location: Location, keywords: Keywords) -> SchemaId {
        let body = Body::Keywords(Box::new(keywords));
        self.schemas.push(Schema { location, name: None, body });
        let id = SchemaId::new(self.schemas.len() - 1);
        self.made.insert(id);
        id
    }

    /// Reads all schemas, also those that others contain or refer to.
    pub(crate) fn finish(mut self, diagnostics: &mut Diagnostics) -> Vec<Schema> {
        self.reported = diagnostics.iter().filter_map(|one| Some(one.place.as_ref()?.0)).collect();
        while let Some(schema) = self.schemas.get(self.read) {
            let (id, at) = (SchemaId::new(self.read), schema.location);
            if !self.made.contains(&id) {
                let is_value = self.values.contains(&id);
                let body = Reader { all: &mut self, at, is_value, diagnostics }.body();
                self.schemas[self.read].body = body;
            }
            self.read += 1;
        }
        self.schemas
    }
}

/// Reads one schema.
struct Reader<'r, 'd> {
    all: &'r mut Schemas<'d>,
    at: Location,
    /// Whether it is an object of 2.0 that is a schema among other things.
    is_value: bool,
    diagnostics: &'r mut Diagnostics,
}

impl<'d> Reader<'_, 'd> {
    fn body(&mut self) -> Body {
        let node = self.all.description.node(self.at);
        match node.kind() {
            Kind::Bool(false) => Body::False,
            Kind::Object(members) => {
                let mut keywords = Keywords::default();
                let is_reference = self.is_only_reference(node);
                let is_value = self.is_value;
                let counts = |name: &str| match (is_value, is_reference) {
                    (true, _) => is_of_value(name),
                    (_, true) => name == "$ref" || is_harmless_beside_reference(name),
                    _ => true,
                };
                for member in members.filter(|member| counts(member.name)) {
                    let name = name_of(&member);
                    self.keyword(&mut keywords, name, member.value);
                }
                self.exclusive(&mut keywords.limits, node);
                Body::Keywords(Box::new(keywords))
            }
            _ => Body::True,
        }
    }

    /// Before 3.1 an object with `$ref` is a reference, and the keywords beside it do not narrow what it
    /// refers to. The walk over the document reports them.
    fn is_only_reference(&self, node: Node<'_>) -> bool {
        let version = self.all.description.document(self.at.document).version;
        !version.has_json_schema() && node.get("$ref").and_then(Node::text).is_some()
    }

    fn keyword(&mut self, to: &mut Keywords, name: Words, value: Node<'d>) {
        match name.text.as_str() {
            "$ref" => to.reference = self.reference(value).map(Box::new),
            "$dynamicRef" => to.dynamic_reference = self.dynamic_reference(value),
            "$dynamicAnchor" => to.dynamic_anchor = words(value),
            "allOf" => to.all_of = self.list(value),
            "anyOf" => to.any_of = value.is_array().then(|| self.list(value)),
            "oneOf" => to.one_of = value.is_array().then(|| self.list(value)),
            "not" => to.not = self.schema(value),
            "if" => to.condition = self.schema(value),
            "then" => to.consequence = self.schema(value),
            "else" => to.alternative = self.schema(value),
            "dependentSchemas" => to.dependent_schemas = self.named(value),
            "properties" => to.properties = self.named(value),
            "patternProperties" => to.pattern_properties = self.named(value),
            "additionalProperties" => to.additional_properties = self.schema(value),
            "unevaluatedProperties" => to.unevaluated_properties = self.schema(value),
            "propertyNames" => to.property_names = self.schema(value),
            "items" if value.is_array() => to.prefix_items = self.list(value),
            "items" => to.items = self.schema(value),
            "prefixItems" => to.prefix_items = self.list(value),
            "additionalItems" => to.additional_items = self.schema(value),
            "unevaluatedItems" => to.unevaluated_items = self.schema(value),
            "contains" => to.contains = self.schema(value),
            "contentSchema" => to.content_schema = self.schema(value),
            "$defs" | "definitions" => to.definitions.extend(self.named(value)),
            "type" => to.types = types(value),
            "enum" => {
                let values = || value.items().map(|one| self.at.with(one)).collect();
                to.values = value.is_array().then(values);
            }
            "const" => to.constant = Some(self.at.with(value)),
            "default" => to.default = Some(self.at.with(value)),
            "example" => to.examples.insert(0, self.at.with(value)),
            "examples" => to.examples.extend(value.items().map(|one| self.at.with(one))),
            "required" => to.required = value.items().filter_map(words).collect(),
            "dependentRequired" => {
                to.dependent_required = value
                    .members()
                    .map(|member| {
                        let name = name_of(&member);
                        (name, member.value.items().filter_map(words).collect())
                    })
                    .collect();
            }
            "uniqueItems" => to.unique_items = is_true(value),
            "deprecated" => to.deprecated = is_true(value),
            "readOnly" => to.read_only = is_true(value),
            "writeOnly" => to.write_only = is_true(value),
            "nullable" | "x-nullable" if is_true(value) => to.nullable = Some(value.span()),
            "pattern" => to.pattern = words(value),
            "format" => to.format = words(value),
            "contentEncoding" => to.content_encoding = words(value),
            "contentMediaType" => to.content_media_type = words(value),
            "title" => to.title = words(value),
            "description" => to.description = words(value),
            "discriminator" => to.discriminator = self.discriminator(value),
            "xml" => to.xml = Some(self.at.with(value)),
            "externalDocs" => to.external_docs = Some(self.at.with(value)),
            // These are of use only where references are resolved, or to people who read the document.
            "$id" | "$anchor" | "$schema" | "$vocabulary" | "$comment" | "nullable" => {}
            other => match limit(&mut to.limits, other) {
                Some(place) => *place = digits(other, value),
                None => to.extensions.push((name, self.at.with(value))),
            },
        }
    }

    /// In JSON Schema an exclusive limit is a number; before 3.1 it is a boolean beside the limit.
    fn exclusive(&self, limits: &mut Limits, node: Node<'_>) {
        let is_exclusive = |name| node.get(name).is_some_and(is_true);
        if is_exclusive("exclusiveMaximum") {
            limits.exclusive_maximum = limits.maximum.take();
        }
        if is_exclusive("exclusiveMinimum") {
            limits.exclusive_minimum = limits.minimum.take();
        }
    }

    fn schema(&mut self, value: Node<'_>) -> Option<SchemaId> {
        let is_schema = value.is_object() || value.bool().is_some();
        is_schema.then(|| self.all.at(self.at.with(value)))
    }

    fn list(&mut self, value: Node<'_>) -> Vec<SchemaId> {
        value.items().filter_map(|one| self.schema(one)).collect()
    }

    fn named(&mut self, value: Node<'_>) -> Vec<Property> {
        value
            .members()
            .filter_map(|member| {
                let name = name_of(&member);
                Some(Property { name, schema: self.schema(member.value)? })
            })
            .collect()
    }

    fn reference(&mut self, value: Node<'_>) -> Option<Reference> {
        let text = words(value)?;
        match self.all.description.resolve(self.at, &text.text) {
            Ok(target) => {
                let target = self.all.at(target);
                Some(Reference { text, target, candidates: Vec::new() })
            }
            Err(diagnostic) => self.unresolved(&text, *diagnostic),
        }
    }

    /// Reports a reference that the check of all references has not reported. Of a document that is not
    /// there it reports one.
    fn unresolved(&mut self, text: &Words, diagnostic: Diagnostic) -> Option<Reference> {
        let is_reported = diagnostic.code == "missing-document"
            && self.diagnostics.iter().any(|one| one.code == diagnostic.code);
        if !is_reported && !self.all.reported.contains(&text.span) {
            self.diagnostics.push(diagnostic);
        }
        None
    }

    fn dynamic_reference(&mut self, value: Node<'_>) -> Option<Reference> {
        let text = words(value)?;
        match self.all.description.dynamic(self.at, &text.text) {
            Ok(Dynamic { target, others }) => {
                let target = self.all.at(target);
                let candidates = others.into_iter().map(|other| self.all.at(other)).collect();
                Some(Reference { text, target, candidates })
            }
            Err(diagnostic) => self.unresolved(&text, *diagnostic),
        }
    }

    /// Version 2.0 has only the name of the member.
    fn discriminator(&mut self, value: Node<'_>) -> Option<Discriminator> {
        let property = words(value).or_else(|| words(value.get("propertyName")?))?;
        let mapping = value.get("mapping").into_iter().flat_map(Node::members);
        let mapping = mapping
            .filter_map(|member| {
                let name = name_of(&member);
                Some(Mapping { value: name, target: self.target(words(member.value)?) })
            })
            .collect();
        let default = value.get("defaultMapping").and_then(words).map(|text| self.target(text));
        Some(Discriminator { span: value.span(), property, mapping, default })
    }

    /// A name of a component comes before a reference that looks like one.
    fn target(&mut self, text: Words) -> Target {
        let component = self.component(&text.text);
        let resolved = match component {
            Some(found) => Ok(found),
            None => self.all.description.resolve(self.at, &text.text),
        };
        match resolved {
            Ok(found) => {
                let schema = Some(self.all.at(found));
                Target { text, schema }
            }
            Err(_) => {
                let message =
                    format!("the mapping refers to `{}`, which is not a schema", text.text);
                self.diagnostics.push(
                    Diagnostic::violation("unresolved-mapping", message)
                        .at(text.span, "expected the name of a component or a reference")
                        .help("the value is read as one of an unknown schema"),
                );
                Target { text, schema: None }
            }
        }
    }

    fn component(&self, name: &str) -> Option<Location> {
        let schemas = components(self.all.description.document(self.at.document));
        schemas.and_then(|one| one.get(name)).map(|node| self.at.with(node))
    }
}

fn name_of(member: &Member<'_>) -> Words {
    Words { text: member.name.to_owned(), span: member.name_span }
}

fn words(value: Node<'_>) -> Option<Words> {
    lenient::text(value).map(|text| Words { text: text.to_owned(), span: value.span() })
}

fn digits(keyword: &str, value: Node<'_>) -> Option<Words> {
    let is_count =
        ["Length", "Items", "Contains", "Properties"].iter().any(|one| keyword.ends_with(one));
    let text = if is_count { lenient::count(value) } else { lenient::number(value) };
    text.map(|text| Words { text: text.to_owned(), span: value.span() })
}

fn is_true(value: Node<'_>) -> bool {
    lenient::boolean(value) == Some(true)
}

fn types(value: Node<'_>) -> Option<Types> {
    let mut types = Types::none(value.span());
    // A name that is not one may mean any type, so it is as if there were no keyword.
    let all_known = match value.kind() {
        Kind::String(name) => types.insert(name),
        // A service whose YAML has `type: null` means the type of that name.
        Kind::Null => types.insert("null"),
        Kind::Array(items) => items.fold(true, |known, item| {
            let name = if item.is_null() { Some("null") } else { item.text() };
            name.is_some_and(|name| types.insert(name)) && known
        }),
        _ => false,
    };
    all_known.then_some(types)
}

fn limit<'k>(limits: &'k mut Limits, keyword: &str) -> Option<&'k mut Option<Words>> {
    Some(match keyword {
        "multipleOf" => &mut limits.multiple_of,
        "maximum" => &mut limits.maximum,
        "exclusiveMaximum" => &mut limits.exclusive_maximum,
        "minimum" => &mut limits.minimum,
        "exclusiveMinimum" => &mut limits.exclusive_minimum,
        "maxLength" => &mut limits.max_length,
        "minLength" => &mut limits.min_length,
        "maxItems" => &mut limits.max_items,
        "minItems" => &mut limits.min_items,
        "maxContains" => &mut limits.max_contains,
        "minContains" => &mut limits.min_contains,
        "maxProperties" => &mut limits.max_properties,
        "minProperties" => &mut limits.min_properties,
        _ => return None,
    })
}
