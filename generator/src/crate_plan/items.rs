//! The plan of a crate: every Rust decision as plain data.
//!
//! Names are final Rust identifiers (raw ones with `r#`), types are final Rust types, documentation
//! is [`Prose`]. Wire names are what goes over the wire.

use super::described::Described;
use super::{Alias, Docs, Example, ItemPath, Kind, Prose, Registry, Signature, Type};
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The plan of one generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CratePlan {
    /// The package name.
    pub name: String,
    /// The documentation of the crate root; each element is a paragraph or a list item.
    pub docs: Vec<Prose>,
    /// The first request of somebody who is new to the crate.
    pub first: Option<Example>,
    /// The documentation of the crate root after that.
    pub more: Vec<Prose>,
    /// The service root that the client uses by default.
    pub service_root: Option<String>,
    /// What the client offers at the service root.
    pub entry: Vec<Method>,
    /// Free functions.
    pub functions: Vec<Function>,
    /// The public modules at the crate root, by name.
    pub modules: BTreeMap<String, Module>,
    /// The types and actions by name.
    pub registry: Registry,
    /// Names that could not be kept as they would have been.
    pub renames: Vec<Rename>,
    /// The command that generates the crate again.
    pub command: String,
    /// Whether there are only models, and no client.
    pub models_only: bool,
    /// The features of the runtime that the crate cannot do without.
    pub runtime_features: &'static [&'static str],
}

/// A public module, normally one for each namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// The documentation.
    pub docs: Vec<Prose>,
    /// The private files whose items the module exports, by module name.
    pub files: BTreeMap<String, File>,
    /// Public modules below this one, by name.
    pub modules: BTreeMap<String, Module>,
}

/// A file of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// A description of the content, for the first line of the file.
    pub origin: String,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// A public item of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A structured type.
    Struct(Struct),
    /// An enumeration.
    Enum(Enum),
    /// A structured type or one of those derived from it.
    Hierarchy(Hierarchy),
    /// The changes to a structured type.
    Update(Update),
    /// The requests on an entity or a collection.
    Path(Path),
    /// Another name of a primitive type.
    Alias(Alias),
}

impl Item {
    /// What is known of the item whatever its kind is: the one place that lists the kinds.
    pub(crate) fn described(&self) -> &dyn Described {
        match self {
            Self::Struct(item) => item,
            Self::Enum(item) => item,
            Self::Hierarchy(item) => item,
            Self::Update(item) => item,
            Self::Path(item) => item,
            Self::Alias(item) => item,
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.described().name()
    }

    /// The qualified wire name of the type or the operation that it is made from.
    pub fn wire_name(&self) -> &str {
        self.described().wire_name()
    }

    /// The kind, if a macro of the runtime completes the item.
    pub fn kind(&self) -> Option<Kind> {
        self.described().kind()
    }

    /// What the macro of the kind takes beside the name, in the order of its parameters.
    pub fn arguments(&self) -> Vec<Type> {
        self.described().arguments()
    }
}

/// A struct for an entity type or a complex type.
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
    /// The structs of the bases whose queries can refer to its members, the nearest first.
    pub bases: Vec<ItemPath>,
    /// The fields, inherited ones first.
    pub fields: Vec<Field>,
    /// The name of the field that holds what the schema does not declare.
    pub additional: String,
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
    /// The type, which is an `Option`.
    pub value: Type,
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

impl Field {
    /// The type within `Option`.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Option(inner) => inner,
            other => other,
        }
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

/// An open enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The name of the variant that holds what the schema does not declare.
    pub unrecognized: String,
}

/// A variant of an [`Enum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
}

/// An enum over a structured type and those derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The variant of the base, which also holds derived types that the schema does not know.
    pub base: HierarchyVariant,
    /// The variants of the derived types.
    pub derived: Vec<HierarchyVariant>,
}

/// A variant of a [`Hierarchy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyVariant {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The name with the alias of its namespace, which some services write.
    pub alias: Option<String>,
    /// The struct.
    pub value: ItemPath,
}

impl HierarchyVariant {
    /// What the variant holds.
    pub fn payload(&self) -> Type {
        Type::Generated(self.value.clone()).boxed()
    }
}

/// A builder for changes to a structured type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The name.
    pub name: String,
    /// The qualified wire name of the structured type, or of the action whose parameters these are.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// The struct that is changed; `None` for the parameters of an action.
    pub object: Option<ItemPath>,
    /// The type of the values, if it is a complex type, whose changes can be part of another update.
    pub part: Option<Type>,
    /// The setters.
    pub setters: Vec<Setter>,
}

/// A setter of an [`Update`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Arc<Docs>,
    /// The type of the argument: the type of the value, or [`Type::Into`], [`Type::IntoNullable`]
    /// or [`Type::IntoAssigned`] of it.
    pub takes: Type,
}

impl Setter {
    /// Whether null can be set.
    pub fn is_nullable(&self) -> bool {
        matches!(self.takes, Type::IntoNullable(_))
    }

