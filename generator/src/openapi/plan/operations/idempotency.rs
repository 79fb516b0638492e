//! Which requests have a key by which the service recognises their tries.
//!
//! Enters: `openapi.idempotency-key` of the configuration, `x-idempotency-key`, `x-fern-idempotent` and
//! `x-fern-idempotency-headers`. Leaves: the header, and values that are no longer required because the runtime makes
//! the key. Must not know: how keys are made.

use super::super::table::Table;
use super::chosen::{Chosen, requested, unmatched};
use super::groups::Requested;
use super::parameters::{Value, undeclared};
use crate::crate_plan::{Carried, Place, Prose};
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::node::Node;
use crate::openapi::model::Method;

/// The header that most services use (draft-ietf-httpapi-idempotency-key-header).
const USUAL: &str = "Idempotency-Key";

/// What the configuration specifies.
#[derive(Debug, Default)]
pub(in super::super) struct KeyRule {
    header: Option<String>,
    operations: Vec<Chosen>,
}

impl KeyRule {
    pub(in super::super) fn new(config: &Config) -> Self {
        let Some(written) = &config.openapi.idempotency_key else { return Self::default() };
        let written = written.get_ref();
        // What is not a pattern is reported by `check`.
        let chosen = written.operations.iter().filter_map(|one| Chosen::parse(one.get_ref()).ok());
        Self { header: Some(written.header.clone()), operations: chosen.collect() }
    }

    fn header(&self, requested: Requested<'_>) -> Option<&str> {
        let header = self.header.as_deref()?;
        let is_chosen = match self.operations.as_slice() {
            [] => matches!(requested.operation.method, Method::Post | Method::Patch),
            chosen => chosen.iter().any(|one| one.has(requested)),
        };
        is_chosen.then_some(header)
    }
}

/// Reports patterns that match no operation.
///
/// # Errors
/// If there is one, or there was an error before.
pub(in super::super) fn check(
    table: &Table<'_>,
    config: &Config,
    session: &mut Session,
) -> Result<(), BuildError> {
    let model = &table.api.model;
    let written = config.openapi.idempotency_key.iter();
    for text in written.flat_map(|written| &written.get_ref().operations) {
        let fault = match Chosen::parse(text.get_ref()) {
            Err(fault) => Some(fault),
            Ok(chosen) if requested(model).any(|one| chosen.has(one)) => None,
            Ok(_) => Some(unmatched(model, text.get_ref())),
        };
        if let Some(fault) = fault {
            session.report(config.point(fault, text.span(), "under [openapi]"));
        }
    }
    session.check()
}

/// The header for the key of a request, if it has one. Values that the request does not need because of it are made
/// optional, and those that it has besides are added.
pub(super) fn of(
    table: &Table<'_>,
    requested: Requested<'_>,
    values: &mut Vec<Value>,
) -> Option<String> {
    let (header, others) = headers(table, requested)?;
    let is_it = |one: &&mut Value, name: &str| {
        one.carried.place == Place::Header && one.carried.name.eq_ignore_ascii_case(name)
    };
    for own in values.iter_mut().filter(|one| is_it(one, &header)) {
        own.is_required = false;
        own.docs.paragraphs.push(Prose::new(
            "Without it, each call gets a key of its own, which is the same for all its tries.",
        ));
    }
    for name in others {
        match values.iter_mut().find(|one| is_it(one, &name)) {
            Some(own) => own.is_required = false,
            None => {
                let own = undeclared(Carried::new(Place::Header, &name));
                values.push(Value { is_required: false, ..own });
            }
        }
    }
    Some(header)
}

/// The header for the key, and those that come with it.
fn headers(table: &Table<'_>, requested: Requested<'_>) -> Option<(String, Vec<String>)> {
    if let Some(header) = table.keys.header(requested) {
        return Some((header.to_owned(), Vec::new()));
    }
    let own = |name: &str| table.extension(&requested.operation.extensions, name);
    if let Some(node) = own("x-idempotency-key") {
        let is_name = |text: &&str| !matches!(*text, "required" | "optional" | "true");
        let named = node.text().or_else(|| node.get("header")?.text()).filter(is_name);
        let is_set = node.bool() != Some(false) && !node.is_null();
        return is_set.then(|| (named.unwrap_or(USUAL).to_owned(), Vec::new()));
    }
    own("x-fern-idempotent").and_then(Node::bool).filter(|is_set| *is_set)?;
    let all = table.extension(&table.api.model.extensions, "x-fern-idempotency-headers");
    let names = all.into_iter().flat_map(Node::items);
    let names = names.filter_map(|one| one.get("header").and_then(Node::text).map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    // The others are about it: when it expires, for example.
    let key = names.iter().position(|name| name.to_ascii_lowercase().ends_with("key"));
    let header = match names.is_empty() {
        true => USUAL.to_owned(),
        false => names.remove(key.unwrap_or_default()),
    };
    Some((header, names))
}
