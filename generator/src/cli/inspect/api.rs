//! What an API of OpenAPI has.

use super::{Found, Inspect};
use crate::cli::Terminal;
use schemacrate::Session;
use schemacrate::config::Config;
use schemacrate::internals::ApiSchema;
use schemacrate::internals::crate_plan::CratePlan;
use schemacrate::internals::openapi::Api;
use schemacrate::internals::openapi::explain::{Explain, Report};
use schemacrate::internals::openapi::plan::possible_pages;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Makes the report that answers a question about an API, or explains what is wrong with the question.
type Answer = fn(&Explain<'_>, &str) -> Result<Report, String>;

impl Inspect {
    /// What is asked for of a whole API.
    pub(super) fn whole_api(&self, api: Api, terminal: Terminal) -> Result<Found, String> {
        let mut config = Config::new("generated", "generated");
        let spanned = |text: &String| toml::Spanned::new(0..0, text.clone());
        config.slice.include = self.include.iter().map(spanned).collect();
        config.slice.exclude = self.exclude.iter().map(spanned).collect();
        let planned = Session::new().plan_whole(api, &config);
        let planned = planned.map_err(|error| error.render(terminal.colour()))?;
        match planned.schema.openapi() {
            Some(schema) => self.api(schema, &planned.plan),
            None => Err("error: the documents are not OpenAPI".to_owned()),
        }
    }

    /// What is asked for of an API.
    pub(super) fn api(&self, schema: &ApiSchema, plan: &CratePlan) -> Result<Found, String> {
        if !self.path.is_empty() {
            let message =
                "error: --path is for services of OData; ask for a path of an API with --url";
            return Err(message.to_owned());
        }
        if self.pages {
            let text = possible_pages(&schema.api);
            return Ok(Found { json: text.clone().into(), text });
        }
        let explain = Explain::new(&schema.api, plan, &schema.types);
        let shapes: Answer = |explain, name| explain.shapes(name);
        let tag: Answer = |explain, name| explain.tag(name);
        let operation: Answer = |explain, id| explain.operation(id);
        let url: Answer = |explain, url| explain.url(url);
        let why: Answer = |explain, name| {
            explain.why(name).map(|found| Report::Members(vec![(format!("why {name}"), found)]))
        };
        let questions = [
            (&self.types, shapes),
            (&self.tag, tag),
            (&self.operation, operation),
            (&self.url, url),
            (&self.why, why),
        ];
        let mut all = Vec::new();
        for (texts, answer) in questions {
            for text in texts {
                match answer(&explain, text).map_err(|error| format!("error: {error}"))? {
                    Report::Members(members) => all.extend(members),
                    other => all.push((text.clone(), other)),
                }
            }
        }
        let report = if all.is_empty() { explain.overview() } else { Report::Members(all) };
        let mut text = String::new();
        outline(&report, 0, &mut text);
        Ok(Found { text, json: value(&report) })
    }
}

fn value(report: &Report) -> Value {
    match report {
        Report::Text(text) => text.clone().into(),
        Report::Texts(texts) => texts.clone().into(),
        Report::Links(links) => {
            links.iter().map(|(via, reaches)| json!({ "via": via, "reaches": reaches })).collect()
        }
        Report::Members(members) => {
            let members = members.iter().map(|(name, report)| (name.clone(), value(report)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// A report for people: a line for each name. A single text is on the line of its name.
fn outline(report: &Report, depth: usize, text: &mut String) {
    let Report::Members(members) = report else { return };
    let indent = "  ".repeat(depth);
    for (name, report) in members {
        // A string takes everything.
        let _ = match report {
            Report::Text(value) => {
                let value = value.trim_end().replace('\n', &["\n", &indent].concat());
                writeln!(text, "{indent}{name}: {value}")
            }
            Report::Texts(values) => match values.as_slice() {
                [value] => writeln!(text, "{indent}{name}: {value}"),
                values => {
                    let lines = values.iter().map(|value| format!("{indent}  {value}\n"));
                    writeln!(text, "{indent}{name}:")
                        .and_then(|()| text.write_str(&lines.collect::<String>()))
                }
            },
            Report::Links(links) => {
                let lines =
                    links.iter().map(|(via, reaches)| format!("{indent}  {via} | {reaches}\n"));
                writeln!(text, "{indent}{name}:")
                    .and_then(|()| text.write_str(&lines.collect::<String>()))
            }
            Report::Members(_) => {
                let title = writeln!(text, "{indent}{name}:");
                outline(report, depth + 1, text);
                title
            }
        };
    }
}
