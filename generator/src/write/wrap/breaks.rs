//! Where a line breaks.
//!
//! Enters: the pieces of a line. Leaves: its text.
//!
//! This is the algorithm of Derek C. Oppen, “Pretty Printing” (1980), as prettyplease implements
//! it: a group that fits stays on its line. In a group that does not fit, every break is taken if
//! the group is consistent; otherwise only those after which the text up to the next break does not
//! fit. A group and a break are measured up to the next break after them.

use super::{INDENT, space};

/// A piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// Text without breaks.
    Word(&'a str),
    /// Where the line may break.
    Break(Break),
    /// The beginning of a group, and how much deeper its lines are if it has no room.
    Begin(Offset, Breaks),
    /// The end of a group.
    End,
}

/// Which breaks of a group are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// All, if the group does not fit.
    Consistent,
    /// Only the necessary ones.
    Inconsistent,
}

/// How much deeper lines are than those around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offset {
    /// One level less.
    Back,
    /// As deep.
    Same,
    /// One level more.
    Deeper,
}

impl Offset {
    const fn blanks(self) -> isize {
        match self {
            Self::Back => -INDENT.cast_signed(),
            Self::Same => 0,
            Self::Deeper => INDENT.cast_signed(),
        }
    }
}

/// Where a line may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// Between two words that have nothing between them.
    Empty,
    /// At a blank.
    Blank,
    /// Before the closing bracket of a list, whose last item has a comma if the line breaks.
    Comma,
    /// Before another closing bracket.
    Close,
    /// Before the body of an arm, which is a block if the line breaks.
    OpenBlock,
    /// After the body of an arm, which has a comma if it is not a block.
    CloseBlock,
    /// The line does not break here, but the text before is measured up to here.
    Never,
}

impl Break {
    /// The text if the line does not break.
    pub(super) const fn flat(self) -> &'static str {
        match self {
            Self::Blank => " ",
            Self::CloseBlock => ",",
            Self::Empty | Self::Comma | Self::Close | Self::OpenBlock | Self::Never => "",
        }
    }

    /// The number of blanks, which are not written at the end of a line.
    const fn blanks(self) -> usize {
        match self {
            Self::Blank => 1,
            _ => 0,
        }
    }

    /// How much deeper the next line is than the lines of the group.
    const fn offset(self) -> Offset {
        match self {
            Self::Comma | Self::Close | Self::CloseBlock => Offset::Back,
            Self::Empty | Self::Blank | Self::OpenBlock | Self::Never => Offset::Same,
        }
    }

    /// What ends the line, if it breaks.
    const fn before(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::OpenBlock => "{",
            _ => "",
        }
    }

    /// What begins the next line, if the line breaks.
    const fn after(self) -> &'static str {
        match self {
            Self::CloseBlock => "}",
            _ => "",
        }
    }
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

/// The width from each beginning and break to the next break after it.
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
                total += signed(found.blanks());
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
    /// The indentation of the lines of the innermost group.
    depth: isize,
    /// The open groups that do not fit: their breaks and the indentation around them.
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

    fn begin(&mut self, offset: Offset, breaks: Breaks, size: isize) {
        if size > self.space {
            self.open.push(Some((breaks, self.depth)));
            self.depth += offset.blanks();
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
        if has_room || found == Break::Never {
            let blanks = found.blanks();
            self.blanks += blanks;
            self.space -= signed(blanks);
            if blanks == 0 {
                self.written.push_str(found.flat());
                self.space -= signed(found.flat().len());
            }
            return;
        }
        if !found.before().is_empty() {
            self.word(found.before());
        }
        self.written.push('\n');
        let depth = self.depth + found.offset().blanks();
        let depth = usize::try_from(depth).unwrap_or_default();
        self.blanks = depth;
        self.space = signed(space(depth));
        if !found.after().is_empty() {
            self.word(found.after());
        }
    }
}

/// Lines are short.
fn signed(length: usize) -> isize {
    isize::try_from(length).unwrap_or(isize::MAX / 4)
}
