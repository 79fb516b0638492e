//! What all items of a kind have in common.
//!
//! Enters: a [`Kind`]. Leaves: the macro of the runtime that completes its items, the parameters of the
//! macro, and the members and traits that the macro and the templates add to every item of the kind.
//! Must not know: how they are written. The tests compare the list with the macros and with generated
//! files.

use super::api::Declared;
use super::signature::{no_changes, set_additional};
use super::{Cardinality, Foreign, Home, Named, Receiver, Signature, Type};
use std::borrow::Cow;

/// A kind of item, by the macro of the runtime that completes the items of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A struct for values that may be of a derived type.
    Base,
    /// A path to a collection.
    CollectionPath,
    /// A path to a complex value.
    ComplexPath,
    /// A path to an entity.
    EntityPath,
    /// An enum over a base and the types derived from it.
    Hierarchy,
    /// A path to an entity that is a stream as well.
    MediaPath,
    /// An enumeration.
    OpenEnum,
    /// An enumeration of values that are not all strings.
    OpenLiteral,
    /// A struct for values.
    Structured,
    /// A struct for values that are JSON without any convention.
    JsonStructured,
    /// A struct of such values from which others are derived.
    JsonBase,
    /// Values of several types.
    Union,
    /// The builder for the parameters of an action.
    Parameters,
    /// The builder for the changes to an entity or a complex value.
    Update,
    /// The builder for the changes to an object of JSON.
    Patch,
    /// The requests of a part of an API.
    Group,
    /// What may be set of a request.
    Options,
    /// What a service may answer to a request.
    Answers,
    /// With which errors a service may answer to a request.
    Errors,
    /// A server that an API has.
    Server,
}

/// The struct whose members a path or an update is about.
const OBJECT: &str = "Object";
/// The type of a value.
const VALUE: &str = "Value";
/// The struct of the base of a hierarchy.
const BASE: &str = "Base";
/// The enum over a base and the types derived from it.
const ANY: &str = "Any";
/// What the request of a builder returns.
const RETURNED: &str = "T";
/// A struct that is derived from the item.
const DERIVED: &str = "Derived";

impl Kind {
    /// The macro.
    pub fn macro_name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::CollectionPath => "collection_path",
            Self::ComplexPath => "complex_path",
            Self::EntityPath => "entity_path",
            Self::Hierarchy => "hierarchy",
            Self::MediaPath => "media_path",
            Self::OpenEnum => "open_enum",
            Self::OpenLiteral => "open_literal",
            Self::Structured => "structured",
            Self::JsonBase => "json_base",
            Self::JsonStructured => "json_structured",
            Self::Union => "union",
            Self::Parameters | Self::Update => "update",
            Self::Patch => "patch",
            Self::Group => "group",
            Self::Options => "options",
            Self::Answers => "answers",
            Self::Errors => "errors",
            Self::Server => "server",
        }
    }

    /// The arguments of the macro besides the name of the item.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::OpenEnum
            | Self::OpenLiteral
            | Self::Structured
            | Self::JsonStructured
            | Self::Union
            | Self::Parameters
            | Self::Group
            | Self::Options
            | Self::Answers
            | Self::Errors
            | Self::Server => &[],
            Self::Base | Self::JsonBase => &[ANY],
            Self::Hierarchy => &[BASE],
            Self::Update
            | Self::Patch
            | Self::CollectionPath
            | Self::ComplexPath
            | Self::EntityPath
            | Self::MediaPath => &[OBJECT],
        }
    }

    /// The names of the functions that every item of the kind has.
    pub fn functions(self) -> Vec<&'static str> {
        self.shared().into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect()
    }

    /// The members and traits that every item of the kind has, by their names. The parameters are
    /// [`Type::Parameter`]s.
    pub fn shared(self) -> Vec<(&'static str, Declared<'static>)> {
        match self {
            Self::Structured => structured(),
            Self::JsonStructured => json_structured(),
            Self::JsonBase => [json_structured(), json_base()].concat(),
            Self::OpenLiteral => [open_literal(), value_traits()].concat(),
            Self::Union => union(),
            Self::Group => group(),
            Self::Options => options(),
            Self::Answers => answers(&["FromResponse"]),
            Self::Errors => answers(&["codegen", "Errors"]),
            Self::Server => server(),
            Self::Base => [structured(), base()].concat(),
            Self::OpenEnum => [open_enum(), value_traits()].concat(),
            Self::Hierarchy => hierarchy(),
            Self::Parameters => {
                [update(), vec![sent(Named::runtime(&["codegen", "Parameters"]))]].concat()
            }
            Self::Update => changes(&["codegen", "Changes"]),
            Self::Patch => changes(&["codegen", "Merges"]),
            Self::CollectionPath => [
                path(),
                vec![
                    method("count", Type::Parameter(OBJECT).counted().requested()),
                    method("references", of_object(&["paths", "ReferencesPath"])),
                ],
            ]
            .concat(),
            Self::ComplexPath => [path(), properties()].concat(),
            Self::EntityPath => [path(), properties(), entity()].concat(),
            Self::MediaPath => {
                let media = method("media", media_path());
                [path(), properties(), entity(), vec![media]].concat()
            }
        }
    }
}

