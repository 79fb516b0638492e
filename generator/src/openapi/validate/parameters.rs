//! Parameters: what is there twice, ignored, or cannot be meant.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::lenient;
use crate::openapi::model::{Id, Operation, Parameter, Place, ValueForm, Words};
use rustc_hash::FxHashMap;

impl<'m> Rules<'m, '_> {
    pub(super) fn parameters(&mut self) {
        let mut ignored = Vec::new();
        for (_, item) in self.model.items.iter() {
            self.left_out(&item.parameters, &item.left_out, &mut ignored);
        }
        for (_, operation) in self.model.operations.iter() {
            self.left_out(&operation.parameters, &operation.left_out, &mut ignored);
            self.query_string(operation);
        }
        self.ignored(ignored);
        for (_, parameter) in self.model.parameters.iter() {
            self.optional_in_path(parameter);
            self.one_content(&parameter.form, &parameter.name);
        }
    }

    /// The parameters that an operation or a path item does not send. Adds those for headers of the client.
    fn left_out(
        &mut self,
        sent: &[Id<Parameter>],
        left_out: &[Id<Parameter>],
        ignored: &mut Vec<&'m Parameter>,
    ) {
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
                None => ignored.push(one),
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

    /// Headers that the client sets: some descriptions have them in each operation, so there is one finding
    /// for a document.
    fn ignored(&mut self, mut all: Vec<&Parameter>) {
        all.sort_by_key(|one| one.name.span);
        all.dedup_by_key(|one| one.name.span);
        for of_document in all.chunk_by(|one, next| one.name.span.source == next.name.span.source) {
            let [first, rest @ ..] = of_document else { continue };
            let message = match rest {
                [] => {
                    let name = first.name.shown();
                    format!("OpenAPI ignores a parameter for the header `{name}`")
                }
                _ => {
                    let count = of_document.len();
                    let names = counted(of_document);
                    format!("OpenAPI ignores {count} parameters for headers: {names}")
                }
            };
            let help = "the media types in `content` determine `Accept` and `Content-Type`; \
                describe `Authorization` in `securitySchemes`";
            let mut finding = Diagnostic::warning("ignored-header", message)
                .at(first.name.span, "ignored: the client sets the header")
                .help(help);
            if let Some(second) = rest.first() {
                finding = finding.related(second.name.span, "the next one");
            }
            self.report(finding);
        }
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

/// How many parameters there are for each header, in the order in which they come.
fn counted(all: &[&Parameter]) -> String {
    let mut headers: Vec<(&Words, usize)> = Vec::new();
    for one in all {
        let is_same =
            |known: &&mut (&Words, usize)| known.0.text.eq_ignore_ascii_case(&one.name.text);
        match headers.iter_mut().find(is_same) {
            Some((_, count)) => *count += 1,
            None => headers.push((&one.name, 1)),
        }
    }
    let each = headers.iter().map(|(name, count)| match count {
        1 => format!("`{}`", name.shown()),
        _ => format!("`{}` ({count} times)", name.shown()),
    });
    each.collect::<Vec<_>>().join(", ")
}
