//! Reads values of one of several types.
//!
//! Enters: the [`Choice`] of a union, and JSON. Leaves: the value as one of a branch, or as any JSON if no
//! branch takes it: only what is not JSON is an error.
//! Must not know: which types the branches have.
//!
//! A branch that has to be tried may have unions in it that have to be tried, and so on. So the branch that was
//! found for a value is remembered until the outermost trial ends, and what is tried in all is limited.

use super::blank::Blank;
use super::choice::{By, Choice, Kinds, Literal};
use super::decode::value;
use super::reader::{Fault, Mark, Reader, is_integer, same_number};
use super::{Kind, Slot, Value, View};
use std::any::Any;
use std::borrow::Cow;

/// A generated enum over the types that a value may have. After the branches of its [`Choice`], it has one for
/// any other value.
pub trait Union: Sized {
    /// How the branches are told apart.
    const CHOICE: &'static Choice;
    /// Reads a value of a branch.
    fn read(branch: usize, read: &mut Read<'_>) -> Option<Self>;
    /// The value.
    fn view(&self) -> View<'_>;
}

/// What reads the value of a branch.
pub struct Read<'a>(&'a mut dyn Attempt);

/// Reads the value of a branch.
pub fn branch<T: Value>(read: &mut Read<'_>) -> Option<T> {
    let mut place = None;
    read.0.decode(T::slot(&mut place));
    place
}

/// An attempt to read a value as one of a branch.
pub trait Attempt {
    /// Reads the value into an empty place.
    fn decode(&mut self, slot: Slot<'_>);

    /// Whether the value that was read is the best one so far.
    fn accept(&mut self) -> bool;
}

/// A place for a value of one of several types.
pub trait UnionSlot {
    /// How the types are told apart.
    fn choice(&self) -> &'static Choice;

    /// Reads a value of a branch, and puts it into the place if it is accepted. Returns whether it was.
    fn read(&mut self, branch: usize, attempt: &mut dyn Attempt) -> bool;

    /// Puts a copy of a value of the same type into the place. Returns whether it is one.
    fn copy(&mut self, value: &dyn Any) -> bool;

    /// Empties the place.
    fn clear(&mut self);
}

/// A value of one of several types.
pub trait UnionView: Any {
    /// The value as one of its type.
    fn view(&self) -> View<'_>;
}

impl<T: Union + Any> UnionView for T {
    fn view(&self) -> View<'_> {
        Union::view(self)
    }
}

