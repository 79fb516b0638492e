//! Documentation text: words of the generator and text of the schema, as Markdown without any
//! markup that the text could bring along.
//!
//! Enters: descriptions, names and values as the schema or the configuration has them, hostile ones
//! too. Leaves: [`Prose`], a paragraph that rustdoc shows as plain text: no doc-test, no HTML, no
//! heading, list, quote or table, and no links but those that are made here.
//!
//! Two rules ensure that for any text. Each word of a text is escaped as if it were the first of
//! its line, so a paragraph may break before any word. A code span is never broken, so what is in
//! it never begins a line, and no line is broken before three backticks.

mod commonmark;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

/// A paragraph of documentation: one line of Markdown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Prose(String);

/// Returns the Markdown.
impl fmt::Debug for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The capacity that is reserved for what follows the first words: mostly a name and a full stop.
const ROOM: usize = 40;

impl Prose {
    /// A paragraph that begins with words of the generator, which may be Markdown.
    pub(crate) fn new(words: &'static str) -> Self {
        let mut prose = Self(String::with_capacity(words.len() + ROOM));
        prose.0.push_str(words);
        prose
    }

    /// Adds words of the generator, which may be Markdown.
    pub(crate) fn words(mut self, words: &'static str) -> Self {
        self.0.push_str(words);
        self
    }

