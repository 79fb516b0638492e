//! How the pages of a list follow one another.
//!
//! Enters: an operation, what it takes and returns, and what its extensions or the configuration specify. Leaves:
//! a rule, and where the items of a page are. Must not know: how pages are requested.
//!
//! Extensions are read in `extensions.rs`, the configuration in `configured.rs`, and what looks like a list in
//! pages is found in `proposals.rs`; places in bodies are in `way.rs`.

mod configured;
mod extensions;
mod proposals;
mod way;

pub(in super::super) use configured::{PageRules, check};
pub use proposals::Proposal;
pub(in super::super) use proposals::{lines, note};

use super::super::table::Table;
use super::answers::{Returned, Whole};
use super::groups::Requested;
use super::parameters::Value;
use crate::crate_plan::{AnswerForm, Paging, PagingRule, Place, Type};
use crate::openapi::model::{Id, Operation, Response, SchemaId, ValueForm, variables};
use crate::openapi::schema::{Form, ShapeId, Use};
use way::{pointer, steps};

/// A rule, and the names of the members on the way to the items; none if the page is the list.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    pub(super) paging: Paging,
    pub(super) items: Vec<String>,
}

/// What is specified of the pages of an operation.
#[derive(Clone, Debug)]
struct Described {
    paging: Paging,
    /// Where the items are; `None` if they are where the only list is.
    items: Option<Vec<String>>,
    /// Whether the number of the first page is what the parameter specifies.
    asks_first: bool,
}

impl Described {
    fn new(rule: PagingRule, items: Option<Vec<String>>) -> Self {
        let paging = Paging { rule, limit: None, more: None, pages: None, in_body: false };
        Self { paging, items, asks_first: true }
    }
}

/// Why an operation does not have the pages that are specified.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Unfit {
    /// It does not return one kind of JSON.
    NotJson,
    /// It has several lists, or none.
    NoList,
    /// There is no such parameter.
    Parameter(String),
    /// A page has nothing at this pointer.
    Pointer(String),
}

/// The pages of an operation that returns a list, or an object that has one; else what the configuration could specify.
pub(super) fn of(
    table: &Table<'_>,
    requested: Requested<'_>,
    (values, returned): (&[Value], &Returned),
) -> (Option<Pages>, Option<Proposal>) {
    let Ok(listing) = Listing::new(table, requested, values, returned) else { return (None, None) };
    if let Some(configured) = table.pages.of(&listing) {
        return (configured, None);
    }
    let specified = extensions::of(&listing).and_then(|described| listing.lenient(described));
    let proposal = || proposals::of(&listing, returned.body()?);
    match specified {
        Some(pages) => (Some(pages), None),
        None => (None, proposal()),
    }
}

/// An operation that may list something.
struct Listing<'t, 'a> {
    table: &'t Table<'a>,
    requested: Requested<'t>,
    values: &'t [Value],
    /// The shape of a page; `None` if nothing is known of it.
    page: Option<ShapeId>,
    /// The shape of the body of the request.
    body: Option<ShapeId>,
    /// Whether a page is a list.
    is_list: bool,
}

impl<'t, 'a> Listing<'t, 'a> {
    fn new(
        table: &'t Table<'a>,
        requested: Requested<'t>,
        values: &'t [Value],
        returned: &Returned,
    ) -> Result<Self, Unfit> {
        let Whole::One(value) = returned.whole() else { return Err(Unfit::NotJson) };
        let page = returned.shape(table);
        let value = match value {
            Type::Option(inner) => *inner,
            value => value,
        };
        let is_list = matches!(value, Type::Vec(_));
        if page.is_none() && !is_list {
            return Err(Unfit::NotJson);
        }
        let body = || {
            let content = &table.api.model.bodies[requested.operation.body?].content;
            let is_json = |name: &str| super::media::Kind::of(name) == super::media::Kind::Json;
            let (_, media) = content.iter().find(|(name, _)| is_json(&name.text))?;
            let schema = table.api.model.media_types[*media].schema?;
            table.api.shapes.of(schema).map(|used| used.shape)
        };
        Ok(Self { table, requested, values, page, body: body(), is_list })
    }