impl<T: Union + Clone + Any> UnionSlot for Option<T> {
    fn choice(&self) -> &'static Choice {
        T::CHOICE
    }

    fn read(&mut self, branch: usize, attempt: &mut dyn Attempt) -> bool {
        let value = T::read(branch, &mut Read(attempt));
        let is_accepted = value.is_some() && attempt.accept();
        if is_accepted {
            *self = value;
        }
        is_accepted
    }

    fn copy(&mut self, value: &dyn Any) -> bool {
        *self = value.downcast_ref().cloned();
        self.is_some()
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// The kind of generated unions.
#[derive(Debug)]
pub struct Alternatives;

impl<T: Union + Clone + Blank + Any> Kind<T> for Alternatives {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Union(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Union(value)
    }
}

/// Reads a value. Null leaves the place empty, unless a branch takes it or any other value is valid.
pub(crate) fn read(reader: &mut Reader<'_>, slot: &mut dyn UnionSlot) -> Result<(), Fault> {
    let was_strict = reader.set_strict(true);
    let read = read_strictly(reader, slot);
    reader.set_strict(was_strict);
    if read.is_err() {
        slot.clear();
    }
    read
}

fn read_strictly(reader: &mut Reader<'_>, slot: &mut dyn UnionSlot) -> Result<(), Fault> {
    let choice = slot.choice();
    let kind = kind(reader)?;
    let mut taking = choice.taking(kind);
    let (first, second) = (taking.next(), taking.next());
    match (first, second, &choice.by) {
        (None, ..) if kind == Kinds::NULL && !choice.is_open => {
            slot.clear();
            reader.skip()
        }
        (None, ..) => other(reader, slot),
        (Some(branch), None, _) => one(reader, slot, branch).map(drop),
        (_, _, By::Tag { member, values, default }) if kind == Kinds::OBJECT => {
            tag(reader, slot, &Tag { member, values, default: *default })
        }
        (_, _, By::TagIfPresent { member, values }) if kind == Kinds::OBJECT => {
            tag_if_present(reader, slot, &Tag { member, values, default: None })
        }
        (_, _, By::Members(known)) if kind == Kinds::OBJECT => {
            let names = names(reader)?;
            let is_there = |member: &&str| names.iter().any(|name| name == member);
            let known = known.iter().filter(|(_, members)| members.iter().all(is_there));
            let branches: Vec<usize> = known.map(|(branch, _)| *branch).collect();
            several(reader, slot, &branches, Quality::Undeclared)
        }
        _ => several(reader, slot, &choice.taking(kind).collect::<Vec<_>>(), Quality::Exact),
    }
}

/// The kind of the value that comes next.
fn kind(reader: &mut Reader<'_>) -> Result<Kinds, Fault> {
    Ok(match reader.peek() {
        Some(b'{') => Kinds::OBJECT,
        Some(b'[') => Kinds::ARRAY,
        Some(b'"') => Kinds::STRING,
        Some(b't' | b'f') => Kinds::BOOLEAN,
        Some(b'n') => Kinds::NULL,
        _ => {
            let start = reader.mark();
            let json = reader.raw()?;
            reader.return_to(start);
            if is_integer(json) { Kinds::INTEGER } else { Kinds::FRACTION }
        }
    })
}

/// Keeps a value as any JSON.
#[cold]
fn other(reader: &mut Reader<'_>, slot: &mut dyn UnionSlot) -> Result<(), Fault> {
    let choice = slot.choice();
    reader.trials.misfits += u32::from(!choice.is_open);
    let branch = choice.kinds.len();
    let mut sole = Sole { reader, read: Ok(()) };
    slot.read(branch, &mut sole);
    sole.read
}

/// Reads a value as one of a branch, or if it is none, as any JSON. Returns whether it is one of the branch.
fn one(reader: &mut Reader<'_>, slot: &mut dyn UnionSlot, branch: usize) -> Result<bool, Fault> {
    let before = State::of(reader);
    let mut sole = Sole { reader, read: Ok(()) };
    let is_read = slot.read(branch, &mut sole);
    match sole.read {
        Ok(()) if is_read => Ok(true),
        Err(fault) if fault.is_syntax() => Err(fault),
        _ => {
            before.restore(reader);
            other(reader, slot).map(|()| false)
        }
    }
}

/// The only attempt.
struct Sole<'a, 'json> {
    reader: &'a mut Reader<'json>,
    read: Result<(), Fault>,
}

impl Attempt for Sole<'_, '_> {
    fn decode(&mut self, slot: Slot<'_>) {
        self.read = value(self.reader, slot);
    }

    fn accept(&mut self) -> bool {
        self.read.is_ok()
    }
}

/// What tells branches by the value of a member.
struct Tag {
    member: &'static str,
    values: &'static [(Literal, usize)],
    default: Option<usize>,
}

impl Tag {
    /// The branch for a value.
    fn branch(&self, json: Option<&str>) -> Option<usize> {
        let tells = |(literal, _): &&(Literal, usize)| json.is_some_and(|json| literal.is(json));
        self.values.iter().find(tells).map(|(_, branch)| *branch).or(self.default)
    }

    /// The value of the member. If it comes twice, the last one counts.
    fn value<'json>(
        &self,
        reader: &mut Reader<'json>,
        is_first_enough: bool,
    ) -> Result<Option<&'json str>, Fault> {
        let start = reader.mark();
        let mut found = None;
        let mut is_first = true;
        while let Some(name) = next_name(reader, &mut is_first)? {
            if name == self.member {
                found = Some(reader.raw()?);
                if is_first_enough {
                    break;
                }
            } else {
                reader.skip()?;
            }
        }
        reader.return_to(start);
        Ok(found)
    }
}

