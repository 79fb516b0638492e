//! The documentation of an element.
//!
//! Enters: paragraphs. Leaves: the documentation and deprecation of an item or a member. Must not know:
//! what they are about.

use super::Prose;

/// Documentation and deprecation of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Paragraphs, the first one a sentence.
    pub paragraphs: Vec<Prose>,
    /// The note of the deprecation, where the element is deprecated.
    pub deprecated: Option<Prose>,
}
