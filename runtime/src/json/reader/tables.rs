//! The indices of the members of types, by name.
//!
//! Enters: the names of the members of a type, as its shape has them. Leaves: the index of a member.
//! A table is made when a member of the type first comes unexpectedly, and kept for all readers. So a
//! generated crate has no tables to compile, and a type that is never read has none.

use crate::json::Shape;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// The members of a type by the hashes of their names.
struct NameTable {
    members: &'static [&'static str],
    /// The indices of the members. At least half of the places are empty, so that a search ends soon.
    places: Box<[u16]>,
}

/// A place without a member.
const EMPTY: u16 = u16::MAX;

/// With fewer members than this, looking at each is faster than hashing.
const FEW: usize = 4;

/// The tables that have been made, by the address of the names of the members and their count. There are
/// at most as many as types, and they are never dropped.
static TABLES: RwLock<BTreeMap<(usize, usize), &NameTable>> = RwLock::new(BTreeMap::new());

/// How many tables a reader has at hand.
const AT_HAND: usize = 16;

/// The tables that a reader used last, so that it asks for each of them once.
pub(crate) struct Tables([Option<&'static NameTable>; AT_HAND]);

impl Tables {
    pub(crate) fn new() -> Self {
        Self([None; AT_HAND])
    }

    /// The index of the member with a name. `number` is one that few other types share.
    pub(crate) fn find(&mut self, shape: &Shape, number: usize, name: &str) -> Option<usize> {
        let members = shape.members;
        if members.len() < FEW || members.len() >= usize::from(EMPTY) {
            return shape.find(name);
        }
        let place = &mut self.0[number % AT_HAND];
        match place {
            Some(table) if std::ptr::eq(table.members, members) => table.find(name),
            _ => place.insert(table(members)).find(name),
        }
    }
}

/// The table of a type; the first time, it is made.
#[cold]
fn table(members: &'static [&'static str]) -> &'static NameTable {
    let key = (members.as_ptr().addr(), members.len());
    let made = TABLES.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    made.unwrap_or_else(|| {
        let mut tables = TABLES.write().unwrap_or_else(PoisonError::into_inner);
        tables.entry(key).or_insert_with(|| Box::leak(Box::new(NameTable::new(members))))
    })
}

impl NameTable {
    fn new(members: &'static [&'static str]) -> Self {
        let count = (members.len() * 2).next_power_of_two();
        let mut places = vec![EMPTY; count].into_boxed_slice();
        for (index, name) in (0..EMPTY).zip(members) {
            let mut place = hash(name) & (count - 1);
            while places[place] != EMPTY {
                place = (place + 1) & (count - 1);
            }
            places[place] = index;
        }
        Self { members, places }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let last = self.places.len() - 1;
        let mut place = hash(name) & last;
        loop {
            let index = usize::from(*self.places.get(place)?);
            // An empty place has an index that no member has.
            if *self.members.get(index)? == name {
                return Some(index);
            }
            place = (place + 1) & last;
        }
    }
}

/// A hash of the length, the first eight bytes and the last eight. The names of a type rarely agree in all
/// of them; if they do, the next place is tried. The table holds only names of the schema, so no answer of
/// a service makes it slow.
#[inline]
pub(crate) fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
            }
            _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
        },
    };
    let mixed =
        (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The high bits depend on all of the bytes.
    (mixed >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "id",
        "a",
        "",
        "mail",
        "onPremisesDomainName",
        "onPremisesDnsOtherDomainName",
        "extensionAttribute1",
        "extensionAttribute2",
        "extensionAttribute10",
        "displayName",
        "Ørsted",
        "onPremisesXomainName",
        "surname",
    ];

    #[test]
    fn each_member_is_found() {
        let mut tables = Tables::new();
        for count in 0..=NAMES.len() {
            let shape = Shape::new("test.type", &NAMES[..count]);
            let mut find = |name| tables.find(&shape, 0, name);
            for (index, name) in NAMES.iter().enumerate() {
                let found = find(name);
                assert_eq!(found, (index < count).then_some(index), "{name} of {count}");
            }
            assert_eq!(find("nothing"), None);
            assert_eq!(find("onPremisesYomainName"), None);
        }
    }

    #[test]
    fn a_table_is_made_once() {
        assert!(std::ptr::eq(table(NAMES), table(NAMES)));
        assert!(!std::ptr::eq(table(NAMES), table(&NAMES[1..])));
    }
}
