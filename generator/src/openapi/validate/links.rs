//! Links: to operations and parameters that are not there.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Id, Link, Operation, Place};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names of parameters, each alone and with its place.
type Names<'m> = FxHashSet<(Option<Place>, &'m str)>;

impl Rules<'_, '_> {
    pub(super) fn links(&mut self) {
        let model = self.model;
        // Many links can be to one operation with many parameters.
        let mut named: FxHashMap<Id<Operation>, Names<'_>> = FxHashMap::default();
        for (_, link) in model.links.iter() {
            match link.operation {
                Some(id) => {
                    let names = named.entry(id).or_insert_with(|| {
                        let all = &model.operations[id].parameters;
                        let all = all.iter().map(|id| &model.parameters[*id]);
                        all.flat_map(|one| {
                            [None, Some(one.place)].map(|at| (at, one.name.text.as_str()))
                        })
                        .collect()
                    });
                    self.link_parameters(link, id, names);
                }
                None => self.unknown_operation(link),
            }
        }
    }

    fn unknown_operation(&mut self, link: &Link) {
        // That there is neither an id nor a reference is reported elsewhere.
        let Some(target) = &link.target else { return };
        let message =
            format!("the link refers to the operation `{}`, which is not there", target.shown());
        let help = match link.is_reference {
            true => "refer to an operation with a JSON pointer; give the document that has it",
            false => "write the `operationId` of an operation",
        };
        self.report(
            Diagnostic::violation("unknown-link-operation", message)
                .at(target.span, "the link is only documentation")
                .help(help),
        );
    }

    fn link_parameters(&mut self, link: &Link, id: Id<Operation>, names: &Names<'_>) {
        let operation = &self.model.operations[id];
        for (name, _) in &link.parameters {
            let placed = name.text.split_once('.');
            let placed = placed.and_then(|(at, rest)| Some((Some(Place::of_word(at)?), rest)));
            let is_there = names.contains(&(None, name.text.as_str()))
                || placed.is_some_and(|placed| names.contains(&placed));
            if !is_there {
                let message = format!("{} has no parameter `{}`", self.title(id), name.shown());
                let finding = Diagnostic::violation("unknown-link-parameter", message)
                    .at(name.span, "the link is only documentation")
                    .related(operation.span, "the operation")
                    .help("write the name of a parameter, or its place, a dot and the name");
                self.report(finding);
            }
        }
    }
}
