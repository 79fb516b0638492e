//! How values are written in XML.

use super::{Imports, ident};
use crate::crate_plan::{ItemPath, XML_MODULE, XmlForm, XmlNode, XmlUnion, XmlValue};
use crate::write::form::{Array, Call, Constant, Each, Literal, Prefixed, Tuple, Words, chain};
use crate::write::wrap::{Line, Text};

/// The descriptions of types, each a `static`: a type may contain itself.
pub(crate) fn forms(text: &mut Text, imports: &mut Imports, forms: &[XmlForm]) {
    let kind = imports.runtime(&["codegen", "XmlValue"]);
    for (at, form) in forms.iter().enumerate() {
        if at > 0 {
            text.blank();
        }
        let value = value(imports, &form.value);
        let head = Words(["pub(crate) static ", ident(&form.name)]);
        text.line(Constant { head, kind: &*kind, value: &value });
    }
}

/// A part of an element.
pub(super) fn node(imports: &mut Imports, node: &XmlNode) -> Line {
    let kind = imports.runtime(&["codegen", "XmlNode"]);
    let value = reference(imports, &node.value);
    let function = Words([&kind, "::", node.kind.function()]);
    let new = match node.kind.has_name() {
        true => Line::of(Call(function, [Line::of(Literal(&node.name)), value])),
        false => Line::of(Call(function, [value])),
    };
    Line::of(chain(&new, |steps| {
        if !node.namespace.is_empty() || !node.prefix.is_empty() {
            steps.call("with_namespace", [&node.prefix, &node.namespace].map(|one| Literal(one)));
        }
        if node.is_required {
            steps.call("required", ());
        }
        if node.is_nullable {
            steps.call("nullable", ());
        }
    }))
}

/// A reference to what is in an element.
fn reference(imports: &mut Imports, value: &XmlValue) -> Line {
    match value {
        XmlValue::Named(name) => {
            let path = ItemPath::new(vec![XML_MODULE.to_owned()].into(), name);
            Line::of(Prefixed("&", &imports.item(&path)))
        }
        value => {
            let value = self::value(imports, value);
            Line::of(Prefixed("&", &value))
        }
    }
}

/// What is in an element.
fn value(imports: &mut Imports, value: &XmlValue) -> Line {
    let kind = imports.runtime(&["codegen", "XmlValue"]);
    let scalar = |name| Line::of(Words([&kind, "::", name]));
    match value {
        XmlValue::Text => scalar("Text"),
        XmlValue::Number => scalar("Number"),
        XmlValue::Boolean => scalar("Boolean"),
        XmlValue::Scalar => scalar("Scalar"),
        XmlValue::Any => scalar("Any"),
        // A type is only another name of one where that has a name itself.
        XmlValue::Named(_) => {
            let inner = reference(imports, value);
            let within = Line::of(Call(
                Words([&imports.runtime(&["codegen", "XmlNode"]), "::within"]),
                [inner],
            ));
            let branches = Prefixed("&", Array([within]));
            let empty = Line::of("&[]");
            Line::of(Call(
                Words([&kind, "::Union"]),
                [Line::of(Literal("")), empty, Line::of(branches)],
            ))
        }
        XmlValue::List(item) => {
            let item = node(imports, item);
            Line::of(Call(Words([&kind, "::List"]), [item]))
        }
        XmlValue::Tuple(items, rest) => {
            let items: Vec<Line> = items.iter().map(|one| node(imports, one)).collect();
            let rest = others(imports, rest.as_deref());
            let items = Line::of(Prefixed("&", Array(Each(&items))));
            Line::of(Call(Words([&kind, "::Tuple"]), [items, rest]))
        }
        XmlValue::Object(members, rest) => {
            let member = |(name, one): &(String, XmlNode)| {
                let one = node(imports, one);
                Line::of(Tuple([Line::of(Literal(name)), one]))
            };
            let members: Vec<Line> = members.iter().map(member).collect();
            let rest = others(imports, rest.as_deref());
            let members = Line::of(Prefixed("&", Array(Each(&members))));
            Line::of(Call(Words([&kind, "::Object"]), [members, rest]))
        }
        XmlValue::Union(union) => self::union(imports, &kind, union),
    }
}

fn union(imports: &mut Imports, kind: &str, union: &XmlUnion) -> Line {
    let value = |(text, branch): &(String, usize)| {
        let branch = branch.to_string();
        Line::of(Tuple([Line::of(Literal(text)), Line::of(&branch)]))
    };
    let values: Vec<Line> = union.values.iter().map(value).collect();
    let branches: Vec<Line> = union.branches.iter().map(|one| node(imports, one)).collect();
    let values = Line::of(Prefixed("&", Array(Each(&values))));
    let branches = Line::of(Prefixed("&", Array(Each(&branches))));
    Line::of(Call(Words([kind, "::Union"]), [Line::of(Literal(&union.tag)), values, branches]))
}

/// The members or items that are not declared.
fn others(imports: &mut Imports, rest: Option<&XmlNode>) -> Line {
    match rest {
        None => Line::of("None"),
        Some(rest) => {
            let rest = node(imports, rest);
            Line::of(Call("Some", [Prefixed("&", &rest)]))
        }
    }
}
