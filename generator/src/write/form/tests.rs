//! The forms against the formatter, which decides what is right.

use super::*;
use crate::crate_plan::print::{Brackets, Code};
use crate::write::wrap::Text;
use proptest::prelude::*;

/// Compares a text with the output of prettyplease.
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

/// A line with a bracket, what is within it, and the line with the other bracket.
fn block(text: &mut Text, head: impl Form, inner: impl FnOnce(&mut Text)) {
    text.line(Joined(head, " {"));
    text.deepen(1);
    inner(text);
    text.rise(1);
    text.line("}");
}

/// Each form, with names of these lengths in it.
fn forms(a: &str, b: &str, c: &str) -> Text {
    let mut text = Text::default();
    declarations(&mut text, a, b, c);
    block(&mut text, Words(["impl ", a]), |text| {
        members(text, a, b, c);
    });
    text.line(Empty(For(Generic(a, [b]), c)));
    let implemented = For(Generic(a, [b]), c);
    block(&mut text, Joined("impl ", implemented), |text| {
        let taken = Joined(Words([b, ": "]), Generic(c, ["'_"]));
        let head = Joined(Words(["fn ", a, "("]), Parameters(("&self", taken)));
        block(text, Joined(head, Words([") -> &dyn ", a])), |text| matching(text, a, b, c));
    });
    bodies(&mut text, a, b, c);
    tables(&mut text, a, b, c);
    invocation(&mut text, Tokens([a]));
    invocation(&mut text, Tokens((b, tokens(|to| path(to, c)))));
    let generic = tokens(|to| generic(to, &[a, b], |to| path(to, c)));
    invocation(&mut text, Tokens((b, tokens(|to| path(to, c)), generic)));
    text
}

