//! The client of a generated crate and its free functions.

use super::requests::{arguments, method, signature};
use super::{Imports, docs, ident};
use crate::plan::{CratePlan, Function, Request};
use proc_macro2::TokenStream;
use quote::quote;

/// The client: the runtime's, with a method for each resource at the service root.
pub(crate) fn client(imports: &mut Imports, plan: &CratePlan) -> Vec<TokenStream> {
    let runtime = quote!(odatagen_runtime::Client);
    let error = imports.runtime(&["Error"]);
    let credential = imports.runtime(&["Credential"]);
    let deref = imports_deref();
    let result = imports.prelude("Result", &["std", "result", "Result"]);
    let receiver = quote!(self.0);
    let methods: TokenStream =
        plan.entry.iter().map(|one| method(imports, one, &receiver, "resource")).collect();
    let root = plan.service_root.as_ref();
    let constant = root.map(|root| {
        quote! {
            /// The service root that [`Client::new`] uses.
            pub const SERVICE_ROOT: &str = #root;
        }
    });
    let new = root.map(|_| {
        quote! {
            /// A client for the service at [`SERVICE_ROOT`].
            ///
            /// # Errors
            /// If the client cannot be set up, for example without a transport.
            pub fn new(credential: impl #credential) -> #result<Self, #error> {
                Self::with_service_root(SERVICE_ROOT, credential)
            }
        }
    });
    let mut parts: Vec<TokenStream> = constant.into_iter().collect();
    parts.push(quote! {
        /// A client for the service: where every typed request begins.
        ///
        /// It is cheap to clone, and clones share their connections. Timeouts, retries and the
        /// transport are set with [`odatagen_runtime::Client::builder`], whose result turns into
        /// this type with `into()`.
        #[derive(Clone, Debug)]
        pub struct Client(#runtime);
    });
    parts.push(quote! {
        impl Client {
            #new

            /// A client for the service at another root.
            ///
            /// # Errors
            /// If the root is no absolute `http` or `https` address, or the client cannot be set
            /// up.
            pub fn with_service_root(
                service_root: &str,
                credential: impl #credential,
            ) -> #result<Self, #error> {
                #runtime::new(service_root, credential).map(Self)
            }

            #methods
        }
    });
    parts.push(quote! {
        impl From<#runtime> for Client {
            fn from(client: #runtime) -> Self { Self(client) }
        }
    });
    parts.push(quote! {
        impl #deref for Client {
            type Target = #runtime;

            fn deref(&self) -> &Self::Target { &self.0 }
        }
    });
    parts
}

fn imports_deref() -> TokenStream {
    quote!(std::ops::Deref)
}

/// The free functions.
pub(crate) fn functions(imports: &mut Imports, functions: &[Function]) -> Vec<TokenStream> {
    functions.iter().map(|one| function(imports, one)).collect()
}

fn function(imports: &mut Imports, function: &Function) -> TokenStream {
    let documentation = docs(&function.docs);
    let name = ident(&function.name);
    let keys: TokenStream =
        function.steps.iter().map(|step| arguments(imports, &step.arguments)).collect();
    let (arguments, result) = signature(imports, &function.request, &function.value);
    let steps = function.steps.iter().map(|step| {
        let method = ident(&step.method);
        let arguments = step.arguments.iter().map(|argument| ident(&argument.name));
        quote!(.#method(#(#arguments),*))
    });
    let method = ident(&function.method);
    let last = match function.request {
        Request::Create | Request::Replace => quote!(value),
        Request::Update(_) => quote!(update),
        Request::List | Request::Get | Request::Delete => quote!(),
    };
    quote! {
        #documentation
        pub fn #name(client: &Client, #keys #arguments) -> #result {
            client #(#steps)* .#method(#last)
        }
    }
}
