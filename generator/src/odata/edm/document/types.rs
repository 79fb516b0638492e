//! Types and their members.

use super::Build;
use crate::odata::csdl::Element;
use crate::odata::edm::{
    EnumType, Facets, Model, NavigationProperty, OnDeleteAction, Primitive, Property, Scale,
    StructuredKind, StructuredType, TypeDefinition, TypeRef,
};

impl Build {
    /// The type of a value, with nullability and facets.
    pub(super) fn typed(self, model: &Model, value: &TypeRef) -> Self {
        self.with("Type", model.type_name(value))
            // A single value is nullable unless the document denies it.
            .maybe(
                "Nullable",
                value
                    .nullable
                    .filter(|nullable| value.collection || !nullable)
                    .map(|nullable| nullable.to_string()),
            )
            .facets(&value.facets)
    }

    fn facets(self, facets: &Facets) -> Self {
        // No scale is a scale of zero.
        let is_implied = |name: &str| name == "Scale" && facets.scale == Some(Scale::Digits(0));
        facets.texts().into_iter().fold(self, |element, (name, text)| {
            element.maybe(name, text.filter(|_| !is_implied(name)))
        })
    }
}

pub(super) fn structured(model: &Model, declared: &StructuredType) -> Element {
    let name = match declared.kind {
        StructuredKind::Entity => "EntityType",
        StructuredKind::Complex => "ComplexType",
    };
    let mut element = Build::new(name, declared.span)
        .with("Name", &declared.name.name)
        .maybe("BaseType", declared.base.map(|base| model.structured(base).name.to_string()))
        .flag("Abstract", declared.is_abstract)
        .flag("OpenType", declared.is_open)
        .flag("HasStream", declared.has_stream);
    if let Some(key) = &declared.key {
        let mut child = Build::new("Key", key.span);
        for part in &key.properties {
            let alias = part.has_alias.then_some(part.name.as_str());
            let part = Build::new("PropertyRef", part.span).with("Name", part.path.join("/"));
            child = child.child(part.maybe("Alias", alias).0);
        }
        element = element.child(child.0);
    }
    for one in &declared.properties {
        element = element.child(property(model, one));
    }
    for one in &declared.navigation_properties {
        element = element.child(navigation(model, one));
    }
    element.annotated(&declared.annotations).0
}

fn property(model: &Model, property: &Property) -> Element {
    Build::new("Property", property.span)
        .with("Name", &property.name)
        .typed(model, &property.value)
        .maybe("DefaultValue", property.default.as_deref())
        .annotated(&property.annotations)
        .0
}

fn navigation(model: &Model, navigation: &NavigationProperty) -> Element {
    let target = navigation.target.map_or_else(
        || "Edm.EntityType".to_owned(),
        |target| model.structured(target).name.to_string(),
    );
    let target = if navigation.collection { format!("Collection({target})") } else { target };
    let mut element = Build::new("NavigationProperty", navigation.span)
        .with("Name", &navigation.name)
        .with("Type", target)
        .maybe(
            "Nullable",
            navigation
                .nullable
                .filter(|nullable| !navigation.collection && !nullable)
                .map(|nullable| nullable.to_string()),
        )
        .maybe("Partner", navigation.partner.as_ref().map(|path| path.join("/")))
        .flag("ContainsTarget", navigation.contains_target);
    for pair in &navigation.constraints {
        let child = Build::new("ReferentialConstraint", pair.span)
            .with("Property", pair.property.join("/"))
            .with("ReferencedProperty", pair.referenced_property.join("/"))
            .annotated(&pair.annotations);
        element = element.child(child.0);
    }
    if let Some(on_delete) = &navigation.on_delete {
        let action = match on_delete.action {
            OnDeleteAction::Cascade => "Cascade",
            OnDeleteAction::None => "None",
            OnDeleteAction::SetNull => "SetNull",
            OnDeleteAction::SetDefault => "SetDefault",
        };
        let child = Build::new("OnDelete", on_delete.span).with("Action", action);
        element = element.child(child.annotated(&on_delete.annotations).0);
    }
    element.annotated(&navigation.annotations).0
}

pub(super) fn enumeration(declared: &EnumType) -> Element {
    let underlying =
        Some(declared.underlying.to_string()).filter(|_| declared.underlying != Primitive::Int32);
    let mut element = Build::new("EnumType", declared.span)
        .with("Name", &declared.name.name)
        .maybe("UnderlyingType", underlying)
        .flag("IsFlags", declared.is_flags);
    for member in &declared.members {
        let child = Build::new("Member", member.span)
            .with("Name", &member.name)
            .with("Value", member.value.to_string());
        element = element.child(child.annotated(&member.annotations).0);
    }
    element.annotated(&declared.annotations).0
}

pub(super) fn definition(declared: &TypeDefinition) -> Element {
    Build::new("TypeDefinition", declared.span)
        .with("Name", &declared.name.name)
        .with("UnderlyingType", declared.underlying.to_string())
        .facets(&declared.facets)
        .annotated(&declared.annotations)
        .0
}
