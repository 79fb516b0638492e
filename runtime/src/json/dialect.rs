//! What the JSON of a family of types has beside the members that the types declare.
//!
//! Enters: nothing; a dialect is a constant of who speaks it. Leaves: what the walk of JSON asks for where
//! plain JSON leaves open how an object is read or written.
//! Must not know: any dialect but the plain one.

use super::decode::Walk;
use super::reader::Fault;
use super::{Shape, Structured};

/// How objects are read and written where plain JSON leaves that open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// The name of the member by which an object says its type, which is written first.
    pub(crate) type_member: Option<&'static str>,
    /// Whether a name of an annotation is this one, or another one for it. It is a function since a
    /// comparison with a constant costs nothing, and each annotation is compared.
    pub(crate) names_type: fn(&str) -> bool,
    /// What is in front of the name of a type there.
    pub(crate) type_prefix: &'static str,
    /// The byte that the names of annotations begin with. Only frames declare members of such names.
    pub(crate) annotations: Option<u8>,
    /// How objects are read that are around what was asked for.
    pub(crate) frame: Option<Frame>,
}

/// How objects are read that are around what was asked for, such as pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Reads the members, after the bracket.
    pub(crate) read: fn(&mut Walk<'_>, &mut dyn Structured) -> Result<(), Fault>,
    /// The declared member with a name, which may have others than in its shape.
    pub(crate) declared: fn(&'static Shape, &str) -> Option<usize>,
}

impl Dialect {
    /// JSON as it is: no object says its type but by its own members.
    pub(crate) const PLAIN: Self = Self {
        type_member: None,
        names_type: |_| false,
        type_prefix: "",
        annotations: None,
        frame: None,
    };

    /// Whether a name is one of an annotation.
    #[inline]
    pub(crate) fn is_annotation(&self, name: &str) -> bool {
        self.annotations.is_some_and(|first| name.as_bytes().first() == Some(&first))
    }
}