    /// The type of the value.
    pub fn value(&self) -> &Type {
        match &self.takes {
            Type::Into(inner) | Type::IntoNullable(inner) | Type::IntoAssigned(inner) => inner,
            other => other,
        }
    }
}

/// The requests on an entity, a collection of entities, or a complex value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The name.
    pub name: String,
    /// The qualified wire name of the structured type.
    pub wire_name: String,
    /// The struct whose constants name what can be queried.
    pub object: ItemPath,
    /// What a path of this type refers to.
    pub cardinality: Cardinality,
    /// The documentation.
    pub docs: Docs,
    /// The most common call.
    pub example: Option<Example>,
    /// The methods.
    pub methods: Vec<Method>,
}

/// What a [`Path`] refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// One entity.
    Entity,
    /// One entity that is a stream of bytes as well.
    MediaEntity,
    /// One complex value, which is part of an entity and no resource that can be referred to.
    Complex,
    /// A collection.
    Collection,
}

/// A method of a [`Path`] or of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// Its arguments and result.
    pub signature: Signature,
    /// What it does.
    pub call: Call,
}

impl Method {
    /// The path type that it returns, unless it makes a request.
    pub fn target(&self) -> Option<&ItemPath> {
        match &self.signature.result {
            Type::Generated(path) => Some(path),
            _ => None,
        }
    }

    /// The builder for the parameters of an action, if there are any.
    pub fn parameters(&self) -> Option<&ItemPath> {
        match (&self.call, self.signature.arguments.as_slice()) {
            (Call::Act { .. }, [parameters]) => match &parameters.value {
                Type::Ref(inner) => match &**inner {
                    Type::Generated(path) => Some(path),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a [`Method`] does. Arguments are those of its signature, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Refers to the resource one segment below.
    Child {
        /// The segment.
        segment: String,
    },
    /// Refers to an entity of the collection.
    Key {
        /// Whether the key is a separate segment.
        segment: bool,
        /// The parts of the key.
        parts: Vec<KeyPart>,
    },
    /// Refers to an entity of the collection by an alternate key.
    AlternateKey {
        /// The parts of the key.
        parts: Vec<KeyPart>,
    },
    /// Calls an action.
    Act {
        /// The segment.
        segment: String,
        /// The media type that the request accepts, unless it is JSON.
        accept: Option<String>,
    },
    /// Calls a function.
    Compute {
        /// The segment.
        segment: String,
        /// The arguments.
        arguments: Vec<Argument>,
        /// The media type that the request accepts, unless it is JSON.
        accept: Option<String>,
    },
    /// Refers to the result of a function, which is a resource itself.
    Follow {
        /// The segment.
        segment: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// Sends a request.
    Send(Request),
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// How it gets into the URL.
    pub passing: Passing,
    /// What happens if there is no value.
    pub absence: Absence,
}

/// How an argument gets into the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// As a literal in the path.
    Literal,
    /// As JSON in a query option.
    Alias,
}

/// The meaning of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// There is always a value.
    Never,
    /// Null.
    Null,
    /// The parameter is left out.
    Omitted,
}

/// A part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// The argument.
    pub name: String,
    /// The name in a compound key.
    pub wire_name: String,
}

/// A kind of request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `GET` a collection.
    List,
    /// `GET` an entity.
    Get,
    /// `POST` to a collection.
    Create,
    /// `PATCH` an entity.
    Update(Changes),
    /// `PUT` an entity.
    Replace,
    /// `DELETE` an entity.
    Delete,
}

impl Request {
    /// The HTTP method.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::List | Self::Get => "GET",
            Self::Create => "POST",
            Self::Update(_) => "PATCH",
            Self::Replace => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What an update takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The builder.
    pub builder: ItemPath,
    /// The struct, if it has derived types, whose changes are taken as well.
    pub base: Option<ItemPath>,
}

/// A free function: a request at a fixed path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// Its arguments and result.
    pub signature: Signature,
    /// The methods in the order of their calls, each called on the result of the one before; the
    /// last one makes the request.
    pub steps: Vec<Step>,
}

/// One step of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The method.
    pub method: String,
    /// The arguments of the function that it takes, by name.
    pub arguments: Vec<String>,
}

/// A name that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rename {
    /// The schema element.
    pub element: String,
    /// The name it would have had.
    pub wanted: String,
    /// The name it has.
    pub given: String,
    /// Why.
    pub reason: String,
    /// Where the element is declared.
    pub span: Span,
}

impl Rename {
    /// Reports which name the element has, and why.
    fn message(&self) -> String {
        format!("{} is called `{}` in Rust: {}", self.element, self.given, self.reason)
    }

    /// The message next to the place of the element.
    fn label(&self) -> String {
        format!("would be called `{}`", self.wanted)
    }

    /// The warning about it.
    pub(crate) fn warning(&self) -> Diagnostic {
        Diagnostic::warning("renamed", self.message())
            .at(self.span, self.label())
            .help("choose a name under [names] in the configuration")
    }
}
