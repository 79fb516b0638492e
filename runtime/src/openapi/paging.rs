//! How the pages of a list follow one another.
//!
//! Enters: the rule of an operation, the request for a page, and its answer. Leaves: the request for the next
//! page. It sends nothing.

use super::operation::Operation;
use super::{links, reaching, reading};
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
    /// The input with the largest number of items of a page; empty if there is none.
    limit: &'static str,
    /// Where the body has whether there are more pages; empty if it does not.
    more: &'static str,
    /// Where the body has the number of all pages; empty if it does not.
    pages: &'static str,
    /// Whether inputs are at JSON pointers in the body of the request, and not in its query.
    in_body: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    OnePage,
    LinkHeader,
    NextLink(&'static str),
    NextPath(&'static str),
    Cursor { input: &'static str, pointer: &'static str },
    Offset(&'static str),
    Page { input: &'static str, first: u64 },
}

impl Paging {
    const fn new(rule: Rule) -> Self {
        Self { rule, limit: "", more: "", pages: "", in_body: false }
    }

    /// All items are on one page.
    #[must_use]
    pub const fn one_page() -> Self {
        Self::new(Rule::OnePage)
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

    /// The body has the path of the next page, at a JSON pointer. It is below the address of the service, with or
    /// without the path of that.
    #[must_use]
    pub const fn next_path(pointer: &'static str) -> Self {
        Self::new(Rule::NextPath(pointer))
    }

    /// The body has a cursor, at a JSON pointer, which is sent in a parameter of the query.
    #[must_use]
    pub const fn cursor(parameter: &'static str, pointer: &'static str) -> Self {
        Self::new(Rule::Cursor { input: parameter, pointer })
    }

    /// A parameter of the query is the number of items before the page. The page without items is the last.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Rule::Offset(parameter))
    }

    /// A parameter of the query is the number of the page. The page without items is the last.
    #[must_use]
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(Rule::Page { input: parameter, first })
    }

    /// The same, where a parameter of the query is the largest number of items of a page, so that one with
    /// fewer is the last.
    #[must_use]
    pub const fn with_limit(self, limit: &'static str) -> Self {
        Self { limit, ..self }
    }

    /// The same, where the body has, at a JSON pointer, whether there are more pages.
    #[must_use]
    pub const fn with_more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// The same, where the body has, at a JSON pointer, how many pages there are.
    #[must_use]
    pub const fn with_pages(self, pages: &'static str) -> Self {
        Self { pages, ..self }
    }

    /// The same, where the names of parameters are JSON pointers to members of the body of the request.
    #[must_use]
    pub const fn in_body(self) -> Self {
        Self { in_body: true, ..self }
    }

    /// The request for the page after one with so many items; `None` after the last one.
    pub(super) fn next<T>(
        &self,
        request: &Request<T>,
        answered: &Answered<'_>,
        items: usize,
    ) -> Option<Request<T>> {
        let more = self.more(answered);
        if more == Some(false) {
            return None;
        }
        let headers = answered.response().headers();
        match self.rule {
            Rule::OnePage => None,
            Rule::LinkHeader => followed(request, answered, &links::target(headers, "next")?),
            Rule::NextLink(pointer) => followed(request, answered, &text_at(answered, pointer)?),
            Rule::NextPath(pointer) => {
                let path = text_at(answered, pointer)?;
                followed(request, answered, &below_root(request, path))
            }
            Rule::Cursor { input, pointer } => {
                self.turned(request, input, &cursor_at(answered, pointer)?)
            }
            Rule::Offset(input) => {
                let offset = self.number(request, input).unwrap_or_default();
                let next = offset.checked_add(u64::try_from(items).ok()?)?;
                let has_more = more.unwrap_or_else(|| self.may_have_more(request, items));
                self.turned(request, input, &next.to_string()).filter(|_| has_more)
            }
            Rule::Page { input, first } => {
                let next = self.number(request, input).unwrap_or(first).checked_add(1)?;
                let pages = number_at(answered, self.pages);
                let has_more = more
                    .or_else(|| Some(next.saturating_sub(first) < pages?))
                    .unwrap_or_else(|| self.may_have_more(request, items));
                self.turned(request, input, &next.to_string()).filter(|_| has_more)
            }
        }
    }

    /// Whether there are more pages, if the body has that.
    fn more(&self, answered: &Answered<'_>) -> Option<bool> {
        if self.more.is_empty() {
            return None;
        }
        value_at(answered, self.more)?.parse().ok()
    }

    /// Whether there may be items after a page with so many.
    fn may_have_more<T>(&self, request: &Request<T>, items: usize) -> bool {
        let limit = Some(self.limit).filter(|limit| !limit.is_empty());
        let limit = limit.and_then(|limit| self.number(request, limit)).unwrap_or(1);
        u64::try_from(items).is_ok_and(|items| items > 0 && items >= limit)
    }

    /// The number in an input.
    fn number<T>(&self, request: &Request<T>, input: &str) -> Option<u64> {
        let call = request.call();
        if !self.in_body {
            return call.query_value(input)?.parse().ok();
        }
        let body = std::str::from_utf8(call.body().bytes()?).ok()?;
        reaching::at(body, input)?.trim_matches('"').parse().ok()
    }

    /// The same request with another value of an input, which is JSON. `None` if the body is not JSON that has a
    /// place for it.
    fn turned<T>(&self, request: &Request<T>, input: &str, value: &str) -> Option<Request<T>> {
        if !self.in_body {
            return Some(request.clone().with_query_pair(input, &plain(value)?));
        }
        let body = std::str::from_utf8(request.call().body().bytes()?).ok()?;
        Some(request.clone().with_content(reaching::with(body, input, value)?.into()))
    }
}

/// The rule of the operation that a request calls.
pub(super) fn of<T>(request: &Request<T>) -> Option<&'static Paging> {
    request.call().context::<Operation>()?.paging
}

/// The request for a link, which is relative to the address of the answer.
fn followed<T>(request: &Request<T>, answered: &Answered<'_>, target: &str) -> Option<Request<T>> {
    let root = answered.call().root(answered.client());
    let foreign_to = Some(root).filter(|_| answered.is_foreign());
    let whole = answered.url().and_then(|base| link::absolute(&base, target, foreign_to));
    Some(request.followed(whole.as_deref().unwrap_or(target)))
}

/// A path below the address of the service, as an address on its origin.
fn below_root<T>(request: &Request<T>, path: String) -> String {
    let root = request.call().root(request.client()).as_str();
    let base = url::Url::parse(root).map(|url| url.path().trim_end_matches('/').to_owned());
    let base = base.unwrap_or_default();
    let is_path = path.starts_with('/') && !path.starts_with("//");
    let is_below = path.strip_prefix(&base).is_some_and(|rest| rest.starts_with(['/', '?']));
    match is_path && !is_below {
        true => [&base, &path].map(String::as_str).concat(),
        false => path,
    }
}

/// The text at a place of the body; `None` if it is empty or not there.
fn text_at(answered: &Answered<'_>, pointer: &str) -> Option<String> {
    plain(&cursor_at(answered, pointer)?).filter(|text| !text.is_empty())
}

/// The number at a place of the body.
fn number_at(answered: &Answered<'_>, pointer: &str) -> Option<u64> {
    Some(pointer).filter(|pointer| !pointer.is_empty())?;
    text_at(answered, pointer)?.parse().ok()
}

/// The text or the number at a place of the body, as JSON; `None` if it is empty or not there.
fn cursor_at(answered: &Answered<'_>, pointer: &str) -> Option<String> {
    value_at(answered, pointer).filter(|value| !matches!(value.as_str(), "true" | "false"))
}

/// The scalar at a place of the body, as JSON; `None` if it is null, an empty text or not there.
fn value_at(answered: &Answered<'_>, pointer: &str) -> Option<String> {
    let operation: Option<&Operation> = answered.call().context();
    let xml = operation.and_then(|operation| operation.xml_answer.as_ref());
    let body = reading::json(answered.response().headers(), answered.body(), xml).ok()?;
    let value = reaching::at(&body, pointer)?;
    let is_scalar = !value.starts_with(['{', '[']) && value != "null" && value != "\"\"";
    is_scalar.then(|| value.to_owned())
}

/// The text of a scalar of JSON.
fn plain(value: &str) -> Option<String> {
    match value.starts_with('"') {
        true => serde_json::from_str(value).ok(),
        false => Some(value.to_owned()),
    }
}
