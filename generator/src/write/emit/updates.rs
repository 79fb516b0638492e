//! Builders of changes, and of the parameters of actions.

use super::{Imports, docs, ident};
use crate::crate_plan::{Setter, Type, Update, signature};
use crate::write::form::{Call, Each, Listed, Literal, Then, Tokens, chain};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// A builder.
pub(super) fn update(text: &mut Text, imports: &mut Imports, item: &Update) {
    let name = ident(&item.name);
    let update = imports.runtime(&["model", "Update"]);
    let new = Line::of(imports.signature(&signature::no_changes()));
    let additional = Line::of(imports.signature(&signature::set_additional()));
    template!(
        text,
        "
        $docs
        #[derive(Clone, Debug, Default)]
        #[must_use]
        pub struct $name($Update);

        impl $name {
            /// No changes yet.
            #[inline]
            pub fn new$nothing_to_self {
                Self($update::default())
            }

            $setters
            /// Sets a member that the schema does not declare, or an annotation.
            pub fn additional$name_and_value_to_self {
                Self(self.0.with_raw(name, value))
            }
        }

        ",
        docs => docs(text, &item.docs),
        name = name,
        Update = Listed([&update]),
        nothing_to_self = &new,
        update = &update,
        setters => for one in &item.setters { setter(text, imports, one) },
        name_and_value_to_self = &additional,
    );
    let object = item.object.as_ref().map(|object| Line::of(imports.item_tokens(object)));
    let part = item.part.as_ref().map(|part| Line::of(imports.typed_tokens(part)));
    template!(
        text,
        "
        schemacrate_runtime::update!($arguments);
        ",
        arguments = Tokens(Then([name], Each(object.iter().chain(&part)))),
    );
}

/// A setter, and the empty line after it.
fn setter(text: &mut Text, imports: &mut Imports, setter: &Setter) {
    let (method, passed, is_generic) = match &setter.takes {
        Type::IntoNullable(_) => ("with_nullable", "value", true),
        Type::Into(_) => ("with_text", "value", true),
        Type::IntoAssigned(_) => ("with_assigned", "value", true),
        _ => ("with", "&value", false),
    };
    let set = chain("self", |steps| {
        steps.field("0");
        steps.call(method, (Literal(&setter.wire_name), passed));
    });
    template!(
        text,
        "
        $docs
        $inline
        pub fn $name$value_to_self {
            $set
        }

        ",
        docs => docs(text, &setter.docs),
        // Generic code is compiled where it is called in any case.
        inline => if !is_generic { text.line("#[inline]") },
        name = ident(&setter.name),
        value_to_self = imports.setter(&setter.takes),
        set = Call("Self", [set]),
    );
}
