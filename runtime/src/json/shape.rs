//! The wire names of a type.

use super::dialect::Dialect;

/// The wire names of a structured type and its members.
///
/// It is a constant of the function that returns it, with nothing to set up: a crate of a large schema has
/// thousands of them. The reader decides how a name is found among the members.
#[derive(Debug)]
#[non_exhaustive]
pub struct Shape {
    /// The qualified name of the type.
    pub name: &'static str,
    /// The names of the members, inherited ones first.
    pub members: &'static [&'static str],
    /// What its objects have besides the members.
    pub(crate) dialect: &'static Dialect,
}

impl Shape {
    /// A type of plain JSON.
    #[must_use]
    pub const fn new(name: &'static str, members: &'static [&'static str]) -> Self {
        Self::in_dialect(name, members, &Dialect::PLAIN)
    }

    /// A type whose objects are in a dialect.
    pub(crate) const fn in_dialect(
        name: &'static str,
        members: &'static [&'static str],
        dialect: &'static Dialect,
    ) -> Self {
        Self { name, members, dialect }
    }

    /// The name of the member at an index.
    pub(crate) fn member(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// The index of a member.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| *member == name)
    }
}
