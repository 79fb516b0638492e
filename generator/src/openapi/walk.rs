//! The objects of a document that mean something, as opposed to data: found by their names alone.
//!
//! Enters: the root of a document, of whatever version. Leaves: a call for each object. Must not know:
//! which object may have which field. Where it is certain what an object is, the table of objects is to
//! be asked; this walk is for what is needed before, and for documents of which only parts are used.

use crate::node::{Node, NodeId};

/// What the names of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Keywords, each with a meaning.
    Keywords,
    /// Names that the author chose, each for an object with keywords.
    Names,
    /// As `Names`, for schemas.
    Schemas,
    /// As `Names`, for examples: what has no reference is data.
    Examples,
}

/// Calls a function for each object, from the outside in, with its role and with what the call for the
/// object around it returned. An object that aliases make part of several others is visited once.
pub(super) fn walk<'t, C: Copy>(
    root: Node<'t>,
    context: C,
    see: impl FnMut(Node<'t>, Role, C) -> C,
) {
    let seen = vec![0; root.tree().size()];
    Walk { see, seen }.go(root, Role::Keywords, context);
}

struct Walk<F> {
    see: F,
    /// For each node the roles in which it was visited, as bits.
    seen: Vec<u8>,
}

impl<F> Walk<F> {
    /// Whether a node is visited for the first time in a role.
    fn is_new(&mut self, node: NodeId, role: Role) -> bool {
        let bit = 1 << role as u8;
        let seen = self.seen.get_mut(node.index());
        seen.is_some_and(|seen| std::mem::replace(seen, *seen | bit) & bit == 0)
    }

    fn go<'t, C: Copy>(&mut self, node: Node<'t>, role: Role, context: C)
    where
        F: FnMut(Node<'t>, Role, C) -> C,
    {
        if node.is_array() {
            if self.is_new(node.id(), role) {
                node.items().for_each(|item| self.go(item, Role::Keywords, context));
            }
            return;
        }
        if !node.is_object() || !self.is_new(node.id(), role) {
            return;
        }
        let context = (self.see)(node, role, context);
        for member in node.members() {
            let inner = match role {
                Role::Keywords => of_keyword(member.name, member.value),
                Role::Names | Role::Schemas => Some(Role::Keywords),
                Role::Examples => is_reference(member.value).then_some(Role::Keywords),
            };
            if let Some(inner) = inner {
                self.go(member.value, inner, context);
            }
        }
    }
}

/// Whether a node is an object that refers to another one.
pub(super) fn is_reference(node: Node<'_>) -> bool {
    node.get("$ref").is_some_and(|text| text.text().is_some())
}

/// What the value of a keyword is; `None` if it is data.
pub(super) fn of_keyword(name: &str, value: Node<'_>) -> Option<Role> {
    Some(match name {
        "default" | "enum" | "const" | "example" | "value" | "dataValue" => return None,
        _ if name.starts_with("x-") => return None,
        "examples" if value.is_object() => Role::Examples,
        "examples" => return None,
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Role::Schemas
        }
        "schemas"
        | "responses"
        | "parameters"
        | "requestBodies"
        | "headers"
        | "securitySchemes"
        | "securityDefinitions"
        | "links"
        | "callbacks"
        | "pathItems"
        | "mediaTypes"
        | "webhooks"
        | "x-webhooks"
        | "content"
        | "encoding"
        | "additionalOperations"
        | "dependencies" => Role::Names,
        _ => Role::Keywords,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::source::SourceMap;
    use crate::node::json;

    fn seen(text: &str) -> Vec<String> {
        let mut sources = SourceMap::new();
        let source = sources.add("a.json", text.as_bytes()).expect("UTF-8");
        let tree = json::read(&sources, source).expect("JSON").tree;
        let mut seen = Vec::new();
        walk(tree.root(), (), |node, role, ()| {
            if role == Role::Keywords && is_reference(node) {
                seen.push(node.get("$ref").and_then(Node::text).unwrap_or_default().to_owned());
            }
        });
        seen
    }

    #[test]
    fn data_has_no_references() {
        for keyword in ["default", "example", "const", "x-data", "value"] {
            let text = format!(r##"{{"{keyword}":{{"a":{{"$ref":"#"}}}}}}"##);
            assert!(seen(&text).is_empty(), "{text}");
        }
        assert!(seen(r##"{"enum":[{"$ref":"#"}],"examples":[{"$ref":"#"}]}"##).is_empty());
        assert!(
            seen(r##"{"examples":{"a":{"value":{"$ref":"#"}},"b":{"c":{"$ref":"#"}}}}"##)
                .is_empty()
        );
    }

    #[test]
    fn names_are_not_keywords() {
        for map in ["properties", "responses", "headers", "schemas", "definitions", "$defs"] {
            for name in ["default", "example", "x-rate-limit", "enum", "properties", "$ref"] {
                let text = format!(r##"{{"{map}":{{"{name}":{{"$ref":"#/a"}}}}}}"##);
                assert_eq!(seen(&text), ["#/a"], "{text}");
            }
        }
        assert_eq!(seen(r##"{"examples":{"a":{"$ref":"#/b"}}}"##), ["#/b"]);
        let nested = r##"{"properties":{"properties":{"properties":{"default":{"$ref":"#/c"}}}}}"##;
        assert_eq!(seen(nested), ["#/c"]);
    }
}
