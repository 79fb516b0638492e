//! The table of the members of a struct, by which the runtime reads and writes it.

use super::imports::Name;
use super::{Imports, ident};
use crate::crate_plan::{Field, Struct, Type};
use crate::write::form::{
    Arm, Array, Call, Constant, Each, For, Form, Literal, Prefixed, Tokens, Words, chain,
};
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
    let wire_names = || item.fields.iter().map(|field| Literal(&field.wire_name));
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
            value: Prefixed("&", Call(Words([&*shape, "::odata"]), (
                Literal(&item.wire_name),
                Prefixed("&", Array(Each(wire_names()))),
            ))),
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
    match &item.any {
        Some(any) => template!(
            text,
            "
            schemacrate_runtime::base!($arguments);
            ",
            arguments = Tokens((name, imports.item_tokens(any), "described")),
        ),
        None => template!(
            text,
            "
            schemacrate_runtime::structured!($arguments);
            ",
            arguments = Tokens((name, "described")),
        ),
    }
}

/// How the slots or the views of fields are made.
struct Access<'a> {
    /// The functions that make them: of plain fields, and of those in a box. Only functions that a
    /// field needs are imported.
    makers: [Option<Name>; 2],
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
        let makers = [("", false), ("boxed_", true)].map(|(prefix, boxed)| {
            let is_needed = item.fields.iter().any(|field| is_boxed(field) == boxed);
            is_needed.then(|| imports.runtime(&["codegen", &[prefix, maker].concat()]))
        });
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
                let maker = self.makers[usize::from(is_boxed(field))].as_deref();
                let value = self.borrowed(maker.unwrap_or_default(), &field.name);
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

fn is_boxed(field: &Field) -> bool {
    matches!(field.inner(), Type::Box(_))
}
