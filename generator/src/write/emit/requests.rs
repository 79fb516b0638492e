//! Path types and their methods.

use super::imports::{Name, TypeName};
use super::{Imports, ident, operations};
use crate::crate_plan::{
    Call, Cardinality, Changes, Docs, Foreign, KeyPart, Method, Path, Request, Type,
};
use crate::write::form::{
    self, Array, Each, Form, Joined, Listed, Literal, Parameters, PathTokens, Prefixed, Steps,
    Then, Tokens, Tuple, Words, chain,
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
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $name($Resource);

        $methods
        ",
        docs => super::docs(text, &item.docs),
        name = name,
        Resource = Listed([Words(["pub(crate) ", &resource])]),
        methods => methods(text, imports, item),
    );
    let object = imports.item(&item.object);
    template!(
        text,
        "
        schemacrate_runtime::$common!($arguments);
        ",
        common = match item.cardinality {
            Cardinality::Entity => "entity_path",
            Cardinality::MediaEntity => "media_path",
            Cardinality::Complex => "complex_path",
            Cardinality::Collection => "collection_path",
        },
        arguments = Tokens((name, PathTokens(&object))),
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
    match &method.call {
        Call::Child { segment, target } => {
            let target = imports.item(target);
            place(text, method, Vec::new(), target, |steps| steps.call(step, [Literal(segment)]));
        }
        Call::Key { segment, parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let is_compound = parts.len() != 1;
            let literal = is_compound.then(|| imports.runtime(&["Literal"]));
            place(text, method, arguments, target, |steps| {
                key(steps, *segment, parts, literal.as_ref());
            });
        }
        Call::AlternateKey { parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let literal = imports.runtime(&["Literal"]);
            place(text, method, arguments, target, |steps| {
                compound_key(steps, parts, Some(&literal));
            });
        }
        Call::Act { .. } | Call::Compute { .. } | Call::Follow { .. } => {
            operations::method(text, imports, method, step);
        }
        Call::Send { request, value } => {
            let (argument, result) = signature(imports, request, value);
            let body = chain("self", |steps| {
                steps.field("0");
                call(steps, request);
            });
            function(text, &method.docs, &Signature::of(method, argument, result), body);
        }
    }
}

/// The signature of a function.
#[derive(Debug)]
pub(super) struct Signature<'a> {
    pub(super) name: &'a str,
    /// The receiver, or an argument that every function has.
    pub(super) first: &'static str,
    pub(super) arguments: Vec<Argument>,
    pub(super) result: TypeName,
}

/// An argument of a function.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: TypeName,
}

impl<'a> Signature<'a> {
    /// The signature of a method.
    pub(super) fn of(
        method: &'a Method,
        arguments: impl IntoIterator<Item = Argument>,
        result: impl Into<TypeName>,
    ) -> Self {
        Self {
            name: &method.name,
            first: "&self",
            arguments: arguments.into_iter().collect(),
            result: result.into(),
        }
    }
}

/// A function with its documentation.
pub(super) fn function(
    text: &mut Text,
    docs: &Docs,
    signature: &Signature<'_>,
    body: impl Form + Copy,
) {
    template!(
        text,
        "
        $docs
        #[inline]
        pub fn $name($parameters) -> $result {
            $body
        }
        ",
        docs => super::docs(text, docs),
        name = ident(signature.name),
        parameters = Parameters(Then(
            [signature.first],
            Each(signature.arguments.iter().map(|one| {
                Joined(Words([ident(&one.name), ": "]), &one.value)
            })),
        )),
        result = &signature.result,
        body = body,
    );
}

/// A method that returns a path, made of the steps from this one.
pub(super) fn place(
    text: &mut Text,
    method: &Method,
    arguments: Vec<Argument>,
    target: Name,
    steps: impl FnOnce(&mut Steps<'_>) + Copy,
) {
    let resource = chain("self", |chain| {
        chain.field("0");
        steps(chain);
    });
    let signature = Signature::of(method, arguments, target.clone());
    function(text, &method.docs, &signature, form::Call(&target, [resource]));
}

/// The arguments of a key, texts by reference.
pub(super) fn arguments(imports: &mut Imports, parts: &[KeyPart]) -> Vec<Argument> {
    let argument = |part: &KeyPart| {
        let value = if part.value == Type::Foreign(Foreign::String) {
            TypeName::primitive("str").after("&")
        } else {
            imports.value(&part.value)
        };
        Argument { name: part.name.clone(), value }
    };
    parts.iter().map(argument).collect()
}

/// The step to an entity by its key. A compound one needs literals.
fn key(steps: &mut Steps<'_>, segment: bool, parts: &[KeyPart], literal: Option<&Name>) {
    match (segment, parts, literal) {
        (true, [part], _) => steps.call("key_segment", [ident(&part.name)]),
        (false, [part], _) => steps.call("key", [ident(&part.name)]),
        (_, parts, literal) => compound_key(steps, parts, literal),
    }
}

fn compound_key(steps: &mut Steps<'_>, parts: &[KeyPart], literal: Option<&Name>) {
    let literal = literal.map_or("", |name| name);
    let parts = parts.iter().map(|part| {
        let value = form::Call(Words([literal, "::from"]), [ident(&part.name)]);
        Tuple((Literal(&part.wire_name), value))
    });
    steps.call("compound_key", [Prefixed("&", Array(Each(parts)))]);
}

/// The argument and the result of a request.
pub(super) fn signature(
    imports: &mut Imports,
    request: &Request,
    value: &Type,
) -> (Option<Argument>, TypeName) {
    let called = imports.runtime(&["Request"]);
    let entity = imports.value(value);
    let taken = |name: &str, value| Some(Argument { name: name.to_owned(), value });
    match request {
        Request::List => {
            let page = imports.runtime(&["Page"]);
            (None, TypeName::generic(called, TypeName::generic(page, entity)))
        }
        Request::Get => (None, TypeName::generic(called, entity)),
        Request::Create => {
            (taken("value", entity.clone().after("&")), TypeName::generic(called, entity))
        }
        Request::Update(update) => {
            let update = match &update.base {
                Some(base) => {
                    let changes_to = imports.runtime(&["model", "ChangesTo"]);
                    let base = imports.item(base);
                    TypeName::generic(changes_to, base).after("impl ")
                }
                None => imports.item(&update.builder).into(),
            };
            let option = imports.option();
            let result = TypeName::generic(called, TypeName::generic(option, entity));
            (taken("update", update), result)
        }
        Request::Replace => {
            let option = imports.option();
            let value = taken("value", entity.clone().after("&"));
            (value, TypeName::generic(called, TypeName::generic(option, entity)))
        }
        Request::Delete => (None, TypeName::generic(called, TypeName::primitive("()"))),
    }
}

fn call(steps: &mut Steps<'_>, request: &Request) {
    match request {
        Request::List => steps.call("list", ()),
        Request::Get => steps.call("get", ()),
        Request::Create => steps.call("create", ["value"]),
        Request::Update(Changes { base: Some(_), .. }) => {
            let changes = chain("update", |steps| steps.call("into_changes", ()));
            steps.call("update", [Prefixed("&", changes)]);
        }
        Request::Update(_) => steps.call("update", ["&update"]),
        Request::Replace => steps.call("replace", ["value"]),
        Request::Delete => steps.call("delete", ()),
    }
}
