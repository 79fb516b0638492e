//! The commands on OpenAPI documents.

use super::{Folder, answer};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

const API: &str = "openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: d}
";

#[test]
fn overlays_change_what_is_validated() {
    let folder = Folder::new();
    folder.write("api.yaml", &API.replace("title: A, ", ""));
    folder.write(
        "title.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.info, update: {title: A}}\n",
    );
    folder.write(
        "wrong.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.info, update: {titel: A}}\n",
    );
    let (_, shown) = folder.exits(0, &["validate", "api.yaml"]);
    assert!(shown.contains("missing-field"), "{shown}");
    let (_, shown) = folder.exits(0, &["validate", "api.yaml", "--overlay", "title.yaml"]);
    assert_eq!(shown, "");
    let both = ["validate", "api.yaml", "--overlay", "title.yaml", "--overlay", "wrong.yaml"];
    let (_, shown) = folder.exits(0, &both);
    assert!(shown.contains("unknown-field") && shown.contains("wrong.yaml:4:"), "{shown}");
    let (_, shown) = folder.exits(1, &["validate", "api.yaml", "--overlay", "absent.yaml"]);
    assert!(shown.contains("absent.yaml"), "{shown}");
    let (_, shown) = folder.exits(1, &["validate", "library.csdl", "--overlay", "title.yaml"]);
    assert!(shown.contains("error[overlay-not-openapi]"), "{shown}");
    let (_, shown) = folder.exits(1, &["validate", "title.yaml"]);
    assert!(shown.contains("--overlay"), "{shown}");
}

#[test]
fn a_file_that_a_document_refers_to_is_read_with_it() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("service/parts")).unwrap();
    let schemas = "components:\n  schemas:\n    Pet: {$ref: './parts/pet.yaml#/Pet'}\n";
    folder.write("service/api.yaml", &format!("{API}{schemas}"));
    folder.write("service/parts/pet.yaml", "Pet: {properties: {owner: {$ref: ../owner.json}}}\n");
    folder.write("service/owner.json", r##"{"type": "object", "propertys": {}}"##);
    let (_, shown) = folder.exits(0, &["validate", "service/api.yaml"]);
    assert!(shown.contains("unknown-field"), "{shown}");
    assert!(shown.contains("owner.json:1:"), "{shown}");
    folder.write(
        "schemacrate.toml",
        "[source]\nfiles = [\"service/api.yaml\"]\n[crate]\nname = \"c\"\ndirectory = \"c\"\n",
    );
    let (_, shown) = folder.exits(0, &["generate", "--config", "schemacrate.toml"]);
    assert!(!shown.contains("missing-document"), "{shown}");
    assert!(fs::read_to_string(folder.path("c/api.txt")).unwrap().contains("types::Pet::owner"));

    fs::remove_file(folder.path("service/owner.json")).unwrap();
    let (_, shown) = folder.exits(1, &["validate", "service/api.yaml"]);
    let expected = "there is no document `service/owner.json`";
    assert!(shown.contains(expected) && shown.contains("pet.yaml:1:"), "{shown}");
}

