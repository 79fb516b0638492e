//! Structs and unions as a generated crate has them, in a line for each member and branch. `codegen`,
//! `Additional` and `Untyped` have to be in scope.

/// Declares a struct with its table: fields with their states, members, required indices.
macro_rules! object {
    (@slot required $field:expr) => { codegen::required_slot(&mut $field) };
    (@slot optional $field:expr) => { codegen::slot(&mut $field) };
    (@slot nullable $field:expr) => { codegen::nullable_slot(&mut $field) };
    (@slot maybe $field:expr) => { codegen::maybe_slot(&mut $field) };
    (@slot entries $field:expr) => { codegen::entries_slot(&mut $field) };
    (@slot rest $field:expr) => { codegen::rest_slot(&mut $field) };
    (@view required $field:expr) => { codegen::required_view(&$field) };
    (@view optional $field:expr) => { codegen::view(&$field) };
    (@view nullable $field:expr) => { codegen::nullable_view(&$field) };
    (@view maybe $field:expr) => { codegen::maybe_view(&$field) };
    (@view entries $field:expr) => { codegen::entries_view(&$field) };
    (@view rest $field:expr) => { codegen::rest_view(&$field) };
    (@blank required) => { codegen::blank() };
    (@blank $other:ident) => { Default::default() };
    (
        $(#[$attribute:meta])*
        $name:ident $(base of $any:ident)? = $shape:expr;
        $($state:ident $field:ident: $type:ty,)*
    ) => {
        $(#[$attribute])*
        pub struct $name {
            $(pub $field: $type,)*
            pub additional: Additional,
        }

        impl codegen::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self { $($field: object!(@blank $state),)* additional: Additional::default() }
            }
        }

        impl codegen::Structured for $name {
            #[inline]
            fn shape(&self) -> &'static codegen::Shape {
                const { &$shape }
            }

            #[inline]
            fn slot(&mut self, index: usize) -> codegen::Slot<'_> {
                #[allow(non_camel_case_types)] // The names of fields.
                enum Member { $($field),* }
                match index {
                    $(index if index == Member::$field as usize => {
                        object!(@slot $state self.$field)
                    })*
                    _ => codegen::Slot::Additional(&mut self.additional),
                }
            }

            #[inline]
            fn view(&self, index: usize) -> codegen::View<'_> {
                #[allow(non_camel_case_types)] // The names of fields.
                enum Member { $($field),* }
                match index {
                    $(index if index == Member::$field as usize => {
                        object!(@view $state self.$field)
                    })*
                    _ => codegen::View::Additional(&self.additional),
                }
            }
        }

        object!(@base $name $($any)?);
    };
    (@base $name:ident) => { schemacrate_runtime::json_structured!($name); };
    (@base $name:ident $any:ident) => { schemacrate_runtime::json_base!($name, $any); };
}

/// Declares a union with its table: branches with their types and kinds.
macro_rules! alternatives {
    (
        $(#[$attribute:meta])*
        $name:ident by $by:expr $(, $more:ident)*;
        $($branch:ident($type:ty) = $kinds:expr,)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($branch($type),)*
            Other(Untyped),
        }

        impl codegen::Union for $name {
            const CHOICE: &'static codegen::Choice =
                &codegen::Choice::new(&[$($kinds),*], $by)$(.$more())*;

            #[inline]
            fn read(branch: usize, read: &mut codegen::Read<'_>) -> Option<Self> {
                #[allow(clippy::enum_variant_names)] // The names of branches.
                enum Branch { $($branch),* }
                match branch {
                    $(branch if branch == Branch::$branch as usize => {
                        codegen::branch(read).map(Self::$branch)
                    })*
                    _ => codegen::branch(read).map(Self::Other),
                }
            }

            #[inline]
            fn view(&self) -> codegen::View<'_> {
                match self {
                    $(Self::$branch(value) => codegen::required_view(value),)*
                    Self::Other(value) => codegen::required_view(value),
                }
            }
        }

        schemacrate_runtime::union!($name);
    };
}

pub(crate) use {alternatives, object};
