//! Paths: their templates, and the parameters in them.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::node::Node;
use crate::openapi::description::Location;
use crate::openapi::model::{Id, Operation, Parameter, Path, Place, variable_name, variables};
use crate::openapi::shown::shown;
use rustc_hash::{FxHashMap, FxHashSet};

impl<'m> Rules<'m, '_> {
    pub(super) fn paths(&mut self) {
        let mut by_pattern: FxHashMap<String, &Path> = FxHashMap::default();
        for path in &self.model.paths {
            self.template(path);
            let first = *by_pattern.entry(path.pattern()).or_insert(path);
            if first.template.span != path.template.span {
                self.ambiguous(first, path);
            }
            self.undeclared(path);
            self.unused(path);
        }
        self.of_other_documents();
    }

    /// Only the first document describes the API: paths of another one are those to which it refers.
    fn of_other_documents(&mut self) {
        let model = self.model;
        let reached: FxHashSet<Location> =
            model.operations.iter().map(|(_, one)| one.location).collect();
        for id in self.description.used().iter().skip(1) {
            let document = self.description.document(*id);
            let Some(paths) = document.tree.root().member("paths") else { continue };
            let is_reached = |node: Node<'_>| {
                let location = Location { document: *id, node: node.id() };
                reached.contains(&location)
            };
            let items = paths.value.members().map(|member| member.value);
            let mut operations = items.flat_map(|item| item.members().map(|one| one.value));
            if paths.value.members().next().is_some() && !operations.any(is_reached) {
                let message = format!("the paths of `{}` are not a part of the API", document.name);
                self.report(
                    Diagnostic::warning("unused-paths", message)
                        .at(paths.name_span, "only the first document describes the API")
                        .help("refer to each path from the first document, or give this one first"),
                );
            }
        }
    }

    fn ambiguous(&mut self, first: &Path, second: &Path) {
        let [one, other] = [first, second].map(|path| &path.template);
        let message = format!("the paths `{}` and `{}` are the same", one.shown(), other.shown());
        self.report(
            Diagnostic::violation("ambiguous-path", message)
                .at(other.span, "both are kept, as different operations")
                .related(one.span, "the first one")
                .help("write all operations below one path"),
        );
    }

    /// What a path cannot have.
    fn template(&mut self, path: &Path) {
        let text = path.template.shown();
        let outside = outside(&path.template.text);
        if let Some(at) = outside.find(['?', '#']) {
            self.query(path, outside[at..].starts_with('?'));
        }
        if outside.contains(['{', '}']) {
            let message = format!("the braces of the path `{text}` are not in pairs");
            let help = "write `{` and `}` around each name";
            self.odd_template(path, message, "sent as they are written", help);
        }
        let mut known = FxHashSet::default();
        for name in path.variables() {
            if !is_variable(name) {
                let name = shown(name);
                let message = format!("`{{{name}}}` in the path `{text}` is not a variable");
                let help = "describe parameters of the query with `in: query`";
                self.odd_template(path, message, "left out", help);
            } else if !known.insert(name) {
                let name = shown(name);
                let message = format!("the path `{text}` has the variable `{name}` twice");
                let help = "give them different names";
                self.odd_template(path, message, "both have the same value", help);
            }
        }
    }

    fn query(&mut self, path: &Path, is_query: bool) {
        let (what, label) = match is_query {
            true => ("a query", "sent as it is written; parameters are added to it"),
            false => ("a fragment", "what is after `#` is not sent"),
        };
        let message = format!("the path `{}` has {what}", path.template.shown());
        self.report(
            Diagnostic::violation("path-query", message)
                .at(path.template.span, label)
                .help("describe the query as parameters"),
        );
    }

    fn odd_template(&mut self, path: &Path, message: String, label: &str, help: &str) {
        let finding = Diagnostic::violation("path-template", message);
        self.report(finding.at(path.template.span, label).help(help));
    }

    /// Variables that are not a parameter of an operation.
    fn undeclared(&mut self, path: &Path) {
        let model = self.model;
        let operations = &model.items[path.item].operations;
        let declared: Vec<FxHashSet<&str>> =
            operations.iter().map(|id| self.names(*id, Place::Path)).collect();
        // A variable in the query of a path can be a parameter of the query.
        let query = path.template.text.split_once('?').map_or("", |(_, query)| query);
        let in_query: FxHashSet<&str> = variables(query).collect();
        let of_query: Vec<FxHashSet<&str>> = match in_query.is_empty() {
            true => vec![FxHashSet::default(); operations.len()],
            false => operations.iter().map(|id| self.names(*id, Place::Query)).collect(),
        };
        let has =
            |of: &FxHashSet<&str>, name| of.contains(name) || of.contains(variable_name(name));
        let mut known = FxHashSet::default();
        for name in path.variables().filter(|name| is_variable(name) && known.insert(*name)) {
            if declared.iter().any(|of| !of.contains(name) && has(of, name)) {
                let message = format!("`{{{}}}` is not a variable as OpenAPI has it", shown(name));
                let label = format!("read as `{{{}}}`", shown(variable_name(name)));
                let help = "write only the name, and `style` and `explode` in the parameter";
                self.odd_template(path, message, &label, help);
            }
            let is_in_query = |of: &FxHashSet<&str>| in_query.contains(name) && of.contains(name);
            let all = operations.iter().zip(declared.iter().zip(&of_query));
            let mut lacking =
                all.filter(|(_, (path, query))| !has(path, name) && !is_in_query(query));
            let Some((first, _)) = lacking.next() else { continue };
            let of = match lacking.count() + 1 == operations.len() {
                true => String::new(),
                false => format!(" of {}", self.title(*first)),
            };
            let name = shown(name);
            let message = format!("the variable `{name}` of the path is not a parameter{of}");
            let finding = Diagnostic::violation("undeclared-variable", message)
                .at(path.template.span, "read as a required string")
                .related(model.operations[*first].span, "the operation")
                .help("describe it with `in: path`");
            self.report(finding);
        }
    }

    /// The names of the parameters that an operation has at a place.
    fn names(&self, id: Id<Operation>, place: Place) -> FxHashSet<&'m str> {
        let model = self.model;
        let all = model.operations[id].parameters.iter().map(|id| &model.parameters[*id]);
        all.filter(|one| one.place == place).map(|one| one.name.text.as_str()).collect()
    }

    /// Parameters for which the path has no variable.
    fn unused(&mut self, path: &Path) {
        let model = self.model;
        let names: FxHashSet<&str> =
            path.variables().flat_map(|name| [name, variable_name(name)]).collect();
        let operations = model.items[path.item].operations.iter();
        let mut known = FxHashSet::default();
        for operation in operations.map(|id| &model.operations[*id]) {
            for id in operation.parameters.iter().filter(|id| known.insert(**id)) {
                let parameter = &model.parameters[*id];
                let is_used = names.contains(parameter.name.text.as_str());
                if parameter.place == Place::Path && !is_used {
                    self.unused_parameter(path, operation, parameter);
                }
            }
        }
    }

    fn unused_parameter(&mut self, path: &Path, operation: &Operation, parameter: &Parameter) {
        let (name, text) = (parameter.name.shown(), path.template.shown());
        let message = format!("the path `{text}` has no variable `{name}`");
        // A parameter that is a component can be right elsewhere.
        let (span, place) = match parameter.component {
            Some(_) => (operation.span, "the operation has a parameter for it, which is not sent"),
            None => (parameter.name.span, "not sent"),
        };
        self.report(
            Diagnostic::violation("unused-path-parameter", message)
                .at(span, place)
                .related(path.template.span, "the path")
                .help("add it to the path, or correct `in` or the name"),
        );
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(['?', '&'])
}

/// A template without its variables.
fn outside(template: &str) -> String {
    let mut rest = template;
    let mut outside = String::new();
    while let Some((before, inside)) = rest.split_once('{') {
        let Some((name, after)) = inside.split_once('}') else { break };
        outside.push_str(before);
        // A brace in a variable is one of those that are not in pairs.
        outside.extend(name.matches('{'));
        rest = after;
    }
    outside + rest
}
