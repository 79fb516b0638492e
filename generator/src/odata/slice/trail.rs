//! What brought each thing into a slice.
//!
//! Enters: arrows from one thing to another, as a walk finds them. Leaves: the shortest chain to a
//! type, and how many types come with each thing alone. Must not know: why a walk goes anywhere.

use crate::odata::edm::service::Label;
use crate::odata::edm::{OperationId, StructuredTypeId, TypeId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};

/// Something that a slice contains, or that led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Thing<'m> {
    /// Where all chains begin.
    Start,
    /// An included pattern, by its position.
    Pattern(usize),
    /// A place on the paths of a pattern, by the number of its state, and the type of what is there.
    Place {
        pattern: usize,
        state: usize,
        object: Option<StructuredTypeId>,
    },
    /// A member of a type that refers to another thing. `to` is the number of that thing.
    Member {
        owner: StructuredTypeId,
        name: &'m str,
        to: u32,
    },
    Operation(OperationId),
    /// A type, whose values may also be of the types that are derived from it.
    Any(StructuredTypeId),
    /// A type alone.
    Type(TypeId),
}

/// How a thing brings another one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Via<'m> {
    /// The two are on the same line of a chain.
    Same,
    /// One more segment of a path.
    Segment(Label<'m>),
    /// The base of a type.
    Base,
    /// A type that is derived from another.
    Derived,
    /// A parameter of an operation.
    Parameter,
    /// The result of an operation.
    Result,
    /// The type of a structural property.
    Value,
}

/// One arrow of a chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow<'m> {
    pub(super) from: Thing<'m>,
    pub(super) via: Via<'m>,
    pub(super) to: Thing<'m>,
}

/// All arrows of a walk.
#[derive(Debug)]
pub(super) struct Trail<'m> {
    things: Vec<Thing<'m>>,
    numbers: FxHashMap<Thing<'m>, u32>,
    /// The arrows from each thing.
    arrows: Vec<Vec<(Via<'m>, u32)>>,
}

impl Default for Trail<'_> {
    fn default() -> Self {
        let mut trail =
            Self { things: Vec::new(), numbers: FxHashMap::default(), arrows: Vec::new() };
        trail.number(Thing::Start);
        trail
    }
}

impl<'m> Trail<'m> {
    fn number(&mut self, thing: Thing<'m>) -> u32 {
        let Self { things, numbers, arrows } = self;
        *numbers.entry(thing).or_insert_with(|| {
            things.push(thing);
            arrows.push(Vec::new());
            u32::try_from(things.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Notes that a thing brings another one.
    pub(super) fn note(&mut self, from: Thing<'m>, via: Via<'m>, to: Thing<'m>) {
        let from = self.number(from);
        let to = self.number(to);
        self.arrows[from as usize].push((via, to));
    }

    /// Notes that a member of a type leads from one thing to another.
    pub(super) fn note_member(
        &mut self,
        from: Thing<'m>,
        (owner, name): (StructuredTypeId, &'m str),
        via: Via<'m>,
        to: Thing<'m>,
    ) {
        let number = self.number(to);
        let member = Thing::Member { owner, name, to: number };
        self.note(from, Via::Same, member);
        self.note(member, via, to);
    }

    /// The shortest chain from the start to a type.
    pub(super) fn chain(&self, id: TypeId) -> Option<Vec<Arrow<'m>>> {
        let goal = *self.numbers.get(&Thing::Type(id))?;
        // By the number of lines: an arrow within a line costs nothing.
        let mut found: Vec<Option<(u32, Via<'m>)>> = vec![None; self.things.len()];
        let mut done = vec![false; self.things.len()];
        let mut open = VecDeque::from([(0_u32, None)]);
        while let Some((at, before)) = open.pop_front() {
            if std::mem::replace(&mut done[at as usize], true) {
                continue;
            }
            found[at as usize] = before;
            if at == goal {
                break;
            }
            for (via, to) in &self.arrows[at as usize] {
                let next = (*to, Some((at, *via)));
                match via {
                    Via::Same => open.push_front(next),
                    _ => open.push_back(next),
                }
            }
        }
        let mut chain = Vec::new();
        let mut at = goal;
        while let Some((from, via)) = found[at as usize] {
            let [before, after] = [from, at].map(|one| self.things[one as usize]);
            chain.push(Arrow { from: before, via, to: after });
            at = from;
        }
        chain.reverse();
        (!chain.is_empty()).then_some(chain)
    }

    /// How many types are reached from a thing.
    pub(super) fn reached(&self, from: Thing<'m>) -> usize {
        let mut seen = vec![false; self.things.len()];
        let mut open: Vec<u32> = self.numbers.get(&from).copied().into_iter().collect();
        let mut types = 0;
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at as usize], true) {
                types += usize::from(self.is_type(at));
                open.extend(self.arrows[at as usize].iter().map(|(_, to)| *to));
            }
        }
        types
    }

    /// The things without which other things would not be reached: each after the one on which it
    /// depends.
    pub(super) fn dependence(&self) -> Dependence<'m> {
        let order = self.order();
        let mut place = vec![usize::MAX; self.things.len()];
        for (at, one) in order.iter().enumerate() {
            place[*one as usize] = at;
        }
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (at, one) in order.iter().enumerate() {
            for (_, to) in &self.arrows[*one as usize] {
                before[place[*to as usize]].push(at);
            }
        }
        let dominators = dominators(&before);
        let mut types: Vec<usize> =
            order.iter().map(|one| usize::from(self.is_type(*one))).collect();
        for at in (1..order.len()).rev() {
            types[dominators[at]] += types[at];
        }
        let things = order.iter().map(|one| self.things[*one as usize]).collect();
        Dependence { things, dominators, types }
    }

    fn is_type(&self, number: u32) -> bool {
        matches!(self.things[number as usize], Thing::Type(_))
    }

    /// The numbers of all things that are reached, each before those that are first reached from it.
    fn order(&self) -> Vec<u32> {
        let mut order = Vec::new();
        let mut seen = vec![false; self.things.len()];
        seen[0] = true;
        let mut open: Vec<(u32, usize)> = vec![(0, 0)];
        while let Some((at, next)) = open.pop() {
            match self.arrows[at as usize].get(next) {
                Some((_, to)) => {
                    open.push((at, next + 1));
                    if !std::mem::replace(&mut seen[*to as usize], true) {
                        open.push((*to, 0));
                    }
                }
                None => order.push(at),
            }
        }
        order.reverse();
        order
    }
}

/// For each thing, how many types would not be reached without it.
pub(super) struct Dependence<'m> {
    things: Vec<Thing<'m>>,
    dominators: Vec<usize>,
    types: Vec<usize>,
}

