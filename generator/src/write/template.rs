//! Templates: the text of an item as it will be, with holes.
//!
//! Enters: a text in the source of an emitter, and what fills its holes. Leaves: lines, to a
//! [`Text`]. Must not know: the plan, or what the text means.
//!
//! A template begins in the line after its quote and ends in the line before the other quote; its
//! first line shows how far all of it is indented.
//! - `$name` within a line is a hole that a [`Form`](super::form::Form) fills: `name = form`.
//! - `$name` alone on a line may also be filled by statements that write lines, which are as deep
//!   as the hole: `name => statements`.
//! - A line of documentation has no holes, since text of a schema is not documentation until it is
//!   `Prose`.
//! - `$$` is a dollar sign.
//!
//! [`template!`] reads the text when the generator is compiled. A hole that is not filled, or
//! filled but not there, is an error then.

use super::wrap::Text;

/// Writes a template to a [`Text`]. What fills a hole is evaluated where the hole is.
macro_rules! template {
    (@has_lines = $form:expr) => { false };
    (@has_lines => $lines:expr) => { true };
    (
        $text:ident, $template:literal
        $(, $hole:ident $(= $form:expr)? $(=> $lines:expr)?)* $(,)?
    ) => {{
        // A template may have no holes, and their names are those of what fills them.
        #[allow(clippy::upper_case_acronyms, dead_code, non_camel_case_types)]
        enum Index { $($hole),* }
        const HOLES: &[$crate::write::template::Hole] = &[$(
            $crate::write::template::Hole::new(
                $template,
                stringify!($hole),
                template!(@has_lines $(= $form)? $(=> $lines)?),
            )
        ),*];
        const PARSED: $crate::write::template::Parsed =
            $crate::write::template::Parsed::new($template, HOLES);
        static STEPS: [$crate::write::template::Step; PARSED.count()] = PARSED.steps();
        for step in &STEPS {
            match *step {
                $crate::write::template::Step::Hole(_hole) => {
                    $($(if _hole == Index::$hole as usize {
                        $crate::write::form::Form::write($form, $text.current());
                    })?)*
                }
                $crate::write::template::Step::Lines(_hole, levels) => {
                    $text.deepen(levels);
                    $($(if _hole == Index::$hole as usize {
                        $lines;
                    })?)*
                    $text.rise(levels);
                }
                step => step.write($text, $template),
            }
        }
    }};
}

pub(crate) use template;

/// The most steps of a template. It costs nothing when the generator runs.
const MOST: usize = 128;

/// How many blanks a level of indentation has.
const INDENT: usize = 4;

/// One step of writing a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Begins a line that is some levels deeper than the template.
    Begin(usize),
    /// Writes the text between two places.
    Text(usize, usize),
    /// Fills a hole within a line.
    Hole(usize),
    /// Ends a line.
    End,
    /// Fills a hole with lines that are some levels deeper than the template.
    Lines(usize, usize),
    /// Writes an empty line.
    Blank,
}

impl Step {
    /// Runs a step that does not depend on what fills the holes.
    pub(crate) fn write(self, text: &mut Text, template: &str) {
        match self {
            Self::Begin(levels) => {
                text.begin(levels);
            }
            Self::Text(start, end) => {
                text.current().word(template.get(start..end).unwrap_or_default());
            }
            Self::End => text.end(),
            Self::Blank => text.blank(),
            Self::Hole(_) | Self::Lines(..) => {}
        }
    }
}

/// What fills a hole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hole {
    name: &'static str,
    /// Whether statements write lines to it.
    has_lines: bool,
}

impl Hole {
    /// A hole of a template. It is a compile error if the template has no hole of this name.
    pub(crate) const fn new(template: &str, name: &'static str, has_lines: bool) -> Self {
        if !has_hole(template.as_bytes(), name.as_bytes()) {
            // The failing constant shows its place.
            panic!("the template has no hole of this name");
        }
        Self { name, has_lines }
    }
}

/// The steps of a template.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parsed {
    steps: [Step; MOST],
    count: usize,
}

