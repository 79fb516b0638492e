//! Expressions, patterns and types.

use super::{Form, Items};
use crate::write::wrap::{Break, Breaks, Line, Offset};

/// A name that is longer than this is on a separate line if the calls on it are.
const SHORT: usize = 4;

/// A string literal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literal<'a>(pub(crate) &'a str);

impl Form for Literal<'_> {
    fn write(self, line: &mut Line) {
        line.literal(self.0);
    }
}

/// A form after an operator such as `&`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefixed<F>(pub(crate) &'static str, pub(crate) F);

impl<F: Form> Form for Prefixed<F> {
    fn write(self, line: &mut Line) {
        line.word(self.0);
        self.1.write(line);
    }
}

/// `[a, b]`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Array<A>(pub(crate) A);

impl<A: Items> Form for Array<A> {
    const IS_BRACKETED: bool = true;

    fn write(self, line: &mut Line) {
        line.word("[");
        line.list(self.0);
        line.word("]");
    }
}

/// `[1, 2]`: as many numbers in a line as there is room for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers<A>(pub(crate) A);

impl<A: Items> Form for Numbers<A> {
    const IS_BRACKETED: bool = true;

    fn write(self, line: &mut Line) {
        line.word("[");
        line.begin(Offset::Deeper, Breaks::Consistent);
        line.break_at(Break::Empty);
        line.begin(Offset::Same, Breaks::Inconsistent);
        line.items(self.0);
        line.end();
        line.break_at(Break::Comma);
        line.end();
        line.word("]");
    }
}

/// `(a, b)`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuple<A>(pub(crate) A);

impl<A: Items> Form for Tuple<A> {
    const IS_BRACKETED: bool = true;

    fn write(self, line: &mut Line) {
        line.word("(");
        line.list(self.0);
        line.word(")");
    }
}

/// `a::b(c, d)`; a pattern of a variant looks the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<C, A>(pub(crate) C, pub(crate) A);

impl<C: Form, A: Items> Form for Call<C, A> {
    fn write(self, line: &mut Line) {
        self.0.write(line);
        arguments(line, self.1);
    }
}

/// `(a, b)` after the function.
fn arguments(line: &mut Line, arguments: impl Items) {
    line.word("(");
    if arguments.is_bracketed() {
        line.items(arguments);
    } else {
        line.list(arguments);
    }
    line.word(")");
}

/// `a<b, c>`; the name of a function ends with its colons.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Generic<N, A>(pub(crate) N, pub(crate) A);

impl<N: Form, A: Items> Form for Generic<N, A> {
    fn write(self, line: &mut Line) {
        self.0.write(line);
        line.word("<");
        line.list(self.1);
        line.word(">");
    }
}

/// `"a" | "b"` as a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnyOf<I>(pub(crate) I);

impl<I: IntoIterator<Item: Form>> Form for AnyOf<I> {
    fn write(self, line: &mut Line) {
        line.begin(Offset::Same, Breaks::Inconsistent);
        for (at, pattern) in self.0.into_iter().enumerate() {
            if at > 0 {
                line.break_at(Break::Blank);
                line.word("| ");
            }
            pattern.write(line);
        }
        line.end();
    }
}

/// `a.b.c(d)`: a first form, and a function that writes the steps from it.
pub(crate) fn chain<F: Form, S: FnOnce(&mut Steps<'_>)>(first: F, steps: S) -> Chain<F, S> {
    Chain(first, steps)
}

/// What [`chain`] makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain<F, S>(F, S);

impl<F: Form, S: FnOnce(&mut Steps<'_>)> Form for Chain<F, S> {
    fn write(self, line: &mut Line) {
        let begins_line = line.begins_line();
        let start = line.position();
        let group = line.marks();
        line.begin(Offset::Deeper, Breaks::Consistent);
        self.0.write(line);
        let first = line.since(start);
        let is_name = first.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_short = first.len() <= SHORT && is_name;
        let mut steps = Steps { line, stays: begins_line && is_short, count: 0, call: None };
        self.1(&mut steps);
        if steps.count == 0 {
            // The value alone, without a chain.
            steps.line.set_offset(group, Offset::Same);
        }
        steps.finish();
    }
}

/// The steps of a [`chain`].
#[derive(Debug)]
pub(crate) struct Steps<'line> {
    line: &'line mut Line,
    /// Whether the first step stays on the line of its receiver.
    stays: bool,
    count: usize,
    /// The group of the call that is the first step, if it stays.
    call: Option<usize>,
}

impl Steps<'_> {
    /// `.a`
    pub(crate) fn field(&mut self, name: &str) {
        self.step(name);
    }

    /// `.a(b, c)`
    pub(crate) fn call(&mut self, name: &str, taken: impl Items) {
        let is_beside = self.step(name);
        if is_beside {
            self.call = Some(self.line.marks());
        }
        self.line.begin(Offset::Same, Breaks::Consistent);
        arguments(self.line, taken);
        self.line.end();
    }

    /// Whether the step stays on the line of its receiver.
    fn step(&mut self, name: &str) -> bool {
        let is_beside = self.stays && self.count == 0;
        if !is_beside {
            self.line.break_at(Break::Empty);
        }
        self.count += 1;
        self.line.word(".");
        self.line.word(name);
        is_beside
    }

    /// A single call that stays on the line is not indented deeper than its receiver.
    fn finish(self) {
        if let (1, Some(call)) = (self.count, self.call) {
            self.line.set_offset(call, Offset::Back);
        }
        self.line.end();
    }
}
