//! What structs of JSON have that are bases, or are derived from bases.

use super::{Imports, ident};
use crate::crate_plan::{Family, ItemPath, Origin, Struct};
use crate::write::form::{
    Array, Constant, Each, For, Generic, Literal, Parameters, Prefixed, Words,
};
use crate::write::template::template;
use crate::write::wrap::Text;

/// The implementations, each after an empty line.
pub(super) fn families(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let Some(json) = item.json() else { return };
    if let Some(one) = &json.family {
        family(text, imports, &item.name, one);
    }
    for one in &json.origins {
        origin(text, imports, &item.name, one);
    }
}

fn family(text: &mut Text, imports: &mut Imports, name: &str, family: &Family) {
    let base = imports.runtime(&["codegen", "Base"]);
    let any = imports.item(&family.any);
    template!(
        text,
        "

        impl $Base_for_name {
            $TAG
            type Any = $Any;
        }
        ",
        Base_for_name = For(&base, ident(name)),
        TAG = Constant {
            head: Words(["const ", "TAG"]),
            kind: "&'static str",
            value: Literal(&family.tag),
        },
        Any = &any,
    );
    for derived in &family.converted {
        conversion(text, imports, name, derived);
    }
}

fn origin(text: &mut Text, imports: &mut Imports, name: &str, origin: &Origin) {
    let derived = imports.runtime(&["codegen", "Derived"]);
    let base = imports.item(&origin.base);
    let names = || origin.names.iter().map(|one| Literal(one));
    template!(
        text,
        "

        impl $Derived_for_name {
            $NAMES
        }
        ",
        Derived_for_name = For(Generic(&derived, [&base]), ident(name)),
        NAMES = Constant {
            head: Words(["const ", "NAMES"]),
            kind: "&'static [&'static str]",
            value: Prefixed("&", Array(Each(names()))),
        },
    );
}

/// The conversion of a derived struct into its base.
fn conversion(text: &mut Text, imports: &mut Imports, name: &str, derived: &ItemPath) {
    let from = imports.prelude(&["std", "convert", "From"]);
    let derived = imports.item(derived);
    template!(
        text,
        "

        impl $From_derived_for_name {
            #[inline]
            fn from($value) -> Self {
                Self::from_derived(value)
            }
        }
        ",
        From_derived_for_name = For(Generic(&from, [&derived]), ident(name)),
        value = Parameters([Words(["value: ", &derived])]),
    );
}
