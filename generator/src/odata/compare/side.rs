//! One side of a comparison.

use crate::crate_plan::CratePlan;
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostics;
use crate::input::source::{SourceId, SourceMap};
use crate::odata::edm::Model;
use crate::odata::plan;
use crate::pipeline::{Part, part, read_with};

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
    /// A pattern that reaches nothing is no error here, for what it names may be new or gone.
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

    /// The part of the model that the crate is made from.
    pub fn model(&self) -> &Model {
        self.part.as_ref().unwrap_or(&self.whole)
    }
}
