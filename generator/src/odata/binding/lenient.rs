//! Resource paths that are nearly right.
//!
//! Enters: the segments of a path as documentation and old clients write them. Leaves: the meaning
//! of each, and how it differs from the spelling in the model. Must not know: text of URLs.

use super::lookup::{Lookup, Member};
use super::path::Walk;
use super::{BoundKind, BoundSegment, Item, Target};
use crate::odata::edm::{OperationId, StructuredTypeId};
use crate::odata::url::{self, Argument, Url};
use std::ops::Range;

/// A part of a path that was resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseStep {
    /// The positions of its segments.
    pub written: Range<usize>,
    /// Its meaning: more than one segment if a key is in parentheses, or a type is missing.
    pub segments: Vec<BoundSegment>,
    /// How it differs from the spelling in the model.
    pub convention: Option<Convention>,
}

/// A difference from the spelling in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Convention {
    /// A name in another case.
    Case,
    /// The simple name of an operation whose namespace is not a default.
    Unqualified,
    /// A member of a derived type without the type before it.
    MissingCast,
    /// Arguments that no overload has.
    Arguments,
    /// A path within the service's own hierarchy, between colons: `root:/notes/a.txt:`.
    ColonPath,
    /// `$value` of an entity whose type is not declared to have a stream, or of a stream.
    Bytes,
}

/// The meaning of the segments of a path, in order, as far as it is known. The rest begins after
/// the last step.
///
/// ```
/// use schemacrate::internals::edm::Model;
/// use schemacrate::internals::binding::{Lookup, loose_path};
/// use schemacrate::internals::url::Url;
///
/// let model = Model::default();
/// let url = Url::parse("users/ada")?;
/// assert!(loose_path(&Lookup::new(&model, &[]), &url.path).is_empty());
/// # Ok::<(), schemacrate::internals::url::UrlError>(())
/// ```
pub fn loose_path(lookup: &Lookup<'_>, path: &[url::Segment]) -> Vec<LooseStep> {
    let mut steps: Vec<LooseStep> = Vec::new();
    let mut walk = Walk::new(lookup);
    let mut at = 0;
    while at < path.len() {
        let Some(step) = step(&mut walk, path, at) else { break };
        at = step.written.end;
        steps.push(step);
    }
    steps
}

/// Reads one segment, as it is or else in the first of the other ways that can be resolved.
fn step(walk: &mut Walk<'_, '_>, path: &[url::Segment], at: usize) -> Option<LooseStep> {
    let segment = &path[at];
    let before = walk.found.clone();
    let taken = |walk: &Walk<'_, '_>, end: usize, convention: Option<Convention>| {
        // A further part of a key changes the last segment and adds none.
        let added = walk.found.get(before.len()..).unwrap_or_default();
        let segments = if added.is_empty() {
            walk.found.last().cloned().into_iter().collect()
        } else {
            added.to_vec()
        };
        LooseStep { written: at..end, segments, convention }
    };
    let target = walk.target();
    let strict = walk.take(segment).is_ok().then(|| taken(walk, at + 1, None));
    // A segment that is always valid may be a misspelled name of something that is declared.
    let fits_anything = strict.as_ref().is_some_and(|step| step.segments.iter().any(is_free));
    if strict.is_some() && !fits_anything {
        return strict;
    }
    if walk.take_bytes(segment) {
        return Some(taken(walk, at + 1, Some(Convention::Bytes)));
    }
    let after = walk.found.clone();
    if let Some(odd) = odd_name(segment) {
        walk.found.clone_from(&before);
        if walk.take(&odd).is_ok() {
            let step = taken(walk, at + 1, None);
            if step.segments.first().is_some_and(|first| !is_free(first)) {
                return Some(step);
            }
        }
        walk.found.clone_from(&before);
    }
    if let Some(system) = system_like(segment) {
        walk.found.clone_from(&before);
        if walk.take(&system).is_ok() || walk.take_bytes(&system) {
            return Some(taken(walk, at + 1, Some(Convention::Case)));
        }
    }
    for (convention, segments) in ways(walk.lookup, target, segment) {
        walk.found.clone_from(&before);
        let is_guess = matches!(convention, Convention::Arguments | Convention::MissingCast);
        // A colon ends a key if a path follows.
        let begins_path = convention == Convention::ColonPath && at + 1 < path.len();
        if fits_anything && is_guess {
            continue;
        }
        if segments.iter().all(|one| walk.take(one).is_ok()) {
            let end =
                if convention == Convention::ColonPath { colon_end(path, at) } else { at + 1 };
            let mut step = taken(walk, end, Some(convention));
            if convention == Convention::Arguments && has_unread_key(segment, &step) {
                // The content of the parentheses is a key, whatever its form.
                for one in walk.found.last_mut().into_iter().chain(step.segments.last_mut()) {
                    one.target.many = false;
                }
            }
            let is_key = |one: &BoundSegment| matches!(one.kind, BoundKind::Key(_));
            let fits = |one: &BoundSegment| !is_free(one) || begins_path && is_key(one);
            if !fits_anything || step.segments.iter().all(fits) {
                return Some(step);
            }
        }
    }
    walk.found = if strict.is_some() { after } else { before };
    strict
}

