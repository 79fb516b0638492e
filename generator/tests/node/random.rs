//! Random values, written and read again, and documents with random damage.

use super::real::is_same;
use super::source;
use proptest::collection::vec;
use proptest::prelude::*;
use schemacrate::internals::node::{self, Syntax, Tree, json, yaml};
use schemacrate::source::SourceMap;
use std::time::Instant;

/// A value with numbers as they are written.
#[derive(Clone, Debug)]
enum Value {
    Plain(&'static str),
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Texts that a writer must quote, or that look like something else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{0,12}",
        2 => "[a-z]{1,8}",
        2 => any::<String>().prop_map(|text| text.chars().filter(|c| is_printable(*c)).collect()),
        1 => "[a-z :#,\\[\\]{}&*!|>'\"%@`\n\t\\\\-]{0,20}",
        1 => prop::sample::select(vec![
            "", "~", "null", "true", "no", "1", "0x1F", "1.", ".inf", "<<", "---", "...", "- a", "a: b",
            "a #b", "# c", " a", "a ", "\n", "a\n", "\na", "a\n\n", "?", ":", "-", "%YAML", "2024-01-01",
        ])
        .prop_map(str::to_owned),
    ]
}

/// Whether YAML can have a character in quotes without an escape.
fn is_printable(character: char) -> bool {
    matches!(character, '\n' | '\t' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{10000}'..='\u{10ffff}')
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["null", "true", "false"]).prop_map(Value::Plain),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?".prop_map(Value::Number),
        text().prop_map(Value::Text),
    ];
    leaf.prop_recursive(5, 60, 25, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::List),
            // Some objects are so wide that they are searched by their sorted names.
            prop_oneof![3 => vec((text(), inner.clone()), 0..6), 1 => vec((text(), inner), 17..25)]
                .prop_map(Value::Object),
        ]
    })
}

/// The numbers that choose among ways to write, one after the other.
struct Choices<'a> {
    numbers: &'a [u8],
    at: usize,
}

impl Choices<'_> {
    fn next(&mut self, below: u8) -> u8 {
        self.at += 1;
        self.numbers[self.at % self.numbers.len()] % below
    }

    fn blank(&mut self) -> &'static str {
        ["", "", " ", "\n", "\t ", "\r\n"][usize::from(self.next(6))]
    }
}

fn json_text(text: &str, choices: &mut Choices<'_>) -> String {
    let mut out = "\"".to_owned();
    for character in text.chars() {
        match character {
            _ if choices.next(9) == 0 => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04X}"));
                }
            }
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            character => out.push(character),
        }
    }
    out + "\""
}

fn as_json(value: &Value, choices: &mut Choices<'_>) -> String {
    let mut out = choices.blank().to_owned();
    match value {
        Value::Plain(text) => out.push_str(text),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => out.push_str(&json_text(text, choices)),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| as_json(item, choices)).collect();
            out.push_str(&format!("[{}{}]", items.join(","), choices.blank()));
        }
        Value::Object(members) => {
            let member = |(name, value): &(String, Value)| {
                let name = json_text(name, choices);
                format!("{}{name}{}:{}", choices.blank(), choices.blank(), as_json(value, choices))
            };
            let members: Vec<_> = members.iter().map(member).collect();
            out.push_str(&format!("{{{}{}}}", members.join(","), choices.blank()));
        }
    }
    out + choices.blank()
}

/// Whether a text means itself in YAML without quotes.
fn is_word(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '/';
    let is_other = matches!(text, "null" | "true" | "false");
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_inner) && !is_other
}

