//! Types and signatures, which the printer of the plan writes.

use super::Form;
use crate::crate_plan::print::{Brackets, Code};
use crate::write::wrap::{Break, Breaks, Line, Offset};

/// `a::B<C>`, or `(a: A, b: B) -> C`
impl Code for Line {
    fn word(&mut self, word: &str) {
        self.word(word);
    }

    fn begin_list(&mut self, brackets: Brackets) {
        self.word(brackets.texts().0);
        if brackets == Brackets::Round {
            self.break_at(Break::Never);
        }
        self.begin(Offset::Deeper, Breaks::Consistent);
        self.break_at(Break::Empty);
    }

    fn comma(&mut self) {
        self.word(",");
        self.break_at(Break::Blank);
    }

    fn end_list(&mut self, brackets: Brackets) {
        self.break_at(Break::Comma);
        self.end();
        self.word(brackets.texts().1);
    }
}

/// What was written last.
impl Form for &Line {
    fn write(self, line: &mut Line) {
        line.append(self);
    }
}

impl Form for Line {
    fn write(self, line: &mut Line) {
        line.append(&self);
    }
}
