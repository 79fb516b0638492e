//! Schemas and what they declare.

use super::{Converter, copy, element, is_true, push};
use crate::input::diagnostic::Diagnostic;
use crate::node::{Kind, Member, Node};
use crate::odata::csdl::Element;

const FACETS: &[&str] = &["MaxLength", "Precision", "Unicode", "SRID"];

impl Converter<'_> {
    pub(super) fn schema(&mut self, namespace: &str, value: Node<'_>) -> Element {
        let mut schema = element("Schema", value.span());
        let span = schema.span;
        push(&mut schema, "Namespace", namespace, span);
        copy(&mut schema, value, "Alias");
        for member in declared(value) {
            let Member { name, value, .. } = member;
            match (value.kind(), value.get("$Kind").and_then(Node::text)) {
                (Kind::Array(overloads), _) => {
                    for overload in overloads {
                        schema.children.extend(self.operation(name, overload));
                    }
                }
                (_, Some(kind)) => schema.children.extend(self.child(kind, member)),
                _ => self.no_kind(name, value),
            }
        }
        for target in value.get("$Annotations").into_iter().flat_map(Node::written) {
            let mut block = element("Annotations", target.value.span());
            push(&mut block, "Target", target.name, target.value.span());
            self.annotations(&mut block, target.value);
            schema.children.push(block);
        }
        self.check(value, &["$Alias", "$Annotations"]);
        self.annotations(&mut schema, value);
        schema
    }

    fn child(&mut self, kind: &str, member: Member<'_>) -> Option<Element> {
        let Member { name, value, .. } = member;
        Some(match kind {
            "EntityType" | "ComplexType" => self.structured(kind, member),
            "EnumType" => self.enumeration(member),
            "TypeDefinition" => {
                let mut found = self.named(kind, member);
                copy(&mut found, value, "UnderlyingType");
                facets(&mut found, value, "");
                self.finished(found, value)
            }
            "Term" => {
                let mut found = self.named(kind, member);
                typed(&mut found, value, true);
                copy(&mut found, value, "BaseTerm");
                default(&mut found, value);
                applies_to(&mut found, value);
                self.finished(found, value)
            }
            "EntityContainer" => self.container(member),
            _ => {
                self.no_kind(name, value);
                return None;
            }
        })
    }

    fn no_kind(&mut self, name: &str, value: Node<'_>) {
        let message = format!("`{name}` has no kind that a schema can declare");
        self.diagnostics.push(
            Diagnostic::error("missing-attribute", message)
                .at(
                    super::start(value.span()),
                    "expected an object with `$Kind`, or an array of overloads",
                )
                .help("see CSDL JSON 4.01, section 5"),
        );
    }

    /// An element with a name.
    fn named(&mut self, kind: &str, member: Member<'_>) -> Element {
        let mut found = element(kind, member.value.span());
        push(&mut found, "Name", member.name, member.name_span);
        found
    }

    /// Adds the annotations to an element and reports members that have no meaning.
    fn finished(&mut self, mut element: Element, value: Node<'_>) -> Element {
        self.annotations(&mut element, value);
        self.check(value, KNOWN);
        element
    }

    fn check(&mut self, value: Node<'_>, known: &[&str]) {
        for member in value.written() {
            let system = member.name.starts_with('$') && !member.name.contains('@');
            if system && !known.contains(&member.name) {
                self.unknown(member.name, member.value.span());
            }
        }
    }

    fn structured(&mut self, kind: &str, member: Member<'_>) -> Element {
        let value = member.value;
        let mut found = self.named(kind, member);
        for attribute in ["BaseType", "Abstract", "OpenType", "HasStream"] {
            copy(&mut found, value, attribute);
        }
        if let Some(key) = value.get("$Key") {
            let mut child = element("Key", key.span());
            for part in key.items() {
                let mut reference = element("PropertyRef", part.span());
                match (part.text(), part.written().next(), part.written().len()) {
                    (Some(name), ..) => push(&mut reference, "Name", name, part.span()),
                    (None, Some(Member { name: alias, value, .. }), 1) => {
                        push(
                            &mut reference,
                            "Name",
                            value.text().unwrap_or_default(),
                            value.span(),
                        );
                        push(&mut reference, "Alias", alias, part.span());
                    }
                    _ => {}
                }
                child.children.push(reference);
            }
            found.children.push(child);
        }
        for member in declared(value) {
            let value = member.value;
            let navigation = value.get("$Kind").and_then(Node::text) == Some("NavigationProperty");
            found.children.push(if navigation {
                self.navigation(member)
            } else {
                let mut property = self.named("Property", member);
                typed(&mut property, value, true);
                default(&mut property, value);
                self.finished(property, value)
            });
        }
        self.finished(found, value)
    }

    fn navigation(&mut self, member: Member<'_>) -> Element {
        let value = member.value;
        let mut found = self.named("NavigationProperty", member);
        typed(&mut found, value, !is_true(value, "$Collection"));
        copy(&mut found, value, "Partner");
        copy(&mut found, value, "ContainsTarget");
        let constraints = value.get("$ReferentialConstraint");
        for Member { name, name_span, value: referenced } in
            constraints.into_iter().flat_map(declared)
        {
            let mut child = element("ReferentialConstraint", referenced.span());
            push(&mut child, "Property", name, name_span);
            push(
                &mut child,
                "ReferencedProperty",
                referenced.text().unwrap_or_default(),
                referenced.span(),
            );
            if let Some(constraints) = constraints {
                self.annotations_of(&mut child, constraints, name);
            }
            found.children.push(child);
        }
        if let Some(action) = value.get("$OnDelete") {
            let mut child = element("OnDelete", action.span());
            push(&mut child, "Action", action.text().unwrap_or_default(), action.span());
            self.annotations_of(&mut child, value, "$OnDelete");
            found.children.push(child);
        }
        self.finished(found, value)
    }

    fn enumeration(&mut self, member: Member<'_>) -> Element {
        let value = member.value;
        let mut found = self.named("EnumType", member);
        copy(&mut found, value, "UnderlyingType");
        copy(&mut found, value, "IsFlags");
        for declared in declared(value) {
            let Member { name, value: number, .. } = declared;
            let mut member = self.named("Member", declared);
            push(&mut member, "Value", number.scalar().unwrap_or_default(), number.span());
            self.annotations_of(&mut member, value, name);
            found.children.push(member);
        }
        self.finished(found, value)
    }

    fn operation(&mut self, name: &str, value: Node<'_>) -> Option<Element> {
        let kind = match value.get("$Kind").and_then(Node::text) {
            Some(kind @ ("Action" | "Function")) => kind,
            _ => {
                self.no_kind(name, value);
                return None;
            }
        };
        // All overloads share the name of one member, so the place of each is its own value.
        let mut found = element(kind, value.span());
        let span = found.span;
        push(&mut found, "Name", name, span);
        for attribute in ["IsBound", "IsComposable", "EntitySetPath"] {
            copy(&mut found, value, attribute);
        }
        for parameter in value.get("$Parameter").into_iter().flat_map(Node::items) {
            let mut child = element("Parameter", parameter.span());
            copy(&mut child, parameter, "Name");
            typed(&mut child, parameter, true);
            found.children.push(self.finished(child, parameter));
        }
        if let Some(returned) = value.get("$ReturnType") {
            let mut child = element("ReturnType", returned.span());
            typed(&mut child, returned, true);
            found.children.push(self.finished(child, returned));
        }
        Some(self.finished(found, value))
    }

    fn container(&mut self, member: Member<'_>) -> Element {
        let value = member.value;
        let mut found = self.named("EntityContainer", member);
        copy(&mut found, value, "Extends");
        for member in declared(value) {
            let value = member.value;
            let kind = if value.get("$Action").is_some() {
                "ActionImport"
            } else if value.get("$Function").is_some() {
                "FunctionImport"
            } else if is_true(value, "$Collection") {
                "EntitySet"
            } else {
                "Singleton"
            };
            let mut child = self.named(kind, member);
            if let Some(target) = value.get("$Type") {
                let attribute = if kind == "EntitySet" { "EntityType" } else { "Type" };
                push(&mut child, attribute, target.text().unwrap_or_default(), target.span());
            }
            for attribute in ["Action", "Function", "EntitySet", "IncludeInServiceDocument"] {
                copy(&mut child, value, attribute);
            }
            let bindings = value.get("$NavigationPropertyBinding");
            for binding in bindings.into_iter().flat_map(Node::written) {
                let mut bound = element("NavigationPropertyBinding", binding.value.span());
                push(&mut bound, "Path", binding.name, binding.value.span());
                push(
                    &mut bound,
                    "Target",
                    binding.value.text().unwrap_or_default(),
                    binding.value.span(),
                );
                child.children.push(bound);
            }
            found.children.push(self.finished(child, value));
        }
        self.finished(found, value)
    }
}

