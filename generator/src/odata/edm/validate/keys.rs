//! Keys of entity types (CSDL 4.01, section 6.5).

use super::primitive;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{
    ItemType, KeyProperty, Model, Primitive, StructuredType, StructuredTypeId,
};

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
        for part in &key.properties {
            property(model, part, diagnostics);
            alias(model, id, declared, part, diagnostics);
        }
    }
}

fn property(model: &Model, part: &KeyProperty, diagnostics: &mut Diagnostics) {
    let shown = part.path.join("/");
    let usable = match part.value.item {
        ItemType::Enum(_) => Some(true),
        _ => primitive(model, &part.value).map(|(primitive, _)| comparable(primitive)),
    };
    let message = format!("the type of the key property `{shown}` cannot be a key");
    let label = match usable {
        Some(true) => None,
        // Services do use floating-point and binary keys, and they can be written in a URL.
        Some(false) => Some("expected a number, a text, a date or an enumeration"),
        None => Some("no URL can contain its values, so entities are not addressed by the key"),
    };
    if let Some(label) = label {
        diagnostics.push(
            Diagnostic::violation("key", message)
                .at(part.span, label)
                .help("name a property of another type"),
        );
    }
    if !part.value.denies_null() && usable.is_some() {
        diagnostics.push(
            Diagnostic::violation("key", format!("the key property `{shown}` may be null"))
                .at(part.span, "a key needs a value")
                .help("add `Nullable=\"false\"` to the property"),
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
        let message =
            format!("the key path `{shown}` has no alias, so it is called `{}`", part.name);
        Diagnostic::violation("key", message).help("add an `Alias`, which is its name in URLs")
    } else if !crate::odata::csdl::is_simple_identifier(&part.name) {
        Diagnostic::violation("key", format!("`{}` is not an alias of a key property", part.name))
            .help("use letters, digits and `_`")
    } else if part.path.len() < 2 {
        Diagnostic::violation("key", format!("the key property `{shown}` needs no alias"))
            .help("remove the alias; only paths into other properties have one")
    } else if model.member(id, &part.name).is_some() {
        let message = format!("the key alias `{}` is also a property", part.name);
        Diagnostic::violation("key", message).help("choose another alias")
    } else {
        return;
    };
    diagnostics.push(found.at(part.span, format!("in the key of `{}`", declared.name)));
}
