//! An example in the documentation: one request, as plain data.
//!
//! Enters: what a planner chooses. Leaves: [`Example`]. Must not know: how it is written as code.
//!
//! A name in it is the Rust name of something in the plan, and a text is made of such names, so no text of
//! a schema gets into it.

use super::ItemPath;

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
    /// The variable for each item of the answer, if the example shows them.
    pub each: Option<String>,
}

/// How an example makes the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeClient {
    /// For the service root of the crate.
    Default,
    /// For another service root, since the crate has none.
    WithServiceRoot,
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
    fn each_item<'e>(&'e self, call: &mut impl FnMut(&'e ItemPath)) {
        match self {
            Self::Member(item, _) | Self::New(item) => call(item),
            Self::Called(of, _, arguments) => {
                of.each_item(call);
                arguments.iter().for_each(|one| one.each_item(call));
            }
            Self::Array(all) | Self::Tuple(all) => all.iter().for_each(|one| one.each_item(call)),
            Self::Text(_) | Self::Plain(_) => {}
        }
    }
}
