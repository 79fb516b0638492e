//! Builders of changes, and of the parameters of actions.

use super::{Imports, docs, ident};
use crate::crate_plan::{Changed, Setter, Type, Update, signature};
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
        #[must_use]
        pub struct $name($Update);

        impl $name {
            /// No changes yet.
            #[inline]
            pub fn new$nothing_to_self {
                Self($update::default())
            }

            $setters
            $additional_docs
            pub fn additional$name_and_value_to_self {
                Self(self.0.with_nullable(name, value))
            }
        }

        ",
        docs => docs(text, &item.docs),
        name = name,
        Update = Listed([&update]),
        nothing_to_self = &new,
        update = &update,
        setters => for one in &item.setters { setter(text, imports, one) },
        additional_docs => text.doc(&[" ", match item.changed {
            Changed::Patch(_) => "Sets a member that the schema does not declare.",
            _ => "Sets a member that the schema does not declare, or an annotation.",
        }]),
        name_and_value_to_self = &additional,
    );
    let object = item.changed.object().map(|object| Line::of(imports.item_tokens(object)));
    let completed_by = match item.changed {
        Changed::Patch(_) => "patch",
        Changed::Object(_) | Changed::Parameters => "update",
    };
    template!(
        text,
        "
        schemacrate_runtime::$completed_by!($arguments);
        ",
        completed_by = completed_by,
        arguments = Tokens(Then([name], Each(object.iter()))),
    );
}

/// A setter, and the empty line after it.
fn setter(text: &mut Text, imports: &mut Imports, setter: &Setter) {
    let method = match (&setter.takes, setter.is_related) {
        (Type::IntoNullable(_), false) => "with_nullable",
        (Type::IntoNullable(_), true) => "with_nullable_related",
        (_, false) => "with",
        (_, true) => "with_related",
    };
    let set = chain("self", |steps| {
        steps.field("0");
        steps.call(method, (Literal(&setter.wire_name), "value"));
    });
    template!(
        text,
        "
        $docs
        pub fn $name$value_to_self {
            $set
        }

        ",
        docs => docs(text, &setter.docs),
        name = ident(&setter.name),
        value_to_self = imports.setter(&setter.takes),
        set = Call("Self", [set]),
    );
}
