//! Prose against the Markdown parser of rustdoc.

#[path = "../../../tests/markdown/mod.rs"]
mod markdown;

use super::*;
use markdown::{Seen, seen};
use proptest::prelude::*;

fn paragraphs(description: &str) -> Vec<String> {
    Prose::paragraphs(description).into_iter().map(|one| one.0).collect()
}

fn code(text: &str) -> String {
    Prose::default().code(text).0
}

/// Prose as it is written: in lines, each after the slashes.
fn shown(prose: &Prose, width: usize) -> Seen {
    let lines: Vec<&str> = prose.lines(width).collect();
    seen(&lines.join("\n")).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_first_sentence_is_a_paragraph() {
    assert_eq!(paragraphs("The key. Read-only."), ["The key.", "Read-only."]);
    assert_eq!(paragraphs("Sizes, e.g. Small ones"), ["Sizes, e.g. Small ones."]);
    assert_eq!(paragraphs("  \n "), Vec::<String>::new());
}

#[test]
fn descriptions_cannot_become_markup_or_code() {
    assert_eq!(paragraphs("```\nfn main() {}\n```"), ["\\`\\`\\` fn main() {} \\`\\`\\`."]);
    assert_eq!(paragraphs("    code"), ["code."]);
    assert_eq!(paragraphs("see [x](y) <b>"), ["see \\[x\\](y) \\<b\\>."]);
    assert_eq!(paragraphs("# heading"), ["\\# heading."]);
    assert_eq!(paragraphs("1. one"), ["1\\. one."]);
}

/// The paragraphs of a description in `CommonMark`.
fn read(description: &str) -> Vec<String> {
    Prose::commonmark(description).into_iter().map(|one| one.0).collect()
}

#[test]
fn common_mark_is_made_anew() {
    assert_eq!(read("The key. Read-only."), ["The key.", "Read-only."]);
    assert_eq!(
        read("Uses `a_b` of **all**. See [the *docs*](https://example.com/a). More"),
        ["Uses `a_b` of all.", "See [the docs](<https://example.com/a>). More."]
    );
    assert_eq!(
        read("# Head\n\nOne:\n\n- *a*\n- `b` c\n\n1. d\n\n   e"),
        ["Head.", "One:", "• a", "• `b` c", "• d", "e."]
    );
    assert_eq!(
        read("Two\nlines.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```json\n{ \"a\":\n 1 }\n```"),
        ["Two lines.", "• a \\| b", "• 1 \\| 2", "`{ \"a\": 1 }`"]
    );
    assert_eq!(
        read("A <b>bold</b><br>line, <id> and <script>x</script>"),
        ["A bold line, \\<id\\> and \\<script\\>x\\</script\\>."]
    );
    assert_eq!(
        read("One.\n\n> [!NOTE]\n> Two\n>\n> three\n\n> four"),
        ["One.", "Note: Two.", "three.", "four."]
    );
    assert_eq!(read("See \"*This.*\""), ["See \"This.\""]);
    assert_eq!(read("One\n\n    two"), ["One.", "two."]);
    assert_eq!(read("![logo](https://example.com/a.png) here"), ["logo here."]);
    assert_eq!(read("&lt;b&gt; &amp;"), ["\\<b\\> \\&."]);
}

#[test]
fn common_mark_has_no_markup_of_its_own() {
    assert_eq!(read("[x](javascript:alert(1)) [y](other.md)"), ["x y."]);
    assert_eq!(
        read("![[x](https://example.com)](https://example.com)"),
        ["[x](<https://example.com>)"]
    );
    assert_eq!(read("wow![x](https://example.com/a)"), ["wowx."]);
    assert_eq!(read("wow\\![x](https://example.com/a)"), ["wow! [x](<https://example.com/a>)"]);
    assert_eq!(read("**1**. one"), ["1\\. one."]);
    assert_eq!(read("[1](bad). one"), ["1\\. one."]);
    assert_eq!(read("[https://a.example](https://b.example)"), ["<https://a.example>."]);
    assert_eq!(read("<!-- a --> b"), ["b."]);
}

#[test]
fn code_cannot_be_left() {
    assert_eq!(code("a_b"), "`a_b`");
    assert_eq!(code("a`` b"), "` a`` b `");
    assert_eq!(code("a`b``"), "``` a`b`` ```");
    assert_eq!(code("`\n<b>"), "`` ` <b> ``");
    assert_eq!(code(""), "`\"\"`");
    assert_eq!(code(" \u{200b} "), "`\" \\u{200b} \"`");
    assert_eq!(Prose::default().code("a").code("b").0, "`a` `b`");
}

#[test]
fn addresses_become_links() {
    assert_eq!(paragraphs("See https://example.com/a_b."), ["See <https://example.com/a_b>."]);
    let address = |text| Prose::default().address(text).0;
    assert_eq!(address("https://example.com/a"), "<https://example.com/a>");
    assert_eq!(address("https://example.com/> <b>"), "`https://example.com/> <b>`");
    assert_eq!(address("javascript:alert(1)"), "`javascript:alert(1)`");
}

/// The code span is whole, whatever the width is, so that its text begins no line.
#[test]
fn a_code_span_is_never_broken() {
    let long = "x".repeat(60);
    let text = format!("{long} ``` fn main() {{}} ``` {long}");
    let prose = Prose::new("Wire name `a`, default ").code(&text).words(", never null.");
    let lines: Vec<&str> = prose.lines(90).collect();
    assert_eq!(lines[1], format!("` {text} `,"), "{lines:#?}");
    assert_eq!(seen(&lines.join("\n")).unwrap().codes, ["a", text.as_str()]);
    let prose = Prose::new("Wire name `a`, default ").code(&(text + "` ``"));
    assert!(prose.lines(20).all(|line| !line.starts_with("```")));
}

/// What has a meaning in Markdown, at the start of a line or anywhere.
const MARKUP: &[&str] = &[
    "```",
    "````",
    "~~~",
    "```rust",
    "#",
    "##",
    "#[x]",
    ">",
    "-",
    "--",
    "---",
    "*",
    "**",
    "***",
    "+",
    "_",
    "1.",
    "12)",
    "1.2",
    "|",
    "|-|",
    ":-:",
    ":--",
    "-|-",
    "=",
    "===",
    "<",
    "<script>",
    "</b>",
    "<!--",
    "-->",
    "<?x",
    "<![CDATA[",
    "[x]:",
    "[x]",
    "[`x`]",
    "[x](y)",
    "![i](u)",
    "[^1]",
    "[^1]:",
    "[ ]",
    "`",
    "``",
    "\\",
    "\\`",
    "\\\\",
    "&",
    "&lt;",
    "&#35;",
    "$",
    "~~",
    "!",
    "'",
    "\"",
    "...",
    "https://a.example/b_c*d",
    "https://a.example/?a=1&lt;b",
    "http://",
    "https://a.example>",
    "javascript:alert(1)",
    "www.a.example",
    "//",
    "*/",
    "\u{e9}",
    "\u{65e5}\u{672c}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{a0}",
    "word",
    "words",
    "x",
    "0",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(MARKUP).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "x{50,70}",
    ];
    let between = prop::sample::select(&["", "", " ", " ", " ", "\n", "    ", "\t", "\r\n"][..]);
    prop::collection::vec((piece, between), 0..24)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, between)| piece + between).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_text_is_shown_as_it_is(text in hostile(), width in 1_usize..100) {
        let seen = shown(&Prose::new("Says: ").text(&text), width);
        let expected = format!("Says: {}", plain(&text));
        prop_assert_eq!(seen.text, expected.trim_end());
        prop_assert!(seen.codes.is_empty() && seen.links.is_empty() && seen.headings == 0 && seen.examples.is_empty());
        for address in seen.addresses {
            prop_assert!(plain(&text).contains(&address), "{}", address);
        }
    }

    #[test]
    fn a_description_is_shown_as_it_is(text in hostile(), width in 1_usize..100) {
        let paragraphs = Prose::paragraphs(&text);
        let seen: Vec<Seen> = paragraphs.iter().map(|one| shown(one, width)).collect();
        let all: Vec<&str> = seen.iter().map(|one| one.text.as_str()).collect();
        let (all, text) = (all.join(" "), plain(&text));
        // A full stop may have been added.
        prop_assert_eq!(all.trim_end_matches('.'), text.trim_end_matches('.'));
        prop_assert!(seen.iter().all(|one| one.codes.is_empty() && one.links.is_empty()));
    }

    #[test]
    fn common_mark_has_nothing_but_text_code_and_links(text in hostile(), width in 1_usize..100) {
        for prose in Prose::commonmark(&text) {
            let seen = shown(&prose, width);
            prop_assert!(seen.headings == 0 && seen.examples.is_empty());
            for address in seen.links.iter().chain(&seen.addresses) {
                prop_assert!(super::is_address(address), "{}", address);
            }
        }
    }

    #[test]
    fn codes_are_shown_as_they_are(
        texts in prop::collection::vec(hostile(), 1..4),
        width in 1_usize..100,
    ) {
        let prose = Prose::new("Only of ").codes(texts.iter().map(String::as_str)).words(", always.");
        let seen = shown(&prose, width);
        let expected: Vec<String> = texts
            .iter()
            .map(|text| match plain(text) {
                // What shows nothing is shown as Rust writes it.
                visible if visible.is_empty() => format!("{text:?}"),
                visible => visible.into_owned(),
            })
            .collect();
        prop_assert_eq!(&seen.text, &format!("Only of {}, always.", expected.join(", ")));
        prop_assert_eq!(seen.codes, expected);
        prop_assert!(seen.links.is_empty() && seen.addresses.is_empty() && seen.headings == 0 && seen.examples.is_empty());
    }
}
