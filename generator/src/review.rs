//! What a change of the schema does to the wire and to the generated crate.
//!
//! Enters: two [`Side`]s, each a model and the plan of the crate made from it.
//! Leaves: a [`Report`] of [`Change`]s on separate axes, and texts of it in several formats.
//! Must not know: version control, clocks.
//!
//! This file is the entry point: it lets a front end compare the models and passes the findings to
//! the report. The wire verdict comes from model × model (the front end), the Rust verdict from
//! plan × plan (`attribute.rs`). The files in the folder know no front end: they see a schema only
//! as `Findings`.

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
pub use change::{Change, Notice, Place, RustChange, RustChangeKind, RustItem};
pub use format::{Format, Links, Style, list_rules};
pub use report::{Gate, Report};
pub use rule::{Bump, Effect, Event, Policy, Rule, Severity, Subject};

use crate::crate_plan::CratePlan;
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::input::source::SourceMap;
use crate::odata::compare::{Revised, compare};
use crate::odata::edm::Model;
use crate::odata::plan;
use crate::odata::slice::{At, part};
use time::Date;

/// One revision of a service's schema, and the crate made from it.
#[derive(Clone, Debug)]
pub struct Side {
    /// The documents, into which places point.
    pub sources: SourceMap,
    /// The whole model.
    pub whole: Model,
    /// The part of it that the configuration includes, if that is not all of it.
    pub part: Option<Model>,
    /// The crate.
    pub plan: CratePlan,
    /// The included patterns that reach nothing on this side.
    pub unmatched: Vec<String>,
}

impl Side {
    /// Reads the documents of a session and plans the crate.
    ///
    /// A pattern that reaches nothing is not an error here, since what it names may be new or
    /// removed.
    ///
    /// # Errors
    /// If the documents or the configuration are wrong.
    pub fn read(mut session: Session, config: &Config) -> Result<Self, BuildError> {
        let whole = session.read(config.source.unresolved)?.with_merged_versions();
        let part = part(&whole, config, &mut session)?;
        let slips = part.iter().flat_map(|part| &part.slips);
        let included = slips.filter_map(|slip| match slip.pattern {
            At::Include(at) => Some(config.slice.include[at].get_ref().clone()),
            At::Exclude(_) => None,
        });
        let unmatched = included.collect();
        let part = part.map(|part| part.model);
        let plan = plan::plan(part.as_ref().unwrap_or(&whole), config);
        Ok(Self { whole, part, plan, unmatched, sources: session.sources })
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
