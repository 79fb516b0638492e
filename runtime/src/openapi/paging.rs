//! How the pages of a list follow one another.
//!
//! Enters: the rule of an operation, the request for a page, and its answer. Leaves: the request for the next
//! page. It sends nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::operation::Operation;
use super::{links, reading};
use crate::web::answer::Answered;
use crate::web::link;
use crate::web::request::Request;

/// How the pages of an operation follow one another.
///
/// ```
/// use schemacrate_runtime::codegen::{Operation, Paging, Parameter};
///
/// const LIST: Operation = Operation::new("GET", "/issues")
///     .with_parameters(&[Parameter::query("offset"), Parameter::query("limit")])
///     .with_paging(&Paging::offset("offset").with_limit("limit"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    rule: Rule,
    /// The parameter of the query with the largest number of items of a page; empty if there is none.
    limit: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    LinkHeader,
    NextLink(&'static str),
    Cursor { parameter: &'static str, pointer: &'static str },
    Offset(&'static str),
    Page { parameter: &'static str, first: u64 },
}

impl Paging {
    const fn new(rule: Rule) -> Self {
        Self { rule, limit: "" }
    }

    /// The header `Link` has the next page, by its relation `next`.
    #[must_use]
    pub const fn link_header() -> Self {
        Self::new(Rule::LinkHeader)
    }

    /// The body has the address of the next page, at a JSON pointer.
    #[must_use]
    pub const fn next_link(pointer: &'static str) -> Self {
        Self::new(Rule::NextLink(pointer))
    }

    /// The body has a cursor, at a JSON pointer, which is sent in a parameter of the query.
    #[must_use]
    pub const fn cursor(parameter: &'static str, pointer: &'static str) -> Self {
        Self::new(Rule::Cursor { parameter, pointer })
    }

    /// A parameter of the query is the number of items before the page. The page without items is the last.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Rule::Offset(parameter))
    }

    /// A parameter of the query is the number of the page. The page without items is the last.
    #[must_use]
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(Rule::Page { parameter, first })
    }

    /// The same, where a parameter of the query is the largest number of items of a page, so that one with
    /// fewer is the last.
    #[must_use]
    pub const fn with_limit(self, limit: &'static str) -> Self {
        Self { limit, ..self }
    }

    /// The request for the page after one with so many items; `None` after the last one.
    pub(super) fn next<T>(
        &self,
        request: &Request<T>,
        answered: &Answered<'_>,
        items: usize,
    ) -> Option<Request<T>> {
        let headers = answered.response().headers();
        match self.rule {
            Rule::LinkHeader => followed(request, answered, &links::target(headers, "next")?),
            Rule::NextLink(pointer) => followed(request, answered, &text_at(answered, pointer)?),
            Rule::Cursor { parameter, pointer } => {
                Some(request.clone().with_query_pair(parameter, &text_at(answered, pointer)?))
            }
            Rule::Offset(parameter) => {
                let offset = number(request, parameter).unwrap_or_default();
                let next = offset.checked_add(u64::try_from(items).ok()?)?;
                self.has_more(request, items).then(|| turned(request, parameter, next))
            }
            Rule::Page { parameter, first } => {
                let next = number(request, parameter).unwrap_or(first).checked_add(1)?;
                self.has_more(request, items).then(|| turned(request, parameter, next))
            }
        }
    }

    /// Whether there may be items after a page with so many.
    fn has_more<T>(&self, request: &Request<T>, items: usize) -> bool {
        let limit = Some(self.limit).filter(|limit| !limit.is_empty());
        let limit = limit.and_then(|limit| number(request, limit)).unwrap_or(1);
        u64::try_from(items).is_ok_and(|items| items > 0 && items >= limit)
    }
}

/// The rule of the operation that a request calls.
pub(super) fn of<T>(request: &Request<T>) -> Option<&'static Paging> {
    request.call().context::<Operation>()?.paging
}

fn turned<T>(request: &Request<T>, parameter: &str, number: u64) -> Request<T> {
    request.clone().with_query_pair(parameter, &number.to_string())
}

/// The number in a parameter of the query.
fn number<T>(request: &Request<T>, parameter: &str) -> Option<u64> {
    request.call().query_value(parameter)?.parse().ok()
}

/// The request for a link, which is relative to the address of the answer.
fn followed<T>(request: &Request<T>, answered: &Answered<'_>, target: &str) -> Option<Request<T>> {
    let root = answered.call().root(answered.client());
    let foreign_to = Some(root).filter(|_| answered.is_foreign());
    let whole = answered.url().and_then(|base| link::absolute(&base, target, foreign_to));
    Some(request.followed(whole.as_deref().unwrap_or(target)))
}

/// The text at a place of the body; `None` if it is empty or not there.
fn text_at(answered: &Answered<'_>, pointer: &str) -> Option<String> {
    let operation: Option<&Operation> = answered.call().context();
    let xml = operation.and_then(|operation| operation.xml_answer.as_ref());
    let body = reading::json(answered.response().headers(), answered.body(), xml).ok()?;
    let value = at(&body, pointer)?;
    let text = match value.as_bytes().first()? {
        b'"' => serde_json::from_str(value).ok()?,
        b'0'..=b'9' | b'-' => value.to_owned(),
        _ => return None,
    };
    Some(text).filter(|text: &String| !text.is_empty())
}

/// The JSON at a pointer (RFC 6901).
fn at<'j>(json: &'j str, pointer: &str) -> Option<&'j str> {
    let mut value: &RawValue = serde_json::from_str(json).ok()?;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        value = if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.into_iter().nth(name.parse().ok()?)?
        } else {
            let members: BTreeMap<Cow<'_, str>, &RawValue> =
                serde_json::from_str(value.get()).ok()?;
            members.get(name.as_str()).copied()?
        };
    }
    Some(value.get())
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn a_place_is_found_by_its_pointer() {
        let json = r#"{"a":{"b/c~":[1,{"d":"x"}]},"":null}"#;
        for (pointer, expected) in [
            ("/a/b~1c~0/1/d", Some("\"x\"")),
            ("/a/b~1c~0/0", Some("1")),
            ("/", Some("null")),
            ("", Some(json)),
            ("/a/e", None),
            ("/a/b~1c~0/2", None),
            ("/a/b~1c~0/x", None),
            ("/a/b~1c~0/1/d/e", None),
        ] {
            assert_eq!(at(json, pointer), expected, "{pointer}");
        }
    }
}
