//! Default values (CSDL 4.01, section 7.3).

use super::primitive;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::odata::csdl::is_literal;
use crate::odata::edm::{ItemType, Model, Primitive, TypeRef};

pub(super) fn check(
    model: &Model,
    value: &TypeRef,
    default: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let text = default.trim();
    let shown: String = text.chars().take(40).collect();
    let message = if value.collection {
        "a collection has no default value".to_owned()
    } else {
        let fits = match value.item {
            ItemType::Enum(id) => {
                let known = &model.enum_type(id).members;
                text.parse::<i64>().is_ok()
                    || text.split([',', ' ']).filter(|one| !one.is_empty()).all(|one| {
                        let name = one.rsplit('/').next().unwrap_or(one);
                        known.iter().any(|member| member.name == name)
                    })
            }
            ItemType::Structured(_) | ItemType::AnyComplex | ItemType::AnyEntity => false,
            _ => match primitive(model, value) {
                Some((Primitive::Stream, _)) => false,
                Some((kind, _)) => is_literal(&format!("{kind:?}"), text),
                None => true,
            },
        };
        if fits {
            return;
        }
        format!("the default value {shown:?} is not a value of the type")
    };
    diagnostics.push(
        Diagnostic::violation("bad-default", message)
            .at(span, "its default is not used")
            .help("correct or remove `DefaultValue`"),
    );
}
