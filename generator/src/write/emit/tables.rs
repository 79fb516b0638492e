//! The table of the members of a struct, by which the runtime reads and writes it.

use super::imports::Name;
use super::{Imports, ident};
use crate::crate_plan::{Field, JsonForm, Layout, NamePattern, Presence, Struct};
use crate::write::form::{
    Arm, Array, Call, ConstBlock, Each, For, Form, Literal, Prefixed, Tokens, Words, chain, with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The table, and the implementations that the runtime derives from it.
pub(super) fn structured(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let structured = imports.runtime(&["codegen", "Structured"]);
    let shape = imports.runtime(&["codegen", "Shape"]);
    let slot = imports.runtime(&["codegen", "Slot"]);
    let view = imports.runtime(&["codegen", "View"]);
    let name = ident(&item.name);
    let slots = Access::new(imports, item, "slot", &slot, "&mut ");
    let views = Access::new(imports, item, "view", &view, "&");
    let names = imports.runtime(&["codegen", "Names"]);
    let made = with(|line| self::shape(line, item, &shape, &names));
    template!(
        text,
        "
        impl $Structured_for_name {
            #[inline]
            fn shape(&self) -> &'static $Shape {
                $table
            }

            #[inline]
            fn slot(&mut self, index: usize) -> $Slot<'_> {
                $slots
            }

            #[inline]
            fn view(&self, index: usize) -> $View<'_> {
                $views
            }
        }

        $completed
        ",
        Structured_for_name = For(&structured, name),
        Shape = &shape,
        table = ConstBlock(Prefixed("&", made)),
        Slot = &slot,
        slots => slots.write(text, item),
        View = &view,
        views => views.write(text, item),
        completed => completed(text, imports, item),
    );
}

/// The call of the macro that completes the struct.
fn completed(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let name = ident(&item.name);
    match (&item.layout, &item.any) {
        (Layout::Json(_), _) => template!(
            text,
            "
            schemacrate_runtime::json_structured!($arguments);
            ",
            arguments = Tokens([name]),
        ),
        (_, Some(any)) => template!(
            text,
            "
            schemacrate_runtime::base!($arguments);
            ",
            arguments = Tokens((name, imports.item_tokens(any))),
        ),
        (_, None) => template!(
            text,
            "
            schemacrate_runtime::structured!($arguments);
            ",
            arguments = Tokens([name]),
        ),
    }
}

/// The shape: the names of the members, and what else the reader has to know of them.
fn shape(line: &mut Line, item: &Struct, shape: &str, names: &str) {
    let wire_names = item.fields.iter().filter(|one| is_member(one));
    let wire_names = wire_names.map(|field| Literal(&field.wire_name));
    let wire_names = Prefixed("&", Array(Each(wire_names)));
    let Layout::Json(form) = item.layout else {
        let of = Words([shape, "::odata"]);
        return Call(of, (Literal(&item.wire_name), wire_names)).write(line);
    };
    if form == JsonForm::Tuple {
        let count = item.fields.iter().filter(|one| is_member(one)).count().to_string();
        let made = Call(Words([shape, "::tuple"]), (Literal(&item.wire_name), &*count));
        let has_rest = item.fields.iter().any(|one| one.presence == Presence::Rest);
        return match has_rest {
            true => chain(made, |steps| steps.call("with_others", ())).write(line),
            false => made.write(line),
        };
    }
    let made = Call(Words([shape, "::json"]), (Literal(&item.wire_name), wire_names));
    let required: Vec<String> = item
        .fields
        .iter()
        .enumerate()
        .filter(|(_, one)| is_required(one))
        .map(|(at, _)| at.to_string())
        .collect();
    let patterns: Vec<&NamePattern> = item
        .fields
        .iter()
        .filter_map(|one| match &one.presence {
            Presence::Pattern(pattern) => Some(pattern),
            _ => None,
        })
        .collect();
    chain(made, |steps| {
        if !required.is_empty() {
            let indices = Prefixed("&", Array(Each(required.iter())));
            steps.call("with_required", [indices]);
        }
        if !patterns.is_empty() {
            let patterns = patterns.iter().map(|one| pattern(names, one));
            steps.call("with_patterns", [Prefixed("&", Array(Each(patterns)))]);
        }
        if item.fields.iter().any(|one| one.presence == Presence::Others) {
            steps.call("with_others", ());
        }
        if form == JsonForm::OpenKind {
            steps.call("with_open_kind", ());
        }
    })
    .write(line);
}

