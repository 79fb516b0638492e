//! The Rust that makes a given request.
//!
//! Enters: a model, the plan of the crate that is made of it, and a request as HTTP has it.
//! Leaves: a [`Snippet`]: the text of a program that makes this request with the crate. What has no
//! typed form is said by its text, for that part alone, and a comment says why.
//! Must not know: files and terminals.
//!
//! It is a pipeline of its own: the URL as it is written → what each segment means
//! ([`meaning`](crate::meaning)) → the way on path types → the request with its values and options
//! → a program as plain data → tokens → text.

mod expression;
mod headers;
mod index;
mod json;
mod literal;
mod names;
pub(crate) mod program;
mod query;
mod request;
mod slice;
mod text;
mod values;
mod way;
mod written;

use crate::config::Config;
use crate::edm::Model;
use crate::meaning::{Lookup, LooseStep, loose_path, queried};
use crate::plan::CratePlan;
use crate::render;
use index::Index;
use program::Program;
use query::Queried;
use request::{Asking, Message};
use slice::{LeftOut, Whole, WholePath};
use std::fmt;
use way::Way;
use written::{Written, WrittenOption};

/// A request as HTTP has it.
#[derive(Clone, Copy, Debug)]
pub struct HttpRequest<'r> {
    /// The method.
    pub method: &'r str,
    /// The URL, absolute or relative to the service root. Placeholders such as `{id}` are keys like
    /// others.
    pub url: &'r str,
    /// The headers, each with its name and value.
    pub headers: &'r [(String, String)],
    /// The body, if there is one.
    pub body: Option<&'r str>,
}

/// The Rust of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The text: `use` lines and a function `example`, or a whole program.
    pub code: String,
    /// Why parts of it are not typed: the comments in the text.
    pub notes: Vec<String>,
}

/// Why there is no Rust of a request.
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
/// use schemacrate::config::Config;
/// use schemacrate::diagnostic::Diagnostics;
/// use schemacrate::snippet::{HttpRequest, Snippets};
/// use schemacrate::source::SourceMap;
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
/// let mut sources = SourceMap::new();
/// let source = sources.add("library.csdl", document).unwrap();
/// let mut diagnostics = Diagnostics::default();
/// let config = Config::new("library-client", "out");
/// let generated = schemacrate::generate(&sources, &[source], &config, None, &mut diagnostics).unwrap();
///
/// let snippets = Snippets::new(&generated.model, &generated.plan, &config);
/// let request = HttpRequest { method: "GET", url: "/books/{id}?$select=title", headers: &[], body: None };
/// let snippet = snippets.write(&request)?;
/// assert!(snippet.code.contains(r#"client.books().id("{id}").get().select(Book::TITLE).await?"#));
/// # Ok::<(), schemacrate::snippet::SnippetError>(())
/// ```
pub struct Snippets<'a> {
    model: &'a Model,
    plan: &'a CratePlan,
    config: &'a Config,
    lookup: Lookup<'a>,
    index: Index<'a>,
    whole: Option<Whole<'a>>,
}

impl<'a> Snippets<'a> {
    /// For the crate that is planned from a model.
    pub fn new(model: &'a Model, plan: &'a CratePlan, config: &'a Config) -> Self {
        let lookup = Lookup::new(model, &config.service.default_namespaces);
        Self { model, plan, config, lookup, index: Index::new(plan), whole: None }
    }

    /// Tells what the service has and the slice of it leaves out apart from what the schema does not
    /// have.
    #[must_use]
    pub fn with_whole(mut self, whole: Option<&'a Model>) -> Self {
        let namespaces = &self.config.service.default_namespaces;
        self.whole = whole.map(|model| Whole::new(model, namespaces));
        self
    }

    /// The `use` lines and the function `example` that makes a request. It takes the client of the
    /// generated crate and gives the answer; it compiles as an item of a module.
    ///
    /// # Errors
    /// If the request is not for this service, or is none, or the crate has only models.
    pub fn write(&self, request: &HttpRequest<'_>) -> Result<Snippet, SnippetError> {
        let (program, _) = self.program(request)?;
        Ok(self.snippet(render::function(self.plan, &program), program))
    }

