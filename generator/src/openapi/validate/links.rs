//! Links: to operations and parameters that are not there.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Id, Link, Operation, Place};

impl Rules<'_, '_> {
    pub(super) fn links(&mut self) {
        let model = self.model;
        for (_, link) in model.links.iter() {
            match link.operation {
                Some(id) => self.link_parameters(link, id),
                None => self.unknown_operation(link),
            }
        }
    }

    fn unknown_operation(&mut self, link: &Link) {
        // That there is neither an id nor a reference is reported elsewhere.
        let Some(target) = &link.target else { return };
        let message =
            format!("the link refers to the operation `{}`, which is not there", target.text);
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

    fn link_parameters(&mut self, link: &Link, id: Id<Operation>) {
        let operation = &self.model.operations[id];
        for (name, _) in &link.parameters {
            let is_it = |id: &Id<_>| {
                let parameter = &self.model.parameters[*id];
                let Some((place, rest)) = name.text.split_once('.') else {
                    return parameter.name.text == name.text;
                };
                parameter.name.text == name.text
                    || Place::of_word(place) == Some(parameter.place) && parameter.name.text == rest
            };
            if !operation.parameters.iter().any(is_it) {
                let message = format!("{} has no parameter `{}`", self.title(id), name.text);
                let finding = Diagnostic::violation("unknown-link-parameter", message)
                    .at(name.span, "the link is only documentation")
                    .related(operation.span, "the operation")
                    .help("write the name of a parameter, or its place, a dot and the name");
                self.report(finding);
            }
        }
    }
}
