//! A CSDL document as it is written.
//!
//! Enters: the text of one document. Leaves: [`Document`], the elements 1:1 with their places.
//! Must not know: other documents, what the names in it mean.

mod element;
mod json;
mod parse;
pub mod write;

pub use element::{Attribute, Document, Element};
pub use parse::parse;

/// The namespace of the packaging elements.
pub(crate) const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
/// The namespace of the model elements.
pub(crate) const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";
