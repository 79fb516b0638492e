//! Rust types, as items and signatures have them.
//!
//! Enters: the decisions of a front end. Leaves: [`Type`]. Must not know: how a file names a type.

use super::print::Code;
use std::sync::Arc;

/// The location of an item: the module that exports it, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemPath {
    /// The modules from the crate root.
    pub module: Arc<[String]>,
    /// The name.
    pub name: String,
    /// Whether it is an item of another crate or of the user; then the modules begin with a crate
    /// or with `crate`.
    pub is_external: bool,
}

impl ItemPath {
    /// A generated item.
    pub fn new(module: Arc<[String]>, name: &str) -> Self {
        Self { module, name: name.to_owned(), is_external: false }
    }

    /// An item of another crate or of the user.
    pub fn external(module: Arc<[String]>, name: &str) -> Self {
        Self { module, name: name.to_owned(), is_external: true }
    }

    /// Writes the path of an item that is not generated, which is the same in every file.
    pub(crate) fn write_external(&self, to: &mut impl Code) {
        if self.module.first().is_some_and(|first| first != "crate") {
            to.word("::");
        }
        for segment in &*self.module {
            to.word(segment);
            to.word("::");
        }
        to.word(&self.name);
    }
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A type of the language, the standard library or the runtime whose values have a text form or
    /// are JSON.
    Foreign(Foreign),
    /// A generated type.
    Generated(ItemPath),
    /// A generated type with an argument.
    Applied(ItemPath, Box<Type>),
    /// `Box<…>`.
    Box(Box<Type>),
    /// `Vec<…>`.
    Vec(Box<Type>),
    /// `Option<…>`.
    Option(Box<Type>),
    /// A set of members of an enumeration.
    Flags(Box<Type>),
    /// `&…`.
    Ref(Box<Type>),
    /// `&mut …`.
    RefMut(Box<Type>),
    /// `&str`.
    Str,
    /// `()`.
    Unit,
    /// The bytes of an answer.
    Bytes,
    /// `Self`.
    Own,
    /// The client of the crate.
    Client,
    /// A request, by its result.
    Request(Box<Type>),
    /// A page of a collection.
    Page(Box<Type>),
    /// How many objects a collection has.
    Count(Box<Type>),
    /// The type of the constant for a property of `Self` in queries, by the type of its values.
    Property(Box<Type>),
    /// The type of the constant for a navigation property of `Self` in queries, by the type of its
    /// values.
    Navigation(Box<Type>),
    /// An argument that is sent as a value of the type.
    IntoValue(Box<Type>),
    /// An argument that is sent as a value of the type or as null.
    IntoNullable(Box<Type>),
    /// An argument that is a key of the type.
    IntoKey(Box<Type>),
    /// An argument that is the body of a request where the type is declared.
    IntoBody(Box<Type>),
    /// Any other argument that implements a trait.
    Implementing(Box<Named>),
    /// Any other type or trait of the runtime or the standard library.
    Named(Box<Named>),
    /// A parameter of a [`Kind`](super::Kind) or of a function.
    Parameter(&'static str),
}

/// A type or a trait of the runtime or the standard library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The crate that it comes from.
    pub home: Home,
    /// The path from there.
    pub path: &'static [&'static str],
    /// The arguments.
    pub arguments: Vec<Type>,
    /// The associated types of the trait.
    pub associated: Vec<(&'static str, Type)>,
}

/// The crate that a [`Named`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The names that every Rust file has.
    Prelude,
    /// The standard library.
    Standard,
    /// The runtime.
    Runtime,
}

/// A type that is not generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the types.
pub enum Foreign {
    Bool,
    U8,
    U16,
    U32,
    U64,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    String,
    Binary,
    Date,
    DateTimeOffset,
    Decimal,
    Duration,
    GeoJson,
    Guid,
    Stream,
    TimeOfDay,
    Untyped,
}

impl Named {
    /// A type or trait without arguments.
    pub fn new(home: Home, path: &'static [&'static str]) -> Self {
        Self { home, path, arguments: Vec::new(), associated: Vec::new() }
    }

    /// An item of the runtime.
    pub fn runtime(path: &'static [&'static str]) -> Self {
        Self::new(Home::Runtime, path)
    }

    /// A copy with one more argument.
    #[must_use]
    pub fn of(mut self, argument: Type) -> Self {
        self.arguments.push(argument);
        self
    }

    /// A copy with an associated type.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Type) -> Self {
        self.associated.push((name, value));
        self
    }

    /// A copy in which each type is replaced by the result of a function.
    #[must_use]
    pub fn map(self, change: &impl Fn(Type) -> Type) -> Self {
        let change_all = |types: Vec<Type>| types.into_iter().map(|one| one.map(change)).collect();
        let associated = self.associated.into_iter();
        Self {
            arguments: change_all(self.arguments),
            associated: associated.map(|(name, one)| (name, one.map(change))).collect(),
            ..self
        }
    }
}

