//! Parameters: what is there twice, ignored, or cannot be meant.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::lenient;
use crate::openapi::model::{Id, Operation, Parameter, Place, ValueForm, Words};
use rustc_hash::FxHashMap;

impl<'m> Rules<'m, '_> {
    pub(super) fn parameters(&mut self) {
        for (_, item) in self.model.items.iter() {
            self.left_out(&item.parameters, &item.left_out);
        }
        for (_, operation) in self.model.operations.iter() {
            self.left_out(&operation.parameters, &operation.left_out);
            self.query_string(operation);
        }
        for (_, parameter) in self.model.parameters.iter() {
            self.optional_in_path(parameter);
            self.one_content(&parameter.form, &parameter.name);
        }
    }

    /// The parameters that an operation or a path item does not send.
    fn left_out(&mut self, sent: &[Id<Parameter>], left_out: &[Id<Parameter>]) {
        let model = self.model;
        if left_out.is_empty() {
            return;
        }
        let mut by_name: FxHashMap<(&str, Place), &Parameter> = FxHashMap::default();
        for one in sent.iter().map(|id| &model.parameters[*id]) {
            by_name.insert((&one.name.text, one.place), one);
        }
        for one in left_out.iter().map(|id| &model.parameters[*id]) {
            match by_name.get(&(one.name.text.as_str(), one.place)) {
                Some(first) => self.duplicate(first, one),
                None => self.ignored(one),
            }
        }
    }

    fn duplicate(&mut self, first: &Parameter, second: &Parameter) {
        let (name, place) = (second.name.shown(), second.place.name());
        let message = format!("there are two parameters `{name}` in `{place}`");
        let finding = Diagnostic::violation("duplicate-parameter", message);
        let help = "keep one of them, or give them different names";
        let finding = finding.help(help);
        // A component that a list has twice is only one place.
        self.report(match first.location == second.location {
            true => finding.at(second.name.span, "one is sent"),
            false => {
                finding.at(second.name.span, "ignored").related(first.name.span, "this one is sent")
            }
        });
    }

    fn ignored(&mut self, parameter: &Parameter) {
        let name = parameter.name.shown();
        let message = format!("OpenAPI ignores a parameter for the header `{name}`");
        let help = match name.eq_ignore_ascii_case("Authorization") {
            true => "describe it in `securitySchemes`",
            false => "the media types in `content` determine it",
        };
        self.report(
            Diagnostic::warning("ignored-header", message)
                .at(parameter.name.span, "ignored: the client sets the header")
                .help(help),
        );
    }

    /// A parameter in the path cannot be left out. That `required` is missing is reported elsewhere.
    fn optional_in_path(&mut self, parameter: &Parameter) {
        let node = self.description.node(parameter.location);
        let Some(required) = node.get("required") else { return };
        if parameter.place == Place::Path && lenient::boolean(required) == Some(false) {
            let name = parameter.name.shown();
            let message = format!("the parameter `{name}` in the path is not required");
            self.report(
                Diagnostic::violation("optional-in-path", message)
                    .at(required.span(), "read as `true`")
                    .help("describe the path without it as well, and write `required: true`"),
            );
        }
    }

    fn one_content(&mut self, form: &ValueForm, name: &Words) {
        let ValueForm::Content(content) = form else { return };
        if content.len() == 1 {
            return;
        }
        let (count, label) = match content.first() {
            None => ("no media type", "it may have any value".to_owned()),
            Some((first, _)) => ("several media types", format!("read as `{}`", first.shown())),
        };
        let message = format!("the parameter `{}` has {count} in `content`", name.shown());
        self.report(
            Diagnostic::violation("parameter-content", message)
                .at(name.span, label)
                .help("write one media type"),
        );
    }

    /// A parameter that is the whole query excludes others.
    fn query_string(&mut self, operation: &Operation) {
        let all = || operation.parameters.iter().map(|id| &self.model.parameters[*id]);
        let Some(whole) = all().find(|one| one.place == Place::QueryString) else { return };
        let is_other = |one: &&Parameter| {
            one.place == Place::Query
                || one.place == Place::QueryString && one.location != whole.location
        };
        let Some(other) = all().find(is_other) else { return };
        let message = format!(
            "`{}` is the whole query, so there is no place for another",
            whole.name.shown()
        );
        let finding = Diagnostic::violation("query-string", message)
            .at(other.name.span, "added after it")
            .related(whole.name.span, "this is the whole query")
            .help("describe it as a part of the query string");
        self.report(finding);
    }
}
