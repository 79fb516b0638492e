//! The client of a generated crate and its free functions.

use super::requests::{function, method};
use super::{Imports, ident};
use crate::crate_plan::{Access, CratePlan, Function, Reach, Service, Step, signature};
use crate::write::form::{Array, Call, Constant, Each, Literal, Prefixed, Words, chain};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The client: the runtime's, with a method for each resource at the service root.
pub(crate) fn client(text: &mut Text, imports: &mut Imports, plan: &CratePlan) {
    template!(
        text,
        "
        $service_root
        $service
        /// A client for the service: where every typed request begins.
        ///
        /// It is cheap to clone, and clones share their connections. Timeouts, retries, the transport
        /// and more are set with [`Client::builder`].
        #[derive(Clone, Debug)]
        pub struct Client(schemacrate_runtime::ServiceClient);

        impl Client {
            $new
            $with_service_root
            $builder
            $methods
            $accesses
        }

        impl From<schemacrate_runtime::ServiceClient> for Client {
            #[inline]
            fn from(client: schemacrate_runtime::ServiceClient) -> Self {
                Self($client)
            }
        }

        impl std::ops::Deref for Client {
            type Target = schemacrate_runtime::ServiceClient;
            #[inline]
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
        ",
        service_root => service_root(text, imports, plan),
        client = if plan.service.is_some() {
            "schemacrate_runtime::codegen::described(client, &SERVICE)"
        } else {
            "client"
        },
        service => if let Some(known) = &plan.service { service(text, imports, plan, known) },
        new => if plan.takes_credential() && plan.service_root.is_some() { new(text, imports) },
        with_service_root => if plan.takes_credential() { with_service_root(text, imports) },
        builder => builder(text, imports, plan),
        methods => for one in &plan.entry {
            text.blank();
            method(text, imports, one, "resource");
        },
        accesses => for one in plan.service.iter().flat_map(|one| &one.accesses) {
            text.blank();
            access(text, imports, one);
        },
    );
}

/// A part of an API, or how a caller is authorized.
fn access(text: &mut Text, imports: &mut Imports, access: &Access) {
    let signature = access.signature();
    function(
        text,
        imports,
        (&access.name, &access.docs, &signature),
        |text, imports| match &access.reach {
            Reach::Group(item) => {
                let group = imports.item(item);
                text.line(Call(Words([&group, "::new"]), ["&self.0"]));
            }
            Reach::Authorized { scheme, with } => {
                let arguments = with.arguments();
                let arguments = arguments.iter().map(|one| ident(&one.name));
                let made = Words(["schemacrate_runtime::Authorization::", with.function()]);
                let made = Line::of(Call(made, Each(arguments)));
                let client = chain("self", |steps| {
                    steps.field("0");
                    steps.call("authorize", [Line::of(Literal(scheme)), made]);
                });
                text.line(Call("Self", [client]));
            }
        },
    );
}

/// The address of the service, and the empty line after it.
fn service_root(text: &mut Text, imports: &mut Imports, plan: &CratePlan) {
    let Some(root) = &plan.service_root else { return };
    template!(
        text,
        "
        $docs
        $constant

        ",
        docs => text.line(match plan.takes_credential() {
            true => "/// The service root that [`Client::new`] uses.",
            false => "/// The service root that [`Client::builder`] uses.",
        }),
        constant = Constant {
            head: Words(["pub const ", "SERVICE_ROOT"]),
            kind: imports.typed(&signature::service_root()),
            value: Literal(root),
        },
    );
}

/// What the runtime knows of the service, and the empty line after it.
fn service(text: &mut Text, imports: &mut Imports, plan: &CratePlan, service: &Service) {
    let [kind, scheme] = ["Service", "Scheme"].map(|name| imports.runtime(&["codegen", name]));
    let root = Literal(plan.service_root.as_deref().unwrap_or_default());
    let new = Line::of(Call(Words([&kind, "::new"]), [root]));
    let schemes = service.schemes.iter().map(|one| {
        let (function, takes) = one.sent.function();
        let function = Words([&scheme, "::", function]);
        let takes = [one.name.as_str()].into_iter().chain(takes);
        Line::of(Call(function, Each(takes.map(Literal))))
    });
    let value = Line::of(chain(&new, |steps| {
        if !service.schemes.is_empty() {
            steps.call("with_schemes", [Prefixed("&", Array(Each(schemes)))]);
        }
    }));
    template!(
        text,
        "
        /// What is known of the service.
        $constant

        ",
        constant = Constant { head: Words(["const ", "SERVICE"]), kind: &*kind, value: &value },
    );
}

/// The client for the address of the service, and the empty line after it.
fn new(text: &mut Text, imports: &mut Imports) {
    template!(
        text,
        "
        /// A client for the service at [`SERVICE_ROOT`].
        ///
        /// # Errors
        /// If the client cannot be set up, for example without a transport.
        pub fn new$credential_to_client {
            Self::builder().credential(credential).build()
        }

        ",
        credential_to_client = imports.signature(&signature::new_client()),
    );
}

/// The client for an address of the caller's choice, and the empty line after it.
fn with_service_root(text: &mut Text, imports: &mut Imports) {
    template!(
        text,
        "
        /// A client for the service at a root of your choice.
        ///
        /// # Errors
        /// If the root is not an absolute `http` or `https` address, or the client cannot be set
        /// up.
        pub fn with_service_root$root_and_credential_to_client {
            Self::builder().service_root(service_root).credential(credential).build()
        }

        ",
        root_and_credential_to_client = imports.signature(&signature::with_service_root()),
    );
}

/// The builder of clients, which knows what is known of the service.
fn builder(text: &mut Text, imports: &mut Imports, plan: &CratePlan) {
    template!(
        text,
        "
        /// Starts to build a client with settings of your choice: the service root, the credential,
        /// timeouts, retries, the transport and more.
        ///
        /// [`schemacrate_runtime::ClientBuilder`] has an example.
        pub fn builder$to_builder {
            $body
        }
        ",
        to_builder = imports.signature(&signature::client_builder()),
        body => text.line(chain("schemacrate_runtime::ClientBuilder::new()", |chain| {
            if plan.service_root.is_some() {
                chain.call("service_root", ["SERVICE_ROOT"]);
            }
            if let Some(header) = &plan.client_request_id_header {
                chain.call("client_request_id_header", [Literal(header)]);
            }
        })),
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
    let Function { name, docs, signature, steps } = found;
    function(text, imports, (name, docs, signature), |text, _| {
        text.line(chain("client", |chain| {
            for Step { method, arguments } in steps {
                chain.call(ident(method), Each(arguments.iter().map(|one| ident(one))));
            }
        }));
    });
}
