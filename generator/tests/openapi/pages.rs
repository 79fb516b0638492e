//! Lists in pages: what extensions and the configuration specify, and what is only proposed.

use schemacrate::config::Config;
use schemacrate::diagnostic::Severity;
use schemacrate::internals::crate_plan::{Item, PagingRule};
use schemacrate::{Generated, Session};

/// An operation: its parameters, its further fields, and the schema of its answer.
fn operation(parameters: &str, fields: &str, answer: &str) -> String {
    let parameters: String = parameters
        .split_whitespace()
        .map(|one| {
            let (name, kind) = one.split_once(':').unwrap_or((one, "integer"));
            format!("{{name: \"{name}\", in: query, schema: {{type: {kind}}}}}, ")
        })
        .collect();
    format!(
        "  /list:\n    get:\n      operationId: things/list\n      tags: [things]\n      \
         parameters: [{parameters}]\n{fields}      responses: {{\"200\": {{description: ok, \
         headers: {{X-A: {{schema: {{type: string}}}}}}, content: {{application/json: {{schema: \
         {answer}}}}}}}}}\n"
    )
}

/// The crate of the paths, and the session with what was found.
fn generated(paths: &str, settings: &str) -> (Result<Generated, String>, Session) {
    let mut session = Session::new();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n\
         x-fern-pagination: {{offset: $request.offset, step: $request.limit, results: $response.data}}\n\
         paths:\n{paths}"
    );
    session.add("api.yaml", document.as_bytes()).unwrap();
    let text =
        format!("[source]\nfiles = []\n[crate]\nname = \"a\"\ndirectory = \".\"\n{settings}");
    let config: Config = session.configure("schemacrate.toml", text.as_bytes()).unwrap();
    (session.generate(&config).map_err(|error| error.to_string()), session)
}

/// The constant of the pages of the first method, and whether some type is a page.
fn pages(paths: &str, settings: &str) -> String {
    let (generated, session) = generated(paths, settings);
    let generated = generated.unwrap_or_else(|_| panic!("{}", session.render(false)));
    let module = &generated.plan.modules["things"];
    let mut items = module.files.values().flat_map(|file| &file.items);
    let group = items.find_map(|item| match item {
        Item::Group(group) => Some(group),
        _ => None,
    });
    let Some(paging) = &group.unwrap().methods[0].operation.paging else {
        return "none".to_owned();
    };
    let mut text = match &paging.rule {
        PagingRule::OnePage => "one page".to_owned(),
        PagingRule::LinkHeader => "header".to_owned(),
        PagingRule::NextLink(pointer) => format!("link {pointer}"),
        PagingRule::NextPath(pointer) => format!("path {pointer}"),
        PagingRule::Cursor { parameter, pointer } => format!("cursor {parameter} {pointer}"),
        PagingRule::Offset(parameter) => format!("offset {parameter}"),
        PagingRule::Page(parameter, first) => format!("page {parameter} {first}"),
    };
    let further = [("limit", &paging.limit), ("more", &paging.more), ("of", &paging.pages)];
    for (name, value) in further {
        value.iter().for_each(|value| text.extend([" ", name, " ", value]));
    }
    if paging.in_body {
        text.push_str(" in body");
    }
    let types = generated.tree.get("src/types.rs").into_iter();
    let all = types.chain(
        generated
            .tree
            .iter()
            .filter_map(|(path, file)| path.starts_with("src/types/").then_some(file)),
    );
    for file in all {
        for line in
            file.lines().skip_while(|line| !line.contains("fn items(&self)")).skip(1).take(1)
        {
            text.extend([" | ", line.trim()]);
        }
    }
    text
}

/// A page with a list in `data` and more about it.
const PAGE: &str = "{type: object, required: [data], properties: {data: {type: array, items: {type: object}}, \
                    tags: {type: array, items: {type: string}}, next: {type: string}, last: {type: boolean}, \
                    all: {type: integer}, \"@odata.nextLink\": {type: string}, \
                    meta: {type: object, properties: {next: {type: string}}}}}";