/// The members that are names of the schema, and neither system members nor annotations.
fn declared(value: Node<'_>) -> impl Iterator<Item = Member<'_>> {
    value.written().filter(|member| !member.name.starts_with('$') && !member.name.contains('@'))
}

/// The type of a value with its facets. An absent member means something else than in XML: a single
/// value is then not nullable, and the scale of a decimal is variable.
fn typed(element: &mut Element, value: Node<'_>, nullable: bool) {
    let name = value.get("$Type").and_then(Node::text).unwrap_or("Edm.String");
    let span = value.get("$Type").map_or(element.span, |found| found.span());
    let collection = is_true(value, "$Collection");
    let written = if collection { format!("Collection({name})") } else { name.to_owned() };
    push(element, "Type", &written, span);
    let given = value.get("$Nullable").map(|_| is_true(value, "$Nullable"));
    if nullable {
        match (given, collection) {
            (Some(true), true) => push(element, "Nullable", "true", span),
            (Some(true), false) => {}
            (Some(false) | None, _) => push(element, "Nullable", "false", span),
        }
    }
    facets(element, value, name);
}

fn facets(element: &mut Element, value: Node<'_>, name: &str) {
    for facet in FACETS {
        copy(element, value, facet);
    }
    let decimal = name == "Edm.Decimal"
        || value.get("$UnderlyingType").and_then(Node::text) == Some("Edm.Decimal");
    match value.get("$Scale") {
        Some(_) => copy(element, value, "Scale"),
        None if decimal => push(element, "Scale", "variable", element.span),
        None => {}
    }
}

fn default(element: &mut Element, value: Node<'_>) {
    copy(element, value, "DefaultValue");
}

fn applies_to(element: &mut Element, value: Node<'_>) {
    if let Some(list) = value.get("$AppliesTo") {
        let names: Vec<&str> = list.items().filter_map(Node::text).collect();
        push(element, "AppliesTo", &names.join(" "), list.span());
    }
}

/// The system members of all declarations together.
const KNOWN: &[&str] = &[
    "$Kind",
    "$BaseType",
    "$Abstract",
    "$OpenType",
    "$HasStream",
    "$Key",
    "$Type",
    "$Collection",
    "$Nullable",
    "$MaxLength",
    "$Precision",
    "$Unicode",
    "$Scale",
    "$SRID",
    "$DefaultValue",
    "$Partner",
    "$ContainsTarget",
    "$ReferentialConstraint",
    "$OnDelete",
    "$UnderlyingType",
    "$IsFlags",
    "$IsBound",
    "$IsComposable",
    "$EntitySetPath",
    "$Parameter",
    "$ReturnType",
    "$Name",
    "$Extends",
    "$Action",
    "$Function",
    "$EntitySet",
    "$IncludeInServiceDocument",
    "$NavigationPropertyBinding",
    "$BaseTerm",
    "$AppliesTo",
];
