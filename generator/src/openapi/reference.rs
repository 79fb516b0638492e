//! What a reference refers to.
//!
//! Enters: the text of a reference, and the location of the object that has it. Leaves: the location that
//! it refers to. Must not know: which objects may have references, what is referred to.

use super::description::{Description, Location};
use crate::input::diagnostic::Diagnostic;
use crate::node::Pointer;

impl Description {
    /// The location that a reference refers to.
    ///
    /// # Errors
    /// If there is nothing, or the reference is not one.
    pub fn resolve(&self, from: Location, reference: &str) -> Result<Location, Box<Diagnostic>> {
        let unresolved = |why: String| {
            let message = format!("the reference `{reference}` cannot be resolved: {why}");
            Box::new(
                Diagnostic::error("unresolved-reference", message)
                    .at(self.span(from), "referred to here"),
            )
        };
        let fragment = reference
            .strip_prefix('#')
            .ok_or_else(|| unresolved("it refers to another document".to_owned()))?;
        let pointer = Pointer::of_fragment(fragment).map_err(|why| unresolved(why.to_string()))?;
        let found = self.document(from.document).tree.at(&pointer);
        found.map(|node| from.with(node)).map_err(|missing| unresolved(missing.reason(&pointer)))
    }
}
