//! What the configuration specifies of pages.
//!
//! Enters: the table `[openapi.pages]`. Leaves: the rule of an operation, and reports of what no operation has.
//! Must not know: extensions.

use super::super::chosen::{Chosen, requested, unmatched};
use super::super::groups::Requested;
use super::super::{answers, parameters};
use super::way::steps;
use super::{Described, Listing, Pages, Unfit};
use crate::crate_plan::{Paging, PagingRule};
use crate::input::config::{Config, NextPage, PagesConfig, PagesRule};
use crate::input::diagnostic::Diagnostic;
use crate::input::nearest::nearest;
use crate::input::session::{BuildError, Session};
use crate::node::Pointer;
use crate::openapi::plan::table::Table;
use crate::openapi::schema::{Form, ShapeId};
use std::ops::Range;
use toml::Spanned;

/// The configured rules, in the order in which they are tried.
#[derive(Debug, Default)]
pub(in super::super::super) struct PageRules(Vec<(Chosen, Option<Described>)>);

impl PageRules {
    pub(in super::super::super) fn new(config: &Config) -> Self {
        let mut all: Vec<_> = config.openapi.pages.iter().collect();
        all.sort_by_key(|(text, rule)| (*text == "*", rule.span().start));
        let rule = |(text, rule): (&String, &Spanned<PagesConfig>)| {
            // What is not a pattern is reported by `check`.
            let operations = Chosen::parse(text).ok()?;
            Some((operations, described(rule.get_ref())))
        };
        Self(all.into_iter().filter_map(rule).collect())
    }

    /// The pages of an operation by the first rule that it can have; `None` if nothing is configured.
    pub(super) fn of(&self, listing: &Listing<'_, '_>) -> Option<Option<Pages>> {
        let matching = self.0.iter().filter(|(operations, _)| operations.has(listing.requested));
        let mut fitting = matching.filter_map(|(_, described)| match described {
            None => Some(None),
            Some(described) => listing.strict(described).ok().map(Some),
        });
        fitting.next()
    }
}

fn described(rule: &PagesConfig) -> Option<Described> {
    let PagesConfig::Rule(rule) = rule else { return None };
    let text = |one: &Spanned<String>| one.get_ref().clone();
    let next = match &rule.next {
        NextPage::LinkHeader => PagingRule::LinkHeader,
        NextPage::Link(pointer) => PagingRule::NextLink(text(pointer)),
        NextPage::Path(pointer) => PagingRule::NextPath(text(pointer)),
        NextPage::Cursor(cursor) => {
            PagingRule::Cursor { parameter: text(&cursor.parameter), pointer: text(&cursor.from) }
        }
        NextPage::Offset(parameter) => PagingRule::Offset(text(parameter)),
        NextPage::Page(parameter, first) => PagingRule::Page(text(parameter), first.unwrap_or(1)),
    };
    let [limit, more, pages] =
        [&rule.limit, &rule.more, &rule.pages].map(|one| one.as_ref().map(text));
    let in_body = next.input().or(limit.as_ref()).is_some_and(|input| input.starts_with('/'));
    let asks_first = matches!(&rule.next, NextPage::Page(_, None));
    let paging = Paging { rule: next, limit, more, pages, in_body };
    let items = rule.items.as_ref().map(|one| steps(one.get_ref()));
    Some(Described { paging, items, asks_first })
}

/// Reports what no operation has.
///
/// # Errors
/// If there is such a thing, or there was an error before.
pub(in super::super::super) fn check(
    table: &Table<'_>,
    config: &Config,
    session: &mut Session,
) -> Result<(), BuildError> {
    for (text, rule) in &config.openapi.pages {
        if let Err((diagnostic, span)) = checked(table, text, rule) {
            session.report(config.point(diagnostic, span, "under [openapi.pages]"));
        }
    }
    session.check()
}

fn checked(
    table: &Table<'_>,
    text: &str,
    rule: &Spanned<PagesConfig>,
) -> Result<(), (Diagnostic, Range<usize>)> {
    let operations = Chosen::parse(text).map_err(|diagnostic| (diagnostic, rule.span()))?;
    let model = &table.api.model;
    let mut matching = requested(model).filter(|one| operations.has(*one)).peekable();
    if matching.peek().is_none() {
        return Err((unmatched(model, text), rule.span()));
    }
    let PagesConfig::Rule(written) = rule.get_ref() else { return Ok(()) };
    if let Some(wrong) = pointers(written).find(|one| one.get_ref().parse::<Pointer>().is_err()) {
        let message = format!("{:?} is not a JSON pointer", wrong.get_ref());
        let help = "write the members on the way, each after a `/`: \"/meta/next\"";
        return Err((Diagnostic::error("bad-configuration", message).help(help), wrong.span()));
    }
    let Some(described) = described(rule.get_ref()) else { return Ok(()) };
    let mut first = None;
    for one in matching {
        let why = match fits(table, one, &described) {
            Ok(()) => return Ok(()),
            Err(why) => why,
        };
        first.get_or_insert((one, why));
    }
    let Some((one, why)) = first else { return Ok(()) };
    Err(unfit(table, one, (written, &rule.span()), why))
}

