//! Whether a request on the wire is the one that a page shows.
//!
//! Enters: the page's request and what was sent. Leaves: each [`Difference`], and what is only equal by
//! its meaning. Must not know: how the request came about, or what its answer is.

mod expression;
mod headers;
mod path;
mod query;

use super::equality;
use super::json::Json;
use super::names::{Declaring, Names};
use super::record::Request;
use super::root::ServiceRoot;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A request as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// What two requests do not have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// In what they differ.
    pub(super) aspect: &'static str,
    /// How.
    pub(super) text: String,
}

impl Difference {
    fn new(aspect: &'static str, text: impl Into<String>) -> Self {
        Self { aspect, text: text.into() }
    }
}

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// What is different, the method first.
    pub(super) differences: Vec<Difference>,
    /// The query options that are only equal in meaning, and the members of the body whose names have another
    /// case on the page than in the schema.
    pub(super) by_meaning: Vec<String>,
}

/// What is needed to compare requests.
pub(super) struct Wire<'a> {
    /// Where the paths begin.
    pub(super) root: &'a ServiceRoot,
    /// The qualified names of all operations, whose namespace a path may leave out.
    pub(super) operations: &'a BTreeSet<String>,
    /// The names of members.
    pub(super) names: Names<'a>,
}

impl Wire<'_> {
    /// Compares what was sent with what a page shows. `declaring` is what declares the members of the
    /// body.
    pub(super) fn compare(
        &self,
        page: &Request,
        declaring: Option<&Declaring>,
        sent: &Sent,
    ) -> Comparison {
        let mut comparison = Comparison::default();
        if page.method != sent.method {
            let text = format!("{} in place of {}", sent.method, page.method);
            comparison.differences.push(Difference::new("method", text));
        }
        self.targets(page, sent, &mut comparison);
        let body = page.body_text();
        comparison.differences.extend(headers::differences(
            &page.headers,
            body.is_some(),
            &sent.headers,
        ));
        self.bodies(page, body.as_deref(), declaring, &sent.body, &mut comparison);
        comparison
    }

    fn targets(&self, page: &Request, sent: &Sent, comparison: &mut Comparison) {
        let Some(expected) = self.root.below(&page.url) else {
            let text = "the page's request goes to another service";
            return comparison.differences.push(Difference::new("path", text));
        };
        let Some(found) = self.root.strictly_below(&sent.uri) else {
            let text = format!("{} is not below the service root", sent.uri);
            return comparison.differences.push(Difference::new("path", text));
        };
        let divided = |text: &str| {
            let text = text.split('#').next().unwrap_or_default();
            let (path, query) = text.split_once('?').unwrap_or((text, ""));
            (path.to_owned(), query.to_owned())
        };
        let (expected_path, expected_query) = divided(expected);
        // A blank before the question mark is a typing error.
        let expected_path = expected_path.trim_end();
        let (found_path, found_query) = divided(found);
        let mut expected_query = query::printed(&expected_query);
        let mut found_query = query::sent(&found_query);
        let mut expected_parts = path::read(expected_path, self.operations, true);
        let mut found_parts = path::read(&found_path, self.operations, false);
        // An argument by alias is equal to one in place.
        path::resolve_aliases(&mut expected_parts, &mut expected_query);
        path::resolve_aliases(&mut found_parts, &mut found_query);
        comparison.differences.extend(path::difference(&expected_parts, &found_parts));
        query::compare(expected_query, found_query, comparison);
    }

    fn bodies(
        &self,
        page: &Request,
        expected: Option<&str>,
        declaring: Option<&Declaring>,
        found: &str,
        comparison: &mut Comparison,
    ) {
        let mut different =
            |text: String| comparison.differences.push(Difference::new("body", text));
        match (expected, &page.body) {
            (None, _) if found.is_empty() => {}
            (None, _) => different("the page has none".to_owned()),
            (Some(_), _) if found.is_empty() => different("there is none".to_owned()),
            (Some(_), Some(expected)) if page.body_kind == "json" => match Json::parse(found) {
                Ok(found) => {
                    let settled = declaring.map(|of| self.names.settled(of, expected, &found));
                    let (expected, renamed) = settled.unwrap_or((expected.clone(), Vec::new()));
                    equality::difference(&expected, &found).into_iter().for_each(different);
                    comparison.by_meaning.extend(renamed);
                }
                Err(error) => different(format!("it is not JSON: {error}")),
            },
            (Some(expected), _) if expected.trim_end() == found.trim_end() => {}
            (Some(_), _) => different("the text is another".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::*;
    use std::collections::BTreeMap;

    fn page(method: &str, url: &str) -> Request {
        Request {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: BTreeMap::new(),
            body: None,
            body_text: None,
            body_kind: "none".to_owned(),
        }
    }

    fn sent(method: &str, uri: &str) -> Sent {
        Sent { method: method.to_owned(), uri: uri.to_owned(), ..Sent::default() }
    }

    fn compared(page: &Request, sent: &Sent) -> Comparison {
        let root = ServiceRoot::new("https://a.example/v1").unwrap();
        let operations = BTreeSet::from(["n.delta".to_owned(), "n.range".to_owned()]);
        let model = names::tests::model();
        let wire = Wire { root: &root, operations: &operations, names: Names::new(&model) };
        wire.compare(page, Some(&Declaring::Parameters("n.send".to_owned())), sent)
    }

    fn aspects(page: &Request, sent: &Sent) -> Vec<&'static str> {
        compared(page, sent).differences.iter().map(|one| one.aspect).collect()
    }

    #[test]
    fn the_target_counts() {
        for (url, uri, expected) in [
            ("https://a.example/v1/users/{id}", "https://a.example/v1/users/%7Bid%7D", &[][..]),
            ("/users?$top=1", "https://a.example/v1/users?$top=1", &[]),
            (" https://a.example/v1/users ?$top=1", "https://a.example/v1/users?$top=1", &[]),
            ("/n.delta", "https://a.example/v1/delta", &[]),
            ("/o.delta", "https://a.example/v1/delta", &["path"]),
            ("https://a.example/v2/users", "https://a.example/v1/users", &[]),
            ("https://a.example/v1/users", "https://a.example/v2/users", &["path"]),
            ("https://a.example/v1/users", "https://b.example/v1/users", &["path"]),
            ("https://b.example/v1/users", "https://a.example/v1/users", &["path"]),
            ("/users", "https://a.example/v1/users?$top=1", &["query"]),
            ("/users?$top=1", "https://a.example/v1/users", &["query"]),
            ("/x/range(a=@p)?@p='1'", "https://a.example/v1/x/range(a='1')", &[]),
            ("/x/range(a='1')", "https://a.example/v1/x/n.range(a=@p)?@p=%221%22", &[]),
            ("/x/range(a='1')", "https://a.example/v1/x/n.range(a=@p)?@p=1", &["path"]),
            ("/x/range(a='1')", "https://a.example/v1/x/range(a='1')?@p=1", &["query"]),
        ] {
            assert_eq!(aspects(&page("GET", url), &sent("GET", uri)), expected, "{url} {uri}");
        }
        assert_eq!(
            aspects(&page("GET", "/users"), &sent("POST", "https://a.example/v1/groups")),
            ["method", "path"]
        );
    }

    #[test]
    fn the_body_counts() {
        let uri = "https://a.example/v1/users";
        let mut json = page("POST", "/users");
        json.body = Some(Json::parse(r#"{"a":1.0,"b":null}"#).unwrap());
        json.body_kind = "json".to_owned();
        let mut text = page("POST", "/users");
        text.body_text = Some("a\n".to_owned());
        text.body_kind = "text".to_owned();
        let none = page("POST", "/users");
        for (page, body, differs) in [
            (&json, r#"{"a":1}"#, false),
            (&json, r#"{"a":2}"#, true),
            (&json, "a", true),
            (&json, "", true),
            (&text, "a", false),
            (&text, "b", true),
            (&none, "", false),
            (&none, "{}", true),
        ] {
            let sent = Sent { body: body.to_owned(), ..sent("POST", uri) };
            let expected: &[&str] = if differs { &["body"] } else { &[] };
            assert_eq!(aspects(page, &sent), expected, "{body}");
        }
    }

    #[test]
    fn a_name_in_another_case_is_reported_as_such() {
        let mut page = page("POST", "/send");
        page.body = Some(Json::parse(r#"{"message":{"subject":"a"}}"#).unwrap());
        page.body_kind = "json".to_owned();
        let sent = |body: &str| Sent {
            body: body.to_owned(),
            ..sent("POST", "https://a.example/v1/send")
        };
        let Comparison { differences, by_meaning } =
            compared(&page, &sent(r#"{"Message":{"Subject":"a"}}"#));
        assert_eq!(differences, []);
        assert_eq!(by_meaning, ["Subject for subject", "Message for message"]);
        assert_eq!(aspects(&page, &sent(r#"{"MESSAGE":{"Subject":"a"}}"#)), ["body"]);
    }
}
