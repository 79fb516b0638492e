//! Facets: which types have them, and their ranges (CSDL 4.01, section 3.4).

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::odata::edm::{Facets, Primitive, Scale};

/// The greatest number of fractional digits of a second.
const FINEST_SECOND: u32 = 12;

pub(super) fn check(
    primitive: Primitive,
    facets: &Facets,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    use Primitive::{
        Binary, DateTimeOffset, Decimal, Duration, Geography, Geometry, Stream, String, TimeOfDay,
    };
    let text = matches!(primitive, Binary | Stream | String);
    let temporal = matches!(primitive, DateTimeOffset | Duration | TimeOfDay);
    for (name, given, fits) in [
        ("MaxLength", facets.max_length.is_some(), text),
        ("Precision", facets.precision.is_some(), temporal || primitive == Decimal),
        ("Scale", facets.scale.is_some(), primitive == Decimal),
        ("Unicode", facets.unicode.is_some(), primitive == String),
        ("SRID", facets.srid.is_some(), matches!(primitive, Geography(_) | Geometry(_))),
    ] {
        if given && !fits {
            inapplicable(name, &format!("Edm.{primitive:?}"), span, diagnostics);
        }
    }
    if facets.max_length == Some(0) {
        diagnostics.push(
            Diagnostic::violation("bad-facet", "the greatest length is 0")
                .at(span, "no value but the empty one")
                .help("give a positive `MaxLength`, or `max`"),
        );
    }
    match (primitive, facets.precision) {
        (_, Some(precision)) if temporal && precision > FINEST_SECOND => diagnostics.push(
            Diagnostic::violation("bad-facet", format!("the precision {precision} of a time"))
                .at(span, "expected 0 to 12")
                .help("give the number of digits after the second"),
        ),
        (Decimal, Some(0)) => diagnostics.push(
            Diagnostic::violation("bad-facet", "the precision of a decimal is 0")
                .at(span, "no digits at all")
                .help("give a positive `Precision`"),
        ),
        _ => {}
    }
    if let (Decimal, Some(precision), Some(Scale::Digits(scale))) =
        (primitive, facets.precision, facets.scale)
        && scale > precision
    {
        diagnostics.push(
            Diagnostic::violation("bad-facet", format!("the scale {scale} exceeds the precision"))
                .at(span, format!("only {precision} digits in all"))
                .help("lower `Scale` or raise `Precision`"),
        );
    }
}

/// Checks that a use of a type definition does not repeat facets of the definition.
pub(super) fn again(own: &Facets, given: &Facets, span: Span, diagnostics: &mut Diagnostics) {
    for (name, twice) in [
        ("MaxLength", own.max_length.is_some() && given.max_length.is_some()),
        ("Precision", own.precision.is_some() && given.precision.is_some()),
        ("Scale", own.scale.is_some() && given.scale.is_some()),
        ("Unicode", own.unicode.is_some() && given.unicode.is_some()),
        ("SRID", own.srid.is_some() && given.srid.is_some()),
    ] {
        if twice {
            let message = format!("the type definition has a `{name}` already");
            diagnostics.push(
                Diagnostic::violation("facet-not-applicable", message)
                    .at(span, "repeated here")
                    .help("remove the facet"),
            );
        }
    }
}

/// Reports facets of types that are not primitive.
pub(super) fn none(facets: &Facets, span: Span, diagnostics: &mut Diagnostics) {
    for (name, given) in [
        ("MaxLength", facets.max_length.is_some()),
        ("Precision", facets.precision.is_some()),
        ("Scale", facets.scale.is_some()),
        ("Unicode", facets.unicode.is_some()),
        ("SRID", facets.srid.is_some()),
    ] {
        if given {
            inapplicable(name, "this type", span, diagnostics);
        }
    }
}

fn inapplicable(name: &str, kind: &str, span: Span, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::violation("facet-not-applicable", format!("`{name}` does not apply to {kind}"))
            .at(span, "ignored")
            .help("remove the facet"),
    );
}
