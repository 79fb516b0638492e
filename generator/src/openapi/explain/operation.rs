//! One operation: how it is called, what it takes, and what it answers.

use super::{Explain, Members, Report, meant};
use crate::crate_plan::{OperationMethod, Part, Type};
use crate::openapi::model::{
    Id, MediaType, Operation, Parameter, Requirement, Server, Status, Style, ValueForm, Words,
};
use crate::openapi::snippet::Located;

impl Explain<'_> {
    /// The operations at an address, with what its variables are there. Before the address may be a method of
    /// HTTP.
    ///
    /// # Errors
    /// If no operation has the address.
    pub fn url(&self, text: &str) -> Result<Report, String> {
        let (verb, url) = match text.trim().split_once(char::is_whitespace) {
            Some((verb, url)) => (Some(verb.to_ascii_uppercase()), url.trim()),
            None => (None, text.trim()),
        };
        let found = self.programs.located(verb.as_deref(), url)?;
        let reports = self.operations.iter().filter_map(|(path, id)| {
            let located = found.iter().find(|located| {
                let operation = &located.method.operation;
                operation.path == *path
                    && operation.verb == self.api.model.operations[*id].method.name()
            })?;
            Some((self.title(path, *id), self.operation_at(path, *id, Some(located))))
        });
        Ok(Report::Members(reports.collect()))
    }

    /// The operation with an id.
    ///
    /// # Errors
    /// If there is none.
    pub fn operation(&self, name: &str) -> Result<Report, String> {
        let ids = || {
            self.operations.iter().filter_map(|(path, id)| {
                let own = self.api.model.operations[*id].id.as_ref()?;
                Some((own.text.as_str(), *path, *id))
            })
        };
        let found: Vec<(String, Report)> = ids()
            .filter(|(own, ..)| *own == name)
            .map(|(_, path, id)| (self.title(path, id), self.operation_at(path, id, None)))
            .collect();
        if found.is_empty() {
            let what = format!("no operation has the id `{name}`");
            return Err(meant(what, name, ids().map(|(own, ..)| own)));
        }
        Ok(Report::Members(found))
    }

    /// The Rust that makes the request, with the names of its arguments, and what it returns.
    pub(super) fn call(&self, access: &str, method: &OperationMethod) -> String {
        let arguments = method.signature.arguments.iter().map(|one| one.name.as_str());
        let arguments: Vec<&str> = arguments.collect();
        let result = match &method.signature.result {
            Type::Request(returned) | Type::Applied(_, returned) => returned.whole(),
            other => other.whole(),
        };
        let deprecated = if method.docs.deprecated.is_some() { ", deprecated" } else { "" };
        let arguments = arguments.join(", ");
        format!("client.{access}().{}({arguments}) -> {result}{deprecated}", method.name)
    }

    fn operation_at(
        &self,
        path: &str,
        id: Id<Operation>,
        located: Option<&Located<'_, '_>>,
    ) -> Report {
        let operation = &self.api.model.operations[id];
        let mut report = Members::default();
        let text =
            |words: &Option<Words>| words.as_ref().map_or("", |one| one.text.as_str()).to_owned();
        report.text("operation", text(&operation.id));
        report.text("summary", text(&operation.summary));
        if operation.deprecated {
            report.text("deprecated", "yes");
        }
        let methods = self.methods(path, operation);
        let calls = methods.iter().map(|(access, method)| self.call(access, method)).collect();
        report.add("calls", Report::Texts(calls));
        let parameters = operation.parameters.iter().map(|id| &self.api.model.parameters[*id]);
        let shown = parameters.map(|one| self.parameter(one, &methods, located)).collect();
        report.add("parameters", Report::Members(shown));
        if let Some(located) = located {
            report.add("undeclared", Report::Texts(self.undeclared(operation, located)));
        }
        if let Some(body) = operation.body.map(|id| &self.api.model.bodies[id]) {
            let name = if body.required { "body" } else { "body, optional" };
            report.add(name, Report::Members(self.content("", &body.content)));
        }
        report.add("answers", Report::Members(self.answers(operation)));
        report.text("security", self.needed(operation));
        let own = match operation.servers.is_empty() {
            true => &self.api.model.items[operation.item].servers,
            false => &operation.servers,
        };
        let all = if own.is_empty() { &self.api.model.servers } else { own };
        report.add("servers", Report::Texts(servers(all)));
        if methods.iter().any(|(_, method)| method.operation.paging.is_some()) {
            report.text("pages", ".pages(), .items()");
        }
        let callbacks = operation.callbacks.iter().map(|(name, _)| name.text.clone());
        report.add("callbacks", Report::Texts(callbacks.collect()));
        report.report()
    }

    /// The methods that make the request, each with the method of the client for its group.
    fn methods(&self, path: &str, operation: &Operation) -> Vec<(&str, &OperationMethod)> {
        let groups = self.groups().into_iter();
        let methods =
            groups.flat_map(|(access, group)| group.methods.iter().map(move |one| (access, one)));
        let is_it = |one: &OperationMethod| {
            one.operation.path == path && one.operation.verb == operation.method.name()
        };
        methods.filter(|(_, one)| is_it(one)).collect()
    }

    fn parameter(
        &self,
        parameter: &Parameter,
        methods: &[(&str, &OperationMethod)],
        located: Option<&Located<'_, '_>>,
    ) -> (String, Report) {
        let mut words = vec![parameter.place.name().to_owned()];
        match methods.first().and_then(|(_, method)| self.taken(parameter, method)) {
            Some(taken) => words.push(taken),
            None if parameter.required => words.push("required".to_owned()),
            None => {}
        }
        if parameter.deprecated {
            words.push("deprecated".to_owned());
        }
        let schema = match &parameter.form {
            ValueForm::Styled(styled) => {
                let usual = parameter.place.style();
                if styled.style != usual {
                    words.push(["style ", styled.style.name()].concat());
                }
                if styled.explode != matches!(styled.style, Style::Form | Style::Cookie) {
                    words.push(if styled.explode { "exploded" } else { "not exploded" }.to_owned());
                }
                if styled.allow_reserved {
                    words.push("reserved characters as they are".to_owned());
                }
                styled.schema
            }
            ValueForm::Content(content) => {
                words.extend(content.first().map(|(name, _)| name.text.clone()));
                content.first().and_then(|(_, id)| self.api.model.media_types[*id].schema)
            }
        };
        let shape = self.shape(schema);
        let here =
            located.and_then(|located| located.value(parameter.place.name(), &parameter.name.text));
        let here = here.map_or_else(String::new, |value| format!(" = `{value}`"));
        let text = format!("{}: {shape}{here}", words.join(", "));
        (parameter.name.text.clone(), Report::Text(text))
    }

    /// How a method takes the value of a parameter.
    fn taken(&self, parameter: &Parameter, method: &OperationMethod) -> Option<String> {
        let is_it = |part: &Part| match part {
            Part::Parameter(place, name) => {
                *name == parameter.name.text
                    && place.function().replace('_', "") == parameter.place.name()
            }
            Part::PartHeader(..) | Part::MediaType | Part::Body(..) => false,
        };
        let arguments = method.signature.arguments.iter().zip(&method.operation.arguments);
        let mut arguments = arguments.filter(|(_, (_, part))| is_it(part));
        if let Some((argument, _)) = arguments.next() {
            return Some(format!("argument {}", argument.name));
        }
        let options = self.programs.options(method)?;
        let setter = options.setters.iter().find(|one| is_it(&one.part))?;
        Some(format!("optional, .{}(…)", setter.name))
    }

    /// The parts of the query of an address that the operation does not declare.
    fn undeclared(&self, operation: &Operation, located: &Located<'_, '_>) -> Vec<String> {
        let parameters = || operation.parameters.iter().map(|id| &self.api.model.parameters[*id]);
        let names = || {
            let queries = parameters().filter(|one| one.place.name() == "query");
            queries.map(|one| one.name.text.as_str())
        };
        if parameters().any(|one| one.place.name() == "querystring") {
            return Vec::new();
        }
        let own = |name: &str| name.split('[').next().unwrap_or(name).to_owned();
        let is_exploded_object = parameters().any(|one| {
            one.form.styled().is_some_and(|styled| styled.explode && self.is_object(styled.schema))
        });
        let unknown = located.query.iter().map(|(name, _)| name.as_str()).filter(|name| {
            !is_exploded_object && !names().any(|known| known == *name || own(known) == own(name))
        });
        unknown.map(|name| meant(format!("`{name}` in the query"), name, names())).collect()
    }

    /// The bodies by status and media type.
    fn answers(&self, operation: &Operation) -> Vec<(String, Report)> {
        let mut shown = Vec::new();
        for answer in &operation.responses {
            let response = &self.api.model.responses[answer.response];
            let status = match answer.status {
                Status::Code(code) => code.to_string(),
                Status::Range(first) => format!("{first}XX"),
                Status::Default => "default".to_owned(),
            };
            if response.content.is_empty() {
                shown.push((status.clone(), Report::text("no body")));
            }
            shown.extend(self.content(&[&status, " "].concat(), &response.content));
            let headers: Vec<&str> =
                response.headers.iter().map(|(name, _)| name.text.as_str()).collect();
            if !headers.is_empty() {
                shown.push(([&status, " headers"].concat(), Report::Text(headers.join(", "))));
            }
        }
        shown
    }

    /// What bodies are by media type.
    fn content(&self, before: &str, content: &[(Words, Id<MediaType>)]) -> Vec<(String, Report)> {
        let shown = content.iter().map(|(name, id)| {
            let media = &self.api.model.media_types[*id];
            let shape = match media.item_schema {
                Some(item) => ["each ", &self.shape(Some(item))].concat(),
                None => self.shape(media.schema),
            };
            ([before, name.text.trim()].concat(), Report::Text(shape))
        });
        shown.collect()
    }

    /// The alternatives of schemes.
    fn needed(&self, operation: &Operation) -> String {
        let needed = match &operation.security {
            Some(own) => own,
            None => &self.api.model.security,
        };
        if needed.is_empty() {
            return match operation.security {
                Some(_) => "none".to_owned(),
                None => "not declared".to_owned(),
            };
        }
        let alternative = |one: &Requirement| {
            let schemes = one.schemes.iter().map(|scheme| match scheme.scopes.as_slice() {
                [] => format!("`{}`", scheme.name.text),
                scopes => {
                    let scopes: Vec<&str> = scopes.iter().map(|one| one.text.as_str()).collect();
                    format!("`{}` ({})", scheme.name.text, scopes.join(", "))
                }
            });
            let schemes: Vec<String> = schemes.collect();
            if schemes.is_empty() { "nothing".to_owned() } else { schemes.join(" and ") }
        };
        needed.iter().map(alternative).collect::<Vec<_>>().join(", or ")
    }
}

/// The addresses of servers, with the values that their variables may have.
pub(super) fn servers(servers: &[Server]) -> Vec<String> {
    let shown = servers.iter().map(|server| {
        let variables = server.variables.iter().map(|variable| {
            let values: Vec<&str> = variable.values.iter().map(|one| one.text.as_str()).collect();
            let default = variable.default.as_ref().map_or("", |one| one.text.as_str());
            match values.as_slice() {
                [] => format!("{}: {default} or any text", variable.name.text),
                values => format!("{}: {default} of {}", variable.name.text, values.join(", ")),
            }
        });
        let variables: Vec<String> = variables.collect();
        match variables.as_slice() {
            [] => server.url.text.clone(),
            variables => format!("{} ({})", server.url.text, variables.join("; ")),
        }
    });
    shown.collect()
}
