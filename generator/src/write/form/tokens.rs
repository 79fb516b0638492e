//! The arguments of macros.
//!
//! A formatter does not know what the tokens of a macro mean, so prettyplease writes them as a
//! tokenizer sees them: with a blank after the keyword `crate` and around angle brackets, and with
//! a line that may break at each blank.

use super::{Form, Items};
use crate::crate_plan::print::{Brackets, Code};
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

/// Types as the printer of the plan writes them, which become tokens.
#[derive(Debug)]
pub(crate) struct Tokenized<'line>(pub(crate) &'line mut Line);

impl Code for Tokenized<'_> {
    fn word(&mut self, word: &str) {
        self.0.word(word);
        if word == "crate" {
            self.0.break_at(Break::Blank);
        }
    }

    fn begin_list(&mut self, brackets: Brackets) {
        self.0.break_at(Break::Blank);
        self.0.word(brackets.texts().0);
        self.0.break_at(Break::Blank);
    }

    fn comma(&mut self) {
        self.0.word(",");
        self.0.break_at(Break::Blank);
    }

    fn end_list(&mut self, brackets: Brackets) {
        self.0.break_at(Break::Blank);
        self.0.word(brackets.texts().1);
    }
}
