//! `--parameters`: values of parameters in every style, as generated clients write them.
//!
//! Enters: cases, each with a parameter, a value, and what has to be written for it. Leaves: for each version of
//! OpenAPI that has the case, whether the request of a generated client has this. Must not know: how a style is
//! written.
//!
//! The cases of a version are one document with an operation for each, so one crate; its program reads each
//! value by the type of the parameter, gives it to the method, and prints the request.

use super::packages::Packages;
use super::values;
use schemacrate::Build;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The name of the tag, and so of the group of methods.
const GROUP: &str = "styles";

/// A parameter with a value.
pub(super) struct Case {
    fields: Json,
    /// The value, with its members in order and its digits.
    value: Box<RawValue>,
    /// The schema, with its members in order.
    schema: Box<RawValue>,
}

impl Case {
    fn text(&self, field: &str) -> Option<&str> {
        self.fields[field].as_str()
    }

    fn place(&self) -> &str {
        self.text("in").unwrap_or_default()
    }

    fn versions(&self) -> impl Iterator<Item = &str> {
        self.fields["spec"].as_array().into_iter().flatten().filter_map(Json::as_str)
    }

    /// Its number is its method, its path and the name of its schema.
    fn id(number: usize) -> String {
        format!("n{number}")
    }

    /// The path of its operation. A value in the style `label` may be a single dot, which no segment can be.
    fn path(&self, number: usize) -> String {
        let (id, name) = (Self::id(number), self.text("name").unwrap_or_default());
        match (self.place(), self.text("style")) {
            ("path", Some("label")) => format!("/{id}/v{{{name}}}"),
            ("path", _) => format!("/{id}/{{{name}}}"),
            _ => format!("/{id}"),
        }
    }

    fn parameter(&self, number: usize, version: &str) -> Json {
        let mut parameter = Map::new();
        for field in ["name", "in", "collectionFormat", "style", "explode", "allowReserved"] {
            let value = &self.fields[field];
            // What the place cannot have is only in the cases because they all have it.
            if !value.is_null() && *value != json!(false)
                || field == "explode" && value.is_boolean()
            {
                parameter.insert(field.to_owned(), value.clone());
            }
        }
        parameter.insert("required".to_owned(), json!(true));
        let schema = json!({ "$ref": format!("#/components/schemas/{}", Self::id(number)) });
        match (version, self.text("content")) {
            ("2.0", _) => {
                parameter.extend(self.fields["schema"].as_object().cloned().unwrap_or_default())
            }
            (_, Some(media_type)) => {
                parameter.insert("content".to_owned(), json!({ media_type: { "schema": schema } }));
            }
            (_, None) => _ = parameter.insert("schema".to_owned(), schema),
        }
        Json::Object(parameter)
    }

    /// Whether what a client wrote, or that it refused to, is right.
    fn is_right(&self, written: &Result<String, String>) -> bool {
        let notes = self.fields["notes"].to_string();
        let accepted = self.fields["also_acceptable"].as_array().into_iter().flatten();
        let mut expected = accepted.chain([&self.fields["expect"]]).filter_map(Json::as_str);
        match written {
            Ok(text) if self.fields["expect"].is_string() => expected.any(|expected| {
                // By the letter of RFC 6570 a `#` would end the query of an address.
                expected == text || self.place() == "query" && expected.replace('#', "%23") == *text
            }),
            // Anything may be written for what is undefined, but not for what cannot be sent.
            Ok(_) => !notes.contains("must be refused"),
            Err(_) => notes.contains("refus"),
        }
    }
}

/// The cases of a file, one a line.
pub(super) fn read(path: &Path) -> Result<Vec<Case>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: {}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    let mut cases = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let raw: BTreeMap<String, Box<RawValue>> =
            serde_json::from_str(line).map_err(|error| failed(&error))?;
        let part = |name: &str| {
            raw.get(name).cloned().ok_or_else(|| failed(&format!("a case has no `{name}`")))
        };
        let fields = serde_json::from_str(line).map_err(|error| failed(&error))?;
        cases.push(Case { fields, value: part("value")?, schema: part("schema")? });
    }
    Ok(cases)
}

/// Makes and runs the clients of all versions. Returns whether every case is right.
pub(super) fn judge(packages: &Packages, cases: &[Case]) -> Result<bool, String> {
    let mut versions: Vec<&str> = cases.iter().flat_map(Case::versions).collect();
    versions.sort_unstable();
    versions.dedup();
    let mut is_right = true;
    println!("| version | cases | right |\n|---|--:|--:|");
    let mut wrong = String::new();
    for version in versions {
        let of_version: Vec<(usize, &Case)> = cases
            .iter()
            .enumerate()
            .filter(|(_, case)| case.versions().any(|one| one == version))
            .collect();
        let written = packages.written(version, &of_version)?;
        let mut right = 0;
        for ((_, case), written) in of_version.iter().zip(&written) {
            if case.is_right(written) {
                right += 1;
            } else {
                is_right = false;
                let id = case.text("id").unwrap_or_default();
                let expected = &case.fields["expect"];
                let _ = writeln!(wrong, "{version} {id}: {written:?} in place of {expected}");
            }
        }
        println!("| {version} | {} | {right} |", of_version.len());
    }
    eprint!("{wrong}");
    Ok(is_right)
}

