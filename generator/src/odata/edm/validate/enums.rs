//! Enumerations (CSDL 4.01, section 10).

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{Model, Primitive};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for declared in &model.enum_types {
        if declared.members.is_empty() {
            // Graph has two of them.
            diagnostics.push(
                Diagnostic::violation("enum-empty", format!("`{}` has no members", declared.name))
                    .at(declared.span, "no value is known")
                    .help("declare at least one member"),
            );
        }
        let range = match declared.underlying {
            Primitive::Byte => 0..=i64::from(u8::MAX),
            Primitive::SByte => i64::from(i8::MIN)..=i64::from(i8::MAX),
            Primitive::Int16 => i64::from(i16::MIN)..=i64::from(i16::MAX),
            Primitive::Int32 => i64::from(i32::MIN)..=i64::from(i32::MAX),
            _ => i64::MIN..=i64::MAX,
        };
        for member in &declared.members {
            let value = member.value;
            if !range.contains(&value) {
                let message = format!("the value {value} is not an Edm.{:?}", declared.underlying);
                diagnostics.push(
                    Diagnostic::violation("enum-value", message)
                        .at(member.span, format!("expected {} to {}", range.start(), range.end()))
                        .help("correct the value, or widen `UnderlyingType`"),
                );
            } else if declared.is_flags && value < 0 {
                diagnostics.push(
                    Diagnostic::violation("enum-value", format!("the flag {value} is negative"))
                        .at(member.span, "expected 0 or more")
                        .help("give flags values that are not negative"),
                );
            }
        }
    }
}
