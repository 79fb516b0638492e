//! The wire names of a type.

/// The wire names of a structured type and its members.
///
/// It is a constant of the function that gives it, with nothing to set up: a crate of a large schema has
/// thousands of them. How a name is found among the members is the reader's business.
#[derive(Debug)]
pub struct Shape {
    /// The qualified name of the type.
    pub name: &'static str,
    /// The names of the members, inherited ones first.
    pub members: &'static [&'static str],
}

impl Shape {
    /// The name of the member at an index.
    pub(crate) fn member(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// The index of a member.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| *member == name)
    }
}
