//! The table of the members of a struct, by which the runtime reads and writes it.

use super::imports::Name;
use super::{Imports, ident, shapes};
use crate::crate_plan::{Presence, Struct};
use crate::write::form::{Arm, Call, Constant, For, Form, Prefixed, Tokens, Words, chain, with};
use crate::write::template::template;
use crate::write::wrap::Text;

/// The table, and the implementations that the runtime derives from it.
pub(super) fn structured(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let described = imports.runtime(&["codegen", "Described"]);
    let shape = imports.runtime(&["codegen", "Shape"]);
    let slot = imports.runtime(&["codegen", "Slot"]);
    let view = imports.runtime(&["codegen", "View"]);
    let name = ident(&item.name);
    let slots = Access::new(imports, item, "slot", &slot, "&mut ");
    let views = Access::new(imports, item, "view", &view, "&");
    let names = imports.runtime(&["codegen", "Names"]);
    let made = with(|line| shapes::shape(line, item, &shape, &names));
    template!(
        text,
        "
        impl $Described_for_name {
            $shape

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
        Described_for_name = For(&described, name),
        shape = Constant {
            head: Words(["const ", "SHAPE"]),
            kind: Words(["&'static ", &*shape]),
            value: Prefixed("&", made),
        },
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
    let any = item.json().map(|json| json.family.as_ref().map(|one| &one.any));
    match (any, &item.any) {
        (Some(Some(any)), _) => template!(
            text,
            "
            schemacrate_runtime::json_base!($arguments);
            ",
            arguments = Tokens((name, imports.item_tokens(any))),
        ),
        (Some(None), _) => template!(
            text,
            "
            schemacrate_runtime::json_structured!($arguments);
            ",
            arguments = Tokens([name]),
        ),
        (None, Some(any)) => template!(
            text,
            "
            schemacrate_runtime::base!($arguments);
            ",
            arguments = Tokens((name, imports.item_tokens(any), "described")),
        ),
        (None, None) => template!(
            text,
            "
            schemacrate_runtime::structured!($arguments);
            ",
            arguments = Tokens((name, "described")),
        ),
    }
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
