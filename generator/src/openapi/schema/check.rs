//! What is wrong with finished shapes: defaults that are not values, and objects without finite values.
//!
//! Enters: [`Shapes`]. Leaves: findings; a default that is not a value of its shape is removed.

use super::graph::Graph;
use super::shape::{Form, ShapeId, Shapes, Use};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::openapi::description::Location;
use rustc_hash::FxHashSet;

/// Removes the defaults of members that are not values of their shapes, and reports each once, unless it is
/// a value of another shape that has the member: a branch of a union narrows what is around the union, and
/// the default there is right if one of the branches has it. Null is not reported where it is not valid,
/// since that is how descriptions write that they have no default.
pub(super) fn defaults(shapes: &mut Shapes, graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut good = FxHashSet::default();
    let mut bad = Vec::new();
    for (id, shape) in shapes.iter() {
        let Form::Object(object) = &shape.form else { continue };
        for (at, member) in object.members.iter().enumerate() {
            let Some(default) = member.default else { continue };
            match shapes.fits(member.value, graph.description.node(default)) {
                true => _ = good.insert(default),
                false => bad.push((id, at)),
            }
        }
    }
    let mut reported = good;
    for (id, at) in &bad {
        let Form::Object(object) = &shapes.shape(*id).form else { continue };
        let Some(member) = object.members.get(*at) else { continue };
        let is_reported = |default: &Location| {
            !graph.description.node(*default).is_null() && reported.insert(*default)
        };
        let Some(default) = member.default.filter(is_reported) else { continue };
        let message = format!("the default of `{}` is not one of its values", member.name);
        diagnostics.push(
            Diagnostic::violation("bad-default", message)
                .at(graph.description.span(default), "expected a value that the schema allows")
                .related(member.span, "the member")
                .help("there is no default; correct it"),
        );
    }
    others(shapes, graph, &mut reported, diagnostics);
    for (id, at) in bad {
        if let Form::Object(object) = &mut shapes.shapes[id.index()].form
            && let Some(member) = object.members.get_mut(at)
        {
            member.default = None;
        }
    }
}

/// The defaults of schemas that no member has: of components, of parameters, and of items. What is reported
/// of a member is not reported again.
fn others(
    shapes: &mut Shapes,
    graph: &Graph<'_>,
    reported: &mut FxHashSet<Location>,
    diagnostics: &mut Diagnostics,
) {
    for id in graph.model.ids() {
        let default = graph.keywords(id).and_then(|keywords| keywords.default);
        let (Some(default), Some(used)) = (default, shapes.of(id)) else { continue };
        let value = graph.description.node(default);
        if shapes.fits(used, value) {
            continue;
        }
        shapes.wrong_defaults.insert(default);
        if !value.is_null() && reported.insert(default) {
            let message = format!("the default of {} is not one of its values", graph.label(id));
            diagnostics.push(
                Diagnostic::violation("bad-default", message)
                    .at(graph.description.span(default), "expected a value that the schema allows")
                    .help("there is no default; correct it"),
            );
        }
    }
}

/// Reports objects and arrays each of whose values must contain another one of the same shape, and makes the
/// member or the item optional.
pub(super) fn finite(shapes: &mut Shapes, graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut is_finite: Vec<bool> = shapes
        .iter()
        .map(|(_, shape)| !matches!(shape.form, Form::Object(_) | Form::Tuple(_) | Form::Union(_)))
        .collect();
    // What waits for a shape to be known as finite.
    let mut waiting: Vec<Vec<ShapeId>> = vec![Vec::new(); is_finite.len()];
    let mut open: Vec<ShapeId> = Vec::new();
    for (id, shape) in shapes.iter().filter(|(id, _)| !is_finite[id.index()]) {
        needs(&shape.form).for_each(|one| waiting[one.index()].push(id));
        open.push(id);
    }
    while let Some(id) = open.pop() {
        let known = |shape: ShapeId| is_finite[shape.index()];
        let found = match &shapes.shape(id).form {
            Form::Union(union) => {
                union.open || union.branches.iter().any(|branch| known(branch.shape))
            }
            form => needs(form).all(known),
        };
        if found && !is_finite[id.index()] {
            is_finite[id.index()] = true;
            open.append(&mut waiting[id.index()]);
        }
    }
    for id in report(shapes, &is_finite, graph, diagnostics) {
        let is_endless = |value: Use| !value.nullable && !is_finite[value.shape.index()];
        match &mut shapes.shapes[id.index()].form {
            Form::Object(object) => {
                for member in &mut object.members {
                    member.required &= !is_endless(member.value);
                }
            }
            Form::Tuple(tuple) => {
                let first = tuple.items.iter().position(|item| is_endless(*item));
                tuple.required = tuple.required.min(first.unwrap_or(tuple.required));
            }
            _ => {}
        }
    }
}

/// The shapes of which each value of a shape has one, or one of which.
fn needs(form: &Form) -> Box<dyn Iterator<Item = ShapeId> + '_> {
    match form {
        Form::Object(object) if object.rest.open_kind => Box::new(std::iter::empty()),
        Form::Union(union) => Box::new(union.branches.iter().map(|branch| branch.shape)),
        form => Box::new(form.needed().map(|value| value.shape)),
    }
}

/// Each object or array once that is a part of itself, and not each that has such a part.
fn report(
    shapes: &Shapes,
    is_finite: &[bool],
    graph: &Graph<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<ShapeId> {
    let mut reported = Vec::new();
    let mut seen: FxHashSet<ShapeId> = FxHashSet::default();
    for (start, _) in shapes.iter().filter(|(id, _)| !is_finite[id.index()]) {
        // Following a member that is not finite from each shape ends in a cycle.
        let mut at = start;
        let mut way = Vec::new();
        while seen.insert(at) {
            way.push(at);
            let next = needs(&shapes.shape(at).form).find(|one| !is_finite[one.index()]);
            let Some(next) = next else { break };
            at = next;
        }
        let Some(from) = way.iter().position(|one| *one == at) else { continue };
        let cycle = &way[from..];
        let is_next = |value: Use| cycle.contains(&value.shape);
        let required = cycle.iter().find_map(|id| match &shapes.shape(*id).form {
            Form::Object(object) => {
                let member = object.members.iter().find(|one| one.required && is_next(one.value));
                Some((*id, member?.span, ("the object", "the member")))
            }
            Form::Tuple(tuple) => {
                let item = tuple.items.iter().take(tuple.required).find(|one| is_next(**one));
                let schema = shapes.shape(item?.shape).schemas.first()?;
                Some((*id, graph.span(*schema), ("the array", "the item")))
            }
            _ => None,
        });
        let Some((id, span, (whole, part))) = required else { continue };
        let Some(schema) = shapes.shape(id).schemas.first() else { continue };
        let message = format!("each value of {} must hold another one", graph.label(*schema));
        let mut finding = Diagnostic::violation("no-finite-value", message)
            .at(span, "required here")
            .help(format!("{part} is read as optional; make it optional or nullable"));
        if span != graph.span(*schema) {
            finding = finding.related(graph.span(*schema), whole);
        }
        diagnostics.push(finding);
        reported.push(id);
    }
    reported
}
