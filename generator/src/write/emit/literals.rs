//! Enumerations of values that are not all strings.

use super::items::{attributes, variant, wire_name};
use super::{Imports, docs, ident};
use crate::crate_plan::{Literals, Type};
use crate::write::form::{Arm, Call, For, Listed, Literal, Tokens, Words, chain};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

pub(super) fn literals(text: &mut Text, imports: &mut Imports, item: &Literals) {
    let name = ident(&item.name);
    let unknown = Line::of(imports.typed(&Type::any_json()));
    let open_literal = imports.runtime(&["codegen", "OpenLiteral"]);
    let untyped = imports.runtime(&["codegen", "untyped"]);
    let unrecognized = ident(&item.unrecognized);
    template!(
        text,
        "
        $docs
        $attributes
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $variants
            /// A value that the schema does not list.
            $unrecognized($unknown),
        }

        impl $OpenLiteral_for_name {
            $wire_name

            #[inline]
            fn from_json(json: &str) -> Self {
                match json {
                    $from_json
                    $other
                }
            }

            #[inline]
            fn json(&self) -> &str {
                match self {
                    $json
                    $text
                }
            }
        }

        schemacrate_runtime::open_literal!($arguments);
        ",
        docs => docs(text, &item.docs),
        attributes => attributes(text, &item.attributes),
        name = name,
        variants => for one in &item.variants { variant(text, one) },
        unrecognized = unrecognized,
        unknown = Listed([&unknown]),
        OpenLiteral_for_name = For(&open_literal, name),
        wire_name = wire_name(&item.wire_name),
        from_json => for one in &item.variants {
            let value = Words(["Self::", ident(&one.name)]);
            text.line(Arm { pattern: Literal(&one.wire_name), value });
        },
        other = Arm {
            pattern: "other",
            value: Call(Words(["Self::", unrecognized]), [Call(&*untyped, ["other"])]),
        },
        json => for one in &item.variants {
            let pattern = Words(["Self::", ident(&one.name)]);
            text.line(Arm { pattern, value: Literal(&one.wire_name) });
        },
        text = Arm {
            pattern: Call(Words(["Self::", unrecognized]), ["value"]),
            value: chain("value", |steps| steps.call("text", ())),
        },
        arguments = Tokens([name]),
    );
}
