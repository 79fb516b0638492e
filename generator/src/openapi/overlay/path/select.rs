//! What a [`Query`] selects.

use super::super::draft::{Content, Draft, Step};
use super::{Query, Segment, Selector};
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many values may still be looked at.
#[derive(Debug)]
pub(in super::super) struct Budget {
    left: u64,
}

/// A path needs more steps than there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Exhausted;

pub(super) type Steps<T> = Result<T, Exhausted>;

impl Budget {
    pub(in super::super) fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    pub(super) fn spend(&mut self, steps: usize) -> Steps<()> {
        self.left = self.left.checked_sub(steps as u64).ok_or(Exhausted)?;
        Ok(())
    }

    /// Runs with a part of this one, and takes back what is left of it.
    pub(in super::super) fn part<T>(&mut self, most: u64, run: impl FnOnce(&mut Self) -> T) -> T {
        let given = self.left.min(most);
        let mut part = Self::new(given);
        let result = run(&mut part);
        self.left -= given - part.left;
        result
    }
}

impl Query {
    /// The places of what the path selects in a document, each once, in the order of the document.
    pub(in super::super) fn select(
        &self,
        root: &Draft<'_>,
        budget: &mut Budget,
    ) -> Result<Vec<Vec<Step>>, Exhausted> {
        let mut selecting =
            Selecting { root, budget, trail: Vec::new(), patterns: FxHashMap::default() };
        let found = selecting.query(self, root, Uses::AsSet)?;
        let mut places = Vec::with_capacity(found.len());
        for one in found {
            let place = selecting.place(one.from);
            selecting.budget.spend(place.len())?;
            places.push(place);
        }
        places.sort_unstable();
        Ok(places)
    }
}

/// A query that is applied.
pub(super) struct Selecting<'s, 'd, 't> {
    pub(super) root: &'d Draft<'t>,
    pub(super) budget: &'s mut Budget,
    /// The steps from value to value: where the step before is, and the step.
    trail: Vec<(Option<u32>, Step)>,
    /// The patterns so far; `None` for what is not one.
    pub(super) patterns: FxHashMap<String, Option<Regex>>,
}

/// A value that was found, and the last step to it.
#[derive(Clone, Copy)]
pub(super) struct Found<'d, 't> {
    pub(super) value: &'d Draft<'t>,
    from: Option<u32>,
}

/// What the values that a query selects are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Uses {
    /// It does not matter how often one is selected.
    AsSet,
    /// They are counted.
    AsList,
}

/// What each entry of a list costs, which no set of the values of a document limits.
const ENTRY: usize = 32;