impl Parsed {
    /// Reads a template. A mistake in it is an error when the generator is compiled.
    pub(crate) const fn new(template: &str, holes: &[Hole]) -> Self {
        let bytes = template.as_bytes();
        assert!(!bytes.is_empty() && bytes[0] == b'\n', "a template begins after a line break");
        let mut parsed = Self { steps: [Step::Blank; MOST], count: 0 };
        let mut line = 1;
        let mut base = None;
        loop {
            let start = skip_blanks(bytes, line);
            let end = line_end(bytes, line);
            if end == bytes.len() {
                assert!(start == end, "a template ends with a line break");
                return parsed;
            }
            if start == end {
                assert!(line == end, "an empty line of a template is empty");
                parsed.push(Step::Blank);
            } else {
                let around = match base {
                    Some(around) => around,
                    None => start - line,
                };
                base = Some(around);
                assert!(start - line >= around, "a line of a template is less deep than its first");
                let blanks = start - line - around;
                assert!(
                    blanks.is_multiple_of(INDENT),
                    "a line of a template is between two levels"
                );
                assert!(bytes[end - 1] != b' ', "a line of a template ends with a blank");
                parsed.line(bytes, start, end, blanks / INDENT, holes);
            }
            line = end + 1;
        }
    }

    /// Reads a line without its indentation.
    const fn line(&mut self, bytes: &[u8], start: usize, end: usize, level: usize, holes: &[Hole]) {
        let is_documentation =
            starts_with(bytes, start, b"///") || starts_with(bytes, start, b"//!");
        if bytes[start] == b'$' && name_end(bytes, start + 1) == end && end > start + 1 {
            let hole = find(holes, bytes, start + 1, end);
            if holes[hole].has_lines {
                self.push(Step::Lines(hole, level));
                return;
            }
        }
        self.push(Step::Begin(level));
        let mut written = start;
        let mut at = start;
        while at < end {
            if bytes[at] != b'$' {
                at += 1;
                continue;
            }
            assert!(!is_documentation, "a line of documentation has no holes");
            if at > written {
                self.push(Step::Text(written, at));
            }
            if at + 1 < end && bytes[at + 1] == b'$' {
                // The second one is text.
                written = at + 1;
                at += 2;
                continue;
            }
            let after = name_end(bytes, at + 1);
            let hole = find(holes, bytes, at + 1, after);
            assert!(!holes[hole].has_lines, "a hole that lines fill is alone on its line");
            self.push(Step::Hole(hole));
            written = after;
            at = after;
        }
        if end > written {
            self.push(Step::Text(written, end));
        }
        self.push(Step::End);
    }

    const fn push(&mut self, step: Step) {
        assert!(self.count < MOST, "a template is too long");
        self.steps[self.count] = step;
        self.count += 1;
    }

    /// How many steps there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// The steps.
    pub(crate) const fn steps<const N: usize>(&self) -> [Step; N] {
        let mut steps = [Step::Blank; N];
        let mut at = 0;
        while at < N {
            steps[at] = self.steps[at];
            at += 1;
        }
        steps
    }
}

const fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] == b' ' {
        at += 1;
    }
    at
}

const fn line_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'\n' {
        at += 1;
    }
    at
}

const fn name_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
        at += 1;
    }
    at
}

/// Whether a text occurs at a position of another one.
const fn starts_with(bytes: &[u8], at: usize, text: &[u8]) -> bool {
    let mut length = 0;
    while length < text.len() {
        if at + length >= bytes.len() || bytes[at + length] != text[length] {
            return false;
        }
        length += 1;
    }
    true
}

/// The hole with the name between two positions.
const fn find(holes: &[Hole], bytes: &[u8], start: usize, end: usize) -> usize {
    let mut hole = 0;
    while hole < holes.len() {
        let name = holes[hole].name.as_bytes();
        if name.len() == end - start && starts_with(bytes, start, name) {
            return hole;
        }
        hole += 1;
    }
    panic!("a hole of the template is not filled")
}

