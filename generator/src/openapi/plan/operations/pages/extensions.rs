//! What extensions specify of pages.
//!
//! Enters: `x-ms-pageable`, `x-speakeasy-pagination`, `x-fern-pagination`, `x-dropshot-pagination`. Leaves: what
//! they describe. Must not know: whether the operation has that.

use super::way::pointer;
use super::{Described, Listing, is_address};
use crate::crate_plan::{Paging, PagingRule};
use crate::node::Node;

/// What the first extension about pages describes.
pub(super) fn of(listing: &Listing<'_, '_>) -> Option<Described> {
    let of = |name: &str| extension(listing, name);
    let of_microsoft = || listing.of_microsoft(of("x-ms-pageable")?);
    let of_speakeasy = || listing.of_speakeasy(of("x-speakeasy-pagination")?);
    let of_fern = || listing.of_fern(of("x-fern-pagination")?);
    let of_dropshot = || of("x-dropshot-pagination").map(|_| of_dropshot());
    of_microsoft().or_else(of_speakeasy).or_else(of_fern).or_else(of_dropshot)
}

/// Whether an extension specifies something about pages, also if it is that there are none.
pub(super) fn is_any(listing: &Listing<'_, '_>) -> bool {
    let all =
        ["x-ms-pageable", "x-speakeasy-pagination", "x-fern-pagination", "x-dropshot-pagination"];
    all.iter().any(|name| extension(listing, name).is_some())
}

fn extension<'t>(listing: &Listing<'t, '_>, name: &str) -> Option<Node<'t>> {
    listing.table.extension(&listing.operation().extensions, name)
}

impl Listing<'_, '_> {
    /// The JSON pointer to a place in a page.
    fn place(&self, path: &str) -> String {
        pointer(&self.way(self.page, path))
    }

    /// `{nextLinkName: nextLink, itemName: value, operationName: next}`
    fn of_microsoft(&self, node: Node<'_>) -> Option<Described> {
        let text = |name: &str| node.get(name).and_then(Node::text).filter(|text| !text.is_empty());
        // An operation for the further pages takes their address as a whole, or something else that is not one.
        let other = text("operationName").and_then(|id| {
            let model = &self.table.api.model;
            let is_it = |operation| {
                model.operations[operation].id.as_ref().is_some_and(|own| own.text == id)
            };
            let mut paths = model.paths.iter();
            paths.find(|path| model.items[path.item].operations.iter().any(|one| is_it(*one)))
        });
        let is_own = |path: &str| path == self.requested.path.template.text;
        let is_followed =
            other.is_none_or(|path| is_own(&path.template.text) || is_address(&path.template.text));
        // Null means that there is one page.
        let rule = match text("nextLinkName") {
            Some(next) if is_followed => PagingRule::NextLink(self.place(next)),
            Some(_) => return None,
            None => PagingRule::OnePage,
        };
        let items = self.way(self.page, text("itemName").unwrap_or("value"));
        Some(Described::new(rule, Some(items)))
    }

    /// `{type: cursor, inputs: [{name: cursor, in: parameters, type: cursor}], outputs: {results: $.items, …}}`
    fn of_speakeasy(&self, node: Node<'_>) -> Option<Described> {
        let text =
            |node: Node<'_>, name: &str| node.get(name).and_then(Node::text).map(str::to_owned);
        let inputs = || node.get("inputs").into_iter().flat_map(Node::items);
        let input = |kind: &str, in_body: bool| {
            let is_it = |one: &Node<'_>| {
                text(*one, "type").as_deref() == Some(kind)
                    && (text(*one, "in").as_deref() == Some("requestBody")) == in_body
            };
            let name = text(inputs().find(is_it)?, "name")?;
            Some(if in_body { pointer(&self.way(self.body, &name)) } else { name })
        };
        let outputs = node.get("outputs");
        let output = |name: &str| text(outputs?, name);
        let place = |name: &str| output(name).map(|path| self.place(&path));
        let in_body = |kind: &str| input(kind, false).is_none();
        let found = |kind: &str| input(kind, in_body(kind));
        let (rule, kind) = match text(node, "type")?.as_str() {
            "url" => (PagingRule::NextLink(place("nextUrl")?), ""),
            "cursor" => {
                let (parameter, pointer) = (found("cursor")?, place("nextCursor")?);
                (PagingRule::Cursor { parameter, pointer }, "cursor")
            }
            "offsetLimit" => match (found("offset"), found("page")) {
                (Some(offset), _) => (PagingRule::Offset(offset), "offset"),
                (None, Some(page)) => (PagingRule::Page(page, 1), "page"),
                (None, None) => return None,
            },
            _ => return None,
        };
        let in_body = !kind.is_empty() && in_body(kind);
        let limit = input("limit", in_body);
        let items = output("results").map(|path| self.way(self.page, &path));
        let described = Described::new(rule, items);
        let paging = Paging { limit, pages: place("numPages"), in_body, ..described.paging };
        Some(Described { paging, ..described })
    }

    /// `{cursor: $request.cursor, next_cursor: $response.next, results: $response.items}`, or `true` if that is at
    /// the root of the document.
    fn of_fern(&self, node: Node<'_>) -> Option<Described> {
        let node = match node.bool() {
            Some(false) => return None,
            Some(true) => {
                self.table.extension(&self.table.api.model.extensions, "x-fern-pagination")?
            }
            None => node,
        };
        let text = |name: &str| node.get(name).and_then(Node::text);
        let place = |name: &str| text(name).map(|path| self.place(path));
        // A member of the body has the same form as a parameter.
        let input = |name: &str| {
            let path = text(name)?;
            let query = path.strip_prefix("$request.").unwrap_or(path);
            match self.takes(query, false) {
                true => Some((query.to_owned(), false)),
                false => Some((pointer(&self.way(self.body, path)), true)),
            }
        };
        let step = input("step");
        let (rule, in_body) = match (input("cursor"), input("offset")) {
            (Some((parameter, in_body)), _) => {
                (PagingRule::Cursor { parameter, pointer: place("next_cursor")? }, in_body)
            }
            (None, Some((offset, in_body))) => {
                // Without a step it is the number of the page, unless it is called something else.
                let name = offset.to_ascii_lowercase();
                let is_page = name.contains("page")
                    || step.is_none()
                        && !["offset", "skip", "start"].iter().any(|one| name.contains(one));
                match is_page {
                    true => (PagingRule::Page(offset, 1), in_body),
                    false => (PagingRule::Offset(offset), in_body),
                }
            }
            (None, None) => match (place("next_uri"), place("next_path")) {
                (Some(address), _) => (PagingRule::NextLink(address), false),
                (None, path) => (PagingRule::NextPath(path?), false),
            },
        };
        let limit = step.filter(|(_, own)| *own == in_body).map(|(name, _)| name);
        let more = place("has-next-page");
        let described = Described::new(rule, text("results").map(|path| self.way(self.page, path)));
        let paging = Paging { limit, more, in_body, ..described.paging };
        Some(Described { paging, ..described })
    }
}

/// The form of all pages of Dropshot.
fn of_dropshot() -> Described {
    let parameter = "page_token".to_owned();
    let rule = PagingRule::Cursor { parameter, pointer: "/next_page".to_owned() };
    let described = Described::new(rule, Some(vec!["items".to_owned()]));
    let paging = Paging { limit: Some("limit".to_owned()), ..described.paging };
    Described { paging, ..described }
}