fn tokens(write: impl FnOnce(&mut Tokenized<'_>)) -> Line {
    Line::of(with(|line| write(&mut Tokenized(line))))
}

/// A path, written as the printer of the plan writes that of a generated item.
fn path(to: &mut impl Code, name: &str) {
    for word in ["crate", "::", name] {
        to.word(word);
    }
}

/// A generic type, written as the printer of the plan writes it.
fn generic<C: Code>(to: &mut C, names: &[&str], inner: impl FnOnce(&mut C)) {
    let [name, names @ ..] = names else { return inner(to) };
    to.word(name);
    to.begin_list(Brackets::Angle);
    generic(to, names, inner);
    to.end_list(Brackets::Angle);
}

fn invocation(text: &mut Text, tokens: impl Form) {
    text.line(Joined(Joined("schemacrate_runtime::update!(", tokens), ");"));
}

fn declarations(text: &mut Text, a: &str, b: &str, c: &str) {
    let module = ["crate::", a].concat();
    text.line(Use { keyword: "use", module: &module, names: &[b, c, a, c] });
    text.line(Use { keyword: "use", module: &module, names: &[b] });
    text.line(Use { keyword: "pub use", module: b, names: &[a, c, c, b] });
    text.line(Attribute { name: "deprecated", key: "note", value: c });
    let wrapped = Listed([Words(["pub(crate) ", b])]);
    text.line(Joined(Joined(Words(["pub struct ", a, "("]), wrapped), ");"));
    block(text, Words(["pub struct ", a]), |text| {
        text.line(Attribute { name: "doc", key: "alias", value: a });
        let value = Generic("Option", [Generic(c, [a])]);
        text.line(Joined(Joined(Words(["pub ", b, ": "]), value), ","));
    });
    block(text, Words(["pub enum ", a]), |text| {
        text.line(Words([b, ","]));
        let held = Listed([Generic(b, [c])]);
        text.line(Joined(Joined(Words([a, "("]), held), "),"));
    });
}

fn members(text: &mut Text, a: &str, b: &str, c: &str) {
    text.line(Constant {
        head: Words(["pub const ", b]),
        kind: Generic(a, ("Self", c)),
        value: Call(Words([a, "::new"]), [Literal(b)]),
    });
    text.line(Constant { head: Words(["const ", b]), kind: "&'static str", value: Literal(c) });
    let taken = Joined(Words([b, ": impl "]), Generic(a, [c]));
    let head = Joined(Words(["pub fn ", a, "("]), Parameters(("mut self", taken)));
    block(text, Joined(head, ") -> Self"), |text| text.line(Line::of(Call("Self", [c]))));
    let table = (Literal(b), Prefixed("&", Array([Literal(b), Literal(c)])));
    text.line(Constant {
        head: Words(["const ", b]),
        kind: Words(["&'static ", a]),
        value: Prefixed("&", Call(Words([a, "::odata"]), table)),
    });
    let numbers: Vec<String> = (0..b.len() * 3).map(|number| number.to_string()).collect();
    text.line(Constant {
        head: Words(["const ", b]),
        kind: "&'static [u16]",
        value: Prefixed("&", Numbers(Each(numbers.iter()))),
    });
    let signature = with(|line: &mut Line| {
        line.begin_list(Brackets::Round);
        Code::word(line, "&self");
        line.comma();
        Code::word(line, "value: impl ");
        generic(line, &[a, b], |to| path(to, c));
        line.end_list(Brackets::Round);
        Code::word(line, " -> ");
        generic(line, &[b, a], |to| {
            path(to, c);
            to.comma();
            to.word("Self");
        });
    });
    let signature = Joined(Words(["pub fn ", b]), signature);
    block(text, signature, |text| text.line(Line::of(Call("Self", [c]))));
    let no_taken = Joined(Words(["pub fn ", a, "("]), Parameters(()));
    let result = Generic(b, (Generic(c, ["()"]), "&str"));
    block(text, Joined(Joined(no_taken, ") -> "), result), |text| {
        text.line(Call(b, [chain(c, |steps| steps.call("to_owned", ()))]));
    });
}

fn matching(text: &mut Text, a: &str, b: &str, c: &str) {
    let value = |name| Words(["Self::", name]);
    block(text, "match self", |text| {
        text.line(Arm { pattern: Literal(a), value: value(b) });
        text.line(Arm { pattern: value(a), value: Literal(b) });
        text.line(Arm { pattern: Call(value(a), ["value"]), value: "&mut **value" });
        let names = AnyOf([Literal(a), Literal(b)]);
        let empty = Call(value(c), [Call("Default::default", ())]);
        text.line(Arm { pattern: Call("Some", [names]), value: empty });
        let field = chain("self", |steps| steps.field(b));
        text.line(Arm { pattern: "12", value: Call(a, [Prefixed("&mut ", field)]) });
        let owned = chain("other", |steps| steps.call("to_owned", ()));
        text.line(Arm { pattern: "other", value: Call(value(c), [owned]) });
        let led = chain("self", |steps| steps.call(a, [b]));
        text.line(Arm { pattern: Literal(c), value: led });
    });
}

/// The tables of a registry.
fn tables(text: &mut Text, a: &str, b: &str, c: &str) {
    let place = || Generic("place::", [Generic(b, [c])]);
    let pair = Tuple([Literal(a), Literal(c)]);
    let made = Call("B::new", [Words([a, "::A"]), Words([a, "::B"])]);
    text.line(Constant {
        head: Words(["pub static ", c]),
        kind: "A",
        value: Call("A::new", (Prefixed("&", Array([pair])), Prefixed("&", Array([made])))),
    });
    let head = Words(["pub(super) const ", b]);
    text.line(Constant { head, kind: Words(["&[", a, "]"]), value: Prefixed("&", Array(())) });
    let changed = || {
        chain(Call(Words([a, "::complex"]), (Literal(a), place())), |steps| {
            let names = Prefixed("&", Array([Literal(b), Literal(c)]));
            steps.call("changes", (names, Prefixed("&", Array(()))));
        })
    };
    let parameter = || Call(Words(["P::", a]), (Literal(c), place()));
    let action = || Call(Words([b, "::new"]), (Literal(a), Prefixed("&", Array([parameter()]))));
    let bound = || chain(action(), |steps| steps.call("bound_to", [Literal(b)]));
    let kind = || Words(["&[", c, "]"]);
    let all = Prefixed("&", Array(Then((changed(), action()), (bound(), action()))));
    text.line(Constant { head, kind: kind(), value: all });
    text.line(Constant { head, kind: kind(), value: Prefixed("&", Array([bound()])) });
    let each = Prefixed("&", Array(Each([a, b, c].into_iter().map(Literal))));
    text.line(Constant { head, kind: kind(), value: each });
}

/// The bodies of functions, each an expression.
fn bodies(text: &mut Text, a: &str, b: &str, c: &str) {
    let function =
        Joined(Words(["fn ", b, "("]), Parameters(("client: &Client", Words([a, ": &str"]))));
    let function = Joined(function, Words([") -> ", c]));
    let mut body = |body: &dyn Fn(&mut Line)| block(text, function, |text| text.line(with(body)));
    let child = |steps: &mut Steps<'_>| {
        steps.field("0");
        steps.call("child", [Literal(a)]);
    };
    let pair = || Tuple((Literal(a), Call("Some", [Call(Words([b, "::from"]), [c])])));
    let alias = || {
        let alias = Call(Words([b, "::alias_if"]), (Literal(a), Prefixed("&", c)));
        Tuple((Literal(b), alias))
    };
    body(&|line| Prefixed("&mut ", chain("self", |steps| steps.field(a))).write(line));
    body(&|line| {
        let tokens = Tokens(("self", Words(["Self::", a, "(_)"])));
        Joined("!matches!(", Joined(tokens, ")")).write(line);
    });
    for first in ["self", "name", "client"] {
        body(&|line| chain(first, |steps| steps.call(a, [b])).write(line));
    }
    body(&|line| {
        chain("self", |steps| {
            steps.field("0");
            steps.call(a, [Literal(a)]);
        })
        .write(line);
    });
    body(&|line| Call(a, [chain("self", child)]).write(line));
    body(&|line| {
        let place = chain("self", |steps| {
            child(steps);
            steps.call(c, [Prefixed("&", Array(()))]);
        });
        Call(a, [place]).write(line);
    });
    body(&|line| {
        chain("self", |steps| {
            child(steps);
            steps.call(b, [c]);
        })
        .write(line);
    });
    body(&|line| {
        chain("self", |steps| {
            child(steps);
            steps.call("arguments", [Prefixed("&", Array([pair()]))]);
            steps.call("get", ());
        })
        .write(line);
    });
    body(&|line| {
        chain("self", |steps| {
            child(steps);
            steps.call("arguments", [Prefixed("&", Array((pair(), alias())))]);
            steps.call("get", ());
            steps.call("alias", (Literal(a), c));
        })
        .write(line);
    });
    body(&|line| {
        chain("client", |steps| {
            steps.call(a, ());
            steps.call(b, [c]);
            steps.call("update", ["value"]);
        })
        .write(line);
    });
    body(&|line| Call(a, [Array([Literal(a), Literal(b)])]).write(line));
    body(&|line| Call(a, (Tuple([b, c]), Array([b]))).write(line));
}

#[test]
fn forms_of_every_width() {
    for length in (1..120).step_by(2) {
        check(forms(&name(length), &name(12), &name(5)));
        check(forms(&name(4), &name(length), &name(20)));
        check(forms(&name(15), &name(3), &name(length)));
        check(forms(&name(length), &name(length), &name(length)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn forms_of_any_widths(a in 1_usize..100, b in 1_usize..100, c in 1_usize..100) {
        check(forms(&name(a), &name(b), &name(c)));
    }

    #[test]
    fn literals_of_any_text(found in any::<String>()) {
        let mut text = Text::default();
        text.line(Literal(&found));
        let written = text.into_string();
        let parsed: syn::LitStr = syn::parse_str(written.trim_end()).expect("a literal");
        prop_assert_eq!(parsed.value(), found.clone());
        let expected = proc_macro2::Literal::string(&found).to_string();
        prop_assert_eq!(expected.as_str(), written.strip_suffix('\n').expect("a line"));
        let mut text = Text::default();
        text.line(Constant {
            head: Words(["pub const ", "A"]),
            kind: Generic("Property", ("Self", "String")),
            value: Call("Property::new", [Literal(&found)]),
        });
        check(text);
    }
}
