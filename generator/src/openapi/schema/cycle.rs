//! Cycles of schemas that are made of each other without a member or an item between them.
//!
//! Enters: a [`Graph`]. Leaves: the same without what closes a cycle, except where a base lists the schemas
//! that are derived from it. Must not know: shapes.

use super::graph::{Graph, Keyword};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::openapi::model::SchemaId;
use rustc_hash::FxHashMap;

/// Whether a schema is being visited, or was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Closed,
}

/// A step from one schema to another: that of a choice, or one that must hold.
type Step = (SchemaId, Option<Keyword>);

/// A schema on the way, with the step to it, and what comes next.
struct Visit {
    step: Step,
    next: Vec<Step>,
}

/// Cuts all cycles that are without meaning, and reports them.
pub(super) fn cut(graph: &mut Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut states: FxHashMap<SchemaId, State> = FxHashMap::default();
    for root in graph.with_links() {
        if !states.contains_key(&root) {
            walk(graph, root, &mut states, diagnostics);
        }
    }
}

fn walk(
    graph: &mut Graph<'_>,
    root: SchemaId,
    states: &mut FxHashMap<SchemaId, State>,
    diagnostics: &mut Diagnostics,
) {
    let mut way = vec![Visit { step: (root, None), next: steps(graph, root) }];
    states.insert(root, State::Open);
    while let Some(visit) = way.last_mut() {
        let from = visit.step.0;
        let Some(step) = visit.next.pop() else {
            states.insert(from, State::Closed);
            way.pop();
            continue;
        };
        match states.get(&step.0) {
            Some(State::Closed) => {}
            Some(State::Open) => close(graph, &way, step, diagnostics),
            None if graph.has_links(step.0) => {
                states.insert(step.0, State::Open);
                way.push(Visit { step, next: steps(graph, step.0) });
            }
            None => {}
        }
    }
}

/// What a schema is made of, the first one last.
fn steps(graph: &Graph<'_>, id: SchemaId) -> Vec<Step> {
    let mut steps: Vec<Step> = graph.all(id).iter().map(|one| (*one, None)).collect();
    for choice in graph.choices(id) {
        steps.extend(choice.branches.iter().map(|one| (*one, Some(choice.id.keyword))));
    }
    steps.reverse();
    steps
}

/// A step back to a schema on the way.
fn close(graph: &mut Graph<'_>, way: &[Visit], step: Step, diagnostics: &mut Diagnostics) {
    let start = way.iter().position(|visit| visit.step.0 == step.0).unwrap_or_default();
    // The steps of the cycle, each with the schema from which it goes.
    let mut cycle: Vec<(SchemaId, Step)> =
        way[start..].windows(2).map(|two| (two[0].step.0, two[1].step)).collect();
    cycle.extend(way.last().map(|last| (last.step.0, step)));
    let choices: Vec<usize> = (0..cycle.len()).filter(|at| cycle[*at].1.1.is_some()).collect();
    let at = match choices[..] {
        [] => cycle.len() - 1,
        // A base that lists what is derived from it: each of them is made of the base and more.
        [choice] if adds(graph, &cycle, choice) => return,
        [.., last] => last,
    };
    let (from, (to, keyword)) = cycle[at];
    // A circle of references is found where references are resolved.
    let is_reference = |(from, (to, _)): &(SchemaId, Step)| {
        let keywords = graph.keywords(*from);
        keywords.is_some_and(|one| one.reference.as_ref().is_some_and(|it| it.target == *to))
    };
    if !cycle.iter().all(is_reference) {
        diagnostics.push(report(graph, from, to, keyword));
    }
    graph.cut(from, to, keyword);
}

/// A schema that has to hold itself is an error; of a choice there may be other branches.
fn report(graph: &Graph<'_>, from: SchemaId, to: SchemaId, choice: Option<Keyword>) -> Diagnostic {
    let (whole, part) = if choice.is_some() { (from, to) } else { (to, from) };
    let message = format!("{} is made of itself", graph.label(whole));
    let finding = match choice {
        None => Diagnostic::error("recursive-conjunction", message),
        Some(_) => Diagnostic::violation("recursive-conjunction", message),
    };
    finding
        .at(graph.span(part), "it is required again here")
        .related(graph.span(whole), "where it is")
        .help("a schema can contain itself only in a member or an item; remove the reference")
}

/// Whether there is content between the branch of a choice and its owner.
fn adds(graph: &Graph<'_>, cycle: &[(SchemaId, Step)], choice: usize) -> bool {
    let owner = cycle[choice].0;
    let between = cycle.iter().map(|(from, _)| *from).filter(|from| *from != owner);
    between.into_iter().any(|id| {
        graph.has_content(id)
            || graph.all(id).len() > 1
            || graph.model.schema(id).name.is_some()
                && graph.keywords(id).is_some_and(|one| !one.all_of.is_empty())
    })
}