impl<'m> Dependence<'m> {
    /// How many types would not be reached without a thing.
    pub(super) fn of(&self, thing: Thing<'m>) -> usize {
        let at = self.things.iter().position(|one| *one == thing);
        at.map_or(0, |at| self.types[at])
    }

    /// The things that bring most types, of those that may be chosen. None of them depends on another
    /// one of them.
    pub(super) fn greatest(
        &self,
        count: usize,
        may: impl Fn(Thing<'m>) -> bool,
    ) -> Vec<(Thing<'m>, usize)> {
        let mut candidates: Vec<usize> = (0..self.things.len())
            .filter(|at| self.types[*at] > 1 && may(self.things[*at]))
            .collect();
        // The order of the things is that of the documents, and settles what is equal.
        candidates.sort_by_key(|at| (std::cmp::Reverse(self.types[*at]), *at));
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut greatest = Vec::new();
        for at in candidates {
            if greatest.len() == count {
                break;
            }
            if !self.above(at).any(|one| taken.contains(&one)) {
                taken.insert(at);
                greatest.push((self.things[at], self.types[at]));
            }
        }
        greatest
    }

    /// The things on which one depends, the nearest first.
    fn above(&self, at: usize) -> impl Iterator<Item = usize> {
        let next = |at: &usize| (*at != 0).then(|| self.dominators[*at]);
        std::iter::successors(next(&at), move |at| next(at))
    }
}

/// The immediate dominator of each node of a graph, whose nodes are in reverse postorder, from the nodes
/// before each (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm").
fn dominators(before: &[Vec<usize>]) -> Vec<usize> {
    const UNKNOWN: usize = usize::MAX;
    let mut found = vec![UNKNOWN; before.len()];
    found[0] = 0;
    let mut changed = true;
    while changed {
        changed = false;
        for at in 1..before.len() {
            let known = before[at].iter().copied().filter(|one| found[*one] != UNKNOWN);
            let nearest = known.reduce(|mut one, mut other| {
                while one != other {
                    if one > other {
                        one = found[one];
                    } else {
                        other = found[other];
                    }
                }
                one
            });
            if let Some(nearest) = nearest.filter(|nearest| found[at] != *nearest) {
                found[at] = nearest;
                changed = true;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> TypeId {
        TypeId::Structured(StructuredTypeId(number))
    }

    /// Two members of the first type lead to the second one, and one of that to the third, which has a
    /// fourth as its base and refers back to the first.
    fn trail() -> Trail<'static> {
        let mut trail = Trail::default();
        trail.note(Thing::Start, Via::Same, Thing::Pattern(0));
        trail.note(Thing::Pattern(0), Via::Value, Thing::Type(id(1)));
        for (owner, name, to) in [(1, "x", 2), (1, "y", 2), (2, "z", 3), (3, "back", 1)] {
            let member = (StructuredTypeId(owner), name);
            trail.note_member(Thing::Type(id(owner)), member, Via::Value, Thing::Type(id(to)));
        }
        trail.note(Thing::Type(id(3)), Via::Base, Thing::Type(id(4)));
        trail
    }

    #[test]
    fn what_brings_types_is_what_they_cannot_be_reached_without() {
        let trail = trail();
        assert_eq!(trail.reached(Thing::Pattern(0)), 4);
        assert_eq!(trail.reached(Thing::Pattern(1)), 0);
        let dependence = trail.dependence();
        assert_eq!(dependence.of(Thing::Pattern(0)), 4);
        assert_eq!(dependence.of(Thing::Type(id(2))), 3);
        let is_member = |thing| matches!(thing, Thing::Member { .. });
        let greatest = dependence.greatest(3, is_member);
        let names = greatest.iter().map(|(thing, types)| match thing {
            Thing::Member { name, .. } => (*name, *types),
            _ => ("", 0),
        });
        // Without `x` there is still `y`, and `back` brings nothing.
        assert_eq!(names.collect::<Vec<_>>(), [("z", 2)]);
        // What depends on something that is named is not named again.
        let all = dependence.greatest(3, |_| true);
        assert_eq!(all.len(), 1);
    }

    #[test]
    fn the_shortest_chain_counts_lines() {
        let trail = trail();
        let lines = |number| {
            let chain = trail.chain(id(number))?;
            Some(chain.iter().filter(|arrow| !matches!(arrow.via, Via::Same)).count())
        };
        assert_eq!([1, 2, 3, 4, 5].map(lines), [Some(1), Some(2), Some(3), Some(4), None]);
    }
}
