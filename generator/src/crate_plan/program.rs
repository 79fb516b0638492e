//! A program that makes one request, as plain data.
//!
//! Every name and every type is decided here; [`write`](crate::write) only makes tokens of it.

use super::{Foreign, ItemPath, Type};

/// A program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Program {
    /// How its client is authorized, beside the token that it is made with: the methods, each with the names of
    /// the environment variables for its arguments.
    pub(crate) keys: Vec<(String, Vec<String>)>,
    /// The statements before the request.
    pub(crate) statements: Vec<Statement>,
    /// Why the request has parts that are not typed.
    pub(crate) comments: Vec<String>,
    /// The request.
    pub(crate) request: Code,
    /// What the request returns.
    pub(crate) outcome: Type,
    /// The variable for the answer.
    pub(crate) answer: String,
}

/// A statement: `let name = value;`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    /// Why the statement is written in this way.
    pub(crate) comments: Vec<String>,
    /// The variable.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: Code,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// A variable.
    Variable(String),
    /// A variant, constant or function of a type: `Owner::name`.
    Associated(Owner, String),
    /// A call of a function.
    Call(Box<Code>, Vec<Code>),
    /// A call of a method.
    Method {
        /// The receiver.
        receiver: Box<Code>,
        /// The name.
        name: String,
        /// The trait that it is a method of, if it is not an inherent one.
        provider: Option<Provider>,
        /// The type between `::<` and `>`.
        generic: Option<Type>,
        /// The arguments.
        arguments: Vec<Code>,
    },
    /// `text.parse()?`, with the type where it cannot be inferred.
    Parse(Box<Code>, Option<Type>),
    /// A string.
    Text(String),
    /// A string over several lines or with quotes in it.
    Raw(String),
    /// Bytes, as a slice.
    Bytes(Vec<u8>),
    /// A number, as Rust writes it.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// The literal null.
    Null,
    /// `None`
    None,
    /// `Some(…)`
    Some(Box<Code>),
    /// `&…`
    Reference(Box<Code>),
    /// An empty value of a type.
    New(Type),
    /// An empty list of a type.
    Empty(Type),
    /// `vec![…]`
    List(Vec<Code>),
    /// A value of a type that is read from JSON.
    Decoded(String, Type),
    /// `[…]`
    Array(Vec<Code>),
    /// `(…)`
    Tuple(Vec<Code>),
    /// `|argument| body`
    Closure(String, Box<Code>),
}

/// What an associated item belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Owner {
    /// A generated item.
    Item(ItemPath),
    /// The method of an HTTP request.
    HttpMethod,
    /// The functions of the module `query`.
    Query,
    /// A type of the runtime, by its path.
    Runtime(&'static [&'static str]),
    /// A type of the standard library that every file has, by its path.
    Standard(&'static [&'static str]),
}

/// A trait of the runtime that has methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    /// What every path to an entity can do.
    EntityPath,
}

/// The name of a function that does not come from a plan: one of the runtime or of the standard
/// library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fixed(&'static str);

impl Fixed {
    /// The function with a name.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Whether it has this name.
    pub(crate) fn is(self, name: &str) -> bool {
        self.0 == name
    }
}

/// The name of a function: one of a plan, or a [`Fixed`] one. A text in the code is neither.
#[derive(Clone, Debug)]
pub(crate) struct Called(String);

impl From<&String> for Called {
    fn from(planned: &String) -> Self {
        Self(planned.clone())
    }
}

impl From<Fixed> for Called {
    fn from(fixed: Fixed) -> Self {
        Self(fixed.0.to_owned())
    }
}

impl From<&ItemPath> for Owner {
    fn from(item: &ItemPath) -> Self {
        Self::Item(item.clone())
    }
}

impl Code {
    /// A call of a method.
    pub(crate) fn method(self, name: impl Into<Called>, arguments: Vec<Self>) -> Self {
        self.called(name, None, arguments)
    }

    /// A call of a method with a type.
    pub(crate) fn called(
        self,
        name: impl Into<Called>,
        generic: Option<Type>,
        arguments: Vec<Self>,
    ) -> Self {
        let (receiver, name) = (Box::new(self), name.into().0);
        Self::Method { receiver, name, provider: None, generic, arguments }
    }

    /// A call of a method of a trait.
    pub(crate) fn provided(self, by: Provider, name: Fixed, arguments: Vec<Self>) -> Self {
        let (receiver, name) = (Box::new(self), name.0.to_owned());
        Self::Method { receiver, name, provider: Some(by), generic: None, arguments }
    }

    /// A call of an associated function.
    pub(crate) fn associated(owner: Owner, name: Fixed, arguments: Vec<Self>) -> Self {
        Self::Call(Box::new(Self::Associated(owner, name.0.to_owned())), arguments)
    }

    /// A constant or a variant of a generated item.
    pub(crate) fn constant(item: &ItemPath, name: &str) -> Self {
        Self::Associated(Owner::Item(item.clone()), name.to_owned())
    }

    /// Whether the expression parses a text, which can fail and so cannot be in a closure.
    pub(crate) fn can_fail(&self) -> bool {
        let any = |all: &[Self]| all.iter().any(Self::can_fail);
        match self {
            Self::Parse(..) | Self::Decoded(..) => true,
            Self::Call(function, arguments) => function.can_fail() || any(arguments),
            Self::Method { receiver, arguments, .. } => receiver.can_fail() || any(arguments),
            Self::Some(inner) | Self::Reference(inner) | Self::Closure(_, inner) => {
                inner.can_fail()
            }
            Self::Array(all) | Self::Tuple(all) | Self::List(all) => any(all),
            Self::Variable(_)
            | Self::Associated(..)
            | Self::Text(_)
            | Self::Raw(_)
            | Self::Bytes(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Null
            | Self::New(_)
            | Self::Empty(_)
            | Self::None => false,
        }
    }

    /// A reference to this.
    pub(crate) fn borrowed(self) -> Self {
        Self::Reference(Box::new(self))
    }
}

/// A number as Rust writes it, if it is a value of the type.
pub(crate) fn number(foreign: Foreign, text: &str) -> Option<String> {
    let integer = |least: i128, most: i128| {
        let value: i128 = text.parse().ok()?;
        (least..=most).contains(&value).then(|| value.to_string())
    };
    match foreign {
        Foreign::U8 => integer(0, u8::MAX.into()),
        Foreign::I8 => integer(i8::MIN.into(), i8::MAX.into()),
        Foreign::I16 => integer(i16::MIN.into(), i16::MAX.into()),
        Foreign::I32 => integer(i32::MIN.into(), i32::MAX.into()),
        Foreign::I64 => integer(i64::MIN.into(), i64::MAX.into()),
        Foreign::F32 | Foreign::F64 => {
            let value: f64 = text.parse().ok()?;
            let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            (value.is_finite() && is_number).then(|| {
                if text.contains(['.', 'e', 'E']) { text.to_owned() } else { format!("{text}.0") }
            })
        }
        _ => None,
    }
}
