//! One side of a comparison.

use crate::crate_plan::CratePlan;
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::input::source::SourceMap;
use crate::odata;
use crate::odata::edm::Model;
use crate::odata::plan;
use crate::odata::slice::{Part, part};

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
    /// Reads the documents of a session and plans the crate.
    ///
    /// A pattern that reaches nothing is no error here, for what it names may be new or gone.
    ///
    /// # Errors
    /// If the documents or the configuration are wrong.
    pub fn read(mut session: Session, config: &Config) -> Result<Self, BuildError> {
        let whole = odata::read(&mut session, config.source.unresolved)?;
        let Part { model, unmatched } = part(&whole, config, &mut session)?;
        let plan = plan::plan(model.as_ref().unwrap_or(&whole), config);
        let unmatched =
            unmatched.iter().map(|at| config.slice.include[*at].get_ref().clone()).collect();
        Ok(Self { whole, part: model, plan, unmatched, sources: session.sources })
    }

    /// The part of the model that the crate is made from.
    pub fn model(&self) -> &Model {
        self.part.as_ref().unwrap_or(&self.whole)
    }
}
