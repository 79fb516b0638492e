//! Where a line may break.
//!
//! Enters: a line of Rust as the emitter writes them, a small part of the language. Leaves: its
//! [`Piece`]s, with the groups and breaks that prettyplease gives to such a line.
//!
//! Each function reads what it is named after and is modelled on the function of prettyplease that
//! prints it. What a line holds beyond this part is a word, which never breaks; the tests compare
//! all of it with what the formatter makes of it.

use super::INDENT;
use super::breaks::{Break, Breaks, Piece};

const DEEPER: isize = INDENT.cast_signed();

/// The pieces of a line.
pub(super) fn read(text: &str) -> Vec<Piece<'_>> {
    let mut line = Line { text, at: 0, pieces: Vec::new() };
    if text.starts_with("use ") || text.starts_with("pub use ") {
        line.declaration();
    } else if text.starts_with("#[") {
        line.attribute();
    } else if text.starts_with("impl ") {
        line.implementation();
    } else if text.starts_with("fn ") || text.starts_with("pub fn ") {
        line.signature();
    } else if text.starts_with("const ")
        || text.starts_with("pub const ")
        || text.starts_with("pub(super) const ")
        || text.starts_with("pub static ")
    {
        line.constant();
    } else if text.starts_with("pub struct ") && text.ends_with(");") {
        line.tuple_struct();
    } else if text.starts_with("pub ") {
        line.value();
    } else if arrow(text).is_some() {
        line.arm();
    } else if text.ends_with(',') && text.contains(": ") {
        line.field();
    } else if text.ends_with(',') {
        line.variant();
    } else {
        line.statement();
    }
    line.rest();
    line.pieces
}

/// Where the arrow of an arm of a `match` is.
fn arrow(text: &str) -> Option<usize> {
    let mut line = Line { text, at: 0, pieces: Vec::new() };
    while line.at < text.len() {
        if line.left().starts_with(" => ") {
            return Some(line.at);
        }
        line.at += if line.next() == b'"' { line.string() } else { 1 };
    }
    None
}

