//! Operations that may continue at the service after their answers.
//!
//! Enters: `x-ms-long-running-operation` and `x-ms-long-running-operation-options`. Leaves: where the result is in the
//! end, and what it is. Must not know: how operations are followed.

use super::super::table::Table;
use super::super::types;
use super::answers::{Held, Returned};
use crate::crate_plan::{AnswerForm, AnswerStatus, FinalState};
use crate::node::Node;
use crate::openapi::model::{Operation, SchemaId};

/// What is specified of the result of an operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct LongRunning {
    pub(super) state: FinalState,
    schema: Option<SchemaId>,
}

/// Whether an operation may continue after its answer, and where its result is then.
pub(super) fn of(table: &Table<'_>, operation: &Operation) -> Option<LongRunning> {
    let extension = |name: &str| table.extension(&operation.extensions, name);
    extension("x-ms-long-running-operation").and_then(Node::bool).filter(|is_set| *is_set)?;
    let options = extension("x-ms-long-running-operation-options");
    let option = |name: &str| options?.get(name).and_then(Node::text);
    // The reference is a text, and not a Reference Object.
    let schema = option("final-state-schema").and_then(|reference| {
        let name = reference.rsplit('/').next()?;
        let model = &table.api.model;
        let mut components = model.types.iter().copied();
        components.find(|id| model.schema(*id).name.as_deref() == Some(name))
    });
    let state = match option("final-state-via") {
        Some("azure-async-operation" | "operation-location") if schema.is_some() => {
            FinalState::Result
        }
        Some("azure-async-operation" | "operation-location") => FinalState::Status,
        Some("location") => FinalState::Location,
        Some("original-uri") => FinalState::OriginalUri,
        _ => FinalState::Usual,
    };
    Some(LongRunning { state, schema })
}

impl LongRunning {
    /// What an operation returns in the end: the declared type of the result, else that of the answers but that of
    /// 202, which is about an operation that has only begun.
    pub(super) fn result(self, table: &Table<'_>, returned: Returned) -> Returned {
        let is_begun = |status| status == AnswerStatus::Code(202);
        let mut returned = returned;
        if returned.shapes.iter().any(|one| !is_begun(one.status)) {
            returned.shapes.retain(|one| !is_begun(one.status));
        }
        let used = self.schema.and_then(|schema| table.api.shapes.of(schema));
        if let (Some(used), Some(mut first)) = (used, returned.shapes.first().cloned()) {
            let media_type = "application/json".to_owned();
            let value = types::of(table, used);
            first.body = Some(Held { media_type, form: AnswerForm::Json, xml: None, value });
            returned.shapes = vec![first];
            returned.accept.get_or_insert_with(|| "application/json".to_owned());
        }
        returned
    }
}