    /// Adds a text that is shown as it is; addresses in it are links.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.reserve(text.len() + 2);
        for (at, word) in plain(text).split(' ').enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            push_word(&mut self.0, word);
        }
        self
    }

    /// Adds a text that continues what is there, or ends with a blank before what follows.
    fn spaced(mut self, text: &str) -> Self {
        if text.starts_with(char::is_whitespace) && !self.0.is_empty() && !self.0.ends_with(' ') {
            self.0.push(' ');
        }
        self = self.text(text);
        if text.ends_with(char::is_whitespace) && !self.0.is_empty() && !self.0.ends_with(' ') {
            self.0.push(' ');
        }
        self
    }

    /// Adds a text that is a link to an address.
    fn linked(mut self, text: &str, address: &str) -> Self {
        // It would be an image.
        if self.0.ends_with('!') {
            self.0.push(' ');
        }
        self.0.push('[');
        self = self.text(text);
        self.0.extend(["](<", address, ">)"]);
        self
    }

    /// Adds a wire name or another literal as a code span.
    pub(crate) fn code(mut self, text: &str) -> Self {
        // Two spans without anything between them would be one.
        if self.0.ends_with('`') {
            self.0.push(' ');
        }
        let visible = plain(text);
        match visible.is_empty() && !text.is_empty() {
            // What shows nothing is shown as Rust writes it.
            true => push_code(&mut self.0, &format!("{text:?}")),
            false => push_code(&mut self.0, &visible),
        }
        self
    }

    /// Adds code spans with commas between them.
    pub(crate) fn codes<'a>(mut self, texts: impl IntoIterator<Item = &'a str>) -> Self {
        for (at, text) in texts.into_iter().enumerate() {
            if at > 0 {
                self.0.push_str(", ");
            }
            self = self.code(text);
        }
        self
    }

    /// Adds a number.
    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// Adds an address: a link if it can be one, else a code span.
    pub(crate) fn address(mut self, address: &str) -> Self {
        if is_address(address) {
            self.0.extend(["<", address, ">"]);
            return self;
        }
        self.code(address)
    }

    /// Adds a link to a generated struct, by its Rust name. Some names are derive macros as well.
    pub(crate) fn link(mut self, name: &str) -> Self {
        const MACROS: &[&str] =
            &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
        self.0.extend(["[`", name, "`]"]);
        if MACROS.contains(&name) {
            self.0.extend(["(struct@", name, ")"]);
        }
        self
    }

    /// Adds a link to a generated item of the same module, whichever file it is in, by its Rust name.
    pub(crate) fn item(mut self, name: &str) -> Self {
        self.0.extend(["[`", name, "`](super::", name, ")"]);
        self
    }

    /// Adds a link from the crate root to a generated item in a module there, by their Rust names.
    pub(crate) fn item_of(mut self, module: &str, name: &str) -> Self {
        self.0.extend(["[`", module, "::", name, "`]"]);
        self
    }

    /// Adds a link from an item of a module at the crate root to an item in another such module, or in the same
    /// one, by their Rust names.
    pub(crate) fn item_at(mut self, module: &str, name: &str) -> Self {
        self.0.extend(["[`", name, "`](super::super::", module, "::", name, ")"]);
        self
    }

    /// Adds a link from an item of a module at the crate root to a method of an item in another such module, or
    /// in the same one, by their Rust names.
    pub(crate) fn method_of(mut self, module: &str, owner: &str, name: &str) -> Self {
        let name = name.trim_start_matches("r#");
        self.0.extend([
            "[`",
            owner,
            "::",
            name,
            "`](super::super::",
            module,
            "::",
            owner,
            "::",
            name,
            ")",
        ]);
        self
    }

    /// Adds a link to a field of a generated struct, by their Rust names.
    pub(crate) fn member(mut self, owner: &str, name: &str) -> Self {
        // Links are to names without the mark of a raw identifier.
        let name = name.trim_start_matches("r#");
        self.0.extend(["[`", owner, "::", name, "`]"]);
        self
    }

    /// Adds another text.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Some facts as one sentence, with commas between them.
    pub(crate) fn sentence(facts: &[Self]) -> Self {
        let mut sentence =
            String::with_capacity(facts.iter().map(|one| one.0.len() + ", ".len()).sum());
        for (at, fact) in facts.iter().enumerate() {
            if at > 0 {
                sentence.push_str(", ");
            }
            sentence.push_str(&fact.0);
        }
        sentence.push('.');
        Self(sentence)
    }

    /// The same with a capital letter at its beginning, unless it begins with a name.
    pub(crate) fn capitalized(mut self) -> Self {
        if let Some(first) = self.0.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        self
    }

    /// The paragraphs of a description: the first sentence, and the rest if there is one.
    pub(crate) fn paragraphs(description: &str) -> Vec<Self> {
        let text = plain(description);
        if text.is_empty() {
            return Vec::new();
        }
        let (first, rest) = split_sentence(&text);
        let mut paragraphs = vec![Self::default().text(&ended(first))];
        if !rest.is_empty() {
            paragraphs.push(Self::default().text(&ended(rest)));
        }
        paragraphs
    }

    /// Whether it is a sentence without an end, to which more can be added.
    pub(crate) fn is_open(&self) -> bool {
        !self.0.trim_end_matches(['"', '”', '\'']).ends_with(ENDS)
    }

    /// The paragraph as Markdown, in one line.
    pub fn markdown(&self) -> &str {
        &self.0
    }

    /// The paragraph in lines of about some width. A code span is never broken.
    pub fn lines(&self, width: usize) -> impl Iterator<Item = &str> {
        let mut left = Some(self.0.as_str());
        std::iter::from_fn(move || {
            let text = left?;
            let end = if text.len() < width { None } else { line_end(text, width) };
            left = end.and_then(|end| text.get(end + 1..));
            Some(&text[..end.unwrap_or(text.len())])
        })
    }
}

/// Where the first line of a paragraph ends, if it has more than one: at the last blank that leaves
/// it narrow enough, or at the first blank that there is.
fn line_end(paragraph: &str, widest: usize) -> Option<usize> {
    let mut width = 1;
    let mut blank = None;
    let mut chars = paragraph.char_indices().peekable();
    // The number of backticks that the code span which is open began with.
    let mut open = 0;
    while let Some((at, found)) = chars.next() {
        width += 1;
        match found {
            '\\' if open == 0 => width += usize::from(chars.next().is_some()),
            '`' => {
                let mut ticks = 1;
                while chars.next_if(|(_, next)| *next == '`').is_some() {
                    ticks += 1;
                }
                width += ticks - 1;
                if open == 0 {
                    open = ticks;
                } else if open == ticks {
                    open = 0;
                }
            }
            // Three backticks would look like the fence of a code block at the start of a line.
            ' ' if open == 0 && !paragraph[at..].starts_with(" ```") => {
                if width - 1 > widest && blank.is_some() {
                    return blank;
                }
                blank = Some(at);
            }
            _ => {}
        }
    }
    blank.filter(|_| width > widest)
}

