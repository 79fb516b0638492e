//! The vocabularies of OASIS, which documents use without giving them.
//!
//! Enters: nothing. Leaves: the names and types of their terms, as documents and as a model.
//! Must not know: what a term means.

use super::{Model, resolve};
use crate::csdl::{self, Document};
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use std::sync::OnceLock;

const TEXTS: &[(&str, &str)] = &[
    ("core.csdl", include_str!("core.csdl")),
    ("capabilities.csdl", include_str!("capabilities.csdl")),
    ("validation.csdl", include_str!("validation.csdl")),
    ("authorization.csdl", include_str!("authorization.csdl")),
    ("measures.csdl", include_str!("measures.csdl")),
    ("aggregation.csdl", include_str!("aggregation.csdl")),
    ("json.csdl", include_str!("json.csdl")),
];

/// The vocabularies. Their places are those of no input, so no diagnostic may show them.
#[derive(Debug)]
pub(super) struct Standard {
    /// One document for each.
    pub(super) documents: Vec<Document>,
    /// All of them.
    pub(super) model: Model,
}

/// The vocabularies, read when they are first needed.
pub(super) fn standard() -> &'static Standard {
    static STANDARD: OnceLock<Standard> = OnceLock::new();
    STANDARD.get_or_init(|| {
        let (documents, mut diagnostics) = read();
        let model = resolve(&documents, &mut diagnostics);
        Standard { documents, model }
    })
}

fn read() -> (Vec<Document>, Diagnostics) {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let mut documents = Vec::new();
    for (name, text) in TEXTS {
        match sources.add(*name, text.as_bytes()) {
            Ok(source) => documents.push(csdl::parse(&sources, source, &mut diagnostics)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (documents, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, read};
    use crate::edm::{resolve, validate};

    #[test]
    fn the_vocabularies_are_valid_and_complete() {
        let (documents, mut diagnostics) = read();
        let model = resolve(&documents, &mut diagnostics);
        validate(&model, &mut diagnostics);
        let errors: Vec<_> = diagnostics.iter().map(|one| &one.message).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(model.schemas.len(), TEXTS.len());
        assert!(model.terms.len() > 100, "{}", model.terms.len());
    }
}
