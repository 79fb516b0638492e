//! What is known of every item, and the one list of the kinds of items.
//!
//! Enters: the data of an item. Leaves: its names, its [`Kind`] with the arguments of the macro, and its
//! lines of `api.txt`. Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::{
    Alias, Answers, Enum, Group, Hierarchy, ItemPath, Kind, Literals, Named, Options, Path, Server,
    Struct, Type, Union, Update,
};
use std::borrow::Cow;

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
    /// An enumeration of values that are not all strings.
    Literals(Literals),
    /// Values of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Alias),
    /// The requests of a part of an API.
    Group(Group),
    /// What may be set of a request.
    Options(Options),
    /// What a service may answer.
    Answers(Answers),
    /// A server that an API has.
    Server(Server),
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
            Self::Literals(item) => item,
            Self::Union(item) => item,
            Self::Alias(item) => item,
            Self::Group(item) => item,
            Self::Options(item) => item,
            Self::Answers(item) => item,
            Self::Server(item) => item,
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

    /// Whether two items are the same except for an example, which follows from other items.
    pub(crate) fn differs_only_in_example(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(one), Self::Path(other)) => {
                *one == Path { example: one.example.clone(), ..other.clone() }
            }
            (Self::Group(one), Self::Group(other)) => {
                *one == Group { example: one.example.clone(), ..other.clone() }
            }
            _ => false,
        }
    }
}

/// What each kind of item implements.
pub(crate) trait Described {
    /// The name.
    fn name(&self) -> &str;

    /// The qualified wire name of the type or the operation that it is made from.
    fn wire_name(&self) -> &str;

    /// The kind, if a macro of the runtime completes the item.
    fn kind(&self) -> Option<Kind> {
        None
    }

    /// What the macro of the kind takes beside the name, in the order of its parameters.
    fn arguments(&self) -> Vec<Type> {
        Vec::new()
    }

    /// Writes the lines of `api.txt` that are not those of its kind, the line of the item itself first.
    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>);
}

/// A trait with a generated type as its argument.
pub(super) fn of_item(name: Named, item: &ItemPath) -> Declared<'static> {
    Declared::Implementation(Cow::Owned(name.of(Type::Generated(item.clone()))))
}