/// Whether an operation can have the pages, whichever kind of answers is asked for.
fn fits(table: &Table<'_>, requested: Requested<'_>, described: &Described) -> Result<(), Unfit> {
    let (values, _) = parameters::of(table, requested);
    let mut first = Err(Unfit::NotJson);
    for (at, returned) in answers::of(table, requested.operation).iter().enumerate() {
        let listing = Listing::new(table, requested, &values, returned);
        let found = listing.and_then(|listing| listing.strict(described).map(drop));
        if found.is_ok() || at == 0 {
            first = found;
        }
    }
    first
}

/// The pointers into a page, and those into the body of the request.
fn pointers(rule: &PagesRule) -> impl Iterator<Item = &Spanned<String>> {
    let next = match &rule.next {
        NextPage::Link(pointer) | NextPage::Path(pointer) => Some(pointer),
        NextPage::Cursor(cursor) => Some(&cursor.from),
        NextPage::LinkHeader | NextPage::Offset(_) | NextPage::Page(..) => None,
    };
    next.into_iter().chain([&rule.items, &rule.more, &rule.pages].into_iter().flatten())
}

/// The parameters of a rule.
fn inputs(rule: &PagesRule) -> impl Iterator<Item = &Spanned<String>> {
    let input = match &rule.next {
        NextPage::Cursor(cursor) => Some(&cursor.parameter),
        NextPage::Offset(parameter) | NextPage::Page(parameter, _) => Some(parameter),
        NextPage::LinkHeader | NextPage::Link(_) | NextPage::Path(_) => None,
    };
    input.into_iter().chain(&rule.limit)
}

/// What to say of a rule that an operation cannot have, and where.
fn unfit(
    table: &Table<'_>,
    requested: Requested<'_>,
    (rule, whole): (&PagesRule, &Range<usize>),
    why: Unfit,
) -> (Diagnostic, Range<usize>) {
    let element = requested.element();
    let (values, _) = parameters::of(table, requested);
    let returned = answers::of(table, requested.operation);
    let listing =
        returned.first().and_then(|one| Listing::new(table, requested, &values, one).ok());
    let error = |message: String| Diagnostic::error("bad-configuration", message);
    let place = |mut all: Box<dyn Iterator<Item = &Spanned<String>> + '_>, text: &str| {
        all.find(|one| one.get_ref() == text).map_or_else(|| whole.clone(), Spanned::span)
    };
    match why {
        Unfit::NotJson => {
            let help = "pages are lists, or objects that have one";
            (
                error(format!("`{element}` does not return JSON of one type")).help(help),
                whole.clone(),
            )
        }
        Unfit::NoList => {
            let help = "name the place of the list: items = \"/data\"";
            let message =
                format!("it is not clear which list of the answer to `{element}` has the items");
            (error(message).help(help), whole.clone())
        }
        Unfit::Parameter(name) => {
            let span = place(Box::new(inputs(rule)), &name);
            let what = match name.starts_with('/') {
                true => format!("the body of `{element}` has nothing at \"{name}\""),
                false => format!("`{element}` has no parameter \"{name}\" in its query"),
            };
            let near = listing.as_ref().and_then(|listing| match name.starts_with('/') {
                true => listing.meant(listing.body?, &name),
                false => nearest(&name, listing.queries()).map(str::to_owned),
            });
            (helped(error(what), near), span)
        }
        Unfit::Pointer(pointer) => {
            let span = place(Box::new(pointers(rule)), &pointer);
            let near = listing.as_ref().and_then(|one| one.meant(one.page?, &pointer));
            let what = format!("the answer to `{element}` has nothing at \"{pointer}\"");
            (helped(error(what), near), span)
        }
    }
}

fn helped(diagnostic: Diagnostic, near: Option<String>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("there is \"{near}\"")),
        None => diagnostic,
    }
}

impl Listing<'_, '_> {
    /// The pointer that was probably meant: the first member on the way that is not there has the name most like it.
    fn meant(&self, shape: ShapeId, given: &str) -> Option<String> {
        let (mut shape, mut way) = (shape, Vec::new());
        let all = steps(given);
        for (at, step) in all.iter().enumerate() {
            match self.form(shape) {
                Form::Object(object) => match object.member(step) {
                    Some(member) => shape = member.value.shape,
                    None => {
                        let names = object.members.iter().map(|one| one.name.as_str());
                        way.push(nearest(step, names)?.to_owned());
                        way.extend(all[at + 1..].iter().cloned());
                        return Some(super::pointer(&way));
                    }
                },
                Form::Map(map) => shape = map.rest.shape,
                Form::List(list) => shape = list.item.shape,
                _ => return None,
            }
            way.push(step.clone());
        }
        None
    }
}