impl Literal {
    /// Whether a JSON text is this value.
    fn is(self, json: &str) -> bool {
        match self {
            Self::Boolean(value) => json == if value { "true" } else { "false" },
            Self::Number(number) => same_number(number, json),
            Self::Text(text) => {
                match json.strip_prefix('"').and_then(|json| json.strip_suffix('"')) {
                    Some(plain) if !plain.contains('\\') => plain == text,
                    Some(_) => {
                        serde_json::from_str::<Cow<'_, str>>(json).is_ok_and(|json| json == text)
                    }
                    None => false,
                }
            }
        }
    }
}

/// Reads a value as one of the branch that a member tells. The first one is found quickly, but the last one of
/// two counts.
fn tag(reader: &mut Reader<'_>, slot: &mut dyn UnionSlot, tag: &Tag) -> Result<(), Fault> {
    let place = (reader.place(), std::ptr::from_ref(slot.choice()).addr());
    if let Some(last) = reader.trials.last_tag(place) {
        return told(reader, slot, last).map(drop);
    }
    let before = State::of(reader);
    let first = tag.branch(tag.value(reader, true)?);
    reader.trials.is_repeated = false;
    let is_read = told(reader, slot, first)?;
    let is_repeated = std::mem::replace(&mut reader.trials.is_repeated, before.is_repeated);
    if is_read && !is_repeated {
        return Ok(());
    }
    let after = State::of(reader);
    before.restore(reader);
    let last = tag.branch(tag.value(reader, false)?);
    // A value around this one may be read again for the same reason.
    reader.trials.remember_last_tag(place, last);
    if last == first {
        after.restore(reader);
    } else {
        told(reader, slot, last)?;
        reader.trials.is_repeated = before.is_repeated;
    }
    Ok(())
}

/// Reads a value as one of the branch that a member tells, or if the member is not there, as one of the branch
/// that holds it best.
fn tag_if_present(
    reader: &mut Reader<'_>,
    slot: &mut dyn UnionSlot,
    tag: &Tag,
) -> Result<(), Fault> {
    match tag.value(reader, false)? {
        None | Some("null") => {
            let branches: Vec<usize> = slot.choice().taking(Kinds::OBJECT).collect();
            several(reader, slot, &branches, Quality::Exact)
        }
        value => told(reader, slot, tag.branch(value)).map(drop),
    }
}

/// Reads a value as one of the branch that is told, if any is. Returns whether it is one of a branch.
fn told(
    reader: &mut Reader<'_>,
    slot: &mut dyn UnionSlot,
    branch: Option<usize>,
) -> Result<bool, Fault> {
    match branch {
        Some(branch) => one(reader, slot, branch),
        None => other(reader, slot).map(|()| false),
    }
}

/// The names of the members of the object that comes next.
fn names<'json>(reader: &mut Reader<'json>) -> Result<Vec<Cow<'json, str>>, Fault> {
    let start = reader.mark();
    let mut names = Vec::new();
    let mut is_first = true;
    while let Some(name) = next_name(reader, &mut is_first)? {
        reader.skip()?;
        names.push(name);
    }
    reader.return_to(start);
    Ok(names)
}

/// The next name of an object, up to its value.
fn next_name<'json>(
    reader: &mut Reader<'json>,
    is_first: &mut bool,
) -> Result<Option<Cow<'json, str>>, Fault> {
    if *is_first {
        reader.begin(b'{', "an object")?;
    }
    let name = reader.any_name(std::mem::take(is_first))?;
    if name.is_some() {
        reader.colon()?;
    }
    Ok(name)
}