/// A text in YAML on one line.
fn yaml_text(text: &str, choices: &mut Choices<'_>) -> String {
    let has_breaks = text.contains(['\n', '\t']);
    match choices.next(3) {
        0 if is_word(text) => text.to_owned(),
        1 if !has_breaks
            && !text.chars().any(|c| matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')) =>
        {
            format!("'{}'", text.replace('\'', "''"))
        }
        _ => json_text(text, choices),
    }
}

/// A value as a flow on one line.
fn flow(value: &Value, choices: &mut Choices<'_>) -> String {
    match value {
        Value::Plain("null") => ["null", "~", "Null"][usize::from(choices.next(3))].to_owned(),
        Value::Plain(text) if choices.next(2) == 0 => text.to_uppercase(),
        Value::Plain(text) => (*text).to_owned(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => yaml_text(text, choices),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| flow(item, choices)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(name, value): &(String, Value)| {
                format!("{}: {}", yaml_text(name, choices), flow(value, choices))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text as a block, if it can be one.
fn block_text(text: &str, indent: usize, choices: &mut Choices<'_>) -> Option<String> {
    let lines = text.strip_suffix('\n')?;
    let is_plain = |line: &str| {
        line.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !line.contains(['\u{85}', '\u{2028}', '\u{2029}', '\t'])
    };
    if choices.next(4) == 0 || !lines.split('\n').all(is_plain) {
        return None;
    }
    let pad = " ".repeat(indent);
    let lines: Vec<_> = lines.split('\n').map(|line| format!("{pad}{line}")).collect();
    Some(format!(" |\n{}\n", lines.join("\n")))
}

/// A value after a key or a dash, with the end of its line.
fn after(value: &Value, indent: usize, choices: &mut Choices<'_>) -> String {
    let comment = ["", "", " # c: \"d", "  "][usize::from(choices.next(4))];
    match value {
        Value::List(items) if !items.is_empty() && choices.next(3) > 0 => {
            format!("{comment}\n{}", block(value, indent, choices))
        }
        Value::Object(members) if !members.is_empty() && choices.next(3) > 0 => {
            format!("{comment}\n{}", block(value, indent, choices))
        }
        Value::Text(text) => match block_text(text, indent, choices) {
            Some(block) => block,
            None => format!(" {}{comment}\n", yaml_text(text, choices)),
        },
        Value::Plain("null") if choices.next(2) == 0 => format!("{comment}\n"),
        value => format!(" {}{comment}\n", flow(value, choices)),
    }
}

/// A value as a block of lines.
fn block(value: &Value, indent: usize, choices: &mut Choices<'_>) -> String {
    let pad = " ".repeat(indent);
    let deeper = indent + 1 + usize::from(choices.next(3));
    match value {
        Value::List(items) if !items.is_empty() => {
            items.iter().map(|item| format!("{pad}-{}", after(item, deeper, choices))).collect()
        }
        Value::Object(members) if !members.is_empty() => {
            let member = |(name, value): &(String, Value)| {
                format!("{pad}{}:{}", yaml_text(name, choices), after(value, deeper, choices))
            };
            members.iter().map(member).collect()
        }
        value => format!("{pad}{}\n", flow(value, choices)),
    }
}

fn read_json(text: &str) -> Tree {
    let (sources, source) = source(text);
    json::read(&sources, source).unwrap_or_else(|error| panic!("{}\n{text}", error.message)).tree
}

fn read_yaml(text: &str) -> Tree {
    let (sources, source) = source(text);
    yaml::read(&sources, source).unwrap_or_else(|error| panic!("{}\n{text}", error.message)).tree
}

/// Reads whatever the bytes are, and looks at all places.
fn survives(bytes: &[u8]) {
    let start = Instant::now();
    let mut sources = SourceMap::new();
    let Ok(source) = sources.add("document", bytes) else { return };
    for read in [node::read, json::read, yaml::read] {
        let mut diagnostics = Default::default();
        match read(&sources, source) {
            Ok(mut document) => {
                document.report(&mut diagnostics);
                if document.tree.expanded_size() < 100_000 {
                    let mut nodes = Vec::new();
                    super::all(document.tree.root(), &mut nodes);
                    let text_end = document.tree.source_text().len();
                    for node in nodes {
                        let span = node.span();
                        assert!(span.start <= span.end && span.end as usize <= text_end);
                        assert_eq!(sources.range(span), span.start as usize..span.end as usize);
                        node.members().for_each(|member| assert!(node.get(member.name).is_some()));
                    }
                    assert!(
                        document.tree.root().equals(read_json(&document.tree.root().json()).root())
                    );
                }
            }
            Err(error) => diagnostics.push(error),
        }
        diagnostics.render(&sources, false);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn json_is_what_serde_json_reads(value in value(), choices in vec(any::<u8>(), 1..50)) {
        let text = as_json(&value, &mut Choices { numbers: &choices, at: 0 });
        let tree = read_json(&text);
        let written = tree.root().json();
        // It refuses numbers that are too large for it.
        if let Ok(other) = serde_json::from_str(&text) {
            prop_assert!(is_same(tree.root(), &other), "{}", text);
        }
        let again = read_json(&written);
        prop_assert!(again.root().equals(tree.root()));
        prop_assert_eq!(again.root().json(), written);
    }

    #[test]
    fn yaml_is_the_same_as_json(value in value(), choices in vec(any::<u8>(), 1..50)) {
        let mut choices = Choices { numbers: &choices, at: 0 };
        let json = read_json(&as_json(&value, &mut choices));
        let flow = format!("--- {}\n", flow(&value, &mut choices));
        prop_assert_eq!(read_yaml(&flow).root().json(), json.root().json(), "{}", flow);
        let block = block(&value, 0, &mut choices);
        for text in [block.replace('\n', "\r\n"), block] {
            prop_assert_eq!(read_yaml(&text).root().json(), json.root().json(), "{}", text);
        }
    }

    #[test]
    fn what_is_written_is_read_again(value in value(), choices in vec(any::<u8>(), 1..50)) {
        let tree = read_json(&as_json(&value, &mut Choices { numbers: &choices, at: 0 }));
        for syntax in [Syntax::Json, Syntax::Yaml] {
            let text = tree.write(syntax);
            let again = match syntax {
                Syntax::Json => read_json(&text),
                Syntax::Yaml => read_yaml(&text),
            };
            prop_assert_eq!(again.root().json(), tree.root().json(), "{}", text);
        }
        prop_assert_eq!(read_json(&tree.root().json_lines()).root().json(), tree.root().json());
    }

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..200)) {
        survives(&bytes);
    }

    #[test]
    fn what_looks_like_a_document_never_panics(
        parts in vec(prop::sample::select(vec![
            "a", "1", "\"", "'", "[", "]", "{", "}", ",", ": ", ":", "- ", "-", "? ", "\n", "\n  ", "  ",
            "&a ", "*a", "<<: ", "!!str ", "!x ", "|", ">-\n", "\\u", "d800", "\\", "#", "---\n", "...\n",
            "%TAG ! x\n", "\t", "ü", "\r\n", "\u{feff}", "\u{85}", "null", ".inf", "0x", "\0", "😀", "~",
        ]), 0..60)
    ) {
        survives(parts.concat().as_bytes());
    }

    #[test]
    fn damaged_documents_never_panic(
        value in value(),
        choices in vec(any::<u8>(), 1..50),
        cuts in vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..5)
    ) {
        let mut choices = Choices { numbers: &choices, at: 0 };
        for mut bytes in [as_json(&value, &mut choices).into_bytes(), block(&value, 0, &mut choices).into_bytes()] {
            for (at, byte, how) in &cuts {
                let at = at.index(bytes.len() + 1);
                match how {
                    0 => bytes.truncate(at),
                    1 => bytes.insert(at, *byte),
                    _ => bytes.iter_mut().skip(at).take(1).for_each(|one| *one = *byte),
                }
            }
            survives(&bytes);
        }
    }
}
