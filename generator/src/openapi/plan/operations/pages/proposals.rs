//! Operations that look like lists in pages, although nothing specifies that they are.
//!
//! Enters: an operation, what it takes and returns. Leaves: a [`Proposal`] for the configuration, if names and types
//! are those of a convention. Must not know: the configuration that there is.

use super::way::pointer;
use super::{Listing, extensions};
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Id, Method, Response};
use crate::openapi::schema::{Form, Member, Object, ShapeId, Text};
use std::fmt::Write as _;

/// A rule that an operation could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The operation, as the configuration names it.
    pub operation: String,
    /// The rule, as the configuration has it.
    pub rule: String,
}

/// Pairs of a member of a page and the parameters that take it. Names are without separators, in lower case.
const CURSORS: &[(&str, &[&str])] = &[
    ("nextcursor", &["cursor", "nextcursor", "after", "aftercursor", "pagecursor", "startcursor"]),
    ("nextpagetoken", &["pagetoken", "nextpagetoken"]),
    ("nextpagecursor", &["pagecursor", "nextpagecursor", "cursor"]),
    ("nexttoken", &["nexttoken"]),
    ("nextmarker", &["marker", "nextmarker"]),
    ("nextcontinuationtoken", &["continuationtoken", "continuation"]),
    ("continuationtoken", &["continuationtoken", "continuation"]),
    ("nextoffset", &["offset", "nextoffset"]),
    ("nextpage", &["page", "pagetoken", "pagecursor", "nextpage", "cursor"]),
    ("nextbookmark", &["bookmark", "nextbookmark"]),
    ("scrollid", &["scrollid"]),
    ("endcursor", &["after", "cursor"]),
    ("lastid", &["after", "afterid"]),
    ("cursor", &["cursor"]),
    ("after", &["after"]),
    ("next", &["cursor", "after", "next", "pagetoken", "pagecursor", "marker"]),
];

/// Members that are the address of the next page, wherever they are.
const LINKS: &[&str] = &[
    "nexturl",
    "nexturi",
    "nextlink",
    "odatanextlink",
    "nexthref",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
];

/// Members with objects about the page.
const ABOUT: &[&str] = &[
    "links",
    "paging",
    "paginginfo",
    "pagination",
    "paginator",
    "meta",
    "metadata",
    "listmetadata",
    "responsemetadata",
    "page",
    "pageinfo",
    "pages",
    "cursor",
    "cursors",
    "next",
];

/// Members that are whether there are more pages.
const MORE: &[&str] = &["hasmore", "hasnext", "hasnextpage", "hasmorepages", "hasmoreitems"];

const OFFSETS: &[&str] = &["offset", "skip", "startat"];
const LIMITS: &[&str] = &[
    "limit",
    "top",
    "take",
    "count",
    "size",
    "perpage",
    "pagesize",
    "pagelimit",
    "maxresults",
    "maxitems",
    "itemsperpage",
    "resultsperpage",
];
const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pagenum", "currentpage"];

/// What an operation could have in the configuration. `answer` is what has the page.
pub(super) fn of(listing: &Listing<'_, '_>, answer: Id<Response>) -> Option<Proposal> {
    if listing.operation().method != Method::Get || extensions::is_any(listing) {
        return None;
    }
    listing.items(None)?;
    let rule = listing
        .link_header(answer)
        .or_else(|| listing.link())
        .or_else(|| listing.last_item())
        .or_else(|| listing.cursor())
        .or_else(|| listing.numbered_by(OFFSETS, "offset"))
        .or_else(|| listing.numbered_by(PAGES, "page"))?;
    Some(Proposal { operation: listing.requested.element(), rule })
}

/// A member of a page, and the way to it.
struct Found<'t> {
    way: Vec<String>,
    owner: &'t Object,
    member: &'t Member,
}