#[test]
fn a_reference_shows_no_file_that_is_not_a_document() {
    let folder = Folder::new();
    folder.write("secrets.env", "TOKEN: secret\n  - unreadable");
    let schemas = "components:\n  schemas:\n    Pet: {$ref: './secrets.env#/Pet'}\n";
    folder.write("api.yaml", &format!("{API}{schemas}"));
    let (_, shown) = folder.exits(1, &["validate", "api.yaml"]);
    assert!(shown.contains("there is no document `secrets.env`"), "{shown}");
    assert!(!shown.contains("TOKEN"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_reference_shows_no_file_by_a_link() {
    let folder = Folder::new();
    folder.write("secrets.env", "TOKEN: secret\n  - unreadable");
    folder.write("there.json", r#"{"Pet": {"type": "string"}}"#);
    std::os::unix::fs::symlink("secrets.env", folder.path("secrets.yaml")).unwrap();
    std::os::unix::fs::symlink("there.json", folder.path("pet.yaml")).unwrap();
    std::os::unix::fs::symlink("round.yaml", folder.path("round.yaml")).unwrap();
    folder.write("api.yaml", &api_with("./pet.yaml#/Pet"));
    assert_eq!(folder.exits(0, &["validate", "api.yaml"]).1, "");
    for name in ["secrets.yaml", "round.yaml"] {
        folder.write("api.yaml", &api_with(&format!("./{name}#/Pet")));
        let (_, shown) = folder.exits(1, &["validate", "api.yaml"]);
        assert!(shown.contains(&format!("there is no document `{name}`")), "{shown}");
        assert!(!shown.contains("TOKEN"), "{shown}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_too_large_is_not_read_as_a_whole() {
    let folder = Folder::new();
    let file = fs::File::create(folder.path("huge.yaml")).unwrap();
    // It takes no space on the disk, and more memory than there may be.
    file.set_len(1 << 40).unwrap();
    folder.write("api.yaml", &api_with("huge.yaml#/Pet"));
    for arguments in [["validate", "api.yaml"], ["validate", "huge.yaml"]] {
        let (_, shown) = folder.exits(1, &arguments);
        assert!(shown.contains("error[too-large]: huge.yaml has more than 256 MiB"), "{shown}");
    }
}

#[test]
fn a_configuration_names_overlays() {
    let folder = Folder::new();
    fs::create_dir(folder.path("part")).unwrap();
    folder.write("part/api.yaml", API);
    folder.write(
        "part/bad.yaml",
        "overlay: 1.0.0\ninfo: {}\nactions: [{target: '$[', remove: true}]\n",
    );
    folder.write(
        "part/schemacrate.toml",
        "[source]\nfiles = [\"api.yaml\"]\noverlays = [\"bad.yaml\"]\n[crate]\nname = \"c\"\ndirectory = \"c\"\n",
    );
    let (_, shown) = folder.exits(1, &["generate", "--config", "part/schemacrate.toml"]);
    assert!(shown.contains("error[overlay-target]") && shown.contains("bad.yaml:3"), "{shown}");
}

/// A service that answers each path with a document, and the paths that were asked for with the headers
/// that matter.
struct Service {
    root: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Documents by path. One that begins with `->` is a redirect. `ROOT` is the address of the service.
    fn new(documents: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let documents: BTreeMap<String, String> = documents
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.replace("ROOT", &root)))
            .collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let lines: Vec<String> =
                    lines.map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
                let path = lines[0].split(' ').nth(1).unwrap().to_owned();
                let has = |header: &str| lines.iter().any(|line| line.starts_with(header));
                let marks = [
                    ("x-key", "+key"),
                    ("if-none-match", "+tag"),
                    ("authorization: Basic dXNlcjpzZWNyZXQ=", "+login"),
                ];
                let marks = marks.iter().filter(|(header, _)| has(header)).map(|(_, mark)| *mark);
                record.lock().unwrap().push(path.clone() + &marks.collect::<String>());
                let redirect = documents.get(&path).and_then(|text| text.strip_prefix("->"));
                let reply = match (redirect, documents.get(&path)) {
                    (Some(to), _) => answer("302 Found", &format!("Location: {to}\r\n"), ""),
                    (None, Some(_)) if has("if-none-match") => answer("304 Not Modified", "", ""),
                    (None, Some(text)) => answer("200 OK", "ETag: \"one\"\r\n", text),
                    (None, None) => answer("404 Not Found", "", ""),
                };
                stream.write_all(reply.as_bytes()).unwrap();
            }
        });
        Self { root, asked }
    }

    /// What was asked for since the last call.
    fn asked(&self) -> BTreeSet<String> {
        self.asked.lock().unwrap().drain(..).collect()
    }

    fn host(&self) -> String {
        self.root.trim_start_matches("http://").replace(':', "%3A")
    }
}

/// The files below a folder, without records.
fn files(folder: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, above: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if !name.ends_with(".etag") {
                found.insert(name);
            }
        }
    }
    let mut found = BTreeSet::new();
    if folder.exists() {
        walk(folder, "", &mut found);
    }
    found
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn api_with(reference: &str) -> String {
    format!("{API}components:\n  schemas:\n    A: {{$ref: '{reference}'}}\n")
}