    /// A whole program that makes a request and shows the answer. It needs `tokio`, and takes the token
    /// from the environment variable `ACCESS_TOKEN`.
    ///
    /// # Errors
    /// If the request is not for this service, or is none, or the crate has only models.
    pub fn write_program(&self, request: &HttpRequest<'_>) -> Result<Snippet, SnippetError> {
        let (program, root) = self.program(request)?;
        Ok(self.snippet(render::main(self.plan, &program, root.as_deref()), program))
    }

    fn snippet(&self, code: String, program: Program) -> Snippet {
        let own = program.statements.into_iter().flat_map(|one| one.comments);
        Snippet { code, notes: own.chain(program.comments).collect() }
    }

    /// The program, and the service root where it is not the configured one.
    fn program(
        &self,
        request: &HttpRequest<'_>,
    ) -> Result<(Program, Option<String>), SnippetError> {
        if self.plan.models_only {
            let says = "the crate has no requests, since its configuration says `models_only`";
            return Err(SnippetError(says.to_owned()));
        }
        let method = request.method.to_ascii_uppercase();
        if method.is_empty() || !method.chars().all(|c| c.is_ascii_uppercase() || c == '-') {
            return Err(SnippetError(format!("`{method}` is no method of HTTP")));
        }
        let root = self.config.service.root.as_deref();
        let written = written::read(request.url, root, |name| self.is_root_name(name));
        let written = written.map_err(SnippetError)?;
        let meant = self.meant(&written);
        let way = Way::new(&self.index, self.plan, self.model);
        let way = way.along(&written.segments, &meant.steps, meant.left_out());
        let headers = headers::Headers::read(request.headers);
        let content_type = headers.content_type.as_deref();
        let message = Message { method: &method, content_type, body: request.body };
        let mut asked = Asking::new(way, self.model, self.whole.as_ref(), message).ask();
        let left_out = |option: &WrittenOption| meant.option_left_out(&self.lookup, option);
        let queried = Queried::new(&self.index, asked.code, &left_out);
        let queried = queried.with(&written.options, &asked.outcome);
        asked.comments.extend(queried.comments);
        asked.code = queried.code;
        let mut program = asked.program();
        headers.apply(&mut program, &method, request.body.is_some());
        if let (Some(own), Some(_)) = (&written.root, root) {
            let note = format!("The request is for {own}, so the client has to be made for it.");
            program.comments.insert(0, note);
        }
        Ok((program, written.root))
    }

    /// What the path of a URL means.
    fn meant(&self, written: &Written) -> Meant<'_> {
        let path: Vec<_> = written.segments.iter().map(|one| one.read.clone()).collect();
        let mut steps = loose_path(&self.lookup, &path);
        let whole = self.whole.as_ref().map(|whole| (whole, whole.path(self.model, &path, &steps)));
        if let Some(left_out) = whole.as_ref().and_then(|(_, path)| path.left_out.as_ref()) {
            steps.truncate(left_out.at);
        }
        Meant { steps, whole }
    }

    /// Whether a name stands at the service root, in any case.
    fn is_root_name(&self, name: &str) -> bool {
        let whole = self.whole.as_ref().map(Whole::model);
        let mut containers = [Some(self.model), whole].into_iter().flatten();
        containers.any(|model| {
            let Some(container) = &model.container else { return false };
            let is_it = |known: &String| known.eq_ignore_ascii_case(name);
            container.entity_sets.iter().any(|one| is_it(&one.name))
                || container.singletons.iter().any(|one| is_it(&one.name))
                || container.imports.iter().any(|one| is_it(&one.name))
        })
    }
}

/// What a path means to the crate, and to the whole service if the crate has a slice of it.
struct Meant<'s> {
    steps: Vec<LooseStep>,
    whole: Option<(&'s Whole<'s>, WholePath)>,
}

impl Meant<'_> {
    fn left_out(&self) -> Option<&LeftOut> {
        self.whole.as_ref()?.1.left_out.as_ref()
    }

    /// Why the slice has not what an option names, if the whole service has it.
    fn option_left_out(&self, lookup: &Lookup<'_>, option: &WrittenOption) -> Option<String> {
        let (whole, path) = self.whole.as_ref().filter(|_| self.left_out().is_none())?;
        let segments = self.steps.iter().flat_map(|step| step.segments.clone());
        let target = queried(&segments.collect::<Vec<_>>())?;
        whole.option(path, lookup, target, option)
    }
}
