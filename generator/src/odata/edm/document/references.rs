//! References to other documents.

use super::Build;
use crate::odata::csdl::Element;
use crate::odata::edm::{Model, Reference};
use std::collections::{BTreeMap, BTreeSet};

/// The references of all documents, one for each address. References to what the model declares
/// itself are left out, and an alias stays if it is unambiguous.
pub(super) fn references(model: &Model) -> Vec<Element> {
    let declared: BTreeSet<&str> =
        model.schemas.iter().map(|schema| schema.namespace.as_str()).collect();
    let mut aliases: BTreeMap<&str, &str> = BTreeMap::new();
    for schema in &model.schemas {
        aliases.extend(schema.alias.as_deref().map(|alias| (alias, schema.namespace.as_str())));
    }
    let mut included = BTreeSet::new();
    let mut elements: Vec<Element> = Vec::new();
    for reference in &model.references {
        let mut build = Build::new("Reference", reference.span).with("Uri", &reference.uri);
        for include in &reference.includes {
            let namespace = include.namespace.as_str();
            if declared.contains(namespace) || !included.insert(namespace) {
                continue;
            }
            let alias = include.alias.as_deref().filter(|alias| {
                !declared.contains(alias) && *aliases.entry(alias).or_insert(namespace) == namespace
            });
            let child = Build::new("Include", include.span)
                .with("Namespace", namespace)
                .maybe("Alias", alias)
                .annotated(&include.annotations);
            build = build.child(packaging(child));
        }
        build = include_annotations(build, reference);
        if build.0.children.is_empty() {
            continue;
        }
        let element = packaging(build.annotated(&reference.annotations));
        match elements.iter_mut().find(|one| one.value("Uri") == Some(reference.uri.as_str())) {
            Some(known) => known.children.extend(element.children),
            None => elements.push(element),
        }
    }
    elements
}

fn include_annotations(mut build: Build, reference: &Reference) -> Build {
    for include in &reference.include_annotations {
        let child = Build::new("IncludeAnnotations", include.span)
            .with("TermNamespace", &include.term_namespace)
            .maybe("Qualifier", include.qualifier.as_deref())
            .maybe("TargetNamespace", include.target_namespace.as_deref());
        build = build.child(packaging(child));
    }
    build
}

/// These elements belong to the packaging around the schemas.
fn packaging(build: Build) -> Element {
    Element { packaging: true, ..build.0 }
}
