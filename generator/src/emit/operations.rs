//! Methods that call actions and functions.

use super::{Imports, ident};
use crate::plan::{Absence, Answer, Argument, Call, Foreign, Method, Passing, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A method that calls an operation, or leads to the result of a function. `lead` is what leads one
/// segment on.
pub(super) fn method(
    imports: &mut Imports,
    documentation: &TokenStream,
    method: &Method,
    receiver: &TokenStream,
    lead: &str,
) -> TokenStream {
    let name = ident(&method.name);
    let lead = ident(lead);
    match &method.call {
        Call::Act { segment, parameters, answer } => {
            let result = result(imports, answer);
            let accept = accept(answer);
            let (argument, invoke) = match parameters {
                Some(path) => {
                    let parameters = imports.item(path);
                    (quote!(parameters: &#parameters), quote!(invoke_with(parameters)))
                }
                None => (quote!(), quote!(invoke())),
            };
            quote! {
                #documentation
                #[inline]
                pub fn #name(&self, #argument) -> #result {
                    #receiver.#lead(#segment).#invoke #accept
                }
            }
        }
        Call::Compute { segment, arguments, answer } => {
            let result = result(imports, answer);
            let accept = accept(answer);
            let declared = declared(imports, arguments);
            let passed = passed(imports, arguments);
            let aliases = arguments.iter().filter(|one| one.passing == Passing::Alias).map(alias);
            quote! {
                #documentation
                #[inline]
                pub fn #name(&self, #declared) -> #result {
                    #receiver.#lead(#segment).arguments(#passed).get() #(#aliases)* #accept
                }
            }
        }
        Call::Follow { segment, arguments, target } => {
            let target = imports.item(target);
            let declared = declared(imports, arguments);
            let passed = passed(imports, arguments);
            quote! {
                #documentation
                #[inline]
                #[must_use]
                pub fn #name(&self, #declared) -> #target {
                    #target(#receiver.#lead(#segment).arguments(#passed))
                }
            }
        }
        Call::Child { .. } | Call::Key { .. } | Call::AlternateKey { .. } | Call::Send { .. } => {
            quote!()
        }
    }
}

/// The arguments as they stand in the path.
fn passed(imports: &mut Imports, arguments: &[Argument]) -> TokenStream {
    if arguments.is_empty() {
        return quote!(&[]);
    }
    let literal = imports.runtime(&["Literal"]);
    let values = arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let wire = &argument.wire_name;
        let value = match (argument.passing, argument.absence) {
            (Passing::Literal, Absence::Omitted) => quote!(#name.map(#literal::from)),
            (Passing::Literal, _) => quote!(Some(#literal::from(#name))),
            (Passing::Alias, Absence::Omitted) => quote!(#name.map(|_| #literal::alias(#wire))),
            (Passing::Alias, _) => quote!(Some(#literal::alias(#wire))),
        };
        quote!((#wire, #value))
    });
    quote!(&[#(#values),*])
}

fn alias(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let wire = &argument.wire_name;
    match argument.absence {
        Absence::Never => quote!(.alias(#wire, Some(#name))),
        Absence::Null => quote!(.alias(#wire, #name)),
        Absence::Omitted => quote!(.alias_if(#wire, #name)),
    }
}

/// The arguments of a method: texts, and what is written as JSON, by reference.
fn declared(imports: &mut Imports, arguments: &[Argument]) -> TokenStream {
    arguments
        .iter()
        .map(|argument| {
            let name = ident(&argument.name);
            let value = match (&argument.value, argument.passing) {
                (Type::Foreign(Foreign::String), Passing::Literal) => quote!(&str),
                (value, Passing::Alias) => {
                    let value = imports.value(value);
                    quote!(&#value)
                }
                (value, Passing::Literal) => imports.value(value),
            };
            if argument.absence == Absence::Never {
                quote!(#name: #value,)
            } else {
                let option = imports.option();
                quote!(#name: #option<#value>,)
            }
        })
        .collect()
}

fn result(imports: &mut Imports, answer: &Answer) -> TokenStream {
    let request = imports.runtime(&["Request"]);
    let answer = answer_type(imports, answer);
    quote!(#request<#answer>)
}

fn answer_type(imports: &mut Imports, answer: &Answer) -> TokenStream {
    match answer {
        Answer::Nothing => quote!(()),
        Answer::Value(value) => imports.value(value),
        Answer::Page(value) => {
            let page = imports.runtime(&["Page"]);
            let value = imports.value(value);
            quote!(#page<#value>)
        }
        Answer::Stream => imports.runtime(&["bytes", "Bytes"]),
        Answer::Nullable(inner) => {
            let option = imports.option();
            let inner = answer_type(imports, inner);
            quote!(#option<#inner>)
        }
    }
}

/// Bytes may be of any media type.
fn accept(answer: &Answer) -> TokenStream {
    match answer {
        Answer::Stream => quote!(.header("accept", "*/*")),
        _ => quote!(),
    }
}
