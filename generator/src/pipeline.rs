//! The whole way from documents to a crate: read, slice, plan, write.
//!
//! Enters: a [`Session`] with its documents, and the configuration. Leaves: [`Generated`].
//! Must not know: how a stage does its work, files on disk.
//!
//! This is the place where the front end is picked, by the content of the documents: [`odata`] or
//! [`openapi`]. Each has a `read`, and one from which crates are generated a `slice` and a `plan`, which
//! produces a [`CratePlan`]. What it read is a variant of [`Schema`], which only the front end itself opens.

use crate::crate_plan::{CratePlan, Rename};
use crate::input::config::{Config, Unresolved};
use crate::input::diagnostic::Diagnostic;
use crate::input::session::{BuildError, Session};
use crate::input::source::{Source, Span};
use crate::odata;
use crate::odata::edm::Model;
use crate::openapi;
use crate::write::files::Files;
use crate::write::tree::FileTree;
use std::borrow::Cow;

/// What a front end read: the schema of a crate.
#[derive(Clone, Debug)]
pub enum Schema {
    /// An OData service.
    OData(Box<odata::Schema>),
    /// An API of OpenAPI.
    OpenApi(Box<openapi::Schema>),
}

impl Schema {
    /// The OData service, if it is one.
    pub fn odata(&self) -> Option<&odata::Schema> {
        match self {
            Self::OData(schema) => Some(schema),
            Self::OpenApi(_) => None,
        }
    }

    /// The API of OpenAPI, if it is one.
    pub fn openapi(&self) -> Option<&openapi::Schema> {
        match self {
            Self::OData(_) => None,
            Self::OpenApi(schema) => Some(schema),
        }
    }
}

/// What knows the format of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FrontEnd {
    OData,
    OpenApi,
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
        if self.front_end()? == FrontEnd::OpenApi {
            return self.plan_api(config);
        }
        let read = odata::read(self, config.source.unresolved)?;
        let schema = odata::slice::asked(read.with_merged_versions(), config, self)?;
        odata::plan::check(&schema.model, config, self)?;
        let plan = odata::plan::plan(&schema.model, config);
        Ok(Planned { schema: Schema::OData(Box::new(schema)), plan })
    }

    fn plan_api(&mut self, config: &Config) -> Result<Planned, BuildError> {
        let whole = openapi::read(self, config.source.unresolved)?;
        self.plan_whole(whole, config)
    }

    /// Plans a crate from an API that was read with [`api`](Self::api).
    ///
    /// # Errors
    /// If the configuration is wrong.
    #[doc(hidden)]
    pub fn plan_whole(
        &mut self,
        whole: openapi::Api,
        config: &Config,
    ) -> Result<Planned, BuildError> {
        let api = openapi::slice::asked(whole, config, self)?;
        let openapi::plan::PlannedApi { plan, types, .. } =
            openapi::plan::plan(&api, config, self)?;
        let schema = openapi::Schema { api, types };
        Ok(Planned { schema: Schema::OpenApi(Box::new(schema)), plan })
    }

    /// Reads CSDL documents into one model.
    ///
    /// # Errors
    /// If the documents are wrong, or are not CSDL.
    pub fn read(&mut self, unresolved: Unresolved) -> Result<Model, BuildError> {
        match self.front_end()? {
            FrontEnd::OData => odata::read(self, unresolved),
            FrontEnd::OpenApi => {
                openapi::read(self, unresolved)?;
                let message = "this is for OData services only, and the documents are OpenAPI";
                Err(self.fail(Diagnostic::error("openapi-not-odata", message).help(
                    "OpenAPI documents can be generated, validated, sliced and inspected; they cannot be \
                     compared yet",
                )))
            }
        }
    }

    /// Reads OpenAPI documents into what they describe; `None` if the documents are CSDL.
    ///
    /// # Errors
    /// If the documents are wrong.
    #[doc(hidden)]
    pub fn api(&mut self, unresolved: Unresolved) -> Result<Option<openapi::Api>, BuildError> {
        match self.front_end()? {
            FrontEnd::OData => Ok(None),
            FrontEnd::OpenApi => openapi::read(self, unresolved).map(Some),
        }
    }

    /// Checks the documents, CSDL or OpenAPI, by the rules of their format.
    ///
    /// ```
    /// use schemacrate::Session;
    /// use schemacrate::config::Unresolved;
    ///
    /// let mut session = Session::new();
    /// session.add("api.yaml", b"openapi: 3.1.0\ninfo: {title: Pets, verson: '1'}\npaths: {}")?;
    /// session.validate(Unresolved::Error)?;
    /// let codes: Vec<&str> = session.diagnostics().iter().map(|one| one.code).collect();
    /// assert_eq!(codes, ["unknown-field", "missing-field"]);
    /// # Ok::<(), schemacrate::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// If the documents are wrong.
    pub fn validate(&mut self, unresolved: Unresolved) -> Result<(), BuildError> {
        match self.api(unresolved)? {
            None => odata::read(self, unresolved).map(drop),
            Some(_) => Ok(()),
        }
    }

    /// Picks the front end by the content of the documents.
    fn front_end(&mut self) -> Result<FrontEnd, BuildError> {
        let documents = self.documents.iter().map(|id| self.sources.get(*id));
        let (csdl, others): (Vec<&Source>, Vec<&Source>) =
            documents.partition(|source| odata::is_document(&source.text));
        let openapi = others.into_iter().find(|source| openapi::is_document(&source.text));
        match (csdl.first(), openapi) {
            (Some(csdl), Some(openapi)) => {
                let message = format!("{} is CSDL, and {} is OpenAPI", csdl.name, openapi.name);
                Err(self.fail(
                    Diagnostic::error("mixed-documents", message)
                        .help("generate a crate from each of them"),
                ))
            }
            (None, _) if !self.documents.is_empty() => Ok(FrontEnd::OpenApi),
            _ => match self.overlays.first() {
                Some(overlay) => {
                    let message = "an overlay cannot change CSDL, only OpenAPI";
                    let beginning = Span { source: *overlay, start: 0, end: 1 };
                    Err(self.fail(
                        Diagnostic::error("overlay-not-openapi", message)
                            .at(beginning, "this is the overlay")
                            .help("change the document itself, and leave out the overlay"),
                    ))
                }
                None => Ok(FrontEnd::OData),
            },
        }
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
