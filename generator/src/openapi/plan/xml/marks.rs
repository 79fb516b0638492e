//! What the `xml` objects of schemas specify.
//!
//! Enters: the schemas at a place, the one that is closest to it first. Leaves: the fields of their `xml` objects, those
//! of the closest one that has them. Must not know: shapes.

use super::super::table::Table;
use crate::crate_plan::{XmlKind, XmlNode};
use crate::openapi::model::{Keywords, SchemaId};

/// Schemas that only refer to others are followed only so far.
const LONGEST: usize = 32;

/// What is specified at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// The name of the element or the attribute.
    pub(super) name: Option<String>,
    prefix: Option<String>,
    namespace: Option<String>,
    /// What part of an element it is: `nodeType`, or what earlier versions have in its place.
    pub(super) kind: Option<XmlKind>,
    /// The component that the schema is, or refers to.
    pub(super) component: Option<String>,
}

impl Marks {
    pub(super) fn of(table: &Table<'_>, schemas: &[SchemaId]) -> Self {
        let mut marks = Self::default();
        for schema in schemas {
            each(table, *schema, &mut |name, keywords| marks.add(table, name, keywords));
        }
        marks
    }

    fn add(&mut self, table: &Table<'_>, name: Option<&str>, keywords: &Keywords) {
        self.component = self.component.take().or_else(|| name.map(str::to_owned));
        let Some(location) = keywords.xml else { return };
        let xml = table.api.description.node(location);
        let text = |field: &str| xml.get(field).and_then(|one| one.text()).map(str::to_owned);
        let is_true = |field: &str| xml.get(field).and_then(|one| one.bool()) == Some(true);
        self.name = self.name.take().or_else(|| text("name")).filter(|name| !name.is_empty());
        self.prefix = self.prefix.take().or_else(|| text("prefix"));
        self.namespace = self.namespace.take().or_else(|| text("namespace"));
        self.kind = self.kind.or_else(|| match text("nodeType").as_deref() {
            Some("element") => Some(XmlKind::Element),
            Some("attribute") => Some(XmlKind::Attribute),
            Some("text") => Some(XmlKind::Text),
            Some("cdata") => Some(XmlKind::Cdata),
            Some("none") => Some(XmlKind::Within),
            _ if is_true("attribute") => Some(XmlKind::Attribute),
            _ if is_true("wrapped") => Some(XmlKind::Element),
            _ => None,
        });
    }

    /// Adds the namespace to a part that has a name.
    pub(super) fn give_namespace(&self, node: &mut XmlNode) {
        if node.kind.has_name() {
            node.prefix = self.prefix.clone().unwrap_or_default();
            node.namespace = self.namespace.clone().unwrap_or_default();
        }
    }
}

/// The schemas of the items of arrays at a place.
pub(super) fn items(table: &Table<'_>, schemas: &[SchemaId]) -> Vec<SchemaId> {
    let mut items = Vec::new();
    for schema in schemas {
        each(table, *schema, &mut |_, keywords| items.extend(keywords.items));
    }
    items
}

/// The schemas of the first items of arrays at a place.
pub(super) fn item(table: &Table<'_>, schemas: &[SchemaId], at: usize) -> Vec<SchemaId> {
    let mut items = Vec::new();
    for schema in schemas {
        each(table, *schema, &mut |_, keywords| items.extend(keywords.prefix_items.get(at)));
    }
    items
}

/// A schema, and those that it only refers to or describes: by `$ref`, or as the only one that it is made of.
fn each(table: &Table<'_>, schema: SchemaId, call: &mut impl FnMut(Option<&str>, &Keywords)) {
    let mut next = Some(schema);
    for _ in 0..LONGEST {
        let Some(id) = next else { return };
        let schema = table.api.model.schema(id);
        let Some(keywords) = schema.keywords() else { return };
        call(schema.name.as_deref(), keywords);
        next = match (&keywords.reference, keywords.all_of.as_slice()) {
            (Some(reference), _) => Some(reference.target),
            (None, [one]) if keywords.properties.is_empty() => Some(*one),
            _ => or_null(table, keywords),
        };
    }
}

/// The schema of a value that may be null, where that is written as a choice.
fn or_null(table: &Table<'_>, keywords: &Keywords) -> Option<SchemaId> {
    let choice = keywords.any_of.as_ref().or(keywords.one_of.as_ref())?;
    let is_null = |id: &&SchemaId| {
        let keywords = table.api.model.schema(**id).keywords();
        keywords.and_then(|one| one.types).is_some_and(|types| types.names().eq(["null"]))
    };
    let mut others = choice.iter().filter(|id| !is_null(id));
    match (others.next(), others.next()) {
        (Some(one), None) if choice.len() > 1 => Some(*one),
        _ => None,
    }
}
