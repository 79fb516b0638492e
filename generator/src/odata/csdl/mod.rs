//! A CSDL document as it is written.
//!
//! Enters: the text of one document. Leaves: [`Document`], the elements 1:1 with their places. Must
//! not know: other documents, the meaning of names.

mod element;
mod expressions;
mod grammar;
mod identifier;
mod json;
mod literal;
mod parse;
mod scope;
mod structure;
pub mod write;

pub use element::{Attribute, Document, Element};
pub(crate) use grammar::{CONSTANTS, OPERATORS};
pub(crate) use identifier::{
    Spelling, declared_spelling, is_query_name, is_reserved, is_segment_name, is_simple_identifier,
    member_spelling,
};
pub(crate) use literal::is_literal;
pub use parse::parse;
pub(crate) use scope::alias_of;

/// The namespace of the packaging elements.
pub(crate) const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
/// The namespace of the model elements.
pub(crate) const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";
