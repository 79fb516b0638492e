//! What a service may answer to a request: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Kind, Named, Type, XmlNode};
use std::borrow::Cow;

/// An enum with a variant for each answer that is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The name.
    pub name: String,
    /// The operation, or nothing if several have these answers.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Whether they are errors.
    pub are_errors: bool,
    /// The declared answers, in order.
    pub variants: Vec<AnswerVariant>,
    /// The name of the variant for any other answer.
    pub undocumented: String,
}

/// A declared answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerVariant {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// For which statuses.
    pub status: AnswerStatus,
    /// The media type or range of them; empty for an answer without a body.
    pub media_type: String,
    /// How the body is written in XML, if it may be.
    pub xml: Option<XmlNode>,
    /// What the variant holds, and how it is read; `None` for an answer without a body.
    pub held: Option<(Type, AnswerForm)>,
}

/// The statuses of an [`AnswerVariant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerStatus {
    /// One status.
    Code(u16),
    /// Those with a first digit.
    Range(u8),
    /// All others.
    Default,
}

/// How the body of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerForm {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
    /// As XML.
    Xml,
    /// As a stream of events.
    Events,
    /// As a stream of lines of JSON.
    Lines,
}

impl AnswerForm {
    /// The function of the runtime that reads it.
    pub fn function(self) -> &'static str {
        match self {
            Self::Json | Self::Xml | Self::Text => "value",
            Self::Bytes => "bytes",
            // A stream is not an answer among others.
            Self::Events | Self::Lines => "bytes",
        }
    }
}

/// What the variant for any other answer holds.
pub fn undocumented() -> Type {
    Named::runtime(&["model", "Undocumented"]).into()
}

impl Described for Answers {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(if self.are_errors { Kind::Errors } else { Kind::Answers })
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        for variant in &self.variants {
            let held = variant.held.as_ref().map(|(value, _)| Cow::Borrowed(value));
            let declared = Declared::Variant(held);
            to.line(owner, &variant.name, declared, None, variant.docs.deprecated.as_ref());
        }
        let other = Declared::Variant(Some(Cow::Owned(undocumented())));
        to.plain(owner, &self.undocumented, other);
    }
}
