//! Builders of changes, and of the parameters of actions.

use super::imports::{TypeName, TypeTokens};
use super::{Imports, docs, ident};
use crate::crate_plan::{Foreign, Setter, Type, Update};
use crate::write::form::{Call, Each, Joined, Listed, Literal, Parameters, Then, Tokens, chain};
use crate::write::template::template;
use crate::write::wrap::Text;

/// A builder.
pub(super) fn update(text: &mut Text, imports: &mut Imports, item: &Update) {
    let name = ident(&item.name);
    let update = imports.runtime(&["model", "Update"]);
    let untyped = imports.runtime(&["model", "Untyped"]);
    let into = imports.prelude("Into", &["std", "convert", "Into"]);
    let additional = TypeName::generic(into, untyped).after("impl ");
    let setters: Vec<_> = item.setters.iter().map(|one| (one, Taken::new(imports, one))).collect();
    let object = item.object.as_ref().map(|object| TypeName::from(imports.item(object)));
    let part = item.part.as_ref().map(|part| imports.value(part));
    template!(
        text,
        "
        $docs
        #[derive(Clone, Debug, Default)]
        #[must_use]
        pub struct $name($Update);

        impl $name {
            /// No changes yet.
            #[inline]
            pub fn new() -> Self {
                Self($update::default())
            }

            $setters
            /// Sets a member that the schema does not declare, or an annotation.
            pub fn additional($parameters) -> Self {
                Self(self.0.with_raw(name, value))
            }
        }

        schemacrate_runtime::update!($arguments);
        ",
        docs => docs(text, &item.docs),
        name = name,
        Update = Listed([&update]),
        update = &update,
        setters => for (one, taken) in &setters { setter(text, one, taken) },
        parameters = Parameters((
            "self",
            "name: &str",
            Joined("value: ", &additional),
        )),
        arguments = Tokens(Then([name], Each(object.iter().chain(&part).map(TypeTokens)))),
    );
}

/// What a setter takes, and the method of the update that takes it.
struct Taken {
    value: TypeName,
    method: &'static str,
    /// What the method is given.
    passed: &'static str,
}

impl Taken {
    fn new(imports: &mut Imports, setter: &Setter) -> Self {
        let value = imports.value(&setter.value);
        let (into, method) = if setter.nullable {
            (imports.runtime(&["model", "IntoNullable"]), "with_nullable")
        } else if setter.value == Type::Foreign(Foreign::String) {
            (imports.prelude("Into", &["std", "convert", "Into"]), "with_text")
        } else if is_structured(&setter.value) {
            (imports.runtime(&["model", "IntoAssigned"]), "with_assigned")
        } else {
            return Self { value, method: "with", passed: "&value" };
        };
        let value = TypeName::generic(into, value).after("impl ");
        Self { value, method, passed: "value" }
    }
}

/// A setter, and the empty line after it.
fn setter(text: &mut Text, setter: &Setter, taken: &Taken) {
    docs(text, &setter.docs);
    // What is generic is compiled where it is called, in any case.
    if !taken.value.is_impl() {
        text.line("#[inline]");
    }
    let wire_name = Literal(&setter.wire_name);
    let set = chain("self", |steps| {
        steps.field("0");
        steps.call(taken.method, (wire_name, taken.passed));
    });
    template!(
        text,
        "
        pub fn $name($parameters) -> Self {
            $set
        }

        ",
        name = ident(&setter.name),
        parameters = Parameters(("self", Joined("value: ", &taken.value))),
        set = Call("Self", [set]),
    );
}

/// Whether values are objects, of which an update can change a part.
fn is_structured(value: &Type) -> bool {
    matches!(value, Type::Generated(path) if !path.is_enum)
}
