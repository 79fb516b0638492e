//! What a change of the schema does to the wire and to the generated crate.
//!
//! Enters: two [`Side`]s, each a model and the plan of the crate made from it.
//! Leaves: a [`Report`] of [`Change`]s on separate axes, and texts of it in several formats.
//! Must not know: version control, clocks.
//!
//! This file is the door: it has a front end compare the models and hands what it found to the report.
//! The wire verdict comes from model × model (the front end), the Rust verdict from plan × plan
//! (`attribute.rs`). The files in the folder know no front end: they see a schema only as
//! [`Findings`](findings::Findings).

mod allow;
mod attribute;
mod catalogue;
pub(crate) mod change;
pub(crate) mod findings;
mod format;
mod report;
pub(crate) mod rule;
#[cfg(test)]
mod tests;

pub use allow::{Allow, Complaint};
pub use change::{Change, Notice, Place, RustChange, RustChangeKind};
pub use format::{Format, Links, Style, list_rules};
pub use report::{Gate, Report};
pub use rule::{Bump, Effect, Event, Policy, Rule, Severity, Subject};

use crate::crate_plan::CratePlan;
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostics;
use crate::input::source::{SourceId, SourceMap};
use crate::odata::compare::{Revised, compare};
use crate::odata::edm::Model;
use crate::odata::plan;
use crate::pipeline::{Part, part, read_with};
use time::Date;

/// One revision of a service's schema, and the crate made from it.
#[derive(Clone, Debug)]
pub struct Side {
    /// The documents, into which places point.
    pub sources: SourceMap,
    /// The whole model.
    pub whole: Model,
    /// The part of it that the configuration asks for, if that is not all.
    pub part: Option<Model>,
    /// The crate.
    pub plan: CratePlan,
    /// The included patterns that reach nothing on this side.
    pub unmatched: Vec<String>,
}

impl Side {
    /// Reads some documents and plans the crate. `configuration` is the source of the
    /// configuration, into which diagnostics about it point.
    ///
    /// A pattern that reaches nothing is not an error here, for what it names may be new or gone.
    ///
    /// `None` if there was an error; `diagnostics` says which.
    pub fn read(
        sources: SourceMap,
        documents: &[SourceId],
        config: &Config,
        configuration: Option<SourceId>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let whole = read_with(&sources, documents, config.source.unresolved, diagnostics)?;
        let Part { model, unmatched } = part(&whole, config, configuration, diagnostics)?;
        let plan = plan::plan(model.as_ref().unwrap_or(&whole), config);
        let unmatched =
            unmatched.iter().map(|at| config.slice.include[*at].get_ref().clone()).collect();
        Some(Self { whole, part: model, plan, unmatched, sources })
    }

    /// What a front end compares.
    fn revised(&self) -> Revised<'_> {
        let part = self.part.as_ref();
        Revised { model: &self.whole, part, plan: &self.plan, sources: &self.sources }
    }
}

/// Compares two sides. `allows` are the accepted breaks; `today` decides which dates are over.
pub fn diff(old: &Side, new: &Side, allows: &[Allow], today: Date) -> Report {
    Report::new(compare(old.revised(), new.revised()), allows, today)
}
