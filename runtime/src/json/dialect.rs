//! What the JSON of a family of types has besides the members that the types declare.
//!
//! Enters: nothing; a dialect is a constant of the wing that uses it. Leaves: what the reader and the writer
//! need where plain JSON leaves open how an object is read or written.
//! Must not know: any dialect but the plain one.

use super::reader::{Fault, Reader};
use super::{Shape, Structured};

/// How objects are read and written where plain JSON leaves that open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// The name of the member that names the type of an object. It is written first.
    pub(crate) type_member: Option<&'static str>,
    /// Whether the name of an annotation is this one, or an alternative to it. It is a function because
    /// a comparison with a constant costs nothing, and each annotation is compared.
    pub(crate) names_type: fn(&str) -> bool,
    /// What precedes the name of a type there.
    pub(crate) type_prefix: &'static str,
    /// The byte that the names of annotations begin with. Only frames declare members of such names.
    pub(crate) annotations: Option<u8>,
    /// How the objects are read that enclose what was requested.
    pub(crate) frame: Option<Frame>,
}

/// How the objects are read that enclose what was requested, such as pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Reads the members, after the bracket.
    pub(crate) read: fn(&mut Reader<'_>, &mut dyn Structured) -> Result<(), Fault>,
    /// The declared member with a name, which may differ from the one in its shape.
    pub(crate) declared: fn(&'static Shape, &str) -> Option<usize>,
}

impl Dialect {
    /// Plain JSON: an object names its type only by its own members.
    pub(crate) const PLAIN: Self = Self {
        type_member: None,
        names_type: |_| false,
        type_prefix: "",
        annotations: None,
        frame: None,
    };

    /// Whether a name is that of an annotation.
    #[inline]
    pub(crate) fn is_annotation(&self, name: &str) -> bool {
        self.annotations.is_some_and(|first| name.as_bytes().first() == Some(&first))
    }
}
