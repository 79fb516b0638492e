//! A line as it is written.
//!
//! Enters: words and the marks between them, from a [`Form`]. Leaves: the
//! line, in one piece if there is room for it.
//! Must not know: what the line means.
//!
//! Most lines fit, so words are written directly to the output and marks are only recorded. A line
//! that is too wide is removed and written again with its marks.

use super::breaks::{self, Break, Breaks, Offset, Piece};
use super::{push_literal, space};

/// A line of Rust, or a part of one.
pub(crate) trait Form {
    /// Whether it begins with a bracket, so that it needs no others around it.
    const IS_BRACKETED: bool = false;

    /// Writes it, and marks where it may break.
    fn write(self, line: &mut Line);
}

/// The items of a list.
pub(crate) trait Items: Sized {
    /// Whether there is only one item, which has brackets itself.
    fn is_bracketed(&self) -> bool {
        false
    }

    /// Writes each item.
    fn write(self, list: &mut List<'_>);
}

/// The end of a text: the line that is written.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The lines before, and this one without breaks.
    written: String,
    /// Where the line begins, after its indentation.
    start: usize,
    /// How deep the line is.
    depth: usize,
    /// The beginning of the expression at the beginning of a line.
    first: usize,
    marks: Vec<Mark>,
}

/// A piece that is not a word, and where in the text it is.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    piece: Piece<'static>,
}

impl Line {
    /// A form, to be written later.
    pub(crate) fn of(form: impl Form) -> Self {
        let mut line = Self::default();
        form.write(&mut line);
        line
    }

    /// Writes another line without its end.
    pub(crate) fn append(&mut self, other: &Self) {
        let at = self.written.len();
        self.marks.extend(other.marks.iter().map(|mark| Mark { at: at + mark.at, ..*mark }));
        self.written.push_str(&other.written);
    }

    /// Text that never breaks.
    #[inline]
    pub(crate) fn word(&mut self, word: &str) {
        self.written.push_str(word);
    }

    /// A string literal.
    pub(crate) fn literal(&mut self, text: &str) {
        push_literal(&mut self.written, text);
    }

    /// The beginning of a group.
    #[inline]
    pub(crate) fn begin(&mut self, offset: Offset, breaks: Breaks) {
        self.mark(Piece::Begin(offset, breaks));
    }

    /// The end of a group.
    #[inline]
    pub(crate) fn end(&mut self) {
        self.mark(Piece::End);
    }

    /// Where the line may break, with what is written there if it does not.
    #[inline]
    pub(crate) fn break_at(&mut self, found: Break) {
        self.mark(Piece::Break(found));
        self.written.push_str(found.flat());
    }

    /// What is between brackets. Without items the line does not break there.
    pub(crate) fn list(&mut self, items: impl Items) {
        let first = self.marks.len();
        self.begin(Offset::Deeper, Breaks::Consistent);
        self.break_at(Break::Empty);
        let mut list = List { line: self, count: 0 };
        items.write(&mut list);
        if list.count == 0 {
            self.marks.truncate(first);
        } else {
            self.break_at(Break::Comma);
            self.end();
        }
    }

    /// Items without a group of their own.
    pub(crate) fn items(&mut self, items: impl Items) {
        items.write(&mut List { line: self, count: 0 });
    }

    /// Treats what is written next as the beginning of the line.
    pub(crate) fn begin_line(&mut self) {
        self.first = self.written.len();
    }

    /// Whether what is written next begins a line.
    pub(crate) fn begins_line(&self) -> bool {
        self.first == self.written.len()
    }

    /// How many marks there are.
    pub(crate) fn marks(&self) -> usize {
        self.marks.len()
    }

    /// Changes the offset of a group that was already begun.
    pub(crate) fn set_offset(&mut self, mark: usize, offset: Offset) {
        if let Some(Mark { piece: Piece::Begin(found, _), .. }) = self.marks.get_mut(mark) {
            *found = offset;
        }
    }

    #[inline]
    fn mark(&mut self, piece: Piece<'static>) {
        self.marks.push(Mark { at: self.written.len(), piece });
    }

    /// The length of the text that was written since.
    pub(crate) fn since(&self, start: usize) -> &str {
        self.written.get(start..).unwrap_or_default()
    }

    /// The position in the line.
    pub(crate) fn position(&self) -> usize {
        self.written.len()
    }

    /// Begins a line that is so deep.
    pub(super) fn start(&mut self, depth: usize) {
        const BLANKS: &str = "                                ";
        match BLANKS.get(..depth) {
            Some(blanks) => self.written.push_str(blanks),
            None => self.written.extend(std::iter::repeat_n(' ', depth)),
        }
        self.start = self.written.len();
        self.first = self.start;
        self.depth = depth;
        self.marks.clear();
    }

    /// Ends the line, and breaks it where it has no room.
    pub(super) fn finish(&mut self) {
        let width = self.written.len() - self.start;
        if width > space(self.depth) && !self.marks.is_empty() {
            let flat = self.written.split_off(self.start);
            let pieces = self.pieces(&flat);
            breaks::print(&mut self.written, self.depth, &pieces);
        }
        self.written.push('\n');
    }

    /// The words of the line, and what is between them.
    fn pieces<'a>(&self, flat: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::with_capacity(2 * self.marks.len() + 1);
        let mut at = 0;
        let word = |pieces: &mut Vec<Piece<'a>>, from: usize, to: usize| {
            pieces.extend(flat.get(from..to).filter(|word| !word.is_empty()).map(Piece::Word));
        };
        for mark in &self.marks {
            let here = mark.at - self.start;
            word(&mut pieces, at, here);
            at = here;
            if let Piece::Break(found) = mark.piece {
                at += found.flat().len();
            }
            pieces.push(mark.piece);
        }
        word(&mut pieces, at, flat.len());
        pieces
    }

    pub(super) fn written(&mut self) -> &mut String {
        &mut self.written
    }
}

/// The items that are written to a list.
#[derive(Debug)]
pub(crate) struct List<'line> {
    line: &'line mut Line,
    count: usize,
}

impl List<'_> {
    /// Writes an item.
    pub(crate) fn item(&mut self, item: impl Form) {
        item.write(self.next());
    }

    /// Begins an item: the line to write it to.
    pub(crate) fn next(&mut self) -> &mut Line {
        if self.count > 0 {
            self.line.word(",");
            self.line.break_at(Break::Blank);
        }
        self.count += 1;
        self.line
    }
}