struct Line<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Line<'a> {
    fn left(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte; 0 at the end.
    fn next(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// A word of some bytes.
    fn word(&mut self, length: usize) {
        let end = (self.at + length).min(self.text.len());
        if let Some(word) = self.text.get(self.at..end).filter(|word| !word.is_empty()) {
            self.pieces.push(Piece::Word(word));
        }
        self.at = end;
    }

    /// A word up to one of some bytes, or to the end.
    fn word_until(&mut self, ends: &[u8]) {
        let left = self.left();
        let length = left.bytes().position(|byte| ends.contains(&byte)).unwrap_or(left.len());
        self.word(length);
    }

    fn rest(&mut self) {
        self.word(self.left().len());
    }

    /// The length of the string literal that begins here.
    fn string(&self) -> usize {
        let bytes = self.left().as_bytes();
        let mut at = 1;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => return at + 1,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        bytes.len()
    }

    fn begin(&mut self, offset: isize, breaks: Breaks) {
        self.pieces.push(Piece::Begin(offset, breaks));
    }

    fn end(&mut self) {
        self.pieces.push(Piece::End);
    }

    fn zero_break(&mut self) {
        self.pieces.push(Piece::Break(Break::default()));
    }

    /// A blank at which the line may break.
    fn space(&mut self) {
        self.at += 1;
        self.pieces.push(Piece::Break(Break { blanks: 1, ..Break::default() }));
    }

    /// What is measured ends here, and the line does not break.
    fn never_break(&mut self) {
        self.pieces.push(Piece::Break(Break { never: true, ..Break::default() }));
    }

    /// A comma before the end of a list, if the line breaks there.
    fn trailing_comma(&mut self) {
        let found = Break { before: ",", offset: -DEEPER, ..Break::default() };
        self.pieces.push(Piece::Break(found));
    }

    /// What is between brackets, separated by commas, and the closing bracket. The opening one is
    /// behind us.
    fn list(&mut self, close: u8, one: fn(&mut Self)) {
        if self.next() == close {
            self.word(1);
            return;
        }
        self.begin(DEEPER, Breaks::Consistent);
        self.zero_break();
        self.items(one);
        self.end();
        self.word(1);
    }

    /// The items of a list, and the break behind the last one.
    fn items(&mut self, one: fn(&mut Self)) {
        one(self);
        while self.next() == b',' {
            self.word(1);
            self.space();
            one(self);
        }
        self.trailing_comma();
    }

    /// `use a::b::{C, D};`
    fn declaration(&mut self) {
        self.word_until(b"{");
        if self.next() != b'{' {
            return;
        }
        self.begin(DEEPER, Breaks::Consistent);
        self.word(1);
        self.zero_break();
        self.begin(0, Breaks::Inconsistent);
        self.word_until(b",}");
        while self.next() == b',' {
            self.word(1);
            self.space();
            self.word_until(b",}");
        }
        self.end();
        self.trailing_comma();
        self.word(1);
        self.end();
    }

    /// `#[deprecated(note = "…")]`
    fn attribute(&mut self) {
        self.word_until(b"(");
        self.word(1);
        self.begin(DEEPER, Breaks::Consistent);
        self.zero_break();
        self.word_until(b"\"");
        self.word(self.string());
        self.pieces.push(Piece::Break(Break { offset: -DEEPER, ..Break::default() }));
        self.end();
    }

    /// `impl A for B {`
    fn implementation(&mut self) {
        let Some(middle) = self.text.find(" for ") else { return };
        self.begin(0, Breaks::Inconsistent);
        self.value_before(middle);
        self.space();
        self.value();
        self.end();
    }

    /// `pub fn name(a: A) -> B {`
    fn signature(&mut self) {
        self.word_until(b"(");
        self.word(1);
        self.never_break();
        self.list(b')', Self::value);
        if self.left().starts_with(" -> ") {
            self.word(" -> ".len());
            self.value();
        }
    }

    /// `const A: B = c;`
    fn constant(&mut self) {
        self.begin(0, Breaks::Consistent);
        if self.left().starts_with("pub(") {
            self.word_until(b" ");
        }
        self.value();
        self.word("= ".len());
        self.never_break();
        self.expression(false);
        self.word(1);
        self.end();
    }

    /// `pub struct A(pub(crate) B);`
    fn tuple_struct(&mut self) {
        self.begin(DEEPER, Breaks::Consistent);
        self.word_until(b"(");
        self.word(1);
        self.zero_break();
        let length = self.left().rfind(')').unwrap_or_default();
        self.word(length);
        self.trailing_comma();
        self.rest();
        self.end();
    }

    /// `A(Box<B>),`
    fn variant(&mut self) {
        self.word_until(b"(");
        if self.next() != b'(' {
            return;
        }
        self.begin(DEEPER, Breaks::Consistent);
        self.word(1);
        self.zero_break();
        self.items(Self::value);
        self.word(1);
        self.end();
    }

    /// `a: b,` of an expression that makes a struct. The comma is not measured, as there is none behind
    /// the last field if the struct has room on its line.
    fn field(&mut self) {
        self.word_until(b" ");
        self.word(1);
        self.begin(0, Breaks::Inconsistent);
        self.expression(false);
        self.end();
        self.never_break();
    }

    /// A type, with what stands before it if that cannot break.
    fn value(&mut self) {
        self.value_before(self.text.len());
    }

    fn value_before(&mut self, end: usize) {
        loop {
            let left = &self.text[self.at..end];
            let ends = b"<>,(){;=";
            let length = left.bytes().position(|byte| ends.contains(&byte)).unwrap_or(left.len());
            self.word(length);
            let left = &left[length..];
            if left.starts_with("()") {
                self.word(2);
            } else if left.starts_with('<') {
                self.word(1);
                self.list(b'>', Self::value);
            } else {
                return;
            }
        }
    }

    /// `A(b) => c,`
    fn arm(&mut self) {
        self.begin(0, Breaks::Inconsistent);
        self.pattern();
        self.word(" => ".len());
        self.never_break();
        self.begin(DEEPER, Breaks::Consistent);
        self.pieces.push(Piece::Break(Break { before: "{", ..Break::default() }));
        self.expression(true);
        // The comma of the arm.
        self.at += 1;
        let last = Break { offset: -DEEPER, after: "}", instead: ",", ..Break::default() };
        self.pieces.push(Piece::Break(last));
        self.end();
        self.end();
    }

    fn pattern(&mut self) {
        if self.next() == b'"' {
            self.begin(0, Breaks::Inconsistent);
            self.word(self.string());
            while self.left().starts_with(" | ") {
                self.space();
                self.word("| ".len());
                self.word(self.string());
            }
            self.end();
            return;
        }
        self.word_until(b"() ");
        if self.next() == b'(' {
            self.word(1);
            self.list(b')', Self::pattern);
        }
    }

    /// `a.b(c);`, or without the semicolon
    fn statement(&mut self) {
        self.begin(0, Breaks::Inconsistent);
        self.expression(true);
        self.rest();
        self.end();
    }

    /// An expression within another one.
    fn operand(&mut self) {
        self.expression(false);
    }

    /// An expression. `leads` says that a line begins with it.
    fn expression(&mut self, leads: bool) {
        match self.next() {
            b'"' => self.word(self.string()),
            b'&' if self.left().starts_with("&mut ") => {
                self.word("&mut ".len());
                self.operand();
            }
            b'&' | b'*' | b'!' => {
                self.word(1);
                self.operand();
            }
            b'[' => {
                self.word(1);
                self.list(b']', Self::operand);
            }
            b'(' => {
                self.word(1);
                self.list(b')', Self::operand);
            }
            b'|' => self.closure(),
            _ => self.chain(leads),
        }
    }

    /// `|a| b(c)`
    fn closure(&mut self) {
        self.begin(0, Breaks::Inconsistent);
        self.begin(DEEPER, Breaks::Consistent);
        self.word(1);
        self.zero_break();
        self.word_until(b"|");
        self.word(1);
        self.at += 1;
        self.pieces.push(Piece::Break(Break { blanks: 1, offset: -DEEPER, ..Break::default() }));
        self.end();
        self.never_break();
        self.operand();
        self.end();
    }

    /// `a::b(c).d.e(f)`, `a::<b>`
    fn chain(&mut self, leads: bool) {
        let first = self.pieces.len();
        let start = self.at;
        self.word_until(b".(),;]! <");
        // A name that is no longer than a level needs no line of its own.
        let is_short = self.at - start <= INDENT && !self.text[start..self.at].contains(':');
        match self.next() {
            b'!' => self.invocation(),
            b'(' => self.arguments(),
            b'<' => {
                self.word(1);
                self.list(b'>', Self::value);
            }
            _ => {}
        }
        if self.next() != b'.' {
            return;
        }
        self.pieces.insert(first, Piece::Begin(DEEPER, Breaks::Consistent));
        let mut is_first = true;
        while self.next() == b'.' {
            let stays = is_first && leads && is_short;
            if !stays {
                self.zero_break();
            }
            is_first = false;
            self.word(1);
            self.word_until(b".(),;] ");
            if self.next() == b'(' {
                let group = self.pieces.len();
                self.begin(0, Breaks::Consistent);
                self.arguments();
                self.end();
                if stays && self.next() != b'.' {
                    self.pieces[group] = Piece::Begin(-DEEPER, Breaks::Consistent);
                }
            }
        }
        self.end();
    }

    /// `(a, b)` behind what is called
    fn arguments(&mut self) {
        self.word(1);
        let first = self.pieces.len();
        match self.next() {
            b')' => self.word(1),
            // An only argument with brackets of its own needs no others.
            b'[' | b'(' | b'|' => {
                self.operand();
                if self.next() == b',' {
                    let group =
                        [Piece::Begin(DEEPER, Breaks::Consistent), Piece::Break(Break::default())];
                    self.pieces.splice(first..first, group);
                    self.word(1);
                    self.space();
                    self.items(Self::operand);
                    self.end();
                }
                self.word(1);
            }
            _ => self.list(b')', Self::operand),
        }
    }

    /// `!(a, b(c))` behind the name of a macro, whose arguments are tokens: the line may break at
    /// each blank
    fn invocation(&mut self) {
        self.word("!(".len());
        self.begin(DEEPER, Breaks::Consistent);
        self.zero_break();
        self.begin(0, Breaks::Inconsistent);
        let mut open = 0;
        loop {
            self.word_until(b"() ");
            match self.next() {
                b' ' => self.space(),
                b'(' => {
                    open += 1;
                    self.word(1);
                }
                b')' if open > 0 => {
                    open -= 1;
                    self.word(1);
                }
                _ => break,
            }
        }
        self.end();
        self.pieces.push(Piece::Break(Break { offset: -DEEPER, ..Break::default() }));
        self.end();
        self.word(1);
    }
}
