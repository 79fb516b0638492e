//! An example in the documentation: one request, as plain data.
//!
//! Enters: what a planner chooses. Leaves: [`Example`]. Must not know: how it is written as code.
//!
//! A name in it is the Rust name of something in the plan, and a text is made of such names, so no text of
//! a schema gets into it.

use super::{Foreign, ItemPath};

/// A request, and what is done with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// How the client is made, if the example shows that.
    pub client: Option<MadeClient>,
    /// What the first method is called on.
    pub start: Start,
    /// The methods in the order of their calls.
    pub calls: Vec<ExampleCall>,
    /// Whether the last one returns a request, which is sent.
    pub is_sent: bool,
    /// The variable for the result, unless there is none.
    pub answer: Option<String>,
    /// How the example shows the items of the answer, if it does.
    pub each: Option<EachItem>,
}

/// The items of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EachItem {
    /// The variable for an item.
    pub name: String,
    /// The member of the answer that has the items, unless the answer is a list itself.
    pub member: Option<&'static str>,
}

/// How an example makes the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeClient {
    /// For the service root of the crate, with a token.
    Default,
    /// For another service root, since the crate has none, with a token.
    WithServiceRoot,
    /// By its builder, without a token.
    Built {
        /// Whether the crate has a service root.
        has_root: bool,
        /// The method that authorizes the client.
        with: Option<ExampleCall>,
    },
}

/// What the first method of an example is called on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// The client.
    Client,
    /// A path type for a URL of the reader's choice.
    At(ItemPath),
}

/// A call of a method in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleCall {
    /// The method.
    pub method: String,
    /// Its arguments.
    pub arguments: Vec<Sample>,
}

/// A value in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A string.
    Text(String),
    /// A number, `true`, or bytes.
    Plain(&'static str),
    /// A variant or a constant of an item.
    Member(ItemPath, String),
    /// What a method of a constant returns.
    Called(Box<Sample>, &'static str, Vec<Sample>),
    /// A builder without changes.
    New(ItemPath),
    /// What a function of an item returns.
    Made(ItemPath, &'static str, Vec<Sample>),
    /// `[a, b]`.
    Array(Vec<Sample>),
    /// `(a, b)`.
    Tuple(Vec<Sample>),
}

impl ExampleCall {
    /// A call with arguments.
    pub(crate) fn with(method: &str, arguments: Vec<Sample>) -> Self {
        Self { method: method.to_owned(), arguments }
    }
}

impl Example {
    /// Calls a function with each generated item that the example names.
    pub(crate) fn each_item<'e>(&'e self, call: &mut impl FnMut(&'e ItemPath)) {
        if let Start::At(item) = &self.start {
            call(item);
        }
        let arguments = self.calls.iter().flat_map(|one| &one.arguments);
        arguments.for_each(|one| one.each_item(call));
    }
}

impl Sample {
    /// A value of a type that is not generated, unless it is any text or has none.
    pub(crate) fn of_foreign(foreign: Foreign) -> Option<Self> {
        Some(match foreign {
            Foreign::Bool => Self::Plain("true"),
            Foreign::U8
            | Foreign::U16
            | Foreign::U32
            | Foreign::U64
            | Foreign::I8
            | Foreign::I16
            | Foreign::I32
            | Foreign::I64 => Self::Plain("1"),
            Foreign::F32 | Foreign::F64 => Self::Plain("1.5"),
            Foreign::Binary => Self::Plain("b\"text\""),
            Foreign::Date => Self::Text("2026-01-31".to_owned()),
            Foreign::DateTimeOffset => Self::Text("2026-01-31T12:00:00Z".to_owned()),
            Foreign::Decimal => Self::Text("1.5".to_owned()),
            Foreign::Duration => Self::Text("PT1H".to_owned()),
            Foreign::Guid => Self::Text("8ad8b4a6-6f2e-4d0c-9c5a-0d8bd1cf2a10".to_owned()),
            Foreign::TimeOfDay => Self::Text("12:00:00".to_owned()),
            Foreign::String | Foreign::GeoJson | Foreign::Stream | Foreign::Untyped => return None,
        })
    }

    fn each_item<'e>(&'e self, call: &mut impl FnMut(&'e ItemPath)) {
        match self {
            Self::Member(item, _) | Self::New(item) => call(item),
            Self::Made(item, _, arguments) => {
                call(item);
                arguments.iter().for_each(|one| one.each_item(call));
            }
            Self::Called(of, _, arguments) => {
                of.each_item(call);
                arguments.iter().for_each(|one| one.each_item(call));
            }
            Self::Array(all) | Self::Tuple(all) => all.iter().for_each(|one| one.each_item(call)),
            Self::Text(_) | Self::Plain(_) => {}
        }
    }
}
