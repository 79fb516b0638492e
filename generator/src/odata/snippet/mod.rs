//! The Rust that makes a given request.
//!
//! Enters: a model, the plan of the crate that is made of it, and an HTTP request. Leaves: a
//! [`Snippet`]: the text of a program that makes this request with the crate. A part that has no
//! typed form is written as text, and a comment explains why. Must not know: files and terminals.
//!
//! The steps are: the URL as it is written → the meaning of each segment
//! ([`meaning`](crate::odata::binding)) → calls on path types → the request with its values and
//! options → a program as plain data → tokens → text.

mod expression;
mod headers;
mod index;
mod input;
mod literal;
mod names;
mod navigate;
mod query;
mod request;
mod slice;
mod text;
mod values;

use crate::crate_plan::CratePlan;
use crate::crate_plan::program::Program;
use crate::input::config::Config;
use crate::input::request::HttpRequest;
use crate::odata::Schema;
use crate::odata::binding::{Lookup, LooseStep, loose_path, queried};
use crate::odata::edm::Model;
use index::Index;
use input::{Written, WrittenOption};
use navigate::Way;
use query::Queried;
use request::{Asking, Message};
use slice::{LeftOut, Whole, WholePath};

/// The programs that make requests to one service.
pub(crate) struct Programs<'a> {
    model: &'a Model,
    plan: &'a CratePlan,
    config: &'a Config,
    lookup: Lookup<'a>,
    index: Index<'a>,
    whole: Option<Whole<'a>>,
}

impl<'a> Programs<'a> {
    /// For the crate that is planned from a schema. What only the slice leaves out is distinguished
    /// from what the schema does not have, by the model of the whole service.
    pub(crate) fn new(schema: &'a Schema, plan: &'a CratePlan, config: &'a Config) -> Self {
        let namespaces = &config.service.default_namespaces;
        let model = &schema.model;
        let lookup = Lookup::new(model, namespaces);
        let whole = schema.whole.as_ref().map(|model| Whole::new(model, namespaces));
        Self { model, plan, config, lookup, index: Index::new(plan), whole }
    }

    /// The program, and the service root where it is not the configured one.
    pub(crate) fn program(
        &self,
        request: &HttpRequest<'_>,
    ) -> Result<(Program, Option<String>), String> {
        let method = request.method.to_ascii_uppercase();
        if method.is_empty() || !method.chars().all(|c| c.is_ascii_uppercase() || c == '-') {
            return Err(format!("`{method}` is not an HTTP method"));
        }
        let root = self.config.service.root.as_deref();
        let written = input::read(request.url, root, |name| self.is_root_name(name))?;
        let meant = self.meant(&written);
        let way = Way::new(&self.index, self.plan, self.model);
        let way = way.along(&written.segments, &meant.steps, meant.left_out());
        let headers = headers::Headers::read(request.headers);
        let content_type = headers.content_type.as_deref();
        let message = Message { method: &method, content_type, body: request.text()? };
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

    /// The meaning of the path of a URL.
    fn meant(&self, written: &Written) -> Meant<'_, 'a> {
        let path: Vec<_> = written.segments.iter().map(|one| one.read.clone()).collect();
        let mut steps = loose_path(&self.lookup, &path);
        let whole = self.whole.as_ref().map(|whole| (whole, whole.path(self.model, &path, &steps)));
        if let Some(left_out) = whole.as_ref().and_then(|(_, path)| path.left_out.as_ref()) {
            steps.truncate(left_out.at);
        }
        Meant { steps, whole }
    }

    /// Whether a name is at the service root, in any case.
    fn is_root_name(&self, name: &str) -> bool {
        let whole = self.whole.as_ref().map(Whole::lookup);
        [Some(&self.lookup), whole].into_iter().flatten().any(|lookup| lookup.is_at_root(name))
    }
}

/// The meaning of a path to the crate, and to the whole service if the crate has a slice of it.
struct Meant<'s, 'a> {
    steps: Vec<LooseStep>,
    whole: Option<(&'s Whole<'a>, WholePath)>,
}

impl Meant<'_, '_> {
    fn left_out(&self) -> Option<&LeftOut> {
        self.whole.as_ref()?.1.left_out.as_ref()
    }

    /// Why the slice does not have what an option names, if the whole service has it.
    fn option_left_out(&self, lookup: &Lookup<'_>, option: &WrittenOption) -> Option<String> {
        let (whole, path) = self.whole.as_ref().filter(|_| self.left_out().is_none())?;
        let segments = self.steps.iter().flat_map(|step| step.segments.clone());
        let target = queried(&segments.collect::<Vec<_>>())?;
        whole.option(path, lookup, target, option)
    }
}
