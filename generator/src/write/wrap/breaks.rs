//! Where a line breaks.
//!
//! Enters: the pieces of a line. Leaves: its text.
//!
//! This is the algorithm of Derek C. Oppen, “Pretty Printing” (1980), as prettyplease has it: a
//! group that has room stays on its line; of one that has not, every break breaks if it is
//! consistent, else each behind which the text up to the next break has no room.
//! A group and a break are measured up to the next break behind them.

use super::space;

/// A piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// Text without breaks.
    Word(&'a str),
    /// Where the line may break.
    Break(Break),
    /// The beginning of a group, and how much deeper its lines stand if it has no room.
    Begin(isize, Breaks),
    /// The end of a group.
    End,
}

/// How the breaks of a group break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// All, if the group has no room.
    Consistent,
    /// Those that must.
    Inconsistent,
}

/// Where a line may break.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Break {
    /// How much deeper the next line stands than the lines of the group.
    pub(super) offset: isize,
    /// The blanks that stand here if the line does not break.
    pub(super) blanks: usize,
    /// What stands before the break, if the line breaks.
    pub(super) before: &'static str,
    /// What begins the next line, if the line breaks.
    pub(super) after: &'static str,
    /// What stands here if the line does not break.
    pub(super) instead: &'static str,
    /// Whether the line does not break here; what is before is measured up to here even so.
    pub(super) never: bool,
}

/// Writes a line that is indented already, without its end.
pub(super) fn print(written: &mut String, depth: usize, pieces: &[Piece<'_>]) {
    let mut printer = Printer {
        written,
        space: signed(space(depth)),
        depth: signed(depth),
        open: Vec::new(),
        blanks: 0,
    };
    for (piece, size) in pieces.iter().zip(sizes(pieces)) {
        match piece {
            Piece::Word(word) => printer.word(word),
            Piece::Break(found) => printer.found_break(*found, size),
            Piece::Begin(offset, breaks) => printer.begin(*offset, *breaks, size),
            Piece::End => printer.end(),
        }
    }
}

/// How far it is from each beginning and break to the next break behind it.
fn sizes(pieces: &[Piece<'_>]) -> Vec<isize> {
    let mut sizes = vec![0; pieces.len()];
    let mut total = 0;
    let mut waiting = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Word(word) => total += signed(word.len()),
            Piece::Break(found) => {
                settle(pieces, &mut sizes, &mut waiting, total);
                sizes[at] = -total;
                waiting.push(at);
                total += signed(found.blanks);
            }
            Piece::Begin(..) => {
                sizes[at] = -total;
                waiting.push(at);
            }
            Piece::End => waiting.push(at),
        }
    }
    settle(pieces, &mut sizes, &mut waiting, total);
    sizes
}

/// A break ends what is measured: the groups that are closed, and the break before it.
fn settle(pieces: &[Piece<'_>], sizes: &mut [isize], waiting: &mut Vec<usize>, total: isize) {
    let mut depth = 0;
    while let Some(&at) = waiting.last() {
        match pieces[at] {
            Piece::Begin(..) if depth == 0 => return,
            Piece::Begin(..) => {
                sizes[at] += total;
                depth -= 1;
            }
            Piece::End => depth += 1,
            Piece::Break(_) => sizes[at] += total,
            Piece::Word(_) => {}
        }
        waiting.pop();
        if depth == 0 && matches!(pieces[at], Piece::Break(_)) {
            return;
        }
    }
}

struct Printer<'a> {
    written: &'a mut String,
    /// The room that is left on the line.
    space: isize,
    /// How deep the lines of the innermost group stand.
    depth: isize,
    /// The open groups: their breaks and the depth around them, if they have no room.
    open: Vec<Option<(Breaks, isize)>>,
    /// Blanks that are written before the next word.
    blanks: usize,
}

impl Printer<'_> {
    fn word(&mut self, word: &str) {
        self.written.extend(std::iter::repeat_n(' ', std::mem::take(&mut self.blanks)));
        self.written.push_str(word);
        self.space -= signed(word.len());
    }

    fn begin(&mut self, offset: isize, breaks: Breaks, size: isize) {
        if size > self.space {
            self.open.push(Some((breaks, self.depth)));
            self.depth += offset;
        } else {
            self.open.push(None);
        }
    }

    fn end(&mut self) {
        if let Some(Some((_, depth))) = self.open.pop() {
            self.depth = depth;
        }
    }

    fn found_break(&mut self, found: Break, size: isize) {
        let has_room = match self.open.last() {
            Some(None) => true,
            Some(Some((Breaks::Consistent, _))) => false,
            Some(Some((Breaks::Inconsistent, _))) | None => size <= self.space,
        };
        if has_room || found.never {
            self.blanks += found.blanks;
            self.space -= signed(found.blanks);
            self.written.push_str(found.instead);
            self.space -= signed(found.instead.len());
            return;
        }
        if !found.before.is_empty() {
            self.word(found.before);
        }
        self.written.push('\n');
        let depth = usize::try_from(self.depth + found.offset).unwrap_or_default();
        self.blanks = depth;
        self.space = signed(space(depth));
        if !found.after.is_empty() {
            self.word(found.after);
        }
    }
}

/// Lines are short.
fn signed(length: usize) -> isize {
    isize::try_from(length).unwrap_or(isize::MAX / 4)
}
