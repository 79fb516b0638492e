//! Navigation properties (CSDL 4.01, section 8).

use super::paths::{self, End};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{
    Member, Model, NavigationProperty, ReferentialConstraint, StructuredKind, StructuredType,
    StructuredTypeId,
};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for (at, declared) in model.structured_types.iter().enumerate() {
        let id = StructuredTypeId(u32::try_from(at).unwrap_or(u32::MAX));
        for navigation in &declared.navigation_properties {
            target(model, navigation, diagnostics);
            partner(model, id, declared, navigation, diagnostics);
            for constraint in &navigation.constraints {
                self::constraint(model, id, navigation, constraint, diagnostics);
            }
        }
    }
}

fn target(model: &Model, navigation: &NavigationProperty, diagnostics: &mut Diagnostics) {
    let name = &navigation.name;
    if navigation.collection && navigation.nullable.is_some() {
        let message = format!("the collection `{name}` has the attribute `Nullable`");
        diagnostics.push(
            Diagnostic::violation("nav-nullable", message)
                .at(navigation.span, "a collection is empty, never null")
                .help("remove `Nullable`"),
        );
    }
    let Some(id) = navigation.target else { return };
    let target = model.structured(id);
    if target.kind != StructuredKind::Entity {
        let message = format!("the navigation property `{name}` refers to no entity");
        diagnostics.push(
            Diagnostic::violation("wrong-type-kind", message)
                .at(
                    navigation.span,
                    format!("`{}` is a complex type; no path refers to it", target.name),
                )
                .help("make it a `Property`, or name an entity type"),
        );
    } else if navigation.collection && !target.is_abstract && model.effective_key(id).is_none() {
        let message = format!("`{name}` is a collection of entities without a key");
        diagnostics.push(
            Diagnostic::violation("key-missing", message)
                .at(navigation.span, "its members cannot be distinguished")
                .related(target.span, "has no key")
                .help("declare a `Key`"),
        );
    }
}

/// Checks that the partner exists, refers back to this type, and names no other partner.
fn partner(
    model: &Model,
    id: StructuredTypeId,
    declared: &StructuredType,
    navigation: &NavigationProperty,
    diagnostics: &mut Diagnostics,
) {
    let (Some(path), Some(target)) = (&navigation.partner, navigation.target) else { return };
    let shown = path.join("/");
    let name = &navigation.name;
    let back = match paths::follow(model, target, path) {
        Some(End::Structured { id, navigation: true, .. }) => id,
        Some(End::Unknown) => return,
        _ => {
            let message = format!("the partner `{shown}` of `{name}` is not a navigation property");
            diagnostics.push(
                Diagnostic::violation("nav-partner", message)
                    .at(
                        navigation.span,
                        format!("not found on `{}`", model.structured(target).name),
                    )
                    .help("correct or remove `Partner`"),
            );
            return;
        }
    };
    if declared.kind == StructuredKind::Entity && !paths::related(model, back, id) {
        let message = format!("the partner `{shown}` of `{name}` refers to another type");
        diagnostics.push(
            Diagnostic::violation("nav-partner", message)
                .at(navigation.span, format!("it refers to `{}`", model.structured(back).name))
                .help("correct or remove `Partner`"),
        );
    }
    let [segment] = &path[..] else { return };
    let Some((_, Member::Navigation(other))) = model.member(target, segment) else { return };
    let names_this = other.partner.as_ref().map(|path| path.last() == Some(name));
    let diagnostic = match names_this {
        Some(true) => return,
        Some(false) if declared.kind == StructuredKind::Complex => return,
        Some(false) => Diagnostic::violation(
            "nav-partner",
            format!("the partner `{shown}` of `{name}` has another partner"),
        ),
        None if declared.kind == StructuredKind::Complex => return,
        None => Diagnostic::violation(
            "nav-partner",
            format!("the partner `{shown}` of `{name}` does not name it as its partner"),
        ),
    };
    diagnostics.push(
        diagnostic
            .at(navigation.span, "names a partner, which has no effect on the generated code")
            .related(other.span, "the partner")
            .help("let both name each other"),
    );
}

fn constraint(
    model: &Model,
    id: StructuredTypeId,
    navigation: &NavigationProperty,
    constraint: &ReferentialConstraint,
    diagnostics: &mut Diagnostics,
) {
    let Some(target) = navigation.target else { return };
    let mut found = [(id, &constraint.property), (target, &constraint.referenced_property)]
        .map(|(owner, path)| (owner, path, paths::follow(model, owner, path)));
    for (owner, path, end) in &mut found {
        if !matches!(end, Some(End::Value(_) | End::Unknown)) {
            let owner = &model.structured(*owner).name;
            let message = format!("`{}` is not a primitive property of `{owner}`", path.join("/"));
            diagnostics.push(
                Diagnostic::violation("referential-constraint", message)
                    .at(constraint.span, "the constraint is not used")
                    .help("correct the constraint; names are case-sensitive"),
            );
        }
    }
    if let [(_, _, Some(End::Value(one))), (_, _, Some(End::Value(other)))] = found
        && one != other
    {
        diagnostics.push(
            Diagnostic::violation("referential-constraint", "the two properties differ in type")
                .at(constraint.span, "expected two properties of one type")
                .help("correct the constraint or the type"),
        );
    }
}
