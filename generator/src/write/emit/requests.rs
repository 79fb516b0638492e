//! Path types and their methods.

use super::{Imports, docs, example, ident, operations};
use crate::crate_plan::{Call, Docs, KeyPart, Method, Path, Request, Signature};
use crate::write::form::{
    self, Array, Each, Form, Listed, Literal, Prefixed, Steps, Tokens, Tuple, Words, chain,
};
use crate::write::template::template;
use crate::write::wrap::Text;

/// A path type.
pub(super) fn path(text: &mut Text, imports: &mut Imports, item: &Path) {
    let name = ident(&item.name);
    let resource = imports.runtime(&["Resource"]);
    template!(
        text,
        "
        $docs
        $example
        #[must_use]
        pub struct $name($Resource);

        $methods
        ",
        docs => docs(text, &item.docs),
        example => if let Some(one) = &item.example { example(text, "///", one, imports.package()) },
        name = name,
        Resource = Listed([Words(["pub(crate) ", &resource])]),
        methods => methods(text, imports, item),
    );
    template!(
        text,
        "
        schemacrate_runtime::$common!($arguments);
        ",
        common = item.cardinality.kind().macro_name(),
        arguments = Tokens((name, imports.item_tokens(&item.object))),
    );
}

/// The methods, and the empty line after them.
fn methods(text: &mut Text, imports: &mut Imports, item: &Path) {
    if item.methods.is_empty() {
        return;
    }
    template!(
        text,
        "
        impl $name {
            $methods
        }

        ",
        name = ident(&item.name),
        methods => for (at, one) in item.methods.iter().enumerate() {
            if at > 0 {
                text.blank();
            }
            method(text, imports, one, "child");
        },
    );
}

/// A method of a path type or of the client. `step` is the method that goes one segment on.
pub(super) fn method(text: &mut Text, imports: &mut Imports, method: &Method, step: &str) {
    let Method { name, docs, signature, .. } = method;
    function(text, imports, (name, docs, signature), |text, imports| {
        body(text, imports, method, step);
    });
}

/// A function with its documentation.
pub(super) fn function(
    text: &mut Text,
    imports: &mut Imports,
    (name, docs, signature): (&str, &Docs, &Signature),
    body: impl Fn(&mut Text, &mut Imports),
) {
    // Generic code is compiled where it is called in any case.
    let is_generic = signature.arguments.iter().any(|one| one.value.is_implementing());
    template!(
        text,
        "
        $docs
        $inline
        pub fn $name$signature {
            $body
        }
        ",
        docs => super::docs(text, docs),
        inline => if !is_generic { text.line("#[inline]") },
        name = ident(name),
        signature = imports.signature(signature),
        body => body(text, imports),
    );
}

fn body(text: &mut Text, imports: &mut Imports, method: &Method, step: &str) {
    match &method.call {
        Call::Child { segment } => {
            place(text, imports, method, |steps| steps.call(step, [Literal(segment)]));
        }
        Call::Key { segment, parts } => match parts.as_slice() {
            [part] => {
                let name = ident(&part.name);
                if *segment {
                    place(text, imports, method, |steps| steps.call("key_segment", [name]));
                } else {
                    let literal = imports.runtime(&["Literal"]);
                    let key = form::Call(Words([&literal, "::key"]), [name]);
                    place(text, imports, method, |steps| steps.call("key", [key]));
                }
            }
            parts => compound_key(text, imports, method, parts),
        },
        Call::AlternateKey { parts } => compound_key(text, imports, method, parts),
        Call::Act { .. } | Call::Compute { .. } | Call::Follow { .. } => {
            operations::body(text, imports, method, step);
        }
        Call::Send(request) => resource(text, |steps| send(steps, request)),
    }
}

/// The steps from the resource of a path.
pub(super) fn resource(text: &mut Text, steps: impl FnOnce(&mut Steps<'_>)) {
    text.line(on_resource(steps));
}

fn on_resource(steps: impl FnOnce(&mut Steps<'_>)) -> impl Form {
    chain("self", |chain| {
        chain.field("0");
        steps(chain);
    })
}

/// The path that a method returns, by the steps to its resource.
pub(super) fn place(
    text: &mut Text,
    imports: &mut Imports,
    method: &Method,
    steps: impl FnOnce(&mut Steps<'_>),
) {
    let target = imports.typed(&method.signature.result);
    text.line(form::Call(target, [on_resource(steps)]));
}

/// The path of an entity by a key of several parts, or by another key than its own.
fn compound_key(text: &mut Text, imports: &mut Imports, method: &Method, parts: &[KeyPart]) {
    let literal = imports.runtime(&["Literal"]);
    let parts = parts.iter().map(|part| {
        let value = form::Call(Words([&literal, "::key"]), [ident(&part.name)]);
        Tuple((Literal(&part.wire_name), value))
    });
    place(text, imports, method, |steps| {
        steps.call("compound_key", [Prefixed("&", Array(Each(parts)))]);
    });
}

fn send(steps: &mut Steps<'_>, request: &Request) {
    match request {
        Request::List => steps.call("list", ()),
        Request::Get => steps.call("get", ()),
        Request::Create => steps.call("create_as", ["value"]),
        Request::Update => steps.call("update_as", ["update"]),
        Request::Replace => steps.call("replace_as", ["value"]),
        Request::Delete => steps.call("delete", ()),
    }
}
