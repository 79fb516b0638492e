//! Servers: the variables of their addresses.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Server, ServerVariable, variables};
use crate::openapi::shown::shown;
use rustc_hash::FxHashSet;

impl Rules<'_, '_> {
    pub(super) fn servers(&mut self) {
        let model = self.model;
        let of_items = model.items.iter().flat_map(|(_, one)| &one.servers);
        let of_operations = model.operations.iter().flat_map(|(_, one)| &one.servers);
        let of_links = model.links.iter().filter_map(|(_, one)| one.server.as_ref());
        let all = model.servers.iter().chain(of_items).chain(of_operations).chain(of_links);
        all.for_each(|server| self.server(server));
    }

    fn server(&mut self, server: &Server) {
        let url = &server.url;
        let described: FxHashSet<&str> =
            server.variables.iter().map(|one| one.name.text.as_str()).collect();
        let used: FxHashSet<&str> = variables(&url.text).collect();
        for name in variables(&url.text) {
            if !described.contains(name) {
                let name = shown(name);
                let message = format!("the variable `{name}` of the server is not described");
                self.report(
                    Diagnostic::violation("server-variable", message)
                        .at(url.span, "it has no default, so the caller has to set it")
                        .help("describe it in `variables`"),
                );
            }
        }
        for variable in &server.variables {
            let name = &variable.name.text;
            if !used.contains(name.as_str()) {
                let name = variable.name.shown();
                let message = format!("the address of the server has no variable `{name}`");
                self.report(
                    Diagnostic::violation("server-variable", message)
                        .at(variable.name.span, "ignored")
                        .related(url.span, "the address")
                        .help("write it in braces in the address"),
                );
            }
            self.default(variable);
        }
    }

    fn default(&mut self, variable: &ServerVariable) {
        let Some(default) = &variable.default else { return };
        let is_listed = variable.values.iter().any(|one| one.text == default.text);
        if !variable.values.is_empty() && !is_listed {
            let message = format!("{:?} is not one of the values of the variable", default.shown());
            self.report(
                Diagnostic::violation("server-variable", message)
                    .at(default.span, "read as one of them")
                    .related(variable.values[0].span, "the first of the values")
                    .help("add it to `enum`, or choose another default"),
            );
        }
    }
}
