//! The types of terms in the documents, before there is a model.
//!
//! CSDL JSON writes a date, a path and a member of an enumeration as texts, and only the
//! declaration of the term determines which of them a text is.

use super::names::Names;
use crate::odata::csdl::{Document, Element, is_literal, is_simple_identifier};
use crate::odata::edm::vocabulary::standard;
use std::collections::{BTreeMap, BTreeSet};

/// The most bases that are followed; real types have less than ten.
const DEPTH: usize = 64;

/// Terms and types by qualified name: those of the documents, and those of the standard
/// vocabularies that no document contains.
pub(super) struct Declarations<'d> {
    /// Names in the standard vocabularies are already qualified.
    elements: BTreeMap<String, (&'d Element, Option<&'d Names>)>,
}

/// The type that a value should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    /// The qualified name of the type of the value, or of the items.
    item: String,
    /// Whether it is a collection.
    collection: bool,
}

impl Expected {
    fn new(written: &str, names: Option<&Names>) -> Self {
        let inner = written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(written).trim();
        let item = names.map_or_else(|| name.to_owned(), |names| names.full(name));
        Self { item, collection: inner.is_some() }
    }

    /// What is expected of the items of a collection.
    pub(super) fn of_items(&self) -> Self {
        Self { item: self.item.clone(), collection: false }
    }

    /// The same, with the type that a record names for itself.
    pub(super) fn or_named(expected: Option<&Self>, name: Option<&str>) -> Option<Self> {
        match name {
            Some(name) => Some(Self { item: name.to_owned(), collection: false }),
            None => expected.map(Self::of_items),
        }
    }
}

impl<'d> Declarations<'d> {
    pub(super) fn new(documents: &'d [Document], names: &'d [Names]) -> Self {
        let mut found = Self { elements: BTreeMap::new() };
        let mut given = BTreeSet::new();
        for (document, names) in documents.iter().zip(names) {
            for schema in &document.schemas {
                given.extend(schema.value("Namespace"));
                found.schema(schema, Some(names));
            }
        }
        for schema in standard().documents.iter().flat_map(|one| &one.schemas) {
            if !schema.value("Namespace").is_some_and(|namespace| given.contains(namespace)) {
                found.schema(schema, None);
            }
        }
        found
    }

    fn schema(&mut self, schema: &'d Element, names: Option<&'d Names>) {
        let namespace = schema.value("Namespace").unwrap_or_default();
        for child in &schema.children {
            if let Some(name) = child.value("Name") {
                self.elements.entry(format!("{namespace}.{name}")).or_insert((child, names));
            }
        }
    }

    /// The type of a term.
    pub(super) fn term(&self, name: &str) -> Option<Expected> {
        let (element, names) = self.elements.get(name).filter(|(one, _)| one.name == "Term")?;
        Some(Expected::new(element.value("Type").unwrap_or("Edm.String"), *names))
    }

    /// The type of a property of a structured type or of one of its bases.
    pub(super) fn property(&self, of: &Expected, name: &str) -> Option<Expected> {
        let mut at = of.item.clone();
        for _ in 0..DEPTH {
            let (element, names) = self.elements.get(&at)?;
            let mut properties = element.children("Property");
            if let Some(found) = properties.find(|one| one.value("Name") == Some(name)) {
                return Some(Expected::new(found.value("Type").unwrap_or("Edm.String"), *names));
            }
            at = Expected::new(element.value("BaseType")?, *names).item;
        }
        None
    }

    /// The kind and the text of a constant that has no kind itself, where this type is expected. A
    /// text that is not a value of the type stays a string.
    pub(super) fn constant(
        &self,
        expected: &Expected,
        kind: &str,
        text: &str,
    ) -> Option<(&'static str, String)> {
        if expected.collection || !matches!(kind, "String" | "Int" | "Decimal") {
            return None;
        }
        let declared = self.elements.get(&expected.item);
        if let Some((element, _)) = declared.filter(|(one, _)| one.name == "EnumType") {
            return members(element, &expected.item, kind, text);
        }
        let underlying = declared.and_then(|(element, _)| element.value("UnderlyingType"));
        let name = underlying.unwrap_or(&expected.item).strip_prefix("Edm.")?;
        let wanted = kind_of(name)?;
        let fits = match kind {
            "String" => is_literal(wanted, text) && !text.is_empty(),
            _ => matches!(wanted, "Decimal" | "Float"),
        };
        fits.then(|| (wanted, text.to_owned()))
    }
}

/// The members that a constant refers to, by their names or by their number, if the enumeration has
/// all of them.
fn members(
    element: &Element,
    qualified: &str,
    kind: &str,
    text: &str,
) -> Option<(&'static str, String)> {
    let known = |name: &str| {
        is_simple_identifier(name)
            && element.children("Member").any(|member| member.value("Name") == Some(name))
    };
    let names: Vec<&str> = match text.trim().parse() {
        Ok(number) => numbered(element, number)?,
        Err(_) => text.split(',').map(str::trim).collect(),
    };
    (kind != "Decimal" && names.iter().all(|name| known(name))).then(|| {
        let members: Vec<String> = names.iter().map(|name| format!("{qualified}/{name}")).collect();
        ("EnumMember", members.join(" "))
    })
}

/// The member with a value, or the flags that make it up.
fn numbered(element: &Element, number: i64) -> Option<Vec<&str>> {
    // Members without a value count from zero.
    let members = (0..).zip(element.children("Member")).filter_map(|(at, member)| {
        let value = member.value("Value").map_or(Some(at), |value| value.trim().parse().ok())?;
        Some((member.value("Name")?, value))
    });
    let members: Vec<(&str, i64)> = members.collect();
    if let Some((name, _)) = members.iter().find(|(_, value)| *value == number) {
        return Some(vec![name]);
    }
    let is_flag = |value: i64| value.count_ones() == 1 && value & number == value;
    let flags: Vec<(&str, i64)> =
        members.into_iter().filter(|(_, value)| is_flag(*value)).collect();
    let is_whole = flags.iter().fold(0, |all, (_, value)| all | value) == number;
    let is_flags = element.flag("IsFlags") == Some(true);
    (is_flags && is_whole).then(|| flags.into_iter().map(|(name, _)| name).collect())
}

/// The constant expression for values of a primitive type or a path type.
fn kind_of(primitive: &str) -> Option<&'static str> {
    Some(match primitive {
        "Binary" => "Binary",
        "Date" => "Date",
        "DateTimeOffset" => "DateTimeOffset",
        "Decimal" => "Decimal",
        "Duration" => "Duration",
        "Double" | "Single" => "Float",
        "Guid" => "Guid",
        "Byte" | "SByte" | "Int16" | "Int32" | "Int64" => "Int",
        "TimeOfDay" => "TimeOfDay",
        "AnnotationPath" => "AnnotationPath",
        "AnyPropertyPath" => "AnyPropertyPath",
        "ModelElementPath" => "ModelElementPath",
        "NavigationPropertyPath" => "NavigationPropertyPath",
        "PropertyPath" => "PropertyPath",
        _ => return None,
    })
}
