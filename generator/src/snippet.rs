//! The Rust that makes a given request.
//!
//! Enters: a schema, the plan of the crate that is made of it, and an HTTP request. Leaves: a
//! [`Snippet`]: the text of a program that makes this request with the crate. Must not know: how a
//! front end reads a request, files and terminals.

use crate::crate_plan::CratePlan;
use crate::crate_plan::program::Program;
use crate::input::config::Config;
pub use crate::input::request::HttpRequest;
use crate::pipeline::Schema;
use crate::write::program;
use crate::{odata, openapi};
use std::fmt;

/// The Rust of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The text: `use` lines and a function `example`, or a whole program.
    pub code: String,
    /// Why parts of it are not typed; these are the comments in the text.
    pub notes: Vec<String>,
    /// The address of the service, where the URL has another one than the crate knows.
    pub service_root: Option<String>,
}

/// Why a request cannot be written in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetError(String);

impl fmt::Display for SnippetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for SnippetError {}

/// Writes the Rust of requests to one service.
///
/// ```
/// use schemacrate::Session;
/// use schemacrate::config::Config;
/// use schemacrate::snippet::{HttpRequest, Snippets};
///
/// let document = br#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
///   <edmx:DataServices>
///     <Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
///       <EntityType Name="book">
///         <Key><PropertyRef Name="id"/></Key>
///         <Property Name="id" Type="Edm.String" Nullable="false"/>
///         <Property Name="title" Type="Edm.String"/>
///       </EntityType>
///       <EntityContainer Name="service"><EntitySet Name="books" EntityType="library.book"/></EntityContainer>
///     </Schema>
///   </edmx:DataServices>
/// </edmx:Edmx>"#;
/// let mut session = Session::new();
/// session.add("library.csdl", document)?;
/// let config = Config::new("library-client", "out");
/// let generated = session.generate(&config)?;
///
/// let snippets = Snippets::new(&generated.schema, &generated.plan, &config);
/// let request = HttpRequest { method: "GET", url: "/books/{id}?$select=title", headers: &[], body: None };
/// let snippet = snippets.write(&request)?;
/// assert!(snippet.code.contains(r#"client.books().id("{id}").get().select(Book::TITLE).await?"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Snippets<'a> {
    plan: &'a CratePlan,
    programs: Programs<'a>,
}

/// The programs of a front end.
enum Programs<'a> {
    OData(Box<odata::snippet::Programs<'a>>),
    OpenApi(openapi::snippet::Programs<'a>),
}

impl<'a> Snippets<'a> {
    /// For the crate that is planned from a schema. What only the slice of the schema leaves out is
    /// distinguished from what the service does not have.
    pub fn new(schema: &'a Schema, plan: &'a CratePlan, config: &'a Config) -> Self {
        let programs = match schema {
            Schema::OData(schema) => {
                let programs = odata::snippet::Programs::new(schema, plan, config);
                Programs::OData(Box::new(programs))
            }
            Schema::OpenApi(_) => Programs::OpenApi(openapi::snippet::Programs::new(plan)),
        };
        Self { plan, programs }
    }

    /// The `use` lines and the function `example` that makes a request. It takes the client of the
    /// generated crate and returns the answer; it compiles as an item of a module.
    ///
    /// # Errors
    /// If the text is not a request for this service, or the crate has only models.
    pub fn write(&self, request: &HttpRequest<'_>) -> Result<Snippet, SnippetError> {
        let (program, root) = self.program(request)?;
        Ok(snippet(program::function(self.plan, &program), program, root))
    }

    /// A whole program that makes a request and shows the answer. It needs `tokio`, and takes the token
    /// from the environment variable `ACCESS_TOKEN`.
    ///
    /// # Errors
    /// If the text is not a request for this service, or the crate has only models.
    pub fn write_program(&self, request: &HttpRequest<'_>) -> Result<Snippet, SnippetError> {
        let (program, root) = self.program(request)?;
        Ok(snippet(program::main(self.plan, &program, root.as_deref()), program, root))
    }

    fn program(
        &self,
        request: &HttpRequest<'_>,
    ) -> Result<(Program, Option<String>), SnippetError> {
        if self.plan.models_only {
            let message = "the crate has no requests, since its configuration has `models_only`";
            return Err(SnippetError(message.to_owned()));
        }
        let program = match &self.programs {
            Programs::OData(programs) => programs.program(request),
            Programs::OpenApi(programs) => programs.program(request),
        };
        program.map_err(SnippetError)
    }
}

fn snippet(code: String, program: Program, service_root: Option<String>) -> Snippet {
    let own = program.statements.into_iter().flat_map(|one| one.comments);
    Snippet { code, notes: own.chain(program.comments).collect(), service_root }
}
