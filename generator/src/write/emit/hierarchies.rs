//! What structs with bases or derived types have, and the enums over them.

use super::imports::Name;
use super::{Imports, docs, ident, paragraphs};
use crate::crate_plan::{Heir, Hierarchy, HierarchyVariant, Lineage, Prose, Struct};
use crate::write::form::{
    AnyOf, Arm, Array, Call, Constant, Each, Empty, For, Form, Generic, Listed, Literal,
    Parameters, Prefixed, Tokens, Words, with,
};
use crate::write::template::template;
use crate::write::wrap::Text;

/// What the runtime has to know about the bases of a struct, and about what is derived from it.
pub(super) fn derivations(text: &mut Text, imports: &mut Imports, item: &Struct) {
    if let Some(one) = &item.lineage {
        lineage(text, imports, &item.name, one);
    }
    if item.bases.is_empty() {
        return;
    }
    let derived_from = imports.runtime(&["query", "DerivedFrom"]);
    for base in &item.bases {
        let base = imports.item(base);
        template!(
            text,
            "

            $implementation
            ",
            implementation = Empty(For(Generic(&derived_from, [&base]), ident(&item.name))),
        );
    }
}

/// The names of the type of a struct and of what is derived from it, as constant data.
fn lineage(text: &mut Text, imports: &mut Imports, name: &str, lineage: &Lineage) {
    let inherits = imports.runtime(&["codegen", "Inherits"]);
    let kind = imports.runtime(&["codegen", "Lineage"]);
    let derived: Vec<_> = lineage.derived.iter().map(|one| (one, imported(imports, one))).collect();
    let (inherits, kind) = (&*inherits, &*kind);
    let derived = derived.iter().map(|(heir, item)| {
        with(move |line| match heir {
            Heir::Last(names) => made(kind, names, std::iter::empty::<&str>()).write(line),
            Heir::Base(_) => {
                let item = item.as_deref().unwrap_or_default();
                Words(["<", item, " as ", inherits, ">::LINEAGE"]).write(line);
            }
        })
    });
    template!(
        text,
        "

        impl $Inherits_for_name {
            $LINEAGE
        }
        ",
        Inherits_for_name = For(inherits, ident(name)),
        LINEAGE = Constant {
            head: Words(["const ", "LINEAGE"]),
            kind: Words(["&'static ", kind]),
            value: made(kind, &lineage.names, derived.clone()),
        },
    );
}

/// The struct of a derived type that has a lineage of its own.
fn imported(imports: &mut Imports, heir: &Heir) -> Option<Name> {
    match heir {
        Heir::Base(item) => Some(imports.item(item)),
        Heir::Last(_) => None,
    }
}

/// A lineage.
fn made<'a, D>(kind: &'a str, names: &'a [String], derived: D) -> impl Form + 'a
where
    D: IntoIterator<Item: Form> + 'a,
{
    let names = names.iter().map(|name| Literal(name));
    let arrays = (Prefixed("&", Array(Each(names))), Prefixed("&", Array(Each(derived))));
    Prefixed("&", Call(Words([kind, "::new"]), arrays))
}

/// The enum.
pub(super) fn hierarchy(text: &mut Text, imports: &mut Imports, item: &Hierarchy) {
    let name = ident(&item.name);
    let structured = imports.runtime(&["codegen", "Structured"]);
    let hierarchy = imports.runtime(&["codegen", "Hierarchy"]);
    let narrowed = imports.runtime(&["codegen", "narrowed"]);
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
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
            type Base = $Base;

            #[inline]
            fn named($named) -> Self {
                match type_name {
                    $arms
                }
            }

            #[inline]
            fn structured(&self) -> &dyn $Structured {
                match self {
                    $structured
                }
            }
        }

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
        Base = &base_type,
        named = Parameters([Words(["type_name: ", "&str"]), Words(["value: ", &*base_type])]),
        arms => named(text, item, &narrowed, &boxed),
        Structured = &structured,
        structured => held(text, item),
        arguments = Tokens([name]),
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

/// The arms that make a variant by the wire name of its type.
fn named(text: &mut Text, item: &Hierarchy, narrowed: &Name, boxed: &Name) {
    for variant in &item.derived {
        let names = [&variant.wire_name].into_iter().chain(&variant.others);
        let names = AnyOf(names.map(|name| Literal(name)));
        let made = Call(&**narrowed, ["value"]);
        text.line(Arm { pattern: names, value: Call(of_self(variant), [made]) });
    }
    let made = Call(Words([boxed, "::new"]), ["value"]);
    text.line(Arm { pattern: "_", value: Call(of_self(&item.base), [made]) });
}

/// The arms that return the struct that a variant holds.
fn held(text: &mut Text, item: &Hierarchy) {
    for variant in [&item.base].into_iter().chain(&item.derived) {
        text.line(Arm { pattern: Call(of_self(variant), ["value"]), value: "&**value" });
    }
}

fn of_self(variant: &HierarchyVariant) -> impl Form + Copy {
    Words(["Self::", ident(&variant.name)])
}
