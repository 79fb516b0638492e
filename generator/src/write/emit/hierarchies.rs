//! Enums over a struct and those derived from it.

use super::imports::Name;
use super::{Imports, docs, ident, paragraphs};
use crate::crate_plan::{Hierarchy, HierarchyVariant, Prose};
use crate::write::form::{
    AnyOf, Arm, Call, For, Form, Generic, Listed, Literal, Parameters, Tokens, Words,
};
use crate::write::template::template;
use crate::write::wrap::Text;

/// The enum, and the conversions into it.
pub(super) fn hierarchy(text: &mut Text, imports: &mut Imports, item: &Hierarchy) {
    let name = ident(&item.name);
    let structured = imports.runtime(&["codegen", "Structured"]);
    let hierarchy = imports.runtime(&["codegen", "Hierarchy"]);
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
    let option = imports.option();
    let default = imports.prelude(&["std", "default", "Default"]);
    let from = imports.prelude(&["std", "convert", "From"]);
    let base_type = imports.item(&item.base.value);
    let derived: Vec<_> =
        item.derived.iter().map(|variant| (variant, imports.item(&variant.value))).collect();
    template!(
        text,
        "
        $docs
        #[non_exhaustive]
        pub enum $name {
            $variants
        }

        impl $Hierarchy_for_name {
            #[inline]
            fn new(type_name: $Option<&str>) -> Self {
                match type_name {
                    $new
                }
            }

            #[inline]
            fn is_derived(&self) -> bool {
                !matches!($tokens)
            }

            #[inline]
            fn structured(&self) -> &dyn $Structured {
                match self {
                    $structured
                }
            }

            #[inline]
            fn structured_mut(&mut self) -> &mut dyn $Structured {
                match self {
                    $structured_mut
                }
            }
        }
        $conversions

        schemacrate_runtime::hierarchy!($arguments);
        ",
        docs => docs(text, &item.docs),
        name = name,
        variants => {
            let explained = Prose::new("The base type ").code(&item.base.wire_name);
            let explained = explained.words(", or a derived type that is not known.");
            variant(text, &item.base, &base_type, &boxed, &explained);
            for (found, value) in &derived {
                let explained = Prose::new("The derived type ").code(&found.wire_name).words(".");
                variant(text, found, value, &boxed, &explained);
            }
        },
        Hierarchy_for_name = For(&hierarchy, name),
        Option = &option,
        new => new(text, item, &default),
        tokens = Tokens(("self", Words(["Self::", ident(&item.base.name), "(_)"]))),
        Structured = &structured,
        structured => held(text, item, "&**value"),
        structured_mut => held(text, item, "&mut **value"),
        conversions => {
            for (variant, value) in derived.iter().chain([&(&item.base, base_type.clone())]) {
                conversion(text, name, &variant.name, value, [&from, &boxed]);
            }
        },
        arguments = Tokens((name, imports.item_tokens(&item.base.value))),
    );
}

/// A variant, which holds a struct in a box.
fn variant(
    text: &mut Text,
    variant: &HierarchyVariant,
    value: &Name,
    boxed: &Name,
    explained: &Prose,
) {
    paragraphs(text, std::slice::from_ref(explained));
    template!(
        text,
        "
        $name($value),
        ",
        name = ident(&variant.name),
        value = Listed([Generic(boxed, [value])]),
    );
}

/// The arms that make an empty value by the wire name of its type.
fn new(text: &mut Text, item: &Hierarchy, default: &Name) {
    for variant in &item.derived {
        let names = [Some(&variant.wire_name), variant.alias.as_ref()];
        let names = AnyOf(names.into_iter().flatten().map(|name| Literal(name)));
        let value = empty(variant, default);
        text.line(Arm { pattern: Call("Some", [names]), value });
    }
    text.line(Arm { pattern: "_", value: empty(&item.base, default) });
}

/// A variant with an empty struct.
fn empty(variant: &HierarchyVariant, default: &Name) -> impl Form {
    let made = Call(Words([default, "::default"]), ());
    Call(Words(["Self::", ident(&variant.name)]), [made])
}

/// The arms that return the struct that a variant holds.
fn held(text: &mut Text, item: &Hierarchy, value: &str) {
    for variant in [&item.base].into_iter().chain(&item.derived) {
        let pattern = Call(Words(["Self::", ident(&variant.name)]), ["value"]);
        text.line(Arm { pattern, value });
    }
}

/// The conversion from a struct to the enum.
fn conversion(text: &mut Text, name: &str, variant: &str, value: &Name, [from, boxed]: [&Name; 2]) {
    let made = Call(Words([boxed, "::new"]), ["value"]);
    template!(
        text,
        "

        impl $From_value_for_name {
            #[inline]
            fn from($value) -> Self {
                $made
            }
        }
        ",
        From_value_for_name = For(Generic(from, [value]), name),
        value = Parameters([Words(["value: ", value])]),
        made = Call(Words(["Self::", ident(variant)]), [made]),
    );
}
