//! The Rust that makes a given request of an API.
//!
//! Enters: the plan of a crate, and an HTTP request. Leaves: a [`Program`] that makes this request with the
//! crate. A part that has no typed form is written as text, and a comment explains why. Must not know: the
//! model that the plan was made of, files and terminals.
//!
//! The steps are: the address → the operation whose path it is, with what is in the place of each variable →
//! the values of parameters and body as JSON → code of the types that the method takes → a program.

mod address;
mod index;
mod multipart;
mod request;
mod runtime;
mod styled;
mod template;
mod values;

use crate::crate_plan::CratePlan;
use crate::crate_plan::program::Program;
use crate::input::request::HttpRequest;
use address::Address;
use index::Index;
use request::Asking;

/// The programs that make requests to one API.
pub(crate) struct Programs<'p> {
    plan: &'p CratePlan,
    index: Index<'p>,
}

impl<'p> Programs<'p> {
    /// For a crate that is planned.
    pub(crate) fn new(plan: &'p CratePlan) -> Self {
        Self { plan, index: Index::new(plan) }
    }

    /// The program, and the address of the service where it is not the one that the crate knows.
    ///
    /// # Errors
    /// If the text is not a request of an operation.
    pub(crate) fn program(
        &self,
        request: &HttpRequest<'_>,
    ) -> Result<(Program, Option<String>), String> {
        let address = Address::read(request.url)?;
        let method = request.method.to_ascii_uppercase();
        let paths = address.paths(self.plan.service_root.as_deref(), &self.index.servers());
        let asking = paths.iter().find_map(|path| {
            let found = self.index.operations(&method, path.path);
            Some((Asking::new(&self.index, request, &address, found)?, path.root.clone()))
        });
        let (asking, root) = asking.ok_or_else(|| self.unknown(&method, &paths))?;
        Ok((asking.ask()?, root))
    }

    /// Why no operation was found.
    fn unknown(&self, method: &str, paths: &[address::Candidate<'_>]) -> String {
        let Some(path) = paths.first() else { return "the address has no path".to_owned() };
        let others = paths.iter().flat_map(|path| self.index.methods(path.path));
        let others: Vec<&str> = others.collect();
        match others.as_slice() {
            [] => format!("no path of the API is `{}`", path.path),
            others => {
                format!("the API has no {method} for `{}`, only {}", path.path, others.join(", "))
            }
        }
    }
}
