//! The uses of types: which type is allowed where, with its facets and its default.

use super::{defaults, facets};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::odata::edm::{ItemType, Model, Primitive, StructuredKind, TypeRef};

/// The kind of element that has a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    Property,
    Parameter,
    Result,
    Term,
}

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for property in model.structured_types.iter().flat_map(|one| &one.properties) {
        one(model, Typed::Property, &property.value, property.span, diagnostics);
        if let Some(default) = &property.default {
            defaults::check(model, &property.value, default, property.span, diagnostics);
        }
    }
    for operation in &model.operations {
        for parameter in &operation.parameters {
            one(model, Typed::Parameter, &parameter.value, parameter.span, diagnostics);
        }
        if let Some(result) = &operation.return_type {
            one(model, Typed::Result, &result.value, result.span, diagnostics);
        }
    }
    for term in &model.terms {
        one(model, Typed::Term, &term.value, term.span, diagnostics);
        if let Some(default) = &term.default {
            defaults::check(model, &term.value, default, term.span, diagnostics);
        }
    }
    for definition in &model.type_definitions {
        facets::check(definition.underlying, &definition.facets, definition.span, diagnostics);
    }
}

fn one(model: &Model, place: Typed, value: &TypeRef, span: Span, diagnostics: &mut Diagnostics) {
    let entity = match value.item {
        ItemType::AnyEntity => true,
        ItemType::Structured(id) => model.structured(id).kind == StructuredKind::Entity,
        _ => false,
    };
    let found = if entity && place == Typed::Property {
        let message = "an entity type cannot be the type of a structural property";
        Some(Diagnostic::violation("wrong-type-kind", message).help("use a `NavigationProperty`"))
    } else if value.collection && value.item == ItemType::AnyPrimitive && place != Typed::Term {
        let message = "`Collection(Edm.PrimitiveType)` cannot be used";
        Some(Diagnostic::violation("wrong-type-kind", message).help("name the type of the items"))
    } else if value.collection && value.item == ItemType::AnyComplex && place != Typed::Term {
        let message = "`Collection(Edm.ComplexType)` cannot be used";
        Some(Diagnostic::violation("wrong-type-kind", message).help("name the type of the items"))
    } else if value.collection && value.item == ItemType::Primitive(Primitive::Stream) {
        let message = "a collection of streams is not allowed";
        Some(Diagnostic::violation("wrong-type-kind", message).help("use a media entity"))
    } else if matches!(value.item, ItemType::Path(_))
        && !matches!(place, Typed::Term | Typed::Property)
    {
        let message = "path types are for vocabularies only";
        Some(Diagnostic::violation("wrong-type-kind", message).help("use `Edm.String`"))
    } else {
        None
    };
    diagnostics_at(found, span, diagnostics);
    match value.item {
        ItemType::Primitive(primitive) => {
            facets::check(primitive, &value.facets, span, diagnostics);
        }
        ItemType::Definition(id) => {
            facets::again(&model.definition(id).facets, &value.facets, span, diagnostics);
        }
        ItemType::AnyPrimitive => {}
        _ => facets::none(&value.facets, span, diagnostics),
    }
}

fn diagnostics_at(found: Option<Diagnostic>, span: Span, diagnostics: &mut Diagnostics) {
    if let Some(found) = found {
        diagnostics.push(found.at(span, "has this type"));
    }
}