#[test]
fn extensions_specify_pages() {
    let nested = "{type: object, properties: {meta: {type: object, properties: {list: {type: array, items: \
                  {type: object}}}}, nextLink: {type: string}}}";
    let body = "requestBody: {content: {application/json: {schema: {type: object, properties: {page: {type: object, \
                properties: {after: {type: string}}}, size: {type: integer}}}}}}\n";
    for (extension, answer, expected) in [
        (
            "x-ms-pageable: {nextLinkName: nextLink, itemName: meta.list}",
            nested,
            "link /nextLink | self.meta.as_ref().and_then(|one| one.list.as_deref()).unwrap_or_default()",
        ),
        (
            "x-ms-pageable: {nextLinkName: '@odata.nextLink', itemName: data}",
            PAGE,
            "link /@odata.nextLink | &self.data",
        ),
        ("x-ms-pageable: {nextLinkName: null, itemName: data}", PAGE, "one page | &self.data"),
        ("x-ms-pageable: {nextLinkName: next}", PAGE, "none"),
        (
            "x-ms-pageable: {nextLinkName: next, itemName: data, operationName: next}",
            PAGE,
            "link /next | &self.data",
        ),
        ("x-ms-pageable: {nextLinkName: next, itemName: data, operationName: part}", PAGE, "none"),
        (
            "x-speakeasy-pagination: {type: url, outputs: {nextUrl: $.meta.next, results: $.data}}",
            PAGE,
            "link /meta/next | &self.data",
        ),
        (
            "x-speakeasy-pagination: {type: cursor, inputs: [{name: cursor, in: parameters, type: cursor}], outputs: {nextCursor: \"$.data[-1]['id']\", results: '$.data[*]'}}",
            PAGE,
            "cursor cursor /data/-1/id | &self.data",
        ),
        (
            "x-speakeasy-pagination: {type: offsetLimit, inputs: [{name: page, in: parameters, type: page}, {name: limit, in: parameters, type: limit}], outputs: {numPages: $.all}}",
            PAGE,
            "page page 1 limit limit of /all | &self.data",
        ),
        (
            "x-speakeasy-pagination: {type: offsetLimit, inputs: [{name: none, in: parameters, type: offset}]}",
            PAGE,
            "none",
        ),
        (
            &format!(
                "x-speakeasy-pagination: {{type: cursor, inputs: [{{name: page.after, in: requestBody, type: cursor}}, {{name: limit, in: parameters, type: limit}}], outputs: {{nextCursor: $.next, results: $.data}}}}\n      {body}"
            ),
            PAGE,
            "cursor /page/after /next in body | &self.data",
        ),
        (
            "x-fern-pagination: {cursor: $request.cursor, next_cursor: $response.next, results: $response.data, has-next-page: $response.last}",
            PAGE,
            "cursor cursor /next more /last | &self.data",
        ),
        (
            &format!(
                "x-fern-pagination: {{offset: $request.size, step: $request.size, results: $response.data}}\n      {body}"
            ),
            PAGE,
            "offset /size limit /size in body | &self.data",
        ),
        (
            "x-fern-pagination: {next_uri: $response.next, results: $response.data}",
            PAGE,
            "link /next | &self.data",
        ),
        (
            "x-fern-pagination: {next_path: $response.next, results: $response.data}",
            PAGE,
            "path /next | &self.data",
        ),
        (
            "x-fern-pagination: {offset: $request.page, results: $response.data}",
            PAGE,
            "page page 1 | &self.data",
        ),
        ("x-fern-pagination: true", PAGE, "offset offset limit limit | &self.data"),
        ("x-fern-pagination: false", PAGE, "none"),
        (
            "x-dropshot-pagination: {required: []}",
            "{type: object, required: [items], properties: {items: {type: array, items: {type: string}}, next_page: {type: string}}}",
            "none",
        ),
    ] {
        let parameters = "cursor:string page limit offset";
        let fields = format!("      {extension}\n");
        let other = "  /{nextLink}:\n    get:\n      operationId: next\n      tags: [other]\n      responses: {}\n  \
                     /more/{nextLink}:\n    get:\n      operationId: part\n      tags: [other]\n      responses: {}\n";
        let paths = [&operation(parameters, &fields, answer), other].concat();
        assert_eq!(pages(&paths, ""), expected, "{extension}");
    }
    let dropshot = "{type: object, required: [items], properties: {items: {type: array, items: {type: string}}, \
                    next_page: {type: string}}}";
    let paths = operation(
        "limit page_token:string",
        "      x-dropshot-pagination: {required: []}\n",
        dropshot,
    );
    assert_eq!(pages(&paths, ""), "cursor page_token /next_page limit limit | &self.items");
}

