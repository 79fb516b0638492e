//! The meaning of a URL to a service.
//!
//! Enters: an [`edm::Model`](crate::odata::edm::Model) and a parsed
//! [`Url`](crate::odata::url::Url). Leaves: what each segment of the path is and returns, or the
//! first place that cannot be resolved; and the errors in the query options. Must not know: text,
//! which only [`url`](crate::odata::url) reads.
//!
//! What the model cannot know is accepted: members of open types, aggregates that the service
//! defines, and results whose type is not declared.

mod apply;
mod context;
mod expression;
mod lenient;
mod lookup;
mod options;
mod path;

pub use context::check_context;
pub use lenient::{Convention, LooseStep, loose_path};
pub use lookup::Lookup;
pub use options::check_options;
pub use path::{queried, resource_path};

use crate::odata::edm::service::Label;
use crate::odata::edm::{ItemType, Model, OperationId, StructuredTypeId};
use crate::odata::url::Span;
use std::fmt;

/// What a segment of a path refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The kind of one item.
    pub item: Item,
    /// Whether there are many.
    pub many: bool,
}

/// The kind of value at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// An entity or a complex value.
    Structured(StructuredTypeId),
    /// A value of another type.
    Value(ItemType),
    /// A reference to an entity.
    Reference,
    /// Bytes.
    Bytes,
    /// Nothing.
    Nothing,
    /// Something that the model does not specify.
    Unknown,
}

/// A segment of a path, and what it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundSegment {
    /// What the segment is.
    pub kind: BoundKind,
    /// What it refers to.
    pub target: Target,
    /// Where it is.
    pub span: Span,
}

/// What a segment of a path is. The keys in parentheses after a name are a separate segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// The entity set with this name.
    EntitySet(String),
    /// The singleton with this name.
    Singleton(String),
    /// The operation import with this name, and the operation if its arguments determine it.
    Import(String, Option<OperationId>),
    /// The key of an entity: each part with its name, if it has one, and its value as it is in the
    /// URL, decoded.
    Key(Vec<(Option<String>, String)>),
    /// The position in a collection of values.
    Index(String),
    /// A structural property of a type.
    Property(StructuredTypeId, String),
    /// A navigation property of a type.
    Navigation(StructuredTypeId, String),
    /// A member that an open type does not declare.
    Dynamic(String),
    /// A cast to another type.
    Cast(StructuredTypeId),
    /// A bound operation.
    Operation(OperationId),
    /// `$count`, `$value`, `$ref`, `$each`, `$query`, `$filter` or what only the service root has.
    System(&'static str),
}

impl BoundKind {
    /// The label of the segment in the graph of the service; `None` for what the model does not
    /// declare and what every service has.
    pub(crate) fn label<'m>(&'m self, model: &'m Model) -> Option<Label<'m>> {
        Some(match self {
            Self::EntitySet(name)
            | Self::Singleton(name)
            | Self::Import(name, _)
            | Self::Property(_, name)
            | Self::Navigation(_, name) => Label::Name(name),
            Self::Key(_) => Label::Key,
            Self::Cast(id) => Label::Qualified(&model.structured(*id).name),
            Self::Operation(id) => Label::Qualified(&model.operation(*id).name),
            Self::Index(_) | Self::Dynamic(_) | Self::System(_) => return None,
        })
    }
}

/// Why a URL, or a part of it, cannot be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingError {
    /// The part that cannot be resolved.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for BindingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "at {}: {}", self.span.start, self.message)
    }
}

impl std::error::Error for BindingError {}

/// An error at a place.
fn refused<T>(span: Span, message: impl Into<String>) -> Result<T, BindingError> {
    Err(BindingError { span, message: message.into() })
}
