//! Which operations of a document were called.
//!
//! Enters: a document, and the requests that were sent, a method and a path a line. Leaves: the operations and
//! how often each was called. Must not know: the service.

use super::super::workspace::failed;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// So many operations are called at least.
const FEWEST: usize = 170;

/// The operations of a document, `GET /flows/{id}`, and how often each was called.
pub(super) struct Coverage {
    calls: BTreeMap<String, usize>,
    /// Requests of no operation.
    unknown: Vec<String>,
}

/// Reads the document and the requests, whose paths begin with `base`.
pub(super) fn read(document: &Path, requests: &Path, base: &str) -> Result<Coverage, String> {
    let text = fs::read_to_string(document).map_err(|error| failed(document, &error))?;
    let document: Value = serde_json::from_str(&text).map_err(|error| failed(document, &error))?;
    let requests = fs::read_to_string(requests).map_err(|error| failed(requests, &error))?;
    Ok(Coverage::new(&document, requests.lines(), base))
}

impl Coverage {
    fn new<'r>(document: &Value, requests: impl Iterator<Item = &'r str>, base: &str) -> Self {
        let mut calls = BTreeMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            let methods = item.as_object().into_iter().flat_map(|item| item.keys());
            calls.extend(methods.map(|method| (format!("{} {path}", method.to_uppercase()), 0)));
        }
        let mut unknown = Vec::new();
        for request in requests {
            let found = request.split_once(' ').and_then(|(method, path)| {
                let operation = format!("{method} {}", path.strip_prefix(base)?);
                let candidates = calls.keys().filter(|one| is_of(&operation, one));
                // Of several paths the one with the fewest variables is meant.
                candidates.min_by_key(|one| one.matches('{').count()).cloned()
            });
            match found.and_then(|found| calls.get_mut(&found)) {
                Some(count) => *count += 1,
                None => unknown.push(request.to_owned()),
            }
        }
        Self { calls, unknown }
    }

    /// Prints what was called and what was not. Returns whether it was enough.
    pub(super) fn print(&self) -> bool {
        let called = self.calls.values().filter(|count| **count > 0).count();
        let requests: usize = self.calls.values().sum();
        println!("called   {called} of {} operations, in {requests} requests", self.calls.len());
        for (operation, _) in self.calls.iter().filter(|(_, count)| **count == 0) {
            println!("not      {operation}");
        }
        for request in &self.unknown {
            println!("unknown  {request}");
        }
        called >= FEWEST && self.unknown.is_empty()
    }
}

/// Whether a request is one of an operation, both with their method.
fn is_of(request: &str, operation: &str) -> bool {
    let (mut segments, mut templates) = (request.split('/'), operation.split('/'));
    loop {
        match (segments.next(), templates.next()) {
            (None, None) => return true,
            (Some(segment), Some(template)) => {
                let is_variable = template.starts_with('{') && !segment.is_empty();
                if !is_variable && segment != template {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;
    use serde_json::json;

    #[test]
    fn requests_are_those_of_the_path_with_the_fewest_variables() {
        let paths = json!({ "paths": {
            "/flows/": { "post": {} },
            "/flows/{id}": { "get": {}, "delete": {} },
            "/flows/count": { "get": {} },
            "/{any}/count": { "get": {} },
        } });
        let requests = [
            "GET /api/flows/count",
            "GET /api/flows/7",
            "GET /api/flows/8",
            "GET /api/flows/",
            "PUT /x",
        ];
        let coverage = Coverage::new(&paths, requests.into_iter(), "/api");
        let called = coverage.calls.iter().filter(|(_, count)| **count > 0);
        let called: Vec<(&str, usize)> =
            called.map(|(one, count)| (one.as_str(), *count)).collect();
        assert_eq!(called, [("GET /flows/count", 1), ("GET /flows/{id}", 2)]);
        assert_eq!(coverage.unknown, ["GET /api/flows/", "PUT /x"]);
        assert_eq!(coverage.calls.len(), 5);
    }
}