type Shared = (&'static str, Declared<'static>);

/// The members that every type of values has.
fn value_traits() -> Vec<Shared> {
    let deserialize = Named::runtime(&["serde", "Deserialize"]).of(Type::Parameter("'de"));
    vec![
        prelude(&["std", "clone", "Clone"]),
        prelude(&["std", "cmp", "PartialEq"]),
        implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"])),
        runtime(&["serde", "Serialize"]),
        implemented(deserialize),
    ]
}

fn open_enum() -> Vec<Shared> {
    let standard = |path| Named::new(Home::Standard, path);
    let infallible = standard(&["std", "convert", "Infallible"]).into();
    let from = Named::new(Home::Prelude, &["std", "convert", "From"]).of(Type::Str);
    vec![
        prelude(&["std", "cmp", "Eq"]),
        implemented(from),
        implemented(standard(&["std", "fmt", "Display"])),
        implemented(standard(&["std", "hash", "Hash"])),
        implemented(standard(&["std", "str", "FromStr"]).with("Err", infallible)),
        runtime(&["codegen", "OpenEnum"]),
        of_kind(&["codegen", "Enumeration"]),
        sent(Named::runtime(&["codegen", "Enumeration"])),
    ]
}

fn open_literal() -> Vec<Shared> {
    let standard = |path| implemented(Named::new(Home::Standard, path));
    vec![
        prelude(&["std", "cmp", "Eq"]),
        standard(&["std", "fmt", "Display"]),
        standard(&["std", "hash", "Hash"]),
        runtime(&["codegen", "OpenLiteral"]),
        of_kind(&["codegen", "Literals"]),
        sent(Named::runtime(&["codegen", "Literals"])),
    ]
}

fn union() -> Vec<Shared> {
    let own = vec![
        runtime(&["codegen", "Union"]),
        runtime(&["codegen", "Blank"]),
        of_kind(&["codegen", "Alternatives"]),
        sent(Named::runtime(&["codegen", "Alternatives"])),
    ];
    [own, value_traits()].concat()
}

fn group() -> Vec<Shared> {
    let standard = implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"]));
    vec![prelude(&["std", "clone", "Clone"]), standard]
}

fn options() -> Vec<Shared> {
    let returned = || Type::Parameter(RETURNED);
    let standard = |path| Named::new(Home::Standard, path);
    let result = Named::new(Home::Prelude, &["std", "result", "Result"]);
    let result = result.of(returned()).of(Named::runtime(&["Error"]).into()).into();
    let boxed = Named::runtime(&["BoxFuture"]);
    let boxed = boxed.of(Type::Parameter("'static")).of(Type::Parameter("Self::Output"));
    let awaited = standard(&["std", "future", "IntoFuture"]).with("Output", result);
    let unsent = Named::runtime(&["Unsent"]).of(returned());
    vec![
        prelude(&["std", "clone", "Clone"]),
        implemented(standard(&["std", "fmt", "Debug"])),
        implemented(awaited.with("IntoFuture", boxed.into())),
        implemented(standard(&["std", "ops", "Deref"]).with("Target", unsent.into())),
    ]
}

