//! Whether two nodes are the same JSON value.

use super::number;
use super::tree::{Kind, Member, Members, Node};

impl Node<'_> {
    /// Whether two nodes, also of different trees, are the same JSON value: numbers by value, objects
    /// as sets of members.
    pub fn equals(self, other: Node<'_>) -> bool {
        if self.id == other.id && std::ptr::eq(self.tree, other.tree) {
            return true;
        }
        match (self.kind(), other.kind()) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Bool(one), Kind::Bool(other)) => one == other,
            (Kind::Number(one), Kind::Number(other)) => number::are_equal(one, other),
            (Kind::String(one), Kind::String(other)) => one == other,
            (Kind::Array(one), Kind::Array(other)) => {
                one.len() == other.len() && one.zip(other).all(|(one, other)| one.equals(other))
            }
            (Kind::Object(one), Kind::Object(other)) => objects(one, other),
            _ => false,
        }
    }
}

fn objects(one: Members<'_>, other: Members<'_>) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let [one, other] = [by_name(one), by_name(other)];
    one.iter().zip(&other).all(|(one, other)| one.name == other.name)
        && one.iter().zip(&other).all(|(one, other)| one.value.equals(other.value))
}

fn by_name(members: Members<'_>) -> Vec<Member<'_>> {
    let mut members: Vec<_> = members.collect();
    members.sort_by_key(|member| member.name);
    members
}