/// Whether a template has a hole of a name.
const fn has_hole(template: &[u8], name: &[u8]) -> bool {
    let mut at = 0;
    while at < template.len() {
        if template[at] != b'$' {
            at += 1;
            continue;
        }
        at += 1;
        let end = name_end(template, at);
        if end - at == name.len() && starts_with(template, at, name) {
            return true;
        }
        // After the name, or after the second dollar sign.
        at = if end == at { at + 1 } else { end };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::form::{Literal, Words};

    /// The steps of a template with holes of these names, each with lines or without.
    fn steps(template: &str, holes: &[(&'static str, bool)]) -> Vec<Step> {
        let holes: Vec<Hole> =
            holes.iter().map(|&(name, has_lines)| Hole::new(template, name, has_lines)).collect();
        let parsed = Parsed::new(template, &holes);
        parsed.steps[..parsed.count()].to_vec()
    }

    /// What a template without a hole of lines writes.
    fn write(write: impl FnOnce(&mut Text)) -> String {
        let mut text = Text::default();
        write(&mut text);
        text.into_string()
    }

    #[test]
    fn a_line_has_holes_between_its_words() {
        use Step::{Begin, End, Hole, Text};
        let found = steps("\n  pub $a: $bc,\n", &[("bc", false), ("a", false)]);
        let expected = [Begin(0), Text(3, 7), Hole(1), Text(9, 11), Hole(0), Text(14, 15), End];
        assert_eq!(found, expected);
        let written = write(|text| {
            template!(
                text,
                "
                fn $name() -> &'static str { $value }
                ",
                name = Words(["a", "b"]),
                value = Literal("\"$name"),
            );
        });
        assert_eq!(written, "fn ab() -> &'static str { \"\\\"$name\" }\n");
    }

    #[test]
    fn a_hole_may_be_there_twice_and_next_to_another() {
        let written = write(|text| {
            template!(
                text,
                "
                $a$b;
                $a.0
                ",
                a = "x",
                b = "::Y",
            );
        });
        assert_eq!(written, "x::Y;\nx.0\n");
    }

    #[test]
    fn lines_are_indented_like_their_hole() {
        let written = write(|text| {
            template!(
                text,
                "
                impl A {
                    /// Documentation.
                    $members
                }
                ",
                members => for name in ["b", "c"] {
                    template!(
                        text,
                        "

                        fn $name() {
                            $body
                        }
                        ",
                        name = name,
                        body => if name == "c" {
                            text.line("()");
                        },
                    );
                },
            );
        });
        let expected = "\
impl A {
    /// Documentation.

    fn b() {
    }

    fn c() {
        ()
    }
}
";
        assert_eq!(written, expected);
    }

    #[test]
    fn empty_lines_are_where_they_are_in_the_template() {
        let written = write(|text| {
            template!(
                text,
                "

                a

                "
            );
        });
        assert_eq!(written, "\na\n\n");
    }

    #[test]
    fn two_dollar_signs_are_one() {
        let written = write(|text| {
            template!(
                text,
                "
                ($$a:expr) => { $a$$$$ };
                $$
                ",
                a = "b",
            );
        });
        assert_eq!(written, "($a:expr) => { b$$ };\n$\n");
    }

    #[test]
    fn a_form_may_be_alone_on_its_line() {
        assert_eq!(steps("\n$a\n", &[("a", true)]), [Step::Lines(0, 0)]);
        let expected = [Step::Begin(0), Step::Hole(0), Step::End];
        assert_eq!(steps("\n$a\n", &[("a", false)]), expected);
    }

    /// What is wrong with a template is an error when the generator is compiled; here it is a panic.
    #[track_caller]
    fn refused(template: &'static str, holes: &'static [(&'static str, bool)], expected: &str) {
        let refused = std::panic::catch_unwind(|| steps(template, holes)).expect_err(template);
        assert_eq!(refused.downcast_ref::<&str>(), Some(&expected), "{template}");
    }

    #[test]
    fn the_holes_that_are_filled_are_those_of_the_template() {
        refused("\na $b\n", &[], "a hole of the template is not filled");
        refused("\na $b\n", &[("bc", false)], "the template has no hole of this name");
        refused("\na $bc\n", &[("b", false)], "the template has no hole of this name");
        refused("\na $$b\n", &[("b", false)], "the template has no hole of this name");
        refused("\na $\n", &[], "a hole of the template is not filled");
    }

    #[test]
    fn lines_fill_no_hole_within_a_line() {
        refused("\n$a,\n", &[("a", true)], "a hole that lines fill is alone on its line");
        refused("\n$a$a\n", &[("a", true)], "a hole that lines fill is alone on its line");
    }

    #[test]
    fn documentation_has_no_holes() {
        refused("\n/// $a\n", &[("a", false)], "a line of documentation has no holes");
        refused("\n//! a $$\n", &[], "a line of documentation has no holes");
    }

    #[test]
    fn a_template_is_indented_by_levels() {
        refused("a\n", &[], "a template begins after a line break");
        refused("", &[], "a template begins after a line break");
        refused("\na", &[], "a template ends with a line break");
        refused("\n  a\n b\n", &[], "a line of a template is less deep than its first");
        refused("\n  a\n   b\n", &[], "a line of a template is between two levels");
        refused("\n  a \n", &[], "a line of a template ends with a blank");
        refused("\n  a\n  \n  b\n", &[], "an empty line of a template is empty");
    }

    #[test]
    fn a_template_may_be_only_so_long() {
        let long = |lines: usize| ["\n", &"a\n".repeat(lines)].concat();
        assert_eq!(steps(&long(MOST / 3), &[]).len(), MOST / 3 * 3);
        let refused = std::panic::catch_unwind(|| steps(&long(MOST), &[]));
        assert!(refused.is_err());
    }
}
