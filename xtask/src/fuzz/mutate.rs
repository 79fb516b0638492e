//! Random damage.

use crate::random::Random;

/// Texts that mean something to a reader.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "\\",
    "\n",
    "\r\n",
    " ",
    "  ",
    "\t",
    "- ",
    ": ",
    "? ",
    "# ",
    "&a ",
    "*a",
    "!!str ",
    "!!int ",
    "!x ",
    "|",
    ">",
    "|-\n",
    ">+2\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: *a\n",
    "~",
    "null",
    "true",
    "false",
    "yes",
    "0",
    "-0",
    "1",
    "1.5",
    "1e400",
    "-1E-7",
    "0x1F",
    "0o17",
    ".inf",
    ".nan",
    "12345678901234567890",
    "\\u0000",
    "\\ud83d",
    "\\ude00",
    "\\ud83d\\ude00",
    "\\x41",
    "\\n",
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "😀",
    "\"a\"",
    "\"a\":",
    "a: ",
    "{}",
    "[]",
    "\"\"",
    "[[[[[[[[",
    "{\"a\":",
    "]]]]]]]]",
    "//",
    "/*",
    "<",
    ">",
    "/>",
    "&#x0;",
    "$",
    "@",
    ".",
    "/",
    ")",
    "Collection(",
    "Edm.String",
    "$Kind",
    "Nullable=\"maybe\"",
    "BaseType=\"\"",
    "Path=\"a/b\"",
    "Target=\"a.b/c\"",
    "\"$ref\":\"#/\"",
    "$ref: '#/'",
];

/// The most bytes of an input.
const LONGEST: usize = 16_384;

impl Random {
    /// A boundary of a character.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A short range.
    fn range(&mut self, text: &str) -> std::ops::Range<usize> {
        let start = self.place(text);
        let most = 1 << self.below(8);
        let mut end = (start + 1 + self.below(most)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// One of some texts with a little damage.
    pub(super) fn mutated(&mut self, corpus: &[String]) -> String {
        let mut text = self.of(corpus).to_owned();
        for _ in 0..=self.below(4) {
            self.mutate(&mut text, corpus);
        }
        while text.len() > LONGEST {
            text.pop();
        }
        text
    }

    /// The bytes of a text, of which a few are in another encoding or in none.
    pub(super) fn encoded(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        match self.below(32) {
            0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            1 => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
            2 => {
                let at = self.below(bytes.len() + 1);
                bytes.insert(at, u8::try_from(128 + self.below(128)).unwrap_or(u8::MAX));
                bytes
            }
            _ => bytes,
        }
    }

    fn mutate(&mut self, text: &mut String, corpus: &[String]) {
        let range = self.range(text);
        match self.below(9) {
            0 => text.replace_range(range, ""),
            1 => {
                let part = text[range.clone()].to_owned();
                let times = 1 + self.below(3);
                text.insert_str(range.start, &part.repeat(times));
            }
            2 => {
                let part = text[range].to_owned();
                let at = self.place(text);
                text.insert_str(at, &part);
            }
            3 | 4 => text.insert_str(range.start, self.of(WORDS)),
            5 => text.replace_range(range, self.of(WORDS)),
            6 => {
                let other = self.of(corpus);
                let part = self.range(other);
                text.replace_range(range, &other[part]);
            }
            7 => {
                let byte = u8::try_from(self.below(128)).unwrap_or_default();
                text.insert(range.start, char::from(byte));
            }
            _ => text.truncate(range.end),
        }
    }
}
