//! How the pages of a list follow one another.
//!
//! Enters: extensions of an operation. Leaves: a [`Rule`], and where the items of a page are. Must not know: how
//! pages are requested.

use super::super::table::Table;
use super::answers::{Returned, Whole};
use super::parameters::Value;
use crate::crate_plan::{Paging, PagingRule, Place, Type};
use crate::node::Node;
use crate::openapi::model::Operation;
use crate::openapi::schema::{Form, ShapeId, Use};

/// A rule, and the names of the members on the way to the items; none if the page is the list.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    pub(super) paging: Paging,
    pub(super) items: Vec<String>,
}

/// The pages of an operation that returns a list, or an object that has one.
pub(super) fn of(
    table: &Table<'_>,
    operation: &Operation,
    (values, returned): (&[Value], &Returned),
) -> Option<Pages> {
    let Whole::One(value) = returned.whole() else { return None };
    let described = Described::of(table, operation)?;
    let is_there = |name: &String| {
        let mut queries = values.iter().filter(|one| one.carried.place == Place::Query);
        queries.any(|one| one.carried.name == *name)
    };
    let rule = match described.rule {
        PagingRule::Cursor { parameter, .. }
        | PagingRule::Offset(parameter)
        | PagingRule::Page(parameter, _)
            if !is_there(&parameter) =>
        {
            return None;
        }
        rule => rule,
    };
    let items = described.items.unwrap_or_default();
    if !matches!(value, Type::Vec(_)) || !items.is_empty() {
        let shape = returned.shape(table)?;
        lists(table, shape, &items)?;
    }
    let limit = described.limit.filter(is_there);
    Some(Pages { paging: Paging { rule, limit }, items })
}

/// Whether there is a list at the end of a way through objects.
fn lists(table: &Table<'_>, shape: ShapeId, way: &[String]) -> Option<()> {
    let form = &table.api.shapes.shape(shape).form;
    match (way, form) {
        ([], Form::List(_)) => Some(()),
        ([first, rest @ ..], Form::Object(object)) => {
            lists(table, object.member(first)?.value.shape, rest)
        }
        _ => None,
    }
}

impl Returned {
    /// The shape of the one body.
    fn shape(&self, table: &Table<'_>) -> Option<ShapeId> {
        let body = self.shapes.iter().find_map(|one| Some((one.response, one.body.as_ref()?)))?;
        let content = &table.api.model.responses[body.0].content;
        let media = content.iter().find(|(name, _)| name.text.trim() == body.1.media_type)?;
        let schema = table.api.model.media_types[media.1].schema?;
        table.api.shapes.of(schema).map(|Use { shape, .. }| shape)
    }
}

/// What extensions say.
struct Described {
    rule: PagingRule,
    limit: Option<String>,
    items: Option<Vec<String>>,
}

impl Described {
    fn of(table: &Table<'_>, operation: &Operation) -> Option<Self> {
        let extension = |name: &str| {
            let found = operation.extensions.iter().find(|(words, _)| words.text == name)?;
            Some(table.api.description.node(found.1))
        };
        let of_microsoft = || Self::of_microsoft(extension("x-ms-pageable")?);
        let of_speakeasy = || Self::of_speakeasy(extension("x-speakeasy-pagination")?);
        let of_fern = || Self::of_fern(extension("x-fern-pagination")?);
        let of_dropshot = || extension("x-dropshot-pagination").map(|_| Self::of_dropshot());
        of_microsoft().or_else(of_speakeasy).or_else(of_fern).or_else(of_dropshot)
    }

    /// `{nextLinkName: nextLink, itemName: value}`
    fn of_microsoft(node: Node<'_>) -> Option<Self> {
        // Null means that there is one page.
        let next = node.get("nextLinkName").and_then(Node::text)?;
        let items = node.get("itemName").and_then(Node::text).unwrap_or("value");
        Some(Self {
            rule: PagingRule::NextLink(pointer(&way(next))),
            limit: None,
            items: Some(way(items)),
        })
    }

    /// `{type: cursor, inputs: [{name: cursor, in: parameters, type: cursor}], outputs: {results: $.items, …}}`
    fn of_speakeasy(node: Node<'_>) -> Option<Self> {
        let inputs = || node.get("inputs").into_iter().flat_map(Node::items);
        let input = |kind: &str| {
            let mut all = inputs().filter(|one| {
                let text = |name| one.get(name).and_then(Node::text);
                text("type") == Some(kind) && text("in") != Some("requestBody")
            });
            Some(all.next()?.get("name").and_then(Node::text)?.to_owned())
        };
        let outputs = node.get("outputs");
        let output = |name: &str| outputs?.get(name).and_then(Node::text).map(way);
        let rule = match node.get("type").and_then(Node::text)? {
            "url" => PagingRule::NextLink(pointer(&output("nextUrl")?)),
            "cursor" => PagingRule::Cursor {
                parameter: input("cursor")?,
                pointer: pointer(&output("nextCursor")?),
            },
            "offsetLimit" => match (input("offset"), input("page")) {
                (Some(offset), _) => PagingRule::Offset(offset),
                (None, Some(page)) => PagingRule::Page(page, 1),
                (None, None) => return None,
            },
            _ => return None,
        };
        Some(Self { rule, limit: input("limit"), items: output("results") })
    }

    /// `{cursor: $request.cursor, next_cursor: $response.next, results: $response.items}`
    fn of_fern(node: Node<'_>) -> Option<Self> {
        let text = |name: &str| node.get(name).and_then(Node::text);
        let request = |name: &str| {
            let text = text(name)?;
            let name = text.strip_prefix("$request.").unwrap_or(text);
            Some(name.rsplit('.').next().unwrap_or(name).to_owned())
        };
        let rule = match (request("cursor"), request("offset")) {
            (Some(parameter), _) => {
                PagingRule::Cursor { parameter, pointer: pointer(&way(text("next_cursor")?)) }
            }
            (None, Some(offset)) if offset.contains("page") => PagingRule::Page(offset, 1),
            (None, Some(offset)) => PagingRule::Offset(offset),
            (None, None) => PagingRule::NextLink(pointer(&way(text("next_uri")?))),
        };
        Some(Self { rule, limit: request("step"), items: text("results").map(way) })
    }

    /// The form of all pages of Dropshot.
    fn of_dropshot() -> Self {
        let parameter = "page_token".to_owned();
        Self {
            rule: PagingRule::Cursor { parameter, pointer: "/next_page".to_owned() },
            limit: Some("limit".to_owned()),
            items: Some(vec!["items".to_owned()]),
        }
    }
}

/// The members of `$.data.items` or `$response.data.items`.
fn way(path: &str) -> Vec<String> {
    let path = path.strip_prefix("$response").or_else(|| path.strip_prefix('$')).unwrap_or(path);
    let members = path.split('.').map(|one| one.trim_end_matches("[*]"));
    members.filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn pointer(way: &[String]) -> String {
    let mut pointer = crate::node::Pointer::default();
    way.iter().for_each(|one| pointer.push(one.as_str()));
    pointer.to_string()
}
