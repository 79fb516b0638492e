//! A struct for the values of a type of the schema: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::{Described, of_item};
use super::{Carried, Docs, Home, ItemPath, Kind, Literal, Named, Signature, Type, signature};
use std::borrow::Cow;
use std::sync::Arc;

/// A struct for the values of a structured type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The structs of the bases, the nearest first.
    pub bases: Vec<ItemPath>,
    /// The names of the type and of what is derived from it, if it has derived types.
    pub lineage: Option<Lineage>,
    /// The enum over the type and those derived from it.
    pub any: Option<ItemPath>,
    /// The fields, inherited ones first.
    pub fields: Vec<Field>,
    /// The name of the field that holds what the schema does not declare.
    pub additional: String,
    /// How its values are read and written.
    pub layout: Layout,
}

/// How the values of a [`Struct`] are read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// An object of an OData service.
    OData {
        /// The name by which a value names its type.
        named: String,
    },
    /// JSON without any convention.
    Json(Box<Json>),
}

/// What a [`Struct`] of JSON has beside its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json {
    /// Which JSON its values are.
    pub form: JsonForm,
    /// What tells the types that are derived from it, if a member does.
    pub family: Option<Family>,
    /// The bases that a member tells it from.
    pub origins: Vec<Origin>,
    /// The function that makes a value.
    pub constructor: Option<Constructor>,
    /// The methods that set a field.
    pub setters: Vec<FieldSetter>,
    /// The list in it, if it is a page of one.
    pub pages: Option<PageItems>,
    /// How its members are read, if they are the headers of an answer.
    pub headers: Vec<DeclaredHeader>,
    /// How its members are read, if they are the query of what the service sends.
    pub query: Vec<Carried>,
}

/// A header that an answer is declared to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredHeader {
    /// The name.
    pub name: String,
    /// How its text becomes a value.
    pub kind: HeaderKind,
}

/// How the text of a header becomes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// It is a string, or what JSON writes as one.
    Text,
    /// It is JSON.
    Json,
    /// It is a list of such values.
    List(Box<HeaderKind>),
    /// It is an object whose members are such values.
    Object {
        /// Whether a member is `name=value`.
        explode: bool,
        /// The members that are not text.
        members: Vec<(String, HeaderKind)>,
    },
}

/// The list in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageItems {
    /// The type of its items.
    pub item: Type,
    /// The fields on the way to the list, and whether what each has may be absent.
    pub way: Vec<(String, bool)>,
}

/// Which JSON the values of a [`Struct`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonForm {
    /// Objects.
    Object,
    /// Objects, and values of other kinds, which are kept as they came.
    OpenKind,
    /// Arrays: each field is the item at its position.
    Tuple,
}

/// What tells the types that are derived from a struct of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The member whose value tells the type.
    pub tag: String,
    /// The enum of the type and those derived from it.
    pub any: ItemPath,
    /// The derived types whose values are converted into the base.
    pub converted: Vec<ItemPath>,
}

/// A base of a struct of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The struct.
    pub base: ItemPath,
    /// The values of the member that tell this type or one that is derived from it. The first one is
    /// written.
    pub names: Vec<String>,
}

/// How a field is present in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It may be absent: an `Option`.
    Optional,
    /// The same, with the value in a box. Only for structs of OData.
    Boxed,
    /// It is always there.
    Required,
    /// It is always there, and may be null: an `Option`.
    Nullable,
    /// It may be absent, and it may be null: a `Maybe`.
    Maybe,
    /// All members whose names match.
    Pattern(NamePattern),
    /// All other members.
    Others,
    /// All further items of an array.
    Rest,
}

/// Names of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamePattern {
    /// Names that begin with a text.
    Prefix(String),
    /// Names that end with a text.
    Suffix(String),
    /// Names that contain a text.
    Containing(String),
    /// One name.
    Exactly(String),
    /// All names.
    Any,
}

/// The function `new` of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constructor {
    /// The documentation.
    pub docs: Docs,
    /// Its arguments and its result.
    pub signature: Signature,
    /// The fields that it sets.
    pub fields: Vec<Initial>,
    /// Whether the struct has other fields, which stay empty.
    pub has_others: bool,
}

/// A field as a constructor sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initial {
    /// The name of the field.
    pub field: String,
    /// What it is set to.
    pub value: Given,
}

/// What a field is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// An argument.
    Argument(String),
    /// An argument that is converted.
    Into(String),
    /// An argument in a box.
    Boxed(String),
    /// A value of the schema.
    Literal(Literal),
}

/// A method that sets a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSetter {
    /// The name.
    pub name: String,
    /// The name of the field.
    pub field: String,
    /// The documentation.
    pub docs: Docs,
    /// What it takes.
    pub takes: Type,
    /// How the argument becomes the value.
    pub value: Given,
    /// Whether the value is within `Some`.
    pub is_some: bool,
}

/// The names of a type, and the types that are derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The qualified wire name, the same with the alias of the namespace, and the names of derived
    /// types whose structs are not generated.
    pub names: Vec<String>,
    /// The types that have it as their nearest generated base.
    pub derived: Vec<Heir>,
}

/// A derived type in a [`Lineage`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heir {
    /// A struct with a lineage of its own.
    Base(ItemPath),
    /// The names of a type without derived types.
    Last(Vec<String>),
}

