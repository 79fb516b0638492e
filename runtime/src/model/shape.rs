//! The wire names of a type, and how a name is found among them.

use std::sync::OnceLock;

/// The wire names of a structured type and its members.
#[derive(Debug)]
pub struct Shape {
    /// The qualified name of the type.
    pub name: &'static str,
    /// The names of the members, inherited ones first.
    pub members: &'static [&'static str],
    /// Where the members are by their hashes, made when a member first comes unexpected. So a
    /// generated crate has nothing of it to compile, and a type that is never read no table.
    table: OnceLock<Box<[u16]>>,
}

/// A place of the table without a member.
const EMPTY: u16 = u16::MAX;

/// With fewer members than this, looking at each is faster than hashing.
const FEW: usize = 4;

impl Shape {
    /// The shape of a type.
    pub const fn new(name: &'static str, members: &'static [&'static str]) -> Self {
        Self { name, members, table: OnceLock::new() }
    }

    /// The name of the member at an index.
    pub(super) fn member(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// A number that few other types have.
    pub(super) fn number(&self) -> usize {
        hash(self.name)
    }

    /// The index of a member.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let members = self.members;
        if members.len() < FEW || members.len() >= usize::from(EMPTY) {
            return members.iter().position(|member| *member == name);
        }
        let table = self.table.get_or_init(|| table(members));
        let mut place = hash(name) & (table.len() - 1);
        loop {
            let index = usize::from(*table.get(place)?);
            // An empty place has an index that no member has.
            if *members.get(index)? == name {
                return Some(index);
            }
            place = (place + 1) & (table.len() - 1);
        }
    }
}

/// The members by their hashes. At least half of the places are empty, so that a search ends soon.
fn table(members: &[&str]) -> Box<[u16]> {
    let places = (members.len() * 2).next_power_of_two();
    let mut table = vec![EMPTY; places].into_boxed_slice();
    for (index, name) in (0..EMPTY).zip(members) {
        let mut place = hash(name) & (places - 1);
        while table[place] != EMPTY {
            place = (place + 1) & (places - 1);
        }
        table[place] = index;
    }
    table
}

/// A hash by the length, the first eight bytes and the last eight. The names of a type rarely agree
/// in all of them, and where they do, the next place is looked at. The table has only names of the
/// schema, so no answer of a service makes it slow.
#[inline]
fn hash(name: &str) -> usize {
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
        for count in 0..=NAMES.len() {
            let shape = Shape::new("test.type", &NAMES[..count]);
            for (index, name) in NAMES.iter().enumerate() {
                let found = shape.find(name);
                assert_eq!(found, (index < count).then_some(index), "{name} of {count}");
            }
            assert_eq!(shape.find("nothing"), None);
            assert_eq!(shape.find("onPremisesYomainName"), None);
        }
    }
}