/// The names that a field has the members of.
fn pattern<'a>(names: &'a str, pattern: &'a NamePattern) -> impl Form + 'a {
    with(move |line| {
        let (variant, text) = match pattern {
            NamePattern::Prefix(text) => ("::Prefix", text),
            NamePattern::Suffix(text) => ("::Suffix", text),
            NamePattern::Containing(text) => ("::Containing", text),
            NamePattern::Exactly(text) => ("::Exactly", text),
            NamePattern::Any => return Words([names, "::Any"]).write(line),
        };
        Call(Words([names, variant]), [Literal(text)]).write(line);
    })
}

/// Whether a field is one member, or one item.
fn is_member(field: &Field) -> bool {
    !matches!(field.presence, Presence::Pattern(_) | Presence::Others | Presence::Rest)
}

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
}

/// What the name of the function begins with that makes the slot or the view of a field.
fn maker(presence: &Presence) -> &'static str {
    match presence {
        Presence::Optional => "",
        Presence::Boxed => "boxed_",
        Presence::Required => "required_",
        Presence::Nullable => "nullable_",
        Presence::Maybe => "maybe_",
        Presence::Pattern(_) | Presence::Others => "entries_",
        Presence::Rest => "rest_",
    }
}

/// How the slots or the views of fields are made.
struct Access<'a> {
    /// The functions that make them, by what their names begin with.
    makers: Vec<(&'static str, Name)>,
    /// The enum whose variants they are.
    kind: &'a Name,
    /// The expression that borrows a field.
    borrow: &'static str,
}

impl<'a> Access<'a> {
    fn new(
        imports: &mut Imports,
        item: &Struct,
        maker: &str,
        kind: &'a Name,
        borrow: &'static str,
    ) -> Self {
        let mut makers: Vec<(&str, Name)> = Vec::new();
        for field in &item.fields {
            let prefix = self::maker(&field.presence);
            if makers.iter().all(|(one, _)| *one != prefix) {
                let name = imports.runtime(&["codegen", &[prefix, maker].concat()]);
                makers.push((prefix, name));
            }
        }
        Self { makers, kind, borrow }
    }

    /// The access to a member by its index; the index after the last member is that of the
    /// undeclared ones.
    fn write(&self, text: &mut Text, item: &Struct) {
        let rest = Words([self.kind, "::Additional"]);
        let rest = self.borrowed(rest, &item.additional);
        if item.fields.is_empty() {
            text.line("let _ = index;");
            return text.line(rest);
        }
        template!(
            text,
            "
            match index {
                $arms
                $rest
            }
            ",
            arms => for (index, field) in item.fields.iter().enumerate() {
                let prefix = maker(&field.presence);
                let maker = self.makers.iter().find(|(one, _)| *one == prefix);
                let maker = maker.map(|(_, name)| &**name).unwrap_or_default();
                let value = self.borrowed(maker, &field.name);
                text.line(Arm { pattern: &index.to_string(), value });
            },
            rest = Arm { pattern: "_", value: rest },
        );
    }

    /// The call that makes a slot or a view of a field.
    fn borrowed(&self, maker: impl Form + Copy, field: &str) -> impl Form + Copy {
        let field = ident(field);
        Call(maker, [Prefixed(self.borrow, chain("self", move |steps| steps.field(field)))])
    }
}
