//! Paths: their templates, and the parameters in them.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::node::Node;
use crate::openapi::description::Location;
use crate::openapi::model::{Operation, Parameter, Path, Place, variable_name};
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
        let message = format!("the paths `{}` and `{}` are the same", one.text, other.text);
        self.report(
            Diagnostic::violation("ambiguous-path", message)
                .at(other.span, "both are kept, as different operations")
                .related(one.span, "the first one")
                .help("write all operations below one path"),
        );
    }

    /// What a path cannot have.
    fn template(&mut self, path: &Path) {
        let text = &path.template.text;
        let outside = outside(text);
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
                let message = format!("`{{{name}}}` in the path `{text}` is not a variable");
                let help = "describe parameters of the query with `in: query`";
                self.odd_template(path, message, "left out", help);
            } else if !known.insert(name) {
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
        let message = format!("the path `{}` has {what}", path.template.text);
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
        let mut known = FxHashSet::default();
        for name in path.variables().filter(|name| is_variable(name) && known.insert(*name)) {
            self.other_standard(path, name);
            let lacks = operations
                .iter()
                .filter(|id| model.variable(&model.operations[**id], name).is_none());
            let lacking: Vec<_> = lacks.copied().collect();
            let Some(first) = lacking.first() else { continue };
            let of = match lacking.len() == operations.len() {
                true => String::new(),
                false => format!(" of {}", self.title(*first)),
            };
            let message = format!("the variable `{name}` of the path is not a parameter{of}");
            let operation = &model.operations[*first];
            let finding = Diagnostic::violation("undeclared-variable", message)
                .at(path.template.span, "read as a required string")
                .related(operation.span, "the operation")
                .help("describe it with `in: path`");
            self.report(finding);
        }
    }

    /// A variable with something beside its name.
    fn other_standard(&mut self, path: &Path, name: &str) {
        let model = self.model;
        let first = model.items[path.item].operations.first();
        let found = first.and_then(|id| model.variable(&model.operations[*id], name));
        if found.is_some_and(|id| model.parameters[id].name.text != name) {
            let message = format!("`{{{name}}}` is not a variable as OpenAPI has it");
            let label = format!("read as `{{{}}}`", variable_name(name));
            let help = "write only the name, and `style` and `explode` in the parameter";
            self.odd_template(path, message, &label, help);
        }
    }

    /// Parameters for which the path has no variable.
    fn unused(&mut self, path: &Path) {
        let model = self.model;
        let operations = model.items[path.item].operations.iter();
        let mut known = FxHashSet::default();
        for operation in operations.map(|id| &model.operations[*id]) {
            for id in operation.parameters.iter().filter(|id| known.insert(**id)) {
                let parameter = &model.parameters[*id];
                if parameter.place == Place::Path && !has_variable(path, parameter) {
                    self.unused_parameter(path, operation, parameter);
                }
            }
        }
    }

    fn unused_parameter(&mut self, path: &Path, operation: &Operation, parameter: &Parameter) {
        let (name, text) = (&parameter.name.text, &path.template.text);
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

fn has_variable(path: &Path, parameter: &Parameter) -> bool {
    let name = parameter.name.text.as_str();
    path.variables().any(|one| one == name || variable_name(one) == name)
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
