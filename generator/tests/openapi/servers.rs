//! Where the requests of an API are sent: by its servers, by where its document was, and by the configuration.

use schemacrate::Session;
use schemacrate::config::Config;
use schemacrate::internals::crate_plan::{CratePlan, Item};

/// The plan of a document with one request, and what was found.
fn planned(document: &str, settings: &str) -> (CratePlan, String) {
    let mut session = Session::new();
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text = format!("[crate]\nname = \"a\"\ndirectory = \".\"\n{settings}");
    let text = match settings.contains("[source]") {
        true => text.replace("[source]", "[source]\nfiles = []"),
        false => format!("{text}\n[source]\nfiles = []\n"),
    };
    let config: Config = session.configure("schemacrate.toml", text.as_bytes()).unwrap();
    let plan = session.plan(&config).unwrap_or_else(|_| panic!("{}", session.render(false))).plan;
    (plan, session.render(false))
}

/// The address of the API, those of operations with a server of their own, and the servers by name.
fn addresses(plan: &CratePlan) -> (Option<&str>, Vec<&str>, Vec<(&str, &str)>) {
    let items = plan.modules.values().flat_map(|module| module.files.values());
    let items: Vec<&Item> = items.flat_map(|file| &file.items).collect();
    let own = items.iter().filter_map(|item| match item {
        Item::Group(group) => Some(group.methods.iter()),
        _ => None,
    });
    let own = own.flatten().filter_map(|method| method.operation.server.as_deref()).collect();
    let servers = items.iter().filter_map(|item| match item {
        Item::Server(server) => Some((server.name.as_str(), server.default.as_str())),
        _ => None,
    });
    (plan.service_root.as_deref(), own, servers.collect())
}

fn document(servers: &str, own: &str) -> String {
    format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\n{servers}\npaths:\n  /a:\n    get:\n      \
         {own}\n      responses: {{'200': {{description: d}}}}\n"
    )
}

#[test]
fn a_relative_server_is_relative_to_where_the_document_was() {
    let at = "[source]\naddress = \"https://a.example/docs/openapi.yaml\"";
    for (servers, settings, expected) in [
        ("servers: [{url: /v2}]", at, Some("https://a.example/v2")),
        ("servers: [{url: ./v2/}]", at, Some("https://a.example/docs/v2")),
        ("servers: [{url: ../x}]", at, Some("https://a.example/x")),
        ("servers: [{url: //b.example/v2}]", at, Some("https://b.example/v2")),
        (
            "servers: [{url: '/{v}', variables: {v: {default: v3}}}]",
            at,
            Some("https://a.example/v3"),
        ),
        (
            "$self: https://c.example/x/y.yaml\nservers: [{url: v2}]",
            at,
            Some("https://c.example/x/v2"),
        ),
        ("$self: ../z/y.yaml\nservers: [{url: v2}]", at, Some("https://a.example/z/v2")),
        (
            "servers: [{url: /v2}]",
            "[service]\nroot = \"https://r.example\"",
            Some("https://r.example"),
        ),
        (
            "servers: [{url: 'wss://a.example'}, {url: 'https://b.example'}]",
            "",
            Some("https://b.example"),
        ),
        (
            "servers: [{url: '{endpoint}/v1', variables: {endpoint: {default: 'https://e.example'}}}]",
            "",
            Some("https://e.example/v1"),
        ),
        ("servers: [{url: 'https://{tenant}.example'}]", "", None),
        ("", "", None),
    ] {
        let (plan, shown) = planned(&document(servers, ""), settings);
        assert_eq!(addresses(&plan).0, expected, "{servers} {settings}");
        assert!(!shown.contains("relative-server"), "{shown}");
    }
    let (plan, shown) = planned(&document("servers: [{url: /v2}]", ""), "");
    assert_eq!(addresses(&plan).0, None);
    assert!(shown.contains("warning[relative-server]") && shown.contains("[source]"), "{shown}");
    let config =
        b"[source]\nfiles = []\naddress = \"/docs\"\n[crate]\nname = \"a\"\ndirectory = \".\"\n";
    let mut session = Session::new();
    session.add("api.yaml", document("", "").as_bytes()).unwrap();
    let config = session.configure("schemacrate.toml", config).unwrap();
    assert!(session.plan(&config).is_err());
}

#[test]
fn servers_of_version_2_are_those_of_its_schemes() {
    let swagger = |fields: &str| {
        format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{fields}\npaths: {{/a: {{get: {{responses: \
             {{'200': {{description: d}}}}}}}}}}\n"
        )
    };
    let at = "[source]\naddress = \"http://a.example/swagger.yaml\"";
    for (fields, settings, expected, servers) in [
        (
            "host: h.example\nbasePath: /v1\nschemes: [http, https]",
            "",
            Some("https://h.example/v1"),
            2,
        ),
        ("host: h.example\nbasePath: /v1\nschemes: [ws, http]", "", Some("http://h.example/v1"), 0),
        ("host: h.example\nbasePath: v1/", "", Some("https://h.example/v1"), 0),
        ("host: h.example", at, Some("http://h.example"), 0),
        ("basePath: /v1", at, Some("http://a.example/v1"), 0),
        ("basePath: /v1", "", None, 0),
    ] {
        let (plan, _) = planned(&swagger(fields), settings);
        let (root, _, found) = addresses(&plan);
        assert_eq!((root, found.len()), (expected, servers), "{fields} {settings}");
    }
}

#[test]
fn servers_of_operations_are_theirs_and_names_come_from_what_is_said() {
    let servers = "servers:\n- {url: 'https://a.example/v1', name: main}\n- {url: 'https://b.example', \
                   description: Sandbox server}\n- {url: 'https://c.example/v1'}";
    let own = |url: &str| format!("servers: [{{url: '{url}'}}]");
    let (plan, _) = planned(&document(servers, &own("https://d.example/up")), "");
    let (root, found, named) = addresses(&plan);
    assert_eq!((root, found), (Some("https://a.example/v1"), vec!["https://d.example/up"]));
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["CExampleV1", "DExampleUp", "Main", "Sandbox"]);
    // One that is relative is below the origin of the client, and that of the API is none of its own.
    for (url, expected) in
        [("/up", vec!["/up"]), ("./up", vec!["/up"]), ("https://a.example/v1", vec![])]
    {
        let (plan, _) = planned(&document(servers, &own(url)), "");
        assert_eq!(addresses(&plan).1, expected, "{url}");
    }
    let settings = "[names]\n\"server:https://c.example/v1\" = \"Third\"";
    let (plan, _) = planned(&document(servers, ""), settings);
    assert!(addresses(&plan).2.contains(&("Third", "https://c.example/v1")));
    let (plan, _) = planned(&document("servers: [{url: 'https://a.example'}]", ""), "");
    assert!(addresses(&plan).2.is_empty(), "one address needs no module");
}
