//! The formatter tells what is right.

use super::*;
use proptest::prelude::*;

/// Holds a text to what prettyplease makes of it.
fn check(text: Text) {
    let written = text.into_string();
    let file = syn::parse_file(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    let expected = prettyplease::unparse(&file);
    assert!(written == expected, "written\n{written}\nexpected\n{expected}");
}

/// A name of some length.
fn name(length: usize) -> String {
    "abcdefghij_".chars().cycle().take(length).collect()
}

/// Each kind of line, with names of these lengths in it.
fn lines(a: &str, b: &str, c: &str) -> Text {
    let mut text = Text::default();
    text.line(&["use crate::", a, "::{", b, ", ", c, ", ", a, ", ", c, "};"]);
    text.line(&["pub use ", b, "::{", a, ", ", c, ", ", c, ", ", b, "};"]);
    text.line(&["#[deprecated(note = ", &literal(c), ")]"]);
    text.line(&["pub struct ", a, "(pub(crate) ", b, ");"]);
    text.open(&["pub struct ", a, " {"]);
    text.line(&["#[deprecated(note = ", &literal(a), ")]"]);
    text.line(&["pub ", b, ": Option<", c, "<", a, ">>,"]);
    text.close();
    text.open(&["pub enum ", a, " {"]);
    text.line(&[b, ","]);
    text.line(&[a, "(", b, "<", c, ">),"]);
    text.close();
    text.open(&["impl ", a, " {"]);
    text.line(&["pub const ", b, ": ", a, "<Self, ", c, "> = ", a, "::new(", &literal(b), ");"]);
    text.line(&["const ", b, ": &'static str = ", &literal(c), ";"]);
    text.open(&["pub fn ", a, "(mut self, ", b, ": impl ", a, "<", c, ">) -> Self {"]);
    text.open(&["&Structure {"]);
    text.line(&["name: ", &literal("the name of the structure"), ","]);
    text.line(&[a, ": &[", &literal(b), ", ", &literal(c), "],"]);
    text.close();
    text.close();
    text.open(&["pub fn ", a, "(mut self, ", b, ": ", c, ") -> Self {"]);
    text.line(&["self.0.", a, "(", &literal(b), ", ", c, ".into());"]);
    text.line(&["self"]);
    text.close();
    text.open(&["pub fn ", a, "() -> ", b, "<", c, "<()>, &str> {"]);
    text.line(&["let _ = ", a, ";"]);
    text.line(&[b, "(", c, ".to_owned())"]);
    text.close();
    text.close();
    text.open(&["impl ", a, "<", b, "> for ", c, " {"]);
    text.open(&["fn ", a, "(&self, ", b, ": ", c, "<'_>) -> &dyn ", a, " {"]);
    matching(&mut text, a, b, c);
    text.close();
    text.close();
    calls(&mut text, a, b, c);
    tables(&mut text, a, b, c);
    text.line(&["schemacrate_runtime::", a, "!(", b, ", crate ::", c, ");"]);
    text
}

fn matching(text: &mut Text, a: &str, b: &str, c: &str) {
    let (wire, other) = (literal(a), literal(b));
    text.open(&["match self {"]);
    text.line(&[&wire, " => Self::", b, ","]);
    text.line(&["Self::", a, " => ", &other, ","]);
    text.line(&["Self::", a, "(value) => &mut **value,"]);
    text.line(&["Some(", &wire, " | ", &other, ") => Self::", c, "(Default::default()),"]);
    text.line(&["12 => ", a, "(&mut self.", b, "),"]);
    text.line(&["other => Self::", c, "(other.to_owned()),"]);
    text.close();
}

/// The tables of a registry.
fn tables(text: &mut Text, a: &str, b: &str, c: &str) {
    let wire = literal(a);
    let names = ["&[", &*literal(b), ", ", &literal(c), "]"].concat();
    let place = ["place::<", b, "<", c, ">>"].concat();
    let changed = [a, "::complex(", &wire, ", ", &place, ").changes(", &names, ", &[])"].concat();
    let pair = ["(", &*wire, ", ", &literal(c), ")"].concat();
    let made = ["A::new(&[", &pair, "], &[B::new(", a, "::A, ", a, "::B)])"].concat();
    text.line(&["pub static ", c, ": A = ", &made, ";"]);
    text.line(&["pub(super) const ", b, ": &[", a, "] = &[];"]);
    for action in [
        [b, "::new(", &wire, ", &[])"].concat(),
        [b, "::new(", &wire, ", &[P::", a, "(", &literal(c), ", ", &place, ")])"].concat(),
    ] {
        let bound = [&*action, ".bound_to(", &literal(b), ")"].concat();
        let all = [&*changed, ", ", &action, ", ", &bound, ", ", &action].concat();
        text.line(&["pub(super) const ", b, ": &[", c, "] = &[", &all, "];"]);
        text.line(&["pub(super) const ", b, ": &[", c, "] = &[", &bound, "];"]);
    }
}

/// The bodies of functions, each an expression.
fn calls(text: &mut Text, a: &str, b: &str, c: &str) {
    let (wire, other) = (literal(a), literal(b));
    let pair = ["(", &*wire, ", Some(", b, "::from(", c, ")))"].concat();
    let closure = ["(", &*other, ", ", a, ".map(|_| ", b, "::alias(", &wire, ")))"].concat();
    for body in [
        ["&mut self.", a, ""].concat(),
        ["!matches!(self, Self::", a, "(_))"].concat(),
        ["self.0.", a, "(", &wire, ")"].concat(),
        ["self.", a, "(", b, ")"].concat(),
        ["name.", a, "(", b, ")"].concat(),
        [a, "(self.0.", b, "(", &wire, "))"].concat(),
        [a, "(self.0.", b, "(", &wire, ").", c, "(&[]))"].concat(),
        ["self.0.child(", &wire, ").", b, "(", c, ")"].concat(),
        ["self.0.child(", &wire, ").arguments(&[", &pair, "]).get()"].concat(),
        [
            "self.0.child(",
            &wire,
            ").arguments(&[",
            &pair,
            ", ",
            &closure,
            "]).get().alias(",
            &wire,
            ", ",
            c,
            ")",
        ]
        .concat(),
        ["client.", a, "().", b, "(", c, ").update(value)"].concat(),
        [a, "([", &wire, ", ", &other, "])"].concat(),
        [a, "((", b, ", ", c, "), [", b, "])"].concat(),
    ] {
        text.open(&["fn ", b, "(client: &Client, ", a, ": &str) -> ", c, " {"]);
        text.line(&[&body]);
        text.close();
    }
}

#[test]
fn lines_of_every_width() {
    for length in (1..120).step_by(2) {
        check(lines(&name(length), &name(12), &name(5)));
        check(lines(&name(4), &name(length), &name(20)));
        check(lines(&name(15), &name(3), &name(length)));
        check(lines(&name(length), &name(length), &name(length)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lines_of_any_widths(a in 1_usize..100, b in 1_usize..100, c in 1_usize..100) {
        check(lines(&name(a), &name(b), &name(c)));
    }

    #[test]
    fn literals_of_any_text(text in any::<String>()) {
        let written = literal(&text);
        let parsed: syn::LitStr = syn::parse_str(&written).expect("a literal");
        prop_assert_eq!(parsed.value(), text.clone());
        prop_assert_eq!(proc_macro2::Literal::string(&text).to_string(), written);
        let mut line = Text::default();
        line.line(&["pub const A: Property<Self, String> = Property::new(", &literal(&text), ");"]);
        check(line);
    }

    #[test]
    fn documentation_of_any_text(text in any::<String>()) {
        let mut item = Text::default();
        item.doc(&[" ", &text]);
        item.line(&["struct A;"]);
        let written = item.into_string();
        let file = syn::parse_file(&written).expect("an item");
        prop_assert_eq!(file.items.len(), 1);
        prop_assert_eq!(written.lines().count(), 2);
    }
}

#[test]
fn documentation_stays_in_its_line() {
    let mut text = Text::default();
    text.doc(&[" a\r\nfn b() {} "]);
    assert_eq!(text.into_string(), "/// a  fn b() {}\n");
}
