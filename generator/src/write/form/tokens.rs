//! The arguments of macros.
//!
//! A formatter does not know what the tokens of a macro mean, so prettyplease writes them as a
//! tokenizer sees them: with a blank after the keyword `crate` and around angle brackets, and with
//! a line that may break at each blank.

use super::{Form, Items};
use crate::write::wrap::{Break, Breaks, Line, Offset};

/// What is between the brackets of a macro that is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<A>(pub(crate) A);

impl<A: Items> Form for Tokens<A> {
    fn write(self, line: &mut Line) {
        line.begin(Offset::Deeper, Breaks::Consistent);
        line.break_at(Break::Empty);
        line.begin(Offset::Same, Breaks::Inconsistent);
        line.items(self.0);
        line.end();
        line.break_at(Break::Close);
        line.end();
    }
}

/// A path as tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathTokens<'a>(pub(crate) &'a str);

impl Form for PathTokens<'_> {
    fn write(self, line: &mut Line) {
        match self.0.strip_prefix("crate::") {
            Some(path) => {
                line.word("crate");
                line.break_at(Break::Blank);
                line.word("::");
                line.word(path);
            }
            None => line.word(self.0),
        }
    }
}

/// A generic type as tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GenericTokens<N, A>(pub(crate) N, pub(crate) A);

impl<N: Form, A: Items> Form for GenericTokens<N, A> {
    fn write(self, line: &mut Line) {
        self.0.write(line);
        line.break_at(Break::Blank);
        line.word("<");
        line.break_at(Break::Blank);
        line.items(self.1);
        line.break_at(Break::Blank);
        line.word(">");
    }
}