fn server() -> Vec<Shared> {
    vec![
        prelude(&["std", "clone", "Clone"]),
        implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"])),
        runtime(&["ServerAddress"]),
    ]
}

fn answers(implements: &'static [&'static str]) -> Vec<Shared> {
    vec![
        prelude(&["std", "clone", "Clone"]),
        prelude(&["std", "cmp", "PartialEq"]),
        implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"])),
        runtime(&["codegen", "Answers"]),
        runtime(implements),
    ]
}

fn json_structured() -> Vec<Shared> {
    let own = vec![
        runtime(&["codegen", "Described"]),
        of_kind(&["codegen", "Strict"]),
        sent(Named::runtime(&["codegen", "Strict"])),
    ];
    [own, value_traits()].concat()
}

/// The ways between a value of JSON and those of derived types.
fn json_base() -> Vec<Shared> {
    let derived = || Type::Parameter(DERIVED);
    let result = Named::new(Home::Prelude, &["std", "result", "Result"]);
    let result = result.of(derived()).of(Type::Own).into();
    let generic = |signature: Signature| Signature { generics: &[DERIVED], ..signature };
    let taken = |signature: Signature| Signature { receiver: Receiver::Value, ..signature };
    let downcast = generic(taken(Signature::method(Vec::new(), result)));
    let from = vec![super::Parameter::new("value", derived())];
    vec![
        method("type_name", Type::Foreign(Foreign::String).optional()),
        function("downcast", downcast),
        function("into_any", taken(Signature::method(Vec::new(), Type::Parameter(ANY)))),
        function("from_derived", generic(Signature::function(from, Type::Own))),
    ]
}

fn structured() -> Vec<Shared> {
    let own = vec![
        prelude(&["std", "default", "Default"]),
        runtime(&["codegen", "Described"]),
        of_kind(&["codegen", "Object"]),
        sent(Named::runtime(&["codegen", "Object"])),
    ];
    [own, value_traits()].concat()
}

/// The ways between a value and those of derived types.
fn base() -> Vec<Shared> {
    let derived = || Type::Parameter(DERIVED);
    let value = || Type::Parameter(VALUE);
    let result = |value: Type, error: Type| {
        let result = Named::new(Home::Prelude, &["std", "result", "Result"]);
        Type::from(result.of(value).of(error))
    };
    let taken = |signature: Signature| Signature { receiver: Receiver::Value, ..signature };
    let generic = |generics, signature: Signature| Signature { generics, ..signature };
    let property = Named::runtime(&["query", "Property"]).of(derived()).of(value());
    let into = Named::new(Home::Prelude, &["std", "convert", "Into"]).of(property.into());
    let property = super::Parameter::new("property", Type::Implementing(Box::new(into)));
    let maybe = Named::runtime(&["model", "Maybe"]).of(value()).into();
    let error = Named::runtime(&["model", "DecodeError"]).into();
    let member = Signature::method(vec![property], result(maybe, error));
    let downcast = taken(Signature::method(Vec::new(), result(derived(), Type::Own)));
    let from = vec![super::Parameter::new("value", derived())];
    vec![
        method("type_name", Type::Foreign(Foreign::String)),
        function("downcast", generic(&[DERIVED], downcast)),
        function("member", generic(&[DERIVED, VALUE], member)),
        function("into_any", taken(Signature::method(Vec::new(), Type::Parameter(ANY)))),
        function("from_derived", generic(&[DERIVED], Signature::function(from, Type::Own))),
    ]
}