/// A segment that is not an identifier, as a name: schemas have such names, although URLs should not.
fn odd_name(segment: &url::Segment) -> Option<url::Segment> {
    let url::SegmentKind::Key(text) = &segment.kind else { return None };
    let (name, rest) = text.split_at(text.find('(').unwrap_or(text.len()));
    // The content of the parentheses is read like that after any other name.
    let mut read = Url::parse(&["x", rest].concat()).ok().filter(|url| url.path.len() == 1)?;
    match read.path.remove(0).kind {
        url::SegmentKind::Name { arguments, .. } => Some(url::Segment {
            kind: url::SegmentKind::Name { name: name.to_owned(), arguments },
            span: segment.span,
        }),
        _ => None,
    }
}

/// The OData segment that differs from a segment only in case.
fn system_like(segment: &url::Segment) -> Option<url::Segment> {
    let (written, _) = name(segment)?;
    let system = ["$count", "$ref", "$value"];
    let found = system.into_iter().find(|one| one.eq_ignore_ascii_case(written))?;
    Some(url::Segment { kind: url::SegmentKind::System(found), span: segment.span })
}

/// Whether a segment has parentheses, closed or not, after a collection that is not an operation's.
fn has_unread_key(segment: &url::Segment, step: &LooseStep) -> bool {
    let last = step.segments.last();
    let is_place = |one: &BoundSegment| {
        matches!(one.kind, BoundKind::EntitySet(_) | BoundKind::Navigation(..))
    };
    let is_many = last.is_some_and(|one| is_place(one) && one.target.many);
    is_many
        && name(segment).is_some_and(|(text, arguments)| {
            let is_unread = text.contains('(') && !text.ends_with("()");
            is_unread || arguments.iter().any(|one| !one.is_empty())
        })
}

/// Whether a segment would be valid with any text: a key, a position, or a member of an open type.
fn is_free(segment: &BoundSegment) -> bool {
    matches!(segment.kind, BoundKind::Key(_) | BoundKind::Index(_) | BoundKind::Dynamic(_))
}

/// The position after the segment whose colon ends a path that begins in the segment `at`.
fn colon_end(path: &[url::Segment], at: usize) -> usize {
    let ends = |segment: &url::Segment| name(segment).is_some_and(|(name, _)| name.ends_with(':'));
    let after = path[at + 1..].iter().position(ends);
    after.map_or(path.len(), |position| at + 2 + position)
}

fn name(segment: &url::Segment) -> Option<(&str, &[Vec<Argument>])> {
    match &segment.kind {
        url::SegmentKind::Name { name, arguments } => Some((name, arguments)),
        url::SegmentKind::Key(text) => Some((text, &[])),
        _ => None,
    }
}