#[test]
fn the_configuration_specifies_pages() {
    let list = operation("page:integer skip", "", PAGE);
    let extended =
        operation("page skip", "      x-ms-pageable: {nextLinkName: next, itemName: data}\n", PAGE);
    for (paths, settings, expected) in [
        (&list, "\"GET /list\" = { next-link = \"/meta/next\" }", "link /meta/next | &self.data"),
        (
            &list,
            "\"tag:things\" = { offset = \"skip\" }\n\"*\" = { page = \"page\" }",
            "offset skip | &self.data",
        ),
        (
            &list,
            "\"*\" = { page = \"page\", first = 0 }\n\"operation:things/*\" = { next-path = \"/next\" }",
            "path /next | &self.data",
        ),
        (
            &list,
            "\"/**\" = { page = \"page\", pages = \"/all\", more = \"/last\", items = \"/data\" }",
            "page page 1 more /last of /all | &self.data",
        ),
        (
            &list,
            "\"things/list\" = { cursor = { parameter = \"skip\", from = \"/next\" } }",
            "cursor skip /next | &self.data",
        ),
        (&extended, "\"*\" = { offset = \"skip\" }", "offset skip | &self.data"),
        (&extended, "\"*\" = false", "none"),
        (&extended, "", "link /next | &self.data"),
    ] {
        let settings = format!("[openapi.pages]\n{settings}");
        assert_eq!(pages(paths, &settings), expected, "{settings}");
    }
    // A list whose answer may be nothing is a list, too.
    let array = "{type: array, items: {type: string}}";
    let maybe =
        operation("page", "", array).replace("{\"200\"", "{\"204\": {description: no}, \"200\"");
    for paths in [operation("page", "", array), maybe] {
        assert_eq!(pages(&paths, "[openapi.pages]\n\"*\" = \"link-header\""), "header");
    }
}

#[test]
fn what_no_operation_has_is_an_error_at_its_place() {
    let list = operation("page skip", "", PAGE);
    let texts = "{type: object, properties: {a: {type: array, items: {type: string}}, b: {type: array, items: {type: string}}}}";
    let unclear = operation("page", "", texts);
    let single = operation("page", "", "{type: string}");
    for (paths, settings, message, place) in [
        (
            &list,
            "\"GET /lists\" = \"link-header\"",
            "no operation matches `GET /lists`",
            "the API has `GET /list`",
        ),
        (
            &list,
            "\"tag:thing\" = \"link-header\"",
            "no operation matches `tag:thing`",
            "the API has `tag:things`",
        ),
        (&list, "\"tag:\" = \"link-header\"", "`tag:` names nothing", "write a path like"),
        (
            &list,
            "\"*\" = { offset = \"skp\" }",
            "`GET /list` has no parameter \"skp\" in its query",
            "there is \"skip\"",
        ),
        (
            &list,
            "\"*\" = { offset = \"skip\", limit = \"pages\" }",
            "no parameter \"pages\"",
            "there is \"page\"",
        ),
        (
            &list,
            "\"*\" = { next-link = \"/meta/nxt\" }",
            "has nothing at \"/meta/nxt\"",
            "there is \"/meta/next\"",
        ),
        (
            &list,
            "\"*\" = { next-link = \"next\" }",
            "\"next\" is not a JSON pointer",
            "each after a `/`",
        ),
        (
            &list,
            "\"*\" = { next-link = \"/next\", items = \"/date\" }",
            "has nothing at \"/date\"",
            "there is \"/data\"",
        ),
        (
            &list,
            "\"*\" = { cursor = { parameter = \"/page\", from = \"/next\" } }",
            "the body of `GET /list` has nothing at \"/page\"",
            "7 |",
        ),
        (
            &unclear,
            "\"*\" = { page = \"page\" }",
            "which list of the answer to `GET /list` has the items",
            "items = \"/data\"",
        ),
        (&single, "\"*\" = { page = \"page\" }", "which list of the answer", "7 |"),
    ] {
        let (result, session) = generated(paths, &format!("[openapi.pages]\n{settings}"));
        assert!(result.is_err(), "{settings}");
        let shown = session.render(false);
        assert!(shown.contains(message) && shown.contains(place), "{settings}\n{shown}");
        assert!(shown.contains("schemacrate.toml:7:"), "{settings}\n{shown}");
    }
}

