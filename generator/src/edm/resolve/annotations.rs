//! Annotations, inline and targeted.

use super::Resolver;
use super::names::Names;
use crate::csdl::{CONSTANTS, Element, OPERATORS};
use crate::diagnostic::Diagnostic;
use crate::edm::{
    Annotation, Annotations, Expression, Model, OperationKind, PathAnnotations, PathKind,
    PropertyValue, Record, TypeId,
};

impl Resolver<'_> {
    /// The annotations within an element.
    pub(super) fn inline_annotations(&mut self, element: &Element, names: &Names) -> Annotations {
        annotations_of(element, names)
    }

    /// The annotations that a schema applies to elements declared elsewhere.
    pub(super) fn targeted_annotations(&mut self, schema: &Element, names: &Names) {
        for block in schema.children("Annotations") {
            let Some(target) = self.required(block, "Target") else { continue };
            let mut found = self.inline_annotations(block, names);
            if let Some(qualifier) = block.value("Qualifier") {
                for annotation in &mut found.0 {
                    annotation.qualifier.get_or_insert_with(|| qualifier.to_owned());
                }
            }
            let inherited = is_inherited(&self.model, names, target.trim());
            match annotated(&mut self.model, names, target.trim()) {
                Some(annotations) if inherited => {
                    // Several derived types may speak of one inherited member; the first counts.
                    found.0.retain(|one| {
                        let same = |other: &Annotation| {
                            (&other.term, &other.qualifier) == (&one.term, &one.qualifier)
                        };
                        !annotations.0.iter().any(same)
                    });
                    annotations.0.extend(found.0);
                }
                Some(annotations) => annotations.0.extend(found.0),
                None => self.path_annotations(schema, names, block, found),
            }
        }
    }

    /// Annotations on what is no element of its own, but the end of a path.
    fn path_annotations(
        &mut self,
        schema: &Element,
        names: &Names,
        block: &Element,
        annotations: Annotations,
    ) {
        let target = block.value("Target").unwrap_or_default().trim();
        let path = names.path(target);
        if self.model.has_path(&path) {
            self.model.path_annotations.push(PathAnnotations {
                namespace: schema.value("Namespace").unwrap_or_default().to_owned(),
                target: path,
                annotations,
                span: block.place("Target"),
            });
            return;
        }
        self.diagnostics.push(
            Diagnostic::violation(
                "annotation-target",
                format!("cannot find the target `{target}`"),
            )
            .at(block.place("Target"), "the annotations are not used")
            .help("correct the target; names are case-sensitive"),
        );
    }
}

/// Whether a target names a member that a type has from a base.
fn is_inherited(model: &Model, names: &Names, target: &str) -> bool {
    let Some((first, member)) = target.split_once('/') else { return false };
    let Some(TypeId::Structured(id)) = model.type_named(&names.full(first)) else { return false };
    let declared = model.structured(id);
    declared.properties.iter().all(|one| one.name != member)
        && declared.navigation_properties.iter().all(|one| one.name != member)
}

/// The annotations within an element. One without a term was reported when it was parsed.
fn annotations_of(element: &Element, names: &Names) -> Annotations {
    let annotation = |child: &Element| {
        Some(Annotation {
            term: names.full(child.value("Term")?.trim()),
            qualifier: child.value("Qualifier").map(str::to_owned),
            value: expression_of(child, names).unwrap_or(Expression::Bool(true)),
            annotations: annotations_of(child, names),
            span: child.span,
        })
    };
    Annotations(element.children("Annotation").filter_map(annotation).collect())
}