    fn operation(&self) -> &'t Operation {
        self.requested.operation
    }

    fn form(&self, shape: ShapeId) -> &'t Form {
        &self.table.api.shapes.shape(shape).form
    }

    /// The parameters of the query.
    fn queries(&self) -> impl Iterator<Item = &'t str> {
        let queries = self.values.iter().filter(|one| one.carried.place == Place::Query);
        queries.map(|one| one.carried.name.as_str())
    }

    /// Whether there is a parameter of the query, or a place in the body if the name is a pointer.
    fn takes(&self, input: &str, in_body: bool) -> bool {
        match in_body {
            true => self.body.is_some_and(|body| self.holds(body, &steps(input))),
            false => self.queries().any(|one| one == input),
        }
    }

    /// The pages, without what the operation does not have and what can be done without.
    fn lenient(&self, described: Described) -> Option<Pages> {
        let mut paging = self.numbered(&described);
        let takes = |input: &String| self.takes(input, paging.in_body);
        let limit = paging.limit.take().filter(takes);
        let is_complete = paging.rule.input().is_none_or(takes);
        let items = self.items(described.items)?;
        is_complete.then_some(Pages { paging: Paging { limit, ..paging }, items })
    }

    /// The pages, if the operation has all of what is specified.
    fn strict(&self, described: &Described) -> Result<Pages, Unfit> {
        let Described { paging, items, .. } = described;
        let inputs = paging.rule.input().into_iter().chain(&paging.limit);
        if let Some(unknown) = inputs.into_iter().find(|one| !self.takes(one, paging.in_body)) {
            return Err(Unfit::Parameter(unknown.clone()));
        }
        let places = [paging.rule.pointer(), paging.more.as_deref(), paging.pages.as_deref()];
        let is_there = |place: &str| self.page.is_none_or(|page| self.holds(page, &steps(place)));
        if let Some(unknown) = places.into_iter().flatten().find(|place| !is_there(place)) {
            return Err(Unfit::Pointer(unknown.to_owned()));
        }
        if let Some(items) = items
            && !is_there(&pointer(items))
        {
            return Err(Unfit::Pointer(pointer(items)));
        }
        let items = self.items(items.clone()).ok_or(Unfit::NoList)?;
        Ok(Pages { paging: self.numbered(described), items })
    }

    /// The rule with the number of the first page.
    fn numbered(&self, described: &Described) -> Paging {
        let mut paging = described.paging.clone();
        if let PagingRule::Page(parameter, first) = &mut paging.rule
            && described.asks_first
        {
            *first = self.first_page(parameter);
        }
        paging
    }

    /// Where the items are.
    fn items(&self, given: Option<Vec<String>>) -> Option<Vec<String>> {
        let given = given.or_else(|| self.is_list.then(Vec::new));
        match (given, self.page) {
            (Some(items), _) if items.is_empty() && self.is_list => Some(items),
            (Some(items), Some(page)) => self.lists(page, &items).then_some(items),
            (None, Some(page)) => self.only_list(page),
            (_, None) => None,
        }
    }

    /// Whether there is a list at the end of a way through objects.
    fn lists(&self, shape: ShapeId, way: &[String]) -> bool {
        match (way, self.form(shape)) {
            ([], form) => matches!(form, Form::List(_)),
            ([first, rest @ ..], Form::Object(object)) => {
                object.member(first).is_some_and(|member| self.lists(member.value.shape, rest))
            }
            _ => false,
        }
    }

    /// The way to the only list of an object, or of the only object in it that has one. A list of objects is
    /// preferred to others.
    fn only_list(&self, page: ShapeId) -> Option<Vec<String>> {
        let Form::Object(object) = self.form(page) else { return None };
        let one_of = |accepts: &dyn Fn(ShapeId) -> bool| {
            let is_read = object.members.iter().filter(|one| !one.write_only);
            let mut found = is_read.filter(|one| accepts(one.value.shape));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let is_list = |shape| matches!(self.form(shape), Form::List(_));
        let of_objects = |shape| match self.form(shape) {
            Form::List(list) => {
                matches!(
                    self.form(list.item.shape),
                    Form::Object(_) | Form::Map(_) | Form::Union(_)
                )
            }
            _ => false,
        };
        if let Some(member) = one_of(&is_list).or_else(|| one_of(&of_objects)) {
            return Some(vec![member.name.clone()]);
        }
        if object.members.iter().any(|one| is_list(one.value.shape)) {
            return None;
        }
        let has_list = |shape| match self.form(shape) {
            Form::Object(inner) => inner.members.iter().any(|one| is_list(one.value.shape)),
            _ => false,
        };
        let outer = one_of(&has_list)?;
        let Form::Object(inner) = self.form(outer.value.shape) else { return None };
        let mut lists = inner.members.iter().filter(|one| is_list(one.value.shape));
        let first = lists.next()?;
        lists.next().is_none().then(|| vec![outer.name.clone(), first.name.clone()])
    }

    /// Whether values of a shape can have something at the end of a way.
    fn holds(&self, shape: ShapeId, way: &[String]) -> bool {
        let [first, rest @ ..] = way else { return true };
        match self.form(shape) {
            Form::Any => true,
            Form::Object(object) => {
                object.member(first).is_some_and(|member| self.holds(member.value.shape, rest))
            }
            Form::Map(map) => self.holds(map.rest.shape, rest),
            Form::List(list) => first.parse::<i64>().is_ok() && self.holds(list.item.shape, rest),
            Form::Union(union) => union.branches.iter().any(|one| self.holds(one.shape, way)),
            _ => false,
        }
    }

    /// The schema of a parameter of the query.
    fn schema(&self, name: &str) -> Option<SchemaId> {
        let parameters = &self.table.api.model.parameters;
        let mut all = self.operation().parameters.iter().map(|id| &parameters[*id]);
        let found = all.find(|one| {
            one.place == crate::openapi::model::Place::Query && one.name.text == name
        })?;
        match &found.form {
            ValueForm::Styled(styled) => styled.schema,
            ValueForm::Content(_) => None,
        }
    }

    /// The number of the first page: what is sent if nothing is set, else the least number, else one.
    fn first_page(&self, parameter: &str) -> u64 {
        let number = || {
            let keywords = self.table.api.model.schema(self.schema(parameter)?).keywords()?;
            let default = keywords.default.map(|at| self.table.api.description.node(at));
            let least = keywords.limits.minimum.as_ref();
            let default = default.and_then(|node| node.number()?.parse().ok());
            default.or_else(|| least?.text.parse().ok().filter(|least| *least <= 1))
        };
        number().unwrap_or(1)
    }
}

