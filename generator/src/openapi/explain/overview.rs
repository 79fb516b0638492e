//! An API as a whole, and its groups.

use super::{Explain, Members, Report, count, meant};
use crate::crate_plan::{Authorization, Group, Item, OperationMethod, Reach, Sent};
use crate::openapi::model::{MediaType, Place, Style, ValueForm};
use std::collections::BTreeMap;

impl<'a> Explain<'a> {
    /// What the API has.
    pub fn overview(&self) -> Report {
        let model = &self.api.model;
        let mut report = Members::default();
        let words = |words: &Option<crate::openapi::model::Words>| {
            words.as_ref().map_or_else(String::new, |one| one.text.clone())
        };
        report.text("title", words(&model.info.title));
        report.text("version", words(&model.info.version));
        let version = self.api.description.documents().next();
        let version = version.map_or_else(String::new, |(_, one)| one.version.to_string());
        report.text("openapi", version);
        report.add("servers", Report::Texts(super::operation::servers(&model.servers)));
        let groups = self.groups();
        let counts = [
            count(model.paths.len(), "path"),
            count(self.operations.len(), "operation"),
            count(groups.len(), "group"),
            count(self.components().count(), "schema"),
            count(model.webhooks.len(), "webhook"),
        ];
        report.text("has", counts.join(", "));
        let groups = groups.iter().map(|(name, group)| {
            let what =
                count(group.methods.iter().filter(|one| is_first(group, one)).count(), "operation");
            (name.to_string(), Report::text(format!("{what} of `{}`", group.wire_name)))
        });
        report.add("groups", Report::Members(groups.collect()));
        report.add("security", Report::Members(self.schemes()));
        let webhooks = model.webhooks.iter().map(|one| one.name.text.clone());
        report.add("webhooks", Report::Texts(webhooks.collect()));
        report.add("special", Report::Texts(self.special()));
        report.report()
    }

    /// The operations of the group with a tag, or with the name of a method of the client.
    ///
    /// # Errors
    /// If there is none.
    pub fn tag(&self, name: &str) -> Result<Report, String> {
        let groups = self.groups();
        let is_it = |(access, group): &&(&str, &Group)| *access == name || group.wire_name == name;
        let Some((access, group)) = groups.iter().find(is_it) else {
            let what = format!("no group of operations is called `{name}`");
            let names = groups.iter().flat_map(|(access, group)| [*access, &group.wire_name]);
            return Err(meant(what, name, names));
        };
        let mut operations: Vec<(String, Report)> = Vec::new();
        for method in &group.methods {
            let title = [&method.operation.verb, " ", &method.operation.path].concat();
            let call = Report::text(self.call(access, method));
            match operations.iter_mut().find(|(known, _)| *known == title) {
                Some((_, Report::Texts(calls))) => calls.push(self.call(access, method)),
                Some((_, known)) => {
                    let Report::Text(first) = known else { continue };
                    *known = Report::Texts(vec![std::mem::take(first), self.call(access, method)]);
                }
                None => operations.push((title, call)),
            }
        }
        Ok(Report::Members(operations))
    }

