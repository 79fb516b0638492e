//! The types and actions of a service, and the schemas of a description, by name.

use super::{Imports, ident};
use crate::crate_plan::{
    ActionEntry, ParameterEntry, Registry, RegistryTable, SchemaEntry, SchemaKind, SchemaTable,
    Type, TypeEntry, TypeKind,
};
use crate::write::form::{
    Array, Call, Constant, Each, Form, Generic, Joined, Literal, Prefixed, Tuple, Words, chain,
    with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The registry, over the tables of the modules below its own.
pub(crate) fn registry(text: &mut Text, imports: &mut Imports, registry: &Registry) {
    match registry {
        Registry::Names { aliases, versions, tables } => {
            of_names(text, imports, (aliases, versions), tables);
        }
        Registry::Schemas(tables) => of_schemas(text, imports, tables),
    }
}

fn of_schemas(text: &mut Text, imports: &mut Imports, tables: &[SchemaTable]) {
    let schemas_type = imports.runtime(&["registry", "Schemas"]);
    template!(
        text,
        "
        /// Every schema that has a type, by its name and by its address.
        ///
        /// [`schemacrate_runtime::registry`] explains how to use it.
        $registry
        ",
        registry = Constant {
            head: Words(["pub static ", "REGISTRY"]),
            kind: &schemas_type,
            value: Call(
                Words([&schemas_type, "::new"]),
                [slice(tables.iter().map(|table| Words([ident(&table.name), "::SCHEMAS"])))],
            ),
        },
    );
}

/// Names with other names.
type Pairs = [(String, String)];

fn of_names(
    text: &mut Text,
    imports: &mut Imports,
    (aliases, versions): (&Pairs, &Pairs),
    tables: &[RegistryTable],
) {
    let registry_type = imports.runtime(&["registry", "Registry"]);
    let table_type = imports.runtime(&["registry", "Table"]);
    let tables = tables.iter().map(|table| {
        let name = ident(&table.name);
        let constants = [Words([name, "::TYPES"]), Words([name, "::ACTIONS"])];
        Call(Words([&table_type, "::new"]), constants)
    });
    let tables = slice(tables);
    template!(
        text,
        "
        /// Every type and every action of the schema, by its qualified name.
        ///
        /// [`schemacrate_runtime::registry`] explains how to use it.
        $registry
        ",
        registry = Constant {
            head: Words(["pub static ", "REGISTRY"]),
            kind: &registry_type,
            value: with(|line| match versions.is_empty() {
                true => Call(Words([&registry_type, "::new"]), (pairs(aliases), tables.clone()))
                    .write(line),
                false => Call(
                    Words([&registry_type, "::with_versions"]),
                    (pairs(aliases), pairs(versions), tables.clone()),
                )
                .write(line),
            }),
        },
    );
}

fn pairs(names: &Pairs) -> impl Form + '_ {
    slice(names.iter().map(|(name, other)| Tuple([Literal(name), Literal(other)])))
}

/// The two constants of a table.
pub(crate) fn table(text: &mut Text, imports: &mut Imports, table: &RegistryTable) {
    let type_entry = imports.runtime(&["registry", "TypeEntry"]);
    let action_entry = imports.runtime(&["registry", "ActionEntry"]);
    template!(
        text,
        "
        $types

        $actions
        ",
        types = Constant {
            head: Words(["pub(super) const ", "TYPES"]),
            kind: Words(["&[", &type_entry, "]"]),
            value: slice(table.types.iter().map(|one| self::type_entry(imports, &type_entry, one))),
        },
        actions = Constant {
            head: Words(["pub(super) const ", "ACTIONS"]),
            kind: Words(["&[", &action_entry, "]"]),
            value: slice(table.actions.iter().map(|one| action(imports, &action_entry, one))),
        },
    );
}

