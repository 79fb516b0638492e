//! How values of a struct of JSON are made: its constructor and its setters.

use super::{Imports, docs, ident};
use crate::crate_plan::{
    Constructor, FieldSetter, Given, Initial, Literal as Value, Presence, Struct,
};
use crate::write::form::{Call, Form, Joined, Literal, Words, chain, with};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The widest struct expression on one line, from its name to before the closing bracket.
const WIDEST: usize = 34;

/// The empty value, the constructor and the setters, each with the empty line after it.
pub(super) fn values(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let Some(json) = item.json() else { return };
    if !item.is_default() {
        blank(text, imports, item);
    }
    if json.constructor.is_none() && json.setters.is_empty() {
        return;
    }
    let constructor = json.constructor.as_ref();
    template!(
        text,
        "
        impl $name {
            $methods
        }

        ",
        name = ident(&item.name),
        methods => {
            constructor.iter().for_each(|one| new(text, imports, one));
            for (at, one) in json.setters.iter().enumerate() {
                if at > 0 || constructor.is_some() {
                    text.blank();
                }
                setter(text, imports, one);
            }
        },
    );
}

/// The value that a reader fills.
fn blank(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let trait_name = imports.runtime(&["codegen", "Blank"]);
    let mut fields: Vec<Line> = Vec::with_capacity(item.fields.len() + 1);
    for field in &item.fields {
        let value = match field.presence {
            Presence::Required => [&*imports.runtime(&["codegen", "blank"]), "()"].concat(),
            Presence::Optional | Presence::Boxed | Presence::Nullable => "None".to_owned(),
            Presence::Maybe => [&*imports.runtime(&["model", "Maybe"]), "::Absent"].concat(),
            Presence::Pattern(_) | Presence::Others | Presence::Rest => nothing(imports),
        };
        fields.push(Line::of(Words([ident(&field.name), ": ", &value])));
    }
    fields.push(Line::of(Words([ident(&item.additional), ": ", &nothing(imports)])));
    template!(
        text,
        "
        impl $Blank_for_name {
            #[inline]
            fn blank() -> Self {
                $made
            }
        }

        ",
        Blank_for_name = crate::write::form::For(&trait_name, ident(&item.name)),
        made => structure(text, &fields, None),
    );
}

/// An empty collection.
fn nothing(imports: &mut Imports) -> String {
    [&*imports.prelude(&["std", "default", "Default"]), "::default()"].concat()
}

fn new(text: &mut Text, imports: &mut Imports, constructor: &Constructor) {
    let signature = Line::of(imports.signature(&constructor.signature));
    let blank = constructor.has_others.then(|| imports.runtime(&["codegen", "blank"]));
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
    let fields: Vec<Line> = constructor.fields.iter().map(|one| initial(one, &boxed)).collect();
    let rest = blank.map(|name| [&*name, "()"].concat());
    template!(
        text,
        "
        $docs
        pub fn new$arguments_to_self {
            $made
        }
        ",
        docs => docs(text, &constructor.docs),
        arguments_to_self = &signature,
        made => structure(text, &fields, rest.as_deref()),
    );
}

/// A field of a struct expression.
fn initial(initial: &Initial, boxed: &str) -> Line {
    let field = ident(&initial.field);
    match &initial.value {
        Given::Argument(name) if *name == initial.field => Line::of(field),
        value => Line::of(Joined(Words([field, ": "]), given(value, boxed))),
    }
}

/// A value that is given.
fn given<'a>(value: &'a Given, boxed: &'a str) -> impl Form + 'a {
    with(move |line| match value {
        Given::Argument(name) => ident(name).write(line),
        Given::Into(name) => chain(ident(name), |steps| steps.call("into", ())).write(line),
        Given::Boxed(name) => Call(Words([boxed, "::new"]), [ident(name)]).write(line),
        Given::Literal(Value::Text(text)) => {
            chain(Literal(text), |steps| steps.call("to_owned", ())).write(line);
        }
        Given::Literal(Value::Number(digits)) => digits.as_str().write(line),
        Given::Literal(Value::Boolean(value)) => {
            (if *value { "true" } else { "false" }).write(line);
        }
    })
}

/// A struct expression, on one line or with each field on its own, as prettyplease writes it.
fn structure(text: &mut Text, fields: &[Line], rest: Option<&str>) {
    let rest = rest.map(|rest| ["..", rest].concat());
    let flat = Line::of(with(|line| {
        line.word("Self { ");
        for (at, field) in fields.iter().enumerate() {
            line.word(if at > 0 { ", " } else { "" });
            line.append(field);
        }
        if let Some(rest) = &rest {
            line.word(if fields.is_empty() { "" } else { ", " });
            line.word(rest);
        }
        line.word(" ");
    }));
    if flat.position() <= WIDEST {
        return text.line(Joined(&flat, "}"));
    }
    text.line("Self {");
    text.deepen(1);
    for field in fields {
        text.line(Joined(field, ","));
    }
    if let Some(rest) = &rest {
        text.line(rest);
    }
    text.rise(1);
    text.line("}");
}

fn setter(text: &mut Text, imports: &mut Imports, setter: &FieldSetter) {
    let signature = Line::of(imports.signature(&setter.signature()));
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
    let value = Line::of(given(&setter.value, &boxed));
    let field = ident(&setter.field);
    template!(
        text,
        "
        $docs
        #[must_use]
        pub fn $name$value_to_self {
            self.$field = $value;
            self
        }
        ",
        docs => docs(text, &setter.docs),
        name = ident(&setter.name),
        value_to_self = &signature,
        field = field,
        value = with(|line| match setter.is_some {
            true => Call("Some", [&value]).write(line),
            false => line.append(&value),
        }),
    );
}