/// The annotations of the element that a target names.
fn annotated<'m>(model: &'m mut Model, names: &Names, target: &str) -> Option<&'m mut Annotations> {
    if let Some((operation, rest)) = target.split_once('(') {
        let (signature, member) = rest.split_once(')')?;
        // A collection in the signature closes a parenthesis of its own.
        let (signature, member) = if signature.matches("Collection").count() > 0 {
            rest.rsplit_once(')')?
        } else {
            (signature, member)
        };
        return operation_annotations(model, names, operation, signature, member);
    }
    let (first, member) = target.split_once('/').map_or((target, None), |(a, b)| (a, Some(b)));
    let full = names.full(first);
    if let Some(id) = model.type_named(&full) {
        return type_annotations(model, id, member);
    }
    if model.container.as_ref().is_some_and(|container| container.is_called(&full)) {
        return container_annotations(model, member);
    }
    if let Some(at) = model.schemas.iter().position(|schema| schema.namespace == first) {
        return member.is_none().then(|| &mut model.schemas[at].annotations);
    }
    let at = model.operations.iter().position(|one| one.name.to_string() == full)?;
    member_of_operation(&mut model.operations[at], member)
}

fn type_annotations<'m>(
    model: &'m mut Model,
    id: TypeId,
    member: Option<&str>,
) -> Option<&'m mut Annotations> {
    match (id, member) {
        (TypeId::Structured(id), None) => {
            Some(&mut model.structured_types[id.0 as usize].annotations)
        }
        (TypeId::Structured(id), Some(member)) => {
            let owner = model.bases(id).into_iter().find(|base| {
                let declared = model.structured(*base);
                declared.properties.iter().any(|one| one.name == member)
                    || declared.navigation_properties.iter().any(|one| one.name == member)
            })?;
            let declared = &mut model.structured_types[owner.0 as usize];
            let property = declared.properties.iter_mut().find(|one| one.name == member);
            property.map(|one| &mut one.annotations).or_else(|| {
                let mut navigations = declared.navigation_properties.iter_mut();
                navigations.find(|one| one.name == member).map(|one| &mut one.annotations)
            })
        }
        (TypeId::Enum(id), None) => Some(&mut model.enum_types[id.0 as usize].annotations),
        (TypeId::Enum(id), Some(member)) => {
            let mut members = model.enum_types[id.0 as usize].members.iter_mut();
            members.find(|one| one.name == member).map(|one| &mut one.annotations)
        }
        (TypeId::Definition(id), None) => {
            Some(&mut model.type_definitions[id.0 as usize].annotations)
        }
        (TypeId::Definition(_), Some(_)) => None,
    }
}

fn container_annotations<'m>(
    model: &'m mut Model,
    member: Option<&str>,
) -> Option<&'m mut Annotations> {
    let container = model.container.as_mut()?;
    let Some(member) = member else { return Some(&mut container.annotations) };
    let sets = container.entity_sets.iter_mut().map(|one| (&one.name, &mut one.annotations));
    let singletons = container.singletons.iter_mut().map(|one| (&one.name, &mut one.annotations));
    let imports = container.imports.iter_mut().map(|one| (&one.name, &mut one.annotations));
    sets.chain(singletons).chain(imports).find(|(name, _)| *name == member).map(|(_, found)| found)
}

fn operation_annotations<'m>(
    model: &'m mut Model,
    names: &Names,
    operation: &str,
    signature: &str,
    member: &str,
) -> Option<&'m mut Annotations> {
    let full = names.full(operation);
    let wanted: Vec<String> = signature
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            match part.strip_prefix("Collection(").and_then(|part| part.strip_suffix(')')) {
                Some(item) => format!("Collection({})", names.full(item)),
                None => names.full(part),
            }
        })
        .collect();
    let fits = |one: &crate::edm::Operation| {
        // Overloads of an action differ by the binding parameter alone.
        let parameters = match (one.kind, one.is_bound) {
            (OperationKind::Function, _) => one.parameters.len(),
            (OperationKind::Action, bound) => usize::from(bound).min(one.parameters.len()),
        };
        let spelled: Vec<String> =
            one.parameters[..parameters].iter().map(|part| model.type_name(&part.value)).collect();
        one.name.to_string() == full && spelled == wanted
    };
    let at = model.operations.iter().position(fits)?;
    member_of_operation(&mut model.operations[at], member.strip_prefix('/'))
}

fn member_of_operation<'m>(
    operation: &'m mut crate::edm::Operation,
    member: Option<&str>,
) -> Option<&'m mut Annotations> {
    match member {
        None => Some(&mut operation.annotations),
        Some("$ReturnType") => operation.return_type.as_mut().map(|one| &mut one.annotations),
        Some(name) => {
            let mut parameters = operation.parameters.iter_mut();
            parameters.find(|one| one.name == name).map(|one| &mut one.annotations)
        }
    }
}

