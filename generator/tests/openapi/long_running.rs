//! Operations that may continue at the service after their answers.

use schemacrate::Session;
use schemacrate::config::Config;
use schemacrate::internals::crate_plan::{Item, api};

/// What the method of an operation returns, and where its result is.
fn operation(extensions: &str, responses: &str) -> String {
    let document = format!(
        "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\npaths:\n  /things:\n    post:\n      tags: [things]\n      \
         operationId: things/work\n{extensions}      responses: {{{responses}}}\n\
         definitions:\n  Thing: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}\n  \
         Work: {{type: object, required: [status], properties: {{status: {{type: string}}}}}}\n"
    );
    let mut session = Session::new();
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text = b"[source]\nfiles = []\n[crate]\nname = \"a\"\ndirectory = \".\"\n";
    let config: Config = session.configure("schemacrate.toml", text).unwrap();
    let generated = session.generate(&config).unwrap_or_else(|error| panic!("{error}"));
    let module = &generated.plan.modules["things"];
    let mut items = module.files.values().flat_map(|file| &file.items);
    let group = items.find_map(|item| match item {
        Item::Group(group) => Some(group),
        _ => None,
    });
    let method = &group.unwrap().methods[0];
    let state = method.operation.final_state.map_or("-", |state| state.name());
    let text = api::text(&generated.plan);
    let line = text.lines().find(|line| line.contains("::work(")).unwrap();
    let returned =
        line.rsplit("-> ").next().unwrap().replace("runtime::", "").replace("types::", "");
    format!("{state} {returned}")
}

#[test]
fn the_result_is_what_the_options_specify() {
    let (thing, work) = ("{$ref: '#/definitions/Thing'}", "{$ref: '#/definitions/Work'}");
    let both =
        format!("'200': {{description: ok, schema: {thing}}}, '202': {{description: accepted}}");
    let status = format!("'202': {{description: accepted, schema: {work}}}");
    let nothing = "'202': {description: accepted}, '204': {description: done}".to_owned();
    let several = format!(
        "'200': {{description: ok, schema: {thing}}}, '202': {{description: accepted, schema: {work}}}"
    );
    let long = "      x-ms-long-running-operation: true\n";
    let via = |via: &str| format!("{long}      x-ms-long-running-operation-options: {{{via}}}\n");
    let schema =
        via("final-state-via: operation-location, final-state-schema: '#/definitions/Thing'");
    for (extensions, responses, expected) in [
        (String::new(), &both, "- Request<Option<Thing>>"),
        (
            "      x-ms-long-running-operation: false\n".to_owned(),
            &both,
            "- Request<Option<Thing>>",
        ),
        (long.to_owned(), &both, "Usual Request<Thing>"),
        (long.to_owned(), &nothing, "Usual Request<()>"),
        (long.to_owned(), &status, "Usual Request<Work>"),
        (long.to_owned(), &several, "Usual Request<Thing>"),
        (via("final-state-via: location"), &both, "Location Request<Thing>"),
        (via("final-state-via: original-uri"), &both, "OriginalUri Request<Thing>"),
        (via("final-state-via: azure-async-operation"), &status, "Status Request<Work>"),
        (via("final-state-via: other"), &both, "Usual Request<Thing>"),
        (schema, &status, "Result Request<Thing>"),
    ] {
        assert_eq!(operation(&extensions, responses), expected, "{extensions} {responses}");
    }
}
