//! Annotations, inline and targeted.

use super::Resolver;
use super::expressions::Reading;
use super::names::Names;
use crate::input::diagnostic::Diagnostic;
use crate::odata::csdl::Element;
use crate::odata::edm::{Annotation, Annotations, Model, OperationKind, PathAnnotations, TypeId};

impl Resolver<'_> {
    /// The annotations within an element.
    pub(super) fn inline_annotations(&mut self, element: &Element, names: &Names) -> Annotations {
        Reading { names, declarations: self.declarations }.annotations(element)
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
                    // Several derived types may refer to one inherited member; the first counts.
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

    /// Annotations on the end of a path, which is not an element itself.
    fn path_annotations(
        &mut self,
        schema: &Element,
        names: &Names,
        block: &Element,
        annotations: Annotations,
    ) {
        let target = block.value("Target").unwrap_or_default().trim();
        let path = names.path(target);
        let namespace = schema.value("Namespace").unwrap_or_default();
        let mut known = self.model.path_annotations.iter_mut();
        if let Some(known) = known.find(|one| one.target == path && one.namespace == namespace) {
            known.annotations.0.extend(annotations.0);
            return;
        }
        if self.model.has_path(&path) {
            self.model.path_annotations.push(PathAnnotations {
                namespace: namespace.to_owned(),
                target: path,
                annotations,
                span: block.place("Target"),
            });
            return;
        }
        self.model.dangling_targets.push((target.to_owned(), block.place("Target")));
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

/// The annotations of the element that a target names.
fn annotated<'m>(model: &'m mut Model, names: &Names, target: &str) -> Option<&'m mut Annotations> {
    if let Some((operation, rest)) = target.split_once('(') {
        let (signature, member) = rest.split_once(')')?;
        // A collection in the signature has its own closing parenthesis.
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
    let namespace = names.namespace(first);
    if let Some(at) = model.schemas.iter().position(|schema| schema.namespace == namespace) {
        return member.is_none().then(|| &mut model.schemas[at].annotations);
    }
    if let Some(at) = model.terms.iter().position(|term| term.name.is(&full)) {
        return member.is_none().then(|| &mut model.terms[at].annotations);
    }
    let at = model.operations.iter().position(|one| one.name.is(&full))?;
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
            let (owner, _) = model.member(id, member)?;
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
    let fits = |one: &crate::odata::edm::Operation| {
        if !one.name.is(&full) {
            return false;
        }
        // Overloads of an action differ by the binding parameter alone.
        let parameters = match (one.kind, one.is_bound) {
            (OperationKind::Function, _) => one.parameters.len(),
            (OperationKind::Action, bound) => usize::from(bound).min(one.parameters.len()),
        };
        let spelled: Vec<String> =
            one.parameters[..parameters].iter().map(|part| model.type_name(&part.value)).collect();
        spelled == wanted
    };
    let at = model.operations.iter().position(fits)?;
    member_of_operation(&mut model.operations[at], member.strip_prefix('/'))
}

fn member_of_operation<'m>(
    operation: &'m mut crate::odata::edm::Operation,
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
