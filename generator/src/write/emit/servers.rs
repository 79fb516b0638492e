//! Servers of an API.

use super::{Imports, docs, ident};
use crate::crate_plan::{Server, ServerVariable, signature};
use crate::write::form::{
    Array, Call, Constant, Each, Listed, Literal, Prefixed, Tokens, Tuple, Words, chain,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

pub(super) fn server(text: &mut Text, imports: &mut Imports, item: &Server) {
    let name = ident(&item.name);
    let chosen = imports.runtime(&["codegen", "ChosenServer"]);
    let defaults = match item.variables.is_empty() {
        true => "",
        false => " with the defaults of its variables",
    };
    template!(
        text,
        "
        $docs
        #[derive(Clone, Debug)]
        pub struct $name($chosen);

        impl $name {
            $address_docs
            $address

            $new_docs
            pub fn new$to_self {
                $declared
                $made
            }
            $setters
        }

        schemacrate_runtime::server!($arguments);
        ",
        docs => docs(text, &item.docs),
        name = name,
        chosen = Listed([&*chosen]),
        address_docs => text.doc(&[" The address", defaults, "."]),
        address = Constant {
            head: Words(["pub const ", Server::ADDRESS]),
            kind: imports.typed(&signature::service_root()),
            value: Literal(&item.default),
        },
        new_docs => text.doc(&[" The server", defaults, "."]),
        to_self = imports.signature(&signature::no_changes()),
        declared => declared(text, imports, item),
        made => text.line(Call("Self", [Call(Words([&chosen, "::new"]), ["&SERVER"])])),
        setters => for one in &item.variables {
            text.blank();
            setter(text, imports, one);
        },
        arguments = Tokens([name]),
    );
}

/// The constant with what the document declares.
fn declared(text: &mut Text, imports: &mut Imports, item: &Server) {
    let kind = imports.runtime(&["codegen", "DeclaredServer"]);
    let new = Line::of(Call(Words([&kind, "::new"]), [Literal(&item.address)]));
    let defaults = item.variables.iter().filter_map(|one| {
        let default = one.default.as_ref()?;
        Some(Line::of(Tuple([Literal(&one.wire_name), Literal(default)])))
    });
    let defaults: Vec<Line> = defaults.collect();
    let value = Line::of(chain(&new, |steps| {
        if !defaults.is_empty() {
            steps.call("with_defaults", [Prefixed("&", Array(Each(&defaults)))]);
        }
    }));
    text.line(Constant { head: Words(["const ", "SERVER"]), kind: &*kind, value: &value });
}

fn setter(text: &mut Text, imports: &mut Imports, setter: &ServerVariable) {
    let made = chain("self", |steps| {
        steps.field("0");
        steps.call("set", [Line::of(Literal(&setter.wire_name)), Line::of("value")]);
    });
    template!(
        text,
        "
        $docs
        pub fn $name$value_to_self {
            $made
        }
        ",
        docs => docs(text, &setter.docs),
        name = ident(&setter.name),
        value_to_self = imports.setter(&setter.takes),
        made => text.line(Call("Self", [made])),
    );
}
