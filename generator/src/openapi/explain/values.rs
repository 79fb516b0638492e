//! Shapes of values in one line.

use super::Explain;
use crate::openapi::model::SchemaId;
use crate::openapi::schema::{Form, Shown};

impl Explain<'_> {
    /// The shape of a schema: a component by its name, what is written in place by its form and members.
    pub(super) fn shape(&self, schema: Option<SchemaId>) -> String {
        /// The most lines that are shown as one.
        const MOST: usize = 7;
        let Some(schema) = schema else { return "any JSON".to_owned() };
        let shown = Shown::new(&self.api.model, &self.api.shapes, schema).to_string();
        // What is deeper is left out, and what the type has beyond the schema.
        let is_shown = |line: &&str| {
            !line.starts_with("    ") && !line.starts_with("  wider: ") && *line != "  …: any JSON"
        };
        let lines: Vec<&str> = shown.lines().filter(is_shown).map(str::trim).collect();
        match lines.split_first() {
            Some((first, [])) => (*first).to_owned(),
            Some((first, rest)) if rest.len() < MOST => format!("{first} ({})", rest.join("; ")),
            Some((first, rest)) => {
                format!(
                    "{first} ({}; … {} more)",
                    rest[..MOST - 1].join("; "),
                    rest.len() + 1 - MOST
                )
            }
            None => shown,
        }
    }

    /// Whether values of a schema are objects.
    pub(super) fn is_object(&self, schema: Option<SchemaId>) -> bool {
        let used = schema.and_then(|id| self.api.shapes.of(id));
        used.is_some_and(|of| {
            matches!(self.api.shapes.shape(of.shape).form, Form::Object(_) | Form::Map(_))
        })
    }
}