#[test]
fn fetch_saves_all_that_a_document_refers_to() {
    let service = Service::new(&[
        ("/v1/api.yaml", &api_with("parts/a%20b.yaml#/A")),
        (
            "/v1/parts/a%20b.yaml",
            "A: {properties: {b: {$ref: '../other.json'}, c: {$ref: './a%20b.yaml#/A'}}}",
        ),
        (
            "/v1/other.json",
            r##"{"example":{"$ref":"none.json"},"items":{"$ref":"moved.json?raw=1"}}"##,
        ),
        ("/v1/moved.json?raw=1", "->/elsewhere/moved.json"),
        ("/elsewhere/moved.json", r##"{"items":{"$ref":"beside.json"}}"##),
        ("/elsewhere/beside.json", r##"{"type":"string"}"##),
    ]);
    let folder = Folder::new();
    fs::create_dir(folder.path("out")).unwrap();
    let url = format!("{}/v1/api.yaml", service.root);
    let fetch = ["fetch", &url, "--out", "out/api.yaml", "--header", "x-key: secret"];
    let (_, shown) = folder.exits(0, &fetch);
    assert!(shown.contains("5 documents"), "{shown}");
    let saved = ["api.yaml", "beside.json", "moved.json%3Fraw=1", "other.json", "parts/a b.yaml"];
    assert_eq!(files(&folder.path("out")), set(&saved));
    let asked = service.asked();
    assert!(asked.iter().all(|path| path.ends_with("+key")), "{asked:?}");
    // What was saved is complete.
    let all: Vec<String> = saved.iter().map(|name| format!("out/{name}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (_, shown) = folder.exits(0, &[&["validate"], &all[..]].concat());
    assert!(!shown.contains("missing-document"), "{shown}");
    // The same again asks whether each document has changed.
    folder.exits(0, &fetch);
    let asked = service.asked();
    assert!(asked.contains("/v1/api.yaml+key+tag"), "{asked:?}");
    assert!(asked.contains("/elsewhere/beside.json+key+tag"), "{asked:?}");
}

#[test]
fn servers_are_relative_to_the_address_that_fetch_records() {
    let api = API.replace("paths:", "servers: [{url: ../v2}]\npaths:");
    let service = Service::new(&[("/docs/v1/api.yaml?key=secret", &api)]);
    let folder = Folder::new();
    let url = format!("{}/docs/v1/api.yaml?key=secret", service.root);
    folder.exits(0, &["fetch", &url, "--out", "api.yaml"]);
    let record = fs::read_to_string(folder.path("api.yaml.etag")).unwrap();
    assert!(record.contains("/docs/v1/api.yaml\"") && !record.contains("secret"), "{record}");
    let generate = ["generate", "--schema", "api.yaml", "--out", "c"];
    folder.exits(0, &generate);
    let client = fs::read_to_string(folder.path("c/src/client.rs")).unwrap();
    let root = format!("pub const SERVICE_ROOT: &str = \"{}/docs/v2\";", service.root);
    assert!(client.contains(&root), "{client}");
    // Without the record it is not known.
    fs::remove_file(folder.path("api.yaml.etag")).unwrap();
    let (_, shown) = folder.exits(0, &generate);
    assert!(shown.contains("relative-server"), "{shown}");
}

#[test]
fn fetch_saves_in_a_folder_what_is_not_beside_the_document() {
    let other = Service::new(&[("/x.json", r##"{"type":"string"}"##)]);
    let service = Service::new(&[
        ("/v1/api.yaml", &api_with("../common/a.yaml")),
        (
            "/common/a.yaml",
            &format!("{{items: {{$ref: /root/b.yaml}}, not: {{$ref: '{}/x.json'}}}}", other.root),
        ),
        ("/root/b.yaml", "{items: {$ref: 'ROOT/v1/api.yaml#/info'}}"),
    ]);
    let folder = Folder::new();
    let url = format!("{}/v1/api.yaml", service.root);
    let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "api.yaml"]);
    assert!(shown.contains("above its folder") && shown.contains("--out DIR/"), "{shown}");
    assert!(!folder.path("api.yaml").exists());
    let fetch = ["fetch", &url, "--out", "out/", "--header", "x-key: secret"];
    let (_, shown) = folder.exits(1, &fetch);
    assert!(shown.contains("another host") && shown.contains("--other-hosts"), "{shown}");
    assert!(!folder.path("out").exists() && other.asked().is_empty());
    folder.exits(0, &[&fetch[..], &["--other-hosts"]].concat());
    let (host, elsewhere) = (service.host(), other.host());
    let saved = [
        format!("{host}/v1/api.yaml"),
        format!("{host}/common/a.yaml"),
        format!("{host}/root/b.yaml"),
        format!("{elsewhere}/x.json"),
    ];
    assert_eq!(files(&folder.path("out")), saved.iter().cloned().collect());
    assert_eq!(other.asked(), set(&["/x.json"]), "the header is for the first host only");
    let all: Vec<String> = saved.iter().map(|name| format!("out/{name}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (_, shown) = folder.exits(0, &[&["validate"], &all[..]].concat());
    assert!(!shown.contains("missing-document"), "{shown}");
}

#[test]
fn fetch_of_a_description_has_limits_and_writes_all_or_nothing() {
    let long = format!("{{type: string, description: '{}'}}", "x".repeat(800 * 1024));
    let endless = Service::new(&[
        ("/api.yaml", &api_with("a.yaml")),
        ("/a.yaml", "{items: {$ref: b.yaml}, not: {$ref: big.yaml}}"),
        ("/b.yaml", "{items: {$ref: c.yaml}}"),
        ("/c.yaml", "{type: string}"),
        ("/big.yaml", &long),
        ("/lost.yaml", &api_with("nowhere.yaml")),
        ("/page.yaml", &api_with("page.html")),
        ("/page.html", "<html><body>Sign in</body></html>"),
        ("/file.yaml", &api_with("file:///etc/passwd")),
        ("/self.yaml", &api_with("back.yaml")),
        ("/back.yaml", "{items: {$ref: 'self.yaml#/info'}}"),
        ("/huge.yaml", &api_with("big.yaml#/a")),
        ("/twice.yaml", &format!("{}    B: {{$ref: big.yaml#/b}}\n", api_with("big2.yaml"))),
        ("/big2.yaml", &long),
        ("/named.yaml", &api_with("out.yaml#/a")),
        ("/out.yaml", "{a: {type: string}}"),
        ("/folder.yaml", &format!("{}    B: {{$ref: d/part.yaml}}\n", api_with("d"))),
        ("/d", "{type: string}"),
        ("/d/part.yaml", "{type: string}"),
    ]);
    let folder = Folder::new();
    fs::create_dir(folder.path("out")).unwrap();
    for (path, arguments, expected) in [
        ("api.yaml", vec!["--documents", "3"], "more than 3 documents; raise --documents"),
        ("twice.yaml", vec!["--limit", "1"], "more than 1 MiB"),
        ("lost.yaml", vec![], "nowhere.yaml answered 404"),
        ("page.yaml", vec![], "sent something else than OpenAPI"),
        ("file.yaml", vec![], "neither an http nor an https address"),
        ("named.yaml", vec![], "out.yaml would both be out.yaml"),
        ("folder.yaml", vec![], "d/part.yaml would be in a folder with the name of the document d"),
        ("self.yaml", vec![], "self.yaml would be out.yaml, and also self.yaml"),
    ] {
        let url = format!("{}/{path}", endless.root);
        let command = [&["fetch", &url, "--out", "out/out.yaml"], &arguments[..]].concat();
        let (_, shown) = folder.exits(1, &command);
        assert!(shown.contains(expected) && shown.contains("nothing was written"), "{shown}");
        assert!(files(&folder.path("out")).is_empty(), "{path}");
    }
    // A file of someone else stops all of them.
    folder.write("out/b.yaml", "mine");
    let url = format!("{}/api.yaml", endless.root);
    let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "out/api.yaml"]);
    assert!(shown.contains("error[foreign-file]"), "{shown}");
    assert_eq!(files(&folder.path("out")), set(&["b.yaml"]));
}

#[cfg(unix)]
#[test]
fn fetch_follows_no_link_out_of_its_folder() {
    let service = Service::new(&[
        ("/api.yaml", &api_with("parts/a.yaml")),
        ("/parts/a.yaml", "{type: string}"),
    ]);
    let folder = Folder::new();
    fs::create_dir(folder.path("out")).unwrap();
    fs::create_dir(folder.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(folder.path("elsewhere"), folder.path("out/parts")).unwrap();
    let url = format!("{}/api.yaml", service.root);
    let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "out/api.yaml"]);
    assert!(shown.contains("out/parts is not a folder"), "{shown}");
    assert!(files(&folder.path("elsewhere")).is_empty());
    assert!(!folder.path("out/api.yaml").exists());
}

#[test]
fn fetch_follows_a_redirect_to_another_host_only_if_asked_and_without_headers() {
    let other = Service::new(&[
        ("/part.json", r##"{"type":"string"}"##),
        ("/api.yaml", &api_with("part.json")),
    ]);
    let service = Service::new(&[
        ("/api.yaml", &api_with("part.json")),
        ("/part.json", &format!("->{}/part.json", other.root)),
        ("/moved.yaml", &format!("->{}/api.yaml", other.root)),
        ("/loop.yaml", "->/loop.yaml"),
        ("/file.yaml", "->file:///etc/passwd"),
    ]);
    let folder = Folder::new();
    let url = format!("{}/api.yaml", service.root);
    let fetch = ["fetch", &url, "--out", "api.yaml", "--header", "x-key: secret"];
    let (_, shown) = folder.exits(1, &fetch);
    assert!(shown.contains("another host") && shown.contains("--other-hosts"), "{shown}");
    assert!(other.asked().is_empty() && !folder.path("api.yaml").exists());
    folder.exits(0, &[&fetch[..], &["--other-hosts"]].concat());
    assert_eq!(other.asked(), set(&["/part.json"]), "without the header");
    // The document itself may be elsewhere; what it refers to is then on another host.
    let url = format!("{}/moved.yaml", service.root);
    let fetch = ["fetch", &url, "--out", "moved.yaml", "--header", "x-key: secret"];
    let (_, shown) = folder.exits(1, &fetch);
    assert!(shown.contains("another host"), "{shown}");
    assert_eq!(other.asked(), set(&["/api.yaml"]), "without the header");
    for (path, expected) in [("loop.yaml", "more than 10 times"), ("file.yaml", "neither an http")]
    {
        let url = format!("{}/{path}", service.root);
        let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "x.yaml"]);
        assert!(shown.contains(expected), "{shown}");
    }
}

#[test]
fn fetch_writes_no_two_files_that_are_one_elsewhere_and_no_hidden_ones() {
    let two = |one: &str, other: &str| format!("{}    B: {{$ref: {other}}}\n", api_with(one));
    let part = "{type: string}";
    let service = Service::new(&[
        ("/case.yaml", &two("Part.json", "part.json")),
        ("/record.yaml", &two("part.json", "part.json.etag")),
        ("/folder.yaml", &two("part.json", "Part.json/x.json")),
        ("/hidden.yaml", &two(".git/config", "parts/.env")),
        ("/Part.json", part),
        ("/part.json", part),
        ("/part.json.etag", part),
        ("/Part.json/x.json", part),
        ("/.git/config", part),
        ("/parts/.env", part),
    ]);
    let folder = Folder::new();
    for path in ["case.yaml", "record.yaml", "folder.yaml"] {
        let url = format!("{}/{path}", service.root);
        let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "out/api.yaml"]);
        assert!(shown.contains("art.json") && shown.contains("nothing was written"), "{shown}");
        assert!(files(&folder.path("out")).is_empty(), "{path}");
    }
    fs::create_dir_all(folder.path("out")).unwrap();
    let url = format!("{}/hidden.yaml", service.root);
    folder.exits(0, &["fetch", &url, "--out", "out/api.yaml"]);
    let saved = ["%2Egit/config", "api.yaml", "parts/%2Eenv"];
    assert_eq!(files(&folder.path("out")), set(&saved));
    let all = saved.map(|name| format!("out/{name}"));
    let (_, shown) = folder.exits(0, &["validate", &all[1], &all[0], &all[2]]);
    assert!(!shown.contains("missing-document"), "{shown}");
}

#[test]
fn fetch_shows_what_it_waits_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api.yaml", listener.local_addr().unwrap());
    thread::spawn(move || {
        // Silent until it was shown that it is, then gone.
        let stream = listener.accept().unwrap();
        thread::sleep(std::time::Duration::from_secs(5));
        drop(stream);
    });
    let (_, shown) = Folder::new().exits(1, &["fetch", &url, "--out", "api.yaml"]);
    assert!(shown.contains(&format!("waiting for {url}")), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_is_not_waited_for() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.yaml")).status();
    assert!(made.unwrap().success());
    let (_, shown) = folder.exits(1, &["validate", "pipe.yaml"]);
    assert!(shown.contains("pipe.yaml") && shown.contains("not a file"), "{shown}");
}

#[test]
fn what_is_shown_has_no_passwords_and_no_control_characters() {
    let folder = Folder::new();
    folder.write("api.yaml", &api_with("https://user:secret@example.com/a.yaml"));
    let (_, shown) = folder.exits(1, &["validate", "api.yaml"]);
    assert!(shown.contains("https://user:******@example.com/a.yaml"), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
    let schemas =
        "    A: {$ref: '#/components/schemas/Pe'}\n    \"Pet\\0\\e[31m\": {type: string}\n";
    folder.write("api.yaml", &format!("{API}components:\n  schemas:\n{schemas}"));
    let (_, shown) = folder.exits(1, &["validate", "api.yaml"]);
    assert!(!shown.contains(['\0', '\u{1b}']), "{shown}");
}

#[test]
fn fetch_shows_no_password_of_an_address() {
    let service = Service::new(&[
        ("/openapi.json", "<html><body>Sign in</body></html>"),
        ("/away.yaml", "->ftp://user:secret@example.com/"),
    ]);
    let host = service.root.trim_start_matches("http://");
    let folder = Folder::new();
    for (address, expected) in [
        (format!("user:secret@{host}/absent.yaml"), "absent.yaml answered 404"),
        (format!("user:secret@{host}/openapi.json"), "sent neither CSDL nor OpenAPI"),
        (format!("{host}/away.yaml"), "neither an http nor an https address"),
        ("user:secret@127.0.0.1:1/api.yaml".to_owned(), "cannot fetch"),
        ("user:secret@[::1/api.yaml".to_owned(), "is not a URL"),
    ] {
        let url = format!("http://{address}");
        let (_, shown) = folder.exits(1, &["fetch", &url, "--out", "out.yaml"]);
        assert!(shown.contains(expected) && shown.contains("user:******@"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[test]
fn fetch_logs_in_for_each_document_of_the_host_in_the_address() {
    let other = Service::new(&[("/b.yaml", "{type: string}")]);
    let service = Service::new(&[
        ("/api.yaml", &api_with("a.yaml#/items")),
        ("/a.yaml", &format!("{{items: {{$ref: '{}/b.yaml'}}}}", other.root)),
    ]);
    let folder = Folder::new();
    let url = service.root.replace("http://", "http://user:secret@") + "/api.yaml";
    folder.exits(0, &["fetch", &url, "--out", "out/", "--other-hosts"]);
    assert_eq!(service.asked(), set(&["/api.yaml+login", "/a.yaml+login"]));
    assert_eq!(other.asked(), set(&["/b.yaml"]));
    assert!(files(&folder.path("out")).iter().all(|name| !name.contains("secret")));
}

#[test]
fn a_file_is_suggested_only_for_one_of_nearly_the_same_name() {
    let folder = Folder::new();
    fs::create_dir(folder.path("parts")).unwrap();
    folder.write("unit.yaml", "A: {type: string}");
    folder.write("parts/pet.yaml", "A: {type: string}");
    let suggests = |reference: &str| {
        folder.write("api.yaml", &api_with(reference));
        let (_, shown) = folder.exits(1, &["validate", "api.yaml", "unit.yaml", "parts/pet.yaml"]);
        shown.lines().find_map(|line| Some(line.split_once("there is `")?.1.to_owned()))
    };
    assert_eq!(suggests("user.yaml#/A"), None);
    for near in ["pet.yaml#/A", "parts/pet.yml#/A", "parts/pets.yaml#/A"] {
        assert_eq!(suggests(near).as_deref(), Some("parts/pet.yaml`"), "{near}");
    }
}
