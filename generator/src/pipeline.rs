//! The whole way from documents to a crate: read, slice, plan, write.
//!
//! Enters: a [`Session`] with its documents, and the configuration. Leaves: [`Generated`].
//! Must not know: how a stage does its work, files on disk.
//!
//! This is the place where the front end is picked. There is one, [`odata`]; a second one has its
//! own `read`, `slice` and `plan`, and produces a [`CratePlan`] too.

use crate::crate_plan::{CratePlan, Rename};
use crate::input::config::Config;
use crate::input::config::Unresolved;
use crate::input::session::{BuildError, Session};
use crate::odata;
use crate::odata::edm::Model;
use crate::write::files::Files;
use crate::write::tree::FileTree;
use std::borrow::Cow;

/// What was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The model, sliced.
    pub model: Model,
    /// Every Rust decision.
    pub plan: CratePlan,
    /// The files of the crate.
    pub tree: FileTree,
    /// The files of the runtime, if the crate contains it: a separate package in a folder below the
    /// crate.
    pub runtime: FileTree,
}

/// What is decided before anything is written.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The model, sliced.
    pub model: Model,
    /// The model before it was sliced; `None` if the slice is the whole model.
    pub whole: Option<Model>,
    /// Every Rust decision.
    pub plan: CratePlan,
}

impl Session {
    /// Generates a crate from the documents.
    ///
    /// ```
    /// use schemacrate::Session;
    /// use schemacrate::config::Config;
    ///
    /// let document = br#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
    ///   <edmx:DataServices>
    ///     <Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
    ///       <ComplexType Name="book"><Property Name="title" Type="Edm.String"/></ComplexType>
    ///     </Schema>
    ///   </edmx:DataServices>
    /// </edmx:Edmx>"#;
    /// let mut session = Session::new();
    /// session.add("library.csdl", document)?;
    /// let generated = session.generate(&Config::new("library-client", "out"))?;
    /// assert!(generated.tree.get("src/library/book_types.rs").unwrap().contains("pub struct Book"));
    /// # Ok::<(), schemacrate::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// If the documents or the configuration are wrong.
    pub fn generate(&mut self, config: &Config) -> Result<Generated, BuildError> {
        let Planned { model, plan, .. } = self.plan(config)?;
        plan.renames.iter().map(Rename::warning).for_each(|warning| self.report(warning));
        let Files { tree, runtime } =
            Files::of(&plan, config).map_err(|diagnostic| self.fail(diagnostic))?;
        Ok(Generated { model, plan, tree, runtime })
    }

    /// Plans a crate from the documents, as [`generate`](Self::generate) does.
    ///
    /// # Errors
    /// If the documents or the configuration are wrong.
    pub fn plan(&mut self, config: &Config) -> Result<Planned, BuildError> {
        config.check(&mut self.diagnostics);
        let read = self.read(config.source.unresolved)?;
        let (model, whole) = match odata::slice::asked(&read, config, self)? {
            Some(slice) => (slice, Some(read)),
            None => (read, None),
        };
        odata::plan::check(&model, config, self)?;
        let plan = odata::plan::plan(&model, config);
        Ok(Planned { model, whole, plan })
    }

    /// Reads the documents into one model.
    ///
    /// # Errors
    /// If the documents are wrong.
    pub fn read(&mut self, unresolved: Unresolved) -> Result<Model, BuildError> {
        odata::read(self, unresolved)
    }
}

impl Generated {
    /// All files, those of the runtime included.
    pub fn files(&self) -> Cow<'_, FileTree> {
        if self.runtime.is_empty() {
            return Cow::Borrowed(&self.tree);
        }
        Cow::Owned(self.tree.clone().with(&self.runtime))
    }
}