impl Named {
    /// Calls a function with each generated item that its arguments name.
    pub fn each_item<'t>(&'t self, call: &mut impl FnMut(&'t ItemPath)) {
        let associated = self.associated.iter().map(|(_, one)| one);
        for one in self.arguments.iter().chain(associated) {
            one.each_item(call);
        }
    }
}

impl From<Named> for Type {
    fn from(named: Named) -> Self {
        Self::Named(Box::new(named))
    }
}

/// Builds the variants that hold another type.
macro_rules! around {
    ($($function:ident => $variant:ident),*) => {
        impl Type {
            $(
                #[doc = concat!("[`Type::", stringify!($variant), "`] of this.")]
                #[must_use]
                pub fn $function(self) -> Self {
                    Self::$variant(Box::new(self))
                }
            )*
        }
    };
}

around! {
    boxed => Box, many => Vec, optional => Option, flags => Flags, by_ref => Ref, by_mut => RefMut,
    requested => Request, page => Page, counted => Count, property => Property,
    navigation => Navigation, into_value => IntoValue, into_nullable => IntoNullable,
    into_key => IntoKey, into_body => IntoBody
}

impl Type {
    /// Calls a function with each generated item that the type names.
    pub fn each_item<'t>(&'t self, call: &mut impl FnMut(&'t ItemPath)) {
        match self {
            Self::Generated(path) => call(path),
            Self::Applied(path, inner) => {
                call(path);
                inner.each_item(call);
            }
            Self::Foreign(_)
            | Self::Str
            | Self::Unit
            | Self::Bytes
            | Self::Own
            | Self::Client
            | Self::Parameter(_) => {}
            Self::Box(inner)
            | Self::Vec(inner)
            | Self::Option(inner)
            | Self::Flags(inner)
            | Self::Ref(inner)
            | Self::RefMut(inner)
            | Self::Request(inner)
            | Self::Page(inner)
            | Self::Count(inner)
            | Self::Property(inner)
            | Self::Navigation(inner)
            | Self::IntoValue(inner)
            | Self::IntoNullable(inner)
            | Self::IntoKey(inner)
            | Self::IntoBody(inner) => inner.each_item(call),
            Self::Implementing(named) | Self::Named(named) => named.each_item(call),
        }
    }

    /// The same type with a change made to each type that it is made of, the inner ones first.
    #[must_use]
    pub fn map(self, change: &impl Fn(Self) -> Self) -> Self {
        let inner = |inner: Box<Self>| inner.map(change);
        change(match self {
            Self::Applied(path, one) => Self::Applied(path, Box::new(inner(one))),
            Self::Box(one) => inner(one).boxed(),
            Self::Vec(one) => inner(one).many(),
            Self::Option(one) => inner(one).optional(),
            Self::Flags(one) => inner(one).flags(),
            Self::Ref(one) => inner(one).by_ref(),
            Self::RefMut(one) => inner(one).by_mut(),
            Self::Request(one) => inner(one).requested(),
            Self::Page(one) => inner(one).page(),
            Self::Count(one) => inner(one).counted(),
            Self::Property(one) => inner(one).property(),
            Self::Navigation(one) => inner(one).navigation(),
            Self::IntoValue(one) => inner(one).into_value(),
            Self::IntoNullable(one) => inner(one).into_nullable(),
            Self::IntoKey(one) => inner(one).into_key(),
            Self::IntoBody(one) => inner(one).into_body(),
            Self::Implementing(named) => Self::Implementing(Box::new(named.map(change))),
            Self::Named(named) => Self::from(named.map(change)),
            plain => plain,
        })
    }

    /// The type of the values that an argument is converted into.
    pub fn taken(&self) -> &Self {
        match self {
            Self::IntoValue(inner)
            | Self::IntoNullable(inner)
            | Self::IntoKey(inner)
            | Self::IntoBody(inner) => inner,
            other => other,
        }
    }

    /// What is borrowed of an argument that is borrowed.
    pub fn of_borrow(&self) -> Option<&Self> {
        match self {
            Self::Implementing(named) if named.path == ["std", "borrow", "Borrow"] => {
                named.arguments.first()
            }
            _ => None,
        }
    }

    /// Any JSON.
    pub fn any_json() -> Self {
        Self::Foreign(Foreign::Untyped)
    }

    /// A map from the names of members to values of this.
    #[must_use]
    pub fn entries(self) -> Self {
        Named::runtime(&["IndexMap"]).of(Self::Foreign(Foreign::String)).of(self).into()
    }

    /// An argument that is converted into this.
    #[must_use]
    pub fn into_this(self) -> Self {
        let into = Named::new(Home::Prelude, &["std", "convert", "Into"]).of(self);
        Self::Implementing(Box::new(into))
    }

    /// Whether an argument of the type makes its function generic.
    pub fn is_implementing(&self) -> bool {
        match self {
            Self::IntoValue(_) | Self::IntoNullable(_) | Self::IntoKey(_) | Self::IntoBody(_) => {
                true
            }
            other => matches!(other, Self::Implementing(_)),
        }
    }

    /// The same type without boxes.
    #[must_use]
    pub fn unboxed(self) -> Self {
        self.map(&|one| match one {
            Self::Box(inner) => *inner,
            other => other,
        })
    }
}
