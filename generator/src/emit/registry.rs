//! The types and actions by name.

use super::Imports;
use super::program::ident;
use crate::plan::{
    ActionEntry, ParameterEntry, Registry, RegistryTable, Type, TypeEntry, TypeKind,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The registry, over the tables of the modules below its own.
pub(crate) fn registry(imports: &mut Imports, registry: &Registry) -> TokenStream {
    let registry_type = imports.runtime(&["registry", "Registry"]);
    let table_type = imports.runtime(&["registry", "Table"]);
    let aliases = registry.aliases.iter().map(|(alias, namespace)| quote!((#alias, #namespace)));
    let tables = registry.tables.iter().map(|table| {
        let name = ident(&table.name);
        quote!(#table_type::new(#name::TYPES, #name::ACTIONS))
    });
    quote! {
        /// Every type and every action of the schema, by its qualified name.
        ///
        /// [`odatagen_runtime::registry`] says what can be done with it.
        pub static REGISTRY: #registry_type =
            #registry_type::new(&[#(#aliases),*], &[#(#tables),*]);
    }
}

/// The two constants of a table.
pub(crate) fn table(imports: &mut Imports, table: &RegistryTable) -> Vec<TokenStream> {
    let type_entry = imports.runtime(&["registry", "TypeEntry"]);
    let action_entry = imports.runtime(&["registry", "ActionEntry"]);
    let types: Vec<_> =
        table.types.iter().map(|entry| type_entry_of(imports, &type_entry, entry)).collect();
    let actions: Vec<_> =
        table.actions.iter().map(|entry| action_entry_of(imports, &action_entry, entry)).collect();
    vec![
        quote!(pub(super) const TYPES: &[#type_entry] = &[#(#types),*];),
        quote!(pub(super) const ACTIONS: &[#action_entry] = &[#(#actions),*];),
    ]
}

fn type_entry_of(
    imports: &mut Imports,
    type_entry: &impl ToTokens,
    entry: &TypeEntry,
) -> TokenStream {
    let kind = ident(match entry.kind {
        TypeKind::Entity => "entity",
        TypeKind::Complex => "complex",
        TypeKind::Enumeration => "enumeration",
        TypeKind::Primitive => "primitive",
    });
    let place = place(imports, &entry.value);
    let wire_name = &entry.wire_name;
    let changes = entry.changes.as_ref().map(|changes| {
        let (members, never_null) = (&changes.members, &changes.never_null);
        quote!(.changes(&[#(#members),*], &[#(#never_null),*]))
    });
    quote!(#type_entry::#kind(#wire_name, #place) #changes)
}

fn action_entry_of(
    imports: &mut Imports,
    action_entry: &impl ToTokens,
    entry: &ActionEntry,
) -> TokenStream {
    let wire_name = &entry.wire_name;
    let parameters: Vec<_> = entry.parameters.iter().map(|one| parameter(imports, one)).collect();
    let binding = entry.binding.as_ref().map(|binding| {
        let method = ident(if binding.collection { "bound_to_collection" } else { "bound_to" });
        let wire_name = &binding.wire_name;
        quote!(.#method(#wire_name))
    });
    quote!(#action_entry::new(#wire_name, &[#(#parameters),*]) #binding)
}

fn parameter(imports: &mut Imports, parameter: &ParameterEntry) -> TokenStream {
    let name = imports.runtime(&["registry", "Parameter"]);
    let method = ident(if parameter.nullable { "nullable" } else { "never_null" });
    let place = place(imports, &parameter.value);
    let wire_name = &parameter.wire_name;
    quote!(#name::#method(#wire_name, #place))
}

/// The function that makes a place for values of a type.
fn place(imports: &mut Imports, value: &Type) -> TokenStream {
    let place = imports.runtime(&["registry", "place"]);
    let value = imports.value(value);
    quote!(#place::<#value>)
}
