//! The client of a generated crate and its free functions.

use super::requests::{Signature, arguments, function, method, signature};
use super::{Imports, ident};
use crate::crate_plan::{CratePlan, Function, Request, Step};
use crate::write::form::{Constant, Each, Form, Generic, Literal, Parameters, Words, chain};
use crate::write::template::template;
use crate::write::wrap::Text;

/// The client: the runtime's, with a method for each resource at the service root.
pub(crate) fn client(text: &mut Text, imports: &mut Imports, plan: &CratePlan) {
    let error = imports.runtime(&["Error"]);
    let credential = imports.runtime(&["Credential"]);
    let result = imports.prelude("Result", &["std", "result", "Result"]);
    let result = Generic(&result, ("Self", &error));
    let credential = Words(["credential: impl ", &credential]);
    template!(
        text,
        "
        $service_root
        /// A client for the service: where every typed request begins.
        ///
        /// It is cheap to clone, and clones share their connections. Timeouts, retries and the
        /// transport are set with [`schemacrate_runtime::Client::builder`], whose result turns into
        /// this type with `into()`.
        #[derive(Clone, Debug)]
        pub struct Client(schemacrate_runtime::Client);

        impl Client {
            $new
            /// A client for the service at a root of your choice.
            ///
            /// # Errors
            /// If the root is no absolute `http` or `https` address, or the client cannot be set
            /// up.
            pub fn with_service_root($parameters) -> $result {
                schemacrate_runtime::Client::new(service_root, credential).map(Self)
            }
            $methods
        }

        impl From<schemacrate_runtime::Client> for Client {
            #[inline]
            fn from(client: schemacrate_runtime::Client) -> Self {
                Self(client)
            }
        }

        impl std::ops::Deref for Client {
            type Target = schemacrate_runtime::Client;
            #[inline]
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
        ",
        service_root => service_root(text, plan),
        new => if plan.service_root.is_some() { new(text, credential, result) },
        parameters = Parameters(("service_root: &str", credential)),
        result = result,
        methods => for one in &plan.entry {
            text.blank();
            method(text, imports, one, "resource");
        },
    );
}

/// The address of the service, and the empty line after it.
fn service_root(text: &mut Text, plan: &CratePlan) {
    let Some(root) = &plan.service_root else { return };
    template!(
        text,
        "
        /// The service root that [`Client::new`] uses.
        $constant

        ",
        constant = Constant {
            head: Words(["pub const ", "SERVICE_ROOT"]),
            kind: "&str",
            value: Literal(root),
        },
    );
}

/// The client for the address of the service, and the empty line after it.
fn new(text: &mut Text, credential: impl Form + Copy, result: impl Form + Copy) {
    template!(
        text,
        "
        /// A client for the service at [`SERVICE_ROOT`].
        ///
        /// # Errors
        /// If the client cannot be set up, for example without a transport.
        pub fn new($parameters) -> $result {
            Self::with_service_root(SERVICE_ROOT, credential)
        }

        ",
        parameters = Parameters([credential]),
        result = result,
    );
}

/// The free functions, each after an empty line.
pub(crate) fn functions(text: &mut Text, imports: &mut Imports, functions: &[Function]) {
    for one in functions {
        text.blank();
        free_function(text, imports, one);
    }
}

fn free_function(text: &mut Text, imports: &mut Imports, found: &Function) {
    let mut taken: Vec<_> =
        found.steps.iter().flat_map(|step| arguments(imports, &step.arguments)).collect();
    let (argument, result) = signature(imports, &found.request, &found.value);
    taken.extend(argument);
    let last: &[&str] = match found.request {
        Request::Create | Request::Replace => &["value"],
        Request::Update(_) => &["update"],
        Request::List | Request::Get | Request::Delete => &[],
    };
    let body = chain("client", |steps| {
        for Step { method, arguments } in &found.steps {
            steps.call(ident(method), Each(arguments.iter().map(|one| ident(&one.name))));
        }
        steps.call(ident(&found.method), Each(last.iter().copied()));
    });
    let signature =
        Signature { name: &found.name, first: "client: &Client", arguments: taken, result };
    function(text, &found.docs, &signature, body);
}