impl Returned {
    /// The first answer that has a body.
    fn body(&self) -> Option<Id<Response>> {
        self.shapes.iter().find(|one| one.body.is_some()).map(|one| one.response)
    }

    /// The shape of the one body, if it has members.
    fn shape(&self, table: &Table<'_>) -> Option<ShapeId> {
        let body = self.shapes.iter().find_map(|one| Some((one.response, one.body.as_ref()?)))?;
        let content = &table.api.model.responses[body.0].content;
        let media = content.iter().find(|(name, _)| name.text.trim() == body.1.media_type)?;
        let schema = table.api.model.media_types[media.1].schema?;
        let has_members = matches!(body.1.form, AnswerForm::Json | AnswerForm::Xml);
        table.api.shapes.of(schema).filter(|_| has_members).map(|Use { shape, .. }| shape)
    }
}

impl PagingRule {
    /// The parameter that is another one for each page.
    fn input(&self) -> Option<&String> {
        match self {
            Self::Cursor { parameter, .. } | Self::Offset(parameter) | Self::Page(parameter, _) => {
                Some(parameter)
            }
            Self::OnePage | Self::LinkHeader | Self::NextLink(_) | Self::NextPath(_) => None,
        }
    }

    /// The place of the link or the cursor of the next page.
    fn pointer(&self) -> Option<&str> {
        match self {
            Self::NextLink(pointer) | Self::NextPath(pointer) | Self::Cursor { pointer, .. } => {
                Some(pointer)
            }
            Self::OnePage | Self::LinkHeader | Self::Offset(_) | Self::Page(..) => None,
        }
    }
}

/// Whether a path is nothing but one variable, which is an address as a whole.
fn is_address(path: &str) -> bool {
    let mut variables = variables(path);
    match (variables.next(), variables.next()) {
        (Some(variable), None) => path.trim_start_matches('/') == ["{", variable, "}"].concat(),
        _ => false,
    }
}
