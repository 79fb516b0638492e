//! What documents refer to beyond themselves.

use super::Annotations;
use crate::input::source::Span;

/// A reference to another document (CSDL 4.01, section 3.3).
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where the document is.
    pub uri: String,
    /// The schemas that are included from it.
    pub includes: Vec<Include>,
    /// The annotations that are included from it.
    pub include_annotations: Vec<IncludeAnnotations>,
    /// Annotations on the reference.
    pub annotations: Annotations,
    /// Where it is declared.
    pub span: Span,
}

/// A schema that is included from another document (CSDL 4.01, section 3.4).
#[derive(Clone, Debug)]
pub struct Include {
    /// The namespace.
    pub namespace: String,
    /// The alias that it has in the document that includes it.
    pub alias: Option<String>,
    /// Annotations on the inclusion.
    pub annotations: Annotations,
    /// Where it is declared.
    pub span: Span,
}

/// Annotations that are included from another document (CSDL 4.01, section 3.5).
#[derive(Clone, Debug)]
pub struct IncludeAnnotations {
    /// The namespace of the terms.
    pub term_namespace: String,
    /// Only those with this qualifier.
    pub qualifier: Option<String>,
    /// Only those on elements of this namespace.
    pub target_namespace: Option<String>,
    /// Where it is declared.
    pub span: Span,
}