/// A field of a [`Struct`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Arc<Docs>,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The type.
    pub value: Type,
    /// How it is present in JSON.
    pub presence: Presence,
    /// The constant that represents the member in queries, unless there are no queries or its wire
    /// name cannot be written in one.
    pub constant: Option<Constant>,
}

/// A constant that represents a property in queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The name.
    pub name: String,
    /// The type: [`Type::Property`] or [`Type::Navigation`].
    pub value: Type,
}

impl Json {
    /// What has only a form.
    pub fn of(form: JsonForm) -> Self {
        Self {
            form,
            family: None,
            origins: Vec::new(),
            constructor: None,
            setters: Vec::new(),
            pages: None,
            headers: Vec::new(),
            query: Vec::new(),
        }
    }
}

impl Field {
    /// The type within `Option`.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Option(inner) => inner,
            other => other,
        }
    }

    /// Whether every value of the struct has it.
    pub fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Nullable)
    }
}

impl FieldSetter {
    /// Its arguments and its result.
    pub fn signature(&self) -> Signature {
        let taken = vec![super::Parameter::new("value", self.takes.clone())];
        Signature { receiver: super::Receiver::Changed, ..Signature::function(taken, Type::Own) }
    }
}

impl Struct {
    /// Whether a value without any member is a value of the type.
    pub fn is_default(&self) -> bool {
        !self.fields.iter().any(Field::is_required)
    }
}

impl Constant {
    /// The type of the property's values.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Property(inner) | Type::Navigation(inner) => inner,
            other => other,
        }
    }
}

impl Struct {
    /// What it has if its values are JSON without any convention.
    pub fn json(&self) -> Option<&Json> {
        match &self.layout {
            Layout::OData { .. } => None,
            Layout::Json(json) => Some(json),
        }
    }

    /// The trait by which a value is made before it is read.
    fn emptiness(&self) -> Named {
        match self.is_default() {
            true => Named::new(Home::Prelude, &["std", "default", "Default"]),
            false => Named::runtime(&["codegen", "Blank"]),
        }
    }

    fn json_lines(&self, json: &Json, to: &mut Writer<'_>, owner: &Owner<'_>) {
        if let Some(constructor) = &json.constructor {
            to.plain(owner, "new", Declared::Function(Cow::Borrowed(&constructor.signature)));
        }
        for setter in &json.setters {
            let field = self.fields.iter().find(|one| one.name == setter.field);
            let wire = field.map(|one| one.wire_name.as_str());
            let declared = Declared::Setter(Cow::Borrowed(&setter.takes));
            to.line(owner, &setter.name, declared, wire, setter.docs.deprecated.as_ref());
        }
        to.plain(owner, "", Declared::Implementation(Cow::Owned(self.emptiness())));
        if let Some(family) = &json.family {
            let any = Type::Generated(family.any.clone());
            let base = Named::runtime(&["codegen", "Base"]).with("Any", any);
            to.plain(owner, "", Declared::Implementation(Cow::Owned(base)));
            for derived in &family.converted {
                let from = Named::new(Home::Prelude, &["std", "convert", "From"]);
                to.plain(owner, "", of_item(from, derived));
            }
        }
        if let Some(pages) = &json.pages {
            let paged = Named::runtime(&["codegen", "Paged"]).with("Item", pages.item.clone());
            to.plain(owner, "", Declared::Implementation(Cow::Owned(paged)));
        }
        if !json.headers.is_empty() {
            let headers = Named::runtime(&["codegen", "Headers"]);
            to.plain(owner, "", Declared::Implementation(Cow::Owned(headers)));
        }
        if !json.query.is_empty() {
            let query = Named::runtime(&["codegen", "Query"]);
            to.plain(owner, "", Declared::Implementation(Cow::Owned(query)));
        }
        for Origin { base, .. } in &json.origins {
            to.plain(owner, "", of_item(Named::runtime(&["codegen", "Derived"]), base));
        }
    }
}

impl Described for Struct {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(match self.layout {
            Layout::Json(ref json) if json.family.is_some() => Kind::JsonBase,
            Layout::Json(_) => Kind::JsonStructured,
            Layout::OData { .. } if self.any.is_some() => Kind::Base,
            Layout::OData { .. } => Kind::Structured,
        })
    }

    fn arguments(&self) -> Vec<Type> {
        let family = self.json().and_then(|json| json.family.as_ref()).map(|one| &one.any);
        self.any.iter().chain(family).cloned().map(Type::Generated).collect()
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for field in &self.fields {
            let (wire, deprecated) =
                (Some(field.wire_name.as_str()), field.docs.deprecated.as_ref());
            let declared = Declared::Field(Cow::Borrowed(&field.value));
            to.line(owner, &field.name, declared, wire, deprecated);
            if let Some(constant) = &field.constant {
                let declared = Declared::Constant(Cow::Borrowed(&constant.value));
                to.line(owner, &constant.name, declared, wire, deprecated);
            }
        }
        to.plain(owner, &self.additional, Declared::Field(Cow::Owned(signature::additional())));
        if let Some(json) = self.json() {
            self.json_lines(json, to, owner);
        }
        if self.lineage.is_some() {
            let inherits = Named::runtime(&["codegen", "Inherits"]);
            to.plain(owner, "", Declared::Implementation(Cow::Owned(inherits)));
        }
        for base in &self.bases {
            let derived_from = Named::runtime(&["query", "DerivedFrom"]);
            to.plain(owner, "", of_item(derived_from, base));
        }
    }
}
