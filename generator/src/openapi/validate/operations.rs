//! Operations: their names, their bodies, and what they answer.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Id, Method, Operation, Status};
use rustc_hash::{FxHashMap, FxHashSet};

impl<'m> Rules<'m, '_> {
    pub(super) fn operations(&mut self) {
        let mut by_id: FxHashMap<&str, &Operation> = FxHashMap::default();
        for (_, operation) in self.model.operations.iter() {
            if let Some(id) = &operation.id {
                let first = *by_id.entry(&id.text).or_insert(operation);
                // Two path items can have the same operation.
                if first.location != operation.location {
                    self.duplicate_id(first, operation);
                }
            }
            self.body(operation);
            self.statuses(operation);
        }
    }

    fn duplicate_id(&mut self, first: &Operation, second: &Operation) {
        let (Some(first), Some(second)) = (&first.id, &second.id) else { return };
        let message = format!("the `operationId` `{}` is that of two operations", second.shown());
        self.report(
            Diagnostic::violation("duplicate-operation-id", message)
                .at(second.span, "read as if this operation had none")
                .related(first.span, "the first one has the name")
                .help("give them different ids"),
        );
    }

    fn body(&mut self, operation: &Operation) {
        let method = operation.method.name();
        let has_none = matches!(operation.method, Method::Get | Method::Head | Method::Trace);
        if let Some(body) = operation.body.filter(|_| has_none) {
            let body = &self.model.bodies[body];
            let message = format!("a body has no meaning in a request with the method {method}");
            self.report(
                Diagnostic::violation("body-of-method", message)
                    .at(operation.span, "sent as it is described, if it is set")
                    .related(self.description.span(body.location), "the body")
                    .help("use the query, or another method"),
            );
        }
        for other in &operation.other_bodies {
            let span = self.description.span(*other);
            let finding = Diagnostic::violation("two-bodies", "the operation has two bodies");
            let finding = finding.at(span, "ignored").help("describe one body with all members");
            let body = operation.body.map(|id| self.model.bodies[id].location);
            self.report(match body {
                Some(at) => finding.related(self.description.span(at), "this one is sent"),
                None => finding,
            });
        }
    }

    /// `4XX` and `4xx` are one range.
    fn statuses(&mut self, operation: &Operation) {
        let mut known: FxHashSet<Status> = FxHashSet::default();
        for answer in &operation.responses {
            if !known.insert(answer.status) {
                let message = format!("there are two responses for `{}`", answer.name.shown());
                self.report(
                    Diagnostic::violation("duplicate-response", message)
                        .at(answer.name.span, "ignored")
                        .help("keep one of them"),
                );
            }
        }
    }

    /// What to call an operation in a message.
    pub(super) fn title(&self, id: Id<Operation>) -> String {
        let operation = &self.model.operations[id];
        match &operation.id {
            Some(words) => format!("`{}`", words.shown()),
            None => operation.method.name().to_owned(),
        }
    }
}
