//! Path types and their methods.

use super::{Imports, docs, ident, operations};
use crate::plan::{Call, Cardinality, Changes, Foreign, KeyPart, Method, Path, Request, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A path type.
pub(super) fn path(imports: &mut Imports, item: &Path) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let documentation = docs(&item.docs);
    let resource = imports.runtime(&["Resource"]);
    let receiver = quote!(self.0);
    let methods: TokenStream =
        item.methods.iter().map(|one| method(imports, one, &receiver, "child")).collect();
    let object = imports.item(&item.object);
    let declaration = quote! {
        #documentation
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) #resource);
    };
    let common = match item.cardinality {
        Cardinality::Entity => quote!(odatagen_runtime::entity_path!(#name, #object);),
        Cardinality::MediaEntity => quote!(odatagen_runtime::media_path!(#name, #object);),
        Cardinality::Collection => quote!(odatagen_runtime::collection_path!(#name, #object);),
    };
    let own = (!methods.is_empty()).then(|| quote!(impl #name { #methods }));
    [declaration].into_iter().chain(own).chain([common]).collect()
}

/// A method of a path type or of the client. `lead` is what leads one segment on.
pub(super) fn method(
    imports: &mut Imports,
    method: &Method,
    receiver: &TokenStream,
    lead: &str,
) -> TokenStream {
    let documentation = docs(&method.docs);
    let name = ident(&method.name);
    match &method.call {
        Call::Child { segment, target } => {
            let target = imports.item(target);
            let lead = ident(lead);
            quote! {
                #documentation
                #[inline]
                #[must_use]
                pub fn #name(&self) -> #target { #target(#receiver.#lead(#segment)) }
            }
        }
        Call::Key { segment, parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let key = key(imports, *segment, parts);
            quote! {
                #documentation
                #[inline]
                #[must_use]
                pub fn #name(&self, #arguments) -> #target { #target(#receiver.#key) }
            }
        }
        Call::AlternateKey { parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let literal = imports.runtime(&["Literal"]);
            let names = parts.iter().map(|part| ident(&part.name));
            let wires = parts.iter().map(|part| &part.wire_name);
            quote! {
                #documentation
                #[inline]
                #[must_use]
                pub fn #name(&self, #arguments) -> #target {
                    #target(#receiver.compound_key(&[#((#wires, #literal::from(#names))),*]))
                }
            }
        }
        Call::Act { .. } | Call::Compute { .. } | Call::Follow { .. } => {
            operations::method(imports, &documentation, method, receiver, lead)
        }
        Call::Send { request, value } => {
            let (arguments, result) = signature(imports, request, value);
            let call = call(request);
            quote! {
                #documentation
                #[inline]
                pub fn #name(&self, #arguments) -> #result { #receiver.#call }
            }
        }
    }
}

/// The arguments of a key, texts by reference.
pub(super) fn arguments(imports: &mut Imports, parts: &[KeyPart]) -> TokenStream {
    parts
        .iter()
        .map(|part| {
            let name = ident(&part.name);
            let value = if part.value == Type::Foreign(Foreign::String) {
                quote!(&str)
            } else {
                imports.value(&part.value)
            };
            quote!(#name: #value,)
        })
        .collect()
}

fn key(imports: &mut Imports, segment: bool, parts: &[KeyPart]) -> TokenStream {
    let names: Vec<_> = parts.iter().map(|part| ident(&part.name)).collect();
    match (segment, names.as_slice()) {
        (true, [name]) => quote!(key_segment(#name)),
        (false, [name]) => quote!(key(#name)),
        (_, names) => {
            let literal = imports.runtime(&["Literal"]);
            let wires = parts.iter().map(|part| &part.wire_name);
            quote!(compound_key(&[#((#wires, #literal::from(#names))),*]))
        }
    }
}

/// The arguments and the result of a request.
pub(super) fn signature(
    imports: &mut Imports,
    request: &Request,
    value: &Type,
) -> (TokenStream, TokenStream) {
    let request_type = imports.runtime(&["Request"]);
    let entity = imports.value(value);
    match request {
        Request::List => {
            let page = imports.runtime(&["Page"]);
            (quote!(), quote!(#request_type<#page<#entity>>))
        }
        Request::Get => (quote!(), quote!(#request_type<#entity>)),
        Request::Create => (quote!(value: &#entity), quote!(#request_type<#entity>)),
        Request::Update(update) => {
            let update = match &update.base {
                Some(base) => {
                    let changes_to = imports.runtime(&["model", "ChangesTo"]);
                    let base = imports.item(base);
                    quote!(impl #changes_to<#base>)
                }
                None => imports.item(&update.builder),
            };
            let option = imports.option();
            (quote!(update: #update), quote!(#request_type<#option<#entity>>))
        }
        Request::Replace => {
            let option = imports.option();
            (quote!(value: &#entity), quote!(#request_type<#option<#entity>>))
        }
        Request::Delete => (quote!(), quote!(#request_type<()>)),
    }
}

fn call(request: &Request) -> TokenStream {
    match request {
        Request::List => quote!(list()),
        Request::Get => quote!(get()),
        Request::Create => quote!(create(value)),
        Request::Update(Changes { base: Some(_), .. }) => quote!(update(&update.into_changes())),
        Request::Update(_) => quote!(update(&update)),
        Request::Replace => quote!(replace(value)),
        Request::Delete => quote!(delete()),
    }
}
