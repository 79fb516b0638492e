//! Values of several types.

use super::items::attributes;
use super::{Imports, docs, ident};
use crate::crate_plan::{Branch, Dispatch, Literal as Value, Type, Union};
use crate::write::form::{
    Arm, Array, Call, Constant, Each, For, Form, Generic, Listed, Literal, Prefixed, Tokens, Tuple,
    Words, chain, with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

pub(super) fn union(text: &mut Text, imports: &mut Imports, item: &Union) {
    let name = ident(&item.name);
    let any = Line::of(imports.typed(&Type::any_json()));
    let codegen = |imports: &mut Imports, name| imports.runtime(&["codegen", name]);
    let trait_name = codegen(imports, "Union");
    let choice = codegen(imports, "Choice");
    let [read, view] = ["Read", "View"].map(|name| codegen(imports, name));
    let [branch, viewed] = ["branch", "required_view"].map(|name| codegen(imports, name));
    let option = imports.prelude(&["std", "option", "Option"]);
    let chosen = choices(imports, item);
    let other = ident(&item.other);
    let variants = || item.branches.iter().map(|one| ident(&one.name)).chain([other]);
    template!(
        text,
        "
        $docs
        $attributes
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $variants
            /// Any other value.
            $other($any),
        }

        impl $Union_for_name {
            $CHOICE

            #[inline]
            fn read($parameters) -> $Option<Self> {
                match branch {
                    $read
                }
            }

            #[inline]
            fn view(&self) -> $View<'_> {
                match self {
                    $view
                }
            }
        }

        schemacrate_runtime::union!($arguments);
        $conversions
        ",
        docs => docs(text, &item.docs),
        attributes => attributes(text, &item.attributes),
        name = name,
        variants => for one in &item.branches { variant(text, imports, one) },
        other = other,
        any = Listed([&any]),
        Union_for_name = For(&trait_name, name),
        CHOICE = Constant {
            head: Words(["const ", "CHOICE"]),
            kind: Words(["&'static ", &choice]),
            value: Prefixed("&", &chosen),
        },
        parameters = crate::write::form::Parameters([
            Line::of("branch: usize"),
            Line::of(Words(["read: &mut ", &read, "<'_>"])),
        ]),
        Option = &option,
        read => for (at, name) in variants().enumerate() {
            let pattern = if at < item.branches.len() { at.to_string() } else { "_".to_owned() };
            let read = Call(&*branch, ["read"]);
            let value = chain(read, |steps| steps.call("map", [Words(["Self::", name])]));
            text.line(Arm { pattern: &pattern, value });
        },
        View = &view,
        view => for name in variants() {
            let pattern = Call(Words(["Self::", name]), ["value"]);
            text.line(Arm { pattern, value: Call(&*viewed, ["value"]) });
        },
        arguments = Tokens([name]),
        conversions => for one in item.branches.iter().filter(|one| one.is_from) {
            conversion(text, imports, item, one);
        },
    );
}

fn variant(text: &mut Text, imports: &mut Imports, branch: &Branch) {
    docs(text, &branch.docs);
    let held = Line::of(imports.typed(&branch.value));
    template!(
        text,
        "
        $name($value),
        ",
        name = ident(&branch.name),
        value = Listed([&held]),
    );
}

/// How the branches are told apart: their JSON kinds, what tells those of one kind, and whether there are
/// other values.
fn choices(imports: &mut Imports, item: &Union) -> Line {
    let choice = imports.runtime(&["codegen", "Choice"]);
    let kinds = imports.runtime(&["codegen", "Kinds"]);
    let by = imports.runtime(&["codegen", "By"]);
    let literal = imports.runtime(&["codegen", "Literal"]);
    let of_branches = item.branches.iter().map(|one| self::kinds(&kinds, one));
    let of_branches = Line::of(Prefixed("&", Array(Each(of_branches))));
    let number = |at: &usize| at.to_string();
    let by = Line::of(with(|line| match &item.dispatch {
        Dispatch::Kind => Words([&by, "::Kind"]).write(line),
        Dispatch::FirstFit => Words([&by, "::FirstFit"]).write(line),
        Dispatch::Members(known) => {
            let known = known.iter().map(|(at, members)| {
                let members = members.iter().map(|one| Literal(one));
                let members = Line::of(Prefixed("&", Array(Each(members))));
                Tuple((Line::of(&number(at)), members))
            });
            Call(Words([&by, "::Members"]), [Prefixed("&", Array(Each(known)))]).write(line);
        }
        Dispatch::Tag { member, values, default, is_optional } => {
            let values = values
                .iter()
                .map(|(value, at)| Tuple((tag(&literal, value), Line::of(&number(at)))));
            let default = default
                .map_or_else(|| "None".to_owned(), |at| ["Some(", &number(&at), ")"].concat());
            let values = Prefixed("&", Array(Each(values)));
            match is_optional {
                true => {
                    let tag = Words([&by, "::tag_if_present"]);
                    Call(tag, (Literal(member), values)).write(line);
                }
                false => {
                    Call(Words([&by, "::tag"]), (Literal(member), values, &*default)).write(line);
                }
            }
        }
    }));
    let made = Line::of(Call(Words([&choice, "::new"]), (&of_branches, &by)));
    match item.is_open {
        false => made,
        true => Line::of(chain(&made, |steps| steps.call("with_any_other", ()))),
    }
}

fn kinds<'a>(of: &'a str, branch: &'a Branch) -> impl Form + 'a {
    with(move |line| match branch.kinds.split_first() {
        None => Words([of, "::ANY"]).write(line),
        Some((first, [])) => Words([of, "::", first]).write(line),
        Some((first, rest)) => chain(Words([of, "::", first]), |steps| {
            for one in rest {
                steps.call("or", [Words([of, "::", one])]);
            }
        })
        .write(line),
    })
}

fn tag(literal: &str, value: &Value) -> Line {
    Line::of(with(|line| match value {
        Value::Text(text) => Call(Words([literal, "::Text"]), [Literal(text)]).write(line),
        Value::Number(digits) => Call(Words([literal, "::Number"]), [Literal(digits)]).write(line),
        Value::Boolean(value) => {
            let value = if *value { "true" } else { "false" };
            Call(Words([literal, "::Boolean"]), [value]).write(line);
        }
    }))
}

/// The conversion of a value into the union, and the empty line before it.
fn conversion(text: &mut Text, imports: &mut Imports, item: &Union, branch: &Branch) {
    let from = imports.prelude(&["std", "convert", "From"]);
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
    let value = Line::of(imports.typed(branch.inner()));
    let is_boxed = matches!(branch.value, Type::Box(_));
    template!(
        text,
        "

        impl $From_value_for_name {
            #[inline]
            fn from($parameter) -> Self {
                $made
            }
        }
        ",
        From_value_for_name = For(Generic(&from, [&value]), ident(&item.name)),
        parameter = crate::write::form::Parameters([with(|line| {
            line.word("value: ");
            line.append(&value);
        })]),
        made => {
            let of_self = Words(["Self::", ident(&branch.name)]);
            match is_boxed {
                true => text.line(Call(of_self, [Call(Words([&boxed, "::new"]), ["value"])])),
                false => text.line(Call(of_self, ["value"])),
            }
        },
    );
}
