//! The Rust that makes a given request of an API.
//!
//! Enters: the plan of a crate, and an HTTP request. Leaves: a `Program` that makes this request with the
//! crate. A part that has no typed form is written as text, and a comment explains why. Must not know: the
//! model that the plan was made of, files and terminals.
//!
//! The steps are: the address → the operation whose path it is, with what is in the place of each variable →
//! the values of parameters and body as JSON → code of the types that the method takes → a program.

mod address;
mod index;
mod multipart;
mod patches;
mod request;
mod runtime;
mod styled;
mod template;
mod values;
mod xml;

use crate::crate_plan::program::Program;
use crate::crate_plan::{CratePlan, Item, ItemPath, OperationMethod, Options};
use crate::input::request::HttpRequest;
use address::Address;
use index::Index;
use request::Asking;

/// The programs that make requests to one API.
pub struct Programs<'p> {
    plan: &'p CratePlan,
    index: Index<'p>,
}

/// An operation at an address.
#[derive(Debug)]
pub struct Located<'p, 'a> {
    /// A way to call it.
    pub(super) method: &'p OperationMethod,
    /// The variables of the path with what is in their places, percent-encoded.
    captured: Vec<(&'p str, &'a str)>,
    /// The pairs of the query, decoded.
    pub(super) query: Vec<(String, String)>,
}

impl Located<'_, '_> {
    /// What a parameter is in the address, if it is there.
    pub(super) fn value(&self, place: &str, name: &str) -> Option<String> {
        match place {
            "path" => {
                let found = self.captured.iter().find(|(variable, _)| *variable == name)?;
                Some(address::decoded(found.1)).filter(|value| !value.starts_with('{'))
            }
            "query" => {
                let found = self.query.iter().find(|(own, _)| own == name)?;
                Some(found.1.clone())
            }
            _ => None,
        }
    }
}

impl<'p> Programs<'p> {
    /// For a crate that is planned.
    pub fn new(plan: &'p CratePlan) -> Self {
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

    /// The operations at an address, in all ways to call them; of one method of HTTP, if it is known.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn located<'a>(
        &self,
        method: Option<&str>,
        url: &'a str,
    ) -> Result<Vec<Located<'p, 'a>>, String> {
        let address = Address::read(url)?;
        let paths = address.paths(self.plan.service_root.as_deref(), &self.index.servers());
        let pairs = address.pairs().into_iter();
        let query: Vec<(String, String)> = pairs
            .map(|(name, value)| {
                (address::decoded(name), address::decoded(value.unwrap_or_default()))
            })
            .collect();
        for path in &paths {
            let methods = method.map_or_else(|| self.index.methods(path.path), |one| vec![one]);
            let found = methods.into_iter().flat_map(|one| self.index.operations(one, path.path));
            let located = found.map(|one| Located {
                method: one.known.method,
                captured: one.captured,
                query: query.clone(),
            });
            let located: Vec<Located<'p, 'a>> = located.collect();
            if !located.is_empty() {
                return Ok(located);
            }
        }
        Err(self.unknown(method.unwrap_or_default(), &paths))
    }

    /// An item of the crate.
    pub(super) fn item(&self, path: &ItemPath) -> Option<&'p Item> {
        self.index.item(path)
    }

    /// The builder that a method returns.
    pub(super) fn options(&self, method: &OperationMethod) -> Option<&'p Options> {
        self.index.options(method)
    }

    /// Why no operation was found.
    fn unknown(&self, method: &str, paths: &[address::Candidate<'_>]) -> String {
        let Some(path) = paths.first() else { return "the address has no path".to_owned() };
        let others = paths.iter().flat_map(|path| self.index.methods(path.path));
        let others: Vec<&str> = others.collect();
        match others.as_slice() {
            [] => {
                let message = format!("no path of the API is `{}`", path.path);
                match self.index.nearest(path.path) {
                    Some(near) => format!("{message}; is `{near}` meant?"),
                    None => message,
                }
            }
            others => {
                format!("the API has no {method} for `{}`, only {}", path.path, others.join(", "))
            }
        }
    }
}