/// The expression of an annotation or a property value: an attribute, or the first element.
fn expression_of(element: &Element, names: &Names) -> Option<Expression> {
    let attribute =
        element.attributes.iter().find(|one| is_constant(&one.name) || one.name == "UrlRef");
    if let Some(attribute) = attribute {
        return constant(&attribute.name, &attribute.value, names);
    }
    element.children.iter().find_map(|child| expression(child, names))
}

/// Whether an expression is a text: a constant, a path or a reference.
fn is_constant(name: &str) -> bool {
    CONSTANTS.contains(&name) || name == "LabeledElementReference"
}

fn operands(element: &Element, names: &Names) -> Vec<Expression> {
    element.children.iter().filter_map(|child| expression(child, names)).collect()
}

/// An expression that is written as an element.
fn expression(element: &Element, names: &Names) -> Option<Expression> {
    let full = |name: &str| names.full(element.value(name).unwrap_or_default());
    let first = |element: &Element| operands(element, names).into_iter().next().map(Box::new);
    Some(match element.name.as_str() {
        "Null" => Expression::Null,
        "Collection" => Expression::Collection(operands(element, names)),
        "Record" => Expression::Record(Record {
            type_name: element.value("Type").map(|name| names.full(name)),
            properties: element
                .children("PropertyValue")
                .filter_map(|one| {
                    Some(PropertyValue {
                        property: one.value("Property")?.to_owned(),
                        value: expression_of(one, names).unwrap_or(Expression::Bool(true)),
                        annotations: annotations_of(one, names),
                    })
                })
                .collect(),
            annotations: annotations_of(element, names),
        }),
        "Apply" => {
            Expression::Apply { function: full("Function"), arguments: operands(element, names) }
        }
        "Cast" => Expression::Cast { target: full("Type"), operand: first(element)? },
        "IsOf" => Expression::IsOf { target: full("Type"), operand: first(element)? },
        "If" => Expression::If(operands(element, names)),
        "LabeledElement" => Expression::LabeledElement {
            name: element.value("Name").unwrap_or_default().to_owned(),
            value: Box::new(expression_of(element, names)?),
        },
        "UrlRef" => Expression::UrlRef(first(element)?),
        name if is_constant(name) => return constant(name, &element.text, names),
        name => {
            let name = OPERATORS.iter().find(|operator| **operator == name)?;
            Expression::Operator { name, operands: operands(element, names) }
        }
    })
}

/// A constant or a path. Text that does not parse is kept as a string.
fn constant(kind: &str, text: &str, names: &Names) -> Option<Expression> {
    let value = text.trim().to_owned();
    let path = |kind| Expression::Path { kind, path: names.path(&value).join("/") };
    Some(match kind {
        "Binary" => Expression::Binary(value),
        "Bool" => match value.as_str() {
            "true" | "True" | "1" => Expression::Bool(true),
            "false" | "False" | "0" => Expression::Bool(false),
            _ => Expression::String(value),
        },
        "Date" => Expression::Date(value),
        "DateTimeOffset" => Expression::DateTimeOffset(value),
        "Decimal" => Expression::Decimal(value),
        "Duration" => Expression::Duration(value),
        "EnumMember" => Expression::EnumMember(
            value
                .split_whitespace()
                .map(|member| match member.split_once('/') {
                    Some((name, member)) => format!("{}/{member}", names.full(name)),
                    None => member.to_owned(),
                })
                .collect(),
        ),
        "Float" => Expression::Float(value),
        "Guid" => Expression::Guid(value),
        "Int" => value.parse().map_or_else(|_| Expression::String(value.clone()), Expression::Int),
        "String" => Expression::String(text.to_owned()),
        "TimeOfDay" => Expression::TimeOfDay(value),
        "LabeledElementReference" => Expression::LabeledElementReference(names.full(&value)),
        "UrlRef" => Expression::UrlRef(Box::new(Expression::String(value))),
        kind => path(PathKind::named(kind)?),
    })
}