fn hierarchy() -> Vec<Shared> {
    let hierarchy = Named::runtime(&["codegen", "Hierarchy"]);
    vec![
        implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"])),
        implemented(hierarchy.with("Base", Type::Parameter(BASE))),
        sent(Named::runtime(&["codegen", "Polymorphic"])),
    ]
}

fn update() -> Vec<Shared> {
    let update = Named::runtime(&["model", "Update"]).into();
    let as_ref = Named::new(Home::Prelude, &["std", "convert", "AsRef"]).of(update);
    let standard = implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"]));
    vec![
        prelude(&["std", "clone", "Clone"]),
        standard,
        implemented(as_ref),
        function("new", no_changes()),
        function("additional", set_additional()),
    ]
}

/// The builder of the changes to an object, and the kind that it is sent as.
fn changes(kind: &'static [&'static str]) -> Vec<Shared> {
    [update(), vec![sent(Named::runtime(kind).of(Type::Parameter(OBJECT)))]].concat()
}

/// The members that every path type has.
fn path() -> Vec<Shared> {
    let resource = || Type::from(Named::runtime(&["Resource"]));
    let argument = super::Parameter::new("resource", resource());
    vec![
        prelude(&["std", "clone", "Clone"]),
        implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"])),
        function("at", Signature::function(vec![argument], Type::Own)),
        method("resource", resource().by_ref()),
    ]
}

/// The properties below the path of one object.
fn properties() -> Vec<Shared> {
    let property = |value: Type| {
        let named = Named::runtime(&["query", "Property"]).of(Type::Parameter(OBJECT)).of(value);
        vec![super::Parameter::new("property", named.into())]
    };
    let value = || Type::Parameter(VALUE);
    let path = Named::runtime(&["paths", "PropertyPath"]).of(value()).into();
    let stream = Type::Foreign(Foreign::Stream);
    let generic = Signature { generics: &[VALUE], ..Signature::method(property(value()), path) };
    vec![
        function("property", generic),
        function("stream", Signature::method(property(stream), media_path())),
    ]
}

/// The path to bytes that are a part of an object.
fn media_path() -> Type {
    of_object(&["paths", "MediaPath"])
}

/// What every path to an entity has.
fn entity() -> Vec<Shared> {
    let resource = Named::runtime(&["Resource"]).into();
    vec![
        method("reference", of_object(&["paths", "ReferencePath"])),
        implemented(Named::new(Home::Prelude, &["std", "convert", "AsRef"]).of(resource)),
        sent(Named::runtime(&["codegen", "Entity"]).of(Type::Parameter(OBJECT))),
        runtime(&["paths", "EntityPathExt"]),
    ]
}

fn of_object(path: &'static [&'static str]) -> Type {
    Named::runtime(path).of(Type::Parameter(OBJECT)).into()
}

/// What can be sent, or referred to, and how.
fn sent(kind: Named) -> Shared {
    implemented(Named::runtime(&["model", "Sent"]).with("Kind", kind.into()))
}

fn of_kind(kind: &'static [&'static str]) -> Shared {
    let kind = Named::runtime(kind).into();
    implemented(Named::runtime(&["codegen", "Value"]).with("Kind", kind))
}

fn prelude(path: &'static [&'static str]) -> Shared {
    implemented(Named::new(Home::Prelude, path))
}

fn runtime(path: &'static [&'static str]) -> Shared {
    implemented(Named::runtime(path))
}

fn implemented(of: Named) -> Shared {
    ("", Declared::Implementation(Cow::Owned(of)))
}

/// A method without arguments.
fn method(name: &'static str, result: Type) -> Shared {
    function(name, Signature::method(Vec::new(), result))
}

fn function(name: &'static str, signature: Signature) -> Shared {
    (name, Declared::Function(Cow::Owned(signature)))
}

impl Cardinality {
    /// The kind of the paths.
    pub fn kind(self) -> Kind {
        match self {
            Self::Entity => Kind::EntityPath,
            Self::MediaEntity => Kind::MediaPath,
            Self::Complex => Kind::ComplexPath,
            Self::Collection => Kind::CollectionPath,
        }
    }
}