impl<'t> Listing<'t, '_> {
    /// The members of a page that are about the page: its own ones, and those of objects about it.
    fn about(&self) -> Vec<Found<'t>> {
        let mut found = Vec::new();
        if let Some(page) = self.page {
            self.about_in(page, &[], &mut found);
        }
        found
    }

    fn about_in(&self, shape: ShapeId, way: &[String], found: &mut Vec<Found<'t>>) {
        const DEEPEST: usize = 3;
        let Form::Object(owner) = self.form(shape) else { return };
        for member in owner.members.iter().filter(|one| !one.write_only) {
            let way: Vec<String> = way.iter().cloned().chain([member.name.clone()]).collect();
            if way.len() < DEEPEST && ABOUT.contains(&bare(&member.name).as_str()) {
                self.about_in(member.value.shape, &way, found);
            }
            found.push(Found { way, owner, member });
        }
    }

    fn text(&self, shape: ShapeId) -> Option<Text> {
        match self.form(shape) {
            Form::Text(text) => Some(*text),
            _ => None,
        }
    }

    fn is_integer(&self, shape: ShapeId) -> bool {
        matches!(self.form(shape), Form::Integer(_) | Form::Number(_))
    }

    /// The description of a member, in lower case.
    fn described(&self, member: &Member) -> String {
        let schemas = member.schemas.iter().filter_map(|id| {
            let keywords = self.table.api.model.schema(*id).keywords()?;
            keywords.description.as_ref().map(|words| words.text.to_lowercase())
        });
        schemas.collect::<Vec<_>>().join("\n")
    }

    /// The parameter of the query with one of some names, whose values are of a kind.
    fn parameter(&self, names: &[&str], is_kind: impl Fn(ShapeId) -> bool) -> Option<&'t str> {
        let by_name = |name: &&str| {
            self.queries().find(|one| {
                bare(one) == **name
                    && self
                        .schema(one)
                        .and_then(|id| self.table.api.shapes.of(id))
                        .is_some_and(|used| is_kind(used.shape))
            })
        };
        names.iter().find_map(by_name)
    }

    /// The header `Link` is declared.
    fn link_header(&self, answer: Id<Response>) -> Option<String> {
        let headers = &self.table.api.model.responses[answer].headers;
        let is_there = headers.iter().any(|(name, _)| name.text.eq_ignore_ascii_case("link"));
        (is_there && self.is_list).then(|| "\"link-header\"".to_owned())
    }

    /// A member is the address of the next page.
    fn link(&self) -> Option<String> {
        let is_link = |found: &Found<'_>| {
            let name = bare(&found.member.name);
            let Some(text) = self.text(found.member.value.shape) else { return false };
            let parent = found.way.iter().rev().nth(1).map(|one| bare(one)).unwrap_or_default();
            let words = ["url", "uri", "link", "href"];
            let is_described =
                || words.iter().any(|word| self.described(found.member).contains(word));
            let is_one = match name.as_str() {
                "next" => text == Text::Uri || parent == "links" || is_described(),
                "nextpage" => text == Text::Uri || is_described(),
                "href" => parent == "next",
                name => LINKS.contains(&name),
            };
            is_one && matches!(text, Text::Uri | Text::Plain)
        };
        let found = self.about().into_iter().find(is_link)?;
        Some(["{ next-link = ", &quoted(&pointer(&found.way)), " }"].concat())
    }

    /// The id of the last item is sent, while there are more.
    fn last_item(&self) -> Option<String> {
        let parameter = self.parameter(&["startingafter"], |shape| self.text(shape).is_some())?;
        let more = self.more(&self.about())?;
        let mut way = self.items(None)?;
        let (page, mut items) = (self.page?, way.iter());
        let list = items.try_fold(page, |shape, step| match self.form(shape) {
            Form::Object(object) => Some(object.member(step)?.value.shape),
            _ => None,
        })?;
        let Form::List(list) = self.form(list) else { return None };
        let Form::Object(item) = self.form(list.item.shape) else { return None };
        self.text(item.member("id")?.value.shape)?;
        way.extend(["-1".to_owned(), "id".to_owned()]);
        Some(cursor(parameter, &way, Some(&more)))
    }

    /// A member is what a parameter takes.
    fn cursor(&self) -> Option<String> {
        let about = self.about();
        let (parameter, found) = CURSORS.iter().find_map(|(name, parameters)| {
            let mut named = about.iter().filter(|one| bare(&one.member.name) == *name);
            named.find_map(|found| {
                let shape = found.member.value.shape;
                let is_outer = found.way.len() == 1;
                let is_fitting = match *name {
                    // What was sent may come back by the same name.
                    "cursor" | "after" | "scrollid" => {
                        let words = self.described(found.member);
                        words.contains("next") || !is_outer && !words.contains("current")
                    }
                    "lastid" => self.more_beside(found.owner).is_some(),
                    // It may be an address as well.
                    "next" => {
                        let parent = found.way.iter().rev().nth(1).map(|one| bare(one));
                        let words = self.described(found.member);
                        parent.is_some_and(|parent| parent.starts_with("cursor"))
                            || words.contains("cursor")
                            || words.contains("token")
                    }
                    _ => true,
                };
                let is_number = self.is_integer(shape);
                let is_text = matches!(
                    self.text(shape),
                    Some(text) if text != Text::Uri && text != Text::Binary
                );
                if !is_fitting || !(is_text || is_number) {
                    return None;
                }
                let is_same = |other| match is_number {
                    true => self.is_integer(other),
                    false => self.text(other).is_some(),
                };
                Some((self.parameter(parameters, is_same)?, found))
            })
        })?;
        let more = self.more_beside(found.owner).map(|name| {
            let owner = &found.way[..found.way.len() - 1];
            owner.iter().cloned().chain([name]).collect::<Vec<_>>()
        });
        Some(cursor(parameter, &found.way, more.as_deref()))
    }

    /// The member of an object that is whether there are more pages.
    fn more_beside(&self, object: &Object) -> Option<String> {
        let is_boolean = |member: &&Member| matches!(self.form(member.value.shape), Form::Boolean);
        let mut found = object.members.iter().filter(is_boolean);
        found.find(|one| MORE.contains(&bare(&one.name).as_str())).map(|one| one.name.clone())
    }

    fn more(&self, about: &[Found<'_>]) -> Option<Vec<String>> {
        let is_boolean =
            |one: &&Found<'_>| matches!(self.form(one.member.value.shape), Form::Boolean);
        let mut found = about.iter().filter(is_boolean);
        found.find(|one| MORE.contains(&bare(&one.member.name).as_str())).map(|one| one.way.clone())
    }

    /// A parameter is the number of items before the page, or that of the page.
    fn numbered_by(&self, names: &[&str], key: &str) -> Option<String> {
        let integer = |shape| self.is_integer(shape);
        let parameter = self.parameter(names, integer)?;
        let limit = self.parameter(LIMITS, integer)?;
        Some(format!("{{ {key} = {}, limit = {} }}", quoted(parameter), quoted(limit)))
    }
}

