//! Declarations: what an item, a member of an item or an arm begins with.

use super::{Form, Items, Words};
use crate::write::wrap::{Break, Breaks, Line, Offset};

/// `use a::b::{C, D};`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use<'a> {
    /// `use` or `pub use`
    pub(crate) keyword: &'static str,
    /// `a::b`
    pub(crate) module: &'a str,
    /// What is used of the module.
    pub(crate) names: &'a [&'a str],
}

impl Form for Use<'_> {
    fn write(self, line: &mut Line) {
        for word in [self.keyword, " ", self.module, "::"] {
            line.word(word);
        }
        if let [name] = self.names {
            line.word(name);
        } else {
            line.begin(Offset::Deeper, Breaks::Consistent);
            line.word("{");
            line.break_at(Break::Empty);
            line.begin(Offset::Same, Breaks::Inconsistent);
            for (at, name) in self.names.iter().enumerate() {
                if at > 0 {
                    line.word(",");
                    line.break_at(Break::Blank);
                }
                line.word(name);
            }
            line.end();
            line.break_at(Break::Comma);
            line.word("}");
            line.end();
        }
        line.word(";");
    }
}

/// `#[deprecated(note = "…")]`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    /// `deprecated`
    pub(crate) name: &'static str,
    /// `note`
    pub(crate) key: &'static str,
    /// The text.
    pub(crate) value: &'a str,
}

impl Form for Attribute<'_> {
    fn write(self, line: &mut Line) {
        line.word("#[");
        line.word(self.name);
        line.word("(");
        line.begin(Offset::Deeper, Breaks::Consistent);
        line.break_at(Break::Empty);
        line.word(self.key);
        line.word(" = ");
        line.literal(self.value);
        line.break_at(Break::Close);
        line.end();
        line.word(")]");
    }
}

/// `A<B> for C` after `impl`
#[derive(Clone, Copy, Debug)]
pub(crate) struct For<T, N>(pub(crate) T, pub(crate) N);

impl<T: Form, N: Form> Form for For<T, N> {
    fn write(self, line: &mut Line) {
        line.begin(Offset::Same, Breaks::Inconsistent);
        self.0.write(line);
        line.break_at(Break::Blank);
        line.word("for ");
        self.1.write(line);
        line.end();
    }
}

/// `impl A for B {}`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Empty<F>(pub(crate) F);

impl<F: Form> Form for Empty<F> {
    fn write(self, line: &mut Line) {
        line.word("impl ");
        self.0.write(line);
        line.word(" {");
        line.break_at(Break::Never);
        line.word("}");
    }
}

/// `a: A, b: B` between the brackets of a signature
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters<A>(pub(crate) A);

impl<A: Items> Form for Parameters<A> {
    fn write(self, line: &mut Line) {
        line.break_at(Break::Never);
        line.list(self.0);
    }
}

/// `const A: B = c;`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Constant<'a, T, V> {
    /// `pub const A`
    pub(crate) head: Words<'a, 2>,
    /// The type.
    pub(crate) kind: T,
    /// The value.
    pub(crate) value: V,
}

impl<T: Form, V: Form> Form for Constant<'_, T, V> {
    fn write(self, line: &mut Line) {
        line.begin(Offset::Same, Breaks::Consistent);
        self.head.write(line);
        line.word(": ");
        self.kind.write(line);
        line.word(" = ");
        line.break_at(Break::Never);
        self.value.write(line);
        line.word(";");
        line.end();
    }
}

/// `A(b) => c,`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arm<P, V> {
    /// What is matched.
    pub(crate) pattern: P,
    /// The value.
    pub(crate) value: V,
}

impl<P: Form, V: Form> Form for Arm<P, V> {
    fn write(self, line: &mut Line) {
        line.begin(Offset::Same, Breaks::Inconsistent);
        self.pattern.write(line);
        line.word(" => ");
        line.break_at(Break::Never);
        line.begin(Offset::Deeper, Breaks::Consistent);
        line.break_at(Break::OpenBlock);
        line.begin_line();
        self.value.write(line);
        line.break_at(Break::CloseBlock);
        line.end();
        line.end();
    }
}
