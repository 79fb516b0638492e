//! What an API has, for people who look for something in it.
//!
//! Enters: an API, the plan of its crate, and a question. Leaves: a [`Report`]. Must not know: how a report is
//! written, terminals.

mod chain;
mod edges;
mod operation;
mod overview;
mod values;

use super::Api;
use super::description::Location;
use super::model::{Id, Operation, SchemaId};
use super::schema::Shown;
use super::snippet::Programs;
use crate::crate_plan::{CratePlan, Type};
use crate::input::nearest::nearest;

/// An answer: a text, texts, or names with answers, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A text, perhaps of several lines.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// The links of a chain: by what, and what is reached.
    Links(Vec<(String, String)>),
    /// Names with what is known of each.
    Members(Vec<(String, Report)>),
}

/// What answers questions about an API.
pub struct Explain<'a> {
    api: &'a Api,
    plan: &'a CratePlan,
    /// The type of each schema that is used as a type of its own.
    types: &'a [(Location, Type)],
    programs: Programs<'a>,
    /// All operations that can be called, with their paths.
    operations: Vec<(&'a str, Id<Operation>)>,
}

impl<'a> Explain<'a> {
    /// For an API and the crate that is planned for it.
    pub fn new(api: &'a Api, plan: &'a CratePlan, types: &'a [(Location, Type)]) -> Self {
        let model = &api.model;
        let of_path = |path: &'a super::model::Path| {
            let operations = model.items[path.item].operations.iter();
            operations.map(|id| (path.template.text.as_str(), *id))
        };
        let operations = model.paths.iter().flat_map(of_path).collect();
        Self { api, plan, types, programs: Programs::new(plan), operations }
    }

    /// The shapes of the components with a name, in which `*` is any text.
    ///
    /// # Errors
    /// If there is none.
    pub fn shapes(&self, name: &str) -> Result<Report, String> {
        let pattern = super::slice::Pattern::parse(&["component:", name].concat());
        let pattern = pattern.map_err(|error| error.to_string())?;
        let named = self.components().filter(|(own, _)| pattern.is_component(own));
        let shown = named.map(|(own, id)| {
            let shown = Shown::new(&self.api.model, &self.api.shapes, id);
            (own.to_owned(), Report::Text(shown.to_string()))
        });
        let members: Vec<_> = shown.collect();
        if members.is_empty() {
            let names = self.components().map(|(name, _)| name);
            let what = format!("no schema among the components is called `{name}`");
            return Err(meant(what, name, names));
        }
        Ok(Report::Members(members))
    }

    /// The schemas that are components, with their names.
    fn components(&self) -> impl Iterator<Item = (&'a str, SchemaId)> {
        let model = &self.api.model;
        let named = model.types.iter().map(|id| (model.schema(*id).name.as_deref(), *id));
        named.filter_map(|(name, id)| Some((name?, id)))
    }

    /// `GET /pets`
    fn title(&self, path: &str, id: Id<Operation>) -> String {
        [self.api.model.operations[id].method.name(), " ", path].concat()
    }
}

impl Report {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Members of which only those are there that have something.
#[derive(Default)]
struct Members(Vec<(String, Report)>);

impl Members {
    fn add(&mut self, name: impl Into<String>, report: Report) {
        let is_empty = match &report {
            Report::Text(text) => text.is_empty(),
            Report::Texts(texts) => texts.is_empty(),
            Report::Links(links) => links.is_empty(),
            Report::Members(members) => members.is_empty(),
        };
        if !is_empty {
            self.0.push((name.into(), report));
        }
    }

    fn text(&mut self, name: &str, text: impl Into<String>) {
        self.add(name, Report::Text(text.into()));
    }

    fn report(self) -> Report {
        Report::Members(self.0)
    }
}

/// A message, with the name that was probably meant.
fn meant<'n>(message: String, name: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    match nearest(name, names) {
        Some(near) => format!("{message}; is `{near}` meant?"),
        None => message,
    }
}

/// `1 path`, `2 paths`
fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