/// The document with the operations of all cases.
pub(super) fn document(version: &str, cases: &[(usize, &Case)]) -> String {
    let mut paths = Map::new();
    let mut schemas = BTreeMap::new();
    for (number, case) in cases {
        let operation = json!({
            "operationId": Case::id(*number),
            "tags": [GROUP],
            "parameters": [case.parameter(*number, version)],
            "responses": { "204": { "description": "It was read." } },
        });
        paths.insert(case.path(*number), json!({ "get": operation }));
        schemas.insert(Case::id(*number), &case.schema);
    }
    let info = json!({ "title": "Styles", "version": "1" });
    let schemas = serde_json::to_string(&schemas).unwrap_or_default();
    let (head, schemas) = if version == "2.0" {
        let head = json!({ "swagger": "2.0", "info": info, "host": "styles.example",
            "schemes": ["https"], "paths": paths });
        (head, format!("\"definitions\":{schemas}"))
    } else {
        let head = json!({ "openapi": format!("{version}.0"), "info": info,
            "servers": [{ "url": "https://styles.example" }], "paths": paths });
        (head, format!("\"components\":{{\"schemas\":{schemas}}}"))
    };
    // A value of serde_json would have the members of the schemas in another order.
    let head = head.to_string();
    format!("{},{schemas}}}", head.strip_suffix('}').unwrap_or(&head))
}

/// The program that prints the request of each case.
pub(super) fn program(package: &str, build: &Build, cases: &[(usize, &Case)]) -> String {
    let types = values::types(build);
    let mut calls = String::new();
    for (number, case) in cases {
        let id = Case::id(*number);
        let pointers = ["/components/schemas/", "/definitions/"];
        let of = pointers.iter().find_map(|one| types.get(&format!("{one}{id}")));
        let of = of.map_or("runtime::model::Untyped", String::as_str);
        let _ = writeln!(
            calls,
            "    show({:?}, {:?}, {number}, value::<{of}>({:?}).and_then(|value| sent(client.{GROUP}().{id}(value))));",
            if case.text("style") == Some("label") { "label" } else { case.place() },
            case.text("name").unwrap_or_default(),
            case.value.get(),
        );
    }
    format!(
        "//! Prints the requests of values.\n#![allow(unused, clippy::all)]\n\nuse {package}::{{Client, types}};\n{PROGRAM}\n\
         fn main() {{\n    let client = Client::builder().build().expect(\"a client\");\n{calls}}}\n",
        package = package.replace('-', "_")
    )
}

const PROGRAM: &str = r#"use schemacrate_runtime as runtime;
use runtime::{codegen, http};

fn value<T: codegen::Value>(json: &str) -> Result<T, String> {
    codegen::received::<T>(json.as_bytes()).map(|value| value.into_value()).map_err(|error| error.to_string())
}

type Parts = (http::Uri, http::HeaderMap);

fn sent<T>(request: runtime::Request<T>) -> Result<Parts, String> {
    let request = request.to_http().map_err(|error| error.to_string())?;
    Ok((request.uri().clone(), request.headers().clone()))
}

fn show(place: &str, name: &str, number: usize, request: Result<Parts, String>) {
    let written = request.map(|(address, headers)| {
        let header = |name: &str| {
            let value = headers.get(name);
            value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
        };
        match place {
            "label" => address.path().replacen(&format!("/n{number}/v"), "", 1),
            "path" => address.path().replacen(&format!("/n{number}/"), "", 1),
            "query" => address.query().unwrap_or_default().to_owned(),
            "cookie" => header("cookie"),
            _ => header(name),
        }
    });
    match written {
        Ok(text) => println!("ok\t{text}"),
        Err(why) => println!("refused\t{}", why.replace('\n', " ")),
    }
}
"#;

/// What the program printed: a line for each case.
pub(super) fn printed(text: &str, cases: usize) -> Result<Vec<Result<String, String>>, String> {
    let line = |line: &str| match line.split_once('\t') {
        Some(("ok", text)) => Ok(text.to_owned()),
        Some((_, why)) => Err(why.to_owned()),
        None => Err(line.to_owned()),
    };
    let written: Vec<_> = text.lines().map(line).collect();
    match written.len() == cases {
        true => Ok(written),
        false => Err(format!("error: {} lines for {cases} cases\n{text}", written.len())),
    }
}