/// The constant of a table of schemas.
pub(crate) fn schemas(text: &mut Text, imports: &mut Imports, table: &SchemaTable) {
    let schema_entry = imports.runtime(&["registry", "SchemaEntry"]);
    let schema_type = imports.runtime(&["registry", "SchemaType"]);
    template!(
        text,
        "
        $schemas
        ",
        schemas = Constant {
            head: Words(["pub(super) const ", "SCHEMAS"]),
            kind: Words(["&[", &schema_entry, "]"]),
            value: slice(table.schemas.iter().map(|one| schema(
                imports,
                (&schema_entry, &schema_type),
                one
            ))),
        },
    );
}

/// A reference to an array.
fn slice<I: Iterator<Item: Form>>(items: I) -> Prefixed<Array<Each<I>>> {
    Prefixed("&", Array(Each(items)))
}

fn names(names: &[String]) -> impl Form {
    slice(names.iter().map(|name| Literal(name)))
}

fn type_entry<'a>(
    imports: &mut Imports,
    entry_type: &'a str,
    entry: &'a TypeEntry,
) -> impl Form + use<'a> {
    let maker = match entry.kind {
        TypeKind::Entity => "::entity",
        TypeKind::Complex => "::complex",
        TypeKind::Enumeration => "::enumeration",
        TypeKind::Primitive => "::primitive",
    };
    let place = place(imports, &entry.value);
    let made = Call(Words([entry_type, maker]), (Literal(&entry.wire_name), place));
    with(move |line| match &entry.changes {
        Some(changes) => {
            let taken = (names(&changes.members), names(&changes.never_null));
            chain(made, |steps| steps.call("changes", taken)).write(line);
        }
        None => made.write(line),
    })
}

fn schema<'a>(
    imports: &mut Imports,
    (entry_type, schema_type): (&'a str, &'a str),
    entry: &'a SchemaEntry,
) -> impl Form + use<'a> {
    let maker = match entry.kind {
        SchemaKind::Structure => "::structure::",
        SchemaKind::Enumeration => "::enumeration::",
        SchemaKind::Union => "::union::",
        SchemaKind::Value => "::value::",
    };
    let value = Line::of(imports.typed(&entry.value));
    let of = Call(Generic(Words([schema_type, maker]), [value]), ());
    let made = Call(Words([entry_type, "::new"]), (Literal(&entry.address), of));
    with(move |line| {
        if entry.name.is_none() && !entry.is_nullable {
            return made.write(line);
        }
        chain(made, |steps| {
            if let Some(name) = &entry.name {
                steps.call("named", [Literal(name)]);
            }
            if entry.is_nullable {
                steps.call("or_null", ());
            }
        })
        .write(line);
    })
}

fn action<'a>(
    imports: &mut Imports,
    entry_type: &'a str,
    entry: &'a ActionEntry,
) -> impl Form + use<'a> {
    let parameters: Vec<_> = entry.parameters.iter().map(|one| parameter(imports, one)).collect();
    let parameters = slice(parameters.into_iter());
    let made = Call(Words([entry_type, "::new"]), (Literal(&entry.wire_name), parameters));
    with(move |line| match &entry.binding {
        Some(binding) => {
            let bound = if binding.collection { "bound_to_collection" } else { "bound_to" };
            chain(made, |steps| steps.call(bound, [Literal(&binding.wire_name)])).write(line);
        }
        None => made.write(line),
    })
}

fn parameter<'a>(imports: &mut Imports, parameter: &'a ParameterEntry) -> impl Form + use<'a> {
    let entry_type = imports.runtime(&["registry", "Parameter"]);
    let maker = if parameter.nullable { "::nullable" } else { "::never_null" };
    let place = place(imports, &parameter.value);
    Call(Joined(entry_type, maker), (Literal(&parameter.wire_name), place))
}

/// The function that makes a place for values of a type.
fn place(imports: &mut Imports, value: &Type) -> impl Form + use<> {
    let place = imports.runtime(&["registry", "place"]);
    let value = Line::of(imports.typed(value));
    Generic(Joined(place, "::"), [value])
}