/// How well a branch holds a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    /// All of it.
    Exact,
    /// It has a member that the branch does not declare, or a number that is out of range.
    Undeclared,
    /// It has a member that is not of its type.
    Misfit,
}

/// What is known of a value when it has been read, or is to be read again.
struct State {
    mark: Mark,
    is_inexact: bool,
    misfits: u32,
    undeclared: u32,
    is_repeated: bool,
}

impl State {
    fn of(reader: &Reader<'_>) -> Self {
        let trials = &reader.trials;
        Self {
            mark: reader.mark(),
            is_inexact: reader.is_inexact(),
            misfits: trials.misfits,
            undeclared: trials.undeclared,
            is_repeated: trials.is_repeated,
        }
    }

    fn restore(&self, reader: &mut Reader<'_>) {
        reader.return_to(self.mark);
        reader.set_inexact(self.is_inexact);
        let trials = &mut reader.trials;
        trials.misfits = self.misfits;
        trials.undeclared = self.undeclared;
        trials.is_repeated = self.is_repeated;
    }

    /// How well the value has been held since then.
    fn quality(&self, reader: &Reader<'_>) -> Quality {
        match &reader.trials {
            trials if trials.misfits != self.misfits => Quality::Misfit,
            trials if trials.undeclared != self.undeclared => Quality::Undeclared,
            _ => Quality::Exact,
        }
    }
}

/// One attempt of several.
struct Trial<'a, 'json> {
    reader: &'a mut Reader<'json>,
    before: &'a State,
    read: Result<(), Fault>,
    best: &'a mut Option<(Quality, State)>,
}

impl Attempt for Trial<'_, '_> {
    fn decode(&mut self, slot: Slot<'_>) {
        self.read = value(self.reader, slot);
    }

    fn accept(&mut self) -> bool {
        let quality = self.before.quality(self.reader);
        let is_better = self.best.as_ref().is_none_or(|(best, _)| quality < *best);
        let is_accepted = self.read.is_ok() && is_better;
        if is_accepted {
            *self.best = Some((quality, State::of(self.reader)));
        }
        is_accepted
    }
}

/// Reads a value as one of the branch that holds it best. What holds it well enough ends the search.
fn several(
    reader: &mut Reader<'_>,
    slot: &mut dyn UnionSlot,
    branches: &[usize],
    enough: Quality,
) -> Result<(), Fault> {
    let choice = slot.choice();
    let place = (reader.place(), std::ptr::from_ref(choice).addr());
    let known = match branches {
        [] => Some(choice.kinds.len()),
        [branch] => Some(*branch),
        _ => reader.trials.found(place),
    };
    match known {
        Some(branch) if branch < choice.kinds.len() => {
            return one(reader, slot, branch).map(drop);
        }
        Some(_) => return other(reader, slot),
        None => {}
    }
    let before = State::of(reader);
    let mut best = None;
    let mut found = choice.kinds.len();
    for branch in branches {
        if !reader.trials.may_try(reader.text().len()) {
            break;
        }
        reader.trials.enter();
        let mut trial = Trial { reader, before: &before, read: Ok(()), best: &mut best };
        if slot.read(*branch, &mut trial) {
            found = *branch;
        }
        let read = trial.read;
        // All branches together are one attempt.
        let bytes = reader.place().saturating_sub(place.0);
        reader.trials.leave(bytes.div_ceil(branches.len()));
        if let Err(fault) = read
            && fault.is_syntax()
        {
            return Err(fault);
        }
        before.restore(reader);
        if best.as_ref().is_some_and(|(quality, _)| *quality <= enough) {
            break;
        }
    }
    reader.trials.remember(place, found);
    match best {
        Some((_, after)) => {
            after.restore(reader);
            Ok(())
        }
        None => other(reader, slot),
    }
}
