//! Keys of entity types (CSDL 4.01, section 6.5).

use super::primitive;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edm::{ItemType, Key, KeyProperty, Model, Primitive, StructuredType, StructuredTypeId};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for (at, declared) in model.structured_types.iter().enumerate() {
        let Some(key) = &declared.key else { continue };
        let id = StructuredTypeId(u32::try_from(at).unwrap_or(u32::MAX));
        if let Some(base) = declared.base
            && let Some(inherited) = model.effective_key(base)
        {
            let message = format!("`{}` declares a key although its base has one", declared.name);
            diagnostics.push(
                Diagnostic::violation("key", message)
                    .at(key.span, "a second key")
                    .related(inherited.span, "the key of the base")
                    .help("remove one of the keys"),
            );
        }
        unique(key, diagnostics);
        for part in &key.properties {
            property(model, id, part, diagnostics);
            alias(model, id, declared, part, diagnostics);
        }
    }
}

fn unique(key: &Key, diagnostics: &mut Diagnostics) {
    let mut names = BTreeMap::new();
    let mut paths = BTreeMap::new();
    for part in &key.properties {
        let first = names.insert(&part.name, part.span).or(paths.insert(&part.path, part.span));
        let Some(first) = first else { continue };
        diagnostics.push(
            Diagnostic::error("key", format!("the key names `{}` twice", part.name))
                .at(part.span, "named again here")
                .related(first, "first named here")
                .help("remove one of them, or give it another alias"),
        );
    }
}

fn property(
    model: &Model,
    id: StructuredTypeId,
    part: &KeyProperty,
    diagnostics: &mut Diagnostics,
) {
    let shown = part.path.join("/");
    if passes_collection(model, id, part) {
        diagnostics.push(
            Diagnostic::error("key", format!("the key property `{shown}` is a collection"))
                .at(part.span, "expected a single value")
                .help("name a property with one value"),
        );
        return;
    }
    let usable = match part.value.item {
        ItemType::Enum(_) => Some(true),
        _ => primitive(model, &part.value).map(|(primitive, _)| comparable(primitive)),
    };
    let message = format!("the type of the key property `{shown}` cannot be a key");
    let diagnostic = match usable {
        Some(true) => None,
        // Services do use floating-point and binary keys, and they can be written in a URL.
        Some(false) => Some(Diagnostic::violation("key", message)),
        None => Some(Diagnostic::error("key", message)),
    };
    if let Some(diagnostic) = diagnostic {
        diagnostics.push(
            diagnostic
                .at(part.span, "expected a number, a text, a date or an enumeration")
                .help("name a property of another type"),
        );
    }
    if part.value.nullable != Some(false) && usable.is_some() {
        diagnostics.push(
            Diagnostic::violation("key", format!("the key property `{shown}` may be null"))
                .at(part.span, "a key needs a value")
                .help("give the property `Nullable=\"false\"`"),
        );
    }
}

fn comparable(primitive: Primitive) -> bool {
    !matches!(
        primitive,
        Primitive::Binary
            | Primitive::Double
            | Primitive::Single
            | Primitive::Stream
            | Primitive::Geography(_)
            | Primitive::Geometry(_)
    )
}

fn passes_collection(model: &Model, id: StructuredTypeId, part: &KeyProperty) -> bool {
    let mut owner = id;
    for segment in &part.path {
        let properties = model.all_properties(owner);
        let found = properties.into_iter().find(|(_, one)| one.name == *segment);
        let (collection, next) = match found {
            Some((_, one)) => match one.value.item {
                ItemType::Structured(next) => (one.value.collection, Some(next)),
                _ => (one.value.collection, None),
            },
            None => {
                let navigations = model.all_navigation_properties(owner);
                let found = navigations.into_iter().find(|(_, one)| one.name == *segment);
                found.map_or((false, None), |(_, one)| (one.collection, one.target))
            }
        };
        if collection {
            return true;
        }
        let Some(next) = next else { return false };
        owner = next;
    }
    false
}

fn alias(
    model: &Model,
    id: StructuredTypeId,
    declared: &StructuredType,
    part: &KeyProperty,
    diagnostics: &mut Diagnostics,
) {
    let shown = part.path.join("/");
    let found = if !part.has_alias {
        if part.path.len() < 2 {
            return;
        }
        Diagnostic::error("key", format!("the key path `{shown}` has no alias"))
            .help("give it an `Alias`, by which URLs call it")
    } else if !crate::csdl::is_simple_identifier(&part.name) {
        Diagnostic::error("key", format!("`{}` is no alias of a key property", part.name))
            .help("use letters, digits and `_`")
    } else if part.path.len() < 2 {
        Diagnostic::violation("key", format!("the key property `{shown}` needs no alias"))
            .help("remove the alias; only paths into other properties have one")
    } else if model.all_properties(id).iter().any(|(_, one)| one.name == part.name)
        || model.all_navigation_properties(id).iter().any(|(_, one)| one.name == part.name)
    {
        let message = format!("the key alias `{}` is also a property", part.name);
        Diagnostic::error("key", message).help("choose another alias")
    } else {
        return;
    };
    diagnostics.push(found.at(part.span, format!("in the key of `{}`", declared.name)));
}
