//! A name that could not be kept, and the warning about it.
//!
//! Enters: the names, and the place of the element. Leaves: a diagnostic. Must not know: why the names
//! met.

use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;

/// A name that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rename {
    /// The schema element.
    pub element: String,
    /// The name it would have had.
    pub wanted: String,
    /// The name it has.
    pub given: String,
    /// Why.
    pub reason: String,
    /// Where the element is declared.
    pub span: Span,
}

impl Rename {
    /// Reports which name the element has, and why.
    fn message(&self) -> String {
        let message =
            format!("{} is called `{}` in Rust: {}", self.element, self.given, self.reason);
        // A name may have any characters, and a message is one line.
        let escaped = message.chars().map(|one| match one.is_control() {
            true => one.escape_default().to_string(),
            false => one.to_string(),
        });
        escaped.collect()
    }

    /// The message next to the place of the element.
    fn label(&self) -> String {
        format!("would be called `{}`", self.wanted)
    }

    /// The warning about it.
    pub(crate) fn warning(&self) -> Diagnostic {
        Diagnostic::warning("renamed", self.message())
            .at(self.span, self.label())
            .help("choose a name under [names] in the configuration")
    }
}
