//! Terms, and annotations against their terms (CSDL 4.01, section 14).

use super::elements::{self, Annotated};
use super::fit::{Fit, Problem};
use super::{derived, paths};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::facts::is_about_derived_types;
use crate::odata::edm::terms::is_standard;
use crate::odata::edm::vocabulary::standard;
use crate::odata::edm::{Annotations, Model, QualifiedName, Term};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let terms: BTreeMap<&QualifiedName, &Term> =
        model.terms.iter().map(|term| (&term.name, term)).collect();
    for term in &model.terms {
        base(model, &terms, term, diagnostics);
    }
    let mut check = Check {
        terms,
        namespaces: model.schemas.iter().map(|one| one.namespace.as_str()).collect(),
        included: model.included.iter().map(String::as_str).collect(),
        model,
        unknown: BTreeSet::new(),
        diagnostics,
    };
    elements::each(model, &mut |place, annotations| check.element(place, annotations));
}

/// Checks that base terms exist, and that no term is based on itself.
fn base(
    model: &Model,
    terms: &BTreeMap<&QualifiedName, &Term>,
    term: &Term,
    diagnostics: &mut Diagnostics,
) {
    let mut at = term;
    let mut steps = 0;
    while let Some(name) = &at.base {
        let Some(next) = terms.get(name) else {
            let known = model.schemas.iter().any(|one| one.namespace == name.namespace);
            if steps == 0 && known {
                let message = format!("cannot find the base term `{name}`");
                diagnostics.push(
                    Diagnostic::violation("unresolved-term", message)
                        .at(term.span, "is based on it, and read without a base")
                        .help("declare the term, or correct `BaseTerm`"),
                );
            }
            return;
        };
        steps += 1;
        if next.name == term.name {
            let message = format!("the term `{}` is based on itself", term.name);
            diagnostics.push(
                Diagnostic::violation("cyclic-inheritance", message)
                    .at(term.span, "among its own bases; it has no effect on the generated code")
                    .help("remove or correct a `BaseTerm`"),
            );
            return;
        }
        if steps > terms.len() {
            return;
        }
        at = next;
    }
}

struct Check<'m, 'd> {
    model: &'m Model,
    terms: BTreeMap<&'m QualifiedName, &'m Term>,
    namespaces: BTreeSet<&'m str>,
    included: BTreeSet<&'m str>,
    /// The unknown terms that were reported; once is enough.
    unknown: BTreeSet<&'m str>,
    diagnostics: &'d mut Diagnostics,
}

impl<'m> Check<'m, '_> {
    fn element(&mut self, place: &Annotated, annotations: &'m Annotations) {
        let mut seen = BTreeMap::new();
        for annotation in &annotations.0 {
            let key = (annotation.term.as_str(), annotation.qualifier.as_deref());
            if let Some(first) = seen.insert(key, annotation.span) {
                let message = format!("the term `{}` is applied twice", annotation.term);
                self.diagnostics.push(
                    Diagnostic::violation("duplicate-annotation", message)
                        .at(annotation.span, "not used")
                        .related(first, "this one is used")
                        .help("remove one of them, or give it a qualifier"),
                );
            }
            self.term(place, annotation);
            if is_about_derived_types(&annotation.term) {
                derived::check(self.model, place, annotation, self.diagnostics);
            }
            paths::annotation(self.model, place, annotation, self.diagnostics);
            self.element(&Annotated::unknown("Annotation"), &annotation.annotations);
        }
    }

    fn term(&mut self, place: &Annotated, annotation: &'m crate::odata::edm::Annotation) {
        let Some(name) = QualifiedName::parse(&annotation.term) else { return };
        let Some((owner, term)) = self.declaration(&name) else {
            let namespace = name.namespace.as_str();
            let declared = self.namespaces.contains(namespace);
            let passed = self.included.contains(namespace) || is_standard(namespace);
            if (declared || !passed) && self.unknown.insert(&annotation.term) {
                let message = format!("cannot find the term `{name}`");
                let diagnostic = if declared {
                    Diagnostic::violation("unresolved-term", message)
                } else {
                    Diagnostic::warning("unresolved-term", message)
                };
                self.diagnostics.push(
                    diagnostic
                        .at(annotation.span, "not declared in any document")
                        .help("correct the name, or refer to the document that declares it"),
                );
            }
            return;
        };
        // The places in a standard vocabulary do not belong to any input.
        let given = std::ptr::eq(owner, self.model);
        let related = |diagnostic: Diagnostic, label: String| {
            if given { diagnostic.related(term.span, label) } else { diagnostic }
        };
        // Terms for annotations differ between the versions of the standard vocabularies.
        let checked = given || place.kind != "Annotation";
        if checked && !term.applies_to.is_empty() && !applies(&term.applies_to, place) {
            let kinds = term.applies_to.join(", ");
            let message = format!("the term `{name}` does not apply to `{}`", place.kind);
            let diagnostic = Diagnostic::violation("applies-to", message)
                .at(annotation.span, "applied here")
                .help(format!("move or remove the annotation; it is for: {kinds}"));
            self.diagnostics.push(related(diagnostic, format!("applies to {kinds}")));
        }
        for problem in Fit::new(self.model).problems(owner, term, &annotation.value) {
            let diagnostic = match problem {
                Problem::Value(what) => Diagnostic::violation(
                    "annotation-type",
                    format!("the value does not fit the term `{name}`: {what}"),
                )
                .help("write a value of the type that the term has"),
                Problem::Property { name, of } => Diagnostic::violation(
                    "annotation-property",
                    format!("the type `{of}` has no property `{name}`"),
                )
                .help("correct the name; names are case-sensitive"),
            };
            let diagnostic = diagnostic.at(annotation.span, "in this annotation");
            self.diagnostics.push(related(diagnostic, "the term".to_owned()));
        }
    }

    /// The declaration of a term: that of a given document, or that of a standard vocabulary.
    fn declaration(&self, name: &QualifiedName) -> Option<(&'m Model, &'m Term)> {
        if let Some(term) = self.terms.get(name) {
            return Some((self.model, term));
        }
        let given = self.namespaces.contains(name.namespace.as_str());
        let known = &standard().model;
        known.terms.iter().find(|term| !given && term.name == *name).map(|term| (known, term))
    }
}

/// Whether a list of kinds names one. Kinds that CSDL does not know, as real vocabularies have
/// them, leave the question open.
fn applies(list: &[String], place: &Annotated) -> bool {
    let names = |kind: &str| list.iter().any(|one| one == kind);
    place.kind.is_empty()
        || names(place.kind)
        || list.iter().any(|one| one.contains(['.', '(', ')']))
        || place.collection && names("Collection")
        // An annotation for properties may be on the type, for all of its properties.
        || place.kind == "TypeDefinition" && names("Property")
}
