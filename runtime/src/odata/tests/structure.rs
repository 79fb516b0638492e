//! Structs as a generated crate has them, in a line for each member.
//!
//! The tests in `runtime/tests` include this file as well.

/// Declares a struct and its table: fields, names of the members, slots and views. A member in a box has
/// `in Box` after its name. `codegen` and `Additional` have to be in scope; within this
/// crate, `codegen` is `json`.
macro_rules! structure {
    (@slot $field:expr) => { codegen::slot(&mut $field) };
    (@slot $field:expr, Box) => { codegen::boxed_slot(&mut $field) };
    (@view $field:expr) => { codegen::view(&$field) };
    (@view $field:expr, Box) => { codegen::boxed_view(&$field) };
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident is $wire_name:literal {
            $($field:ident: $type:ty = $member:literal $(in $boxed:ident)?,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Default)]
        $visibility struct $name {
            $($visibility $field: Option<$type>,)*
            $visibility additional: Additional,
        }

        impl codegen::Structured for $name {
            fn shape(&self) -> &'static codegen::Shape {
                const { &codegen::Shape::odata($wire_name, &[$($member),*]) }
            }

            fn slot(&mut self, index: usize) -> codegen::Slot<'_> {
                #[allow(non_camel_case_types)] // The names of fields.
                enum Member { $($field),* }
                match index {
                    $(index if index == Member::$field as usize => {
                        structure!(@slot self.$field $(, $boxed)?)
                    })*
                    _ => codegen::Slot::Additional(&mut self.additional),
                }
            }

            fn view(&self, index: usize) -> codegen::View<'_> {
                #[allow(non_camel_case_types)] // The names of fields.
                enum Member { $($field),* }
                match index {
                    $(index if index == Member::$field as usize => {
                        structure!(@view self.$field $(, $boxed)?)
                    })*
                    _ => codegen::View::Additional(&self.additional),
                }
            }
        }
    };
}

pub(crate) use structure;
