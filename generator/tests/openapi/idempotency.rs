//! Which requests have a key by which the service recognises their tries.

use schemacrate::config::Config;
use schemacrate::internals::crate_plan::Item;
use schemacrate::internals::crate_plan::api;
use schemacrate::{Generated, Session};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
x-fern-idempotency-headers: [{header: X-Expires, name: expires}, {header: X-Key, name: key}]
paths:
  /things:
    parameters: [{name: idempotency-key, in: header, required: true, schema: {type: string}}]
    get: {tags: [things], operationId: list, responses: {}}
    post: {tags: [things], operationId: create, responses: {}, EXTENSION}
    put: {tags: [things], operationId: write, responses: {}}
";

fn generated(extension: &str, settings: &str) -> (Result<Generated, String>, Session) {
    let mut session = Session::new();
    let document = DOCUMENT.replace("EXTENSION", extension);
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text = format!(
        "[source]\nfiles = []\n[crate]\nname = \"a\"\ndirectory = \".\"\n[openapi]\n{settings}"
    );
    let config: Config = session.configure("schemacrate.toml", text.as_bytes()).unwrap();
    (session.generate(&config).map_err(|error| error.to_string()), session)
}

/// The header of each method, and what the method takes.
fn keys(extension: &str, settings: &str) -> Vec<String> {
    let (generated, session) = generated(extension, settings);
    let generated = generated.unwrap_or_else(|_| panic!("{}", session.render(false)));
    let module = &generated.plan.modules["things"];
    let mut items = module.files.values().flat_map(|file| &file.items);
    let group = items.find_map(|item| match item {
        Item::Group(group) => Some(group),
        _ => None,
    });
    let line = |method: &schemacrate::internals::crate_plan::OperationMethod| {
        let key = method.operation.idempotency.as_deref().unwrap_or("-");
        let arguments: Vec<&str> =
            method.operation.arguments.iter().map(|(name, _)| name.as_str()).collect();
        format!("{} {key} ({})", method.name, arguments.join(", "))
    };
    group.unwrap().methods.iter().map(line).collect()
}

#[test]
fn a_key_is_specified_by_an_extension_or_the_configuration() {
    let (list, write) = ("list - (idempotency_key)", "write - (idempotency_key)");
    let plain = "create - (idempotency_key)";
    for (extension, settings, create) in [
        ("", "", plain),
        ("x-idempotency-key: true", "", "create Idempotency-Key ()"),
        ("x-idempotency-key: required", "", "create Idempotency-Key ()"),
        ("x-idempotency-key: X-Once", "", "create X-Once (idempotency_key)"),
        ("x-idempotency-key: {header: X-Once}", "", "create X-Once (idempotency_key)"),
        ("x-idempotency-key: false", "", plain),
        ("x-fern-idempotent: true", "", "create X-Key (idempotency_key)"),
        ("x-fern-idempotent: false", "", plain),
        ("", "idempotency-key = \"Idempotency-Key\"", "create Idempotency-Key ()"),
        (
            "x-idempotency-key: X-Once",
            "idempotency-key = \"X-Own\"",
            "create X-Own (idempotency_key)",
        ),
        (
            "",
            "idempotency-key = { operations = [\"tag:things\"], header = \"X\" }",
            "create X (idempotency_key)",
        ),
    ] {
        let found = keys(extension, settings);
        assert_eq!(found[1], create, "{extension} {settings}");
        if !settings.contains("tag:") {
            assert_eq!([&found[0], &found[2]], [list, write], "{extension} {settings}");
        }
    }
    let all = keys("", "idempotency-key = { operations = [\"PUT /**\", \"operation:list\"] }");
    assert_eq!(all, ["list Idempotency-Key ()", plain, "write Idempotency-Key ()"]);
}

/// What is not required any more is a setter, and so is a header that comes with the key.
#[test]
fn a_key_can_be_set_nevertheless() {
    let items = |extension: &str| api::text(&generated(extension, "").0.unwrap().plan);
    assert!(items("x-idempotency-key: true").contains("::idempotency_key("));
    assert!(items("x-fern-idempotent: true").contains("::x_expires("));
    assert!(!items("").contains("::idempotency_key("));
}

#[test]
fn what_cannot_be_a_key_is_an_error_at_its_place() {
    for (settings, message) in [
        ("idempotency-key = \"a b\"", "\"a b\" is not the name of a header"),
        ("idempotency-key = \"\"", "\"\" is not the name of a header"),
        (
            "idempotency-key = { operations = [\"operation:creat\"] }",
            "the API has `operation:create`",
        ),
        ("idempotency-key = { operations = [\"tag:\"] }", "`tag:` names nothing"),
    ] {
        let (result, session) = generated("", settings);
        assert!(result.is_err(), "{settings}");
        let shown = session.render(false);
        assert!(shown.contains(message) && shown.contains("schemacrate.toml:7:"), "{shown}");
    }
}