/// One line, without invisible characters and with single blanks.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let visible: String = text
        .chars()
        .filter(|found| !is_invisible(*found))
        .map(|found| if found.is_control() { ' ' } else { found })
        .collect();
    Cow::Owned(visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a character shows nothing, or turns the direction of what follows it.
fn is_invisible(found: char) -> bool {
    matches!(found,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a quick look shows that a text is one line of visible characters and single blanks.
fn is_plain(text: &str) -> bool {
    // The beginning of the text counts as following a blank.
    let mut before = b' ';
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Splits after the first sentence. A full stop ends one before a blank and a capital, unless
/// what is before it is an abbreviation.
fn split_sentence(text: &str) -> (&str, &str) {
    for (at, _) in text.match_indices(". ") {
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        let abbreviated =
            before.contains('.') || matches!(before, "e.g" | "i.e" | "etc" | "vs" | "No");
        let capital = text[at + 2..].chars().next().is_some_and(|c| c.is_uppercase());
        if capital && !abbreviated {
            return (&text[..=at], &text[at + 2..]);
        }
    }
    (text, "")
}

/// With what a sentence ends.
const ENDS: [char; 5] = ['.', '!', '?', ':', ')'];

fn ended(sentence: &str) -> Cow<'_, str> {
    if sentence.trim_end_matches(['"', '”', '\'']).ends_with(ENDS) {
        return Cow::Borrowed(sentence);
    }
    Cow::Owned(format!("{sentence}."))
}

/// A code span. It is closed by as many backticks as it was opened with, so the number must be one
/// that is not in the text. An empty code span is not a span, so the empty text is shown in quotes.
fn push_code(markdown: &mut String, text: &str) {
    if text.is_empty() {
        markdown.push_str("`\"\"`");
    } else if !text.contains('`') {
        markdown.extend(["`", text, "`"]);
    } else {
        let runs: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
        let free = (1..).find(|count| !runs.contains(count)).unwrap_or(1);
        let fence = "`".repeat(free);
        markdown.extend([&fence, " ", text, " ", &fence]);
    }
}

/// Writes a word with all Markdown markup escaped, and its address as a link.
fn push_word(markdown: &mut String, word: &str) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        markdown.push_str(word);
    } else if let Some(link) = link_in(word) {
        push_escaped(markdown, &word[..link.start]);
        markdown.extend(["<", &word[link.clone()], ">"]);
        push_escaped(markdown, &word[link.end..]);
    } else {
        push_escaped(markdown, word);
    }
}

/// Whether a text is an address that can be a link.
fn is_address(text: &str) -> bool {
    link_in(text).is_some_and(|link| link == (0..text.len()))
}

/// The range of a word that is an address and can be a link. An address with `;` could contain a
/// character reference.
fn link_in(word: &str) -> Option<std::ops::Range<usize>> {
    let start = ["https://", "http://"].into_iter().find_map(|scheme| word.find(scheme))?;
    let link = word[start..].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,=%".contains(c);
    let is_link = link.len() > "https://".len() && link.chars().all(safe);
    is_link.then(|| start..start + link.len())
}

fn push_escaped(markdown: &mut String, word: &str) {
    for (at, c) in word.char_indices() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at > 0 && word[..at].bytes().all(|byte| byte.is_ascii_digit()),
            ':' => word[at..].starts_with("://") || (at == 0 && word[1..].starts_with('-')),
            _ => false,
        };
        if markup {
            markdown.push('\\');
        }
        markdown.push(c);
    }
}
