//! Documents as CSDL JSON.

use super::ordered::{Json, Object};
use crate::odata::csdl::{Document, Element};

/// A document as CSDL JSON, two blanks for each level.
pub fn json(document: &Document) -> String {
    let mut root = Object::new();
    root.insert("$Version", Json::from(if document.is_401 { "4.01" } else { "4.0" }));
    let mut references = Object::new();
    for reference in &document.references {
        let uri = reference.value("Uri").unwrap_or_default();
        references.insert(uri.to_owned(), Json::Object(self::reference(reference)));
    }
    if !references.is_empty() {
        root.insert("$Reference", Json::Object(references));
    }
    for schema in &document.schemas {
        let namespace = schema.value("Namespace").unwrap_or_default();
        if let Some(container) = schema.children("EntityContainer").next() {
            let name = container.value("Name").unwrap_or_default();
            root.insert("$EntityContainer", Json::from(format!("{namespace}.{name}")));
        }
        root.insert(namespace.to_owned(), Json::Object(self::schema(schema)));
    }
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn reference(reference: &Element) -> Object {
    let mut object = Object::new();
    for (name, member, attributes) in [
        ("Include", "$Include", &["Namespace", "Alias"][..]),
        (
            "IncludeAnnotations",
            "$IncludeAnnotations",
            &["TermNamespace", "Qualifier", "TargetNamespace"][..],
        ),
    ] {
        let items: Vec<Json> = reference
            .children(name)
            .map(|child| {
                let mut item = Object::new();
                texts(&mut item, child, attributes);
                annotations(&mut item, child, "");
                Json::Object(item)
            })
            .collect();
        if !items.is_empty() {
            object.insert(member, Json::Array(items));
        }
    }
    annotations(&mut object, reference, "");
    object
}

fn schema(schema: &Element) -> Object {
    let mut object = Object::new();
    texts(&mut object, schema, &["Alias"]);
    for child in &schema.children {
        let name = child.value("Name").unwrap_or_default().to_owned();
        match child.name.as_str() {
            "Annotation" | "Annotations" => {}
            "Action" | "Function" => {
                object.push_to(name, Json::Object(operation(child)));
            }
            _ => {
                object.insert(name, Json::Object(declared(child)));
            }
        }
    }
    let mut targets = Object::new();
    for block in schema.children("Annotations") {
        let mut target = Object::new();
        annotations(&mut target, block, "");
        let name = block.value("Target").unwrap_or_default();
        targets.insert(name.to_owned(), Json::Object(target));
    }
    if !targets.is_empty() {
        object.insert("$Annotations", Json::Object(targets));
    }
    annotations(&mut object, schema, "");
    object
}

/// A declaration of a schema, except for operations.
fn declared(element: &Element) -> Object {
    let mut object = Object::new();
    object.insert("$Kind", Json::from(element.name.as_str()));
    texts(&mut object, element, &["BaseType", "UnderlyingType", "BaseTerm"]);
    flags(&mut object, element, &["Abstract", "OpenType", "HasStream", "IsFlags"]);
    match element.name.as_str() {
        "Term" => {
            typed(&mut object, element);
            default(&mut object, element);
            if let Some(list) = element.value("AppliesTo") {
                let list = list.split_whitespace().map(Json::from).collect();
                object.insert("$AppliesTo", Json::Array(list));
            }
        }
        "TypeDefinition" => facets(&mut object, element),
        "EntityContainer" => container(&mut object, element),
        _ => {}
    }
    for child in &element.children {
        let name = child.value("Name").unwrap_or_default().to_owned();
        match child.name.as_str() {
            "Key" => {
                let parts: Vec<Json> = child.children("PropertyRef").map(key_part).collect();
                object.insert("$Key", Json::Array(parts));
            }
            "Property" | "NavigationProperty" => {
                object.insert(name, Json::Object(property(child)));
            }
            "Member" => {
                object.insert(name.clone(), number(child.value("Value").unwrap_or_default()));
                annotations(&mut object, child, &name);
            }
            _ => {}
        }
    }
    annotations(&mut object, element, "");
    object
}

fn key_part(part: &Element) -> Json {
    let name = part.value("Name").unwrap_or_default();
    match part.value("Alias") {
        Some(alias) => Json::Object(Object::from_iter([(alias, Json::from(name))])),
        None => Json::from(name),
    }
}

fn property(element: &Element) -> Object {
    let mut object = Object::new();
    if element.name == "NavigationProperty" {
        object.insert("$Kind", Json::from("NavigationProperty"));
    }
    typed(&mut object, element);
    default(&mut object, element);
    texts(&mut object, element, &["Partner"]);
    flags(&mut object, element, &["ContainsTarget"]);
    let mut constraints = Object::new();
    for pair in element.children("ReferentialConstraint") {
        let property = pair.value("Property").unwrap_or_default().to_owned();
        let referenced = pair.value("ReferencedProperty").unwrap_or_default();
        constraints.insert(property.clone(), Json::from(referenced));
        annotations(&mut constraints, pair, &property);
    }
    if !constraints.is_empty() {
        object.insert("$ReferentialConstraint", Json::Object(constraints));
    }
    if let Some(found) = element.children("OnDelete").next() {
        object.insert("$OnDelete", Json::from(found.value("Action").unwrap_or_default()));
        annotations(&mut object, found, "$OnDelete");
    }
    annotations(&mut object, element, "");
    object
}

fn operation(element: &Element) -> Object {
    let mut object = Object::new();
    object.insert("$Kind", Json::from(element.name.as_str()));
    flags(&mut object, element, &["IsBound", "IsComposable"]);
    texts(&mut object, element, &["EntitySetPath"]);
    let value = |element: &Element| {
        let mut object = Object::new();
        texts(&mut object, element, &["Name"]);
        typed(&mut object, element);
        annotations(&mut object, element, "");
        Json::Object(object)
    };
    let parameters: Vec<Json> = element.children("Parameter").map(value).collect();
    if !parameters.is_empty() {
        object.insert("$Parameter", Json::Array(parameters));
    }
    if let Some(returned) = element.children("ReturnType").next() {
        object.insert("$ReturnType", value(returned));
    }
    annotations(&mut object, element, "");
    object
}

fn container(object: &mut Object, element: &Element) {
    for child in &element.children {
        let mut member = Object::new();
        match child.name.as_str() {
            "EntitySet" => {
                member.insert("$Collection", Json::from(true));
                let name = child.value("EntityType").unwrap_or_default();
                member.insert("$Type", Json::from(name));
            }
            "Singleton" => texts(&mut member, child, &["Type"]),
            "ActionImport" | "FunctionImport" => {
                texts(&mut member, child, &["Action", "Function", "EntitySet"]);
            }
            _ => continue,
        }
        if let Some(listed) = child.flag("IncludeInServiceDocument") {
            member.insert("$IncludeInServiceDocument", Json::from(listed));
        }
        let mut bindings = Object::new();
        for binding in child.children("NavigationPropertyBinding") {
            let path = binding.value("Path").unwrap_or_default().to_owned();
            bindings.insert(path, Json::from(binding.value("Target").unwrap_or_default()));
        }
        if !bindings.is_empty() {
            member.insert("$NavigationPropertyBinding", Json::Object(bindings));
        }
        annotations(&mut member, child, "");
        object.insert(child.value("Name").unwrap_or_default().to_owned(), Json::Object(member));
    }
}

/// The type of a value with its facets; the counterpart of the reader's defaults for absent
/// members.
fn typed(object: &mut Object, element: &Element) {
    let written = element.value("Type").unwrap_or("Edm.String");
    let inner = written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
    let name = inner.unwrap_or(written);
    if inner.is_some() {
        object.insert("$Collection", Json::from(true));
    }
    if name != "Edm.String" {
        object.insert("$Type", Json::from(name));
    }
    match (element.flag("Nullable"), inner.is_some()) {
        (Some(nullable), true) => {
            object.insert("$Nullable", Json::from(nullable));
        }
        (None | Some(true), false) => {
            object.insert("$Nullable", Json::from(true));
        }
        _ => {}
    }
    facets(object, element);
}

fn facets(object: &mut Object, element: &Element) {
    for facet in ["MaxLength", "Precision", "SRID"] {
        if let Some(value) = element.value(facet) {
            object.insert(format!("${facet}"), number(value));
        }
    }
    if let Some(unicode) = element.flag("Unicode") {
        object.insert("$Unicode", Json::from(unicode));
    }
    let decimal = ["Type", "UnderlyingType"].into_iter().any(|attribute| {
        matches!(element.value(attribute), Some("Edm.Decimal" | "Collection(Edm.Decimal)"))
    });
    match element.value("Scale") {
        Some(scale) => {
            object.insert("$Scale", number(scale));
        }
        None if decimal => {
            object.insert("$Scale", Json::from(0));
        }
        None => {}
    }
}

fn texts(object: &mut Object, element: &Element, names: &[&str]) {
    for name in names {
        if let Some(value) = element.value(name) {
            object.insert(format!("${name}"), Json::from(value));
        }
    }
}

fn flags(object: &mut Object, element: &Element, names: &[&str]) {
    for name in names {
        if element.flag(name) == Some(true) {
            object.insert(format!("${name}"), Json::from(true));
        }
    }
}

/// A number if the text is one, otherwise the text.
fn number(text: &str) -> Json {
    text.parse::<i64>().map_or_else(|_| Json::from(text), Json::from)
}

/// A number if that loses none of its digits, otherwise the text, which CSDL JSON also allows.
fn exact(text: &str) -> Json {
    match serde_json::from_str::<serde_json::Number>(text) {
        Ok(number) if number.to_string() == text => Json::Scalar(number.into()),
        _ => Json::from(text),
    }
}

/// The default value as a JSON value of the type.
fn default(object: &mut Object, element: &Element) {
    let Some(text) = element.value("DefaultValue") else { return };
    let value = match (element.value("Type").unwrap_or_default(), text) {
        ("Edm.Boolean", "true" | "false") => Json::from(text == "true"),
        ("Edm.Byte" | "Edm.SByte" | "Edm.Int16" | "Edm.Int32" | "Edm.Int64", _) => exact(text),
        ("Edm.Decimal" | "Edm.Double" | "Edm.Single", _) => exact(text),
        _ => Json::from(text),
    };
    object.insert("$DefaultValue", value);
}

/// The annotations of an element, as members of an object that refer to `name`.
fn annotations(object: &mut Object, element: &Element, name: &str) {
    for annotation in element.children("Annotation") {
        let term = annotation.value("Term").unwrap_or_default();
        let qualifier = annotation.value("Qualifier").map(|one| format!("#{one}"));
        let member = format!("{name}@{term}{}", qualifier.unwrap_or_default());
        // If a term is applied twice, the first one counts.
        if object.get(&member).is_none() {
            object.insert(member.clone(), value_of(annotation));
        }
        annotations(object, annotation, &member);
    }
}

const PATHS: &[&str] = &[
    "AnnotationPath",
    "AnyPropertyPath",
    "ModelElementPath",
    "NavigationPropertyPath",
    "PropertyPath",
];

/// The value of an annotation or a property: an attribute, or the first expression within.
fn value_of(element: &Element) -> Json {
    let own = ["Term", "Qualifier", "Property", "Name"];
    let attribute = element.attributes.iter().find(|one| !own.contains(&one.name.as_str()));
    match attribute {
        Some(attribute) => constant(&attribute.name, &attribute.value),
        None => {
            let expressions = element.children.iter().find(|child| child.name != "Annotation");
            expressions.map_or(Json::from(true), expression)
        }
    }
}

fn constant(kind: &str, text: &str) -> Json {
    // Blanks are part of a text value, but not of any other.
    let text = if kind == "String" { text } else { text.trim() };
    match kind {
        "Bool" => Json::from(matches!(text, "true" | "True" | "1")),
        "Int" => number(text),
        "Decimal" | "Float" => exact(text),
        "EnumMember" => {
            let members: Vec<&str> =
                text.split_whitespace().map(|one| one.rsplit('/').next().unwrap_or(one)).collect();
            Json::from(members.join(","))
        }
        "Path" | "LabeledElementReference" | "UrlRef" => {
            Json::Object(Object::from_iter([(format!("${kind}"), Json::from(text))]))
        }
        _ => Json::from(text),
    }
}

fn expression(element: &Element) -> Json {
    let operands = || -> Vec<Json> { element.children.iter().map(expression).collect() };
    let first = || element.children.first().map_or(Json::null(), expression);
    match element.name.as_str() {
        "Null" => Json::null(),
        "Collection" => Json::Array(operands()),
        "Record" => {
            let mut object = Object::new();
            if let Some(name) = element.value("Type") {
                object.insert("@type", Json::from(format!("#{name}")));
            }
            for one in element.children("PropertyValue") {
                let name = one.value("Property").unwrap_or_default();
                object.insert(name.to_owned(), value_of(one));
                annotations(&mut object, one, name);
            }
            annotations(&mut object, element, "");
            Json::Object(object)
        }
        "Apply" => {
            let mut object = Object::from_iter([("$Apply", Json::Array(operands()))]);
            texts(&mut object, element, &["Function"]);
            Json::Object(object)
        }
        name @ ("Cast" | "IsOf") => {
            let mut object = Object::new();
            object.insert(format!("${name}"), first());
            typed(&mut object, element);
            object.remove("$Nullable");
            Json::Object(object)
        }
        "LabeledElement" => {
            let mut object = Object::from_iter([("$LabeledElement", value_of(element))]);
            texts(&mut object, element, &["Name"]);
            Json::Object(object)
        }
        name @ ("Not" | "Neg" | "UrlRef") if !element.children.is_empty() => {
            Json::Object(Object::from_iter([(format!("${name}"), first())]))
        }
        name if PATHS.contains(&name) || element.children.is_empty() => {
            constant(name, &element.text)
        }
        name => Json::Object(Object::from_iter([(format!("${name}"), Json::Array(operands()))])),
    }
}