impl<'d, 't> Selecting<'_, 'd, 't> {
    /// What a query in a filter selects. The steps to it are forgotten.
    pub(super) fn inner(
        &mut self,
        query: &Query,
        current: &'d Draft<'t>,
        uses: Uses,
    ) -> Steps<Vec<Found<'d, 't>>> {
        let length = self.trail.len();
        let found = self.query(query, current, uses);
        self.trail.truncate(length);
        found
    }

    fn query(
        &mut self,
        query: &Query,
        current: &'d Draft<'t>,
        uses: Uses,
    ) -> Steps<Vec<Found<'d, 't>>> {
        let value = if query.from_root { self.root } else { current };
        let mut found = vec![Found { value, from: None }];
        for segment in &query.segments {
            found = self.segment(segment, found, uses)?;
        }
        Ok(found)
    }

    fn segment(
        &mut self,
        segment: &Segment,
        from: Vec<Found<'d, 't>>,
        uses: Uses,
    ) -> Steps<Vec<Found<'d, 't>>> {
        let from = match segment.is_descendant {
            true => self.descendants(from, uses)?,
            false => from,
        };
        let mut found = Vec::new();
        for one in from {
            for selector in &segment.selectors {
                self.selector(selector, one, &mut found)?;
            }
            if uses == Uses::AsList {
                self.budget.spend(segment.selectors.len() * ENTRY)?;
            }
        }
        match uses {
            Uses::AsSet if segment.selectors.len() > 1 => {
                let mut known = FxHashSet::default();
                found.retain(|one: &Found<'_, '_>| known.insert(std::ptr::from_ref(one.value)));
            }
            Uses::AsSet => {}
            Uses::AsList => self.budget.spend(found.len() * ENTRY)?,
        }
        Ok(found)
    }

    /// Some values and all that is in them.
    fn descendants(&mut self, from: Vec<Found<'d, 't>>, uses: Uses) -> Steps<Vec<Found<'d, 't>>> {
        let mut known = FxHashSet::default();
        let is_set = uses == Uses::AsSet && from.len() > 1;
        let mut all = Vec::new();
        for one in from {
            let mut open = vec![one];
            while let Some(one) = open.pop() {
                self.budget.spend(if uses == Uses::AsList { ENTRY } else { 1 })?;
                if is_set && !known.insert(std::ptr::from_ref(one.value)) {
                    continue;
                }
                all.push(one);
                self.children(one, &mut open)?;
            }
        }
        Ok(all)
    }

    fn children(&mut self, of: Found<'d, 't>, to: &mut Vec<Found<'d, 't>>) -> Steps<()> {
        match &of.value.content {
            Content::Scalar => Ok(()),
            Content::Array(items) => {
                self.budget.spend(items.len())?;
                items.iter().enumerate().for_each(|(at, item)| {
                    to.push(self.found(of, Step::Item(at), item));
                });
                Ok(())
            }
            Content::Object(fields) => {
                self.budget.spend(fields.len())?;
                fields.iter().enumerate().for_each(|(at, field)| {
                    to.push(self.found(of, Step::Member(at), &field.value));
                });
                Ok(())
            }
        }
    }

    fn selector(
        &mut self,
        selector: &Selector,
        from: Found<'d, 't>,
        to: &mut Vec<Found<'d, 't>>,
    ) -> Steps<()> {
        self.budget.spend(1)?;
        match (selector, &from.value.content) {
            (_, Content::Scalar)
            | (Selector::Name(_), Content::Array(_))
            | (Selector::Index(_) | Selector::Slice { .. }, Content::Object(_)) => {}
            (Selector::Name(name), Content::Object(_)) => {
                if let Some((at, value)) = self.member(from.value, name)? {
                    to.push(self.found(from, Step::Member(at), value));
                }
            }
            (Selector::Index(at), Content::Array(items)) => {
                if let Some(at) = position(*at, items.len())
                    && let Some(item) = items.get(at)
                {
                    to.push(self.found(from, Step::Item(at), item));
                }
            }
            (Selector::Slice { start, end, step }, Content::Array(items)) => {
                for at in slice(*start, *end, *step, items.len()) {
                    self.budget.spend(1)?;
                    if let Some(item) = items.get(at) {
                        to.push(self.found(from, Step::Item(at), item));
                    }
                }
            }
            (Selector::Wildcard, _) => self.children(from, to)?,
            (Selector::Filter(condition), content) => {
                let count = match content {
                    Content::Array(items) => items.len(),
                    Content::Object(fields) => fields.len(),
                    Content::Scalar => 0,
                };
                for at in 0..count {
                    let (step, value) = match content {
                        Content::Array(items) => (Step::Item(at), &items[at]),
                        Content::Object(fields) => (Step::Member(at), &fields[at].value),
                        Content::Scalar => break,
                    };
                    self.budget.spend(1)?;
                    if self.holds(condition, value)? {
                        to.push(self.found(from, step, value));
                    }
                }
            }
        }
        Ok(())
    }

    /// The one value that a query of single steps selects.
    pub(super) fn one(
        &mut self,
        query: &Query,
        current: &'d Draft<'t>,
    ) -> Steps<Option<&'d Draft<'t>>> {
        let mut value = if query.from_root { self.root } else { current };
        for segment in &query.segments {
            self.budget.spend(1)?;
            let next = match (segment.selectors.first(), &value.content) {
                (Some(Selector::Name(name)), Content::Object(_)) => {
                    self.member(value, name)?.map(|(_, value)| value)
                }
                (Some(Selector::Index(at)), Content::Array(items)) => {
                    position(*at, items.len()).and_then(|at| items.get(at))
                }
                _ => None,
            };
            let Some(next) = next else { return Ok(None) };
            value = next;
        }
        Ok(Some(value))
    }

    /// A member with its position.
    fn member(&mut self, of: &'d Draft<'t>, name: &str) -> Steps<Option<(usize, &'d Draft<'t>)>> {
        let Content::Object(fields) = &of.content else { return Ok(None) };
        let at = fields.iter().position(|field| field.name == name);
        // Most names differ in their length.
        self.budget.spend(at.unwrap_or(fields.len()) / 8)?;
        Ok(at.map(|at| (at, &fields[at].value)))
    }

    fn found(&mut self, from: Found<'_, '_>, step: Step, value: &'d Draft<'t>) -> Found<'d, 't> {
        let at = u32::try_from(self.trail.len()).ok();
        self.trail.push((from.from, step));
        Found { value, from: at }
    }

    fn place(&self, from: Option<u32>) -> Vec<Step> {
        let mut place = Vec::new();
        let mut next = from;
        while let Some((before, step)) = next.and_then(|at| self.trail.get(at as usize)) {
            place.push(*step);
            next = *before;
        }
        place.reverse();
        place
    }
}

/// A position in an array of some items, from its beginning.
fn position(at: i64, count: usize) -> Option<usize> {
    match usize::try_from(at) {
        Ok(at) => Some(at),
        Err(_) => count.checked_sub(usize::try_from(at.unsigned_abs()).ok()?),
    }
}

/// The positions of a slice.
fn slice(
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
    count: usize,
) -> impl Iterator<Item = usize> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let from_start = |at: i64| if at < 0 { count.saturating_add(at) } else { at };
    let (first, past) = if step >= 0 {
        let first = from_start(start.unwrap_or(0)).clamp(0, count);
        (first, from_start(end.unwrap_or(count)).clamp(0, count))
    } else {
        let first = start.map_or(count - 1, from_start).clamp(-1, count - 1);
        (first, end.map_or(-1, from_start).clamp(-1, count - 1))
    };
    let goes_on = move |at: i64| if step > 0 { at < past } else { step < 0 && at > past };
    std::iter::successors(Some(first), move |at| at.checked_add(step))
        .take_while(move |at| goes_on(*at))
        .filter_map(|at| usize::try_from(at).ok())
}
