//! JSONPath (RFC 9535): which values of a document a path selects.
//!
//! Enters: the text of a path, and a document that is being changed. Leaves: the places of what it
//! selects, each once. Must not know: overlays.
//!
//! It is the project's own, because a path and the values that it is applied to come from strangers: a
//! path is read in time that grows with its length, and each step into a document is paid from a
//! [`Budget`].

mod compare;
mod literal;
mod parse;
mod select;
#[cfg(test)]
mod tests;

pub(super) use parse::parse;
pub(super) use select::{Budget, Exhausted};

/// A path, or a query in a filter.
#[derive(Debug)]
pub(super) struct Query {
    /// Whether it begins at the root of the document, and not at the value that is tested.
    from_root: bool,
    segments: Vec<Segment>,
}

/// A step of a path.
#[derive(Debug)]
struct Segment {
    /// Whether it is a step from each value in those before, too (`..`).
    is_descendant: bool,
    selectors: Vec<Selector>,
}

/// What is selected of an object or an array.
#[derive(Debug)]
enum Selector {
    Name(String),
    Wildcard,
    /// A negative one counts from the end.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Condition),
}

/// What is tested for each item and member.
#[derive(Debug)]
enum Condition {
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Not(Box<Condition>),
    /// Something is selected.
    Exists(Query),
    Compare(Operand, Comparison, Operand),
    /// A text has a pattern.
    Pattern {
        /// Whether the whole text has it.
        is_whole: bool,
        text: Operand,
        pattern: Operand,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What is compared.
#[derive(Debug)]
enum Operand {
    Literal(Literal),
    /// The one value that a query selects, which has only steps to one value.
    One(Query),
    Length(Box<Operand>),
    Count(Query),
    /// The value that a query selects, if it is one.
    Value(Query),
}

#[derive(Clone, Debug)]
enum Literal {
    Null,
    Bool(bool),
    /// A number of JSON.
    Number(String),
    Text(String),
}

/// Why a text is not a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// What was expected.
    pub(super) message: String,
    /// The byte of the path.
    pub(super) at: usize,
}

impl Query {
    /// Whether it selects at most one value, whatever the document is.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let is_one = matches!(*segment.selectors, [Selector::Name(_) | Selector::Index(_)]);
            is_one && !segment.is_descendant
        })
    }
}
