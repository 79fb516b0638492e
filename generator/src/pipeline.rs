//! The whole way from documents to a crate: read, slice, plan, write.
//!
//! Enters: a [`Session`] with its documents, and the configuration. Leaves: [`Generated`].
//! Must not know: how a stage does its work, files on disk.
//!
//! This is the place where the front end is picked. There is one, [`odata`]; a second one has its
//! own `read`, `slice` and `plan`, and produces a [`CratePlan`] too. What it read is a variant of
//! [`Schema`], which only the front end itself opens.

use crate::crate_plan::{CratePlan, Rename};
use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::odata;
use crate::write::files::Files;
use crate::write::tree::FileTree;
use std::borrow::Cow;

/// What a front end read: the schema of a crate.
#[derive(Clone, Debug)]
pub enum Schema {
    /// An OData service.
    OData(odata::Schema),
}

/// What was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    /// What the crate was planned from.
    pub schema: Schema,
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
    /// What the crate is planned from.
    pub schema: Schema,
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
        let Planned { schema, plan } = self.plan(config)?;
        plan.renames.iter().map(Rename::warning).for_each(|warning| self.report(warning));
        let Files { tree, runtime } =
            Files::of(&plan, config).map_err(|diagnostic| self.fail(diagnostic))?;
        Ok(Generated { schema, plan, tree, runtime })
    }

    /// Plans a crate from the documents, as [`generate`](Self::generate) does.
    ///
    /// # Errors
    /// If the documents or the configuration are wrong.
    pub fn plan(&mut self, config: &Config) -> Result<Planned, BuildError> {
        config.check(&mut self.diagnostics);
        let read = odata::read(self, config.source.unresolved)?;
        let schema = odata::slice::asked(read, config, self)?;
        odata::plan::check(&schema.model, config, self)?;
        let plan = odata::plan::plan(&schema.model, config);
        Ok(Planned { schema: Schema::OData(schema), plan })
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