    /// The groups with the methods of the client for them.
    pub(super) fn groups(&self) -> Vec<(&'a str, &'a Group)> {
        let accesses = self.plan.service.iter().flat_map(|service| &service.accesses);
        let group = |access: &'a crate::crate_plan::Access| match &access.reach {
            Reach::Group(path) => match self.programs.item(path)? {
                Item::Group(group) => Some((access.name.as_str(), group)),
                _ => None,
            },
            Reach::Authorized { .. } => None,
        };
        accesses.filter_map(group).collect()
    }

    /// How callers are authorized: what is sent, and the method of the client.
    fn schemes(&self) -> Vec<(String, Report)> {
        let Some(service) = &self.plan.service else { return Vec::new() };
        let shown = service.schemes.iter().map(|scheme| {
            let sent = match &scheme.sent {
                Sent::KeyInHeader(name) => format!("a key in the header `{name}`"),
                Sent::KeyInQuery(name) => format!("a key in the query, as `{name}`"),
                Sent::KeyInCookie(name) => format!("a key in the cookie `{name}`"),
                Sent::Basic => "a name and a password".to_owned(),
                Sent::Bearer => "a token".to_owned(),
                Sent::Custom(name) => format!("`{name}` in the header `Authorization`"),
                Sent::Certificate => "a certificate".to_owned(),
            };
            let method = service.accesses.iter().find_map(|access| match &access.reach {
                Reach::Authorized { scheme: name, with } if *name == scheme.name => {
                    let takes = match with {
                        Authorization::Basic => "user, password",
                        Authorization::Key => "key",
                        Authorization::Bearer => "token",
                        Authorization::Custom => "value",
                    };
                    Some(format!(": client.{}({takes})", access.name))
                }
                _ => None,
            });
            (scheme.name.clone(), Report::text(sent + &method.unwrap_or_default()))
        });
        shown.collect()
    }

    /// What a caller of the API should know of, because not every API has it.
    fn special(&self) -> Vec<String> {
        let model = &self.api.model;
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut add = |what: &str| *found.entry(what.to_owned()).or_default() += 1;
        for (_, id) in &self.operations {
            let operation = &model.operations[*id];
            for parameter in operation.parameters.iter().map(|id| &model.parameters[*id]) {
                match (parameter.place, &parameter.form) {
                    (Place::Cookie, _) => add("parameter in a cookie"),
                    (Place::QueryString, _) => add("parameter that is the whole query"),
                    (_, ValueForm::Content(_)) => add("parameter with a media type"),
                    (place, ValueForm::Styled(styled)) if styled.style != place.style() => {
                        add(&["parameter of style ", styled.style.name()].concat());
                    }
                    _ => {}
                }
                if matches!(&parameter.form, ValueForm::Styled(one) if one.style == Style::TabDelimited)
                {
                    add("parameter with tabs");
                }
            }
            let body = operation.body.iter().flat_map(|id| &model.bodies[*id].content);
            let answers = operation.responses.iter();
            let answers = answers.flat_map(|one| &model.responses[one.response].content);
            let names = |(name, _): &(
                crate::openapi::model::Words,
                crate::openapi::model::Id<MediaType>,
            )| {
                let essence = name.text.split(';').next().unwrap_or_default();
                essence.trim().to_ascii_lowercase()
            };
            let mut bodies: Vec<String> = body.map(names).collect();
            bodies.dedup();
            bodies.iter().filter(|one| *one != "application/json").for_each(|one| {
                add(&["request body of ", one].concat());
            });
            let mut answers: Vec<String> = answers.map(names).collect();
            answers.sort();
            answers.dedup();
            answers.iter().filter(|one| *one != "application/json").for_each(|one| {
                add(&["answer of ", one].concat());
            });
            for (is, what) in [
                (!operation.callbacks.is_empty(), "operation with callbacks"),
                (!operation.servers.is_empty(), "operation with servers of its own"),
                (operation.deprecated, "deprecated operation"),
            ] {
                if is {
                    add(what);
                }
            }
        }
        for (_, group) in self.groups() {
            let methods = group.methods.iter().filter(|one| is_first(group, one));
            let pages = methods.filter(|one| one.operation.paging.is_some());
            pages.for_each(|_| add("list in pages"));
        }
        found.into_iter().map(|(what, number)| format!("{what}: {number}")).collect()
    }
}

/// Whether a method is the first one of its operation.
fn is_first(group: &Group, method: &OperationMethod) -> bool {
    let is_same = |one: &&OperationMethod| {
        one.operation.verb == method.operation.verb && one.operation.path == method.operation.path
    };
    group.methods.iter().find(is_same).is_some_and(|first| std::ptr::eq(first, method))
}
