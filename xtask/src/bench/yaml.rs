//! JSON as YAML that people write: blocks, words without quotes, texts of several lines as literals.

use schemacrate::internals::node::{Kind, Node};

/// A document of YAML with a value.
pub(super) fn yaml(node: Node<'_>) -> String {
    let mut text = String::new();
    value(node, 0, &mut text);
    text
}

/// A value after the colon of its name or the dash of its item, to the end of its last line.
fn value(node: Node<'_>, indent: usize, text: &mut String) {
    match node.kind() {
        Kind::Object(members) if members.len() > 0 => {
            for member in members {
                line(indent, text);
                scalar(member.name, indent, text);
                text.push(':');
                value(member.value, indent + 2, text);
            }
        }
        Kind::Array(items) if items.len() > 0 => {
            for item in items {
                line(indent, text);
                text.push('-');
                value(item, indent + 2, text);
            }
        }
        kind => {
            if !text.is_empty() {
                text.push(' ');
            }
            match kind {
                Kind::String(string) => scalar(string, indent, text),
                _ => text.push_str(&node.json()),
            }
        }
    }
}

/// Begins a line. The first one of an item is that of its dash.
fn line(indent: usize, text: &mut String) {
    match text.ends_with('-') && text.rsplit('\n').next().is_some_and(|last| last.trim() == "-") {
        true => text.push(' '),
        false if text.is_empty() => {}
        false => {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
        }
    }
}

fn scalar(string: &str, indent: usize, text: &mut String) {
    let is_sentence = string.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && string.chars().all(|c| c.is_ascii_alphanumeric() || " _./()',-".contains(c))
        && !string.ends_with(' ')
        && !is_other(string);
    let is_literal = string.contains('\n')
        && string.starts_with(|c: char| !c.is_whitespace())
        && !string.ends_with('\n')
        && string.chars().all(|c| !c.is_control() || c == '\n');
    if is_sentence {
        text.push_str(string);
    } else if is_literal && indent > 0 {
        text.push_str("|-");
        for one in string.split('\n') {
            text.push('\n');
            if !one.is_empty() {
                text.extend(std::iter::repeat_n(' ', indent));
                text.push_str(one);
            }
        }
    } else {
        text.push_str(&serde_json::Value::from(string).to_string());
    }
}

/// Whether a word is something else than a text.
fn is_other(word: &str) -> bool {
    ["true", "false", "null"].iter().any(|one| word.eq_ignore_ascii_case(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemacrate::internals::node::{json, yaml as reader};
    use schemacrate::source::SourceMap;

    #[test]
    fn it_is_the_same_value() {
        let text = r##"{"a": [{"b": "x\ny", "c": [[1, "2"], []]}, "yes: no", null], "200": {"true": "true",
            "t": "\n ", "d": "a\n  b\n\nc", "e": {}, "": "é", "/p/{q}": "Don't (ever), say-so."}, "f": "- "}"##;
        let mut sources = SourceMap::new();
        let source = sources.add("a.json", text.as_bytes()).expect("UTF-8");
        let read = json::read(&sources, source).expect("JSON");
        let written = yaml(read.tree.root());
        let source = sources.add("a.yaml", written.as_bytes()).expect("UTF-8");
        let again = reader::read(&sources, source).expect(&written);
        assert!(again.tree.root().equals(read.tree.root()), "{written}");
        assert!(
            written.contains("\n  - b: |-\n      x\n      y\n    c:\n      - - 1\n"),
            "{written}"
        );
    }
}
