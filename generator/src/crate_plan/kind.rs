//! What all items of a kind have in common.
//!
//! Enters: a [`Kind`]. Leaves: the macro of the runtime that completes its items, the parameters of the
//! macro, and the members and traits that the macro and the templates add to every item of the kind.
//! Must not know: how they are written. The tests compare the list with the macros and with generated
//! files.

use super::api::Declared;
use super::signature::{additional, no_changes, set_additional};
use super::{Cardinality, Foreign, Home, Named, Receiver, Signature, Type};
use std::borrow::Cow;

/// A kind of item, by the macro of the runtime that completes the items of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    /// A struct for values.
    Structured,
    /// The builder for the parameters of an action.
    Parameters,
    /// The builder for the changes to an entity.
    Update,
    /// The builder for the changes to a complex value.
    PartUpdate,
}

/// The struct whose members a path or an update is about.
const OBJECT: &str = "Object";
/// The type of a value.
const VALUE: &str = "Value";
/// The struct of the base of a hierarchy.
const BASE: &str = "Base";

impl Kind {
    /// The macro.
    pub fn macro_name(self) -> &'static str {
        match self {
            Self::CollectionPath => "collection_path",
            Self::ComplexPath => "complex_path",
            Self::EntityPath => "entity_path",
            Self::Hierarchy => "hierarchy",
            Self::MediaPath => "media_path",
            Self::OpenEnum => "open_enum",
            Self::Structured => "structured",
            Self::Parameters | Self::Update | Self::PartUpdate => "update",
        }
    }

    /// The arguments of the macro besides the name of the item.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::OpenEnum | Self::Structured | Self::Parameters => &[],
            Self::Hierarchy => &[BASE],
            Self::PartUpdate => &[OBJECT, VALUE],
            Self::Update
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
            Self::Structured => [
                vec![
                    prelude(&["std", "default", "Default"]),
                    runtime(&["codegen", "Structured"]),
                    queryable(Type::Own),
                ],
                value_traits(),
            ]
            .concat(),
            Self::OpenEnum => [open_enum(), value_traits()].concat(),
            Self::Hierarchy => [hierarchy(), value_traits()].concat(),
            Self::Parameters => update(),
            Self::Update => [update(), vec![changes()]].concat(),
            Self::PartUpdate => {
                let part = |path| implemented(Named::runtime(path).of(Type::Parameter(VALUE)));
                let nullable = part(&["model", "IntoNullable"]);
                let assigned = part(&["model", "IntoAssigned"]);
                [update(), vec![changes(), nullable, assigned]].concat()
            }
            Self::CollectionPath => [
                path(),
                vec![
                    method("count", Type::Parameter(OBJECT).counted().requested()),
                    method("references", Named::runtime(&["paths", "ReferencesPath"]).into()),
                ],
            ]
            .concat(),
            Self::ComplexPath => [path(), properties()].concat(),
            Self::EntityPath => [path(), properties(), entity()].concat(),
            Self::MediaPath => {
                let media = method("media", Named::runtime(&["paths", "MediaPath"]).into());
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
    ]
}

fn hierarchy() -> Vec<Shared> {
    let additional_mut = Signature {
        receiver: Receiver::Mut,
        ..Signature::function(Vec::new(), additional().by_mut())
    };
    vec![
        method("additional", additional().by_ref()),
        function("additional_mut", additional_mut),
        method("type_name", Type::Foreign(Foreign::String)),
        runtime(&["codegen", "Hierarchy"]),
        of_kind(&["codegen", "Polymorphic"]),
        queryable(Type::Parameter(BASE)),
    ]
}

fn update() -> Vec<Shared> {
    let update = Named::runtime(&["model", "Update"]).into();
    let as_ref = Named::new(Home::Prelude, &["std", "convert", "AsRef"]).of(update);
    let standard = implemented(Named::new(Home::Standard, &["std", "fmt", "Debug"]));
    vec![
        prelude(&["std", "clone", "Clone"]),
        standard,
        prelude(&["std", "default", "Default"]),
        implemented(as_ref),
        function("new", no_changes()),
        function("additional", set_additional()),
    ]
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
    let media = Named::runtime(&["paths", "MediaPath"]).into();
    let stream = Type::Foreign(Foreign::Stream);
    let generic = Signature { generics: &[VALUE], ..Signature::method(property(value()), path) };
    vec![
        function("property", generic),
        function("stream", Signature::method(property(stream), media)),
    ]
}

/// What every path to an entity has.
fn entity() -> Vec<Shared> {
    vec![
        method("reference", Named::runtime(&["paths", "ReferencePath"]).into()),
        runtime(&["paths", "EntityPathExt"]),
    ]
}

fn changes() -> Shared {
    let object = Type::Parameter(OBJECT);
    implemented(Named::runtime(&["model", "UpdateOf"]).with("Object", object))
}

fn queryable(properties: Type) -> Shared {
    implemented(Named::runtime(&["query", "Queryable"]).with("Properties", properties))
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