/// The other ways to read a segment, the nearest first.
fn ways(
    lookup: &Lookup<'_>,
    at: Option<Target>,
    segment: &url::Segment,
) -> Vec<(Convention, Vec<url::Segment>)> {
    let Some((written, arguments)) = name(segment) else { return Vec::new() };
    let named = |name: &str, arguments: &[Vec<Argument>]| url::Segment {
        kind: url::SegmentKind::Name { name: name.to_owned(), arguments: arguments.to_vec() },
        span: segment.span,
    };
    let mut ways = Vec::new();
    if let Some(plain) = written.strip_suffix(':') {
        let plain = url::SegmentKind::Key(plain.to_owned());
        let plain = odd_name(&url::Segment { kind: plain, span: segment.span });
        ways.extend(plain.map(|plain| (Convention::ColonPath, vec![plain])));
    }
    let known = Known { lookup, at };
    for (convention, name) in known.names(written) {
        ways.push((convention, vec![named(&name, arguments)]));
    }
    for (cast, name) in known.below(written) {
        let steps = vec![named(&cast, &[]), named(&name, arguments)];
        ways.push((Convention::MissingCast, steps));
    }
    let plain = written.split('(').next().unwrap_or(written);
    let names = known.names(plain).into_iter().map(|(_, name)| name);
    for name in std::iter::once(plain.to_owned()).chain(names) {
        ways.push((Convention::Arguments, vec![named(&name, &[])]));
    }
    ways
}

/// The possible names at a place of a path.
struct Known<'a, 'm> {
    lookup: &'a Lookup<'m>,
    at: Option<Target>,
}

impl Known<'_, '_> {
    /// The names that differ from a name only in case.
    fn names(&self, written: &str) -> Vec<(Convention, String)> {
        let mut names = Vec::new();
        let Some(at) = self.at else {
            let found = self.root_names(written).into_iter();
            names.extend(found.map(|name| (Convention::Case, name)));
            return names;
        };
        if let Item::Structured(id) = at.item
            && !at.many
        {
            names.extend(self.member_like(id, written).map(|name| (Convention::Case, name)));
        }
        if let Item::Structured(id) = at.item
            && let Some(cast) = self.lookup.cast_like(written, id)
        {
            names.push((Convention::Case, self.lookup.model.structured(cast).name.to_string()));
        }
        for operation in self.operations(at, written) {
            let name = &self.lookup.model.operation(operation).name;
            let convention =
                if name.name == written { Convention::Unqualified } else { Convention::Case };
            names.push((convention, name.to_string()));
        }
        names
    }

    fn root_names(&self, written: &str) -> Vec<String> {
        let names = self.lookup.roots().into_iter().map(|one| one.step.label().to_string());
        let mut names: Vec<String> =
            names.filter(|name| name.eq_ignore_ascii_case(written)).collect();
        names.dedup();
        names
    }

    fn member_like(&self, id: StructuredTypeId, written: &str) -> Option<String> {
        let members = self.lookup.service.members.of(id);
        members.names().find(|name| name.eq_ignore_ascii_case(written)).map(str::to_owned)
    }

    /// The operations bound to a place whose simple name is the last part of a name, in any case.
    fn operations(&self, at: Target, written: &str) -> Vec<OperationId> {
        let simple = written.rsplit('.').next().unwrap_or(written);
        let mut found = self.lookup.bound_like(simple, at);
        found.sort_by_key(|id| self.lookup.model.operation(*id).name.name != simple);
        found
    }

    /// The derived types that have a member or an operation with a name, the nearest first, each
    /// with its own spelling of the name.
    fn below(&self, written: &str) -> Vec<(String, String)> {
        let Some(Target { item: Item::Structured(id), many }) = self.at else { return Vec::new() };
        let model = self.lookup.model;
        let mut derived = self.lookup.service.descendants[&id].clone();
        derived
            .sort_by_key(|one| (model.bases(*one).len(), model.structured(*one).name.to_string()));
        let mut found = Vec::new();
        for one in derived {
            let target = Target { item: Item::Structured(one), many };
            let name = match self.lookup.member(one, written).filter(|_| !many) {
                Some(Member::Property(..) | Member::Navigation(..)) => Some(written.to_owned()),
                _ => {
                    let like = self.member_like(one, written).filter(|_| !many);
                    let bound = || {
                        let operation = *self.operations(target, written).first()?;
                        Some(model.operation(operation).name.to_string())
                    };
                    like.or_else(bound)
                }
            };
            if let Some(name) = name {
                found.push((model.structured(one).name.to_string(), name));
            }
        }
        found
    }
}