/// The rules that are proposed.
fn proposed(paths: &str) -> String {
    let (result, session) = generated(paths, "");
    assert!(result.is_ok());
    let mut notes = session.diagnostics().iter().filter(|one| one.severity == Severity::Note);
    let help = notes.next().and_then(|one| one.help.clone()).unwrap_or_default();
    help.lines().skip(2).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_looks_like_a_list_in_pages_is_proposed_and_not_applied() {
    let data = |members: &str| {
        format!(
            "{{type: object, properties: {{data: {{type: array, items: {{type: object, properties: {{id: {{type: string}}}}}}}}, {members}}}}}"
        )
    };
    let text = |name: &str| data(&format!("{name}: {{type: string}}"));
    let array = "{type: array, items: {type: string}}".to_owned();
    for (parameters, answer, expected) in [
        ("", text("nextLink"), "{ next-link = \"/nextLink\" }"),
        ("", text("\"@odata.nextLink\""), "{ next-link = \"/@odata.nextLink\" }"),
        ("", data("next: {type: string, format: uri}"), "{ next-link = \"/next\" }"),
        (
            "",
            data("next: {type: string, description: The URL of the next page.}"),
            "{ next-link = \"/next\" }",
        ),
        (
            "",
            data(
                "_links: {type: object, properties: {next: {type: object, properties: {href: {type: string}}}}}",
            ),
            "{ next-link = \"/_links/next/href\" }",
        ),
        ("", text("next"), ""),
        ("cursor:string", text("next"), ""),
        (
            "cursor:string",
            data("next: {type: string, description: The cursor of the next page.}"),
            "{ cursor = { parameter = \"cursor\", from = \"/next\" } }",
        ),
        (
            "pageToken:string",
            text("nextPageToken"),
            "{ cursor = { parameter = \"pageToken\", from = \"/nextPageToken\" } }",
        ),
        ("page_token:integer", text("next_page_token"), ""),
        ("", text("next_page_token"), ""),
        (
            "cursor:string",
            data(
                "meta: {type: object, properties: {cursor: {type: string}, has_more: {type: boolean}}}",
            ),
            "{ cursor = { parameter = \"cursor\", from = \"/meta/cursor\" }, more = \"/meta/has_more\" }",
        ),
        ("cursor:string", text("cursor"), ""),
        (
            "starting_after:string",
            data("has_more: {type: boolean}"),
            "{ cursor = { parameter = \"starting_after\", from = \"/data/-1/id\" }, more = \"/has_more\" }",
        ),
        (
            "after:string",
            data("last_id: {type: string}, has_more: {type: boolean}"),
            "{ cursor = { parameter = \"after\", from = \"/last_id\" }, more = \"/has_more\" }",
        ),
        ("offset limit", array.clone(), "{ offset = \"offset\", limit = \"limit\" }"),
        ("$skip $top", data("a: {type: string}"), "{ offset = \"$skip\", limit = \"$top\" }"),
        ("offset:string limit", array.clone(), ""),
        ("offset", array.clone(), ""),
        ("page per_page", array.clone(), "{ page = \"page\", limit = \"per_page\" }"),
        ("page per_page", "{type: object, properties: {a: {type: string}}}".to_owned(), ""),
    ] {
        let paths = operation(parameters, "", &answer);
        let line = match expected {
            "" => String::new(),
            rule => format!("\"GET /list\" = {rule}"),
        };
        assert_eq!(proposed(&paths), line, "{parameters} {answer}");
        assert_eq!(pages(&paths, ""), "none");
        // What is proposed is what the configuration takes.
        if !line.is_empty() {
            assert_ne!(pages(&paths, &format!("[openapi.pages]\n{line}")), "none", "{line}");
        }
    }
    let linked = operation("", "", &array).replace("X-A", "link");
    assert_eq!(proposed(&linked), "\"GET /list\" = \"link-header\"");
    assert_eq!(proposed(&linked.replace("get:", "post:")), "");
    let extended =
        operation("page per_page", "      x-ms-pageable: {nextLinkName: null}\n", &array);
    assert_eq!(proposed(&extended), "");

    let several: String = (0..5).map(|at| linked.replace("/list", &format!("/list{at}"))).collect();
    let several = several + &operation("page per_page", "", &array);
    let expected =
        "\"GET /list\" = { page = \"page\", limit = \"per_page\" }\n\"*\" = \"link-header\"";
    assert_eq!(proposed(&several), expected);
}
