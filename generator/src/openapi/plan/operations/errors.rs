//! The errors that a document declares.
//!
//! Enters: the responses of an operation. Leaves: the [`Errors`] of the operation. Operations with the same
//! errors have one type, whose name depends on nothing but the errors. Must not know: successes.

use super::super::table::Table;
use super::answers::{self, Held, status_of};
use super::words;
use crate::crate_plan::{AnswerForm, AnswerStatus, Type};
use crate::openapi::model::{Id, Operation, Response, Status};

/// The errors of an operation, by status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Errors {
    /// The statuses with the bodies that they have.
    pub(super) all: Vec<(AnswerStatus, Held)>,
    /// Their responses.
    pub(super) responses: Vec<Id<Response>>,
    /// Whether other operations may have the same ones: none of their types is named after the operation.
    pub(super) are_shared: bool,
}

impl Errors {
    /// The errors of an operation; `None` if no error has a body.
    pub(super) fn of(table: &Table<'_>, operation: &Operation) -> Option<Self> {
        let mut all = Vec::new();
        let mut responses = Vec::new();
        for one in &operation.responses {
            let is_error =
                !matches!(one.status, Status::Code(100..=299 | 304) | Status::Range(1 | 2));
            let bodies = if is_error { answers::bodies(table, one.response) } else { Vec::new() };
            let is_json = |held: &&Held| held.form == AnswerForm::Json;
            if let Some(held) = bodies.iter().find(is_json).or(bodies.first()) {
                let same = bodies.iter().filter(|one| one.value == held.value);
                let xml = same.filter_map(|one| one.xml.clone()).next();
                // A service that is asked for XML answers errors in it as well.
                let mut held = Held { xml: held.xml.clone().or(xml), ..held.clone() };
                if matches!(held.form, AnswerForm::Events | AnswerForm::Lines) {
                    (held.form, held.value) = (AnswerForm::Bytes, Type::Bytes);
                }
                all.push((status_of(one.status), held));
                responses.push(one.response);
            }
        }
        let are_shared = all.iter().all(|(_, held)| table.is_of_components(&held.value));
        (!all.is_empty()).then_some(Self { all, responses, are_shared })
    }

    /// What makes them the same as others.
    pub(super) fn key(&self) -> Vec<(AnswerStatus, String, String)> {
        let key = |(status, held): &(AnswerStatus, Held)| {
            let value = match &held.xml {
                None => held.value.whole(),
                Some(xml) => format!("{} {xml:?}", held.value.whole()),
            };
            (*status, held.media_type.clone(), value)
        };
        let mut all: Vec<_> = self.all.iter().map(key).collect();
        all.sort();
        all
    }

    /// The name of their type, if several operations may have it: `ProblemOn404And409`.
    pub(super) fn name(&self) -> String {
        const MOST_TYPES: usize = 3;
        let mut types: Vec<String> =
            self.all.iter().map(|(_, held)| words::of_type(&held.value)).collect();
        types.sort();
        types.dedup();
        let more = if types.len() > MOST_TYPES { "OrOther" } else { "" };
        types.truncate(MOST_TYPES);
        let mut statuses: Vec<AnswerStatus> = self.all.iter().map(|(status, _)| *status).collect();
        statuses.sort();
        let statuses: Vec<String> = statuses.into_iter().filter_map(number).collect();
        let on = if statuses.is_empty() { "" } else { "On" };
        [&types.join("Or"), more, on, &statuses.join("And")].concat()
    }
}

fn number(status: AnswerStatus) -> Option<String> {
    match status {
        AnswerStatus::Code(code) => Some(code.to_string()),
        AnswerStatus::Range(first) => Some(format!("{first}xx")),
        AnswerStatus::Default => None,
    }
}