fn cursor(parameter: &str, way: &[String], more: Option<&[String]>) -> String {
    let mut rule = format!(
        "{{ cursor = {{ parameter = {}, from = {} }}",
        quoted(parameter),
        quoted(&pointer(way))
    );
    if let Some(more) = more {
        let _ = write!(rule, ", more = {}", quoted(&pointer(more)));
    }
    rule.push_str(" }");
    rule
}

/// A name without separators, in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The lines of the configuration that have all proposals, without that of the table. The rule that most operations
/// have is that of all others.
pub(in super::super::super) fn lines(proposals: &[Proposal]) -> Vec<String> {
    const FEWEST: usize = 3;
    let count = |rule: &str| proposals.iter().filter(|one| one.rule == rule).count();
    let most = proposals.iter().rev().max_by_key(|one| count(&one.rule));
    let most = most.map(|one| one.rule.as_str()).filter(|rule| count(rule) >= FEWEST);
    let line = |operation: &str, rule: &str| [&quoted(operation), " = ", rule].concat();
    let single = proposals.iter().filter(|one| Some(one.rule.as_str()) != most);
    let single = single.map(|one| line(&one.operation, &one.rule));
    single.chain(most.map(|rule| line("*", rule))).collect()
}

/// The note about all of them.
pub(in super::super::super) fn note(proposals: &[Proposal]) -> Option<Diagnostic> {
    const NAMED: usize = 3;
    const SHOWN: usize = 8;
    let named: Vec<&str> = proposals.iter().map(|one| one.operation.as_str()).take(NAMED).collect();
    let (first, rest) = named.split_first()?;
    let mut message = match proposals.len() {
        1 => format!("an operation looks like a list in pages: {first}"),
        all => format!("{all} operations look like lists in pages: {first}"),
    };
    rest.iter().for_each(|one| message.extend([", ", one]));
    if proposals.len() > NAMED {
        message.push_str(", …");
    }
    let lines = lines(proposals);
    let mut help =
        "to have `.pages()` and `.items()`, add to schemacrate.toml:\n[openapi.pages]".to_owned();
    lines.iter().take(SHOWN).for_each(|line| help.extend(["\n", line]));
    if lines.len() > SHOWN {
        let _ = write!(
            help,
            "\n# and {} more, which `schemacrate inspect --pages` lists",
            lines.len() - SHOWN
        );
    }
    Some(Diagnostic::note("possible-pages", message).help(help))
}
