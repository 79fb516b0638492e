//! What a service may answer.

use super::xml::node as xml_node;
use super::{Imports, docs, ident};
use crate::crate_plan::{AnswerForm, AnswerStatus, AnswerVariant, Answers, Type, undocumented};
use crate::write::form::{
    Arm, Array, Call, Constant, Each, For, Form, Listed, Literal, Parameters, Prefixed, Tokens,
    Words, chain, with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

pub(super) fn answers(text: &mut Text, imports: &mut Imports, item: &Answers) {
    let name = ident(&item.name);
    let codegen = |imports: &mut Imports, name| imports.runtime(&["codegen", name]);
    let trait_name = codegen(imports, "Answers");
    let expected = codegen(imports, "Expected");
    let reading = codegen(imports, "Reading");
    let error = imports.runtime(&["BoxError"]);
    let result = imports.prelude(&["std", "result", "Result"]);
    let other = ident(&item.undocumented);
    let undocumented = Line::of(imports.typed(&undocumented()));
    template!(
        text,
        "
        $docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $variants
            /// Any other answer.
            $other($undocumented),
        }

        impl $Answers_for_name {
            $ANSWERS

            fn read($parameters) -> $Result<Self, $BoxError> {
                match answer {
                    $arms
                    _ => Ok(Self::$other(read.undocumented())),
                }
            }
        }

        schemacrate_runtime::$complete!($arguments);
        ",
        docs => docs(text, &item.docs),
        name = name,
        variants => for one in &item.variants { variant(text, imports, one) },
        other = other,
        undocumented = Listed([&undocumented]),
        Answers_for_name = For(&trait_name, name),
        ANSWERS = Constant {
            head: Words(["const ", "ANSWERS"]),
            kind: Words(["&'static [", &expected, "]"]),
            value: Prefixed("&", Array(Each(expectations(imports, &expected, item)))),
        },
        parameters = Parameters([
            Line::of("answer: usize"),
            Line::of(Words(["read: &", &reading, "<'_>"])),
        ]),
        Result = &result,
        BoxError = &error,
        arms => for (at, one) in item.variants.iter().enumerate() {
            arm(text, at, one);
        },
        complete = if item.are_errors { "errors" } else { "answers" },
        arguments = Tokens([name]),
    );
}

fn variant(text: &mut Text, imports: &mut Imports, variant: &AnswerVariant) {
    docs(text, &variant.docs);
    let name = ident(&variant.name);
    match &variant.held {
        None => text.line(Words([name, ","])),
        Some((value, _)) => {
            let held = Line::of(imports.typed(value));
            template!(
                text,
                "
                $name($value),
                ",
                name = name,
                value = Listed([&held]),
            );
        }
    }
}

/// Which answers the variants are for.
fn expectations(imports: &mut Imports, expected: &str, item: &Answers) -> Vec<Line> {
    let of = |one: &AnswerVariant| {
        let line = Line::of(expectation(expected, one));
        match &one.xml {
            None => line,
            Some(xml) => {
                let xml = xml_node(imports, xml);
                Line::of(chain(&line, |steps| steps.call("with_xml", [xml])))
            }
        }
    };
    item.variants.iter().map(of).collect()
}

/// Which answers a variant is for.
fn expectation<'a>(expected: &'a str, variant: &'a AnswerVariant) -> impl Form + 'a {
    with(move |line| {
        let media_type = Literal(&variant.media_type);
        match variant.status {
            AnswerStatus::Code(code) => {
                let code = code.to_string();
                let arguments = [Line::of(&code), Line::of(media_type)];
                Call(Words([expected, "::status"]), arguments).write(line);
            }
            AnswerStatus::Range(first) => {
                let first = first.to_string();
                let arguments = [Line::of(&first), Line::of(media_type)];
                Call(Words([expected, "::range"]), arguments).write(line);
            }
            AnswerStatus::Default => {
                Call(Words([expected, "::default"]), [media_type]).write(line);
            }
        }
    })
}

fn arm(text: &mut Text, at: usize, variant: &AnswerVariant) {
    let of_self = Words(["Self::", ident(&variant.name)]);
    let pattern = at.to_string();
    match &variant.held {
        None => text.line(Arm { pattern: &pattern, value: Call("Ok", [of_self]) }),
        Some((value, form)) => {
            let function = match (form, value) {
                (AnswerForm::Json | AnswerForm::Xml, Type::Option(_)) => "nullable",
                _ => form.function(),
            };
            let value = chain("read", |steps| {
                steps.call(function, ());
                steps.call("map", [of_self]);
            });
            text.line(Arm { pattern: &pattern, value });
        }
    }
}
