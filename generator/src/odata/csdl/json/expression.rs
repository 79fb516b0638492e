//! Annotations and their expressions.

use super::{Converter, copy, element, push};
use crate::input::source::Span;
use crate::node::{Kind, Member, Node};
use crate::odata::csdl::Element;

/// The operators whose operands are an array.
const OPERATORS: &[&str] = &[
    "And", "Or", "Eq", "Ne", "Gt", "Ge", "Lt", "Le", "Has", "In", "Add", "Sub", "Mul", "Div",
    "DivBy", "Mod", "If",
];

impl Converter<'_> {
    /// The annotations of an element: the members `@Term#Qualifier` of its object.
    pub(super) fn annotations(&mut self, element: &mut Element, value: Node<'_>) {
        self.annotations_of(element, value, "");
    }

    /// The annotations of what a name refers to: the members `name@Term#Qualifier`.
    pub(super) fn annotations_of(&mut self, element: &mut Element, value: Node<'_>, name: &str) {
        for member in value.written() {
            let Some(rest) = member.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('@'))
            else {
                continue;
            };
            // `@Term@Other` annotates the annotation, and `@type` and the like are not terms.
            if rest.contains('@') || !rest.contains('.') || rest.starts_with("odata.") {
                continue;
            }
            let mut annotation = super::element("Annotation", member.name_span);
            let (term, qualifier) =
                rest.split_once('#').map_or((rest, None), |(a, b)| (a, Some(b)));
            push(&mut annotation, "Term", term, member.name_span);
            if let Some(qualifier) = qualifier {
                push(&mut annotation, "Qualifier", qualifier, member.name_span);
            }
            self.valued(&mut annotation, member.value);
            self.annotations_of(&mut annotation, value, member.name);
            element.children.push(annotation);
        }
    }

    /// Adds the value of an expression to an element.
    fn valued(&mut self, element: &mut Element, value: Node<'_>) {
        match constant(value) {
            Some((kind, text)) => push(element, kind, &text, value.span()),
            None => element.children.push(self.expression(value)),
        }
    }

    fn expression(&mut self, value: Node<'_>) -> Element {
        if let Some((kind, text)) = constant(value) {
            let mut found = element(kind, value.span());
            found.text = text;
            return found;
        }
        match value.kind() {
            Kind::Array(_) => self.with_all("Collection", value, value.span()),
            Kind::Object(mut members) => match members.find(|member| is_dynamic(member.name)) {
                Some(member) => self.dynamic(value, member),
                None => self.record(value),
            },
            _ => element("Null", value.span()),
        }
    }

    fn with_all(&mut self, name: &str, value: Node<'_>, span: Span) -> Element {
        let mut found = element(name, span);
        for item in value.items() {
            let child = self.expression(item);
            found.children.push(child);
        }
        found
    }

    fn record(&mut self, value: Node<'_>) -> Element {
        let mut found = element("Record", value.span());
        let type_name = value.get("@type").or_else(|| value.get("@odata.type"));
        if let Some(name) = type_name.and_then(Node::text) {
            // The name is the fragment of a URL.
            push(&mut found, "Type", name.rsplit('#').next().unwrap_or(name), value.span());
        }
        for member in value.written().filter(|member| !member.name.contains('@')) {
            // A name of the system is not a property, or it belongs to an object that is not a
            // record.
            if member.name.starts_with('$') {
                self.unknown(member.name, member.name_span);
            }
            let mut property = element("PropertyValue", member.name_span);
            push(&mut property, "Property", member.name, member.name_span);
            self.valued(&mut property, member.value);
            self.annotations_of(&mut property, value, member.name);
            found.children.push(property);
        }
        self.annotations(&mut found, value);
        found
    }

    /// Reports members that have no meaning next to a dynamic expression.
    fn companions(&mut self, whole: Node<'_>, expression: Member<'_>) {
        let known: &[&str] = match expression.name {
            "$Apply" => &["$Function"],
            "$Cast" | "$IsOf" => TYPED,
            "$LabeledElement" => &["$Name"],
            _ => &[],
        };
        for member in whole.written() {
            let system = member.name.starts_with('$') && !member.name.contains('@');
            if system && member.name != expression.name && !known.contains(&member.name) {
                self.unknown(member.name, member.name_span);
            }
        }
    }

    fn dynamic(&mut self, whole: Node<'_>, member: Member<'_>) -> Element {
        let name = member.name.trim_start_matches('$');
        let value = member.value;
        self.companions(whole, member);
        match name {
            "Apply" => {
                let mut found = self.with_all("Apply", value, whole.span());
                copy(&mut found, whole, "Function");
                found
            }
            "Cast" | "IsOf" => {
                let mut found = element(name, whole.span());
                let written = whole.get("$Type").and_then(Node::text).unwrap_or("Edm.String");
                let collection = super::is_true(whole, "$Collection");
                let written =
                    if collection { format!("Collection({written})") } else { written.to_owned() };
                push(&mut found, "Type", &written, whole.span());
                found.children.push(self.expression(value));
                found
            }
            "LabeledElement" => {
                let mut found = element(name, whole.span());
                copy(&mut found, whole, "Name");
                self.valued(&mut found, value);
                found
            }
            "Null" => element("Null", whole.span()),
            name if OPERATORS.contains(&name) => self.with_all(name, value, whole.span()),
            // `$Not`, `$Neg` and `$UrlRef` have one operand.
            name => {
                let mut found = element(name, whole.span());
                found.children.push(self.expression(value));
                found
            }
        }
    }
}

/// The members allowed next to `$Cast` and `$IsOf`.
const TYPED: &[&str] =
    &["$Type", "$Collection", "$MaxLength", "$Precision", "$Unicode", "$Scale", "$SRID"];

fn is_dynamic(name: &str) -> bool {
    let Some(name) = name.strip_prefix('$') else { return false };
    OPERATORS.contains(&name)
        || matches!(
            name,
            "Apply" | "Cast" | "IsOf" | "LabeledElement" | "Null" | "Not" | "Neg" | "UrlRef"
        )
}

/// The kind and the text of a value that XML writes as an attribute.
fn constant(value: Node<'_>) -> Option<(&'static str, String)> {
    match value.kind() {
        Kind::Bool(value) => Some(("Bool", value.to_string())),
        Kind::String(text) => Some(("String", text.to_owned())),
        Kind::Number(text) if text.contains(['.', 'e', 'E']) => Some(("Decimal", text.to_owned())),
        Kind::Number(text) => Some(("Int", text.to_owned())),
        Kind::Object(_) => {
            let named =
                [("$Path", "Path"), ("$LabeledElementReference", "LabeledElementReference")];
            let (member, kind) = named.into_iter().find(|(name, _)| value.get(name).is_some())?;
            Some((kind, value.get(member)?.text()?.to_owned()))
        }
        Kind::Null | Kind::Array(_) => None,
    }
}
