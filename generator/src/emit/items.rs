//! Structs, enums, hierarchies and updates.

use super::{Imports, docs, ident, requests};
use crate::plan::{Docs, Enum, Foreign, Hierarchy, Item, Setter, Struct, Type, Update};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The parts of an item, each to be separated by an empty line.
pub(crate) fn item(imports: &mut Imports, item: &Item) -> Vec<TokenStream> {
    match item {
        Item::Struct(item) => structure(imports, item),
        Item::Enum(item) => enumeration(imports, item),
        Item::Hierarchy(item) => hierarchy(imports, item),
        Item::Update(item) => update(imports, item),
        Item::Path(item) => requests::path(imports, item),
    }
}

fn structure(imports: &mut Imports, item: &Struct) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let option = imports.option();
    let additional_type = imports.runtime(&["model", "Additional"]);
    let additional = ident(&item.additional);
    let fields = item.fields.iter().map(|field| {
        let documentation = docs(&field.docs);
        let name = ident(&field.name);
        let value = imports.value(&field.value);
        quote!(#documentation pub #name: #option<#value>,)
    });
    let fields: TokenStream = fields.collect();
    let declaration = quote! {
        #documentation
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct #name {
            #fields
            /// What the service sent beside the members above, annotations included.
            pub #additional: #additional_type,
        }
    };
    let mut parts = vec![declaration];
    parts.extend(constants(imports, item));
    parts.push(structured(imports, item));
    parts.push(quote!(odatagen_runtime::structured!(#name);));
    parts.extend(derivations(imports, item));
    parts
}

/// The constants that stand for the members in queries.
fn constants(imports: &mut Imports, item: &Struct) -> Option<TokenStream> {
    let name = ident(&item.name);
    let constants = item.fields.iter().map(|field| {
        let documentation = docs(&Docs {
            paragraphs: vec![format!("`{}`, for queries.", field.wire_name)],
            deprecated: field.docs.deprecated.clone(),
        });
        let kind = if field.constant.is_navigation { "Navigation" } else { "Property" };
        let kind = imports.runtime(&["query", kind]);
        let name = ident(&field.constant.name);
        let value = imports.value(&field.constant.value);
        let wire_name = &field.wire_name;
        quote!(#documentation pub const #name: #kind<Self, #value> = #kind::new(#wire_name);)
    });
    let constants: TokenStream = constants.collect();
    (!constants.is_empty()).then(|| quote!(impl #name { #constants }))
}

/// Says from which bases the struct is derived, so that their filters can speak of its members.
fn derivations(imports: &mut Imports, item: &Struct) -> Vec<TokenStream> {
    if item.bases.is_empty() {
        return Vec::new();
    }
    let name = ident(&item.name);
    let wire_name = &item.wire_name;
    let derived_from = imports.runtime(&["query", "DerivedFrom"]);
    let derivation = |base| {
        let base = imports.item(base);
        quote! {
            impl #derived_from<#base> for #name {
                const NAME: &'static str = #wire_name;
            }
        }
    };
    item.bases.iter().map(derivation).collect()
}

/// The table of members, by which the runtime reads and writes the struct.
fn structured(imports: &mut Imports, item: &Struct) -> TokenStream {
    let structured = imports.runtime(&["model", "Structured"]);
    let shape = imports.runtime(&["model", "Shape"]);
    let slot_type = imports.runtime(&["model", "Slot"]);
    let view_type = imports.runtime(&["model", "View"]);
    let additional_type = imports.runtime(&["model", "Additional"]);
    let name = ident(&item.name);
    let additional = ident(&item.additional);
    let wire_name = &item.wire_name;
    let members = item.fields.iter().map(|field| &field.wire_name);
    let arms = |function: TokenStream, place: TokenStream| -> TokenStream {
        let last = item.fields.len().saturating_sub(1);
        item.fields
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let field = ident(&field.name);
                let pattern = if index == last {
                    quote!(_)
                } else {
                    let index = Literal::usize_unsuffixed(index);
                    quote!(#index)
                };
                quote!(#pattern => #function(#place self.#field),)
            })
            .collect()
    };
    let (slots, views) = if let [only] = item.fields.as_slice() {
        let only = ident(&only.name);
        let slot = imports.runtime(&["model", "slot"]);
        let view = imports.runtime(&["model", "view"]);
        (
            quote!({ let _ = index; #slot(&mut self.#only) }),
            quote!({ let _ = index; #view(&self.#only) }),
        )
    } else if item.fields.is_empty() {
        (
            quote!({ let _ = index; #slot_type::Ignore }),
            quote!({ let _ = index; #view_type::Absent }),
        )
    } else {
        let slot = imports.runtime(&["model", "slot"]);
        let view = imports.runtime(&["model", "view"]);
        let slots = arms(slot, quote!(&mut));
        let views = arms(view, quote!(&));
        (quote!(match index { #slots }), quote!(match index { #views }))
    };
    quote! {
        impl #structured for #name {
            #[inline]
            fn shape(&self) -> &'static #shape {
                static SHAPE: #shape = #shape::new(#wire_name, &[#(#members),*]);
                &SHAPE
            }

            #[inline]
            fn slot(&mut self, index: usize) -> #slot_type<'_> { #slots }

            #[inline]
            fn view(&self, index: usize) -> #view_type<'_> { #views }

            #[inline]
            fn additional(&self) -> &#additional_type { &self.#additional }

            #[inline]
            fn additional_mut(&mut self) -> &mut #additional_type { &mut self.#additional }
        }
    }
}

fn enumeration(imports: &mut Imports, item: &Enum) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let wire_name = &item.wire_name;
    let unrecognized = ident(&item.unrecognized);
    let string = imports.string();
    let open_enum = imports.runtime(&["model", "OpenEnum"]);
    let variants: TokenStream = item
        .variants
        .iter()
        .map(|variant| {
            let documentation = docs(&variant.docs);
            let name = ident(&variant.name);
            quote!(#documentation #name,)
        })
        .collect();
    let idents: Vec<_> = item.variants.iter().map(|variant| ident(&variant.name)).collect();
    let wires: Vec<_> = item.variants.iter().map(|variant| &variant.wire_name).collect();
    // A `match` with a single arm would be a roundabout `let`.
    let (from_name, name_of) = if idents.is_empty() {
        (
            quote!(Self::#unrecognized(name.to_owned())),
            quote! { let Self::#unrecognized(name) = self; name },
        )
    } else {
        (
            quote! {
                match name {
                    #(#wires => Self::#idents,)*
                    other => Self::#unrecognized(other.to_owned()),
                }
            },
            quote! {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::#unrecognized(name) => name,
                }
            },
        )
    };
    let declaration = quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #variants
            /// A member that the schema does not know, by its wire name.
            #unrecognized(#string),
        }
    };
    let implementation = quote! {
        impl #open_enum for #name {
            const NAME: &'static str = #wire_name;

            fn from_name(name: &str) -> Self { #from_name }

            fn name(&self) -> &str { #name_of }
        }
    };
    vec![declaration, implementation, quote!(odatagen_runtime::open_enum!(#name);)]
}

fn hierarchy(imports: &mut Imports, item: &Hierarchy) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let structured = imports.runtime(&["model", "Structured"]);
    let hierarchy = imports.runtime(&["model", "Hierarchy"]);
    let boxed = imports.prelude("Box", &["std", "boxed", "Box"]);
    let option = imports.option();
    let default = imports.prelude("Default", &["std", "default", "Default"]);
    let from = imports.prelude("From", &["std", "convert", "From"]);
    let base = ident(&item.base.name);
    let base_type = imports.item(&item.base.value);
    let names: Vec<_> = item.derived.iter().map(|variant| ident(&variant.name)).collect();
    let wires: Vec<_> = item.derived.iter().map(|variant| &variant.wire_name).collect();
    let types: Vec<_> = item.derived.iter().map(|variant| imports.item(&variant.value)).collect();
    let patterns = item.derived.iter().map(|variant| {
        let wire_name = &variant.wire_name;
        match &variant.alias {
            Some(alias) => quote!(#wire_name | #alias),
            None => quote!(#wire_name),
        }
    });
    let texts = wires.iter().map(|wire| format!(" The derived type `{wire}`."));
    let base_text =
        format!(" The base type `{}`, or a derived type that is not known.", item.base.wire_name);
    let declaration = quote! {
        #documentation
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #[doc = #base_text]
            #base(#boxed<#base_type>),
            #(#[doc = #texts] #names(#boxed<#types>),)*
        }
    };
    let implementation = quote! {
        impl #hierarchy for #name {
            fn new(type_name: #option<&str>) -> Self {
                match type_name {
                    #(Some(#patterns) => Self::#names(#default::default()),)*
                    _ => Self::#base(#default::default()),
                }
            }

            fn is_derived(&self) -> bool {
                !matches!(self, Self::#base(_))
            }

            fn structured(&self) -> &dyn #structured {
                match self {
                    Self::#base(value) => &**value,
                    #(Self::#names(value) => &**value,)*
                }
            }

            fn structured_mut(&mut self) -> &mut dyn #structured {
                match self {
                    Self::#base(value) => &mut **value,
                    #(Self::#names(value) => &mut **value,)*
                }
            }
        }
    };
    let mut parts = vec![declaration, implementation];
    for (variant, value) in names.iter().zip(&types).chain([(&base, &base_type)]) {
        parts.push(quote! {
            impl #from<#value> for #name {
                fn from(value: #value) -> Self {
                    Self::#variant(#boxed::new(value))
                }
            }
        });
    }
    parts.push(quote!(odatagen_runtime::hierarchy!(#name, #base_type);));
    parts
}

fn update(imports: &mut Imports, item: &Update) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let update = imports.runtime(&["model", "Update"]);
    let untyped = imports.runtime(&["model", "Untyped"]);
    let into = imports.prelude("Into", &["std", "convert", "Into"]);
    let setters: TokenStream = item.setters.iter().map(|one| setter(imports, one)).collect();
    let declaration = quote! {
        #documentation
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name(#update);
    };
    let implementation = quote! {
        impl #name {
            /// No changes yet.
            #[inline]
            #[must_use]
            pub fn new() -> Self { Self(#update::default()) }

            #setters

            /// Sets a member that the schema does not declare, or an annotation.
            #[inline]
            #[must_use]
            pub fn additional(mut self, name: &str, value: impl #into<#untyped>) -> Self {
                self.0.set_raw(name, value.into());
                self
            }
        }
    };
    let object = item.object.as_ref().map(|object| imports.item(object)).into_iter();
    let part = item.part.as_ref().map(|part| imports.value(part)).into_iter();
    let common = quote!(odatagen_runtime::update!(#name #(, #object)* #(, #part)*););
    vec![declaration, implementation, common]
}

fn setter(imports: &mut Imports, setter: &Setter) -> TokenStream {
    let documentation = docs(&setter.docs);
    let name = ident(&setter.name);
    let wire_name = &setter.wire_name;
    let value = imports.value(&setter.value);
    let into = imports.prelude("Into", &["std", "convert", "Into"]);
    let text = setter.value == Type::Foreign(Foreign::String);
    let (argument, set) = if setter.nullable {
        let nullable = imports.runtime(&["model", "Nullable"]);
        (quote!(impl #into<#nullable<#value>>), quote!(set_nullable(#wire_name, value.into())))
    } else if text {
        (quote!(impl #into<#value>), quote!(set(#wire_name, &value.into())))
    } else if is_structured(&setter.value) {
        let assigned = imports.runtime(&["model", "Assigned"]);
        (quote!(impl #into<#assigned<#value>>), quote!(set_assigned(#wire_name, value.into())))
    } else {
        (value, quote!(set(#wire_name, &value)))
    };
    quote! {
        #documentation
        #[inline]
        #[must_use]
        pub fn #name(mut self, value: #argument) -> Self {
            self.0.#set;
            self
        }
    }
}

/// Whether values are objects, of which an update can change a part.
fn is_structured(value: &Type) -> bool {
    matches!(value, Type::Generated(path) if !path.is_enum)
}
