//! Builders of requests.

use super::groups::{fields, set};
use super::{Imports, docs, ident};
use crate::crate_plan::{OptionSetter, Options};
use crate::write::form::{Call, Listed, Tokens, Words, chain};
use crate::write::template::template;
use crate::write::wrap::Text;

pub(super) fn options(text: &mut Text, imports: &mut Imports, item: &Options) {
    let name = ident(&item.name);
    let invocation = imports.runtime(&["codegen", "Invocation"]);
    template!(
        text,
        "
        $docs
        #[must_use]
        pub struct $name<T>($invocation);

        impl<T> $name<T> {
            $setters
        }

        schemacrate_runtime::options!($arguments);
        ",
        docs => docs(text, &item.docs),
        name = name,
        invocation = Listed([Words(["pub(crate) ", &invocation, "<T>"])]),
        setters => for (at, one) in item.setters.iter().enumerate() {
            if at > 0 {
                text.blank();
            }
            setter(text, imports, one);
        },
        arguments = Tokens([name]),
    );
}

fn setter(text: &mut Text, imports: &mut Imports, setter: &OptionSetter) {
    let made = chain("self", |steps| {
        steps.field("0");
        set(steps, (&setter.part, &setter.takes), "value");
    });
    template!(
        text,
        "
        $docs
        pub fn $name$value_to_self {
            $fields
            $made
        }
        ",
        docs => docs(text, &setter.docs),
        name = ident(&setter.name),
        value_to_self = imports.setter(&setter.takes),
        fields => fields(text, imports, &setter.part),
        made => text.line(Call("Self", [made])),
    );
}
